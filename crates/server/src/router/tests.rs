use axum::Extension;
use axum::routing::post;

use super::*;
use crate::listen::tests::{Running, edge, limits, start};

fn loopback() -> Vec<IpNet> {
    vec!["127.0.0.0/8".parse().unwrap()]
}

/// Routes that say what the layers told them, or that misbehave.
async fn server(edge: Edge) -> Running {
    let app = Router::new()
        .route(
            "/who/{secret}",
            get(
                async |Extension(client): Extension<ClientAddress>,
                       Extension(id): Extension<RequestId>| {
                    format!(
                        "client={} id={}",
                        client.0,
                        id.header_value().to_str().unwrap()
                    )
                },
            ),
        )
        .route("/panic", get(async || -> Response { panic!("hunter2") }))
        .route("/never", get(std::future::pending::<Response>))
        .route(
            "/size",
            post(async |body: axum::body::Bytes| body.len().to_string()),
        );
    let streaming = Router::new().route(
        "/upload",
        post(async |body: axum::body::Body| {
            let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
            bytes.len().to_string()
        }),
    );
    let patient = crate::listen::Limits {
        head: Duration::from_secs(20),
        ..limits()
    };
    start(app, streaming, edge, patient).await
}

#[tokio::test]
async fn a_panic_answers_500_with_the_request_id_and_no_details() {
    let server = server(edge()).await;
    let answer = server.ask("GET /panic HTTP/1.1", "").await;
    assert!(answer.starts_with("HTTP/1.1 500"), "{answer}");
    assert!(answer.contains(r#""requestId":"made-here""#), "{answer}");
    assert!(
        answer.contains("x-content-type-options: nosniff"),
        "{answer}"
    );
    assert!(!answer.contains("hunter2"), "{answer}");
}

#[tokio::test]
async fn headers_of_a_peer_we_do_not_trust_are_ignored() {
    let head = "GET /who/x HTTP/1.1\r\nX-Forwarded-For: 203.0.113.9\r\nX-Request-Id: forged";
    let answer = server(edge()).await.ask(head, "").await;
    assert!(
        answer.ends_with("client=127.0.0.1 id=made-here"),
        "{answer}"
    );
    assert!(answer.contains("x-request-id: made-here"), "{answer}");

    let trusting = Edge {
        trusted_proxies: loopback(),
        ..edge()
    };
    let answer = server(trusting).await.ask(head, "").await;
    assert!(answer.ends_with("client=203.0.113.9 id=forged"), "{answer}");
}

#[tokio::test]
async fn a_request_id_that_could_break_a_log_is_replaced() {
    let trusting = Edge {
        trusted_proxies: loopback(),
        ..edge()
    };
    let server = server(trusting).await;
    for id in ["a b", "\"},{", "", &"x".repeat(65)] {
        let head = format!("GET /who/x HTTP/1.1\r\nX-Request-Id: {id}");
        assert!(
            server.ask(&head, "").await.ends_with("id=made-here"),
            "{id}"
        );
    }
}

#[tokio::test]
async fn browsers_are_told_to_be_careful_and_https_only_where_it_is_spoken() {
    let plain = server(edge()).await.ask("GET /healthz HTTP/1.1", "").await;
    for header in ["nosniff", "referrer-policy: ", "x-frame-options: DENY"] {
        assert!(plain.contains(header), "{header} not in {plain}");
    }
    assert!(!plain.contains("strict-transport-security"), "{plain}");
    let https = Edge {
        https: true,
        ..edge()
    };
    let secure = server(https).await.ask("GET /nowhere HTTP/1.1", "").await;
    assert!(secure.starts_with("HTTP/1.1 404"), "{secure}");
    assert!(
        secure.contains("strict-transport-security: max-age"),
        "{secure}"
    );
}

#[tokio::test]
async fn bodies_are_limited_except_where_they_stream() {
    let small = Edge {
        body_bytes: 10,
        ..edge()
    };
    let server = server(small).await;
    let declared = |route: &str| format!("POST {route} HTTP/1.1\r\nContent-Length: 11");
    let chunked = |route: &str| format!("POST {route} HTTP/1.1\r\nTransfer-Encoding: chunked");
    let eleven = "12345678901";
    let chunk = "b\r\n12345678901\r\n0\r\n\r\n";
    for (head, body) in [(declared("/size"), eleven), (chunked("/size"), chunk)] {
        let answer = server.ask(&head, body).await;
        assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");
    }
    for (head, body) in [(declared("/upload"), eleven), (chunked("/upload"), chunk)] {
        let answer = server.ask(&head, body).await;
        assert!(
            answer.starts_with("HTTP/1.1 200") && answer.ends_with("11"),
            "{answer}"
        );
    }
}

#[tokio::test]
async fn a_request_that_takes_too_long_is_answered_503() {
    let hasty = Edge {
        request_timeout: Duration::from_millis(50),
        ..edge()
    };
    let server = server(hasty).await;
    // A body that never comes is the same to us as work that never ends.
    for head in [
        "GET /never HTTP/1.1",
        "POST /size HTTP/1.1\r\nContent-Length: 5",
    ] {
        let answer = server.ask(head, "").await;
        assert!(answer.starts_with("HTTP/1.1 503"), "{answer}");
        assert!(answer.contains("retry-after: 1"), "{answer}");
    }
}

#[tokio::test]
async fn readiness_shows_names_and_hides_details_and_only_vital_things_count() {
    for (vital, status) in [(true, "503"), (false, "200")] {
        let failing = Edge {
            readiness: Arc::new(move || {
                Box::pin(async move {
                    let state = Err("password=hunter2".to_owned());
                    vec![
                        Check {
                            name: "redis",
                            state,
                            vital,
                        },
                        Check {
                            name: "database",
                            state: Ok(()),
                            vital: true,
                        },
                    ]
                })
            }),
            ..edge()
        };
        let answer = server(failing).await.ask("GET /readyz HTTP/1.1", "").await;
        assert!(
            answer.starts_with(&format!("HTTP/1.1 {status}")),
            "{answer}"
        );
        assert!(answer.contains(r#""redis":"failing""#), "{answer}");
        assert!(
            answer.contains(r#""database":"ok""#) && !answer.contains("hunter2"),
            "{answer}"
        );
    }
}

#[tokio::test]
async fn requests_are_counted_by_pattern_never_by_path() {
    let server = server(edge()).await;
    server.ask("GET /who/canary HTTP/1.1", "").await;
    server.ask("BREW /who/canary HTTP/1.1", "").await;
    server.ask("GET /nowhere/canary HTTP/1.1", "").await;
    let metrics = server.ask("GET /metrics HTTP/1.1", "").await;
    for line in [
        r#"http_requests_total{route="/who/{secret}",method="GET",status="200"}"#,
        r#"http_requests_total{route="/who/{secret}",method="other",status="405"}"#,
        r#"http_requests_total{route="unmatched",method="GET",status="404"}"#,
        r#"http_request_seconds_bucket{route="/who/{secret}",method="GET",le="+Inf"}"#,
    ] {
        assert!(metrics.contains(line), "{line} not in {metrics}");
    }
    assert!(!metrics.contains("canary"));
}
