//! How persons are found: by administrators in a list, by everybody else one by one.

use std::collections::HashMap;

use sea_orm::sea_query::LikeExpr;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait};
use serde::Serialize;

use super::entity::{Column, Entity, contact};
use super::policy::{Change, Restore, Suspend};
use super::{Contact, Person, State};
use crate::authz::{Viewer, allowed};
use crate::db::{Access, Find};
use crate::error::Result;
use crate::id::Id;
use crate::membership;
use crate::page::{List, Order, Page, Window, fetch};
use crate::school::School;
use crate::school::fold::fold;

/// How a list of persons is sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize)]
pub enum By {
    /// By name.
    #[default]
    Name,
    /// Whoever came last first.
    Newest,
}

impl Order<Entity> for By {
    fn column(self) -> Column {
        match self {
            Self::Name => Column::SortName,
            Self::Newest => Column::CreatedAt,
        }
    }

    fn descending(self) -> bool {
        self == Self::Newest
    }
}

/// Which persons. Everything given must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Filter {
    /// With this in their name, or with this e-mail address.
    pub query: Option<String>,
    /// Whose account stands so.
    pub state: Option<State>,
    /// Who belong to this school.
    pub school: Option<Id<School>>,
}

impl Filter {
    fn condition(&self) -> Condition {
        let query = self.query.as_deref().map(|query| {
            let address = contact::Entity::find()
                .select_only()
                .column(contact::Column::PersonId)
                .filter(contact::Column::EmailFolded.eq(query.trim().to_lowercase()))
                .into_query();
            // Folded text has letters, digits and spaces only: nothing that LIKE would read as a pattern.
            let name = LikeExpr::new(format!("%{}%", fold(query)));
            Condition::any()
                .add(Column::SortName.like(name))
                .add(Column::Id.in_subquery(address))
        });
        let school = self.school.map(|school| {
            let members = membership::entity::Entity::find()
                .select_only()
                .column(membership::entity::Column::PersonId)
                .filter(membership::entity::Column::ScopeId.eq(school.uuid()))
                .filter(membership::queries::live())
                .into_query();
            Column::Id.in_subquery(members)
        });
        Condition::all()
            .add_option(query)
            .add_option(self.state.map(|state| Column::State.eq(state)))
            .add_option(school)
    }
}

/// A part of the list, for administrators.
pub async fn page(
    access: &Access,
    filter: &Filter,
    by: By,
    window: &Window,
) -> Result<Page<Person>> {
    fetch(found(access, filter)?, &List::new(by, filter)?, window).await
}

/// How many there are, for administrators.
pub async fn count(access: &Access, filter: &Filter) -> Result<u64> {
    found(access, filter)?.count().await
}

fn found<'a>(access: &'a Access, filter: &Filter) -> Result<Find<'a, Entity>> {
    access.viewer().require(access.viewer().is_admin())?;
    Ok(access.find::<Entity>().filter(filter.condition()))
}

/// The addresses of these persons that the viewer may see.
pub async fn contacts(
    access: &Access,
    persons: &[Id<Person>],
) -> Result<HashMap<Id<Person>, Contact>> {
    let found = access
        .find::<contact::Entity>()
        .any_of(contact::Column::PersonId, persons)
        .all()
        .await?;
    Ok(found.into_iter().map(|row| (row.person_id, row)).collect())
}

/// What a viewer may do with an account, as far as that shows without looking at others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct May {
    /// Change name, language, and who sees the address.
    pub change: bool,
    /// Close it.
    pub suspend: bool,
    /// Open it again.
    pub restore: bool,
}

/// What this viewer may do with that account.
pub fn may(viewer: &Viewer, person: &Person) -> May {
    let last_admin = false;
    May {
        change: allowed(&Change { person }, viewer).is_ok(),
        suspend: allowed(&Suspend { person, last_admin }, viewer).is_ok(),
        restore: allowed(&Restore { person }, viewer).is_ok(),
    }
}
