//! What happened, and which requests were already answered.

use sea_orm_migration::prelude::*;

use crate::dialect;

pub(crate) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &str {
        "m0003_outbox"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        dialect::run(manager, TABLES).await?;
        let fixed = ["id", "actor_id", "action", "subject_id", "fact", "at"];
        dialect::append_only(manager, "outbox", &fixed).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

const TABLES: &str = "
CREATE TABLE outbox (
    id UUID PRIMARY KEY,
    actor_id UUID REFERENCES person (id),
    action TEXT NOT NULL,
    subject_id UUID NOT NULL,
    fact TEXT NOT NULL,
    at TIMESTAMPTZ NOT NULL,
    due_at TIMESTAMPTZ NOT NULL,
    attempts INTEGER NOT NULL,
    settled_at TIMESTAMPTZ,
    parked_at TIMESTAMPTZ
);
CREATE INDEX outbox_due ON outbox (due_at) WHERE settled_at IS NULL AND parked_at IS NULL;
CREATE INDEX outbox_at ON outbox (at, id);
CREATE INDEX outbox_subject ON outbox (subject_id, at);
CREATE INDEX outbox_actor ON outbox (actor_id, at);

CREATE TABLE idempotency (
    person_id UUID NOT NULL REFERENCES person (id),
    key TEXT NOT NULL,
    digest BYTEA NOT NULL,
    subject_id UUID,
    at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (person_id, key)
);
CREATE INDEX idempotency_at ON idempotency (at);
";
