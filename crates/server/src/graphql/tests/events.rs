//! Server-sent events on the same path.

use super::*;

/// Reads the stream to its end.
async fn read(response: reqwest::Response) -> Vec<(String, Value)> {
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["content-type"], "text/event-stream");
    parse(&response.text().await.unwrap())
}

fn parse(text: &str) -> Vec<(String, Value)> {
    text.split("\n\n").filter_map(parse_event).collect()
}

fn parse_event(event: &str) -> Option<(String, Value)> {
    let field = |name: &str| {
        let mut lines = event.lines();
        lines
            .find_map(|line| line.strip_prefix(name))
            .map(|value| value.trim().to_owned())
    };
    let data = serde_json::from_str(&field("data:")?).unwrap_or(Value::Null);
    Some((field("event:")?, data))
}

fn post(server: &Server, query: &str) -> reqwest::RequestBuilder {
    server
        .client
        .post(server.url())
        .header("accept", "text/event-stream")
        .header("content-type", "application/json")
        .body(json!({ "query": query }).to_string())
}

#[tokio::test]
async fn every_kind_of_operation_streams() {
    let server = start(Limits::default()).await;
    let events = read(
        post(&server, "subscription { count(to: 3) }")
            .send()
            .await
            .unwrap(),
    )
    .await;
    let names: Vec<_> = events.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["next", "next", "next", "complete"]);
    for (n, (_, answer)) in events.iter().take(3).enumerate() {
        assert_eq!(answer["data"]["count"], n + 1);
        assert!(answer["extensions"]["cost"]["requested"].as_u64().unwrap() > 0);
    }
    let events = read(post(&server, "mutation { write }").send().await.unwrap()).await;
    assert_eq!(events.len(), 2);
    assert_eq!(events[0].1["data"]["write"], 0);
    let url = format!("{}?query={}", server.url(), "%7B__typename%7D");
    let get = server.client.get(url).header("accept", "text/event-stream");
    assert_eq!(
        read(get.send().await.unwrap()).await[0].1["data"]["__typename"],
        "Query"
    );
    // Beside JSON, only subscriptions stream.
    let both = post(&server, "{ __typename }").header("accept", "application/json");
    assert_eq!(server.send(both).await.1["data"]["__typename"], "Query");
    let both = post(&server, "subscription { count(to: 1) }").header("accept", "application/json");
    assert_eq!(read(both.send().await.unwrap()).await.len(), 2);
}

#[tokio::test]
async fn errors_come_as_events_unless_they_are_about_http() {
    let server = start(Limits::default()).await;
    for (query, wanted) in [
        ("{", "PARSE_FAILED"),
        ("{ ghost }", "VALIDATION_FAILED"),
        ("subscription { panics }", "INTERNAL"),
    ] {
        let events = read(post(&server, query).send().await.unwrap()).await;
        assert_eq!(events.len(), 2, "{query}");
        assert_eq!((events[0].0.as_str(), code(&events[0].1)), ("next", wanted));
        assert_eq!(events[1].0, "complete");
    }
    let refused = post(&server, "subscription { count(to: 1) }").bearer_auth("wrong");
    assert_eq!(refused.send().await.unwrap().status(), 401);
}

#[tokio::test]
async fn a_stream_ends_with_the_session_the_server_and_its_reader() {
    let server = start(Limits {
        subscriptions_per_person: 2,
        ..Limits::default()
    })
    .await;
    let open = async |name: &str| {
        let response = post(&server, "subscription { events }")
            .bearer_auth(name)
            .send();
        response.await.unwrap()
    };
    let mut anna = open("anna").await;
    let berik = open("berik").await;
    let wait = async |n: usize| {
        while server.world.events.receiver_count() != n {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    wait(2).await;
    server.world.events.send(1).unwrap();
    let chunk = anna.chunk().await.unwrap().unwrap();
    assert_eq!(
        parse(std::str::from_utf8(&chunk).unwrap())[0].1["data"]["events"],
        1
    );

    let second = open("anna").await;
    assert_eq!(
        open("anna").await.status(),
        429,
        "the third is one too many"
    );
    drop(second);
    wait(2).await;
    let again = open("anna").await;
    assert_eq!(again.status(), 200, "a closed one makes room");
    drop(again);
    wait(2).await;

    server.world.ended.lock().unwrap().insert("anna".into());
    server.world.events.send(2).unwrap();
    let rest = parse(&anna.text().await.unwrap());
    assert_eq!(rest.len(), 2);
    assert_eq!(code(&rest[0].1), "UNAUTHENTICATED", "and no event");
    assert_eq!(rest[1].0, "complete");

    server.shutdown.cancel();
    let rest = parse(&berik.text().await.unwrap());
    assert_eq!(
        rest.last().unwrap().0,
        "next",
        "not complete: it may be taken up elsewhere"
    );
}

#[tokio::test]
async fn a_quiet_stream_shows_life_and_notices_the_end() {
    let limits = Limits {
        keep_alive: Duration::from_millis(50),
        ..Limits::default()
    };
    let server = start(limits).await;
    let request = post(&server, "subscription { events }").bearer_auth("anna");
    let mut response = request.send().await.unwrap();
    assert_eq!(response.chunk().await.unwrap().unwrap(), ":\n\n");
    server.world.ended.lock().unwrap().insert("anna".into());
    let rest = parse(&response.text().await.unwrap());
    assert_eq!(code(&rest[0].1), "UNAUTHENTICATED");
}
