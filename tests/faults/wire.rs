//! A client to whom anything may happen: every answer, and none, is a value.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// Talks to one node as one person.
#[derive(Clone, Debug)]
pub struct Wire {
    /// `http://127.0.0.1:PORT`
    pub base: String,
    token: Option<String>,
    address: Option<String>,
    http: reqwest::Client,
}

/// What came of a request.
#[derive(Debug, PartialEq)]
pub enum Came {
    /// `data` without errors, and no payload refused anything.
    Data(Value),
    /// The payload's user errors.
    Refused(Vec<String>),
    /// An error of the whole, with its status and code.
    Failed(u16, String),
    /// No answer: the connection broke, or nothing came in a long time.
    Nothing(String),
}

/// An answer with all around it.
#[derive(Debug)]
pub struct Answer {
    /// What it says.
    pub came: Came,
    /// How long it took.
    pub took: Duration,
    /// `Retry-After`, in seconds.
    pub retry_after: Option<u64>,
}

impl Wire {
    /// Somebody who is not signed in.
    pub fn to(base: &str) -> Self {
        let http = tests::http().timeout(Duration::from_secs(60));
        Self {
            base: base.to_owned(),
            token: None,
            address: None,
            http: http.build().expect("a client without TLS can be built"),
        }
    }

    /// The same, signed in.
    pub fn signed_in(self, token: &str) -> Self {
        Self {
            token: Some(token.to_owned()),
            ..self
        }
    }

    /// The same through a proxy that says this address.
    pub fn from(&self, address: &str) -> Self {
        Self {
            address: Some(address.to_owned()),
            ..self.clone()
        }
    }

    /// Asks, and tells whatever comes of it.
    pub async fn ask(&self, document: &str, variables: Value) -> Answer {
        let begin = Instant::now();
        let request = self
            .http
            .post(format!("{}/graphql", self.base))
            .header("accept", "application/graphql-response+json")
            .json(&json!({ "query": document, "variables": variables }));
        let request = match &self.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        };
        let request = match &self.address {
            Some(address) => request.header("x-forwarded-for", address),
            None => request,
        };
        let mut retry_after = None;
        let came = match request.send().await {
            Err(error) => Came::Nothing(format!("{error:?}")),
            Ok(response) => {
                let status = response.status().as_u16();
                let header = response.headers().get("retry-after");
                retry_after = header.and_then(|value| value.to_str().ok()?.parse().ok());
                match response.json::<Value>().await {
                    Ok(answer) => read(status, answer),
                    Err(error) => Came::Nothing(format!("{status}, then {error:?}")),
                }
            }
        };
        Answer {
            came,
            took: begin.elapsed(),
            retry_after,
        }
    }

    /// Asks for what must work.
    pub async fn get(&self, document: &str, variables: Value) -> Value {
        match self.ask(document, variables).await.came {
            Came::Data(data) => data,
            other => panic!("{document}: {other:?}"),
        }
    }

    /// The status of a page; none when there is no answer.
    pub async fn status(&self, path: &str) -> Option<u16> {
        let request = self.http.get(format!("{}{path}", self.base));
        let response = request.timeout(Duration::from_secs(5)).send().await.ok()?;
        Some(response.status().as_u16())
    }
}

fn read(status: u16, mut answer: Value) -> Came {
    if let Some(error) = answer.pointer("/errors/0") {
        let code = error.pointer("/extensions/code").and_then(Value::as_str);
        return Came::Failed(status, code.unwrap_or("no code").to_owned());
    }
    let data = answer["data"].take();
    let payloads = data.as_object().into_iter().flatten();
    let refused: Vec<_> = payloads
        .filter_map(|(_, payload)| payload.get("userErrors")?.as_array())
        .flatten()
        .map(|error| error["code"].as_str().unwrap_or("no code").to_owned())
        .collect();
    match refused.is_empty() {
        true if status == 200 => Came::Data(data),
        true => Came::Failed(status, "no errors".to_owned()),
        false => Came::Refused(refused),
    }
}

impl Answer {
    /// Whether it is the honest answer of a node whose database is away: 503, and when to come back.
    pub fn is_come_back(&self) -> bool {
        matches!(self.came, Came::Failed(503, _)) && self.retry_after.is_some()
    }
}
