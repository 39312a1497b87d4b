//! What people make of works: uses in class with notes and stars, comments, endorsements.

use super::Fill;
use super::chance::Chance;
use super::networks::Ground;
use crate::db::bulk::Bulk;
use crate::endorsement::Endorsement;
use crate::error::Result;
use crate::id::Id;
use crate::person::Person;
use crate::resource::Resource;
use crate::resource_comment::ResourceComment;
use crate::resource_use::ResourceUse;

/// Of 100 works.
const ENDORSED: u32 = 6;

/// Rows on their way.
#[derive(Default)]
pub(super) struct Answers {
    uses: Vec<ResourceUse>,
    comments: Vec<ResourceComment>,
    endorsements: Vec<Endorsement>,
}

impl Answers {
    pub(super) async fn write(&mut self, bulk: &mut Bulk<Fill>) -> Result<usize> {
        let rows = self.uses.len() + self.comments.len() + self.endorsements.len();
        bulk.add(std::mem::take(&mut self.uses)).await?;
        bulk.add(std::mem::take(&mut self.comments)).await?;
        bulk.add(std::mem::take(&mut self.endorsements)).await?;
        Ok(rows)
    }

    /// What is answered to a work that was shared, and the counts that are kept of it.
    pub(super) fn to(
        &mut self,
        resource: &mut Resource,
        ground: &Ground<'_>,
        chance: &mut Chance,
        (author, trainers): (Id<Person>, &[Id<Person>]),
    ) {
        self.uses(resource, ground, chance);
        self.comments(resource, ground, chance);
        let trainer = chance.pick(trainers).filter(|trainer| **trainer != author);
        if let Some(trainer) = trainer.filter(|_| chance.percent(ENDORSED)) {
            self.endorsement(resource, ground, chance, *trainer);
        }
    }

    /// Most works are used once or never, a few often.
    fn uses(
        &mut self,
        resource: &mut Resource,
        ground: &Ground<'_>,
        chance: &mut Chance,
    ) -> Option<()> {
        let version_id = resource.newest_id?;
        for _ in 0..chance.negative_binomial(0.8, 1.0).min(40) {
            let at = chance.below(ground.schools.len());
            let (school, person_id) = (ground.schools.get(at)?, ground.staff.anybody(chance, at)?);
            let created_at = ground.later(chance, resource.shared_at);
            let rating = chance.percent(70).then(|| 3 + chance.below(3) as i32);
            resource.uses += 1;
            resource.ratings += i32::from(rating.is_some());
            resource.stars += rating.unwrap_or_default();
            self.uses.push(ResourceUse {
                id: chance.id(created_at),
                resource_id: resource.id,
                version_id,
                person_id,
                school_id: Some(school.id),
                held_on: created_at.date_naive(),
                grade: resource.grade_from,
                note: chance.phrase(&ground.recipe.works.notes, resource.language),
                rating,
                created_at,
            });
        }
        Some(())
    }

    fn comments(
        &mut self,
        resource: &mut Resource,
        ground: &Ground<'_>,
        chance: &mut Chance,
    ) -> Option<()> {
        for _ in 0..chance.negative_binomial(0.4, 1.0).min(20) {
            let at = chance.below(ground.schools.len());
            let person_id = ground.staff.anybody(chance, at)?;
            let created_at = ground.later(chance, resource.shared_at);
            resource.comments += 1;
            self.comments.push(ResourceComment {
                id: chance.id(created_at),
                resource_id: resource.id,
                person_id,
                text: chance.phrase(&ground.recipe.works.comments, resource.language),
                mentions: "[]".to_owned(),
                created_at,
                removed_at: None,
            });
        }
        Some(())
    }

    fn endorsement(
        &mut self,
        resource: &mut Resource,
        ground: &Ground<'_>,
        chance: &mut Chance,
        person_id: Id<Person>,
    ) -> Option<()> {
        let version_id = resource.newest_id?;
        let endorsed_at = ground.later(chance, resource.shared_at);
        resource.endorsements += 1;
        self.endorsements.push(Endorsement {
            id: chance.id(endorsed_at),
            resource_id: resource.id,
            version_id,
            person_id,
            note: chance.phrase(&ground.recipe.works.praise, resource.language),
            endorsed_at,
            withdrawn_at: None,
        });
        Some(())
    }
}
