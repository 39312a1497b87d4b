//! Server-sent events: graphql-sse's distinct connections.

use std::{convert::Infallible, sync::Arc, time::Duration};

use async_graphql::Executor;
use axum::response::{
    IntoResponse, Response, Sse,
    sse::{Event, KeepAlive},
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

/// The refusal when a caller holds too much open.
pub(super) fn full() -> Refusal {
    Refusal::throttled("Too many subscriptions are open.", Duration::from_secs(10))
}

fn next(answer: &Answer) -> Event {
    Event::default().event("next").data(answer.json())
}

fn complete() -> Event {
    Event::default().event("complete").data("")
}

/// A document that was refused: an `EventSource` reads no error body, so the stream says it.
pub(super) fn refused(answer: Answer) -> Response {
    let events = [next(&answer), complete()].map(Ok::<_, Infallible>);
    Sse::new(stream::iter(events)).into_response()
}

/// Streams the answers of an operation until it completes, the session ends or the server stops.
pub(super) fn events<E: Executor, D: Door>(
    engine: &Arc<Engine<E, D>>,
    session: Session<D::Caller>,
    ready: Ready,
    seat: Seat,
    id: &str,
) -> Response {
    let keep_alive = KeepAlive::new().interval(engine.config.limits.keep_alive);
    let events = answers(engine.clone(), session, ready, seat, id.to_owned());
    Sse::new(events).keep_alive(keep_alive).into_response()
}

fn answers<E: Executor, D: Door>(
    engine: Arc<Engine<E, D>>,
    session: Session<D::Caller>,
    ready: Ready,
    seat: Seat,
    id: String,
) -> impl Stream<Item = Result<Event, Infallible>> {
    let shutdown = engine.shutdown.clone();
    let pause = engine.config.limits.keep_alive;
    let looks = interval_at(Instant::now() + pause, pause);
    let source = Box::pin(engine.stream(ready));
    let open = (engine, session, source, looks, seat);
    stream::unfold(Some(open), move |open| {
        let id = id.clone();
        async move {
            let (engine, session, mut source, mut looks, seat) = open?;
            let answer = loop {
                let answer = tokio::select! {
                    answer = source.next() => Some(answer),
                    _ = looks.tick() => None,
                };
                if !engine.door.still_open(&session.caller).await {
                    let refusal = Refusal::from(Closed::Unauthenticated);
                    let last = Answer::refused(refusal, &id);
                    return Some((vec![next(&last), complete()], None));
                }
                if let Some(answer) = answer {
                    break answer;
                }
            };
            Some(match answer {
                Some(answer) => {
                    let open = (engine, session, source, looks, seat);
                    (vec![next(&answer)], Some(open))
                }
                None => (vec![complete()], None),
            })
        }
    })
    .flat_map(|events| stream::iter(events.into_iter().map(Ok)))
    .take_until(shutdown.cancelled_owned())
}
