//! How GraphQL comes in: over HTTP, server-sent events and WebSockets.
//!
//! Nothing here knows a school or a person. The schema is any [`Executor`], and who is calling is the
//! business of a [`Door`]. One path serves all transports:
//! [`persisted`] finds the text, [`guard`] reads and weighs it before the library may walk it, [`budget`]
//! charges the caller, the door fills in what the resolvers need, and [`fault`] decides what an error may say.

use std::{sync::Arc, time::Duration};

use async_graphql::{Data, Executor};
use axum::{Router, http::request::Parts, routing};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

mod accept;
mod answer;
mod budget;
mod engine;
mod execution;
mod fault;
mod guard;
mod http;
mod metrics;
mod origin;
mod params;
mod persisted;
mod protocol;
mod recent;
mod seats;
mod socket;
mod stream;
#[cfg(test)]
mod tests;

pub use execution::Execution;
pub use fault::Code;
pub use origin::shared;
pub use persisted::Documents;

/// What a caller may ask for at most. Every field has a documented default.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Levels of fields: 12.
    pub depth: usize,
    /// Levels below `__schema` and `__type`: 16.
    pub introspection_depth: usize,
    /// Fields, and separately spreads, after fragments are expanded: 1,000.
    pub fields: usize,
    /// Aliases after expansion: 50.
    pub aliases: usize,
    /// Directives after expansion: 20.
    pub directives: usize,
    /// Weighted fields of one operation, lists counted by their page size: 20,000.
    pub cost: u64,
    /// Weighted fields a caller may have saved up: 60,000.
    pub budget: u64,
    /// Weighted fields a caller earns back each second: 1,000.
    pub refill: u64,
    /// Bytes of a request body or a socket message: 1 MiB.
    pub body_bytes: usize,
    /// Bytes of a document: 32 KiB.
    pub document_bytes: usize,
    /// Errors in one answer: 20.
    pub errors: usize,
    /// Time for one query or mutation, its body included: 10 s.
    pub request: Duration,
    /// Time a new socket has for `connection_init`: 10 s.
    pub init: Duration,
    /// Pause between signs of life on quiet sockets and streams, and between looks at the session: 25 s.
    /// A socket silent for three of them is dropped.
    pub keep_alive: Duration,
    /// Time a client has to take one message before it is dropped: 10 s.
    pub write: Duration,
    /// Bytes waiting to be written to one socket: 512 KiB.
    pub buffered_bytes: usize,
    /// Sockets of one person: 20.
    pub sockets_per_person: usize,
    /// Running operations of one person on sockets and streams: 50.
    pub subscriptions_per_person: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            depth: 12,
            introspection_depth: 16,
            fields: 1_000,
            aliases: 50,
            directives: 20,
            cost: 20_000,
            budget: 60_000,
            refill: 1_000,
            body_bytes: 1 << 20,
            document_bytes: 32 << 10,
            errors: 20,
            request: Duration::from_secs(10),
            init: Duration::from_secs(9),
            keep_alive: Duration::from_secs(25),
            write: Duration::from_secs(10),
            buffered_bytes: 512 << 10,
            sockets_per_person: 20,
            subscriptions_per_person: 50,
        }
    }
}

/// How the transports behave in one installation.
#[derive(Clone, Debug)]
pub struct Config {
    /// What a caller may ask for at most.
    pub limits: Limits,
    /// Foreign origins (`https://host[:port]`) whose pages may call with the browser's cookies. The server's own
    /// origin is always allowed.
    pub origins: Vec<String>,
    /// Root mutation fields that test a secret; a request may hold one of them.
    pub credential_mutations: Vec<String>,
    /// Whether the schema may be asked about itself.
    pub introspection: bool,
    /// Which documents may be sent.
    pub documents: Documents,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            limits: Limits::default(),
            origins: Vec::new(),
            credential_mutations: Vec::new(),
            introspection: true,
            documents: Documents::default(),
        }
    }
}

/// Why a caller is not let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closed {
    /// The credentials are wrong or have ended.
    Unauthenticated,
    /// Too many tries; come back after this time.
    Throttled(Duration),
    /// Who it is cannot be found out at the moment.
    Unavailable,
}

/// Where callers come in: turns credentials into a caller, and a caller into what resolvers need.
pub trait Door: Clone + Send + Sync + 'static {
    /// What is known of a caller, anonymous ones included.
    type Caller: Send + Sync + 'static;

    /// Resolves the credentials, once a request and once a socket. `parts` are those of the HTTP request (headers,
    /// and extensions such as the peer's address); `init` is the payload of a socket's `connection_init`.
    fn open(
        &self,
        parts: &Parts,
        init: Option<&serde_json::Value>,
    ) -> impl Future<Output = Result<Self::Caller, Closed>> + Send;

    /// Whom the limits count: the person, or for anonymous callers their address.
    fn counted_as(&self, caller: &Self::Caller) -> String;

    /// Fresh data for one operation: access and data loaders, never shared between operations.
    fn operation(&self, caller: &Self::Caller)
    -> impl Future<Output = Result<Data, Closed>> + Send;

    /// Whether the session behind the caller still holds. Asked before each event and each operation of a socket or
    /// stream, and while it is quiet.
    fn still_open(&self, caller: &Self::Caller) -> impl Future<Output = bool> + Send;
}

/// The routes `/graphql` and `/graphql/ws`. When `shutdown` is cancelled, streams end and sockets are
/// closed with 1001; `tasks` is empty once they are.
///
/// Put no body limit, compression or timeout around them: they bring their own, and streams must stay
/// open. The request id is taken from tower-http's `RequestId` extension when there is one.
pub fn router<E: Executor, D: Door>(
    schema: E,
    door: D,
    config: Config,
    shutdown: CancellationToken,
    tasks: TaskTracker,
) -> Router {
    let engine = Arc::new(engine::Engine::new(schema, door, config, shutdown, tasks));
    Router::new()
        .route(
            "/graphql",
            routing::get(http::serve::<E, D>)
                .post(http::serve::<E, D>)
                .options(http::preflight::<E, D>),
        )
        .route("/graphql/ws", routing::any(socket::upgrade::<E, D>))
        .with_state(engine)
}
