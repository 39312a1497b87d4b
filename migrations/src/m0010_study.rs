//! Studies: templates, groups, case pupils, consents, research lessons with their sheets, observations, reports.

mod templates;

use sea_orm_migration::prelude::*;

use crate::dialect;

pub(crate) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &str {
        "m0010_study"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        dialect::run(manager, TABLES).await?;
        dialect::run(manager, &templates::seed(manager)).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

const TABLES: &str = "
CREATE TABLE study_template (
    id UUID PRIMARY KEY,
    name_kk TEXT,
    name_ru TEXT,
    name_en TEXT,
    about_kk TEXT,
    about_ru TEXT,
    about_en TEXT,
    lessons INTEGER NOT NULL,
    version INTEGER NOT NULL,
    created_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE study_template_stage (
    template_id UUID NOT NULL REFERENCES study_template (id),
    number INTEGER NOT NULL,
    kind TEXT NOT NULL,
    name_kk TEXT,
    name_ru TEXT,
    name_en TEXT,
    guide_kk TEXT,
    guide_ru TEXT,
    guide_en TEXT,
    PRIMARY KEY (template_id, number)
);

CREATE TABLE study (
    id UUID PRIMARY KEY,
    template_id UUID NOT NULL REFERENCES study_template (id),
    school_id UUID NOT NULL REFERENCES school (id),
    network_id UUID REFERENCES network (id),
    theme TEXT NOT NULL,
    question TEXT NOT NULL,
    subject TEXT,
    grade INTEGER,
    state TEXT NOT NULL,
    paused_from TEXT,
    reason TEXT,
    rung TEXT,
    shared_at TIMESTAMPTZ,
    version INTEGER NOT NULL,
    created_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX study_created ON study (created_at, id);
CREATE INDEX study_network ON study (network_id, created_at, id);
CREATE INDEX study_shared ON study (rung, created_at, id) WHERE state = 'shared';

CREATE TABLE study_member (
    id UUID PRIMARY KEY,
    study_id UUID NOT NULL REFERENCES study (id),
    person_id UUID NOT NULL REFERENCES person (id),
    school_id UUID REFERENCES school (id),
    role TEXT NOT NULL,
    state TEXT NOT NULL,
    until_day DATE,
    invited_by_id UUID NOT NULL REFERENCES person (id),
    protocol_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL,
    UNIQUE (study_id, person_id)
);
CREATE INDEX study_member_person ON study_member (person_id, state, study_id);
CREATE INDEX study_member_school ON study_member (school_id, study_id) WHERE state = 'joined';

CREATE TABLE study_note (
    id UUID PRIMARY KEY,
    study_id UUID NOT NULL REFERENCES study (id),
    author_id UUID NOT NULL REFERENCES person (id),
    body TEXT NOT NULL,
    url TEXT,
    created_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX study_note_study ON study_note (study_id, id);

CREATE TABLE study_report (
    study_id UUID PRIMARY KEY REFERENCES study (id),
    context TEXT NOT NULL,
    aims TEXT NOT NULL,
    methods TEXT NOT NULL,
    findings TEXT NOT NULL,
    changes TEXT NOT NULL,
    version INTEGER NOT NULL,
    written_by_id UUID NOT NULL REFERENCES person (id),
    written_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE case_pupil (
    id UUID PRIMARY KEY,
    study_id UUID NOT NULL REFERENCES study (id),
    letter TEXT NOT NULL,
    pseudonym TEXT,
    typifies TEXT NOT NULL,
    level TEXT NOT NULL,
    progress TEXT NOT NULL,
    version INTEGER NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    UNIQUE (study_id, letter)
);

CREATE TABLE consent (
    id UUID PRIMARY KEY,
    study_id UUID NOT NULL REFERENCES study (id),
    kind TEXT NOT NULL,
    scope TEXT NOT NULL,
    count INTEGER,
    paper TEXT,
    given_on DATE NOT NULL,
    expires_on DATE,
    withdrawn_at TIMESTAMPTZ,
    recorded_by_id UUID NOT NULL REFERENCES person (id),
    created_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX consent_study ON consent (study_id, id);

CREATE TABLE research_lesson (
    id UUID PRIMARY KEY,
    study_id UUID NOT NULL REFERENCES study (id),
    number INTEGER NOT NULL,
    class_label TEXT NOT NULL,
    topic TEXT NOT NULL,
    starts_at TIMESTAMPTZ,
    teacher_id UUID REFERENCES person (id),
    school_id UUID REFERENCES school (id),
    state TEXT NOT NULL,
    taught_at TIMESTAMPTZ,
    discussing_since TIMESTAMPTZ,
    reminded_at TIMESTAMPTZ,
    version INTEGER NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    UNIQUE (study_id, number)
);
CREATE INDEX research_lesson_waiting ON research_lesson (taught_at) WHERE state = 'taught' AND reminded_at IS NULL;

CREATE TABLE sheet_stage (
    id UUID PRIMARY KEY,
    study_id UUID NOT NULL REFERENCES study (id),
    lesson_id UUID NOT NULL REFERENCES research_lesson (id),
    number INTEGER NOT NULL,
    name TEXT NOT NULL,
    minutes INTEGER NOT NULL,
    version INTEGER NOT NULL
);
CREATE INDEX sheet_stage_lesson ON sheet_stage (lesson_id, number, id);

CREATE TABLE sheet_cell (
    id UUID PRIMARY KEY,
    study_id UUID NOT NULL REFERENCES study (id),
    lesson_id UUID NOT NULL REFERENCES research_lesson (id),
    place TEXT NOT NULL,
    kind TEXT NOT NULL,
    stage_id UUID REFERENCES sheet_stage (id),
    pupil_id UUID REFERENCES case_pupil (id),
    body TEXT NOT NULL,
    version INTEGER NOT NULL,
    edited_by_id UUID NOT NULL REFERENCES person (id),
    edited_at TIMESTAMPTZ NOT NULL,
    UNIQUE (lesson_id, place)
);

CREATE TABLE cell_comment (
    id UUID PRIMARY KEY,
    study_id UUID NOT NULL REFERENCES study (id),
    lesson_id UUID NOT NULL REFERENCES research_lesson (id),
    cell_id UUID NOT NULL REFERENCES sheet_cell (id),
    author_id UUID NOT NULL REFERENCES person (id),
    body TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX cell_comment_lesson ON cell_comment (lesson_id, id);

CREATE TABLE observer (
    lesson_id UUID NOT NULL REFERENCES research_lesson (id),
    person_id UUID NOT NULL REFERENCES person (id),
    pupil_id UUID NOT NULL REFERENCES case_pupil (id),
    study_id UUID NOT NULL REFERENCES study (id),
    PRIMARY KEY (lesson_id, person_id, pupil_id)
);

CREATE TABLE observation (
    id UUID PRIMARY KEY,
    study_id UUID NOT NULL REFERENCES study (id),
    lesson_id UUID NOT NULL REFERENCES research_lesson (id),
    author_id UUID NOT NULL REFERENCES person (id),
    pupil_id UUID REFERENCES case_pupil (id),
    stage_id UUID REFERENCES sheet_stage (id),
    taken_at TIMESTAMPTZ NOT NULL,
    fact TEXT NOT NULL,
    interpretation TEXT NOT NULL,
    state TEXT NOT NULL,
    version INTEGER NOT NULL,
    received_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX observation_lesson ON observation (lesson_id, taken_at, id);

CREATE TABLE sheet_visit (
    lesson_id UUID NOT NULL REFERENCES research_lesson (id),
    person_id UUID NOT NULL REFERENCES person (id),
    study_id UUID NOT NULL REFERENCES study (id),
    seen_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (lesson_id, person_id)
);
";
