//! The database goes away, hangs, is cut off and runs full: A7 and A10.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use tests::{Rows, Weather, database::new_folder};

use crate::cluster::{Cluster, Embedded};
use crate::ledger::{Inviter, Writing, inboxes, settled};
use crate::probe::{Asking, slowest};
use crate::{lasting, measured};

/// Every answer comes within five seconds; a busy machine may take this much longer.
const ANSWERED: Duration = Duration::from_millis(7500);

/// What a look at `/readyz` and `/healthz` told, and when it had.
struct Look {
    at: Instant,
    ready: bool,
    alive: bool,
}

async fn look(wire: &crate::wire::Wire) -> Look {
    let (ready, alive) = tokio::join!(wire.status("/readyz"), wire.status("/healthz"));
    Look {
        at: Instant::now(),
        ready: ready == Some(200),
        alive: alive == Some(200),
    }
}

async fn connections(rows: &Rows) -> i64 {
    rows.number("SELECT count(*) FROM pg_stat_activity WHERE datname = 'sabaqtas' AND pid <> pg_backend_pid()").await
}

/// A7, whatever happens between `begin` and `end`.
async fn survived(
    name: &str,
    begin: impl AsyncFnOnce(&mut Cluster),
    end: impl AsyncFnOnce(&mut Cluster),
) {
    let mut cluster = Cluster::of(1, &[]).await;
    let wire = cluster.wire(0, "teacher");
    let writing = Writing::start(&cluster, 0, Duration::from_millis(20)).await;
    let asking = Asking::start(std::slice::from_ref(&wire), 8, Duration::from_millis(20));
    writing.reach(40, Duration::from_secs(60)).await;
    let rows = cluster.rows().await;
    let baseline = connections(&rows).await;
    rows.close().await;

    let broke = Instant::now();
    begin(&mut cluster).await;
    let mut looks = Vec::new();
    let outage = lasting(10, 10);
    while broke.elapsed() < outage {
        looks.push(look(&wire).await);
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    end(&mut cluster).await;
    let healed = Instant::now();
    tokio::time::sleep(Duration::from_secs(8)).await;

    let rows = cluster.rows().await;
    while connections(&rows).await > baseline + 2 {
        assert!(
            healed.elapsed() < Duration::from_secs(30),
            "{name}: connections do not come down to {baseline}"
        );
        tokio::time::sleep(Duration::from_millis(250)).await;
    }
    let ledger = writing.finish().await;
    let asked = asking.finish().await;
    assert!(
        looks.iter().all(|look| look.alive),
        "{name}: the node was not alive"
    );
    let unready = looks
        .iter()
        .find(|look| !look.ready)
        .map(|look| look.at - broke);
    let unready = unready.unwrap_or_else(|| panic!("{name}: the node stayed ready"));
    assert!(
        unready <= Duration::from_secs(4),
        "{name}: ready for {unready:?}"
    );
    for one in &asked {
        assert!(one.otherwise.is_none(), "{name}: {one:?}");
    }
    let during = asked
        .iter()
        .filter(|one| one.come_back && one.at >= broke)
        .count();
    assert!(
        during > 0 && ledger.told_to_come_back > 0,
        "{name}: the fault did not bite"
    );
    let slowest = slowest(&asked).max(ledger.slowest);
    assert!(slowest <= ANSWERED, "{name}: an answer took {slowest:?}");
    assert_eq!(ledger.broken, 0, "{name}: connections of clients broke");
    let well = asked
        .iter()
        .filter(|one| one.well && one.at + one.took > healed);
    let well = well.map(|one| (one.at + one.took) - healed).min();
    let well = well.unwrap_or_else(|| panic!("{name}: nothing works afterwards"));
    assert!(
        well <= Duration::from_secs(10),
        "{name}: first answer after {well:?}"
    );
    assert!(
        ledger.last.is_some_and(|last| last > healed),
        "{name}: nothing was written afterwards"
    );
    settled(&rows, Duration::from_secs(60)).await;
    ledger.compare(&rows).await;
    inboxes(&rows).await;
    measured(
        "A7",
        &format!(
            "{name}: unready after {unready:?}, slowest answer {slowest:?}, first 2xx {well:?} after healing, \
        {} of {} reads and {} writes told to come back, 0 lost of {}",
            during,
            asked.len(),
            ledger.told_to_come_back,
            ledger.acknowledged.len()
        ),
    );
}

/// A7. PostgreSQL crashes and is started again.
#[tokio::test]
async fn a7_postgres_crashes() {
    let crash = async |cluster: &mut Cluster| cluster.postgres.kill().await;
    survived("crash", crash, async |cluster| {
        cluster.postgres.start().await;
    })
    .await;
}

/// A7. PostgreSQL hangs.
#[tokio::test]
async fn a7_postgres_hangs() {
    let hang = async |cluster: &mut Cluster| cluster.postgres.freeze();
    survived("hang", hang, async |cluster| cluster.postgres.thaw()).await;
}

/// A7. Nothing reaches PostgreSQL nor comes from it, and no connection that lost something ever works again.
#[tokio::test]
async fn a7_postgres_is_cut_off() {
    let swallow = Weather::Swallow {
        up: true,
        down: true,
    };
    let cut = async |cluster: &mut Cluster| cluster.to_postgres.set(swallow);
    survived("partition", cut, async |cluster| {
        cluster.to_postgres.set(Weather::Fair);
    })
    .await;
}

/// A small disk that can be filled and enlarged.
struct Disk(PathBuf);

impl Disk {
    /// 96 MB. Only root may mount one: without, the test fails and says so.
    fn new() -> Self {
        let folder = new_folder();
        let disk = Self(folder);
        disk.mount("size=96m,mode=755");
        disk
    }

    fn mount(&self, options: &str) {
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", options, "tmpfs"])
            .arg(&self.0)
            .output()
            .expect("mount can be run");
        assert!(
            mounted.status.success(),
            "A10 needs to mount a tmpfs, which only root may: {}",
            String::from_utf8_lossy(&mounted.stderr)
        );
    }

    /// Takes all the room there is.
    fn fill(&self) {
        let ballast = std::fs::File::create(self.0.join("ballast")).expect("a file can be made");
        let filled = std::io::copy(&mut std::io::repeat(0), &mut &ballast);
        assert!(filled.is_err(), "the disk has no end");
    }

    fn enlarge(&self) {
        self.mount("remount,size=300m");
    }

    fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        // Lazily: whoever still runs on it is about to be ended.
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
        let _ = std::fs::remove_dir(&self.0);
    }
}

/// Waits until the full disk is felt, lets it be felt for a while, and tells how soon after enlarging a write is
/// acknowledged.
async fn felt(disk: &Disk, writing: &Writing) -> Duration {
    writing.reach(40, Duration::from_secs(60)).await;
    disk.fill();
    let full = Instant::now();
    while writing.ledger().told_to_come_back < 8 {
        assert!(
            full.elapsed() < Duration::from_secs(120),
            "the full disk did not bite: {} written",
            writing.count()
        );
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    tokio::time::sleep(Duration::from_secs(3)).await;
    let before = writing.count();
    disk.enlarge();
    let enlarged = Instant::now();
    writing.reach(before + 8, Duration::from_secs(20)).await;
    enlarged.elapsed()
}

/// A10. The disk under PostgreSQL is full, then enlarged.
#[tokio::test]
async fn a10_postgres_disk_full() {
    let disk = Disk::new();
    let folder = disk.path().join("postgres");
    std::fs::create_dir(&folder).expect("a folder can be made");
    let mut cluster = Cluster::idle(folder, 1, &[]).await;
    cluster.start(0).await;
    let writing = Writing::start(&cluster, 0, Duration::ZERO).await;
    let serves = felt(&disk, &writing).await;
    let ledger = writing.finish().await;
    let rows = cluster.rows().await;
    settled(&rows, Duration::from_secs(60)).await;
    ledger.compare(&rows).await;
    inboxes(&rows).await;
    measured(
        "A10",
        &format!(
            "PostgreSQL: {} acknowledged, 0 lost, {} times 503; serves {serves:?} after enlarging",
            ledger.acknowledged.len(),
            ledger.told_to_come_back
        ),
    );
    drop((rows, cluster));
}

/// A10. The same under SQLite.
#[tokio::test]
async fn a10_sqlite_disk_full() {
    let disk = Disk::new();
    let mut embedded = Embedded::idle(disk.path()).await;
    embedded.start().await;
    let inviters: Vec<Inviter> = embedded.inviters().await;
    let writing = Writing::by(&inviters, 0, Duration::ZERO);
    let serves = felt(&disk, &writing).await;
    let ledger = writing.finish().await;
    let rows = embedded.rows().await;
    settled(&rows, Duration::from_secs(60)).await;
    ledger.compare(&rows).await;
    inboxes(&rows).await;
    assert_eq!(
        rows.column::<String>("PRAGMA integrity_check").await,
        ["ok"]
    );
    measured(
        "A10",
        &format!(
            "SQLite: {} acknowledged, 0 lost, {} times 503; serves {serves:?} after enlarging",
            ledger.acknowledged.len(),
            ledger.told_to_come_back
        ),
    );
    drop((rows, embedded));
}
