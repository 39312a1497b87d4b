//! The ledger of consents of a study: what families allowed, until when, and what was withdrawn.

use askama::Template;
use axum::{Router, extract::Path, response::Response, routing::get};

use super::{
    wording,
    workspace::{self, Ask, Study, study_page},
};
use crate::{
    command::{Errors, commands},
    csrf,
    fault::Fault,
    flash::Flash,
    form::{Form, Posted},
    scalar::Id,
    visit::{Frame, Visit},
    word::{self, ConsentKind, StudyRole},
};

pub(super) fn routes() -> Router {
    Router::new().route("/studies/{id}/consents", get(show).post(act))
}

commands! { "queries/study_write.graphql";
    ConsentRecord consent_record ConsentRecordInput;
    ConsentWithdraw consent_withdraw ConsentInput;
}

const KINDS: [ConsentKind; 3] = [
    ConsentKind::Monitoring,
    ConsentKind::Media,
    ConsentKind::Publication,
];

type Consent = study_page::StudyPageLedgerConsents;

#[derive(Template)]
#[template(path = "study/consents.html")]
struct Ledger {
    frame: Frame,
    form: Form,
    study: Study,
    consents: Vec<Consent>,
}

impl Ledger {
    fn kinds(&self) -> Vec<(String, String)> {
        let kinds = KINDS.iter();
        kinds
            .map(|kind| (word::written(kind), wording::consent(&self.frame.say, kind)))
            .collect()
    }

    /// What the page begins with: may pupils be watched today?
    fn finding(&self) -> String {
        let mut all = self.consents.iter();
        if all.any(|one| one.holds && one.kind == ConsentKind::Monitoring) {
            self.frame.say.study_consents_hold()
        } else {
            self.frame.say.study_consents_missing()
        }
    }

    /// How it stands: the hand that draws it, and the word.
    fn standing(&self, consent: &Consent) -> (&'static str, String) {
        let say = &self.frame.say;
        if consent.withdrawn_at.is_some() {
            ("due", say.study_consent_withdrawn())
        } else if consent.holds {
            ("done", say.study_consent_holds())
        } else {
            ("rest", say.study_consent_over())
        }
    }
}

async fn open(visit: &Visit, id: Id, form: Form) -> Result<Ledger, Fault> {
    let ask = Ask {
        ledger: true,
        ..Ask::default()
    };
    let found = workspace::inside(visit, id, ask, &form).await?;
    let own = found.study.viewer_member.as_ref();
    if own.is_none_or(|own| own.role == StudyRole::Expert) {
        return Err(Fault::NotFound);
    }
    let ledger = found.found.ledger.ok_or(Fault::NotFound)?;
    Ok(Ledger {
        frame: found.frame,
        form,
        study: found.study,
        consents: ledger.consents,
    })
}

async fn show(visit: Visit, Path(id): Path<String>) -> Result<Response, Fault> {
    let form = Form::default().with("idempotencyKey", csrf::fresh());
    let page = open(&visit, id, form).await?;
    visit.page(&page)
}

async fn record(visit: &Visit, id: &Id, posted: &Posted) -> Result<Errors, Fault> {
    let mut errors = Errors::new();
    let given_on = posted.date("givenOn", &visit.say, &mut errors);
    let expires_on = match posted.optional("expiresOn") {
        Some(_) => posted.date("expiresOn", &visit.say, &mut errors),
        None => None,
    };
    let count = posted.optional("count").map(|count| count.parse().ok());
    if count == Some(None) {
        errors.push((vec!["count".to_owned()], visit.say.study_consent_number()));
    }
    let (Some(given_on), true) = (given_on, errors.is_empty()) else {
        return Ok(errors);
    };
    let input = consent_record::ConsentRecordInput {
        study_id: id.clone(),
        kind: word::sent(&KINDS, &posted.text("kind"))?,
        scope: posted.text("scope"),
        count: count.flatten(),
        paper: posted.optional("paper"),
        given_on,
        expires_on,
        idempotency_key: posted.optional("idempotencyKey"),
    };
    visit.run::<ConsentRecord>(input).await
}

async fn act(visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Response, Fault> {
    let errors = match &*posted.text("do") {
        "record" => record(&visit, &id, &posted).await?,
        "withdraw" => {
            let input = consent_withdraw::ConsentInput {
                id: posted.text("id"),
            };
            visit.run::<ConsentWithdraw>(input).await?
        }
        _ => return Err(Fault::Form),
    };
    if errors.is_empty() {
        return Ok(visit.stay(Flash::Saved));
    }
    let page = open(&visit, id, Form::again(posted, errors)).await?;
    visit.refused(&page)
}
