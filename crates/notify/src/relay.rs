//! Works off the outbox: each committed fact reaches its audience's inboxes once, and wakes up whoever is looking.
//! Does what falls due by date as well. Any number of nodes may run one; the database says who does what.

use std::collections::BTreeSet;
use std::time::Duration;

use domain::authz::{Job, Viewer};
use domain::db::{Access, Db};
use domain::error::{Error, Result};
use domain::fact::Fact;
use domain::notification::delivery::{Delivered, Parcel, deliver};
use domain::outbox::{self, Record};
use domain::{designation, forget, mail, partnership, plan, research_lesson};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use crate::bus::{Bus, Topic};
use crate::mail::Mailer;

/// How many facts are claimed at once.
const BATCH: u64 = 64;

/// Which facts are carried beside each other, and how many.
struct Lanes {
    wide: bool,
    many: usize,
    batch: u64,
}

/// Facts for few people.
const NARROW: Lanes = Lanes {
    wide: false,
    many: 4,
    batch: BATCH,
};

/// Facts for the whole country, one after the other: minutes in which nothing else waits for them.
const WIDE: Lanes = Lanes {
    wide: true,
    many: 1,
    batch: 1,
};

/// How often to look without being rung for: facts committed elsewhere, and failures whose time has come.
const POLL: Duration = Duration::from_secs(1);

/// How long the database may take over one transaction: a connection that was cut off without a word would otherwise
/// be waited for for ever.
const PATIENCE: Duration = Duration::from_secs(15);

/// How often to look for what falls due by date.
const CALENDAR: Duration = Duration::from_secs(60);

/// How many old rows of a kind are removed at once.
const FORGOTTEN: u64 = 1000;

/// How often to measure the queues.
const GAUGES: Duration = Duration::from_secs(10);

/// Carries facts, sends letters and keeps the calendar, until `stop`; then finishes what it has begun.
pub async fn run(db: Db, bus: Bus, mailer: Mailer, stop: CancellationToken) {
    tokio::join!(
        carry_facts(&db, &bus, &stop, NARROW),
        carry_facts(&db, &bus, &stop, WIDE),
        mailer.run(db.clone(), stop.clone()),
        every(CALENDAR, &stop, || keep_calendar(&db)),
        every(GAUGES, &stop, || measure(&db)),
    );
}

/// The outcome, or that the database is away.
pub(crate) async fn in_time<T>(work: impl Future<Output = Result<T>>) -> Result<T> {
    let away = |_| Error::Away(format!("no answer within {PATIENCE:?}"));
    tokio::time::timeout(PATIENCE, work).await.map_err(away)?
}

fn relay(db: &Db) -> Access {
    db.access(Viewer::system(Job::Relay))
}

async fn carry_facts(db: &Db, bus: &Bus, stop: &CancellationToken, which: Lanes) {
    let bell = db.bell();
    let mut lanes = JoinSet::new();
    while !stop.is_cancelled() {
        if lanes.len() < which.many {
            let claimed = in_time(outbox::claim(&relay(db), which.wide, which.batch)).await;
            let claimed = claimed.unwrap_or_else(|error| {
                tracing::warn!(%error, "facts could not be claimed");
                Vec::new()
            });
            if !claimed.is_empty() {
                let (db, bus, stop) = (db.clone(), bus.clone(), stop.clone());
                lanes.spawn(async move { carry(&db, &bus, claimed, &stop).await });
                continue;
            }
        }
        let full = lanes.len() >= which.many;
        tokio::select! {
            () = stop.cancelled() => {}
            Some(_) = lanes.join_next() => {}
            // The bell wakes one; the wide can wait for their turn.
            () = bell.notified(), if !full && !which.wide => {}
            () = tokio::time::sleep(POLL), if !full => {}
        }
    }
    while lanes.join_next().await.is_some() {}
}

/// Delivers a batch together; when that goes wrong, each fact by itself, so that only the one at fault waits.
async fn carry(db: &Db, bus: &Bus, batch: Vec<Record>, stop: &CancellationToken) {
    let mut parcels = Vec::with_capacity(batch.len());
    for record in batch {
        match Parcel::new(record.clone()) {
            Ok(parcel) => parcels.push(parcel),
            Err(error) => failed(db, &record, &error).await,
        }
    }
    if let Err(error) = carry_on(db, bus, parcels.clone(), stop).await {
        tracing::debug!(%error, "a batch could not be delivered as one");
        if let Error::Away(_) = error {
            // Nothing is wrong with the facts: the lease runs out and somebody tries again.
            return;
        }
        for parcel in parcels {
            let record = parcel.record.clone();
            if let Err(error) = carry_on(db, bus, vec![parcel], stop).await {
                failed(db, &record, &error).await;
            }
        }
    }
}

/// Delivers until the whole audience has it, one transaction after the other. Stopped halfway, the lease runs out and
/// somebody else goes on.
async fn carry_on(
    db: &Db,
    bus: &Bus,
    mut parcels: Vec<Parcel>,
    stop: &CancellationToken,
) -> Result<()> {
    loop {
        let done = in_time(deliver(&relay(db), parcels)).await?;
        metrics::counter!("notifications_total", "channel" => "in_app").increment(done.arrived);
        bus.publish(topics(&done));
        parcels = done.rest;
        if parcels.is_empty() || stop.is_cancelled() {
            return Ok(());
        }
    }
}

async fn failed(db: &Db, record: &Record, error: &Error) {
    tracing::warn!(fact = %record.id, attempts = record.attempts, %error, "a fact was not delivered");
    if let Err(error) = in_time(outbox::fail(&relay(db), record)).await {
        tracing::warn!(fact = %record.id, %error, "a failure was not noted");
    }
}

fn topics(done: &Delivered) -> BTreeSet<Topic> {
    let partnerships = done.settled.iter().filter_map(Fact::partnership);
    let studies = done.settled.iter().filter_map(Fact::study);
    let plans = done.settled.iter().filter_map(Fact::plan);
    let people = done.told.iter().copied();
    people
        .map(Topic::Person)
        .chain(partnerships.map(Topic::Partnership))
        .chain(studies.map(Topic::Study))
        .chain(plans.map(Topic::Plan))
        .collect()
}

async fn keep_calendar(db: &Db) {
    all("invitations to lapse", || {
        let access = calendar(db);
        async move { partnership::commands::lapse_due(&access, BATCH).await }
    })
    .await;
    all("groups to remind of a discussion", || {
        let access = calendar(db);
        async move { research_lesson::commands::remind_due(&access, BATCH).await }
    })
    .await;
    all("activities to remind of", || {
        let access = calendar(db);
        async move { plan::activity::remind_due(&access, BATCH).await }
    })
    .await;
    all("designations to expire", || {
        let access = calendar(db);
        async move { designation::commands::expire_due(&access, BATCH).await }
    })
    .await;
    all("rows to forget", || {
        let access = calendar(db);
        async move { forget::old(&access, FORGOTTEN).await }
    })
    .await;
}

fn calendar(db: &Db) -> Access {
    db.access(Viewer::system(Job::Calendar))
}

/// Does a job of the calendar batch by batch until nothing is left, and logs what was done.
async fn all<F: Future<Output = Result<u64>>>(what: &str, job: impl Fn() -> F) {
    let mut done = 0;
    loop {
        match in_time(job()).await {
            Ok(some) => {
                done += some;
                // Not at the first batch that is less than full: another node may have done part of it.
                if some == 0 {
                    break;
                }
            }
            Err(error) => {
                tracing::warn!(%error, "{what}");
                break;
            }
        }
    }
    if done > 0 {
        tracing::info!("{what}: {done}");
    }
}

async fn measure(db: &Db) {
    let access = relay(db);
    match (
        in_time(outbox::backlog(&access)).await,
        in_time(mail::queries::parked(&access)).await,
    ) {
        (Ok(facts), Ok(letters)) => {
            let lag = facts.lag.as_seconds_f64();
            metrics::gauge!("outbox_lag_seconds").set(lag);
            metrics::gauge!("outbox_parked").set(facts.parked as f64);
            metrics::gauge!("mail_parked").set(letters as f64);
        }
        (Err(error), _) | (_, Err(error)) => tracing::warn!(%error, "the queues were not measured"),
    }
}

async fn every<F: Future<Output = ()>>(
    period: Duration,
    stop: &CancellationToken,
    mut act: impl FnMut() -> F,
) {
    loop {
        act().await;
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(period) => {}
        }
    }
}
