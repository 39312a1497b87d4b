//! Networks, partnerships, agreements and signatures.

use sea_orm_migration::prelude::*;

use crate::dialect;

pub(crate) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &str {
        "m0004_partnership"
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
CREATE TABLE network (
    id UUID PRIMARY KEY,
    name_kk TEXT,
    name_ru TEXT,
    name_en TEXT,
    sort_name TEXT NOT NULL,
    theme TEXT NOT NULL,
    theme_folded TEXT NOT NULL,
    state TEXT NOT NULL,
    active_partnerships INTEGER NOT NULL,
    version INTEGER NOT NULL,
    created_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX network_sort ON network (sort_name, id);
CREATE INDEX network_created ON network (created_at, id);
CREATE INDEX network_size ON network (active_partnerships, id);

CREATE TABLE network_lead (
    network_id UUID NOT NULL REFERENCES network (id),
    school_id UUID NOT NULL REFERENCES school (id),
    PRIMARY KEY (network_id, school_id)
);
CREATE INDEX network_lead_school ON network_lead (school_id);

CREATE TABLE network_source (
    source TEXT NOT NULL,
    source_id TEXT NOT NULL,
    network_id UUID NOT NULL REFERENCES network (id),
    PRIMARY KEY (source, source_id)
);

CREATE TABLE partnership (
    id UUID PRIMARY KEY,
    network_id UUID NOT NULL REFERENCES network (id),
    leading_id UUID NOT NULL REFERENCES school (id),
    magnetic_id UUID NOT NULL REFERENCES school (id),
    state TEXT NOT NULL,
    live_pair TEXT UNIQUE,
    proposed_by TEXT NOT NULL,
    lapses_on DATE NOT NULL,
    active_since TIMESTAMPTZ,
    ended_at TIMESTAMPTZ,
    version INTEGER NOT NULL,
    created_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX partnership_network ON partnership (network_id, created_at, id);
CREATE INDEX partnership_leading ON partnership (leading_id, created_at, id);
CREATE INDEX partnership_magnetic ON partnership (magnetic_id, created_at, id);
CREATE INDEX partnership_created ON partnership (created_at, id);
CREATE INDEX partnership_waiting ON partnership (lapses_on) WHERE state = 'invited';

CREATE TABLE agreement (
    partnership_id UUID PRIMARY KEY REFERENCES partnership (id),
    aims TEXT NOT NULL,
    starts_on DATE NOT NULL,
    ends_on DATE NOT NULL,
    leading_gives TEXT NOT NULL,
    magnetic_gives TEXT NOT NULL,
    media_rules TEXT NOT NULL,
    version INTEGER NOT NULL,
    written_by_id UUID NOT NULL REFERENCES person (id),
    written_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE signature (
    partnership_id UUID NOT NULL REFERENCES partnership (id),
    side TEXT NOT NULL,
    person_id UUID NOT NULL REFERENCES person (id),
    agreement_version INTEGER NOT NULL,
    signed_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (partnership_id, side)
);
";
