//! How templates are found.

use sea_orm::sea_query::Order;

use super::entity::{Column, Entity, stage};
use super::{StudyTemplate, TemplateStage};
use crate::authz::allowed;
use crate::db::Access;
use crate::error::Result;
use crate::id::Id;

/// The most templates that are listed.
pub const LISTED: u64 = 50;

/// The templates, the oldest first, at most [`LISTED`].
pub async fn all(access: &Access) -> Result<Vec<StudyTemplate>> {
    let find = access.find::<Entity>().order(Column::Id, Order::Asc);
    find.limit(LISTED).all().await
}

/// The stages of these templates, each in their order.
pub async fn stages(access: &Access, of: &[Id<StudyTemplate>]) -> Result<Vec<TemplateStage>> {
    access
        .find::<stage::Entity>()
        .any_of(stage::Column::TemplateId, of)
        .order(stage::Column::Number, Order::Asc)
        .all()
        .await
}

impl StudyTemplate {
    /// Whether `access`'s viewer may change it.
    pub fn may_change(&self, access: &Access) -> bool {
        allowed(&super::policy::Write { template: self.id }, access.viewer()).is_ok()
    }
}
