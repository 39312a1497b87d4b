//! How reports are found: the moderators' desk.

use sea_orm::sea_query::Order as Direction;
use sea_orm::{ColumnTrait, Condition, QuerySelect};
use serde::Serialize;

use super::entity::{Column, Entity};
use super::policy::Report;
use super::{Ground, ResourceReport, State};
use crate::authz::{Job, allowed};
use crate::db::{Access, Find, Tx};
use crate::error::Result;
use crate::id::Id;
use crate::page::{List, Order, Page, Window, fetch};
use crate::person::Person;
use crate::resource::Resource;

/// How a list of reports is sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize)]
pub enum By {
    /// Who waits longest first.
    #[default]
    Oldest,
    /// The latest first.
    Newest,
}

impl Order<Entity> for By {
    fn column(self) -> Column {
        Column::CreatedAt
    }

    fn descending(self) -> bool {
        self == Self::Newest
    }
}

/// Which reports. Everything given must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Filter {
    /// In one of these states; open ones when not said.
    pub states: Option<Vec<State>>,
    /// About this work.
    pub resource: Option<Id<Resource>>,
}

impl Filter {
    fn condition(&self) -> Condition {
        let states = self.states.as_deref().unwrap_or(&[State::Open]);
        Condition::all()
            .add(Column::State.is_in(states.iter().copied()))
            .add_option(self.resource.map(|id| Column::ResourceId.eq(id)))
    }
}

/// A part of the list.
pub async fn page(
    access: &Access,
    filter: &Filter,
    by: By,
    window: &Window,
) -> Result<Page<ResourceReport>> {
    fetch(found(access, filter), &List::new(by, filter)?, window).await
}

/// How many there are.
pub async fn count(access: &Access, filter: &Filter) -> Result<u64> {
    found(access, filter).count().await
}

fn found<'a>(access: &'a Access, filter: &Filter) -> Find<'a, Entity> {
    access.find().filter(filter.condition())
}

/// The open reports about a work, whoever asks, held in the order of their ids.
pub(crate) async fn hold_open(tx: &Tx, of: Id<Resource>) -> Result<Vec<ResourceReport>> {
    tx.find_as::<Entity>(Job::Door)
        .filter(Column::ResourceId.eq(of))
        .filter(Column::State.eq(State::Open))
        .order(Column::Id, Direction::Asc)
        .shape(QuerySelect::lock_exclusive)
        .all()
        .await
}

/// Whether the viewer may report the work, or appeal for it.
pub fn may_make(
    access: &Access,
    resource: &Resource,
    authors: &[Id<Person>],
    ground: Ground,
) -> bool {
    let report = Id::from_uuid(uuid::Uuid::nil());
    let action = Report {
        resource,
        authors,
        ground,
        report,
    };
    allowed(&action, access.viewer()).is_ok()
}
