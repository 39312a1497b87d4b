//! The stages of a lesson that is being planned: add, change, move, take out.

use askama::Template;
use axum::{Router, extract::Path, response::Response, routing::get};

use super::{At, address, missing, number, wording::ResearchLessonState};
use crate::{
    command::commands,
    csrf,
    fault::Fault,
    flash::Flash,
    form::{Form, Posted},
    scalar::Id,
    visit::{Frame, Visit},
};

pub(super) fn routes() -> Router {
    Router::new().route(
        "/studies/{id}/lessons/{number}/stages",
        get(show).post(change),
    )
}

operations! { LessonStagesPage }

commands! { "queries/lesson.graphql";
    SheetStageAdd sheet_stage_add SheetStageAddInput;
    SheetStageUpdate sheet_stage_update SheetStageUpdateInput;
    SheetStageRemove sheet_stage_remove SheetStageInput;
    SheetStagesOrder sheet_stages_order SheetStagesOrderInput;
}

type Study = lesson_stages_page::LessonStagesPageStudy;
type Lesson = lesson_stages_page::LessonStagesPageStudyLessons;
type Stage = lesson_stages_page::LessonStagesPageStudyLessonsStages;

#[derive(Template)]
#[template(path = "study/lesson/stages.html")]
struct Page {
    frame: Frame,
    form: Form,
    study: Study,
    lesson: Lesson,
    number: i64,
    /// The same request sent again has one effect.
    key: String,
}

impl Page {
    fn back(&self) -> String {
        self.frame.at(&address(&self.study.id, self.number, ""))
    }

    /// What the form of a stage shows: what is stored, unless it is the one that came back.
    fn form_of(&self, stage: &Stage) -> Form {
        if self.form.value("id") == stage.id {
            return Form::default()
                .with("name", self.form.value("name"))
                .with("minutes", self.form.value("minutes"));
        }
        Form::default()
            .with("name", &*stage.name)
            .with("minutes", stage.minutes.to_string())
    }

    /// The form for one more: what came back belongs to it when no stage was named.
    fn form_of_new(&self) -> Form {
        if self.form.value("id").is_empty() {
            return Form::default()
                .with("name", self.form.value("name"))
                .with("minutes", self.form.value("minutes"));
        }
        Form::default()
    }

    /// How long all of it takes.
    fn minutes(&self) -> i64 {
        self.lesson.stages.iter().map(|stage| stage.minutes).sum()
    }
}

async fn open(visit: &Visit, study: Id, at: i64, form: Form) -> Result<Page, Fault> {
    let variables = lesson_stages_page::Variables { study, number: at };
    let (frame, found) = visit.open::<LessonStagesPage>(variables).await?;
    let study = found.study.filter(|study| study.viewer_can_work);
    let mut study = study.ok_or_else(|| missing(&frame))?;
    let lesson = study.lessons.pop().ok_or(Fault::NotFound)?;
    Ok(Page {
        frame: frame.of(&form),
        form,
        study,
        lesson,
        number: at,
        key: csrf::fresh(),
    })
}

async fn show(visit: Visit, Path((id, at)): At) -> Result<Response, Fault> {
    let page = open(&visit, id, number(&at)?, Form::default()).await?;
    visit.page(&page)
}

async fn change(visit: Visit, Path((id, at)): At, posted: Posted) -> Result<Response, Fault> {
    let at = number(&at)?;
    let minutes = posted.text("minutes").parse().unwrap_or_default();
    let (name, stage) = (posted.text("name"), posted.text("id"));
    let errors = match &*posted.text("do") {
        "add" => {
            let input = sheet_stage_add::SheetStageAddInput {
                lesson_id: posted.text("lessonId"),
                name,
                minutes,
                idempotency_key: posted.optional("idempotencyKey"),
            };
            visit.run::<SheetStageAdd>(input).await?
        }
        "save" => {
            let input = sheet_stage_update::SheetStageUpdateInput {
                id: stage,
                version: posted.version("version")?,
                name,
                minutes,
            };
            visit.run::<SheetStageUpdate>(input).await?
        }
        "remove" => {
            let input = sheet_stage_remove::SheetStageInput { id: stage };
            visit.run::<SheetStageRemove>(input).await?
        }
        step @ ("up" | "down") => {
            let order = posted.text("order");
            let stage_ids = moved(
                order.split(' ').map(str::to_owned).collect(),
                &stage,
                step == "up",
            );
            let input = sheet_stages_order::SheetStagesOrderInput {
                lesson_id: posted.text("lessonId"),
                stage_ids,
            };
            visit.run::<SheetStagesOrder>(input).await?
        }
        _ => return Err(Fault::Form),
    };
    if errors.is_empty() {
        return Ok(visit.stay(Flash::Saved));
    }
    let page = open(&visit, id, at, Form::again(posted, errors)).await?;
    visit.refused(&page)
}

/// The order with one stage a place further up or down.
fn moved(mut order: Vec<String>, stage: &str, up: bool) -> Vec<String> {
    let place = order.iter().position(|id| id == stage);
    let other = place.and_then(|place| {
        if up {
            place.checked_sub(1)
        } else {
            Some(place + 1)
        }
    });
    if let (Some(place), Some(other)) = (place, other.filter(|other| *other < order.len())) {
        order.swap(place, other);
    }
    order
}

#[cfg(test)]
mod tests {
    use super::moved;

    #[test]
    fn a_stage_moves_one_place_and_never_out() {
        let order = || ["a", "b", "c"].map(str::to_owned).to_vec();
        assert_eq!(moved(order(), "b", true), ["b", "a", "c"]);
        assert_eq!(moved(order(), "b", false), ["a", "c", "b"]);
        assert_eq!(moved(order(), "a", true), order());
        assert_eq!(moved(order(), "c", false), order());
        assert_eq!(moved(order(), "x", false), order());
    }
}
