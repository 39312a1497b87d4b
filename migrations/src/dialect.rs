//! What PostgreSQL and SQLite disagree on when tables are made.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectOptions, ConnectionTrait, DatabaseConnection, DbBackend};

/// Any number, the same on every node: who holds the lock with it migrates.
const MIGRATION_LOCK: i64 = 0x5ABA_47A5;

/// Makes the SQLite file when it is missing.
pub(crate) fn tune(options: &mut ConnectOptions) {
    options.map_sqlx_sqlite_opts(|sqlite| {
        sqlite
            .create_if_missing(true)
            .pragma("journal_mode", "WAL")
            .busy_timeout(std::time::Duration::from_secs(30))
    });
}

/// Waits until no other node migrates. An SQLite file has one node.
pub(crate) async fn hold(database: &DatabaseConnection) -> Result<bool, DbErr> {
    let shared = database.get_database_backend() == DbBackend::Postgres;
    if shared {
        database
            .execute_unprepared(&format!("SELECT pg_advisory_lock({MIGRATION_LOCK})"))
            .await?;
    }
    Ok(shared)
}

/// Lets the next one.
pub(crate) async fn release(database: &DatabaseConnection, held: bool) -> Result<(), DbErr> {
    if held {
        database
            .execute_unprepared(&format!("SELECT pg_advisory_unlock({MIGRATION_LOCK})"))
            .await?;
    }
    Ok(())
}

/// Runs SQL that both databases understand.
pub(crate) async fn run(manager: &SchemaManager<'_>, sql: &str) -> Result<(), DbErr> {
    manager.get_connection().execute_unprepared(sql).await?;
    Ok(())
}

/// The type of a text that compares by code point: SQLite's own way, PostgreSQL's when told.
pub(crate) fn ordered_text(manager: &SchemaManager<'_>) -> &'static str {
    match manager.get_database_backend() {
        DbBackend::Postgres => "TEXT COLLATE \"C\"",
        _ => "TEXT",
    }
}

/// A key of 32 hexadecimal digits as a literal: SQLite keeps keys as bytes.
pub(crate) fn key(manager: &SchemaManager<'_>, digits: &str) -> String {
    match manager.get_database_backend() {
        DbBackend::Postgres => format!("'{digits}'::uuid"),
        _ => format!("X'{digits}'"),
    }
}

/// What a table's key and the table itself are followed by, so that reading these columns along with the key touches
/// nothing but the key's index.
pub(crate) fn covering(manager: &SchemaManager<'_>, columns: &[&str]) -> (String, &'static str) {
    match manager.get_database_backend() {
        DbBackend::Postgres => (format!(" INCLUDE ({})", columns.join(", ")), ""),
        _ => (String::new(), " WITHOUT ROWID"),
    }
}

/// Makes rows of `table` permanent: none is deleted, and these columns never change.
pub(crate) async fn append_only(
    manager: &SchemaManager<'_>,
    table: &str,
    columns: &[&str],
) -> Result<(), DbErr> {
    let columns = columns.join(", ");
    let sql = match manager.get_database_backend() {
        DbBackend::Postgres => format!(
            "CREATE FUNCTION {table}_is_append_only() RETURNS trigger LANGUAGE plpgsql AS
             $$ BEGIN RAISE EXCEPTION '{table} is append-only'; END $$;
             CREATE TRIGGER {table}_keep BEFORE DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_is_append_only();
             CREATE TRIGGER {table}_fixed BEFORE UPDATE OF {columns} ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_is_append_only();"
        ),
        _ => format!(
            "CREATE TRIGGER {table}_keep BEFORE DELETE ON {table} BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END;
             CREATE TRIGGER {table}_fixed BEFORE UPDATE OF {columns} ON {table} BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END;"
        ),
    };
    run(manager, &sql).await
}
