//! Research lessons: what is known of one, its sheet, who observes whom.

use async_graphql::{Context, Enum, ID, Object, Result};
use chrono::{DateTime, Utc};
use domain::db::Access;
use domain::id::Id;
use domain::observation;
use domain::research_lesson::{self as model, queries};
use domain::study::queries::Allowed;

use crate::case_pupil::CasePupil;
use crate::connection::{Connection, Paging, connect};
use crate::ids::{shown, wanted};
use crate::observation::{Observation, ObservationFilter};
use crate::person::Person;
use crate::rows::{Part, access, by_id, parts, read};
use crate::school::School;
use crate::sheet::{CellComment, SheetCell, SheetCellKind, SheetStage};
use crate::study::Study;

/// Where a research lesson stands.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "model::State")]
pub enum ResearchLessonState {
    /// The sheet is being written.
    Planning,
    /// The plan and the predictions stand.
    Frozen,
    /// It was taught.
    Taught,
    /// The group discussed it.
    Discussed,
    /// Nothing of it changes any more.
    Closed,
}

/// What can happen to a research lesson.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "model::Step")]
pub enum ResearchLessonStep {
    /// The plan and the predictions stand.
    Freeze,
    /// Back to the plan.
    Thaw,
    /// It was taught.
    Teach,
    /// The discussion begins: observations are locked.
    OpenDiscussion,
    /// The discussion is over.
    Discuss,
    /// Nothing changes any more.
    Close,
}

/// A lesson that a group plans, observes and discusses.
pub struct ResearchLesson(pub model::ResearchLesson);

/// A lesson that a group plans, observes and discusses. For whoever takes part; of a shared study its plan and discussion
/// for the schools it is shared with, without anything about a case pupil.
#[Object]
impl ResearchLesson {
    /// The id.
    pub(crate) async fn id(&self) -> ID {
        shown(self.0.id)
    }

    /// The version, to send back with a change.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// The study.
    async fn study(&self, ctx: &Context<'_>) -> Result<Option<Study>> {
        Ok(by_id(ctx, self.0.study_id).await?.map(Study::from))
    }

    /// Its number in the study, from 1.
    async fn number(&self) -> i32 {
        self.0.number
    }

    /// The class.
    async fn class_label(&self) -> &str {
        &self.0.class_label
    }

    /// What it is about.
    async fn topic(&self) -> &str {
        &self.0.topic
    }

    /// When it begins.
    async fn starts_at(&self) -> Option<DateTime<Utc>> {
        self.0.starts_at
    }

    /// Who teaches it.
    async fn teacher(&self, ctx: &Context<'_>) -> Result<Option<Person>> {
        match self.0.teacher_id {
            Some(id) => Ok(by_id(ctx, id).await?.map(Person)),
            None => Ok(None),
        }
    }

    /// At which school.
    async fn school(&self, ctx: &Context<'_>) -> Result<Option<School>> {
        match self.0.school_id {
            Some(id) => Ok(by_id(ctx, id).await?.map(School)),
            None => Ok(None),
        }
    }

    /// Where it stands.
    async fn state(&self) -> ResearchLessonState {
        self.0.state.into()
    }

    /// When it was marked as taught.
    async fn taught_at(&self) -> Option<DateTime<Utc>> {
        self.0.taught_at
    }

    /// When the discussion began; observations are locked since.
    async fn discussing_since(&self) -> Option<DateTime<Utc>> {
        self.0.discussing_since
    }

    /// The stages of the lesson in their order, at most 20.
    async fn stages(&self, ctx: &Context<'_>) -> Result<Vec<SheetStage>> {
        let stages = parts::<model::SheetStage>(ctx, self.0.id).await?;
        Ok(stages.into_iter().map(SheetStage).collect())
    }

    /// The cells of the sheet that somebody wrote in, at most 600.
    async fn cells(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Only those of these kinds; at most 15.",
            validator(max_items = 15)
        )]
        kinds: Option<Vec<SheetCellKind>>,
    ) -> Result<Vec<SheetCell>> {
        let cells = parts::<model::SheetCell>(ctx, self.0.id).await?;
        let wanted = |cell: &model::SheetCell| {
            let kinds = kinds.as_ref();
            kinds.is_none_or(|kinds| kinds.contains(&cell.kind.into()))
        };
        Ok(cells.into_iter().filter(wanted).map(SheetCell).collect())
    }

    /// What was decided for this lesson in the discussion of the one before.
    async fn opens_with(&self, ctx: &Context<'_>) -> Result<Option<SheetCell>> {
        let lessons = parts::<model::ResearchLesson>(ctx, self.0.study_id).await?;
        let before = lessons
            .iter()
            .find(|lesson| lesson.number == self.0.number - 1);
        let Some(before) = before else {
            return Ok(None);
        };
        let cells = parts::<model::SheetCell>(ctx, before.id).await?;
        let next = cells
            .into_iter()
            .find(|cell| cell.kind == model::CellKind::Next);
        Ok(next.map(SheetCell))
    }

    /// What was said about its cells, the latest 200, the latest last, at most 200; for whoever takes part.
    async fn comments(&self, ctx: &Context<'_>) -> Result<Vec<CellComment>> {
        let comments = parts::<model::CellComment>(ctx, self.0.id).await?;
        Ok(comments.into_iter().map(CellComment).collect())
    }

    /// Who observes whom, at most 72; for whoever takes part.
    async fn observers(&self, ctx: &Context<'_>) -> Result<Vec<Observer>> {
        let observers = parts::<model::Observer>(ctx, self.0.id).await?;
        Ok(observers.into_iter().map(Observer).collect())
    }

    /// Who has the sheet before them now, at most 10; for whoever takes part.
    async fn present(&self, ctx: &Context<'_>) -> Result<Vec<Person>> {
        let visits = read(ctx, queries::present(access(ctx)?, &[self.0.id])).await?;
        let people = visits
            .into_iter()
            .take(10)
            .map(|visit| by_id(ctx, visit.person_id));
        let people = futures_util::future::try_join_all(people).await?;
        Ok(people.into_iter().flatten().map(Person).collect())
    }

    /// The observations in the order in which they were taken; for whoever takes part.
    async fn observations(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which ones.")] filter: Option<ObservationFilter>,
        #[graphql(desc = "How many from the start, 1 to 100; 20 when neither is given.")]
        first: Option<i32>,
        #[graphql(desc = "After this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
    ) -> Result<Option<Connection<Observation>>> {
        let paging = Paging {
            first,
            after,
            last,
            before,
        };
        let (window, access) = (paging.window(ctx)?, access(ctx)?);
        let filter = filter.unwrap_or_default();
        let filter = observation::queries::Filter {
            pupil: filter.pupil_id.as_ref().map(wanted),
            author: filter.author_id.as_ref().map(wanted),
        };
        let page = observation::queries::page(access, self.0.id, &filter, &window);
        let page = read(ctx, page).await?;
        connect(ctx, page, Observation, || {
            observation::queries::count(access, self.0.id, &filter)
        })
        .await
        .map(Some)
    }

    /// The kinds of cells that the viewer may write as the lesson stands, at most 15; what the order of the discussion
    /// asks for beyond that, the mutation says.
    async fn viewer_writes(&self, ctx: &Context<'_>) -> Result<Vec<SheetCellKind>> {
        let allowed = self.allowed(ctx).await?;
        let mut kinds = self.0.open_cells();
        if !allowed.work {
            kinds.retain(|kind| allowed.speak && *kind == model::CellKind::Closing);
        }
        Ok(kinds.into_iter().map(Into::into).collect())
    }

    /// The steps the viewer may take with it, as far as its state allows; what a step needs beyond that, the mutation
    /// says. At most 6.
    async fn viewer_steps(&self, ctx: &Context<'_>) -> Result<Vec<ResearchLessonStep>> {
        if !self.allowed(ctx).await?.work {
            return Ok(Vec::new());
        }
        Ok(self.0.steps().into_iter().map(Into::into).collect())
    }
}

impl ResearchLesson {
    /// What the viewer may do in its study.
    async fn allowed(&self, ctx: &Context<'_>) -> Result<Allowed> {
        match by_id(ctx, self.0.study_id).await?.map(Study::from) {
            Some(study) => study.allowed(ctx).await,
            None => Ok(Allowed::default()),
        }
    }
}

impl Part for model::SheetStage {
    type Whole = model::ResearchLesson;

    fn whole(&self) -> Id<model::ResearchLesson> {
        self.lesson_id
    }

    async fn of(access: &Access, wholes: &[Id<Self::Whole>]) -> domain::error::Result<Vec<Self>> {
        queries::stages(access, wholes).await
    }
}

impl Part for model::SheetCell {
    type Whole = model::ResearchLesson;

    fn whole(&self) -> Id<model::ResearchLesson> {
        self.lesson_id
    }

    async fn of(access: &Access, wholes: &[Id<Self::Whole>]) -> domain::error::Result<Vec<Self>> {
        queries::cells(access, wholes).await
    }
}

impl Part for model::CellComment {
    type Whole = model::ResearchLesson;

    fn whole(&self) -> Id<model::ResearchLesson> {
        self.lesson_id
    }

    async fn of(access: &Access, wholes: &[Id<Self::Whole>]) -> domain::error::Result<Vec<Self>> {
        queries::comments(access, wholes).await
    }
}

impl Part for model::Observer {
    type Whole = model::ResearchLesson;

    fn whole(&self) -> Id<model::ResearchLesson> {
        self.lesson_id
    }

    async fn of(access: &Access, wholes: &[Id<Self::Whole>]) -> domain::error::Result<Vec<Self>> {
        queries::observers(access, wholes).await
    }
}

/// Somebody who watches a case pupil in a lesson.
pub struct Observer(model::Observer);

/// Somebody who watches a case pupil in a lesson.
#[Object]
impl Observer {
    /// Who watches.
    async fn person(&self, ctx: &Context<'_>) -> Result<Option<Person>> {
        Ok(by_id(ctx, self.0.person_id).await?.map(Person))
    }

    /// Whom.
    async fn pupil(&self, ctx: &Context<'_>) -> Result<Option<CasePupil>> {
        Ok(by_id(ctx, self.0.pupil_id).await?.map(CasePupil))
    }
}

/// Reading research lessons.
#[derive(Default)]
pub struct ResearchLessonQuery;

#[Object]
impl ResearchLessonQuery {
    /// The research lesson with this id. Whoever takes part in its study; once shared, the schools it is shared with.
    async fn research_lesson(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id.")] id: ID,
    ) -> Result<Option<ResearchLesson>> {
        match id.parse() {
            Ok(id) => Ok(by_id(ctx, id).await?.map(ResearchLesson)),
            Err(_) => Ok(None),
        }
    }
}
