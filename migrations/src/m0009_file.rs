//! Files: what arrived, what is on its way, what is in the store, and which works hold them.

use sea_orm_migration::prelude::*;

use crate::dialect;

pub(crate) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &str {
        "m0009_file"
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
CREATE TABLE blob (
    hash BYTEA PRIMARY KEY,
    wanted_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX blob_wanted ON blob (wanted_at);

CREATE TABLE file (
    id UUID PRIMARY KEY,
    hash BYTEA NOT NULL REFERENCES blob (hash),
    size BIGINT NOT NULL,
    media_type TEXT NOT NULL,
    name TEXT NOT NULL,
    pictured BOOLEAN NOT NULL,
    uploader_id UUID NOT NULL REFERENCES person (id),
    created_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX file_hash ON file (hash);
CREATE INDEX file_uploader ON file (uploader_id, created_at, id);

CREATE TABLE upload (
    id UUID PRIMARY KEY,
    person_id UUID NOT NULL REFERENCES person (id),
    name TEXT NOT NULL,
    metadata TEXT NOT NULL,
    length BIGINT NOT NULL,
    received BIGINT NOT NULL,
    parts INTEGER NOT NULL,
    finished BOOLEAN NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    created_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX upload_person ON upload (person_id);
CREATE INDEX upload_expires ON upload (expires_at);

CREATE TABLE upload_part (
    upload_id UUID NOT NULL REFERENCES upload (id),
    begins BIGINT NOT NULL,
    size BIGINT NOT NULL,
    key UUID NOT NULL,
    PRIMARY KEY (upload_id, begins)
);

CREATE TABLE resource_draft_file (
    resource_id UUID NOT NULL REFERENCES resource (id),
    file_id UUID NOT NULL REFERENCES file (id),
    position INTEGER NOT NULL,
    PRIMARY KEY (resource_id, file_id)
);
CREATE INDEX resource_draft_file_file ON resource_draft_file (file_id);

CREATE TABLE resource_version_file (
    version_id UUID NOT NULL REFERENCES resource_version (id),
    file_id UUID NOT NULL REFERENCES file (id),
    position INTEGER NOT NULL,
    PRIMARY KEY (version_id, file_id)
);
CREATE INDEX resource_version_file_file ON resource_version_file (file_id);

CREATE TABLE resource_source (
    source TEXT NOT NULL,
    source_id TEXT NOT NULL,
    resource_id UUID NOT NULL REFERENCES resource (id),
    digest TEXT NOT NULL,
    PRIMARY KEY (source, source_id)
);

CREATE TABLE file_usage (
    person_id UUID PRIMARY KEY REFERENCES person (id),
    bytes BIGINT NOT NULL
);
";
