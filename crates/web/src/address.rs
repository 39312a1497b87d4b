//! Addresses of our own: where we are, and where a form may lead back to.

use axum::http::{header, request::Parts};
use i18n::Locale;

use crate::visit::Site;

/// As the installation says, or else as the request does.
pub(crate) fn origin(site: &Site, parts: &Parts) -> String {
    if let Some(url) = &site.public_url {
        return url.clone();
    }
    let named = parts
        .headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok());
    let host = named.or_else(|| parts.uri.authority().map(|authority| authority.as_str()));
    let scheme = if site.secure { "https" } else { "http" };
    format!("{scheme}://{}", host.unwrap_or("localhost"))
}

/// `target`, when it is a path of a page of ours: it starts with a language, so it can't name another host.
pub(crate) fn local(target: &str) -> Option<&str> {
    let rest = Locale::ALL.iter().find_map(|locale| {
        target
            .strip_prefix('/')
            .and_then(|path| path.strip_prefix(locale.tag()))
    })?;
    let ours = rest.is_empty() || rest.starts_with(['/', '?']);
    let plain = target
        .bytes()
        .all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    (ours && plain).then_some(target)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_pages_are_returned_to() {
        for ours in [
            "/kk",
            "/ru/schools",
            "/en?x=1",
            "/en/schools?q=%D0%B0&x=//a",
        ] {
            assert_eq!(local(ours), Some(ours));
        }
        for foreign in [
            "",
            "/",
            "//evil.example",
            "/kkevil",
            "https://evil.example/kk",
            "/\\evil.example",
            "/kk/\\evil",
            "/kk\r\nSet-Cookie: a=b",
            "kk/schools",
            "/de/schools",
            "/ru/шк",
        ] {
            assert_eq!(local(foreign), None, "{foreign:?}");
        }
    }
}
