//! A collection as a ZIP: each work as Markdown, and an index that programs read.

use std::io::{Cursor, Write};

use axum::{
    Router,
    extract::Path,
    http::header,
    response::{IntoResponse, Response},
    routing::get,
};
use graphql_client::GraphQLQuery;
use serde_json::json;
use zip::{ZipWriter, write::SimpleFileOptions};

use crate::{
    fault::Fault,
    scalar::Id,
    visit::Visit,
    word::{self, Language, ResourceKind},
};

pub(super) fn routes() -> Router {
    Router::new().route("/bank/collections/{id}/archive.zip", get(download))
}

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "../../schema.graphql",
    query_path = "queries/bank_collection.graphql",
    normalization = "rust",
    custom_scalars_module = "crate::scalar",
    extern_enums("Language", "ResourceKind")
)]
struct BankArchive;

async fn download(visit: Visit, Path(id): Path<String>) -> Result<Response, Fault> {
    let variables = bank_archive::Variables { id };
    let found = visit.ask::<BankArchive>(variables).await?;
    let collection = found.collection.ok_or(Fault::NotFound)?;
    let name = format!("attachment; filename=\"{}.zip\"", collection.id);
    let mut files = Vec::new();
    let mut index = Vec::new();
    for (number, work) in collection.works.into_iter().enumerate() {
        let Some(newest) = work.newest else {
            continue;
        };
        let file = format!("{:03}-{}.md", number + 1, work.id);
        let authors = work.authors.into_iter().map(|author| author.name);
        let authors: Vec<_> = authors.collect();
        let rights = work.licence.url.unwrap_or(work.licence.name);
        let url = visit.url(&format!(
            "/{}/bank/{}/v/{}",
            visit.say, work.id, newest.number
        ));
        let mut text = format!("# {}\n\n{}\n\n", work.title.text, newest.body);
        for link in &newest.links {
            text.push_str(&format!("- {}: <{}>\n", link.title, link.url));
        }
        text.push_str(&format!(
            "\n---\n\n{} · {rights} · <{url}>\n",
            authors.join(", ")
        ));
        index.push(json!({
            "file": file,
            "id": work.id,
            "url": url,
            "title": work.title.text,
            "kind": word::written(&work.kind),
            "language": word::locale(&work.language).map(|locale| locale.tag()),
            "authors": authors,
            "license": rights,
            "keywords": work.tags,
            "version": newest.number,
            "datePublished": newest.shared_at,
        }));
        files.push((file, text));
    }
    let index = json!({
        "title": collection.title.text,
        "about": collection.about,
        "works": index,
    });
    files.push(("index.json".to_owned(), index.to_string()));
    let bytes = packed(&files).map_err(Fault::internal)?;
    let headers = [
        (header::CONTENT_TYPE, "application/zip".to_owned()),
        (header::CONTENT_DISPOSITION, name),
    ];
    Ok((headers, bytes).into_response())
}

fn packed(files: &[(String, String)]) -> zip::result::ZipResult<Vec<u8>> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        archive.start_file(name.as_str(), SimpleFileOptions::default())?;
        archive.write_all(text.as_bytes())?;
    }
    Ok(archive.finish()?.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn what_is_packed_can_be_unpacked() {
        let files = [
            ("001-a.md".to_owned(), "Сәлем".to_owned()),
            ("index.json".to_owned(), "{}".to_owned()),
        ];
        let bytes = packed(&files).unwrap();
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut text = String::new();
        archive
            .by_name("001-a.md")
            .unwrap()
            .read_to_string(&mut text)
            .unwrap();
        assert_eq!((archive.len(), &*text), (2, "Сәлем"));
    }
}
