//! How uses are found.

use sea_orm::ColumnTrait;

use super::ResourceUse;
use super::entity::{Column, Entity};
use crate::authz::allowed;
use crate::db::{Access, Beside, Find};
use crate::error::Result;
use crate::id::Id;
use crate::page::{Age, Dated, List, Page, Window, fetch_with};
use crate::person::{self, Person};
use crate::resource::Resource;

impl Dated for Entity {
    const DATE: Column = Column::CreatedAt;
}

/// A part of a work's uses with who told them, the latest told first.
pub async fn page(
    access: &Access,
    of: Id<Resource>,
    window: &Window,
) -> Result<Page<Beside<ResourceUse, Person>>> {
    let with = found(access, of).beside::<person::entity::Entity>(
        Column::PersonId,
        person::entity::Column::Id,
        access.viewer(),
    );
    fetch_with(
        with,
        &List::new(Age::Newest, &of)?,
        window,
        |found: &Beside<_, _>| &found.row,
    )
    .await
}

/// How many the viewer may read.
pub async fn count(access: &Access, of: Id<Resource>) -> Result<u64> {
    found(access, of).count().await
}

fn found(access: &Access, of: Id<Resource>) -> Find<'_, Entity> {
    access.find().filter(Column::ResourceId.eq(of))
}

/// Whether the viewer may tell that they used it.
pub fn may_tell(access: &Access, resource: &Resource, authors: &[Id<Person>]) -> bool {
    let told = Id::from_uuid(uuid::Uuid::nil());
    let action = super::policy::Use {
        resource,
        authors,
        told,
    };
    allowed(&action, access.viewer()).is_ok()
}
