//! Calendar feeds: secret addresses under which calendar programs read what is planned.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};
use domain::calendar_feed::{self as model, commands};

use crate::errors::{UserError, outcome};
use crate::ids::{given, shown};
use crate::network::Network;
use crate::rows::{asking, by_id};

/// Lets a calendar program read what is planned.
pub struct CalendarFeed(pub model::CalendarFeed);

/// Lets a calendar program read what is planned. Visible to its owner; the address itself was shown once.
#[Object]
impl CalendarFeed {
    /// The id.
    pub(crate) async fn id(&self) -> ID {
        shown(self.0.id)
    }

    /// The network whose agreed activities it shows; null when it shows those of the owner's own schools.
    async fn network(&self, ctx: &Context<'_>) -> Result<Option<Network>> {
        match self.0.network_id {
            Some(id) => Ok(by_id(ctx, id).await?.map(Network)),
            None => Ok(None),
        }
    }

    /// When it was made.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// When it was taken back; null while it is good.
    async fn revoked_at(&self) -> Option<DateTime<Utc>> {
        self.0.revoked_at
    }
}

/// A feed to make.
#[derive(InputObject)]
pub struct CalendarFeedCreateInput {
    /// The network whose agreed activities it is to show; the activities of the viewer's own schools when left out.
    network_id: Option<ID>,
    /// Sent again with the same key, the same request has one effect. At most 100 characters.
    idempotency_key: Option<String>,
}

/// Which feed.
#[derive(InputObject)]
pub struct CalendarFeedRevokeInput {
    /// The feed.
    id: ID,
}

/// What became of it.
#[derive(SimpleObject)]
pub struct CalendarFeedCreatePayload {
    /// Where calendar programs find it, from the installation's address on: shown this once; null when nothing was done.
    path: Option<String>,
    /// The feed's entry; null when nothing was done.
    calendar_feed: Option<CalendarFeed>,
    /// What the person can mend; empty when it was done. At most 20.
    user_errors: Vec<UserError>,
}

/// What became of it.
#[derive(SimpleObject)]
pub struct CalendarFeedRevokePayload {
    /// The feed's entry as it is now; null when nothing was done.
    calendar_feed: Option<CalendarFeed>,
    /// What the person can mend; empty when it was done. At most 20.
    user_errors: Vec<UserError>,
}

/// Doing things with calendar feeds.
#[derive(Default)]
pub struct CalendarFeedMutation;

#[Object]
impl CalendarFeedMutation {
    /// Makes a calendar feed of the viewer, who may have 20. Everybody who is signed in.
    async fn calendar_feed_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The new feed.")] input: CalendarFeedCreateInput,
    ) -> Result<CalendarFeedCreatePayload> {
        let created = async {
            let network = input.network_id.as_ref();
            let network = network.map(|id| given(id, "networkId")).transpose()?;
            commands::create(asking(ctx)?, network, input.idempotency_key.as_deref()).await
        };
        let (created, user_errors) = outcome(ctx, created.await)?;
        let (feed, token) = created.unzip();
        Ok(CalendarFeedCreatePayload {
            path: token.map(|token| format!("/calendar/{token}.ics")),
            calendar_feed: feed.map(CalendarFeed),
            user_errors,
        })
    }

    /// Takes a calendar feed of the viewer back. The person whose it is.
    async fn calendar_feed_revoke(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one.")] input: CalendarFeedRevokeInput,
    ) -> Result<CalendarFeedRevokePayload> {
        let revoked = async { commands::revoke(asking(ctx)?, given(&input.id, "id")?).await };
        let (feed, user_errors) = outcome(ctx, revoked.await)?;
        Ok(CalendarFeedRevokePayload {
            calendar_feed: feed.map(CalendarFeed),
            user_errors,
        })
    }
}
