//! A small GraphQL client: requests, and subscriptions over both transports.

use std::time::Duration;

use futures_util::{SinkExt, Stream, StreamExt};
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::{Message, client::IntoClientRequest};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

/// How long an answer or an event may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// Talks to `/graphql` as one person, or as nobody.
#[derive(Clone, Debug)]
pub struct Client {
    /// `http://127.0.0.1:PORT`
    pub base: String,
    /// Sent as `Authorization: Bearer …`.
    pub token: Option<String>,
    http: reqwest::Client,
}

impl Client {
    /// A client without a session.
    #[must_use]
    pub fn new(base: &str) -> Self {
        Self {
            base: base.to_owned(),
            token: None,
            http: crate::http()
                .timeout(PATIENCE)
                .build()
                .expect("a client without TLS can be built"),
        }
    }

    /// The same client with a session.
    #[must_use]
    pub fn signed_in(&self, token: &str) -> Self {
        Self {
            token: Some(token.to_owned()),
            ..self.clone()
        }
    }

    /// Any request below the base, with the session.
    pub fn request(&self, method: reqwest::Method, path: &str) -> reqwest::RequestBuilder {
        let request = self.http.request(method, format!("{}{path}", self.base));
        match &self.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }

    /// The `data` of an answer without errors; panics with the errors otherwise.
    pub async fn query(&self, document: &str, variables: Value) -> Value {
        let mut answer = self.query_raw(document, variables.clone()).await;
        if answer.get("errors").is_some() {
            panic!("{document}\nwith {variables:#}\nanswered {answer:#}");
        }
        answer["data"].take()
    }

    /// The whole answer, `data`, `errors` and `extensions`, whatever its HTTP status.
    pub async fn query_raw(&self, document: &str, variables: Value) -> Value {
        let response = self
            .request(reqwest::Method::POST, "/graphql")
            .header("accept", "application/graphql-response+json")
            .json(&json!({ "query": document, "variables": variables }))
            .send()
            .await
            .unwrap_or_else(|error| panic!("{document}\ngot no answer: {error:?}"));
        let status = response.status();
        let text = response
            .text()
            .await
            .unwrap_or_else(|error| panic!("{document}\nanswer broke off: {error:?}"));
        serde_json::from_str(&text)
            .unwrap_or_else(|_| panic!("{document}\nanswered {status}, not JSON: {text}"))
    }

    /// Opens a WebSocket (`graphql-transport-ws`) and one subscription on it.
    pub async fn ws(&self, document: &str, variables: Value) -> Socket {
        let mut socket = self.connect().await;
        let token = self.token.as_ref().map(|token| format!("Bearer {token}"));
        let init = match token {
            Some(token) => {
                json!({ "type": "connection_init", "payload": { "authorization": token } })
            }
            None => json!({ "type": "connection_init" }),
        };
        socket.send(init).await;
        match socket.receive().await {
            Received::Message(message) if message["type"] == "connection_ack" => {}
            other => panic!("no connection_ack but {other:?}"),
        }
        socket
            .send(json!({
                "id": "1",
                "type": "subscribe",
                "payload": { "query": document, "variables": variables },
            }))
            .await;
        socket
    }

    /// Opens a WebSocket and says nothing yet. The session is only in the `connection_init` of [`ws`](Self::ws).
    pub async fn connect(&self) -> Socket {
        let url = format!("{}/graphql/ws", self.base.replacen("http", "ws", 1));
        let mut request = url.into_client_request().expect("the base is an address");
        request.headers_mut().insert(
            "sec-websocket-protocol",
            reqwest::header::HeaderValue::from_static("graphql-transport-ws"),
        );
        match within(tokio_tungstenite::connect_async(request)).await {
            Ok((stream, _)) => Socket { stream },
            Err(error) => panic!("no WebSocket at {}: {error}", self.base),
        }
    }

    /// Subscribes over server-sent events.
    pub async fn sse(&self, document: &str, variables: Value) -> Events {
        let response = within(
            self.request(reqwest::Method::POST, "/graphql")
                .timeout(Duration::from_secs(600))
                .header("accept", "text/event-stream")
                .json(&json!({ "query": document, "variables": variables }))
                .send(),
        )
        .await
        .unwrap_or_else(|error| panic!("{document}\ngot no answer: {error:?}"));
        let status = response.status();
        let kind = response.headers().get("content-type").cloned();
        assert!(
            kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/event-stream")),
            "{document}\nanswered {status}, no stream: {}",
            response.text().await.unwrap_or_default(),
        );
        Events {
            bytes: Box::pin(
                response
                    .bytes_stream()
                    .map(|bytes| bytes.map(|bytes| bytes.to_vec())),
            ),
            pending: Vec::new(),
        }
    }
}

/// One WebSocket, which answers pings by itself.
#[derive(Debug)]
pub struct Socket {
    stream: WebSocketStream<MaybeTlsStream<tokio::net::TcpStream>>,
}

/// What comes out of a [`Socket`].
#[derive(Debug, PartialEq)]
pub enum Received {
    /// A message of the protocol, such as `{"type": "next", …}`.
    Message(Value),
    /// The server closed, with this code; none if the connection just broke.
    Closed(Option<u16>),
}

impl Socket {
    /// Sends any message of the protocol.
    pub async fn send(&mut self, message: Value) {
        if let Err(error) = self.stream.send(Message::text(message.to_string())).await {
            panic!("{message} could not be sent: {error}");
        }
    }

    /// The next message or the end, whichever comes first.
    pub async fn receive(&mut self) -> Received {
        loop {
            match within(self.stream.next()).await {
                Some(Ok(Message::Text(text))) => {
                    let message: Value = serde_json::from_str(&text)
                        .unwrap_or_else(|_| panic!("not a message of the protocol: {text}"));
                    if message["type"] == "ping" {
                        self.send(json!({ "type": "pong" })).await;
                    } else {
                        return Received::Message(message);
                    }
                }
                Some(Ok(Message::Close(frame))) => {
                    return Received::Closed(frame.map(|frame| frame.code.into()));
                }
                Some(Ok(_)) => {}
                Some(Err(_)) | None => return Received::Closed(None),
            }
        }
    }

    /// The `data` of the subscription's next event; panics at anything else.
    pub async fn next(&mut self) -> Value {
        match self.receive().await {
            Received::Message(mut message) if message["type"] == "next" => {
                data(message["payload"].take())
            }
            other => panic!("no event but {other:?}"),
        }
    }
}

/// A stream of server-sent events.
pub struct Events {
    bytes: std::pin::Pin<Box<dyn Stream<Item = reqwest::Result<Vec<u8>>> + Send>>,
    pending: Vec<u8>,
}

impl Events {
    /// The next event's name and text, passing over comments; nothing when the stream has ended.
    pub async fn receive(&mut self) -> Option<(String, String)> {
        loop {
            while let Some(end) = self.pending.windows(2).position(|pair| pair == b"\n\n") {
                let block: Vec<u8> = self.pending.drain(..end + 2).collect();
                let block = String::from_utf8_lossy(&block).into_owned();
                let field = |name: &str| {
                    let values: Vec<_> = block
                        .lines()
                        .filter_map(|line| line.strip_prefix(name)?.strip_prefix(':'))
                        .map(|value| value.strip_prefix(' ').unwrap_or(value))
                        .collect();
                    (!values.is_empty()).then(|| values.join("\n"))
                };
                if let Some(name) = field("event") {
                    return Some((name, field("data").unwrap_or_default()));
                }
            }
            match within(self.bytes.next()).await {
                Some(Ok(bytes)) => self.pending.extend(bytes),
                Some(Err(_)) | None => return None,
            }
        }
    }

    /// The `data` of the subscription's next event; panics at anything else.
    pub async fn next(&mut self) -> Value {
        match self.receive().await {
            Some((name, text)) if name == "next" => {
                data(serde_json::from_str(&text).unwrap_or_else(|_| panic!("not JSON: {text}")))
            }
            other => panic!("no event but {other:?}"),
        }
    }
}

fn data(mut payload: Value) -> Value {
    if payload.get("errors").is_some() {
        panic!("the event has errors: {payload:#}");
    }
    payload["data"].take()
}

async fn within<T>(work: impl Future<Output = T>) -> T {
    match tokio::time::timeout(PATIENCE, work).await {
        Ok(done) => done,
        Err(_) => panic!("nothing came within {PATIENCE:?}"),
    }
}
