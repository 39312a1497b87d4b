//! Regions in numbers, as a map, a table and a file; and one with its districts, networks and schools. For its trainers
//! it is their desk.

mod tiles;

use std::fmt::Write as _;

use askama::Template;
use axum::{
    Router,
    extract::{Path, Query},
    http::header,
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use graphql_client::GraphQLQuery;
use serde::Deserialize;

use crate::{
    fault::Fault,
    scalar::{Date, Id},
    visit::{Frame, Visit},
    window::Window,
    word::{self, DesignationKind, Language, SchoolState},
};

pub(crate) fn routes() -> Router {
    Router::new()
        .route("/regions", get(list))
        .route("/regions.csv", get(file))
        .route("/regions/{id}", get(show))
}

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "../../schema.graphql",
    query_path = "queries/regions.graphql",
    normalization = "rust",
    custom_scalars_module = "crate::scalar",
    extern_enums("Language")
)]
struct RegionsPage;

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "../../schema.graphql",
    query_path = "queries/regions.graphql",
    normalization = "rust",
    custom_scalars_module = "crate::scalar",
    extern_enums("Language", "DesignationKind", "SchoolState")
)]
struct RegionPage;

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "../../schema.graphql",
    query_path = "queries/regions.graphql",
    normalization = "rust"
)]
struct RegionOfCode;

#[derive(Deserialize)]
struct When {
    /// The day whose regions are shown; today when it is empty or none.
    #[serde(default)]
    on: String,
}

impl When {
    fn day(&self) -> Option<Date> {
        self.on.trim().parse().ok()
    }
}

#[derive(Template)]
#[template(path = "region/list.html")]
struct List {
    frame: Frame,
    on: Option<Date>,
    regions: Vec<regions_page::RegionsPageRegionsNodes>,
    /// Open schools in the register, those without a known region too.
    schools: i64,
}

impl List {
    /// How many there are of something in all regions together.
    fn sum(&self, of: impl Fn(&regions_page::Numbers) -> i64) -> i64 {
        self.regions.iter().map(|region| of(&region.numbers)).sum()
    }

    fn partnerships(&self) -> i64 {
        self.sum(|numbers| numbers.partnerships)
    }

    /// How many schools the figures are of.
    fn base(&self) -> String {
        let say = self.frame.say;
        let known = self.sum(|numbers| numbers.schools);
        let part = |number: i64| u64::try_from(number).unwrap_or_default();
        let percent = say
            .percent(part(known), part(self.schools))
            .unwrap_or_default();
        say.regions_base(say.integer(self.schools), say.integer(known), percent)
    }

    /// What follows the address of a page of this day.
    fn query(&self) -> String {
        self.on.map(|day| format!("?on={day}")).unwrap_or_default()
    }

    fn day(&self) -> String {
        self.on.map(|day| day.to_string()).unwrap_or_default()
    }

    /// The map, when a region of it is known.
    fn tiles(&self) -> Vec<tiles::Tile<'_>> {
        let regions = self.regions.iter().filter_map(|region| {
            let name = region.name.as_ref()?;
            let figure = region.numbers.partnerships;
            tiles::Tile::of(&region.id, &region.code, &name.text, &name.language, figure)
        });
        tiles::shaded(regions.collect())
    }
}

async fn open(visit: &Visit, when: &When) -> Result<List, Fault> {
    let on = when.day();
    let (frame, found) = visit
        .open::<RegionsPage>(regions_page::Variables { on })
        .await?;
    Ok(List {
        frame,
        on,
        regions: found.regions.ok_or(Fault::NotFound)?.nodes,
        schools: found
            .schools
            .and_then(|list| list.total_count)
            .unwrap_or_default(),
    })
}

async fn list(visit: Visit, Query(when): Query<When>) -> Result<Response, Fault> {
    let page = open(&visit, &when).await?;
    visit.page(&page)
}

/// The table as a file: commas, quotes where they are needed, and a mark by which spreadsheets know UTF-8.
async fn file(visit: Visit, Query(when): Query<When>) -> Result<Response, Fault> {
    let page = open(&visit, &when).await?;
    let say = page.frame.say;
    let mut text = String::from('\u{feff}');
    let heads = [
        say.regions_region(),
        say.schools_title(),
        page.frame.leading.clone(),
        page.frame.magnetic.clone(),
        say.networks_title(),
        say.school_partners(),
    ];
    let heads: Vec<_> = heads.iter().map(|head| quoted(head)).collect();
    // Writing to a String can't fail.
    let _ = writeln!(text, "{}\r", heads.join(","));
    for region in &page.regions {
        let name = region
            .name
            .as_ref()
            .map_or(&*region.code, |name| &*name.text);
        let it = &region.numbers;
        let _ = writeln!(
            text,
            "{},{},{},{},{},{}\r",
            quoted(name),
            it.schools,
            it.leading,
            it.magnetic,
            it.networks,
            it.partnerships
        );
    }
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"regions.csv\"",
        ),
    ];
    Ok((headers, text).into_response())
}

fn quoted(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

#[derive(Template)]
#[template(path = "region/show.html")]
struct Show {
    frame: Frame,
    region: region_page::RegionPageRegion,
    networks: region_page::RegionPageNetworks,
    schools: region_page::RegionPageSchools,
}

impl Show {
    /// The list's address up to the cursor.
    fn address(&self) -> String {
        format!("{}{}?", self.frame.at("/regions/"), self.region.id)
    }
}

/// By id. Who comes with a code of the official classifier, which is the same everywhere, is sent on.
async fn show(
    visit: Visit,
    Path(id): Path<String>,
    Query(window): Query<Window>,
) -> Result<Response, Fault> {
    if id.bytes().all(|byte| byte.is_ascii_digit()) {
        let variables = region_of_code::Variables { code: id };
        let found = visit.ask::<RegionOfCode>(variables).await?.region;
        let region: Id = found.ok_or(Fault::NotFound)?.id;
        let address = format!("/{}/regions/{region}", visit.say);
        return Ok(Redirect::permanent(&address).into_response());
    }
    let variables = region_page::Variables {
        id,
        first: window.first(),
        after: window.after(),
        last: window.last(),
        before: window.before(),
    };
    let (frame, found) = visit.open::<RegionPage>(variables).await?;
    visit.page(&Show {
        frame,
        region: found.region.ok_or(Fault::NotFound)?,
        networks: found.networks.ok_or(Fault::NotFound)?,
        schools: found.schools.ok_or(Fault::NotFound)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_where_needed() {
        assert_eq!(quoted("Абай облысы"), "Абай облысы");
        assert_eq!(quoted("a, \"b\""), "\"a, \"\"b\"\"\"");
    }

    #[test]
    fn a_day_that_is_none_is_today() {
        let day = |on: &str| When { on: on.to_owned() }.day();
        assert_eq!(day(""), None);
        assert_eq!(day("yesterday"), None);
        assert_eq!(day("2022-06-08"), Date::from_ymd_opt(2022, 6, 8));
    }
}
