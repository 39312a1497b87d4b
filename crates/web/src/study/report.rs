//! The report of a study: written by the group, shared by whoever leads it. [`super::shared`] is what others read.

use askama::Template;
use axum::{Router, extract::Path, response::Response, routing::get};

use super::{
    wording,
    workspace::{self, Ask, Study, study_page},
};
use crate::{
    command::commands,
    fault::Fault,
    flash::Flash,
    form::{Form, Posted},
    scalar::Id,
    visit::{Frame, Visit},
    word::{self, AudienceRung, StudyState, StudyStep},
};

pub(super) fn routes() -> Router {
    Router::new().route("/studies/{id}/report", get(show).post(act))
}

commands! { "queries/study_write.graphql";
    StudyReport study_report StudyStepInput;
    StudyReportWrite study_report_write StudyReportWriteInput;
    StudyShare study_share StudyShareInput;
}

/// With whom a report may be shared: the schools of the group, those of its network, everybody signed in, everybody.
const RUNGS: [AudienceRung; 4] = [
    AudienceRung::School,
    AudienceRung::Network,
    AudienceRung::SignedIn,
    AudienceRung::Public,
];

/// The parts, as inputs are named.
pub(super) const PARTS: [&str; 5] = ["context", "aims", "methods", "findings", "changes"];

/// What a part is called.
pub(super) fn part(say: &i18n::Locale, part: &str) -> String {
    match part {
        "context" => say.study_report_context(),
        "aims" => say.study_report_aims(),
        "methods" => say.study_report_methods(),
        "findings" => say.study_report_findings(),
        _ => say.study_report_changes(),
    }
}

#[derive(Template)]
#[template(path = "study/report.html")]
struct Write {
    frame: Frame,
    form: Form,
    study: Study,
    report: Option<study_page::StudyPageStudyReport>,
}

impl Write {
    /// May it be written? From the day the group concludes until it is shared.
    fn writing(&self) -> bool {
        let open = matches!(
            self.study.state,
            StudyState::Concluding | StudyState::Reported
        );
        open && self.study.viewer_can_work
    }

    /// Does the report stand? Then others may read it.
    fn sharing(&self) -> bool {
        self.study.may(StudyStep::Share)
    }

    fn rungs(&self) -> Vec<(String, String)> {
        let rungs = RUNGS.iter();
        rungs
            .filter(|rung| self.study.network.is_some() || **rung != AudienceRung::Network)
            .map(|rung| (word::written(rung), wording::rung(&self.frame.say, rung)))
            .collect()
    }

    /// Its parts as they stand, each with its name.
    fn parts(&self) -> Vec<(String, String)> {
        let say = &self.frame.say;
        let stored = PARTS.map(|name| (part(say, name), self.stored(name)));
        stored.into()
    }

    fn stored(&self, name: &str) -> String {
        let report = self.report.as_ref();
        let text = report.map_or("", |report| match name {
            "context" => &report.context,
            "aims" => &report.aims,
            "methods" => &report.methods,
            "findings" => &report.findings,
            _ => &report.changes,
        });
        text.to_owned()
    }

    fn finding(&self) -> String {
        let say = &self.frame.say;
        match self.study.state {
            StudyState::Concluding => say.study_report_writing(),
            StudyState::Reported => say.study_report_stands(),
            StudyState::Shared => say.study_report_shared(),
            _ => say.study_report_later(),
        }
    }
}

async fn open(visit: &Visit, id: Id, form: Form, typed: bool) -> Result<Write, Fault> {
    let ask = Ask {
        report: true,
        ..Ask::default()
    };
    let mut found = workspace::inside(visit, id, ask, &form).await?;
    let mut page = Write {
        frame: found.frame,
        form,
        report: found.study.report.take(),
        study: found.study,
    };
    if !typed {
        for name in PARTS {
            let stored = page.stored(name);
            page.form = page.form.with(name, stored);
        }
    }
    Ok(page)
}

async fn show(visit: Visit, Path(id): Path<String>) -> Result<Response, Fault> {
    let page = open(&visit, id, Form::default(), false).await?;
    visit.page(&page)
}

async fn act(visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Response, Fault> {
    let version = posted.version("version")?;
    let word = posted.text("do");
    let errors = match &*word {
        "write" => {
            let input = study_report_write::StudyReportWriteInput {
                study_id: id.clone(),
                version,
                context: posted.text("context"),
                aims: posted.text("aims"),
                methods: posted.text("methods"),
                findings: posted.text("findings"),
                changes: posted.text("changes"),
            };
            visit.run::<StudyReportWrite>(input).await?
        }
        "report" => {
            let input = study_report::StudyStepInput {
                id: id.clone(),
                version,
                reason: None,
            };
            visit.run::<StudyReport>(input).await?
        }
        "share" => {
            let input = study_share::StudyShareInput {
                id: id.clone(),
                version,
                audience: word::sent(&RUNGS, &posted.text("audience"))?,
            };
            visit.run::<StudyShare>(input).await?
        }
        _ => return Err(Fault::Form),
    };
    if errors.is_empty() {
        return Ok(match &*word {
            "share" => visit.go(&format!("/reports/{id}"), Flash::Shared),
            _ => visit.stay(Flash::Saved),
        });
    }
    let typed = word == "write";
    let page = open(&visit, id, Form::again(posted, errors), typed).await?;
    visit.refused(&page)
}
