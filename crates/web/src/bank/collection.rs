//! Collections of works: the list, one, putting works into one; and one as an archive to take along.

mod archive;

use askama::Template;
use axum::{
    Router,
    extract::{Path, Query},
    response::Response,
    routing::get,
};
use graphql_client::GraphQLQuery;

use super::wording;
use crate::{
    command::{Errors, commands},
    csrf,
    fault::Fault,
    flash::Flash,
    form::{Form, Posted},
    scalar::Id,
    visit::{Frame, Visit},
    window::Window,
    word::{self, AudienceRung, Language, ResourceKind},
};

pub(super) fn routes() -> Router {
    Router::new()
        .route("/bank/collections", get(list).post(create))
        .route("/bank/collections/{id}", get(show).post(change))
        .route("/bank/{id}/collect", get(show_collect).post(collect))
        .merge(archive::routes())
}

macro_rules! operations {
    ($($name:ident)*) => {$(
        #[derive(GraphQLQuery)]
        #[graphql(
            schema_path = "../../schema.graphql",
            query_path = "queries/bank_collection.graphql",
            normalization = "rust",
            custom_scalars_module = "crate::scalar",
            extern_enums("AudienceRung", "Language", "ResourceKind")
        )]
        struct $name;
    )*};
}

operations! { BankCollectionsPage BankCollectionPage BankCollectPage BankCollectionWorks CollectionCreate }

commands! { "queries/bank_collection.graphql";
    CollectionUpdate collection_update CollectionUpdateInput;
    CollectionArrange collection_arrange CollectionArrangeInput;
    CollectionDelete collection_delete CollectionDeleteInput;
}

type Collection = bank_collection_page::BankCollectionPageCollection;

/// What a form offers: each as it is sent and as it is read.
type Options = Vec<(String, String)>;

/// For whom a collection may be: the rung, and the network on that rung.
fn audience(sent: &str) -> Result<(AudienceRung, Option<Id>), Fault> {
    const RUNGS: [AudienceRung; 4] = [
        AudienceRung::Author,
        AudienceRung::Network,
        AudienceRung::SignedIn,
        AudienceRung::Public,
    ];
    let (rung, scope) = match sent.split_once(' ') {
        Some((rung, scope)) => (rung, Some(scope.to_owned())),
        None => (sent, None),
    };
    Ok((word::sent(&RUNGS, rung)?, scope))
}

fn rungs(frame: &Frame, networks: Vec<(Id, String)>) -> Options {
    let say = &frame.say;
    let named = |rung: &AudienceRung| (word::written(rung), wording::rung(say, rung));
    let mut all = vec![named(&AudienceRung::Author)];
    for (id, name) in networks {
        let value = format!("{} {id}", word::written(&AudienceRung::Network));
        all.push((value, say.bank_audience_network(&name)));
    }
    all.push(named(&AudienceRung::SignedIn));
    all.push(named(&AudienceRung::Public));
    all.dedup();
    all
}

#[derive(Template)]
#[template(path = "bank/collections.html")]
struct List {
    frame: Frame,
    form: Form,
    collections: bank_collections_page::BankCollectionsPageCollections,
    rungs: Options,
}

impl List {
    /// The list's address up to the cursor.
    fn address(&self) -> String {
        format!("{}?", self.frame.at("/bank/collections"))
    }
}

async fn open_list(visit: &Visit, window: &Window, form: Form) -> Result<List, Fault> {
    let variables = bank_collections_page::Variables {
        first: window.first(),
        after: window.after(),
        last: window.last(),
        before: window.before(),
    };
    let (frame, found) = visit.open::<BankCollectionsPage>(variables).await?;
    let places = found
        .viewer
        .map(|viewer| viewer.memberships)
        .unwrap_or_default();
    let schools = places.into_iter().filter_map(|place| place.school);
    let networks = schools.flat_map(|school| school.networks);
    let networks = networks
        .map(|network| (network.id, network.name.text))
        .collect();
    Ok(List {
        rungs: rungs(&frame, networks),
        frame: frame.of(&form),
        form,
        collections: found.collections.ok_or(Fault::NotFound)?,
    })
}

async fn list(visit: Visit, Query(window): Query<Window>) -> Result<Response, Fault> {
    let form = Form::default().with("idempotencyKey", csrf::fresh());
    let page = open_list(&visit, &window, form).await?;
    visit.page(&page)
}

async fn create(visit: Visit, posted: Posted) -> Result<Response, Fault> {
    let (rung, scope_id) = audience(&posted.text("audience"))?;
    let (kk, ru, en) = titles(&visit, posted.optional("title"));
    let input = collection_create::CollectionCreateInput {
        title: collection_create::LocalizedTextInput { kk, ru, en },
        about: posted.optional("about"),
        audience: collection_create::AudienceInput { rung, scope_id },
        idempotency_key: posted.optional("idempotencyKey"),
    };
    let variables = collection_create::Variables { input };
    let payload = visit
        .ask::<CollectionCreate>(variables)
        .await?
        .collection_create;
    if let Some(made) = payload.collection {
        return Ok(visit.go(&format!("/bank/collections/{}", made.id), Flash::Saved));
    }
    let errors = payload.user_errors.into_iter();
    let form = Form::again(posted, errors.map(|error| (error.field, error.message)));
    let page = open_list(&visit, &Window::default(), form).await?;
    visit.refused(&page)
}

/// A title in the page's language.
fn titles(
    visit: &Visit,
    title: Option<String>,
) -> (Option<String>, Option<String>, Option<String>) {
    match visit.say {
        i18n::Locale::Kk => (title, None, None),
        i18n::Locale::Ru => (None, title, None),
        i18n::Locale::En => (None, None, title),
    }
}

#[derive(Template)]
#[template(path = "bank/collection.html")]
struct Show {
    frame: Frame,
    form: Form,
    collection: Collection,
    rungs: Options,
}

async fn open(visit: &Visit, id: Id, form: Option<Form>) -> Result<Show, Fault> {
    let (frame, found) = visit
        .open::<BankCollectionPage>(bank_collection_page::Variables { id })
        .await?;
    let collection = found.collection.ok_or(Fault::NotFound)?;
    let places = found
        .viewer
        .map(|viewer| viewer.memberships)
        .unwrap_or_default();
    let schools = places.into_iter().filter_map(|place| place.school);
    let networks = schools.flat_map(|school| school.networks);
    let networks = networks
        .map(|network| (network.id, network.name.text))
        .collect();
    let form = form.unwrap_or_else(|| {
        let rung = word::written(&collection.audience.rung);
        let current = match &collection.audience.network {
            Some(network) => format!("{rung} {}", network.id),
            None => rung,
        };
        Form::default()
            .with("title", &*collection.title.text)
            .with("about", &*collection.about)
            .with("audience", current)
    });
    Ok(Show {
        rungs: rungs(&frame, networks),
        frame: frame.of(&form),
        form,
        collection,
    })
}

async fn show(visit: Visit, Path(id): Path<String>) -> Result<Response, Fault> {
    let page = open(&visit, id, None).await?;
    visit.page(&page)
}

/// One of the forms, each named by what it does.
async fn change(visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Response, Fault> {
    let version = posted.version("version")?;
    let errors = match &*posted.text("do") {
        "delete" => {
            let input = collection_delete::CollectionDeleteInput {
                id: id.clone(),
                version,
            };
            let errors = visit.run::<CollectionDelete>(input).await?;
            if errors.is_empty() {
                return Ok(visit.go("/bank/collections", Flash::Saved));
            }
            errors
        }
        "drop" => {
            let gone = posted.text("workId");
            arrange(&visit, &id, |works| works.retain(|work| *work != gone)).await?
        }
        "save" => {
            let (rung, scope_id) = audience(&posted.text("audience"))?;
            let (kk, ru, en) = titles(&visit, posted.optional("title"));
            let input = collection_update::CollectionUpdateInput {
                id: id.clone(),
                version,
                title: collection_update::LocalizedTextInput { kk, ru, en },
                about: posted.optional("about"),
                audience: collection_update::AudienceInput { rung, scope_id },
            };
            visit.run::<CollectionUpdate>(input).await?
        }
        _ => return Err(Fault::Form),
    };
    if errors.is_empty() {
        return Ok(visit.stay(Flash::Saved));
    }
    let page = open(&visit, id, Some(Form::again(posted, errors))).await?;
    visit.refused(&page)
}

/// Puts the works of a collection into another order, with one more or one less.
async fn arrange(
    visit: &Visit,
    id: &Id,
    arranged: impl FnOnce(&mut Vec<Id>),
) -> Result<Errors, Fault> {
    let variables = bank_collection_works::Variables { id: id.clone() };
    let found = visit.ask::<BankCollectionWorks>(variables).await?;
    let collection = found.collection.ok_or(Fault::NotFound)?;
    let mut works: Vec<Id> = collection.works.into_iter().map(|work| work.id).collect();
    arranged(&mut works);
    let input = collection_arrange::CollectionArrangeInput {
        id: id.clone(),
        version: collection.version,
        resource_ids: works,
    };
    visit.run::<CollectionArrange>(input).await
}

#[derive(Template)]
#[template(path = "bank/collect.html")]
struct Collect {
    frame: Frame,
    form: Form,
    work: bank_collect_page::BankCollectPageResource,
    collections: Options,
}

async fn open_collect(visit: &Visit, id: Id, form: Form) -> Result<Collect, Fault> {
    let (frame, found) = visit
        .open::<BankCollectPage>(bank_collect_page::Variables { id })
        .await?;
    if frame.viewer.is_none() {
        return Err(Fault::SignIn);
    }
    let collections = found.collections.map(|list| list.nodes).unwrap_or_default();
    let own = collections.into_iter().filter(|one| one.viewer_can_update);
    Ok(Collect {
        frame: frame.of(&form),
        form,
        work: found.resource.ok_or(Fault::NotFound)?,
        collections: own.map(|one| (one.id, one.title.text)).collect(),
    })
}

async fn show_collect(visit: Visit, Path(id): Path<String>) -> Result<Response, Fault> {
    let page = open_collect(&visit, id, Form::default()).await?;
    visit.page(&page)
}

async fn collect(visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Response, Fault> {
    let into = posted.text("collectionId");
    let work = id.clone();
    let put = |works: &mut Vec<Id>| {
        if !works.contains(&work) {
            works.push(work);
        }
    };
    let errors = arrange(&visit, &into, put).await?;
    if errors.is_empty() {
        return Ok(visit.go(&format!("/bank/collections/{into}"), Flash::Saved));
    }
    let page = open_collect(&visit, id, Form::again(posted, errors)).await?;
    visit.refused(&page)
}
