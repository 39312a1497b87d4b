//! A study is begun after a template, and its card is changed: theme, question, subject, year group, network.

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
    word::Language,
};

pub(super) fn routes() -> Router {
    Router::new()
        .route("/studies/new", get(show_new).post(create))
        .route("/studies/{id}/edit", get(show).post(update))
}

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "../../schema.graphql",
    query_path = "queries/study_new.graphql",
    normalization = "rust",
    custom_scalars_module = "crate::scalar",
    extern_enums("Language")
)]
struct StudyNewPage;

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "../../schema.graphql",
    query_path = "queries/study_new.graphql",
    normalization = "rust",
    custom_scalars_module = "crate::scalar",
    extern_enums("Language")
)]
struct StudyEditPage;

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "../../schema.graphql",
    query_path = "queries/study_new.graphql",
    normalization = "rust",
    custom_scalars_module = "crate::scalar"
)]
struct StudyCreate;

commands! { "queries/study_write.graphql";
    StudyUpdate study_update StudyUpdateInput;
}

/// Each choice as a form sends it and as it is read.
type Options = Vec<(String, String)>;

/// The first choice of a list that may stay open, and the others.
fn or_none(none: String, some: Options) -> Options {
    let mut all = vec![(String::new(), none)];
    all.extend(some);
    let mut seen = std::collections::HashSet::new();
    all.retain(|(value, _)| seen.insert(value.clone()));
    all
}

fn grades(say: &i18n::Locale) -> Options {
    let grades = (0..=12_i64).map(|grade| (grade.to_string(), say.bank_grade(grade)));
    or_none(say.bank_any(), grades.collect())
}

/// The year group that was chosen.
fn grade(posted: &Posted) -> Result<Option<i64>, Fault> {
    let grade = posted.optional("grade");
    let grade = grade.map(|grade| grade.parse().map_err(|_| Fault::Form));
    grade.transpose()
}

#[derive(Template)]
#[template(path = "study/new.html")]
struct New {
    frame: Frame,
    form: Form,
    templates: Vec<study_new_page::StudyNewPageStudyTemplates>,
    schools: Options,
    networks: Options,
    subjects: Options,
}

impl New {
    fn grades(&self) -> Options {
        grades(&self.frame.say)
    }

    fn chosen(&self, template: &study_new_page::StudyNewPageStudyTemplates) -> bool {
        self.form.value("templateId") == template.id
    }
}

async fn open_new(visit: &Visit, form: Form) -> Result<New, Fault> {
    let (frame, found) = visit
        .open::<StudyNewPage>(study_new_page::Variables {})
        .await?;
    let places = found.viewer.ok_or(Fault::SignIn)?.memberships;
    let (mut schools, mut networks) = (Options::new(), Options::new());
    for school in places.into_iter().filter_map(|place| place.school) {
        let all = school.networks.into_iter();
        networks.extend(all.map(|network| (network.id, network.name.text)));
        schools.push((school.id, school.name.text));
    }
    schools.dedup();
    let templates = found.study_templates.unwrap_or_default();
    let form = match templates.first() {
        Some(first) if form.value("templateId").is_empty() => form.with("templateId", &*first.id),
        _ => form,
    };
    let subjects = found.subjects.into_iter();
    let subjects = subjects.map(|subject| (subject.code, subject.name.text));
    Ok(New {
        subjects: or_none(visit.say.bank_any(), subjects.collect()),
        networks: or_none(visit.say.study_no_network(), networks),
        frame: frame.of(&form),
        form,
        templates,
        schools,
    })
}

async fn show_new(visit: Visit) -> Result<Response, Fault> {
    let form = Form::default().with("idempotencyKey", csrf::fresh());
    let page = open_new(&visit, form).await?;
    visit.page(&page)
}

async fn create(visit: Visit, posted: Posted) -> Result<Response, Fault> {
    let input = study_create::StudyCreateInput {
        template_id: posted.text("templateId"),
        school_id: posted.text("schoolId"),
        network_id: posted.optional("networkId"),
        theme: posted.text("theme"),
        question: posted.optional("question"),
        subject: posted.optional("subject"),
        grade: grade(&posted)?,
        idempotency_key: posted.optional("idempotencyKey"),
    };
    let variables = study_create::Variables { input };
    let payload = visit.ask::<StudyCreate>(variables).await?.study_create;
    if let Some(study) = payload.study {
        return Ok(visit.go(&format!("/studies/{}/protocol", study.id), Flash::Saved));
    }
    let errors = payload.user_errors.into_iter();
    let errors = errors.map(|error| (error.field, error.message));
    let page = open_new(&visit, Form::again(posted, errors)).await?;
    visit.refused(&page)
}

#[derive(Template)]
#[template(path = "study/edit.html")]
struct Edit {
    frame: Frame,
    form: Form,
    study: study_edit_page::StudyEditPageStudy,
    networks: Options,
    subjects: Options,
}

impl Edit {
    fn grades(&self) -> Options {
        grades(&self.frame.say)
    }
}

async fn open(visit: &Visit, id: Id, form: Form) -> Result<Edit, Fault> {
    let variables = study_edit_page::Variables { id };
    let (frame, found) = visit.open::<StudyEditPage>(variables).await?;
    let places = found.viewer.ok_or(Fault::SignIn)?.memberships.into_iter();
    let study = found.study.filter(|study| study.viewer_can_lead);
    let study = study.ok_or(Fault::NotFound)?;
    let schools = places.filter_map(|place| place.school);
    let networks = schools.flat_map(|school| school.networks);
    let mut networks: Options = networks
        .map(|network| (network.id, network.name.text))
        .collect();
    // The one it is in stays a choice, whoever looks.
    if let Some(network) = &study.network {
        networks.push((network.id.clone(), network.name.text.clone()));
    }
    let subjects = found.subjects.into_iter();
    let subjects = subjects.map(|subject| (subject.code, subject.name.text));
    Ok(Edit {
        subjects: or_none(visit.say.bank_any(), subjects.collect()),
        networks: or_none(visit.say.study_no_network(), networks),
        frame: frame.of(&form),
        form,
        study,
    })
}

async fn show(visit: Visit, Path(id): Path<String>) -> Result<Response, Fault> {
    let mut page = open(&visit, id, Form::default()).await?;
    let study = &page.study;
    let grade = study.grade.map(|grade| grade.to_string());
    let network = study.network.as_ref();
    page.form = Form::default()
        .with("theme", &*study.theme)
        .with("question", &*study.question)
        .with("subject", study.subject.as_deref().unwrap_or_default())
        .with("grade", grade.unwrap_or_default())
        .with("networkId", network.map_or("", |network| &network.id));
    visit.page(&page)
}

async fn update(visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Response, Fault> {
    let input = study_update::StudyUpdateInput {
        id: id.clone(),
        version: posted.version("version")?,
        network_id: posted.optional("networkId"),
        theme: posted.text("theme"),
        question: posted.optional("question"),
        subject: posted.optional("subject"),
        grade: grade(&posted)?,
    };
    let errors = visit.run::<StudyUpdate>(input).await?;
    if errors.is_empty() {
        return Ok(visit.go(&format!("/studies/{id}"), Flash::Saved));
    }
    let page = open(&visit, id, Form::again(posted, errors)).await?;
    visit.refused(&page)
}
