//! Observations: what was seen in a lesson, taken without signal, arriving once each.

use async_graphql::{Context, Enum, ID, InputObject, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};
use domain::error::Error;
use domain::observation::{self as model, commands, photo};

use crate::case_pupil::CasePupil;
use crate::errors::{UserError, outcome};
use crate::file::File;
use crate::ids::{given, shown};
use crate::person::Person;
use crate::rows::{asking, by_id};

/// Where an observation stands. A draft exists on its device alone.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "model::State")]
pub enum ObservationState {
    /// It arrived.
    Synced,
    /// The discussion began: it stays as it is.
    Locked,
}

/// What somebody saw in a research lesson, and apart from it what they think it means.
pub struct Observation(pub model::Observation);

/// What somebody saw in a research lesson, and apart from it what they think it means. For whoever takes part in the
/// study.
#[Object]
impl Observation {
    /// The id, made on the device.
    pub(crate) async fn id(&self) -> ID {
        shown(self.0.id)
    }

    /// The version, to send back with a change.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// The research lesson's id.
    async fn lesson_id(&self) -> ID {
        shown(self.0.lesson_id)
    }

    /// Who saw it.
    async fn author(&self, ctx: &Context<'_>) -> Result<Option<Person>> {
        Ok(by_id(ctx, self.0.author_id).await?.map(Person))
    }

    /// The case pupil; null for the class.
    async fn pupil(&self, ctx: &Context<'_>) -> Result<Option<CasePupil>> {
        match self.0.pupil_id {
            Some(id) => Ok(by_id(ctx, id).await?.map(CasePupil)),
            None => Ok(None),
        }
    }

    /// The stage's id.
    async fn stage_id(&self) -> Option<ID> {
        self.0.stage_id.map(shown)
    }

    /// When it was noted, by the device's clock.
    async fn taken_at(&self) -> DateTime<Utc> {
        self.0.taken_at
    }

    /// What was seen.
    async fn fact(&self) -> &str {
        &self.0.fact
    }

    /// What the observer thinks it means.
    async fn interpretation(&self) -> &str {
        &self.0.interpretation
    }

    /// Its photo; null when it has none, and while no consent for media holds.
    async fn photo(&self, ctx: &Context<'_>) -> Result<Option<File>> {
        match self.0.photo_id {
            Some(id) => Ok(by_id(ctx, id).await?.map(File)),
            None => Ok(None),
        }
    }

    /// Whether it has a photo, shown or not.
    async fn has_photo(&self) -> bool {
        self.0.photo_id.is_some()
    }

    /// Where it stands.
    async fn state(&self) -> ObservationState {
        self.0.state.into()
    }

    /// When it arrived.
    async fn received_at(&self) -> DateTime<Utc> {
        self.0.received_at
    }
}

/// Which observations of a lesson. Everything given must hold.
#[derive(InputObject, Debug, Clone, Default)]
pub struct ObservationFilter {
    /// Of this case pupil.
    pub(crate) pupil_id: Option<ID>,
    /// By this person.
    pub(crate) author_id: Option<ID>,
}

/// A note from a device.
#[derive(InputObject)]
pub struct ObservationInput {
    /// Its id, made on the device: `obs_` and a version 7 UUID in 32 hexadecimal digits.
    id: ID,
    /// When it was noted.
    taken_at: DateTime<Utc>,
    /// The case pupil; left out for the class.
    pupil_id: Option<ID>,
    /// The stage of the lesson.
    stage_id: Option<ID>,
    /// What was seen, at most 2,000 characters.
    fact: String,
    /// What the observer thinks it means, at most 2,000 characters.
    interpretation: Option<String>,
}

impl ObservationInput {
    fn note(&self) -> Result<commands::Note, Error> {
        Ok(commands::Note {
            id: given(&self.id, "id")?,
            taken_at: domain::clock::cut(self.taken_at),
            pupil: self
                .pupil_id
                .as_ref()
                .map(|id| given(id, "pupilId"))
                .transpose()?,
            stage: self
                .stage_id
                .as_ref()
                .map(|id| given(id, "stageId"))
                .transpose()?,
            fact: self.fact.clone(),
            interpretation: self.interpretation.clone().unwrap_or_default(),
        })
    }
}

/// Notes to hand in.
#[derive(InputObject)]
pub struct ObservationsSyncInput {
    /// The research lesson.
    lesson_id: ID,
    /// The notes, at most 50; each arrives once, however often it is sent.
    #[graphql(validator(max_items = 50))]
    notes: Vec<ObservationInput>,
}

/// A note that did not arrive.
#[derive(SimpleObject)]
pub struct ObservationRefused {
    /// The note's id as it was sent.
    id: ID,
    /// What the person can mend. At most 20.
    user_errors: Vec<UserError>,
}

/// What became of them.
#[derive(SimpleObject)]
pub struct ObservationsPayload {
    /// Those that are there now, whether they came now or before, in the order in which they were taken; at most 50. The
    /// device may forget them. Null when nothing was looked at.
    observations: Option<Vec<Observation>>,
    /// Those that are not, each with why; at most 50.
    refused: Vec<ObservationRefused>,
    /// What the person can mend about the whole; empty when the notes were looked at. At most 20.
    user_errors: Vec<UserError>,
}

/// An observation as it is to be.
#[derive(InputObject)]
pub struct ObservationUpdateInput {
    /// The observation.
    id: ID,
    /// The version the viewer saw.
    version: i32,
    /// What was seen, at most 2,000 characters.
    fact: String,
    /// What the observer thinks it means, at most 2,000 characters.
    interpretation: Option<String>,
}

/// A photo for a note.
#[derive(InputObject)]
pub struct ObservationPhotoAddInput {
    /// The note. With the same file again, it is as good as once.
    id: ID,
    /// The picture, given by whoever took the note and held by nothing else.
    file_id: ID,
}

/// A note whose photo goes.
#[derive(InputObject)]
pub struct ObservationPhotoRemoveInput {
    /// The note.
    id: ID,
}

/// What became of it.
#[derive(SimpleObject)]
pub struct ObservationPayload {
    /// The observation as it is now; null when nothing was done.
    observation: Option<Observation>,
    /// What the person can mend; empty when it was done. At most 20.
    user_errors: Vec<UserError>,
}

/// Handing in what was seen.
#[derive(Default)]
pub struct ObservationMutation;

#[Object]
impl ObservationMutation {
    /// Hands in notes. Each is there once, however often it is sent; one that is refused does not keep the others. Members
    /// of the group.
    async fn observations_sync(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The notes.")] input: ObservationsSyncInput,
    ) -> Result<ObservationsPayload> {
        let mut refused = Vec::new();
        let mut notes = Vec::with_capacity(input.notes.len());
        for note in &input.notes {
            match note.note() {
                Ok(read) => notes.push(read),
                Err(error) => refused.push(refusal(ctx, note.id.clone(), error)?),
            }
        }
        let synced = async {
            commands::sync(asking(ctx)?, given(&input.lesson_id, "lessonId")?, &notes).await
        };
        let (synced, user_errors) = outcome(ctx, synced.await)?;
        let Some(synced) = synced else {
            return Ok(ObservationsPayload {
                observations: None,
                refused: Vec::new(),
                user_errors,
            });
        };
        for (id, missteps) in synced.refused {
            refused.push(refusal(ctx, shown(id), Error::Refused(missteps))?);
        }
        Ok(ObservationsPayload {
            observations: Some(synced.there.into_iter().map(Observation).collect()),
            refused,
            user_errors,
        })
    }

    /// Mends the texts of a note, until the discussion begins. Whoever took it.
    async fn observation_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The note as it is to be.")] input: ObservationUpdateInput,
    ) -> Result<ObservationPayload> {
        let changed = async {
            let interpretation = input.interpretation.as_deref().unwrap_or_default();
            let id = given(&input.id, "id")?;
            commands::update(asking(ctx)?, id, input.version, &input.fact, interpretation).await
        };
        payload(ctx, changed.await)
    }

    /// Adds a photo to a note, until the lesson is closed and only while a consent for media holds. Whoever took it.
    async fn observation_photo_add(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The note and its photo.")] input: ObservationPhotoAddInput,
    ) -> Result<ObservationPayload> {
        let changed = async {
            let (id, file) = (given(&input.id, "id")?, given(&input.file_id, "fileId")?);
            photo::add(asking(ctx)?, id, file).await
        };
        payload(ctx, changed.await)
    }

    /// Takes the photo of a note back: the file is gone for good, however the lesson stands. Whoever took it.
    async fn observation_photo_remove(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The note.")] input: ObservationPhotoRemoveInput,
    ) -> Result<ObservationPayload> {
        let changed = async { photo::remove(asking(ctx)?, given(&input.id, "id")?).await };
        payload(ctx, changed.await)
    }
}

fn payload(
    ctx: &Context<'_>,
    result: domain::error::Result<model::Observation>,
) -> Result<ObservationPayload> {
    let (observation, user_errors) = outcome(ctx, result)?;
    Ok(ObservationPayload {
        observation: observation.map(Observation),
        user_errors,
    })
}

fn refusal(ctx: &Context<'_>, id: ID, error: Error) -> Result<ObservationRefused> {
    let (_, user_errors) = outcome::<()>(ctx, Err(error))?;
    Ok(ObservationRefused { id, user_errors })
}
