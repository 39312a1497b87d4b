//! The one composition root: configuration, commands, telemetry, and the way a request goes from
//! the socket to a route.

pub mod backup;
mod calendar;
pub mod check;
pub mod cli;
pub mod client_address;
pub mod config;
pub mod database;
pub mod demo;
pub mod door;
pub mod generate;
pub mod graphql;
pub mod import;
pub mod listen;
pub mod pages;
pub mod router;
pub mod run;
pub mod secret;
pub mod telemetry;

/// Chooses ring for TLS to others. Called before the first client is made; once chosen it stays.
pub fn choose_tls() {
    // It fails when the choice was made before.
    let _ = rustls::crypto::ring::default_provider().install_default();
}
