//! Lesson Study in networks of schools: tables, rules, policies, commands, queries, facts.
//!
//! One module a noun; each is `mod.rs` (what it is), `entity.rs` (its table), `policy.rs` (who sees and changes it),
//! `commands.rs` (what people do with it), `queries.rs` (how it is found). Everything passes [`db::Access`], which
//! knows who asks; nothing outside this crate holds a connection.

pub mod audience;
pub mod authz;
pub mod clock;
mod collation;
pub mod db;
pub mod door;
pub mod error;
pub mod fact;
pub mod forget;
pub mod id;
pub mod operator;
pub mod outbox;
pub mod page;
pub mod pupil_text;
pub mod search;
pub mod secret;
pub mod text;

pub mod access_token;
pub mod announcement;
pub mod calendar_feed;
pub mod case_pupil;
pub mod collection;
pub mod consent;
pub mod credential;
pub mod credit;
pub mod designation;
pub mod endorsement;
pub mod file;
pub mod generate;
pub mod import;
pub mod invitation;
pub mod mail;
pub mod membership;
pub mod network;
pub mod notification;
pub mod observation;
pub mod partnership;
pub mod person;
pub mod plan;
pub mod region;
pub mod research_lesson;
pub mod resource;
pub mod resource_comment;
pub mod resource_report;
pub mod resource_use;
pub mod school;
pub mod session;
pub mod sign_in_attempt;
pub mod sign_in_link;
pub mod study;
pub mod study_template;
