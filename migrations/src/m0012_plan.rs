//! Joint plans: activities, acceptances, evidence, reports; and calendar feeds.

use sea_orm_migration::prelude::*;

use crate::dialect;

pub(crate) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &str {
        "m0012_plan"
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
CREATE TABLE plan (
    id UUID PRIMARY KEY,
    partnership_id UUID NOT NULL REFERENCES partnership (id),
    network_id UUID NOT NULL REFERENCES network (id),
    year INTEGER NOT NULL,
    state TEXT NOT NULL,
    activities INTEGER NOT NULL,
    done INTEGER NOT NULL,
    agreed_at TIMESTAMPTZ,
    version INTEGER NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    UNIQUE (partnership_id, year)
);
CREATE INDEX plan_network ON plan (network_id, year, created_at, id);
CREATE INDEX plan_created ON plan (created_at, id);

CREATE TABLE plan_acceptance (
    plan_id UUID NOT NULL REFERENCES plan (id),
    side TEXT NOT NULL,
    person_id UUID NOT NULL REFERENCES person (id),
    plan_version INTEGER NOT NULL,
    accepted_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (plan_id, side)
);

CREATE TABLE activity (
    id UUID PRIMARY KEY,
    plan_id UUID NOT NULL REFERENCES plan (id),
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    starts_on DATE NOT NULL,
    ends_on DATE,
    host TEXT NOT NULL,
    expected TEXT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT,
    agreed BOOLEAN NOT NULL,
    reminded_days INTEGER,
    version INTEGER NOT NULL,
    created_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX activity_plan ON activity (plan_id, starts_on, id);
CREATE INDEX activity_ahead ON activity (starts_on, id) WHERE state = 'planned';

CREATE TABLE activity_person (
    activity_id UUID NOT NULL REFERENCES activity (id),
    person_id UUID NOT NULL REFERENCES person (id),
    plan_id UUID NOT NULL REFERENCES plan (id),
    PRIMARY KEY (activity_id, person_id)
);

CREATE TABLE evidence (
    id UUID PRIMARY KEY,
    plan_id UUID NOT NULL REFERENCES plan (id),
    activity_id UUID NOT NULL REFERENCES activity (id),
    body TEXT NOT NULL,
    study_id UUID REFERENCES study (id),
    lesson_id UUID REFERENCES research_lesson (id),
    resource_id UUID REFERENCES resource (id),
    added_by_id UUID NOT NULL REFERENCES person (id),
    created_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX evidence_activity ON evidence (activity_id, id);
CREATE INDEX evidence_plan ON evidence (plan_id, id);

CREATE TABLE plan_report (
    id UUID PRIMARY KEY,
    plan_id UUID NOT NULL REFERENCES plan (id),
    term TEXT NOT NULL,
    state TEXT NOT NULL,
    summary TEXT NOT NULL,
    carried_out TEXT NOT NULL,
    not_carried_out TEXT NOT NULL,
    findings TEXT NOT NULL,
    next_steps TEXT NOT NULL,
    reason TEXT,
    version INTEGER NOT NULL,
    written_by_id UUID NOT NULL REFERENCES person (id),
    written_at TIMESTAMPTZ NOT NULL,
    sent_at TIMESTAMPTZ,
    answered_by_id UUID REFERENCES person (id),
    answered_at TIMESTAMPTZ,
    UNIQUE (plan_id, term)
);

CREATE TABLE calendar_feed (
    id UUID PRIMARY KEY,
    person_id UUID NOT NULL REFERENCES person (id),
    network_id UUID REFERENCES network (id),
    token_digest BYTEA NOT NULL UNIQUE,
    created_at TIMESTAMPTZ NOT NULL,
    revoked_at TIMESTAMPTZ
);
CREATE INDEX calendar_feed_person ON calendar_feed (person_id, id);
";
