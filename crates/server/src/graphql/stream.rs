//! Server-sent events: graphql-sse's distinct connections.

use std::{convert::Infallible, sync::Arc, time::Duration};

use async_graphql::Executor;
use axum::{
    body::Body,
    http::{HeaderName, HeaderValue, header},
    response::Response,
};
use futures_util::{Stream, StreamExt, stream};
use tokio::time::{Instant, interval_at};

use super::{
    Closed, Door,
    answer::Answer,
    engine::{Engine, Ready, Session},
    fault::Refusal,
    seats::Seat,
};

/// The last event. Without a data line, even an empty one, an `EventSource` would pass over it.
const COMPLETE: &str = "event: complete\ndata: \n\n";
/// A comment, so that nobody between takes the connection for dead.
const ALIVE: &str = ":\n\n";

/// The refusal when a caller holds too much open.
pub(super) fn full() -> Refusal {
    Refusal::throttled("Too many subscriptions are open.", Duration::from_secs(10))
}

/// JSON has no line breaks, so one data line holds it.
fn next(answer: &Answer) -> String {
    format!("event: next\ndata: {}\n\n", answer.json())
}

fn respond(events: Body) -> Response {
    let mut response = Response::new(events);
    let headers = response.headers_mut();
    let media = HeaderValue::from_static("text/event-stream");
    headers.insert(header::CONTENT_TYPE, media);
    // Asks proxies to pass events on at once.
    let unbuffered = HeaderName::from_static("x-accel-buffering");
    headers.insert(unbuffered, HeaderValue::from_static("no"));
    response
}

/// A document that was refused: an `EventSource` reads no error body, so the stream says it.
pub(super) fn refused(answer: &Answer) -> Response {
    respond(Body::from(next(answer) + COMPLETE))
}

/// Streams the answers of an operation until it completes, the session ends or the server stops.
pub(super) fn events<E: Executor, D: Door>(
    engine: &Arc<Engine<E, D>>,
    session: Session<D::Caller>,
    ready: Ready,
    seat: Seat,
    id: &str,
) -> Response {
    let shutdown = engine.shutdown.clone();
    let events = answers(engine.clone(), session, ready, seat, id.to_owned())
        .map(Ok::<_, Infallible>)
        .take_until(shutdown.cancelled_owned());
    respond(Body::from_stream(events))
}

fn answers<E: Executor, D: Door>(
    engine: Arc<Engine<E, D>>,
    session: Session<D::Caller>,
    ready: Ready,
    seat: Seat,
    id: String,
) -> impl Stream<Item = String> {
    let pause = engine.config.limits.keep_alive;
    let looks = interval_at(Instant::now() + pause, pause);
    let source = Box::pin(engine.stream(ready));
    let open = (engine, session, source, looks, seat, id);
    stream::unfold(Some(open), async |open| {
        let (engine, session, mut source, mut looks, seat, id) = open?;
        let answer = tokio::select! {
            answer = source.next() => Some(answer),
            _ = looks.tick() => None,
        };
        if !engine.door.still_open(&session.caller).await {
            let refusal = Refusal::from(Closed::Unauthenticated);
            return Some((next(&Answer::refused(refusal, &id)) + COMPLETE, None));
        }
        let text = match answer {
            Some(Some(answer)) => next(&answer),
            Some(None) => return Some((COMPLETE.into(), None)),
            None => ALIVE.into(),
        };
        Some((text, Some((engine, session, source, looks, seat, id))))
    })
}
