//! One study: what it waits for, its research lessons, its group, and the steps of whoever speaks for it.

use askama::Template;
use axum::{
    Router,
    extract::Path,
    response::{IntoResponse, Redirect, Response},
    routing::get,
};

use super::{
    standing::{Next, Standing},
    wording,
    workspace::{self, Ask, Study},
};
use crate::{
    command::commands,
    fault::Fault,
    flash::Flash,
    form::{Form, Posted},
    visit::{Frame, Visit},
    word::{ResearchLessonState, StudyMemberState, StudyRole, StudyState, StudyStep},
};

pub(super) fn routes() -> Router {
    Router::new().route("/studies/{id}", get(show).post(step))
}

commands! { "queries/study_write.graphql";
    StudyAbandon study_abandon StudyStepInput;
    StudyConclude study_conclude StudyStepInput;
    StudyFocus study_focus StudyStepInput;
    StudyForm study_form StudyStepInput;
    StudyPause study_pause StudyStepInput;
    StudyResume study_resume StudyStepInput;
}

#[derive(Template)]
#[template(path = "study/show.html")]
struct Show {
    frame: Frame,
    form: Form,
    study: Study,
    standing: Standing,
}

impl Show {
    /// What the button of the step that comes next sends, if the viewer may take it.
    fn step(&self, next: &Next) -> Option<&'static str> {
        let (step, word) = match next {
            Next::Form => (StudyStep::Form, "form"),
            Next::Focus => (StudyStep::Focus, "focus"),
            Next::Conclude => (StudyStep::Conclude, "conclude"),
            Next::Resume => (StudyStep::Resume, "resume"),
            _ => return None,
        };
        self.study.may(step).then_some(word)
    }

    /// Is there a step that a reason belongs to?
    fn reasoned(&self) -> bool {
        self.study.may(StudyStep::Pause) || self.study.may(StudyStep::Abandon)
    }

    /// Is the viewer an expert? They read no consents.
    fn expert(&self) -> bool {
        matches!(self.standing.own, Some((StudyRole::Expert, ..)))
    }

    /// May another lesson be begun? One follows the other.
    fn begins(&self) -> bool {
        let there = matches!(self.study.state, StudyState::Focused | StudyState::Cycling);
        let mut lessons = self.study.lessons.iter();
        let closed = lessons.all(|lesson| lesson.state == ResearchLessonState::Closed);
        there && closed && self.study.viewer_can_work
    }
}

async fn show(visit: Visit, Path(id): Path<String>) -> Result<Response, Fault> {
    let form = Form::default();
    let found = workspace::open(&visit, id, Ask::default(), &form).await?;
    let standing = found.study.standing();
    if standing.own.is_none() {
        // Whoever reads a shared study takes no part in it: for them it is its report.
        let report = found.frame.at(&format!("/reports/{}", found.study.id));
        return Ok(Redirect::to(&report).into_response());
    }
    visit.page(&Show {
        frame: found.frame,
        form,
        study: found.study,
        standing,
    })
}

/// One of the buttons, each named by the step it asks for.
async fn step(visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Response, Fault> {
    let version = posted.version("version")?;
    let reason = posted.optional("reason");
    macro_rules! run {
        ($step:ident, $module:ident) => {{
            let input = $module::StudyStepInput {
                id: id.clone(),
                reason,
                version,
            };
            visit.run::<$step>(input).await?
        }};
    }
    let errors = match &*posted.text("do") {
        "form" => run!(StudyForm, study_form),
        "focus" => run!(StudyFocus, study_focus),
        "conclude" => run!(StudyConclude, study_conclude),
        "pause" => run!(StudyPause, study_pause),
        "resume" => run!(StudyResume, study_resume),
        "abandon" => run!(StudyAbandon, study_abandon),
        _ => return Err(Fault::Form),
    };
    if errors.is_empty() {
        return Ok(visit.stay(Flash::Saved));
    }
    // The study is read again: whoever was too late sees what is now, and what was typed.
    let form = Form::again(posted, errors);
    let found = workspace::open(&visit, id, Ask::default(), &form).await?;
    let standing = found.study.standing();
    visit.refused(&Show {
        frame: found.frame,
        form,
        study: found.study,
        standing,
    })
}
