//! The integration tests: one binary, a module per noun and these across them.
#![expect(clippy::expect_used, clippy::indexing_slicing, reason = "tests")]

mod announcement;
mod authz;
mod bank_pages;
mod browser;
mod budget;
mod community;
mod files;
mod flows_on;
mod generate;
mod harness;
mod harvest;
mod import;
mod import_folder;
mod input;
mod instructions;
mod lesson_pages;
mod notification;
mod page_budget;
mod pages;
mod paper;
mod person;
mod photo;
mod plan;
mod promises;
mod region;
mod resource;
mod schema;
mod school;
mod search;
mod sign_in;
mod story;
mod study;
mod study_pages;
#[expect(dead_code, reason = "shared with the tests in browsers")]
mod studying;
mod tidy;

/// Fills a new database; every test passes this to [`tests::Database::fresh`].
pub async fn migrate(url: &str) -> anyhow::Result<()> {
    migrations::run(url).await?;
    Ok(())
}
