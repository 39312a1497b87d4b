//! Collections of works.

use async_graphql::{Context, Enum, ID, InputObject, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};
use domain::collection::{self as model, commands, queries};
use domain::error::Result as Domain;

use crate::audience::{Audience, AudienceInput};
use crate::connection::{Connection, Paging, connect};
use crate::errors::{UserError, outcome};
use crate::ids::{given, shown, wanted};
use crate::person::Person;
use crate::resource::Resource;
use crate::rows::{access, asking, by_id, read};
use crate::scalar::{LocalizedText, LocalizedTextInput};

/// Works that somebody put together.
pub struct Collection(pub model::Collection);

/// Works that somebody put together. Visible to its owner and to whoever it is for; what is in it, as far as each sees
/// the works.
#[Object]
impl Collection {
    /// The id.
    pub(crate) async fn id(&self) -> ID {
        shown(self.0.id)
    }

    /// The version, to send back with a change.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// What it is called.
    async fn title(&self) -> LocalizedText {
        LocalizedText(self.0.title())
    }

    /// What it is for.
    async fn about(&self) -> &str {
        &self.0.about
    }

    /// Who sees it, its owner apart. What reaches everybody is curated by a trainer or an administrator.
    async fn audience(&self) -> Audience {
        Audience(self.0.audience())
    }

    /// Whose it is, for those who are signed in.
    async fn owner(&self, ctx: &Context<'_>) -> Result<Option<Person>> {
        Ok(by_id(ctx, self.0.owner_id).await?.map(Person))
    }

    /// When it was begun.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// The works in it that the viewer sees, in its order; at most 200.
    async fn works(&self, ctx: &Context<'_>) -> Result<Vec<Resource>> {
        let works = read(ctx, queries::works(access(ctx)?, self.0.id)).await?;
        Ok(works.into_iter().map(Resource::from).collect())
    }

    /// Whether the viewer may change or delete it.
    async fn viewer_can_update(&self, ctx: &Context<'_>) -> Result<bool> {
        Ok(self.0.may_change(access(ctx)?))
    }
}

/// Which collections. Everything given must hold.
#[derive(InputObject, Debug, Clone, Default)]
pub struct CollectionFilter {
    /// Of this person.
    owner_id: Option<ID>,
    /// For this network.
    network_id: Option<ID>,
    /// Only those curated for everybody.
    curated: Option<bool>,
}

impl From<CollectionFilter> for queries::Filter {
    fn from(filter: CollectionFilter) -> Self {
        Self {
            owner: filter.owner_id.as_ref().map(wanted),
            network: filter.network_id.as_ref().map(wanted),
            curated: filter.curated.unwrap_or_default(),
        }
    }
}

/// How a list of collections is sorted.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "queries::By")]
pub enum CollectionOrder {
    /// The latest begun first.
    Newest,
    /// In the order in which they were begun.
    Oldest,
}

/// Reading collections.
#[derive(Default)]
pub struct CollectionQuery;

#[Object]
impl CollectionQuery {
    /// The collection with this id. Everybody it is for; its owner.
    async fn collection(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id.")] id: ID,
    ) -> Result<Option<Collection>> {
        match id.parse() {
            Ok(id) => Ok(by_id(ctx, id).await?.map(Collection)),
            Err(_) => Ok(None),
        }
    }

    /// Collections, the latest begun first unless told otherwise. Everybody, each those they may see.
    #[expect(
        clippy::too_many_arguments,
        reason = "Relay's four, and what a list has"
    )]
    async fn collections(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which ones.")] filter: Option<CollectionFilter>,
        #[graphql(desc = "In which order.", default_with = "CollectionOrder::Newest")]
        order_by: CollectionOrder,
        #[graphql(desc = "How many from the start, 1 to 100; 20 when neither is given.")]
        first: Option<i32>,
        #[graphql(desc = "After this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
    ) -> Result<Option<Connection<Collection>>> {
        let window = Paging {
            first,
            after,
            last,
            before,
        }
        .window(ctx)?;
        let (access, filter) = (access(ctx)?, filter.unwrap_or_default().into());
        let page = read(
            ctx,
            queries::page(access, &filter, order_by.into(), &window),
        )
        .await?;
        connect(ctx, page, Collection, || queries::count(access, &filter))
            .await
            .map(Some)
    }
}

/// A new collection.
#[derive(InputObject)]
pub struct CollectionCreateInput {
    /// What it is called, at most 200 characters a language.
    title: LocalizedTextInput,
    /// What it is for, at most 2,000 characters.
    about: Option<String>,
    /// Who sees it, its owner apart.
    audience: AudienceInput,
    /// Sent again with the same key, the same request has one effect. At most 100 characters.
    idempotency_key: Option<String>,
}

/// A collection's new card.
#[derive(InputObject)]
pub struct CollectionUpdateInput {
    /// The collection.
    id: ID,
    /// The version the viewer saw.
    version: i32,
    /// What it is called, at most 200 characters a language.
    title: LocalizedTextInput,
    /// What it is for, at most 2,000 characters.
    about: Option<String>,
    /// Who sees it, its owner apart.
    audience: AudienceInput,
}

/// What is in a collection.
#[derive(InputObject)]
pub struct CollectionArrangeInput {
    /// The collection.
    id: ID,
    /// The version the viewer saw.
    version: i32,
    /// The works in their order, at most 200.
    #[graphql(validator(max_items = 1000))]
    resource_ids: Vec<ID>,
}

/// A collection to delete.
#[derive(InputObject)]
pub struct CollectionDeleteInput {
    /// The collection.
    id: ID,
    /// The version the viewer saw.
    version: i32,
}

/// What became of it.
#[derive(SimpleObject)]
pub struct CollectionPayload {
    /// The collection as it is now; null when nothing was done.
    collection: Option<Collection>,
    /// What the person can mend; empty when it was done. At most 20.
    user_errors: Vec<UserError>,
}

/// What became of it.
#[derive(SimpleObject)]
pub struct CollectionDeletePayload {
    /// The id it had; null when nothing was done.
    deleted_id: Option<ID>,
    /// What the person can mend; empty when it was done. At most 20.
    user_errors: Vec<UserError>,
}

/// Keeping collections.
#[derive(Default)]
pub struct CollectionMutation;

#[Object]
impl CollectionMutation {
    /// Begins a collection. People who are signed in; for everybody, trainers and administrators.
    async fn collection_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The new collection.")] input: CollectionCreateInput,
    ) -> Result<CollectionPayload> {
        payload(ctx, async {
            let card = commands::Card {
                title: input.title.into(),
                about: input.about.unwrap_or_default(),
                audience: input.audience.given()?,
            };
            commands::create(asking(ctx)?, &card, input.idempotency_key.as_deref()).await
        })
        .await
    }

    /// Changes what a collection is called and who sees it. The person whose it is; for everybody, trainers and
    /// administrators.
    async fn collection_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The new card.")] input: CollectionUpdateInput,
    ) -> Result<CollectionPayload> {
        payload(ctx, async {
            let card = commands::Card {
                title: input.title.into(),
                about: input.about.unwrap_or_default(),
                audience: input.audience.given()?,
            };
            commands::change(asking(ctx)?, given(&input.id, "id")?, input.version, &card).await
        })
        .await
    }

    /// Says which works are in a collection, in which order. The person whose it is.
    async fn collection_arrange(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The works.")] input: CollectionArrangeInput,
    ) -> Result<CollectionPayload> {
        payload(ctx, async {
            let works = input.resource_ids.iter().map(|id| given(id, "resourceIds"));
            let works = works.collect::<Domain<Vec<_>>>()?;
            commands::arrange(asking(ctx)?, given(&input.id, "id")?, input.version, &works).await
        })
        .await
    }

    /// Deletes a collection; the works stay. The person whose it is.
    async fn collection_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one.")] input: CollectionDeleteInput,
    ) -> Result<CollectionDeletePayload> {
        let done =
            async { commands::delete(asking(ctx)?, given(&input.id, "id")?, input.version).await };
        let (deleted, user_errors) = outcome(ctx, done.await)?;
        Ok(CollectionDeletePayload {
            deleted_id: deleted.map(shown),
            user_errors,
        })
    }
}

async fn payload(
    ctx: &Context<'_>,
    command: impl Future<Output = Domain<model::Collection>>,
) -> Result<CollectionPayload> {
    let (collection, user_errors) = outcome(ctx, command.await)?;
    Ok(CollectionPayload {
        collection: collection.map(Collection),
        user_errors,
    })
}
