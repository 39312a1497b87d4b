//! OAI-PMH 2.0: how libraries harvest the works that are shared with everybody. It reads as a guest, whoever asks.
//!
//! `/oai` answers the six verbs in two formats: Dublin Core (`oai_dc`) and Learning Object Metadata (`lom`). Sets are
//! subjects and networks. A withdrawn work is a deleted record; one that is no longer shared with everybody is gone.

mod answer;
mod ask;
mod record;

use axum::{Router, extract::RawForm, response::Response, routing::get};
use graphql_client::GraphQLQuery;
use i18n::Locale;

use crate::{
    fault::Fault,
    scalar::{DateTime, Id},
    visit::Visit,
    word::{Language, LicenceCode, ResourceKind, ResourceState},
};
use answer::Answer;
use ask::{Ask, Format, Position, Problem};
use record::{Record, read_record};

/// Outside the languages: one address for harvesters.
pub(crate) fn routes() -> Router {
    Router::new().route("/oai", get(show).post(show))
}

macro_rules! operations {
    ($($name:ident)*) => {$(
        #[derive(GraphQLQuery)]
        #[graphql(
            schema_path = "../../schema.graphql",
            query_path = "queries/oai.graphql",
            normalization = "rust",
            custom_scalars_module = "crate::scalar",
            extern_enums("Language", "LicenceCode", "ResourceKind", "ResourceState")
        )]
        struct $name;
    )*};
}

operations! { OaiEarliest OaiSets OaiRecord OaiRecords }

/// What a harvester is told: an answer, or what was wrong with what it asked.
type Told<T> = Result<Result<T, Problem>, Fault>;

async fn show(visit: Visit, RawForm(pairs): RawForm) -> Result<Response, Fault> {
    // Records are the same for every harvester, whatever language its software prefers.
    let visit = visit.as_guest(Locale::Kk);
    let pairs = ask::pairs(&pairs);
    let asked = Ask::read(&pairs);
    let told = match &asked {
        Ok(ask) => tell(&visit, ask).await?,
        Err(problem) => Err(*problem),
    };
    answer::write(&visit, &pairs, &told)
}

async fn tell(visit: &Visit, ask: &Ask) -> Told<Answer> {
    Ok(match ask {
        Ask::Identify => Ok(Answer::Identify(earliest(visit).await?)),
        Ask::Formats(None) => Ok(Answer::Formats),
        Ask::Formats(Some(identifier)) => {
            let found = one(visit, identifier).await?;
            found.map(|_| Answer::Formats)
        }
        Ask::Sets(after) => sets(visit, after.clone()).await?,
        Ask::Record(identifier, format) => {
            let found = one(visit, identifier).await?;
            found.map(|record| Answer::Record(Box::new(record), *format))
        }
        Ask::List(position, whole) => list(visit, position, *whole).await?,
    })
}

async fn earliest(visit: &Visit) -> Result<Option<DateTime>, Fault> {
    let found = visit.ask::<OaiEarliest>(oai_earliest::Variables {}).await?;
    let works = found.resources.map(|list| list.nodes).unwrap_or_default();
    Ok(works.first().map(|work| work.changed_at))
}

async fn sets(visit: &Visit, after: Option<String>) -> Told<Answer> {
    let first = after.is_none();
    let found = match visit.ask::<OaiSets>(oai_sets::Variables { after }).await {
        Ok(found) => found,
        Err(Fault::NotFound) => return Ok(Err(Problem::Token)),
        Err(fault) => return Err(fault),
    };
    let mut sets = Vec::new();
    if first {
        let subjects = found.subjects.into_iter();
        sets.extend(subjects.map(|it| (format!("subject:{}", it.code), it.name.text)));
    }
    let Some(networks) = found.networks else {
        return Ok(Ok(Answer::Sets(sets, None)));
    };
    let named = networks.nodes.into_iter();
    sets.extend(named.map(|it| (format!("network:{}", it.id), it.name.text)));
    let page = networks.page_info;
    let next = page.end_cursor.filter(|_| page.has_next_page);
    Ok(Ok(Answer::Sets(
        sets,
        next.map(|cursor| ask::sets_token(&cursor)),
    )))
}

async fn one(visit: &Visit, identifier: &str) -> Told<Record> {
    let id = identifier.rsplit(':').next().unwrap_or_default().to_owned();
    if identifier != record::identifier(visit, &id) {
        return Ok(Err(Problem::Identifier));
    }
    let found = visit.ask::<OaiRecord>(oai_record::Variables { id }).await?;
    let Some(work) = found.resource else {
        return Ok(Err(Problem::Identifier));
    };
    Ok(Ok(read_record!(oai_record, visit, work)))
}

async fn list(visit: &Visit, position: &Position, whole: bool) -> Told<Answer> {
    let filter = oai_records::ResourceFilter {
        states: Some(vec![ResourceState::Shared, ResourceState::Withdrawn]),
        kinds: None,
        languages: None,
        subjects: position.subject().map(|code| vec![code]),
        grade: None,
        licences: None,
        author_id: None,
        school_id: None,
        network_id: position.network(),
        tag: None,
        goal: None,
        changed_from: position.from,
        changed_before: position.before,
    };
    let variables = oai_records::Variables {
        filter: Some(filter),
        after: position.cursor.clone(),
    };
    let found = match visit.ask::<OaiRecords>(variables).await {
        Ok(found) => found.resources.ok_or(Fault::NotFound)?,
        // The only thing of these that an API refuses so is a cursor.
        Err(Fault::NotFound) => return Ok(Err(Problem::Token)),
        Err(fault) => return Err(fault),
    };
    let works = found.nodes.into_iter();
    let records: Vec<_> = works
        .map(|work| read_record!(oai_records, visit, work))
        .collect();
    if records.is_empty() {
        let over = position.cursor.is_some();
        return Ok(Err(if over {
            Problem::Token
        } else {
            Problem::Nothing
        }));
    }
    let next = found
        .page_info
        .end_cursor
        .filter(|_| found.page_info.has_next_page);
    let token = match (next, &position.cursor) {
        (Some(cursor), _) => Some(position.token(cursor)),
        // The last part of several says so by an empty token.
        (None, Some(_)) => Some(String::new()),
        (None, None) => None,
    };
    Ok(Ok(Answer::List {
        records,
        format: position.format,
        whole,
        token,
    }))
}
