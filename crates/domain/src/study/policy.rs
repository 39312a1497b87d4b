//! Who sees a study and what is inside it, and who works on it.
//!
//! Four circles, the wider around the narrower: whoever may read the report; the schools that may read lesson plans and
//! discussion records; whoever takes part, who reads about case pupils too; the group without its experts, who keep
//! the consents. Administrators and trainers are in none of them unless they are invited: Lesson Study collapses where
//! discussion turns into judging the teacher.

use sea_orm::sea_query::SelectStatement;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait};

use super::entity::{Column, Entity, member, note, report};
use super::{Member, MemberState, Note, Part, Report, Role, Seat, State, Step, Study};
use crate::audience::{Rung, networks};
use crate::authz::{Action, Standing, Viewer, Visible, Writes, nothing};
use crate::error::Refusal;
use crate::id::Id;
use crate::person::Person;
use crate::school::School;

impl Visible for Entity {
    fn visible_to(viewer: &Viewer) -> Condition {
        let mut seen = Condition::any().add(readable(viewer));
        if let Some(standing) = viewer.standing() {
            seen = seen.add(Column::Id.in_subquery(asked(standing)));
        }
        seen
    }
}

impl Visible for member::Entity {
    /// Whoever takes part or is asked to; whoever reads the report sees who wrote it.
    fn visible_to(viewer: &Viewer) -> Condition {
        let Some(standing) = viewer.standing() else {
            return nothing();
        };
        let wrote = Condition::all()
            .add(member::Column::State.eq(MemberState::Joined))
            .add(member::Column::StudyId.in_subquery(ids(readable(viewer))));
        Condition::any()
            .add(member::Column::StudyId.in_subquery(asked(standing)))
            .add(wrote)
    }
}

impl Visible for note::Entity {
    fn visible_to(viewer: &Viewer) -> Condition {
        within(note::Column::StudyId, viewer)
    }
}

impl Visible for report::Entity {
    fn visible_to(viewer: &Viewer) -> Condition {
        Condition::any()
            .add(report::Column::StudyId.in_subquery(ids(readable(viewer))))
            .add(within(report::Column::StudyId, viewer))
    }
}

/// Holds for what belongs to a study in which the viewer takes part today.
pub(crate) fn within<C: ColumnTrait>(study: C, viewer: &Viewer) -> Condition {
    match viewer.standing() {
        Some(standing) => Condition::all().add(study.in_subquery(inside(standing))),
        None => nothing(),
    }
}

/// Holds for what belongs to a study in whose group the viewer is: experts are not.
pub(crate) fn in_group<C: ColumnTrait>(study: C, viewer: &Viewer) -> Condition {
    match viewer.standing() {
        Some(standing) => Condition::all().add(study.in_subquery(taking_part(
            standing,
            Condition::all().add(member::Column::Role.ne(Role::Expert)),
        ))),
        None => nothing(),
    }
}

/// Holds for what belongs to a study whose plans and discussions the viewer's schools may read.
pub(crate) fn opened<C: ColumnTrait>(study: C, viewer: &Viewer) -> Condition {
    match viewer.standing() {
        Some(standing) => Condition::all().add(study.in_subquery(ids(to_schools(standing)))),
        None => nothing(),
    }
}

/// The ids of the studies in which they take part today.
pub(crate) fn inside(standing: &Standing) -> SelectStatement {
    let lasting = Condition::any()
        .add(member::Column::UntilDay.is_null())
        .add(member::Column::UntilDay.gte(standing.today));
    taking_part(standing, lasting)
}

fn taking_part(standing: &Standing, how: Condition) -> SelectStatement {
    member::Entity::find()
        .select_only()
        .column(member::Column::StudyId)
        .filter(member::Column::PersonId.eq(standing.person))
        .filter(member::Column::State.eq(MemberState::Joined))
        .filter(how)
        .into_query()
}

/// The ids of the studies in which they take part or are asked to.
fn asked(standing: &Standing) -> SelectStatement {
    let lasting = Condition::any()
        .add(member::Column::UntilDay.is_null())
        .add(member::Column::UntilDay.gte(standing.today));
    member::Entity::find()
        .select_only()
        .column(member::Column::StudyId)
        .filter(member::Column::PersonId.eq(standing.person))
        .filter(member::Column::State.is_in([MemberState::Invited, MemberState::Joined]))
        .filter(lasting)
        .into_query()
}

fn ids(which: Condition) -> SelectStatement {
    Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(which)
        .into_query()
}

/// Holds for studies whose report the viewer may read because it was shared.
fn readable(viewer: &Viewer) -> Condition {
    let mut open = vec![Rung::Public];
    if viewer.standing().is_some() {
        open.push(Rung::SignedIn);
    }
    let open = Condition::all()
        .add(Column::State.eq(State::Shared))
        .add(Column::Rung.is_in(open));
    let seen = Condition::any().add(open);
    match viewer.standing() {
        Some(standing) => seen.add(to_schools(standing)),
        None => seen,
    }
}

/// Holds for shared studies of their own schools, and of the networks these are in where it was shared so far.
fn to_schools(standing: &Standing) -> Condition {
    if standing.schools.is_empty() {
        return nothing();
    }
    let schools: Vec<_> = standing.schools.iter().copied().collect();
    let ours = member::Entity::find()
        .select_only()
        .column(member::Column::StudyId)
        .filter(member::Column::State.eq(MemberState::Joined))
        .filter(member::Column::SchoolId.is_in(schools.iter().copied()))
        .into_query();
    let network = Condition::all()
        .add(Column::Rung.ne(Rung::School))
        .add(Column::NetworkId.in_subquery(networks(standing)));
    Condition::all().add(Column::State.eq(State::Shared)).add(
        Condition::any()
            .add(Column::Id.in_subquery(ours))
            .add(network),
    )
}

/// Somebody begins a study for a school of theirs.
pub struct Create {
    /// Who.
    pub person: Id<Person>,
    /// For which school.
    pub school: Id<School>,
    /// The new study's id.
    pub study: Id<Study>,
}

impl Action for Create {
    const NAME: &'static str = "study.create";

    fn decide(&self, viewer: &Viewer) -> Result<(), Refusal> {
        viewer.require(viewer.belongs_to(self.school) && viewer.id() == Some(self.person))
    }
}

impl Writes<Entity> for Create {
    fn covers(&self, row: &Study) -> bool {
        row.id == self.study && row.school_id == self.school
    }
}

impl Writes<member::Entity> for Create {
    fn covers(&self, row: &Member) -> bool {
        row.study_id == self.study && row.person_id == self.person
    }
}

/// Whoever speaks for the group changes what the study is, who takes part, where it stands.
pub struct Lead<'a> {
    /// Their seat.
    pub seat: &'a Seat,
}

impl Action for Lead<'_> {
    const NAME: &'static str = "study.lead";

    fn decide(&self, viewer: &Viewer) -> Result<(), Refusal> {
        viewer.require(self.seat.part == Some(Part::Lead))?;
        open(self.seat)
    }
}

impl Writes<Entity> for Lead<'_> {
    fn covers(&self, row: &Study) -> bool {
        row.id == self.seat.study
    }
}

impl Writes<member::Entity> for Lead<'_> {
    fn covers(&self, row: &Member) -> bool {
        row.study_id == self.seat.study && row.role != Role::Lead
    }
}

/// Whoever speaks for the group takes a step with the study.
pub struct Turn<'a> {
    /// Their seat.
    pub seat: &'a Seat,
    /// The study.
    pub study: &'a Study,
    /// The step.
    pub step: Step,
}

impl Action for Turn<'_> {
    const NAME: &'static str = "study.turn";

    fn decide(&self, viewer: &Viewer) -> Result<(), Refusal> {
        viewer.require(self.seat.part == Some(Part::Lead))?;
        match self.study.state.after(self.step, self.study.paused_from) {
            Some(_) => Ok(()),
            None => Err(self.study.state.wrong()),
        }
    }
}

impl Writes<Entity> for Turn<'_> {
    fn covers(&self, row: &Study) -> bool {
        row.id == self.study.id
    }
}

impl Writes<report::Entity> for Turn<'_> {
    fn covers(&self, row: &Report) -> bool {
        row.study_id == self.study.id
    }
}

/// The group works on what its study is made of.
pub struct Work<'a> {
    /// The seat of whoever works.
    pub seat: &'a Seat,
}

impl Action for Work<'_> {
    const NAME: &'static str = "study.work";

    fn decide(&self, viewer: &Viewer) -> Result<(), Refusal> {
        viewer.require(matches!(self.seat.part, Some(Part::Lead | Part::Teacher)))?;
        open(self.seat)
    }
}

impl Writes<Entity> for Work<'_> {
    fn covers(&self, row: &Study) -> bool {
        row.id == self.seat.study
    }
}

impl Writes<member::Entity> for Work<'_> {
    /// Only invitations: nobody answers for another.
    fn covers(&self, row: &Member) -> bool {
        row.study_id == self.seat.study
            && row.state == MemberState::Invited
            && row.role != Role::Lead
    }
}

impl Writes<note::Entity> for Work<'_> {
    fn covers(&self, row: &Note) -> bool {
        row.study_id == self.seat.study
    }
}

impl Writes<report::Entity> for Work<'_> {
    fn covers(&self, row: &Report) -> bool {
        row.study_id == self.seat.study
    }
}

/// Whoever takes part says something: the group and its experts.
pub struct Speak<'a> {
    /// The seat of whoever speaks.
    pub seat: &'a Seat,
}

impl Action for Speak<'_> {
    const NAME: &'static str = "study.speak";

    fn decide(&self, viewer: &Viewer) -> Result<(), Refusal> {
        viewer.require(self.seat.part.is_some())?;
        open(self.seat)
    }
}

/// Somebody answers an invitation, accepts the protocol, or leaves: each for themselves.
pub struct Answer<'a> {
    /// Their membership.
    pub member: &'a Member,
}

impl Action for Answer<'_> {
    const NAME: &'static str = "study.answer";

    fn decide(&self, viewer: &Viewer) -> Result<(), Refusal> {
        viewer.require(viewer.id() == Some(self.member.person_id))
    }
}

impl Writes<member::Entity> for Answer<'_> {
    fn covers(&self, row: &Member) -> bool {
        row.id == self.member.id && row.role == self.member.role
    }
}

/// The teachers of the group make something else of a report that others read already.
pub struct Retell<'a> {
    /// The seat of whoever does.
    pub seat: &'a Seat,
}

impl Action for Retell<'_> {
    const NAME: &'static str = "study.retell";

    fn decide(&self, viewer: &Viewer) -> Result<(), Refusal> {
        viewer.require(matches!(self.seat.part, Some(Part::Lead | Part::Teacher)))?;
        if self.seat.state == State::Shared {
            Ok(())
        } else {
            Err(self.seat.state.wrong())
        }
    }
}

/// Whoever leads passes the lead on, as long as the group works.
pub struct HandOver<'a> {
    /// Their seat.
    pub seat: &'a Seat,
}

impl Action for HandOver<'_> {
    const NAME: &'static str = "study.hand_over";

    fn decide(&self, viewer: &Viewer) -> Result<(), Refusal> {
        viewer.require(self.seat.part == Some(Part::Lead))?;
        goes_on(self.seat.state)
    }
}

impl Writes<member::Entity> for HandOver<'_> {
    fn covers(&self, row: &Member) -> bool {
        row.study_id == self.seat.study && row.role != Role::Lead
    }
}

/// A teacher of the group takes the lead that was offered to them, or that nobody has any more.
pub struct TakeLead<'a> {
    /// The study.
    pub study: &'a Study,
    /// Their membership.
    pub member: &'a Member,
    /// Whether nobody who can sign in leads.
    pub orphaned: bool,
    /// The day.
    pub today: chrono::NaiveDate,
}

impl Action for TakeLead<'_> {
    const NAME: &'static str = "study.take_lead";

    fn decide(&self, viewer: &Viewer) -> Result<(), Refusal> {
        let asked = self.member.lead_offered_at.is_some() || self.orphaned;
        viewer.require(
            viewer.id() == Some(self.member.person_id)
                && self.member.part(self.today) == Some(Part::Teacher)
                && asked,
        )?;
        goes_on(self.study.state)
    }
}

impl Writes<member::Entity> for TakeLead<'_> {
    fn covers(&self, row: &Member) -> bool {
        row.study_id == self.study.id && (row.role != Role::Lead || row.id == self.member.id)
    }
}

/// A study that rests is handed over as well: it may be why it rests.
fn goes_on(state: State) -> Result<(), Refusal> {
    if state.is_open() || state == State::Paused {
        Ok(())
    } else {
        Err(state.wrong())
    }
}

fn open(seat: &Seat) -> Result<(), Refusal> {
    if seat.state.is_open() {
        Ok(())
    } else {
        Err(seat.state.wrong())
    }
}
