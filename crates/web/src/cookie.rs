//! Cookies: what browsers send, and what they are told to keep.

use axum::http::{HeaderMap, HeaderValue, header};

/// The sign-in session's token.
pub(crate) const SESSION: &str = "session";
/// Binds the forms of somebody who is not signed in to their browser.
pub(crate) const FORM: &str = "form";
/// The language last read.
pub(crate) const LANGUAGE: &str = "language";
/// Day, night, or as the device has it.
pub(crate) const THEME: &str = "theme";
/// What was just done, to be said once on the next page.
pub(crate) const FLASH: &str = "flash";

/// A year, as long as browsers keep a choice.
pub(crate) const YEAR: u32 = 365 * 24 * 3600;

/// The token in the session cookie. `secure` as in [`Settings`](crate::Settings).
#[must_use]
pub fn session(headers: &HeaderMap, secure: bool) -> Option<String> {
    read(headers, SESSION, secure)
}

/// With https the prefix makes browsers refuse a cookie that a subdomain or a plain connection has set.
fn name(plain: &str, secure: bool) -> String {
    if secure {
        format!("__Host-{plain}")
    } else {
        plain.to_owned()
    }
}

/// The cookie's value, when it is made of the letters ours are made of.
pub(crate) fn read(headers: &HeaderMap, plain: &str, secure: bool) -> Option<String> {
    let name = name(plain, secure);
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value.to_owned())
        .filter(|value| (1..=512).contains(&value.len()) && value.bytes().all(is_ours))
}

fn is_ours(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.')
}

/// The `Set-Cookie` that keeps a value for so many seconds, or until the browser is closed; 0 forgets it.
pub(crate) fn keep(
    plain: &str,
    value: &str,
    seconds: Option<u32>,
    secure: bool,
) -> Option<HeaderValue> {
    let mut line = format!(
        "{}={value}; Path=/; HttpOnly; SameSite=Lax",
        name(plain, secure)
    );
    if secure {
        line.push_str("; Secure");
    }
    if let Some(seconds) = seconds {
        line.push_str(&format!("; Max-Age={seconds}"));
    }
    value
        .bytes()
        .all(is_ours)
        .then(|| HeaderValue::from_str(&line).ok())
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(cookie: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(header::COOKIE, HeaderValue::from_static(cookie))])
    }

    #[test]
    fn the_prefix_is_demanded_where_there_is_https() {
        let both = headers("theme=day; __Host-session=abc_1; session=evil");
        assert_eq!(session(&both, true).as_deref(), Some("abc_1"));
        assert_eq!(session(&both, false).as_deref(), Some("evil"));
        assert_eq!(session(&headers("session=evil"), true), None);
        assert_eq!(session(&headers("__Host-session=a b"), true), None);
        assert_eq!(session(&headers("__Host-session="), true), None);
    }

    #[test]
    fn what_is_kept_is_out_of_reach_of_scripts_and_other_sites() {
        let line = keep(SESSION, "abc", None, true).unwrap();
        assert_eq!(
            line,
            "__Host-session=abc; Path=/; HttpOnly; SameSite=Lax; Secure"
        );
        let line = keep(THEME, "day", Some(YEAR), false).unwrap();
        assert_eq!(
            line,
            "theme=day; Path=/; HttpOnly; SameSite=Lax; Max-Age=31536000"
        );
        assert_eq!(keep(THEME, "day; Domain=x", None, true), None);
    }
}
