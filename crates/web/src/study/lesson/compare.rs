//! Two lessons of a study side by side: what was decided, planned, expected and seen.

use askama::Template;
use axum::{Router, extract::Path, response::Response, routing::get};

use super::{
    address, missing, number,
    wording::{self, ResearchLessonState, SheetCellKind},
};
use crate::{
    fault::Fault,
    scalar::Id,
    visit::{Frame, Visit},
};

pub(super) fn routes() -> Router {
    Router::new().route("/studies/{id}/lessons/{number}/to/{other}", get(show))
}

operations! { LessonComparePage }

type Study = lesson_compare_page::LessonComparePageStudy;
type Lesson = lesson_compare_page::LessonComparePageStudyLessons;
type Cell = lesson_compare_page::LessonComparePageStudyLessonsCells;

#[derive(Template)]
#[template(path = "study/lesson/compare.html")]
struct Compare {
    frame: Frame,
    study: Study,
    one: Lesson,
    other: Lesson,
}

/// What both lessons say in one respect; empty where one says nothing.
struct Pair {
    label: String,
    one: String,
    other: String,
}

fn text(lesson: &Lesson, kind: &SheetCellKind, fits: impl Fn(&Cell) -> bool) -> String {
    let mut cells = lesson.cells.iter();
    let cell = cells.find(|cell| cell.kind == *kind && fits(cell));
    cell.map(|cell| cell.text.clone()).unwrap_or_default()
}

impl Compare {
    fn both(&self) -> [&Lesson; 2] {
        [&self.one, &self.other]
    }

    fn at(&self, lesson: &Lesson) -> String {
        self.frame.at(&address(&self.study.id, lesson.number, ""))
    }

    /// The stages with what was done at each.
    fn stages(&self, lesson: &Lesson) -> Vec<(String, i64, String)> {
        let stages = lesson.stages.iter();
        let rows = stages.map(|stage| {
            let at = |cell: &Cell| cell.stage_id.as_ref() == Some(&stage.id);
            let activity = text(lesson, &SheetCellKind::Activity, at);
            (stage.name.clone(), stage.minutes, activity)
        });
        rows.collect()
    }

    /// What is of the whole lesson, or of one case pupil in all of it.
    fn pairs(&self) -> Vec<Pair> {
        let say = &self.frame.say;
        let mut pairs = Vec::new();
        for kind in [SheetCellKind::Criterion, SheetCellKind::Discussed] {
            for pupil in &self.study.case_pupils {
                let of = |cell: &Cell| cell.pupil_id.as_ref() == Some(&pupil.id);
                pairs.push(Pair {
                    label: format!("{} · {}", wording::kind(say, &kind), pupil.letter),
                    one: text(&self.one, &kind, of),
                    other: text(&self.other, &kind, of),
                });
            }
        }
        for kind in wording::DISCUSSION {
            pairs.push(Pair {
                label: wording::kind(say, &kind),
                one: text(&self.one, &kind, |_| true),
                other: text(&self.other, &kind, |_| true),
            });
        }
        pairs.retain(|pair| !pair.one.is_empty() || !pair.other.is_empty());
        pairs
    }

    /// Everything seen of one case pupil in a lesson, stage by stage: what was expected, what was seen.
    fn seen(&self, lesson: &Lesson, pupil: &str) -> Vec<(String, String, String)> {
        let stages = lesson.stages.iter();
        let rows = stages.map(|stage| {
            let at = |cell: &Cell| {
                cell.stage_id.as_ref() == Some(&stage.id) && cell.pupil_id.as_deref() == Some(pupil)
            };
            let predicted = text(lesson, &SheetCellKind::Predicted, at);
            let observed = text(lesson, &SheetCellKind::Observed, at);
            (stage.name.clone(), predicted, observed)
        });
        rows.filter(|(_, predicted, observed)| !predicted.is_empty() || !observed.is_empty())
            .collect()
    }
}

async fn show(
    visit: Visit,
    Path((id, one, other)): Path<(String, String, String)>,
) -> Result<Response, Fault> {
    let (one, other) = (number(&one)?, number(&other)?);
    let variables = lesson_compare_page::Variables {
        study: id,
        numbers: Some(vec![one, other]),
    };
    let (frame, found) = visit.open::<LessonComparePage>(variables).await?;
    let mut study = found.study.ok_or_else(|| missing(&frame))?;
    let mut lessons = std::mem::take(&mut study.lessons);
    let mut take = |number: i64| {
        let place = lessons.iter().position(|lesson| lesson.number == number);
        place.map(|place| lessons.swap_remove(place))
    };
    let (Some(one), Some(other)) = (take(one), take(other)) else {
        return Err(missing(&frame));
    };
    visit.page(&Compare {
        frame,
        study,
        one,
        other,
    })
}
