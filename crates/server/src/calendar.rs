//! Calendar feeds: what is planned, as iCalendar, for whoever knows a secret address.

use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::{Router, routing::get};
use chrono::Days;
use domain::calendar_feed::queries::{Shown, shown};
use domain::db::Db;
use domain::door;
use domain::error::Error;
use domain::partnership::Side;
use domain::plan::ActivityState;
use domain::text::Language;
use icalendar::{Calendar, Component, Event, EventLike, EventStatus};
use notify::wording;

/// For how long a program may keep what it read, in seconds.
const KEPT: &str = "private, max-age=900";

/// The routes of the feeds.
pub fn router(db: Db) -> Router {
    Router::new()
        .route("/calendar/{file}", get(read))
        .with_state(db)
}

async fn read(State(db): State<Db>, Path(file): Path<String>) -> Response {
    let Some(token) = file.strip_suffix(".ics") else {
        return StatusCode::NOT_FOUND.into_response();
    };
    match calendar(&db, token).await {
        Ok(calendar) => {
            let text = HeaderValue::from_static("text/calendar; charset=utf-8");
            let kept = HeaderValue::from_static(KEPT);
            let head = [(header::CONTENT_TYPE, text), (header::CACHE_CONTROL, kept)];
            (head, calendar.to_string()).into_response()
        }
        // Taken back, never made, of somebody who may not come in any more: all alike.
        Err(Error::Refused(_)) => StatusCode::NOT_FOUND.into_response(),
        Err(Error::Away(error)) => {
            tracing::warn!(%error, "the database is away");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
        Err(error) => {
            tracing::error!(%error, "a calendar feed was not read");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

async fn calendar(db: &Db, token: &str) -> domain::error::Result<Calendar> {
    let (viewer, network) = door::by_feed(db, token).await?;
    let language = viewer.language;
    let mut calendar = Calendar::new();
    for shown in shown(&db.access(viewer), network).await? {
        calendar.push(event(language, &shown));
    }
    Ok(calendar)
}

/// All-day, under the id of the activity, so that a change moves it in every calendar.
fn event(language: Language, shown: &Shown) -> Event {
    let activity = &shown.activity;
    let (leading, magnetic) = (shown.leading.name(), shown.magnetic.name());
    let name = |side| match side {
        Side::Leading => leading.read(language).1,
        Side::Magnetic => magnetic.read(language).1,
    };
    let last = activity.ends_on.unwrap_or(activity.starts_on);
    let status = match activity.state {
        ActivityState::Cancelled => EventStatus::Cancelled,
        ActivityState::Planned if !activity.agreed => EventStatus::Tentative,
        ActivityState::Planned | ActivityState::Done => EventStatus::Confirmed,
    };
    let mut event = Event::with_uid(&activity.id.to_string());
    event
        .summary(&wording::plan::activity(language, activity))
        .description(&format!(
            "{} · {}\n{}",
            name(Side::Leading),
            name(Side::Magnetic),
            activity.expected
        ))
        .location(name(activity.host))
        .starts(activity.starts_on)
        // The day after the last, as the format wants it.
        .ends(last.checked_add_days(Days::new(1)).unwrap_or(last))
        .timestamp(activity.created_at)
        .sequence(activity.version.unsigned_abs())
        .status(status);
    event
}
