//! What is planned at the viewer's own schools, and the secret addresses under which calendar programs read it.

use askama::Template;
use axum::{Router, extract::Query, response::Response, routing::get};
use graphql_client::GraphQLQuery;

use crate::{
    command::{Errors, commands},
    csrf,
    fault::Fault,
    flash::Flash,
    form::{Form, Posted},
    visit::{Frame, Visit},
    window::Window,
    word::{self, ActivityKind, ActivityState, Language},
};

pub(super) fn routes() -> Router {
    Router::new().route("/calendar", get(show).post(change))
}

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "../../schema.graphql",
    query_path = "queries/calendar.graphql",
    normalization = "rust",
    custom_scalars_module = "crate::scalar",
    extern_enums("ActivityKind", "Language")
)]
struct CalendarPage;

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "../../schema.graphql",
    query_path = "queries/calendar.graphql",
    normalization = "rust",
    custom_scalars_module = "crate::scalar"
)]
struct CalendarFeedCreate;

commands! { "queries/calendar.graphql";
    CalendarFeedRevoke calendar_feed_revoke CalendarFeedRevokeInput;
}

#[derive(Template)]
#[template(path = "plan/calendar.html")]
struct Calendar {
    frame: Frame,
    form: Form,
    /// The address that was just made. It is shown this once.
    made: Option<String>,
    feeds: Vec<calendar_page::CalendarPageViewerCalendarFeeds>,
    /// The viewer's networks, each as it is sent and as it is read.
    networks: Vec<(String, String)>,
    activities: calendar_page::CalendarPageActivities,
}

impl Calendar {
    /// What a new address may show: the viewer's own schools, or one of their networks.
    fn choices(&self) -> Vec<(String, String)> {
        let own = (String::new(), self.frame.say.calendar_own());
        std::iter::once(own)
            .chain(self.networks.iter().cloned())
            .collect()
    }

    /// The hand that draws what is planned.
    fn hand(&self, agreed: &bool) -> &'static str {
        word::activity_hand(&ActivityState::Planned, agreed)
    }

    fn list(&self) -> String {
        format!("{}?", self.frame.at("/calendar"))
    }
}

async fn open(
    visit: &Visit,
    window: &Window,
    form: Form,
    made: Option<String>,
) -> Result<Calendar, Fault> {
    let variables = calendar_page::Variables {
        first: window.first(),
        after: window.after(),
        last: window.last(),
        before: window.before(),
    };
    let (frame, found) = visit.open::<CalendarPage>(variables).await?;
    let form = form.filled_up(Form::default().with("idempotencyKey", csrf::fresh()));
    let viewer = found.viewer.ok_or(Fault::SignIn)?;
    let schools = viewer.memberships.into_iter().filter_map(|it| it.school);
    let networks = schools.flat_map(|school| school.networks);
    let mut networks: Vec<_> = networks
        .map(|network| (network.id, network.name.text))
        .collect();
    networks.sort();
    networks.dedup();
    Ok(Calendar {
        frame: frame.of(&form),
        form,
        made: made.map(|path| visit.url(&path)),
        feeds: viewer.calendar_feeds,
        networks,
        activities: found.activities.ok_or(Fault::NotFound)?,
    })
}

async fn show(visit: Visit, Query(window): Query<Window>) -> Result<Response, Fault> {
    let page = open(&visit, &window, Form::default(), None).await?;
    visit.page(&page)
}

async fn change(visit: Visit, posted: Posted) -> Result<Response, Fault> {
    let window = Window::default();
    if let Some(id) = posted.optional("revoke") {
        let input = calendar_feed_revoke::CalendarFeedRevokeInput { id };
        let errors = visit.run::<CalendarFeedRevoke>(input).await?;
        if errors.is_empty() {
            return Ok(visit.stay(Flash::Saved));
        }
        let form = Form::again(Posted::default(), errors);
        let page = open(&visit, &window, form, None).await?;
        return visit.refused(&page);
    }
    let input = calendar_feed_create::CalendarFeedCreateInput {
        network_id: posted.optional("networkId"),
        idempotency_key: posted.optional("idempotencyKey"),
    };
    let variables = calendar_feed_create::Variables { input };
    let payload = visit.ask::<CalendarFeedCreate>(variables).await?;
    let payload = payload.calendar_feed_create;
    if payload.path.is_some() {
        // Not redirected: the address is nowhere but in this answer.
        let page = open(&visit, &window, Form::default(), payload.path).await?;
        return visit.page(&page);
    }
    let errors = payload.user_errors.into_iter();
    let errors: Errors = errors.map(|error| (error.field, error.message)).collect();
    let page = open(&visit, &window, Form::again(posted, errors), None).await?;
    visit.refused(&page)
}
