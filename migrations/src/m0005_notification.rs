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
    fact_id UUID NOT NULL REFERENCES outbox (id),
    reason TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    read_at TIMESTAMPTZ,
    UNIQUE (fact_id, person_id)
);
CREATE INDEX notification_inbox ON notification (person_id, created_at, id);
CREATE INDEX notification_unread ON notification (person_id, created_at, id) WHERE read_at IS NULL;
";
