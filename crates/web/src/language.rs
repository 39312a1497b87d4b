//! In which language a visitor reads.

use axum::{
    http::{HeaderMap, header},
    response::{IntoResponse, Redirect, Response},
};
use i18n::Locale;

use crate::{cookie, fault::Fault, visit::Visit, word};

/// `GET /`: on to the visitor's language: that of their profile when they are signed in.
pub(crate) async fn choose(visit: Visit) -> Result<Response, Fault> {
    let viewer = visit.frame().await?.viewer;
    let theirs = viewer.and_then(|viewer| word::locale(&viewer.language));
    Ok(Redirect::to(&format!("/{}", theirs.unwrap_or(visit.say))).into_response())
}

/// The language of an address, and what follows it. An address without one is read in the language last read, else in
/// what the browser asks for.
pub(crate) fn of(path: &str, headers: &HeaderMap, secure: bool) -> (Locale, String) {
    let named = Locale::ALL.into_iter().find_map(|locale| {
        let rest = path.strip_prefix('/')?.strip_prefix(locale.tag())?;
        (rest.is_empty() || rest.starts_with(['/', '?'])).then_some((locale, rest.to_owned()))
    });
    named.unwrap_or_else(|| {
        let kept = cookie::read(headers, cookie::LANGUAGE, secure).and_then(|tag| tag.parse().ok());
        let asked = || {
            headers
                .get(header::ACCEPT_LANGUAGE)
                .and_then(|value| value.to_str().ok())
                .and_then(Locale::negotiate)
        };
        (kept.or_else(asked).unwrap_or_default(), String::new())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn the_address_decides_then_the_cookie_then_the_browser() {
        let mut headers = HeaderMap::new();
        assert_eq!(of("/", &headers, true), (Locale::Kk, String::new()));
        headers.insert(
            header::ACCEPT_LANGUAGE,
            HeaderValue::from_static("en-GB, ru;q=0.5"),
        );
        assert_eq!(of("/nowhere", &headers, true), (Locale::En, String::new()));
        headers.insert(
            header::COOKIE,
            HeaderValue::from_static("__Host-language=ru"),
        );
        assert_eq!(of("/", &headers, true), (Locale::Ru, String::new()));
        assert_eq!(of("/kk", &headers, true), (Locale::Kk, String::new()));
        assert_eq!(
            of("/en/schools?q=2", &headers, true),
            (Locale::En, "/schools?q=2".into())
        );
        assert_eq!(of("/kkk", &headers, true).0, Locale::Ru);
    }
}
