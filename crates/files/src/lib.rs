//! The bytes of files: where they lie, how they arrive, what they are made into.
//!
//! Uploads come by the protocol tus 1.0 at `/files` ([`tus`]), piece by piece into the [`store`], or at once in a page's
//! [`form`]; whole, they become a file ([`keep`]) that is handed out again ([`download`]). What nobody needs is swept ([`sweep`]). Rows and rules are
//! `domain::file`'s.

mod download;
mod form;
mod keep;
mod kind;
pub mod picture;
mod problem;
mod receive;
pub mod store;
pub mod sweep;
mod tus;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::http::request::Parts;
use axum::routing::{any, get};
use bytes::Bytes;
use domain::authz::Viewer;
use domain::db::{Access, Db};
use domain::file::{Allowance, File};
use futures_util::Stream;
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;

pub use problem::Problem;
pub use store::{Bucket, Place, Store};

/// How many bytes of a piece are held in memory before they are put into the store.
const PIECE: usize = 1 << 20;

/// How many uploads a node receives at once: each holds a piece in memory.
const TRANSFERS: usize = 128;

/// How long a sender may say nothing.
const QUIET: Duration = Duration::from_secs(60);

/// Who comes in. The server knows how.
pub trait Entrance: Clone + Send + Sync + 'static {
    /// Whoever sends this request; a guest, if nobody.
    fn viewer(&self, parts: &Parts) -> impl Future<Output = Result<Viewer, Shut>> + Send;
}

/// Why nobody comes in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shut {
    /// The token opens nothing.
    Unauthenticated,
    /// It can't be found out now.
    Unavailable,
}

/// The files of this installation, as a node has them.
#[derive(Clone)]
pub struct Files {
    db: Db,
    store: Store,
    easel: Arc<picture::Easel>,
    allowance: Allowance,
    transfers: Arc<Semaphore>,
    closing: CancellationToken,
}

impl Files {
    /// The files in `store` with their rows in `db`. Uploads under way break off when `closing` is cancelled.
    pub fn new(db: Db, store: Store, allowance: Allowance, closing: CancellationToken) -> Self {
        Self {
            db,
            store,
            easel: Arc::new(picture::Easel::default()),
            allowance,
            transfers: Arc::new(Semaphore::new(TRANSFERS)),
            closing,
        }
    }

    /// Keeps a file of this machine, as an import brings it.
    pub async fn bring(&self, access: &Access, path: &Path) -> Result<File, Problem> {
        keep::bring(self, access, path).await
    }

    /// Keeps a file that comes in a form. Nothing stays of one that breaks off.
    pub async fn take(
        &self,
        viewer: Viewer,
        name: &str,
        bytes: impl Stream<Item = std::io::Result<Bytes>>,
    ) -> Result<File, Problem> {
        form::take(self, viewer, name, bytes).await
    }
}

/// Uploads and downloads. Both take their time: they belong to the routes without a deadline.
pub fn router<E: Entrance>(files: Files, entrance: E) -> Router {
    let desk = Desk { files, entrance };
    Router::new()
        .route("/files", any(tus::collection::<E>))
        .route("/files/{id}", any(tus::upload::<E>))
        .route("/files/{id}/{name}", get(download::whole::<E>))
        .route("/files/{id}/{view}/{name}", get(download::view::<E>))
        .with_state(desk)
}

/// Where requests are answered.
#[derive(Clone)]
struct Desk<E> {
    files: Files,
    entrance: E,
}

impl<E: Entrance> Desk<E> {
    /// The rows as whoever sends this request sees them.
    async fn access(&self, parts: &Parts) -> Result<Access, Problem> {
        match self.entrance.viewer(parts).await {
            Ok(viewer) => Ok(self.files.db.access(viewer)),
            Err(Shut::Unauthenticated) => Err(Problem::SignIn),
            Err(Shut::Unavailable) => Err(Problem::Away),
        }
    }
}
