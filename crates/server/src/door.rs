//! Who is calling: a token in a header, a cookie or a socket's first message becomes a viewer.

use axum::http::header::ACCEPT_LANGUAGE;
use axum::http::request::Parts;
use domain::authz::Viewer;
use domain::db::Db;
use domain::text::Language;
use i18n::Locale;

use crate::client_address::ClientAddress;
use crate::graphql::{Closed, Door};

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
}

/// Somebody who came in.
pub struct Caller {
    viewer: Viewer,
    counted_as: String,
}

impl Door for Entrance {
    type Caller = Caller;

    async fn open(
        &self,
        parts: &Parts,
        _init: Option<&serde_json::Value>,
    ) -> Result<Caller, Closed> {
        let accepted = parts
            .headers
            .get(ACCEPT_LANGUAGE)
            .and_then(|value| value.to_str().ok());
        let reads = accepted
            .and_then(Locale::negotiate)
            .map_or(self.default_language, language);
        let address = parts.extensions.get::<ClientAddress>();
        Ok(Caller {
            viewer: Viewer::guest(reads),
            counted_as: address.map_or_else(String::new, |a| a.0.to_string()),
        })
    }

    fn counted_as(&self, caller: &Caller) -> String {
        caller.counted_as.clone()
    }

    async fn operation(&self, caller: &Caller) -> Result<async_graphql::Data, Closed> {
        Ok(api::data(self.db.access(caller.viewer.clone())))
    }

    async fn still_open(&self, _caller: &Caller) -> bool {
        true
    }
}

/// The language of the rows for a language of the sentences.
fn language(locale: Locale) -> Language {
    match locale {
        Locale::Kk => Language::Kk,
        Locale::Ru => Language::Ru,
        Locale::En => Language::En,
    }
}
