//! What reached whom, and what each wants to be told.

use sea_orm_migration::prelude::*;

use crate::dialect;

pub(crate) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &str {
        "m0005_notification"
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
CREATE TABLE notification (
    id UUID PRIMARY KEY,
    person_id UUID NOT NULL REFERENCES person (id),
    number BIGINT NOT NULL,
    fact_id UUID NOT NULL REFERENCES outbox (id),
    reason TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    read_at TIMESTAMPTZ,
    UNIQUE (fact_id, person_id),
    UNIQUE (person_id, number)
);
CREATE INDEX notification_unread ON notification (person_id, number) WHERE read_at IS NULL;

CREATE TABLE inbox (
    person_id UUID PRIMARY KEY REFERENCES person (id),
    arrived BIGINT NOT NULL,
    unread BIGINT NOT NULL,
    quiet_from TIME,
    quiet_until TIME
);

CREATE TABLE notification_preference (
    person_id UUID NOT NULL REFERENCES person (id),
    reason TEXT NOT NULL,
    channel TEXT NOT NULL,
    PRIMARY KEY (person_id, reason)
);

CREATE TABLE mail (
    id UUID PRIMARY KEY,
    kind TEXT NOT NULL,
    person_id UUID REFERENCES person (id),
    fact_id UUID REFERENCES outbox (id),
    day DATE,
    created_at TIMESTAMPTZ NOT NULL,
    due_at TIMESTAMPTZ NOT NULL,
    attempts INTEGER NOT NULL,
    settled_at TIMESTAMPTZ,
    parked_at TIMESTAMPTZ,
    UNIQUE (fact_id, person_id),
    UNIQUE (person_id, day)
);
CREATE INDEX mail_due ON mail (due_at) WHERE settled_at IS NULL AND parked_at IS NULL;
";
