//! The load: so many connections, each sending its next request when the last was answered, for a bounded time.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use http_body_util::{BodyExt, Full};
use hyper::Response;
use hyper::body::Bytes;
use hyper::client::conn::http1;
use hyper::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HOST};
use hyper::{Method, Request};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

/// What is asked of whom.
#[derive(Clone)]
pub struct Target {
    /// Ports of the loopback; connections take them in turn.
    pub ports: Vec<u16>,
    /// `/graphql`, or a page.
    pub path: String,
    /// `Bearer …`, if any.
    pub authorization: Option<String>,
    /// The bodies, in turn; an empty one is a page that is read.
    pub bodies: Arc<Vec<String>>,
    /// What each good answer contains.
    pub good: &'static str,
    /// Where in the bodies the next run begins.
    pub next: Arc<AtomicUsize>,
    /// Whether each body works once, so that a run ends with the last.
    pub once_each: bool,
}

/// What a run took.
#[derive(Default, Clone)]
pub struct Run {
    /// In seconds, unsorted.
    pub took: Vec<f64>,
    /// How long it lasted.
    pub seconds: f64,
}

/// A connection on which requests are sent.
pub type Wire = http1::SendRequest<Full<Bytes>>;

/// Whose turn it is among ports.
static TURN: AtomicUsize = AtomicUsize::new(0);

impl Target {
    pub async fn connect(&self) -> anyhow::Result<Wire> {
        let turn = TURN.fetch_add(1, Ordering::Relaxed) % self.ports.len();
        let stream = TcpStream::connect(("127.0.0.1", self.ports[turn])).await?;
        stream.set_nodelay(true)?;
        let (sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
        tokio::spawn(connection);
        Ok(sender)
    }

    /// The next answer; none when each body was sent that works once.
    pub async fn send(&self, on: &mut Wire) -> anyhow::Result<Option<Response<Bytes>>> {
        let at = self.next.fetch_add(1, Ordering::Relaxed);
        if self.once_each && at >= self.bodies.len() {
            return Ok(None);
        }
        let at = at % self.bodies.len();
        let body = &self.bodies[at];
        let method = if body.is_empty() {
            Method::GET
        } else {
            Method::POST
        };
        let mut request = Request::builder()
            .method(method)
            .uri(&self.path)
            .header(HOST, "127.0.0.1")
            .header(CONTENT_TYPE, "application/json")
            .header(ACCEPT, "application/json");
        if let Some(authorization) = &self.authorization {
            request = request.header(AUTHORIZATION, authorization);
        }
        let request = request.body(Full::new(Bytes::from(body.clone())))?;
        on.ready().await?;
        let (head, body) = on.send_request(request).await?.into_parts();
        let body = body.collect().await?.to_bytes();
        Ok(Some(Response::from_parts(head, body)))
    }

    /// Whether this is an answer to what was asked.
    pub fn is_good(&self, answer: &[u8]) -> bool {
        let good = self.good.as_bytes();
        answer.windows(good.len()).any(|part| part == good)
    }

    /// One answer, which must be good.
    pub async fn once(&self) -> anyhow::Result<String> {
        let mut on = self.connect().await?;
        let answer = self.send(&mut on).await?.context("nothing left to send")?;
        let answer = String::from_utf8(answer.into_body().to_vec())?;
        if !answer.contains(self.good) || answer.contains("\"errors\":") {
            bail!("{:?} answered {answer}", self.ports);
        }
        Ok(answer)
    }

    /// One connection of a run: how long each answer took.
    async fn one(self, began: Instant, lasts: Duration) -> anyhow::Result<Vec<f64>> {
        let mut on = self.connect().await?;
        let mut took = Vec::new();
        while began.elapsed() < lasts {
            let sent = Instant::now();
            let Some(answer) = self.send(&mut on).await? else {
                break;
            };
            took.push(sent.elapsed().as_secs_f64());
            if !self.is_good(answer.body()) {
                bail!("{}", String::from_utf8_lossy(answer.body()));
            }
        }
        Ok(took)
    }

    /// Loads it; every answer must be good.
    pub async fn run(&self, connections: usize, lasts: Duration) -> anyhow::Result<Run> {
        if self.once_each {
            self.next.store(0, Ordering::Relaxed);
        }
        let began = Instant::now();
        let tasks: Vec<_> = (0..connections)
            .map(|_| tokio::spawn(self.clone().one(began, lasts)))
            .collect();
        let mut run = Run::default();
        for task in tasks {
            let took = task
                .await?
                .with_context(|| format!("ports {:?}", self.ports))?;
            run.took.extend(took);
        }
        run.seconds = began.elapsed().as_secs_f64();
        Ok(run)
    }
}

impl Run {
    /// The run with another one added.
    pub fn and(&mut self, other: Self) {
        self.took.extend(other.took);
        self.seconds += other.seconds;
    }

    /// Requests a second.
    pub fn rate(&self) -> f64 {
        self.took.len() as f64 / self.seconds
    }

    /// A percentile in milliseconds.
    pub fn percentile(&self, share: f64) -> f64 {
        let mut took = self.took.clone();
        took.sort_by(f64::total_cmp);
        let at = (took.len() as f64 * share) as usize;
        took.get(at.min(took.len().saturating_sub(1)))
            .copied()
            .unwrap_or(0.0)
            * 1000.0
    }
}
