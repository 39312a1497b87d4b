//! Where the viewer is signed in.

use askama::Template;
use axum::{Router, response::Response, routing::get};
use graphql_client::GraphQLQuery;

use crate::{
    command::commands,
    fault::Fault,
    flash::Flash,
    form::{Form, Posted},
    visit::{Frame, Visit},
};

pub(super) fn routes() -> Router {
    Router::new().route("/settings/sessions", get(show).post(end))
}

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "../../schema.graphql",
    query_path = "queries/settings.graphql",
    normalization = "rust",
    custom_scalars_module = "crate::scalar"
)]
struct SessionsPage;

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "../../schema.graphql",
    query_path = "queries/settings.graphql",
    normalization = "rust"
)]
struct SessionsEndAll;

commands! { "queries/settings.graphql";
    SessionEnd session_end SessionEndInput;
}

#[derive(Template)]
#[template(path = "settings/sessions.html")]
struct Sessions {
    frame: Frame,
    form: Form,
    sessions: Vec<sessions_page::SessionsPageViewerSessions>,
}

impl Sessions {
    /// What somebody signed in with, in names that people know: `Chrome, Android`. What is no browser says its own.
    fn device(agent: &str) -> String {
        const BROWSERS: [(&str, &str); 10] = [
            // Most call themselves Chrome and Safari as well.
            ("YaBrowser/", "Yandex"),
            ("SamsungBrowser/", "Samsung Internet"),
            ("OPR/", "Opera"),
            ("Edg", "Edge"),
            ("Firefox/", "Firefox"),
            ("FxiOS/", "Firefox"),
            ("CriOS/", "Chrome"),
            ("Chrome/", "Chrome"),
            ("Chromium/", "Chromium"),
            ("Safari/", "Safari"),
        ];
        const SYSTEMS: [(&str, &str); 7] = [
            ("Android", "Android"),
            ("iPhone", "iPhone"),
            ("iPad", "iPad"),
            ("Windows", "Windows"),
            ("CrOS", "ChromeOS"),
            ("Macintosh", "macOS"),
            ("Linux", "Linux"),
        ];
        let named = |names: &[(&str, &'static str)]| {
            let found = names.iter().find(|(mark, _)| agent.contains(mark));
            found.map(|(_, name)| *name)
        };
        match (named(&BROWSERS), named(&SYSTEMS)) {
            (Some(browser), Some(system)) => format!("{browser}, {system}"),
            (Some(browser), None) => browser.to_owned(),
            (None, _) => agent.chars().take(60).collect(),
        }
    }
}

async fn open(visit: &Visit, form: Form) -> Result<Sessions, Fault> {
    let (frame, found) = visit
        .open::<SessionsPage>(sessions_page::Variables {})
        .await?;
    Ok(Sessions {
        frame: frame.of(&form),
        form,
        sessions: found.viewer.ok_or(Fault::SignIn)?.sessions,
    })
}

async fn show(visit: Visit) -> Result<Response, Fault> {
    let page = open(&visit, Form::default()).await?;
    visit.page(&page)
}

async fn end(visit: Visit, posted: Posted) -> Result<Response, Fault> {
    if posted.has("all") {
        visit
            .ask::<SessionsEndAll>(sessions_end_all::Variables {})
            .await?;
        return Ok(visit.out("/sign-in"));
    }
    let input = session_end::SessionEndInput {
        id: posted.text("id"),
    };
    let errors = visit.run::<SessionEnd>(input).await?;
    if errors.is_empty() {
        return Ok(visit.stay(Flash::Saved));
    }
    let page = open(&visit, Form::again(Posted::default(), errors)).await?;
    visit.refused(&page)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn devices_have_names_that_people_know() {
        let chrome = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36";
        assert_eq!(Sessions::device(chrome), "Chrome, Android");
        let safari = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1";
        assert_eq!(Sessions::device(safari), "Safari, iPhone");
        assert_eq!(Sessions::device("sabaqtas demo"), "sabaqtas demo");
    }
}
