//! Sharing a work in four steps, each a page: what it is, what it says, which files go with it, who may see it. The same
//! pages edit it later.

mod audience;
mod authors;
mod files;
mod text;

use askama::Template;
use axum::{Router, extract::Path, response::Response, routing::get};
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
    word::{self, AudienceRung, Language, LicenceCode, ResourceKind},
};

pub(super) fn routes() -> Router {
    Router::new()
        .route("/bank/new", get(show_new).post(create))
        .route("/bank/{id}/edit", get(show_card).post(save_card))
        .merge(authors::routes())
        .merge(text::routes())
        .merge(files::routes())
        .merge(audience::routes())
}

/// Where files are sent to.
pub(super) fn sent_to() -> Router {
    files::sent_to()
}

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "../../schema.graphql",
    query_path = "queries/bank_write.graphql",
    normalization = "rust",
    custom_scalars_module = "crate::scalar",
    extern_enums("Language")
)]
struct BankNewPage;

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "../../schema.graphql",
    query_path = "queries/bank_write.graphql",
    normalization = "rust",
    custom_scalars_module = "crate::scalar",
    extern_enums("AudienceRung", "Language", "LicenceCode", "ResourceKind")
)]
pub(super) struct BankEditPage;

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "../../schema.graphql",
    query_path = "queries/bank_write.graphql",
    normalization = "rust",
    custom_scalars_module = "crate::scalar",
    extern_enums("Language", "LicenceCode", "ResourceKind")
)]
struct ResourceCreate;

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "../../schema.graphql",
    query_path = "queries/bank_write.graphql",
    normalization = "rust",
    custom_scalars_module = "crate::scalar",
    extern_enums("Language", "LicenceCode", "ResourceKind")
)]
struct ResourceUpdate;

commands! { "queries/bank_write.graphql";
    FileRemove file_remove FileRemoveInput;
    ResourceAudienceChange resource_audience_change ResourceAudienceChangeInput;
    ResourceShare resource_share ResourceShareInput;
}

/// The licences, the freest first.
pub(super) const LICENCES: [LicenceCode; 8] = [
    LicenceCode::Cc0,
    LicenceCode::CcBy,
    LicenceCode::CcBySa,
    LicenceCode::CcByNc,
    LicenceCode::CcByNcSa,
    LicenceCode::CcByNd,
    LicenceCode::CcByNcNd,
    LicenceCode::AllRights,
];

/// What a form offers: each as it is sent and as it is read.
type Options = Vec<(String, String)>;

type Work = bank_edit_page::BankEditPageResource;
type Draft = bank_edit_page::BankEditPageResourceDraft;

/// A work that is being written, with what its forms offer.
struct Editing {
    frame: Frame,
    work: Work,
    draft: Draft,
    subjects: Options,
    licences: Vec<bank_edit_page::BankEditPageLicences>,
    memberships: Vec<bank_edit_page::BankEditPageViewerMemberships>,
    /// The most bytes that a file may have.
    largest_file: i64,
}

/// For its authors; for others there is no such page.
async fn open(visit: &Visit, id: Id) -> Result<Editing, Fault> {
    let (frame, found) = visit
        .open::<BankEditPage>(bank_edit_page::Variables { id })
        .await?;
    let viewer = found.viewer.ok_or(Fault::SignIn)?;
    let work = found.resource.filter(|work| work.viewer_can_update);
    let mut work = work.ok_or(Fault::NotFound)?;
    let draft = work.draft.take().ok_or(Fault::NotFound)?;
    let subjects = found.subjects.into_iter();
    Ok(Editing {
        frame,
        work,
        draft,
        subjects: subjects
            .map(|subject| (subject.code, subject.name.text))
            .collect(),
        licences: found.licences,
        memberships: viewer.memberships,
        largest_file: viewer.file_room.largest_file,
    })
}

/// A text in one of three languages.
type Texts = (Option<String>, Option<String>, Option<String>);

/// What stands in this language.
fn said(language: &Language, (kk, ru, en): &Texts) -> String {
    let text = match language {
        Language::Ru => ru,
        Language::En => en,
        Language::Kk | Language::Other(_) => kk,
    };
    text.clone().unwrap_or_default()
}

/// The texts with this one in its language.
fn placed(language: &Language, (kk, ru, en): Texts, text: Option<String>) -> Texts {
    match language {
        Language::Ru => (kk, text, en),
        Language::En => (kk, ru, text),
        Language::Kk | Language::Other(_) => (text, ru, en),
    }
}

impl Editing {
    /// Its title in the language of the work, or else in any.
    fn title(&self) -> String {
        let all = self.titles();
        let own = said(&self.work.language, &all);
        if own.is_empty() {
            [all.0, all.1, all.2]
                .into_iter()
                .flatten()
                .next()
                .unwrap_or_default()
        } else {
            own
        }
    }

    fn titles(&self) -> Texts {
        let title = &self.draft.title;
        (title.kk.clone(), title.ru.clone(), title.en.clone())
    }

    fn summaries(&self) -> Texts {
        let summary = &self.draft.summary;
        (summary.kk.clone(), summary.ru.clone(), summary.en.clone())
    }

    /// The card as it is.
    fn card(&self) -> resource_update::ResourceCardInput {
        resource_update::ResourceCardInput {
            kind: self.work.kind.clone(),
            language: self.work.language.clone(),
            subject: self
                .work
                .subject
                .as_ref()
                .map(|subject| subject.code.clone()),
            grade_from: self.work.grade_from,
            grade_to: self.work.grade_to,
            tags: Some(self.work.tags.clone()),
            goals: Some(self.work.goals.clone()),
        }
    }

    /// The draft as it is.
    fn text(&self) -> resource_update::ResourceTextInput {
        let links = self.draft.links.iter();
        resource_update::ResourceTextInput {
            title: localized(self.titles()),
            summary: Some(localized(self.summaries())),
            body: Some(self.draft.body.clone()),
            links: Some(
                links
                    .map(|link| resource_update::ResourceLinkInput {
                        title: link.title.clone(),
                        url: link.url.clone(),
                    })
                    .collect(),
            ),
            file_ids: Some(
                self.draft
                    .files
                    .iter()
                    .map(|file| file.id.clone())
                    .collect(),
            ),
            licence: self.draft.licence.code.clone(),
        }
    }

    /// Keeps what is different; the version to go on with.
    async fn keep(
        &self,
        visit: &Visit,
        version: i64,
        card: Option<resource_update::ResourceCardInput>,
        text: Option<resource_update::ResourceTextInput>,
    ) -> Result<Result<i64, Errors>, Fault> {
        let input = resource_update::ResourceUpdateInput {
            id: self.work.id.clone(),
            version,
            card,
            text,
            author_ids: None,
        };
        let variables = resource_update::Variables { input };
        let payload = visit
            .ask::<ResourceUpdate>(variables)
            .await?
            .resource_update;
        Ok(match payload.resource {
            Some(work) => Ok(work.version),
            None => {
                let errors = payload.user_errors.into_iter();
                Err(errors.map(|error| (error.field, error.message)).collect())
            }
        })
    }
}

fn localized((kk, ru, en): Texts) -> resource_update::LocalizedTextInput {
    resource_update::LocalizedTextInput { kk, ru, en }
}

/// The first step: what it is.
#[derive(Template)]
#[template(path = "bank/card.html")]
struct CardPage {
    frame: Frame,
    form: Form,
    /// The work; none when it is only begun.
    work: Option<(Id, i64)>,
    subjects: Options,
}

impl CardPage {
    fn kinds(&self) -> Options {
        let kinds = wording::KINDS.iter();
        kinds
            .map(|kind| (word::written(kind), wording::kind(&self.frame.say, kind)))
            .collect()
    }

    fn languages(&self) -> Options {
        word::languages(self.frame.say)
    }

    /// All subjects, and none.
    fn subjects(&self) -> Options {
        let mut all = vec![(String::new(), self.frame.say.bank_subject_any())];
        all.extend(self.subjects.iter().cloned());
        all
    }

    fn grades(&self) -> Options {
        let say = &self.frame.say;
        (0..=12_i64)
            .map(|grade| (grade.to_string(), say.bank_grade(grade)))
            .collect()
    }
}

async fn open_new(visit: &Visit, form: Form) -> Result<CardPage, Fault> {
    let (frame, found) = visit
        .open::<BankNewPage>(bank_new_page::Variables {})
        .await?;
    let viewer = found.viewer.ok_or(Fault::SignIn)?;
    let form = if form.value("card.language").is_empty() {
        form.with("card.language", word::written(&viewer.language))
    } else {
        form
    };
    let subjects = found.subjects.into_iter();
    Ok(CardPage {
        frame: frame.of(&form),
        form,
        work: None,
        subjects: subjects
            .map(|subject| (subject.code, subject.name.text))
            .collect(),
    })
}

async fn show_new(visit: Visit) -> Result<Response, Fault> {
    let form = Form::default()
        .with("idempotencyKey", csrf::fresh())
        .with("card.gradeFrom", "1")
        .with("card.gradeTo", "11");
    let page = open_new(&visit, form).await?;
    visit.page(&page)
}

/// A whole number that a form of ours offered.
pub(super) fn number(posted: &Posted, name: &str) -> Result<i64, Fault> {
    posted.text(name).parse().map_err(|_| Fault::Form)
}

async fn create(visit: Visit, posted: Posted) -> Result<Response, Fault> {
    let language = word::sent(&word::LANGUAGES, &posted.text("card.language"))?;
    let (kk, ru, en) = placed(&language, Texts::default(), posted.optional("text.title"));
    let input = resource_create::ResourceCreateInput {
        card: resource_create::ResourceCardInput {
            kind: word::sent(&wording::KINDS, &posted.text("card.kind"))?,
            language,
            subject: posted.optional("card.subject"),
            grade_from: number(&posted, "card.gradeFrom")?,
            grade_to: number(&posted, "card.gradeTo")?,
            tags: None,
            goals: None,
        },
        text: resource_create::ResourceTextInput {
            title: resource_create::LocalizedTextInput { kk, ru, en },
            summary: None,
            body: None,
            links: None,
            file_ids: None,
            licence: LicenceCode::CcBy,
        },
        school_id: None,
        idempotency_key: posted.optional("idempotencyKey"),
    };
    let variables = resource_create::Variables { input };
    let payload = visit
        .ask::<ResourceCreate>(variables)
        .await?
        .resource_create;
    if let Some(work) = payload.resource {
        return Ok(visit.go(&format!("/bank/{}/text", work.id), Flash::Saved));
    }
    let errors = payload.user_errors.into_iter();
    let form = Form::again(posted, errors.map(|error| (error.field, error.message)));
    let page = open_new(&visit, form).await?;
    visit.refused(&page)
}

fn card_page(editing: Editing, form: Form) -> CardPage {
    CardPage {
        frame: editing.frame.of(&form),
        form,
        work: Some((editing.work.id, editing.work.version)),
        subjects: editing.subjects,
    }
}

async fn show_card(visit: Visit, Path(id): Path<String>) -> Result<Response, Fault> {
    let editing = open(&visit, id).await?;
    let work = &editing.work;
    let subject = work.subject.as_ref();
    let form = Form::default()
        .with("text.title", editing.title())
        .with("card.kind", word::written(&work.kind))
        .with("card.language", word::written(&work.language))
        .with("card.subject", subject.map_or("", |subject| &subject.code))
        .with("card.gradeFrom", work.grade_from.to_string())
        .with("card.gradeTo", work.grade_to.to_string());
    visit.page(&card_page(editing, form))
}

async fn save_card(
    visit: Visit,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, Fault> {
    let editing = open(&visit, id.clone()).await?;
    let mut card = editing.card();
    card.kind = word::sent(&wording::KINDS, &posted.text("card.kind"))?;
    card.language = word::sent(&word::LANGUAGES, &posted.text("card.language"))?;
    card.subject = posted.optional("card.subject");
    card.grade_from = number(&posted, "card.gradeFrom")?;
    card.grade_to = number(&posted, "card.gradeTo")?;
    let title = posted.optional("text.title");
    let mut text = editing.text();
    // Another language of the work: what was its title is not one in the old language any more.
    let titles = placed(&editing.work.language, editing.titles(), None);
    text.title = localized(placed(&card.language, titles, title));
    if card.language != editing.work.language {
        let summary = said(&editing.work.language, &editing.summaries());
        let rest = placed(&editing.work.language, editing.summaries(), None);
        let summary = Some(summary).filter(|text| !text.is_empty());
        text.summary = Some(localized(placed(&card.language, rest, summary)));
    }
    let version = posted.version("version")?;
    match editing
        .keep(&visit, version, Some(card), Some(text))
        .await?
    {
        Ok(_) => Ok(visit.go(&format!("/bank/{id}/text"), Flash::Saved)),
        Err(errors) => {
            let form = Form::again(posted, errors);
            visit.refused(&card_page(editing, form))
        }
    }
}
