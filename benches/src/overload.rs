//! What becomes of the server when far more is asked of it than it can answer: promise C6.
//!
//! Requests come at a fixed rate, whether earlier ones were answered or not, as they do from people who know nothing of
//! each other. Each has a connection of its own while it waits; when all are taken, it is not sent, and counted.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use hyper::StatusCode;
use hyper::header::RETRY_AFTER;
use tokio::task::JoinSet;

use crate::contenders::Contender;
use crate::load::{Target, Wire};
use crate::number;

/// The school page, the network page, the inbox, the page deep in a long list: what is read most.
const ASKED: [usize; 4] = [0, 1, 2, 4];
/// How many times the capacity is asked for.
const TIMES: [u64; 2] = [2, 10];
/// How many wait at the most: fewer than the server takes connections.
const WAITING: usize = 3000;
/// Connections that measure what it can do.
const FULL: usize = 32;

/// What was answered.
#[derive(Default)]
struct Answers {
    /// In seconds, from when it was due.
    good: Vec<f64>,
    /// 503 that say when to come back.
    later: Vec<f64>,
    /// Any other answer, or none.
    wrong: usize,
    /// What the first of them was.
    first: Option<String>,
    /// What could not be sent, for so many wait already.
    unsent: usize,
}

/// Prints a table.
pub async fn measure(server: &Contender) -> anyhow::Result<()> {
    let lasts = Duration::from_secs(number("BENCH_OVERLOAD_SECONDS", 60));
    let targets: Vec<&Target> = ASKED.iter().map(|at| server.target(*at)).collect();
    let peak = capacity(&targets).await?;
    println!(
        "| asked for | seconds | asked / s | answered / s | of the peak | 503 / s | other | not sent | answered: p50 / p95 / p99 ms | 503: p50 / p95 / p99 ms | normal again |"
    );
    println!("|---|---|---|---|---|---|---|---|---|---|---|");
    println!("| all it can, {FULL} connections | | | {peak:.0} | 100 % | | | | | | |");
    for times in TIMES {
        let calm = calm(targets[0], 50).await?;
        let rate = peak * times as f64;
        let mut answers = offer(&targets, rate, lasts).await;
        let normal = recovered(targets[0], calm).await?;
        let seconds = lasts.as_secs_f64();
        println!(
            "| {times} times the peak | {seconds:.0} | {rate:.0} | {:.0} | {:.0} % | {:.0} | {} | {:.0} / s | {} | {} | after {:.1} s |",
            answers.good.len() as f64 / seconds,
            answers.good.len() as f64 / seconds / peak * 100.0,
            answers.later.len() as f64 / seconds,
            answers.wrong,
            answers.unsent as f64 / seconds,
            percentiles(&mut answers.good),
            percentiles(&mut answers.later),
            normal.as_secs_f64(),
        );
        if let Some(first) = answers.first {
            println!("\nThe first that was neither: {first}\n");
        }
    }
    println!(
        "\nPromised at twice the capacity: 80 % of the peak answered, 95 of 100 of these within a second, normal after 10 s."
    );
    Ok(())
}

/// Answers a second when whoever has one asks for the next.
async fn capacity(targets: &[&Target]) -> anyhow::Result<f64> {
    let mut runs = JoinSet::new();
    for (at, target) in targets.iter().enumerate() {
        let target = (*target).clone();
        let connections = FULL / targets.len() + usize::from(at < FULL % targets.len());
        runs.spawn(async move { target.run(connections, Duration::from_secs(8)).await });
    }
    let mut rate = 0.0;
    while let Some(run) = runs.join_next().await {
        rate += run??.rate();
    }
    Ok(rate)
}

/// How long an answer takes, at the 95th of 100, when one is asked for after the other.
async fn calm(target: &Target, times: usize) -> anyhow::Result<Duration> {
    let mut took = Vec::new();
    for _ in 0..times {
        let began = Instant::now();
        target.once().await?;
        took.push(began.elapsed());
    }
    took.sort_unstable();
    Ok(took[took.len() * 95 / 100])
}

/// How long it takes until twenty answers in a row are no slower than twice what they were.
async fn recovered(target: &Target, calm: Duration) -> anyhow::Result<Duration> {
    let began = Instant::now();
    let (mut since, mut row) = (began, 0);
    while row < 20 {
        let sent = Instant::now();
        let answer = target.once().await;
        if answer.is_ok() && sent.elapsed() <= calm * 2 {
            row += 1;
        } else {
            (since, row) = (Instant::now(), 0);
        }
        anyhow::ensure!(
            began.elapsed() < Duration::from_secs(120),
            "it does not come back"
        );
    }
    Ok(since - began)
}

/// Asks for so many a second.
async fn offer(targets: &[&Target], rate: f64, lasts: Duration) -> Answers {
    let answers = Arc::new(Mutex::new(Answers::default()));
    let idle: Vec<Arc<Mutex<Vec<Wire>>>> = targets.iter().map(|_| Arc::default()).collect();
    let waiting = Arc::new(AtomicUsize::new(0));
    let mut sent = JoinSet::new();
    let began = Instant::now();
    let mut due = 0_u64;
    let mut tick = tokio::time::interval(Duration::from_millis(2));
    while began.elapsed() < lasts {
        tick.tick().await;
        let now = (began.elapsed().as_secs_f64() * rate) as u64;
        while due < now {
            let at = due as usize % targets.len();
            let scheduled = began + Duration::from_secs_f64(due as f64 / rate);
            due += 1;
            if waiting.load(Ordering::Relaxed) >= WAITING {
                lock(&answers).unsent += 1;
                continue;
            }
            waiting.fetch_add(1, Ordering::Relaxed);
            let (target, idle) = (targets[at].clone(), idle[at].clone());
            let (answers, waiting) = (answers.clone(), waiting.clone());
            sent.spawn(async move {
                let answer = ask(&target, &idle).await;
                waiting.fetch_sub(1, Ordering::Relaxed);
                let took = scheduled.elapsed().as_secs_f64();
                let mut answers = lock(&answers);
                match answer {
                    Ok(Came::Good) => answers.good.push(took),
                    Ok(Came::Later) => answers.later.push(took),
                    Ok(Came::Wrong(what)) => answers.wrong(what),
                    Err(error) => answers.wrong(error.to_string()),
                }
            });
        }
        while sent.try_join_next().is_some() {}
    }
    while sent.join_next().await.is_some() {}
    std::mem::take(&mut lock(&answers))
}

enum Came {
    Good,
    Later,
    Wrong(String),
}

async fn ask(target: &Target, idle: &Mutex<Vec<Wire>>) -> anyhow::Result<Came> {
    let kept = lock(idle).pop();
    let mut on = match kept {
        Some(on) if !on.is_closed() => on,
        _ => target.connect().await?,
    };
    let Some(answer) = target.send(&mut on).await? else {
        return Ok(Came::Wrong("nothing left to send".to_owned()));
    };
    lock(idle).push(on);
    let later = answer.status() == StatusCode::SERVICE_UNAVAILABLE;
    Ok(if later && answer.headers().contains_key(RETRY_AFTER) {
        Came::Later
    } else if target.is_good(answer.body()) {
        Came::Good
    } else {
        let text = String::from_utf8_lossy(answer.body()).into_owned();
        Came::Wrong(format!("{} {text}", answer.status()))
    })
}

impl Answers {
    fn wrong(&mut self, what: String) {
        self.wrong += 1;
        self.first.get_or_insert(what);
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn percentiles(took: &mut [f64]) -> String {
    took.sort_by(f64::total_cmp);
    let at = |share: f64| {
        let at = (took.len() as f64 * share) as usize;
        let took = took.get(at.min(took.len().saturating_sub(1)));
        took.copied().unwrap_or(0.0) * 1000.0
    };
    format!("{:.0} / {:.0} / {:.0}", at(0.5), at(0.95), at(0.99))
}
