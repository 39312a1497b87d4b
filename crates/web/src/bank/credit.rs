//! Credit for works: a record of it to print, and its public check.

use askama::Template;
use axum::{
    Router,
    extract::Path,
    response::Response,
    routing::{get, post},
};
use graphql_client::GraphQLQuery;

use crate::{
    csrf,
    fault::Fault,
    flash::Flash,
    form::Posted,
    visit::{Frame, Visit},
};

pub(super) fn routes() -> Router {
    Router::new()
        .route("/credit", post(issue))
        .route("/credit/{code}", get(show))
}

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "../../schema.graphql",
    query_path = "queries/bank_act.graphql",
    normalization = "rust",
    custom_scalars_module = "crate::scalar"
)]
struct CreditPage;

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "../../schema.graphql",
    query_path = "queries/bank_act.graphql",
    normalization = "rust",
    custom_scalars_module = "crate::scalar"
)]
struct CreditRecordIssue;

#[derive(Template)]
#[template(path = "bank/credit.html")]
struct Show {
    frame: Frame,
    record: credit_page::CreditPageCreditRecord,
    /// Where anybody checks it.
    url: String,
}

async fn show(visit: Visit, Path(code): Path<String>) -> Result<Response, Fault> {
    let variables = credit_page::Variables {
        code: code.chars().take(60).collect(),
    };
    let (frame, found) = visit.open::<CreditPage>(variables).await?;
    let record = found.credit_record.ok_or(Fault::NotFound)?;
    let url = visit.url(&format!("/{}/credit/{}", visit.say, record.code));
    visit.page(&Show { frame, record, url })
}

async fn issue(visit: Visit, posted: Posted) -> Result<Response, Fault> {
    let key = posted.optional("idempotencyKey");
    let input = credit_record_issue::CreditRecordIssueInput {
        idempotency_key: Some(key.unwrap_or_else(csrf::fresh)),
    };
    let variables = credit_record_issue::Variables { input };
    let found = visit.ask::<CreditRecordIssue>(variables).await?;
    let record = found.credit_record_issue.credit_record;
    let code = record.ok_or(Fault::NotFound)?.code;
    Ok(visit.go(&format!("/credit/{code}"), Flash::Saved))
}
