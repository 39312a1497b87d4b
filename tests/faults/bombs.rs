//! What is small to send and would be large to take: C4, as far as it applies before there are files.

use std::time::{Duration, Instant};

use futures_util::future::join_all;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::cluster::Cluster;
use crate::measured;
use crate::probe::ask;

/// Every bomb is refused in a second; a busy machine may take this much longer.
const REFUSED: Duration = Duration::from_millis(2500);

/// The most a node holds at once, since it began, in megabytes.
fn peak(cluster: &Cluster) -> u64 {
    let node = cluster.nodes[0].as_ref().expect("the node runs");
    let status = std::fs::read_to_string(format!("/proc/{}/status", node.id()));
    let status = status.expect("the node runs");
    let line = status.lines().find(|line| line.starts_with("VmHWM:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().nth(1)?.parse::<u64>().ok());
    kilobytes.expect("a number") / 1024
}

/// Sends this head and then chunks of a body that never ends; tells the status and when it came.
async fn endless(address: &str, head: &str) -> (u16, Duration) {
    let stream = TcpStream::connect(address).await.expect("the node listens");
    let (mut from, mut to) = stream.into_split();
    let head = format!("{head}host: localhost\r\ntransfer-encoding: chunked\r\n\r\n");
    to.write_all(head.as_bytes()).await.expect("a head");
    let begin = Instant::now();
    let sending = tokio::spawn(async move {
        let chunk = format!("10000\r\n{}\r\n", " ".repeat(0x1_0000));
        while to.write_all(chunk.as_bytes()).await.is_ok() {}
    });
    let mut answer = [0; 12];
    let read = tokio::time::timeout(Duration::from_secs(30), from.read_exact(&mut answer)).await;
    let took = begin.elapsed();
    sending.abort();
    read.expect("an answer in time").expect("an answer");
    let status = String::from_utf8_lossy(&answer);
    let status = status.split(' ').nth(1).and_then(|code| code.parse().ok());
    (status.expect("a status"), took)
}

/// C4. Bodies that never end, and bodies that say they are compressed.
#[tokio::test]
async fn c4_bombs_are_defused() {
    let cluster = Cluster::of(1, &[]).await;
    let wire = cluster.wire(0, "teacher");
    assert!(ask(&wire).await.well);
    let before = peak(&cluster);
    let address = cluster.base(0).trim_start_matches("http://").to_owned();
    let heads = [
        "POST /graphql HTTP/1.1\r\ncontent-type: application/json\r\n",
        "POST /ru/sign-in HTTP/1.1\r\ncontent-type: application/x-www-form-urlencoded\r\n",
    ];
    let mut slowest = Duration::ZERO;
    for head in heads {
        for (status, took) in join_all((0..20).map(|_| endless(&address, head))).await {
            // A form without its token is refused before its body is read at all.
            assert!([403, 413].contains(&status), "{head}: {status}");
            slowest = slowest.max(took);
        }
    }
    // Ten megabytes of zeros that would be ten gigabytes; nothing here unpacks anything.
    let http = tests::http().build().expect("a client can be built");
    for kind in ["gzip", "deflate", "br", "zstd"] {
        for body in [
            vec![0_u8; 10 << 20],
            b"{\"query\":\"{ __typename }\"}".to_vec(),
        ] {
            let begin = Instant::now();
            let request = http.post(format!("{}/graphql", cluster.base(0)));
            let request = request
                .header("content-type", "application/json")
                .header("content-encoding", kind);
            let status = match request.body(body).send().await {
                Ok(response) => response.status().as_u16(),
                // The answer came while the body was still on its way.
                Err(error) => {
                    assert!(error.is_request(), "{error:?}");
                    413
                }
            };
            slowest = slowest.max(begin.elapsed());
            assert!([400, 413, 415].contains(&status), "{kind}: {status}");
        }
    }
    let after = peak(&cluster);
    assert!(slowest <= REFUSED, "a bomb was refused after {slowest:?}");
    assert!(after - before <= 64, "from {before} to {after} MB");
    assert!(ask(&wire).await.well, "the node serves on");
    measured(
        "C4",
        &format!(
            "40 endless bodies and 8 packed ones refused, the last after {slowest:?}; at most {before} MB before, {after} MB after"
        ),
    );
}
