//! One cell of a sheet: its text to write, and what was said about it. When somebody else wrote in it meanwhile, the page
//! shows both texts, and whoever writes decides what stands.

use askama::Template;
use axum::{Router, extract::Path, response::Response, routing::get};

use super::{
    address, missing, number,
    wording::{self, ResearchLessonState, SheetCellKind},
};
use crate::{
    command::Errors,
    csrf,
    fault::Fault,
    flash::Flash,
    form::{Form, Posted},
    scalar::Id,
    visit::{Frame, Visit},
    word,
};

pub(super) fn routes() -> Router {
    Router::new().route(
        "/studies/{id}/lessons/{number}/cells/{place}",
        get(show).post(change),
    )
}

operations! { LessonCellPage SheetCellWrite SheetCellComment }

type Study = lesson_cell_page::LessonCellPageStudy;
type Lesson = lesson_cell_page::LessonCellPageStudyLessons;
type Cell = lesson_cell_page::LessonCellPageStudyLessonsCells;
type Comment = lesson_cell_page::LessonCellPageStudyLessonsComments;

/// Which cell.
#[derive(Clone)]
struct Place {
    kind: SheetCellKind,
    stage: Option<Id>,
    pupil: Option<Id>,
}

impl Place {
    /// As the address has it: kind, stage and case pupil, the last two empty where the kind has none.
    fn read(text: &str) -> Result<Self, Fault> {
        let mut parts = text.splitn(3, '.');
        let mut part = || parts.next().unwrap_or_default();
        let kind = word::sent(&wording::KINDS, part()).map_err(|_| Fault::NotFound)?;
        let mut id = || Some(part().to_owned()).filter(|id| !id.is_empty());
        Ok(Place {
            kind,
            stage: id(),
            pupil: id(),
        })
    }
}

/// A cell's address: the study's id, the lesson's number, the place.
type AtCell = Path<(String, String, String)>;

#[derive(Template)]
#[template(path = "study/lesson/cell.html")]
struct Page {
    frame: Frame,
    form: Form,
    study: Study,
    lesson: Lesson,
    number: i64,
    place: Place,
    /// What somebody else wrote while the viewer did.
    met: bool,
}

impl Page {
    fn title(&self) -> String {
        let pupils = self.study.case_pupils.iter();
        let mut pupils = pupils.filter(|pupil| Some(&pupil.id) == self.place.pupil.as_ref());
        let stages = self.lesson.stages.iter();
        let mut stages = stages.filter(|stage| Some(&stage.id) == self.place.stage.as_ref());
        let words = [
            Some(wording::kind(&self.frame.say, &self.place.kind)),
            pupils.next().map(|pupil| pupil.letter.clone()),
            stages.next().map(|stage| stage.name.clone()),
        ];
        words.into_iter().flatten().collect::<Vec<_>>().join(" · ")
    }

    /// What the text is called.
    fn label(&self) -> String {
        wording::kind(&self.frame.say, &self.place.kind)
    }

    fn back(&self) -> String {
        self.frame.at(&address(&self.study.id, self.number, ""))
    }

    fn cell(&self) -> Option<&Cell> {
        self.lesson.cells.iter().find(|cell| {
            cell.kind == self.place.kind
                && cell.stage_id == self.place.stage
                && cell.pupil_id == self.place.pupil
        })
    }

    fn version(&self) -> i64 {
        self.cell().map_or(0, |cell| cell.version)
    }

    fn comments(&self) -> Vec<&Comment> {
        let comments = self.lesson.comments.iter();
        let own = |comment: &&Comment| self.cell().is_some_and(|cell| cell.id == comment.cell_id);
        comments.filter(own).collect()
    }

    fn writes(&self) -> bool {
        self.lesson.viewer_writes.contains(&self.place.kind)
    }

    /// A comment can be made until the lesson is closed.
    fn comments_open(&self) -> bool {
        self.study.viewer_can_comment && self.lesson.state != ResearchLessonState::Closed
    }
}

async fn open(visit: &Visit, study: Id, at: i64, place: Place, form: Form) -> Result<Page, Fault> {
    let variables = lesson_cell_page::Variables { study, number: at };
    let (frame, found) = visit.open::<LessonCellPage>(variables).await?;
    let mut study = found.study.ok_or_else(|| missing(&frame))?;
    let lesson = study.lessons.pop().ok_or_else(|| missing(&frame))?;
    let pupils = study.case_pupils.iter().map(|pupil| &pupil.id);
    let stages = lesson.stages.iter().map(|stage| &stage.id);
    let known = place
        .pupil
        .iter()
        .all(|id| pupils.clone().any(|it| it == id))
        && place
            .stage
            .iter()
            .all(|id| stages.clone().any(|it| it == id));
    if !known {
        return Err(Fault::NotFound);
    }
    Ok(Page {
        frame: frame.of(&form),
        form,
        study,
        lesson,
        number: at,
        place,
        met: false,
    })
}

async fn show(visit: Visit, Path((id, at, place)): AtCell) -> Result<Response, Fault> {
    let place = Place::read(&place)?;
    let form = Form::default().with("idempotencyKey", csrf::fresh());
    let mut page = open(&visit, id, number(&at)?, place, form).await?;
    let text = page.cell().map(|cell| cell.text.clone());
    page.form = std::mem::take(&mut page.form).with("text", text.unwrap_or_default());
    visit.page(&page)
}

async fn change(
    visit: Visit,
    Path((id, at, place)): AtCell,
    posted: Posted,
) -> Result<Response, Fault> {
    let place = Place::read(&place)?;
    if posted.has("comment") {
        comment(visit, id, number(&at)?, place, posted).await
    } else {
        write(visit, id, number(&at)?, place, posted).await
    }
}

async fn write(
    visit: Visit,
    id: Id,
    at: i64,
    place: Place,
    posted: Posted,
) -> Result<Response, Fault> {
    let text = posted.text("text");
    // Who met another's text may keep both, theirs behind it.
    let both = posted
        .optional("theirs")
        .filter(|_| posted.text("do") == "both");
    let text = both.map_or(text.clone(), |theirs| format!("{theirs}\n{text}"));
    let input = sheet_cell_write::SheetCellWriteInput {
        place: sheet_cell_write::SheetCellPlaceInput {
            lesson_id: posted.text("lessonId"),
            kind: place.kind.clone(),
            stage_id: place.stage.clone(),
            pupil_id: place.pupil.clone(),
        },
        version: posted.version("version")?,
        text,
    };
    let variables = sheet_cell_write::Variables { input };
    let done = visit.ask::<SheetCellWrite>(variables).await?.done;
    if done.user_errors.is_empty() {
        return Ok(visit.go(&address(&id, at, ""), Flash::Saved));
    }
    let met = done.unwritten.is_some();
    let errors: Errors = if met {
        // Not an error to mend: the page shows both texts and says what can be done.
        vec![(vec!["text".to_owned()], visit.say.lesson_met())]
    } else {
        let errors = done.user_errors.into_iter();
        errors.map(|error| (error.field, error.message)).collect()
    };
    let mut page = open(&visit, id, at, place, Form::again(posted, errors)).await?;
    page.met = met;
    visit.refused(&page)
}

async fn comment(
    visit: Visit,
    id: Id,
    at: i64,
    place: Place,
    posted: Posted,
) -> Result<Response, Fault> {
    let input = sheet_cell_comment::SheetCellCommentInput {
        place: sheet_cell_comment::SheetCellPlaceInput {
            lesson_id: posted.text("lessonId"),
            kind: place.kind.clone(),
            stage_id: place.stage.clone(),
            pupil_id: place.pupil.clone(),
        },
        text: posted.text("comment"),
        idempotency_key: posted.optional("idempotencyKey"),
    };
    let variables = sheet_cell_comment::Variables { input };
    let done = visit.ask::<SheetCellComment>(variables).await?.done;
    if done.user_errors.is_empty() {
        return Ok(visit.stay(Flash::Saved));
    }
    // The API calls the comment's text as it calls the cell's; here both are on one page.
    let errors = done.user_errors.into_iter().map(|error| {
        let field = if error.field == ["text"] {
            vec!["comment".to_owned()]
        } else {
            error.field
        };
        (field, error.message)
    });
    let errors: Errors = errors.collect();
    let mut page = open(&visit, id, at, place, Form::again(posted, errors)).await?;
    let text = page.cell().map(|cell| cell.text.clone());
    page.form = std::mem::take(&mut page.form).with("text", text.unwrap_or_default());
    visit.refused(&page)
}
