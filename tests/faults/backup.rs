//! Backups restore: A14.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use tests::{Postgres, Rows, postgres, process};

use crate::cluster::{Cluster, Embedded};
use crate::ledger::{Writing, inboxes, settled};
use crate::measured;

/// What each table holds: the number of rows, and a digest of them all.
async fn content(
    rows: &Rows,
    tables: &[String],
    digest: &str,
) -> BTreeMap<String, (i64, Vec<String>)> {
    let mut content = BTreeMap::new();
    for table in tables {
        let count = rows.number(&format!("SELECT count(*) FROM {table}")).await;
        let digest = rows.column::<String>(&digest.replace("TABLE", table)).await;
        content.insert(table.clone(), (count, digest));
    }
    content
}

async fn sqlite(file: &Path) -> BTreeMap<String, (i64, Vec<String>)> {
    let rows = Rows::at(&format!("sqlite://{}", file.display())).await;
    let tables = rows
        .column::<String>(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
        )
        .await;
    let mut all = BTreeMap::new();
    for table in tables {
        let columns = rows
            .column::<String>(&format!("SELECT name FROM pragma_table_info('{table}')"))
            .await;
        let columns: Vec<_> = columns
            .iter()
            .map(|column| format!("quote(\"{column}\")"))
            .collect();
        let row = columns.join(" || ',' || ");
        all.extend(
            content(
                &rows,
                &[table],
                &format!("SELECT {row} FROM TABLE ORDER BY 1"),
            )
            .await,
        );
    }
    rows.close().await;
    all
}

/// A14. The embedded installation: a backup while eight write, everything wiped, restored; then a crash on top.
#[tokio::test]
async fn a14_the_embedded_backup_restores() {
    let folder = tests::database::new_folder();
    let mut embedded = Embedded::idle(&folder).await;
    embedded.start().await;
    let inviters = embedded.inviters().await;
    let writing = Writing::by(&inviters, 0, Duration::ZERO);
    writing.reach(100, Duration::from_secs(120)).await;
    let acknowledged: BTreeMap<_, _> = writing.ledger().acknowledged.clone();
    let (data, backup) = (embedded.data.display().to_string(), folder.join("backup"));
    let settings = [
        ("SABAQTAS_DATA", data.as_str()),
        ("SABAQTAS_LOG_FILTER", "warn"),
    ];
    let to = backup.display().to_string();
    let made = process::run(&["backup", &to], &settings).await;
    assert!(made.status.success(), "{made:?}");
    assert!(
        writing.count() > acknowledged.len(),
        "nobody wrote meanwhile: nothing would be proved"
    );
    let again = process::run(&["backup", &to], &settings).await;
    assert!(!again.status.success(), "a backup was written over another");
    let full = process::run(&["restore", &to], &settings).await;
    assert!(
        !full.status.success(),
        "a running installation was restored over"
    );
    writing.finish().await;
    let mut node = embedded.node.take().expect("it runs");
    node.kill();
    std::fs::remove_dir_all(&embedded.data).expect("the data folder can be wiped");

    let restored = process::run(&["restore", &to], &settings).await;
    assert!(restored.status.success(), "{restored:?}");
    let (kept, back) = (
        sqlite(&backup.join("sabaqtas.db")).await,
        sqlite(&embedded.data.join("sabaqtas.db")).await,
    );
    assert_eq!(
        kept.keys().collect::<Vec<_>>(),
        back.keys().collect::<Vec<_>>()
    );
    for (table, rows) in &kept {
        assert!(back[table] == *rows, "{table} differs");
    }
    let secret = |folder: &Path| std::fs::read(folder.join("secret")).expect("a secret");
    assert_eq!(secret(&backup), secret(&embedded.data));

    // What was acknowledged before the backup began is there, people are still signed in, and it goes on.
    embedded.start().await;
    let writing = Writing::by(&inviters, 2000, Duration::ZERO);
    writing.reach(100, Duration::from_secs(120)).await;
    embedded.node.take().expect("it runs").kill();
    embedded.start().await;
    writing.reach(200, Duration::from_secs(120)).await;
    let mut ledger = writing.finish().await;
    assert!(ledger.broken > 0, "the kill did not bite");
    ledger.acknowledged.extend(acknowledged);
    let rows = embedded.rows().await;
    settled(&rows, Duration::from_secs(60)).await;
    ledger.compare(&rows).await;
    inboxes(&rows).await;
    let total: i64 = kept.values().map(|(rows, _)| rows).sum();
    measured(
        "A14",
        &format!(
            "SQLite: {} tables and {total} rows equal after the restore; 0 acknowledged lost, a crash on top",
            kept.len()
        ),
    );
}

/// Runs one of PostgreSQL's programs on a database.
async fn program(name: &str, server: &Postgres, arguments: &[&str]) {
    let url = Postgres::url_at(server.port);
    let mut command = Command::new(postgres::programs().join(name));
    command.args(["-d", &url]).args(arguments);
    let output = tokio::process::Command::from(command)
        .output()
        .await
        .expect("it can be run");
    assert!(
        output.status.success(),
        "{name}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
}

async fn on_postgres(server: &Postgres) -> BTreeMap<String, (i64, Vec<String>)> {
    let rows = server.rows().await;
    let tables = rows
        .column::<String>("SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'")
        .await;
    let digest =
        "SELECT coalesce(md5(string_agg(t::text, '|' ORDER BY t::text)), '') FROM TABLE AS t";
    let content = content(&rows, &tables, digest).await;
    rows.close().await;
    content
}

/// A14. PostgreSQL with `pg_dump` and `pg_restore`, as docs/reliability.md says; then a crash on top.
#[tokio::test]
async fn a14_the_dump_of_postgres_restores() {
    let mut cluster = Cluster::of(1, &[]).await;
    let writing = Writing::start(&cluster, 0, Duration::ZERO).await;
    writing.reach(100, Duration::from_secs(120)).await;
    let first = writing.finish().await;
    let rows = cluster.rows().await;
    settled(&rows, Duration::from_secs(60)).await;
    rows.close().await;
    cluster.kill(0);
    let before = on_postgres(&cluster.postgres).await;
    let file = tests::database::new_folder()
        .join("sabaqtas.dump")
        .display()
        .to_string();
    program(
        "pg_dump",
        &cluster.postgres,
        &["--format=custom", "--file", &file],
    )
    .await;
    cluster.postgres.stop().await;

    let mut fresh = Postgres::new(postgres::folder());
    fresh.start_new().await;
    program(
        "pg_restore",
        &fresh,
        &["--exit-on-error", "--no-owner", &file],
    )
    .await;
    let after = on_postgres(&fresh).await;
    assert_eq!(before, after, "counts and digests of all tables");
    cluster.stand_on(fresh).await;
    cluster.start(0).await;
    let writing = Writing::start(&cluster, 2000, Duration::ZERO).await;
    writing.reach(50, Duration::from_secs(120)).await;
    cluster.postgres.kill().await;
    cluster.postgres.start().await;
    writing.reach(150, Duration::from_secs(120)).await;
    let mut ledger = writing.finish().await;
    assert!(ledger.told_to_come_back > 0, "the kill did not bite");
    ledger.acknowledged.extend(first.acknowledged);
    let rows = cluster.rows().await;
    settled(&rows, Duration::from_secs(60)).await;
    ledger.compare(&rows).await;
    inboxes(&rows).await;
    let total: i64 = before.values().map(|(rows, _)| rows).sum();
    measured(
        "A14",
        &format!(
            "PostgreSQL: {} tables and {total} rows equal after pg_restore; 0 acknowledged lost, a crash on top",
            before.len()
        ),
    );
}
