//! A look at the rows behind the servers' backs.

use std::time::Duration;

use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, QueryResult, Statement,
    TryGetable,
};

/// One connection of the test's own.
#[derive(Debug)]
pub struct Rows {
    database: DatabaseConnection,
    sqlite: bool,
}

impl Rows {
    /// Connects.
    pub async fn at(url: &str) -> Self {
        let mut options = ConnectOptions::new(url);
        options
            .max_connections(1)
            .connect_timeout(Duration::from_secs(20))
            .acquire_timeout(Duration::from_secs(60))
            .sqlx_logging(false);
        match Database::connect(options).await {
            Ok(database) => Self {
                database,
                sqlite: url.starts_with("sqlite:"),
            },
            Err(error) => panic!("no connection to {url}: {error}"),
        }
    }

    /// What shows a key as clients see it, without its prefix.
    pub fn hex(&self, column: &str) -> String {
        if self.sqlite {
            format!("lower(hex({column}))")
        } else {
            format!("replace(CAST({column} AS text), '-', '')")
        }
    }

    /// Runs statements.
    pub async fn run(&self, statements: &str) {
        if let Err(error) = self.database.execute_unprepared(statements).await {
            panic!("{statements}: {error}");
        }
    }

    async fn all(&self, statement: &str) -> Vec<QueryResult> {
        let statement = Statement::from_string(self.database.get_database_backend(), statement);
        match self.database.query_all_raw(statement.clone()).await {
            Ok(rows) => rows,
            Err(error) => panic!("{statement}: {error}"),
        }
    }

    /// The first column of all rows.
    pub async fn column<T: TryGetable>(&self, statement: &str) -> Vec<T> {
        let rows = self.all(statement).await;
        let value = |row: &QueryResult| match row.try_get_by_index(0) {
            Ok(value) => value,
            Err(error) => panic!("{statement}: {error}"),
        };
        rows.iter().map(value).collect()
    }

    /// The one number that a statement selects.
    pub async fn number(&self, statement: &str) -> i64 {
        match self.column(statement).await.as_slice() {
            [number] => *number,
            rows => panic!("{statement}: {} rows", rows.len()),
        }
    }

    /// Ends the connection.
    pub async fn close(self) {
        self.database.close().await.expect("the connection closes");
    }
}
