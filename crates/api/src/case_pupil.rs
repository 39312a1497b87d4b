//! Case pupils: letters, never names.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use domain::case_pupil::{self as model, commands};

use crate::errors::{UserError, outcome};
use crate::ids::{given, shown};
use crate::rows::{asking, by_id};
use crate::study::Study;

/// A letter that stands for a pupil whom the group watches.
pub struct CasePupil(pub model::CasePupil);

/// A letter that stands for a pupil whom the group watches, typical of a group of learners. No field takes a name. For
/// whoever takes part in the study.
#[Object]
impl CasePupil {
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

    /// `A`, `B`, `C`…
    async fn letter(&self) -> &str {
        &self.0.letter
    }

    /// What the group calls them instead of a name.
    async fn pseudonym(&self) -> Option<&str> {
        self.0.pseudonym.as_deref()
    }

    /// The group of learners they are typical of.
    async fn typifies(&self) -> &str {
        &self.0.typifies
    }

    /// The level they work at.
    async fn level(&self) -> &str {
        &self.0.level
    }

    /// How far they came; empty until somebody wrote it.
    async fn progress(&self) -> &str {
        &self.0.progress
    }
}

/// A case pupil to watch.
#[derive(InputObject)]
pub struct CasePupilAddInput {
    /// The study.
    study_id: ID,
    /// What the group calls them instead of a name, at most 40 characters.
    pseudonym: Option<String>,
    /// The group of learners they are typical of, at most 300 characters.
    typifies: String,
    /// The level they work at, at most 100 characters.
    level: String,
    /// Sent again with the same key, the same request has one effect. At most 100 characters.
    idempotency_key: Option<String>,
}

/// A case pupil described anew.
#[derive(InputObject)]
pub struct CasePupilUpdateInput {
    /// The case pupil.
    id: ID,
    /// The version the viewer saw.
    version: i32,
    /// What the group calls them instead of a name, at most 40 characters.
    pseudonym: Option<String>,
    /// The group of learners they are typical of, at most 300 characters.
    typifies: String,
    /// The level they work at, at most 100 characters.
    level: String,
}

/// How far a case pupil came.
#[derive(InputObject)]
pub struct CasePupilProgressInput {
    /// The case pupil.
    id: ID,
    /// The version the viewer saw.
    version: i32,
    /// How far they came, at most 4,000 characters.
    progress: String,
}

/// A case pupil.
#[derive(InputObject)]
pub struct CasePupilInput {
    /// The case pupil.
    id: ID,
}

/// What became of it.
#[derive(SimpleObject)]
pub struct CasePupilPayload {
    /// The case pupil as it is now; null when nothing was done.
    case_pupil: Option<CasePupil>,
    /// What the person can mend; empty when it was done. At most 20.
    user_errors: Vec<UserError>,
}

/// Choosing and describing case pupils.
#[derive(Default)]
pub struct CasePupilMutation;

#[Object]
impl CasePupilMutation {
    /// Chooses one more; it gets the next letter. Members of the group, before the question stands.
    async fn case_pupil_add(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The case pupil.")] input: CasePupilAddInput,
    ) -> Result<CasePupilPayload> {
        payload(ctx, async {
            let card = commands::Card {
                pseudonym: input.pseudonym,
                typifies: input.typifies,
                level: input.level,
            };
            let study = given(&input.study_id, "studyId")?;
            commands::add(asking(ctx)?, study, &card, input.idempotency_key.as_deref()).await
        })
        .await
    }

    /// Describes one anew. Members of the group.
    async fn case_pupil_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The case pupil as it is to be.")] input: CasePupilUpdateInput,
    ) -> Result<CasePupilPayload> {
        payload(ctx, async {
            let card = commands::Card {
                pseudonym: input.pseudonym,
                typifies: input.typifies,
                level: input.level,
            };
            commands::update(asking(ctx)?, given(&input.id, "id")?, input.version, &card).await
        })
        .await
    }

    /// Writes down how far one came. Members of the group, from the first research lesson on.
    async fn case_pupil_progress(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whose progress.")] input: CasePupilProgressInput,
    ) -> Result<CasePupilPayload> {
        payload(ctx, async {
            let id = given(&input.id, "id")?;
            commands::progress(asking(ctx)?, id, input.version, &input.progress).await
        })
        .await
    }

    /// Thinks better of one. Members of the group, before the question stands.
    async fn case_pupil_remove(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one.")] input: CasePupilInput,
    ) -> Result<CasePupilPayload> {
        payload(ctx, async {
            commands::remove(asking(ctx)?, given(&input.id, "id")?).await
        })
        .await
    }
}

async fn payload(
    ctx: &Context<'_>,
    command: impl Future<Output = domain::error::Result<model::CasePupil>>,
) -> Result<CasePupilPayload> {
    let (pupil, user_errors) = outcome(ctx, command.await)?;
    Ok(CasePupilPayload {
        case_pupil: pupil.map(CasePupil),
        user_errors,
    })
}
