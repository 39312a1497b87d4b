//! Those that answer, each started as processes of its own, and what they are asked.

use std::process::Stdio;
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use serde_json::{Value, json};
use tokio::process::{Child, Command};
use tokio_postgres::Client;

use crate::documents::{By, DOCUMENTS, Document, body, printed};
use crate::load::Target;
use crate::process;
use crate::rows::{FACT, INTERPRETATION, Rows, TAKEN};
use crate::variable;

/// Somebody who answers.
pub struct Contender {
    pub name: &'static str,
    /// From start to the first answer, in seconds.
    pub ready_after: f64,
    /// One for each process; of the product and the limit there is one.
    pub ports: Vec<u16>,
    processes: Vec<Child>,
    targets: Vec<Target>,
}

impl Contender {
    /// Of the first process.
    pub fn pid(&self) -> u32 {
        let first = self.processes.first().and_then(Child::id);
        first.unwrap_or_default()
    }

    /// Seconds of processor they have used.
    pub fn cpu(&self) -> f64 {
        self.pids().map(process::cpu).sum()
    }

    /// Megabytes they hold.
    pub fn memory(&self) -> f64 {
        self.pids().map(process::memory).sum()
    }

    fn pids(&self) -> impl Iterator<Item = u32> {
        self.processes.iter().filter_map(Child::id)
    }

    pub fn target(&self, document: usize) -> &Target {
        &self.targets[document]
    }

    pub async fn stop(mut self) -> anyhow::Result<()> {
        for process in &mut self.processes {
            process.start_kill()?;
            process.wait().await?;
        }
        Ok(())
    }

    fn new(name: &'static str) -> Self {
        Self {
            name,
            ready_after: 0.0,
            ports: Vec::new(),
            processes: Vec::new(),
            targets: Vec::new(),
        }
    }

    /// Starts one more process, and waits until it listens.
    async fn begin(&mut self, port: u16, command: &mut Command) -> anyhow::Result<()> {
        let name = self.name;
        let log =
            std::fs::File::create(format!("{}/{name} {port}.log", variable("BENCH_SCRATCH")?))?;
        let began = Instant::now();
        let mut process = command
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .kill_on_drop(true)
            .spawn()
            .with_context(|| name)?;
        while tokio::net::TcpStream::connect(("127.0.0.1", port))
            .await
            .is_err()
        {
            if began.elapsed() > Duration::from_secs(60) || process.try_wait()?.is_some() {
                bail!("{name} does not start; see its log");
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        self.ready_after = self.ready_after.max(began.elapsed().as_secs_f64());
        self.processes.push(process);
        self.ports.push(port);
        Ok(())
    }

    fn asks(&mut self, document: &Document, path: &str, by: Option<&str>, bodies: Vec<String>) {
        let [ours, theirs] = document.good;
        self.targets.push(Target {
            ports: self.ports.clone(),
            path: path.to_owned(),
            authorization: by.map(|token| format!("Bearer {token}")),
            bodies: Arc::new(bodies),
            good: if self.name == OURS { ours } else { theirs },
            next: Arc::new(AtomicUsize::new(0)),
            once_each: document.undo.is_some(),
        });
    }
}

/// What the product is called.
const OURS: &str = "sabaqtas";
/// Connections to the database, of each contender.
const CONNECTIONS: usize = 8;

/// Starts the product, PostGraphile as one process and as two, and the limit, which is the last.
pub async fn start(rows: &Rows, url: &str) -> anyhow::Result<Vec<Contender>> {
    Ok(vec![
        ours(rows, url).await?,
        postgraphile("PostGraphile", 1, rows, url).await?,
        postgraphile("2 × PostGraphile", 2, rows, url).await?,
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
        .env("SABAQTAS_DATABASE_CONNECTIONS", CONNECTIONS.to_string())
        .env("SABAQTAS_DATA", variable("BENCH_DATA")?)
        // Counted as always, but nobody's budget runs out.
        .env("SABAQTAS_GRAPHQL_COST_BUDGET", "1000000000")
        .env("SABAQTAS_GRAPHQL_COST_PER_SECOND", "1000000000");
    let mut contender = Contender::new(OURS);
    contender.begin(port, &mut command).await?;
    let id = |prefix, key| vec![json!({ "id": printed(prefix, key) })];
    let invitations = rows.others.iter().map(|other| {
        let input = json!({
            "networkId": printed("net", rows.network), "leadingId": printed("sch", rows.school), "magneticId": printed("sch", *other),
        });
        json!({ "input": input })
    });
    let questions = rows.questions.iter();
    let questions = questions.map(|question| json!({ "text": question.words.join(" ") }));
    let batches = rows.batches.iter().map(|(lesson, notes)| {
        let notes = notes.iter().map(|note| {
            json!({
                "id": printed("obs", note.id), "pupilId": printed("csp", note.pupil), "stageId": printed("shs", note.stage),
                "takenAt": TAKEN, "fact": FACT, "interpretation": INTERPRETATION,
            })
        });
        json!({ "input": { "lessonId": printed("rls", *lesson), "notes": notes.collect::<Vec<_>>() } })
    });
    let partnerships = walk(
        &contender,
        Some(&rows.coordinator.token),
        rows.partnership.pages,
        "query Walk($after: String) { list: partnerships(first: 20, after: $after, orderBy: NEWEST) { pageInfo { endCursor } nodes { id } } }",
    );
    let works = walk(
        &contender,
        None,
        rows.work.pages,
        "query Walk($after: String) { list: resources(first: 20, after: $after, filter: { states: [SHARED] }) { pageInfo { endCursor } nodes { id } } }",
    );
    let variables = [
        id("sch", rows.school),
        id("net", rows.network),
        vec![json!({})],
        WORDS.map(|word| json!({ "text": word })).to_vec(),
        vec![json!({ "after": partnerships.await? })],
        invitations.collect(),
        questions.collect(),
        id("res", rows.used),
        vec![json!({ "after": works.await? })],
        id("std", rows.study),
        batches.collect(),
    ];
    for (document, variables) in DOCUMENTS.iter().zip(variables) {
        let by = match document.by {
            By::Guest => None,
            By::Coordinator => Some(&rows.coordinator),
            By::Reader => Some(&rows.reader),
            By::Teacher => Some(&rows.teacher),
        };
        let bodies = variables.into_iter().map(|it| body(document.ours, it));
        let by = by.map(|persona| persona.token.as_str());
        contender.asks(document, "/graphql", by, bodies.collect());
    }
    Ok(contender)
}

async fn postgraphile(
    name: &'static str,
    processes: usize,
    rows: &Rows,
    url: &str,
) -> anyhow::Result<Contender> {
    let folder = variable("BENCH_POSTGRAPHILE")?;
    let mut contender = Contender::new(name);
    for _ in 0..processes {
        let port = free_port()?;
        let mut command = Command::new(format!("{folder}/node_modules/.bin/node"));
        command
            .current_dir(&folder)
            .args([
                "node_modules/.bin/postgraphile",
                "-C",
                "graphile.config.mjs",
            ])
            .env("DATABASE_URL", url)
            .env("CONNECTIONS", (CONNECTIONS / processes).to_string())
            .env("PORT", port.to_string())
            .env("NODE_ENV", "production")
            .env("GRAPHILE_ENV", "production");
        contender.begin(port, &mut command).await?;
    }
    let id = |key| vec![json!({ "id": key })];
    let invitations = rows.others.iter();
    let invitations =
        invitations.map(|other| json!({ "network": rows.network, "magnetic": other }));
    let questions = rows.questions.iter().map(
        |question| json!({ "words": question.words, "stems": question.stems, "reach": rows.reach }),
    );
    let batches = rows.batches.iter().map(|(lesson, notes)| {
        let notes = Value::from_iter(notes.iter().map(|note| note.plain()));
        json!({ "lesson": lesson, "author": rows.teacher.person, "notes": notes.to_string() })
    });
    let partnerships = walk(
        &contender,
        None,
        rows.partnership.pages,
        "query Walk($after: Cursor) { list: allPartnerships(first: 20, after: $after, orderBy: [CREATED_AT_DESC, PRIMARY_KEY_DESC]) { pageInfo { endCursor } nodes { rowId } } }",
    );
    let variables = [
        id(rows.school),
        id(rows.network),
        id(rows.reader.person),
        WORDS.map(|word| json!({ "text": word })).to_vec(),
        vec![json!({ "after": partnerships.await? })],
        invitations.collect(),
        questions.collect(),
        id(rows.used),
        vec![json!({ "id": rows.work.id, "text": rows.work.at })],
        id(rows.study),
        batches.collect(),
    ];
    for (document, variables) in DOCUMENTS.iter().zip(variables) {
        let bodies = variables.into_iter().map(|it| body(document.theirs, it));
        contender.asks(document, "/graphql", None, bodies.collect());
    }
    Ok(contender)
}

async fn limit(rows: &Rows) -> anyhow::Result<Contender> {
    let port = free_port()?;
    let mut command = Command::new(std::env::current_exe()?);
    command.arg("limit").arg(port.to_string());
    let mut contender = Contender::new("limit");
    contender.begin(port, &mut command).await?;
    let id = |key| vec![json!({ "id": key })];
    let invitations = rows.others.iter();
    let invitations = invitations.map(|other| json!({ "id": rows.network, "other": other }));
    let questions = rows.questions.iter().map(
        |question| json!({ "words": question.words, "stems": question.stems, "reach": rows.reach }),
    );
    let batches = rows.batches.iter().map(|(lesson, notes)| {
        let notes = Value::from_iter(notes.iter().map(|note| note.plain()));
        json!({ "id": lesson, "other": rows.teacher.person, "text": notes.to_string() })
    });
    let variables: [Vec<Value>; DOCUMENTS.len()] = [
        id(rows.school),
        id(rows.network),
        id(rows.reader.person),
        WORDS.map(|word| json!({ "text": word })).to_vec(),
        vec![json!({ "id": rows.partnership.id, "text": rows.partnership.at })],
        invitations.collect(),
        questions.collect(),
        id(rows.used),
        vec![json!({ "id": rows.work.id, "text": rows.work.at })],
        id(rows.study),
        batches.collect(),
    ];
    for (at, (document, variables)) in DOCUMENTS.iter().zip(variables).enumerate() {
        let bodies = variables.into_iter().map(|mut it| {
            it["document"] = at.into();
            it.to_string()
        });
        contender.asks(document, "/", None, bodies.collect());
    }
    Ok(contender)
}

/// What people look for among schools, as it is folded in the index, so that all look for the same.
const WORDS: [&str; 4] = ["abai", "karasu", "gimnazi", "akbulak"];

/// The cursor of a list so many pages on.
async fn walk(
    contender: &Contender,
    by: Option<&str>,
    pages: i64,
    document: &str,
) -> anyhow::Result<String> {
    let mut target = Target {
        ports: contender.ports.clone(),
        path: "/graphql".to_owned(),
        authorization: by.map(|token| format!("Bearer {token}")),
        bodies: Arc::default(),
        good: "endCursor",
        next: Arc::default(),
        once_each: false,
    };
    let mut cursor = None::<String>;
    for _ in 0..pages {
        target.bodies = Arc::new(vec![body(document, json!({ "after": cursor }))]);
        let answer: Value = serde_json::from_str(&target.once().await?)?;
        match answer
            .pointer("/data/list/pageInfo/endCursor")
            .and_then(Value::as_str)
        {
            Some(next) => cursor = Some(next.to_owned()),
            None => break,
        }
    }
    cursor.context("no list")
}

/// Takes back what a mutation made, so that every run does it anew.
pub async fn undo(client: &Client, document: usize) -> anyhow::Result<()> {
    if let Some(undo) = DOCUMENTS[document].undo {
        client.batch_execute(undo).await?;
    }
    Ok(())
}

fn free_port() -> anyhow::Result<u16> {
    Ok(std::net::TcpListener::bind("127.0.0.1:0")?
        .local_addr()?
        .port())
}
