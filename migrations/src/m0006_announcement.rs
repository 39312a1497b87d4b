//! What was announced, and how far a fact for many came.

use sea_orm_migration::prelude::*;

use crate::dialect;

pub(crate) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &str {
        "m0006_announcement"
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
CREATE TABLE announcement (
    id UUID PRIMARY KEY,
    scope_kind TEXT NOT NULL,
    scope_id UUID NOT NULL,
    title_kk TEXT NOT NULL,
    title_ru TEXT NOT NULL,
    title_en TEXT NOT NULL,
    text_kk TEXT NOT NULL,
    text_ru TEXT NOT NULL,
    text_en TEXT NOT NULL,
    author_id UUID NOT NULL REFERENCES person (id),
    created_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX announcement_created ON announcement (created_at, id);
CREATE INDEX announcement_author ON announcement (author_id, created_at, id);

ALTER TABLE outbox ADD COLUMN wide BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE outbox ADD COLUMN told_id UUID;
";
