//! The integration tests: one binary, a module per noun and these across them.
#![expect(clippy::expect_used, reason = "tests")]

mod authz;
mod browser;
mod community;
mod harness;
mod import;
mod notification;
mod pages;
mod person;
mod schema;
mod school;
mod sign_in;
mod story;
mod tidy;

/// Fills a new database; every test passes this to [`tests::Database::fresh`].
async fn migrate(url: &str) -> anyhow::Result<()> {
    migrations::run(url).await?;
    Ok(())
}
