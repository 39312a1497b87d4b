//! Lesson Study in networks of schools: tables, rules, policies, commands, queries, facts.
//!
//! One module a noun; each is `mod.rs` (what it is), `entity.rs` (its table), `policy.rs` (who sees and changes it),
//! `commands.rs` (what people do with it), `queries.rs` (how it is found). Everything passes [`db::Access`], which
//! knows who asks; nothing outside this crate holds a connection.

pub mod authz;
pub mod clock;
mod collation;
pub mod db;
pub mod door;
pub mod error;
pub mod fact;
pub mod id;
pub mod operator;
pub mod outbox;
pub mod page;
pub mod secret;
pub mod text;

pub mod access_token;
pub mod credential;
pub mod designation;
pub mod generate;
pub mod import;
pub mod invitation;
pub mod mail;
pub mod membership;
pub mod network;
pub mod notification;
pub mod partnership;
pub mod person;
pub mod region;
pub mod school;
pub mod session;
pub mod sign_in_attempt;
pub mod sign_in_link;
