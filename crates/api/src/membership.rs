//! Memberships: what a person is, where.

use async_graphql::{Context, Enum, ID, InputObject, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};
use domain::membership::{self as model, Scope, commands};

use crate::errors::{UserError, outcome};
use crate::ids::{given, shown};
use crate::person::Person;
use crate::region::Region;
use crate::rows::{access, asking, by_id};
use crate::school::School;

/// What a person is somewhere.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "model::Role")]
pub enum Role {
    /// Runs the platform.
    PlatformAdmin,
    /// Trainer or methodologist of a region: sets it up, awards designations.
    Trainer,
    /// Speaks for a school.
    Coordinator,
    /// Teaches at a school.
    Teacher,
}

/// A person in a role somewhere.
pub struct Membership(pub model::Membership);

/// A person in a role somewhere. Who speaks for a school or region, everybody who is signed in sees; who teaches at a
/// school, the school itself.
#[Object]
impl Membership {
    /// The id.
    pub(crate) async fn id(&self) -> ID {
        shown(self.0.id)
    }

    /// Who.
    async fn person(&self, ctx: &Context<'_>) -> Result<Option<Person>> {
        Ok(by_id(ctx, self.0.person_id).await?.map(Person))
    }

    /// As what.
    async fn role(&self) -> Role {
        self.0.role.into()
    }

    /// The school, when the role is at one.
    async fn school(&self, ctx: &Context<'_>) -> Result<Option<School>> {
        school(ctx, self.0.scope()).await
    }

    /// The id of the region, when the role is in one.
    async fn region_id(&self) -> Option<ID> {
        region_id(self.0.scope())
    }

    /// The region, when the role is in one.
    async fn region(&self, ctx: &Context<'_>) -> Result<Option<Region>> {
        region(ctx, self.0.scope()).await
    }

    /// Since when.
    async fn began_at(&self) -> DateTime<Utc> {
        self.0.began_at
    }

    /// Until when; null while it lasts.
    async fn ended_at(&self) -> Option<DateTime<Utc>> {
        self.0.ended_at
    }

    /// Whether the viewer may end it, unless somebody has to stay.
    async fn viewer_can_end(&self, ctx: &Context<'_>) -> Result<bool> {
        Ok(self.0.may_end(access(ctx)?))
    }
}

/// The school of a scope, when it is one.
pub(crate) async fn school(ctx: &Context<'_>, scope: Scope) -> Result<Option<School>> {
    match scope {
        Scope::School(school) => Ok(by_id(ctx, school).await?.map(School)),
        Scope::Platform | Scope::Region(_) => Ok(None),
    }
}

/// The region of a scope, when it is one.
pub(crate) async fn region(ctx: &Context<'_>, scope: Scope) -> Result<Option<Region>> {
    match scope {
        Scope::Region(region) => Ok(by_id(ctx, region).await?.map(Region)),
        Scope::Platform | Scope::School(_) => Ok(None),
    }
}

/// Its id.
pub(crate) fn region_id(scope: Scope) -> Option<ID> {
    match scope {
        Scope::Region(region) => Some(shown(region)),
        Scope::Platform | Scope::School(_) => None,
    }
}

/// Which membership.
#[derive(InputObject)]
pub struct MembershipEndInput {
    /// The membership.
    id: ID,
}

/// What became of it.
#[derive(SimpleObject)]
pub struct MembershipPayload {
    /// The membership as it is now; null when nothing was done.
    membership: Option<Membership>,
    /// What the viewer can mend; empty when it was done. At most 20.
    user_errors: Vec<UserError>,
}

/// Doing things with memberships.
#[derive(Default)]
pub struct MembershipMutation;

#[Object]
impl MembershipMutation {
    /// Ends a role. The person's sessions end with it. The person, coordinators of the school, platform administrators.
    async fn membership_end(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one.")] input: MembershipEndInput,
    ) -> Result<MembershipPayload> {
        let ended = async { commands::end(asking(ctx)?, given(&input.id, "id")?).await };
        let (membership, user_errors) = outcome(ctx, ended.await)?;
        Ok(MembershipPayload {
            membership: membership.map(Membership),
            user_errors,
        })
    }
}
