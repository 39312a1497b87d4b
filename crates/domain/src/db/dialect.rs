//! Everything PostgreSQL and SQLite disagree on.

use std::time::Duration;

use sea_orm::sea_query::{
    Alias, ArrayType, Asterisk, CommonTableExpression, Expr, ExprTrait, Func, InsertStatement,
    JoinType, LockBehavior, LockType, Order, Query, Value, WindowStatement, WithClause,
};
use sea_orm::sqlx::{
    self, ConnectOptions, postgres::PgConnectOptions, sqlite::SqliteConnectOptions,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, DbErr, EntityName, EntityTrait, IdenStatic,
    IntoActiveModel, Iterable, ModelTrait, QueryTrait, RuntimeErr, Select, Statement,
};

use super::connection::{Connection, Line, Pool, away};

/// How many rows one insert may carry: SQLite takes 32,766 parameters, PostgreSQL 65,535.
pub const ROWS_A_STATEMENT: usize = 1000;

/// Where the database is, with what must hold for each connection to it.
pub(super) enum Address {
    Postgres(PgConnectOptions),
    Sqlite(SqliteConnectOptions),
}

impl Address {
    /// Reads `sqlite://file` or `postgres://…`. `patience` is how long a statement may run.
    pub(super) fn of(url: &str, patience: Duration) -> Result<Self, DbErr> {
        if url.starts_with("sqlite:") {
            let sqlite: SqliteConnectOptions = url.parse().map_err(away)?;
            let sqlite = sqlite
                .create_if_missing(true)
                .foreign_keys(true)
                .busy_timeout(patience)
                .pragma("journal_mode", "WAL")
                // NORMAL may lose a commit that was acknowledged when the power fails.
                .pragma("synchronous", "FULL")
                .pragma("mmap_size", "134217728");
            return Ok(Self::Sqlite(sqlite.disable_statement_logging()));
        }
        let postgres: PgConnectOptions = url.parse().map_err(away)?;
        let postgres = postgres.options([
            ("statement_timeout", format!("{}ms", patience.as_millis())),
            ("jit", "off".to_owned()),
            // Texts are few, and each says what is asked for: planned once, not for every request.
            ("plan_cache_mode", "force_generic_plan".to_owned()),
            // A node that was cut off keeps its locks no longer than a statement may take.
            (
                "idle_in_transaction_session_timeout",
                format!("{}ms", patience.as_millis()),
            ),
            ("tcp_keepalives_idle", "10".to_owned()),
            ("tcp_keepalives_interval", "5".to_owned()),
            ("tcp_keepalives_count", "3".to_owned()),
            ("tcp_user_timeout", "20000".to_owned()),
        ]);
        Ok(Self::Postgres(postgres.disable_statement_logging()))
    }

    /// Which database it is.
    pub(super) fn backend(&self) -> DbBackend {
        match self {
            Self::Postgres(_) => DbBackend::Postgres,
            Self::Sqlite(_) => DbBackend::Sqlite,
        }
    }

    /// Opens a connection.
    pub(super) async fn connect(&self) -> Result<Line, sqlx::Error> {
        match self {
            Self::Postgres(options) => options.connect().await.map(Line::Postgres),
            Self::Sqlite(options) => options.connect().await.map(Line::Sqlite),
        }
    }
}

/// How a transaction that writes begins. SQLite takes its write lock at the start: one that reads first and then writes
/// fails at once when another wrote in between, whatever the busy timeout.
pub(super) fn begin(on: DbBackend) -> &'static str {
    match on {
        DbBackend::Sqlite => "BEGIN IMMEDIATE",
        _ => "BEGIN",
    }
}

/// `column = any of these`, as one parameter where the database has arrays, so that the statement's text
/// does not change with their number.
pub fn any_of<C: ColumnTrait>(on: &impl ConnectionTrait, column: C, keys: Vec<uuid::Uuid>) -> Expr {
    match on.get_database_backend() {
        DbBackend::Postgres => {
            let keys = keys.into_iter().map(Value::from).collect();
            let any = Func::cust("ANY").arg(Expr::val(Value::Array(
                ArrayType::Uuid,
                Some(Box::new(keys)),
            )));
            Expr::col(column.as_column_ref()).eq(any)
        }
        _ => column.is_in(keys),
    }
}

/// The first `limit` rows of each parent, in one statement.
///
/// PostgreSQL looks up each parent's rows through the index (a window function would read all of them); SQLite has no
/// lateral join, and its pages are in memory.
pub fn first_of_each<E: EntityTrait>(
    on: &impl ConnectionTrait,
    select: Select<E>,
    parent: E::Column,
    parents: Vec<uuid::Uuid>,
    (order, key, direction): (E::Column, E::Column, Order),
    limit: u64,
) -> Statement {
    let backend = on.get_database_backend();
    let column = |column: E::Column| Expr::col((E::default(), column));
    let rows = Alias::new("r");
    let mut outer = Query::select();
    match backend {
        DbBackend::Postgres => {
            let keys = parents.into_iter().map(Value::from).collect();
            let keys = Func::cust("unnest").arg(Expr::val(Value::Array(
                ArrayType::Uuid,
                Some(Box::new(keys)),
            )));
            let mut inner = select.into_query();
            inner
                .and_where(column(parent).eq(Expr::col(("p", "p"))))
                .order_by_expr(column(order), direction.clone())
                .order_by_expr(column(key), direction)
                .limit(limit);
            outer
                .column((rows.clone(), Asterisk))
                .from_function(keys, "p")
                .join_lateral(JoinType::InnerJoin, inner, rows, Expr::val(true));
        }
        _ => {
            let number = WindowStatement::partition_by((E::default(), parent))
                .order_by_expr(column(order), direction.clone())
                .order_by_expr(column(key), direction)
                .take();
            let mut inner = select.into_query();
            inner
                .and_where(column(parent).is_in(parents))
                .expr_window_as(Func::cust("ROW_NUMBER"), number, "n");
            outer
                .column((rows.clone(), Asterisk))
                .from_subquery(inner, rows)
                .and_where(Expr::col("n").lte(limit))
                .order_by("n", Order::Asc);
        }
    }
    backend.build(&outer)
}

/// Two rows of two tables: PostgreSQL takes both in one statement. SQLite, where a statement is no journey, takes two.
pub(super) async fn insert_both(
    on: &Connection,
    first: InsertStatement,
    second: InsertStatement,
) -> Result<(), DbErr> {
    match on.get_database_backend() {
        DbBackend::Postgres => {
            let first = CommonTableExpression::new()
                .table_name("first")
                .query(first)
                .to_owned();
            let first = WithClause::new().cte(first).to_owned();
            on.execute(&second.with(first)).await?;
        }
        _ => {
            on.execute(&first).await?;
            on.execute(&second).await?;
        }
    }
    Ok(())
}

/// How a claim skips rows that another node is just claiming. SQLite has one writer and nothing to skip.
pub fn claim_lock() -> (LockType, LockBehavior) {
    (LockType::Update, LockBehavior::SkipLocked)
}

/// A transaction that takes many rows: PostgreSQL by `COPY`, SQLite as long inserts.
pub(super) struct Pour(Connection);

impl Pour {
    /// Begins.
    pub(super) async fn begin(pool: &Pool) -> Result<Self, DbErr> {
        let connection = pool.connection().await?;
        let how = match pool.backend() {
            DbBackend::Postgres => {
                "BEGIN; SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0"
            }
            other => begin(other),
        };
        connection.begin(how).await?;
        Ok(Self(connection))
    }

    /// Takes rows, which `lines` are the text of: a line each, as `COPY` reads them.
    pub(super) async fn rows<M>(&mut self, rows: Vec<M>, lines: String) -> Result<(), DbErr>
    where
        M: ModelTrait<Entity: EntityTrait<Model = M>>
            + IntoActiveModel<<M::Entity as EntityTrait>::ActiveModel>,
    {
        if self.0.get_database_backend() == DbBackend::Postgres {
            let columns = <M::Entity as EntityTrait>::Column::iter();
            let columns: Vec<_> = columns.map(|c| format!("\"{}\"", c.as_str())).collect();
            let table = M::Entity::default();
            let copy = format!(
                "COPY \"{}\" ({}) FROM STDIN",
                table.table_name(),
                columns.join(", ")
            );
            return self.0.copy(&copy, lines.as_bytes()).await;
        }
        let mut rows = rows.into_iter().map(IntoActiveModel::into_active_model);
        loop {
            let some: Vec<_> = rows.by_ref().take(ROWS_A_STATEMENT).collect();
            if some.is_empty() {
                return Ok(());
            }
            M::Entity::insert_many(some)
                .exec_without_returning(&self.0)
                .await?;
        }
    }

    /// Makes it so.
    pub(super) async fn commit(self) -> Result<(), DbErr> {
        self.0.commit().await
    }
}

/// Whether it failed because of the database's state and not of the statement: the same may work in a while.
pub fn is_away(error: &DbErr) -> bool {
    let error = match error {
        DbErr::ConnectionAcquire(_) | DbErr::Conn(_) => return true,
        DbErr::Exec(RuntimeErr::SqlxError(error)) | DbErr::Query(RuntimeErr::SqlxError(error)) => {
            error
        }
        _ => return false,
    };
    match error.as_ref() {
        sqlx::Error::Database(error) => error.code().is_some_and(|code| match code.len() {
            // PostgreSQL: connection, deadlock, resources, operator's hand or statement timeout, system, read only.
            5 => {
                ["08", "40", "53", "57", "58"].contains(&code.get(..2).unwrap_or_default())
                    || ["25006", "25P03", "55P03"].contains(&&*code)
            }
            // SQLite, whose extended codes hold the code in the lowest byte: busy, locked, I/O error, full, can't open.
            _ => code
                .parse::<u32>()
                .is_ok_and(|code| [5, 6, 10, 13, 14].contains(&(code & 0xff))),
        }),
        sqlx::Error::Io(_)
        | sqlx::Error::Tls(_)
        | sqlx::Error::Protocol(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed
        | sqlx::Error::BeginFailed => true,
        _ => false,
    }
}

/// What makes a whole copy of the database in a new file while others write. Only SQLite has such a statement.
pub(super) fn copy_into(on: DbBackend, file: &str) -> Option<Statement> {
    (on == DbBackend::Sqlite)
        .then(|| Statement::from_sql_and_values(DbBackend::Sqlite, "VACUUM INTO ?", [file.into()]))
}
