//! GraphQL over HTTP: the audit's cases, statuses, cross-site calls, faults.

use super::*;

const GRAPHQL: &str = "application/graphql-response+json";

/// Sends `body` and expects a status for each media type.
async fn expect(server: &Server, body: Value, graphql: u16, json: u16) {
    for (accept, wanted) in [(GRAPHQL, graphql), ("application/json", json)] {
        let request = server
            .client
            .post(server.url())
            .header("accept", accept)
            .header("content-type", "application/json")
            .body(body.to_string());
        let response = request.send().await.unwrap();
        let kind = response.headers()["content-type"]
            .to_str()
            .unwrap()
            .to_owned();
        assert!(kind.starts_with(accept), "{body}: {kind}");
        let status = response.status().as_u16();
        let answer: Value = response.json().await.unwrap();
        assert_eq!(status, wanted, "{accept} {body}: {answer}");
        if graphql == 200 {
            assert!(
                answer.get("errors").is_none() && answer.get("data").is_some(),
                "{answer}"
            );
        } else {
            assert!(
                !code(&answer).is_empty() && answer.get("data").is_none(),
                "{answer}"
            );
        }
    }
}

#[tokio::test]
async fn audited_parameters() {
    let server = start(Limits::default()).await;
    let query = "{ __typename }";
    for wrong in [
        json!({ "obj": "ect" }),
        json!(0),
        json!(false),
        json!(["array"]),
    ] {
        expect(&server, json!({ "query": wrong }), 400, 400).await;
        expect(
            &server,
            json!({ "query": query, "operationName": wrong }),
            400,
            400,
        )
        .await;
    }
    for wrong in [json!("string"), json!(0), json!(false), json!(["array"])] {
        expect(
            &server,
            json!({ "query": query, "variables": wrong }),
            400,
            400,
        )
        .await;
        expect(
            &server,
            json!({ "query": query, "extensions": wrong }),
            400,
            400,
        )
        .await;
    }
    for name in ["variables", "operationName", "extensions"] {
        expect(&server, json!({ "query": query, name: null }), 200, 200).await;
    }
    expect(
        &server,
        json!({ "query": query, "extensions": { "some": "value" } }),
        200,
        200,
    )
    .await;
    let named = json!({ "query": "query Query { __typename }", "operationName": "Query" });
    expect(&server, named, 200, 200).await;
    let typed = json!({ "query": "query T($text: String!) { echo(text: $text) }", "variables": { "text": "ұ" } });
    expect(&server, typed, 200, 200).await;
    expect(&server, json!({ "qeury": query }), 400, 400).await;
    expect(
        &server,
        json!([{ "query": query }, { "query": query }]),
        400,
        400,
    )
    .await;
    expect(&server, json!("query"), 400, 400).await;
    // What is wrong with the document is told by the status only in the type made for it.
    expect(&server, json!({ "query": "{" }), 400, 200).await;
    expect(&server, json!({ "query": "{ ghost }" }), 400, 200).await;
    let variables = json!({ "query": "query T($text: String!) { echo(text: $text) }", "variables": { "text": null } });
    expect(&server, variables, 400, 200).await;
}

#[tokio::test]
async fn bodies_and_their_types() {
    let server = start(Limits {
        body_bytes: 1_000,
        ..Limits::default()
    })
    .await;
    let good = json!({ "query": "mutation { write }" }).to_string();
    let post = |kind: Option<&str>, body: String| {
        let mut request = server.client.post(server.url()).body(body);
        if let Some(kind) = kind {
            request = request.header("content-type", kind);
        }
        server.send(request)
    };
    for kind in [
        None,
        Some("text/plain"),
        Some("application/x-www-form-urlencoded"),
        Some("multipart/form-data; boundary=a"),
        Some("application/graphql"),
        Some("application/json; charset=utf-16"),
        Some("application/json, text/plain"),
    ] {
        let (status, answer) = post(kind, good.clone()).await;
        assert_eq!(
            (status, code(&answer)),
            (415, "UNSUPPORTED_MEDIA_TYPE"),
            "{kind:?}"
        );
    }
    for kind in [
        "application/json",
        "application/json; charset=utf-8",
        "Application/JSON;charset=\"UTF-8\"",
    ] {
        assert_eq!(post(Some(kind), good.clone()).await.0, 200, "{kind}");
    }
    assert_eq!(server.writes(), 3);
    for body in ["", "{ \"not a JSON", "null", "\u{0}"] {
        let (status, answer) = post(Some("application/json"), body.into()).await;
        assert_eq!((status, code(&answer)), (400, "BAD_REQUEST"), "{body}");
        let message = answer["errors"][0]["message"].as_str().unwrap();
        assert!(!message.contains("line"), "no parser's words: {message}");
    }
    let deep = format!(
        "{{\"query\":\"{{__typename}}\",\"variables\":{}{}}}",
        "[".repeat(400),
        "]".repeat(400)
    );
    assert_eq!(post(Some("application/json"), deep).await.0, 400);
    let (status, answer) = post(Some("application/json"), " ".repeat(1_001)).await;
    assert_eq!((status, code(&answer)), (413, "BODY_TOO_LARGE"));
    let endless = stream::iter((0..100).map(|_| Ok::<_, std::io::Error>(vec![b' '; 100])));
    let request = server
        .client
        .post(server.url())
        .header("content-type", "application/json");
    let (status, _) = server
        .send(request.body(reqwest::Body::wrap_stream(endless)))
        .await;
    assert_eq!(status, 413, "without a length too");
    let packed = server
        .request(&json!({ "query": "{ __typename }" }))
        .header("content-encoding", "gzip");
    assert_eq!(server.send(packed).await.0, 415);
}

#[tokio::test]
async fn gets_read_and_never_write() {
    let server = start(Limits::default()).await;
    let get = |pairs: &[(&str, &str)], accept: &'static str| {
        let pairs: Vec<String> = pairs
            .iter()
            .map(|(k, v)| format!("{k}={}", escape(v)))
            .collect();
        let url = format!("{}?{}", server.url(), pairs.join("&"));
        server.client.get(url).header("accept", accept)
    };
    let (status, answer) = server
        .send(get(&[("query", "{ __typename }")], "*/*"))
        .await;
    assert_eq!(
        (status, &answer["data"]["__typename"]),
        (200, &json!("Query"))
    );
    let full = [
        (
            "query",
            "query A($t: String!) { echo(text: $t) } query B { __typename }",
        ),
        ("operationName", "A"),
        ("variables", "{\"t\":\"a+b & c\"}"),
        ("extensions", "{}"),
    ];
    let (status, answer) = server.send(get(&full, GRAPHQL)).await;
    assert_eq!((status, &answer["data"]["echo"]), (200, &json!("a+b & c")));
    for accept in [GRAPHQL, "application/json", "text/event-stream"] {
        let response = get(&[("query", "mutation { write }")], accept)
            .send()
            .await
            .unwrap();
        assert_eq!(response.status(), 405, "{accept}");
        assert_eq!(response.headers()["allow"], "POST");
        let sneaky = [
            ("query", "query A { __typename } mutation B { write }"),
            ("operationName", "B"),
        ];
        assert_eq!(
            get(&sneaky, accept).send().await.unwrap().status(),
            405,
            "{accept}"
        );
    }
    assert_eq!(server.writes(), 0);
    for wrong in [
        &[("query", "{ __typename }"), ("variables", "[1]")][..],
        &[("query", "{ __typename }"), ("variables", "{")],
        &[("query", "{ __typename }"), ("query", "{ __typename }")],
        &[("operationName", "A")],
    ] {
        assert_eq!(server.send(get(wrong, "*/*")).await.0, 400, "{wrong:?}");
    }
    for method in ["PUT", "DELETE", "PATCH"] {
        let method = method.parse().unwrap();
        let response = server
            .client
            .request(method, server.url())
            .send()
            .await
            .unwrap();
        assert_eq!(response.status(), 405);
        assert!(response.headers().contains_key("allow"));
    }
    let subscription = server
        .send(get(&[("query", "subscription { count(to: 1) }")], GRAPHQL))
        .await;
    assert_eq!(
        (subscription.0, code(&subscription.1)),
        (406, "NOT_ACCEPTABLE")
    );
    assert_eq!(
        server
            .send(get(&[("query", "{ __typename }")], "text/html"))
            .await
            .0,
        406
    );
}

fn escape(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

#[tokio::test]
async fn foreign_pages_do_not_act_for_their_readers() {
    let server = start(Limits::default()).await;
    let own = format!("http://{}", server.address);
    let write = json!({ "query": "mutation { write }" });
    let with = |headers: &[(&'static str, &str)]| {
        let request = server.request(&write);
        headers.iter().fold(request, |request, (name, value)| {
            request.header(*name, *value)
        })
    };
    let cookie = ("cookie", "session=anna");
    let mut foreign: Vec<String> = (0..20)
        .map(|n| format!("https://site{n}.example"))
        .collect();
    foreign.extend(
        [
            "null",
            "",
            "http://localhost",
            "https://listed.example.evil",
            "http://listed.example",
            "listed.example",
        ]
        .map(String::from),
    );
    foreign.push(format!("{own}.evil"));
    for origin in &foreign {
        let response = with(&[cookie, ("origin", origin)]).send().await.unwrap();
        assert_eq!(response.status(), 403, "{origin}");
        let allowed = response.headers().get("access-control-allow-origin");
        assert_eq!(allowed, None, "{origin}");
        assert_eq!(code(&response.json().await.unwrap()), "FOREIGN_ORIGIN");
        let asked = server
            .client
            .request("OPTIONS".parse().unwrap(), server.url());
        let response = asked.header("origin", origin).send().await.unwrap();
        assert_eq!(
            response.headers().get("access-control-allow-origin"),
            None,
            "{origin}"
        );
    }
    let (status, _) = server
        .send(with(&[cookie, ("sec-fetch-site", "cross-site")]))
        .await;
    assert_eq!(status, 403);
    let link = format!("{}?query={}", server.url(), escape("{ me { name } }"));
    let link = server
        .client
        .get(link)
        .header("cookie", "session=anna")
        .header("sec-fetch-site", "cross-site");
    assert_eq!(server.send(link).await.0, 403, "nor read by a link");
    assert_eq!(server.writes(), 0);

    let mut written = 0;
    for headers in [
        &[cookie][..],
        &[
            cookie,
            ("origin", own.as_str()),
            ("sec-fetch-site", "same-origin"),
        ],
        &[
            cookie,
            ("origin", "https://listed.example"),
            ("sec-fetch-site", "cross-site"),
        ],
        &[
            ("authorization", "Bearer anna"),
            ("origin", "https://site.example"),
        ],
    ] {
        assert_eq!(server.send(with(headers)).await.0, 200, "{headers:?}");
        written += 1;
    }
    assert_eq!(server.writes(), written);
    let response = with(&[("origin", "https://listed.example")])
        .send()
        .await
        .unwrap();
    assert_eq!(
        response.headers()["access-control-allow-origin"],
        "https://listed.example"
    );
}

#[tokio::test]
async fn closed_doors_have_their_status() {
    let server = start(Limits::default()).await;
    for (name, status, wanted) in [
        ("wrong", 401, "UNAUTHENTICATED"),
        ("hasty", 429, "THROTTLED"),
        ("away", 503, "UNAVAILABLE"),
    ] {
        let request = server
            .request(&json!({ "query": "mutation { write }" }))
            .bearer_auth(name);
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), status);
        if status == 429 {
            assert_eq!(response.headers()["retry-after"], "7", "rounded up");
        }
        assert_eq!(
            response.headers().contains_key("www-authenticate"),
            status == 401
        );
        assert_eq!(code(&response.json().await.unwrap()), wanted);
    }
    assert_eq!(server.writes(), 0);
    let request = server
        .request(&json!({ "query": "{ me { name } }" }))
        .header("cookie", "session=anna");
    assert_eq!(server.send(request).await.1["data"]["me"]["name"], "anna");
}

#[tokio::test]
async fn faults_are_masked_and_refusals_are_not() {
    let server = start(Limits {
        request: Duration::from_millis(300),
        ..Limits::default()
    })
    .await;
    let request = server.request(&json!({ "query": "{ fault __typename }" }));
    let response = request.send().await.unwrap();
    let id = response.headers()["x-request-id"]
        .to_str()
        .unwrap()
        .to_owned();
    let answer: Value = response.json().await.unwrap();
    assert_eq!(answer["data"]["__typename"], "Query", "the rest is served");
    assert_eq!(code(&answer), "INTERNAL");
    assert_eq!(answer["errors"][0]["extensions"]["requestId"], id);
    assert_eq!(answer["errors"][0]["path"], json!(["fault"]));
    assert!(!answer.to_string().contains("secret"), "{answer}");

    let (status, answer) = server.ask("{ panics }").await;
    assert_eq!((status, code(&answer)), (500, "INTERNAL"));
    assert!(!answer.to_string().contains("index"), "{answer}");

    let (_, answer) = server.ask("{ me { name fault friend { fault } } }").await;
    let friend = json!({ "name": null, "fault": null, "friend": { "fault": null } });
    assert_eq!(answer["data"]["me"], friend, "each fault stays where it is");
    assert_eq!(answer["errors"].as_array().unwrap().len(), 2);

    let (status, answer) = server.ask("{ broken __typename }").await;
    assert_eq!(
        (status, &answer["data"], code(&answer)),
        (200, &Value::Null, "INTERNAL")
    );
    assert_eq!(answer["errors"].as_array().unwrap().len(), 1);

    let (_, answer) = server.ask("{ refused }").await;
    assert_eq!(
        (code(&answer), &answer["errors"][0]["message"]),
        ("REFUSED", &json!("No."))
    );

    let (status, answer) = server.ask("{ short(text: \"long\") }").await;
    assert_eq!((status, code(&answer)), (200, "INPUT_INVALID"), "{answer}");

    let (status, answer) = server.ask("{ slow }").await;
    assert_eq!((status, code(&answer)), (503, "TIMEOUT"));

    let long = "n".repeat(5_000);
    let request =
        server.request(&json!({ "query": "query A { __typename }", "operationName": long }));
    let (status, answer) = server.send(request).await;
    assert_eq!((status, code(&answer)), (400, "VALIDATION_FAILED"));
    assert!(!answer.to_string().contains("nnnn"), "not echoed");

    let request = server
        .request(&json!({ "query": "{ cookie }" }))
        .send()
        .await
        .unwrap();
    assert_eq!(
        request.headers()["set-cookie"],
        "a=b",
        "resolvers' headers are sent"
    );
    assert_eq!(request.headers()["cache-control"], "no-store");
}
