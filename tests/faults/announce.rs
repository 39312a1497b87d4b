//! Something is announced to many: C10. Nobody else waits, and nothing is lost or doubled when the power fails on the way.

use std::time::{Duration, Instant};

use serde_json::json;

use crate::cluster::Cluster;
use crate::ledger::{Writing, inboxes, settled};
use crate::wire::Came;
use crate::{lasting, measured};

const PUBLISH: &str =
    "mutation($input: AnnouncementPublishInput!) { announcementPublish(input: $input) {
    announcement { id } userErrors { code } } }";

/// How much memory the nodes hold that run, in megabytes.
pub fn memory(cluster: &Cluster) -> u64 {
    let running = cluster.nodes.iter().flatten();
    let each = running.map(|node| {
        let status = std::fs::read_to_string(format!("/proc/{}/status", node.id()));
        let status = status.unwrap_or_default();
        let line = status.lines().find(|line| line.starts_with("VmRSS:"));
        let kilobytes = line.and_then(|line| line.split_whitespace().nth(1)?.parse::<u64>().ok());
        kilobytes.unwrap_or_default() / 1024
    });
    each.max().unwrap_or_default()
}

/// C10. An announcement to 20,000 persons (300,000 in the long run) while schools invite each other; all nodes are killed
/// on the way.
#[tokio::test]
async fn c10_an_announcement_does_not_block() {
    let mut cluster = Cluster::of(2, &[]).await;
    let rows = cluster.rows().await;
    let many = lasting(20, 300).as_secs() * 1000;
    rows.run(&format!(
        "INSERT INTO person (id, name, sort_name, language, state, version, created_at)
         SELECT CAST('019c0000-0000-7000-8000-' || lpad(to_hex(n), 12, '0') AS uuid), 'Айгүл', 'aigul', 'kk', 'active', 1, now()
         FROM generate_series(1, {many}) AS n"
    ))
    .await;
    let writing = Writing::start(&cluster, 0, Duration::from_millis(300)).await;
    writing.reach(16, Duration::from_secs(60)).await;
    let before = memory(&cluster);
    let words = |word: &str| json!({"kk": word, "ru": word, "en": word});
    let input = json!({"input": {"audience": {"everybody": true}, "title": words("Жиналыс"), "text": words("Бейсенбіде"),
        "idempotencyKey": "c10"}});
    let answer = cluster.wire(0, "admin").ask(PUBLISH, input).await;
    assert!(matches!(answer.came, Came::Data(_)), "{answer:?}");
    assert!(
        answer.took < Duration::from_secs(2),
        "the answer took {:?}",
        answer.took
    );
    let told = "SELECT count(*) FROM notification AS n JOIN outbox AS o ON o.id = n.fact_id WHERE o.action = 'announcement.publish'";
    let begin = Instant::now();
    let mut most = before;
    let mut reached = 0;
    while reached < 2000 {
        assert!(begin.elapsed() < Duration::from_secs(60), "{reached} told");
        tokio::time::sleep(Duration::from_millis(50)).await;
        reached = rows.number(told).await;
        most = most.max(memory(&cluster));
    }
    cluster.kill(0);
    cluster.kill(1);
    let at_the_kill = rows.number(told).await;
    assert!(
        at_the_kill < i64::try_from(many).expect("fits"),
        "the kill did not bite: all were told before"
    );
    cluster.start(0).await;
    cluster.start(1).await;
    let everybody = rows
        .number("SELECT count(*) - 1 FROM person WHERE state = 'active'")
        .await;
    while reached < everybody {
        assert!(
            begin.elapsed() < Duration::from_secs(120 + many / 200),
            "{reached} of {everybody} told"
        );
        tokio::time::sleep(Duration::from_millis(250)).await;
        reached = rows.number(told).await;
        most = most.max(memory(&cluster));
    }
    let took = begin.elapsed();
    let ledger = writing.finish().await;
    settled(&rows, Duration::from_secs(60)).await;
    assert_eq!(
        rows.number(told).await,
        everybody,
        "everybody but its author, once"
    );
    let counted = "SELECT count(*) FROM inbox AS i WHERE i.unread <> (SELECT count(*) FROM notification AS n WHERE n.person_id = i.person_id)";
    assert_eq!(rows.number(counted).await, 0, "unread counts");
    ledger.compare(&rows).await;
    inboxes(&rows).await;
    let others = rows
        .number("SELECT CAST(1000 * percentile_cont(0.95) WITHIN GROUP (ORDER BY extract(epoch FROM n.created_at - o.at)) AS bigint)
                 FROM outbox AS o JOIN notification AS n ON n.fact_id = o.id WHERE o.action = 'partnership.invite'")
        .await;
    assert!(
        others <= 7500,
        "other notices took {others} ms at the 95th percentile"
    );
    assert!(
        most.saturating_sub(before) <= 100,
        "from {before} to {most} MB"
    );
    measured(
        "C10",
        &format!(
            "answered in {:?}; {everybody} told in {took:?}, all nodes killed after {at_the_kill}; other notices' p95 {others} ms; \
             {} acknowledged, 0 lost; memory from {before} to {most} MB",
            answer.took,
            ledger.acknowledged.len()
        ),
    );
}
