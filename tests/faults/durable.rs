//! Nothing acknowledged is lost, nothing is shown twice: A1 to A4 and A13.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use tests::{Rows, Weather};

use crate::cluster::Cluster;
use crate::ledger::{Inviter, Writing, inboxes, settled};
use crate::{lasting, measured};

/// A moment nobody chose: some time up to `most`, from the random seed of a hasher.
async fn some_time(most: Duration) {
    use std::hash::{BuildHasher, RandomState};
    let digits = u32::try_from(RandomState::new().hash_one(0) % 1000).unwrap_or(0);
    tokio::time::sleep(most * digits / 1000).await;
}

/// A1. A node is killed twenty times and PostgreSQL five times while eight write.
#[tokio::test]
async fn a1_acknowledged_is_durable() {
    let mut cluster = Cluster::of(2, &[]).await;
    let writing = Writing::start(&cluster, 0, Duration::ZERO).await;
    let begin = Instant::now();
    for round in 0..20 {
        some_time(Duration::from_millis(600)).await;
        cluster.kill(round % 2);
        if round % 4 == 3 {
            some_time(Duration::from_millis(300)).await;
            cluster.postgres.kill().await;
            cluster.postgres.start().await;
        }
        cluster.start(round % 2).await;
    }
    writing.reach(1000, Duration::from_secs(180)).await;
    let ledger = writing.finish().await;
    assert!(
        ledger.broken >= 20,
        "the kills did not bite: {}",
        ledger.broken
    );
    assert!(
        ledger.told_to_come_back > 0,
        "PostgreSQL's ends did not bite"
    );
    let rows = cluster.rows().await;
    ledger.compare(&rows).await;
    settled(&rows, Duration::from_secs(90)).await;
    let facts = inboxes(&rows).await;
    measured(
        "A1",
        &format!(
            "{} acknowledged in {:?}, 0 missing; {facts} facts; {} connections broke, {} times 503",
            ledger.acknowledged.len(),
            begin.elapsed(),
            ledger.broken,
            ledger.told_to_come_back
        ),
    );
}

/// What a consumer that trusts Redis alone hears of: wake-ups of people, for as long as its connection holds.
struct Ear(Arc<AtomicUsize>);

impl Ear {
    async fn at(port: u16) -> Self {
        let mut stream = TcpStream::connect(("127.0.0.1", port))
            .await
            .expect("redis listens");
        stream
            .write_all(b"PSUBSCRIBE *\r\n")
            .await
            .expect("redis hears");
        let heard = Arc::new(AtomicUsize::new(0));
        let count = heard.clone();
        tokio::spawn(async move {
            let mut text = String::new();
            let mut chunk = [0; 4096];
            while let Ok(read @ 1..) = stream.read(&mut chunk).await {
                text.push_str(&String::from_utf8_lossy(&chunk[..read]));
                count.store(text.matches("person:").count(), Ordering::Relaxed);
            }
        });
        Self(heard)
    }

    fn heard(&self) -> usize {
        self.0.load(Ordering::Relaxed)
    }
}

/// A2. Redis is killed, stopped, cut off, swallowed and emptied while eight write: every write is acknowledged the first
/// time, and every event is in every inbox. A consumer that only listens to Redis, as one would that publishes after the
/// commit without an outbox, misses some: the faults bite.
#[tokio::test]
async fn a2_events_arrive_whatever_redis_does() {
    let mut cluster = Cluster::of(2, &[]).await;
    let ear = Ear::at(cluster.redis.port).await;
    let writing = Writing::start(&cluster, 0, Duration::from_millis(20)).await;
    let outage = lasting(4, 30);
    writing.reach(50, Duration::from_secs(60)).await;
    for fault in ["stop", "cut", "swallow", "flush", "kill"] {
        let before = writing.count();
        match fault {
            "stop" => cluster.redis.freeze(),
            "cut" => cluster.to_redis.set(Weather::Cut),
            "swallow" => cluster.to_redis.set(Weather::Swallow {
                up: true,
                down: true,
            }),
            "flush" => {
                let flushed = cluster.redis.tell("FLUSHALL").await.expect("redis answers");
                assert!(flushed.starts_with("+OK"), "{flushed}");
            }
            _ => cluster.redis.kill(),
        }
        tokio::time::sleep(outage).await;
        assert!(writing.count() > before, "{fault}: writes stand still");
        match fault {
            "stop" => cluster.redis.thaw(),
            "cut" | "swallow" => cluster.to_redis.set(Weather::Fair),
            "flush" => {}
            _ => cluster.redis.again().await,
        }
    }
    let healed = Instant::now();
    let ledger = writing.finish().await;
    assert_eq!(
        (ledger.told_to_come_back, ledger.broken),
        (0, 0),
        "a write failed while Redis was away"
    );
    assert!(
        ledger.acknowledged.len() >= 200,
        "{} writes only",
        ledger.acknowledged.len()
    );
    assert!(
        cluster.to_redis.harmed() > 0,
        "the network's faults did not bite"
    );
    let rows = cluster.rows().await;
    settled(&rows, Duration::from_secs(30)).await;
    ledger.compare(&rows).await;
    let facts = inboxes(&rows).await;
    // Two people for each fact; a batch's message names each person once.
    let heard = ear.heard();
    assert!(
        heard < facts * 2,
        "whoever only listens heard all {heard}: the faults did not bite"
    );
    measured(
        "A2",
        &format!(
            "{facts} events × 2 inboxes, 0 missing {:?} after healing; all writes 2xx",
            healed.elapsed()
        ),
    );
}

/// A3. The relay is killed ten times on a backlog of 10,000 facts.
#[tokio::test]
async fn a3_at_least_once_never_shows_twice() {
    let mut cluster = Cluster::of(1, &[]).await;
    let inviter = Inviter::all(&cluster).await.remove(0);
    inviter.must_invite(0).await;
    let rows = cluster.rows().await;
    settled(&rows, Duration::from_secs(30)).await;
    cluster.kill(0);
    // The same invitation 10,000 times over, as if nobody had carried them yet.
    rows.run("INSERT INTO outbox (id, actor_id, action, subject_id, fact, at, due_at, attempts)
        SELECT CAST('019c0000-0000-7000-8000-' || lpad(to_hex(n), 12, '0') AS uuid), actor_id, action, subject_id, fact, at, at, 0
        FROM outbox, generate_series(1, 10000) AS n WHERE id = (SELECT max(CAST(id AS text)) FROM outbox)::uuid").await;
    let carried = "SELECT count(*) FROM outbox WHERE settled_at IS NOT NULL AND CAST(id AS text) LIKE '019c0000-%'";
    let mut bitten = 0;
    let mut drained = Duration::ZERO;
    for _ in 0..10 {
        let before = rows.number(carried).await;
        cluster.start(0).await;
        let begin = Instant::now();
        while rows.number(carried).await == before && before < 10_000 {
            assert!(
                begin.elapsed() < Duration::from_secs(60),
                "nothing is carried"
            );
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        drained += begin.elapsed();
        cluster.kill(0);
        let claimed = rows
            .number("SELECT count(*) FROM outbox WHERE settled_at IS NULL AND attempts > 0")
            .await;
        bitten += usize::from(claimed > 0);
    }
    assert!(bitten >= 5, "only {bitten} kills hit claimed facts");
    cluster.start(0).await;
    drained += settled(&rows, Duration::from_secs(180)).await;
    let effects = rows.number(carried).await;
    let deliveries = rows
        .number("SELECT sum(attempts) FROM outbox WHERE CAST(id AS text) LIKE '019c0000-%'")
        .await;
    assert_eq!(effects, 10_000);
    assert!(
        deliveries * 2 <= effects * 3,
        "{deliveries} deliveries for {effects} effects"
    );
    for person in ["zarechnoye", "taldykorgan"] {
        let of = format!("SELECT count(*) FROM notification AS n JOIN person_contact AS c ON c.person_id = n.person_id
            WHERE c.email LIKE '{person}@%' AND CAST(n.fact_id AS text) LIKE '019c0000-%'");
        assert_eq!(rows.number(&of).await, 10_000, "{person}'s inbox");
    }
    measured(
        "A3",
        &format!(
            "10,000 facts, {bitten} of 10 kills within a delivery, {deliveries} deliveries, 0 double; drained in {drained:?}"
        ),
    );
}

/// A4. A transaction that commits its fact ten seconds late is carried; a reader with a fixed cursor misses it.
#[tokio::test]
async fn a4_the_outbox_skips_nothing() {
    let cluster = Cluster::of(1, &[]).await;
    let inviter = Inviter::all(&cluster).await.remove(0);
    inviter.must_invite(0).await;
    let (held, rows) = (cluster.rows().await, cluster.rows().await);
    settled(&rows, Duration::from_secs(30)).await;
    let late = "019c0000-0000-7000-8000-000000000001";
    // The ids of the others are later, as they would be: this one's began first.
    held.run("BEGIN").await;
    held.run(&format!("INSERT INTO outbox (id, actor_id, action, subject_id, fact, at, due_at, attempts)
        SELECT CAST('{late}' AS uuid), actor_id, action, subject_id, fact, at, at, 0 FROM outbox
        WHERE subject_id = (SELECT p.id FROM partnership AS p JOIN school AS s ON s.id = p.magnetic_id WHERE s.source = 'fault')")).await;
    let holds = Instant::now();
    for n in 1..=100 {
        inviter.must_invite(n).await;
    }
    // The broken variant: a cursor that moves on to the last id seen.
    let mut cursor = Cursor::default();
    cursor.read(&rows).await;
    tokio::time::sleep(Duration::from_secs(10).saturating_sub(holds.elapsed())).await;
    held.run("COMMIT").await;
    let committed = Instant::now();
    let told = format!("SELECT count(*) FROM notification WHERE fact_id = '{late}'");
    while rows.number(&told).await < 2 {
        assert!(
            committed.elapsed() < Duration::from_secs(10),
            "the late fact was skipped"
        );
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let took = committed.elapsed();
    cursor.read(&rows).await;
    assert!(
        !cursor.seen.contains(&late.to_owned()),
        "a fixed cursor would have done: the fault did not bite"
    );
    assert!(cursor.seen.len() >= 100);
    settled(&rows, Duration::from_secs(30)).await;
    measured(
        "A4",
        &format!(
            "held {:?}, carried {took:?} after its commit; a fixed cursor misses it",
            holds.elapsed() - took
        ),
    );
}

#[derive(Default)]
struct Cursor {
    last: String,
    seen: Vec<String>,
}

impl Cursor {
    async fn read(&mut self, rows: &Rows) {
        let next = format!(
            "SELECT CAST(id AS text) FROM outbox WHERE CAST(id AS text) > '{}' ORDER BY id",
            self.last
        );
        let found = rows.column::<String>(&next).await;
        self.last = found.last().unwrap_or(&self.last).clone();
        self.seen.extend(found);
    }
}

/// A13. Three hundred invitations are due; three nodes start at once, one five minutes early by its clock and one five late,
/// and one is killed on the way.
#[tokio::test]
async fn a13_schedules_fire_once() {
    // So many that the first node has not done all before the last one runs.
    const DUE: usize = 300;
    let mut cluster = Cluster::idle(tests::postgres::folder(), 3, &[]).await;
    cluster.start(0).await;
    let inviter = Inviter::all(&cluster).await.remove(0);
    for n in 0..DUE {
        inviter.must_invite(n).await;
    }
    let rows = cluster.rows().await;
    settled(&rows, Duration::from_secs(30)).await;
    cluster.kill(0);
    rows.run("UPDATE partnership SET lapses_on = '2026-01-01' FROM school AS s WHERE s.id = magnetic_id AND s.source = 'fault'").await;
    cluster.start(0).await;
    cluster.start_at(1, "+5m").await;
    cluster.start_at(2, "-5m").await;
    let lapsed = "SELECT count(*) FROM outbox WHERE action = 'partnership.lapse'";
    let due = i64::try_from(DUE).expect("fits");
    let begin = Instant::now();
    let mut killed = false;
    while rows.number(lapsed).await < due {
        let so_far = rows.number(lapsed).await;
        if !killed && so_far > 0 && so_far < due {
            cluster.kill(0);
            killed = true;
        }
        assert!(
            begin.elapsed() < Duration::from_secs(150),
            "{so_far} of {due}"
        );
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    assert!(killed, "the kill did not bite: all was done before");
    settled(&rows, Duration::from_secs(60)).await;
    assert_eq!(rows.number(lapsed).await, due);
    assert_eq!(
        rows.number(
            "SELECT count(DISTINCT subject_id) FROM outbox WHERE action = 'partnership.lapse'"
        )
        .await,
        due
    );
    // The clocks were as wrong as they should have been.
    let apart = "SELECT CAST(extract(epoch FROM max(at) - min(at)) AS bigint) FROM outbox WHERE action = 'partnership.lapse'";
    let apart = rows.number(apart).await;
    assert!(apart > 250, "the clocks were {apart} s apart");
    measured(
        "A13",
        &format!(
            "{due} lapses on 3 nodes with clocks {apart} s apart, one killed: exactly {due}, the last after {:?}",
            begin.elapsed()
        ),
    );
}
