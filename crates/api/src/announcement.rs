//! Announcements: short texts to everybody, a region or a network.

use async_graphql::{Context, ID, InputObject, Object, OneofObject, Result, SimpleObject};
use chrono::{DateTime, Utc};
use domain::announcement::{self as model, Scope, commands, queries};
use domain::error::Refusal;

use crate::connection::{Connection, Paging, connect};
use crate::errors::{UserError, outcome};
use crate::ids::{given, shown};
use crate::network::Network;
use crate::person::Person;
use crate::region::Region;
use crate::rows::{access, asking, by_id, read};
use crate::scalar::{LocalizedText, LocalizedTextInput};

/// Something that was announced.
pub struct Announcement(pub model::Announcement);

/// Something that was announced. Whom it was for has it as a notification; here whoever wrote it, and administrators
/// of the platform, look back at it.
#[Object]
impl Announcement {
    /// The id.
    pub(crate) async fn id(&self) -> ID {
        shown(self.0.id)
    }

    /// Its title.
    async fn title(&self) -> LocalizedText {
        LocalizedText(self.0.title())
    }

    /// What it says.
    async fn text(&self) -> LocalizedText {
        LocalizedText(self.0.text())
    }

    /// The region whose persons it was for; null when it was for others.
    async fn region(&self, ctx: &Context<'_>) -> Result<Option<Region>> {
        match self.0.scope() {
            Scope::Region(id) => Ok(by_id(ctx, id).await?.map(Region)),
            Scope::Everybody | Scope::Network(_) => Ok(None),
        }
    }

    /// The network whose persons it was for; null when it was for others.
    async fn network(&self, ctx: &Context<'_>) -> Result<Option<Network>> {
        match self.0.scope() {
            Scope::Network(id) => Ok(by_id(ctx, id).await?.map(Network)),
            Scope::Everybody | Scope::Region(_) => Ok(None),
        }
    }

    /// Who wrote it.
    async fn author(&self, ctx: &Context<'_>) -> Result<Option<Person>> {
        Ok(by_id(ctx, self.0.author_id).await?.map(Person))
    }

    /// When.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }
}

/// Reading announcements.
#[derive(Default)]
pub struct AnnouncementQuery;

#[Object]
impl AnnouncementQuery {
    /// Announcements, the latest first. Administrators of the platform; others, those they wrote.
    async fn announcements(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start, 1 to 100; 20 when neither is given.")]
        first: Option<i32>,
        #[graphql(desc = "After this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
    ) -> Result<Option<Connection<Announcement>>> {
        let window = Paging {
            first,
            after,
            last,
            before,
        }
        .window(ctx)?;
        let access = access(ctx)?;
        let page = read(ctx, queries::page(access, &window)).await?;
        connect(ctx, page, Announcement, || queries::count(access))
            .await
            .map(Some)
    }
}

/// Whom an announcement is for.
#[derive(OneofObject)]
pub enum AnnouncementAudience {
    /// Everybody with an account; only `true` means something.
    Everybody(bool),
    /// Who act in this region, its districts or a school there.
    RegionId(ID),
    /// Who belong to a school that leads this network or is an active partner in it.
    NetworkId(ID),
}

impl AnnouncementAudience {
    fn scope(&self) -> domain::error::Result<Scope> {
        match self {
            Self::Everybody(true) => Ok(Scope::Everybody),
            Self::Everybody(false) => Err(Refusal::Required.of("audience.everybody")),
            Self::RegionId(id) => Ok(Scope::Region(given(id, "audience.regionId")?)),
            Self::NetworkId(id) => Ok(Scope::Network(given(id, "audience.networkId")?)),
        }
    }
}

/// What is to be announced.
#[derive(InputObject)]
pub struct AnnouncementPublishInput {
    /// To whom.
    audience: AnnouncementAudience,
    /// The title, in all three languages, at most 150 characters each.
    title: LocalizedTextInput,
    /// The text, in all three languages, at most 2,000 characters each.
    text: LocalizedTextInput,
    /// Sent again with the same key, the same request has one effect. At most 100 characters.
    idempotency_key: Option<String>,
}

/// What became of it.
#[derive(SimpleObject)]
pub struct AnnouncementPayload {
    /// The announcement; null when nothing was done.
    announcement: Option<Announcement>,
    /// What the person can mend; empty when it was done. At most 20.
    user_errors: Vec<UserError>,
}

/// Announcing.
#[derive(Default)]
pub struct AnnouncementMutation;

#[Object]
impl AnnouncementMutation {
    /// Announces something: it comes into the inboxes of all whom it is for, within minutes. Administrators of the
    /// platform; trainers, to their region.
    async fn announcement_publish(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What, and to whom.")] input: AnnouncementPublishInput,
    ) -> Result<AnnouncementPayload> {
        let published = async {
            let new = commands::NewAnnouncement {
                scope: input.audience.scope()?,
                title: input.title.into(),
                text: input.text.into(),
            };
            commands::publish(asking(ctx)?, &new, input.idempotency_key.as_deref()).await
        };
        let (announcement, user_errors) = outcome(ctx, published.await)?;
        Ok(AnnouncementPayload {
            announcement: announcement.map(Announcement),
            user_errors,
        })
    }
}
