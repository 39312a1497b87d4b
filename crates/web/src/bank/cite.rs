//! A work as reference managers read it: BibTeX, RIS, CSL-JSON.

use axum::{
    Router,
    extract::Path,
    http::header,
    response::{IntoResponse, Response},
    routing::get,
};
use chrono::{Datelike, NaiveDate};
use graphql_client::GraphQLQuery;
use serde_json::{Value, json};

use crate::{
    fault::Fault,
    scalar::Id,
    visit::Visit,
    word::{self, Language, ResourceKind},
};

pub(super) fn routes() -> Router {
    Router::new()
        .route("/bank/{id}/cite.bib", get(bib))
        .route("/bank/{id}/cite.ris", get(ris))
        .route("/bank/{id}/cite.json", get(csl))
}

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "../../schema.graphql",
    query_path = "queries/bank_cite.graphql",
    normalization = "rust",
    custom_scalars_module = "crate::scalar",
    extern_enums("Language", "ResourceKind")
)]
struct BankCite;

/// What a citation says. It names the version, which never changes.
struct Citation {
    id: Id,
    kind: ResourceKind,
    language: String,
    title: String,
    authors: Vec<String>,
    publisher: String,
    summary: String,
    words: Vec<String>,
    rights: String,
    number: i64,
    day: NaiveDate,
    url: String,
}

async fn read(visit: &Visit, id: String) -> Result<Citation, Fault> {
    let variables = bank_cite::Variables { id };
    let (frame, found) = visit.open::<BankCite>(variables).await?;
    let work = found.resource.ok_or(Fault::NotFound)?;
    let version = work.newest.ok_or(Fault::NotFound)?;
    let path = format!("/{}/bank/{}/v/{}", visit.say, work.id, version.number);
    let language = word::locale(&work.language);
    Ok(Citation {
        url: visit.url(&path),
        id: work.id,
        kind: work.kind,
        language: language.map_or_else(String::new, |locale| locale.tag().to_owned()),
        title: work.title.text,
        authors: work.authors.into_iter().map(|author| author.name).collect(),
        publisher: work
            .school
            .map_or_else(|| visit.say.site_name(), |school| school.name.text),
        summary: version.summary.text,
        words: work.tags,
        rights: work.licence.url.unwrap_or(work.licence.name),
        number: version.number,
        day: frame.day(&version.shared_at),
    })
}

fn answer(kind: &'static str, ending: &str, citation: &Citation, text: String) -> Response {
    let name = format!("attachment; filename=\"{}.{ending}\"", citation.id);
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, name),
    ];
    (headers, text).into_response()
}

async fn bib(visit: Visit, Path(id): Path<String>) -> Result<Response, Fault> {
    let citation = read(&visit, id).await?;
    let text = citation.bib();
    Ok(answer(
        "application/x-bibtex; charset=utf-8",
        "bib",
        &citation,
        text,
    ))
}

async fn ris(visit: Visit, Path(id): Path<String>) -> Result<Response, Fault> {
    let citation = read(&visit, id).await?;
    let text = citation.ris();
    Ok(answer(
        "application/x-research-info-systems; charset=utf-8",
        "ris",
        &citation,
        text,
    ))
}

async fn csl(visit: Visit, Path(id): Path<String>) -> Result<Response, Fault> {
    let citation = read(&visit, id).await?;
    let text = json!([citation.csl()]).to_string();
    Ok(answer(
        "application/vnd.citationstyles.csl+json",
        "json",
        &citation,
        text,
    ))
}

impl Citation {
    fn bib(&self) -> String {
        let fields = [
            ("title", format!("{{{}}}", tex(&self.title))),
            (
                "author",
                self.authors
                    .iter()
                    .map(|name| format!("{{{}}}", tex(name)))
                    .collect::<Vec<_>>()
                    .join(" and "),
            ),
            ("organization", tex(&self.publisher)),
            ("year", self.day.year().to_string()),
            ("month", self.day.month().to_string()),
            ("day", self.day.day().to_string()),
            ("version", self.number.to_string()),
            ("language", self.language.clone()),
            ("abstract", tex(&self.summary)),
            ("keywords", tex(&self.words.join(", "))),
            ("note", tex(&self.rights)),
            ("url", self.url.clone()),
        ];
        // A key is letters and digits.
        let key: String = self
            .id
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .collect();
        let mut text = format!("@misc{{{key},\n");
        for (name, value) in fields.iter().filter(|(_, value)| !value.is_empty()) {
            text.push_str(&format!("  {name} = {{{value}}},\n"));
        }
        text.push_str("}\n");
        text
    }

    fn ris(&self) -> String {
        let sort = match self.kind {
            ResourceKind::Video => "VIDEO",
            ResourceKind::Link => "ELEC",
            _ => "GEN",
        };
        let mut lines = vec![("TY", sort.to_owned()), ("ID", self.id.clone())];
        lines.push(("TI", self.title.clone()));
        lines.extend(self.authors.iter().map(|name| ("AU", name.clone())));
        lines.push(("PB", self.publisher.clone()));
        lines.push(("PY", self.day.year().to_string()));
        lines.push(("DA", self.day.format("%Y/%m/%d").to_string()));
        lines.push(("ET", self.number.to_string()));
        lines.push(("LA", self.language.clone()));
        lines.push(("AB", self.summary.clone()));
        lines.extend(self.words.iter().map(|word| ("KW", word.clone())));
        lines.push(("N1", self.rights.clone()));
        lines.push(("UR", self.url.clone()));
        let mut text = String::new();
        for (tag, value) in lines.iter().filter(|(_, value)| !value.is_empty()) {
            // One line each: the format has no other.
            let value: Vec<_> = value.split_whitespace().collect();
            text.push_str(&format!("{tag}  - {}\r\n", value.join(" ")));
        }
        text.push_str("ER  - \r\n");
        text
    }

    fn csl(&self) -> Value {
        let sort = match self.kind {
            ResourceKind::Video => "motion_picture",
            ResourceKind::Link => "webpage",
            ResourceKind::Article => "article",
            _ => "document",
        };
        let authors = self.authors.iter();
        let authors: Vec<_> = authors.map(|name| json!({ "literal": name })).collect();
        json!({
            "id": self.id,
            "type": sort,
            "title": self.title,
            "author": authors,
            "publisher": self.publisher,
            "issued": { "date-parts": [[self.day.year(), self.day.month(), self.day.day()]] },
            "version": self.number.to_string(),
            "language": self.language,
            "abstract": self.summary,
            "keyword": self.words.join(", "),
            "license": self.rights,
            "URL": self.url,
        })
    }
}

/// A text inside braces of BibTeX.
fn tex(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' => out.push_str("\\textbackslash{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '{' | '}' | '&' | '%' | '$' | '#' | '_' => {
                out.push('\\');
                out.push(letter);
            }
            letter if letter.is_whitespace() => out.push(' '),
            letter => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn citation() -> Citation {
        Citation {
            id: "res_01".into(),
            kind: ResourceKind::Worksheet,
            language: "kk".into(),
            title: "50% & «{бөлшек}»".into(),
            authors: vec!["А. Авалиев".into(), "Т. Солодкова".into()],
            publisher: "№ 2 мектеп".into(),
            summary: "Бір\nекі".into(),
            words: vec!["бөлшек".into()],
            rights: "https://creativecommons.org/licenses/by/4.0/".into(),
            number: 3,
            day: NaiveDate::from_ymd_opt(2026, 3, 9).unwrap(),
            url: "https://ls.example/kk/bank/res_01/v/3".into(),
        }
    }

    #[test]
    fn bibtex_keeps_its_braces() {
        let text = citation().bib();
        assert!(text.starts_with("@misc{res01,\n"), "{text}");
        assert!(
            text.contains("title = {{50\\% \\& «\\{бөлшек\\}»}}"),
            "{text}"
        );
        assert!(
            text.contains("author = {{А. Авалиев} and {Т. Солодкова}}"),
            "{text}"
        );
    }

    #[test]
    fn a_line_of_ris_is_a_line() {
        let text = citation().ris();
        assert!(
            text.starts_with("TY  - GEN\r\n") && text.ends_with("ER  - \r\n"),
            "{text}"
        );
        assert!(
            text.contains("AB  - Бір екі\r\n") && text.contains("AU  - Т. Солодкова\r\n"),
            "{text}"
        );
    }

    #[test]
    fn csl_has_what_a_style_needs() {
        let csl = citation().csl();
        assert_eq!(csl["issued"]["date-parts"][0], json!([2026, 3, 9]));
        assert_eq!(csl["author"][1]["literal"], "Т. Солодкова");
    }
}
