//! Somebody who keeps asking, and writes down when and how each question was answered.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::task::JoinSet;

use crate::wire::{Came, Wire};

/// A question for which the database is needed, as whoever asks.
pub const QUESTION: &str = "{ viewer { person { id } } networks(first: 5) { nodes { id } } }";

/// One answer.
#[derive(Debug)]
pub struct Asked {
    /// When it was asked.
    pub at: Instant,
    /// How long the answer took.
    pub took: Duration,
    /// Whether it was what was asked for.
    pub well: bool,
    /// Whether it was 503 with `Retry-After`.
    pub come_back: bool,
    /// What else it was.
    pub otherwise: Option<String>,
}

/// Several who keep asking until they are told to stop.
pub struct Asking {
    stop: Arc<AtomicBool>,
    asked: Arc<Mutex<Vec<Asked>>>,
    askers: JoinSet<()>,
}

impl Asking {
    /// So many ask over these wires, each this long after the answer before.
    pub fn start(wires: &[Wire], many: usize, pause: Duration) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let asked = Arc::<Mutex<Vec<Asked>>>::default();
        let mut askers = JoinSet::new();
        for n in 0..many {
            let (wire, stop, asked) = (wires[n % wires.len()].clone(), stop.clone(), asked.clone());
            askers.spawn(async move {
                while !stop.load(Ordering::Relaxed) {
                    let one = ask(&wire).await;
                    asked
                        .lock()
                        .unwrap_or_else(PoisonError::into_inner)
                        .push(one);
                    tokio::time::sleep(pause).await;
                }
            });
        }
        Self {
            stop,
            asked,
            askers,
        }
    }

    /// The end.
    pub async fn finish(mut self) -> Vec<Asked> {
        self.stop.store(true, Ordering::Relaxed);
        while let Some(ended) = self.askers.join_next().await {
            ended.expect("an asker does not panic");
        }
        std::mem::take(&mut *self.asked.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Asks once.
pub async fn ask(wire: &Wire) -> Asked {
    let at = Instant::now();
    let answer = wire.ask(QUESTION, serde_json::json!({})).await;
    let (well, come_back) = (matches!(answer.came, Came::Data(_)), answer.is_come_back());
    Asked {
        at,
        took: answer.took,
        well,
        come_back,
        otherwise: (!well && !come_back).then(|| format!("{:?}", answer.came)),
    }
}

/// The longest time of these.
pub fn slowest<'a>(asked: impl IntoIterator<Item = &'a Asked>) -> Duration {
    asked
        .into_iter()
        .map(|one| one.took)
        .max()
        .unwrap_or_default()
}

/// The time under which this share of a hundred stayed.
pub fn percentile<'a>(asked: impl IntoIterator<Item = &'a Asked>, hundredths: usize) -> Duration {
    let mut times: Vec<_> = asked.into_iter().map(|one| one.took).collect();
    times.sort_unstable();
    let at = (times.len() * hundredths / 100).min(times.len().saturating_sub(1));
    times.get(at).copied().unwrap_or_default()
}
