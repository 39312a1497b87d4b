//! What a work says: its versions, and the draft of the next one.

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};
use domain::resource as model;
use domain::resource::content::Link;

use crate::errors::internal;
use crate::file::{self, File, FilesOfDraft, FilesOfVersion};
use crate::ids::shown;
use crate::licence::Licence;
use crate::person::Person;
use crate::resource::Resource;
use crate::rows::{by_id, load};
use crate::scalar::LocalizedText;

/// A page elsewhere.
#[derive(SimpleObject)]
pub struct ResourceLink {
    /// What it is called.
    title: String,
    /// Where it is.
    url: String,
}

fn links(text: &str) -> Result<Vec<ResourceLink>> {
    let links: Vec<Link> = serde_json::from_str(text).map_err(|error| internal(&error))?;
    Ok(links
        .into_iter()
        .map(|link| ResourceLink {
            title: link.title,
            url: link.url,
        })
        .collect())
}

/// A version of a work, as it was shared.
pub struct ResourceVersion(pub model::ResourceVersion);

/// A version of a work, as it was shared. It never changes. Visible to whoever sees the work, until it is withdrawn;
/// to its authors always.
#[Object]
impl ResourceVersion {
    /// The id.
    pub(crate) async fn id(&self) -> ID {
        shown(self.0.id)
    }

    /// The work.
    async fn resource(&self, ctx: &Context<'_>) -> Result<Option<Resource>> {
        Ok(by_id(ctx, self.0.resource_id).await?.map(Resource::from))
    }

    /// Its number: from 1, without gaps.
    async fn number(&self) -> i32 {
        self.0.number
    }

    /// What it is called.
    async fn title(&self) -> LocalizedText {
        LocalizedText(self.0.title())
    }

    /// What it is about; all of its texts are null when nobody wrote that.
    async fn summary(&self) -> LocalizedText {
        LocalizedText(self.0.summary())
    }

    /// What it says, in Markdown.
    async fn body(&self) -> &str {
        &self.0.body
    }

    /// Pages elsewhere; at most 20.
    async fn links(&self) -> Result<Vec<ResourceLink>> {
        links(&self.0.links)
    }

    /// Files that go with it, in their order; at most 20.
    async fn files(&self, ctx: &Context<'_>) -> Result<Vec<File>> {
        let files = load(ctx, FilesOfVersion(self.0.id)).await?;
        file::in_order(ctx, files.unwrap_or_default()).await
    }

    /// Under which terms it was shared.
    async fn licence(&self) -> Licence {
        Licence(self.0.licence)
    }

    /// What is different from the version before.
    async fn change(&self) -> &str {
        &self.0.change
    }

    /// Who shared it.
    async fn shared_by(&self, ctx: &Context<'_>) -> Result<Option<Person>> {
        Ok(by_id(ctx, self.0.shared_by_id).await?.map(Person))
    }

    /// When.
    async fn shared_at(&self) -> DateTime<Utc> {
        self.0.shared_at
    }
}

/// What the authors of a work are writing.
pub struct ResourceDraft(pub model::ResourceDraft);

/// What the authors of a work are writing: its next version once it is shared. Visible to them alone.
#[Object]
impl ResourceDraft {
    /// What it is called.
    async fn title(&self) -> LocalizedText {
        LocalizedText(self.0.title())
    }

    /// What it is about; all of its texts are null while nobody wrote that.
    async fn summary(&self) -> LocalizedText {
        LocalizedText(self.0.summary())
    }

    /// What it says, in Markdown.
    async fn body(&self) -> &str {
        &self.0.body
    }

    /// Pages elsewhere; at most 20.
    async fn links(&self) -> Result<Vec<ResourceLink>> {
        links(&self.0.links)
    }

    /// Files that go with it, in their order; at most 20.
    async fn files(&self, ctx: &Context<'_>) -> Result<Vec<File>> {
        let files = load(ctx, FilesOfDraft(self.0.resource_id)).await?;
        file::in_order(ctx, files.unwrap_or_default()).await
    }

    /// Under which terms it is to be shared.
    async fn licence(&self) -> Licence {
        Licence(self.0.licence)
    }

    /// Who wrote it last.
    async fn written_by(&self, ctx: &Context<'_>) -> Result<Option<Person>> {
        Ok(by_id(ctx, self.0.written_by_id).await?.map(Person))
    }

    /// When.
    async fn written_at(&self) -> DateTime<Utc> {
        self.0.written_at
    }
}
