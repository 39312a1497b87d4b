//! The transports against a small schema, over real connections.

use std::{
    collections::HashSet,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use async_graphql::{Context, Data, EmptyMutation, Object, Schema, SimpleObject, Subscription};
use axum::http::{header, request::Parts};
use futures_util::{Stream, StreamExt, stream};
use serde_json::{Value, json};
use tokio::{net::TcpListener, sync::broadcast};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use super::{Closed, Config, Door, Execution, Limits, router};

mod documents;
mod events;
mod hashes;
mod http;
mod sockets;

/// What one server and its test share.
#[derive(Clone)]
struct World {
    writes: Arc<AtomicUsize>,
    events: broadcast::Sender<i32>,
    ended: Arc<Mutex<HashSet<String>>>,
}

/// Everybody is who they say; two names have a meaning.
#[derive(Clone)]
struct Gate(World);

struct Caller(Option<String>);

impl Door for Gate {
    type Caller = Caller;

    async fn open(&self, parts: &Parts, init: Option<&Value>) -> Result<Caller, Closed> {
        let header = |name| Some(parts.headers.get(name)?.to_str().unwrap().to_owned());
        let bearer = init
            .and_then(|init| init["authorization"].as_str().map(str::to_owned))
            .or_else(|| header(header::AUTHORIZATION))
            .map(|text| text.replace("Bearer ", ""));
        let cookie = || Some(header(header::COOKIE)?.replace("session=", ""));
        match bearer.or_else(cookie) {
            Some(name) if name == "wrong" => Err(Closed::Unauthenticated),
            Some(name) if name == "away" => Err(Closed::Unavailable),
            Some(name) if name == "hasty" => Err(Closed::Throttled(Duration::from_millis(6_500))),
            name => Ok(Caller(name)),
        }
    }

    fn counted_as(&self, caller: &Caller) -> String {
        caller.0.clone().unwrap_or_else(|| "somewhere".into())
    }

    async fn operation(&self, caller: &Caller) -> Result<Data, Closed> {
        let mut data = Data::default();
        data.insert(self.0.clone());
        data.insert(caller.0.clone());
        Ok(data)
    }

    async fn still_open(&self, caller: &Caller) -> bool {
        let name = caller.0.as_ref();
        !name.is_some_and(|name| self.0.ended.lock().unwrap().contains(name))
    }
}

#[derive(SimpleObject, Clone)]
struct Post {
    title: String,
}

#[derive(SimpleObject)]
struct Edge {
    node: Post,
}

#[derive(SimpleObject)]
struct Posts {
    edges: Vec<Edge>,
    nodes: Vec<Post>,
}

/// What nobody meant to tell.
fn fault() -> async_graphql::Result<Option<i32>> {
    Err(std::io::Error::other("UNIQUE constraint failed: person.secret").into())
}

struct Person;

#[Object]
impl Person {
    async fn name(&self, context: &Context<'_>) -> Option<String> {
        context.data_unchecked::<Option<String>>().clone()
    }

    async fn friend(&self) -> Person {
        Person
    }

    async fn fault(&self) -> async_graphql::Result<Option<i32>> {
        fault()
    }

    async fn posts(&self, first: Option<i64>, last: Option<i64>) -> Posts {
        let _ = (first, last);
        Posts {
            edges: Vec::new(),
            nodes: Vec::new(),
        }
    }
}

struct Query;

#[Object]
impl Query {
    async fn me(&self) -> Person {
        Person
    }

    async fn echo(&self, text: String) -> String {
        text
    }

    async fn short(&self, #[graphql(validator(max_length = 3))] text: String) -> String {
        text
    }

    async fn numbers(&self, of: Vec<i32>) -> usize {
        of.len()
    }

    async fn fault(&self) -> async_graphql::Result<Option<i32>> {
        fault()
    }

    async fn broken(&self) -> async_graphql::Result<i32> {
        fault().map(Option::unwrap_or_default)
    }

    async fn refused(&self) -> async_graphql::Result<Option<i32>> {
        use async_graphql::ErrorExtensions;
        Err(async_graphql::Error::new("No.").extend_with(|_, e| e.set("code", "REFUSED")))
    }

    async fn panics(&self, #[graphql(default)] of: Vec<i32>) -> i32 {
        of[7]
    }

    async fn slow(&self) -> i32 {
        std::future::pending().await
    }

    async fn cookie(&self, context: &Context<'_>) -> bool {
        context.insert_http_header("set-cookie", "a=b");
        true
    }
}

struct Mutation;

#[Object]
impl Mutation {
    async fn write(&self, context: &Context<'_>) -> usize {
        context
            .data_unchecked::<World>()
            .writes
            .fetch_add(1, Ordering::SeqCst)
    }

    async fn sign_in(&self, context: &Context<'_>, secret: String) -> usize {
        let _ = secret;
        self.write(context).await.unwrap()
    }
}

struct Live;

#[Subscription]
impl Live {
    async fn count(&self, to: i32) -> impl Stream<Item = i32> {
        stream::iter(1..=to)
    }

    async fn events(&self, context: &Context<'_>) -> impl Stream<Item = i32> + use<> {
        let receiver = context.data_unchecked::<World>().events.subscribe();
        stream::unfold(receiver, |mut receiver| async {
            Some((receiver.recv().await.ok()?, receiver))
        })
    }

    async fn flood(&self) -> impl Stream<Item = String> {
        stream::repeat_with(|| "x".repeat(100_000)).then(|text| async {
            tokio::task::yield_now().await;
            text
        })
    }

    async fn panics(&self) -> impl Stream<Item = i32> {
        stream::once(async { panic!("the secret of the house") })
    }
}

/// A server on a free port; it stops with the test.
struct Server {
    address: String,
    world: World,
    shutdown: CancellationToken,
    tasks: TaskTracker,
    client: reqwest::Client,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.shutdown.cancel();
    }
}

async fn start(limits: Limits) -> Server {
    start_with(Config {
        limits,
        credential_mutations: vec!["signIn".into()],
        origins: vec!["https://listed.example".into()],
        ..Config::default()
    })
    .await
}

async fn start_with(config: Config) -> Server {
    let world = World {
        writes: Arc::default(),
        events: broadcast::channel(16).0,
        ended: Arc::default(),
    };
    let shutdown = CancellationToken::new();
    let tasks = TaskTracker::new();
    let schema = Schema::build(Query, Mutation, Live)
        .extension(Execution)
        .finish();
    let routes = router(
        schema,
        Gate(world.clone()),
        config,
        shutdown.clone(),
        tasks.clone(),
    );
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let until = shutdown.clone();
    tokio::spawn(async move {
        let stop = async move {
            until.cancelled().await;
            tokio::time::sleep(Duration::from_millis(200)).await;
        };
        axum::serve(listener, routes)
            .with_graceful_shutdown(stop)
            .await
            .unwrap();
    });
    crate::choose_tls();
    Server {
        address,
        world,
        shutdown,
        tasks,
        client: reqwest::Client::builder().no_proxy().build().unwrap(),
    }
}

impl Server {
    fn url(&self) -> String {
        format!("http://{}/graphql", self.address)
    }

    fn writes(&self) -> usize {
        self.world.writes.load(Ordering::SeqCst)
    }

    /// A POST that accepts `application/graphql-response+json`.
    fn request(&self, body: &Value) -> reqwest::RequestBuilder {
        self.client
            .post(self.url())
            .header("accept", "application/graphql-response+json")
            .header("content-type", "application/json")
            .body(body.to_string())
    }

    async fn ask(&self, query: &str) -> (u16, Value) {
        self.send(self.request(&json!({ "query": query }))).await
    }

    async fn send(&self, request: reqwest::RequestBuilder) -> (u16, Value) {
        let response = request.send().await.unwrap();
        let status = response.status().as_u16();
        let text = response.text().await.unwrap();
        (
            status,
            serde_json::from_str(&text).unwrap_or(Value::String(text)),
        )
    }
}

fn code(answer: &Value) -> &str {
    answer["errors"][0]["extensions"]["code"]
        .as_str()
        .unwrap_or_default()
}

#[tokio::test]
async fn schema_without_mutations_still_fits() {
    let schema = Schema::build(Query, EmptyMutation, async_graphql::EmptySubscription).finish();
    let world = World {
        writes: Arc::default(),
        events: broadcast::channel(1).0,
        ended: Arc::default(),
    };
    let _ = router(
        schema,
        Gate(world),
        Config::default(),
        CancellationToken::new(),
        TaskTracker::new(),
    );
}
