//! What a page costs beside its operation: the same operation, with the frame's part in it, asked of the API.

use std::sync::Arc;
use std::sync::atomic::AtomicUsize;
use std::time::Duration;

use anyhow::Context;
use serde_json::{Value, json};

use crate::contenders::Contender;
use crate::documents::printed;
use crate::load::{Run, Target};
use crate::number;
use crate::rows::Rows;

/// What every page's operation asks as well.
const FRAME: &str = include_str!("../../crates/web/queries/frame.graphql");
/// How many guests read at once.
const CONNECTIONS: usize = 8;

struct Page {
    name: &'static str,
    path: String,
    document: &'static str,
    operation: &'static str,
    variables: Value,
    /// What good answers of both contain.
    good: &'static str,
}

/// Prints the table.
pub async fn measure(rows: &Rows, server: &Contender) -> anyhow::Result<()> {
    let (school, network) = (printed("sch", rows.school), printed("net", rows.network));
    let pages = [
        Page {
            name: "a school",
            path: format!("/ru/schools/{school}"),
            document: include_str!("../../crates/web/queries/school.graphql"),
            operation: "SchoolPage",
            variables: json!({ "id": school }),
            good: "prt_",
        },
        Page {
            name: "a network",
            path: format!("/ru/networks/{network}"),
            document: include_str!("../../crates/web/queries/network.graphql"),
            operation: "NetworkPage",
            variables: json!({ "id": network }),
            good: "prt_",
        },
        Page {
            name: "schools",
            path: "/ru/schools".to_owned(),
            document: include_str!("../../crates/web/queries/schools.graphql"),
            operation: "SchoolsPage",
            variables: json!({ "first": 20 }),
            good: "sch_",
        },
        Page {
            name: "regions in numbers",
            path: "/ru/regions".to_owned(),
            document: include_str!("../../crates/web/queries/regions.graphql"),
            operation: "RegionsPage",
            variables: json!({}),
            good: "reg_",
        },
    ];
    println!(
        "\n| page, {CONNECTIONS} guests | rps | p50 / p95 / p99 ms | the server's CPU ms: page, operation | page ÷ operation |\n|---|---|---|---|---|"
    );
    for page in pages {
        let target = |path: String, body: String| Target {
            ports: server.ports.clone(),
            path,
            authorization: None,
            bodies: Arc::new(vec![body]),
            good: page.good,
            once_each: false,
            next: Arc::new(AtomicUsize::new(0)),
        };
        let body = json!({
            "query": within(page.document, page.operation)?,
            "operationName": page.operation,
            "variables": page.variables,
        });
        let whole = target(page.path.clone(), String::new());
        let operation = target("/graphql".to_owned(), body.to_string());
        let (mut shown, mut asked) = (Sum::default(), Sum::default());
        for _ in 0..number("BENCH_ROUNDS", 3) {
            // In turn, so that whatever else the machine does hits both alike.
            shown.add(server, &whole).await?;
            asked.add(server, &operation).await?;
        }
        println!(
            "| {} | {:.0} | {:.1} / {:.1} / {:.1} | {:.2}, {:.2} | {:.2} |",
            page.name,
            shown.run.rate(),
            shown.run.percentile(0.5),
            shown.run.percentile(0.95),
            shown.run.percentile(0.99),
            shown.each(),
            asked.each(),
            shown.each() / asked.each(),
        );
    }
    Ok(())
}

/// The document as the pages send it: with the frame's fragment in the operation.
fn within(document: &str, operation: &str) -> anyhow::Result<String> {
    let name = format!("query {operation}");
    let at = document.find(&name).context(operation.to_owned())? + name.len();
    let (before, after) = document.split_at(at);
    let (variables, selection) = after.split_once('{').context("no selection")?;
    Ok(format!(
        "{before}{variables}{{ ...Frame {selection}\n{FRAME}"
    ))
}

#[derive(Default)]
struct Sum {
    run: Run,
    cpu: f64,
}

impl Sum {
    async fn add(&mut self, server: &Contender, target: &Target) -> anyhow::Result<()> {
        let lasts = Duration::from_millis(number("BENCH_MILLISECONDS", 2000));
        target.once().await?;
        let before = server.cpu();
        self.run.and(target.run(CONNECTIONS, lasts).await?);
        self.cpu += server.cpu() - before;
        Ok(())
    }

    /// Milliseconds of processor a request.
    fn each(&self) -> f64 {
        self.cpu / self.run.took.len() as f64 * 1000.0
    }
}
