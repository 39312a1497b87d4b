//! Day, night, or as the device has it: a form in the footer of every page.

use axum::{Router, response::Response, routing::post};
use i18n::Locale;

use crate::{cookie, fault::Fault, flash::Flash, form::Posted, visit::Visit};

/// How the visitor wants pages to look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Theme {
    /// As the device has it.
    #[default]
    Auto,
    /// The exercise book.
    Day,
    /// The chalkboard.
    Night,
}

impl Theme {
    pub(crate) const ALL: [Theme; 3] = [Theme::Auto, Theme::Day, Theme::Night];

    /// As cookie, form and style sheet have it.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Theme::Auto => "auto",
            Theme::Day => "day",
            Theme::Night => "night",
        }
    }

    pub(crate) fn read(word: &str) -> Option<Theme> {
        Theme::ALL.into_iter().find(|theme| theme.word() == word)
    }

    pub(crate) fn say(self, say: &Locale) -> String {
        match self {
            Theme::Auto => say.theme_auto(),
            Theme::Day => say.theme_day(),
            Theme::Night => say.theme_night(),
        }
    }
}

pub(crate) fn routes() -> Router {
    Router::new().route("/theme", post(keep))
}

async fn keep(visit: Visit, posted: Posted) -> Result<Response, Fault> {
    let theme = Theme::read(&posted.text("theme")).unwrap_or_default();
    let mut response = visit.go_back(&posted.text("return"), Flash::ThemeKept);
    visit.keep(
        &mut response,
        cookie::THEME,
        theme.word(),
        Some(cookie::YEAR),
    );
    Ok(response)
}
