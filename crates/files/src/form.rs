//! A file that comes in a form, whole or not at all: for browsers without scripts. How long it is shows at its end, so it
//! waits on this node's disk until then.

use std::io::Seek;

use axum::body::Body;
use bytes::Bytes;
use domain::authz::Viewer;
use domain::file::{File, commands};
use futures_util::{Stream, StreamExt};
use tokio::io::AsyncWriteExt;
use tokio_util::io::ReaderStream;

use crate::problem::Problem;
use crate::receive::receive;
use crate::{Files, QUIET, keep};

/// Takes the bytes, however many they turn out to be, as a file of the viewer's with this name.
pub(crate) async fn take(
    files: &Files,
    viewer: Viewer,
    name: &str,
    bytes: impl Stream<Item = std::io::Result<Bytes>>,
) -> Result<File, Problem> {
    viewer.id().ok_or(Problem::SignIn)?;
    let (waiting, length) = wait_for(files, bytes).await?;
    // Only now: the time of the request's begin may be long past.
    let access = files.db.access(viewer);
    let upload = commands::announce(&access, name, "", length, files.allowance).await??;
    let body = Body::from_stream(ReaderStream::new(waiting));
    match receive(files, &access, upload.clone(), body, None).await {
        Ok(upload) => keep::keep(files, &access, &upload).await,
        Err(problem) => {
            commands::take_back(&access, upload.id).await?;
            keep::clear(files, upload.id).await;
            Err(problem)
        }
    }
}

/// The bytes on disk, and how many they are. The file has no name there, and goes with its last reader.
async fn wait_for(
    files: &Files,
    bytes: impl Stream<Item = std::io::Result<Bytes>>,
) -> Result<(tokio::fs::File, u64), Problem> {
    let Ok(_transfer) = files.transfers.try_acquire() else {
        return Err(Problem::Away);
    };
    let mut waiting = tokio::fs::File::from_std(tempfile::tempfile()?);
    let mut length = 0;
    let mut bytes = std::pin::pin!(bytes);
    loop {
        let next = tokio::select! {
            next = tokio::time::timeout(QUIET, bytes.next()) => next,
            () = files.closing.cancelled() => return Err(Problem::Away),
        };
        match next {
            Ok(Some(Ok(bytes))) => {
                length += bytes.len() as u64;
                if length > files.allowance.file {
                    return Err(Problem::Large);
                }
                waiting.write_all(&bytes).await?;
            }
            Ok(None) => break,
            Ok(Some(Err(_))) | Err(_) => return Err(Problem::Away),
        }
    }
    waiting.flush().await?;
    let mut waiting = waiting.into_std().await;
    waiting.rewind()?;
    Ok((tokio::fs::File::from_std(waiting), length))
}
