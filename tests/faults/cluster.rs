//! Nodes on a PostgreSQL and a Redis of their own, each behind a proxy, with the demo's community and many schools.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use server::demo::Persona;
use tests::{Postgres, Process, Proxy, RedisServer, Rows, free_port, postgres};
use tokio::sync::OnceCell;

use crate::ledger::Inviter;
use crate::wire::Wire;

/// What links and digests are made with, the same for all nodes.
pub const SECRET: &str = "c2FiYXFfdGFzIHRlc3RzIGhhdmUgbm8gc2VjcmV0cyE=";

/// How many schools without a partner there are: `school(0)` to `school(SCHOOLS - 1)`.
pub const SCHOOLS: usize = 4000;

/// The coordinators of all of these: each invitation reaches both.
pub const INVITED: [&str; 2] = ["zarechnoye_coordinator", "taldykorgan_coordinator"];

/// Many schools, all with the same two coordinators, behind the demo's back. Works on both databases.
const MANY: &str = "
WITH RECURSIVE many (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM many WHERE n < LAST)
INSERT INTO school (id, source, source_id, name_kk, sort_name, languages, state, version, created_at)
SELECT SCHOOL_ID, 'fault', n, 'Мектеп ' || n, 'мектеп ' || n, s.languages, s.state, 1, s.created_at
FROM many, (SELECT * FROM school LIMIT 1) AS s;
INSERT INTO membership (id, person_id, role, scope_kind, scope_id, began_at)
SELECT MEMBERSHIP_ID, m.person_id, m.role, m.scope_kind, s.id, m.began_at
FROM school AS s
CROSS JOIN (SELECT row_number() OVER (ORDER BY c.email) AS k, m.* FROM membership AS m
            JOIN person_contact AS c ON c.person_id = m.person_id
            WHERE c.email LIKE 'zarechnoye@%' OR c.email LIKE 'taldykorgan@%') AS m
WHERE s.source = 'fault';
";

/// Several nodes with what they stand on.
pub struct Cluster {
    /// The nodes; one that was killed is empty until it is started again.
    pub nodes: Vec<Option<Process>>,
    /// What holds the rows.
    pub postgres: Postgres,
    /// What carries the wake-ups.
    pub redis: RedisServer,
    /// Between the nodes and PostgreSQL.
    pub to_postgres: Proxy,
    /// Between the nodes and Redis.
    pub to_redis: Proxy,
    people: HashMap<String, Persona>,
    ports: Vec<u16>,
    settings: Vec<(String, String)>,
    folder: PathBuf,
}

struct Template {
    postgres: Postgres,
    people: HashMap<String, Persona>,
}

/// A stopped PostgreSQL with the community, made once.
async fn template() -> &'static Template {
    static TEMPLATE: OnceCell<Template> = OnceCell::const_new();
    TEMPLATE
        .get_or_init(async || {
            let mut postgres = Postgres::new(postgres::folder());
            postgres.start_new().await;
            let url = Postgres::url_at(postgres.port);
            let people = fill(&url).await.expect("the community can be made");
            let rows = Rows::at(&url).await;
            let id = |prefix, n| {
                format!("CAST('{prefix}-0000-7000-8000-' || lpad(to_hex({n}), 12, '0') AS uuid)")
            };
            many(
                &rows,
                &id("019a0000", "n"),
                &id("019b0000", "CAST(s.source_id AS int) * 2 + m.k"),
            )
            .await;
            rows.run("ANALYZE").await;
            rows.close().await;
            postgres.stop().await;
            Template { postgres, people }
        })
        .await
}

async fn many(rows: &Rows, school: &str, membership: &str) {
    let statements = MANY
        .replace("LAST", &(SCHOOLS - 1).to_string())
        .replace("SCHOOL_ID", school)
        .replace("MEMBERSHIP_ID", membership);
    for statement in statements
        .split_inclusive(';')
        .filter(|text| text.trim().len() > 1)
    {
        rows.run(statement).await;
    }
}

/// Adds the many schools to an SQLite file.
async fn many_in_sqlite(rows: &Rows) {
    let id = |prefix, n| format!("unhex('{prefix}00007000' || '8000' || printf('%012x', {n}))");
    many(
        rows,
        &id("019a0000", "n"),
        &id("019b0000", "s.source_id * 2 + m.k"),
    )
    .await;
}

/// Makes the tables and the demo's community.
pub async fn fill(url: &str) -> anyhow::Result<HashMap<String, Persona>> {
    migrations::run(url).await?;
    let settings = [
        ("SABAQTAS_DATABASE_URL", url),
        ("SABAQTAS_INSTALLATION_SECRET", SECRET),
    ];
    let settings = settings.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let config = server::config::Config::parse(b"", settings.into())?;
    let db = server::database::open(&config, || ()).await?;
    let people = server::demo::fill(&db).await?;
    db.close().await?;
    Ok(people
        .into_iter()
        .map(|person| (person.key.clone(), person))
        .collect())
}

/// The id of one of the many schools.
pub fn school(n: usize) -> String {
    format!("sch_019a0000000070008000{n:012x}")
}

impl Cluster {
    /// So many nodes, with these settings besides the usual ones.
    pub async fn of(nodes: usize, settings: &[(&str, &str)]) -> Self {
        let mut cluster = Self::idle(postgres::folder(), nodes, settings).await;
        for node in 0..nodes {
            cluster.start(node).await;
        }
        cluster
    }

    /// The same with PostgreSQL in this folder, and no node started.
    pub async fn idle(in_folder: PathBuf, nodes: usize, settings: &[(&str, &str)]) -> Self {
        let template = template().await;
        let mut postgres = template.postgres.copy(&in_folder);
        postgres.start().await;
        let redis = RedisServer::start().await;
        let settings = settings
            .iter()
            .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()));
        Self {
            nodes: (0..nodes).map(|_| None).collect(),
            to_postgres: Proxy::before(postgres.port).await,
            to_redis: Proxy::before(redis.port).await,
            postgres,
            redis,
            people: template.people.clone(),
            ports: (0..nodes).map(|_| free_port()).collect(),
            settings: settings.collect(),
            folder: tests::database::new_folder(),
        }
    }

    /// Starts a node at its place.
    pub async fn start(&mut self, node: usize) {
        self.start_with(node, &[]).await;
    }

    /// The same on a machine whose clock is wrong by this: `+5m`.
    pub async fn start_at(&mut self, node: usize, wrong: &str) {
        // `faketime` knows where its library is.
        let asked = std::process::Command::new("faketime")
            .args(["-f", "+0", "printenv", "LD_PRELOAD"])
            .output()
            .expect("faketime is installed: run bin/test");
        let library = String::from_utf8_lossy(&asked.stdout).trim().to_owned();
        assert!(library.contains("libfaketime"), "no libfaketime: {asked:?}");
        let clock = [
            ("LD_PRELOAD", library.as_str()),
            ("FAKETIME", wrong),
            ("FAKETIME_DONT_FAKE_MONOTONIC", "1"),
        ];
        self.start_with(node, &clock).await;
    }

    async fn start_with(&mut self, node: usize, more: &[(&str, &str)]) {
        let folder = self.folder.join(node.to_string()).display().to_string();
        let listen = format!("127.0.0.1:{}", self.ports[node]);
        let database = Postgres::url_at(self.to_postgres.port);
        let redis = format!("redis://127.0.0.1:{}", self.to_redis.port);
        let mut variables = vec![
            ("SABAQTAS_DATA", folder.as_str()),
            ("SABAQTAS_SERVER_LISTEN", &listen),
            ("SABAQTAS_DATABASE_URL", &database),
            ("SABAQTAS_DATABASE_CONNECTIONS", "12"),
            ("SABAQTAS_REDIS_URL", &redis),
            ("SABAQTAS_INSTALLATION_SECRET", SECRET),
            ("SABAQTAS_GRAPHQL_COST_BUDGET", "1000000000"),
            ("SABAQTAS_LOG_FILTER", "warn"),
        ];
        variables.retain(|(name, _)| !self.settings.iter().any(|(other, _)| other == name));
        variables.extend(self.settings.iter().map(|(k, v)| (k.as_str(), v.as_str())));
        variables.extend(more);
        self.nodes[node] = Some(Process::start(&["serve"], &variables).await);
    }

    /// Puts the cluster on another PostgreSQL. Nodes that run do not notice: start them anew.
    pub async fn stand_on(&mut self, postgres: Postgres) {
        self.to_postgres = Proxy::before(postgres.port).await;
        self.postgres = postgres;
    }

    /// Ends a node as a crash would.
    pub fn kill(&mut self, node: usize) {
        let mut process = self.nodes[node].take().expect("the node runs");
        process.kill();
    }

    /// Somebody who talks to a node.
    pub fn wire(&self, node: usize, person: &str) -> Wire {
        Wire::to(&self.base(node)).signed_in(&self.who(person).token)
    }

    /// Where a node listens, whether or not it runs.
    pub fn base(&self, node: usize) -> String {
        format!("http://127.0.0.1:{}", self.ports[node])
    }

    /// How somebody of the demo signs in.
    pub fn who(&self, person: &str) -> &Persona {
        self.people.get(person).expect("the demo has them")
    }

    /// The rows, past the proxy.
    pub async fn rows(&self) -> Rows {
        self.postgres.rows().await
    }
}

/// One node on an SQLite file, as when nothing is configured.
pub struct Embedded {
    /// The node; none while it does not run.
    pub node: Option<Process>,
    /// Its data folder.
    pub data: PathBuf,
    people: HashMap<String, Persona>,
    port: u16,
}

impl Embedded {
    /// Not started yet, with the community in a new `data` folder inside this one.
    pub async fn idle(folder: &Path) -> Self {
        static TEMPLATE: OnceCell<(PathBuf, HashMap<String, Persona>)> = OnceCell::const_new();
        let (template, people) = TEMPLATE
            .get_or_init(async || {
                let folder = tests::database::new_folder();
                let file = folder.join("template.db");
                let url = format!("sqlite://{}?mode=rwc", file.display());
                let people = fill(&url).await.expect("the community can be made");
                let rows = Rows::at(&url).await;
                many_in_sqlite(&rows).await;
                rows.run("PRAGMA wal_checkpoint(TRUNCATE)").await;
                rows.close().await;
                (file, people)
            })
            .await;
        let data = folder.join("data");
        std::fs::create_dir(&data).expect("a folder can be made");
        std::fs::copy(template, data.join("sabaqtas.db")).expect("the template can be copied");
        let secret = format!("{SECRET}\n");
        std::fs::write(data.join("secret"), secret).expect("the secret can be kept");
        Self {
            node: None,
            data,
            people: people.clone(),
            port: free_port(),
        }
    }

    /// Starts the node.
    pub async fn start(&mut self) {
        let listen = format!("127.0.0.1:{}", self.port);
        let data = self.data.display().to_string();
        let variables = [
            ("SABAQTAS_DATA", data.as_str()),
            ("SABAQTAS_SERVER_LISTEN", &listen),
            ("SABAQTAS_GRAPHQL_COST_BUDGET", "1000000000"),
            ("SABAQTAS_LOG_FILTER", "warn"),
        ];
        self.node = Some(Process::start(&["serve"], &variables).await);
    }

    /// Its rows.
    pub async fn rows(&self) -> Rows {
        Rows::at(&format!(
            "sqlite://{}",
            self.data.join("sabaqtas.db").display()
        ))
        .await
    }

    /// Where it listens.
    pub fn base(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The token of somebody.
    pub fn token(&self, person: &str) -> String {
        let person = self.people.get(person).expect("the demo has them");
        person.token.clone()
    }

    /// Somebody who talks to it.
    pub fn wire(&self, person: &str) -> Wire {
        Wire::to(&self.base()).signed_in(&self.token(person))
    }

    /// Those who invite.
    pub async fn inviters(&self) -> Vec<Inviter> {
        let rows = self.rows().await;
        let inviters = Inviter::over(&rows, |person| vec![self.wire(person)]).await;
        rows.close().await;
        inviters
    }
}
