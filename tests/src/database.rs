//! A fresh, migrated database for each test.
//!
//! Migrations run once per process: on PostgreSQL into a template that every test's database is created from, on
//! SQLite into a file that every test copies.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use sea_orm::{ConnectOptions, ConnectionTrait, Database as Connect, DatabaseConnection};
use tokio::sync::OnceCell;
use uuid::Uuid;

/// Where a test keeps its rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Backend {
    /// One file and no Redis: the embedded form of the server.
    Sqlite,
    /// PostgreSQL with Redis: the clustered form.
    Postgres,
}

/// Turns one test into two, `NAME::sqlite` and `NAME::postgres`.
///
/// ```text
/// both! {
///     /// A stranger learns nothing of a partnership.
///     async fn strangers_see_nothing(backend: Backend) {
///         let database = Database::fresh(backend, "empty", migrate).await;
///     }
/// }
/// ```
#[macro_export]
macro_rules! both {
    ($($(#[$meta:meta])* async fn $name:ident($backend:ident: $kind:ty) $body:block)+) => {$(
        $(#[$meta])*
        async fn $name($backend: $kind) $body

        mod $name {
            #[tokio::test]
            async fn sqlite() {
                super::$name($crate::Backend::Sqlite).await;
            }

            #[tokio::test]
            async fn postgres() {
                super::$name($crate::Backend::Postgres).await;
            }
        }
    )+};
}

/// A migrated database of the test's own; dropping it deletes it, whoever is still connected.
#[derive(Debug)]
pub struct Database {
    /// Which kind it is.
    pub backend: Backend,
    /// What the server is told to connect to: `sqlite://…` or `postgres://…`.
    pub url: String,
    /// The Redis that belongs to it: the embedded form has none.
    pub redis: Option<Redis>,
    /// The SQLite file's folder or the PostgreSQL database's name.
    place: Place,
}

/// A corner of the tests' Redis.
#[derive(Clone, Debug)]
pub struct Redis {
    /// `redis://…`
    pub url: String,
    /// Begins each key and channel of this test; no other test has it.
    pub prefix: String,
}

#[derive(Debug)]
enum Place {
    Folder(PathBuf),
    Name(String),
}

/// Filled databases by name.
struct Templates<T>(std::sync::Mutex<BTreeMap<&'static str, std::sync::Arc<OnceCell<T>>>>);

impl<T> Templates<T> {
    const fn new() -> Self {
        Self(std::sync::Mutex::new(BTreeMap::new()))
    }

    fn of(&self, name: &'static str) -> std::sync::Arc<OnceCell<T>> {
        let mut all = self
            .0
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        std::sync::Arc::clone(all.entry(name).or_default())
    }
}

impl Database {
    /// Clones the template called `template`, which `fill` fills: it is called with a URL once per process and backend.
    pub async fn fresh(
        backend: Backend,
        template: &'static str,
        fill: impl AsyncFnOnce(&str) -> anyhow::Result<()>,
    ) -> Self {
        match backend {
            Backend::Sqlite => Self::copied(template, fill).await,
            Backend::Postgres => Self::created(template, fill).await,
        }
    }

    async fn copied(
        template: &'static str,
        migrate: impl AsyncFnOnce(&str) -> anyhow::Result<()>,
    ) -> Self {
        static TEMPLATES: Templates<PathBuf> = Templates::new();
        let template = TEMPLATES
            .of(template)
            .get_or_init(async || {
                let file = new_folder().join("template.sqlite");
                let url = sqlite_url(&file);
                migrate(&url)
                    .await
                    .expect("the migrations run on an empty SQLite file");
                // The copies take the main file alone: nothing may be left in the log beside it.
                let database = connect(&url).await;
                run(&database, "PRAGMA wal_checkpoint(TRUNCATE)").await;
                database.close().await.expect("SQLite closes");
                file
            })
            .await
            .clone();
        let folder = new_folder();
        let file = folder.join("test.sqlite");
        std::fs::copy(&template, &file).expect("the template can be copied");
        Self {
            backend: Backend::Sqlite,
            url: sqlite_url(&file),
            redis: None,
            place: Place::Folder(folder),
        }
    }

    async fn created(
        template: &'static str,
        migrate: impl AsyncFnOnce(&str) -> anyhow::Result<()>,
    ) -> Self {
        static TEMPLATES: Templates<String> = Templates::new();
        let admin = connect(&server("SABAQTAS_TEST_POSTGRES")).await;
        let template = TEMPLATES
            .of(template)
            .get_or_init(async || {
                // A name of this process's own: tests of other builds may use the same server.
                let template = format!("template_{}", unique());
                create(&admin, &template, "template0").await;
                migrate(&postgres_url(&template))
                    .await
                    .expect("the migrations run on an empty PostgreSQL database");
                // Nothing can be cloned while somebody is connected to it.
                run(&admin, &format!("ALTER DATABASE {template} WITH ALLOW_CONNECTIONS false")).await;
                run(
                    &admin,
                    &format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{template}'"),
                )
                .await;
                template
            })
            .await
            .clone();
        let name = format!("test_{}", unique());
        create(&admin, &name, &template).await;
        admin.close().await.expect("PostgreSQL closes");
        Self {
            backend: Backend::Postgres,
            url: postgres_url(&name),
            redis: Some(Redis {
                url: server("SABAQTAS_TEST_REDIS"),
                prefix: format!("{name}:"),
            }),
            place: Place::Name(name),
        }
    }
}

impl Database {
    /// Changes rows behind the server's back: to let days pass, to make an insert fail.
    pub async fn run(&self, statement: &str) {
        let database = connect(&self.url).await;
        run(&database, statement).await;
        database.close().await.expect("the connection closes");
    }

    /// The one number that a statement selects.
    pub async fn number(&self, statement: &str) -> i64 {
        let database = connect(&self.url).await;
        let statement = sea_orm::Statement::from_string(database.get_database_backend(), statement);
        let row = database.query_one_raw(statement.clone()).await;
        let row = row.unwrap_or_else(|error| panic!("{statement}: {error}"));
        let row = row.unwrap_or_else(|| panic!("{statement}: no row"));
        let number = row
            .try_get_by_index(0)
            .unwrap_or_else(|error| panic!("{statement}: {error}"));
        database.close().await.expect("the connection closes");
        number
    }
}

impl Database {
    /// Every row of every table, by the table's name.
    pub async fn rows(&self) -> BTreeMap<String, Vec<serde_json::Value>> {
        use sea_orm::FromQueryResult;
        let database = connect(&self.url).await;
        let select = async |statement: String| {
            let statement =
                sea_orm::Statement::from_string(database.get_database_backend(), statement);
            let rows = sea_orm::JsonValue::find_by_statement(statement.clone());
            rows.all(&database)
                .await
                .unwrap_or_else(|error| panic!("{statement}: {error}"))
        };
        let tables = match self.backend {
            Backend::Sqlite => {
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
            }
            Backend::Postgres => {
                "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY table_name"
            }
        };
        let mut all = BTreeMap::new();
        for table in select(tables.to_owned()).await {
            let name = table["name"]
                .as_str()
                .expect("a table has a name")
                .to_owned();
            let mut rows = select(format!("SELECT * FROM {name}")).await;
            rows.sort_by_cached_key(ToString::to_string);
            all.insert(name, rows);
        }
        database.close().await.expect("the connection closes");
        all
    }

    /// From now on nothing can be added to this table in which the condition holds (`NEW` is the row): whatever
    /// tries breaks off there, as it would when the disk is full.
    pub async fn refuse(&self, table: &str, when: &str) {
        let statement = match self.backend {
            Backend::Sqlite => format!(
                "CREATE TRIGGER refuse_{table} BEFORE INSERT ON {table} WHEN {when} BEGIN SELECT RAISE(ABORT, 'refused'); END"
            ),
            Backend::Postgres => format!(
                "CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'refused'; END $$;
                 CREATE TRIGGER refuse_{table} BEFORE INSERT ON {table} FOR EACH ROW WHEN ({when}) EXECUTE FUNCTION refuse()"
            ),
        };
        self.run(&statement).await;
    }

    /// Takes [`refuse`](Self::refuse) back.
    pub async fn admit(&self, table: &str) {
        let on = match self.backend {
            Backend::Sqlite => String::new(),
            Backend::Postgres => format!(" ON {table}"),
        };
        self.run(&format!("DROP TRIGGER refuse_{table}{on}")).await;
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        match &self.place {
            Place::Folder(folder) => {
                // Left behind in the temporary folder at worst.
                let _ = std::fs::remove_dir_all(folder);
            }
            Place::Name(name) => {
                let statement = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
                // The test's own runtime can't be waited for from within.
                let dropped = std::thread::spawn(move || {
                    let runtime = tokio::runtime::Builder::new_current_thread()
                        .enable_all()
                        .build()
                        .expect("a runtime starts");
                    runtime.block_on(async {
                        let admin = connect(&server("SABAQTAS_TEST_POSTGRES")).await;
                        run(&admin, &statement).await;
                    });
                })
                .join();
                if dropped.is_err() && !std::thread::panicking() {
                    panic!("the test's database {name} could not be dropped");
                }
            }
        }
    }
}

async fn create(admin: &DatabaseConnection, name: &str, template: &str) {
    run(
        admin,
        &format!("CREATE DATABASE {name} TEMPLATE {template}"),
    )
    .await;
}

async fn connect(url: &str) -> DatabaseConnection {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(1)
        .connect_timeout(Duration::from_secs(20))
        .sqlx_logging(false);
    match Connect::connect(options).await {
        Ok(database) => database,
        Err(error) => panic!("no connection to {url}: {error}"),
    }
}

async fn run(database: &DatabaseConnection, statement: &str) {
    if let Err(error) = database.execute_unprepared(statement).await {
        panic!("{statement}: {error}");
    }
}

/// The address of a server that `bin/test` starts.
fn server(variable: &str) -> String {
    match std::env::var(variable) {
        Ok(url) => url,
        Err(_) => panic!(
            "{variable} is not set: run bin/test, which starts PostgreSQL and Redis for the tests"
        ),
    }
}

/// The URL of another database on the same server.
fn postgres_url(name: &str) -> String {
    let url = server("SABAQTAS_TEST_POSTGRES");
    match url.rsplit_once('/') {
        Some((server, _)) => format!("{server}/{name}"),
        None => panic!("SABAQTAS_TEST_POSTGRES names no database: {url}"),
    }
}

fn sqlite_url(file: &Path) -> String {
    format!("sqlite://{}?mode=rwc", file.display())
}

/// A new folder of this test's own, inside the temporary folder.
pub fn new_folder() -> PathBuf {
    let folder = std::env::temp_dir().join(format!("sabaqtas-{}", unique()));
    std::fs::create_dir_all(&folder).expect("the temporary folder can be written");
    folder
}

#[expect(
    clippy::disallowed_methods,
    reason = "names of databases, not ids of the product"
)]
fn unique() -> String {
    Uuid::now_v7().simple().to_string()
}
