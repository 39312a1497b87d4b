//! Research lessons: the sheet as far as it was written, who observed whom, and what they noted.

use chrono::Duration;
use sea_orm::Iterable;

use super::Fill;
use super::chance::Chance;
use super::networks::Ground;
use super::studies::Begun;
use crate::case_pupil::CasePupil;
use crate::clock::Timestamp;
use crate::db::bulk::Bulk;
use crate::error::Result;
use crate::id::Id;
use crate::observation::{Observation, State as Noted};
use crate::person::Person;
use crate::research_lesson::{
    CellComment, CellKind, Observer, ResearchLesson, SheetCell, SheetStage, State, place,
};

/// Minutes of each stage.
const MINUTES: i32 = 10;
/// The fewest notes of a lesson; and of how many more one is drawn.
const NOTES: (usize, usize) = (12, 7);
/// Notes about a case pupil and not the class, of 100.
const OF_A_PUPIL: u32 = 85;
/// Rows of the sheet that somebody left empty, of 100.
const EMPTY: u32 = 15;

/// Rows on their way.
#[derive(Default)]
pub(super) struct Lessons {
    lessons: Vec<ResearchLesson>,
    stages: Vec<SheetStage>,
    cells: Vec<SheetCell>,
    comments: Vec<CellComment>,
    observers: Vec<Observer>,
    observations: Vec<Observation>,
}

impl Lessons {
    pub(super) fn rows(&self) -> usize {
        self.lessons.len() + self.cells.len() + self.observations.len()
    }

    pub(super) async fn write(&mut self, bulk: &mut Bulk<Fill>) -> Result<()> {
        bulk.add(std::mem::take(&mut self.lessons)).await?;
        bulk.add(std::mem::take(&mut self.stages)).await?;
        bulk.add(std::mem::take(&mut self.cells)).await?;
        bulk.add(std::mem::take(&mut self.comments)).await?;
        bulk.add(std::mem::take(&mut self.observers)).await?;
        bulk.add(std::mem::take(&mut self.observations)).await
    }

    /// How many lessons a study under way has, and where the last of them stands.
    pub(super) fn under_way(&self, chance: &mut Chance, most: i32) -> (i32, State) {
        let count = 1 + chance.below(most as usize) as i32;
        let states: Vec<_> = State::iter().collect();
        let last = chance.pick(&states).copied();
        (count, last.unwrap_or(State::Planning))
    }

    /// A lesson with all that belongs to it.
    pub(super) fn lesson(
        &mut self,
        chance: &mut Chance,
        ground: &Ground<'_>,
        begun: &Begun,
        (number, state): (i32, State),
    ) -> Option<()> {
        let words = &ground.recipe.study;
        let latest = ground.until - Duration::hours(30);
        let created_at = begun.at + Duration::days(7 + 25 * i64::from(number - 1));
        let created_at = created_at.min(latest);
        let starts_at = (created_at + Duration::days(14)).min(latest);
        let (teacher, school) = *chance.pick(&begun.group)?;
        let taught = state >= State::Taught;
        let discussed = state >= State::Discussed;
        let lesson = ResearchLesson {
            id: chance.id(created_at),
            study_id: begun.study,
            number,
            class_label: format!("{} «А»", begun.grade),
            topic: chance.phrase(&ground.recipe.works.topics, begun.language),
            starts_at: Some(starts_at),
            teacher_id: Some(teacher),
            school_id: Some(school),
            state,
            taught_at: taught.then(|| starts_at + Duration::hours(1)),
            discussing_since: discussed.then(|| starts_at + Duration::hours(5)),
            // Nobody is reminded of what never was.
            reminded_at: taught.then(|| starts_at + Duration::hours(25)),
            version: 1,
            created_at,
        };
        let id = lesson.id;
        self.lessons.push(lesson);
        let stages: Vec<_> = (1..)
            .zip(&words.stages)
            .map(|(number, name)| SheetStage {
                id: chance.id(created_at),
                study_id: begun.study,
                lesson_id: id,
                number,
                name: name.read(begun.language).1.to_owned(),
                minutes: MINUTES,
                version: 1,
            })
            .collect();
        let mut sheet = Sheet {
            lessons: self,
            chance,
            ground,
            begun,
            lesson: id,
            stages,
        };
        sheet.cells(state, starts_at);
        sheet.observers(teacher);
        if taught {
            sheet.observations(discussed, starts_at);
        }
        let stages = sheet.stages;
        self.stages.extend(stages);
        Some(())
    }
}

/// The sheet of one lesson.
struct Sheet<'a> {
    lessons: &'a mut Lessons,
    chance: &'a mut Chance,
    ground: &'a Ground<'a>,
    begun: &'a Begun,
    lesson: Id<ResearchLesson>,
    stages: Vec<SheetStage>,
}

impl Sheet<'_> {
    /// Each kind that was open before the lesson came to stand so; but not every cell is written.
    fn cells(&mut self, state: State, starts_at: Timestamp) {
        let written = |kind: &CellKind| {
            let before = State::iter().filter(|before| *before <= state);
            let (mut before, discussing) = (before, state >= State::Discussed);
            before.any(|before| kind.is_open(before, discussing))
        };
        for kind in CellKind::iter().filter(written) {
            let stages: Vec<_> = self.stages.iter().map(|stage| stage.id).collect();
            let stages = over(kind.has_stage(), stages);
            let pupils = over(kind.has_pupil(), self.begun.pupils.clone());
            for stage in &stages {
                for pupil in &pupils {
                    // What a discussion has said, in its order, has no holes.
                    if kind.is_discussion() || !self.chance.percent(EMPTY) {
                        self.cell(kind, (*stage, *pupil), state, starts_at);
                    }
                }
            }
        }
    }

    fn cell(
        &mut self,
        kind: CellKind,
        (stage, pupil): (Option<Id<SheetStage>>, Option<Id<CasePupil>>),
        state: State,
        starts_at: Timestamp,
    ) -> Option<()> {
        let (edited_by_id, _) = *self.chance.pick(&self.begun.group)?;
        let phrases = self.ground.recipe.study.cells.get(&kind)?;
        let edited_at = if kind.is_open(State::Planning, false) {
            starts_at - Duration::days(2)
        } else {
            starts_at + Duration::hours(6)
        };
        let cell = SheetCell {
            id: self.chance.id(edited_at),
            study_id: self.begun.study,
            lesson_id: self.lesson,
            place: place(kind, stage, pupil),
            kind,
            stage_id: stage,
            pupil_id: pupil,
            body: self.chance.phrase(phrases, self.begun.language),
            version: 1 + self.chance.below(3) as i32,
            edited_by_id,
            edited_at,
        };
        if state < State::Discussed && self.chance.percent(5) {
            let (author_id, _) = *self.chance.pick(&self.begun.group)?;
            let words = &self.ground.recipe.study.comments;
            self.lessons.comments.push(CellComment {
                id: self.chance.id(edited_at),
                study_id: self.begun.study,
                lesson_id: self.lesson,
                cell_id: cell.id,
                author_id,
                body: self.chance.phrase(words, self.begun.language),
                created_at: edited_at,
            });
        }
        self.lessons.cells.push(cell);
        Some(())
    }

    /// Whoever does not teach watches a case pupil, so that none is missed.
    fn observers(&mut self, teacher: Id<Person>) {
        let others = self.begun.group.iter().map(|(person, _)| *person);
        let others: Vec<_> = others.filter(|person| *person != teacher).collect();
        if others.is_empty() || self.begun.pupils.is_empty() {
            return;
        }
        let count = others.len().max(self.begun.pupils.len());
        let pairs = others.iter().cycle().zip(self.begun.pupils.iter().cycle());
        let mut there = Vec::new();
        for (person, pupil) in pairs.take(count) {
            if !there.contains(&(*person, *pupil)) {
                there.push((*person, *pupil));
            }
        }
        self.lessons
            .observers
            .extend(there.into_iter().map(|(person_id, pupil_id)| Observer {
                lesson_id: self.lesson,
                person_id,
                pupil_id,
                study_id: self.begun.study,
            }));
    }

    fn observations(&mut self, locked: bool, starts_at: Timestamp) -> Option<()> {
        let words = &self.ground.recipe.study;
        let (least, more) = NOTES;
        let lasts = i64::from(MINUTES) * 60 * self.stages.len() as i64;
        for _ in 0..least + self.chance.below(more) {
            let second = self.chance.below(lasts as usize);
            let stage = second / (MINUTES as usize * 60);
            let taken_at = starts_at + Duration::seconds(second as i64);
            let pupil = self.chance.percent(OF_A_PUPIL);
            let pupil_id = self.chance.pick(&self.begun.pupils).copied();
            let (author_id, _) = *self.chance.pick(&self.begun.group)?;
            let thought = self.chance.percent(50);
            let note = Observation {
                photo_id: None,
                id: self.chance.id(taken_at),
                study_id: self.begun.study,
                lesson_id: self.lesson,
                author_id,
                pupil_id: pupil_id.filter(|_| pupil),
                stage_id: self.stages.get(stage).map(|stage| stage.id),
                taken_at,
                fact: self.chance.phrase(&words.facts, self.begun.language),
                interpretation: if thought {
                    self.chance
                        .phrase(&words.interpretations, self.begun.language)
                } else {
                    String::new()
                },
                state: if locked { Noted::Locked } else { Noted::Synced },
                version: 1,
                received_at: taken_at + Duration::minutes(50),
            };
            self.lessons.observations.push(note);
        }
        Some(())
    }
}

/// One each of them, or one for none of them.
fn over<T>(each: bool, of: Vec<T>) -> Vec<Option<T>> {
    if each {
        of.into_iter().map(Some).collect()
    } else {
        vec![None]
    }
}
