//! Who something is for.

use async_graphql::{Context, Enum, ID, InputObject, Object, Result};
use domain::audience::{Audience as Model, Rung};
use domain::error::{Refusal, Result as Domain};

use crate::ids::given;
use crate::network::Network;
use crate::partnership::Partnership;
use crate::rows::by_id;
use crate::school::School;

/// How far something is shared; each rung reaches farther than the one before.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "Rung")]
pub enum AudienceRung {
    /// Its authors alone.
    Author,
    /// Everybody of one school.
    School,
    /// Everybody of the two schools of a partnership, while it is active.
    Partnership,
    /// Everybody of the schools that lead a network or are active partners in it.
    Network,
    /// Everybody who is signed in.
    SignedIn,
    /// Everybody.
    Public,
}

/// Whom something is shared with.
pub struct Audience(pub Model);

/// Whom something is shared with.
#[Object]
impl Audience {
    /// How far it reaches.
    async fn rung(&self) -> AudienceRung {
        self.0.columns().0.into()
    }

    /// The school, on that rung.
    async fn school(&self, ctx: &Context<'_>) -> Result<Option<School>> {
        match self.0 {
            Model::School(id) => Ok(by_id(ctx, id).await?.map(School)),
            _ => Ok(None),
        }
    }

    /// The partnership, on that rung.
    async fn partnership(&self, ctx: &Context<'_>) -> Result<Option<Partnership>> {
        match self.0 {
            Model::Partnership(id) => Ok(by_id(ctx, id).await?.map(Partnership::from)),
            _ => Ok(None),
        }
    }

    /// The network, on that rung.
    async fn network(&self, ctx: &Context<'_>) -> Result<Option<Network>> {
        match self.0 {
            Model::Network(id) => Ok(by_id(ctx, id).await?.map(Network)),
            _ => Ok(None),
        }
    }
}

/// Whom something is to be shared with.
#[derive(InputObject, Debug, Clone)]
pub struct AudienceInput {
    /// How far it reaches.
    rung: AudienceRung,
    /// The school, partnership or network, which the viewer is in; left out on the other rungs.
    scope_id: Option<ID>,
}

impl AudienceInput {
    /// The audience, or `NOT_FOUND` where the key is of nothing of that kind, `NOT_NEEDED` on a rung that names nothing.
    pub(crate) fn given(&self) -> Domain<Model> {
        const FIELD: &str = "audience.scopeId";
        let scope = || {
            self.scope_id
                .as_ref()
                .ok_or_else(|| Refusal::Required.of(FIELD))
        };
        let alone = |audience| match self.scope_id {
            Some(_) => Err(Refusal::NotNeeded.of(FIELD)),
            None => Ok(audience),
        };
        Ok(match self.rung {
            AudienceRung::Author => alone(Model::Author)?,
            AudienceRung::School => Model::School(given(scope()?, FIELD)?),
            AudienceRung::Partnership => Model::Partnership(given(scope()?, FIELD)?),
            AudienceRung::Network => Model::Network(given(scope()?, FIELD)?),
            AudienceRung::SignedIn => alone(Model::SignedIn)?,
            AudienceRung::Public => alone(Model::Public)?,
        })
    }
}
