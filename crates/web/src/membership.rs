//! Who is what at a school, and the end of a role.

use askama::Template;
use axum::{
    Router,
    extract::{Path, Query},
    response::Response,
    routing::get,
};
use graphql_client::GraphQLQuery;

use crate::{
    command::commands,
    fault::Fault,
    flash::Flash,
    form::{Form, Posted},
    scalar::Id,
    visit::{Frame, Visit},
    window::Window,
    word::{self, Language, Role},
};

pub(crate) fn routes() -> Router {
    Router::new()
        .route("/schools/{id}/people", get(list))
        .route("/memberships/{id}/end", get(show).post(end))
}

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "../../schema.graphql",
    query_path = "queries/membership.graphql",
    normalization = "rust",
    custom_scalars_module = "crate::scalar",
    extern_enums("Language", "Role")
)]
struct MembersPage;

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "../../schema.graphql",
    query_path = "queries/membership.graphql",
    normalization = "rust",
    custom_scalars_module = "crate::scalar",
    extern_enums("Language", "Role")
)]
struct MembershipPage;

commands! { "queries/membership.graphql";
    MembershipEnd membership_end MembershipEndInput;
}

#[derive(Template)]
#[template(path = "membership/list.html")]
struct List {
    frame: Frame,
    school: members_page::MembersPageSchool,
    members: members_page::MembersPageSchoolMembers,
}

impl List {
    /// The list's address up to the cursor.
    fn address(&self) -> String {
        format!("{}/{}/people?", self.frame.at("/schools"), self.school.id)
    }
}

async fn list(
    visit: Visit,
    Path(id): Path<String>,
    Query(window): Query<Window>,
) -> Result<Response, Fault> {
    let variables = members_page::Variables {
        id,
        first: window.first(),
        after: window.after(),
        last: window.last(),
        before: window.before(),
    };
    let (frame, found) = visit.open::<MembersPage>(variables).await?;
    if frame.viewer.is_none() {
        return Err(Fault::SignIn);
    }
    let mut school = found.school.ok_or(Fault::NotFound)?;
    let members = school.members.take().ok_or(Fault::NotFound)?;
    visit.page(&List {
        frame,
        school,
        members,
    })
}

type Membership = membership_page::MembershipPageNodeOnMembership;

#[derive(Template)]
#[template(path = "membership/end.html")]
struct End {
    frame: Frame,
    form: Form,
    membership: Membership,
}

impl End {
    /// Where it holds.
    fn place(&self) -> Option<&membership_page::Words> {
        let school = self.membership.school.as_ref().map(|school| &school.name);
        school.or_else(|| self.membership.region.as_ref()?.name.as_ref())
    }

    /// Where to go on.
    fn back(&self) -> String {
        match &self.membership.school {
            Some(school) => self.frame.at(&format!("/schools/{}", school.id)),
            None => self.frame.at(""),
        }
    }
}

/// For those who may end it; for others there is no such page.
async fn open(visit: &Visit, id: Id, form: Form) -> Result<End, Fault> {
    let variables = membership_page::Variables { id };
    let (frame, found) = visit.open::<MembershipPage>(variables).await?;
    if frame.viewer.is_none() {
        return Err(Fault::SignIn);
    }
    match found.node {
        Some(membership_page::MembershipPageNode::Membership(membership))
            if membership.viewer_can_end =>
        {
            Ok(End {
                frame: frame.of(&form),
                form,
                membership,
            })
        }
        _ => Err(Fault::NotFound),
    }
}

async fn show(visit: Visit, Path(id): Path<String>) -> Result<Response, Fault> {
    let page = open(&visit, id, Form::default()).await?;
    visit.page(&page)
}

async fn end(visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Response, Fault> {
    let input = membership_end::MembershipEndInput { id: id.clone() };
    let errors = visit.run::<MembershipEnd>(input).await?;
    if errors.is_empty() {
        return Ok(visit.go_back(&posted.text("return"), Flash::Saved));
    }
    let page = open(&visit, id, Form::again(posted, errors)).await?;
    visit.refused(&page)
}
