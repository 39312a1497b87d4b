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
        dialect::run(manager, TABLES).await
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
    address TEXT,
    kind TEXT,
    languages TEXT NOT NULL,
    state TEXT NOT NULL,
    merged_into_id UUID REFERENCES school (id),
    version INTEGER NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    UNIQUE (source, source_id)
);
CREATE INDEX school_sort ON school (sort_name, id);
CREATE INDEX school_region ON school (region_id);

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
";
