//! The demo's community as the ground of every test: a fresh copy of it, servers on it, and its people signed in.

use std::collections::HashMap;

use domain::authz::{Job, Viewer};
use serde_json::{Value, json};
use tests::graphql::Client;
use tests::{Backend, Database, Process};
use tokio::sync::OnceCell;

/// What links and digests are made with, the same for all servers of the tests.
pub const SECRET: &str = "c2FiYXFfdGFzIHRlc3RzIGhhdmUgbm8gc2VjcmV0cyE=";

/// The demo's community on one or several servers.
pub struct Community {
    /// The servers, each with its own data folder.
    pub nodes: Vec<Process>,
    /// Its rows.
    pub database: Database,
    personas: HashMap<String, server::demo::Persona>,
    mails: std::path::PathBuf,
}

impl Community {
    /// The community on one server.
    pub async fn fresh(backend: Backend) -> Self {
        Self::on(backend, 1).await
    }

    /// The community on several servers; with SQLite there is only ever one.
    pub async fn on(backend: Backend, nodes: usize) -> Self {
        let (database, personas) = filled(backend).await;
        let mut community = Self {
            nodes: Vec::new(),
            database,
            personas,
            mails: tests::database::new_folder(),
        };
        let nodes = match backend {
            Backend::Sqlite => nodes.min(1),
            Backend::Postgres => nodes,
        };
        for _ in 0..nodes {
            community.start(&[]).await;
        }
        community
    }

    /// Starts one more server, with more settings.
    pub async fn start(&mut self, settings: &[(&str, &str)]) {
        let data = self
            .mails
            .join(self.nodes.len().to_string())
            .to_string_lossy()
            .into_owned();
        let files = self.files().to_string_lossy().into_owned();
        let mut variables = vec![
            ("SABAQTAS_DATA", data.as_str()),
            ("SABAQTAS_FILES_FOLDER", files.as_str()),
            ("SABAQTAS_SERVER_LISTEN", "127.0.0.1:0"),
            ("SABAQTAS_SERVER_GRACE_SECONDS", "0"),
            ("SABAQTAS_DATABASE_URL", &self.database.url),
            ("SABAQTAS_DATABASE_CONNECTIONS", "8"),
            ("SABAQTAS_INSTALLATION_SECRET", SECRET),
            // What a busy machine is slow at is no fault here: the fault tests keep the usual bounds.
            ("SABAQTAS_SERVER_REQUEST_SECONDS", "20"),
            ("SABAQTAS_DATABASE_STATEMENT_SECONDS", "15"),
            ("SABAQTAS_DATABASE_QUEUE_MILLISECONDS", "15000"),
        ];
        if let Some(redis) = &self.database.redis {
            variables.push(("SABAQTAS_REDIS_URL", &redis.url));
            variables.push(("SABAQTAS_REDIS_PREFIX", &redis.prefix));
        }
        variables.retain(|(name, _)| !settings.iter().any(|(other, _)| other == name));
        variables.extend_from_slice(settings);
        let process = Process::start(&["serve"], &variables).await;
        self.nodes.push(process);
    }

    /// The folder of files that all servers share.
    pub fn files(&self) -> std::path::PathBuf {
        self.mails.join("files")
    }

    /// A guest on the first server.
    pub fn guest(&self) -> Client {
        self.guest_on(0)
    }

    /// A guest on this server; on the last one there is when there are fewer.
    pub fn guest_on(&self, node: usize) -> Client {
        let node = self
            .nodes
            .get(node)
            .or(self.nodes.last())
            .expect("a server runs");
        Client::new(&node.base)
    }

    /// Somebody of the community on the first server.
    pub fn persona(&self, key: &str) -> Client {
        self.persona_on(0, key)
    }

    /// Somebody of the community on this server.
    pub fn persona_on(&self, node: usize, key: &str) -> Client {
        self.guest_on(node).signed_in(&self.who(key).token)
    }

    /// How somebody of the community signs in.
    pub fn who(&self, key: &str) -> &server::demo::Persona {
        self.personas
            .get(key)
            .unwrap_or_else(|| panic!("the demo has no {key}"))
    }

    /// How everybody of the community signs in.
    pub fn everybody(&self) -> Vec<server::demo::Persona> {
        self.personas.values().cloned().collect()
    }

    /// The rows behind the servers' back, for what only the software itself may do or see.
    pub async fn operator(&self) -> domain::db::Access {
        let db = open(&self.database.url)
            .await
            .expect("the database can be opened");
        db.access(Viewer::system(Job::Operator))
    }

    /// Waits until everything that happened has reached those it concerns.
    pub async fn settled(&self) {
        let open = "SELECT count(*) FROM outbox WHERE settled_at IS NULL AND parked_at IS NULL";
        for _ in 0..200 {
            if self.database.number(open).await == 0 {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
        panic!("facts are not carried to people");
    }

    /// The letters that were sent so far by all servers.
    pub fn letters(&self) -> Vec<String> {
        let mut letters = Vec::new();
        for node in 0..self.nodes.len() {
            let folder = self.mails.join(node.to_string()).join("mail");
            for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
                if entry
                    .path()
                    .extension()
                    .is_some_and(|ending| ending == "eml")
                {
                    letters.push(std::fs::read_to_string(entry.path()).expect("a letter is text"));
                }
            }
        }
        letters
    }

    /// The id of the school that this finds first.
    pub async fn school(&self, query: &str) -> String {
        let found = self
            .guest()
            .query(
                "query($q: String!) { schools(query: $q, first: 1) { nodes { id } } }",
                json!({"q": query}),
            )
            .await;
        text(&found, "/schools/nodes/0/id")
    }

    /// The id of the network that the school leads.
    pub async fn network_of(&self, school: &str) -> String {
        let document =
            "query($s: ID!) { networks(filter: { leadingId: $s }, first: 1) { nodes { id } } }";
        text(
            &self.guest().query(document, json!({"s": school})).await,
            "/networks/nodes/0/id",
        )
    }
}

impl Drop for Community {
    fn drop(&mut self) {
        self.nodes.clear();
        let _ = std::fs::remove_dir_all(&self.mails);
    }
}

/// The answer of a mutation that is sent again while the server is crowded and sends people away.
pub async fn insist(client: &Client, document: &str, variables: Value) -> Value {
    loop {
        let mut answer = client.query_raw(document, variables.clone()).await;
        let data = answer["data"].as_object();
        if data.is_some_and(|fields| fields.values().any(|field| !field.is_null())) {
            return answer["data"].take();
        }
        let code = answer.pointer("/errors/0/extensions/code");
        assert_eq!(code, Some(&json!("UNAVAILABLE")), "{answer:#}");
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    }
}

/// The text at this place of an answer.
pub fn text(value: &Value, pointer: &str) -> String {
    match value.pointer(pointer).and_then(Value::as_str) {
        Some(text) => text.to_owned(),
        None => panic!("no text at {pointer} of {value:#}"),
    }
}

/// The number at this place of an answer.
pub fn number(value: &Value, pointer: &str) -> i64 {
    match value.pointer(pointer).and_then(Value::as_i64) {
        Some(number) => number,
        None => panic!("no number at {pointer} of {value:#}"),
    }
}

/// The codes of a payload's user errors.
pub fn codes(payload: &Value) -> Vec<String> {
    let errors = payload.get("userErrors").and_then(Value::as_array);
    let errors = errors.unwrap_or_else(|| panic!("no userErrors in {payload:#}"));
    errors.iter().map(|error| text(error, "/code")).collect()
}

/// The payload of a mutation's only field, which must have worked.
pub fn done(answer: &Value) -> Value {
    let payload = answer
        .as_object()
        .and_then(|fields| fields.values().next())
        .cloned();
    let payload = payload.unwrap_or_else(|| panic!("no payload in {answer:#}"));
    assert_eq!(codes(&payload), Vec::<String>::new(), "{payload:#}");
    payload
}

async fn filled(backend: Backend) -> (Database, HashMap<String, server::demo::Persona>) {
    static SQLITE: OnceCell<HashMap<String, server::demo::Persona>> = OnceCell::const_new();
    static POSTGRES: OnceCell<HashMap<String, server::demo::Persona>> = OnceCell::const_new();
    let personas = match backend {
        Backend::Sqlite => &SQLITE,
        Backend::Postgres => &POSTGRES,
    };
    let database = Database::fresh(backend, "community", async |url: &str| {
        let filled = fill(url).await?;
        personas
            .set(filled)
            .map_err(|_| anyhow::anyhow!("the template is filled once"))
    })
    .await;
    let personas = personas
        .get()
        .cloned()
        .expect("the template was filled by somebody who told the personas");
    (database, personas)
}

async fn fill(url: &str) -> anyhow::Result<HashMap<String, server::demo::Persona>> {
    migrations::run(url).await?;
    let db = open(url).await?;
    let personas = server::demo::fill(&db).await?;
    db.close().await?;
    Ok(personas
        .into_iter()
        .map(|persona| (persona.key.clone(), persona))
        .collect())
}

pub async fn open(url: &str) -> anyhow::Result<domain::db::Db> {
    open_counting(url, || ()).await
}

/// The same; `on_statement` hears of every statement.
pub async fn open_counting(
    url: &str,
    on_statement: impl Fn() + Send + Sync + 'static,
) -> anyhow::Result<domain::db::Db> {
    let settings = [
        ("SABAQTAS_DATABASE_URL", url),
        ("SABAQTAS_INSTALLATION_SECRET", SECRET),
    ];
    let settings = settings.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let config = server::config::Config::parse(b"", settings.into())?;
    server::database::open(&config, on_statement).await
}
