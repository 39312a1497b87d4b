//! What arrived whole becomes a file: found out what it is, freed from what it hides, put where its hash says.

use std::path::{Path, PathBuf};

use bytes::Bytes;
use domain::db::Access;
use domain::file::commands::{self, Content};
use domain::file::{File, Upload, UploadPart, View, queries};
use domain::id::Id;
use futures_util::stream::BoxStream;
use futures_util::{StreamExt, TryStreamExt};
use sha2::{Digest, Sha256};
use tokio_util::io::ReaderStream;

use crate::Files;
use crate::kind::{self, HEAD};
use crate::picture::{Drawn, LARGEST, Subject};
use crate::problem::Problem;
use crate::store::Store;

/// Where the bytes of a file come from. They are read more than once.
enum Source<'a> {
    /// The pieces of an upload.
    Pieces(&'a Store, Vec<UploadPart>),
    /// A file of this machine.
    Local(PathBuf),
}

impl Source<'_> {
    fn bytes(&self) -> BoxStream<'_, std::io::Result<Bytes>> {
        match self {
            Self::Pieces(store, parts) => futures_util::stream::iter(parts)
                .then(move |part| store.piece(part.upload_id, part.key))
                .map_ok(|piece| piece.map_err(std::io::Error::from))
                .map_err(std::io::Error::from)
                .try_flatten()
                .boxed(),
            Self::Local(path) => futures_util::stream::once(tokio::fs::File::open(path))
                .map_ok(ReaderStream::new)
                .try_flatten()
                .boxed(),
        }
    }

    async fn head(&self) -> std::io::Result<Vec<u8>> {
        let mut head = Vec::new();
        let mut bytes = self.bytes();
        while head.len() < HEAD
            && let Some(some) = bytes.try_next().await?
        {
            head.extend_from_slice(&some);
        }
        head.truncate(HEAD);
        Ok(head)
    }
}

/// Makes a file of an upload that has all its bytes. Whoever finds it so may do it, at any time and more than once. Of
/// bytes that can't be kept the upload is taken back.
pub(crate) async fn keep(files: &Files, access: &Access, upload: &Upload) -> Result<File, Problem> {
    // The time of the request's begin is long past on a slow line.
    let access = &access.db().access(access.viewer().clone());
    let parts = queries::parts(access, upload).await?;
    let kept = match settle(
        files,
        access,
        upload.id,
        &Source::Pieces(&files.store, parts),
    )
    .await
    {
        Ok(content) => commands::keep(access, upload.id, &content).await?,
        Err(problem) => {
            // Somebody else may have been faster, and have cleared the pieces away.
            if let Some(file) = access.get(upload.id).await? {
                return Ok(file);
            }
            if problem.is_of_the_bytes() {
                commands::take_back(access, upload.id).await?;
                clear(files, upload.id).await;
            }
            return Err(match problem {
                Problem::Missing => Problem::Fault(format!("{} lacks a piece", upload.id)),
                problem => problem,
            });
        }
    };
    clear(files, upload.id).await;
    Ok(kept)
}

/// Keeps a file of this machine.
pub(crate) async fn bring(files: &Files, access: &Access, path: &Path) -> Result<File, Problem> {
    let size = tokio::fs::metadata(path).await?.len();
    if size > files.allowance.file {
        return Err(Problem::Large);
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let here = Id::fresh();
    let content = settle(files, access, here, &Source::Local(path.to_owned())).await;
    clear(files, here).await;
    Ok(commands::bring(access, &name, &content?).await?)
}

/// What is left over goes with the next sweep at the latest.
pub(crate) async fn clear(files: &Files, id: Id<File>) {
    if let Err(error) = files.store.clear(id).await {
        tracing::warn!(%error, upload = %id, "pieces are left over");
    }
}

/// Puts the bytes where they belong. What is on its way there lies in the folder of `here`.
async fn settle(
    files: &Files,
    access: &Access,
    here: Id<File>,
    source: &Source<'_>,
) -> Result<Content, Problem> {
    let media_type = kind::media_type(&source.head().await?);
    if kind::is_refused(media_type) {
        return Err(Problem::PictureKind);
    }
    if kind::is_cleaned(media_type) {
        let mut drawn = files.easel.draw(Subject::Image, source.bytes()).await??;
        let whole = Bytes::from(std::mem::take(&mut drawn.whole));
        let (hash, size) = (Sha256::digest(&whole).to_vec(), whole.len() as u64);
        commands::want(access, &hash).await?;
        if !files.store.has(&hash, View::Whole, Some(size)).await? {
            put(files, here, &hash, View::Whole, whole).await?;
        }
        let pictured = pictures(files, here, &hash, drawn).await?;
        return Ok(content(hash, size, media_type, pictured));
    }
    let (hash, size) = digest(source).await?;
    commands::want(access, &hash).await?;
    if !files.store.has(&hash, View::Whole, Some(size)).await? {
        files
            .store
            .put(here, &hash, View::Whole, source.bytes())
            .await?;
    }
    let mut pictured = false;
    if media_type == "application/pdf" && size <= LARGEST {
        // A page that can't be drawn is no reason to refuse the document.
        if let Ok(drawn) = files.easel.draw(Subject::Page, source.bytes()).await? {
            pictured = pictures(files, here, &hash, drawn).await?;
        }
    }
    Ok(content(hash, size, media_type, pictured))
}

fn content(hash: Vec<u8>, size: u64, media_type: &str, pictured: bool) -> Content {
    Content {
        hash,
        size,
        media_type: media_type.to_owned(),
        pictured,
    }
}

async fn pictures(
    files: &Files,
    here: Id<File>,
    hash: &[u8],
    drawn: Drawn,
) -> Result<bool, Problem> {
    for (view, picture) in [
        (View::Preview, drawn.preview),
        (View::Thumbnail, drawn.thumbnail),
    ] {
        put(files, here, hash, view, picture.into()).await?;
    }
    Ok(true)
}

async fn put(
    files: &Files,
    here: Id<File>,
    hash: &[u8],
    view: View,
    bytes: Bytes,
) -> Result<(), Problem> {
    let bytes = futures_util::stream::once(async { Ok(bytes) }).boxed();
    Ok(files.store.put(here, hash, view, bytes).await?)
}

async fn digest(source: &Source<'_>) -> std::io::Result<(Vec<u8>, u64)> {
    let mut digest = Sha256::new();
    let mut size = 0;
    let mut bytes = source.bytes();
    while let Some(some) = bytes.try_next().await? {
        digest.update(&some);
        size += some.len() as u64;
    }
    Ok((digest.finalize().to_vec(), size))
}
