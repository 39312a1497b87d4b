//! The harness of the integration tests: a database cloned per test, the real server on a free port, and a client.
//!
//! A test that touches the database is written once and runs on both, see [`both`]. `bin/test` starts what they need.
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a harness that cannot go on fails the test"
)]

pub mod database;
pub mod graphql;
pub mod process;

pub use database::{Backend, Database, Redis};
pub use graphql::Client;
pub use process::Process;
