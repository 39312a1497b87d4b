//! Telling that a work was used.

use chrono::NaiveDate;
use serde::Serialize;

use super::ResourceUse;
use super::policy::Use;
use crate::db::{Access, Once};
use crate::error::{Missteps, Refusal, Result};
use crate::fact::Fact;
use crate::fact::bank::BankFact;
use crate::id::Id;
use crate::resource::commands::school_of;
use crate::resource::content::within;
use crate::resource::{GRADES, Resource, queries};
use crate::school::School;
use crate::text;

/// How a work went.
#[derive(Debug, Clone, Serialize)]
pub struct NewUse {
    /// Which work.
    pub resource: Id<Resource>,
    /// Where; at the first of the viewer's schools when not said.
    pub school: Option<Id<School>>,
    /// On which day.
    pub held_on: NaiveDate,
    /// In which grade.
    pub grade: i32,
    /// How it went.
    pub note: String,
    /// How good it was, 1 to 5.
    pub rating: Option<i32>,
}

/// Somebody tells that they used a work, how it went, and maybe how good it was.
pub async fn tell(access: &Access, new: &NewUse, key: Option<&str>) -> Result<ResourceUse> {
    let mut missteps = Missteps::default();
    let note = missteps.check("note", text::prose(&new.note, 2000));
    if note.as_deref() == Some("") {
        missteps.add("note", Refusal::Required);
    }
    missteps.check("grade", within(new.grade, GRADES));
    if let Some(rating) = new.rating {
        missteps.check("rating", within(rating, (1, 5)));
    }
    if new.held_on > access.today() {
        missteps.add("heldOn", Refusal::DateTooFar { days: 0 });
    }
    missteps.finish()?;
    let tx = match access.begin_once(key, &("resource.use", new)).await? {
        Once::First(tx) => tx,
        Once::Again(id) => {
            let told = access.get(Id::from_uuid(id)).await?;
            return told.ok_or_else(|| Refusal::NotFound.into());
        }
    };
    let before = tx.lock(new.resource, "resourceId").await?;
    let authors = queries::authors_of(&tx, before.id).await?;
    let told = Id::fresh();
    let permit = tx.permit(Use {
        resource: &before,
        authors: &authors,
        told,
    })?;
    let school_id = school_of(&tx, new.school).await?;
    let viewer = access.viewer();
    viewer
        .require(school_id.is_none_or(|school| viewer.belongs_to(school)))
        .map_err(|refusal| refusal.of("schoolId"))?;
    let (Some(person_id), Some(version_id)) = (viewer.id(), before.newest_id) else {
        return Err(Refusal::NotFound.of("resourceId"));
    };
    let row = ResourceUse {
        id: told,
        resource_id: before.id,
        version_id,
        person_id,
        school_id,
        held_on: new.held_on,
        grade: new.grade,
        note: note.unwrap_or_default(),
        rating: new.rating,
        created_at: tx.now(),
    };
    let row = tx.insert(&permit, row).await?;
    let mut counted = before.clone();
    counted.uses += 1;
    if let Some(rating) = new.rating {
        counted.ratings += 1;
        counted.stars += rating;
    }
    let resource = tx.update(&permit, counted).await?;
    let fact = BankFact::Used {
        work: resource.work(),
    };
    tx.record(&permit, Fact::Bank(fact)).await?;
    tx.commit_as(told).await?;
    Ok(row)
}
