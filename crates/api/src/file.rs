//! Files: what they are, and links that open them.

use std::collections::HashMap;

use async_graphql::dataloader::Loader;
use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};
use domain::db::Access;
use domain::file::{self as model, Allowance, View, commands, link, queries};
use domain::id::Id;
use domain::resource::{Resource, ResourceVersion, attachment};

use crate::errors::{UserError, internal, outcome};
use crate::ids::{given, shown};
use crate::person::Person;
use crate::rows::{Fault, Rows, access, asking, by_id, read};
use crate::scalar::BigInt;

/// A file.
pub struct File(pub model::File);

/// A file. Visible to whoever gave it, and to those who see a work that holds it; the photo of an observation to
/// whoever takes part in the study, as long as a consent for media holds, and so its links. Files come by the protocol tus 1.0 at
/// `/files`: the last step of an upload's place is the id that the file will have.
#[Object]
impl File {
    /// The id.
    pub(crate) async fn id(&self) -> ID {
        shown(self.0.id)
    }

    /// What the person who gave it called it, at most 200 characters.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// How many bytes it has.
    async fn size(&self) -> BigInt {
        BigInt(self.0.size)
    }

    /// What it is, by its bytes and not by its name: `application/pdf`.
    async fn media_type(&self) -> &str {
        &self.0.media_type
    }

    /// Who gave it.
    async fn uploader(&self, ctx: &Context<'_>) -> Result<Option<Person>> {
        Ok(by_id(ctx, self.0.uploader_id).await?.map(Person))
    }

    /// When it was whole.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// Where it is, below the address of the server. The link opens it to whoever has it, for 30 to 60
    /// minutes, and no longer than the viewer may see the file.
    async fn url(&self, ctx: &Context<'_>) -> Result<String> {
        self.link(ctx, View::Whole)
    }

    /// A picture of it or of its first page, 1,280 pixels at most, as a link like `url`; null when there is none.
    async fn preview_url(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        self.picture(ctx, View::Preview)
    }

    /// A small picture, 320 pixels at most, as a link like `url`; null when there is none.
    async fn thumbnail_url(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        self.picture(ctx, View::Thumbnail)
    }
}

impl File {
    fn picture(&self, ctx: &Context<'_>, view: View) -> Result<Option<String>> {
        match self.0.pictured {
            true => self.link(ctx, view).map(Some),
            false => Ok(None),
        }
    }

    fn link(&self, ctx: &Context<'_>, view: View) -> Result<String> {
        let access = access(ctx)?;
        let secret = access.db().secret();
        let link = link::signed(secret, &self.0, view, access.viewer().id(), access.now());
        link.map_err(|error| internal(&error))
    }
}

/// The files of a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct FilesOfVersion(pub(crate) Id<ResourceVersion>);

impl Loader<FilesOfVersion> for Rows {
    type Value = Vec<Id<model::File>>;
    type Error = Fault;

    async fn load(
        &self,
        keys: &[FilesOfVersion],
    ) -> Result<HashMap<FilesOfVersion, Self::Value>, Fault> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        let files = attachment::of_versions(&self.0, &ids).await?;
        Ok(files
            .into_iter()
            .map(|(of, files)| (FilesOfVersion(of), files))
            .collect())
    }
}

/// The files of a work's draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct FilesOfDraft(pub(crate) Id<Resource>);

impl Loader<FilesOfDraft> for Rows {
    type Value = Vec<Id<model::File>>;
    type Error = Fault;

    async fn load(
        &self,
        keys: &[FilesOfDraft],
    ) -> Result<HashMap<FilesOfDraft, Self::Value>, Fault> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        let files = attachment::of_drafts(&self.0, &ids).await?;
        Ok(files
            .into_iter()
            .map(|(of, files)| (FilesOfDraft(of), files))
            .collect())
    }
}

/// These files, as far as the viewer sees them.
pub(crate) async fn in_order(ctx: &Context<'_>, ids: Vec<Id<model::File>>) -> Result<Vec<File>> {
    let files = ids.into_iter().map(|id| by_id(ctx, id));
    let files = futures_util::future::try_join_all(files).await?;
    Ok(files.into_iter().flatten().map(File).collect())
}

/// How much room for files somebody has.
pub struct FileRoom(pub(crate) Access);

/// How much room for files somebody has.
#[Object]
impl FileRoom {
    /// The bytes of their files, and those that their unfinished uploads announced.
    async fn used(&self, ctx: &Context<'_>) -> Result<BigInt> {
        Ok(BigInt(read(ctx, queries::used(&self.0)).await?))
    }

    /// The most that may be, in bytes.
    async fn limit(&self, ctx: &Context<'_>) -> Result<BigInt> {
        Ok(bytes(ctx.data::<Allowance>()?.person))
    }

    /// The most that one file may have, in bytes.
    async fn largest_file(&self, ctx: &Context<'_>) -> Result<BigInt> {
        Ok(bytes(ctx.data::<Allowance>()?.file))
    }
}

fn bytes(number: u64) -> BigInt {
    BigInt(i64::try_from(number).unwrap_or(i64::MAX))
}

/// A file that goes.
#[derive(InputObject)]
pub struct FileRemoveInput {
    /// The file.
    id: ID,
}

/// What became of it.
#[derive(SimpleObject)]
pub struct FileRemovePayload {
    /// The file as it was; null when it is still there.
    file: Option<File>,
    /// What the person can mend; empty when it is gone. At most 20.
    user_errors: Vec<UserError>,
}

/// Doing things with files.
#[derive(Default)]
pub struct FileMutation;

#[Object]
impl FileMutation {
    /// Removes a file that no work and no observation holds; its room is free at once. Whoever gave it.
    async fn file_remove(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one.")] input: FileRemoveInput,
    ) -> Result<FileRemovePayload> {
        let removed = async { commands::remove(asking(ctx)?, given(&input.id, "id")?).await };
        let (file, user_errors) = outcome(ctx, removed.await)?;
        Ok(FileRemovePayload {
            file: file.map(File),
            user_errors,
        })
    }
}
