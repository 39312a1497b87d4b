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
    sort_name TEXT NOT NULL,
    language TEXT NOT NULL,
    state TEXT NOT NULL,
    version INTEGER NOT NULL,
    created_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX person_sort_name ON person (sort_name, id);
CREATE INDEX person_created_at ON person (created_at, id);

CREATE TABLE person_contact (
    person_id UUID PRIMARY KEY REFERENCES person (id),
    email TEXT NOT NULL,
    email_folded TEXT NOT NULL UNIQUE,
    shown TEXT NOT NULL
);

CREATE TABLE credential (
    person_id UUID PRIMARY KEY REFERENCES person (id),
    password_hash TEXT NOT NULL,
    changed_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE session (
    id UUID PRIMARY KEY,
    person_id UUID NOT NULL REFERENCES person (id),
    token_digest BYTEA NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    address_digest BYTEA NOT NULL,
    user_agent TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    last_seen_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    ended_at TIMESTAMPTZ
);
CREATE INDEX session_person ON session (person_id, address_digest, created_at);

CREATE TABLE access_token (
    id UUID PRIMARY KEY,
    person_id UUID NOT NULL REFERENCES person (id),
    name TEXT NOT NULL,
    reach TEXT NOT NULL,
    token_digest BYTEA NOT NULL UNIQUE,
    created_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    revoked_at TIMESTAMPTZ
);
CREATE INDEX access_token_person ON access_token (person_id);

CREATE TABLE sign_in_attempt (
    key BYTEA PRIMARY KEY,
    count INTEGER NOT NULL,
    last_at TIMESTAMPTZ NOT NULL
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
CREATE INDEX invitation_open ON invitation (email_folded) WHERE closed_at IS NULL;
CREATE INDEX invitation_inviter ON invitation (invited_by_id) WHERE closed_at IS NULL;

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
