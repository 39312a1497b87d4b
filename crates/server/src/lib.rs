//! The one composition root: configuration, commands, telemetry, and the way a request goes from
//! the socket to a route.

pub mod backup;
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
