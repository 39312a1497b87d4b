//! What search engines are told of: the pages for everybody, and the works for everybody.

use axum::{
    Router,
    http::header,
    response::{IntoResponse, Response},
    routing::get,
};
use graphql_client::GraphQLQuery;
use i18n::Locale;

use crate::{
    fault::Fault,
    scalar::{DateTime, Id},
    visit::Visit,
    xml::{self, text},
};

/// Outside the languages: where search engines look.
pub(crate) fn routes() -> Router {
    Router::new()
        .route("/robots.txt", get(robots))
        .route("/sitemap.xml", get(show))
}

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "../../schema.graphql",
    query_path = "queries/bank_cite.graphql",
    normalization = "rust",
    custom_scalars_module = "crate::scalar"
)]
struct SitemapWorks;

async fn robots(visit: Visit) -> Response {
    let text = format!("User-agent: *\nSitemap: {}\n", visit.url("/sitemap.xml"));
    ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response()
}

/// Pages that are there for everybody.
const PAGES: [&str; 6] = ["", "/about", "/networks", "/schools", "/regions", "/bank"];

/// How many hundreds of works are told of: the newest. Harvesters get all of them elsewhere.
const HUNDREDS: usize = 20;

async fn show(visit: Visit) -> Result<Response, Fault> {
    let guest = visit.as_guest(visit.say);
    let mut works: Vec<(Id, Option<DateTime>)> = Vec::new();
    let mut after = None;
    for _ in 0..HUNDREDS {
        let variables = sitemap_works::Variables { after };
        let found = guest.ask::<SitemapWorks>(variables).await?;
        let found = found.resources.ok_or(Fault::NotFound)?;
        works.extend(
            found
                .nodes
                .into_iter()
                .map(|work| (work.id, work.shared_at)),
        );
        after = found.page_info.end_cursor;
        if !found.page_info.has_next_page {
            break;
        }
    }
    let attributes = [
        ("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9"),
        ("xmlns:xhtml", "http://www.w3.org/1999/xhtml"),
    ];
    let document = xml::document("urlset", &attributes, |xml| {
        for page in PAGES {
            entry(xml, &visit, page, None)?;
        }
        for (id, at) in &works {
            let day = at.map(|at| at.date_naive().to_string());
            entry(xml, &visit, &format!("/bank/{id}"), day.as_deref())?;
        }
        Ok(())
    })?;
    Ok(xml::answer("application/xml; charset=utf-8", document))
}

/// A page, and where it is in the other languages.
fn entry(xml: &mut xml::Xml, visit: &Visit, page: &str, day: Option<&str>) -> std::io::Result<()> {
    let address = |locale: &Locale| visit.url(&format!("/{locale}{page}"));
    xml.create_element("url").write_inner_content(|xml| {
        text(xml, "loc", &address(&Locale::Kk))?;
        text(xml, "lastmod", day.unwrap_or_default())?;
        for locale in &Locale::ALL {
            let href = address(locale);
            let attributes = [
                ("rel", "alternate"),
                ("hreflang", locale.tag()),
                ("href", href.as_str()),
            ];
            xml.create_element("xhtml:link")
                .with_attributes(attributes)
                .write_empty()?;
        }
        Ok(())
    })?;
    Ok(())
}
