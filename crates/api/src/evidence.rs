//! What shows that activities of joint plans were done.

use async_graphql::{Context, ID, InputObject, Object, OneofObject, Result, SimpleObject};
use chrono::{DateTime, Utc};
use domain::plan::{self as model, evidence};

use crate::errors::{UserError, outcome};
use crate::ids::{given, shown};
use crate::person::Person;
use crate::research_lesson::ResearchLesson;
use crate::resource::Resource;
use crate::rows::{asking, by_id};
use crate::study::Study;

/// What shows that an activity was done.
pub struct Evidence(pub model::Evidence);

/// What shows that an activity was done: a sentence, and perhaps a study, a research lesson or a work. For members of
/// the two schools and the trainers of their regions; what it points to, for those who may see that.
#[Object]
impl Evidence {
    /// The id.
    pub(crate) async fn id(&self) -> ID {
        shown(self.0.id)
    }

    /// What it shows.
    async fn body(&self) -> &str {
        &self.0.body
    }

    /// The study it points to.
    async fn study(&self, ctx: &Context<'_>) -> Result<Option<Study>> {
        match self.0.study_id {
            Some(id) => Ok(by_id(ctx, id).await?.map(Study::from)),
            None => Ok(None),
        }
    }

    /// The research lesson it points to.
    async fn lesson(&self, ctx: &Context<'_>) -> Result<Option<ResearchLesson>> {
        match self.0.lesson_id {
            Some(id) => Ok(by_id(ctx, id).await?.map(ResearchLesson)),
            None => Ok(None),
        }
    }

    /// The work it points to.
    async fn resource(&self, ctx: &Context<'_>) -> Result<Option<Resource>> {
        match self.0.resource_id {
            Some(id) => Ok(by_id::<domain::resource::Resource>(ctx, id)
                .await?
                .map(Into::into)),
            None => Ok(None),
        }
    }

    /// Who added it.
    async fn added_by(&self, ctx: &Context<'_>) -> Result<Option<Person>> {
        Ok(by_id(ctx, self.0.added_by_id).await?.map(Person))
    }

    /// When.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }
}

/// What evidence points to.
#[derive(OneofObject)]
pub enum EvidenceLink {
    /// A study.
    #[graphql(name = "studyId")]
    Study(ID),
    /// A research lesson.
    #[graphql(name = "lessonId")]
    Lesson(ID),
    /// A work of the piggy bank.
    #[graphql(name = "resourceId")]
    Resource(ID),
}

impl EvidenceLink {
    fn parsed(&self) -> domain::error::Result<evidence::Link> {
        Ok(match self {
            Self::Study(id) => evidence::Link::Study(given(id, "link.studyId")?),
            Self::Lesson(id) => evidence::Link::Lesson(given(id, "link.lessonId")?),
            Self::Resource(id) => evidence::Link::Resource(given(id, "link.resourceId")?),
        })
    }
}

/// Evidence to add.
#[derive(InputObject)]
pub struct EvidenceAddInput {
    /// The activity.
    activity_id: ID,
    /// What it shows, at most 1,000 characters.
    body: String,
    /// Something that is there and that the person may see.
    link: Option<EvidenceLink>,
    /// Sent again with the same key, the same request has one effect. At most 100 characters.
    idempotency_key: Option<String>,
}

/// A piece of evidence.
#[derive(InputObject)]
pub struct EvidenceRemoveInput {
    /// The piece.
    id: ID,
}

/// What became of it.
#[derive(SimpleObject)]
pub struct EvidencePayload {
    /// The evidence; null when nothing was done.
    evidence: Option<Evidence>,
    /// What the person can mend; empty when it was done. At most 20.
    user_errors: Vec<UserError>,
}

/// Doing things with evidence.
#[derive(Default)]
pub struct EvidenceMutation;

#[Object]
impl EvidenceMutation {
    /// Shows that an activity on which both sides agreed was done. Coordinators of the two schools.
    async fn evidence_add(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What shows it.")] input: EvidenceAddInput,
    ) -> Result<EvidencePayload> {
        payload(ctx, async {
            let activity = given(&input.activity_id, "activityId")?;
            let link = input.link.as_ref().map(EvidenceLink::parsed).transpose()?;
            let key = input.idempotency_key.as_deref();
            evidence::show(asking(ctx)?, activity, &input.body, link, key).await
        })
        .await
    }

    /// Takes a piece of evidence back. Coordinators of the two schools.
    async fn evidence_remove(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which piece.")] input: EvidenceRemoveInput,
    ) -> Result<EvidencePayload> {
        payload(ctx, async {
            evidence::withdraw(asking(ctx)?, given(&input.id, "id")?).await
        })
        .await
    }
}

async fn payload(
    ctx: &Context<'_>,
    command: impl Future<Output = domain::error::Result<model::Evidence>>,
) -> Result<EvidencePayload> {
    let (evidence, user_errors) = outcome(ctx, command.await)?;
    Ok(EvidencePayload {
        evidence: evidence.map(Evidence),
        user_errors,
    })
}
