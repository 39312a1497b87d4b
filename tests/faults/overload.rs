//! Abuse and overload: C2, C3, C5, C8 and C9.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use futures_util::future::join_all;
use serde_json::json;
use tests::graphql::{Received, Socket};
use tests::{Client, Weather};
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpSocket, TcpStream};
use tokio::task::JoinSet;

use crate::cluster::Cluster;
use crate::probe::{Asking, ask, percentile, slowest};
use crate::wire::{Came, Wire};
use crate::{lasting, measured};

/// The node's open descriptors.
pub fn descriptors(cluster: &Cluster) -> usize {
    let node = cluster.nodes[0].as_ref().expect("the node runs");
    std::fs::read_dir(format!("/proc/{}/fd", node.id()))
        .expect("the node runs")
        .count()
}

fn address(cluster: &Cluster) -> String {
    cluster.base(0).trim_start_matches("http://").to_owned()
}

/// C2. One person asks for far more than their share: they are told when to come back, and others notice little.
#[tokio::test]
async fn c2_one_person_can_not_starve_others() {
    let cluster = Cluster::of(1, &[("SABAQTAS_GRAPHQL_COST_BUDGET", "60000")]).await;
    let greedy = cluster.wire(0, "teacher");
    let other = cluster.wire(0, "trainer");
    let document = "{ networks(first: 100) { nodes { id name { ru } partnerships(first: 20) { nodes { id } } } } }";
    let (throttled, answered, waits) = (
        AtomicUsize::new(0),
        AtomicUsize::new(0),
        AtomicUsize::new(0),
    );
    let begin = Instant::now();
    let lasting = lasting(6, 30);
    let crowd = join_all((0..16).map(async |_| {
        while begin.elapsed() < lasting {
            let answer = greedy.ask(document, json!({})).await;
            match answer.came {
                Came::Failed(429, _) => {
                    throttled.fetch_add(1, Ordering::Relaxed);
                    waits.fetch_add(usize::from(answer.retry_after.is_some()), Ordering::Relaxed);
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
                _ => _ = answered.fetch_add(1, Ordering::Relaxed),
            }
        }
    }));
    let calm = async {
        let mut asked = Vec::new();
        while begin.elapsed() < lasting {
            asked.push(ask(&other).await);
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        asked
    };
    let (_, asked) = tokio::join!(crowd, calm);
    let (throttled, answered) = (throttled.into_inner(), answered.into_inner());
    assert!(
        throttled > answered,
        "{throttled} of {} were throttled",
        throttled + answered
    );
    assert_eq!(waits.into_inner(), throttled, "429 without Retry-After");
    assert!(
        asked.iter().all(|one| one.well),
        "somebody else was refused: {:?}",
        asked.iter().find(|one| !one.well)
    );
    measured(
        "C2",
        &format!(
            "{answered} answered, {throttled} times 429; of {} by another person 0 refused, p95 {:?}",
            asked.len(),
            percentile(&asked, 95)
        ),
    );
}

/// C3. 500 send their head drop by drop, 200 their body, and 100 do not read what they asked for.
#[tokio::test]
async fn c3_slow_clients_are_dropped() {
    let cluster = Cluster::of(1, &[]).await;
    let wire = cluster.wire(0, "teacher");
    let mut before = Vec::new();
    for _ in 0..50 {
        before.push(ask(&wire).await);
    }
    let baseline = descriptors(&cluster);
    let mut slow = JoinSet::new();
    for n in 0..800 {
        let address = address(&cluster);
        slow.spawn(async move { be_slow(n, &address).await });
    }
    let (arriving, mut most) = (Instant::now(), 0);
    while most < baseline + 500 {
        assert!(
            arriving.elapsed() < Duration::from_secs(10),
            "the slow clients are not there: {most} descriptors after {baseline}"
        );
        tokio::time::sleep(Duration::from_millis(50)).await;
        most = most.max(descriptors(&cluster));
    }
    let begin = Instant::now();
    let mut during = Vec::new();
    while descriptors(&cluster) > baseline + 20 {
        assert!(
            begin.elapsed() < Duration::from_secs(30),
            "{} descriptors are still open, {baseline} before",
            descriptors(&cluster)
        );
        during.push(ask(&wire).await);
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let closed = begin.elapsed();
    slow.abort_all();
    assert!(
        during.iter().all(|one| one.well),
        "others were refused: {:?}",
        during.iter().find(|one| !one.well)
    );
    let (before, during) = (percentile(&before, 95), percentile(&during, 95));
    measured(
        "C3",
        &format!(
            "800 slow clients ({most} descriptors) gone after {closed:?}; others' p95 {before:?} before, {during:?} meanwhile"
        ),
    );
}

/// Holds a connection as long as it is let: the server has to end it.
async fn be_slow(n: usize, address: &str) {
    let socket = TcpSocket::new_v4().expect("a socket");
    if n >= 700 {
        socket.set_recv_buffer_size(4096).expect("a small buffer");
    }
    let address = address.parse().expect("an address");
    let mut stream: TcpStream = socket.connect(address).await.expect("the node listens");
    let head = "POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n";
    let drops = match n {
        0..500 => head.to_owned(),
        500..700 => format!("{head}content-length: 1000\r\n\r\n{{\"query\":\"{{ __typename }}\""),
        _ => {
            let whole = "GET /metrics HTTP/1.1\r\nhost: localhost\r\n\r\n";
            for _ in 0..20 {
                if stream.write_all(whole.as_bytes()).await.is_err() {
                    return;
                }
            }
            std::future::pending().await
        }
    };
    let (first, rest) = drops.split_at(if n < 500 { 10 } else { drops.len() - 5 });
    let mut wrote = stream.write_all(first.as_bytes()).await;
    for drop in rest.bytes().chain(std::iter::repeat(b' ')) {
        if wrote.is_err() {
            return;
        }
        tokio::time::sleep(Duration::from_secs(2)).await;
        wrote = stream.write_all(&[drop]).await;
    }
}

/// C5. PostgreSQL answers two seconds later than usual, and 200 ask.
#[tokio::test]
async fn c5_an_exhausted_pool_fails_fast() {
    let cluster = Cluster::of(2, &[]).await;
    let wires: Vec<_> = (0..2).map(|node| cluster.wire(node, "teacher")).collect();
    assert!(ask(&wires[0]).await.well && ask(&wires[1]).await.well);
    cluster
        .to_postgres
        .set(Weather::Slow(Duration::from_secs(2)));
    let asking = Asking::start(&wires, 200, Duration::from_millis(500));
    tokio::time::sleep(lasting(10, 30)).await;
    let rows = cluster.rows().await;
    let held = rows
        .number("SELECT count(*) FROM pg_stat_activity WHERE datname = 'sabaqtas'")
        .await;
    assert!(held < 100, "{held} connections");
    let asked = asking.finish().await;
    cluster.to_postgres.set(Weather::Fair);
    let healed = Instant::now();
    while !(ask(&wires[0]).await.well && ask(&wires[1]).await.well) {
        assert!(
            healed.elapsed() < Duration::from_secs(10),
            "it does not recover"
        );
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let normal = healed.elapsed();
    let other = asked.iter().find(|one| one.otherwise.is_some());
    assert!(other.is_none(), "neither an answer nor 503: {other:?}");
    let refused: Vec<_> = asked.iter().filter(|one| one.come_back).collect();
    assert!(
        refused.len() > 100,
        "the delay did not bite: {} times 503 of {}",
        refused.len(),
        asked.len()
    );
    let (p95, slowest) = (
        percentile(refused.iter().copied(), 95),
        slowest(refused.iter().copied()),
    );
    assert!(p95 <= Duration::from_secs(4), "503 took {p95:?}");
    assert!(
        slowest <= Duration::from_millis(7500),
        "503 took {slowest:?}"
    );
    measured(
        "C5",
        &format!(
            "{} of {} told to come back, p50 {:?}, p95 {p95:?}, longest {slowest:?}; {held} connections; normal {normal:?} after",
            refused.len(),
            asked.len(),
            percentile(refused.iter().copied(), 50)
        ),
    );
}

/// Says hello, and tells whether the socket was taken or with which code it was closed.
async fn greet(socket: &mut Socket, token: &str) -> Result<(), Option<u16>> {
    socket.send(json!({ "type": "connection_init", "payload": { "authorization": format!("Bearer {token}") } })).await;
    match socket.receive().await {
        Received::Message(_) => Ok(()),
        Received::Closed(code) => Err(code),
    }
}

/// C8. A thousand sockets of one person, a thousand that never say who they are, and one subscription too many.
#[tokio::test]
async fn c8_sockets_are_bounded() {
    let cluster = Cluster::of(1, &[]).await;
    let client = Client::new(&cluster.base(0));
    let token = &cluster.who("teacher").token;
    let mut silent = Vec::new();
    for _ in 0..100 {
        silent.extend(join_all((0..10).map(|_| client.connect())).await);
    }
    let silent_since = Instant::now();
    let (mut taken, mut closed) = (Vec::new(), 0);
    for _ in 0..100 {
        let sockets = join_all((0..10).map(async |_| {
            let mut socket = client.connect().await;
            let greeted = greet(&mut socket, token).await;
            (socket, greeted)
        }));
        for (socket, greeted) in sockets.await {
            match greeted {
                Ok(()) => taken.push(socket),
                Err(code) => {
                    assert_eq!(code, Some(4429));
                    closed += 1;
                }
            }
        }
    }
    assert_eq!((taken.len(), closed), (20, 980), "sockets of one person");
    // Fifty on the first, 450 more on eighteen others: those are one too many each time.
    for (at, socket) in taken.iter_mut().take(19).enumerate() {
        for n in 0..if at == 0 { 50 } else { 25 } {
            let subscribe = json!({ "id": n.to_string(), "type": "subscribe",
                "payload": { "query": "subscription { notificationReceived { cursor } }" } });
            socket.send(subscribe).await;
        }
        // All fifty are in before the next one asks.
        if at == 0 {
            socket.send(json!({ "type": "ping" })).await;
            assert_eq!(
                socket.receive().await,
                Received::Message(json!({ "type": "pong" }))
            );
        }
    }
    for socket in taken.iter_mut().take(19).skip(1) {
        let ended = loop {
            match socket.receive().await {
                Received::Message(message) => assert_ne!(message["type"], "error", "{message}"),
                Received::Closed(code) => break code,
            }
        };
        assert_eq!(ended, Some(4429), "a subscription beyond the fiftieth");
    }
    taken[0].send(json!({ "type": "ping" })).await;
    assert_eq!(
        taken[0].receive().await,
        Received::Message(json!({ "type": "pong" }))
    );
    for mut socket in silent {
        assert_eq!(
            socket.receive().await,
            Received::Closed(Some(4408)),
            "a silent socket"
        );
    }
    let silent_for = silent_since.elapsed();
    assert!(
        silent_for < Duration::from_secs(40),
        "silent sockets were open for {silent_for:?}"
    );
    assert!(ask(&cluster.wire(0, "trainer")).await.well);
    measured(
        "C8",
        &format!(
            "of 1000 sockets of one person 20 were taken; of 500 subscriptions 50, the others closed their sockets; \
        1000 silent sockets closed, the last {silent_for:?} after it was opened"
        ),
    );
}

/// C9. Three nodes are replaced one after the other at 80 requests a second (100 in the long run), with sockets and
/// streams of events open.
#[tokio::test]
async fn c9_deploys_are_invisible() {
    let mut cluster = Cluster::of(3, &[]).await;
    let bases: Vec<_> = (0..3).map(|node| cluster.base(node)).collect();
    let ready: Arc<Vec<AtomicBool>> = Arc::new((0..3).map(|_| AtomicBool::new(true)).collect());
    // What a balancer does: asks each node five times a second whether it is ready.
    let mut looking = JoinSet::new();
    for (node, base) in bases.iter().enumerate() {
        let (wire, ready) = (Wire::to(base), ready.clone());
        looking.spawn(async move {
            loop {
                let is = wire.status("/readyz").await == Some(200);
                ready[node].store(is, Ordering::Relaxed);
                tokio::time::sleep(Duration::from_millis(200)).await;
            }
        });
    }
    let stop = Arc::new(AtomicBool::new(false));
    let requests = tokio::spawn(send(bases.clone(), ready.clone(), stop.clone()));
    let mut exits = Duration::ZERO;
    let mut goodbyes = 0;
    for (node, base) in bases.iter().enumerate() {
        let client = Client::new(base).signed_in(&cluster.who("trainer").token);
        let subscription = "subscription { notificationReceived { cursor } }";
        let mut sockets = Vec::new();
        for _ in 0..3 {
            sockets.push(client.ws(subscription, json!({})).await);
        }
        let mut events = client.sse(subscription, json!({})).await;
        let mut old = cluster.nodes[node].take().expect("the node runs");
        old.terminate();
        let told = Instant::now();
        for socket in &mut sockets {
            let code = loop {
                if let Received::Closed(code) = socket.receive().await {
                    break code;
                }
            };
            assert_eq!(code, Some(1001), "a socket's goodbye");
            goodbyes += 1;
        }
        while events.receive().await.is_some() {}
        drop(sockets);
        assert!(old.ended().await.success(), "the node did not end well");
        exits = exits.max(told.elapsed());
        cluster.start(node).await;
        while !ready[node].load(Ordering::Relaxed) {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
    tokio::time::sleep(lasting(2, 30)).await;
    stop.store(true, Ordering::Relaxed);
    let (sent, failed) = requests.await.expect("the requests are sent");
    assert!(
        exits <= Duration::from_secs(30),
        "a node took {exits:?} to end"
    );
    assert!(
        failed.is_empty(),
        "{} of {sent} failed: {:?}",
        failed.len(),
        &failed[..failed.len().min(5)]
    );
    assert!(sent >= REQUESTS, "{sent} requests only");
    measured(
        "C9",
        &format!(
            "{sent} requests, 0 failed; {goodbyes} sockets got a close frame; slowest exit {exits:?}"
        ),
    );
}

/// How many requests are sent while nodes are replaced, at least.
const REQUESTS: usize = 6000;

/// Eighty a second, a hundred in the long run, each to a node that is ready.
async fn send(
    bases: Vec<String>,
    ready: Arc<Vec<AtomicBool>>,
    stop: Arc<AtomicBool>,
) -> (usize, Vec<String>) {
    let wires: Vec<_> = bases.iter().map(|base| Wire::to(base)).collect();
    let mut tick = tokio::time::interval(lasting(12, 10) / 1000);
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut open = JoinSet::new();
    let mut sent = 0;
    while sent < REQUESTS || !stop.load(Ordering::Relaxed) {
        tick.tick().await;
        let node = (0..3)
            .map(|n| (sent + n) % 3)
            .find(|node| ready[*node].load(Ordering::Relaxed));
        let wire = wires[node.expect("a node is ready")].clone();
        sent += 1;
        open.spawn(async move {
            wire.ask("{ networks(first: 1) { nodes { id } } }", json!({}))
                .await
        });
    }
    let mut failed = Vec::new();
    while let Some(answer) = open.join_next().await {
        match answer.expect("a request does not panic").came {
            Came::Data(_) => {}
            other => failed.push(format!("{other:?}")),
        }
    }
    (sent, failed)
}
