//! One work: what it says, where it comes from, what came of it; and how it is withdrawn.

use askama::Template;
use axum::{Router, extract::Path, response::Response, routing::get};
use graphql_client::GraphQLQuery;

use super::wording;
use crate::{
    command::commands,
    fault::Fault,
    flash::Flash,
    form::{Form, Posted},
    markdown::{self, Html},
    scalar::Id,
    visit::{Frame, Visit},
    word::{
        self, AudienceRung, Language, LicenceCode, ResourceKind, ResourceKinship, ResourceState,
    },
};

pub(super) fn routes() -> Router {
    Router::new()
        .route("/bank/{id}", get(show))
        .route("/bank/{id}/withdraw", get(show_withdraw).post(withdraw))
}

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "../../schema.graphql",
    query_path = "queries/bank_resource.graphql",
    normalization = "rust",
    custom_scalars_module = "crate::scalar",
    extern_enums(
        "AudienceRung",
        "Language",
        "LicenceCode",
        "ResourceKind",
        "ResourceKinship",
        "ResourceState"
    )
)]
struct BankResourcePage;

commands! { "queries/bank_resource.graphql";
    ResourceWithdraw resource_withdraw ResourceWithdrawInput;
}

type Resource = bank_resource_page::BankResourcePageResource;

#[derive(Template)]
#[template(path = "bank/show.html")]
struct Show {
    frame: Frame,
    resource: Resource,
    /// What it is about; empty when nobody wrote that.
    summary: String,
    body: Html,
    /// Pages elsewhere: what they are called, where they are.
    links: Vec<(String, String)>,
    /// Is what is shown the authors' draft?
    unshared: bool,
}

impl Show {
    /// May somebody else make something of it?
    fn adaptable(&self) -> bool {
        self.resource.state == ResourceState::Shared && !self.resource.licence.adaptations.is_empty()
    }

    /// `lang` of what it says, where that is not the page's.
    fn lang(&self) -> Option<&'static str> {
        self.frame.foreign(&self.resource.language)
    }

    /// The mean of the ratings with one place after the comma.
    fn stars(&self) -> Option<String> {
        let rating = self.resource.rating?;
        let mark = if self.frame.say == i18n::Locale::En { "." } else { "," };
        Some(format!("{rating:.1}").replace('.', mark))
    }
}

async fn open(visit: &Visit, id: String) -> Result<(Frame, Resource), Fault> {
    let variables = bank_resource_page::Variables { id };
    let (frame, found) = visit.open::<BankResourcePage>(variables).await?;
    Ok((frame, found.resource.ok_or(Fault::NotFound)?))
}

async fn show(visit: Visit, Path(id): Path<String>) -> Result<Response, Fault> {
    let (frame, resource) = open(&visit, id).await?;
    let unshared = resource.newest.is_none();
    let (summary, body, links) = match (&resource.newest, &resource.draft) {
        (Some(newest), _) => {
            let links = newest.links.iter();
            (
                newest.summary.text.clone(),
                markdown::render(&newest.body),
                links.map(|link| (link.title.clone(), link.url.clone())).collect(),
            )
        }
        (None, Some(draft)) => {
            let links = draft.links.iter();
            (
                draft.summary.text.clone(),
                markdown::render(&draft.body),
                links.map(|link| (link.title.clone(), link.url.clone())).collect(),
            )
        }
        (None, None) => (String::new(), markdown::render(""), Vec::new()),
    };
    visit.page(&Show {
        frame,
        resource,
        summary,
        body,
        links,
        unshared,
    })
}

#[derive(Template)]
#[template(path = "bank/withdraw.html")]
struct Withdraw {
    frame: Frame,
    form: Form,
    resource: Resource,
}

/// For those who may withdraw it; for others there is no such page.
async fn open_withdraw(visit: &Visit, id: String, form: Form) -> Result<Withdraw, Fault> {
    let (frame, resource) = open(visit, id).await?;
    if !resource.viewer_can_withdraw {
        return Err(Fault::NotFound);
    }
    Ok(Withdraw {
        frame: frame.of(&form),
        form,
        resource,
    })
}

async fn show_withdraw(visit: Visit, Path(id): Path<String>) -> Result<Response, Fault> {
    let page = open_withdraw(&visit, id, Form::default()).await?;
    visit.page(&page)
}

async fn withdraw(visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Response, Fault> {
    let input = resource_withdraw::ResourceWithdrawInput {
        id: id.clone(),
        reason: posted.text("reason"),
        version: posted.version("version")?,
    };
    let errors = visit.run::<ResourceWithdraw>(input).await?;
    if errors.is_empty() {
        return Ok(visit.go(&format!("/bank/{id}"), Flash::Saved));
    }
    let page = open_withdraw(&visit, id, Form::again(posted, errors)).await?;
    visit.refused(&page)
}
