//! Counts attempts before they are checked, and forgives those that were right.

use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};

use super::entity::{Column, Entity};
use super::{FROM_ADDRESS, LINKS, ON_ACCOUNT, SEARCHES, SignInAttempt, WINDOW};
use crate::authz::{Action, Job, Permit, Viewer, Writes};
use crate::db::{Access, Tx};
use crate::error::{Refusal, Result};
use crate::id::Id;
use crate::person::Person;
use crate::session::{self, Caller};

/// The door counts.
struct Count;

impl Action for Count {
    const NAME: &'static str = "sign_in.count";

    fn decide(&self, viewer: &Viewer) -> Result<(), Refusal> {
        viewer.require(viewer.is(Job::Door))
    }
}

/// The key under which a guess was counted.
pub(crate) struct Counted(Vec<u8>);

/// Counts a guess at the account with this folded address, whether or not there is one, before it is checked.
pub(crate) async fn count(
    access: &Access,
    email_folded: &str,
    person: Option<Id<Person>>,
    caller: &Caller,
) -> Result<Counted> {
    let secret = access.db().secret();
    let account = secret.digest(&format!("sign-in:{email_folded}"))?;
    let here = [account.as_slice(), &caller.digest(secret)?].concat();
    let key = if session::queries::knows(access, person, caller).await? {
        here
    } else {
        account
    };
    admit(
        access,
        [(key.clone(), ON_ACCOUNT), from_address(access, caller)?],
    )
    .await?;
    Ok(Counted(key))
}

/// Counts a wish for a letter to this folded address.
pub(crate) async fn count_link(access: &Access, email_folded: &str, caller: &Caller) -> Result<()> {
    let key = access
        .db()
        .secret()
        .digest(&format!("link:{email_folded}"))?;
    admit(access, [(key, LINKS), from_address(access, caller)?]).await
}

/// Counts that this person looks for others by name.
pub(crate) async fn count_search(access: &Access, person: Id<Person>) -> Result<()> {
    let key = access.db().secret().digest(&format!("search:{person}"))?;
    admit(access, [(key, SEARCHES)]).await
}

fn from_address(access: &Access, caller: &Caller) -> Result<(Vec<u8>, i32)> {
    Ok((caller.digest(access.db().secret())?, FROM_ADDRESS))
}

/// One statement a count, which holds its row: of guesses in parallel, too, no more get through.
async fn admit<const N: usize>(access: &Access, counts: [(Vec<u8>, i32); N]) -> Result<()> {
    let tx = access.begin().await?;
    let permit = tx.permit(Count)?;
    let now = tx.now();
    let mut wait = None;
    for (key, most) in counts {
        let old = |column: Column| Expr::col((Entity, column));
        let fresh = || old(Column::LastAt).lte(now - WINDOW);
        let count = Expr::case(fresh(), 1)
            .case(old(Column::Count).gt(most), old(Column::Count))
            .finally(old(Column::Count).add(1));
        // What is refused is not checked, and does not prolong the wait.
        let last = Expr::case(fresh(), now)
            .case(old(Column::Count).gte(most), old(Column::LastAt))
            .finally(now);
        let on_conflict = OnConflict::column(Column::Key)
            .value(Column::Count, count)
            .value(Column::LastAt, last)
            .to_owned();
        let first = SignInAttempt {
            key,
            count: 1,
            last_at: now,
        };
        let counted = Entity::insert(first.into_active_model())
            .on_conflict(on_conflict)
            .exec_with_returning(tx.raw(&permit))
            .await?;
        if counted.count > most {
            wait = Some(counted.last_at + WINDOW - now);
        }
    }
    tx.commit().await?;
    match wait {
        None => Ok(()),
        Some(wait) => {
            let minutes = u32::try_from(wait.num_minutes()).map_or(1, |minutes| minutes + 1);
            Err(Refusal::Throttled { minutes }.into())
        }
    }
}

/// A guess was right, so it was none.
pub(crate) async fn forgive<A>(tx: &Tx, permit: &Permit<A>, counted: Counted) -> Result<()>
where
    A: Action + Writes<Entity>,
{
    Entity::update_many()
        .col_expr(Column::Count, Expr::col(Column::Count).sub(1))
        .filter(Column::Key.eq(counted.0))
        .filter(Column::Count.gt(0))
        .exec(tx.raw(permit))
        .await?;
    Ok(())
}
