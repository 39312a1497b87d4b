//! The group of a study: who takes part and who is asked, answers, farewells; and its protocol, accepted by each.

use askama::Template;
use axum::{Router, extract::Path, response::Response, routing::get};

use super::{
    wording,
    workspace::{self, Ask, Member, Study},
};
use crate::{
    command::{Errors, commands},
    fault::Fault,
    flash::Flash,
    form::{Form, Posted},
    scalar::Id,
    visit::{Frame, Visit},
    word::{StudyMemberState, StudyRole},
};

pub(super) fn routes() -> Router {
    Router::new()
        .route("/studies/{id}/group", get(show).post(act))
        .route(
            "/studies/{id}/protocol",
            get(show_protocol).post(accept_protocol),
        )
}

commands! { "queries/study_write.graphql";
    StudyDecline study_decline StudyMemberInput;
    StudyJoin study_join StudyJoinInput;
    StudyLeadDecline study_lead_decline StudyMemberInput;
    StudyLeadOffer study_lead_offer StudyMemberInput;
    StudyLeadTake study_lead_take StudyMemberInput;
    StudyLeave study_leave StudyMemberInput;
    StudyProtocolAccept study_protocol_accept StudyMemberInput;
}

#[derive(Template)]
#[template(path = "study/group.html")]
struct Group {
    frame: Frame,
    form: Form,
    study: Study,
    /// The viewer's schools, each as a form sends it and as it is read.
    schools: Vec<(String, String)>,
}

impl Group {
    /// The viewer's own part in it.
    fn own(&self) -> Option<&workspace::Own> {
        self.study.viewer_member.as_ref()
    }

    fn asked(&self) -> bool {
        let own = self.own();
        own.is_some_and(|own| own.state == StudyMemberState::Invited)
    }

    /// May the viewer take them out of the group, or back an invitation? Everybody themselves; whoever leads, others.
    fn parts_with(&self, member: &Member) -> bool {
        let own = self.own().is_some_and(|own| own.id == member.id);
        let leads = self.study.viewer_can_lead;
        let away = own && member.state == StudyMemberState::Joined || leads && !own;
        away && member.role != StudyRole::Lead
    }

    /// May the viewer ask them to lead, or is somebody asked already?
    fn hands_over(&self, member: &Member) -> bool {
        self.study.viewer_can_lead
            && member.state == StudyMemberState::Joined
            && !matches!(member.role, StudyRole::Lead | StudyRole::Expert)
    }

    /// Was the viewer asked to lead?
    fn asked_to_lead(&self) -> bool {
        let own = self.own();
        own.is_some_and(|own| own.lead_offered_at.is_some())
    }

    fn mine(&self, member: &Member) -> bool {
        self.own().is_some_and(|own| own.id == member.id)
    }

    fn teachers(&self) -> i64 {
        self.study.standing().teachers_shown()
    }
}

async fn open(visit: &Visit, id: Id, form: Form) -> Result<Group, Fault> {
    let ask = Ask {
        places: true,
        ..Ask::default()
    };
    let found = workspace::open(visit, id, ask, &form).await?;
    if found.study.viewer_member.is_none() {
        return Err(Fault::NotFound);
    }
    let places = found.found.places.map(|viewer| viewer.memberships);
    let schools = places.into_iter().flatten();
    let mut schools: Vec<_> = schools
        .filter_map(|place| place.school)
        .map(|school| (school.id, school.name.text))
        .collect();
    schools.dedup();
    Ok(Group {
        frame: found.frame,
        form,
        study: found.study,
        schools,
    })
}

async fn show(visit: Visit, Path(id): Path<String>) -> Result<Response, Fault> {
    let page = open(&visit, id, Form::default()).await?;
    visit.page(&page)
}

/// One of the buttons, each named by what it asks for.
async fn act(visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Response, Fault> {
    let member = posted.text("id");
    let word = posted.text("do");
    let errors: Errors = match &*word {
        "join" => {
            let input = study_join::StudyJoinInput {
                id: member,
                school_id: posted.optional("schoolId"),
            };
            visit.run::<StudyJoin>(input).await?
        }
        "decline" => {
            let input = study_decline::StudyMemberInput { id: member };
            visit.run::<StudyDecline>(input).await?
        }
        "lead-offer" => {
            let input = study_lead_offer::StudyMemberInput { id: member };
            visit.run::<StudyLeadOffer>(input).await?
        }
        "lead-take" => {
            let input = study_lead_take::StudyMemberInput { id: member };
            visit.run::<StudyLeadTake>(input).await?
        }
        "lead-decline" => {
            let input = study_lead_decline::StudyMemberInput { id: member };
            visit.run::<StudyLeadDecline>(input).await?
        }
        "leave" => {
            let input = study_leave::StudyMemberInput { id: member };
            visit.run::<StudyLeave>(input).await?
        }
        _ => return Err(Fault::Form),
    };
    if errors.is_empty() {
        // Whoever said no or left sees nothing of it any more.
        let gone = word == "decline" || posted.has("own");
        return Ok(match &*word {
            "join" => visit.go(&format!("/studies/{id}/protocol"), Flash::Saved),
            _ if gone => visit.go("/studies", Flash::Saved),
            _ => visit.stay(Flash::Saved),
        });
    }
    let page = open(&visit, id, Form::again(posted, errors)).await?;
    visit.refused(&page)
}

#[derive(Template)]
#[template(path = "study/protocol.html")]
struct Protocol {
    frame: Frame,
    form: Form,
    study: Study,
}

impl Protocol {
    /// Has the viewer yet to accept it?
    fn open(&self) -> bool {
        let own = self.study.viewer_member.as_ref();
        own.is_some_and(|own| {
            own.state == StudyMemberState::Joined && own.protocol_accepted_at.is_none()
        })
    }

    /// Those who have yet to accept it.
    fn missing(&self) -> i64 {
        let standing = self.study.standing();
        i64::try_from(standing.teachers - standing.accepted).unwrap_or(i64::MAX)
    }

    /// The rules, each with what it means.
    fn rules(&self) -> [(String, String); 4] {
        let say = &self.frame.say;
        [
            (say.study_rule_risk(), say.study_rule_risk_text()),
            (say.study_rule_ours(), say.study_rule_ours_text()),
            (say.study_rule_equal(), say.study_rule_equal_text()),
            (say.study_rule_quiet(), say.study_rule_quiet_text()),
        ]
    }

    fn joined(&self) -> impl Iterator<Item = &Member> {
        let members = self.study.members.iter();
        members.filter(|one| one.state == StudyMemberState::Joined)
    }
}

async fn open_protocol(visit: &Visit, id: Id, form: Form) -> Result<Protocol, Fault> {
    let found = workspace::inside(visit, id, Ask::default(), &form).await?;
    Ok(Protocol {
        frame: found.frame,
        form,
        study: found.study,
    })
}

async fn show_protocol(visit: Visit, Path(id): Path<String>) -> Result<Response, Fault> {
    let page = open_protocol(&visit, id, Form::default()).await?;
    visit.page(&page)
}

async fn accept_protocol(
    visit: Visit,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, Fault> {
    let input = study_protocol_accept::StudyMemberInput {
        id: posted.text("id"),
    };
    let errors = visit.run::<StudyProtocolAccept>(input).await?;
    if errors.is_empty() {
        return Ok(visit.go(&format!("/studies/{id}"), Flash::Saved));
    }
    let page = open_protocol(&visit, id, Form::again(posted, errors)).await?;
    visit.refused(&page)
}
