//! Files go out: to whoever may see them, or with a short link; all of it or a range; inert in every browser.

use axum::body::Body;
use axum::extract::{Path, Query, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::Response;
use domain::authz::Viewer;
use domain::db::Access;
use domain::door;
use domain::file::{File, View, link};
use domain::id::Id;
use domain::person::Person;
use domain::text::Language;
use serde::Deserialize;

use crate::kind;
use crate::problem::Problem;
use crate::store::hex;
use crate::{Desk, Entrance};

/// What opens a file to whoever has it, as the person it was handed to.
#[derive(Deserialize)]
pub(crate) struct Opener {
    #[serde(rename = "for")]
    person: Option<Id<Person>>,
    until: Option<i64>,
    signature: Option<String>,
}

/// `/files/{id}/{name}`. The name is for people alone.
pub(crate) async fn whole<E: Entrance>(
    State(desk): State<Desk<E>>,
    Path((id, _name)): Path<(String, String)>,
    Query(opener): Query<Opener>,
    request: Request,
) -> Response {
    desk.hand_out(&id, View::Whole, &opener, request).await
}

/// `/files/{id}/{view}/{name}`: a picture of it.
pub(crate) async fn view<E: Entrance>(
    State(desk): State<Desk<E>>,
    Path((id, view, _name)): Path<(String, String, String)>,
    Query(opener): Query<Opener>,
    request: Request,
) -> Response {
    let view = [View::Preview, View::Thumbnail]
        .into_iter()
        .find(|it| it.name() == view);
    match view {
        Some(view) => desk.hand_out(&id, view, &opener, request).await,
        None => Problem::Missing.answer(Language::Kk),
    }
}

impl<E: Entrance> Desk<E> {
    async fn hand_out(&self, id: &str, view: View, opener: &Opener, request: Request) -> Response {
        let (parts, _) = request.into_parts();
        match self.found(id, view, opener, &parts).await {
            Ok(found) => match self.send(&found, view, &parts).await {
                Ok(response) => response,
                Err(problem) => problem.answer(found.language),
            },
            Err(problem) => problem.answer(Language::Kk),
        }
    }

    async fn found(
        &self,
        id: &str,
        view: View,
        opener: &Opener,
        parts: &Parts,
    ) -> Result<Found, Problem> {
        let id: Id<File> = id.parse().map_err(|_| Problem::Missing)?;
        let access = match (opener.until, &opener.signature) {
            (Some(until), Some(signature)) => {
                self.handed((id, view), opener.person, until, signature)
                    .await?
            }
            _ => self.access(parts).await?,
        };
        let file = access.get(id).await?;
        match file.filter(|file| view == View::Whole || file.pictured) {
            Some(file) => Ok(Found {
                file,
                language: access.viewer().language,
            }),
            None => Err(Problem::Missing),
        }
    }

    /// The rows as whoever the link was handed to sees them now: a right that is gone is gone for the link as well.
    async fn handed(
        &self,
        what: (Id<File>, View),
        person: Option<Id<Person>>,
        until: i64,
        signature: &str,
    ) -> Result<Access, Problem> {
        let db = &self.files.db;
        let now = db.clock().now();
        if !link::opens(db.secret(), what, person, until, signature, now)? {
            return Err(Problem::Missing);
        }
        Ok(match person {
            Some(person) => db.access(door::by_link(db, person).await?),
            None => db.access(Viewer::guest(Language::Kk)),
        })
    }

    async fn send(&self, found: &Found, view: View, parts: &Parts) -> Result<Response, Problem> {
        let file = &found.file;
        let size = match view {
            View::Whole => u64::try_from(file.size).unwrap_or(0),
            _ => self.files.store.size(&file.hash, view).await?,
        };
        let etag = etag(file, view);
        let (kind, inline) = match view {
            View::Whole => kind::served(&file.media_type),
            _ => ("image/jpeg", true),
        };
        let mut response = Response::new(Body::empty());
        let headers = response.headers_mut();
        insert(headers, header::ETAG, &etag)?;
        // What families may forbid again is kept nowhere.
        let cache = match file.study_id {
            Some(_) => "private, no-store",
            None => "private, no-cache",
        };
        insert(headers, header::CACHE_CONTROL, cache)?;
        insert(headers, header::VARY, "Cookie, Authorization")?;
        if matches(&parts.headers, header::IF_NONE_MATCH, &etag) {
            *response.status_mut() = StatusCode::NOT_MODIFIED;
            return Ok(response);
        }
        insert(headers, header::CONTENT_TYPE, kind)?;
        insert(headers, header::ACCEPT_RANGES, "bytes")?;
        insert(headers, header::X_CONTENT_TYPE_OPTIONS, "nosniff")?;
        insert(headers, header::CONTENT_SECURITY_POLICY, policy(kind))?;
        let disposition = disposition(&file.name, inline);
        insert(headers, header::CONTENT_DISPOSITION, &disposition)?;
        let range = match wanted(&parts.headers, &etag, size) {
            Wanted::All => None,
            Wanted::Some(range) => Some(range),
            Wanted::Nothing => {
                insert(headers, header::CONTENT_RANGE, &format!("bytes */{size}"))?;
                *response.status_mut() = StatusCode::RANGE_NOT_SATISFIABLE;
                return Ok(response);
            }
        };
        let length = range.as_ref().map_or(size, |range| range.end - range.start);
        headers.insert(header::CONTENT_LENGTH, length.into());
        let status = match &range {
            Some(range) => {
                let part = format!("bytes {}-{}/{size}", range.start, range.end - 1);
                insert(headers, header::CONTENT_RANGE, &part)?;
                StatusCode::PARTIAL_CONTENT
            }
            None => StatusCode::OK,
        };
        *response.status_mut() = status;
        if parts.method == Method::GET && length > 0 {
            let bytes = self.files.store.get(&file.hash, view, range).await;
            // The row says it is there: that it is not is ours to answer for.
            let bytes = bytes.map_err(|error| Problem::Fault(error.to_string()))?;
            *response.body_mut() = Body::from_stream(bytes);
        }
        Ok(response)
    }
}

/// A file that may be seen.
struct Found {
    file: File,
    language: Language,
}

fn insert(headers: &mut HeaderMap, name: HeaderName, value: &str) -> Result<(), Problem> {
    let value = HeaderValue::from_str(value).map_err(|error| Problem::Fault(error.to_string()))?;
    headers.insert(name, value);
    Ok(())
}

fn etag(file: &File, view: View) -> String {
    match view {
        View::Whole => format!("\"{}\"", hex(&file.hash)),
        _ => format!("\"{}-{}\"", hex(&file.hash), view.name()),
    }
}

/// What a browser may do with it: show it, and nothing else. Its viewer of documents does not work in a sandbox, and
/// has one of its own.
fn policy(kind: &str) -> &'static str {
    match kind {
        "application/pdf" => {
            "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"
        }
        _ => {
            "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; \
             frame-ancestors 'none'; sandbox"
        }
    }
}

/// The name in any script, and for very old programs what of it is ASCII.
fn disposition(name: &str, inline: bool) -> String {
    let how = if inline { "inline" } else { "attachment" };
    let plain: String = name
        .chars()
        .map(|c| match c {
            '"' | '\\' | '%' => '_',
            c if c.is_ascii_graphic() || c == ' ' => c,
            _ => '_',
        })
        .collect();
    let mut encoded = String::new();
    for byte in name.bytes() {
        match byte {
            b'A'..=b'Z'
            | b'a'..=b'z'
            | b'0'..=b'9'
            | b'-'
            | b'.'
            | b'_'
            | b'~'
            | b'!'
            | b'#'
            | b'$'
            | b'&'
            | b'+'
            | b'^'
            | b'`'
            | b'|' => encoded.push(char::from(byte)),
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    format!("{how}; filename=\"{plain}\"; filename*=UTF-8''{encoded}")
}

fn matches(headers: &HeaderMap, name: HeaderName, etag: &str) -> bool {
    let value = headers.get(name).and_then(|value| value.to_str().ok());
    value.is_some_and(|value| {
        value
            .split(',')
            .map(|tag| tag.trim())
            .any(|tag| tag == "*" || tag.strip_prefix("W/").unwrap_or(tag) == etag)
    })
}

/// Which bytes are asked for.
#[derive(Debug, PartialEq, Eq)]
enum Wanted {
    /// All of them.
    All,
    /// These.
    Some(std::ops::Range<u64>),
    /// None that there are.
    Nothing,
}

/// Reads `Range`, unless `If-Range` names another state. Several ranges at once, and what makes no sense, are answered
/// with all of it.
fn wanted(headers: &HeaderMap, etag: &str, size: u64) -> Wanted {
    let unchanged = match headers.get(header::IF_RANGE) {
        Some(seen) => seen.to_str().is_ok_and(|seen| seen.trim() == etag),
        None => true,
    };
    let range = headers.get(header::RANGE).filter(|_| unchanged);
    let range = range.and_then(|range| range.to_str().ok());
    let Some((from, to)) = range
        .and_then(|range| range.trim().strip_prefix("bytes="))
        .and_then(|range| range.trim().split_once('-'))
    else {
        return Wanted::All;
    };
    let number = |text: &str| -> Option<u64> {
        let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        digits.then(|| text.parse().unwrap_or(u64::MAX))
    };
    match (from.trim(), to.trim()) {
        ("", last) => match number(last) {
            None => Wanted::All,
            Some(0) => Wanted::Nothing,
            Some(_) if size == 0 => Wanted::Nothing,
            Some(last) => Wanted::Some(size.saturating_sub(last)..size),
        },
        (from, to) => match (number(from), number(to)) {
            (Some(from), _) if from >= size && (to.is_empty() || number(to).is_some()) => {
                Wanted::Nothing
            }
            (Some(from), Some(to)) if to >= from => {
                Wanted::Some(from..to.saturating_add(1).min(size))
            }
            (Some(from), None) if to.is_empty() => Wanted::Some(from..size),
            _ => Wanted::All,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges() {
        let ask = |range: &'static str, size| {
            let mut headers = HeaderMap::new();
            headers.insert(header::RANGE, HeaderValue::from_static(range));
            wanted(&headers, "\"a\"", size)
        };
        for (range, expected) in [
            ("bytes=0-0", Wanted::Some(0..1)),
            ("bytes=10-19", Wanted::Some(10..20)),
            ("bytes=90-", Wanted::Some(90..100)),
            ("bytes=-10", Wanted::Some(90..100)),
            ("bytes=-1000", Wanted::Some(0..100)),
            ("bytes=0-18446744073709551615", Wanted::Some(0..100)),
            ("bytes=99999999999999999999-", Wanted::Nothing),
            ("bytes=100-", Wanted::Nothing),
            ("bytes=-0", Wanted::Nothing),
            ("bytes=5-4", Wanted::All),
            ("bytes=a-b", Wanted::All),
            ("bytes=0-1,5-6", Wanted::All),
            ("lines=0-1", Wanted::All),
            ("bytes=", Wanted::All),
            ("bytes=-", Wanted::All),
        ] {
            assert_eq!(ask(range, 100), expected, "{range}");
        }
        assert_eq!(ask("bytes=0-", 0), Wanted::Nothing);
        assert_eq!(wanted(&HeaderMap::new(), "\"a\"", 5), Wanted::All);
        let mut headers = HeaderMap::new();
        headers.insert(header::RANGE, HeaderValue::from_static("bytes=0-1"));
        headers.insert(header::IF_RANGE, HeaderValue::from_static("\"b\""));
        assert_eq!(wanted(&headers, "\"a\"", 5), Wanted::All);
        headers.insert(header::IF_RANGE, HeaderValue::from_static("\"a\""));
        assert_eq!(wanted(&headers, "\"a\"", 5), Wanted::Some(0..2));
    }

    #[test]
    fn names_travel_in_any_script() {
        assert_eq!(
            disposition("Сабақ \"1\".pdf", true),
            "inline; filename=\"_____ _1_.pdf\"; filename*=UTF-8''%D0%A1%D0%B0%D0%B1%D0%B0%D2%9B%20%221%22.pdf"
        );
        assert!(disposition("a\r\nb", false).starts_with("attachment; filename=\"a__b\""));
    }

    proptest::proptest! {
        #[test]
        fn a_range_lies_inside(text in "bytes=[0-9]{0,20}-[0-9]{0,20}", size in 0_u64..1000) {
            let mut headers = HeaderMap::new();
            headers.insert(header::RANGE, HeaderValue::from_str(&text).unwrap());
            if let Wanted::Some(range) = wanted(&headers, "\"a\"", size) {
                assert!(range.start < range.end && range.end <= size);
            }
        }

        #[test]
        fn every_name_makes_a_header(name in "\\PC{0,200}") {
            assert!(HeaderValue::from_str(&disposition(&name, false)).is_ok());
        }
    }
}
