//! Whoever is asking.

use async_graphql::{Context, MergedObject, Object, Result};

use crate::notification::ViewerInbox;
use crate::rows::access;

/// Whoever is signed in, with what is theirs alone.
#[derive(MergedObject, Default)]
pub struct Viewer(ViewerInbox);

/// Reading what is the viewer's own.
#[derive(Default)]
pub struct ViewerQuery;

#[Object]
impl ViewerQuery {
    /// Whoever is signed in; null for guests. People who are signed in.
    async fn viewer(&self, ctx: &Context<'_>) -> Result<Option<Viewer>> {
        let signed_in = access(ctx)?.viewer().id().is_some();
        Ok(signed_in.then(Viewer::default))
    }
}
