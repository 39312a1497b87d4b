//! Writers who remember what was acknowledged to them, and the comparison with the rows afterwards.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tests::Rows;
use tokio::task::JoinSet;

use crate::cluster::{Cluster, INVITED, SCHOOLS, school};
use crate::wire::{Answer, Came, Wire};

const INVITE: &str =
    "mutation($input: PartnershipInviteInput!) { partnershipInvite(input: $input) {
    partnership { id } userErrors { code } } }";

/// How many write at once.
pub const WRITERS: usize = 8;

/// Who invites: a coordinator of a Leading school.
#[derive(Clone)]
pub struct Inviter {
    wires: Vec<Wire>,
    leading: String,
    network: String,
}

impl Inviter {
    /// The two Leading schools' coordinators, able to reach every node of a cluster.
    pub async fn all(cluster: &Cluster) -> Vec<Self> {
        let nodes = 0..cluster.nodes.len();
        let wires = |person: &str| {
            nodes
                .clone()
                .map(|node| cluster.wire(node, person))
                .collect()
        };
        let rows = cluster.rows().await;
        let all = Self::over(&rows, wires).await;
        rows.close().await;
        all
    }

    /// The same with these wires.
    pub async fn over(rows: &Rows, wires: impl Fn(&str) -> Vec<Wire>) -> Vec<Self> {
        let mut inviters = Vec::new();
        for (person, place) in [
            ("leading_coordinator", "191000000"),
            ("other_coordinator", "331800000"),
        ] {
            let lead = |column: &str| {
                format!(
                    "SELECT {} FROM network_lead AS l JOIN school AS s ON s.id = l.school_id
                     JOIN region AS r ON r.id = s.region_id WHERE r.code = '{place}'",
                    rows.hex(&format!("l.{column}"))
                )
            };
            let leading = rows.column::<String>(&lead("school_id")).await;
            let network = rows.column::<String>(&lead("network_id")).await;
            inviters.push(Self {
                wires: wires(person),
                leading: format!("sch_{}", leading[0]),
                network: format!("net_{}", network[0]),
            });
        }
        inviters
    }

    /// Invites one of the many schools through the first node, which must work.
    pub async fn must_invite(&self, n: usize) {
        let answer = self.invite(0, n).await;
        assert!(matches!(answer.came, Came::Data(_)), "{answer:?}");
    }

    /// Invites one of the many schools, through this node or the one after it that there is.
    pub async fn invite(&self, node: usize, n: usize) -> Answer {
        let input = json!({ "input": {
            "networkId": self.network, "leadingId": self.leading, "magneticId": school(n),
            "idempotencyKey": format!("invite-{n}") } });
        self.wires[node % self.wires.len()].ask(INVITE, input).await
    }
}

/// What was acknowledged, and how the rest went.
#[derive(Debug, Default)]
pub struct Ledger {
    /// The partnership of each acknowledged invitation, by school.
    pub acknowledged: BTreeMap<usize, String>,
    /// 503 with `Retry-After`.
    pub told_to_come_back: usize,
    /// Connections that broke.
    pub broken: usize,
    /// Anything else: there must be none.
    pub wrong: Vec<String>,
    /// The longest any answer took.
    pub slowest: Duration,
    /// When the last write was acknowledged.
    pub last: Option<Instant>,
}

/// Writers at work.
pub struct Writing {
    ledger: Arc<Mutex<Ledger>>,
    stop: Arc<AtomicBool>,
    writers: JoinSet<()>,
}

impl Writing {
    /// Eight writers invite one school after the other, sending each invitation again until it is acknowledged.
    /// They begin with school `first`, pause this long between two, and end when told.
    pub async fn start(cluster: &Cluster, first: usize, pause: Duration) -> Self {
        Self::by(&Inviter::all(cluster).await, first, pause)
    }

    /// The same by these.
    pub fn by(inviters: &[Inviter], first: usize, pause: Duration) -> Self {
        let (next, stop) = (
            Arc::new(AtomicUsize::new(first)),
            Arc::new(AtomicBool::new(false)),
        );
        let ledger = Arc::new(Mutex::new(Ledger::default()));
        let mut writers = JoinSet::new();
        for writer in 0..WRITERS {
            let inviter = inviters[writer % inviters.len()].clone();
            let (next, stop, ledger) = (next.clone(), stop.clone(), ledger.clone());
            writers.spawn(async move {
                while !stop.load(Ordering::Relaxed) {
                    let n = next.fetch_add(1, Ordering::Relaxed);
                    assert!(n < SCHOOLS, "the schools run out");
                    write(&inviter, writer, n, &ledger, &stop).await;
                    tokio::time::sleep(pause).await;
                }
            });
        }
        Self {
            ledger,
            stop,
            writers,
        }
    }

    /// The ledger as it stands.
    pub fn ledger(&self) -> MutexGuard<'_, Ledger> {
        self.ledger.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How many were acknowledged so far.
    pub fn count(&self) -> usize {
        self.ledger().acknowledged.len()
    }

    /// Waits until so many are acknowledged.
    pub async fn reach(&self, count: usize, within: Duration) {
        let begin = Instant::now();
        while self.count() < count {
            assert!(
                begin.elapsed() < within,
                "{} of {count} writes in {within:?}: {:?}",
                self.count(),
                self.ledger().wrong
            );
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Lets the writers finish what they began.
    pub async fn finish(mut self) -> Ledger {
        self.stop.store(true, Ordering::Relaxed);
        while let Some(ended) = self.writers.join_next().await {
            ended.expect("a writer does not panic");
        }
        let ledger = std::mem::take(&mut *self.ledger());
        assert!(
            ledger.wrong.is_empty(),
            "neither done nor 503: {:?}",
            ledger.wrong
        );
        ledger
    }
}

async fn write(
    inviter: &Inviter,
    writer: usize,
    n: usize,
    ledger: &Mutex<Ledger>,
    stop: &AtomicBool,
) {
    // The try after a failure goes to the next node.
    for attempt in 0.. {
        let answer = inviter.invite(writer + attempt, n).await;
        let over = ledger
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .note(n, answer);
        if over || stop.load(Ordering::Relaxed) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

impl Ledger {
    /// Notes an answer; is the matter settled?
    fn note(&mut self, n: usize, answer: Answer) -> bool {
        self.slowest = self.slowest.max(answer.took);
        let come_back = answer.is_come_back();
        match answer.came {
            Came::Data(data) => {
                let id = data
                    .pointer("/partnershipInvite/partnership/id")
                    .and_then(Value::as_str);
                self.acknowledged.insert(n, id.expect("an id").to_owned());
                self.last = Some(Instant::now());
                return true;
            }
            _ if come_back => self.told_to_come_back += 1,
            Came::Nothing(_) => self.broken += 1,
            other => {
                self.wrong.push(format!("{n}: {other:?}"));
                return true;
            }
        }
        false
    }

    /// Compares with the rows: nothing acknowledged is missing, and no school was invited twice.
    pub async fn compare(&self, rows: &Rows) {
        let found = format!(
            "SELECT {} || ' ' || s.source_id FROM partnership AS p
             JOIN school AS s ON s.id = p.magnetic_id WHERE s.source = 'fault'",
            rows.hex("p.id")
        );
        let found = rows.column::<String>(&found).await;
        let schools: BTreeSet<_> = found
            .iter()
            .filter_map(|row| row.split(' ').next_back())
            .collect();
        assert_eq!(schools.len(), found.len(), "a school was invited twice");
        let found: BTreeSet<_> = found.iter().map(String::as_str).collect();
        let missing: Vec<_> = self
            .acknowledged
            .iter()
            .filter(|(n, id)| {
                !found.contains(format!("{} {n}", id.trim_start_matches("prt_")).as_str())
            })
            .collect();
        assert!(
            missing.is_empty(),
            "{} acknowledged writes are missing: {missing:?}",
            missing.len()
        );
    }
}

/// Waits until the relay has nothing left to do.
pub async fn settled(rows: &Rows, within: Duration) -> Duration {
    let begin = Instant::now();
    loop {
        let open = rows
            .number("SELECT count(*) FROM outbox WHERE settled_at IS NULL")
            .await;
        if open == 0 {
            return begin.elapsed();
        }
        assert!(
            begin.elapsed() < within,
            "{open} facts are not settled after {within:?}"
        );
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

/// Each invitation of the many schools is in both coordinators' inboxes, once, and counted once.
pub async fn inboxes(rows: &Rows) -> usize {
    let facts = rows
        .number("SELECT count(*) FROM outbox AS o JOIN partnership AS p ON p.id = o.subject_id
                 JOIN school AS s ON s.id = p.magnetic_id WHERE s.source = 'fault' AND o.action = 'partnership.invite'")
        .await;
    let schools = rows
        .number("SELECT count(*) FROM partnership AS p JOIN school AS s ON s.id = p.magnetic_id WHERE s.source = 'fault'")
        .await;
    assert_eq!(facts, schools, "each invitation has one fact");
    for person in INVITED {
        let address = person.trim_end_matches("_coordinator");
        let of = format!("(SELECT person_id FROM person_contact WHERE email LIKE '{address}@%')");
        let told = rows
            .number(&format!("SELECT count(*) FROM notification AS n JOIN outbox AS o ON o.id = n.fact_id
                 JOIN partnership AS p ON p.id = o.subject_id JOIN school AS s ON s.id = p.magnetic_id
                 WHERE s.source = 'fault' AND n.person_id = {of}"))
            .await;
        assert_eq!(told, facts, "{person}: inbox rows for facts");
        let doubled = rows
            .number(&format!(
                "SELECT count(*) - count(DISTINCT fact_id) FROM notification WHERE person_id = {of}"
            ))
            .await;
        assert_eq!(doubled, 0, "{person} was told twice");
        let counted = rows
            .number(&format!("SELECT unread - (SELECT count(*) FROM notification WHERE person_id = {of} AND read_at IS NULL)
                 FROM inbox WHERE person_id = {of}"))
            .await;
        assert_eq!(counted, 0, "{person}: the count differs from the rows");
    }
    usize::try_from(facts).expect("a count")
}
