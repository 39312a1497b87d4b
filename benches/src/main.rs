//! Measures the product beside a hand-written limit and PostGraphile: `bin/bench` starts it and explains it.

mod alike;
mod contenders;
mod documents;
mod instructions;
mod limit;
mod load;
mod notices;
mod overload;
mod pages;
mod process;
mod rows;

use std::time::Duration;

use anyhow::Context;
use tokio_postgres::{Client, NoTls};

use contenders::{Contender, undo};
use documents::DOCUMENTS;
use load::Run;
use rows::Rows;

/// How many connections load at once; there are goals for the second and the third.
const CONNECTIONS: [usize; 3] = [1, 8, 32];

/// What one contender needed for one document at one number of connections.
#[derive(Default, Clone)]
struct Sum {
    run: Run,
    server: f64,
    database: f64,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let url = variable("BENCH_DATABASE")?;
    let arguments: Vec<String> = std::env::args().collect();
    if let [_, command, port] = arguments.as_slice()
        && command == "limit"
    {
        return limit::serve(&url, port.parse()?).await;
    }
    let (client, connection) = tokio_postgres::connect(&url, NoTls).await?;
    tokio::spawn(connection);
    client.batch_execute(limit::FUNCTIONS).await?;
    client
        .batch_execute("CREATE EXTENSION IF NOT EXISTS pg_stat_statements")
        .await?;
    let rows = Rows::find(&client, &variable("BENCH_COUNTRY")?).await?;
    if instructions::wanted() {
        return instructions::measure(&client, &rows, &url).await;
    }
    if only("pages") {
        let server = contenders::ours(&rows, &url).await?;
        pages::measure(&rows, &server).await?;
        return server.stop().await;
    }
    if only("overload") {
        let server = contenders::ours(&rows, &url).await?;
        overload::measure(&server).await?;
        return server.stop().await;
    }
    let contenders = contenders::start(&rows, &url).await?;
    alike::check(&client, &contenders).await?;
    if only("check") {
        println!("All say the same.");
        return Ok(());
    }
    measure(&client, &contenders).await?;
    pages::measure(&rows, &contenders[0]).await?;
    notices::measure(&client, &rows, &contenders[0]).await?;
    for contender in contenders {
        contender.stop().await?;
    }
    Ok(())
}

fn variable(name: &str) -> anyhow::Result<String> {
    std::env::var(name).with_context(|| format!("{name} is not set: run bin/bench"))
}

/// Whether nothing but this is to be measured.
fn only(what: &str) -> bool {
    std::env::var("BENCH_ONLY").is_ok_and(|only| only == what)
}

fn number(name: &str, usual: u64) -> u64 {
    std::env::var(name)
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(usual)
}

async fn measure(client: &Client, contenders: &[Contender]) -> anyhow::Result<()> {
    let postmaster: u32 = variable("BENCH_POSTMASTER")?.parse()?;
    let rounds = number("BENCH_ROUNDS", 3);
    let lasts = Duration::from_millis(number("BENCH_MILLISECONDS", 2000));
    tokio::time::sleep(Duration::from_secs(2)).await;
    let idle: Vec<f64> = contenders.iter().map(Contender::memory).collect();

    let mut reached = Vec::new();
    println!(
        "| document | connections | contender | rps | p50 / p95 / p99 ms | CPU ms: server + database | ÷ limit | statements | buffers |"
    );
    println!("|---|---|---|---|---|---|---|---|---|");
    for (at, document) in DOCUMENTS.iter().enumerate() {
        let mut costs = Vec::new();
        for contender in contenders {
            costs.push(cost(client, contender, at).await?);
        }
        let mut loads = Vec::new();
        for connections in CONNECTIONS {
            let mut sums = vec![Sum::default(); contenders.len()];
            for _ in 0..rounds {
                // In turn, so that whatever else the machine does hits all alike.
                for (contender, sum) in contenders.iter().zip(&mut sums) {
                    let before = (contender.cpu(), process::cpu_of_children(postmaster));
                    sum.run
                        .and(contender.target(at).run(connections, lasts).await?);
                    sum.server += contender.cpu() - before.0;
                    sum.database += process::cpu_of_children(postmaster) - before.1;
                    undo(client, at).await?;
                }
            }
            let limit = sums.last().map_or(1.0, Sum::cpu);
            for ((contender, sum), (statements, buffers)) in
                contenders.iter().zip(&sums).zip(&costs)
            {
                let count = sum.run.took.len() as f64;
                println!(
                    "| {} | {connections} | {} | {:.0} | {:.1} / {:.1} / {:.1} | {:.2} + {:.2} | {:.2} | {statements:.1} | {buffers:.0} |",
                    document.name,
                    contender.name,
                    sum.run.rate(),
                    sum.run.percentile(0.5),
                    sum.run.percentile(0.95),
                    sum.run.percentile(0.99),
                    sum.server / count * 1000.0,
                    sum.database / count * 1000.0,
                    sum.cpu() / limit,
                );
            }
            loads.push(sums);
        }
        reached.push((loads, costs));
    }
    println!(
        "\nGoals at {} connections; each value, then what must hold and what is aimed at. CPU is held against one process of PostGraphile, throughput against two.\n",
        CONNECTIONS[1]
    );
    println!(
        "| document | CPU ÷ limit | CPU ÷ PostGraphile | rps ÷ 2 × PostGraphile | at {} | statements | buffers ÷ limit |",
        CONNECTIONS[2]
    );
    println!("|---|---|---|---|---|---|---|");
    for (document, (loads, costs)) in DOCUMENTS.iter().zip(reached) {
        let [_, some, many] = loads.as_slice() else {
            continue;
        };
        let [ours, one, two, hand] = some.as_slice() else {
            continue;
        };
        let goals = &document.goals;
        println!(
            "| {} | {} | {} | {} | {} | {} | {} |",
            document.name,
            judged(ours.cpu() / hand.cpu(), goals.over_limit, f64::le),
            judged(ours.cpu() / one.cpu(), goals.over_postgraphile, f64::le),
            judged(ours.run.rate() / two.run.rate(), goals.rate, f64::ge),
            judged(many[0].run.rate() / many[2].run.rate(), goals.rate, f64::ge),
            judged(costs[0].0, goals.statements, f64::le),
            judged(costs[0].1 / costs[3].1, [1.25, 1.25], f64::le),
        );
    }
    println!(
        "\n| contender | start to ready, s | memory idle, MB | after load, MB |\n|---|---|---|---|"
    );
    for (contender, idle) in contenders.iter().zip(idle) {
        let after = contender.memory();
        println!(
            "| {} | {:.2} | {idle:.0} | {after:.0} |",
            contender.name, contender.ready_after
        );
    }
    Ok(())
}

/// A value with what must hold and what is aimed at, and how it stands to them.
fn judged(value: f64, [must, aim]: [f64; 2], holds: fn(&f64, &f64) -> bool) -> String {
    // As printed, so that what reads equal is equal.
    let value = (value * 100.0).round() / 100.0;
    let stands = match (holds(&value, &must), holds(&value, &aim)) {
        (_, true) => "aim met",
        (true, false) => "must met",
        (false, false) => "**missed**",
    };
    format!("{value:.2} ({must}/{aim}) {stands}")
}

impl Sum {
    /// Milliseconds a request, server and database.
    fn cpu(&self) -> f64 {
        (self.server + self.database) / self.run.took.len() as f64 * 1000.0
    }
}

/// Statements and buffers of one request, as PostgreSQL counts them; beginning and ending a transaction apart.
async fn cost(
    client: &Client,
    contender: &Contender,
    document: usize,
) -> anyhow::Result<(f64, f64)> {
    const TIMES: u32 = 20;
    let target = contender.target(document);
    // Plans are settled after the fifth execution on each of eight connections.
    target.run(8, Duration::from_millis(700)).await?;
    undo(client, document).await?;
    target.next.store(0, std::sync::atomic::Ordering::Relaxed);
    tokio::time::sleep(Duration::from_millis(1500)).await;
    client
        .batch_execute("SELECT pg_stat_statements_reset()")
        .await?;
    for _ in 0..TIMES {
        target.once().await?;
    }
    // What was asked fewer times than once a request is the background's.
    let row = client
        .query_one(
            "SELECT coalesce(sum(calls), 0)::float8, coalesce(sum(shared_blks_hit + shared_blks_read), 0)::float8
             FROM pg_stat_statements
             WHERE query !~* '^\\s*(begin|commit|rollback|set|show|reset|savepoint|select pg_stat)' AND calls >= $1::bigint - 1",
            &[&i64::from(TIMES)],
        )
        .await?;
    undo(client, document).await?;
    let each = |at| Ok::<f64, tokio_postgres::Error>(row.try_get::<_, f64>(at)? / f64::from(TIMES));
    Ok((each(0)?, each(1)?))
}
