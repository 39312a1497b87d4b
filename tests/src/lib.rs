//! The harness of the integration tests: a database cloned per test, the real server on a free port, and a client.
//!
//! A test that touches the database is written once and runs on both, see [`both`]. `bin/test` starts what they need.
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a harness that cannot go on fails the test"
)]

pub mod callgrind;
pub mod database;
pub mod graphql;
pub mod postgres;
pub mod process;
pub mod proxy;
pub mod redis_server;
pub mod rows;
pub mod signal;

pub use callgrind::Callgrind;
pub use database::{Backend, Database, Redis};
pub use graphql::Client;
pub use postgres::Postgres;
pub use process::Process;
pub use proxy::{Proxy, Weather};
pub use redis_server::RedisServer;
pub use rows::Rows;

/// A port of loopback that nobody listens on, for a server that must come back at the same place.
pub fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port is free");
    listener.local_addr().expect("it is bound").port()
}

/// What a client of our servers is made of.
pub fn http() -> reqwest::ClientBuilder {
    server::choose_tls();
    reqwest::Client::builder()
}
