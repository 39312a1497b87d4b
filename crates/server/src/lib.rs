//! The one binary: configuration, sessions, routes and subcommands.

pub mod graphql;
