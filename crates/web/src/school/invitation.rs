//! People are invited to a school: its first coordinator by a trainer, everybody else by its coordinators.

use askama::Template;
use axum::{Router, extract::Path, response::Response, routing::get};
use graphql_client::GraphQLQuery;

use crate::{
    command::commands,
    csrf,
    fault::Fault,
    flash::Flash,
    form::{Form, Posted},
    scalar::Id,
    visit::{Frame, Visit},
    word::{self, Language, Role, SchoolState},
};

pub(super) fn routes() -> Router {
    Router::new().route("/schools/{id}/invite", get(show).post(change))
}

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "../../schema.graphql",
    query_path = "queries/desk.graphql",
    normalization = "rust",
    custom_scalars_module = "crate::scalar",
    extern_enums("Language", "Role", "SchoolState")
)]
struct InvitationsPage;

commands! { "queries/desk.graphql";
    InvitationSend invitation_send InvitationSendInput;
    InvitationRevoke invitation_revoke InvitationRevokeInput;
}

const ROLES: [Role; 2] = [Role::Coordinator, Role::Teacher];

#[derive(Template)]
#[template(path = "school/invite.html")]
struct Show {
    frame: Frame,
    form: Form,
    school: invitations_page::InvitationsPageSchool,
    /// Somebody who speaks for the school invites; else it is its first coordinator who is invited.
    own: bool,
    invitations: Vec<invitations_page::InvitationsPageInvitationsNodes>,
}

impl Show {
    fn roles(&self) -> Vec<(String, String)> {
        let roles = ROLES
            .iter()
            .filter(|role| self.own || **role == Role::Coordinator);
        let option = |role| (word::written(role), word::role(&self.frame.say, role));
        roles.map(option).collect()
    }
}

async fn open(visit: &Visit, id: Id, form: Form) -> Result<Show, Fault> {
    let (frame, found) = visit
        .open::<InvitationsPage>(invitations_page::Variables { id })
        .await?;
    let school = found.school.ok_or(Fault::NotFound)?;
    let places = found.viewer.ok_or(Fault::SignIn)?.memberships;
    let coordinates = places.iter().any(|place| {
        let here = place.school.as_ref().is_some_and(|it| it.id == school.id);
        here && place.role == Role::Coordinator
    });
    let claims = school.viewer_can_award && school.state == SchoolState::Unclaimed;
    let own = coordinates || frame.admin();
    if !own && !claims {
        return Err(Fault::NotFound);
    }
    Ok(Show {
        frame: frame.of(&form),
        form,
        school,
        own,
        invitations: found.invitations.map(|list| list.nodes).unwrap_or_default(),
    })
}

async fn show(visit: Visit, Path(id): Path<String>) -> Result<Response, Fault> {
    let form = Form::default()
        .with("idempotencyKey", csrf::fresh())
        .with("language", visit.say.tag().to_uppercase());
    let page = open(&visit, id, form).await?;
    visit.page(&page)
}

async fn change(visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Response, Fault> {
    let (flash, errors) = if let Some(id) = posted.optional("revoke") {
        let input = invitation_revoke::InvitationRevokeInput { id };
        (Flash::Saved, visit.run::<InvitationRevoke>(input).await?)
    } else {
        let input = invitation_send::InvitationSendInput {
            email: posted.text("email"),
            idempotency_key: posted.optional("idempotencyKey"),
            language: word::sent(&word::LANGUAGES, &posted.text("language"))?,
            role: word::sent(&ROLES, &posted.text("role"))?,
            scope_id: Some(id.clone()),
        };
        (Flash::Invited, visit.run::<InvitationSend>(input).await?)
    };
    if errors.is_empty() {
        return Ok(visit.stay(flash));
    }
    let page = open(&visit, id, Form::again(posted, errors)).await?;
    visit.refused(&page)
}
