//! What people do with designations: nominate, award, withdraw; and what the calendar does: expire.

use chrono::NaiveDate;
use sea_orm::{ColumnTrait, Condition};
use serde::Serialize;

use super::entity::{Column, Entity};
use super::policy::{Award, Expire, Nominate, Withdraw};
use super::{Designation, Kind, State, queries};
use crate::db::{Access, Once, Tx};
use crate::error::{Missteps, Refusal, Result};
use crate::fact::Fact;
use crate::id::Id;
use crate::school::School;
use crate::text;

/// For what a school is proposed or named, and from when until when.
#[derive(Debug, Clone, Serialize)]
pub struct Terms {
    /// Which school.
    pub school: Id<School>,
    /// As what.
    pub kind: Kind,
    /// First day.
    pub from: NaiveDate,
    /// First day on which it is over; none for an open end.
    pub until: Option<NaiveDate>,
    /// Order, decision or web address that shows it.
    pub evidence: String,
}

impl Terms {
    fn checked(&self) -> Result<Self> {
        let mut missteps = Missteps::default();
        let evidence = missteps
            .check("evidence", text::line(&self.evidence, 500))
            .unwrap_or_default();
        if self.until.is_some_and(|until| until <= self.from) {
            missteps.add("until", Refusal::DateOrder);
        }
        missteps.finish()?;
        Ok(Self {
            evidence,
            ..self.clone()
        })
    }

    fn designation(&self, id: Id<Designation>, state: State, tx: &Tx) -> Designation {
        Designation {
            id,
            school_id: self.school,
            kind: self.kind,
            state,
            from_day: self.from,
            until_day: self.until,
            evidence: self.evidence.clone(),
            awarded_by_id: None,
            reason: None,
            version: 1,
            created_at: tx.now(),
        }
    }
}

/// A school's coordinator proposes it for a designation.
pub async fn nominate(access: &Access, terms: &Terms, key: Option<&str>) -> Result<Designation> {
    let terms = terms.checked()?;
    let body = ("designation.nominate", &terms);
    let tx = match access.begin_once(key, &body).await? {
        Once::First(tx) => tx,
        Once::Again(id) => return again(access, id).await,
    };
    let school = tx.lock(terms.school, "schoolId").await?;
    let id = Id::fresh();
    let permit = tx.permit(Nominate {
        school: &school,
        designation: id,
    })?;
    if queries::live(&tx, school.id)
        .await?
        .iter()
        .any(|other| other.kind == terms.kind && other.overlaps(terms.from, terms.until))
    {
        return Err(Refusal::AlreadyExists.of("kind"));
    }
    let designation = terms.designation(id, State::Nominated, &tx);
    let designation = tx.insert(&permit, designation).await?;
    let fact = Fact::DesignationNominated {
        designation: id,
        school: school.named(),
        kind: terms.kind,
    };
    tx.record(&permit, fact).await?;
    tx.commit_as(id).await?;
    Ok(designation)
}

/// A trainer awards a designation; a nomination of the school for the same becomes it.
pub async fn award(access: &Access, terms: &Terms, key: Option<&str>) -> Result<Designation> {
    let terms = terms.checked()?;
    let body = ("designation.award", &terms);
    let tx = match access.begin_once(key, &body).await? {
        Once::First(tx) => tx,
        Once::Again(id) => return again(access, id).await,
    };
    if terms.until.is_some_and(|until| until <= tx.today()) {
        return Err(Refusal::DatePast.of("until"));
    }
    // Awards of one school wait for each other here, so that no two overlap.
    let school = tx.lock(terms.school, "schoolId").await?;
    let live = queries::live(&tx, school.id).await?;
    let mut same = live.into_iter().filter(|other| other.kind == terms.kind);
    let nominated = same.clone().find(|other| other.state == State::Nominated);
    let id = nominated.as_ref().map_or_else(Id::fresh, |row| row.id);
    let permit = tx.permit(Award {
        school: &school,
        designation: id,
    })?;
    if same.any(|other| other.state == State::Awarded && other.overlaps(terms.from, terms.until)) {
        return Err(Refusal::AlreadyExists.of("kind"));
    }
    let awarded = Designation {
        awarded_by_id: access.viewer().id(),
        ..terms.designation(id, State::Awarded, &tx)
    };
    let awarded = match nominated {
        None => tx.insert(&permit, awarded).await?,
        Some(before) => {
            let after = Designation {
                version: before.version + 1,
                created_at: before.created_at,
                ..awarded
            };
            tx.update(&permit, after).await?
        }
    };
    let fact = Fact::DesignationAwarded {
        designation: id,
        school: school.named(),
        kind: terms.kind,
        until: terms.until,
    };
    tx.record(&permit, fact).await?;
    tx.commit_as(id).await?;
    Ok(awarded)
}

/// A designation is taken back, with a reason.
pub async fn withdraw(
    access: &Access,
    id: Id<Designation>,
    version: i32,
    reason: &str,
) -> Result<Designation> {
    let reason = text::prose(reason, 1000).map_err(|refusal| refusal.of("reason"))?;
    if reason.is_empty() {
        return Err(Refusal::ReasonRequired.of("reason"));
    }
    let tx = access.begin().await?;
    let before = tx.lock(id, "id").await?;
    let school = tx.get(before.school_id, "id").await?;
    let permit = tx.permit(Withdraw {
        school: &school,
        designation: &before,
    })?;
    if before.version != version {
        return Err(Refusal::Conflict.of("version"));
    }
    let after = Designation {
        state: State::Withdrawn,
        reason: Some(reason.clone()),
        version: version + 1,
        ..before.clone()
    };
    let after = tx.update(&permit, after).await?;
    let fact = Fact::DesignationWithdrawn {
        designation: id,
        school: school.named(),
        kind: after.kind,
        reason,
    };
    tx.record(&permit, fact).await?;
    tx.commit().await?;
    Ok(after)
}

/// Lets the designations expire whose last day is over, at most `batch` of them; tells how many.
pub async fn expire_due(access: &Access, batch: u64) -> Result<u64> {
    let due = Condition::all()
        .add(Column::State.eq(State::Awarded))
        .add(Column::UntilDay.lte(access.today()));
    let due = access
        .find::<Entity>()
        .filter(due)
        .limit(batch)
        .all()
        .await?;
    let mut expired = 0;
    for row in due {
        let tx = access.begin().await?;
        let before = tx.lock(row.id, "id").await?;
        // Another node, or a trainer in the last second, was here first.
        if before.version != row.version {
            continue;
        }
        let school = tx.get(before.school_id, "id").await?;
        let permit = tx.permit(Expire {
            designation: &before,
        })?;
        let after = Designation {
            state: State::Expired,
            version: before.version + 1,
            ..before.clone()
        };
        let after = tx.update(&permit, after).await?;
        let fact = Fact::DesignationExpired {
            designation: after.id,
            school: school.named(),
            kind: after.kind,
        };
        tx.record(&permit, fact).await?;
        tx.commit().await?;
        expired += 1;
    }
    Ok(expired)
}

async fn again(access: &Access, id: uuid::Uuid) -> Result<Designation> {
    access
        .get(Id::from_uuid(id))
        .await?
        .ok_or_else(|| Refusal::NotFound.into())
}
