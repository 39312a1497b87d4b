//! What people keep about themselves: profile, password, sessions, access tokens.

mod access_token;
mod session;

use askama::Template;
use axum::{Router, response::Response, routing::get};
use graphql_client::GraphQLQuery;
use i18n::Locale;

use crate::{
    command::commands,
    fault::Fault,
    flash::Flash,
    form::{Form, Posted},
    sign_in::{Entry, entrance},
    visit::{Frame, Visit},
    word::{self, EmailAudience, Language, Role},
};

pub(crate) fn routes() -> Router {
    Router::new()
        .route("/settings", get(show).post(save))
        .route("/settings/password", get(show_password).post(change))
        .merge(session::routes())
        .merge(access_token::routes())
}

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "../../schema.graphql",
    query_path = "queries/settings.graphql",
    normalization = "rust",
    custom_scalars_module = "crate::scalar",
    extern_enums("Language", "EmailAudience", "Role")
)]
struct SettingsPage;

commands! { "queries/settings.graphql";
    PersonUpdate person_update PersonUpdateInput;
}

entrance!(PasswordChange, password_change, "queries/password.graphql");

const AUDIENCES: [EmailAudience; 2] = [EmailAudience::Nobody, EmailAudience::SignedIn];

#[derive(Template)]
#[template(path = "settings/show.html")]
struct Show {
    frame: Frame,
    form: Form,
    email: String,
    version: i64,
    places: Vec<settings_page::SettingsPageViewerMemberships>,
}

impl Show {
    fn audiences(say: Locale) -> Vec<(String, String)> {
        let words = [say.settings_email_nobody(), say.settings_email_signed_in()];
        AUDIENCES.iter().map(word::written).zip(words).collect()
    }
}

async fn open(visit: &Visit) -> Result<(Frame, settings_page::SettingsPageViewer), Fault> {
    let (frame, found) = visit
        .open::<SettingsPage>(settings_page::Variables {})
        .await?;
    Ok((frame, found.viewer.ok_or(Fault::SignIn)?))
}

async fn show(visit: Visit) -> Result<Response, Fault> {
    let (frame, viewer) = open(&visit).await?;
    visit.page(&Show {
        frame,
        form: Form::default()
            .with("name", &*viewer.person.name)
            .with("language", word::written(&viewer.language))
            .with("emailShownTo", word::written(&viewer.email_shown_to)),
        email: viewer.email,
        version: viewer.person.version,
        places: viewer.memberships,
    })
}

async fn save(visit: Visit, posted: Posted) -> Result<Response, Fault> {
    let language = word::sent(&word::LANGUAGES, &posted.text("language"))?;
    let input = person_update::PersonUpdateInput {
        email_shown_to: Some(word::sent(&AUDIENCES, &posted.text("emailShownTo"))?),
        language: Some(language),
        name: Some(posted.text("name")),
        version: posted.version("version")?,
    };
    let errors = visit.run::<PersonUpdate>(input).await?;
    if errors.is_empty() {
        return Ok(visit.stay(Flash::Saved));
    }
    let form = Form::again(posted, errors);
    let (frame, viewer) = open(&visit).await?;
    visit.refused(&Show {
        frame: frame.of(&form),
        form,
        email: viewer.email,
        version: viewer.person.version,
        places: viewer.memberships,
    })
}

#[derive(Template)]
#[template(path = "settings/password.html")]
struct Password {
    frame: Frame,
    form: Form,
}

async fn show_password(visit: Visit) -> Result<Response, Fault> {
    let (frame, _) = open(&visit).await?;
    visit.page(&Password {
        frame,
        form: Form::default(),
    })
}

async fn change(visit: Visit, posted: Posted) -> Result<Response, Fault> {
    let current = posted.raw("currentPassword").to_owned();
    let input = password_change::PasswordChangeInput {
        current_password: Some(current).filter(|password| !password.is_empty()),
        new_password: posted.raw("newPassword").to_owned(),
    };
    let variables = password_change::Variables { input };
    let found = visit.ask::<PasswordChange>(variables).await?;
    let target = format!("/{}/settings", visit.say);
    match Entry::from(found.password_change).admit(&visit, &target, false, Flash::Saved) {
        Ok(response) => Ok(response),
        Err(errors) => {
            let form = Form::again(posted, errors);
            visit.refused(&Password {
                frame: visit.frame().await?.of(&form),
                form,
            })
        }
    }
}
