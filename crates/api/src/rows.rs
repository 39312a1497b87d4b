//! Whatever a request reads by id, read in batches, as the viewer sees it, for this request alone.

use std::collections::HashMap;
use std::pin::Pin;

use async_graphql::dataloader::{DataLoader, Loader};
use async_graphql::{Context, Result};
use domain::db::{Access, Row};
use domain::error::Error;
use domain::id::Id;

use crate::errors::{answer, fault};
use crate::reads::Reads;

/// The loader behind every relation by id.
pub struct Rows(pub(crate) Access);

/// A loader for one request.
pub(crate) fn loader(access: Access, reads: Reads) -> DataLoader<Rows> {
    DataLoader::new(Rows(access), reads.clone(), reads).max_batch_size(1000)
}

/// The database as the viewer sees it.
pub(crate) fn access<'a>(ctx: &Context<'a>) -> Result<&'a Access> {
    ctx.data::<Access>()
}

/// The same, inside a command.
pub(crate) fn asking<'a>(ctx: &Context<'a>) -> domain::error::Result<&'a Access> {
    access(ctx).map_err(|error| Error::Fault(error.message))
}

/// The loader of this request.
pub(crate) fn rows<'a>(ctx: &Context<'a>) -> Result<&'a DataLoader<Rows>> {
    ctx.data::<DataLoader<Rows>>()
}

/// What a loader can fail with: loaders clone their errors.
pub type Fault = std::sync::Arc<Error>;

/// A field's read, in a box of its own: each field of an answer is as large as the largest read of its type would be,
/// and is moved several times, whether it reads or not.
pub(crate) type Reading<'a, T> = Pin<Box<dyn Future<Output = Result<T>> + Send + 'a>>;

/// The one with this id, if the viewer may see it.
pub(crate) fn by_id<'a, R>(ctx: &'a Context<'_>, id: Id<R>) -> Reading<'a, Option<R>>
where
    R: Row,
{
    load(ctx, id)
}

/// What a loader has for this key.
pub(crate) fn load<'a, K>(
    ctx: &'a Context<'_>,
    key: K,
) -> Reading<'a, Option<<Rows as Loader<K>>::Value>>
where
    K: Send + Sync + std::hash::Hash + Eq + Clone + 'static,
    Rows: Loader<K, Error = Fault>,
{
    Box::pin(async move {
        rows(ctx)?
            .load_one(key)
            .await
            .map_err(|error| fault(&error))
    })
}

/// The result of a read that no loader batches.
pub(crate) fn read<'a, T: Send>(
    ctx: &'a Context<'_>,
    reading: impl Future<Output = domain::error::Result<T>> + Send + 'a,
) -> Reading<'a, T> {
    Box::pin(async move { answer(ctx, reading.await) })
}

impl<R: Row> Loader<Id<R>> for Rows {
    type Value = R;
    type Error = Fault;

    async fn load(&self, ids: &[Id<R>]) -> Result<HashMap<Id<R>, R>, Fault> {
        let found = self.0.get_all(ids).await?;
        Ok(found.into_iter().map(|row| (row.id(), row)).collect())
    }
}

/// Rows that belong to a whole, and are read for many wholes at once.
pub(crate) trait Part: Clone + Send + Sync + 'static {
    /// What they belong to.
    type Whole: 'static;

    /// To which one.
    fn whole(&self) -> Id<Self::Whole>;

    /// All of these wholes, as far as the viewer may see.
    fn of(
        access: &Access,
        wholes: &[Id<Self::Whole>],
    ) -> impl Future<Output = domain::error::Result<Vec<Self>>> + Send;
}

/// The key of a loader: the parts of one whole.
pub(crate) struct PartsOf<P: Part>(Id<P::Whole>);

impl<P: Part> Clone for PartsOf<P> {
    fn clone(&self) -> Self {
        Self(self.0)
    }
}

impl<P: Part> PartialEq for PartsOf<P> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl<P: Part> Eq for PartsOf<P> {}

impl<P: Part> std::hash::Hash for PartsOf<P> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

impl<P: Part> Loader<PartsOf<P>> for Rows {
    type Value = Vec<P>;
    type Error = Fault;

    async fn load(&self, keys: &[PartsOf<P>]) -> Result<HashMap<PartsOf<P>, Vec<P>>, Fault> {
        let wholes: Vec<_> = keys.iter().map(|key| key.0).collect();
        let mut parts: HashMap<_, Vec<P>> = HashMap::new();
        for part in P::of(&self.0, &wholes).await? {
            parts.entry(PartsOf(part.whole())).or_default().push(part);
        }
        Ok(parts)
    }
}

/// The parts of a whole, in the order in which they are read.
pub(crate) fn parts<'a, P: Part>(ctx: &'a Context<'_>, of: Id<P::Whole>) -> Reading<'a, Vec<P>> {
    Box::pin(async move { Ok(load(ctx, PartsOf::<P>(of)).await?.unwrap_or_default()) })
}
