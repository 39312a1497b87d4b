//! What comes into an inbox and changes of partnerships, as they happen.

use async_graphql::{Context, ID, Result, SimpleObject, Subscription};
use domain::error::Error;
use futures_util::{Stream, StreamExt};
use notify::bus::Bus;
use notify::live;

use crate::errors::answer;
use crate::ids::given;
use crate::notification::Notification;
use crate::partnership::Partnership;
use crate::rows::asking;

/// A notification that just arrived.
#[derive(SimpleObject)]
pub struct NotificationEvent {
    /// The notification.
    notification: Notification,
    /// Where to resume: sent as `after`, nothing is missed and nothing comes twice.
    cursor: String,
}

/// What can be followed live. A stream ends with the session and when the viewer's rights change.
#[derive(Default)]
pub struct NotificationSubscription;

#[Subscription]
impl NotificationSubscription {
    /// What comes into the viewer's inbox, each once, in the order of arrival. People who are signed in, their own.
    async fn notification_received<'ctx>(
        &self,
        ctx: &Context<'ctx>,
        #[graphql(desc = "The last cursor seen; from now on when left out.")] after: Option<String>,
    ) -> Result<impl Stream<Item = NotificationEvent> + use<'ctx>> {
        let rows = async {
            let after = after
                .map(|cursor| given(&ID(cursor), "after"))
                .transpose()?;
            live::notifications_after(asking(ctx)?, after, bus(ctx)?).await
        };
        let rows = answer(ctx, rows.await)?;
        Ok(rows.map(|row| NotificationEvent {
            cursor: row.notification.id.to_string(),
            notification: Notification(row),
        }))
    }

    /// The partnership each time it, its agreement or its signatures changed. After a break, read it once and go on.
    /// Whoever may see the partnership: everybody an active one.
    async fn partnership_changed<'ctx>(
        &self,
        ctx: &Context<'ctx>,
        #[graphql(desc = "Which one.")] id: ID,
    ) -> Result<impl Stream<Item = Partnership> + use<'ctx>> {
        let rows = async {
            let id = given(&id, "id")?;
            live::partnership_changed(asking(ctx)?, id, bus(ctx)?).await
        };
        Ok(answer(ctx, rows.await)?.map(Partnership::from))
    }
}

/// The wake-ups of this node.
pub(crate) fn bus<'a>(ctx: &Context<'a>) -> domain::error::Result<&'a Bus> {
    ctx.data::<Bus>()
        .map_err(|error| Error::Fault(error.message))
}
