//! Regions, schools and what schools are designated as.

use sea_orm_migration::prelude::*;

use crate::dialect;

pub(crate) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &str {
        "m0002_school"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        dialect::run(manager, TABLES).await?;
        let word = dialect::ordered_text(manager);
        dialect::run(manager, &WORDS.replace("WORD", word)).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

const TABLES: &str = "
CREATE TABLE region (
    id UUID PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    sort_name TEXT NOT NULL
);

CREATE TABLE region_period (
    id UUID PRIMARY KEY,
    region_id UUID NOT NULL REFERENCES region (id),
    parent_id UUID REFERENCES region (id),
    from_day DATE NOT NULL,
    until_day DATE,
    name_kk TEXT,
    name_ru TEXT,
    name_en TEXT
);
CREATE INDEX region_period_region ON region_period (region_id, from_day);
CREATE INDEX region_period_parent ON region_period (parent_id);

CREATE TABLE school (
    id UUID PRIMARY KEY,
    source TEXT NOT NULL,
    source_id TEXT NOT NULL,
    name_kk TEXT,
    name_ru TEXT,
    name_en TEXT,
    sort_name TEXT NOT NULL,
    region_id UUID REFERENCES region (id),
    place TEXT,
    address TEXT,
    kind TEXT,
    languages TEXT NOT NULL,
    opened_on DATE,
    closed_on DATE,
    state TEXT NOT NULL,
    merged_into_id UUID REFERENCES school (id),
    source_digest TEXT,
    version INTEGER NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    UNIQUE (source, source_id)
);
CREATE INDEX school_sort ON school (sort_name, id);
CREATE INDEX school_region ON school (region_id);
CREATE INDEX school_merged ON school (merged_into_id);

CREATE TABLE school_name (
    id UUID PRIMARY KEY,
    school_id UUID NOT NULL REFERENCES school (id),
    kind TEXT NOT NULL,
    name_kk TEXT,
    name_ru TEXT,
    name_en TEXT,
    from_day DATE,
    until_day DATE
);
CREATE INDEX school_name_school ON school_name (school_id);

CREATE TABLE designation (
    id UUID PRIMARY KEY,
    school_id UUID NOT NULL REFERENCES school (id),
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    from_day DATE NOT NULL,
    until_day DATE,
    evidence TEXT NOT NULL,
    awarded_by_id UUID REFERENCES person (id),
    reason TEXT,
    version INTEGER NOT NULL,
    created_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX designation_school ON designation (school_id, kind, state);
CREATE INDEX designation_until ON designation (state, until_day);

CREATE TABLE import_run (
    id UUID PRIMARY KEY,
    kind TEXT NOT NULL,
    file TEXT NOT NULL,
    source TEXT NOT NULL,
    started_at TIMESTAMPTZ NOT NULL,
    finished_at TIMESTAMPTZ,
    added BIGINT NOT NULL,
    changed BIGINT NOT NULL,
    unchanged BIGINT NOT NULL,
    skipped BIGINT NOT NULL,
    rejected BIGINT NOT NULL
);
CREATE INDEX import_run_started ON import_run (started_at, id);

CREATE TABLE import_rejection (
    id UUID PRIMARY KEY,
    run_id UUID NOT NULL REFERENCES import_run (id),
    line BIGINT NOT NULL,
    code TEXT NOT NULL,
    detail TEXT NOT NULL
);
CREATE INDEX import_rejection_run ON import_rejection (run_id, line, id);
";

/// The search words. Prefixes are ranges of them, so they are ordered by code point on both databases.
const WORDS: &str = "
CREATE TABLE school_term (
    term WORD NOT NULL,
    school_id UUID NOT NULL REFERENCES school (id),
    PRIMARY KEY (term, school_id)
);
CREATE INDEX school_term_school ON school_term (school_id);

CREATE TABLE region_term (
    term WORD NOT NULL,
    region_id UUID NOT NULL REFERENCES region (id),
    PRIMARY KEY (term, region_id)
);
CREATE INDEX region_term_region ON region_term (region_id);

CREATE TABLE search_word (
    word WORD PRIMARY KEY
);

CREATE TABLE search_word_variant (
    variant WORD NOT NULL,
    word WORD NOT NULL,
    PRIMARY KEY (variant, word)
);
";
