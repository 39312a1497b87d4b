//! What was announced, and a form for the next announcement.

use askama::Template;
use axum::{Router, extract::Query, response::Response, routing::get};
use graphql_client::GraphQLQuery;

use super::frame;
use crate::{
    command::commands,
    csrf,
    fault::Fault,
    flash::Flash,
    form::{Form, Posted},
    visit::{Frame, Visit},
    window::Window,
    word::Language,
};

pub(super) fn routes() -> Router {
    Router::new()
        .route("/admin/announcements", get(list))
        .route("/admin/announcements/new", get(show).post(publish))
}

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "../../schema.graphql",
    query_path = "queries/announcements.graphql",
    normalization = "rust",
    custom_scalars_module = "crate::scalar",
    extern_enums("Language")
)]
struct AnnouncementsPage;

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "../../schema.graphql",
    query_path = "queries/announcements.graphql",
    normalization = "rust",
    custom_scalars_module = "crate::scalar",
    extern_enums("Language")
)]
struct AnnouncementNewPage;

commands! { "queries/announcements.graphql";
    AnnouncementPublish announcement_publish AnnouncementPublishInput;
}

#[derive(Template)]
#[template(path = "admin/announcements.html")]
struct List {
    frame: Frame,
    announcements: announcements_page::AnnouncementsPageAnnouncements,
}

async fn list(visit: Visit, Query(window): Query<Window>) -> Result<Response, Fault> {
    let frame = frame(&visit).await?;
    let variables = announcements_page::Variables {
        first: window.first(),
        after: window.after(),
        last: window.last(),
        before: window.before(),
    };
    let found = visit.ask::<AnnouncementsPage>(variables).await?;
    visit.page(&List {
        frame,
        announcements: found.announcements.ok_or(Fault::NotFound)?,
    })
}

#[derive(Template)]
#[template(path = "admin/announcement.html")]
struct New {
    frame: Frame,
    form: Form,
    /// Everybody, or the persons of a region, as a form offers them.
    audiences: Vec<(String, String)>,
}

/// The option that stands for everybody.
const EVERYBODY: &str = "everybody";

async fn open(visit: &Visit, form: Form) -> Result<New, Fault> {
    let frame = frame(visit).await?;
    let variables = announcement_new_page::Variables {};
    let found = visit.ask::<AnnouncementNewPage>(variables).await?;
    let regions = found.regions.ok_or(Fault::NotFound)?.nodes.into_iter();
    let everybody = (EVERYBODY.to_owned(), visit.say.announcement_everybody());
    let regions = regions.map(|region| {
        let name = region.name.map(|name| name.text);
        (region.id.clone(), name.unwrap_or(region.id))
    });
    Ok(New {
        frame: frame.of(&form),
        form,
        audiences: std::iter::once(everybody).chain(regions).collect(),
    })
}

async fn show(visit: Visit) -> Result<Response, Fault> {
    let form = Form::default().with("idempotencyKey", csrf::fresh());
    let page = open(&visit, form).await?;
    visit.page(&page)
}

async fn publish(visit: Visit, posted: Posted) -> Result<Response, Fault> {
    use announcement_publish::{
        AnnouncementAudience, AnnouncementPublishInput, LocalizedTextInput,
    };
    let audience = match posted.text("audience") {
        everybody if everybody == EVERYBODY => AnnouncementAudience::Everybody(true),
        region => AnnouncementAudience::RegionId(region),
    };
    let in_all = |field: &str| LocalizedTextInput {
        kk: posted.optional(&format!("{field}.kk")),
        ru: posted.optional(&format!("{field}.ru")),
        en: posted.optional(&format!("{field}.en")),
    };
    let input = AnnouncementPublishInput {
        audience,
        title: in_all("title"),
        text: in_all("text"),
        idempotency_key: posted.optional("idempotencyKey"),
    };
    let errors = visit.run::<AnnouncementPublish>(input).await?;
    if errors.is_empty() {
        return Ok(visit.go("/admin/announcements", Flash::Saved));
    }
    let page = open(&visit, Form::again(posted, errors)).await?;
    visit.refused(&page)
}
