//! Photos with observation notes; who is asked to lead a study.

use sea_orm_migration::prelude::*;

use crate::dialect;

pub(crate) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &str {
        "m0014_study"
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
ALTER TABLE file ADD COLUMN study_id UUID REFERENCES study (id);
ALTER TABLE observation ADD COLUMN photo_id UUID REFERENCES file (id);
CREATE UNIQUE INDEX observation_photo ON observation (photo_id) WHERE photo_id IS NOT NULL;

ALTER TABLE study_member ADD COLUMN lead_offered_at TIMESTAMPTZ;
CREATE UNIQUE INDEX study_member_successor ON study_member (study_id) WHERE lead_offered_at IS NOT NULL;
";
