//! One version of a work, however old, and two of them compared word by word.

use std::time::Duration;

use askama::Template;
use axum::{Router, extract::Path, response::Response, routing::get};
use graphql_client::GraphQLQuery;
use similar::{ChangeTag, TextDiff};

use crate::{
    fault::Fault,
    markdown::{self, Html},
    scalar::Id,
    visit::{Frame, Visit},
    word::Language,
};

pub(super) fn routes() -> Router {
    Router::new()
        .route("/bank/{id}/v/{number}", get(show))
        .route("/bank/{id}/v/{number}/to/{new}", get(compare))
}

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "../../schema.graphql",
    query_path = "queries/bank_version.graphql",
    normalization = "rust",
    custom_scalars_module = "crate::scalar",
    extern_enums("Language")
)]
struct BankVersionPage;

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "../../schema.graphql",
    query_path = "queries/bank_version.graphql",
    normalization = "rust",
    custom_scalars_module = "crate::scalar",
    extern_enums("Language")
)]
struct BankComparePage;

#[derive(Template)]
#[template(path = "bank/version.html")]
struct Show {
    frame: Frame,
    resource: bank_version_page::BankVersionPageResource,
    version: bank_version_page::BankVersionPageResourceNumbered,
    newest: i64,
    body: Html,
}

impl Show {
    fn lang(&self) -> Option<&'static str> {
        self.frame.foreign(&self.resource.language)
    }
}

async fn show(visit: Visit, Path((id, number)): Path<(String, i64)>) -> Result<Response, Fault> {
    let variables = bank_version_page::Variables { id, number };
    let (frame, found) = visit.open::<BankVersionPage>(variables).await?;
    let mut resource = found.resource.ok_or(Fault::NotFound)?;
    let version = resource.numbered.take().ok_or(Fault::NotFound)?;
    visit.page(&Show {
        frame,
        newest: resource
            .newest
            .as_ref()
            .map_or(version.number, |newest| newest.number),
        body: markdown::render(&version.body),
        resource,
        version,
    })
}

/// A stretch of text: in both, only in the older, only in the newer.
struct Piece {
    tag: ChangeTag,
    text: String,
}

impl Piece {
    fn gone(&self) -> bool {
        self.tag == ChangeTag::Delete
    }

    fn added(&self) -> bool {
        self.tag == ChangeTag::Insert
    }
}

/// How long comparing may take before the rest is shown as gone and new.
const PATIENCE: Duration = Duration::from_millis(300);

/// So many letters around a change are shown.
const AROUND: usize = 240;

/// The two texts word by word; long stretches that stayed are cut. Empty when nothing changed.
fn pieces(old: &str, new: &str) -> Vec<Piece> {
    if old == new {
        return Vec::new();
    }
    let diff = TextDiff::configure()
        .timeout(PATIENCE)
        .diff_unicode_words(old, new);
    let mut pieces: Vec<Piece> = Vec::new();
    for change in diff.iter_all_changes() {
        match pieces.last_mut() {
            Some(last) if last.tag == change.tag() => last.text.push_str(change.value()),
            _ => pieces.push(Piece {
                tag: change.tag(),
                text: change.value().to_owned(),
            }),
        }
    }
    let last = pieces.len().saturating_sub(1);
    for (index, piece) in pieces.iter_mut().enumerate() {
        if piece.tag == ChangeTag::Equal {
            piece.text = cut(&piece.text, index > 0, index < last);
        }
    }
    pieces
}

/// The start of a text that stayed, where a change is before it, and its end, where one follows.
fn cut(text: &str, before: bool, after: bool) -> String {
    let letters: Vec<char> = text.chars().collect();
    let kept = AROUND * (usize::from(before) + usize::from(after));
    if letters.len() <= kept + AROUND {
        return text.to_owned();
    }
    let start = if before { AROUND } else { 0 };
    let end = if after {
        letters.len() - AROUND
    } else {
        letters.len()
    };
    let head: String = letters.iter().take(start).collect();
    let tail: String = letters.iter().skip(end).collect();
    format!("{head} … {tail}")
}

#[derive(Template)]
#[template(path = "bank/compare.html")]
struct Compare {
    frame: Frame,
    resource: bank_compare_page::BankComparePageResource,
    title: Vec<Piece>,
    summary: Vec<Piece>,
    body: Vec<Piece>,
}

async fn compare(
    visit: Visit,
    Path((id, old, new)): Path<(String, i64, i64)>,
) -> Result<Response, Fault> {
    let variables = bank_compare_page::Variables { id, old, new };
    let (frame, found) = visit.open::<BankComparePage>(variables).await?;
    let resource = found.resource.ok_or(Fault::NotFound)?;
    let (Some(before), Some(after)) = (&resource.old, &resource.new) else {
        return Err(Fault::NotFound);
    };
    let title = pieces(&before.title.text, &after.title.text);
    let summary = pieces(&before.summary.text, &after.summary.text);
    let body = pieces(&before.body, &after.body);
    visit.page(&Compare {
        frame,
        title,
        summary,
        body,
        resource,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(old: &str, new: &str) -> String {
        let pieces = pieces(old, new);
        let parts = pieces.iter().map(|piece| match piece.tag {
            ChangeTag::Equal => piece.text.clone(),
            ChangeTag::Delete => format!("[-{}-]", piece.text),
            ChangeTag::Insert => format!("[+{}+]", piece.text),
        });
        parts.collect()
    }

    #[test]
    fn words_are_compared_not_letters() {
        assert_eq!(
            shown("Бөлшектерді қосу сабағы", "Бөлшектерді азайту сабағы"),
            "Бөлшектерді [-қосу-][+азайту+] сабағы"
        );
        assert_eq!(shown("бірдей", "бірдей"), "");
    }

    #[test]
    fn what_stayed_is_cut_and_what_changed_is_not() {
        let long = "сөз ".repeat(1000);
        let text = shown(&format!("ескі {long}"), &format!("жаңа {long}"));
        assert!(text.starts_with("[-ескі-][+жаңа+] сөз"), "{text}");
        assert!(text.chars().count() < 400, "{}", text.len());
        let new = shown("", &long);
        assert!(new.contains(&long), "what is new is shown whole");
    }

    #[test]
    fn texts_without_a_common_word_are_compared_in_bounded_time() {
        let old: String = (0..15_000).map(|n| format!("а{n} ")).collect();
        let new: String = (0..15_000).map(|n| format!("б{n} ")).collect();
        assert!(!pieces(&old, &new).is_empty());
    }
}
