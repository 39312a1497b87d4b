//! The history of the tables, one file a group of nouns.
//!
//! The SQL is written once for both databases: SQLite takes PostgreSQL's type names and keeps what is bound.
//! What the two do disagree on is in `dialect.rs`.

mod dialect;
mod m0001_person;
mod m0002_school;
mod m0003_outbox;
mod m0004_partnership;
mod m0005_notification;
mod m0006_announcement;
mod m0007_forgotten;
mod m0008_resource;
mod m0009_file;
mod m0010_study;
mod m0011_search;
mod m0012_plan;
mod m0013_retold;
mod m0014_study;

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectOptions, Database};

/// Brings the database at `url` to the newest tables; tells how many steps that took.
/// An SQLite file that is missing is made. On several nodes at once, one migrates and the others wait.
pub async fn run(url: &str) -> Result<usize, DbErr> {
    let mut options = ConnectOptions::new(url);
    options.max_connections(1).sqlx_logging(false);
    dialect::tune(&mut options);
    let database = Database::connect(options).await?;
    let held = dialect::hold(&database).await?;
    let before = Migrator::get_pending_migrations(&database).await?.len();
    Migrator::up(&database, None).await?;
    dialect::release(&database, held).await?;
    database.close().await?;
    Ok(before)
}

struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_person::Step),
            Box::new(m0002_school::Step),
            Box::new(m0003_outbox::Step),
            Box::new(m0004_partnership::Step),
            Box::new(m0005_notification::Step),
            Box::new(m0006_announcement::Step),
            Box::new(m0007_forgotten::Step),
            Box::new(m0008_resource::Step),
            Box::new(m0009_file::Step),
            Box::new(m0010_study::Step),
            Box::new(m0011_search::Step),
            Box::new(m0012_plan::Step),
            Box::new(m0013_retold::Step),
            Box::new(m0014_study::Step),
        ]
    }
}
