//! What nobody needs any more goes: keys of requests, sessions, mailed links and counts of attempts, long after they
//! meant anything. A batch at a time, so that nobody waits for it.

use chrono::TimeDelta;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, EntityTrait, Iterable, PrimaryKeyToColumn, QueryFilter, QuerySelect, QueryTrait,
};

use crate::authz::{Action, Job, Permit, Viewer};
use crate::db::{Access, Tx};
use crate::error::{Refusal, Result};
use crate::outbox::idempotency;
use crate::session::entity as session;
use crate::sign_in_attempt::{self, entity as attempt};
use crate::sign_in_link::entity as link;

/// The calendar forgets.
struct Forget;

impl Action for Forget {
    const NAME: &'static str = "calendar.forget";

    fn decide(&self, viewer: &Viewer) -> Result<(), Refusal> {
        viewer.require(viewer.is(Job::Calendar))
    }
}

/// Forgets what is old, at most `batch` rows of each kind; tells how many there were of the kind with the most.
pub async fn old(access: &Access, batch: u64) -> Result<u64> {
    let tx = access.begin().await?;
    let permit = tx.permit(Forget)?;
    let forget = Old {
        tx: &tx,
        permit: &permit,
        batch,
    };
    let days = TimeDelta::days;
    let most = [
        // A key is kept for at least 24 hours.
        forget
            .rows::<idempotency::Entity>(idempotency::Column::At, days(2))
            .await?,
        // From where somebody signed in during the last 90 days matters when they guess their password.
        forget
            .rows::<session::Entity>(session::Column::ExpiresAt, days(90))
            .await?,
        forget
            .rows::<link::Entity>(link::Column::ExpiresAt, days(30))
            .await?,
        // By then counting starts anew.
        forget
            .rows::<attempt::Entity>(attempt::Column::LastAt, sign_in_attempt::WINDOW * 2)
            .await?,
    ];
    tx.commit().await?;
    Ok(most.into_iter().max().unwrap_or_default())
}

struct Old<'a> {
    tx: &'a Tx,
    permit: &'a Permit<Forget>,
    batch: u64,
}

impl Old<'_> {
    /// Removes rows whose `at` lies longer ago than this.
    async fn rows<E: EntityTrait>(&self, at: E::Column, ago: TimeDelta) -> Result<u64> {
        let key = || E::PrimaryKey::iter().map(PrimaryKeyToColumn::into_column);
        let old = E::find()
            .select_only()
            .columns(key())
            .filter(at.lt(self.tx.now() - ago))
            .limit(self.batch)
            .into_query();
        let key = Expr::tuple(key().map(|column| Expr::col((E::default(), column))));
        let forgotten = E::delete_many()
            .filter(key.in_subquery(old))
            .exec(self.tx.raw(self.permit))
            .await?;
        Ok(forgotten.rows_affected)
    }
}
