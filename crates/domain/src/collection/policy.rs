//! Who sees a collection and what is in it, and who changes it.

use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait};

use super::entity::{Column, Entity, item};
use super::{Collection, CollectionItem};
use crate::audience::{self, Rung};
use crate::authz::{Action, Viewer, Visible, Writes};
use crate::error::Refusal;
use crate::resource;

impl Visible for Entity {
    /// Its owner, and whoever it is for.
    fn visible_to(viewer: &Viewer) -> Condition {
        Condition::any()
            .add(audience::reaches(viewer, Column::Rung, Column::ScopeId))
            .add_option(viewer.id().map(|person| Column::OwnerId.eq(person)))
    }
}

impl Visible for item::Entity {
    /// Whoever sees the collection and the work: a collection opens nothing.
    fn visible_to(viewer: &Viewer) -> Condition {
        let collections = Entity::find()
            .select_only()
            .column(Column::Id)
            .filter(Entity::visible_to(viewer))
            .into_query();
        Condition::all()
            .add(item::Column::CollectionId.in_subquery(collections))
            .add(item::Column::ResourceId.in_subquery(resource::policy::seen(viewer)))
    }
}

/// Somebody begins, changes or deletes a collection of their own.
pub struct Keep<'a> {
    /// The collection as it was; as it begins when it is new.
    pub collection: &'a Collection,
    /// How far it is to reach.
    pub rung: Rung,
}

impl Action for Keep<'_> {
    const NAME: &'static str = "collection.keep";

    fn decide(&self, viewer: &Viewer) -> Result<(), Refusal> {
        viewer.require(viewer.id() == Some(self.collection.owner_id))?;
        // What is for everybody is curated by those whose office it is.
        let curator = viewer.is_admin() || viewer.standing().is_some_and(|s| !s.regions.is_empty());
        viewer.require(curator || !matches!(self.rung, Rung::SignedIn | Rung::Public))
    }
}

impl Writes<Entity> for Keep<'_> {
    fn covers(&self, row: &Collection) -> bool {
        row.id == self.collection.id && row.owner_id == self.collection.owner_id
    }
}

impl Writes<item::Entity> for Keep<'_> {
    fn covers(&self, row: &CollectionItem) -> bool {
        row.collection_id == self.collection.id
    }
}
