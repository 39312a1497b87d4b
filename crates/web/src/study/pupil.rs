//! The case pupils of a study: letters, never names.

use askama::Template;
use axum::{Router, extract::Path, response::Response, routing::get};

use super::workspace::{self, Ask, Pupil, Study};
use crate::{
    command::commands,
    csrf,
    fault::Fault,
    flash::Flash,
    form::{Form, Posted},
    scalar::Id,
    visit::{Frame, Visit},
    word::StudyState,
};

pub(super) fn routes() -> Router {
    Router::new()
        .route("/studies/{id}/pupils", get(show).post(act))
        .route("/studies/{id}/pupils/{letter}", get(edit).post(update))
}

commands! { "queries/study_write.graphql";
    CasePupilAdd case_pupil_add CasePupilAddInput;
    CasePupilUpdate case_pupil_update CasePupilUpdateInput;
    CasePupilRemove case_pupil_remove CasePupilInput;
}

#[derive(Template)]
#[template(path = "study/pupils.html")]
struct Pupils {
    frame: Frame,
    form: Form,
    study: Study,
}

impl Pupils {
    /// May pupils be chosen and thought better of? Before the question stands.
    fn choosing(&self) -> bool {
        let early = matches!(self.study.state, StudyState::Draft | StudyState::Formed);
        early && self.study.viewer_can_work
    }

    fn count(&self) -> i64 {
        i64::try_from(self.study.case_pupils.len()).unwrap_or(i64::MAX)
    }
}

async fn open(visit: &Visit, id: Id, form: Form) -> Result<Pupils, Fault> {
    let found = workspace::inside(visit, id, Ask::default(), &form).await?;
    Ok(Pupils {
        frame: found.frame,
        form,
        study: found.study,
    })
}

async fn show(visit: Visit, Path(id): Path<String>) -> Result<Response, Fault> {
    let form = Form::default().with("idempotencyKey", csrf::fresh());
    let page = open(&visit, id, form).await?;
    visit.page(&page)
}

async fn act(visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Response, Fault> {
    let errors = match &*posted.text("do") {
        "add" => {
            let input = case_pupil_add::CasePupilAddInput {
                study_id: id.clone(),
                pseudonym: posted.optional("pseudonym"),
                typifies: posted.text("typifies"),
                level: posted.text("level"),
                idempotency_key: posted.optional("idempotencyKey"),
            };
            visit.run::<CasePupilAdd>(input).await?
        }
        "remove" => {
            let input = case_pupil_remove::CasePupilInput {
                id: posted.text("id"),
            };
            visit.run::<CasePupilRemove>(input).await?
        }
        _ => return Err(Fault::Form),
    };
    if errors.is_empty() {
        return Ok(visit.stay(Flash::Saved));
    }
    let page = open(&visit, id, Form::again(posted, errors)).await?;
    visit.refused(&page)
}

#[derive(Template)]
#[template(path = "study/pupil.html")]
struct Edit {
    frame: Frame,
    form: Form,
    study: Study,
    pupil: Pupil,
}

async fn open_one(visit: &Visit, id: Id, letter: &str, form: Form) -> Result<Edit, Fault> {
    let mut found = workspace::inside(visit, id, Ask::default(), &form).await?;
    if !found.study.viewer_can_work {
        return Err(Fault::NotFound);
    }
    let pupils = &mut found.study.case_pupils;
    let place = pupils.iter().position(|pupil| pupil.letter == letter);
    let pupil = pupils.remove(place.ok_or(Fault::NotFound)?);
    Ok(Edit {
        frame: found.frame,
        form,
        study: found.study,
        pupil,
    })
}

async fn edit(visit: Visit, Path((id, letter)): Path<(String, String)>) -> Result<Response, Fault> {
    let mut page = open_one(&visit, id, &letter, Form::default()).await?;
    page.form = Form::default()
        .with("typifies", &*page.pupil.typifies)
        .with("level", &*page.pupil.level)
        .with(
            "pseudonym",
            page.pupil.pseudonym.as_deref().unwrap_or_default(),
        );
    visit.page(&page)
}

async fn update(
    visit: Visit,
    Path((id, letter)): Path<(String, String)>,
    posted: Posted,
) -> Result<Response, Fault> {
    let input = case_pupil_update::CasePupilUpdateInput {
        id: posted.text("id"),
        version: posted.version("version")?,
        pseudonym: posted.optional("pseudonym"),
        typifies: posted.text("typifies"),
        level: posted.text("level"),
    };
    let errors = visit.run::<CasePupilUpdate>(input).await?;
    if errors.is_empty() {
        return Ok(visit.go(&format!("/studies/{id}/pupils"), Flash::Saved));
    }
    let page = open_one(&visit, id, &letter, Form::again(posted, errors)).await?;
    visit.refused(&page)
}
