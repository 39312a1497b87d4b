//! How the lead of a study passes on: offered to a teacher of the group, who takes it or does not. Where the account of
//! whoever leads is closed, any teacher of the group takes it, so that no study is left without somebody who speaks for
//! it.

use sea_orm::ColumnTrait;

use super::entity::member::{Column, Entity};
use super::policy::{Answer, HandOver, TakeLead};
use super::{Member, MemberState, Role, Study, queries};
use crate::authz::{Action, Job, Permit, Writes};
use crate::db::{Access, Tx};
use crate::error::{Refusal, Result};
use crate::fact::Fact;
use crate::fact::study::StudyFact;
use crate::id::Id;
use crate::person::{self, entity as account};

/// Whoever leads asks a teacher of the group to lead from now on; whoever was asked before is asked no more.
pub async fn offer(access: &Access, id: Id<Member>) -> Result<Member> {
    let tx = access.begin().await?;
    let (study, group, asked) = group(&tx, id).await?;
    let seat = queries::seat(&tx, &study).await?;
    let permit = tx.permit(HandOver { seat: &seat })?;
    if asked.state != MemberState::Joined || matches!(asked.role, Role::Lead | Role::Expert) {
        return Err(Refusal::RoleScope.of("id"));
    }
    if asked.lead_offered_at.is_some() {
        return Ok(asked);
    }
    withdraw_offers(&tx, &permit, &group).await?;
    let offered = Member {
        lead_offered_at: Some(tx.now()),
        ..asked
    };
    let offered = tx.update(&permit, offered).await?;
    let fact = StudyFact::LeadOffered {
        study: study.about(),
        person: offered.person_id,
    };
    tx.record(&permit, Fact::Study(fact)).await?;
    tx.commit().await?;
    Ok(offered)
}

/// Whoever was asked does not want to lead, or whoever leads asks no more. Again is as good as once.
pub async fn decline(access: &Access, id: Id<Member>) -> Result<Member> {
    let tx = access.begin().await?;
    let (study, _, asked) = group(&tx, id).await?;
    let declined = if access.viewer().id() == Some(asked.person_id) {
        let permit = tx.permit(Answer { member: &asked })?;
        ask_no_more(&tx, &permit, &study, &asked).await?
    } else {
        let seat = queries::seat(&tx, &study).await?;
        let permit = tx.permit(HandOver { seat: &seat })?;
        ask_no_more(&tx, &permit, &study, &asked).await?
    };
    tx.commit().await?;
    Ok(declined)
}

async fn ask_no_more<A>(
    tx: &Tx,
    permit: &Permit<A>,
    study: &Study,
    asked: &Member,
) -> Result<Member>
where
    A: Action + Writes<Entity>,
{
    if asked.lead_offered_at.is_none() {
        return Ok(asked.clone());
    }
    let fact = StudyFact::LeadDeclined {
        study: study.about(),
        person: asked.person_id,
    };
    let declined = Member {
        lead_offered_at: None,
        ..asked.clone()
    };
    let declined = tx.update(permit, declined).await?;
    tx.record(permit, Fact::Study(fact)).await?;
    Ok(declined)
}

/// Somebody of the group leads from now on, and whoever did is a teacher of the group like the others. Again is as good
/// as once.
pub async fn take(access: &Access, id: Id<Member>) -> Result<Member> {
    let tx = access.begin().await?;
    let (study, group, member) = group(&tx, id).await?;
    if member.role == Role::Lead && access.viewer().id() == Some(member.person_id) {
        return Ok(member);
    }
    let before = group.iter().find(|one| one.role == Role::Lead);
    let permit = tx.permit(TakeLead {
        study: &study,
        member: &member,
        orphaned: orphaned(&tx, before).await?,
        today: tx.today(),
    })?;
    if let Some(before) = before {
        let steps_back = Member {
            role: Role::Member,
            ..before.clone()
        };
        tx.update(&permit, steps_back).await?;
    }
    withdraw_offers(&tx, &permit, &group).await?;
    let leads = Member {
        role: Role::Lead,
        lead_offered_at: None,
        ..member.clone()
    };
    let leads = tx.update(&permit, leads).await?;
    let fact = StudyFact::LeadTaken {
        study: study.about(),
        person: leads.person_id,
    };
    tx.record(&permit, Fact::Study(fact)).await?;
    tx.commit().await?;
    Ok(leads)
}

/// The study, held, with its whole group and the member in question.
async fn group(tx: &Tx, id: Id<Member>) -> Result<(Study, Vec<Member>, Member)> {
    let seen = tx.get(id, "id").await?;
    let study = tx.lock(seen.study_id, "id").await?;
    let find = tx.find_as::<Entity>(Job::Operator);
    let group = find.filter(Column::StudyId.eq(study.id)).all().await?;
    let member = group.iter().find(|one| one.id == id).cloned();
    Ok((
        study,
        group,
        member.ok_or_else(|| Refusal::NotFound.of("id"))?,
    ))
}

/// Whether nobody who can sign in leads.
async fn orphaned(tx: &Tx, lead: Option<&Member>) -> Result<bool> {
    let Some(lead) = lead else {
        return Ok(true);
    };
    let find = tx.find_as::<account::Entity>(Job::Operator);
    let account = find.by_id(lead.person_id).one().await?;
    Ok(account.is_none_or(|account| account.state != person::State::Active))
}

async fn withdraw_offers<A>(tx: &Tx, permit: &Permit<A>, group: &[Member]) -> Result<()>
where
    A: Action + Writes<Entity>,
{
    for one in group.iter().filter(|one| one.lead_offered_at.is_some()) {
        let asked_no_more = Member {
            lead_offered_at: None,
            ..one.clone()
        };
        tx.update(permit, asked_no_more).await?;
    }
    Ok(())
}
