//! Everything PostgreSQL and SQLite disagree on.

use std::time::Duration;

use sea_orm::sea_query::{
    Alias, ArrayType, Asterisk, Expr, ExprTrait, Func, JoinType, LockBehavior, LockType, Order,
    Query, Value, WindowStatement,
};
use sea_orm::{
    ColumnTrait, ConnectOptions, ConnectionTrait, DbBackend, EntityTrait, QueryTrait, Select,
    SqliteTransactionMode, Statement, TransactionOptions,
};

/// How many rows one insert may carry: SQLite takes 32,766 parameters, PostgreSQL 65,535.
pub const ROWS_A_STATEMENT: usize = 1000;

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
        ])
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

/// How a claim skips rows that another node is just claiming. SQLite has one writer and nothing to skip.
pub fn claim_lock() -> (LockType, LockBehavior) {
    (LockType::Update, LockBehavior::SkipLocked)
}
