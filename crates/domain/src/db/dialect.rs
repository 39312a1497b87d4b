//! Everything PostgreSQL and SQLite disagree on.

use std::time::Duration;

use sea_orm::sea_query::{
    Alias, ArrayType, Asterisk, CommonTableExpression, Expr, ExprTrait, Func, InsertStatement,
    JoinType, LockBehavior, LockType, Order, Query, Value, WindowStatement, WithClause,
};
use sea_orm::sqlx::{self, Connection, Postgres, pool::PoolConnection};
use sea_orm::{
    ColumnTrait, ConnectOptions, ConnectionTrait, DatabaseConnection, DatabaseTransaction,
    DbBackend, DbErr, EntityName, EntityTrait, IdenStatic, IntoActiveModel, Iterable, ModelTrait,
    QueryTrait, RuntimeErr, Select, SqliteTransactionMode, Statement, TransactionOptions,
    TransactionTrait,
};

/// How many rows one insert may carry: SQLite takes 32,766 parameters, PostgreSQL 65,535.
pub const ROWS_A_STATEMENT: usize = 1000;

/// Longest that a connection which comes home may take to answer.
const SIGN_OF_LIFE: Duration = Duration::from_secs(2);

/// How long a connection may have been idle to be taken without asking whether it still stands.
const FRESH: Duration = Duration::from_secs(1);

/// Sets what must hold for each connection.
pub fn tune(options: &mut ConnectOptions, patience: Duration) {
    options.map_sqlx_sqlite_opts(move |sqlite| {
        sqlite
            .create_if_missing(true)
            .foreign_keys(true)
            .busy_timeout(patience)
            .pragma("journal_mode", "WAL")
            // NORMAL may lose a commit that was acknowledged when the power fails.
            .pragma("synchronous", "FULL")
            .pragma("mmap_size", "134217728")
    });
    options.map_sqlx_postgres_opts(move |postgres| {
        postgres.options([
            ("statement_timeout", format!("{}ms", patience.as_millis())),
            ("jit", "off".to_owned()),
            // A node that was cut off keeps its locks no longer than a statement may take.
            (
                "idle_in_transaction_session_timeout",
                format!("{}ms", patience.as_millis()),
            ),
            ("tcp_keepalives_idle", "10".to_owned()),
            ("tcp_keepalives_interval", "5".to_owned()),
            ("tcp_keepalives_count", "3".to_owned()),
            ("tcp_user_timeout", "20000".to_owned()),
        ])
    });
    // The pool asks each connection that comes home whether it lives, and would wait for the answer for ever: one
    // across a dead network would keep its place. Asked there, it needs no asking again when it is taken soon after.
    options.map_sqlx_postgres_pool_opts(|pool| {
        pool.after_release(|connection, _| {
            Box::pin(async move {
                match tokio::time::timeout(SIGN_OF_LIFE, connection.ping()).await {
                    Ok(alive) => alive.map(|()| true),
                    Err(_) => Err(sqlx::Error::Io(std::io::ErrorKind::TimedOut.into())),
                }
            })
        })
    });
    options.test_before_acquire_if_idle_for(FRESH);
    // SQLite ends a transaction by itself when the disk is full. The pool, not knowing, would take the next one for a
    // part of it, and acknowledge what is never committed: a connection that comes home inside a transaction is closed.
    options.map_sqlx_sqlite_pool_opts(|pool| {
        pool.after_release(|connection, _| {
            Box::pin(async move {
                // Behind the rollback that may be on its way.
                connection.ping().await?;
                Ok(!connection.is_in_transaction())
            })
        })
    });
}

/// Transactions that write take SQLite's write lock at the start: one that reads first and then writes
/// fails at once when another wrote in between, whatever the busy timeout.
pub fn write_mode() -> TransactionOptions {
    TransactionOptions {
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        ..TransactionOptions::default()
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
pub async fn insert_both(
    on: &DatabaseTransaction,
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

/// How many connections are open, and how many of them idle.
pub fn connections(pool: &DatabaseConnection) -> (u32, usize) {
    match pool.get_database_backend() {
        DbBackend::Postgres => {
            let pool = pool.get_postgres_connection_pool();
            (pool.size(), pool.num_idle())
        }
        _ => {
            let pool = pool.get_sqlite_connection_pool();
            (pool.size(), pool.num_idle())
        }
    }
}

/// How a claim skips rows that another node is just claiming. SQLite has one writer and nothing to skip.
pub fn claim_lock() -> (LockType, LockBehavior) {
    (LockType::Update, LockBehavior::SkipLocked)
}

/// A transaction that takes many rows: PostgreSQL as a stream, SQLite as long inserts.
pub enum Pour {
    /// A connection on which `COPY` runs.
    Stream(PoolConnection<Postgres>),
    /// A transaction.
    Insert(DatabaseTransaction),
}

impl Pour {
    /// Begins.
    pub async fn begin(pool: &DatabaseConnection) -> Result<Self, DbErr> {
        match pool.get_database_backend() {
            DbBackend::Postgres => {
                let pool = pool.get_postgres_connection_pool();
                let mut connection = pool.acquire().await.map_err(failed)?;
                // Given back in the middle, it would take its open transaction along.
                connection.close_on_drop();
                sqlx::raw_sql("BEGIN; SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0")
                    .execute(&mut *connection)
                    .await
                    .map_err(failed)?;
                Ok(Self::Stream(connection))
            }
            _ => Ok(Self::Insert(pool.begin_with_options(write_mode()).await?)),
        }
    }

    /// Takes rows, which `lines` are the text of: a line each, as `COPY` reads them.
    pub async fn rows<M>(&mut self, rows: Vec<M>, lines: String) -> Result<(), DbErr>
    where
        M: ModelTrait<Entity: EntityTrait<Model = M>>
            + IntoActiveModel<<M::Entity as EntityTrait>::ActiveModel>,
    {
        match self {
            Self::Stream(connection) => {
                let columns = <M::Entity as EntityTrait>::Column::iter();
                let columns: Vec<_> = columns.map(|c| format!("\"{}\"", c.as_str())).collect();
                let table = M::Entity::default();
                let copy = format!(
                    "COPY \"{}\" ({}) FROM STDIN",
                    table.table_name(),
                    columns.join(", ")
                );
                let mut stream = connection.copy_in_raw(&copy).await.map_err(failed)?;
                stream.send(lines.as_bytes()).await.map_err(failed)?;
                stream.finish().await.map_err(failed)?;
                Ok(())
            }
            Self::Insert(tx) => {
                let mut rows = rows.into_iter().map(IntoActiveModel::into_active_model);
                loop {
                    let some: Vec<_> = rows.by_ref().take(ROWS_A_STATEMENT).collect();
                    if some.is_empty() {
                        return Ok(());
                    }
                    M::Entity::insert_many(some)
                        .exec_without_returning(&*tx)
                        .await?;
                }
            }
        }
    }

    /// Makes it so.
    pub async fn commit(self) -> Result<(), DbErr> {
        match self {
            Self::Stream(mut connection) => {
                let commit = sqlx::raw_sql("COMMIT").execute(&mut *connection);
                commit.await.map_err(failed)?;
                Ok(())
            }
            Self::Insert(tx) => tx.commit().await,
        }
    }
}

fn failed(error: sqlx::Error) -> DbErr {
    DbErr::Custom(error.to_string())
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
pub fn copy_into(on: &impl ConnectionTrait, file: &str) -> Option<Statement> {
    (on.get_database_backend() == DbBackend::Sqlite)
        .then(|| Statement::from_sql_and_values(DbBackend::Sqlite, "VACUUM INTO ?", [file.into()]))
}
