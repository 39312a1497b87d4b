//! How a group comes together: invitations across schools, answers, the protocol, farewells.

use chrono::NaiveDate;
use sea_orm::ColumnTrait;

use super::entity::member::{Column, Entity};
use super::policy::{Answer, Lead, Work};
use super::{EXPERTS, MOST, Member, MemberState, Role, Study, queries};
use crate::authz::{Job, Permit, Writes};
use crate::db::{Access, Tx};
use crate::error::{Refusal, Result};
use crate::fact::Fact;
use crate::fact::study::StudyFact;
use crate::id::Id;
use crate::person::{self, Person};
use crate::school::School;

/// The most days for which an expert is invited.
pub const EXPERT_DAYS: u32 = 366;

/// The group invites somebody, of whatever school. An expert is invited by the lead, until a day. Whoever declined or
/// left is asked anew; whoever is asked already stays so.
pub async fn invite(
    access: &Access,
    study: Id<Study>,
    person: Id<Person>,
    role: Role,
    until: Option<NaiveDate>,
) -> Result<Member> {
    let tx = access.begin().await?;
    let (study, seat) = queries::held(&tx, study, "studyId").await?;
    if role == Role::Expert {
        let permit = tx.permit(Lead { seat: &seat })?;
        let until = until.ok_or_else(|| Refusal::Required.of("until"))?;
        if until < tx.today() {
            return Err(Refusal::DatePast.of("until"));
        }
        if until > tx.today() + chrono::Days::new(EXPERT_DAYS.into()) {
            return Err(Refusal::DateTooFar { days: EXPERT_DAYS }.of("until"));
        }
        ask(tx, &permit, &study, person, role, Some(until)).await
    } else if role == Role::Lead {
        Err(Refusal::RoleScope.of("role"))
    } else {
        let permit = tx.permit(Work { seat: &seat })?;
        ask(tx, &permit, &study, person, role, None).await
    }
}

async fn ask<A>(
    tx: Tx,
    permit: &Permit<A>,
    study: &Study,
    person: Id<Person>,
    role: Role,
    until: Option<NaiveDate>,
) -> Result<Member>
where
    A: Writes<super::entity::member::Entity>,
{
    let by = tx.access().viewer().id().ok_or(Refusal::SignInRequired)?;
    let asked = tx.get(person, "personId").await?;
    if asked.state != person::State::Active {
        return Err(Refusal::NotFound.of("personId"));
    }
    let group = members(&tx, study.id).await?;
    let before = group.iter().find(|member| member.person_id == person);
    if before
        .is_some_and(|member| matches!(member.state, MemberState::Invited | MemberState::Joined))
    {
        return Err(Refusal::AlreadyMember.of("personId"));
    }
    let (experts, most) = (
        role == Role::Expert,
        if role == Role::Expert { EXPERTS } else { MOST },
    );
    let there = group.iter().filter(|member| {
        if experts {
            member.role == Role::Expert
                && matches!(member.state, MemberState::Invited | MemberState::Joined)
        } else {
            member.is_teacher()
        }
    });
    if there.count() >= most {
        return Err(Refusal::TooMany { max: most }.of("personId"));
    }
    let invited = Member {
        id: before.map_or_else(Id::fresh, |member| member.id),
        study_id: study.id,
        person_id: person,
        school_id: None,
        role,
        state: MemberState::Invited,
        until_day: until,
        invited_by_id: by,
        protocol_at: None,
        lead_offered_at: None,
        created_at: tx.now(),
    };
    let invited = match before {
        Some(_) => tx.update(permit, invited).await?,
        None => tx.insert(permit, invited).await?,
    };
    let fact = StudyFact::Invited {
        study: study.about(),
        person,
        role,
    };
    tx.record(permit, Fact::Study(fact)).await?;
    tx.commit().await?;
    Ok(invited)
}

/// Whoever was asked joins: an expert as they are, everybody else for a school of theirs.
pub async fn join(access: &Access, id: Id<Member>, school: Option<Id<School>>) -> Result<Member> {
    let tx = access.begin().await?;
    let (study, member) = mine(&tx, id).await?;
    let permit = tx.permit(Answer { member: &member })?;
    if member.state != MemberState::Invited {
        return Err(member.wrong().into());
    }
    if !study.state.is_open() {
        return Err(study.state.wrong().into());
    }
    let school = match (member.role, school) {
        (Role::Expert, _) => None,
        (_, Some(school)) if access.viewer().belongs_to(school) => Some(school),
        (_, Some(_)) => return Err(Refusal::NotFound.of("schoolId")),
        (_, None) => return Err(Refusal::Required.of("schoolId")),
    };
    let joined = Member {
        state: MemberState::Joined,
        school_id: school,
        ..member.clone()
    };
    let joined = tx.update(&permit, joined).await?;
    let fact = StudyFact::Joined {
        study: study.about(),
        person: member.person_id,
        inviter: member.invited_by_id,
    };
    tx.record(&permit, Fact::Study(fact)).await?;
    tx.commit().await?;
    Ok(joined)
}

/// Whoever was asked says no.
pub async fn decline(access: &Access, id: Id<Member>) -> Result<Member> {
    let tx = access.begin().await?;
    let (study, member) = mine(&tx, id).await?;
    let permit = tx.permit(Answer { member: &member })?;
    if member.state != MemberState::Invited {
        return Err(member.wrong().into());
    }
    let declined = Member {
        state: MemberState::Declined,
        ..member.clone()
    };
    let declined = tx.update(&permit, declined).await?;
    let fact = StudyFact::Declined {
        study: study.about(),
        person: member.person_id,
        inviter: member.invited_by_id,
    };
    tx.record(&permit, Fact::Study(fact)).await?;
    tx.commit().await?;
    Ok(declined)
}

/// Whoever joined accepts the group's protocol. Again is as good as once.
pub async fn accept_protocol(access: &Access, id: Id<Member>) -> Result<Member> {
    let tx = access.begin().await?;
    let (study, member) = mine(&tx, id).await?;
    let permit = tx.permit(Answer { member: &member })?;
    if member.state != MemberState::Joined {
        return Err(member.wrong().into());
    }
    if member.protocol_at.is_some() {
        return Ok(member);
    }
    let accepted = Member {
        protocol_at: Some(tx.now()),
        ..member.clone()
    };
    let accepted = tx.update(&permit, accepted).await?;
    let fact = StudyFact::ProtocolAccepted {
        study: study.about(),
        person: member.person_id,
    };
    tx.record(&permit, Fact::Study(fact)).await?;
    tx.commit().await?;
    Ok(accepted)
}

/// A member leaves, or the lead takes somebody out of the group. What they wrote stays; they see nothing of it any
/// more. The lead hands over first.
pub async fn leave(access: &Access, id: Id<Member>) -> Result<Member> {
    let tx = access.begin().await?;
    let (study, member) = mine(&tx, id).await?;
    if !matches!(member.state, MemberState::Invited | MemberState::Joined) {
        return Err(member.wrong().into());
    }
    if member.role == Role::Lead {
        return Err(Refusal::LeadStays.into());
    }
    let left = Member {
        state: MemberState::Left,
        lead_offered_at: None,
        ..member.clone()
    };
    let fact = StudyFact::Left {
        study: study.about(),
        person: member.person_id,
    };
    if access.viewer().id() == Some(member.person_id) {
        let permit = tx.permit(Answer { member: &member })?;
        tx.update(&permit, left.clone()).await?;
        tx.record(&permit, Fact::Study(fact)).await?;
    } else {
        let seat = queries::seat(&tx, &study).await?;
        let permit = tx.permit(Lead { seat: &seat })?;
        tx.update(&permit, left.clone()).await?;
        tx.record(&permit, Fact::Study(fact)).await?;
    }
    tx.commit().await?;
    Ok(left)
}

/// The membership with its study, the study held first: whatever changes a group waits for the group.
async fn mine(tx: &Tx, id: Id<Member>) -> Result<(Study, Member)> {
    let seen = tx.get(id, "id").await?;
    let study = tx.lock(seen.study_id, "id").await?;
    Ok((study, tx.lock(id, "id").await?))
}

/// Everybody who was ever asked, whoever looks.
async fn members(tx: &Tx, study: Id<Study>) -> Result<Vec<Member>> {
    let find = tx.find_as::<Entity>(Job::Operator);
    find.filter(Column::StudyId.eq(study)).all().await
}

impl Member {
    fn wrong(&self) -> Refusal {
        Refusal::WrongState {
            state: self.state.name(),
        }
    }
}

impl MemberState {
    /// As the schema spells it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Invited => "INVITED",
            Self::Joined => "JOINED",
            Self::Declined => "DECLINED",
            Self::Left => "LEFT",
        }
    }
}
