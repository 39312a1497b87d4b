//! How partnerships are found.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, Condition};
use serde::Serialize;

use super::entity::{Column, Entity, agreement, signature};
use super::policy::{Answer, Sign, Turn, WriteAgreement, side_of};
use super::{Agreement, Partnership, Side, Signature, State, Step};
use crate::authz::{Job, Viewer, allowed};
use crate::db::{Access, Beside, Find, Tx};
use crate::error::Result;
use crate::id::Id;
use crate::network::Network;
use crate::page::{Dated, List, Page, Window, fetch, fetch_first, fetch_with};
use crate::school::{self, School};

/// How a list is sorted.
pub use crate::page::Age as By;

impl Dated for Entity {
    const DATE: Column = Column::CreatedAt;
}

/// Which partnerships. Everything given must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Filter {
    /// Of this network.
    pub network: Option<Id<Network>>,
    /// With this school on either side.
    pub school: Option<Id<School>>,
    /// In one of these states.
    pub states: Option<Vec<State>>,
}

impl Filter {
    fn condition(&self) -> Condition {
        let school = self.school.map(|id| {
            Condition::any()
                .add(Column::LeadingId.eq(id))
                .add(Column::MagneticId.eq(id))
        });
        Condition::all()
            .add_option(self.network.map(|id| Column::NetworkId.eq(id)))
            .add_option(school)
            .add_option(
                self.states
                    .as_ref()
                    .map(|states| Column::State.is_in(states.iter().copied())),
            )
    }
}

/// A partnership, with its Magnetic school where that was to be read along.
pub type Found = Beside<Partnership, School>;

/// A part of the list; `magnetic` says whether the Magnetic schools are read along.
pub async fn page(
    access: &Access,
    filter: &Filter,
    by: By,
    window: &Window,
    magnetic: bool,
) -> Result<Page<Found>> {
    let list = List::new(by, filter)?;
    part(access, found(access, filter), &list, window, magnetic).await
}

/// The first parts of the lists of many networks; networks without partnerships are left out.
pub async fn first_pages(
    access: &Access,
    of: &[Id<Network>],
    filter: &Filter,
    by: By,
    size: usize,
    magnetic: bool,
) -> Result<HashMap<Id<Network>, Page<Found>>> {
    let (list, parents) = (List::new(by, filter)?, (Column::NetworkId, of));
    let find = found(access, filter);
    if magnetic {
        return fetch_first(
            with_magnetic(access, find),
            parents,
            &list,
            size,
            |found: &Found| &found.row,
        )
        .await;
    }
    let pages = fetch_first(find, parents, &list, size, |row| row).await?;
    let alone = pages.into_iter();
    Ok(alone
        .map(|(of, page)| (of, page.map(Found::alone)))
        .collect())
}

/// A later part of one network's list, by the cursors of [`first_pages`].
pub async fn page_in(
    access: &Access,
    of: Id<Network>,
    filter: &Filter,
    by: By,
    window: &Window,
    magnetic: bool,
) -> Result<Page<Found>> {
    let find = found(access, filter).filter(Column::NetworkId.eq(of));
    part(access, find, &List::new(by, filter)?, window, magnetic).await
}

async fn part(
    access: &Access,
    find: Find<'_, Entity>,
    list: &List<By>,
    window: &Window,
    magnetic: bool,
) -> Result<Page<Found>> {
    match magnetic {
        true => {
            fetch_with(
                with_magnetic(access, find),
                list,
                window,
                |found: &Found| &found.row,
            )
            .await
        }
        false => Ok(fetch(find, list, window).await?.map(Found::alone)),
    }
}

fn with_magnetic<'a>(access: &Access, find: Find<'a, Entity>) -> Find<'a, Entity> {
    let (from, to) = (Column::MagneticId, school::entity::Column::Id);
    find.beside::<school::entity::Entity>(from, to, access.viewer())
}

/// How many there are.
pub async fn count(access: &Access, filter: &Filter) -> Result<u64> {
    found(access, filter).count().await
}

fn found<'a>(access: &'a Access, filter: &Filter) -> Find<'a, Entity> {
    access.find().filter(filter.condition())
}

pub(crate) async fn any_live(tx: &Tx, network: Id<Network>) -> Result<bool> {
    let live = Condition::all()
        .add(Column::NetworkId.eq(network))
        .add(Column::LivePair.is_not_null());
    Ok(tx
        .find_as::<Entity>(Job::Calendar)
        .filter(live)
        .limit(1)
        .one()
        .await?
        .is_some())
}

/// The agreements of these partnerships that the viewer may read.
pub async fn agreements(access: &Access, of: &[Id<Partnership>]) -> Result<Vec<Agreement>> {
    access
        .find::<agreement::Entity>()
        .any_of(agreement::Column::PartnershipId, of)
        .all()
        .await
}

/// The signatures under these partnerships' agreements that the viewer may see.
pub async fn signatures(access: &Access, of: &[Id<Partnership>]) -> Result<Vec<Signature>> {
    access
        .find::<signature::Entity>()
        .any_of(signature::Column::PartnershipId, of)
        .all()
        .await
}

/// What the viewer may do with a partnership right now; the same decisions as the commands'.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowed {
    /// Say yes or no to the invitation.
    pub answer: bool,
    /// Write the agreement.
    pub write_agreement: bool,
    /// Sign it: for this side.
    pub sign: Option<Side>,
    /// Pause it.
    pub suspend: bool,
    /// Go on after a pause.
    pub resume: bool,
    /// End it.
    pub end: bool,
}

impl Partnership {
    /// What `access`'s viewer may do. Whether an agreement is there to be signed, the caller sees for itself.
    pub fn allowed(&self, access: &Access) -> Allowed {
        let viewer: &Viewer = access.viewer();
        let today = access.today();
        let turn = |step| {
            allowed(
                &Turn {
                    partnership: self,
                    step,
                },
                viewer,
            )
            .is_ok()
        };
        Allowed {
            answer: allowed(
                &Answer {
                    partnership: self,
                    step: Step::Accept,
                    today,
                },
                viewer,
            )
            .is_ok(),
            write_agreement: allowed(&WriteAgreement { partnership: self }, viewer).is_ok(),
            sign: side_of(viewer, self).filter(|side| {
                allowed(
                    &Sign {
                        partnership: self,
                        side: *side,
                    },
                    viewer,
                )
                .is_ok()
            }),
            suspend: turn(Step::Suspend),
            resume: turn(Step::Resume),
            end: turn(Step::End),
        }
    }
}
