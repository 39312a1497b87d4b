//! Forms of ours, sent by the browser they were shown in.
//!
//! Two checks on every form: browsers say where a request comes from, and the form carries a token that only this
//! installation makes, bound to the session (or, for guests, to a cookie).

use axum::http::{HeaderMap, header};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

const NONCE: usize = 16;

/// Makes and checks tokens with the installation's key.
pub(crate) struct Seal([u8; 32]);

impl Seal {
    pub(crate) fn new(key: [u8; 32]) -> Self {
        Seal(key)
    }

    /// A token for forms shown to `subject`. Each is different, so that compressed pages do not give it away.
    pub(crate) fn token(&self, subject: &str) -> String {
        let nonce: [u8; NONCE] = rand::random();
        let mut token = nonce.to_vec();
        token.extend_from_slice(&self.mac(&nonce, subject).finalize().into_bytes());
        URL_SAFE_NO_PAD.encode(token)
    }

    /// Was this token made here for `subject`?
    pub(crate) fn holds(&self, token: &str, subject: &str) -> bool {
        let Ok(bytes) = URL_SAFE_NO_PAD.decode(token) else {
            return false;
        };
        bytes
            .split_first_chunk::<NONCE>()
            .is_some_and(|(nonce, tag)| self.mac(nonce, subject).verify_slice(tag).is_ok())
    }

    fn mac(&self, nonce: &[u8; NONCE], subject: &str) -> Hmac<Sha256> {
        let mut key = [0; 64];
        for (byte, of) in key.iter_mut().zip(self.0) {
            *byte = of;
        }
        let mut mac = Hmac::<Sha256>::new(&key.into());
        mac.update(b"form");
        mac.update(nonce);
        mac.update(subject.as_bytes());
        mac
    }
}

/// Something fresh that nobody can guess: for a guest's cookie, or as a form's idempotency key.
pub(crate) fn fresh() -> String {
    URL_SAFE_NO_PAD.encode(rand::random::<[u8; NONCE]>())
}

/// Does the browser say that the request was made by a page of ours? Without either header (no browser that can show
/// the pages) the token decides alone.
pub(crate) fn same_site(headers: &HeaderMap, host: Option<&str>) -> bool {
    if let Some(site) = headers.get("sec-fetch-site") {
        return site == "same-origin" || site == "none";
    }
    match headers.get(header::ORIGIN) {
        Some(origin) => origin
            .to_str()
            .ok()
            .and_then(|origin| origin.split_once("://"))
            .is_some_and(|(_, authority)| Some(authority) == host),
        None => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn a_token_is_for_one_subject_and_one_installation() {
        let seal = Seal::new([7; 32]);
        let token = seal.token("anna");
        assert!(seal.holds(&token, "anna"));
        assert_ne!(token, seal.token("anna"));
        assert!(!seal.holds(&token, "berik"));
        assert!(!Seal::new([8; 32]).holds(&token, "anna"));
        for wrong in ["", "AAAA", "!!!", &token[1..], &format!("{token}AA")] {
            assert!(!seal.holds(wrong, "anna"), "{wrong:?}");
        }
    }

    #[test]
    fn other_sites_are_refused() {
        let says = |name: &'static str, value: &'static str| {
            let headers =
                HeaderMap::from_iter([(name.parse().unwrap(), HeaderValue::from_static(value))]);
            same_site(&headers, Some("ls.example:8443"))
        };
        assert!(says("sec-fetch-site", "same-origin"));
        assert!(says("sec-fetch-site", "none"));
        assert!(!says("sec-fetch-site", "cross-site"));
        assert!(!says("sec-fetch-site", "same-site"));
        assert!(says("origin", "https://ls.example:8443"));
        assert!(!says("origin", "https://ls.example"));
        assert!(!says("origin", "https://ls.example:8443.evil.example"));
        assert!(!says("origin", "null"));
        assert!(same_site(&HeaderMap::new(), None));
    }
}
