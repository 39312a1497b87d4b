//! Works that tell the report of a study again: at most one of a study.

use sea_orm_migration::prelude::*;

use crate::dialect;

pub(crate) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &str {
        "m0013_retold"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        dialect::run(manager, COLUMNS).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

const COLUMNS: &str = "
ALTER TABLE resource ADD COLUMN study_id UUID REFERENCES study (id);
CREATE UNIQUE INDEX resource_study ON resource (study_id);
";
