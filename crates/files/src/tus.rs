//! The protocol tus 1.0: an upload is announced, sent in as many requests as the line needs, and resumed anywhere.
//!
//! Core, creation, creation-with-upload, termination, checksum and expiration. Every node can go on with every upload,
//! since all there is to know is a row and pieces in the store. No upload is locked while bytes come: of two who send
//! the same bytes the first to finish a piece wins, and the other is told of the conflict, so that a client whose old
//! connection hangs somewhere need not wait for it.
//!
//! Other sites' pages can't come here with somebody's cookies: the headers of the protocol need a preflight, which the
//! server answers for listed sites only.

use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::Response;
use base64::{Engine, engine::general_purpose::STANDARD};
use domain::clock::Timestamp;
use domain::db::Access;
use domain::file::{File, Upload, commands, queries};
use domain::id::Id;
use domain::text::Language;

use crate::problem::Problem;
use crate::receive::{self, ALGORITHMS, Checksum};
use crate::{Desk, Entrance, keep};

const VERSION: HeaderValue = HeaderValue::from_static("1.0.0");
const EXTENSIONS: HeaderValue =
    HeaderValue::from_static("creation,creation-with-upload,termination,checksum,expiration");

const RESUMABLE: HeaderName = HeaderName::from_static("tus-resumable");
const VERSIONS: HeaderName = HeaderName::from_static("tus-version");
const EXTENSION: HeaderName = HeaderName::from_static("tus-extension");
const MAX_SIZE: HeaderName = HeaderName::from_static("tus-max-size");
const CHECKSUM_ALGORITHM: HeaderName = HeaderName::from_static("tus-checksum-algorithm");
const OFFSET: HeaderName = HeaderName::from_static("upload-offset");
const LENGTH: HeaderName = HeaderName::from_static("upload-length");
const METADATA: HeaderName = HeaderName::from_static("upload-metadata");
const EXPIRES: HeaderName = HeaderName::from_static("upload-expires");
const CHECKSUM: HeaderName = HeaderName::from_static("upload-checksum");
const OVERRIDE: HeaderName = HeaderName::from_static("x-http-method-override");

/// What the bytes of an upload are sent as.
const BYTES: &str = "application/offset+octet-stream";

/// The longest `Upload-Metadata`.
const LONGEST_METADATA: usize = 4096;

/// `/files`: what is understood, and new uploads.
pub(crate) async fn collection<E: Entrance>(
    State(desk): State<Desk<E>>,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    match meant(&parts) {
        Method::OPTIONS => finish(Ok(options(&desk)), Language::Kk),
        Method::POST => {
            let create =
                async |access: &Access, parts: &Parts| desk.create(access, parts, body).await;
            desk.answered(parts, create).await
        }
        _ => finish(Err(Problem::Method), Language::Kk),
    }
}

/// `/files/{id}`: how far an upload is, its next bytes, its end.
pub(crate) async fn upload<E: Entrance>(
    State(desk): State<Desk<E>>,
    Path(id): Path<String>,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    let method = meant(&parts);
    if method == Method::OPTIONS {
        return finish(Ok(options(&desk)), Language::Kk);
    }
    let work = async |access: &Access, parts: &Parts| {
        let id: Id<File> = id.parse().map_err(|_| Problem::Missing)?;
        match method {
            Method::HEAD => desk.progress(access, id).await,
            Method::PATCH => desk.append(access, id, parts, body).await,
            Method::DELETE => desk.end(access, id).await,
            _ => Err(Problem::Method),
        }
    };
    desk.answered(parts, work).await
}

/// The method that is meant: some networks let only GET and POST through.
fn meant(parts: &Parts) -> Method {
    let named = parts.headers.get(OVERRIDE);
    let named = named.and_then(|name| Method::from_bytes(name.as_bytes()).ok());
    match named {
        Some(named) if parts.method == Method::POST => named,
        _ => parts.method.clone(),
    }
}

fn options<E: Entrance>(desk: &Desk<E>) -> Response {
    let mut response = empty(StatusCode::NO_CONTENT);
    let headers = response.headers_mut();
    headers.insert(VERSIONS, VERSION);
    headers.insert(EXTENSION, EXTENSIONS);
    headers.insert(MAX_SIZE, desk.files.allowance.file.into());
    headers.insert(CHECKSUM_ALGORITHM, HeaderValue::from_static(ALGORITHMS));
    response
}

impl<E: Entrance> Desk<E> {
    /// Finds out who asks, and answers.
    async fn answered(
        &self,
        parts: Parts,
        work: impl AsyncFnOnce(&Access, &Parts) -> Result<Response, Problem>,
    ) -> Response {
        if parts.headers.get(RESUMABLE) != Some(&VERSION) {
            return finish(Err(Problem::Version), Language::Kk);
        }
        match self.access(&parts).await {
            Ok(access) => finish(work(&access, &parts).await, access.viewer().language),
            Err(problem) => finish(Err(problem), Language::Kk),
        }
    }

    async fn create(
        &self,
        access: &Access,
        parts: &Parts,
        body: Body,
    ) -> Result<Response, Problem> {
        let headers = &parts.headers;
        let length: u64 = number(headers, LENGTH)?.ok_or(Problem::Header("Upload-Length"))?;
        let metadata = text(headers, METADATA)?.unwrap_or_default();
        let name = name(metadata).ok_or(Problem::Header("Upload-Metadata"))?;
        // Some clients name a type with every request that may have a body.
        let with_bytes = is_bytes(headers).is_ok();
        let checksum = checksum(headers)?;
        let allowance = self.files.allowance;
        let announced = commands::announce(access, &name, metadata, length, allowance);
        let mut upload = announced.await??;
        if with_bytes {
            if !receive::fits(&upload, number(headers, header::CONTENT_LENGTH)?) {
                return Err(Problem::Large);
            }
            upload = receive::receive(&self.files, access, upload, body, checksum).await?;
        }
        if upload.received == upload.length {
            keep::keep(&self.files, access, &upload).await?;
        }
        let mut response = empty(StatusCode::CREATED);
        let headers = response.headers_mut();
        let location = format!("/files/{}", upload.id);
        let location = HeaderValue::from_str(&location);
        headers.insert(
            header::LOCATION,
            location.map_err(|error| Problem::Fault(error.to_string()))?,
        );
        tell(headers, &upload);
        Ok(response)
    }

    async fn progress(&self, access: &Access, id: Id<File>) -> Result<Response, Problem> {
        let upload = self.upload(access, id).await?;
        // A node may have ended between the last byte and the file.
        if upload.received == upload.length && !upload.finished {
            keep::keep(&self.files, access, &upload).await?;
        }
        let mut response = empty(StatusCode::OK);
        let headers = response.headers_mut();
        headers.insert(LENGTH, upload.length.into());
        if let Ok(metadata) = HeaderValue::from_str(&upload.metadata)
            && !metadata.is_empty()
        {
            headers.insert(METADATA, metadata);
        }
        tell(headers, &upload);
        Ok(response)
    }

    async fn append(
        &self,
        access: &Access,
        id: Id<File>,
        parts: &Parts,
        body: Body,
    ) -> Result<Response, Problem> {
        let headers = &parts.headers;
        is_bytes(headers)?;
        let offset: i64 = number(headers, OFFSET)?.ok_or(Problem::Header("Upload-Offset"))?;
        let checksum = checksum(headers)?;
        let upload = self.upload(access, id).await?;
        if upload.received != offset {
            return Err(Problem::Offset);
        }
        if !receive::fits(&upload, number(headers, header::CONTENT_LENGTH)?) {
            return Err(Problem::Large);
        }
        let upload = match upload.finished {
            true => upload,
            false => receive::receive(&self.files, access, upload, body, checksum).await?,
        };
        if upload.received == upload.length && !upload.finished {
            keep::keep(&self.files, access, &upload).await?;
        }
        let mut response = empty(StatusCode::NO_CONTENT);
        tell(response.headers_mut(), &upload);
        Ok(response)
    }

    async fn end(&self, access: &Access, id: Id<File>) -> Result<Response, Problem> {
        let upload = self.upload(access, id).await?;
        if upload.finished {
            commands::remove(access, id).await?;
        } else {
            commands::take_back(access, id).await?;
            keep::clear(&self.files, id).await;
        }
        Ok(empty(StatusCode::NO_CONTENT))
    }

    async fn upload(&self, access: &Access, id: Id<File>) -> Result<Upload, Problem> {
        if access.viewer().id().is_none() {
            return Err(Problem::SignIn);
        }
        let upload = queries::upload(access, id).await?;
        upload.ok_or(Problem::Missing)
    }
}

fn empty(status: StatusCode) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    response
}

fn finish(outcome: Result<Response, Problem>, language: Language) -> Response {
    let version = matches!(outcome, Err(Problem::Version));
    let mut response = outcome.unwrap_or_else(|problem| problem.answer(language));
    let headers = response.headers_mut();
    headers.insert(RESUMABLE, VERSION);
    if version {
        headers.insert(VERSIONS, VERSION);
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// How far an upload is, and for how long it waits.
fn tell(headers: &mut HeaderMap, upload: &Upload) {
    headers.insert(OFFSET, upload.received.into());
    if upload.received < upload.length
        && let Ok(until) = HeaderValue::from_str(&http_date(upload.expires_at))
    {
        headers.insert(EXPIRES, until);
    }
}

fn http_date(at: Timestamp) -> String {
    at.format("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

fn text(headers: &HeaderMap, name: HeaderName) -> Result<Option<&str>, Problem> {
    let value = headers.get(&name).map(HeaderValue::to_str).transpose();
    value.map_err(|_| Problem::Header(said(&name)))
}

fn number<T: std::str::FromStr + PartialOrd + Default>(
    headers: &HeaderMap,
    name: HeaderName,
) -> Result<Option<T>, Problem> {
    let wrong = said(&name);
    let Some(text) = text(headers, name)? else {
        return Ok(None);
    };
    let number = text.parse().ok().filter(|number| *number >= T::default());
    number.map(Some).ok_or(Problem::Header(wrong))
}

/// The header's name as people write it.
fn said(name: &HeaderName) -> &'static str {
    match name.as_str() {
        "upload-offset" => "Upload-Offset",
        "upload-length" => "Upload-Length",
        "upload-metadata" => "Upload-Metadata",
        "upload-checksum" => "Upload-Checksum",
        _ => "Content-Length",
    }
}

fn is_bytes(headers: &HeaderMap) -> Result<(), Problem> {
    match headers.get(header::CONTENT_TYPE) {
        Some(kind) if kind == BYTES => Ok(()),
        _ => Err(Problem::ContentType),
    }
}

fn checksum(headers: &HeaderMap) -> Result<Option<Checksum>, Problem> {
    match text(headers, CHECKSUM)? {
        None => Ok(None),
        Some(header) => match Checksum::parse(header) {
            Some(checksum) => Ok(Some(checksum)),
            None => Err(Problem::Header("Upload-Checksum")),
        },
    }
}

/// The name among the metadata: pairs of a key and a value in base64. Clients call it `filename` or `name`.
fn name(metadata: &str) -> Option<String> {
    if metadata.len() > LONGEST_METADATA {
        return None;
    }
    let mut name = String::new();
    for pair in metadata
        .split(',')
        .map(str::trim)
        .filter(|it| !it.is_empty())
    {
        let (key, value) = pair.split_once(' ').unwrap_or((pair, ""));
        let value = STANDARD.decode(value.trim()).ok()?;
        if key == "filename" || (key == "name" && name.is_empty()) {
            name = String::from_utf8(value).ok()?;
        }
    }
    Some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_in_metadata() {
        for (metadata, expected) in [
            ("", Some("")),
            ("filename 0JAuZG9j", Some("А.doc")),
            ("filetype dGV4dA==,filename 0JAuZG9j", Some("А.doc")),
            ("name YQ==,filename Yg==", Some("b")),
            ("is_confidential", Some("")),
            ("filename ???", None),
            ("filename /w==", None),
        ] {
            assert_eq!(name(metadata).as_deref(), expected, "{metadata}");
        }
        assert_eq!(name(&"a,".repeat(LONGEST_METADATA)), None);
    }

    #[test]
    fn dates_are_written_as_http_does() {
        let at = Timestamp::UNIX_EPOCH + chrono::Duration::days(20_000);
        assert_eq!(http_date(at), "Fri, 04 Oct 2024 00:00:00 GMT");
    }

    proptest::proptest! {
        #[test]
        fn no_metadata_makes_it_panic(metadata in ".{0,200}") {
            let _ = name(&metadata);
        }
    }
}
