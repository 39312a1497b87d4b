//! Files in a bucket that all nodes share, on a server that speaks S3: moto, from the Python package index.

use std::process::Stdio;
use std::time::Duration;

use reqwest::{Method, StatusCode};
use tests::Backend;
use tokio::process::{Child, Command};

use super::client::{Tus, sample, until};
use super::program::python_with;
use crate::community::Community;

/// Which one.
const MOTO: &str = "moto[server]==5.2.5";

/// A server with an empty bucket, ended when it is dropped.
struct Bucket {
    address: String,
    _server: Child,
}

impl Bucket {
    async fn new() -> Self {
        let python = python_with("moto", MOTO).await;
        let port = tests::free_port();
        let address = format!("http://127.0.0.1:{port}");
        let server = Command::new(&python)
            .args([
                "-m",
                "moto.server",
                "-H",
                "127.0.0.1",
                "-p",
                &port.to_string(),
            ])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .expect("it runs");
        let made = async || {
            let http = tests::http().build().expect("a client");
            let put = http.put(format!("{address}/lessons"));
            put.send()
                .await
                .is_ok_and(|answer| answer.status().is_success())
        };
        for _ in 0..200 {
            if made().await {
                break;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        Self {
            address,
            _server: server,
        }
    }

    /// The keys of what is in it.
    async fn keys(&self) -> Vec<String> {
        let http = tests::http().build().expect("a client");
        let list = http.get(format!("{}/lessons?list-type=2", self.address));
        let text = list
            .send()
            .await
            .expect("an answer")
            .text()
            .await
            .expect("text");
        let keys = text.split("<Key>").skip(1);
        keys.filter_map(|rest| Some(rest.split_once("</Key>")?.0.to_owned()))
            .collect()
    }
}

#[tokio::test]
async fn nodes_share_a_bucket() {
    let bucket = Bucket::new().await;
    let settings = [
        ("SABAQTAS_FILES_BUCKET", "lessons"),
        ("SABAQTAS_FILES_ENDPOINT", &*bucket.address),
        ("SABAQTAS_FILES_ACCESS_KEY", "somebody"),
        ("SABAQTAS_FILES_SECRET_KEY", "nothing"),
    ];
    let mut community = Community::on(Backend::Postgres, 0).await;
    community.start(&settings).await;
    community.start(&settings).await;
    let here = Tus::of(community.persona("teacher"));
    let there = Tus::of(community.persona_on(1, "teacher"));
    let bytes = sample(12_000_000);
    let place = here.announce("a.bin", bytes.len()).await;
    assert_eq!(
        here.send(&place, 0, &bytes[..5_000_000]).await.0,
        StatusCode::NO_CONTENT
    );
    assert_eq!(
        there.send(&place, 5_000_000, &bytes[5_000_000..]).await.0,
        StatusCode::NO_CONTENT
    );
    let path = format!("{place}/a.bin");
    assert_eq!(here.get(&path).await.bytes().await.expect("bytes"), bytes);
    let part = there
        .client
        .request(Method::GET, &path)
        .header("range", "bytes=6000000-6000009")
        .send()
        .await;
    let part = part.expect("an answer");
    assert_eq!(
        (part.status(), part.bytes().await.expect("bytes")),
        (
            StatusCode::PARTIAL_CONTENT,
            bytes[6_000_000..6_000_010].to_vec().into()
        )
    );
    let picture = here.upload("a.png", super::PIXEL).await;
    assert_eq!(
        there
            .get(&format!("{picture}/thumbnail/a.png"))
            .await
            .status(),
        StatusCode::OK
    );
    // The bytes, a picture with two of it; nothing half.
    let keys = bucket.keys().await;
    assert_eq!(keys.len(), 4, "{keys:?}");
    assert!(
        keys.iter()
            .all(|key| key.starts_with("blob/") || key.starts_with("picture/")),
        "{keys:?}"
    );

    // One is taken back, one is removed; what is left is swept when a node starts a day later.
    let half = here.announce("b", 2_000_000).await;
    here.send(&half, 0, &bytes[..1_500_000]).await;
    assert!(bucket.keys().await.len() > 4);
    let end = here
        .request(Method::DELETE, &picture)
        .send()
        .await
        .expect("an answer");
    assert_eq!(end.status(), StatusCode::NO_CONTENT);
    community.database.run("UPDATE upload SET expires_at = '2020-01-01 00:00:00+00:00'; UPDATE blob SET wanted_at = '2020-01-01 00:00:00+00:00'").await;
    community.start(&settings).await;
    until(async || bucket.keys().await.len() == 1).await;

    // Gone for a while, it is nobody's fault: come again.
    drop(bucket);
    let (status, headers) = here
        .send(&here.announce("c", 10).await, 0, b"0123456789")
        .await;
    assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(headers.contains_key("retry-after"));
}
