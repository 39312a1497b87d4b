//! What the group does with its case pupils: choose them, describe them, write down how far they came.

use serde::Serialize;

use super::{CasePupil, MOST, queries};
use crate::db::{Access, Once};
use crate::error::{Missteps, Refusal, Result};
use crate::fact::Fact;
use crate::fact::study::Worked;
use crate::id::Id;
use crate::pupil_text;
use crate::study::policy::Work;
use crate::study::{State, Study, queries as study};

/// What is written of a case pupil.
#[derive(Debug, Clone, Serialize)]
pub struct Card {
    /// What the group calls them instead of a name.
    pub pseudonym: Option<String>,
    /// The group of learners they are typical of.
    pub typifies: String,
    /// The level they work at.
    pub level: String,
}

impl Card {
    fn checked(&self) -> Result<Self> {
        let mut missteps = Missteps::default();
        let pseudonym = self
            .pseudonym
            .as_deref()
            .filter(|text| !text.trim().is_empty());
        let pseudonym = pseudonym.map(|text| pupil_text::line(text, 40)).transpose();
        let pseudonym = missteps.check("pseudonym", pseudonym);
        let typifies = missteps.check("typifies", pupil_text::line(&self.typifies, 300));
        let level = missteps.check("level", pupil_text::line(&self.level, 100));
        missteps.finish()?;
        Ok(Self {
            pseudonym: pseudonym.flatten(),
            typifies: typifies.unwrap_or_default(),
            level: level.unwrap_or_default(),
        })
    }
}

/// The group chooses one more. It gets the next letter.
pub async fn add(
    access: &Access,
    of: Id<Study>,
    card: &Card,
    key: Option<&str>,
) -> Result<CasePupil> {
    let card = card.checked()?;
    let tx = match access
        .begin_once(key, &("case_pupil.add", of, &card))
        .await?
    {
        Once::First(tx) => tx,
        Once::Again(id) => {
            let before = access.get(Id::from_uuid(id)).await?;
            return before.ok_or_else(|| Refusal::NotFound.into());
        }
    };
    let (before, seat) = study::held(&tx, of, "studyId").await?;
    let permit = tx.permit(Work { seat: &seat })?;
    choosing(before.state)?;
    let there = queries::in_study(&tx, of).await?;
    let letter = ('A'..='Z')
        .take(MOST)
        .map(String::from)
        .find(|letter| !there.iter().any(|pupil| pupil.letter == *letter))
        .ok_or_else(|| Refusal::TooMany { max: MOST }.of("studyId"))?;
    let pupil = CasePupil {
        id: Id::fresh(),
        study_id: of,
        letter,
        pseudonym: card.pseudonym,
        typifies: card.typifies,
        level: card.level,
        progress: String::new(),
        version: 1,
        created_at: tx.now(),
    };
    let pupil = tx.insert(&permit, pupil).await?;
    tx.record(&permit, Fact::worked(seat.about(), Worked::CasePupil, None))
        .await?;
    tx.commit_as(pupil.id).await?;
    Ok(pupil)
}

/// The group describes one anew.
pub async fn update(
    access: &Access,
    id: Id<CasePupil>,
    version: i32,
    card: &Card,
) -> Result<CasePupil> {
    let card = card.checked()?;
    change(access, id, version, |pupil, _| {
        Ok(CasePupil {
            pseudonym: card.pseudonym,
            typifies: card.typifies,
            level: card.level,
            ..pupil
        })
    })
    .await
}

/// The group writes down how far one came, from the first lesson on.
pub async fn progress(
    access: &Access,
    id: Id<CasePupil>,
    version: i32,
    progress: &str,
) -> Result<CasePupil> {
    let progress = pupil_text::prose(progress, 4000).map_err(|refusal| refusal.of("progress"))?;
    change(access, id, version, |pupil, state| match state {
        State::Cycling | State::Concluding | State::Reported => Ok(CasePupil { progress, ..pupil }),
        state => Err(state.wrong().into()),
    })
    .await
}

async fn change(
    access: &Access,
    id: Id<CasePupil>,
    version: i32,
    to: impl FnOnce(CasePupil, State) -> Result<CasePupil>,
) -> Result<CasePupil> {
    let tx = access.begin().await?;
    let seen = tx.get(id, "id").await?;
    let (before, seat) = study::held(&tx, seen.study_id, "id").await?;
    let pupil = tx.lock(id, "id").await?;
    let permit = tx.permit(Work { seat: &seat })?;
    if pupil.version != version {
        return Err(Refusal::Conflict.of("version"));
    }
    let pupil = CasePupil {
        version: version + 1,
        ..to(pupil, before.state)?
    };
    let pupil = tx.update(&permit, pupil).await?;
    tx.record(&permit, Fact::worked(seat.about(), Worked::CasePupil, None))
        .await?;
    tx.commit().await?;
    Ok(pupil)
}

/// The group thinks better of one, before the question stands: nothing is written about them in a lesson yet.
pub async fn remove(access: &Access, id: Id<CasePupil>) -> Result<CasePupil> {
    let tx = access.begin().await?;
    let seen = tx.get(id, "id").await?;
    let (before, seat) = study::held(&tx, seen.study_id, "id").await?;
    let pupil = tx.lock(id, "id").await?;
    let permit = tx.permit(Work { seat: &seat })?;
    choosing(before.state)?;
    tx.delete(&permit, pupil.clone()).await?;
    tx.record(&permit, Fact::worked(seat.about(), Worked::CasePupil, None))
        .await?;
    tx.commit().await?;
    Ok(pupil)
}

fn choosing(state: State) -> Result<()> {
    match state {
        State::Draft | State::Formed => Ok(()),
        state => Err(state.wrong().into()),
    }
}
