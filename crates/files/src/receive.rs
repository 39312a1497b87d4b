//! Bytes come in, over whatever line: what has come is safe piece by piece, and a line that breaks loses little.

use axum::body::Body;
use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::{Bytes, BytesMut};
use domain::db::Access;
use domain::file::Upload;
use domain::file::commands::{self, Piece};
use futures_util::StreamExt;
use sha1::Sha1;
use sha2::{Digest, Sha256};

use crate::problem::Problem;
use crate::{Files, PIECE, QUIET};

/// The checksums understood, as tus names them.
pub(crate) const ALGORITHMS: &str = "sha1,sha256";

/// What the bytes of one request must come to.
pub(crate) struct Checksum {
    digest: Running,
    expected: Vec<u8>,
}

enum Running {
    Sha1(Sha1),
    Sha256(Sha256),
}

impl Checksum {
    /// Reads `Upload-Checksum`: the algorithm, and the digest in base64.
    pub(crate) fn parse(header: &str) -> Option<Self> {
        let (algorithm, expected) = header.trim().split_once(' ')?;
        let digest = match algorithm {
            "sha1" => Running::Sha1(Sha1::new()),
            "sha256" => Running::Sha256(Sha256::new()),
            _ => return None,
        };
        let expected = STANDARD.decode(expected.trim()).ok()?;
        Some(Self { digest, expected })
    }

    fn update(&mut self, bytes: &[u8]) {
        match &mut self.digest {
            Running::Sha1(digest) => digest.update(bytes),
            Running::Sha256(digest) => digest.update(bytes),
        }
    }

    fn holds(self) -> bool {
        match self.digest {
            Running::Sha1(digest) => digest.finalize().to_vec() == self.expected,
            Running::Sha256(digest) => digest.finalize().to_vec() == self.expected,
        }
    }
}

/// How the body ended.
enum End {
    /// With its last byte.
    Whole,
    /// The line broke, or fell silent.
    Broken,
    /// More came than was announced.
    Over,
    /// This node stops.
    Closing,
}

/// Takes the body as the next bytes of `upload`. With a checksum all of it counts or nothing; else what came counts,
/// however the body ends.
pub(crate) async fn receive(
    files: &Files,
    access: &Access,
    upload: Upload,
    body: Body,
    checksum: Option<Checksum>,
) -> Result<Upload, Problem> {
    let Ok(_transfer) = files.transfers.try_acquire() else {
        return Err(Problem::Away);
    };
    let left = u64::try_from(upload.length - upload.received).unwrap_or(0);
    let mut taking = Taking {
        files,
        access,
        all_or_nothing: checksum.is_some(),
        upload,
        waiting: Vec::new(),
    };
    match take(&mut taking, body, left, checksum).await {
        Ok(()) => Ok(taking.upload),
        Err(problem) => {
            taking.drop_waiting().await;
            Err(problem)
        }
    }
}

async fn take(
    taking: &mut Taking<'_>,
    body: Body,
    mut left: u64,
    mut checksum: Option<Checksum>,
) -> Result<(), Problem> {
    let mut body = body.into_data_stream();
    let mut piece = BytesMut::new();
    let end = loop {
        let next = tokio::select! {
            next = tokio::time::timeout(QUIET, body.next()) => next,
            () = taking.files.closing.cancelled() => break End::Closing,
        };
        let bytes = match next {
            Ok(Some(Ok(bytes))) => bytes,
            Ok(None) => break End::Whole,
            Ok(Some(Err(_))) | Err(_) => break End::Broken,
        };
        let size = bytes.len() as u64;
        if size > left {
            break End::Over;
        }
        left -= size;
        if let Some(checksum) = &mut checksum {
            checksum.update(&bytes);
        }
        let mut bytes = bytes;
        while piece.len() + bytes.len() >= PIECE {
            piece.extend_from_slice(&bytes.split_to(PIECE - piece.len()));
            taking.put(piece.split().freeze()).await?;
        }
        piece.extend_from_slice(&bytes);
    };
    if let Some(checksum) = checksum {
        let whole = matches!(end, End::Whole);
        if !whole || !checksum.holds() {
            return Err(if whole {
                Problem::Checksum
            } else {
                ended(&end)
            });
        }
        taking.put(piece.freeze()).await?;
        return taking.commit().await;
    }
    taking.put(piece.freeze()).await?;
    match end {
        End::Whole => Ok(()),
        _ => Err(ended(&end)),
    }
}

fn ended(end: &End) -> Problem {
    match end {
        End::Over => Problem::Large,
        // Whoever is still there may come again.
        End::Whole | End::Broken | End::Closing => Problem::Away,
    }
}

/// An upload while bytes come in.
struct Taking<'a> {
    files: &'a Files,
    access: &'a Access,
    /// Whether pieces wait for the checksum.
    all_or_nothing: bool,
    upload: Upload,
    /// Pieces in the store that no row knows yet.
    waiting: Vec<Piece>,
}

impl Taking<'_> {
    async fn put(&mut self, bytes: Bytes) -> Result<(), Problem> {
        if bytes.is_empty() {
            return Ok(());
        }
        let (key, size) = (commands::new_key(), bytes.len() as u64);
        self.waiting.push(Piece { key, size });
        self.files
            .store
            .put_piece(self.upload.id, key, bytes)
            .await?;
        if self.all_or_nothing {
            Ok(())
        } else {
            self.commit().await
        }
    }

    async fn commit(&mut self) -> Result<(), Problem> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        // The time of the request's begin is long past on a slow line: each piece has its own.
        let access = self.access.db().access(self.access.viewer().clone());
        let (id, received) = (self.upload.id, self.upload.received);
        self.upload = commands::receive(&access, id, received, &self.waiting).await?;
        self.waiting.clear();
        Ok(())
    }

    async fn drop_waiting(&self) {
        for piece in &self.waiting {
            let dropped = self.files.store.drop_piece(self.upload.id, piece.key);
            if let Err(error) = dropped.await {
                tracing::debug!(%error, "a piece is left for the sweep");
            }
        }
    }
}

/// Whether a request that says how long it is says no more than was announced.
pub(crate) fn fits(upload: &Upload, content_length: Option<u64>) -> bool {
    let left = u64::try_from(upload.length - upload.received).unwrap_or(0);
    content_length.is_none_or(|length| length <= left)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checksums() {
        // Of nothing, and of "abc".
        let empty = "sha1 2jmj7l5rSw0yVb/vlWAYkK/YBwk=";
        assert!(Checksum::parse(empty).unwrap().holds());
        let abc = "sha256 ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=";
        let mut checksum = Checksum::parse(abc).unwrap();
        checksum.update(b"ab");
        checksum.update(b"c");
        assert!(checksum.holds());
        assert!(!Checksum::parse(abc).unwrap().holds());
        for bad in ["", "sha1", "md5 AAAA", "sha1 ?"] {
            assert!(Checksum::parse(bad).is_none(), "{bad}");
        }
    }
}
