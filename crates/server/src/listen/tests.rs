use std::convert::Infallible;

use axum::body::Bytes;
use axum::extract::ws::{Message, WebSocketUpgrade};
use axum::response::IntoResponse;
use axum::routing::{any, get};
use futures_util::{StreamExt, stream};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::task::JoinHandle;
use tokio_tungstenite::tungstenite;

use super::*;
use crate::router::{Edge, assemble};

/// Far longer than anything here takes: passing it means that something hangs.
const HANGS: Duration = Duration::from_secs(20);

const SHORT: Duration = Duration::from_millis(200);

pub(crate) struct Running {
    pub(crate) address: SocketAddr,
    pub(crate) lifecycle: Lifecycle,
    serving: JoinHandle<()>,
}

pub(crate) fn limits() -> Limits {
    Limits {
        max_connections: 64,
        head: SHORT,
        stalled: SHORT,
        grace: Duration::ZERO,
        drain: HANGS,
    }
}

pub(crate) fn edge() -> Edge {
    let config = config::Config::parse(b"", Default::default()).unwrap();
    Edge::new(
        &config.server,
        || "made-here".into(),
        || Box::pin(async { Vec::new() }),
        crate::telemetry::metrics().unwrap(),
        Lifecycle::default(),
    )
}

/// A real server on a free port, with the layers of every route.
pub(crate) async fn start(app: Router, streaming: Router, edge: Edge, limits: Limits) -> Running {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let lifecycle = edge.lifecycle.clone();
    let app = assemble(app, streaming, edge);
    let serving = tokio::spawn(serve(listener, app, limits, lifecycle.clone()));
    Running {
        address,
        lifecycle,
        serving,
    }
}

impl Running {
    pub(crate) async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).await.unwrap()
    }

    /// Sends one request and reads the answer to the end of the connection.
    pub(crate) async fn ask(&self, head: &str, body: &str) -> String {
        let mut stream = self.connect().await;
        let text = format!("{head}\r\nHost: a\r\nConnection: close\r\n\r\n{body}");
        stream.write_all(text.as_bytes()).await.unwrap();
        rest(&mut stream).await
    }

    async fn ended(self) {
        within(self.serving).await.unwrap();
    }
}

async fn within<F: Future>(future: F) -> F::Output {
    tokio::time::timeout(HANGS, future).await.expect("it hangs")
}

/// What a stream still says until it is closed; a reset is an end as well.
async fn rest(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    let _ = within(stream.read_to_end(&mut bytes)).await;
    String::from_utf8_lossy(&bytes).into_owned()
}

#[tokio::test]
async fn a_peer_that_never_finishes_a_head_is_closed() {
    let server = start(Router::new(), Router::new(), edge(), limits()).await;
    // Nothing; what could still become HTTP/2; a head without its end.
    for sent in [
        "",
        "P",
        "PRI * HTTP/2.0\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nX-Slow: ",
    ] {
        let mut stream = server.connect().await;
        stream.write_all(sent.as_bytes()).await.unwrap();
        let answer = rest(&mut stream).await;
        assert!(!answer.contains("200 OK"), "{sent:?} got {answer:?}");
    }
    assert!(
        server
            .ask("GET /healthz HTTP/1.1", "")
            .await
            .contains("200 OK")
    );
}

#[tokio::test]
async fn a_peer_that_takes_nothing_loses_its_place() {
    let endless = stream::repeat_with(|| Ok::<_, Infallible>(Bytes::from_static(&[0; 65536])));
    let endless = Router::new().route("/endless", get(async || Body::from_stream(endless)));
    let one = Limits {
        max_connections: 1,
        ..limits()
    };
    let server = start(Router::new(), endless, edge(), one).await;
    let mut deaf = server.connect().await;
    deaf.write_all(b"GET /endless HTTP/1.1\r\nHost: a\r\n\r\n")
        .await
        .unwrap();
    let answer = within(server.ask("GET /healthz HTTP/1.1", "")).await;
    assert!(answer.contains("200 OK"), "{answer}");
}

#[tokio::test]
async fn a_connection_beyond_the_cap_waits_for_a_place() {
    let one = Limits {
        max_connections: 1,
        head: HANGS,
        ..limits()
    };
    let server = start(Router::new(), Router::new(), edge(), one).await;
    let mut first = server.connect().await;
    first
        .write_all(b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
        .await
        .unwrap();
    first.readable().await.unwrap();
    let mut waiting = Box::pin(server.ask("GET /healthz HTTP/1.1", ""));
    assert!(
        tokio::time::timeout(SHORT, &mut waiting).await.is_err(),
        "served beyond the cap"
    );
    drop(first);
    assert!(within(waiting).await.contains("200 OK"));
}

#[tokio::test]
async fn http_2_is_spoken_without_tls() {
    let server = start(Router::new(), Router::new(), edge(), limits()).await;
    let mut stream = server.connect().await;
    stream
        .write_all(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")
        .await
        .unwrap();
    stream
        .write_all(&[0, 0, 0, 4, 0, 0, 0, 0, 0])
        .await
        .unwrap();
    let mut frame = [0; 9];
    within(stream.read_exact(&mut frame)).await.unwrap();
    assert_eq!(frame[3], 4, "the first frame is SETTINGS");
}

/// A socket that says goodbye when told to; `stubborn` ones do not listen.
fn sockets(lifecycle: Lifecycle, stubborn: bool) -> Router {
    let handler = async move |upgrade: WebSocketUpgrade| {
        upgrade.on_upgrade(async move |mut socket| {
            if stubborn {
                std::future::pending::<()>().await;
            }
            lifecycle.closing().cancelled().await;
            let _ = socket.send(Message::Close(None)).await;
        })
    };
    Router::new().route("/socket", any(handler))
}

#[tokio::test]
async fn draining_turns_readiness_then_closes_sockets_with_a_frame_and_ends() {
    let edge = edge();
    let sockets = sockets(edge.lifecycle.clone(), false);
    let graceful = Limits {
        grace: Duration::from_secs(1),
        head: HANGS * 10,
        ..limits()
    };
    let server = start(Router::new(), sockets, edge, graceful).await;
    let url = format!("ws://{}/socket", server.address);
    let (mut socket, _) = tokio_tungstenite::connect_async(url).await.unwrap();
    // An idle connection must not hold the end up either.
    let mut idle = server.connect().await;

    server.lifecycle.drain();
    let answer = server.ask("GET /readyz HTTP/1.1", "").await;
    assert!(
        answer.contains("503 Service Unavailable") && answer.contains("retry-after: 1"),
        "{answer}"
    );
    assert!(answer.contains(r#""draining":true"#), "{answer}");
    assert!(
        server
            .ask("GET /healthz HTTP/1.1", "")
            .await
            .contains("200 OK")
    );

    let last = within(socket.next()).await.unwrap().unwrap();
    assert!(matches!(last, tungstenite::Message::Close(_)), "{last:?}");
    drop(socket);
    assert_eq!(rest(&mut idle).await, "");
    let address = server.address;
    server.ended().await;
    assert!(
        TcpStream::connect(address).await.is_err(),
        "still listening"
    );
}

#[tokio::test]
async fn a_request_under_way_is_answered_while_draining() {
    let edge = edge();
    let lifecycle = edge.lifecycle.clone();
    let slow = async move || {
        lifecycle.drain();
        lifecycle.closing().cancelled().await;
        "finished".into_response()
    };
    let server = start(
        Router::new().route("/slow", get(slow)),
        Router::new(),
        edge,
        limits(),
    )
    .await;
    let answer = server.ask("GET /slow HTTP/1.1", "").await;
    assert!(answer.ends_with("finished"), "{answer}");
    server.ended().await;
}

#[tokio::test]
async fn a_socket_that_does_not_let_go_is_given_up() {
    let edge = edge();
    let sockets = sockets(edge.lifecycle.clone(), true);
    let hasty = Limits {
        drain: SHORT,
        ..limits()
    };
    let server = start(Router::new(), sockets, edge, hasty).await;
    let url = format!("ws://{}/socket", server.address);
    let (_socket, _) = tokio_tungstenite::connect_async(url).await.unwrap();
    server.lifecycle.drain();
    server.ended().await;
}
