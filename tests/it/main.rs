//! The integration tests: one binary, a module per noun and these across them.
#![expect(clippy::expect_used, reason = "tests")]

mod harness;
mod tidy;

/// Fills a new database; every test passes this to [`tests::Database::fresh`].
async fn migrate(_url: &str) -> anyhow::Result<()> {
    Ok(())
}
