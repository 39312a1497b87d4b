//! Who writes a work.

use super::entity::author;
use super::policy::Write;
use super::{Resource, queries};
use crate::authz::Permit;
use crate::db::Tx;
use crate::error::{Refusal, Result};
use crate::id::Id;
use crate::person::Person;

/// The most authors.
const AUTHORS: usize = 10;

/// Puts the authors in this order, and tells who is new.
pub(super) async fn rewrite(
    tx: &Tx,
    permit: &Permit<Write<'_>>,
    id: Id<Resource>,
    before: &[Id<Person>],
    wanted: &[Id<Person>],
) -> Result<Vec<Id<Person>>> {
    const FIELD: &str = "authorIds";
    let mut authors: Vec<Id<Person>> = Vec::new();
    for person in wanted {
        if !authors.contains(person) {
            authors.push(*person);
        }
    }
    if authors.is_empty() {
        return Err(Refusal::Required.of(FIELD));
    }
    if authors.len() > AUTHORS {
        return Err(Refusal::TooMany { max: AUTHORS }.of(FIELD));
    }
    let me = tx.access().viewer().id();
    let gone = before.iter().filter(|person| !authors.contains(person));
    if gone.clone().any(|person| Some(*person) != me) {
        return Err(Refusal::NotPermitted.of(FIELD));
    }
    let added: Vec<_> = authors
        .iter()
        .filter(|person| !before.contains(person))
        .copied()
        .collect();
    if queries::active_people(tx, &added).await? < added.len() {
        return Err(Refusal::NotFound.of(FIELD));
    }
    for row in queries::author_rows(tx, id).await? {
        tx.delete(permit, row).await?;
    }
    let rows = authors.iter().enumerate().map(|(position, person)| {
        let position = position as i32;
        author::Model {
            resource_id: id,
            person_id: *person,
            position,
        }
    });
    tx.insert_all(permit, rows.collect()).await?;
    Ok(added)
}
