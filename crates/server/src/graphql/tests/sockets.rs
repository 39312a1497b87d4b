//! `graphql-transport-ws`: messages, close codes, limits.

use futures_util::SinkExt;
use tokio::net::TcpStream;
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{self, Message, client::IntoClientRequest},
};

use super::*;

struct Socket(WebSocketStream<MaybeTlsStream<TcpStream>>);

fn upgrade(server: &Server, headers: &[(&'static str, &str)]) -> tungstenite::http::Request<()> {
    let url = format!("ws://{}/graphql/ws", server.address);
    let mut request = url.into_client_request().unwrap();
    for (name, value) in headers {
        request.headers_mut().insert(*name, value.parse().unwrap());
    }
    request
}

const SPOKEN: (&str, &str) = ("sec-websocket-protocol", "graphql-transport-ws");

async fn connect(server: &Server) -> Socket {
    Socket(connect_async(upgrade(server, &[SPOKEN])).await.unwrap().0)
}

async fn connect_as(server: &Server, name: &str) -> Socket {
    let mut socket = connect(server).await;
    let payload = json!({ "authorization": format!("Bearer {name}") });
    socket
        .say(json!({ "type": "connection_init", "payload": payload }))
        .await;
    assert_eq!(socket.hear().await["type"], "connection_ack");
    socket
}

impl Socket {
    async fn say(&mut self, message: Value) {
        self.0
            .send(Message::text(message.to_string()))
            .await
            .unwrap();
    }

    async fn subscribe(&mut self, id: &str, query: &str) {
        let payload = json!({ "query": query });
        self.say(json!({ "id": id, "type": "subscribe", "payload": payload }))
            .await;
    }

    async fn hear(&mut self) -> Value {
        loop {
            match self.0.next().await.unwrap().unwrap() {
                Message::Text(text) => return serde_json::from_str(&text).unwrap(),
                Message::Ping(_) | Message::Pong(_) => {}
                other => panic!("{other:?}"),
            }
        }
    }

    /// Waits for the close frame, whatever else is said before.
    async fn closed(mut self) -> (u16, String) {
        loop {
            match self.0.next().await.unwrap().unwrap() {
                Message::Close(frame) => {
                    let frame = frame.unwrap();
                    return (frame.code.into(), frame.reason.to_string());
                }
                _ => continue,
            }
        }
    }
}

#[tokio::test]
async fn operations_of_every_kind() {
    let server = start(Limits::default()).await;
    let mut socket = connect_as(&server, "anna").await;
    socket
        .say(json!({ "type": "ping", "payload": { "n": 1 } }))
        .await;
    assert_eq!(
        socket.hear().await,
        json!({ "type": "pong", "payload": { "n": 1 } })
    );
    socket.say(json!({ "type": "pong" })).await;

    socket.subscribe("q", "{ me { name } }").await;
    let next = socket.hear().await;
    assert_eq!((&next["type"], &next["id"]), (&json!("next"), &json!("q")));
    assert_eq!(next["payload"]["data"]["me"]["name"], "anna");
    assert!(next["payload"]["extensions"]["cost"].is_object());
    assert_eq!(
        socket.hear().await,
        json!({ "type": "complete", "id": "q" })
    );

    socket.subscribe("q", "mutation { write }").await;
    assert_eq!(socket.hear().await["payload"]["data"]["write"], 0);
    assert_eq!(
        socket.hear().await["type"],
        "complete",
        "an id is free after complete"
    );

    socket.subscribe("s", "subscription { count(to: 3) }").await;
    for n in 1..=3 {
        assert_eq!(socket.hear().await["payload"]["data"]["count"], n);
    }
    assert_eq!(socket.hear().await["type"], "complete");

    for (query, wanted) in [
        ("{ ghost }", "VALIDATION_FAILED"),
        ("{", "PARSE_FAILED"),
        ("{ panics }", "INTERNAL"),
        ("subscription { panics }", "INTERNAL"),
    ] {
        socket.subscribe("e", query).await;
        let error = socket.hear().await;
        assert_eq!(error["type"], "error", "{error}");
        assert_eq!(error["payload"][0]["extensions"]["code"], wanted);
    }
    socket.subscribe("f", "{ fault }").await;
    let next = socket.hear().await;
    assert_eq!(
        (&next["type"], code(&next["payload"])),
        (&json!("next"), "INTERNAL")
    );
    assert_eq!(
        socket.hear().await["type"],
        "complete",
        "and no complete after the errors above"
    );
}

#[tokio::test]
async fn a_completed_subscription_is_silent_and_its_id_free() {
    let server = start(Limits::default()).await;
    let mut socket = connect_as(&server, "anna").await;
    let wait = async |n: usize| {
        while server.world.events.receiver_count() != n {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    socket.subscribe("s", "subscription { events }").await;
    wait(1).await;
    server.world.events.send(1).unwrap();
    assert_eq!(socket.hear().await["payload"]["data"]["events"], 1);
    socket.say(json!({ "id": "s", "type": "complete" })).await;
    socket
        .say(json!({ "id": "never", "type": "complete" }))
        .await;
    wait(0).await;
    socket.subscribe("s", "subscription { events }").await;
    wait(1).await;
    server.world.events.send(2).unwrap();
    assert_eq!(socket.hear().await["payload"]["data"]["events"], 2);
}

#[tokio::test]
async fn messages_nobody_understands_close_with_4400() {
    let server = start(Limits::default()).await;
    for message in [
        "not json",
        "[]",
        "{}",
        "{\"type\":1}",
        "{\"type\":\"start\"}",
        "{\"type\":\"connection_init\",\"payload\":\"string\"}",
        "{\"type\":\"ping\",\"payload\":[]}",
        "{\"type\":\"subscribe\",\"payload\":{\"query\":\"{ __typename }\"}}",
        "{\"type\":\"subscribe\",\"id\":\"\",\"payload\":{\"query\":\"{ __typename }\"}}",
        "{\"type\":\"subscribe\",\"id\":7,\"payload\":{\"query\":\"{ __typename }\"}}",
        "{\"type\":\"subscribe\",\"id\":\"a\"}",
        "{\"type\":\"subscribe\",\"id\":\"a\",\"payload\":{}}",
        "{\"type\":\"subscribe\",\"id\":\"a\",\"payload\":{\"query\":1}}",
        "{\"type\":\"subscribe\",\"id\":\"a\",\"payload\":{\"query\":\"{ __typename }\",\"variables\":\"v\"}}",
        "{\"type\":\"subscribe\",\"id\":\"a\",\"payload\":{\"query\":\"{ __typename }\",\"operationName\":1}}",
        "{\"type\":\"complete\"}",
    ] {
        let mut socket = connect_as(&server, "anna").await;
        socket.0.send(Message::text(message)).await.unwrap();
        let (code, reason) = socket.closed().await;
        assert_eq!(code, 4400, "{message}: {reason}");
    }
    let mut socket = connect_as(&server, "anna").await;
    socket
        .0
        .send(Message::binary(b"{\"type\":\"ping\"}".to_vec()))
        .await
        .unwrap();
    assert_eq!(socket.closed().await.0, 4400);
    let mut socket = connect_as(&server, "anna").await;
    let long = json!({ "id": "a", "type": "complete", "payload": {} , "id": "x".repeat(5_000) });
    socket.say(long).await;
    assert_eq!(socket.closed().await.0, 4400);
}

#[tokio::test]
async fn init_comes_once_in_time_and_with_good_credentials() {
    let limits = Limits {
        init: Duration::from_millis(100),
        ..Limits::default()
    };
    let server = start(limits).await;
    let socket = connect(&server).await;
    assert_eq!(
        socket.closed().await,
        (4408, "Connection initialisation timeout".into())
    );

    let mut socket = connect_as(&server, "anna").await;
    socket.say(json!({ "type": "connection_init" })).await;
    assert_eq!(
        socket.closed().await,
        (4429, "Too many initialisation requests".into())
    );

    let mut socket = connect(&server).await;
    socket.subscribe("a", "mutation { write }").await;
    assert_eq!(socket.closed().await, (4401, "Unauthorized".into()));
    assert_eq!(server.writes(), 0);

    for (name, wanted) in [("wrong", 4403), ("hasty", 4429), ("away", 1013)] {
        let mut socket = connect(&server).await;
        let payload = json!({ "authorization": format!("Bearer {name}") });
        socket
            .say(json!({ "type": "connection_init", "payload": payload }))
            .await;
        assert_eq!(socket.closed().await.0, wanted, "{name}");
    }
}

#[tokio::test]
async fn an_id_in_use_closes_with_4409() {
    let server = start(Limits::default()).await;
    for id in ["a".to_owned(), "ұ".repeat(60)] {
        let mut socket = connect_as(&server, "anna").await;
        socket.subscribe(&id, "subscription { events }").await;
        socket.subscribe(&id, "subscription { events }").await;
        let (code, reason) = socket.closed().await;
        assert_eq!(code, 4409);
        assert!(
            reason.starts_with("Subscriber for ") && reason.ends_with(" already exists"),
            "{reason}"
        );
        assert!(reason.len() <= 123);
    }
}

#[tokio::test]
async fn other_protocols_and_foreign_pages() {
    let server = start(Limits::default()).await;
    let (socket, response) = connect_async(upgrade(&server, &[])).await.unwrap();
    assert_eq!(response.headers().get("sec-websocket-protocol"), None);
    assert_eq!(Socket(socket).closed().await.0, 4406);
    let legacy = upgrade(&server, &[("sec-websocket-protocol", "graphql-ws")]);
    assert!(
        connect_async(legacy).await.is_err(),
        "the client sees no protocol chosen"
    );

    let own = format!("http://{}", server.address);
    for (origin, allowed) in [
        ("https://evil.example", false),
        ("null", false),
        ("http://127.0.0.1", false),
        ("https://listed.example", true),
        (own.as_str(), true),
    ] {
        match connect_async(upgrade(&server, &[SPOKEN, ("origin", origin)])).await {
            Ok(_) => assert!(allowed, "{origin}"),
            Err(tungstenite::Error::Http(response)) => {
                assert!(!allowed, "{origin}");
                assert_eq!(response.status(), 403);
            }
            Err(other) => panic!("{other}"),
        }
    }
}

#[tokio::test]
async fn people_hold_so_many_sockets_and_subscriptions() {
    let limits = Limits {
        sockets_per_person: 2,
        subscriptions_per_person: 3,
        ..Limits::default()
    };
    let server = start(limits).await;
    let mut first = connect_as(&server, "anna").await;
    let second = connect_as(&server, "anna").await;
    let mut third = connect(&server).await;
    let anna = json!({ "authorization": "Bearer anna" });
    third
        .say(json!({ "type": "connection_init", "payload": anna }))
        .await;
    assert_eq!(third.closed().await, (4429, "Too many sockets".into()));
    connect_as(&server, "berik").await;
    drop(second);
    let mut again = loop {
        let mut socket = connect(&server).await;
        socket
            .say(json!({ "type": "connection_init", "payload": anna }))
            .await;
        if let Some(Ok(Message::Text(_))) = socket.0.next().await {
            break socket;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    };
    for id in ["a", "b"] {
        first.subscribe(id, "subscription { events }").await;
    }
    while server.world.events.receiver_count() < 2 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    again.subscribe("c", "subscription { events }").await;
    again.subscribe("d", "subscription { events }").await;
    assert_eq!(
        again.closed().await,
        (4429, "Too many subscriptions".into()),
        "over all sockets"
    );
}

#[tokio::test]
async fn no_event_is_sent_once_the_session_ended() {
    let server = start(Limits::default()).await;
    let mut socket = connect_as(&server, "anna").await;
    socket.subscribe("s", "subscription { events }").await;
    while server.world.events.receiver_count() != 1 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    server.world.ended.lock().unwrap().insert("anna".into());
    server.world.events.send(1).unwrap();
    loop {
        match socket.0.next().await.unwrap().unwrap() {
            Message::Text(text) => panic!("heard {text} after the end"),
            Message::Close(frame) => break assert_eq!(u16::from(frame.unwrap().code), 4403),
            _ => {}
        }
    }
}

#[tokio::test]
async fn a_quiet_socket_ends_with_the_session() {
    let limits = Limits {
        keep_alive: Duration::from_millis(50),
        ..Limits::default()
    };
    let server = start(limits).await;
    let socket = connect_as(&server, "anna").await;
    server.world.ended.lock().unwrap().insert("anna".into());
    assert_eq!(socket.closed().await.0, 4403);
}

#[tokio::test]
async fn nothing_runs_once_the_session_ended() {
    let server = start(Limits::default()).await;
    let mut socket = connect_as(&server, "anna").await;
    server.world.ended.lock().unwrap().insert("anna".into());
    socket.subscribe("w", "mutation { write }").await;
    assert_eq!(socket.closed().await.0, 4403);
    assert_eq!(server.writes(), 0);
}

#[tokio::test]
async fn large_messages_and_slow_readers_are_dropped() {
    let limits = Limits {
        body_bytes: 10_000,
        write: Duration::from_millis(300),
        ..Limits::default()
    };
    let server = start(limits).await;
    let mut socket = connect_as(&server, "anna").await;
    socket.subscribe("a", &" ".repeat(20_000)).await;
    assert_eq!(socket.closed().await.0, 1009);

    let mut socket = connect_as(&server, "anna").await;
    socket.subscribe("a", "subscription { flood }").await;
    assert_eq!(socket.hear().await["type"], "next");
    tokio::time::sleep(Duration::from_millis(1_500)).await;
    // What the kernel had taken is still there to read; then the connection is at its end.
    let mut heard = 0;
    while let Some(Ok(message)) = socket.0.next().await {
        heard += message.len();
        assert!(heard < 100 << 20, "it never ends");
    }
}

#[tokio::test]
async fn a_stopping_server_says_goodbye() {
    let server = start(Limits::default()).await;
    let mut socket = connect_as(&server, "anna").await;
    socket.subscribe("s", "subscription { events }").await;
    server.shutdown.cancel();
    assert_eq!(socket.closed().await.0, 1001);
    server.tasks.close();
    server.tasks.wait().await;
}
