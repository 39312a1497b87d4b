//! A copy of somebody's work, to adapt or to translate.

use askama::Template;
use axum::{Router, extract::Path, response::Response, routing::get};
use graphql_client::GraphQLQuery;

use crate::{
    csrf,
    fault::Fault,
    flash::Flash,
    form::{Form, Posted},
    scalar::Id,
    visit::{Frame, Visit},
    word::{self, Language, LicenceCode},
};

pub(super) fn routes() -> Router {
    Router::new().route("/bank/{id}/copy", get(show).post(copy))
}

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "../../schema.graphql",
    query_path = "queries/bank_write.graphql",
    normalization = "rust",
    custom_scalars_module = "crate::scalar",
    extern_enums("Language", "LicenceCode")
)]
struct BankCopyPage;

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "../../schema.graphql",
    query_path = "queries/bank_write.graphql",
    normalization = "rust",
    custom_scalars_module = "crate::scalar",
    extern_enums("Language", "LicenceCode")
)]
struct ResourceCopy;

#[derive(Template)]
#[template(path = "bank/copy.html")]
struct Copy {
    frame: Frame,
    form: Form,
    resource: bank_copy_page::BankCopyPageResource,
    /// The newest version, of which it will be a copy.
    version: Id,
    /// The licences that the copy may carry.
    licences: Vec<(String, String)>,
}

async fn open(visit: &Visit, id: String, form: Form) -> Result<Copy, Fault> {
    let (frame, found) = visit
        .open::<BankCopyPage>(bank_copy_page::Variables { id })
        .await?;
    let viewer = frame.viewer.as_ref().ok_or(Fault::SignIn)?;
    let mut resource = found.resource.ok_or(Fault::NotFound)?;
    let version = resource.newest.take().ok_or(Fault::NotFound)?.id;
    // Authors need nobody's permission to make something else of their own work.
    let own = resource
        .authors
        .iter()
        .any(|author| author.person_id == viewer.person.id);
    let permitted = |code: &LicenceCode| own || resource.licence.adaptations.contains(code);
    let licences: Vec<_> = found
        .licences
        .into_iter()
        .filter(|licence| permitted(&licence.code))
        .map(|licence| (word::written(&licence.code), licence.name))
        .collect();
    let form = if form.value("language").is_empty() {
        form.with("language", word::written(&resource.language))
            .with("licence", word::written(&resource.licence.code))
    } else {
        form
    };
    Ok(Copy {
        frame: frame.of(&form),
        form,
        resource,
        version,
        licences,
    })
}

async fn show(visit: Visit, Path(id): Path<String>) -> Result<Response, Fault> {
    let form = Form::default().with("idempotencyKey", csrf::fresh());
    let page = open(&visit, id, form).await?;
    visit.page(&page)
}

async fn copy(visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Response, Fault> {
    let input = resource_copy::ResourceCopyInput {
        idempotency_key: posted.optional("idempotencyKey"),
        language: Some(word::sent(&word::LANGUAGES, &posted.text("language"))?),
        licence: Some(word::sent(
            &super::write::LICENCES,
            &posted.text("licence"),
        )?),
        school_id: None,
        version_id: posted.text("versionId"),
    };
    let variables = resource_copy::Variables { input };
    let payload = visit.ask::<ResourceCopy>(variables).await?.resource_copy;
    if let Some(made) = payload.resource {
        return Ok(visit.go(&format!("/bank/{}/edit", made.id), Flash::Copied));
    }
    let errors = payload.user_errors.into_iter();
    let form = Form::again(posted, errors.map(|error| (error.field, error.message)));
    let page = open(&visit, id, form).await?;
    visit.refused(&page)
}
