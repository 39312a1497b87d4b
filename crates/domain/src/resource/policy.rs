//! Who sees a work and its versions, and what its authors, readers and moderators may do with it.

use sea_orm::sea_query::SelectStatement;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait};

use super::entity::{Column, Entity, author, draft, label, version};
use super::licence::Licence;
use super::{Resource, ResourceAuthor, ResourceDraft, ResourceLabel, ResourceVersion, State, Step};
use crate::audience::{self, Rung};
use crate::authz::{Action, Job, Viewer, Visible, Writes, nothing};
use crate::error::Refusal;
use crate::id::Id;
use crate::person::Person;
use crate::region::Region;
use crate::school;
use crate::study::Seat;
use crate::study::policy::Retell;

impl Visible for Entity {
    /// Whoever it is shared with; its authors always; trainers of the school's region whatever leaves the school;
    /// administrators all that was ever shared. What is hidden, only authors and moderators.
    fn visible_to(viewer: &Viewer) -> Condition {
        let shared = Condition::all()
            .add(Column::State.is_in([State::Shared, State::Withdrawn]))
            .add(audience::reaches(viewer, Column::Rung, Column::ScopeId));
        let Some(standing) = viewer.standing() else {
            return shared;
        };
        let mut seen = Condition::any()
            .add(shared)
            .add(Column::Id.in_subquery(written_by(standing.person)));
        if standing.admin {
            seen = seen.add(Column::State.ne(State::Draft));
        }
        if !standing.regions.is_empty() {
            seen = seen.add(beyond_school(viewer));
        }
        seen
    }
}

impl Visible for author::Entity {
    fn visible_to(viewer: &Viewer) -> Condition {
        Condition::all().add(author::Column::ResourceId.in_subquery(seen(viewer)))
    }
}

impl Visible for label::Entity {
    fn visible_to(viewer: &Viewer) -> Condition {
        Condition::all().add(label::Column::ResourceId.in_subquery(seen(viewer)))
    }
}

impl Visible for draft::Entity {
    /// The authors alone.
    fn visible_to(viewer: &Viewer) -> Condition {
        viewer.id().map_or_else(nothing, |person| {
            Condition::all().add(draft::Column::ResourceId.in_subquery(written_by(person)))
        })
    }
}

impl Visible for version::Entity {
    /// Whoever sees the work, until it is withdrawn; its authors always.
    fn visible_to(viewer: &Viewer) -> Condition {
        let stands = Entity::find()
            .select_only()
            .column(Column::Id)
            .filter(Entity::visible_to(viewer))
            .filter(Column::State.ne(State::Withdrawn))
            .into_query();
        Condition::any()
            .add(version::Column::ResourceId.in_subquery(stands))
            .add_option(
                viewer
                    .id()
                    .map(|person| version::Column::ResourceId.in_subquery(written_by(person))),
            )
    }
}

/// Holds for what left the schools of the regions that this viewer trains.
fn beyond_school(viewer: &Viewer) -> Condition {
    let beyond = [
        Rung::Partnership,
        Rung::Network,
        Rung::SignedIn,
        Rung::Public,
    ];
    Condition::all()
        .add(Column::State.ne(State::Draft))
        .add(Column::Rung.is_in(beyond))
        .add(Column::SchoolId.in_subquery(school::policy::in_regions(viewer)))
}

/// The ids of the works that this viewer moderates as a trainer.
pub(crate) fn moderated(viewer: &Viewer) -> SelectStatement {
    Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(beyond_school(viewer))
        .into_query()
}

/// The ids of the works this viewer sees.
pub(crate) fn seen(viewer: &Viewer) -> SelectStatement {
    Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Entity::visible_to(viewer))
        .into_query()
}

/// The ids of the works of this person.
pub(crate) fn written_by(person: Id<Person>) -> SelectStatement {
    author::Entity::find()
        .select_only()
        .column(author::Column::ResourceId)
        .filter(author::Column::PersonId.eq(person))
        .into_query()
}

/// Somebody begins a work, takes a copy of another's, or tells the report of their study again.
pub struct Begin<'a> {
    /// The new work.
    pub resource: &'a Resource,
    /// What it is a copy of, with the licence of the version; none when it is new.
    pub origin: Option<(&'a Resource, Licence)>,
    /// Those who wrote the origin.
    pub authors: &'a [Id<Person>],
    /// The viewer's seat in the study whose report it tells again; none when it tells of no study.
    pub study: Option<&'a Seat>,
}

impl Action for Begin<'_> {
    const NAME: &'static str = "resource.begin";

    fn decide(&self, viewer: &Viewer) -> Result<(), Refusal> {
        viewer.require(viewer.id().is_some())?;
        if let Some(school) = self.resource.school_id {
            viewer.require(viewer.belongs_to(school))?;
        }
        if let Some(seat) = self.study {
            Retell { seat }.decide(viewer)?;
        }
        let Some((origin, licence)) = self.origin else {
            return Ok(());
        };
        in_state(origin, State::Shared)?;
        if is_author(viewer, self.authors) {
            // Nobody needs their own permission.
            return Ok(());
        }
        licence.permits(self.resource.licence)
    }
}

impl Writes<Entity> for Begin<'_> {
    fn covers(&self, row: &Resource) -> bool {
        row.id == self.resource.id || self.origin.is_some_and(|(origin, _)| row.id == origin.id)
    }
}

impl Writes<author::Entity> for Begin<'_> {
    fn covers(&self, row: &ResourceAuthor) -> bool {
        row.resource_id == self.resource.id
    }
}

impl Writes<label::Entity> for Begin<'_> {
    fn covers(&self, row: &ResourceLabel) -> bool {
        row.resource_id == self.resource.id
    }
}

impl Writes<draft::Entity> for Begin<'_> {
    fn covers(&self, row: &ResourceDraft) -> bool {
        row.resource_id == self.resource.id
    }
}

/// An author edits a work: its card, its draft, who else writes it, whom it is for.
pub struct Write<'a> {
    /// The work.
    pub resource: &'a Resource,
    /// Who writes it.
    pub authors: &'a [Id<Person>],
}

impl Action for Write<'_> {
    const NAME: &'static str = "resource.write";

    fn decide(&self, viewer: &Viewer) -> Result<(), Refusal> {
        viewer.require(is_author(viewer, self.authors))?;
        match self.resource.state {
            State::Withdrawn => Err(wrong(self.resource)),
            State::Draft | State::Shared | State::Hidden => Ok(()),
        }
    }
}

impl Writes<Entity> for Write<'_> {
    fn covers(&self, row: &Resource) -> bool {
        row.id == self.resource.id
    }
}

impl Writes<author::Entity> for Write<'_> {
    fn covers(&self, row: &ResourceAuthor) -> bool {
        row.resource_id == self.resource.id
    }
}

impl Writes<label::Entity> for Write<'_> {
    fn covers(&self, row: &ResourceLabel) -> bool {
        row.resource_id == self.resource.id
    }
}

impl Writes<draft::Entity> for Write<'_> {
    fn covers(&self, row: &ResourceDraft) -> bool {
        row.resource_id == self.resource.id
    }
}

/// An author shares a work, or withdraws it.
pub struct Turn<'a> {
    /// The work.
    pub resource: &'a Resource,
    /// Who writes it.
    pub authors: &'a [Id<Person>],
    /// [`Step::Share`] or [`Step::Withdraw`].
    pub step: Step,
}

impl Action for Turn<'_> {
    const NAME: &'static str = "resource.turn";

    fn decide(&self, viewer: &Viewer) -> Result<(), Refusal> {
        viewer.require(is_author(viewer, self.authors) || viewer.is(Job::Operator))?;
        possible(self.resource, self.step)
    }
}

impl Writes<Entity> for Turn<'_> {
    fn covers(&self, row: &Resource) -> bool {
        row.id == self.resource.id
    }
}

impl Writes<version::Entity> for Turn<'_> {
    fn covers(&self, row: &ResourceVersion) -> bool {
        row.resource_id == self.resource.id
    }
}

/// A moderator hides a work, or shows it again: a trainer of its school's region, or an administrator.
pub struct Moderate<'a> {
    /// The work.
    pub resource: &'a Resource,
    /// Where its school is.
    pub region: Option<Id<Region>>,
    /// [`Step::Hide`] or [`Step::Restore`].
    pub step: Step,
}

impl Action for Moderate<'_> {
    const NAME: &'static str = "resource.moderate";

    fn decide(&self, viewer: &Viewer) -> Result<(), Refusal> {
        viewer.require(moderates(viewer, self.region))?;
        possible(self.resource, self.step)
    }
}

impl Writes<Entity> for Moderate<'_> {
    fn covers(&self, row: &Resource) -> bool {
        row.id == self.resource.id
    }
}

/// Whether this viewer keeps order where a work comes from.
pub(crate) fn moderates(viewer: &Viewer, region: Option<Id<Region>>) -> bool {
    viewer.is_admin() || viewer.trains(region)
}

/// Whether this viewer is one of them.
pub(crate) fn is_author(viewer: &Viewer, authors: &[Id<Person>]) -> bool {
    viewer.id().is_some_and(|person| authors.contains(&person))
}

pub(crate) fn in_state(resource: &Resource, state: State) -> Result<(), Refusal> {
    if resource.state == state {
        Ok(())
    } else {
        Err(wrong(resource))
    }
}

fn possible(resource: &Resource, step: Step) -> Result<(), Refusal> {
    match resource.state.after(step) {
        Some(_) => Ok(()),
        None => Err(wrong(resource)),
    }
}

fn wrong(resource: &Resource) -> Refusal {
    Refusal::WrongState {
        state: resource.state.name(),
    }
}
