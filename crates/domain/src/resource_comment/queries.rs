//! How comments are found.

use sea_orm::{ColumnTrait, Condition};

use super::ResourceComment;
use super::entity::{Column, Entity};
use super::policy::{Comment, Remove};
use crate::audience;
use crate::authz::allowed;
use crate::db::{Access, Beside, Find, Tx};
use crate::error::Result;
use crate::id::Id;
use crate::page::{Age, Dated, List, Page, Window, fetch_with};
use crate::person::{self, Person};
use crate::region::Region;
use crate::resource::{self, Resource};

impl Dated for Entity {
    const DATE: Column = Column::CreatedAt;
}

/// A part of the comments on a work with who wrote them, in the order in which they were written.
pub async fn page(
    access: &Access,
    of: Id<Resource>,
    window: &Window,
) -> Result<Page<Beside<ResourceComment, Person>>> {
    let with = found(access, of).beside::<person::entity::Entity>(
        Column::PersonId,
        person::entity::Column::Id,
        access.viewer(),
    );
    fetch_with(
        with,
        &List::new(Age::Oldest, &of)?,
        window,
        |found: &Beside<_, _>| &found.row,
    )
    .await
}

/// How many there are, gaps included.
pub async fn count(access: &Access, of: Id<Resource>) -> Result<u64> {
    found(access, of).count().await
}

fn found(access: &Access, of: Id<Resource>) -> Find<'_, Entity> {
    access.find().filter(Column::ResourceId.eq(of))
}

/// How many of these persons have an open account and are in the work's audience or among its authors.
pub(crate) async fn readers(tx: &Tx, of: &Resource, people: &[Id<Person>]) -> Result<usize> {
    use person::entity::Column as Of;
    let readers = Condition::any()
        .add(audience::includes(of.audience(), Of::Id))
        .add(Of::Id.in_subquery(resource::queries::writers(of.id)));
    let found = tx
        .find::<person::entity::Entity>()
        .filter(Of::Id.is_in(people.iter().copied()))
        .filter(Of::State.eq(person::State::Active))
        .filter(readers)
        .all()
        .await?;
    Ok(found.len())
}

/// Whether the viewer may comment on it.
pub fn may_add(access: &Access, resource: &Resource) -> bool {
    let comment = Id::from_uuid(uuid::Uuid::nil());
    allowed(&Comment { resource, comment }, access.viewer()).is_ok()
}

impl ResourceComment {
    /// Whether `access`'s viewer may remove it; `region` is where the work's school is.
    pub fn may_remove(&self, access: &Access, region: Option<Id<Region>>) -> bool {
        let remove = Remove {
            comment: self,
            region,
        };
        allowed(&remove, access.viewer()).is_ok()
    }
}
