//! Who takes part in a study, and how a group comes together.

use async_graphql::{Context, Enum, ID, InputObject, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};
use domain::study::{self as model, candidates, group, handover, queries::MemberCard};

use crate::errors::{UserError, outcome};
use crate::ids::{given, shown};
use crate::person::Person;
use crate::rows::{asking, by_id, read};
use crate::scalar::Date;
use crate::school::School;
use crate::study::Study;

/// What somebody is in a study.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "model::Role")]
pub enum StudyRole {
    /// Began it, and speaks for the group.
    Lead,
    /// Plans, teaches and observes with the others.
    Member,
    /// Leads the discussions.
    Moderator,
    /// Helps the group along.
    Facilitator,
    /// The knowledgeable other: reads this one study until a day, comments, closes the discussion.
    Expert,
}

/// Where a membership of a study stands.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "model::MemberState")]
pub enum StudyMemberState {
    /// Asked, and has not answered.
    Invited,
    /// Takes part.
    Joined,
    /// Said no.
    Declined,
    /// Takes part no more.
    Left,
}

/// Who is behind a membership, when it was read with it.
type Behind = (
    Option<domain::person::Person>,
    Option<domain::school::School>,
);

/// Somebody's part in a study.
pub struct StudyMember(pub model::Member, Option<Behind>);

impl From<model::Member> for StudyMember {
    fn from(row: model::Member) -> Self {
        Self(row, None)
    }
}

impl From<MemberCard> for StudyMember {
    fn from(card: MemberCard) -> Self {
        Self(card.member, Some((card.person, card.school)))
    }
}

/// Somebody's part in a study. For whoever takes part or is asked to; of a shared study, who wrote it.
#[Object]
impl StudyMember {
    /// The id.
    pub(crate) async fn id(&self) -> ID {
        shown(self.0.id)
    }

    /// The study.
    async fn study(&self, ctx: &Context<'_>) -> Result<Option<Study>> {
        Ok(by_id(ctx, self.0.study_id).await?.map(Study::from))
    }

    /// Who.
    async fn person(&self, ctx: &Context<'_>) -> Result<Option<Person>> {
        match &self.1 {
            Some((person, _)) => Ok(person.clone().map(Person)),
            None => Ok(by_id(ctx, self.0.person_id).await?.map(Person)),
        }
    }

    /// For which school they take part; null before they join, and for an expert.
    async fn school(&self, ctx: &Context<'_>) -> Result<Option<School>> {
        match (&self.1, self.0.school_id) {
            (Some((_, school)), _) => Ok(school.clone().map(School)),
            (None, Some(id)) => Ok(by_id(ctx, id).await?.map(School)),
            (None, None) => Ok(None),
        }
    }

    /// As what.
    async fn role(&self) -> StudyRole {
        self.0.role.into()
    }

    /// Where it stands.
    async fn state(&self) -> StudyMemberState {
        self.0.state.into()
    }

    /// The last day of an expert.
    async fn until(&self) -> Option<Date> {
        self.0.until_day.map(Date)
    }

    /// When they accepted the protocol.
    async fn protocol_accepted_at(&self) -> Option<DateTime<Utc>> {
        self.0.protocol_at
    }

    /// When they were asked to lead; null while they are not.
    async fn lead_offered_at(&self) -> Option<DateTime<Utc>> {
        self.0.lead_offered_at
    }

    /// When they were invited.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }
}

/// Somebody of the schools of a study's network, who can be invited into it.
#[derive(SimpleObject)]
pub struct StudyCandidate {
    /// Who.
    person: Person,
    /// The school they belong to.
    school: School,
}

/// Finding whom to invite.
#[derive(Default)]
pub struct StudyCandidateQuery;

#[Object]
impl StudyCandidateQuery {
    /// People of the schools of the study's network whose first or last name begins so, at most 20. Whoever leads the
    /// study, 60 times in a quarter of an hour.
    async fn study_candidates(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The study.")] study_id: ID,
        #[graphql(
            desc = "How a name begins, 3 to 100 characters.",
            validator(chars_max_length = 100)
        )]
        name: String,
    ) -> Result<Option<Vec<StudyCandidate>>> {
        let found = async {
            let study = given(&study_id, "studyId")?;
            candidates::find(asking(ctx)?, study, &name).await
        };
        let found = read(ctx, found).await?.into_iter();
        let found = found.map(|one| StudyCandidate {
            person: Person(one.person),
            school: School(one.school),
        });
        Ok(Some(found.collect()))
    }
}

/// Whom to invite into a study.
#[derive(InputObject)]
pub struct StudyInviteInput {
    /// The study.
    study_id: ID,
    /// Whom.
    person_id: ID,
    /// As what; nobody is invited as lead.
    role: StudyRole,
    /// The last day of an expert, needed for one; at most 366 days ahead.
    until: Option<Date>,
}

/// A membership.
#[derive(InputObject)]
pub struct StudyMemberInput {
    /// The membership.
    id: ID,
}

/// An invitation to join.
#[derive(InputObject)]
pub struct StudyJoinInput {
    /// The membership.
    id: ID,
    /// For which school of theirs; an expert joins for none.
    school_id: Option<ID>,
}

/// What became of it.
#[derive(SimpleObject)]
pub struct StudyMemberPayload {
    /// The membership as it is now; null when nothing was done.
    study_member: Option<StudyMember>,
    /// What the person can mend; empty when it was done. At most 20.
    user_errors: Vec<UserError>,
}

/// Coming together.
#[derive(Default)]
pub struct StudyMemberMutation;

#[Object]
impl StudyMemberMutation {
    /// The group invites somebody of whatever school: 2 to 6 teachers, at most 3 experts. Members of the group; experts
    /// by its lead.
    async fn study_invite(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whom.")] input: StudyInviteInput,
    ) -> Result<StudyMemberPayload> {
        payload(ctx, async {
            let study = given(&input.study_id, "studyId")?;
            let person = given(&input.person_id, "personId")?;
            let until = input.until.map(|day| day.0);
            group::invite(asking(ctx)?, study, person, input.role.into(), until).await
        })
        .await
    }

    /// Whoever was asked joins. The person asked.
    async fn study_join(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which invitation.")] input: StudyJoinInput,
    ) -> Result<StudyMemberPayload> {
        payload(ctx, async {
            let id = given(&input.id, "id")?;
            let school = input
                .school_id
                .as_ref()
                .map(|id| given(id, "schoolId"))
                .transpose()?;
            group::join(asking(ctx)?, id, school).await
        })
        .await
    }

    /// Whoever was asked says no. The person asked.
    async fn study_decline(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which invitation.")] input: StudyMemberInput,
    ) -> Result<StudyMemberPayload> {
        payload(ctx, async {
            group::decline(asking(ctx)?, given(&input.id, "id")?).await
        })
        .await
    }

    /// Somebody accepts the group's protocol. The person who joined.
    async fn study_protocol_accept(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whose membership.")] input: StudyMemberInput,
    ) -> Result<StudyMemberPayload> {
        payload(ctx, async {
            group::accept_protocol(asking(ctx)?, given(&input.id, "id")?).await
        })
        .await
    }

    /// Somebody leaves the study, or is taken out of it; what they wrote stays. The person themselves, or the lead.
    async fn study_leave(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whose membership.")] input: StudyMemberInput,
    ) -> Result<StudyMemberPayload> {
        payload(ctx, async {
            group::leave(asking(ctx)?, given(&input.id, "id")?).await
        })
        .await
    }

    /// Asks a teacher of the group to lead from now on; only one is asked at a time. Whoever leads the study.
    async fn study_lead_offer(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whose membership.")] input: StudyMemberInput,
    ) -> Result<StudyMemberPayload> {
        payload(ctx, async {
            handover::offer(asking(ctx)?, given(&input.id, "id")?).await
        })
        .await
    }

    /// Takes the lead; whoever led stays in the group. The person who was asked to, and any teacher of the group when the
    /// account of whoever leads is closed.
    async fn study_lead_take(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whose membership.")] input: StudyMemberInput,
    ) -> Result<StudyMemberPayload> {
        payload(ctx, async {
            handover::take(asking(ctx)?, given(&input.id, "id")?).await
        })
        .await
    }

    /// Says no to leading, or asks no more. The person who was asked, or whoever leads the study.
    async fn study_lead_decline(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whose membership.")] input: StudyMemberInput,
    ) -> Result<StudyMemberPayload> {
        payload(ctx, async {
            handover::decline(asking(ctx)?, given(&input.id, "id")?).await
        })
        .await
    }
}

async fn payload(
    ctx: &Context<'_>,
    command: impl Future<Output = domain::error::Result<model::Member>>,
) -> Result<StudyMemberPayload> {
    let (member, user_errors) = outcome(ctx, command.await)?;
    Ok(StudyMemberPayload {
        study_member: member.map(Into::into),
        user_errors,
    })
}
