//! The sheet of a research lesson: stages, cells, comments, and who is there.

use async_graphql::{Context, Enum, ID, InputObject, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};
use domain::research_lesson::sheet::{self, NewStage, Place, Written};
use domain::research_lesson::{self as model};

use crate::case_pupil::CasePupil;
use crate::errors::{UserError, conflict, outcome};
use crate::ids::{given, shown};
use crate::person::Person;
use crate::research_lesson_change::{ResearchLessonPayload, payload};
use crate::rows::{asking, by_id};

/// What a cell of a sheet says.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "model::CellKind")]
pub enum SheetCellKind {
    /// What teacher and pupils do at a stage.
    Activity,
    /// What is used at a stage.
    Resources,
    /// What success is for a case pupil.
    Criterion,
    /// What the group expects of a case pupil at a stage.
    Predicted,
    /// What was seen of a case pupil at a stage.
    Observed,
    /// Interview: what the pupil enjoyed.
    Enjoyed,
    /// Interview: what they learned.
    Learned,
    /// Interview: what they can do now.
    CanDo,
    /// Interview: what helped.
    Helped,
    /// Interview: what they would change.
    WouldChange,
    /// Discussion: a case pupil against the predictions.
    Discussed,
    /// Discussion: the class.
    Class,
    /// Discussion: the teaching.
    Teaching,
    /// Discussion: decisions for the next lesson.
    Next,
    /// Discussion: the closing word.
    Closing,
}

/// A stage of a lesson.
pub struct SheetStage(pub model::SheetStage);

/// A stage of a lesson. For whoever sees the lesson.
#[Object]
impl SheetStage {
    /// The id.
    pub(crate) async fn id(&self) -> ID {
        shown(self.0.id)
    }

    /// The version, to send back with a change.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// Its place in the lesson.
    async fn number(&self) -> i32 {
        self.0.number
    }

    /// What it is called.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// How long it takes.
    async fn minutes(&self) -> i32 {
        self.0.minutes
    }
}

/// A cell of a sheet.
pub struct SheetCell(pub model::SheetCell);

/// A cell of a sheet, with a version of its own, so that many write one sheet without losing a word. What is about a case
/// pupil is for whoever takes part; the rest for whoever sees the lesson.
#[Object]
impl SheetCell {
    /// The id.
    pub(crate) async fn id(&self) -> ID {
        shown(self.0.id)
    }

    /// The version, to send back with a change.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// What it says.
    async fn kind(&self) -> SheetCellKind {
        self.0.kind.into()
    }

    /// The stage's id, for the kinds that have one.
    async fn stage_id(&self) -> Option<ID> {
        self.0.stage_id.map(shown)
    }

    /// The case pupil's id, for the kinds that have one.
    async fn pupil_id(&self) -> Option<ID> {
        self.0.pupil_id.map(shown)
    }

    /// The case pupil, for the kinds that have one.
    async fn pupil(&self, ctx: &Context<'_>) -> Result<Option<CasePupil>> {
        match self.0.pupil_id {
            Some(id) => Ok(by_id(ctx, id).await?.map(CasePupil)),
            None => Ok(None),
        }
    }

    /// The text.
    async fn text(&self) -> &str {
        &self.0.body
    }

    /// Who wrote this version.
    async fn edited_by(&self, ctx: &Context<'_>) -> Result<Option<Person>> {
        Ok(by_id(ctx, self.0.edited_by_id).await?.map(Person))
    }

    /// When.
    async fn edited_at(&self) -> DateTime<Utc> {
        self.0.edited_at
    }
}

/// What somebody said about a cell.
pub struct CellComment(pub model::CellComment);

/// What somebody said about a cell. For whoever takes part in the study.
#[Object]
impl CellComment {
    /// The id.
    pub(crate) async fn id(&self) -> ID {
        shown(self.0.id)
    }

    /// The cell's id.
    async fn cell_id(&self) -> ID {
        shown(self.0.cell_id)
    }

    /// Who said it.
    async fn author(&self, ctx: &Context<'_>) -> Result<Option<Person>> {
        Ok(by_id(ctx, self.0.author_id).await?.map(Person))
    }

    /// What.
    async fn text(&self) -> &str {
        &self.0.body
    }

    /// When.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }
}

/// A stage at the end of a lesson.
#[derive(InputObject)]
pub struct SheetStageAddInput {
    /// The lesson.
    lesson_id: ID,
    /// What it is called, at most 120 characters.
    name: String,
    /// How long it takes, 1 to 240 minutes.
    minutes: i32,
    /// Sent again with the same key, the same request has one effect. At most 100 characters.
    idempotency_key: Option<String>,
}

/// A stage as it is to be.
#[derive(InputObject)]
pub struct SheetStageUpdateInput {
    /// The stage.
    id: ID,
    /// The version the viewer saw.
    version: i32,
    /// What it is called, at most 120 characters.
    name: String,
    /// How long it takes, 1 to 240 minutes.
    minutes: i32,
}

/// A stage.
#[derive(InputObject)]
pub struct SheetStageInput {
    /// The stage.
    id: ID,
}

/// The stages of a lesson in another order.
#[derive(InputObject)]
pub struct SheetStagesOrderInput {
    /// The lesson.
    lesson_id: ID,
    /// All its stages, each once.
    #[graphql(validator(max_items = 20))]
    stage_ids: Vec<ID>,
}

/// Which cell of a sheet.
#[derive(InputObject)]
pub struct SheetCellPlaceInput {
    /// The lesson.
    lesson_id: ID,
    /// What it says.
    kind: SheetCellKind,
    /// The stage, for the kinds that have one.
    stage_id: Option<ID>,
    /// The case pupil, for the kinds that have one.
    pupil_id: Option<ID>,
}

impl SheetCellPlaceInput {
    fn place(&self) -> domain::error::Result<Place> {
        Ok(Place {
            lesson: given(&self.lesson_id, "place.lessonId")?,
            kind: self.kind.into(),
            stage: self
                .stage_id
                .as_ref()
                .map(|id| given(id, "place.stageId"))
                .transpose()?,
            pupil: self
                .pupil_id
                .as_ref()
                .map(|id| given(id, "place.pupilId"))
                .transpose()?,
        })
    }
}

/// A text for a cell.
#[derive(InputObject)]
pub struct SheetCellWriteInput {
    /// Which cell.
    place: SheetCellPlaceInput,
    /// The version of the cell that the writer saw; 0 when nobody had written in it.
    version: i32,
    /// The text, at most 4,000 characters.
    text: String,
}

/// Something to say about a cell.
#[derive(InputObject)]
pub struct SheetCellCommentInput {
    /// Which cell.
    place: SheetCellPlaceInput,
    /// What, at most 2,000 characters.
    text: String,
    /// Sent again with the same key, the same request has one effect. At most 100 characters.
    idempotency_key: Option<String>,
}

/// A sheet somebody has before them.
#[derive(InputObject)]
pub struct SheetVisitInput {
    /// The lesson.
    lesson_id: ID,
}

/// What became of it.
#[derive(SimpleObject)]
pub struct SheetStagePayload {
    /// The stage as it is now; null when nothing was done.
    sheet_stage: Option<SheetStage>,
    /// What the person can mend; empty when it was done. At most 20.
    user_errors: Vec<UserError>,
}

/// What became of it.
#[derive(SimpleObject)]
pub struct SheetCellPayload {
    /// The cell as it is now: what was written, or with `CONFLICT` what somebody else wrote meanwhile.
    sheet_cell: Option<SheetCell>,
    /// With `CONFLICT` the text that was sent, and not written; null otherwise.
    unwritten: Option<String>,
    /// What the person can mend; empty when it was done. At most 20.
    user_errors: Vec<UserError>,
}

/// What became of it.
#[derive(SimpleObject)]
pub struct CellCommentPayload {
    /// The comment; null when nothing was done.
    cell_comment: Option<CellComment>,
    /// What the person can mend; empty when it was done. At most 20.
    user_errors: Vec<UserError>,
}

/// Writing sheets together.
#[derive(Default)]
pub struct SheetMutation;

#[Object]
impl SheetMutation {
    /// Adds a stage at the end of a lesson that is being planned. Members of the group.
    async fn sheet_stage_add(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The stage.")] input: SheetStageAddInput,
    ) -> Result<SheetStagePayload> {
        let added = async {
            let new = NewStage {
                name: input.name,
                minutes: input.minutes,
            };
            let lesson = given(&input.lesson_id, "lessonId")?;
            sheet::add_stage(asking(ctx)?, lesson, &new, input.idempotency_key.as_deref()).await
        };
        let (stage, user_errors) = outcome(ctx, added.await)?;
        Ok(SheetStagePayload {
            sheet_stage: stage.map(SheetStage),
            user_errors,
        })
    }

    /// Changes a stage of a lesson that is being planned. Members of the group.
    async fn sheet_stage_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The stage as it is to be.")] input: SheetStageUpdateInput,
    ) -> Result<SheetStagePayload> {
        let changed = async {
            let new = NewStage {
                name: input.name,
                minutes: input.minutes,
            };
            sheet::update_stage(asking(ctx)?, given(&input.id, "id")?, input.version, &new).await
        };
        let (stage, user_errors) = outcome(ctx, changed.await)?;
        Ok(SheetStagePayload {
            sheet_stage: stage.map(SheetStage),
            user_errors,
        })
    }

    /// Takes a stage out of a lesson that is being planned, with what was written of it. Members of the group.
    async fn sheet_stage_remove(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which stage.")] input: SheetStageInput,
    ) -> Result<ResearchLessonPayload> {
        payload(ctx, async {
            sheet::remove_stage(asking(ctx)?, given(&input.id, "id")?).await
        })
        .await
    }

    /// Puts the stages of a lesson that is being planned in another order. Members of the group.
    async fn sheet_stages_order(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The order.")] input: SheetStagesOrderInput,
    ) -> Result<ResearchLessonPayload> {
        payload(ctx, async {
            let lesson = given(&input.lesson_id, "lessonId")?;
            let order = input.stage_ids.iter().map(|id| given(id, "stageIds"));
            let order = order.collect::<domain::error::Result<Vec<_>>>()?;
            sheet::order_stages(asking(ctx)?, lesson, &order).await
        })
        .await
    }

    /// Writes a cell: plan and predictions while the lesson is planned, what was seen and interviews from then on, the
    /// discussion in its order. When somebody else wrote in it meanwhile, nothing is changed and both texts come back.
    /// Members of the group; the closing word experts as well.
    async fn sheet_cell_write(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which cell, and the text.")] input: SheetCellWriteInput,
    ) -> Result<SheetCellPayload> {
        let written = async {
            let place = input.place.place()?;
            sheet::write(asking(ctx)?, &place, input.version, &input.text).await
        };
        let (written, user_errors) = outcome(ctx, written.await)?;
        Ok(match written {
            Some(Written::Met(cell)) => SheetCellPayload {
                sheet_cell: Some(SheetCell(cell)),
                unwritten: Some(input.text),
                user_errors: vec![conflict(ctx)?],
            },
            Some(Written::Done(cell)) => SheetCellPayload {
                sheet_cell: Some(SheetCell(cell)),
                unwritten: None,
                user_errors,
            },
            None => SheetCellPayload {
                sheet_cell: None,
                unwritten: None,
                user_errors,
            },
        })
    }

    /// Says something about a cell, until the lesson is closed. Members of the group and its experts.
    async fn sheet_cell_comment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "About which cell, and what.")] input: SheetCellCommentInput,
    ) -> Result<CellCommentPayload> {
        let said = async {
            let place = input.place.place()?;
            sheet::say(
                asking(ctx)?,
                &place,
                &input.text,
                input.idempotency_key.as_deref(),
            )
            .await
        };
        let (said, user_errors) = outcome(ctx, said.await)?;
        Ok(CellCommentPayload {
            cell_comment: said.map(CellComment),
            user_errors,
        })
    }

    /// Says that the viewer has a sheet before them; good for 45 seconds. Members of the group and its experts.
    async fn sheet_visit(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which sheet.")] input: SheetVisitInput,
    ) -> Result<ResearchLessonPayload> {
        payload(ctx, async {
            sheet::visit(asking(ctx)?, given(&input.lesson_id, "lessonId")?).await
        })
        .await
    }
}
