//! What the viewer was told, and how they want to be told.

use askama::Template;
use axum::{Router, extract::Query, response::Response, routing::get};
use chrono::NaiveTime;
use graphql_client::GraphQLQuery;
use serde::Deserialize;

use crate::{
    command::{Errors, commands},
    fault::Fault,
    flash::Flash,
    form::{Form, Posted},
    visit::{Frame, Visit},
    window::Window,
    word::{self, NotificationChannel, NotificationReason},
};

pub(crate) fn routes() -> Router {
    Router::new()
        .route("/notifications", get(list).post(mark))
        .route("/notifications/preferences", get(preferences).post(prefer))
}

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "../../schema.graphql",
    query_path = "queries/notifications.graphql",
    normalization = "rust",
    custom_scalars_module = "crate::scalar",
    extern_enums("NotificationReason")
)]
struct NotificationsPage;

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "../../schema.graphql",
    query_path = "queries/preferences.graphql",
    normalization = "rust",
    custom_scalars_module = "crate::scalar",
    extern_enums("NotificationReason", "NotificationChannel")
)]
struct PreferencesPage;

commands! { "queries/preferences.graphql";
    NotificationMarkRead notification_mark_read NotificationMarkReadInput;
    NotificationMarkAllRead notification_mark_all_read NotificationMarkAllReadInput;
    NotificationPreferenceSet notification_preference_set NotificationPreferenceSetInput;
    QuietHoursSet quiet_hours_set QuietHoursSetInput;
}

/// An operation that shows notifications. Each has a type of its own for the fragment `Notice` of its document.
macro_rules! notices {
    ($module:ident) => {
        impl $module::Notice {
            /// The page of what it happened to.
            fn address(&self) -> Option<String> {
                use $module::NoticeSubject as Subject;
                match self.subject.as_ref() {
                    Some(Subject::Partnership(it)) => Some(format!("/partnerships/{}", it.id)),
                    Some(Subject::Plan(it)) => Some(format!("/plans/{}", it.id)),
                    Some(Subject::Network(it)) => Some(format!("/networks/{}", it.id)),
                    Some(Subject::School(it)) => Some(format!("/schools/{}", it.id)),
                    Some(Subject::Designation(it)) => {
                        let school = it.school.as_ref();
                        school.map(|school| format!("/schools/{}", school.id))
                    }
                    Some(Subject::Study(it)) => Some(format!("/studies/{}", it.id)),
                    _ => {
                        let ours = self.reason == NotificationReason::Security;
                        ours.then(|| "/settings".to_owned())
                    }
                }
            }
        }
    };
}

pub(crate) use notices;

notices!(notifications_page);

#[derive(Deserialize)]
struct Search {
    /// A box that is ticked: unread ones alone.
    unread: Option<String>,
    #[serde(flatten)]
    window: Window,
}

#[derive(Template)]
#[template(path = "notification/list.html")]
struct List {
    frame: Frame,
    unread: bool,
    notices: notifications_page::NotificationsPageViewerNotifications,
}

impl List {
    /// The list's address up to the cursor.
    fn address(&self) -> String {
        let unread = if self.unread { "unread=1&" } else { "" };
        format!("{}?{unread}", self.frame.at("/notifications"))
    }

    /// How many are unread.
    fn count(&self) -> i64 {
        let viewer = self.frame.viewer.as_ref();
        viewer
            .and_then(|viewer| viewer.unread_count)
            .unwrap_or_default()
    }
}

async fn list(visit: Visit, Query(search): Query<Search>) -> Result<Response, Fault> {
    let unread = search.unread.is_some();
    let variables = notifications_page::Variables {
        unread: unread.then_some(true),
        first: search.window.first(),
        after: search.window.after(),
        last: search.window.last(),
        before: search.window.before(),
    };
    let (frame, found) = visit.open::<NotificationsPage>(variables).await?;
    let viewer = found.viewer.ok_or(Fault::SignIn)?;
    visit.page(&List {
        frame,
        unread,
        notices: viewer.notifications.ok_or(Fault::NotFound)?,
    })
}

/// What is gone or was read meanwhile needs no more marking, so errors say nothing here.
async fn mark(visit: Visit, posted: Posted) -> Result<Response, Fault> {
    if let Some(up_to) = posted.optional("upTo") {
        let input = notification_mark_all_read::NotificationMarkAllReadInput { up_to };
        visit.run::<NotificationMarkAllRead>(input).await?;
    } else {
        let ids = vec![posted.text("id")];
        let input = notification_mark_read::NotificationMarkReadInput { ids };
        visit.run::<NotificationMarkRead>(input).await?;
    }
    Ok(visit.stay(Flash::Read))
}

#[derive(Template)]
#[template(path = "notification/preferences.html")]
struct Preferences {
    frame: Frame,
    form: Form,
    reasons: Vec<NotificationReason>,
}

async fn preferences(visit: Visit) -> Result<Response, Fault> {
    let (frame, found) = visit
        .open::<PreferencesPage>(preferences_page::Variables {})
        .await?;
    let viewer = found.viewer.ok_or(Fault::SignIn)?;
    let (mut form, mut reasons) = (Form::default(), Vec::new());
    for preference in viewer.notification_preferences.unwrap_or_default() {
        form = form.with(
            &word::written(&preference.reason),
            word::written(&preference.channel),
        );
        reasons.push(preference.reason);
    }
    if let Some(hours) = viewer.quiet_hours {
        form = form.with("from", hours.from).with("until", hours.until);
    }
    visit.page(&Preferences {
        frame,
        form,
        reasons,
    })
}

async fn prefer(visit: Visit, posted: Posted) -> Result<Response, Fault> {
    let found = visit
        .ask::<PreferencesPage>(preferences_page::Variables {})
        .await?;
    let stored = found.viewer.ok_or(Fault::SignIn)?;
    let stored = stored.notification_preferences.unwrap_or_default();
    let mut errors = quiet(&visit, &posted).await?;
    for preference in &stored {
        let reason = preference.reason.clone();
        let channel = posted.text(&word::written(&reason));
        let channel = word::sent(&word::CHANNELS, &channel)?;
        if channel != preference.channel {
            let input =
                notification_preference_set::NotificationPreferenceSetInput { channel, reason };
            errors.extend(visit.run::<NotificationPreferenceSet>(input).await?);
        }
    }
    if errors.is_empty() {
        return Ok(visit.stay(Flash::Saved));
    }
    let form = Form::again(posted, errors);
    visit.refused(&Preferences {
        frame: visit.frame().await?.of(&form),
        form,
        reasons: stored.into_iter().map(|one| one.reason).collect(),
    })
}

/// Hours without e-mail: both, or neither.
async fn quiet(visit: &Visit, posted: &Posted) -> Result<Errors, Fault> {
    let mut errors = Errors::new();
    let mut time = |name: &str| {
        let text = posted.text(name);
        if NaiveTime::parse_from_str(&text, "%H:%M").is_err() {
            errors.push((vec![name.to_owned()], visit.say.preferences_time()));
        }
        text
    };
    let hours = if posted.optional("from").is_none() && posted.optional("until").is_none() {
        None
    } else {
        let (from, until) = (time("from"), time("until"));
        Some(quiet_hours_set::QuietHoursInput { from, until })
    };
    if !errors.is_empty() {
        return Ok(errors);
    }
    let refused = visit
        .run::<QuietHoursSet>(quiet_hours_set::QuietHoursSetInput { hours })
        .await?;
    // The input nests its fields; the form does not.
    let inner = |(path, message): (Vec<String>, _)| {
        (
            path.into_iter()
                .skip_while(|step| step == "hours")
                .collect(),
            message,
        )
    };
    Ok(refused.into_iter().map(inner).collect())
}
