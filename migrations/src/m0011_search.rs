//! The index by which works are found.

use sea_orm_migration::prelude::*;

use crate::dialect;

pub(crate) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &str {
        "m0011_search"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let word = dialect::ordered_text(manager);
        let (include, table) = dialect::covering(manager, &["stem", "weight"]);
        let sql = INDEX
            .replace("WORD", word)
            .replace("INCLUDE", &include)
            .replace("CLUSTERED", table);
        dialect::run(manager, &sql).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// A search reads ranges of `resource_term` and nothing else of it than its key and two columns.
const INDEX: &str = "
CREATE TABLE resource_term (
    term WORD NOT NULL,
    resource_id UUID NOT NULL REFERENCES resource (id),
    stem WORD NOT NULL,
    weight INTEGER NOT NULL,
    PRIMARY KEY (term, resource_id)INCLUDE
)CLUSTERED;
CREATE INDEX resource_term_resource ON resource_term (resource_id);

CREATE TABLE resource_words (
    resource_id UUID PRIMARY KEY REFERENCES resource (id),
    words TEXT NOT NULL
);

CREATE TABLE resource_word_variant (
    variant WORD NOT NULL,
    word WORD NOT NULL,
    PRIMARY KEY (variant, word)
);

CREATE TABLE resource_count (
    id INTEGER PRIMARY KEY,
    works BIGINT NOT NULL
);
INSERT INTO resource_count (id, works) VALUES (1, 0);
";
