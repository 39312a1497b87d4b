//! Templates of studies: the ordered stages, each with a guide.

use async_graphql::{Context, Enum, ID, InputObject, Object, Result, SimpleObject};
use domain::db::Access;
use domain::id::Id;
use domain::study_template::{self as model, commands, queries};

use crate::errors::{UserError, outcome};
use crate::ids::{given, shown};
use crate::rows::{Part, access, asking, parts, read};
use crate::scalar::{LocalizedText, LocalizedTextInput};

/// What is done at a stage: what a client shows there.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "model::Kind")]
pub enum StudyStageKind {
    /// The group comes together around a question.
    Group,
    /// Each accepts the ground rules.
    Protocol,
    /// What is known is studied.
    Study,
    /// A proposal is written.
    Proposal,
    /// Case pupils are chosen.
    Pupils,
    /// The research lesson is planned.
    Plan,
    /// It is taught and observed.
    Teach,
    /// Case pupils are interviewed.
    Interview,
    /// The lesson is discussed.
    Discuss,
    /// Progress and findings are written down.
    Conclude,
    /// The report is shared.
    Share,
}

/// The ordered stages a study goes through.
pub struct StudyTemplate(pub model::StudyTemplate);

/// The ordered stages a study goes through. Visible to everybody.
#[Object]
impl StudyTemplate {
    /// The id.
    pub(crate) async fn id(&self) -> ID {
        shown(self.0.id)
    }

    /// The version, to send back with a change.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// What it is called.
    async fn name(&self) -> LocalizedText {
        LocalizedText(self.0.name())
    }

    /// What it is for.
    async fn about(&self) -> LocalizedText {
        LocalizedText(self.0.about())
    }

    /// How many research lessons a study of it has at least.
    async fn lessons(&self) -> i32 {
        self.0.lessons
    }

    /// The stages in their order, at most 20.
    async fn stages(&self, ctx: &Context<'_>) -> Result<Vec<StudyStage>> {
        let stages = parts::<model::TemplateStage>(ctx, self.0.id).await?;
        Ok(stages.into_iter().map(StudyStage).collect())
    }

    /// Whether the viewer may change it.
    async fn viewer_can_update(&self, ctx: &Context<'_>) -> Result<bool> {
        Ok(self.0.may_change(access(ctx)?))
    }
}

impl Part for model::TemplateStage {
    type Whole = model::StudyTemplate;

    fn whole(&self) -> Id<model::StudyTemplate> {
        self.template_id
    }

    async fn of(access: &Access, wholes: &[Id<Self::Whole>]) -> domain::error::Result<Vec<Self>> {
        queries::stages(access, wholes).await
    }
}

/// A stage of a template.
pub struct StudyStage(model::TemplateStage);

/// A stage of a template.
#[Object]
impl StudyStage {
    /// Its place, from 1.
    async fn number(&self) -> i32 {
        self.0.number
    }

    /// What is done.
    async fn kind(&self) -> StudyStageKind {
        self.0.kind.into()
    }

    /// What it is called.
    async fn name(&self) -> LocalizedText {
        LocalizedText(self.0.name())
    }

    /// What to do, and how long it takes.
    async fn guide(&self) -> LocalizedText {
        LocalizedText(self.0.guide())
    }
}

/// Reading templates.
#[derive(Default)]
pub struct StudyTemplateQuery;

#[Object]
impl StudyTemplateQuery {
    /// The templates, the oldest first, at most 50. Everybody.
    async fn study_templates(&self, ctx: &Context<'_>) -> Result<Option<Vec<StudyTemplate>>> {
        let all = read(ctx, queries::all(access(ctx)?)).await?;
        Ok(Some(all.into_iter().map(StudyTemplate).collect()))
    }
}

/// A stage of a template.
#[derive(InputObject)]
pub struct StudyStageInput {
    /// What is done.
    kind: StudyStageKind,
    /// What it is called, at most 200 characters.
    name: LocalizedTextInput,
    /// What to do and how long it takes, at most 2,000 characters.
    guide: LocalizedTextInput,
}

/// A new template.
#[derive(InputObject)]
pub struct StudyTemplateCreateInput {
    /// What it is called, at most 200 characters.
    name: LocalizedTextInput,
    /// What it is for, at most 1,000 characters.
    about: LocalizedTextInput,
    /// How many research lessons a study of it has at least, 1 to 10.
    lessons: i32,
    /// The stages in their order, at most 20.
    stages: Vec<StudyStageInput>,
    /// Sent again with the same key, the same request has one effect. At most 100 characters.
    idempotency_key: Option<String>,
}

/// A template as it is to be.
#[derive(InputObject)]
pub struct StudyTemplateUpdateInput {
    /// The template.
    id: ID,
    /// The version the viewer saw.
    version: i32,
    /// What it is called, at most 200 characters.
    name: LocalizedTextInput,
    /// What it is for, at most 1,000 characters.
    about: LocalizedTextInput,
    /// How many research lessons a study of it has at least, 1 to 10.
    lessons: i32,
    /// The stages in their order, at most 20.
    stages: Vec<StudyStageInput>,
}

fn card(
    name: LocalizedTextInput,
    about: LocalizedTextInput,
    lessons: i32,
    stages: Vec<StudyStageInput>,
) -> commands::Card {
    let stages = stages.into_iter().map(|stage| commands::NewStage {
        kind: stage.kind.into(),
        name: stage.name.into(),
        guide: stage.guide.into(),
    });
    commands::Card {
        name: name.into(),
        about: about.into(),
        lessons,
        stages: stages.collect(),
    }
}

/// What became of it.
#[derive(SimpleObject)]
pub struct StudyTemplatePayload {
    /// The template as it is now; null when nothing was done.
    study_template: Option<StudyTemplate>,
    /// What the person can mend; empty when it was done. At most 20.
    user_errors: Vec<UserError>,
}

/// Doing things with templates.
#[derive(Default)]
pub struct StudyTemplateMutation;

#[Object]
impl StudyTemplateMutation {
    /// Adds a template. Administrators.
    async fn study_template_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The template.")] input: StudyTemplateCreateInput,
    ) -> Result<StudyTemplatePayload> {
        let card = card(input.name, input.about, input.lessons, input.stages);
        let made =
            async { commands::create(asking(ctx)?, &card, input.idempotency_key.as_deref()).await };
        payload(ctx, made.await)
    }

    /// Changes a template; studies that run keep to its new stages from then on. Administrators.
    async fn study_template_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The template as it is to be.")] input: StudyTemplateUpdateInput,
    ) -> Result<StudyTemplatePayload> {
        let card = card(input.name, input.about, input.lessons, input.stages);
        let made = async {
            let id = given(&input.id, "id")?;
            commands::update(asking(ctx)?, id, input.version, &card).await
        };
        payload(ctx, made.await)
    }
}

fn payload(
    ctx: &Context<'_>,
    made: domain::error::Result<model::StudyTemplate>,
) -> Result<StudyTemplatePayload> {
    let (template, user_errors) = outcome(ctx, made)?;
    Ok(StudyTemplatePayload {
        study_template: template.map(StudyTemplate),
        user_errors,
    })
}
