//! Administrators invite trainers and each other, and see every invitation that is open.

use askama::Template;
use axum::{Router, extract::Query, response::Response, routing::get};
use graphql_client::GraphQLQuery;

use crate::{
    csrf,
    fault::Fault,
    flash::Flash,
    form::{Form, Posted},
    school::invitation::{InvitationRevoke, InvitationSend, invitation_revoke, invitation_send},
    visit::{Frame, Visit},
    window::Window,
    word::{self, Language, Role},
};

pub(super) fn routes() -> Router {
    Router::new().route("/admin/invitations", get(show).post(change))
}

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "../../schema.graphql",
    query_path = "queries/invitations.graphql",
    normalization = "rust",
    custom_scalars_module = "crate::scalar",
    extern_enums("Language", "Role")
)]
struct AdminInvitationsPage;

const ROLES: [Role; 2] = [Role::Trainer, Role::PlatformAdmin];

#[derive(Template)]
#[template(path = "admin/invitations.html")]
struct Show {
    frame: Frame,
    form: Form,
    regions: Vec<(String, String)>,
    invitations: admin_invitations_page::AdminInvitationsPageInvitations,
}

impl Show {
    fn roles(&self) -> Vec<(String, String)> {
        let option = |role| (word::written(role), word::role(&self.frame.say, role));
        ROLES.iter().map(option).collect()
    }
}

async fn open(visit: &Visit, window: &Window, form: Form) -> Result<Show, Fault> {
    let variables = admin_invitations_page::Variables {
        first: window.first(),
        after: window.after(),
        last: window.last(),
        before: window.before(),
    };
    let (frame, found) = super::open::<AdminInvitationsPage>(visit, variables).await?;
    let regions = found.regions.map(|list| list.nodes).unwrap_or_default();
    let regions = regions.into_iter().map(|region| {
        let name = region.name.map(|name| name.text);
        (region.id, name.unwrap_or_default())
    });
    Ok(Show {
        frame: frame.of(&form),
        form,
        regions: regions.collect(),
        invitations: found.invitations.ok_or(Fault::NotFound)?,
    })
}

async fn show(visit: Visit, Query(window): Query<Window>) -> Result<Response, Fault> {
    let form = Form::default()
        .with("idempotencyKey", csrf::fresh())
        .with("language", visit.say.tag().to_uppercase());
    let page = open(&visit, &window, form).await?;
    visit.page(&page)
}

async fn change(
    visit: Visit,
    Query(window): Query<Window>,
    posted: Posted,
) -> Result<Response, Fault> {
    let (flash, errors) = if let Some(id) = posted.optional("revoke") {
        let input = invitation_revoke::InvitationRevokeInput { id };
        (Flash::Saved, visit.run::<InvitationRevoke>(input).await?)
    } else {
        let role = word::sent(&ROLES, &posted.text("role"))?;
        // A role on the whole platform has no place.
        let place = posted.optional("scopeId").filter(|_| role == Role::Trainer);
        let input = invitation_send::InvitationSendInput {
            email: posted.text("email"),
            idempotency_key: posted.optional("idempotencyKey"),
            language: word::sent(&word::LANGUAGES, &posted.text("language"))?,
            role,
            scope_id: place,
        };
        (Flash::Invited, visit.run::<InvitationSend>(input).await?)
    };
    if errors.is_empty() {
        return Ok(visit.stay(flash));
    }
    let page = open(&visit, &window, Form::again(posted, errors)).await?;
    visit.refused(&page)
}
