//! What two schools do: invite, answer, write and sign the agreement, pause, resume, end.

use chrono::NaiveDate;
use sea_orm::{ColumnTrait, Condition};
use serde::Serialize;

use super::entity::{Column, Entity, agreement, signature};
use super::policy::{Answer, Invite, Lapse, Sign, Turn, WriteAgreement, side_of};
use super::{Agreement, Partnership, Side, Signature, State, Step};
use crate::authz::{Action, Permit, Writes};
use crate::db::{Access, Once, Tx};
use crate::error::{Error, Missteps, OnDuplicate, Refusal, Result};
use crate::fact::{Fact, Link};
use crate::id::Id;
use crate::network::{self, Network};
use crate::school::{self, School};
use crate::text;

/// Who is to work with whom.
#[derive(Debug, Serialize)]
pub struct NewPartnership {
    /// In this network,
    pub network: Id<Network>,
    /// which this school leads,
    pub leading: Id<School>,
    /// this school becomes a partner.
    pub magnetic: Id<School>,
}

/// One side invites the other: the Leading school a Magnetic one, or a school asks to join.
pub async fn invite(
    access: &Access,
    new: NewPartnership,
    key: Option<&str>,
) -> Result<Partnership> {
    let tx = match access
        .begin_once(key, &("partnership.invite", &new))
        .await?
    {
        Once::First(tx) => tx,
        Once::Again(id) => return again(access, id).await,
    };
    let (leading, magnetic) = tx
        .lock_both((new.leading, "leadingId"), (new.magnetic, "magneticId"))
        .await?;
    let (network, leads) =
        network::queries::led(&tx, (new.network, "networkId"), leading.id).await?;
    let by = if tx.access().viewer().coordinates(magnetic.id)
        && !tx.access().viewer().coordinates(leading.id)
    {
        Side::Magnetic
    } else {
        Side::Leading
    };
    let permit = tx.permit(Invite {
        network: &network,
        leading: &leading,
        magnetic: &magnetic,
        by,
    })?;
    ready(leads, &leading, &magnetic)?;
    let partnership = Partnership::invited(&network, &leading, &magnetic, by, tx.now(), tx.today());
    let fact = Fact::PartnershipInvited {
        link: partnership.link(&leading, &magnetic),
        by,
        lapses_on: partnership.lapses_on,
    };
    let partnership = tx
        .insert_and_record(&permit, partnership, fact)
        .await
        .on_duplicate(Refusal::AlreadyLinked)?;
    tx.commit_as(partnership.id).await?;
    Ok(partnership)
}

/// What must hold of the schools, whoever asks: also that one leads the network and may.
fn ready(leads: bool, leading: &School, magnetic: &School) -> Result<()> {
    let mut missteps = Missteps::default();
    for (field, school) in [("leadingId", leading), ("magneticId", magnetic)] {
        if matches!(school.state, school::State::Closed | school::State::Merged) {
            missteps.add(
                field,
                Refusal::WrongState {
                    state: school.state.name(),
                },
            );
        }
    }
    if !leads {
        missteps.add("leadingId", Refusal::NotLeading);
    }
    missteps.finish()
}

/// The side that was asked says yes.
pub async fn accept(access: &Access, id: Id<Partnership>, version: i32) -> Result<Partnership> {
    answer(access, id, version, Step::Accept, None).await
}

/// The side that was asked says no, and may say why.
pub async fn decline(
    access: &Access,
    id: Id<Partnership>,
    version: i32,
    reason: Option<&str>,
) -> Result<Partnership> {
    answer(access, id, version, Step::Decline, reason).await
}

async fn answer(
    access: &Access,
    id: Id<Partnership>,
    version: i32,
    step: Step,
    reason: Option<&str>,
) -> Result<Partnership> {
    let reason =
        text::prose(reason.unwrap_or_default(), 1000).map_err(|refusal| refusal.of("reason"))?;
    let tx = access.begin().await?;
    let before = seen(&tx, id, version).await?;
    let permit = tx.permit(Answer {
        partnership: &before,
        step,
        today: tx.today(),
    })?;
    let by = before.proposed_by.other();
    let link = link(&tx, &before).await?;
    let after = turn(&tx, &permit, &before, step).await?;
    let fact = match step {
        Step::Accept => Fact::PartnershipAccepted { link, by },
        _ => Fact::PartnershipDeclined { link, by, reason },
    };
    tx.record(&permit, fact).await?;
    tx.commit().await?;
    Ok(after)
}

/// The words of an agreement.
#[derive(Debug, Clone)]
pub struct Terms {
    /// What both want to reach.
    pub aims: String,
    /// First day.
    pub starts_on: NaiveDate,
    /// Last day.
    pub ends_on: NaiveDate,
    /// What the Leading school gives.
    pub leading_gives: String,
    /// What the Magnetic school gives.
    pub magnetic_gives: String,
    /// Rules for photo and video.
    pub media_rules: String,
}

impl Terms {
    fn checked(&self) -> Result<Self> {
        let mut missteps = Missteps::default();
        let needed = |field: &'static str, text: &str, missteps: &mut Missteps| {
            let text = text::prose(text, 4000).and_then(|t| {
                if t.is_empty() {
                    Err(Refusal::Required)
                } else {
                    Ok(t)
                }
            });
            missteps.check(field, text).unwrap_or_default()
        };
        let checked = Self {
            aims: needed("aims", &self.aims, &mut missteps),
            leading_gives: needed("leadingGives", &self.leading_gives, &mut missteps),
            magnetic_gives: needed("magneticGives", &self.magnetic_gives, &mut missteps),
            media_rules: needed("mediaRules", &self.media_rules, &mut missteps),
            ..self.clone()
        };
        if self.ends_on <= self.starts_on {
            missteps.add("endsOn", Refusal::DateOrder);
        }
        missteps.finish()?;
        Ok(checked)
    }
}

/// A side writes the agreement, or changes it: what was signed before must be signed again.
/// `version` is that of the agreement the writer saw, 0 when there was none.
pub async fn write_agreement(
    access: &Access,
    id: Id<Partnership>,
    version: i32,
    terms: &Terms,
) -> Result<Partnership> {
    let terms = terms.checked()?;
    let tx = access.begin().await?;
    let partnership = tx.lock(id, "partnershipId").await?;
    let permit = tx.permit(WriteAgreement {
        partnership: &partnership,
    })?;
    let (Some(by), Some(person)) = (side_of(access.viewer(), &partnership), access.viewer().id())
    else {
        return Err(Refusal::NotPermitted.into());
    };
    let before = tx.find::<agreement::Entity>().by_id(id).one().await?;
    if before.as_ref().map_or(0, |agreement| agreement.version) != version {
        return Err(Refusal::Conflict.of("version"));
    }
    let written = Agreement {
        partnership_id: id,
        aims: terms.aims,
        starts_on: terms.starts_on,
        ends_on: terms.ends_on,
        leading_gives: terms.leading_gives,
        magnetic_gives: terms.magnetic_gives,
        media_rules: terms.media_rules,
        version: version + 1,
        written_by_id: person,
        written_at: tx.now(),
    };
    let written = match before {
        None => tx.insert(&permit, written).await?,
        Some(_) => tx.update(&permit, written).await?,
    };
    for signature in signatures(&tx, id).await? {
        tx.delete(&permit, signature).await?;
    }
    let link = link(&tx, &partnership).await?;
    tx.record(
        &permit,
        Fact::AgreementWritten {
            link,
            by,
            version: written.version,
        },
    )
    .await?;
    tx.commit().await?;
    Ok(partnership)
}

/// A side signs the agreement in the version it saw. With the second signature the partnership is active.
pub async fn sign(
    access: &Access,
    id: Id<Partnership>,
    agreement_version: i32,
) -> Result<Partnership> {
    let tx = access.begin().await?;
    let partnership = tx.lock(id, "partnershipId").await?;
    let signed = signatures(&tx, id).await?;
    let unsigned = |side: &Side| !signed.iter().any(|signature| signature.side == *side);
    let mine = [Side::Leading, Side::Magnetic]
        .into_iter()
        .filter(|side| access.viewer().coordinates(partnership.school(*side)));
    // Who speaks for both sides signs for one after the other.
    let side = mine.clone().find(unsigned).or_else(|| mine.clone().next());
    let permit = tx.permit(Sign {
        partnership: &partnership,
        side: side.unwrap_or(Side::Leading),
    })?;
    let (Some(side), Some(person)) = (side, access.viewer().id()) else {
        return Err(access.viewer().refusal().into());
    };
    if !unsigned(&side) {
        return Err(Refusal::AlreadySigned.into());
    }
    let agreement = tx
        .find::<agreement::Entity>()
        .by_id(id)
        .one()
        .await?
        .ok_or(Refusal::AgreementMissing)?;
    if agreement.version != agreement_version {
        return Err(Refusal::Conflict.of("agreementVersion"));
    }
    let signature = Signature {
        partnership_id: id,
        side,
        person_id: person,
        agreement_version,
        signed_at: tx.now(),
    };
    tx.insert(&permit, signature).await?;
    let link = link(&tx, &partnership).await?;
    tx.record(
        &permit,
        Fact::AgreementSigned {
            link: link.clone(),
            by: side,
        },
    )
    .await?;
    let partnership = if unsigned(&side.other()) {
        partnership
    } else {
        let active = turn(&tx, &permit, &partnership, Step::Activate).await?;
        count(&tx, &permit, &partnership, &active).await?;
        tx.record(&permit, Fact::PartnershipActivated { link })
            .await?;
        active
    };
    tx.commit().await?;
    Ok(partnership)
}

/// A pause, with a reason.
pub async fn suspend(
    access: &Access,
    id: Id<Partnership>,
    version: i32,
    reason: &str,
) -> Result<Partnership> {
    change(access, id, version, Step::Suspend, Some(reason)).await
}

/// The pause is over.
pub async fn resume(access: &Access, id: Id<Partnership>, version: i32) -> Result<Partnership> {
    change(access, id, version, Step::Resume, None).await
}

/// It is over, with a reason.
pub async fn end(
    access: &Access,
    id: Id<Partnership>,
    version: i32,
    reason: &str,
) -> Result<Partnership> {
    change(access, id, version, Step::End, Some(reason)).await
}

async fn change(
    access: &Access,
    id: Id<Partnership>,
    version: i32,
    step: Step,
    reason: Option<&str>,
) -> Result<Partnership> {
    let reason = match reason
        .map(|reason| text::prose(reason, 1000))
        .transpose()
        .map_err(|refusal| refusal.of("reason"))?
    {
        Some(reason) if reason.is_empty() => return Err(Refusal::ReasonRequired.of("reason")),
        reason => reason.unwrap_or_default(),
    };
    let tx = access.begin().await?;
    let before = seen(&tx, id, version).await?;
    let permit = tx.permit(Turn {
        partnership: &before,
        step,
    })?;
    let by = side_of(access.viewer(), &before).ok_or_else(|| access.viewer().refusal())?;
    let link = link(&tx, &before).await?;
    let after = turn(&tx, &permit, &before, step).await?;
    count(&tx, &permit, &before, &after).await?;
    let fact = match step {
        Step::Suspend => Fact::PartnershipSuspended { link, by, reason },
        Step::Resume => Fact::PartnershipResumed { link, by },
        _ => Fact::PartnershipEnded { link, by, reason },
    };
    tx.record(&permit, fact).await?;
    tx.commit().await?;
    Ok(after)
}

/// Lets the invitations lapse whose day has come, at most `batch` of them; tells how many.
pub async fn lapse_due(access: &Access, batch: u64) -> Result<u64> {
    let today = access.today();
    let due = Condition::all()
        .add(Column::State.eq(State::Invited))
        .add(Column::LapsesOn.lte(today));
    let due = access
        .find::<Entity>()
        .filter(due)
        .limit(batch)
        .all()
        .await?;
    let mut lapsed = 0;
    for row in due {
        let tx = access.begin().await?;
        let before = tx.lock(row.id, "id").await?;
        // Another node, or an answer in the last second, was here first.
        if before.version != row.version {
            continue;
        }
        let permit = tx.permit(Lapse {
            partnership: &before,
            today,
        })?;
        let link = link(&tx, &before).await?;
        turn(&tx, &permit, &before, Step::Lapse).await?;
        tx.record(&permit, Fact::PartnershipLapsed { link }).await?;
        tx.commit().await?;
        lapsed += 1;
    }
    Ok(lapsed)
}

/// Holds the partnership, and makes sure it is still the one the viewer saw.
async fn seen(tx: &Tx, id: Id<Partnership>, version: i32) -> Result<Partnership> {
    let partnership = tx.lock(id, "id").await?;
    if partnership.version == version {
        Ok(partnership)
    } else {
        Err(Refusal::Conflict.of("version"))
    }
}

/// Takes the step.
async fn turn<A>(
    tx: &Tx,
    permit: &Permit<A>,
    before: &Partnership,
    step: Step,
) -> Result<Partnership>
where
    A: Action + Writes<Entity>,
{
    let wrong = Refusal::WrongState {
        state: before.state.name(),
    };
    let after = before.clone().after(step, tx.now()).ok_or(wrong)?;
    tx.update(permit, after).await
}

/// Keeps the network's count and state in step with the partnership.
async fn count<A>(
    tx: &Tx,
    permit: &Permit<A>,
    before: &Partnership,
    after: &Partnership,
) -> Result<()>
where
    A: Action + Writes<network::entity::Entity>,
{
    let change = i32::from(after.state == State::Active) - i32::from(before.state == State::Active);
    if change != 0 {
        let network = tx.lock(before.network_id, "networkId").await?;
        tx.update(permit, network.counted(change)).await?;
    }
    Ok(())
}

async fn signatures(tx: &Tx, id: Id<Partnership>) -> Result<Vec<Signature>> {
    tx.find::<signature::Entity>()
        .filter(signature::Column::PartnershipId.eq(id))
        .all()
        .await
}

/// The two schools of a partnership as they are called.
pub(crate) async fn link(tx: &Tx, partnership: &Partnership) -> Result<Link> {
    let schools = [partnership.leading_id, partnership.magnetic_id];
    let schools = tx
        .find::<school::entity::Entity>()
        .filter(school::entity::Column::Id.is_in(schools))
        .all()
        .await?;
    let of = |id| {
        schools
            .iter()
            .find(|school| school.id == id)
            .ok_or_else(|| Error::Fault(format!("{} lacks a school", partnership.id)))
    };
    Ok(partnership.link(of(partnership.leading_id)?, of(partnership.magnetic_id)?))
}

async fn again(access: &Access, id: uuid::Uuid) -> Result<Partnership> {
    access
        .get(Id::from_uuid(id))
        .await?
        .ok_or_else(|| Refusal::NotFound.into())
}
