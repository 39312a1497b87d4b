//! What groups do with their studies: begin, change, take steps, share, note, report.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use domain::id::Id;
use domain::network::Network;
use domain::study::{self as model, Step, commands, record};

use crate::audience::AudienceRung;
use crate::errors::{UserError, outcome};
use crate::ids::given;
use crate::rows::asking;
use crate::study::Study;
use crate::study_record::{StudyNote, StudyReport};

/// A study to begin.
#[derive(InputObject)]
pub struct StudyCreateInput {
    /// The template it goes by.
    template_id: ID,
    /// The school of the person for which they begin it.
    school_id: ID,
    /// The network it is part of.
    network_id: Option<ID>,
    /// What it is about, at most 200 characters.
    theme: String,
    /// What the group wants to learn, at most 1,000 characters; may come later.
    question: Option<String>,
    /// The code of the subject.
    subject: Option<String>,
    /// The year group, 0 to 12.
    grade: Option<i32>,
    /// Sent again with the same key, the same request has one effect. At most 100 characters.
    idempotency_key: Option<String>,
}

/// A study as it is to be.
#[derive(InputObject)]
pub struct StudyUpdateInput {
    /// The study.
    id: ID,
    /// The version the viewer saw.
    version: i32,
    /// The network it is part of.
    network_id: Option<ID>,
    /// What it is about, at most 200 characters.
    theme: String,
    /// What the group wants to learn, at most 1,000 characters.
    question: Option<String>,
    /// The code of the subject.
    subject: Option<String>,
    /// The year group, 0 to 12.
    grade: Option<i32>,
}

/// A study in the version the viewer saw.
#[derive(InputObject)]
pub struct StudyStepInput {
    /// The study.
    id: ID,
    /// The version the viewer saw.
    version: i32,
    /// Why: needed to pause or abandon, at most 1,000 characters.
    reason: Option<String>,
}

/// A report to share.
#[derive(InputObject)]
pub struct StudyShareInput {
    /// The study.
    id: ID,
    /// The version the viewer saw.
    version: i32,
    /// With whom: the schools of the group, those of its network, everybody signed in, everybody.
    audience: AudienceRung,
}

/// What became of it.
#[derive(SimpleObject)]
pub struct StudyPayload {
    /// The study as it is now; null when nothing was done.
    study: Option<Study>,
    /// What the person can mend; empty when it was done. At most 20.
    user_errors: Vec<UserError>,
}

/// A note on what is known.
#[derive(InputObject)]
pub struct StudyNoteAddInput {
    /// The study.
    study_id: ID,
    /// What it says, at most 4,000 characters.
    body: String,
    /// Where what it is about can be read: `https://…`.
    url: Option<String>,
    /// Sent again with the same key, the same request has one effect. At most 100 characters.
    idempotency_key: Option<String>,
}

/// A note.
#[derive(InputObject)]
pub struct StudyNoteInput {
    /// The note.
    id: ID,
}

/// What became of it.
#[derive(SimpleObject)]
pub struct StudyNotePayload {
    /// The note; null when nothing was done.
    study_note: Option<StudyNote>,
    /// What the person can mend; empty when it was done. At most 20.
    user_errors: Vec<UserError>,
}

/// A report as it is to be.
#[derive(InputObject)]
pub struct StudyReportWriteInput {
    /// The study.
    study_id: ID,
    /// The version of the report that the writer saw.
    version: i32,
    /// Where it was done, and why; at most 20,000 characters, as the other parts.
    context: String,
    /// What the group wanted to learn.
    aims: String,
    /// How it went about it.
    methods: String,
    /// What it found.
    findings: String,
    /// What changes in practice.
    changes: String,
}

/// What became of it.
#[derive(SimpleObject)]
pub struct StudyReportPayload {
    /// The report as it is now; null when nothing was done.
    study_report: Option<StudyReport>,
    /// What the person can mend; empty when it was done. At most 20.
    user_errors: Vec<UserError>,
}

fn card(
    theme: String,
    question: Option<String>,
    subject: Option<String>,
    grade: Option<i32>,
    network: Option<&ID>,
) -> domain::error::Result<commands::Card> {
    let network: Option<Id<Network>> = network.map(|id| given(id, "networkId")).transpose()?;
    Ok(commands::Card {
        theme,
        question: question.unwrap_or_default(),
        subject,
        grade,
        network,
    })
}

/// Doing things with studies.
#[derive(Default)]
pub struct StudyMutation;

#[Object]
impl StudyMutation {
    /// Somebody begins a study for a school of theirs, and leads it. Members of the school.
    async fn study_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The study.")] input: StudyCreateInput,
    ) -> Result<StudyPayload> {
        payload(ctx, async {
            let network = input.network_id.as_ref();
            let card = card(
                input.theme,
                input.question,
                input.subject,
                input.grade,
                network,
            )?;
            let (template, school) = (
                given(&input.template_id, "templateId")?,
                given(&input.school_id, "schoolId")?,
            );
            let key = input.idempotency_key.as_deref();
            commands::create(asking(ctx)?, template, school, &card, key).await
        })
        .await
    }

    /// Changes what a study is about. Whoever leads it.
    async fn study_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The study as it is to be.")] input: StudyUpdateInput,
    ) -> Result<StudyPayload> {
        payload(ctx, async {
            let network = input.network_id.as_ref();
            let card = card(
                input.theme,
                input.question,
                input.subject,
                input.grade,
                network,
            )?;
            commands::update(asking(ctx)?, given(&input.id, "id")?, input.version, &card).await
        })
        .await
    }

    /// The group stands: 2 to 6 teachers joined, and each accepted the protocol. Whoever leads it.
    async fn study_form(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one.")] input: StudyStepInput,
    ) -> Result<StudyPayload> {
        step(ctx, input, Step::Form).await
    }

    /// The question and the case pupils stand: three, or a multiple. Whoever leads it.
    async fn study_focus(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one.")] input: StudyStepInput,
    ) -> Result<StudyPayload> {
        step(ctx, input, Step::Focus).await
    }

    /// The research lessons are over, as many as the template asks for; the report begins with what was written.
    /// Whoever leads it.
    async fn study_conclude(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one.")] input: StudyStepInput,
    ) -> Result<StudyPayload> {
        step(ctx, input, Step::Conclude).await
    }

    /// The report stands, and the progress of each case pupil is written. Whoever leads it.
    async fn study_report(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one.")] input: StudyStepInput,
    ) -> Result<StudyPayload> {
        step(ctx, input, Step::Report).await
    }

    /// Others may read the report; nothing about a case pupil goes with it. Whoever leads it.
    async fn study_share(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one, with whom.")] input: StudyShareInput,
    ) -> Result<StudyPayload> {
        payload(ctx, async {
            let id = given(&input.id, "id")?;
            commands::share(asking(ctx)?, id, input.version, input.audience.into()).await
        })
        .await
    }

    /// A rest, with a reason. Whoever leads it.
    async fn study_pause(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one, and why.")] input: StudyStepInput,
    ) -> Result<StudyPayload> {
        step(ctx, input, Step::Pause).await
    }

    /// The rest is over. Whoever leads it.
    async fn study_resume(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one.")] input: StudyStepInput,
    ) -> Result<StudyPayload> {
        step(ctx, input, Step::Resume).await
    }

    /// It is given up, with a reason. Whoever leads it.
    async fn study_abandon(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one, and why.")] input: StudyStepInput,
    ) -> Result<StudyPayload> {
        step(ctx, input, Step::Abandon).await
    }

    /// Adds a note on what is known. Members of the group.
    async fn study_note_add(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The note.")] input: StudyNoteAddInput,
    ) -> Result<StudyNotePayload> {
        let noted = async {
            let new = record::NewNote {
                study: given(&input.study_id, "studyId")?,
                body: input.body,
                url: input.url,
            };
            record::note(asking(ctx)?, &new, input.idempotency_key.as_deref()).await
        };
        let (note, user_errors) = outcome(ctx, noted.await)?;
        Ok(StudyNotePayload {
            study_note: note.map(StudyNote),
            user_errors,
        })
    }

    /// Takes a note back. Whoever wrote it.
    async fn study_note_remove(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which note.")] input: StudyNoteInput,
    ) -> Result<StudyNotePayload> {
        let gone = async { record::take_back(asking(ctx)?, given(&input.id, "id")?).await };
        let (note, user_errors) = outcome(ctx, gone.await)?;
        Ok(StudyNotePayload {
            study_note: note.map(StudyNote),
            user_errors,
        })
    }

    /// Writes the report, from the day the group concludes until it is shared. Members of the group.
    async fn study_report_write(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The parts.")] input: StudyReportWriteInput,
    ) -> Result<StudyReportPayload> {
        let written = async {
            let parts = record::Parts {
                context: input.context,
                aims: input.aims,
                methods: input.methods,
                findings: input.findings,
                changes: input.changes,
            };
            let study = given(&input.study_id, "studyId")?;
            record::write_report(asking(ctx)?, study, input.version, &parts).await
        };
        let (report, user_errors) = outcome(ctx, written.await)?;
        Ok(StudyReportPayload {
            study_report: report.map(StudyReport),
            user_errors,
        })
    }
}

async fn step(ctx: &Context<'_>, input: StudyStepInput, step: Step) -> Result<StudyPayload> {
    payload(ctx, async {
        let id = given(&input.id, "id")?;
        commands::turn(
            asking(ctx)?,
            id,
            input.version,
            step,
            input.reason.as_deref(),
        )
        .await
    })
    .await
}

async fn payload(
    ctx: &Context<'_>,
    command: impl Future<Output = domain::error::Result<model::Study>>,
) -> Result<StudyPayload> {
    let (study, user_errors) = outcome(ctx, command.await)?;
    Ok(StudyPayload {
        study: study.map(Study::from),
        user_errors,
    })
}
