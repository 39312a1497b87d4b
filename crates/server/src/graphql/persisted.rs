//! Documents sent by their hash: remembered from earlier requests, or the only ones served at all.

use std::{collections::HashMap, io, path::Path, sync::Arc};

use async_graphql::{Request, Value};
use sha2::{Digest, Sha256};

use super::{
    fault::{Code, Refusal},
    recent::Recent,
};

/// Documents remembered from earlier requests.
const REMEMBERED: usize = 512;

type Hash = [u8; 32];

/// Which documents may be sent.
#[derive(Clone, Debug, Default)]
pub enum Documents {
    /// Any; those sent with their hash are remembered.
    #[default]
    Any,
    /// Only these, by text or by hash.
    Trusted(Arc<Trusted>),
}

/// Documents known beforehand.
#[derive(Debug)]
pub struct Trusted(HashMap<Hash, String>);

impl Documents {
    /// Trusts the `.graphql` files of a folder, one document each.
    ///
    /// # Errors
    /// When the folder or one of its files can't be read as text.
    pub fn trusted(folder: &Path) -> io::Result<Self> {
        let mut known = HashMap::new();
        for entry in std::fs::read_dir(folder)? {
            let path = entry?.path();
            if path.extension().is_some_and(|ending| ending == "graphql") {
                let text = std::fs::read_to_string(&path)?;
                known.insert(Sha256::digest(&text).into(), text);
            }
        }
        Ok(Self::Trusted(Arc::new(Trusted(known))))
    }
}

/// Finds the documents of requests.
pub(super) struct Persisted {
    documents: Documents,
    remembered: Recent<Hash, Arc<str>>,
}

/// A hash to remember once its document has passed the guard.
pub(super) struct New(Hash);

impl Persisted {
    pub(super) fn new(documents: Documents) -> Self {
        Self {
            documents,
            remembered: Recent::new(REMEMBERED),
        }
    }

    /// Puts the document in, when only its hash was sent.
    pub(super) fn resolve(&self, request: &mut Request) -> Result<Option<New>, Refusal> {
        let hash = requested(request)?;
        if let Some(hash) = hash
            && !request.query.is_empty()
            && hash != Hash::from(Sha256::digest(&request.query))
        {
            return Err(Refusal::new(
                Code::BadRequest,
                "The hash is not that of the document.",
            ));
        }
        match &self.documents {
            Documents::Any => self.any(request, hash),
            Documents::Trusted(trusted) => {
                let hash = hash.unwrap_or_else(|| Sha256::digest(&request.query).into());
                let text = trusted.0.get(&hash).ok_or_else(|| {
                    Refusal::new(Code::DocumentNotTrusted, "The document is not known here.")
                })?;
                request.query.clone_from(text);
                Ok(None)
            }
        }
    }

    fn any(&self, request: &mut Request, hash: Option<Hash>) -> Result<Option<New>, Refusal> {
        match hash {
            Some(hash) if request.query.is_empty() => {
                let text = self.remembered.get(&hash).ok_or_else(|| {
                    Refusal::new(Code::PersistedQueryNotFound, "PersistedQueryNotFound")
                })?;
                request.query = text.as_ref().into();
                Ok(None)
            }
            None if request.query.is_empty() => {
                Err(Refusal::new(Code::BadRequest, "There is no query."))
            }
            hash => Ok(hash.map(New)),
        }
    }

    /// Remembers a document.
    pub(super) fn remember(&self, New(hash): New, text: &str) {
        self.remembered.keep(hash, text.into());
    }
}

/// The hash in `extensions.persistedQuery`.
fn requested(request: &Request) -> Result<Option<Hash>, Refusal> {
    let bad = || {
        Refusal::new(
            Code::BadRequest,
            "extensions.persistedQuery needs version 1 and sha256Hash, 64 hexadecimal digits.",
        )
    };
    let Some(wanted) = request.extensions.get("persistedQuery") else {
        return Ok(None);
    };
    let Value::Object(wanted) = wanted else {
        return Err(bad());
    };
    let (Some(Value::Number(version)), Some(Value::String(hash))) =
        (wanted.get("version"), wanted.get("sha256Hash"))
    else {
        return Err(bad());
    };
    if version.as_u64() != Some(1) {
        return Err(bad());
    }
    unhex(hash).map(Some).ok_or_else(bad)
}

fn unhex(text: &str) -> Option<Hash> {
    let mut hash = Hash::default();
    if text.len() != 2 * hash.len() {
        return None;
    }
    for (byte, digits) in hash.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
        let digits = std::str::from_utf8(digits).ok()?;
        if digits.starts_with('+') {
            return None;
        }
        *byte = u8::from_str_radix(digits, 16).ok()?;
    }
    Some(hash)
}
