//! Sockets whose client reads nothing while much is sent to it: the end of C8.

use std::time::{Duration, Instant};

use futures_util::{SinkExt, StreamExt};
use serde_json::json;
use tokio::net::{TcpSocket, TcpStream};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::{Message, client::IntoClientRequest};

use crate::announce::memory;
use crate::cluster::{Cluster, INVITED};
use crate::ledger::Writing;
use crate::measured;
use crate::overload::descriptors;
use crate::probe::ask;

/// How many sockets of one person there may be.
const SOCKETS: usize = 20;
/// How many events come to each.
const EVENTS: usize = 500;
/// What a socket may hold of what was not read, in megabytes.
const EACH: u64 = 1;
/// What the node may need besides for what it does meanwhile.
const BESIDES: u64 = 40;

type Deaf = WebSocketStream<TcpStream>;

/// Follows an inbox, each notice with its sentence forty times, through a window as small as the system allows.
async fn follow(cluster: &Cluster, token: &str) -> Deaf {
    let base = cluster.base(0);
    let address = base.trim_start_matches("http://");
    let socket = TcpSocket::new_v4().expect("a socket");
    socket.set_recv_buffer_size(4096).expect("a small buffer");
    let stream = socket.connect(address.parse().expect("an address")).await;
    let mut request = format!("ws://{address}/graphql/ws")
        .into_client_request()
        .expect("an address");
    let protocol = "graphql-transport-ws".parse().expect("a value");
    request
        .headers_mut()
        .insert("sec-websocket-protocol", protocol);
    let stream = stream.expect("the node listens");
    let (mut socket, _) = tokio_tungstenite::client_async(request, stream)
        .await
        .expect("a socket");
    let titles: String = (0..40).map(|n| format!("t{n}: title ")).collect();
    let query =
        format!("subscription {{ notificationReceived {{ notification {{ {titles} }} }} }}");
    let said = [
        json!({ "type": "connection_init", "payload": { "authorization": format!("Bearer {token}") } }),
        json!({ "id": "1", "type": "subscribe", "payload": { "query": query } }),
    ];
    for message in said {
        let said = socket.send(Message::text(message.to_string())).await;
        said.expect("the node listens");
    }
    let ack = socket.next().await.expect("an answer").expect("an answer");
    assert!(ack.to_string().contains("connection_ack"), "{ack}");
    socket
}

/// How many events came to a socket before its end, and how many bytes these had.
async fn came(mut socket: Deaf) -> (usize, usize) {
    let (mut events, mut bytes) = (0, 0);
    while let Ok(Some(Ok(message))) =
        tokio::time::timeout(Duration::from_secs(5), socket.next()).await
    {
        events += usize::from(message.is_text());
        bytes += message.len();
    }
    (events, bytes)
}

/// C8. Twenty sockets each of two people follow their inboxes and read nothing, while hundreds of notices arrive.
#[tokio::test]
async fn c8_what_nobody_reads_is_bounded() {
    let budget = [
        ("SABAQTAS_GRAPHQL_COST_BUDGET", "100000000"),
        ("SABAQTAS_GRAPHQL_COST_PER_SECOND", "100000000"),
    ];
    let cluster = Cluster::of(1, &budget).await;
    let wire = cluster.wire(0, "teacher");
    assert!(ask(&wire).await.well);
    // Once as busy as it will be: its connections to the database are part of what it has open.
    let writing = Writing::start(&cluster, 0, Duration::ZERO).await;
    writing.reach(16, Duration::from_secs(60)).await;
    drop(writing.finish().await);
    let baseline = descriptors(&cluster);
    let mut deaf = Vec::new();
    for who in INVITED {
        for _ in 0..SOCKETS {
            deaf.push(follow(&cluster, &cluster.who(who).token).await);
        }
    }
    let (before, begin) = (memory(&cluster), Instant::now());
    let mut most = before;
    let writing = Writing::start(&cluster, 1000, Duration::ZERO).await;
    while writing.count() < EVENTS {
        assert!(
            begin.elapsed() < Duration::from_secs(120),
            "{} of {EVENTS} written",
            writing.count()
        );
        most = most.max(memory(&cluster));
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    // Whoever does not take a message within ten seconds is dropped.
    while descriptors(&cluster) > baseline + SOCKETS {
        assert!(
            begin.elapsed() < Duration::from_secs(180),
            "{} descriptors are still open, {baseline} before",
            descriptors(&cluster)
        );
        most = most.max(memory(&cluster));
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    let dropped = begin.elapsed();
    assert!(ask(&wire).await.well, "somebody else is not answered");
    drop(writing.finish().await);
    let sockets = deaf.len() as u64;
    let (mut sent, mut fewest) = (0, usize::MAX);
    for socket in deaf {
        let (events, bytes) = came(socket).await;
        assert!(events < EVENTS, "a socket that did not read got everything");
        (sent, fewest) = (sent + bytes, fewest.min(events));
    }
    assert!(fewest > 0, "nothing was sent: the fault did not bite");
    let grown = most - before;
    assert!(
        grown <= sockets * EACH + BESIDES,
        "{sockets} sockets hold {grown} MB"
    );
    measured(
        "C8",
        &format!(
            "{sockets} sockets that did not read, {EVENTS} notices each: the node grew by {grown} MB at the most, \
             {} kB each were under way, all were dropped {dropped:?} after the first notice",
            sent / 1024 / sockets as usize
        ),
    );
}
