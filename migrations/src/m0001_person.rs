//! Persons, where they belong, how they are invited and get in.

use sea_orm_migration::prelude::*;

use crate::dialect;

pub(crate) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &str {
        "m0001_person"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        dialect::run(manager, TABLES).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

const TABLES: &str = "
CREATE TABLE person (
    id UUID PRIMARY KEY,
    name TEXT NOT NULL,
    language TEXT NOT NULL,
    state TEXT NOT NULL,
    version INTEGER NOT NULL,
    created_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE membership (
    id UUID PRIMARY KEY,
    person_id UUID NOT NULL REFERENCES person (id),
    role TEXT NOT NULL,
    scope_kind TEXT NOT NULL,
    scope_id UUID NOT NULL,
    began_at TIMESTAMPTZ NOT NULL,
    ended_at TIMESTAMPTZ
);
CREATE UNIQUE INDEX membership_once ON membership (person_id, role, scope_kind, scope_id) WHERE ended_at IS NULL;
CREATE INDEX membership_scope ON membership (scope_id, role) WHERE ended_at IS NULL;

CREATE TABLE invitation (
    id UUID PRIMARY KEY,
    email TEXT NOT NULL,
    email_folded TEXT NOT NULL,
    language TEXT NOT NULL,
    role TEXT NOT NULL,
    scope_kind TEXT NOT NULL,
    scope_id UUID NOT NULL,
    token_digest BYTEA NOT NULL UNIQUE,
    invited_by_id UUID REFERENCES person (id),
    created_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    closed_at TIMESTAMPTZ,
    accepted_by_id UUID REFERENCES person (id)
);
CREATE INDEX invitation_scope ON invitation (scope_id, created_at);

CREATE TABLE sign_in_link (
    id UUID PRIMARY KEY,
    person_id UUID REFERENCES person (id),
    resets_password BOOLEAN NOT NULL,
    token_digest BYTEA NOT NULL UNIQUE,
    created_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    used_at TIMESTAMPTZ
);
";
