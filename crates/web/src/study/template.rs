//! The templates of studies: their ordered stages with a guide for each, in three languages.

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
    visit::{Frame, Visit},
    word::{self, Language, StudyStageKind},
};

pub(super) fn routes() -> Router {
    Router::new()
        .route("/studies/templates", get(list))
        .route("/studies/templates/new", get(show_new).post(create))
        .route("/studies/templates/{id}", get(show).post(update))
}

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "../../schema.graphql",
    query_path = "queries/study_template.graphql",
    normalization = "rust",
    custom_scalars_module = "crate::scalar",
    extern_enums("Language", "StudyStageKind")
)]
struct StudyTemplatesPage;

commands! { "queries/study_template.graphql";
    StudyTemplateCreate study_template_create StudyTemplateCreateInput;
    StudyTemplateUpdate study_template_update StudyTemplateUpdateInput;
}

type Known = study_templates_page::StudyTemplatesPageStudyTemplates;

/// What is done at a stage, as a form offers it.
const KINDS: [StudyStageKind; 11] = [
    StudyStageKind::Group,
    StudyStageKind::Protocol,
    StudyStageKind::Study,
    StudyStageKind::Proposal,
    StudyStageKind::Pupils,
    StudyStageKind::Plan,
    StudyStageKind::Teach,
    StudyStageKind::Interview,
    StudyStageKind::Discuss,
    StudyStageKind::Conclude,
    StudyStageKind::Share,
];

/// The most stages a template has.
const STAGES: usize = 20;

#[derive(Template)]
#[template(path = "study/templates.html")]
struct List {
    frame: Frame,
    templates: Vec<Known>,
}

async fn known(visit: &Visit) -> Result<(Frame, Vec<Known>), Fault> {
    let (frame, found) = visit
        .open::<StudyTemplatesPage>(study_templates_page::Variables {})
        .await?;
    Ok((frame, found.study_templates.unwrap_or_default()))
}

async fn list(visit: Visit) -> Result<Response, Fault> {
    let (frame, templates) = known(&visit).await?;
    visit.page(&List { frame, templates })
}

#[derive(Template)]
#[template(path = "study/template.html")]
struct Edit {
    frame: Frame,
    form: Form,
    /// The template's name; none for a new one.
    name: Option<String>,
    version: i64,
    /// How many stages the form has room for.
    room: usize,
}

impl Edit {
    fn kinds(&self) -> Vec<(String, String)> {
        let say = &self.frame.say;
        let none = (String::new(), say.study_stage_none());
        let kinds = KINDS.iter();
        let kinds = kinds.map(|kind| (word::written(kind), wording::stage_kind(say, kind)));
        std::iter::once(none).chain(kinds).collect()
    }

    /// The number of the stage at this place.
    fn number(&self, place: usize) -> i64 {
        i64::try_from(place + 1).unwrap_or(i64::MAX)
    }

    /// Its languages, each as an input is named and as it is read.
    fn languages(&self) -> [(&'static str, String); 3] {
        let say = &self.frame.say;
        [
            ("kk", say.language_kk()),
            ("ru", say.language_ru()),
            ("en", say.language_en()),
        ]
    }
}

/// How many stages were filled in, and room for one more.
fn room(form: &Form) -> usize {
    let mut filled =
        (0..STAGES).filter(|place| !form.value(&format!("stages.{place}.kind")).is_empty());
    filled.next_back().map_or(1, |last| last + 2).min(STAGES)
}

/// Fills in a text in three languages.
fn with(form: Form, name: &str, texts: [Option<&str>; 3]) -> Form {
    let pairs = ["kk", "ru", "en"].into_iter().zip(texts);
    pairs.fold(form, |form, (language, text)| {
        form.with(&format!("{name}.{language}"), text.unwrap_or_default())
    })
}

/// With what is stored.
fn stored(known: &Known) -> Form {
    let name = &known.name;
    let about = &known.about;
    let mut form = Form::default().with("lessons", known.lessons.to_string());
    form = with(
        form,
        "name",
        [name.kk.as_deref(), name.ru.as_deref(), name.en.as_deref()],
    );
    form = with(
        form,
        "about",
        [
            about.kk.as_deref(),
            about.ru.as_deref(),
            about.en.as_deref(),
        ],
    );
    for (place, stage) in known.stages.iter().enumerate() {
        let (name, guide) = (&stage.name, &stage.guide);
        form = form.with(&format!("stages.{place}.kind"), word::written(&stage.kind));
        form = with(
            form,
            &format!("stages.{place}.name"),
            [name.kk.as_deref(), name.ru.as_deref(), name.en.as_deref()],
        );
        form = with(
            form,
            &format!("stages.{place}.guide"),
            [
                guide.kk.as_deref(),
                guide.ru.as_deref(),
                guide.en.as_deref(),
            ],
        );
    }
    form
}

/// A text in three languages as it was typed, in an operation's own type.
macro_rules! texts {
    ($module:ident, $posted:expr, $name:expr) => {
        $module::LocalizedTextInput {
            kk: $posted.optional(&format!("{}.kk", $name)),
            ru: $posted.optional(&format!("{}.ru", $name)),
            en: $posted.optional(&format!("{}.en", $name)),
        }
    };
}

/// The stages that were filled in; a stage of no kind is none.
macro_rules! stages {
    ($module:ident, $posted:expr) => {{
        let mut stages = Vec::new();
        for place in places($posted) {
            stages.push($module::StudyStageInput {
                kind: word::sent(&KINDS, &$posted.text(&format!("stages.{place}.kind")))?,
                name: texts!($module, $posted, format!("stages.{place}.name")),
                guide: texts!($module, $posted, format!("stages.{place}.guide")),
            });
        }
        stages
    }};
}

/// Where on the form the stages stand that were filled in.
fn places(posted: &Posted) -> Vec<usize> {
    let all = 0..STAGES;
    all.filter(|place| posted.optional(&format!("stages.{place}.kind")).is_some())
        .collect()
}

/// What is wrong with a stage is said where it stands on the form.
fn placed(errors: Errors, posted: &Posted) -> Errors {
    let places = places(posted);
    let place = |path: Vec<String>| {
        let mut path = path;
        if let [first, number, ..] = path.as_mut_slice()
            && first == "stages"
            && let Some(place) = number.parse().ok().and_then(|at: usize| places.get(at))
        {
            *number = place.to_string();
        }
        path
    };
    let errors = errors.into_iter();
    errors
        .map(|(path, message)| (place(path), message))
        .collect()
}

/// How many lessons; what is no number is told as one that does not fit.
fn lessons(posted: &Posted) -> i64 {
    posted.text("lessons").parse().unwrap_or_default()
}

async fn open_new(visit: &Visit, form: Form) -> Result<Edit, Fault> {
    let frame = visit.frame().await?;
    if !frame.admin() {
        return Err(Fault::NotFound);
    }
    Ok(Edit {
        frame: frame.of(&form),
        name: None,
        version: 0,
        room: room(&form),
        form,
    })
}

async fn show_new(visit: Visit) -> Result<Response, Fault> {
    let form = Form::default()
        .with("idempotencyKey", csrf::fresh())
        .with("lessons", "3");
    let page = open_new(&visit, form).await?;
    visit.page(&page)
}

async fn create(visit: Visit, posted: Posted) -> Result<Response, Fault> {
    let input = study_template_create::StudyTemplateCreateInput {
        name: texts!(study_template_create, posted, "name"),
        about: texts!(study_template_create, posted, "about"),
        lessons: lessons(&posted),
        stages: stages!(study_template_create, &posted),
        idempotency_key: posted.optional("idempotencyKey"),
    };
    let errors = visit.run::<StudyTemplateCreate>(input).await?;
    if errors.is_empty() {
        return Ok(visit.go("/studies/templates", Flash::Saved));
    }
    let errors = placed(errors, &posted);
    let page = open_new(&visit, Form::again(posted, errors)).await?;
    visit.refused(&page)
}

async fn open(visit: &Visit, id: &str, form: Option<Form>) -> Result<Edit, Fault> {
    let (frame, templates) = known(visit).await?;
    let mut templates = templates.into_iter();
    let found = templates.find(|one| one.id == id && one.viewer_can_update);
    let found = found.ok_or(Fault::NotFound)?;
    let form = form.unwrap_or_else(|| stored(&found));
    Ok(Edit {
        frame: frame.of(&form),
        name: Some(found.name.text),
        version: found.version,
        room: room(&form),
        form,
    })
}

async fn show(visit: Visit, Path(id): Path<String>) -> Result<Response, Fault> {
    let page = open(&visit, &id, None).await?;
    visit.page(&page)
}

async fn update(visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Response, Fault> {
    let input = study_template_update::StudyTemplateUpdateInput {
        id: id.clone(),
        version: posted.version("version")?,
        name: texts!(study_template_update, posted, "name"),
        about: texts!(study_template_update, posted, "about"),
        lessons: lessons(&posted),
        stages: stages!(study_template_update, &posted),
    };
    let errors = visit.run::<StudyTemplateUpdate>(input).await?;
    if errors.is_empty() {
        return Ok(visit.go("/studies/templates", Flash::Saved));
    }
    let errors = placed(errors, &posted);
    let page = open(&visit, &id, Some(Form::again(posted, errors))).await?;
    visit.refused(&page)
}
