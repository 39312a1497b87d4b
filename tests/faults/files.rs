//! Files and rows agree: A11.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

use reqwest::{Client, Method, RequestBuilder, Response};
use sha2::{Digest, Sha256};

use crate::cluster::Embedded;
use crate::measured;

/// How large each upload is, and how often the node is killed.
const SIZE: usize = 20 << 20;
const KILLS: usize = 20;

/// Bytes of their own for each upload.
fn sample(seed: usize) -> Vec<u8> {
    let mut state = 0x9E37_79B9_7F4A_7C15_u64 ^ seed as u64;
    let mut bytes = Vec::with_capacity(SIZE);
    while bytes.len() < SIZE {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        bytes.extend_from_slice(&state.to_le_bytes());
    }
    bytes
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
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

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Somebody who uploads to the one node.
struct Sender {
    http: Client,
    base: String,
    token: String,
}

impl Sender {
    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http
            .request(method, format!("{}{path}", self.base))
            .bearer_auth(&self.token)
            .header("tus-resumable", "1.0.0")
    }

    async fn announce(&self) -> String {
        let request = self.request(Method::POST, "/files");
        let response = request.header("upload-length", SIZE).send().await;
        let response = response.expect("an answer");
        let place = response.headers().get("location").expect("a place");
        place.to_str().expect("text").to_owned()
    }

    /// Where an upload is, or nothing when the node is gone.
    async fn offset(&self, place: &str) -> usize {
        let response = self.request(Method::HEAD, place).send().await;
        let response = response.expect("an answer");
        assert_eq!(response.status(), 200, "{place}");
        let offset = response.headers()["upload-offset"].to_str();
        offset.expect("text").parse().expect("a number")
    }

    async fn send(&self, place: &str, offset: usize, bytes: &[u8]) -> reqwest::Result<Response> {
        self.request(Method::PATCH, place)
            .header("content-type", "application/offset+octet-stream")
            .header("upload-offset", offset)
            .body(bytes.to_vec())
            .send()
            .await
    }
}

/// A11. The node is killed at twenty points of an upload of 20 MB: from its first bytes to the last, where the file is
/// put together. Half of the uploads go on afterwards, half never do. Every file that there is has its bytes; a day
/// later nothing is left of the others.
#[tokio::test]
async fn a11_files_and_rows_agree() {
    let folder = tests::database::new_folder();
    let mut embedded = Embedded::idle(&folder).await;
    embedded.start().await;
    let sender = Sender {
        http: tests::http()
            .timeout(Duration::from_secs(120))
            .build()
            .expect("a client"),
        base: embedded.base(),
        token: embedded.token("teacher"),
    };
    let mut whole = BTreeSet::new();
    let (mut broken, mut late) = (0, 0);
    for kill in 0..KILLS {
        let bytes = sample(kill);
        let place = sender.announce().await;
        // The later points lie in the time after the last byte was sent.
        let sent = SIZE.min((kill + 1) * SIZE / 15);
        let delay = Duration::from_millis(if sent < SIZE {
            0
        } else {
            (kill as u64 - 13) * 15
        });
        let sending = sender.send(&place, 0, &bytes[..sent]);
        let killing = async {
            // Most of it has come when it is killed, or all of it.
            let node = embedded.node.as_mut().expect("it runs");
            let data = embedded.data.join("files");
            let wanted = sent as u64 * 3 / 4;
            let begin = std::time::Instant::now();
            while begin.elapsed() < Duration::from_secs(60) {
                let there: u64 = files_below(
                    &data
                        .join("upload")
                        .join(place.trim_start_matches("/files/")),
                )
                .iter()
                .filter_map(|path| path.metadata().ok())
                .map(|found| found.len())
                .sum();
                if there >= wanted {
                    break;
                }
                tokio::time::sleep(Duration::from_millis(2)).await;
            }
            tokio::time::sleep(delay).await;
            node.kill();
        };
        let (answer, ()) = tokio::join!(sending, killing);
        broken += usize::from(answer.is_err());
        embedded.start().await;
        if answer.is_ok_and(|answer| answer.status() == 204) && sent == SIZE {
            whole.insert(hex(&Sha256::digest(&bytes)));
            late += 1;
            continue;
        }
        if kill % 2 == 0 {
            let offset = sender.offset(&place).await;
            if offset < SIZE {
                let rest = sender.send(&place, offset, &bytes[offset..]).await;
                assert_eq!(rest.expect("an answer").status(), 204);
            }
            assert_eq!(sender.offset(&place).await, SIZE);
            whole.insert(hex(&Sha256::digest(&bytes)));
        }
    }
    assert!(broken >= KILLS / 2, "only {broken} kills bit");

    // A day later. Who was not told may have a file all the same: it is whole as well.
    let mut node = embedded.node.take().expect("it runs");
    node.kill();
    let rows = embedded.rows().await;
    rows.run("UPDATE upload SET expires_at = '2020-01-01 00:00:00+00:00'; UPDATE blob SET wanted_at = '2020-01-01 00:00:00+00:00'").await;
    embedded.start().await;
    for _ in 0..400 {
        let left = "SELECT (SELECT count(*) FROM upload) + (SELECT count(*) FROM blob AS b WHERE NOT EXISTS (SELECT 1 FROM file WHERE hash = b.hash))";
        if rows.number(left).await == 0 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let kept: BTreeSet<String> = rows
        .column("SELECT lower(hex(hash)) FROM file")
        .await
        .into_iter()
        .collect();
    assert!(kept.is_superset(&whole), "acknowledged files are gone");
    let mut found = BTreeSet::new();
    for path in files_below(&embedded.data.join("files")) {
        let bytes = std::fs::read(&path).expect("a file can be read");
        let name = path
            .file_name()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        assert_eq!(
            hex(&Sha256::digest(&bytes)),
            name,
            "{} is not intact",
            path.display()
        );
        found.insert(name);
    }
    assert_eq!(found, kept, "left: the store; right: the rows");
    assert_eq!(rows.number("SELECT count(*) FROM upload").await, 0);
    assert_eq!(rows.number("SELECT count(*) FROM upload_part").await, 0);
    let used = rows.number("SELECT sum(bytes) FROM file_usage").await;
    assert_eq!(
        used,
        (rows.number("SELECT count(*) FROM file").await) * SIZE as i64
    );
    rows.close().await;
    measured(
        "A11",
        &format!(
            "{KILLS} kills, {broken} broke an upload of 20 MB, {late} came after it; {} files, all intact; 0 orphans after a day",
            kept.len()
        ),
    );
    drop(embedded);
    std::fs::remove_dir_all(folder).expect("the folder can go");
}
