//! Tokens that open doors: made here, shown once, kept only as digests.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit, Mac};
use rand::TryRng;
use sha2::{Digest, Sha256};

use crate::error::{Error, Result};
use crate::id::{Id, Noun};

/// The installation's secret: 32 random bytes that live outside the database.
///
/// The token of a mailed link is computed from it and the row's id, so the relay can write the same link again after
/// a crash, and a copy of the database opens nothing.
#[derive(Clone)]
pub struct Secret([u8; 32]);

impl Secret {
    /// The secret over these bytes.
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// A new one from the machine's randomness.
    pub fn random() -> Result<Self> {
        random_bytes().map(Self)
    }

    /// The bytes, to keep them in a file that only the server reads.
    pub const fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The token of the link that `id` stands for.
    pub fn link_token<N: Noun>(&self, id: Id<N>) -> Result<String> {
        Ok(URL_SAFE_NO_PAD.encode(self.mac(format!("link:{id}").as_bytes())?))
    }

    /// A digest that can't be reversed by trying out what went in.
    pub fn digest(&self, what: &str) -> Result<Vec<u8>> {
        self.mac(format!("digest:{what}").as_bytes())
    }

    /// Whether this is the [`digest`](Self::digest) of `what`; takes as long whichever byte is wrong.
    pub fn made(&self, what: &str, digest: &[u8]) -> Result<bool> {
        let mac = self.begun(format!("digest:{what}").as_bytes())?;
        Ok(mac.verify_slice(digest).is_ok())
    }

    fn mac(&self, message: &[u8]) -> Result<Vec<u8>> {
        Ok(self.begun(message)?.finalize().into_bytes().to_vec())
    }

    fn begun(&self, message: &[u8]) -> Result<Hmac<Sha256>> {
        let mut mac =
            Hmac::<Sha256>::new_from_slice(&self.0).map_err(|e| Error::Fault(e.to_string()))?;
        mac.update(message);
        Ok(mac)
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// A new bearer token of 256 bits behind a prefix that secret scanners know.
pub fn token(prefix: &str) -> Result<String> {
    Ok(format!(
        "{prefix}_{}",
        URL_SAFE_NO_PAD.encode(random_bytes::<32>()?)
    ))
}

/// What the database keeps of a token: enough to recognise it, nothing to use it with.
pub fn token_digest(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

/// So many bytes of the machine's randomness.
pub(crate) fn random_bytes<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    rand::rngs::SysRng
        .try_fill_bytes(&mut bytes)
        .map_err(|e| Error::Fault(e.to_string()))?;
    Ok(bytes)
}
