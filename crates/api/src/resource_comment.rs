//! Comments on works.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};
use domain::db::Beside;
use domain::error::Result as Domain;
use domain::id::Id;
use domain::person as people;
use domain::resource_comment::{self as model, commands};

use crate::errors::{UserError, fault, internal, outcome};
use crate::ids::{given, shown};
use crate::person::Person;
use crate::resource::Resource;
use crate::rows::{access, asking, by_id, rows};

/// What a reader of a work wrote.
pub struct ResourceComment {
    row: model::ResourceComment,
    /// Who wrote it, where that was read in the same statement.
    person: Option<people::Person>,
}

impl From<model::ResourceComment> for ResourceComment {
    fn from(row: model::ResourceComment) -> Self {
        Self { row, person: None }
    }
}

impl From<Beside<model::ResourceComment, people::Person>> for ResourceComment {
    fn from(found: Beside<model::ResourceComment, people::Person>) -> Self {
        Self {
            row: found.row,
            person: found.beside,
        }
    }
}

/// What a reader of a work wrote. Visible to whoever is signed in and sees the work.
#[Object]
impl ResourceComment {
    /// The id.
    pub(crate) async fn id(&self) -> ID {
        shown(self.row.id)
    }

    /// The work.
    async fn resource(&self, ctx: &Context<'_>) -> Result<Option<Resource>> {
        Ok(by_id(ctx, self.row.resource_id).await?.map(Resource::from))
    }

    /// Who wrote it.
    async fn person(&self, ctx: &Context<'_>) -> Result<Option<Person>> {
        match &self.person {
            Some(person) => Ok(Some(Person(person.clone()))),
            None => Ok(by_id(ctx, self.row.person_id).await?.map(Person)),
        }
    }

    /// What it says, in plain text; null once it is removed.
    async fn text(&self) -> Option<&str> {
        match self.row.removed_at {
            None => Some(&self.row.text),
            Some(_) => None,
        }
    }

    /// Whom it speaks to by name; at most 10.
    async fn mentions(&self, ctx: &Context<'_>) -> Result<Vec<Person>> {
        let ids: Vec<Id<people::Person>> =
            serde_json::from_str(&self.row.mentions).map_err(|error| internal(&error))?;
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let found = rows(ctx)?.load_many(ids.iter().copied()).await;
        let mut found = found.map_err(|error| fault(&error))?;
        Ok(ids
            .iter()
            .filter_map(|id| found.remove(id))
            .map(Person)
            .collect())
    }

    /// When.
    async fn created_at(&self) -> DateTime<Utc> {
        self.row.created_at
    }

    /// When it was removed; null while it stands.
    async fn removed_at(&self) -> Option<DateTime<Utc>> {
        self.row.removed_at
    }

    /// Whether the viewer may remove it.
    async fn viewer_can_remove(&self, ctx: &Context<'_>) -> Result<bool> {
        let region = match by_id(ctx, self.row.resource_id).await? {
            Some(resource) => crate::resource::region_of(ctx, &resource).await?,
            None => None,
        };
        Ok(self.row.may_remove(access(ctx)?, region))
    }
}

/// What somebody has to say.
#[derive(InputObject)]
pub struct ResourceCommentAddInput {
    /// About which work.
    resource_id: ID,
    /// What, at most 2,000 characters of plain text.
    text: String,
    /// To whom by name, at most 10; each must be able to read the work, and is told.
    #[graphql(validator(max_items = 100))]
    mention_ids: Option<Vec<ID>>,
    /// Sent again with the same key, the same request has one effect. At most 100 characters.
    idempotency_key: Option<String>,
}

/// A comment to remove.
#[derive(InputObject)]
pub struct ResourceCommentRemoveInput {
    /// Which one.
    id: ID,
}

/// What became of it.
#[derive(SimpleObject)]
pub struct ResourceCommentPayload {
    /// The comment as it is now; null when nothing was done.
    resource_comment: Option<ResourceComment>,
    /// What the person can mend; empty when it was done. At most 20.
    user_errors: Vec<UserError>,
}

/// Writing comments.
#[derive(Default)]
pub struct ResourceCommentMutation;

#[Object]
impl ResourceCommentMutation {
    /// Comments on a work. People who are signed in and see it.
    async fn resource_comment_add(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What, and to whom.")] input: ResourceCommentAddInput,
    ) -> Result<ResourceCommentPayload> {
        payload(ctx, async {
            let mentions = input.mention_ids.unwrap_or_default();
            let mentions = mentions.iter().map(|id| given(id, "mentionIds"));
            let new = commands::NewComment {
                resource: given(&input.resource_id, "resourceId")?,
                text: input.text,
                mentions: mentions.collect::<Domain<_>>()?,
            };
            commands::add(asking(ctx)?, &new, input.idempotency_key.as_deref()).await
        })
        .await
    }

    /// Removes a comment: that there was one stays. Whoever wrote it; moderators of the work.
    async fn resource_comment_remove(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one.")] input: ResourceCommentRemoveInput,
    ) -> Result<ResourceCommentPayload> {
        payload(ctx, async {
            commands::remove(asking(ctx)?, given(&input.id, "id")?).await
        })
        .await
    }
}

async fn payload(
    ctx: &Context<'_>,
    command: impl Future<Output = Domain<model::ResourceComment>>,
) -> Result<ResourceCommentPayload> {
    let (comment, user_errors) = outcome(ctx, command.await)?;
    Ok(ResourceCommentPayload {
        resource_comment: comment.map(Into::into),
        user_errors,
    })
}
