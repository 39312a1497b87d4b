//! Somebody is invited into a study: of a school that the inviter looks for, or by the address of their page.

use askama::Template;
use axum::{
    Router,
    extract::{Path, Query},
    response::Response,
    routing::get,
};
use serde::Deserialize;

use super::{
    wording,
    workspace::{self, Ask, Study, study_page},
};
use crate::{
    command::{Errors, commands},
    fault::Fault,
    flash::Flash,
    form::{Form, Posted},
    scalar::Id,
    visit::{Frame, Visit},
    word::{self, StudyRole},
};

pub(super) fn routes() -> Router {
    Router::new().route("/studies/{id}/invite", get(show).post(invite))
}

commands! { "queries/study_write.graphql";
    StudyInvite study_invite StudyInviteInput;
}

/// As what somebody is invited. Nobody is invited as lead; experts are by whoever leads.
const ROLES: [StudyRole; 4] = [
    StudyRole::Member,
    StudyRole::Moderator,
    StudyRole::Facilitator,
    StudyRole::Expert,
];

/// What the inviter looks for: a school by its name, then its people.
#[derive(Deserialize)]
struct Search {
    #[serde(default)]
    q: String,
    school: Option<String>,
    #[serde(default)]
    name: String,
}

/// The fewest letters of a name that are looked for.
const LETTERS: usize = 3;

type School = study_page::StudyPagePlacesMembershipsSchool;

#[derive(Template)]
#[template(path = "study/invite.html")]
struct Invite {
    frame: Frame,
    form: Form,
    study: Study,
    q: String,
    /// How the name begins that somebody of the network is looked for by, and who was found.
    name: String,
    named: Option<Vec<study_page::StudyPageCandidates>>,
    /// The viewer's own schools.
    own: Vec<School>,
    found: Option<Vec<study_page::StudyPageFoundNodes>>,
    chosen: Option<study_page::StudyPageChosen>,
}

impl Invite {
    /// Those who were found by their name, or those of the chosen school whom the viewer may see, but who takes part
    /// already.
    fn people(&self) -> Vec<(String, String)> {
        let there = |id: &str| {
            let mut group = self.study.group().filter_map(|one| one.person.as_ref());
            group.any(|person| person.id == id)
        };
        if let Some(named) = &self.named {
            let others = named.iter().filter(|one| !there(&one.person.id));
            let told = |one: &study_page::StudyPageCandidates| {
                let name = format!("{} · {}", one.person.name, one.school.name.text);
                (one.person.id.clone(), name)
            };
            return others.map(told).collect();
        }
        let members = self.chosen.iter().filter_map(|it| it.members.as_ref());
        let people = members.flat_map(|list| &list.nodes);
        let mut people: Vec<_> = people
            .filter_map(|one| one.person.as_ref())
            .filter(|person| !there(&person.id))
            .map(|person| (person.id.clone(), person.name.clone()))
            .collect();
        people.dedup();
        people
    }

    fn roles(&self) -> Vec<(String, String)> {
        let roles = ROLES.iter();
        roles
            .filter(|role| self.study.viewer_can_lead || **role != StudyRole::Expert)
            .map(|role| (word::written(role), wording::role(&self.frame.say, role)))
            .collect()
    }
}

async fn open(visit: &Visit, id: Id, search: Search, form: Form) -> Result<Invite, Fault> {
    let (q, name) = (search.q.trim().to_owned(), search.name.trim().to_owned());
    let ask = Ask {
        places: true,
        people_of: search.school.filter(|id| !id.is_empty()),
        search: Some(q.clone()).filter(|q| !q.is_empty()),
        named: Some(name.clone()).filter(|name| name.chars().count() >= LETTERS),
        ..Ask::default()
    };
    let page = workspace::inside(visit, id, ask, &form).await?;
    if !page.study.viewer_can_work {
        return Err(Fault::NotFound);
    }
    let places = page.found.places.map(|viewer| viewer.memberships);
    let own = places.into_iter().flatten();
    let mut own: Vec<_> = own.filter_map(|place| place.school).collect();
    own.dedup_by(|a, b| a.id == b.id);
    Ok(Invite {
        frame: page.frame,
        form,
        study: page.study,
        q,
        name,
        named: page.found.candidates,
        own,
        found: page.found.found.map(|list| list.nodes),
        chosen: page.found.chosen,
    })
}

async fn show(
    visit: Visit,
    Path(id): Path<String>,
    Query(search): Query<Search>,
) -> Result<Response, Fault> {
    let page = open(&visit, id, search, Form::default()).await?;
    visit.page(&page)
}

async fn invite(
    visit: Visit,
    Path(id): Path<String>,
    Query(search): Query<Search>,
    posted: Posted,
) -> Result<Response, Fault> {
    let mut errors = Errors::new();
    // A day is an expert's alone; an empty one is told by the API of an expert.
    let until = match posted.optional("until") {
        Some(_) => posted.date("until", &visit.say, &mut errors),
        None => None,
    };
    if errors.is_empty() {
        let who = posted.text("personId");
        let input = study_invite::StudyInviteInput {
            study_id: id.clone(),
            // The address of a page ends in whose it is.
            person_id: who.rsplit('/').next().unwrap_or_default().to_owned(),
            role: word::sent(&ROLES, &posted.text("role"))?,
            until,
        };
        errors = visit.run::<StudyInvite>(input).await?;
        if errors.is_empty() {
            return Ok(visit.go(&format!("/studies/{id}/group"), Flash::Invited));
        }
    }
    let page = open(&visit, id, search, Form::again(posted, errors)).await?;
    visit.refused(&page)
}
