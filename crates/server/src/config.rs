//! The configuration of an installation: one TOML file, every setting also by environment.
//!
//! `sabaqtas.example.toml` documents each setting; `settings` is the only module that names
//! them. What is unknown, misspelt or out of range is refused at start, all mistakes at once.

mod reader;
mod settings;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fmt;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono_tz::Tz;
use domain::file::Allowance;
use files::Place;
use i18n::Locale;
use ipnet::IpNet;

pub use reader::Problems;
use reader::Reader;

/// Where the file is looked for when nobody names one.
const DEFAULT_FILE: &str = "sabaqtas.toml";

/// A value that may hold a password: never printed by accident.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// The value itself, for whoever connects with it.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// A checked configuration.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// Folder of everything this node keeps itself: SQLite file, uploads, mail when no SMTP is set.
    pub data: PathBuf,
    /// How it is reached.
    pub server: Server,
    /// Where rows are.
    pub database: Database,
    /// The bus between nodes; without it, one node with a bus in the process.
    pub redis: Option<Redis>,
    /// How mail leaves.
    pub mail: Mail,
    /// Where files lie, and how much of them is taken.
    pub files: Files,
    /// What is logged, and how.
    pub log: Log,
    /// Where traces go.
    pub telemetry: Telemetry,
    /// What a client of the API may ask.
    pub graphql: Graphql,
    /// What differs between installations in words and places.
    pub installation: Installation,
}

/// How this node is reached.
#[derive(Clone, Debug, PartialEq)]
pub struct Server {
    /// Address and port to listen on; port 0 takes a free one.
    pub listen: SocketAddr,
    /// Scheme and host that people's browsers use, without a slash at the end.
    pub public_url: Option<String>,
    /// Origins besides our own that browsers may call the API from.
    pub allowed_origins: Vec<String>,
    /// Proxies whose `X-Forwarded-For` and `X-Request-Id` are believed.
    pub trusted_proxies: Vec<IpNet>,
    /// Open connections at most, sockets included; more wait.
    pub max_connections: usize,
    /// Largest request body on routes that do not stream, in bytes.
    pub body_bytes: usize,
    /// Longest a request on routes that do not stream may take.
    pub request_timeout: Duration,
    /// How long connections are still accepted after readiness turned false.
    pub grace: Duration,
    /// Longest from the signal to the end, grace included.
    pub drain: Duration,
}

impl Server {
    /// Scheme and host for links, given the address really bound.
    pub fn public_url(&self, bound: SocketAddr) -> String {
        self.public_url
            .clone()
            .unwrap_or_else(|| format!("http://{bound}"))
    }

    /// Do browsers reach us by https?
    pub fn is_https(&self) -> bool {
        self.public_url
            .as_ref()
            .is_some_and(|url| url.starts_with("https://"))
    }
}

/// Where rows are: a `sqlite:` or `postgres:` URL, and how it is used.
#[derive(Clone, Debug, PartialEq)]
pub struct Database {
    /// URL with credentials.
    pub url: Secret,
    /// Connections of this node at most.
    pub connections: usize,
    /// Longest a statement may run.
    pub statement_timeout: Duration,
    /// How long a request waits for a connection before it is told to come back.
    pub queue: Duration,
}

impl Database {
    /// An SQLite file rather than PostgreSQL?
    pub fn is_sqlite(&self) -> bool {
        self.url.expose().starts_with("sqlite:")
    }

    /// Are they in the SQLite file of the data folder, as when nothing is configured?
    pub fn is_embedded(&self, data: &Path) -> bool {
        self.url.expose() == settings::sqlite_url(data)
    }
}

/// The bus between nodes.
#[derive(Clone, Debug, PartialEq)]
pub struct Redis {
    /// URL with credentials.
    pub url: Secret,
    /// Put before every key and channel, so that installations can share a server.
    pub prefix: String,
}

/// How mail leaves.
#[derive(Clone, Debug, PartialEq)]
pub struct Mail {
    /// `smtp:` or `smtps:` URL with credentials; without it mails are files in `data/mail`.
    pub smtp_url: Option<Secret>,
    /// Sender, as `Name <address>` or an address.
    pub from: String,
}

/// Where files lie, and how much of them is taken.
#[derive(Clone, Debug, PartialEq)]
pub struct Files {
    /// A folder in the data folder, or a bucket that all nodes share.
    pub place: Place,
    /// How large a file may be, and all of one person together.
    pub allowance: Allowance,
}

/// What is logged, and how.
#[derive(Clone, Debug, PartialEq)]
pub struct Log {
    /// Form of a line.
    pub format: LogFormat,
    /// Directives of `tracing_subscriber::EnvFilter`.
    pub filter: String,
}

/// Form of a log line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
}

/// Where traces go.
#[derive(Clone, Debug, PartialEq)]
pub struct Telemetry {
    /// Base URL of an OTLP collector speaking HTTP; without it no traces leave.
    pub otlp_endpoint: Option<String>,
}

/// What a client of the API may ask.
#[derive(Clone, Debug, PartialEq)]
pub struct Graphql {
    /// Answer `__schema` and `__type`?
    pub introspection: bool,
    /// Folder of `*.graphql` documents; when set, only these are executed.
    pub trusted_documents: Option<PathBuf>,
    /// Nesting of a selection at most.
    pub depth: usize,
    /// The same inside `__schema` and `__type`, whose standard query is deeper.
    pub introspection_depth: usize,
    /// Fields of a document at most, fragments expanded.
    pub fields: usize,
    /// Aliases of a document at most.
    pub aliases: usize,
    /// Directives of a document at most.
    pub directives: usize,
    /// Cost points of one operation at most.
    pub cost: u64,
    /// Cost points a viewer can save up.
    pub cost_budget: u64,
    /// Cost points a viewer gets back each second.
    pub cost_per_second: u64,
    /// WebSockets a person may hold open on a node.
    pub sockets: usize,
    /// Subscriptions a person may hold open on a node.
    pub subscriptions: usize,
}

/// What differs between installations in words and places.
#[derive(Clone, Debug, PartialEq)]
pub struct Installation {
    /// Time zone of the school day.
    pub time_zone: Tz,
    /// Language of those who have not chosen.
    pub default_language: Locale,
    /// 32 bytes in base64 that links and digests are made with, the same on every node; without it
    /// they are kept in `data/secret`.
    pub secret: Option<Secret>,
    /// Programme's own words for the school that leads a circle.
    pub leading: Option<Names>,
    /// Programme's own words for its partner schools.
    pub magnetic: Option<Names>,
}

/// A name in the three languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Names {
    /// In Kazakh.
    pub kk: String,
    /// In Russian.
    pub ru: String,
    /// In English.
    pub en: String,
}

/// The variables of this process that concern us.
pub fn environment() -> BTreeMap<String, String> {
    std::env::vars_os()
        .filter_map(|(name, value)| {
            let name = name.into_string().ok()?;
            name.starts_with("SABAQTAS_")
                .then(|| (name, value.to_string_lossy().into_owned()))
        })
        .collect()
}

impl Config {
    /// Reads `file`, else the file that `SABAQTAS_CONFIG` names, else `./sabaqtas.toml` if there
    /// is one; then the environment over it.
    pub fn load(
        file: Option<&Path>,
        environment: BTreeMap<String, String>,
    ) -> Result<Config, Problems> {
        let named = file.map(Path::to_path_buf).or_else(|| {
            let path = environment.get("SABAQTAS_CONFIG")?;
            (!path.is_empty()).then(|| PathBuf::from(path))
        });
        let path = named.or_else(|| {
            let path = PathBuf::from(DEFAULT_FILE);
            path.exists().then_some(path)
        });
        let bytes = match path {
            None => Vec::new(),
            Some(path) => std::fs::read(&path).map_err(|error| {
                Problems(vec![format!(
                    "{} (from --config or SABAQTAS_CONFIG) cannot be read: {error}",
                    path.display()
                )])
            })?,
        };
        Config::parse(&bytes, environment)
    }

    /// Checks the bytes of a file and the environment over it.
    pub fn parse(file: &[u8], environment: BTreeMap<String, String>) -> Result<Config, Problems> {
        let mut read = Reader::new(file, environment);
        let config = settings::config(&mut read);
        read.finish()?;
        Ok(config)
    }
}
