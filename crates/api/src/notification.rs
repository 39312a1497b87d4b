//! Notifications, preferences, quiet hours, and what can be followed live.

use async_graphql::{Context, Enum, ID, InputObject, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};
use domain::db::Access;
use domain::fact::{Fact, Reason};
use domain::notification::{self as model, commands, queries};
use notify::wording;

use crate::announcement::Announcement;
use crate::connection::{Connection, Paging, connect};
use crate::errors::{UserError, answer, internal, outcome};
use crate::ids::{given, shown};
use crate::network::Network;
use crate::node::Node;
use crate::person::Person;
use crate::plan::Plan;
use crate::rows::{access, asking, by_id, read};
use crate::scalar::TimeOfDay;
use crate::school::School;
use crate::study::Study;

/// Why somebody is told.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "Reason")]
pub enum NotificationReason {
    /// A partnership waits for the person's school.
    PartnershipWaits,
    /// A partnership of their school changed.
    PartnershipChanged,
    /// Their network changed.
    NetworkChanged,
    /// A designation of their school changed.
    DesignationChanged,
    /// Their school's entry changed.
    SchoolChanged,
    /// Somebody they invited came, or their own role changed.
    MembershipChanged,
    /// A work was shared with their network.
    ResourceShared,
    /// Somebody made something of their work, or wrote to them about one.
    ResourceAnswered,
    /// A work was reported, hidden or withdrawn.
    ResourceModerated,
    /// A joint plan, one of its activities or its report waits for them.
    PlanWaits,
    /// A joint plan of their school changed.
    PlanChanged,
    /// A study waits for them.
    StudyWaits,
    /// A study in which they take part changed.
    StudyChanged,
    /// Their account: passwords, tokens, sessions.
    Security,
    /// Something was announced to everybody, to their region or their network.
    Announcement,
}

/// How a person is told.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "model::Channel")]
pub enum NotificationChannel {
    /// Not at all.
    None,
    /// In the inbox.
    InApp,
    /// In the inbox, and in the next daily digest by e-mail unless read by then.
    Digest,
    /// In the inbox, and by e-mail at once.
    Email,
}

/// Something that happened and concerns the viewer.
pub struct Notification(pub queries::Told);

/// Something that happened and concerns the viewer. Visible to whoever got it.
#[Object]
impl Notification {
    /// The id.
    pub(crate) async fn id(&self) -> ID {
        shown(self.0.notification.id)
    }

    /// Why they are told.
    async fn reason(&self) -> NotificationReason {
        self.0.notification.reason.into()
    }

    /// When it arrived.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.notification.created_at
    }

    /// When they read it; null while unread.
    async fn read_at(&self) -> Option<DateTime<Utc>> {
        self.0.notification.read_at
    }

    /// What happened, in one line, in the viewer's language.
    async fn title(&self, ctx: &Context<'_>) -> Result<String> {
        Ok(self.notice(ctx)?.title)
    }

    /// What else there is to say, in the viewer's language: a reason, a day.
    async fn body(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(self.notice(ctx)?.body)
    }

    /// What it happened to, as far as the viewer still sees it.
    async fn subject(&self, ctx: &Context<'_>) -> Result<Option<Node>> {
        let fact = self.fact(ctx)?;
        if let Some(id) = fact.partnership() {
            let row = by_id(ctx, id).await?;
            return Ok(row.map(|row| Node::Partnership(row.into())));
        }
        Ok(match fact {
            Fact::NetworkFounded { network, .. }
            | Fact::NetworkChanged { network, .. }
            | Fact::NetworkClosed { network, .. } => by_id(ctx, network)
                .await?
                .map(|row| Node::Network(Network(row))),
            Fact::DesignationNominated { school, .. }
            | Fact::DesignationAwarded { school, .. }
            | Fact::DesignationExpired { school, .. }
            | Fact::DesignationWithdrawn { school, .. }
            | Fact::SchoolAdded { school }
            | Fact::SchoolChanged { school }
            | Fact::SchoolClaimed { school }
            | Fact::SchoolClosed { school, .. }
            | Fact::SchoolMerged { into: school, .. } => by_id(ctx, school.school)
                .await?
                .map(|row| Node::School(School(row))),
            Fact::AnnouncementPublished { announcement, .. } => by_id(ctx, announcement)
                .await?
                .map(|row| Node::Announcement(Announcement(row))),
            Fact::InvitationAccepted { person, .. } | Fact::MembershipEnded { person, .. } => {
                by_id(ctx, person)
                    .await?
                    .map(|row| Node::Person(Person(row)))
            }
            Fact::Plan(fact) => by_id(ctx, fact.about().plan)
                .await?
                .map(|row| Node::Plan(Plan(row))),
            Fact::Study(fact) => match fact.study() {
                Some(study) => by_id(ctx, study)
                    .await?
                    .map(|row| Node::Study(Study::from(row))),
                None => None,
            },
            Fact::Bank(fact) => match fact.resource() {
                Some(work) => by_id(ctx, work)
                    .await?
                    .map(|row| Node::Resource(row.into())),
                None => None,
            },
            _ => None,
        })
    }

    /// Who did it; null when the software did.
    async fn actor(&self, ctx: &Context<'_>) -> Result<Option<Person>> {
        match self.0.actor {
            Some(id) => Ok(by_id(ctx, id).await?.map(Person)),
            None => Ok(None),
        }
    }
}

impl Notification {
    fn fact(&self, ctx: &Context<'_>) -> Result<Fact> {
        answer(ctx, self.0.fact())
    }

    fn notice(&self, ctx: &Context<'_>) -> Result<wording::Notice> {
        let fact = self.fact(ctx)?;
        wording::notice(access(ctx)?.viewer().language, &fact)
            .ok_or_else(|| internal(&format!("{} has no words", self.0.notification.id)))
    }
}

/// How the viewer is told of one kind of thing.
#[derive(SimpleObject)]
pub struct NotificationPreference {
    /// Of what.
    reason: NotificationReason,
    /// How.
    channel: NotificationChannel,
}

fn preferences(of: Vec<(Reason, model::Channel)>) -> Vec<NotificationPreference> {
    of.into_iter()
        .map(|(reason, channel)| NotificationPreference {
            reason: reason.into(),
            channel: channel.into(),
        })
        .collect()
}

/// The hours in which a person gets no e-mail, by the installation's clock; over midnight when `until` comes first.
#[derive(SimpleObject)]
pub struct QuietHours {
    /// The first minute.
    from: TimeOfDay,
    /// The first minute after.
    until: TimeOfDay,
}

impl From<model::QuietHours> for QuietHours {
    fn from(hours: model::QuietHours) -> Self {
        Self {
            from: TimeOfDay(hours.from),
            until: TimeOfDay(hours.until),
        }
    }
}

/// Which notifications. Everything given must hold.
#[derive(InputObject, Debug, Clone, Default)]
pub struct NotificationFilter {
    /// Only unread ones, or only read ones.
    unread: Option<bool>,
    /// For one of these reasons; at most 20.
    #[graphql(validator(max_items = 20))]
    reasons: Option<Vec<NotificationReason>>,
}

impl From<NotificationFilter> for queries::Filter {
    fn from(filter: NotificationFilter) -> Self {
        Self {
            unread: filter.unread,
            reasons: filter
                .reasons
                .map(|reasons| reasons.into_iter().map(Into::into).collect()),
        }
    }
}

/// The viewer's inbox: a part of `viewer`.
pub struct ViewerInbox(pub(crate) Access);

/// The viewer's inbox.
#[Object]
impl ViewerInbox {
    /// The viewer's notifications, the latest first.
    async fn notifications(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which ones.")] filter: Option<NotificationFilter>,
        #[graphql(desc = "How many from the start, 1 to 100; 20 when neither is given.")]
        first: Option<i32>,
        #[graphql(desc = "After this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
    ) -> Result<Option<Connection<Notification>>> {
        let window = Paging {
            first,
            after,
            last,
            before,
        }
        .window(ctx)?;
        let (access, filter) = (&self.0, filter.unwrap_or_default().into());
        let page = read(ctx, queries::page(access, &filter, &window)).await?;
        connect(ctx, page, Notification, || queries::count(access, &filter))
            .await
            .map(Some)
    }

    /// How many notifications the viewer has not read.
    async fn unread_count(&self, ctx: &Context<'_>) -> Result<Option<i64>> {
        read(ctx, queries::unread(&self.0)).await.map(Some)
    }

    /// How the viewer is told, one for each reason: at most 20.
    async fn notification_preferences(
        &self,
        ctx: &Context<'_>,
    ) -> Result<Option<Vec<NotificationPreference>>> {
        let set = read(ctx, queries::preferences(&self.0)).await?;
        Ok(Some(preferences(set)))
    }

    /// The hours in which the viewer gets no e-mail; null when any hour will do.
    async fn quiet_hours(&self, ctx: &Context<'_>) -> Result<Option<QuietHours>> {
        let hours = read(ctx, queries::quiet_hours(&self.0)).await?;
        Ok(hours.map(Into::into))
    }
}

/// Which notifications were read.
#[derive(InputObject)]
pub struct NotificationMarkReadInput {
    /// These, at most 100.
    #[graphql(validator(max_items = 100))]
    ids: Vec<ID>,
}

/// Up to where everything was read.
#[derive(InputObject)]
pub struct NotificationMarkAllReadInput {
    /// The latest notification the viewer has seen: what arrived after it stays unread.
    up_to: ID,
}

/// What became of it.
#[derive(SimpleObject)]
pub struct NotificationReadPayload {
    /// How many remain unread; null when nothing was done.
    unread_count: Option<i64>,
    /// What the person can mend; empty when it was done. At most 20.
    user_errors: Vec<UserError>,
}

/// How to be told of something.
#[derive(InputObject)]
pub struct NotificationPreferenceSetInput {
    /// Of what.
    reason: NotificationReason,
    /// How.
    channel: NotificationChannel,
}

/// What became of it.
#[derive(SimpleObject)]
pub struct NotificationPreferencePayload {
    /// How the viewer is told now, one for each reason, at most 20; null when nothing was done.
    preferences: Option<Vec<NotificationPreference>>,
    /// What the person can mend; empty when it was done. At most 20.
    user_errors: Vec<UserError>,
}

/// The hours in which to send no e-mail.
#[derive(InputObject)]
pub struct QuietHoursInput {
    /// The first minute.
    from: TimeOfDay,
    /// The first minute after; another than `from`.
    until: TimeOfDay,
}

/// When to send no e-mail.
#[derive(InputObject)]
pub struct QuietHoursSetInput {
    /// The hours; null for none.
    hours: Option<QuietHoursInput>,
}

/// What became of it.
#[derive(SimpleObject)]
pub struct QuietHoursPayload {
    /// The hours as they are now; null when there are none, and when nothing was done.
    quiet_hours: Option<QuietHours>,
    /// What the person can mend; empty when it was done. At most 20.
    user_errors: Vec<UserError>,
}

/// Reading what came, and saying how to be told.
#[derive(Default)]
pub struct NotificationMutation;

#[Object]
impl NotificationMutation {
    /// Marks notifications as read; ids of others' are passed over. People who are signed in, their own.
    async fn notification_mark_read(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which ones.")] input: NotificationMarkReadInput,
    ) -> Result<NotificationReadPayload> {
        let ids: Vec<_> = input.ids.iter().filter_map(|id| id.parse().ok()).collect();
        let marked = async { commands::mark_read(asking(ctx)?, &ids).await };
        let (unread_count, user_errors) = outcome(ctx, marked.await)?;
        Ok(NotificationReadPayload {
            unread_count,
            user_errors,
        })
    }

    /// Marks everything as read up to a notification. People who are signed in, their own.
    async fn notification_mark_all_read(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Up to where.")] input: NotificationMarkAllReadInput,
    ) -> Result<NotificationReadPayload> {
        let marked = async {
            let up_to = given(&input.up_to, "upTo")?;
            commands::mark_all_read(asking(ctx)?, up_to).await
        };
        let (unread_count, user_errors) = outcome(ctx, marked.await)?;
        Ok(NotificationReadPayload {
            unread_count,
            user_errors,
        })
    }

    /// Sets how the viewer is told of one kind of thing. People who are signed in, for themselves.
    async fn notification_preference_set(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Of what, and how.")] input: NotificationPreferenceSetInput,
    ) -> Result<NotificationPreferencePayload> {
        let set = async {
            let access = asking(ctx)?;
            commands::prefer(access, input.reason.into(), input.channel.into()).await?;
            queries::preferences(access).await
        };
        let (set, user_errors) = outcome(ctx, set.await)?;
        Ok(NotificationPreferencePayload {
            preferences: set.map(preferences),
            user_errors,
        })
    }

    /// Sets the hours in which the viewer gets no e-mail. People who are signed in, for themselves.
    async fn quiet_hours_set(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "When.")] input: QuietHoursSetInput,
    ) -> Result<QuietHoursPayload> {
        let hours = input.hours.map(|hours| model::QuietHours {
            from: hours.from.0,
            until: hours.until.0,
        });
        let kept = async {
            commands::keep_quiet(asking(ctx)?, hours).await?;
            Ok(hours)
        };
        let (hours, user_errors) = outcome(ctx, kept.await)?;
        Ok(QuietHoursPayload {
            quiet_hours: hours.flatten().map(Into::into),
            user_errors,
        })
    }
}
