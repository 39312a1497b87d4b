//! By what old rows are found that nobody needs any more.

use sea_orm_migration::prelude::*;

use crate::dialect;

pub(crate) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &str {
        "m0007_forgotten"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        dialect::run(manager, INDEXES).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

const INDEXES: &str = "
CREATE INDEX session_expires ON session (expires_at);
CREATE INDEX sign_in_link_expires ON sign_in_link (expires_at);
CREATE INDEX sign_in_attempt_last ON sign_in_attempt (last_at);
";
