//! What nobody needs any more goes: uploads whose time ran out, pieces without an upload, bytes without a file.
//!
//! All nodes sweep; of two that sweep the same, one finds nothing left to do.

use std::time::Duration;

use domain::authz::{Job, Viewer};
use domain::db::Access;
use domain::error::Error;
use domain::file::{WAITS_HOURS, commands, queries};
use tokio_util::sync::CancellationToken;

use crate::Files;
use crate::problem::Problem;

/// How often.
const EVERY: Duration = Duration::from_secs(10 * 60);

/// How many rows at a time.
const BATCH: u64 = 100;

/// Sweeps again and again until `stop`.
pub async fn run(files: Files, stop: CancellationToken) {
    while !stop.is_cancelled() {
        match once(&files).await {
            Ok(0) => {}
            Ok(swept) => tracing::info!(swept, "files that nobody needs are gone"),
            Err(error) => tracing::warn!(%error, "sweeping files"),
        }
        tokio::select! {
            () = stop.cancelled() => {}
            () = tokio::time::sleep(EVERY) => {}
        }
    }
}

/// Sweeps once; tells how many uploads and files' bytes went.
pub async fn once(files: &Files) -> Result<u64, Problem> {
    let access = files.db.access(Viewer::system(Job::Calendar));
    Ok(expired(files, &access).await?
        + strays(files, &access).await?
        + unwanted(files, &access).await?)
}

/// Uploads whose time ran out: first the bytes, then the row that knows of them.
async fn expired(files: &Files, access: &Access) -> Result<u64, Problem> {
    let mut swept = 0;
    loop {
        let due = queries::expired(access, BATCH).await?;
        if due.is_empty() {
            return Ok(swept);
        }
        for upload in due {
            files.store.clear(upload.id).await?;
            commands::expire(access, upload.id).await?;
            swept += 1;
        }
    }
}

/// Pieces whose upload is gone: whoever put them there did not know yet.
async fn strays(files: &Files, access: &Access) -> Result<u64, Problem> {
    let found = files.store.uploads().await?;
    // What an import is just putting together has no row, but is young.
    let since = access.now() - chrono::Duration::hours(WAITS_HOURS);
    let old = found.into_iter().filter(|id| {
        let made = id.uuid().get_timestamp().map(|at| at.to_unix().0);
        made.is_none_or(|made| i64::try_from(made).unwrap_or(0) < since.timestamp())
    });
    let old: Vec<_> = old.collect();
    let mut swept = 0;
    for some in old.chunks(500) {
        for id in queries::unknown(access, some.to_vec()).await? {
            files.store.clear(id).await?;
            swept += 1;
        }
    }
    Ok(swept)
}

/// Bytes that no file has.
async fn unwanted(files: &Files, access: &Access) -> Result<u64, Problem> {
    let mut swept = 0;
    loop {
        let blobs = queries::unwanted(access, BATCH).await?;
        let mut gone = 0;
        for blob in &blobs {
            let removed = async || {
                let discarded = files.store.discard(&blob.hash).await;
                discarded.map_err(|error| Error::Away(error.to_string()))
            };
            gone += u64::from(commands::discard(access, blob, removed).await?);
        }
        swept += gone;
        // Fewer than a whole batch were left, or none could go.
        if gone == 0 || (blobs.len() as u64) < BATCH {
            return Ok(swept);
        }
    }
}
