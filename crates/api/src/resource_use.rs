//! Where works were used, and how it went.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};
use domain::db::Beside;
use domain::person as people;
use domain::resource_use::{self as model, commands};

use crate::errors::{UserError, outcome};
use crate::ids::{given, shown};
use crate::person::Person;
use crate::resource::Resource;
use crate::resource_version::ResourceVersion;
use crate::rows::{asking, by_id};
use crate::scalar::Date;
use crate::school::School;

/// A use of a work in class.
pub struct ResourceUse {
    row: model::ResourceUse,
    /// Who told it, where that was read in the same statement.
    person: Option<people::Person>,
}

impl From<model::ResourceUse> for ResourceUse {
    fn from(row: model::ResourceUse) -> Self {
        Self { row, person: None }
    }
}

impl From<Beside<model::ResourceUse, people::Person>> for ResourceUse {
    fn from(found: Beside<model::ResourceUse, people::Person>) -> Self {
        Self {
            row: found.row,
            person: found.beside,
        }
    }
}

/// A use of a work in class. Visible to whoever is signed in and sees the work.
#[Object]
impl ResourceUse {
    /// The id.
    pub(crate) async fn id(&self) -> ID {
        shown(self.row.id)
    }

    /// The work.
    async fn resource(&self, ctx: &Context<'_>) -> Result<Option<Resource>> {
        Ok(by_id(ctx, self.row.resource_id).await?.map(Resource::from))
    }

    /// Which version: the newest when it was told.
    async fn resource_version(&self, ctx: &Context<'_>) -> Result<Option<ResourceVersion>> {
        Ok(by_id(ctx, self.row.version_id).await?.map(ResourceVersion))
    }

    /// Who used it.
    async fn person(&self, ctx: &Context<'_>) -> Result<Option<Person>> {
        match &self.person {
            Some(person) => Ok(Some(Person(person.clone()))),
            None => Ok(by_id(ctx, self.row.person_id).await?.map(Person)),
        }
    }

    /// At which school.
    async fn school(&self, ctx: &Context<'_>) -> Result<Option<School>> {
        match self.row.school_id {
            Some(id) => Ok(by_id(ctx, id).await?.map(School)),
            None => Ok(None),
        }
    }

    /// On which day.
    async fn held_on(&self) -> Date {
        Date(self.row.held_on)
    }

    /// In which grade, 0 to 12.
    async fn grade(&self) -> i32 {
        self.row.grade
    }

    /// How it went.
    async fn note(&self) -> &str {
        &self.row.note
    }

    /// How good it was, 1 to 5; null when they did not say.
    async fn rating(&self) -> Option<i32> {
        self.row.rating
    }

    /// When it was told.
    async fn created_at(&self) -> DateTime<Utc> {
        self.row.created_at
    }
}

/// How a work went in class.
#[derive(InputObject)]
pub struct ResourceUseTellInput {
    /// Which work.
    resource_id: ID,
    /// At which school, one of the viewer's; the first of them when left out.
    school_id: Option<ID>,
    /// On which day; today or before.
    held_on: Date,
    /// In which grade, 0 to 12.
    grade: i32,
    /// How it went, at most 2,000 characters.
    note: String,
    /// How good it was, 1 to 5.
    rating: Option<i32>,
    /// Sent again with the same key, the same request has one effect. At most 100 characters.
    idempotency_key: Option<String>,
}

/// What became of it.
#[derive(SimpleObject)]
pub struct ResourceUsePayload {
    /// The use; null when nothing was done.
    resource_use: Option<ResourceUse>,
    /// What the person can mend; empty when it was done. At most 20.
    user_errors: Vec<UserError>,
}

/// Telling of uses.
#[derive(Default)]
pub struct ResourceUseMutation;

#[Object]
impl ResourceUseMutation {
    /// Tells that the viewer used somebody else's work in class, and how it went. People who are signed in and see the
    /// work.
    async fn resource_use_tell(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How it went.")] input: ResourceUseTellInput,
    ) -> Result<ResourceUsePayload> {
        let done = async {
            let school = input.school_id.as_ref();
            let new = commands::NewUse {
                resource: given(&input.resource_id, "resourceId")?,
                school: school.map(|id| given(id, "schoolId")).transpose()?,
                held_on: input.held_on.0,
                grade: input.grade,
                note: input.note,
                rating: input.rating,
            };
            commands::tell(asking(ctx)?, &new, input.idempotency_key.as_deref()).await
        };
        let (told, user_errors) = outcome(ctx, done.await)?;
        Ok(ResourceUsePayload {
            resource_use: told.map(Into::into),
            user_errors,
        })
    }
}
