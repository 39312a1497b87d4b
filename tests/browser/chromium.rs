//! One Chromium for all tests, spoken to by its own DevTools protocol.
//!
//! Each test has windows of its own in it, which share nothing with those of others: no cookie, no kept page.

use std::collections::HashMap;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::sync::{Notify, mpsc, oneshot};
use tokio_tungstenite::tungstenite::{Message, protocol::WebSocketConfig};

/// How long Chromium may take to start or to answer.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// How Chromium is told to stay by itself: no window, nothing fetched, no work put off while it is not looked at.
const OPTIONS: [&str; 15] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-breakpad",
    "--disable-dev-shm-usage",
    "--disable-background-timer-throttling",
    "--disable-backgrounding-occluded-windows",
    "--disable-renderer-backgrounding",
    "--hide-scrollbars",
    "--remote-debugging-port=0",
];

/// Where the browser of this run listens; started by the first who asks.
fn endpoint() -> &'static str {
    static ENDPOINT: OnceLock<String> = OnceLock::new();
    ENDPOINT.get_or_init(|| {
        let (told, heard) = std::sync::mpsc::channel();
        // The kernel ends it when the thread that started it ends: this one does with the tests, however they do.
        std::thread::spawn(move || {
            start(&told);
            loop {
                std::thread::park();
            }
        });
        heard.recv_timeout(PATIENCE).expect("Chromium starts")
    })
}

fn start(told: &std::sync::mpsc::Sender<String>) {
    let profile = tests::database::new_folder();
    let mut child = Command::new("setpriv")
        .args(["--pdeathsig", "KILL"])
        .arg(program())
        .args(OPTIONS)
        .arg(format!("--user-data-dir={}", profile.display()))
        .arg("about:blank")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("Chromium can be started");
    let stderr = child.stderr.take().expect("it is piped");
    let mut said = String::new();
    for line in BufReader::new(stderr).lines().map_while(Result::ok) {
        if let Some(endpoint) = line.strip_prefix("DevTools listening on ") {
            told.send(endpoint.to_owned()).expect("somebody waits");
        }
        if said.len() < 10_000 {
            said.push_str(&line);
            said.push('\n');
        }
    }
    let _ = child.wait();
    eprintln!("Chromium ended: {said}");
}

fn program() -> PathBuf {
    let path = std::env::var("PATH").unwrap_or_default();
    let mut folders = path.split(':').map(Path::new);
    let program = folders.find_map(|folder| {
        let programs = ["chromium", "chromium-browser", "google-chrome"];
        let mut programs = programs.iter().map(|name| folder.join(name));
        programs.find(|program| program.is_file())
    });
    program.expect("Chromium is installed: run bin/test")
}

/// A test's own line to the browser.
#[derive(Clone)]
pub struct Chromium {
    inner: Arc<Line>,
}

struct Line {
    send: mpsc::UnboundedSender<Message>,
    next: AtomicU64,
    waiting: Mutex<HashMap<u64, oneshot::Sender<Value>>>,
    sessions: Mutex<HashMap<String, Arc<Events>>>,
}

/// What happened in one tab, in order.
#[derive(Default)]
pub struct Events {
    seen: Mutex<Vec<(String, Value)>>,
    arrived: Notify,
}

impl Chromium {
    /// Connects to the browser of this run.
    pub async fn connect() -> Self {
        // Pictures of whole pages are longer than a message usually may be.
        let config = WebSocketConfig::default()
            .max_message_size(None)
            .max_frame_size(None);
        let endpoint = tokio::task::spawn_blocking(endpoint)
            .await
            .expect("Chromium");
        let connected =
            tokio_tungstenite::connect_async_with_config(endpoint, Some(config), true).await;
        let (mut write, mut read) = connected.expect("Chromium listens").0.split();
        let (send, mut outgoing) = mpsc::unbounded_channel();
        tokio::spawn(async move {
            while let Some(message) = outgoing.recv().await {
                if write.send(message).await.is_err() {
                    break;
                }
            }
        });
        let line = Arc::new(Line {
            send,
            next: AtomicU64::new(1),
            waiting: Mutex::default(),
            sessions: Mutex::default(),
        });
        let heard = Arc::downgrade(&line);
        tokio::spawn(async move {
            while let Some(Ok(message)) = read.next().await {
                let Some(line) = heard.upgrade() else { break };
                if let Ok(value) = serde_json::from_str(message.to_text().unwrap_or_default()) {
                    line.take(value);
                }
            }
        });
        Self { inner: line }
    }

    /// Asks the browser, or one of its tabs, to do something.
    ///
    /// # Errors
    ///
    /// What the browser answers when it will not.
    pub async fn ask(
        &self,
        session: Option<&str>,
        method: &str,
        params: Value,
    ) -> Result<Value, String> {
        let id = self.inner.next.fetch_add(1, Ordering::Relaxed);
        let (answer, answered) = oneshot::channel();
        lock(&self.inner.waiting).insert(id, answer);
        let mut message = json!({"id": id, "method": method, "params": params});
        if let Some(session) = session {
            message["sessionId"] = json!(session);
        }
        let sent = self.inner.send.send(Message::text(message.to_string()));
        sent.map_err(|_| "Chromium is gone".to_owned())?;
        let answered = tokio::time::timeout(PATIENCE, answered).await;
        let mut answer = answered
            .map_err(|_| format!("{method}: no answer after {PATIENCE:?}"))?
            .map_err(|_| format!("{method}: Chromium is gone"))?;
        match answer.get("error") {
            Some(error) => Err(format!("{method}: {error}")),
            None => Ok(answer["result"].take()),
        }
    }

    /// As [`ask`](Self::ask), of what must work.
    pub async fn must(&self, session: Option<&str>, method: &str, params: Value) -> Value {
        let answer = self.ask(session, method, params).await;
        answer.unwrap_or_else(|error| panic!("{error}"))
    }

    /// What happens in this tab from now on.
    pub fn events(&self, session: &str) -> Arc<Events> {
        let mut sessions = lock(&self.inner.sessions);
        Arc::clone(sessions.entry(session.to_owned()).or_default())
    }
}

impl Line {
    fn take(&self, mut message: Value) {
        if let Some(id) = message["id"].as_u64() {
            if let Some(waiting) = lock(&self.waiting).remove(&id) {
                // Whoever asked may have given up.
                let _ = waiting.send(message);
            }
            return;
        }
        let session = message["sessionId"].as_str().unwrap_or_default();
        let events = lock(&self.sessions).get(session).cloned();
        if let (Some(events), Some(method)) = (events, message["method"].as_str()) {
            let method = method.to_owned();
            lock(&events.seen).push((method, message["params"].take()));
            events.arrived.notify_waiters();
        }
    }
}

impl Events {
    /// How many there were so far.
    pub fn mark(&self) -> usize {
        lock(&self.seen).len()
    }

    /// Those of this kind since the mark.
    pub fn since(&self, mark: usize, method: &str) -> Vec<Value> {
        let seen = lock(&self.seen);
        let since = seen.iter().skip(mark).filter(|(name, _)| name == method);
        since.map(|(_, params)| params.clone()).collect()
    }

    /// Waits for one of this kind that passes, since the mark.
    pub async fn wait(
        &self,
        mark: usize,
        method: &str,
        passes: impl Fn(&Value) -> bool,
    ) -> Option<Value> {
        let found = async {
            loop {
                let arrived = self.arrived.notified();
                tokio::pin!(arrived);
                arrived.as_mut().enable();
                if let Some(event) = self.since(mark, method).into_iter().find(&passes) {
                    return event;
                }
                arrived.await;
            }
        };
        tokio::time::timeout(PATIENCE, found).await.ok()
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
