//! The methodological piggy bank: works, their versions, and what people make of them.

use sea_orm_migration::prelude::*;

use crate::dialect;

pub(crate) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &str {
        "m0008_resource"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        dialect::run(manager, WORKS).await?;
        dialect::append_only(manager, "resource_version", &VERSION).await?;
        dialect::run(manager, ANSWERS).await?;
        dialect::append_only(manager, "credit_record", &CREDIT).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// All of a version: what was shared stays as it was.
const VERSION: [&str; 15] = [
    "id",
    "resource_id",
    "number",
    "title_kk",
    "title_ru",
    "title_en",
    "summary_kk",
    "summary_ru",
    "summary_en",
    "body",
    "links",
    "licence",
    "change",
    "shared_by_id",
    "shared_at",
];

/// All of a record but the name, which goes with the person.
const CREDIT: [&str; 8] = [
    "id",
    "person_id",
    "code",
    "works",
    "uses",
    "copies",
    "endorsements",
    "issued_at",
];

const WORKS: &str = "
CREATE TABLE resource (
    id UUID PRIMARY KEY,
    kind TEXT NOT NULL,
    language TEXT NOT NULL,
    subject TEXT,
    grade_from INTEGER NOT NULL,
    grade_to INTEGER NOT NULL,
    licence TEXT NOT NULL,
    school_id UUID REFERENCES school (id),
    network_id UUID REFERENCES network (id),
    rung TEXT NOT NULL,
    scope_id UUID,
    state TEXT NOT NULL,
    title_kk TEXT,
    title_ru TEXT,
    title_en TEXT,
    newest_id UUID,
    newest_number INTEGER NOT NULL,
    origin_id UUID REFERENCES resource (id),
    origin_version_id UUID,
    kinship TEXT,
    copies INTEGER NOT NULL,
    uses INTEGER NOT NULL,
    ratings INTEGER NOT NULL,
    stars INTEGER NOT NULL,
    endorsements INTEGER NOT NULL,
    comments INTEGER NOT NULL,
    reason TEXT,
    version INTEGER NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    shared_at TIMESTAMPTZ NOT NULL,
    changed_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX resource_changed ON resource (state, changed_at, id);
CREATE INDEX resource_shared ON resource (state, shared_at, id);
CREATE INDEX resource_used ON resource (state, uses, id);
CREATE INDEX resource_copied ON resource (state, copies, id);
CREATE INDEX resource_subject ON resource (subject, state, shared_at, id);
CREATE INDEX resource_school ON resource (school_id, state, shared_at, id);
CREATE INDEX resource_network ON resource (network_id, state, shared_at, id);
CREATE INDEX resource_scope ON resource (scope_id);
CREATE INDEX resource_origin ON resource (origin_id, id);

CREATE TABLE resource_author (
    resource_id UUID NOT NULL REFERENCES resource (id),
    person_id UUID NOT NULL REFERENCES person (id),
    position INTEGER NOT NULL,
    PRIMARY KEY (resource_id, person_id)
);
CREATE INDEX resource_author_person ON resource_author (person_id, resource_id);

CREATE TABLE resource_label (
    resource_id UUID NOT NULL REFERENCES resource (id),
    kind TEXT NOT NULL,
    word TEXT NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (resource_id, kind, word)
);
CREATE INDEX resource_label_word ON resource_label (word, kind, resource_id);

CREATE TABLE resource_draft (
    resource_id UUID PRIMARY KEY REFERENCES resource (id),
    title_kk TEXT,
    title_ru TEXT,
    title_en TEXT,
    summary_kk TEXT,
    summary_ru TEXT,
    summary_en TEXT,
    body TEXT NOT NULL,
    links TEXT NOT NULL,
    licence TEXT NOT NULL,
    written_by_id UUID NOT NULL REFERENCES person (id),
    written_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE resource_version (
    id UUID PRIMARY KEY,
    resource_id UUID NOT NULL REFERENCES resource (id),
    number INTEGER NOT NULL,
    title_kk TEXT,
    title_ru TEXT,
    title_en TEXT,
    summary_kk TEXT,
    summary_ru TEXT,
    summary_en TEXT,
    body TEXT NOT NULL,
    links TEXT NOT NULL,
    licence TEXT NOT NULL,
    change TEXT NOT NULL,
    shared_by_id UUID NOT NULL REFERENCES person (id),
    shared_at TIMESTAMPTZ NOT NULL,
    UNIQUE (resource_id, number)
);
";

const ANSWERS: &str = "
CREATE TABLE resource_use (
    id UUID PRIMARY KEY,
    resource_id UUID NOT NULL REFERENCES resource (id),
    version_id UUID NOT NULL REFERENCES resource_version (id),
    person_id UUID NOT NULL REFERENCES person (id),
    school_id UUID REFERENCES school (id),
    held_on DATE NOT NULL,
    grade INTEGER NOT NULL,
    note TEXT NOT NULL,
    rating INTEGER,
    created_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX resource_use_resource ON resource_use (resource_id, created_at, id);
CREATE INDEX resource_use_person ON resource_use (person_id);

CREATE TABLE endorsement (
    id UUID PRIMARY KEY,
    resource_id UUID NOT NULL REFERENCES resource (id),
    version_id UUID NOT NULL REFERENCES resource_version (id),
    person_id UUID NOT NULL REFERENCES person (id),
    note TEXT NOT NULL,
    endorsed_at TIMESTAMPTZ NOT NULL,
    withdrawn_at TIMESTAMPTZ
);
CREATE UNIQUE INDEX endorsement_holds ON endorsement (version_id, person_id) WHERE withdrawn_at IS NULL;
CREATE INDEX endorsement_resource ON endorsement (resource_id, id);

CREATE TABLE resource_comment (
    id UUID PRIMARY KEY,
    resource_id UUID NOT NULL REFERENCES resource (id),
    person_id UUID NOT NULL REFERENCES person (id),
    text TEXT NOT NULL,
    mentions TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    removed_at TIMESTAMPTZ
);
CREATE INDEX resource_comment_resource ON resource_comment (resource_id, created_at, id);
CREATE INDEX resource_comment_person ON resource_comment (person_id);

CREATE TABLE resource_report (
    id UUID PRIMARY KEY,
    resource_id UUID NOT NULL REFERENCES resource (id),
    person_id UUID NOT NULL REFERENCES person (id),
    ground TEXT NOT NULL,
    note TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    state TEXT NOT NULL,
    decided_by_id UUID REFERENCES person (id),
    decision TEXT,
    decided_at TIMESTAMPTZ
);
CREATE UNIQUE INDEX resource_report_open ON resource_report (resource_id, person_id) WHERE state = 'open';
CREATE INDEX resource_report_desk ON resource_report (state, created_at, id);
CREATE INDEX resource_report_person ON resource_report (person_id);

CREATE TABLE collection (
    id UUID PRIMARY KEY,
    owner_id UUID NOT NULL REFERENCES person (id),
    title_kk TEXT,
    title_ru TEXT,
    title_en TEXT,
    about TEXT NOT NULL,
    rung TEXT NOT NULL,
    scope_id UUID,
    version INTEGER NOT NULL,
    created_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX collection_created ON collection (created_at, id);
CREATE INDEX collection_owner ON collection (owner_id, created_at, id);
CREATE INDEX collection_scope ON collection (scope_id, created_at, id);

CREATE TABLE collection_item (
    collection_id UUID NOT NULL REFERENCES collection (id),
    resource_id UUID NOT NULL REFERENCES resource (id),
    position INTEGER NOT NULL,
    PRIMARY KEY (collection_id, resource_id)
);
CREATE INDEX collection_item_resource ON collection_item (resource_id);

CREATE TABLE credit_record (
    id UUID PRIMARY KEY,
    person_id UUID NOT NULL REFERENCES person (id),
    code TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    works BIGINT NOT NULL,
    uses BIGINT NOT NULL,
    copies BIGINT NOT NULL,
    endorsements BIGINT NOT NULL,
    issued_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX credit_record_person ON credit_record (person_id, id);
";
