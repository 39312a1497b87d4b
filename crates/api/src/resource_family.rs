//! What stands around a work: its authors, its words, its draft, the works it is related to.

use std::collections::HashMap;

use async_graphql::dataloader::Loader;
use async_graphql::{Context, Enum, ID, Object, Result, SimpleObject};
use domain::db::Access;
use domain::id::Id;
use domain::resource::{self as model, queries};
use domain::study::Study;

use crate::ids::shown;
use crate::person::Person;
use crate::resource::Resource;
use crate::rows::{Fault, Part, Rows, by_id};

/// An author as a work names them.
pub struct ResourceAuthor(pub(crate) queries::Author);

/// An author as a work names them. Whoever reads the work reads the name, signed in or not.
#[Object]
impl ResourceAuthor {
    /// The id of the person.
    async fn person_id(&self) -> ID {
        shown(self.0.person_id)
    }

    /// The name they go by.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// The person, for those who are signed in.
    async fn person(&self, ctx: &Context<'_>) -> Result<Option<Person>> {
        Ok(by_id(ctx, self.0.person_id).await?.map(Person))
    }
}

/// What one work is to another.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum ResourceKinship {
    /// The other was taken from it.
    Origin,
    /// It is an adaptation of the other.
    Adaptation,
    /// It is a translation of the other.
    Translation,
}

/// A work of the same family.
#[derive(SimpleObject)]
pub struct Relative {
    /// What it is to the work that was asked for.
    kinship: ResourceKinship,
    /// The work.
    resource: Resource,
}

impl Relative {
    pub(crate) fn new(of: &model::Resource, other: model::Resource) -> Option<Self> {
        let kinship = if of.origin_id == Some(other.id) {
            ResourceKinship::Origin
        } else {
            match other.kinship? {
                model::Kinship::Adaptation => ResourceKinship::Adaptation,
                model::Kinship::Translation => ResourceKinship::Translation,
            }
        };
        Some(Self {
            kinship,
            resource: other.into(),
        })
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct AuthorsOf(pub(crate) Id<model::Resource>);

impl Loader<AuthorsOf> for Rows {
    type Value = Vec<queries::Author>;
    type Error = Fault;

    async fn load(&self, keys: &[AuthorsOf]) -> Result<HashMap<AuthorsOf, Self::Value>, Fault> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        let mut of: HashMap<_, Vec<_>> = HashMap::new();
        for author in queries::authors(&self.0, &ids).await? {
            of.entry(AuthorsOf(author.resource_id))
                .or_default()
                .push(author);
        }
        Ok(of)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct LabelsOf(pub(crate) Id<model::Resource>);

impl Loader<LabelsOf> for Rows {
    type Value = Vec<model::ResourceLabel>;
    type Error = Fault;

    async fn load(&self, keys: &[LabelsOf]) -> Result<HashMap<LabelsOf, Self::Value>, Fault> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        let mut of: HashMap<_, Vec<_>> = HashMap::new();
        for label in queries::labels(&self.0, &ids).await? {
            of.entry(LabelsOf(label.resource_id))
                .or_default()
                .push(label);
        }
        Ok(of)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct DraftOf(pub(crate) Id<model::Resource>);

impl Loader<DraftOf> for Rows {
    type Value = model::ResourceDraft;
    type Error = Fault;

    async fn load(&self, keys: &[DraftOf]) -> Result<HashMap<DraftOf, Self::Value>, Fault> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        let found = queries::drafts(&self.0, &ids).await?;
        Ok(found
            .into_iter()
            .map(|draft| (DraftOf(draft.resource_id), draft))
            .collect())
    }
}

/// A work with its origin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct FamilyOf(
    pub(crate) Id<model::Resource>,
    pub(crate) Option<Id<model::Resource>>,
);

impl Loader<FamilyOf> for Rows {
    type Value = Vec<model::Resource>;
    type Error = Fault;

    async fn load(&self, keys: &[FamilyOf]) -> Result<HashMap<FamilyOf, Self::Value>, Fault> {
        let pairs: Vec<_> = keys.iter().map(|key| (key.0, key.1)).collect();
        let mut of: HashMap<_, Vec<_>> = HashMap::new();
        for relative in queries::family(&self.0, &pairs).await? {
            of.entry(FamilyOf(relative.of.0, relative.of.1))
                .or_default()
                .push(relative.resource);
        }
        Ok(of)
    }
}

/// A version by its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Numbered(pub(crate) Id<model::Resource>, pub(crate) i32);

impl Loader<Numbered> for Rows {
    type Value = model::ResourceVersion;
    type Error = Fault;

    async fn load(&self, keys: &[Numbered]) -> Result<HashMap<Numbered, Self::Value>, Fault> {
        let wanted: Vec<_> = keys.iter().map(|key| (key.0, key.1)).collect();
        let found = queries::numbered(&self.0, &wanted).await?;
        Ok(found
            .into_iter()
            .map(|version| (Numbered(version.resource_id, version.number), version))
            .collect())
    }
}

/// A work that tells the report of a study again.
#[derive(Clone)]
pub(crate) struct Retold {
    study: Id<Study>,
    pub(crate) resource: model::Resource,
}

impl Part for Retold {
    type Whole = Study;

    fn whole(&self) -> Id<Study> {
        self.study
    }

    async fn of(access: &Access, wholes: &[Id<Study>]) -> domain::error::Result<Vec<Self>> {
        let found = queries::of_studies(access, wholes).await?.into_iter();
        let told = found.filter_map(|resource| {
            let study = resource.study_id?;
            Some(Self { study, resource })
        });
        Ok(told.collect())
    }
}
