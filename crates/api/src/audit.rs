//! The audit: everything that happened, for those who run the platform.

use async_graphql::{Context, Enum, ID, InputObject, Object, Result};
use chrono::{DateTime, Utc};
use domain::outbox::{Record, queries};
use uuid::Uuid;

use crate::connection::{Connection, Paging, connect};
use crate::ids::{shown, wanted};
use crate::person::Person;
use crate::rows::{access, by_id, read};

/// Something that happened.
pub struct AuditEntry(pub Record);

/// Something that happened, as it was recorded with the change itself. It never changes. Visible to platform
/// administrators, and what happened to a partnership to those inside it.
#[Object]
impl AuditEntry {
    /// The id.
    pub(crate) async fn id(&self) -> ID {
        shown(self.0.id)
    }

    /// When.
    async fn at(&self) -> DateTime<Utc> {
        self.0.at
    }

    /// Who did it; null when the software did, as for everything at the door.
    async fn actor(&self, ctx: &Context<'_>) -> Result<Option<Person>> {
        match self.0.actor_id {
            Some(person) => Ok(by_id(ctx, person).await?.map(Person)),
            None => Ok(None),
        }
    }

    /// The action that was permitted: `partnership.invite`.
    async fn action(&self) -> &str {
        &self.0.action
    }

    /// The key of what it happened to: its id without the prefix.
    async fn subject_key(&self) -> String {
        self.0.subject_id.simple().to_string()
    }

    /// What happened, as a sentence in the viewer's language; null for facts that nobody is told of.
    async fn text(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let fact = read(ctx, async { self.0.fact() }).await?;
        let notice = notify::wording::notice(access(ctx)?.viewer().language, &fact);
        Ok(notice.map(|notice| notice.title))
    }

    /// The fact itself as JSON, with the names of schools as they were. Persons are named by id only.
    async fn fact(&self) -> &str {
        &self.0.fact
    }
}

/// Which entries. Everything given must hold.
#[derive(InputObject, Debug, Clone, Default)]
pub struct AuditFilter {
    /// Done by this person.
    actor_id: Option<ID>,
    /// That happened to the thing with this id.
    subject_id: Option<ID>,
    /// By this action, `partnership.invite`, or by any of a noun, `partnership`; at most 100 characters.
    #[graphql(validator(chars_max_length = 100))]
    action: Option<String>,
    /// At this time or later.
    since: Option<DateTime<Utc>>,
    /// Before this time.
    until: Option<DateTime<Utc>>,
}

impl From<AuditFilter> for queries::Filter {
    fn from(filter: AuditFilter) -> Self {
        let key = |id: ID| {
            let digits = id.rsplit('_').next().unwrap_or_default();
            // What does not parse matches nothing, like what does not exist.
            Uuid::try_parse(digits).unwrap_or_default()
        };
        Self {
            actor: filter.actor_id.as_ref().map(wanted),
            subject: filter.subject_id.map(key),
            action: filter.action,
            since: filter.since,
            before: filter.until,
        }
    }
}

/// How the audit is sorted.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "queries::By")]
pub enum AuditOrder {
    /// What happened last first.
    Newest,
    /// In the order of happening.
    Oldest,
}

/// Reading the audit.
#[derive(Default)]
pub struct AuditQuery;

#[Object]
impl AuditQuery {
    /// Everything that happened, what happened last first unless told otherwise. Administrators of the platform.
    #[expect(
        clippy::too_many_arguments,
        reason = "Relay's four, and what a list has"
    )]
    async fn audit(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which entries.")] filter: Option<AuditFilter>,
        #[graphql(desc = "In which order.", default_with = "AuditOrder::Newest")]
        order_by: AuditOrder,
        #[graphql(desc = "How many from the start, 1 to 100; 20 when neither is given.")]
        first: Option<i32>,
        #[graphql(desc = "After this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
    ) -> Result<Option<Connection<AuditEntry>>> {
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
        connect(ctx, page, AuditEntry, || queries::count(access, &filter))
            .await
            .map(Some)
    }
}
