//! The integration tests: one binary, a module per noun and these across them.
#![expect(clippy::expect_used, clippy::indexing_slicing, reason = "tests")]

mod authz;
mod browser;
mod budget;
mod community;
mod generate;
mod harness;
mod import;
mod input;
mod notification;
mod page_budget;
mod pages;
mod person;
mod promises;
mod region;
mod schema;
mod school;
mod sign_in;
mod story;
mod tidy;

/// Fills a new database; every test passes this to [`tests::Database::fresh`].
pub async fn migrate(url: &str) -> anyhow::Result<()> {
    migrations::run(url).await?;
    Ok(())
}
