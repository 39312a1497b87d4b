//! The second step: what the work says.

use askama::Template;
use axum::{Router, extract::Path, response::Response, routing::get};

use super::{Editing, localized, open, placed, resource_update, said};
use crate::{
    fault::Fault,
    flash::Flash,
    form::{Form, Posted},
    scalar::Id,
    visit::{Frame, Visit},
};

pub(super) fn routes() -> Router {
    Router::new().route("/bank/{id}/text", get(show).post(save))
}

#[derive(Template)]
#[template(path = "bank/text.html")]
struct TextPage {
    frame: Frame,
    form: Form,
    id: Id,
    version: i64,
    title: String,
    /// `lang` of what is written.
    language: String,
}

fn page(editing: Editing, form: Form) -> TextPage {
    TextPage {
        title: editing.title(),
        language: crate::word::locale(&editing.work.language)
            .map_or_else(String::new, |locale| locale.tag().to_owned()),
        frame: editing.frame.of(&form),
        form,
        id: editing.work.id,
        version: editing.work.version,
    }
}

async fn show(visit: Visit, Path(id): Path<String>) -> Result<Response, Fault> {
    let editing = open(&visit, id).await?;
    let links = editing.draft.links.iter();
    let links: Vec<_> = links
        .map(|link| format!("{} {}", link.title, link.url))
        .collect();
    let form = Form::default()
        .with(
            "text.summary",
            said(&editing.work.language, &editing.summaries()),
        )
        .with("text.body", &*editing.draft.body)
        .with("text.links", links.join("\n"))
        .with("card.tags", editing.work.tags.join(", "))
        .with("card.goals", editing.work.goals.join(", "));
    visit.page(&page(editing, form))
}

/// One page a line: what it is called, then where it is. An address alone is its own name.
fn links(text: &str) -> Vec<resource_update::ResourceLinkInput> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines
        .map(|line| {
            let (title, url) = line
                .rsplit_once(char::is_whitespace)
                .unwrap_or((line, line));
            resource_update::ResourceLinkInput {
                title: title.trim().to_owned(),
                url: url.to_owned(),
            }
        })
        .collect()
}

fn words(text: &str) -> Vec<String> {
    let words = text.split([',', ';', '\n']).map(str::trim);
    words
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

async fn save(visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Response, Fault> {
    let editing = open(&visit, id.clone()).await?;
    let mut text = editing.text();
    let summary = posted.optional("text.summary");
    text.summary = Some(localized(placed(
        &editing.work.language,
        editing.summaries(),
        summary,
    )));
    text.body = Some(posted.text("text.body"));
    text.links = Some(links(&posted.text("text.links")));
    let mut card = editing.card();
    card.tags = Some(words(&posted.text("card.tags")));
    card.goals = Some(words(&posted.text("card.goals")));
    let version = posted.version("version")?;
    match editing
        .keep(&visit, version, Some(card), Some(text))
        .await?
    {
        Ok(_) => Ok(visit.go(&format!("/bank/{id}/files"), Flash::Saved)),
        Err(errors) => {
            let form = Form::again(posted, errors);
            visit.refused(&page(editing, form))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_a_name_and_an_address() {
        let found = links("  Бейне сабақ https://a.example/1 \n\nhttps://b.example\n");
        let found: Vec<_> = found
            .into_iter()
            .map(|link| (link.title, link.url))
            .collect();
        let pair = |title: &str, url: &str| (title.to_owned(), url.to_owned());
        assert_eq!(
            found,
            [
                pair("Бейне сабақ", "https://a.example/1"),
                pair("https://b.example", "https://b.example")
            ]
        );
    }
}
