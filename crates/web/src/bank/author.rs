//! The works of one author; for the author's own eyes also those that nobody else sees.

use askama::Template;
use axum::{
    Router,
    extract::{Path, Query},
    response::Response,
    routing::get,
};
use graphql_client::GraphQLQuery;

use super::wording;
use crate::{
    csrf,
    fault::Fault,
    scalar::Id,
    visit::{Frame, Visit},
    window::Window,
    word::{Language, ResourceKind, ResourceState},
};

pub(super) fn routes() -> Router {
    Router::new().route("/bank/by/{id}", get(show))
}

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "../../schema.graphql",
    query_path = "queries/bank_author.graphql",
    normalization = "rust",
    custom_scalars_module = "crate::scalar",
    extern_enums("Language", "ResourceKind", "ResourceState")
)]
struct BankAuthorPage;

#[derive(Template)]
#[template(path = "bank/author.html")]
struct Show {
    frame: Frame,
    id: Id,
    /// Does the viewer look at what is their own?
    mine: bool,
    name: String,
    count: i64,
    works: bank_author_page::BankAuthorPageShared,
    others: Vec<bank_author_page::Row>,
    credit: Option<bank_author_page::BankAuthorPageNodeOnPersonCredit>,
    records: Vec<bank_author_page::BankAuthorPageViewerCreditRecords>,
    /// For issuing a record once.
    key: String,
}

impl Show {
    /// The list's address up to the cursor.
    fn address(&self) -> String {
        format!("{}{}?", self.frame.at("/bank/by/"), self.id)
    }
}

async fn show(
    visit: Visit,
    Path(id): Path<String>,
    Query(window): Query<Window>,
) -> Result<Response, Fault> {
    let variables = bank_author_page::Variables {
        id: id.clone(),
        first: window.first(),
        after: window.after(),
        last: window.last(),
        before: window.before(),
    };
    let (frame, found) = visit.open::<BankAuthorPage>(variables).await?;
    let works = found.shared.ok_or(Fault::NotFound)?;
    let mut others = found.others.map(|list| list.nodes).unwrap_or_default();
    let credit = match found.node {
        Some(bank_author_page::BankAuthorPageNode::Person(person)) => Some(person.credit),
        _ => None,
    };
    let mut records = found
        .viewer
        .map(|viewer| viewer.credit_records)
        .unwrap_or_default();
    let viewer = frame.viewer.as_ref();
    let mine = viewer.is_some_and(|viewer| viewer.person.id == id);
    if !mine {
        others.clear();
        records.clear();
    }
    let mut all = works.nodes.iter().chain(&others);
    let named = all.find_map(|work| work.authors.iter().find(|author| author.person_id == id));
    let named = named.map(|author| author.name.clone());
    let name = match named {
        Some(name) => name,
        None if mine => viewer
            .map(|viewer| viewer.person.name.clone())
            .unwrap_or_default(),
        None => return Err(Fault::NotFound),
    };
    visit.page(&Show {
        id,
        mine,
        name,
        count: works.total_count.unwrap_or_default(),
        works,
        others,
        credit,
        records,
        key: csrf::fresh(),
        frame,
    })
}
