//! A network is founded, changed and closed by the coordinators of the schools that lead it.

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
    word::{DesignationKind, Language, Role},
};

pub(super) fn routes() -> Router {
    Router::new()
        .route("/networks/new", get(show_new).post(create))
        .route("/networks/{id}/edit", get(show_edit).post(save))
        .route("/networks/{id}/close", get(show_close).post(close))
}

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "../../schema.graphql",
    query_path = "queries/network_edit.graphql",
    normalization = "rust",
    custom_scalars_module = "crate::scalar",
    extern_enums("Language", "DesignationKind", "Role")
)]
struct NetworkNewPage;

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "../../schema.graphql",
    query_path = "queries/network_edit.graphql",
    normalization = "rust",
    custom_scalars_module = "crate::scalar"
)]
struct NetworkEditPage;

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "../../schema.graphql",
    query_path = "queries/network_edit.graphql",
    normalization = "rust",
    custom_scalars_module = "crate::scalar"
)]
struct NetworkCreate;

commands! { "queries/network_edit.graphql";
    NetworkUpdate network_update NetworkUpdateInput;
    NetworkClose network_close NetworkCloseInput;
}

#[derive(Template)]
#[template(path = "network/new.html")]
struct New {
    frame: Frame,
    form: Form,
    /// The schools that may lead it, as a form offers them.
    schools: Vec<(String, String)>,
}

async fn open_new(visit: &Visit, form: Form) -> Result<New, Fault> {
    let (frame, found) = visit
        .open::<NetworkNewPage>(network_new_page::Variables {})
        .await?;
    let places = found.viewer.ok_or(Fault::SignIn)?.memberships.into_iter();
    let schools: Vec<_> = places
        .filter(|place| place.role == Role::Coordinator)
        .filter_map(|place| place.school)
        .filter(|school| {
            let mut all = school.designations.iter();
            all.any(|one| one.current && one.kind == DesignationKind::Leading)
        })
        .map(|school| (school.id, school.name.text))
        .collect();
    if schools.is_empty() {
        return Err(Fault::NotFound);
    }
    Ok(New {
        frame: frame.of(&form),
        form,
        schools,
    })
}

async fn show_new(visit: Visit) -> Result<Response, Fault> {
    let form = Form::default().with("idempotencyKey", csrf::fresh());
    let page = open_new(&visit, form).await?;
    visit.page(&page)
}

async fn create(visit: Visit, posted: Posted) -> Result<Response, Fault> {
    let input = network_create::NetworkCreateInput {
        idempotency_key: posted.optional("idempotencyKey"),
        leading_id: posted.text("leadingId"),
        name: network_create::LocalizedTextInput {
            kk: posted.optional("name.kk"),
            ru: posted.optional("name.ru"),
            en: posted.optional("name.en"),
        },
        theme: posted.text("theme"),
    };
    let variables = network_create::Variables { input };
    let payload = visit.ask::<NetworkCreate>(variables).await?.network_create;
    if let Some(network) = payload.network {
        return Ok(visit.go(&format!("/networks/{}", network.id), Flash::Saved));
    }
    let errors = payload.user_errors.into_iter();
    let form = Form::again(posted, errors.map(|error| (error.field, error.message)));
    let page = open_new(&visit, form).await?;
    visit.refused(&page)
}

#[derive(Template)]
#[template(path = "network/edit.html")]
struct Edit {
    frame: Frame,
    form: Form,
    network: network_edit_page::NetworkEditPageNetwork,
}

#[derive(Template)]
#[template(path = "network/close.html")]
struct Close {
    frame: Frame,
    form: Form,
    network: network_edit_page::NetworkEditPageNetwork,
}

type Network = network_edit_page::NetworkEditPageNetwork;

/// For those who may change it; for others there is no such page.
async fn open(visit: &Visit, id: Id) -> Result<(Frame, Network), Fault> {
    let (frame, found) = visit
        .open::<NetworkEditPage>(network_edit_page::Variables { id })
        .await?;
    let network = found.network.filter(|network| network.viewer_can_update);
    Ok((frame, network.ok_or(Fault::NotFound)?))
}

async fn show_edit(visit: Visit, Path(id): Path<String>) -> Result<Response, Fault> {
    let (frame, network) = open(&visit, id).await?;
    let name = |text: &Option<String>| text.clone().unwrap_or_default();
    let form = Form::default()
        .with("name.kk", name(&network.name.kk))
        .with("name.ru", name(&network.name.ru))
        .with("name.en", name(&network.name.en))
        .with("theme", &*network.theme);
    visit.page(&Edit {
        frame,
        form,
        network,
    })
}

async fn save(visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Response, Fault> {
    let input = network_update::NetworkUpdateInput {
        id: id.clone(),
        name: network_update::LocalizedTextInput {
            kk: posted.optional("name.kk"),
            ru: posted.optional("name.ru"),
            en: posted.optional("name.en"),
        },
        theme: posted.text("theme"),
        version: posted.version("version")?,
    };
    let errors = visit.run::<NetworkUpdate>(input).await?;
    if errors.is_empty() {
        return Ok(visit.go(&format!("/networks/{id}"), Flash::Saved));
    }
    let form = Form::again(posted, errors);
    let (frame, network) = open(&visit, id).await?;
    visit.refused(&Edit {
        frame: frame.of(&form),
        form,
        network,
    })
}

async fn show_close(visit: Visit, Path(id): Path<String>) -> Result<Response, Fault> {
    let (frame, network) = open(&visit, id).await?;
    visit.page(&Close {
        frame,
        form: Form::default(),
        network,
    })
}

async fn close(visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Response, Fault> {
    let input = network_close::NetworkCloseInput {
        id: id.clone(),
        reason: posted.text("reason"),
        version: posted.version("version")?,
    };
    let errors = visit.run::<NetworkClose>(input).await?;
    if errors.is_empty() {
        return Ok(visit.go(&format!("/networks/{id}"), Flash::Saved));
    }
    let form = Form::again(posted, errors);
    let (frame, network) = open(&visit, id).await?;
    visit.refused(&Close {
        frame: frame.of(&form),
        form,
        network,
    })
}
