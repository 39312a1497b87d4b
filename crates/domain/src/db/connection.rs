//! The pool, and a connection of it as sea-orm speaks to it.
//!
//! A statement takes a connection, asks once and gives it back: no question whether it lives, before or after. What may
//! be wrong with one is known here. A connection whose answer was not awaited, or that is still inside a transaction,
//! is set right before anybody else gets it, within a deadline, or closed.

use std::ops::Deref;
use std::sync::Arc;
use std::time::{Duration, Instant};

use async_trait::async_trait;
use deadpool::managed::{self, Object, PoolError, RecycleError, RecycleResult, Timeouts};
use sea_orm::sqlx::{
    self, AssertSqlSafe, Connection as _, Executor, PgConnection, SqliteConnection,
};
use sea_orm::{
    ConnAcquireErr, ConnectionTrait, DbBackend, DbErr, ExecResult, QueryResult, RuntimeErr,
    Statement, Values,
};
use sea_query_sqlx::SqlxValues;
use tokio::sync::{Mutex, MutexGuard};

use super::dialect::Address;

/// Longest that a connection may take to show that it lives.
const SIGN_OF_LIFE: Duration = Duration::from_secs(2);

/// How long a connection may have been idle to be taken without asking whether it still stands.
const FRESH: Duration = Duration::from_secs(1);

/// How long a connection is kept: what a server holds for one grows.
const LIFE: Duration = Duration::from_secs(30 * 60);

/// What opens connections.
struct Maker {
    address: Address,
    on_statement: Arc<dyn Fn() + Send + Sync>,
}

/// The wire.
pub(super) enum Line {
    Postgres(PgConnection),
    Sqlite(SqliteConnection),
}

/// A connection in the pool.
struct Slot {
    line: Line,
    home_at: Instant,
}

impl managed::Manager for Maker {
    type Type = Slot;
    type Error = sqlx::Error;

    async fn create(&self) -> Result<Slot, sqlx::Error> {
        Ok(Slot {
            line: self.address.connect().await?,
            home_at: Instant::now(),
        })
    }

    async fn recycle(
        &self,
        slot: &mut Slot,
        metrics: &managed::Metrics,
    ) -> RecycleResult<sqlx::Error> {
        if metrics.age() > LIFE {
            return Err(RecycleError::message("it is old"));
        }
        if slot.home_at.elapsed() > FRESH {
            within(slot.line.ping()).await?;
        }
        Ok(())
    }
}

/// No connection.
pub(super) fn away(error: sqlx::Error) -> DbErr {
    DbErr::Conn(RuntimeErr::SqlxError(Arc::new(error)))
}

fn failed(error: sqlx::Error) -> DbErr {
    DbErr::Query(RuntimeErr::SqlxError(Arc::new(error)))
}

async fn within<T>(asked: impl Future<Output = Result<T, sqlx::Error>>) -> Result<T, sqlx::Error> {
    match tokio::time::timeout(SIGN_OF_LIFE, asked).await {
        Ok(answer) => answer,
        Err(_) => Err(sqlx::Error::Io(std::io::ErrorKind::TimedOut.into())),
    }
}

impl Line {
    async fn ping(&mut self) -> Result<(), sqlx::Error> {
        match self {
            Self::Postgres(line) => line.ping().await,
            Self::Sqlite(line) => line.ping().await,
        }
    }

    async fn tell(&mut self, sql: String) -> Result<ExecResult, sqlx::Error> {
        let sql = AssertSqlSafe(sql);
        match self {
            Self::Postgres(line) => line.execute(sql).await.map(Into::into),
            Self::Sqlite(line) => line.execute(sql).await.map(Into::into),
        }
    }
}

/// The connections of this node.
#[derive(Clone)]
pub(super) struct Pool(managed::Pool<Maker>);

impl Pool {
    /// Opens the first of at most `connections`; whoever needs one waits for it as long as `queue`.
    pub(super) async fn open(
        address: Address,
        connections: u32,
        queue: Duration,
        on_statement: impl Fn() + Send + Sync + 'static,
    ) -> Result<Self, DbErr> {
        let maker = Maker {
            address,
            on_statement: Arc::new(on_statement),
        };
        let pool = managed::Pool::builder(maker)
            .max_size(connections as usize)
            .timeouts(Timeouts {
                wait: Some(queue),
                create: Some(queue),
                recycle: None,
            })
            .runtime(deadpool::Runtime::Tokio1)
            .build()
            .map_err(|error| DbErr::Custom(error.to_string()))?;
        let pool = Self(pool);
        pool.connection().await?;
        Ok(pool)
    }

    /// A connection that nobody else has.
    pub(super) async fn connection(&self) -> Result<Connection, DbErr> {
        let slot = self.0.get().await.map_err(|error| match error {
            PoolError::Timeout(_) => DbErr::ConnectionAcquire(ConnAcquireErr::Timeout),
            PoolError::Closed => DbErr::ConnectionAcquire(ConnAcquireErr::ConnectionClosed),
            PoolError::Backend(error) => away(error),
            other => DbErr::Custom(other.to_string()),
        })?;
        Ok(Connection {
            backend: self.backend(),
            on_statement: self.0.manager().on_statement.clone(),
            held: Mutex::new(Held {
                slot: Some(slot),
                answering: false,
                transaction: None,
            }),
        })
    }

    pub(super) fn backend(&self) -> DbBackend {
        self.0.manager().address.backend()
    }

    /// How many are open, and how many of them idle.
    pub(super) fn status(&self) -> (u32, usize) {
        let status = self.0.status();
        let open = u32::try_from(status.size).unwrap_or(u32::MAX);
        (open, status.available)
    }

    /// Closes it: who asks from now on is refused, and who still has a connection is its last user.
    pub(super) async fn close(&self) -> Result<(), DbErr> {
        let idle = self.0.retain(|_, _| false).removed;
        self.0.close();
        for slot in idle {
            let closed = match slot.line {
                Line::Postgres(line) => line.close().await,
                Line::Sqlite(line) => line.close().await,
            };
            closed.map_err(away)?;
        }
        Ok(())
    }
}

/// One connection, given back when it is dropped.
pub(crate) struct Connection {
    backend: DbBackend,
    on_statement: Arc<dyn Fn() + Send + Sync>,
    held: Mutex<Held>,
}

/// How a transaction goes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Transaction {
    Sound,
    /// A statement of it failed: PostgreSQL takes no more of them.
    Failed,
}

struct Held {
    /// Taken out when it is given back.
    slot: Option<Object<Maker>>,
    /// Whether an answer is on its way, or was cut off.
    answering: bool,
    transaction: Option<Transaction>,
}

impl Held {
    fn line(&mut self) -> Result<&mut Line, sqlx::Error> {
        self.answering = true;
        match &mut self.slot {
            Some(slot) => Ok(&mut slot.line),
            None => Err(sqlx::Error::PoolClosed),
        }
    }

    /// The answer was read to its end, or the database itself refused: it listens again.
    fn heard<T>(&mut self, answer: &Result<T, sqlx::Error>) {
        self.answering = !matches!(
            answer,
            Ok(_) | Err(sqlx::Error::Database(_) | sqlx::Error::RowNotFound)
        );
        if answer.is_err() && self.transaction.is_some() {
            self.transaction = Some(Transaction::Failed);
        }
    }

    async fn tell(&mut self, sql: &str) -> Result<ExecResult, sqlx::Error> {
        let answer = self.line()?.tell(sql.to_owned()).await;
        self.heard(&answer);
        answer
    }

    /// Makes whatever is left of a request undone.
    async fn set_right(&mut self) -> Result<(), sqlx::Error> {
        if self.transaction.is_some() {
            self.tell("ROLLBACK").await?;
        } else if self.answering {
            self.line()?.ping().await?;
        }
        self.answering = false;
        self.transaction = None;
        Ok(())
    }

    /// Back to the pool; closed when it can't be set right soon.
    async fn come_home(mut self) {
        let right = within(self.set_right()).await;
        let Some(mut slot) = self.slot.take() else {
            return;
        };
        match right {
            Ok(()) => slot.home_at = Instant::now(),
            Err(error) => {
                tracing::warn!(%error, "a connection to the database is given up");
                drop(Object::take(slot));
            }
        }
    }
}

impl Connection {
    /// Begins a transaction. Dropped before [`Connection::commit`], it leaves nothing.
    pub(super) async fn begin(&self, how: &str) -> Result<(), DbErr> {
        let mut held = self.held.lock().await;
        // Before it is sent: cut off in the middle, it may have begun.
        held.transaction = Some(Transaction::Sound);
        held.tell(how).await.map_err(failed)?;
        Ok(())
    }

    /// Makes it so.
    pub(super) async fn commit(self) -> Result<(), DbErr> {
        let mut held = self.held.lock().await;
        if held.transaction != Some(Transaction::Sound) {
            // PostgreSQL would answer to COMMIT as if all were well.
            return Err(DbErr::Custom("a statement of it had failed".to_owned()));
        }
        held.tell("COMMIT").await.map_err(failed)?;
        held.transaction = None;
        Ok(())
    }

    /// Undoes it before going on.
    pub(super) async fn roll_back(mut self) {
        self.take().come_home().await;
    }

    /// Sends the lines of a `COPY … FROM STDIN`, which PostgreSQL alone has.
    pub(super) async fn copy(&self, sql: &str, lines: &[u8]) -> Result<(), DbErr> {
        async fn send(line: &mut PgConnection, sql: &str, lines: &[u8]) -> Result<(), sqlx::Error> {
            let mut stream = line.copy_in_raw(sql).await?;
            stream.send(lines).await?;
            stream.finish().await?;
            Ok(())
        }
        let mut held = self.held.lock().await;
        let answer = match held.line() {
            Ok(Line::Postgres(line)) => send(line, sql, lines).await,
            Ok(Line::Sqlite(_)) => Err(sqlx::Error::InvalidArgument("COPY".to_owned())),
            Err(error) => Err(error),
        };
        held.heard(&answer);
        answer.map_err(failed)
    }

    fn take(&mut self) -> Held {
        let held = self.held.get_mut();
        Held {
            slot: held.slot.take(),
            ..*held
        }
    }

    async fn listening(&self) -> MutexGuard<'_, Held> {
        (self.on_statement)();
        self.held.lock().await
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        let mut held = self.take();
        let Some(slot) = &mut held.slot else {
            return;
        };
        if !held.answering && held.transaction.is_none() {
            slot.home_at = Instant::now();
        } else if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            runtime.spawn(held.come_home());
        } else if let Some(slot) = held.slot.take() {
            drop(Object::take(slot));
        }
    }
}

fn query<DB: sqlx::Database>(statement: Statement) -> sqlx::query::Query<'static, DB, SqlxValues>
where
    SqlxValues: sqlx::IntoArguments<DB>,
{
    let values = statement.values.unwrap_or(Values(Vec::new()));
    sqlx::query_with(AssertSqlSafe(statement.sql), SqlxValues(values))
}

/// Asks whichever database it is, in the same words.
macro_rules! ask {
    ($self:ident, $statement:ident, $how:ident, $map:expr) => {{
        let mut held = $self.listening().await;
        let answer = match held.line() {
            Ok(Line::Postgres(line)) => query($statement).$how(line).await.map($map),
            Ok(Line::Sqlite(line)) => query($statement).$how(line).await.map($map),
            Err(error) => Err(error),
        };
        held.heard(&answer);
        answer
    }};
}

#[async_trait]
impl ConnectionTrait for Connection {
    fn get_database_backend(&self) -> DbBackend {
        self.backend
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        ask!(self, statement, execute, Into::into).map_err(failed)
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        let mut held = self.listening().await;
        held.tell(sql).await.map_err(failed)
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        ask!(self, statement, fetch_optional, |row| row.map(Into::into)).map_err(failed)
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        ask!(self, statement, fetch_all, |rows| rows
            .into_iter()
            .map(Into::into)
            .collect())
        .map_err(failed)
    }
}

/// Where a statement goes.
#[derive(Clone, Copy)]
pub(super) enum On<'c> {
    /// To whichever connection is free.
    Any(&'c Pool),
    /// To that of a transaction.
    This(&'c Connection),
}

/// A connection for one statement.
enum Lent<'c> {
    Own(Connection),
    This(&'c Connection),
}

impl Deref for Lent<'_> {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        match self {
            Self::Own(connection) => connection,
            Self::This(connection) => connection,
        }
    }
}

impl<'c> On<'c> {
    async fn connection(&self) -> Result<Lent<'c>, DbErr> {
        Ok(match self {
            Self::Any(pool) => Lent::Own(pool.connection().await?),
            Self::This(connection) => Lent::This(connection),
        })
    }
}

#[async_trait]
impl ConnectionTrait for On<'_> {
    fn get_database_backend(&self) -> DbBackend {
        match self {
            Self::Any(pool) => pool.backend(),
            Self::This(connection) => connection.backend,
        }
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        self.connection().await?.execute_raw(statement).await
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.connection().await?.execute_unprepared(sql).await
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.connection().await?.query_one_raw(statement).await
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.connection().await?.query_all_raw(statement).await
    }
}
