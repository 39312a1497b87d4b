//! The entry of a school is added, corrected, closed, or made one with another.

use askama::Template;
use axum::{
    Router,
    extract::{Path, Query},
    response::Response,
    routing::get,
};
use graphql_client::GraphQLQuery;
use serde::Deserialize;

use crate::{
    command::{Errors, commands},
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
        .route("/regions/{id}/schools/new", get(show_new).post(add))
        .route("/schools/{id}/edit", get(show_edit).post(save))
        .route("/schools/{id}/close", get(show_close).post(close))
        .route("/schools/{id}/merge", get(show_merge).post(merge))
}

/// Names the operations of this file.
macro_rules! operations {
    ($($name:ident)*) => {$(
        #[derive(GraphQLQuery)]
        #[graphql(
            schema_path = "../../schema.graphql",
            query_path = "queries/school_change.graphql",
            normalization = "rust",
            custom_scalars_module = "crate::scalar",
            extern_enums("Language")
        )]
        struct $name;
    )*};
}

operations! { SchoolNewPage SchoolEditPage SchoolClosePage SchoolMergePage SchoolAdd }

commands! { "queries/school_change.graphql";
    SchoolUpdate school_update SchoolUpdateInput;
    SchoolClose school_close SchoolCloseInput;
    SchoolMerge school_merge SchoolMergeInput;
}

/// Districts and regions as a form offers them.
type Places = Vec<(String, String)>;

/// Names of a school in three languages: of each, the lines that were typed.
fn lines<T>(
    posted: &Posted,
    make: impl Fn(Option<String>, Option<String>, Option<String>) -> T,
) -> Vec<T> {
    let typed = |language: &str| {
        let text = posted.text(&format!("aliases.{language}"));
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    let kk = typed("kk")
        .into_iter()
        .map(|name| make(Some(name), None, None));
    let kk: Vec<_> = kk.collect();
    let ru = typed("ru")
        .into_iter()
        .map(|name| make(None, Some(name), None));
    let ru: Vec<_> = ru.collect();
    let en = typed("en")
        .into_iter()
        .map(|name| make(None, None, Some(name)));
    kk.into_iter().chain(ru).chain(en).collect()
}

/// The two-letter codes that were typed, with whatever between them.
fn codes(posted: &Posted) -> Vec<String> {
    let text = posted.text("languages").to_lowercase();
    let codes = text.split(|letter: char| !letter.is_alphanumeric());
    codes
        .filter(|code| !code.is_empty())
        .map(str::to_owned)
        .collect()
}

#[derive(Template)]
#[template(path = "school/new.html")]
struct New {
    frame: Frame,
    form: Form,
    region: school_new_page::SchoolNewPageRegion,
}

impl New {
    fn places(&self) -> Places {
        let name = |name: &Option<school_new_page::Words>| {
            name.as_ref()
                .map(|name| name.text.clone())
                .unwrap_or_default()
        };
        let itself = (self.region.id.clone(), name(&self.region.name));
        let parts = self.region.parts.iter();
        let parts = parts.map(|part| (part.id.clone(), name(&part.name)));
        std::iter::once(itself).chain(parts).collect()
    }
}

async fn open_new(visit: &Visit, region: Id, form: Form) -> Result<New, Fault> {
    let variables = school_new_page::Variables { region };
    let (frame, found) = visit.open::<SchoolNewPage>(variables).await?;
    let region = found.region.filter(|region| region.viewer_can_add_school);
    Ok(New {
        frame: frame.of(&form),
        form,
        region: region.ok_or(Fault::NotFound)?,
    })
}

async fn show_new(visit: Visit, Path(region): Path<String>) -> Result<Response, Fault> {
    let form = Form::default().with("idempotencyKey", csrf::fresh());
    let page = open_new(&visit, region, form).await?;
    visit.page(&page)
}

async fn add(visit: Visit, Path(region): Path<String>, posted: Posted) -> Result<Response, Fault> {
    use school_add::LocalizedTextInput as Name;
    let input = school_add::SchoolAddInput {
        address: posted.optional("address"),
        aliases: lines(&posted, |kk, ru, en| Name { kk, ru, en }),
        idempotency_key: posted.optional("idempotencyKey"),
        kind: posted.optional("kind"),
        languages: codes(&posted),
        name: Name {
            kk: posted.optional("name.kk"),
            ru: posted.optional("name.ru"),
            en: posted.optional("name.en"),
        },
        place: posted.optional("place"),
        region_id: posted.optional("regionId"),
    };
    let variables = school_add::Variables { input };
    let payload = visit.ask::<SchoolAdd>(variables).await?.school_add;
    if let Some(school) = payload.school {
        return Ok(visit.go(&format!("/schools/{}", school.id), Flash::Saved));
    }
    let errors = payload.user_errors.into_iter();
    let form = Form::again(posted, errors.map(|error| (error.field, error.message)));
    let page = open_new(&visit, region, form).await?;
    visit.refused(&page)
}

type Edited = school_edit_page::SchoolEditPageSchool;

#[derive(Template)]
#[template(path = "school/edit.html")]
struct Edit {
    frame: Frame,
    form: Form,
    school: Edited,
    places: Places,
}

async fn open_edit(visit: &Visit, id: Id) -> Result<(Frame, Edited, Places), Fault> {
    let variables = school_edit_page::Variables { id };
    let (frame, found) = visit.open::<SchoolEditPage>(variables).await?;
    let school = found.school.filter(|school| school.viewer_can_update);
    let school = school.ok_or(Fault::NotFound)?;
    let name = |name: &Option<school_edit_page::Words>| {
        name.as_ref()
            .map(|name| name.text.clone())
            .unwrap_or_default()
    };
    let mut places = vec![(String::new(), visit.say.school_region_unknown())];
    // Where it lies first, with its districts; then the other regions, into which it may move.
    if let Some(region) = &school.region {
        places.push((region.id.clone(), name(&region.name)));
        let parts = region.parts.iter();
        places.extend(parts.map(|part| (part.id.clone(), name(&part.name))));
    }
    let own = school.region.as_ref().map(|region| &region.id);
    let regions = found.regions.map(|list| list.nodes).unwrap_or_default();
    let others = regions.iter().filter(|region| Some(&region.id) != own);
    places.extend(others.map(|region| (region.id.clone(), name(&region.name))));
    Ok((frame, school, places))
}

async fn show_edit(visit: Visit, Path(id): Path<String>) -> Result<Response, Fault> {
    let (frame, school, places) = open_edit(&visit, id).await?;
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let aliases = |of: fn(&school_edit_page::SchoolEditPageSchoolNamesName) -> &Option<String>| {
        use school_edit_page::SchoolNameKind::Alias;
        let aliases = school.names.iter();
        let aliases = aliases.filter(|name| matches!(name.kind, Alias));
        let lines: Vec<_> = aliases
            .filter_map(|alias| of(&alias.name).clone())
            .collect();
        lines.join("\n")
    };
    let district = school.district.as_ref();
    let form = Form::default()
        .with("name.kk", text(&school.name.kk))
        .with("name.ru", text(&school.name.ru))
        .with("name.en", text(&school.name.en))
        .with("aliases.kk", aliases(|name| &name.kk))
        .with("aliases.ru", aliases(|name| &name.ru))
        .with("aliases.en", aliases(|name| &name.en))
        .with(
            "regionId",
            district
                .map(|district| district.id.clone())
                .unwrap_or_default(),
        )
        .with("place", text(&school.place))
        .with("address", text(&school.address))
        .with("kind", text(&school.kind))
        .with("languages", school.languages.join(", "));
    visit.page(&Edit {
        frame,
        form,
        school,
        places,
    })
}

async fn save(visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Response, Fault> {
    use school_update::LocalizedTextInput as Name;
    let mut errors = Errors::new();
    let renamed_on = match posted.optional("renamedOn") {
        Some(_) => posted.date("renamedOn", &visit.say, &mut errors),
        None => None,
    };
    if errors.is_empty() {
        let input = school_update::SchoolUpdateInput {
            address: posted.optional("address"),
            aliases: Some(lines(&posted, |kk, ru, en| Name { kk, ru, en })),
            id: id.clone(),
            kind: posted.optional("kind"),
            languages: Some(codes(&posted)),
            name: Some(Name {
                kk: posted.optional("name.kk"),
                ru: posted.optional("name.ru"),
                en: posted.optional("name.en"),
            }),
            place: posted.optional("place"),
            region_id: posted.optional("regionId"),
            renamed_on,
            version: posted.version("version")?,
        };
        errors = visit.run::<SchoolUpdate>(input).await?;
    }
    if errors.is_empty() {
        return Ok(visit.go(&format!("/schools/{id}"), Flash::Saved));
    }
    let form = Form::again(posted, errors);
    let (frame, school, places) = open_edit(&visit, id).await?;
    visit.refused(&Edit {
        frame: frame.of(&form),
        form,
        school,
        places,
    })
}

#[derive(Template)]
#[template(path = "school/close.html")]
struct Close {
    frame: Frame,
    form: Form,
    school: school_close_page::SchoolClosePageSchool,
}

async fn open_close(visit: &Visit, id: Id, form: Form) -> Result<Close, Fault> {
    let variables = school_close_page::Variables { id };
    let (frame, found) = visit.open::<SchoolClosePage>(variables).await?;
    let school = found.school.filter(|school| school.viewer_can_close);
    Ok(Close {
        frame: frame.of(&form),
        form,
        school: school.ok_or(Fault::NotFound)?,
    })
}

async fn show_close(visit: Visit, Path(id): Path<String>) -> Result<Response, Fault> {
    let page = open_close(&visit, id, Form::default()).await?;
    visit.page(&page)
}

async fn close(visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Response, Fault> {
    let input = school_close::SchoolCloseInput {
        id: id.clone(),
        reason: posted.text("reason"),
        version: posted.version("version")?,
    };
    let errors = visit.run::<SchoolClose>(input).await?;
    if errors.is_empty() {
        return Ok(visit.go(&format!("/schools/{id}"), Flash::Saved));
    }
    let page = open_close(&visit, id, Form::again(posted, errors)).await?;
    visit.refused(&page)
}

/// What is looked for, and the school that was chosen to stay.
#[derive(Deserialize)]
struct Search {
    #[serde(default)]
    q: String,
    #[serde(default)]
    into: String,
}

#[derive(Template)]
#[template(path = "school/merge.html")]
struct Merge {
    frame: Frame,
    form: Form,
    school: school_merge_page::SchoolMergePageSchool,
    into: Option<school_merge_page::SchoolMergePageInto>,
    q: String,
    found: Vec<school_merge_page::SchoolMergePageSchoolsNodes>,
}

async fn open_merge(visit: &Visit, id: Id, search: Search, form: Form) -> Result<Merge, Fault> {
    let q = search.q.trim().to_owned();
    let variables = school_merge_page::Variables {
        id,
        chosen: !search.into.is_empty(),
        into: search.into,
        search: !q.is_empty(),
        query: Some(q.clone()),
    };
    let (frame, found) = visit.open::<SchoolMergePage>(variables).await?;
    let school = found.school.filter(|school| school.viewer_can_close);
    let school = school.ok_or(Fault::NotFound)?;
    let others = found.schools.map(|list| list.nodes).unwrap_or_default();
    Ok(Merge {
        frame: frame.of(&form),
        form,
        into: found.into.filter(|into| into.id != school.id),
        found: others
            .into_iter()
            .filter(|other| other.id != school.id)
            .collect(),
        school,
        q,
    })
}

async fn show_merge(
    visit: Visit,
    Path(id): Path<String>,
    Query(search): Query<Search>,
) -> Result<Response, Fault> {
    let page = open_merge(&visit, id, search, Form::default()).await?;
    visit.page(&page)
}

async fn merge(
    visit: Visit,
    Path(id): Path<String>,
    Query(search): Query<Search>,
    posted: Posted,
) -> Result<Response, Fault> {
    let into = posted.text("intoId");
    let input = school_merge::SchoolMergeInput {
        id: id.clone(),
        into_id: into.clone(),
        version: posted.version("version")?,
    };
    let errors = visit.run::<SchoolMerge>(input).await?;
    if errors.is_empty() {
        return Ok(visit.go(&format!("/schools/{into}"), Flash::Saved));
    }
    let page = open_merge(&visit, id, search, Form::again(posted, errors)).await?;
    visit.refused(&page)
}
