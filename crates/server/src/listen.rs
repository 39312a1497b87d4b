//! The accept loop: hyper under axum, with a cap on connections, deadlines for peers that stall,
//! and a drain that lets requests finish and sockets say goodbye.

mod connection;
#[cfg(test)]
pub(crate) mod tests;

use std::io::{self, Write};
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::Request;
use futures_util::FutureExt;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use tokio::net::{TcpListener, TcpStream};
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tower::ServiceExt;

use self::connection::Connection;
use crate::config;

/// Pause after `accept` failed, as it does when descriptors run out.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// How far a node is on its way down. Clones share the state.
#[derive(Clone, Debug, Default)]
pub struct Lifecycle {
    draining: CancellationToken,
    closing: CancellationToken,
}

impl Lifecycle {
    /// Begins the end: readiness turns false, and after the grace [`serve`] stops accepting.
    pub fn drain(&self) {
        self.draining.cancel();
    }

    /// Has the end begun?
    pub fn is_draining(&self) -> bool {
        self.draining.is_cancelled()
    }

    /// Cancelled when nothing new is accepted any more: every socket and stream of events then
    /// says goodbye and ends.
    pub fn closing(&self) -> &CancellationToken {
        &self.closing
    }
}

/// What a connection may cost us.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Connections at most, sockets included; more wait in the system's queue.
    pub max_connections: usize,
    /// Longest between connecting, or the end of an answer, and the last byte of a request's head;
    /// half of it for the very first bytes.
    pub head: Duration,
    /// Longest a peer may refuse to take a byte of what we send.
    pub stalled: Duration,
    /// How long connections are still accepted while draining.
    pub grace: Duration,
    /// Longest from [`Lifecycle::drain`] to the end, grace included.
    pub drain: Duration,
}

impl From<&config::Server> for Limits {
    fn from(server: &config::Server) -> Self {
        Limits {
            max_connections: server.max_connections,
            head: Duration::from_secs(10),
            stalled: Duration::from_secs(10),
            grace: server.grace,
            drain: server.drain,
        }
    }
}

/// Prints the one line that scripts wait for: `listening on http://ADDR:PORT`.
pub fn announce(bound: SocketAddr) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    writeln!(stdout, "listening on http://{bound}")?;
    stdout.flush()
}

/// From now on SIGTERM and SIGINT drain, and a second one ends the process at once. Before this
/// call, while the node still starts, they end it as they do any program.
pub fn drain_on_signal(lifecycle: Lifecycle) -> io::Result<()> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    tokio::spawn(async move {
        let mut next =
            async || tokio::select! { _ = terminate.recv() => (), _ = interrupt.recv() => () };
        next().await;
        tracing::info!("draining: a second signal ends at once");
        lifecycle.drain();
        next().await;
        std::process::exit(1);
    });
    Ok(())
}

/// Serves `app` until the lifecycle drains and every connection has ended or the deadline passed.
///
/// Each request carries its peer as `ConnectInfo<SocketAddr>`.
pub async fn serve(listener: TcpListener, app: Router, limits: Limits, lifecycle: Lifecycle) {
    let server = Server {
        app,
        limits,
        http: http(limits),
        connections: TaskTracker::new(),
        closing: lifecycle.closing.clone(),
    };
    let places = Arc::new(Semaphore::new(limits.max_connections));
    let mut stop = pin!(async {
        lifecycle.draining.cancelled().await;
        tokio::time::sleep(limits.grace).await;
    });
    loop {
        let accepted = async {
            let place = Arc::clone(&places).acquire_owned().await;
            (listener.accept().await, place)
        };
        let (accepted, place) = tokio::select! {
            accepted = accepted => accepted,
            () = &mut stop => break,
        };
        match (accepted, place) {
            (Ok((stream, peer)), Ok(place)) => server.start(stream, peer, place),
            (Err(error), _) => {
                tracing::warn!(%error, "accept");
                tokio::time::sleep(ACCEPT_PAUSE).await;
            }
            (_, Err(_closed)) => break,
        }
    }
    // What the system accepted for us meanwhile would be reset: take it along.
    while let Ok(place) = Arc::clone(&places).try_acquire_owned()
        && let Some(Ok((stream, peer))) = listener.accept().now_or_never()
    {
        server.start(stream, peer, place);
    }
    drop(listener);
    server.finish().await;
}

fn http(limits: Limits) -> auto::Builder<TokioExecutor> {
    let mut http = auto::Builder::new(TokioExecutor::new());
    http.http1()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.head);
    http.http2()
        .timer(TokioTimer::new())
        .max_concurrent_streams(128)
        .keep_alive_interval(limits.head)
        .keep_alive_timeout(limits.head / 2);
    http
}

struct Server {
    app: Router,
    limits: Limits,
    http: auto::Builder<TokioExecutor>,
    connections: TaskTracker,
    closing: CancellationToken,
}

impl Server {
    fn start(&self, stream: TcpStream, peer: SocketAddr, place: OwnedSemaphorePermit) {
        // Answers are small and written whole.
        let _ = stream.set_nodelay(true);
        // The place and the token live in the connection itself, so they also cover what comes
        // after an upgrade, when hyper's task has long ended.
        let stream = Connection::new(stream, self.limits, place, self.connections.token());
        let app = self.app.clone();
        let service = service_fn(move |request: Request<Incoming>| {
            let mut request = request.map(Body::new);
            request.extensions_mut().insert(ConnectInfo(peer));
            app.clone().oneshot(request)
        });
        let http = self.http.clone();
        let closing = self.closing.clone();
        tokio::spawn(async move {
            let mut serving =
                pin!(http.serve_connection_with_upgrades(TokioIo::new(stream), service));
            let served = tokio::select! {
                served = serving.as_mut() => served,
                () = closing.cancelled() => {
                    serving.as_mut().graceful_shutdown();
                    serving.await
                }
            };
            if let Err(error) = served {
                tracing::debug!(%error, "connection");
            }
        });
    }

    async fn finish(self) {
        self.closing.cancel();
        self.connections.close();
        let left = self.limits.drain.saturating_sub(self.limits.grace);
        match tokio::time::timeout(left, self.connections.wait()).await {
            Ok(()) => tracing::info!("drained"),
            Err(_) => tracing::warn!(
                connections = self.connections.len(),
                "not drained in time: giving up"
            ),
        }
    }
}
