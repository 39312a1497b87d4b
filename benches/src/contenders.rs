//! The three that answer, each started as a process of its own, and what they are asked.

use std::process::Stdio;
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use serde_json::{Value, json};
use tokio::process::{Child, Command};
use tokio_postgres::Client;
use uuid::Uuid;

use crate::documents::{DOCUMENTS, MUTATION, body, printed};
use crate::load::Target;
use crate::variable;

/// How deep the deep page lies at the most, in pages.
const DEEP: i64 = 100;
/// Rows of a page.
const PAGE: i64 = 20;

/// The rows that the documents are about.
pub struct Rows {
    pub coordinator: String,
    pub school: Uuid,
    pub network: Uuid,
    pub reader: Uuid,
    pub reader_token: String,
    /// Schools that the network has no partnership with.
    pub others: Vec<Uuid>,
    /// A row deep in the list of partnerships: its key and when it was made.
    pub deep: (Uuid, String),
    /// After how many pages that is.
    pub pages: i64,
}

impl Rows {
    /// Reads what `sabaqtas generate` printed, and looks up the rest.
    pub async fn find(client: &Client, country: &str) -> anyhow::Result<Self> {
        let told: Value = serde_json::from_str(&std::fs::read_to_string(country)?)?;
        let text = |at: &str| {
            let text = told.pointer(at).and_then(Value::as_str);
            text.map(str::to_owned)
                .with_context(|| format!("{country} has no {at}"))
        };
        let key = |at: &str| -> anyhow::Result<Uuid> {
            let printed = text(at)?;
            Ok(Uuid::try_parse(printed.get(4..).unwrap_or_default())?)
        };
        let school = key("/personas/coordinator/school")?;
        let others = "SELECT id FROM school WHERE state IN ('unclaimed', 'verified') AND id <> $1 AND id NOT IN
            (SELECT magnetic_id FROM partnership WHERE leading_id = $1 UNION SELECT leading_id FROM partnership WHERE magnetic_id = $1) ORDER BY id";
        let others = client.query(others, &[&school]).await?;
        let deep = "SELECT id, created_at::text FROM partnership WHERE state = 'active' ORDER BY created_at DESC, id DESC OFFSET $1 LIMIT 1";
        let count: i64 = client
            .query_one(
                "SELECT count(*) FROM partnership WHERE state = 'active'",
                &[],
            )
            .await?
            .get(0);
        let pages = (count / PAGE - 2).clamp(1, DEEP);
        let deep = client.query_one(deep, &[&(pages * PAGE - 1)]).await?;
        Ok(Self {
            coordinator: text("/personas/coordinator/token")?,
            school,
            network: key("/personas/coordinator/network")?,
            reader: key("/personas/reader/person")?,
            reader_token: text("/personas/reader/token")?,
            others: others.iter().map(|row| row.get(0)).collect(),
            deep: (deep.get(0), deep.get(1)),
            pages,
        })
    }
}

/// Somebody who answers.
pub struct Contender {
    pub name: &'static str,
    /// From start to the first answer, in seconds.
    pub ready_after: f64,
    pub port: u16,
    child: Child,
    targets: Vec<Target>,
}

impl Contender {
    pub fn pid(&self) -> u32 {
        self.child.id().unwrap_or_default()
    }

    pub fn target(&self, document: usize) -> &Target {
        &self.targets[document]
    }

    pub async fn stop(mut self) -> anyhow::Result<()> {
        self.child.start_kill()?;
        self.child.wait().await?;
        Ok(())
    }

    async fn begin(name: &'static str, port: u16, command: &mut Command) -> anyhow::Result<Self> {
        let log = std::fs::File::create(format!("{}/{name}.log", variable("BENCH_SCRATCH")?))?;
        let began = Instant::now();
        let child = command
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .kill_on_drop(true)
            .spawn()
            .with_context(|| name)?;
        let mut contender = Self {
            name,
            ready_after: 0.0,
            port,
            child,
            targets: Vec::new(),
        };
        while tokio::net::TcpStream::connect(("127.0.0.1", port))
            .await
            .is_err()
        {
            if began.elapsed() > Duration::from_secs(60) || contender.child.try_wait()?.is_some() {
                bail!("{name} does not start; see its log");
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        contender.ready_after = began.elapsed().as_secs_f64();
        Ok(contender)
    }

    fn asks(
        &mut self,
        path: &'static str,
        authorizations: [Option<&str>; 2],
        bodies: Vec<Vec<String>>,
        good: usize,
    ) {
        for ((at, document), bodies) in DOCUMENTS.iter().enumerate().zip(bodies) {
            // The third is about the inbox of somebody else.
            let authorization = authorizations[usize::from(at == 2)];
            self.targets.push(Target {
                port: self.port,
                path,
                authorization: authorization.map(|token| format!("Bearer {token}")),
                bodies: Arc::new(bodies),
                good: document.good[good],
                next: Arc::new(AtomicUsize::new(0)),
            });
        }
    }
}

/// Starts the product, PostGraphile and the limit, which is the last.
pub async fn start(rows: &Rows, url: &str) -> anyhow::Result<Vec<Contender>> {
    Ok(vec![
        ours(rows, url).await?,
        postgraphile(rows, url).await?,
        limit(rows).await?,
    ])
}

pub async fn ours(rows: &Rows, url: &str) -> anyhow::Result<Contender> {
    let port = free_port()?;
    let server = variable("BENCH_SERVER")?;
    let mut command = match crate::instructions::wanted() {
        true => {
            let mut command = Command::new("valgrind");
            let file = crate::instructions::file()?;
            command.args(["--tool=callgrind", &format!("--callgrind-out-file={file}")]);
            command.arg(server);
            command
        }
        false => Command::new(server),
    };
    command
        .arg("serve")
        .env("SABAQTAS_SERVER_LISTEN", format!("127.0.0.1:{port}"))
        .env("SABAQTAS_DATABASE_URL", url)
        .env("SABAQTAS_DATABASE_CONNECTIONS", "8")
        .env("SABAQTAS_DATA", variable("BENCH_DATA")?)
        // Counted as always, but nobody's budget runs out.
        .env("SABAQTAS_GRAPHQL_COST_BUDGET", "1000000000")
        .env("SABAQTAS_GRAPHQL_COST_PER_SECOND", "1000000000");
    let mut contender = Contender::begin("sabaqtas", port, &mut command).await?;
    let id = |prefix, key| json!({ "id": printed(prefix, key) });
    let invitations = rows.others.iter().map(|other| {
        let input = json!({
            "networkId": printed("net", rows.network), "leadingId": printed("sch", rows.school), "magneticId": printed("sch", *other),
        });
        body(DOCUMENTS[MUTATION].ours, json!({ "input": input }))
    });
    let walk = "query Walk($after: String) { partnerships(first: 20, after: $after, orderBy: NEWEST) { pageInfo { endCursor } nodes { id } } }";
    let mut bodies = vec![
        vec![body(DOCUMENTS[0].ours, id("sch", rows.school))],
        vec![body(DOCUMENTS[1].ours, id("net", rows.network))],
        vec![body(DOCUMENTS[2].ours, json!({}))],
        searches(DOCUMENTS[3].ours),
        vec![body(walk, json!({}))],
        invitations.collect(),
    ];
    let tokens = [
        Some(rows.coordinator.as_str()),
        Some(rows.reader_token.as_str()),
    ];
    contender.asks("/graphql", tokens, bodies.clone(), 0);
    let cursor = deep(
        &contender,
        rows.pages,
        walk,
        "/data/partnerships/pageInfo/endCursor",
    )
    .await?;
    bodies[4] = vec![body(DOCUMENTS[4].ours, json!({ "after": cursor }))];
    contender.targets.clear();
    contender.asks("/graphql", tokens, bodies, 0);
    Ok(contender)
}

async fn postgraphile(rows: &Rows, url: &str) -> anyhow::Result<Contender> {
    let port = free_port()?;
    let folder = variable("BENCH_POSTGRAPHILE")?;
    let mut command = Command::new(format!("{folder}/node_modules/.bin/node"));
    command
        .current_dir(&folder)
        .args([
            "node_modules/.bin/postgraphile",
            "-C",
            "graphile.config.mjs",
        ])
        .env("DATABASE_URL", url)
        .env("PORT", port.to_string())
        .env("NODE_ENV", "production")
        .env("GRAPHILE_ENV", "production");
    let mut contender = Contender::begin("postgraphile", port, &mut command).await?;
    let invitations = rows.others.iter().map(|other| {
        body(
            DOCUMENTS[MUTATION].theirs,
            json!({ "network": rows.network, "magnetic": other }),
        )
    });
    let walk = "query Walk($after: Cursor) { allPartnerships(first: 20, after: $after, orderBy: [CREATED_AT_DESC, PRIMARY_KEY_DESC]) { pageInfo { endCursor } nodes { rowId } } }";
    let mut bodies = vec![
        vec![body(DOCUMENTS[0].theirs, json!({ "id": rows.school }))],
        vec![body(DOCUMENTS[1].theirs, json!({ "id": rows.network }))],
        vec![body(DOCUMENTS[2].theirs, json!({ "id": rows.reader }))],
        searches(DOCUMENTS[3].theirs),
        vec![body(walk, json!({}))],
        invitations.collect(),
    ];
    contender.asks("/graphql", [None, None], bodies.clone(), 1);
    let cursor = deep(
        &contender,
        rows.pages,
        walk,
        "/data/allPartnerships/pageInfo/endCursor",
    )
    .await?;
    bodies[4] = vec![body(DOCUMENTS[4].theirs, json!({ "after": cursor }))];
    contender.targets.clear();
    contender.asks("/graphql", [None, None], bodies, 1);
    Ok(contender)
}

async fn limit(rows: &Rows) -> anyhow::Result<Contender> {
    let port = free_port()?;
    let mut command = Command::new(std::env::current_exe()?);
    command.arg("limit").arg(port.to_string());
    let mut contender = Contender::begin("limit", port, &mut command).await?;
    let ask = |document: usize, mut more: Value| {
        more["document"] = document.into();
        more.to_string()
    };
    let invitations = rows
        .others
        .iter()
        .map(|other| ask(5, json!({ "id": rows.network, "other": other })));
    let bodies = vec![
        vec![ask(0, json!({ "id": rows.school }))],
        vec![ask(1, json!({ "id": rows.network }))],
        vec![ask(2, json!({ "id": rows.reader }))],
        WORDS
            .iter()
            .map(|word| ask(3, json!({ "text": word })))
            .collect(),
        vec![ask(4, json!({ "id": rows.deep.0, "text": rows.deep.1 }))],
        invitations.collect(),
    ];
    contender.asks("/", [None, None], bodies, 1);
    Ok(contender)
}

/// What people look for, as it is folded in the index, so that all three look for the same.
const WORDS: [&str; 4] = ["abai", "karasu", "gimnazi", "akbulak"];

fn searches(document: &str) -> Vec<String> {
    WORDS
        .iter()
        .map(|word| body(document, json!({ "text": word })))
        .collect()
}

/// The cursor so many pages on.
async fn deep(contender: &Contender, pages: i64, walk: &str, at: &str) -> anyhow::Result<String> {
    let mut target = contender.target(4).clone();
    target.good = "endCursor";
    let mut cursor = None::<String>;
    for _ in 0..pages {
        target.bodies = Arc::new(vec![body(walk, json!({ "after": cursor }))]);
        let answer: Value = serde_json::from_str(&target.once().await?)?;
        match answer.pointer(at).and_then(Value::as_str) {
            Some(next) => cursor = Some(next.to_owned()),
            None => break,
        }
    }
    cursor.context("no list")
}

/// Takes back what the mutation made, so that every run invites anew.
pub async fn undo(client: &Client) -> anyhow::Result<()> {
    client
        .batch_execute("DELETE FROM partnership WHERE created_at > now() - interval '1 day' AND state = 'invited' AND id NOT IN (SELECT partnership_id FROM agreement)")
        .await?;
    Ok(())
}

fn free_port() -> anyhow::Result<u16> {
    Ok(std::net::TcpListener::bind("127.0.0.1:0")?
        .local_addr()?
        .port())
}
