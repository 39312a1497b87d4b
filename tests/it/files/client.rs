//! A client of the protocol that does as it is told, also wrongly; and a look into the store behind the server's back.

use std::path::{Path, PathBuf};
use std::time::Duration;

use base64::{Engine, engine::general_purpose::STANDARD};
use reqwest::header::HeaderMap;
use reqwest::{Method, RequestBuilder, Response, StatusCode};
use tests::graphql::Client;

use crate::community::Community;

/// What bytes are sent as.
pub const BYTES: &str = "application/offset+octet-stream";

/// Somebody who uploads.
pub struct Tus {
    pub client: Client,
}

impl Tus {
    pub fn of(client: Client) -> Self {
        Self { client }
    }

    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client
            .request(method, path)
            .header("tus-resumable", "1.0.0")
    }

    pub async fn get(&self, path: &str) -> Response {
        let request = self.client.request(Method::GET, path);
        request.send().await.expect("an answer")
    }

    /// Announces a file and gives the path of its upload.
    pub async fn announce(&self, name: &str, length: usize) -> String {
        let request = self
            .request(Method::POST, "/files")
            .header("upload-length", length)
            .header("upload-metadata", metadata(name));
        let response = request.send().await.expect("an answer");
        let status = response.status();
        let place = response.headers().get("location").cloned();
        let said = response.text().await.unwrap_or_default();
        assert_eq!(status, StatusCode::CREATED, "{said}");
        let place = place.expect("a place");
        place.to_str().expect("text").to_owned()
    }

    pub async fn send(&self, place: &str, offset: usize, bytes: &[u8]) -> (StatusCode, HeaderMap) {
        let request = self
            .request(Method::PATCH, place)
            .header("content-type", BYTES)
            .header("upload-offset", offset)
            .body(bytes.to_vec());
        let response = request.send().await.expect("an answer");
        (response.status(), response.headers().clone())
    }

    pub async fn head(&self, place: &str) -> (StatusCode, HeaderMap) {
        let response = self.request(Method::HEAD, place).send().await;
        let response = response.expect("an answer");
        (response.status(), response.headers().clone())
    }

    /// All at once.
    pub async fn upload(&self, name: &str, bytes: &[u8]) -> String {
        let place = self.announce(name, bytes.len()).await;
        let (status, _) = self.send(&place, 0, bytes).await;
        assert_eq!(status, StatusCode::NO_CONTENT, "{name}");
        place
    }
}

pub fn metadata(name: &str) -> String {
    format!("filename {}", STANDARD.encode(name))
}

/// Bytes that nothing takes for anything, the same each time.
pub fn sample(length: usize) -> Vec<u8> {
    let mut state: u32 = 0x9E37_79B9;
    let mut bytes = vec![0, 1, 2, 3];
    while bytes.len() < length {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        bytes.extend_from_slice(&state.to_le_bytes());
    }
    bytes.truncate(length);
    bytes
}

/// Every file below a folder.
pub fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files_below(&path));
        } else {
            found.push(path);
        }
    }
    found
}

/// Ends the only server and starts it again on the same folder.
pub async fn restart(community: &mut Community) {
    community.nodes.clear();
    community.start(&[]).await;
}

/// Waits until this holds.
pub async fn until(holds: impl AsyncFn() -> bool) {
    for _ in 0..200 {
        if holds().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("it never came to hold");
}
