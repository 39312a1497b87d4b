//! Who something is for: the one ladder of visibility for everything that people share.
//!
//! author < school < partnership < network < signed in < public. Two columns keep it, the rung and the key of the
//! school, partnership or network; one condition decides it, for objects, lists, counts and whatever else reads.

use sea_orm::sea_query::{Expr, SelectStatement, StringLen, UnionType};
use sea_orm::{
    ColumnTrait, Condition, DeriveActiveEnum, EntityTrait, EnumIter, QueryFilter, QuerySelect,
    QueryTrait,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::authz::{Standing, Viewer, nothing};
use crate::db::Tx;
use crate::error::Result;
use crate::id::Id;
use crate::membership::{self, ScopeKind};
use crate::network::{self, Network};
use crate::partnership::{self, Partnership};
use crate::person;
use crate::school::School;

/// How far something is shared; each rung reaches farther than the one before.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::N(16))",
    rename_all = "snake_case"
)]
#[serde(rename_all = "snake_case")]
pub enum Rung {
    /// Its authors alone.
    Author,
    /// Everybody of one school.
    School,
    /// Everybody of the two schools of a partnership.
    Partnership,
    /// Everybody of the schools of a network.
    Network,
    /// Everybody who is signed in.
    SignedIn,
    /// Everybody.
    Public,
}

/// A rung with what it is a rung of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// Its authors alone; who they are, each noun says itself.
    Author,
    /// Everybody of this school.
    School(Id<School>),
    /// Everybody of the two schools, while the partnership is active.
    Partnership(Id<Partnership>),
    /// Everybody of the schools that lead the network or are active partners in it.
    Network(Id<Network>),
    /// Everybody who is signed in.
    SignedIn,
    /// Everybody.
    Public,
}

impl Audience {
    /// The two columns that keep it.
    pub fn columns(self) -> (Rung, Option<Uuid>) {
        match self {
            Self::Author => (Rung::Author, None),
            Self::School(id) => (Rung::School, Some(id.uuid())),
            Self::Partnership(id) => (Rung::Partnership, Some(id.uuid())),
            Self::Network(id) => (Rung::Network, Some(id.uuid())),
            Self::SignedIn => (Rung::SignedIn, None),
            Self::Public => (Rung::Public, None),
        }
    }

    /// What the two columns keep; a rung that lost its key reaches nobody but the authors.
    pub fn from_columns(rung: Rung, scope: Option<Uuid>) -> Self {
        match (rung, scope) {
            (Rung::School, Some(id)) => Self::School(Id::from_uuid(id)),
            (Rung::Partnership, Some(id)) => Self::Partnership(Id::from_uuid(id)),
            (Rung::Network, Some(id)) => Self::Network(Id::from_uuid(id)),
            (Rung::SignedIn, _) => Self::SignedIn,
            (Rung::Public, _) => Self::Public,
            (Rung::Author | Rung::School | Rung::Partnership | Rung::Network, _) => Self::Author,
        }
    }
}

/// Holds for the rows that reach this viewer, by the two columns that keep a row's audience. Authors are no part of it.
///
/// Keys are unique over all nouns, so a key that the viewer belongs to can only stand beside its own rung.
pub(crate) fn reaches<C: ColumnTrait>(viewer: &Viewer, rung: C, scope: C) -> Condition {
    let Some(standing) = viewer.standing() else {
        return Condition::all().add(rung.eq(Rung::Public));
    };
    let reached = Condition::any().add(rung.is_in([Rung::SignedIn, Rung::Public]));
    if standing.schools.is_empty() {
        return reached;
    }
    reached
        .add(scope.is_in(standing.schools.iter().map(|id| id.uuid())))
        .add(scope.in_subquery(partnerships(standing)))
        .add(scope.in_subquery(networks(standing)))
}

/// Holds for the persons whom an audience includes, authors apart, by the column of their key.
pub(crate) fn includes(audience: Audience, person: person::entity::Column) -> Condition {
    use membership::entity::{Column, Entity};
    let schools = match audience {
        // Written out: an empty condition among alternatives would count as none.
        Audience::SignedIn | Audience::Public => {
            return Condition::all().add(Expr::cust("1 = 1"));
        }
        Audience::Author => return nothing(),
        Audience::School(id) => Column::ScopeId.eq(id.uuid()),
        Audience::Partnership(id) => Column::ScopeId.in_subquery(of_partnership(id)),
        Audience::Network(id) => Column::ScopeId.in_subquery(of_network(id)),
    };
    let members = Entity::find()
        .select_only()
        .column(Column::PersonId)
        .filter(membership::queries::live())
        .filter(Column::ScopeKind.eq(ScopeKind::School))
        .filter(schools)
        .into_query();
    Condition::all().add(person.in_subquery(members))
}

/// Whether the viewer is in that audience, and so may share with it.
pub(crate) async fn is_in(tx: &Tx, audience: Audience) -> Result<bool> {
    let Some(standing) = tx.access().viewer().standing() else {
        return Ok(false);
    };
    Ok(match audience {
        Audience::Author | Audience::SignedIn | Audience::Public => true,
        Audience::School(id) => standing.schools.contains(&id),
        Audience::Partnership(id) => {
            use partnership::entity::{Column, Entity};
            let mine = Column::Id.in_subquery(partnerships(standing));
            let found = tx.find::<Entity>().by_id(id).filter(mine).one().await?;
            found.is_some()
        }
        Audience::Network(id) => {
            use network::entity::{Column, Entity};
            let mine = Column::Id.in_subquery(networks(standing));
            let found = tx.find::<Entity>().by_id(id).filter(mine).one().await?;
            found.is_some()
        }
    })
}

/// The network that is "mine" to the people of a school: the one it leads, or else the one it joined first.
pub(crate) async fn home(tx: &Tx, school: Id<School>) -> Result<Option<Id<Network>>> {
    use sea_orm::sea_query::Order;
    let led = {
        use network::entity::lead::{Column, Entity};
        tx.find::<Entity>()
            .filter(Column::SchoolId.eq(school))
            .order(Column::NetworkId, Order::Asc)
            .limit(1)
            .one()
            .await?
    };
    if let Some(led) = led {
        return Ok(Some(led.network_id));
    }
    use partnership::entity::{Column, Entity};
    let joined = tx
        .find::<Entity>()
        .filter(Column::State.eq(partnership::State::Active))
        .filter(either(&[school]))
        .order(Column::CreatedAt, Order::Asc)
        .limit(1)
        .one()
        .await?;
    Ok(joined.map(|joined| joined.network_id))
}

/// The active partnerships of the viewer's schools.
fn partnerships(standing: &Standing) -> SelectStatement {
    use partnership::entity::Column;
    active(standing).column(Column::Id).into_query()
}

/// The networks that the viewer's schools lead or are active partners in.
pub(crate) fn networks(standing: &Standing) -> SelectStatement {
    use network::entity::lead::{Column, Entity};
    use partnership::entity::Column as Link;
    Entity::find()
        .select_only()
        .column(Column::NetworkId)
        .filter(Column::SchoolId.is_in(standing.schools.iter().copied()))
        .into_query()
        .union(
            UnionType::Distinct,
            active(standing).column(Link::NetworkId).into_query(),
        )
        .to_owned()
}

fn active(standing: &Standing) -> sea_orm::Select<partnership::entity::Entity> {
    use partnership::entity::{Column, Entity};
    let schools: Vec<_> = standing.schools.iter().copied().collect();
    Entity::find()
        .select_only()
        .filter(Column::State.eq(partnership::State::Active))
        .filter(either(&schools))
}

fn either(schools: &[Id<School>]) -> Condition {
    use partnership::entity::Column;
    Condition::any()
        .add(Column::LeadingId.is_in(schools.iter().copied()))
        .add(Column::MagneticId.is_in(schools.iter().copied()))
}

/// The two schools of an active partnership.
fn of_partnership(id: Id<Partnership>) -> SelectStatement {
    use partnership::entity::Column;
    sides(Column::Id.eq(id))
}

/// The schools that lead a network or are active partners in it.
pub(crate) fn of_network(id: Id<Network>) -> SelectStatement {
    use network::entity::lead::{Column, Entity};
    Entity::find()
        .select_only()
        .column(Column::SchoolId)
        .filter(Column::NetworkId.eq(id))
        .into_query()
        .union(
            UnionType::Distinct,
            sides(partnership::entity::Column::NetworkId.eq(id)),
        )
        .to_owned()
}

fn sides(which: sea_orm::sea_query::Expr) -> SelectStatement {
    use partnership::entity::{Column, Entity};
    let side = |side: Column| {
        Entity::find()
            .select_only()
            .column(side)
            .filter(Column::State.eq(partnership::State::Active))
            .filter(which.clone())
            .into_query()
    };
    side(Column::LeadingId)
        .union(UnionType::Distinct, side(Column::MagneticId))
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_columns_keep_an_audience() {
        let key = Uuid::from_u128(7);
        for audience in [
            Audience::Author,
            Audience::School(Id::from_uuid(key)),
            Audience::Partnership(Id::from_uuid(key)),
            Audience::Network(Id::from_uuid(key)),
            Audience::SignedIn,
            Audience::Public,
        ] {
            let (rung, scope) = audience.columns();
            assert_eq!(Audience::from_columns(rung, scope), audience);
        }
        assert_eq!(
            Audience::from_columns(Rung::Network, None),
            Audience::Author
        );
    }

    #[test]
    fn the_ladder_only_goes_up() {
        use sea_orm::Iterable;
        assert!(Rung::iter().collect::<Vec<_>>().is_sorted());
    }
}
