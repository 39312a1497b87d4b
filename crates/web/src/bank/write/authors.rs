//! Who writes a work: its authors name others, and take themselves off.

use askama::Template;
use axum::{
    Router,
    extract::{Path, Query},
    response::Response,
    routing::get,
};
use graphql_client::GraphQLQuery;
use serde::Deserialize;

use super::{ResourceUpdate, resource_update};
use crate::{
    fault::Fault,
    flash::Flash,
    form::{Form, Posted},
    scalar::Id,
    visit::{Frame, Visit},
    word::Language,
};

pub(super) fn routes() -> Router {
    Router::new().route("/bank/{id}/authors", get(show).post(change))
}

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "../../schema.graphql",
    query_path = "queries/bank_write.graphql",
    normalization = "rust",
    custom_scalars_module = "crate::scalar",
    extern_enums("Language")
)]
struct BankAuthorsPage;

type Work = bank_authors_page::BankAuthorsPageResource;
type Viewer = bank_authors_page::BankAuthorsPageViewer;
type Found = bank_authors_page::BankAuthorsPageFoundNodes;
type Chosen = bank_authors_page::BankAuthorsPageChosen;

/// Where the new author is looked for: a school by its name, then its people.
#[derive(Deserialize)]
struct Search {
    #[serde(default)]
    q: String,
    school: Option<String>,
}

#[derive(Template)]
#[template(path = "bank/authors.html")]
struct Authors {
    frame: Frame,
    form: Form,
    work: Work,
    viewer: Viewer,
    q: String,
    found: Option<Vec<Found>>,
    chosen: Option<Chosen>,
}

impl Authors {
    fn address(&self) -> String {
        format!("{}{}/authors", self.frame.at("/bank/"), self.work.id)
    }

    /// Those of the chosen school whom the viewer may see, and who are not authors yet.
    fn people(&self) -> Vec<(String, String)> {
        let members = self.chosen.iter().filter_map(|it| it.members.as_ref());
        let people = members.flat_map(|list| &list.nodes);
        let mut people: Vec<_> = people
            .filter_map(|one| one.person.as_ref())
            .filter(|person| self.work.authors.iter().all(|it| it.person_id != person.id))
            .map(|person| (person.id.clone(), person.name.clone()))
            .collect();
        people.dedup();
        people
    }

    /// The schools that were found, or the viewer's own: their ids, names, and `lang` where that is not the page's.
    fn schools(&self) -> Vec<(&str, &str, Option<&'static str>)> {
        let foreign = |language: &Language| self.frame.foreign(language);
        match &self.found {
            Some(found) => {
                let found = found.iter();
                let all = found.map(|it| (&*it.id, &*it.name.text, foreign(&it.name.language)));
                all.collect()
            }
            None => {
                let own = self.viewer.memberships.iter();
                let own = own.filter_map(|it| it.school.as_ref());
                let own = own.map(|it| (&*it.id, &*it.name.text, foreign(&it.name.language)));
                let mut own: Vec<_> = own.collect();
                own.dedup_by(|a, b| a.0 == b.0);
                own
            }
        }
    }
}

/// For its authors; for others there is no such page.
async fn open(visit: &Visit, id: Id, search: Search, form: Form) -> Result<Authors, Fault> {
    let q = search.q.trim().to_owned();
    let school = search.school.filter(|id| !id.is_empty());
    let variables = bank_authors_page::Variables {
        id,
        people: school.is_some(),
        of: school.unwrap_or_default(),
        search: !q.is_empty(),
        query: Some(q.clone()).filter(|q| !q.is_empty()),
    };
    let (frame, found) = visit.open::<BankAuthorsPage>(variables).await?;
    let viewer = found.viewer.ok_or(Fault::SignIn)?;
    let work = found.resource.filter(|work| work.viewer_can_update);
    Ok(Authors {
        frame: frame.of(&form),
        form,
        work: work.ok_or(Fault::NotFound)?,
        viewer,
        q,
        found: found.found.map(|list| list.nodes),
        chosen: found.chosen,
    })
}

async fn show(
    visit: Visit,
    Path(id): Path<String>,
    Query(search): Query<Search>,
) -> Result<Response, Fault> {
    let page = open(&visit, id, search, Form::default()).await?;
    visit.page(&page)
}

/// Adds whoever was chosen, or takes the viewer off.
async fn change(
    visit: Visit,
    Path(id): Path<String>,
    Query(search): Query<Search>,
    posted: Posted,
) -> Result<Response, Fault> {
    let page = open(&visit, id.clone(), search, Form::default()).await?;
    let authors = page
        .work
        .authors
        .iter()
        .map(|author| author.person_id.clone());
    let mut authors: Vec<Id> = authors.collect();
    let me = &page.viewer.person.id;
    let leaves = posted.has("leave");
    if leaves {
        authors.retain(|author| author != me);
    } else {
        // The address of a page ends in whose it is.
        let who = posted.text("authorIds");
        authors.push(who.rsplit('/').next().unwrap_or_default().to_owned());
    }
    let input = resource_update::ResourceUpdateInput {
        id: id.clone(),
        version: posted.version("version")?,
        card: None,
        text: None,
        author_ids: Some(authors),
    };
    let variables = resource_update::Variables { input };
    let payload = visit
        .ask::<ResourceUpdate>(variables)
        .await?
        .resource_update;
    if payload.resource.is_some() {
        return Ok(match leaves {
            // Whoever left may not see it any more.
            true => visit.go(&format!("/bank/by/{me}"), Flash::Saved),
            false => visit.go(&format!("/bank/{id}/authors"), Flash::Saved),
        });
    }
    let errors = payload.user_errors.into_iter();
    let form = Form::again(posted, errors.map(|error| (error.field, error.message)));
    visit.refused(&Authors {
        frame: page.frame.of(&form),
        form,
        ..page
    })
}
