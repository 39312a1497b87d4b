//! The sheet as its page shows it: each cell in its place, with what may be done there.

use i18n::Locale;

use super::{Note, Show, wording, wording::SheetCellKind};
use crate::{fault::percent, word};

/// A cell in its place.
pub(super) struct Slot {
    /// What stands in it; empty when nobody wrote.
    pub(super) text: String,
    /// How many comments it has.
    pub(super) comments: usize,
    /// May the viewer write in it now?
    pub(super) writes: bool,
    /// Its own page, for whoever has something to do or to read there.
    pub(super) address: Option<String>,
    /// Which cell it is, for who can't see where it stands.
    pub(super) label: String,
}

/// What the group expected of a case pupil at a stage, and what was seen.
pub(super) struct Deed<'a> {
    /// The pupil's place, from 1.
    pub(super) place: usize,
    pub(super) predicted: Slot,
    pub(super) observed: Slot,
    /// What observers noted there.
    pub(super) notes: Vec<&'a Note>,
}

/// A stage of the lesson.
pub(super) struct Row<'a> {
    pub(super) name: &'a str,
    /// Minutes from the beginning.
    pub(super) from: i64,
    pub(super) until: i64,
    pub(super) activity: Slot,
    pub(super) resources: Slot,
    pub(super) deeds: Vec<Deed<'a>>,
}

/// What an interview asks, and what each case pupil said.
type Question = (String, Vec<(String, Slot)>);

impl Show {
    fn slot(
        &self,
        kind: SheetCellKind,
        stage: Option<(&str, &str)>,
        pupil: Option<(&str, &str)>,
    ) -> Slot {
        let lesson = &self.lesson;
        let cell = lesson.cells.iter().find(|cell| {
            cell.kind == kind
                && cell.stage_id.as_deref() == stage.map(|(id, _)| id)
                && cell.pupil_id.as_deref() == pupil.map(|(id, _)| id)
        });
        let comments = cell.map_or(0, |cell| {
            let comments = lesson.comments.iter();
            comments
                .filter(|comment| comment.cell_id == cell.id)
                .count()
        });
        let writes = lesson.viewer_writes.contains(&kind);
        let id = |it: Option<(&str, &str)>| it.map_or(String::new(), |(id, _)| percent(id));
        let place = format!(
            "/cells/{}.{}.{}",
            word::written(&kind),
            id(stage),
            id(pupil)
        );
        let of = [pupil, stage]
            .into_iter()
            .flatten()
            .map(|(_, name)| name.to_owned());
        let label: Vec<_> = std::iter::once(wording::kind(&self.frame.say, &kind))
            .chain(of)
            .collect();
        Slot {
            text: cell.map(|cell| cell.text.clone()).unwrap_or_default(),
            comments,
            writes,
            address: (writes || comments > 0 || self.study.viewer_can_comment)
                .then(|| self.at(&place)),
            label: label.join(", "),
        }
    }

    pub(super) fn rows(&self) -> Vec<Row<'_>> {
        let mut from = 0;
        let stages = self.lesson.stages.iter().map(|stage| {
            let at = Some((&*stage.id, &*stage.name));
            let pupils = (1..).zip(&self.study.case_pupils);
            let deeds = pupils.map(|(place, pupil)| {
                let of = Some((&*pupil.id, &*pupil.letter));
                let notes = self.notes().filter(|note| {
                    note.stage_id.as_ref() == Some(&stage.id)
                        && note.pupil.as_ref().is_some_and(|it| it.id == pupil.id)
                });
                Deed {
                    place,
                    predicted: self.slot(SheetCellKind::Predicted, at, of),
                    observed: self.slot(SheetCellKind::Observed, at, of),
                    notes: notes.collect(),
                }
            });
            let deeds = deeds.collect();
            let begins = from;
            from += stage.minutes;
            Row {
                name: &stage.name,
                from: begins,
                until: from,
                activity: self.slot(SheetCellKind::Activity, at, None),
                resources: self.slot(SheetCellKind::Resources, at, None),
                deeds,
            }
        });
        stages.collect()
    }

    fn notes(&self) -> impl Iterator<Item = &Note> {
        let page = self.lesson.observations.as_ref();
        page.into_iter().flat_map(|page| &page.nodes)
    }

    /// How many observations there are.
    pub(super) fn noted(&self) -> i64 {
        let page = self.lesson.observations.as_ref();
        page.and_then(|page| page.total_count).unwrap_or_default()
    }

    /// What was noted of the class, or of a pupil at no stage.
    pub(super) fn loose(&self) -> Vec<(String, &Note)> {
        let letter = |note: &Note| {
            let pupils = self.study.case_pupils.iter();
            let mut pupils =
                pupils.filter(|pupil| note.pupil.as_ref().is_some_and(|it| it.id == pupil.id));
            pupils.next().map(|pupil| pupil.letter.clone())
        };
        let notes = self
            .notes()
            .filter(|note| note.stage_id.is_none() || note.pupil.is_none());
        notes
            .map(|note| (letter(note).unwrap_or_default(), note))
            .collect()
    }

    /// The success criteria, one for each case pupil.
    pub(super) fn criteria(&self) -> Vec<(String, Slot)> {
        self.by_pupil(SheetCellKind::Criterion)
    }

    /// One cell for each case pupil, with their letter.
    fn by_pupil(&self, kind: SheetCellKind) -> Vec<(String, Slot)> {
        let pupils = self.study.case_pupils.iter();
        let slots = pupils.map(|pupil| {
            let of = Some((&*pupil.id, &*pupil.letter));
            (pupil.letter.clone(), self.slot(kind.clone(), None, of))
        });
        slots.collect()
    }

    /// What case pupils said, question by question; nothing before there is something to show or to write.
    pub(super) fn interview(&self, say: &Locale) -> Vec<Question> {
        let rows = wording::INTERVIEW.into_iter();
        let rows: Vec<_> = rows
            .map(|kind| (wording::kind(say, &kind), self.by_pupil(kind)))
            .collect();
        let mut slots = rows.iter().flat_map(|(_, slots)| slots);
        if slots.any(|(_, slot)| slot.writes || !slot.text.is_empty()) {
            rows
        } else {
            Vec::new()
        }
    }

    /// The first part of the discussion: each case pupil against the predictions.
    pub(super) fn spoken(&self) -> Vec<(String, Slot)> {
        self.by_pupil(SheetCellKind::Discussed)
    }

    /// The letters of those nobody has spoken of yet.
    pub(super) fn missed(&self) -> String {
        let slots = self.spoken().into_iter();
        let missed = slots.filter(|(_, slot)| slot.text.is_empty());
        missed
            .map(|(letter, _)| letter)
            .collect::<Vec<_>>()
            .join(", ")
    }

    /// The other parts of the discussion, in their order.
    pub(super) fn discussion(&self, say: &Locale) -> Vec<(String, Slot)> {
        let parts = wording::DISCUSSION.into_iter();
        parts
            .map(|kind| (wording::kind(say, &kind), self.slot(kind, None, None)))
            .collect()
    }
}
