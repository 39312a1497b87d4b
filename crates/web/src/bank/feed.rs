//! What was shared with everybody, the latest first, as an Atom feed. The same conditions narrow it down as the list.

use axum::{Router, extract::Query, response::Response, routing::get};
use chrono::SecondsFormat;
use graphql_client::GraphQLQuery;

use super::Asked;
use crate::{
    fault::Fault,
    scalar::DateTime,
    visit::Visit,
    word::{self, Language, LicenceCode, ResourceKind, ResourceState},
    xml::{self, text},
};

pub(super) fn routes() -> Router {
    Router::new().route("/bank/feed.atom", get(show))
}

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "../../schema.graphql",
    query_path = "queries/bank_cite.graphql",
    normalization = "rust",
    custom_scalars_module = "crate::scalar",
    extern_enums("Language", "LicenceCode", "ResourceKind", "ResourceState")
)]
struct BankFeed;

fn instant(at: &DateTime) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

async fn show(visit: Visit, Query(pairs): Query<Vec<(String, String)>>) -> Result<Response, Fault> {
    let asked = Asked(pairs);
    let filter = asked_filter!(bank_feed, asked);
    // A feed is read by programs and kept in shared places: it has what anybody may read.
    let variables = bank_feed::Variables {
        filter: Some(filter),
    };
    let found = visit.as_guest(visit.say).ask::<BankFeed>(variables).await?;
    let works = found.resources.ok_or(Fault::NotFound)?.nodes;
    let say = visit.say;
    let here = visit.url(&visit.path());
    let bank = visit.url(&format!("/{say}/bank"));
    let newest = works
        .iter()
        .filter_map(|work| work.shared_at.as_ref())
        .max();
    let updated = newest.map_or_else(|| "1970-01-01T00:00:00Z".to_owned(), instant);
    let attributes = [
        ("xmlns", "http://www.w3.org/2005/Atom"),
        ("xml:lang", say.tag()),
    ];
    let document = xml::document("feed", &attributes, |xml| {
        text(xml, "id", &here)?;
        text(
            xml,
            "title",
            &format!("{} · {}", say.bank_title(), say.site_name()),
        )?;
        text(xml, "updated", &updated)?;
        let own = [("rel", "self"), ("href", here.as_str())];
        xml.create_element("link")
            .with_attributes(own)
            .write_empty()?;
        xml.create_element("link")
            .with_attributes([("href", bank.as_str())])
            .write_empty()?;
        for work in &works {
            let url = format!("{bank}/{}", work.id);
            let language = word::locale(&work.language).unwrap_or(say);
            let attributes = [("xml:lang", language.tag())];
            xml.create_element("entry")
                .with_attributes(attributes)
                .write_inner_content(|xml| {
                    text(xml, "id", &url)?;
                    text(xml, "title", &work.title.text)?;
                    let at = work.shared_at.as_ref().map(instant);
                    text(xml, "updated", at.as_ref().unwrap_or(&updated))?;
                    for author in &work.authors {
                        xml.create_element("author")
                            .write_inner_content(|xml| text(xml, "name", &author.name))?;
                    }
                    xml.create_element("link")
                        .with_attributes([("href", url.as_str())])
                        .write_empty()?;
                    if let Some(newest) = &work.newest {
                        text(xml, "summary", &newest.summary.text)?;
                    }
                    let licence = &work.licence;
                    text(xml, "rights", licence.url.as_ref().unwrap_or(&licence.name))
                })?;
        }
        Ok(())
    })?;
    Ok(xml::answer("application/atom+xml; charset=utf-8", document))
}
