//! What groups do with their research lessons: plan, change, take steps, say who observes whom.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};
use domain::id::Id;
use domain::research_lesson::{self as model, Step, commands};
use domain::study;

use crate::errors::{UserError, outcome};
use crate::ids::given;
use crate::research_lesson::ResearchLesson;
use crate::rows::asking;

/// The next research lesson of a study.
#[derive(InputObject)]
pub struct ResearchLessonAddInput {
    /// The study.
    study_id: ID,
    /// The class, at most 40 characters.
    class_label: String,
    /// What it is about, at most 300 characters.
    topic: Option<String>,
    /// When it begins.
    starts_at: Option<DateTime<Utc>>,
    /// Who teaches it: somebody of the group.
    teacher_id: Option<ID>,
    /// At which school.
    school_id: Option<ID>,
    /// Sent again with the same key, the same request has one effect. At most 100 characters.
    idempotency_key: Option<String>,
}

/// A research lesson as it is to be.
#[derive(InputObject)]
pub struct ResearchLessonUpdateInput {
    /// The research lesson.
    id: ID,
    /// The version the viewer saw.
    version: i32,
    /// The class, at most 40 characters.
    class_label: String,
    /// What it is about, at most 300 characters.
    topic: Option<String>,
    /// When it begins.
    starts_at: Option<DateTime<Utc>>,
    /// Who teaches it: somebody of the group.
    teacher_id: Option<ID>,
    /// At which school.
    school_id: Option<ID>,
}

/// A research lesson in the version the viewer saw.
#[derive(InputObject)]
pub struct ResearchLessonStepInput {
    /// The research lesson.
    id: ID,
    /// The version the viewer saw.
    version: i32,
}

/// Who watches whom.
#[derive(InputObject)]
pub struct ObserverInput {
    /// In which lesson.
    lesson_id: ID,
    /// Who watches: somebody of the group.
    person_id: ID,
    /// Which case pupil.
    pupil_id: ID,
}

/// What became of it.
#[derive(SimpleObject)]
pub struct ResearchLessonPayload {
    /// The research lesson as it is now; null when nothing was done.
    research_lesson: Option<ResearchLesson>,
    /// What the person can mend; empty when it was done. At most 20.
    user_errors: Vec<UserError>,
}

fn card(
    class_label: String,
    topic: Option<String>,
    starts_at: Option<DateTime<Utc>>,
    teacher: Option<&ID>,
    school: Option<&ID>,
) -> domain::error::Result<commands::Card> {
    Ok(commands::Card {
        class_label,
        topic: topic.unwrap_or_default(),
        starts_at: starts_at.map(domain::clock::cut),
        teacher: teacher.map(|id| given(id, "teacherId")).transpose()?,
        school: school.map(|id| given(id, "schoolId")).transpose()?,
    })
}

/// Doing things with research lessons.
#[derive(Default)]
pub struct ResearchLessonMutation;

#[Object]
impl ResearchLessonMutation {
    /// Plans the next research lesson, once the one before is closed. Members of the group.
    async fn research_lesson_add(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The lesson.")] input: ResearchLessonAddInput,
    ) -> Result<ResearchLessonPayload> {
        payload(ctx, async {
            let study: Id<study::Study> = given(&input.study_id, "studyId")?;
            let (teacher, school) = (input.teacher_id.as_ref(), input.school_id.as_ref());
            let card = card(
                input.class_label,
                input.topic,
                input.starts_at,
                teacher,
                school,
            )?;
            commands::add(asking(ctx)?, study, &card, input.idempotency_key.as_deref()).await
        })
        .await
    }

    /// Changes what is known of a lesson, until it was taught. Members of the group.
    async fn research_lesson_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The lesson as it is to be.")] input: ResearchLessonUpdateInput,
    ) -> Result<ResearchLessonPayload> {
        payload(ctx, async {
            let (teacher, school) = (input.teacher_id.as_ref(), input.school_id.as_ref());
            let card = card(
                input.class_label,
                input.topic,
                input.starts_at,
                teacher,
                school,
            )?;
            commands::update(asking(ctx)?, given(&input.id, "id")?, input.version, &card).await
        })
        .await
    }

    /// The plan and the predictions stand. Members of the group.
    async fn research_lesson_freeze(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one.")] input: ResearchLessonStepInput,
    ) -> Result<ResearchLessonPayload> {
        step(ctx, input, Step::Freeze).await
    }

    /// Back to the plan, before the lesson was taught. Members of the group.
    async fn research_lesson_thaw(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one.")] input: ResearchLessonStepInput,
    ) -> Result<ResearchLessonPayload> {
        step(ctx, input, Step::Thaw).await
    }

    /// The lesson was taught; a consent to watch the pupils must hold. Members of the group.
    async fn research_lesson_teach(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one.")] input: ResearchLessonStepInput,
    ) -> Result<ResearchLessonPayload> {
        step(ctx, input, Step::Teach).await
    }

    /// The discussion begins; observations are locked. Members of the group.
    async fn research_lesson_open_discussion(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one.")] input: ResearchLessonStepInput,
    ) -> Result<ResearchLessonPayload> {
        step(ctx, input, Step::OpenDiscussion).await
    }

    /// The discussion is over; every case pupil was spoken of. Members of the group.
    async fn research_lesson_discuss(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one.")] input: ResearchLessonStepInput,
    ) -> Result<ResearchLessonPayload> {
        step(ctx, input, Step::Discuss).await
    }

    /// Nothing of the lesson changes any more. Members of the group.
    async fn research_lesson_close(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one.")] input: ResearchLessonStepInput,
    ) -> Result<ResearchLessonPayload> {
        step(ctx, input, Step::Close).await
    }

    /// Somebody of the group gets a case pupil to watch. Members of the group.
    async fn observer_assign(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who watches whom.")] input: ObserverInput,
    ) -> Result<ResearchLessonPayload> {
        payload(ctx, async {
            let lesson = given(&input.lesson_id, "lessonId")?;
            let person = given(&input.person_id, "personId")?;
            commands::assign(
                asking(ctx)?,
                lesson,
                person,
                given(&input.pupil_id, "pupilId")?,
            )
            .await
        })
        .await
    }

    /// Somebody watches a case pupil no more. Members of the group.
    async fn observer_release(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who watches whom.")] input: ObserverInput,
    ) -> Result<ResearchLessonPayload> {
        payload(ctx, async {
            let lesson = given(&input.lesson_id, "lessonId")?;
            let person = given(&input.person_id, "personId")?;
            commands::release(
                asking(ctx)?,
                lesson,
                person,
                given(&input.pupil_id, "pupilId")?,
            )
            .await
        })
        .await
    }
}

async fn step(
    ctx: &Context<'_>,
    input: ResearchLessonStepInput,
    step: Step,
) -> Result<ResearchLessonPayload> {
    payload(ctx, async {
        commands::turn(asking(ctx)?, given(&input.id, "id")?, input.version, step).await
    })
    .await
}

pub(crate) async fn payload(
    ctx: &Context<'_>,
    command: impl Future<Output = domain::error::Result<model::ResearchLesson>>,
) -> Result<ResearchLessonPayload> {
    let (lesson, user_errors) = outcome(ctx, command.await)?;
    Ok(ResearchLessonPayload {
        research_lesson: lesson.map(ResearchLesson),
        user_errors,
    })
}
