//! One work: what it says, where it comes from, what came of it; and how it is withdrawn.

use askama::Template;
use axum::{Router, extract::Path, response::Response, routing::get};
use graphql_client::GraphQLQuery;
use i18n::Locale;
use serde_json::json;

use super::wording;
use crate::{
    command::commands,
    csrf,
    fault::Fault,
    flash::Flash,
    form::{Form, Posted},
    markdown::{self, Html},
    scalar::Id,
    visit::{Frame, Visit},
    word::{
        self, AudienceRung, Language, LicenceCode, ResourceKind, ResourceKinship, ResourceState,
    },
};

pub(super) fn routes() -> Router {
    Router::new()
        .route("/bank/{id}", get(show).post(talk))
        .route("/bank/{id}/withdraw", get(show_withdraw).post(withdraw))
}

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "../../schema.graphql",
    query_path = "queries/bank_resource.graphql",
    normalization = "rust",
    custom_scalars_module = "crate::scalar",
    extern_enums(
        "AudienceRung",
        "Language",
        "LicenceCode",
        "ResourceKind",
        "ResourceKinship",
        "ResourceState"
    )
)]
struct BankResourcePage;

commands! { "queries/bank_resource.graphql";
    ResourceWithdraw resource_withdraw ResourceWithdrawInput;
}

type Resource = bank_resource_page::BankResourcePageResource;

#[derive(Template)]
#[template(path = "bank/show.html")]
struct Show {
    frame: Frame,
    form: Form,
    resource: Resource,
    /// What it is about; empty when nobody wrote that.
    summary: String,
    body: Html,
    /// Pages elsewhere: what they are called, where they are.
    links: Vec<(String, String)>,
    files: Vec<Kept>,
    /// What a work that is for everybody tells programs.
    card: Option<Card>,
    /// Is what is shown the authors' draft?
    unshared: bool,
}

impl Show {
    /// May somebody else make something of it?
    fn adaptable(&self) -> bool {
        self.resource.state == ResourceState::Shared
            && !self.resource.licence.adaptations.is_empty()
    }

    /// `lang` of what it says, where that is not the page's.
    fn lang(&self) -> Option<&'static str> {
        self.frame.foreign(&self.resource.language)
    }

    /// Whom a comment may speak to by name: the authors and whoever has said something, but not the viewer.
    fn people(&self) -> Vec<(String, String)> {
        let authors = self.resource.authors.iter();
        let authors = authors.map(|author| (author.person_id.clone(), author.name.clone()));
        let comments = self.resource.comments.iter().flat_map(|list| &list.nodes);
        let speakers = comments.filter_map(|one| one.person.as_ref());
        let speakers = speakers.map(|person| (person.id.clone(), person.name.clone()));
        let me = self.frame.viewer.as_ref().map(|viewer| &viewer.person.id);
        let mut people: Vec<(String, String)> = Vec::new();
        for (id, name) in authors.chain(speakers) {
            if Some(&id) != me && !people.iter().any(|(other, _)| *other == id) {
                people.push((id, name));
            }
        }
        people
    }

    /// The mean of the ratings with one place after the comma.
    fn stars(&self) -> Option<String> {
        let rating = self.resource.rating?;
        let mark = if self.frame.say == i18n::Locale::En {
            "."
        } else {
            ","
        };
        Some(format!("{rating:.1}").replace('.', mark))
    }
}

async fn open(visit: &Visit, id: String) -> Result<(Frame, Resource), Fault> {
    let variables = bank_resource_page::Variables { id };
    let (frame, found) = visit.open::<BankResourcePage>(variables).await?;
    Ok((frame, found.resource.ok_or(Fault::NotFound)?))
}

/// A file as its row says it.
struct Kept {
    name: String,
    url: String,
    kind: String,
    size: String,
}

impl Kept {
    fn new(say: &Locale, file: &bank_resource_page::Kept) -> Self {
        Kept {
            name: file.name.clone(),
            url: file.url.clone(),
            kind: file.media_type.clone(),
            size: size(say, file.size),
        }
    }
}

/// So many bytes, in kilobytes or megabytes.
pub(super) fn size(say: &Locale, bytes: i64) -> String {
    const MEGABYTE: i64 = 1_000_000;
    if bytes < MEGABYTE {
        say.bank_kilobytes((bytes + 999) / 1000)
    } else {
        say.bank_megabytes((bytes + MEGABYTE / 2) / MEGABYTE)
    }
}

/// What programs read of a work that is for everybody.
struct Card {
    url: String,
    json: String,
}

impl Card {
    fn of(visit: &Visit, work: &Resource, summary: &str) -> Option<Self> {
        let public =
            work.state == ResourceState::Shared && work.audience.rung == AudienceRung::Public;
        let newest = work.newest.as_ref().filter(|_| public)?;
        let url = visit.url(&format!("/{}/bank/{}", visit.say, work.id));
        let authors = work.authors.iter();
        let authors: Vec<_> = authors
            .map(|author| json!({ "@type": "Person", "name": author.name }))
            .collect();
        let card = json!({
            "@context": "https://schema.org",
            "@type": "LearningResource",
            "@id": url,
            "url": url,
            "name": work.title.text,
            "description": summary,
            "inLanguage": word::locale(&work.language).map(|locale| locale.tag()),
            "learningResourceType": wording::kind(&visit.say, &work.kind),
            "educationalLevel": wording::grades(&visit.say, &work.grade_from, &work.grade_to),
            "about": work.subject.as_ref().map(|subject| &subject.name.text),
            "keywords": work.tags,
            "author": authors,
            "publisher": work.school.as_ref().map(|school| json!({ "@type": "Organization", "name": school.name.text })),
            "license": work.licence.url.as_ref().unwrap_or(&work.licence.name),
            "version": newest.number,
            "datePublished": newest.shared_at,
            "isAccessibleForFree": true,
        });
        // Inside an element nothing may look like its end.
        let json = card.to_string().replace('<', "\\u003c");
        Some(Card { url, json })
    }
}

async fn show(visit: Visit, Path(id): Path<String>) -> Result<Response, Fault> {
    let page = read(
        &visit,
        id,
        Form::default().with("idempotencyKey", csrf::fresh()),
    )
    .await?;
    visit.page(&page)
}

/// A comment, or what is taken back.
async fn talk(visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Response, Fault> {
    let errors = super::act::talk(&visit, &id, &posted).await?;
    if errors.is_empty() {
        return Ok(visit.stay(Flash::Saved));
    }
    let page = read(&visit, id, Form::again(posted, errors)).await?;
    visit.refused(&page)
}

async fn read(visit: &Visit, id: String, form: Form) -> Result<Show, Fault> {
    let (frame, resource) = open(visit, id).await?;
    let unshared = resource.newest.is_none();
    let (mut summary, mut body) = (String::new(), "");
    let (mut links, mut files) = (Vec::new(), Vec::new());
    if let Some(newest) = &resource.newest {
        (summary, body) = (newest.summary.text.clone(), newest.body.as_str());
        let all = newest.links.iter();
        links.extend(all.map(|link| (link.title.clone(), link.url.clone())));
        files.extend(newest.files.iter().map(|file| Kept::new(&visit.say, file)));
    } else if let Some(draft) = &resource.draft {
        (summary, body) = (draft.summary.text.clone(), draft.body.as_str());
        let all = draft.links.iter();
        links.extend(all.map(|link| (link.title.clone(), link.url.clone())));
        files.extend(draft.files.iter().map(|file| Kept::new(&visit.say, file)));
    }
    let body = markdown::render(body);
    let card = Card::of(visit, &resource, &summary);
    Ok(Show {
        frame: frame.of(&form),
        form,
        resource,
        summary,
        body,
        links,
        files,
        card,
        unshared,
    })
}

#[derive(Template)]
#[template(path = "bank/withdraw.html")]
struct Withdraw {
    frame: Frame,
    form: Form,
    resource: Resource,
}

/// For those who may withdraw it; for others there is no such page.
async fn open_withdraw(visit: &Visit, id: String, form: Form) -> Result<Withdraw, Fault> {
    let (frame, resource) = open(visit, id).await?;
    if !resource.viewer_can_withdraw {
        return Err(Fault::NotFound);
    }
    Ok(Withdraw {
        frame: frame.of(&form),
        form,
        resource,
    })
}

async fn show_withdraw(visit: Visit, Path(id): Path<String>) -> Result<Response, Fault> {
    let page = open_withdraw(&visit, id, Form::default()).await?;
    visit.page(&page)
}

async fn withdraw(visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Response, Fault> {
    let input = resource_withdraw::ResourceWithdrawInput {
        id: id.clone(),
        reason: posted.text("reason"),
        version: posted.version("version")?,
    };
    let errors = visit.run::<ResourceWithdraw>(input).await?;
    if errors.is_empty() {
        return Ok(visit.go(&format!("/bank/{id}"), Flash::Saved));
    }
    let page = open_withdraw(&visit, id, Form::again(posted, errors)).await?;
    visit.refused(&page)
}
