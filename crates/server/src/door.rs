//! Who is calling: a token in a header, a cookie or a socket's first message becomes a viewer.

use std::net::{IpAddr, Ipv4Addr};

use axum::http::HeaderMap;
use axum::http::header::{ACCEPT_LANGUAGE, AUTHORIZATION, COOKIE, HeaderName, USER_AGENT};
use axum::http::request::Parts;
use domain::authz::Viewer;
use domain::db::Db;
use domain::door;
use domain::error::{Error, Refusal};
use domain::session;
use domain::text::Language;
use i18n::Locale;

use crate::client_address::ClientAddress;
use crate::graphql::{Closed, Door};

/// The cookies that carry a session: the first where the installation is reached by https, else the second.
pub const SESSION_COOKIES: [&str; 2] = ["__Host-session", "session"];

/// The entrance of this node.
#[derive(Clone)]
pub struct Entrance {
    db: Db,
    default_language: Language,
}

impl Entrance {
    /// The entrance to `db`; people who have not chosen read `default_language`.
    pub fn new(db: Db, default_language: Locale) -> Self {
        Self {
            db,
            default_language: language(default_language),
        }
    }

    /// The viewer behind a page's cookie, who reads the page's language. Whoever comes with one that has run out is a
    /// guest again.
    pub async fn visitor(&self, token: Option<&str>, reads: Locale) -> Result<Viewer, Closed> {
        let reads = language(reads);
        match self.viewer(token, reads).await {
            Err(Closed::Unauthenticated) => Ok(Viewer::guest(reads)),
            viewer => viewer.map(|mut viewer| {
                viewer.language = reads;
                viewer
            }),
        }
    }

    /// The viewer who comes with this token, or a guest; a token that opens nothing is an error.
    async fn viewer(&self, token: Option<&str>, reads: Language) -> Result<Viewer, Closed> {
        door::viewer(&self.db, token, reads)
            .await
            .map_err(|error| closed(&error))
    }
}

impl files::Entrance for Entrance {
    async fn viewer(&self, parts: &Parts) -> Result<Viewer, files::Shut> {
        match self.open(parts, None).await {
            Ok(caller) => Ok(caller.viewer),
            Err(Closed::Unauthenticated) => Err(files::Shut::Unauthenticated),
            Err(_) => Err(files::Shut::Unavailable),
        }
    }
}

/// Somebody who came in.
pub struct Caller {
    viewer: Viewer,
    /// Whether this is a socket, which outlives what was true when it was opened.
    lasts: bool,
    from: session::Caller,
}

impl Door for Entrance {
    type Caller = Caller;

    async fn open(
        &self,
        parts: &Parts,
        init: Option<&serde_json::Value>,
    ) -> Result<Caller, Closed> {
        let headers = &parts.headers;
        let reads = text(headers, ACCEPT_LANGUAGE).and_then(Locale::negotiate);
        let reads = reads.map_or(self.default_language, language);
        let first = init
            .and_then(|init| init.get("authorization"))
            .and_then(serde_json::Value::as_str);
        let viewer = match (
            first.or_else(|| text(headers, AUTHORIZATION)).map(bearer),
            cookie(headers),
        ) {
            (Some(token), _) => self.viewer(Some(token), reads).await?,
            // Who comes with a cookie that has run out is a guest again, and may sign in.
            (None, Some(token)) => match self.viewer(Some(token), reads).await {
                Err(Closed::Unauthenticated) => Viewer::guest(reads),
                other => other?,
            },
            (None, None) => Viewer::guest(reads),
        };
        let address = parts
            .extensions
            .get::<ClientAddress>()
            .map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |a| a.0);
        let agent = text(headers, USER_AGENT).unwrap_or_default().to_owned();
        let from = session::Caller {
            address,
            agent,
            kind: session::Kind::Bearer,
        };
        Ok(Caller {
            viewer,
            lasts: init.is_some(),
            from,
        })
    }

    fn counted_as(&self, caller: &Caller) -> String {
        caller.viewer.id().map_or_else(
            || caller.from.address.to_string(),
            |person| person.to_string(),
        )
    }

    async fn operation(&self, caller: &Caller) -> Result<async_graphql::Data, Closed> {
        let viewer = match caller.lasts {
            true => door::again(&self.db, &caller.viewer)
                .await
                .map_err(|error| closed(&error))?,
            false => caller.viewer.clone(),
        };
        Ok(api::data(self.db.access(viewer), caller.from.clone()))
    }

    async fn still_open(&self, caller: &Caller) -> bool {
        match door::again(&self.db, &caller.viewer).await {
            Ok(_) => true,
            // While the database is away nobody is thrown out: nothing can be read either.
            Err(error) => !matches!(error, Error::Refused(_)),
        }
    }
}

fn closed(error: &Error) -> Closed {
    match error {
        Error::Refused(missteps)
            if missteps
                .iter()
                .any(|m| m.refusal == Refusal::SignInRequired) =>
        {
            Closed::Unauthenticated
        }
        _ => {
            tracing::error!(%error, "nobody can be let in");
            Closed::Unavailable
        }
    }
}

fn text(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// The token behind `Bearer`; whatever else was sent opens nothing.
fn bearer(authorization: &str) -> &str {
    match authorization.split_once(' ') {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => token.trim(),
        _ => authorization,
    }
}

fn cookie(headers: &HeaderMap) -> Option<&str> {
    let pairs = headers
        .get_all(COOKIE)
        .into_iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'));
    let mut cookies = pairs.filter_map(|pair| pair.trim().split_once('='));
    cookies
        .find(|(name, _)| SESSION_COOKIES.contains(name))
        .map(|(_, token)| token)
}

/// The language of the rows for a language of the sentences.
pub fn language(locale: Locale) -> Language {
    match locale {
        Locale::Kk => Language::Kk,
        Locale::Ru => Language::Ru,
        Locale::En => Language::En,
    }
}
