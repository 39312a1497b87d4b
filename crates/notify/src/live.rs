//! What people who are looking see at once: streams that read again at each wake-up.
//!
//! A stream reads by itself now and then as well, so a lost wake-up delays and never loses. It ends with the viewer's
//! session, when their rights change, and when they may no longer see what they were watching; whoever then comes back
//! with the last cursor misses nothing.

use std::collections::VecDeque;
use std::time::Duration;

use domain::db::{Access, Row};
use domain::door;
use domain::error::{Refusal, Result};
use domain::id::Id;
use domain::notification::queries::Told;
use domain::notification::{self, Notification};
use domain::outbox::{self, Record};
use domain::partnership::{self, Agreement, Partnership, Signature};
use domain::plan::Plan;
use domain::study::Study;
use futures_util::{Stream, stream};

use crate::bus::{Bus, Listener, Topic};

/// How long a stream goes without reading.
const EVERY: Duration = Duration::from_secs(10);

/// How many notifications are read at once.
const BATCH: u64 = 100;

/// What comes into the viewer's inbox after the notification `after`, or from now on: each once, in the order of
/// arrival. Refuses an `after` that is not the viewer's.
pub async fn notifications_after(
    access: &Access,
    after: Option<Id<Notification>>,
    bus: &Bus,
) -> Result<impl Stream<Item = Told> + Send + use<>> {
    let listener = bus.listen();
    let person = access.viewer().id().ok_or(Refusal::SignInRequired)?;
    let number = match after {
        Some(id) => {
            let last = access.get(id).await?;
            last.ok_or_else(|| Refusal::NotFound.of("after"))?.number
        }
        None => notification::queries::arrived(access).await?,
    };
    let inbox = Inbox {
        access: access.clone(),
        wait: Wait {
            listener,
            topic: Topic::Person(person),
            now: true,
        },
        number,
        read: VecDeque::new(),
    };
    Ok(stream::unfold(inbox, Inbox::next))
}

struct Inbox {
    access: Access,
    wait: Wait,
    number: i64,
    read: VecDeque<Told>,
}

impl Inbox {
    async fn next(mut self) -> Option<(Told, Self)> {
        loop {
            if let Some(next) = self.read.pop_front() {
                self.number = next.notification.number;
                return Some((next, self));
            }
            self.wait.over().await;
            let rows = async {
                // One's own inbox: a right that ended takes nothing from it, a session that ended all.
                let viewer = door::again(self.access.db(), self.access.viewer()).await?;
                let access = self.access.db().access(viewer);
                notification::queries::after(&access, self.number, BATCH).await
            };
            self.read = self.wait.outcome(rows.await)?.unwrap_or_default().into();
            // There may be more where these came from.
            self.wait.now = !self.read.is_empty();
        }
    }
}

/// The partnership, each time it, its agreement or its signatures changed from now on.
pub async fn partnership_changed(
    access: &Access,
    id: Id<Partnership>,
    bus: &Bus,
) -> Result<impl Stream<Item = Partnership> + Send + use<>> {
    let listener = bus.listen();
    let seen = look(access, id).await?;
    let watch = Watch {
        access: access.clone(),
        wait: Wait {
            listener,
            topic: Topic::Partnership(id),
            now: false,
        },
        id,
        seen,
    };
    Ok(stream::unfold(watch, Watch::next))
}

type Seen = (Partnership, Vec<Agreement>, Vec<Signature>);

struct Watch {
    access: Access,
    wait: Wait,
    id: Id<Partnership>,
    seen: Seen,
}

impl Watch {
    async fn next(mut self) -> Option<(Partnership, Self)> {
        loop {
            self.wait.over().await;
            let seen = async { look(&again(&self.access).await?, self.id).await };
            match self.wait.outcome(seen.await)? {
                Some(seen) if seen != self.seen => {
                    self.seen = seen;
                    return Some((self.seen.0.clone(), self));
                }
                _ => {}
            }
        }
    }
}

async fn look(access: &Access, id: Id<Partnership>) -> Result<Seen> {
    let partnership = access.get(id).await?;
    let partnership = partnership.ok_or_else(|| Refusal::NotFound.of("id"))?;
    Ok((
        partnership,
        partnership::queries::agreements(access, &[id]).await?,
        partnership::queries::signatures(access, &[id]).await?,
    ))
}

/// The study, each time it or something in it changed from now on. Whoever takes part hears of each change; whoever only
/// reads it, of those of the study itself.
pub async fn study_changed(
    access: &Access,
    id: Id<Study>,
    bus: &Bus,
) -> Result<impl Stream<Item = Study> + Send + use<>> {
    changed(access, id, Topic::Study(id), bus).await
}

/// The joint plan, each time it or something in it changed from now on. The two schools and their trainers hear of each
/// change; their network, of those of the plan itself.
pub async fn plan_changed(
    access: &Access,
    id: Id<Plan>,
    bus: &Bus,
) -> Result<impl Stream<Item = Plan> + Send + use<>> {
    changed(access, id, Topic::Plan(id), bus).await
}

async fn changed<R: Row + Clone + PartialEq + Send + 'static>(
    access: &Access,
    id: Id<R>,
    topic: Topic,
    bus: &Bus,
) -> Result<impl Stream<Item = R> + Send + use<R>> {
    let listener = bus.listen();
    let seen = look_at(access, id).await?;
    let watch = WatchHistory {
        access: access.clone(),
        wait: Wait {
            listener,
            topic,
            now: false,
        },
        id,
        seen,
    };
    Ok(stream::unfold(watch, WatchHistory::next))
}

/// Something with a history, which tells of every change in it.
struct WatchHistory<R> {
    access: Access,
    wait: Wait,
    id: Id<R>,
    seen: (R, Option<Id<Record>>),
}

impl<R: Row + Clone + PartialEq> WatchHistory<R> {
    async fn next(mut self) -> Option<(R, Self)> {
        loop {
            self.wait.over().await;
            let seen = async { look_at(&again(&self.access).await?, self.id).await };
            match self.wait.outcome(seen.await)? {
                Some(seen) if seen != self.seen => {
                    self.seen = seen;
                    return Some((self.seen.0.clone(), self));
                }
                _ => {}
            }
        }
    }
}

async fn look_at<R: Row>(access: &Access, id: Id<R>) -> Result<(R, Option<Id<Record>>)> {
    let row = access.get(id).await?;
    let row = row.ok_or_else(|| Refusal::NotFound.of("id"))?;
    Ok((row, outbox::queries::latest(access, id.uuid()).await?))
}

/// The database now, while the viewer stands as they stood; refused once their session is over or their rights are
/// others. Whatever an event's fields show was decided by the rights the stream began with.
async fn again(access: &Access) -> Result<Access> {
    let viewer = door::again(access.db(), access.viewer()).await?;
    if viewer.standing() == access.viewer().standing() {
        Ok(access.db().access(viewer))
    } else {
        Err(Refusal::NotPermitted.into())
    }
}

/// When to read again.
struct Wait {
    listener: Listener,
    topic: Topic,
    now: bool,
}

impl Wait {
    async fn over(&mut self) {
        if !std::mem::take(&mut self.now) {
            // Out of time is as good as heard.
            let _ = tokio::time::timeout(EVERY, self.listener.heard(self.topic)).await;
        }
    }

    /// What was read: nothing for a fault, which the next reading may not meet; the end for a refusal.
    fn outcome<T>(&self, read: Result<T>) -> Option<Option<T>> {
        match read {
            Ok(read) => Some(Some(read)),
            Err(domain::error::Error::Refused(_)) => None,
            Err(error) => {
                tracing::warn!(%error, "a stream could not read");
                Some(None)
            }
        }
    }
}
