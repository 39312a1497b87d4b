//! How works are found.

use sea_orm::sea_query::{Expr, Order as Direction, SelectStatement, UnionType};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, FromQueryResult, JoinType, QueryFilter, QuerySelect,
    QueryTrait, RelationDef,
};
use serde::Serialize;

use super::entity::{Column, Entity, author, draft, label, version};
use super::policy::{Begin, Moderate, Turn, Write};
use super::{
    Kind, LabelKind, Licence, Resource, ResourceDraft, ResourceLabel, ResourceVersion, State, Step,
};
use crate::authz::{Job, allowed};
use crate::clock::Timestamp;
use crate::db::{Access, Beside, Find, Tx};
use crate::error::{Error, Result};
use crate::id::Id;
use crate::network::Network;
use crate::page::{List, Order, Page, Window, fetch};
use crate::person::{self, Person};
use crate::region::Region;
use crate::resource_use;
use crate::school::School;
use crate::study::Study;
use crate::text::Language;

/// How a list of works is sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize)]
pub enum By {
    /// The latest shared first.
    #[default]
    Newest,
    /// The one used in class most often first.
    MostUsed,
    /// The one copied most often first.
    MostCopied,
    /// The one whose change is longest ago first.
    Changed,
}

impl Order<Entity> for By {
    fn column(self) -> Column {
        match self {
            Self::Newest => Column::SharedAt,
            Self::MostUsed => Column::Uses,
            Self::MostCopied => Column::Copies,
            Self::Changed => Column::ChangedAt,
        }
    }

    fn descending(self) -> bool {
        self != Self::Changed
    }
}

/// Which works. Everything given must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Filter {
    /// In one of these states; shared ones when not said.
    pub states: Option<Vec<State>>,
    /// Of one of these kinds.
    pub kinds: Option<Vec<Kind>>,
    /// In one of these languages.
    pub languages: Option<Vec<Language>>,
    /// Of one of these subjects, by their codes.
    pub subjects: Option<Vec<String>>,
    /// For this grade.
    pub grade: Option<i32>,
    /// Under one of these licences.
    pub licences: Option<Vec<Licence>>,
    /// By this author.
    pub author: Option<Id<Person>>,
    /// From this school.
    pub school: Option<Id<School>>,
    /// From this network.
    pub network: Option<Id<Network>>,
    /// With this tag.
    pub tag: Option<String>,
    /// For this goal of the curriculum.
    pub goal: Option<String>,
    /// Changed then or later.
    pub changed_from: Option<Timestamp>,
    /// Changed before then.
    pub changed_before: Option<Timestamp>,
}

impl Filter {
    pub(crate) fn condition(&self) -> Condition {
        let states = self.states.as_deref().unwrap_or(&[State::Shared]);
        let one_of = |kind: LabelKind, word: &Option<String>| {
            word.as_ref().map(|word| {
                let with = label::Entity::find()
                    .select_only()
                    .column(label::Column::ResourceId)
                    .filter(label::Column::Kind.eq(kind))
                    .filter(label::Column::Word.eq(word.to_lowercase()))
                    .into_query();
                Column::Id.in_subquery(with)
            })
        };
        Condition::all()
            .add(Column::State.is_in(states.iter().copied()))
            .add_option(
                self.kinds
                    .as_ref()
                    .map(|it| Column::Kind.is_in(it.iter().copied())),
            )
            .add_option(
                self.languages
                    .as_ref()
                    .map(|it| Column::Language.is_in(it.iter().copied())),
            )
            .add_option(
                self.subjects
                    .as_ref()
                    .map(|it| Column::Subject.is_in(it.iter().cloned())),
            )
            .add_option(self.grade.map(|grade| Column::GradeFrom.lte(grade)))
            .add_option(self.grade.map(|grade| Column::GradeTo.gte(grade)))
            .add_option(
                self.licences
                    .as_ref()
                    .map(|it| Column::Licence.is_in(it.iter().copied())),
            )
            .add_option(
                self.author
                    .map(|id| Column::Id.in_subquery(super::policy::written_by(id))),
            )
            .add_option(self.school.map(|id| Column::SchoolId.eq(id)))
            .add_option(self.network.map(|id| Column::NetworkId.eq(id)))
            .add_option(self.changed_from.map(|at| Column::ChangedAt.gte(at)))
            .add_option(self.changed_before.map(|at| Column::ChangedAt.lt(at)))
            .add_option(one_of(LabelKind::Tag, &self.tag))
            .add_option(one_of(LabelKind::Goal, &self.goal))
    }
}

/// A part of the list.
pub async fn page(
    access: &Access,
    filter: &Filter,
    by: By,
    window: &Window,
) -> Result<Page<Resource>> {
    fetch(found(access, filter), &List::new(by, filter)?, window).await
}

/// How many there are.
pub async fn count(access: &Access, filter: &Filter) -> Result<u64> {
    found(access, filter).count().await
}

fn found<'a>(access: &'a Access, filter: &Filter) -> Find<'a, Entity> {
    access.find().filter(filter.condition())
}

/// A work with its newest version, in one statement.
pub async fn with_newest(
    access: &Access,
    id: Id<Resource>,
) -> Result<Option<(Resource, Option<ResourceVersion>)>> {
    let found = access
        .find::<Entity>()
        .by_id(id)
        .beside::<version::Entity>(Column::NewestId, version::Column::Id, access.viewer())
        .all_as::<Beside<Resource, ResourceVersion>>()
        .await?;
    let found = found.into_iter().next();
    Ok(found.map(|found| (found.row, found.beside)))
}

/// An author as a work names them. Whoever reads a work reads who wrote it, signed in or not.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Author {
    /// Of which work.
    pub resource_id: Id<Resource>,
    /// Who.
    pub person_id: Id<Person>,
    /// The name they go by.
    pub name: String,
}

/// Who wrote these works, in the order they are named in; at most ten each.
pub async fn authors(access: &Access, of: &[Id<Resource>]) -> Result<Vec<Author>> {
    let person: RelationDef = author::Entity::belongs_to(person::entity::Entity)
        .from(author::Column::PersonId)
        .to(person::entity::Column::Id)
        .into();
    access
        .find::<author::Entity>()
        .any_of(author::Column::ResourceId, of)
        .order(author::Column::Position, Direction::Asc)
        .shape(|select| {
            select
                .select_only()
                .columns([author::Column::ResourceId, author::Column::PersonId])
                .column(person::entity::Column::Name)
                .join(JoinType::InnerJoin, person)
        })
        .all_as()
        .await
}

/// The words by which these works are found, in their order; at most forty each.
pub async fn labels(access: &Access, of: &[Id<Resource>]) -> Result<Vec<ResourceLabel>> {
    access
        .find::<label::Entity>()
        .any_of(label::Column::ResourceId, of)
        .order(label::Column::Position, Direction::Asc)
        .all()
        .await
}

/// The drafts of these works that the viewer writes.
pub async fn drafts(access: &Access, of: &[Id<Resource>]) -> Result<Vec<ResourceDraft>> {
    access
        .find::<draft::Entity>()
        .any_of(draft::Column::ResourceId, of)
        .all()
        .await
}

/// How the versions of a work are sorted: the newest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
struct Newest;

impl Order<version::Entity> for Newest {
    fn column(self) -> version::Column {
        version::Column::Number
    }

    fn descending(self) -> bool {
        true
    }
}

/// A part of a work's versions, the newest first.
pub async fn versions(
    access: &Access,
    of: Id<Resource>,
    window: &Window,
) -> Result<Page<ResourceVersion>> {
    fetch(versions_of(access, of), &List::new(Newest, &of)?, window).await
}

/// How many versions of it the viewer may read.
pub async fn count_versions(access: &Access, of: Id<Resource>) -> Result<u64> {
    versions_of(access, of).count().await
}

/// These versions, each by its work and its number.
pub async fn numbered(
    access: &Access,
    wanted: &[(Id<Resource>, i32)],
) -> Result<Vec<ResourceVersion>> {
    let any = wanted.iter().fold(Condition::any(), |any, (of, number)| {
        let both = Condition::all()
            .add(version::Column::ResourceId.eq(*of))
            .add(version::Column::Number.eq(*number));
        any.add(both)
    });
    access.find::<version::Entity>().filter(any).all().await
}

fn versions_of(access: &Access, of: Id<Resource>) -> Find<'_, version::Entity> {
    access.find().filter(version::Column::ResourceId.eq(of))
}

/// A work, and the one it was taken from.
pub type Branch = (Id<Resource>, Option<Id<Resource>>);

/// A work of the same family, with whose relative it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relative {
    /// To which work, with what that one was taken from.
    pub of: Branch,
    /// The other.
    pub resource: Resource,
}

/// The most relatives of one work that are shown.
pub const RELATIVES: usize = 100;

/// What these works were taken from and what was taken from them, as far as the viewer sees it, the oldest first.
pub async fn family(access: &Access, of: &[Branch]) -> Result<Vec<Relative>> {
    let ids: Vec<_> = of.iter().map(|(id, _)| *id).collect();
    let origins: Vec<_> = of.iter().filter_map(|(_, origin)| *origin).collect();
    let kin = Condition::any()
        .add(Column::OriginId.is_in(ids))
        .add(Column::Id.is_in(origins));
    let found = access
        .find::<Entity>()
        .filter(kin)
        .order(Column::Id, Direction::Asc)
        .limit((RELATIVES * of.len()) as u64)
        .all()
        .await?;
    let mut relatives = Vec::new();
    for (id, origin) in of {
        let related = found
            .iter()
            .filter(|other| other.origin_id == Some(*id) || *origin == Some(other.id))
            .take(RELATIVES);
        relatives.extend(related.map(|other| Relative {
            of: (*id, *origin),
            resource: other.clone(),
        }));
    }
    Ok(relatives)
}

/// The works that tell the reports of these studies again, as far as the viewer sees them.
pub async fn of_studies(access: &Access, of: &[Id<Study>]) -> Result<Vec<Resource>> {
    let find = access.find::<Entity>();
    find.any_of(Column::StudyId, of).all().await
}

/// The ids of those who wrote a work.
pub(crate) fn writers(of: Id<Resource>) -> SelectStatement {
    writers_where(author::Column::ResourceId.eq(of))
}

/// The ids of those who used a work or took copies of it.
pub(crate) fn takers(of: Id<Resource>) -> SelectStatement {
    use resource_use::entity::Column as Used;
    let users = resource_use::entity::Entity::find()
        .select_only()
        .column(Used::PersonId)
        .filter(Used::ResourceId.eq(of))
        .into_query();
    let copies = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::OriginId.eq(of))
        .into_query();
    writers_where(author::Column::ResourceId.in_subquery(copies))
        .union(UnionType::Distinct, users)
        .to_owned()
}

fn writers_where(which: Expr) -> SelectStatement {
    author::Entity::find()
        .select_only()
        .column(author::Column::PersonId)
        .filter(which)
        .into_query()
}

/// Who writes it, whoever asks.
pub(crate) async fn authors_of(tx: &Tx, of: Id<Resource>) -> Result<Vec<Id<Person>>> {
    let rows = author_rows(tx, of).await?;
    Ok(rows.into_iter().map(|row| row.person_id).collect())
}

pub(crate) async fn author_rows(tx: &Tx, of: Id<Resource>) -> Result<Vec<author::Model>> {
    tx.find_as::<author::Entity>(Job::Door)
        .filter(author::Column::ResourceId.eq(of))
        .order(author::Column::Position, Direction::Asc)
        .all()
        .await
}

pub(crate) async fn labels_of(tx: &Tx, of: Id<Resource>) -> Result<Vec<ResourceLabel>> {
    tx.find::<label::Entity>()
        .filter(label::Column::ResourceId.eq(of))
        .order(label::Column::Position, Direction::Asc)
        .all()
        .await
}

pub(crate) async fn draft_of(tx: &Tx, of: Id<Resource>) -> Result<ResourceDraft> {
    let found = tx.find::<draft::Entity>().by_id(of).one().await?;
    found.ok_or_else(|| Error::Fault(format!("{of} lacks a draft")))
}

/// The newest version of a work, whoever asks.
pub(crate) async fn newest_of(tx: &Tx, of: &Resource) -> Result<Option<ResourceVersion>> {
    match of.newest_id {
        Some(id) => {
            let find = tx.find_as::<version::Entity>(Job::Door);
            find.by_id(id).one().await
        }
        None => Ok(None),
    }
}

/// The licence of a version, whoever asks: it binds those who no longer see it as well.
pub(crate) async fn licence_of(tx: &Tx, of: Id<ResourceVersion>) -> Result<Option<Licence>> {
    let found = tx.find_as::<version::Entity>(Job::Door).by_id(of).one();
    Ok(found.await?.map(|version| version.licence))
}

/// Where the work's school is: who moderates it.
pub(crate) async fn region_of(tx: &Tx, resource: &Resource) -> Result<Option<Id<Region>>> {
    match resource.school_id {
        Some(school) => Ok(tx.get(school, "id").await?.region_id),
        None => Ok(None),
    }
}

/// How many of these persons have an open account.
pub(crate) async fn active_people(tx: &Tx, people: &[Id<Person>]) -> Result<usize> {
    use person::entity::Column as Of;
    let found = tx
        .find::<person::entity::Entity>()
        .filter(Of::Id.is_in(people.iter().copied()))
        .filter(Of::State.eq(person::State::Active))
        .all()
        .await?;
    Ok(found.len())
}

/// What the viewer may do with a work, as far as its authors decide it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowed {
    /// Edit it.
    pub write: bool,
    /// Share the draft.
    pub share: bool,
    /// Take it back.
    pub withdraw: bool,
}

impl Resource {
    /// What `access`'s viewer may do, these being its authors; the same decisions as the commands'.
    pub fn allowed(&self, access: &Access, authors: &[Id<Person>]) -> Allowed {
        let viewer = access.viewer();
        let turn = |step| {
            let turn = Turn {
                resource: self,
                authors,
                step,
            };
            allowed(&turn, viewer).is_ok()
        };
        let write = Write {
            resource: self,
            authors,
        };
        Allowed {
            write: allowed(&write, viewer).is_ok(),
            share: turn(Step::Share),
            withdraw: turn(Step::Withdraw),
        }
    }

    /// Whether `access`'s viewer may take a copy, these being its authors, under its own licence or another that this
    /// one permits.
    pub fn may_copy(&self, access: &Access, authors: &[Id<Person>]) -> bool {
        let copy = Begin {
            resource: &Self {
                school_id: None,
                ..self.clone()
            },
            origin: Some((self, self.licence)),
            authors,
            study: None,
        };
        allowed(&copy, access.viewer()).is_ok()
    }

    /// Whether `access`'s viewer may hide it or show it again; `region` is where its school is.
    pub fn may_moderate(&self, access: &Access, region: Option<Id<Region>>, step: Step) -> bool {
        let moderate = Moderate {
            resource: self,
            region,
            step,
        };
        allowed(&moderate, access.viewer()).is_ok()
    }
}
