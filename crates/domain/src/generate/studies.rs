//! Studies in every state: the group, what it noted, its case pupils and consents, and the report.

use std::collections::BTreeMap;

use chrono::{Datelike, Duration};

use super::Fill;
use super::chance::Chance;
use super::lessons::Lessons;
use super::networks::{Circles, Ground};
use super::recipe::Recipe;
use crate::audience::Rung;
use crate::case_pupil::CasePupil;
use crate::clock::Timestamp;
use crate::consent::{Consent, Kind};
use crate::db::bulk::{Bulk, ROWS};
use crate::error::Result;
use crate::id::Id;
use crate::person::Person;
use crate::research_lesson;
use crate::resource::subject;
use crate::school::School;
use crate::study::{MOST, Member, MemberState, Note, Report, Role, State, Study};
use crate::study_template::StudyTemplate;
use crate::text::Language;

/// Where studies stand, of 100.
const STATES: [(State, u32); 9] = [
    (State::Shared, 50),
    (State::Reported, 17),
    (State::Concluding, 3),
    (State::Cycling, 8),
    (State::Focused, 2),
    (State::Formed, 2),
    (State::Draft, 5),
    (State::Paused, 2),
    (State::Abandoned, 11),
];

/// Where groups stood that rest or gave up, of 100.
const STOPPED: [(State, u32); 4] = [
    (State::Draft, 20),
    (State::Formed, 30),
    (State::Focused, 20),
    (State::Cycling, 30),
];

/// How far reports are shared, of 100.
const REACHES: [(Rung, u32); 4] = [
    (Rung::School, 15),
    (Rung::Network, 45),
    (Rung::SignedIn, 20),
    (Rung::Public, 20),
];

/// How large groups are, of 100.
const SIZES: [(usize, u32); 5] = [(2, 5), (3, 25), (4, 40), (5, 18), (6, 12)];

/// How many begin in each month, January first; of 100.
const MONTHS: [usize; 12] = [10, 10, 10, 5, 5, 0, 0, 0, 22, 23, 8, 7];

/// Groups of several schools, of 100.
const ACROSS: u32 = 25;
/// Groups with an invited expert, of 100.
const EXPERTS: u32 = 10;

/// How many studies the person takes part in whose work `bin/bench` does.
const BUSY: usize = 32;

/// Rows on their way.
#[derive(Default)]
struct Binder {
    studies: Vec<Study>,
    members: Vec<Member>,
    notes: Vec<Note>,
    reports: Vec<Report>,
    pupils: Vec<CasePupil>,
    consents: Vec<Consent>,
    lessons: Lessons,
}

impl Binder {
    fn rows(&self) -> usize {
        self.members.len() + self.pupils.len() + self.lessons.rows()
    }

    async fn write(&mut self, bulk: &mut Bulk<Fill>) -> Result<usize> {
        let rows = self.rows();
        bulk.add(std::mem::take(&mut self.studies)).await?;
        bulk.add(std::mem::take(&mut self.members)).await?;
        bulk.add(std::mem::take(&mut self.notes)).await?;
        bulk.add(std::mem::take(&mut self.reports)).await?;
        bulk.add(std::mem::take(&mut self.pupils)).await?;
        bulk.add(std::mem::take(&mut self.consents)).await?;
        self.lessons.write(bulk).await?;
        Ok(rows)
    }
}

/// Who takes part: persons with the school for which they do; the first speaks for the group.
pub(super) type Group = Vec<(Id<Person>, Id<School>)>;

/// What a study's rows have in common.
pub(super) struct Begun {
    pub(super) study: Id<Study>,
    pub(super) language: Language,
    pub(super) group: Group,
    pub(super) pupils: Vec<Id<CasePupil>>,
    pub(super) grade: i32,
    pub(super) at: Timestamp,
}

/// What studies are made from.
pub(super) struct Desk<'a> {
    pub(super) ground: &'a Ground<'a>,
    pub(super) circles: &'a Circles,
    pub(super) trainers: &'a BTreeMap<String, Vec<Id<Person>>>,
    /// Those that an installation begins with.
    pub(super) templates: Vec<StudyTemplate>,
    /// Who takes part in the first [`BUSY`] studies.
    pub(super) busy: Option<(Id<Person>, Id<School>)>,
}

impl Desk<'_> {
    /// Writes so many studies.
    pub(super) async fn write(
        &self,
        bulk: &mut Bulk<Fill>,
        (scale, seed): (f64, u64),
        told: &mut (dyn FnMut(usize) + Send),
    ) -> Result<()> {
        let mut chance = Chance::new(seed, "studies");
        let mut binder = Binder::default();
        for serial in 0..Recipe::scaled(self.ground.recipe.studies, scale) {
            self.study(&mut chance, &mut binder, serial);
            if binder.rows() >= ROWS {
                told(binder.write(bulk).await?);
            }
        }
        told(binder.write(bulk).await?);
        Ok(())
    }

    fn study(&self, chance: &mut Chance, binder: &mut Binder, serial: usize) -> Option<()> {
        let busy = self.busy.filter(|_| serial < BUSY);
        let words = &self.ground.recipe.study;
        let state = match busy {
            Some(_) => State::Cycling,
            None => chance.weighed(&STATES, |(_, share)| *share)?.0,
        };
        let reached = match state {
            State::Paused | State::Abandoned => chance.weighed(&STOPPED, |(_, share)| *share)?.0,
            _ => state,
        };
        let at = self.began(chance, state);
        // A few schools do many.
        let place = match busy {
            Some(_) => self.circles.first()?,
            None => (chance.unit().powi(2) * self.ground.schools.len() as f64) as usize,
        };
        let school = self.ground.schools.get(place)?.id;
        let language = self.ground.language(chance);
        let subject = chance.pick(subject::all())?;
        let grades = (subject.grade_to - subject.grade_from + 1) as usize;
        let grade = subject.grade_from + chance.below(grades) as i32;
        let template = match busy {
            Some(_) => self.templates.first()?,
            None if chance.percent(80) => self.templates.first()?,
            None => chance.pick(&self.templates)?,
        };
        let network_id = self.circles.home(place);
        let (reach, _) = *chance.weighed(&REACHES, |(_, share)| *share)?;
        let rung = match (reach, network_id) {
            (Rung::Network, None) => Rung::School,
            (reach, _) => reach,
        };
        let shared = state == State::Shared;
        let stopped = matches!(state, State::Paused | State::Abandoned);
        let id = chance.id(at);
        binder.studies.push(Study {
            id,
            template_id: template.id,
            school_id: school,
            network_id,
            theme: chance.phrase(&words.themes, language),
            question: if reached >= State::Focused {
                chance.phrase(&words.questions, language)
            } else {
                String::new()
            },
            subject: Some(subject.code.clone()),
            grade: Some(grade),
            state,
            paused_from: (state == State::Paused).then_some(reached),
            reason: stopped.then(|| chance.phrase(&words.reasons, language)),
            rung: shared.then_some(rung),
            shared_at: shared.then(|| self.ground.by(at + Duration::days(110))),
            version: 1 + reached as i32,
            created_at: at,
        });
        let mut begun = Begun {
            study: id,
            language,
            group: self.group(chance, place),
            pupils: Vec::new(),
            grade,
            at,
        };
        if let Some(busy) = busy
            && !begun.group.contains(&busy)
        {
            begun.group.truncate(MOST - 1);
            begun.group.push(busy);
        }
        self.members(chance, binder, &begun, (place, reached));
        self.notes(chance, binder, &begun);
        if reached >= State::Focused {
            self.pupils(chance, binder, &mut begun, reached);
        }
        if reached >= State::Cycling {
            self.consents(chance, binder, &begun);
            let lessons = template.lessons;
            let (count, last) = match (busy, reached) {
                (Some(_), _) => (lessons, research_lesson::State::Taught),
                (None, State::Cycling) => binder.lessons.under_way(chance, lessons),
                (None, _) => (lessons, research_lesson::State::Closed),
            };
            for number in 1..=count {
                let state = if number < count {
                    research_lesson::State::Closed
                } else {
                    last
                };
                binder
                    .lessons
                    .lesson(chance, self.ground, &begun, (number, state));
            }
        }
        if reached >= State::Reported {
            self.report(chance, binder, &begun);
        }
        Some(())
    }

    /// When a study began: whatever goes on began lately.
    fn began(&self, chance: &mut Chance, state: State) -> Timestamp {
        use State::{Cycling, Draft, Focused, Formed, Paused};
        let until = self.ground.until;
        let (from, end) = match state {
            Draft | Formed | Focused | Cycling | Paused => (until - Duration::days(100), until),
            _ => (self.ground.since, until - Duration::days(120)),
        };
        let mut at = chance.moment(from, end);
        for _ in 0..50 {
            let often = MONTHS
                .get(at.month0() as usize)
                .copied()
                .unwrap_or_default();
            if chance.below(23) < often {
                break;
            }
            at = chance.moment(from, end);
        }
        at
    }

    /// Two to six teachers, of one school or of two of a network.
    fn group(&self, chance: &mut Chance, place: usize) -> Group {
        let size = chance.weighed(&SIZES, |(_, share)| *share);
        let size = size.map_or(3, |(size, _)| *size);
        let around = self.circles.around(place);
        let other = chance.pick(around).copied();
        let other = other.filter(|other| *other != place && chance.percent(ACROSS));
        let ours = if other.is_some() {
            size.div_ceil(2)
        } else {
            size
        };
        let mut group = Group::new();
        for (at, count) in [(Some(place), ours), (other, size - ours)] {
            let Some((at, school)) = at.and_then(|at| Some((at, self.ground.schools.get(at)?)))
            else {
                continue;
            };
            let staff = self.ground.staff.range(at);
            let first = chance.below(staff.len());
            let some = staff
                .clone()
                .cycle()
                .skip(first)
                .take(count.min(staff.len()));
            group.extend(some.filter_map(|at| Some((self.ground.staff.id(at)?, school.id))));
        }
        group
    }

    fn members(
        &self,
        chance: &mut Chance,
        binder: &mut Binder,
        begun: &Begun,
        (place, reached): (usize, State),
    ) -> Option<()> {
        let lead = begun.group.first()?.0;
        let accepted = self.ground.by(begun.at + Duration::days(3));
        let accepted = (reached >= State::Formed).then_some(accepted);
        let moderated = chance.percent(60);
        for (at, (person_id, school)) in begun.group.iter().enumerate() {
            // A group that comes together still waits for some.
            let joined = at == 0 || accepted.is_some() || chance.percent(50);
            binder.members.push(Member {
                lead_offered_at: None,
                id: chance.id(begun.at),
                study_id: begun.study,
                person_id: *person_id,
                school_id: joined.then_some(*school),
                role: match at {
                    0 => Role::Lead,
                    1 if moderated => Role::Moderator,
                    _ => Role::Member,
                },
                state: if joined {
                    MemberState::Joined
                } else {
                    MemberState::Invited
                },
                until_day: None,
                invited_by_id: lead,
                protocol_at: accepted,
                created_at: begun.at,
            });
        }
        let region = self.ground.region(place)?;
        let expert = chance.pick(self.trainers.get(region)?).copied()?;
        let there = begun.group.iter().any(|(person, _)| *person == expert);
        if chance.percent(EXPERTS) && !there {
            binder.members.push(Member {
                lead_offered_at: None,
                id: chance.id(begun.at),
                study_id: begun.study,
                person_id: expert,
                school_id: None,
                role: Role::Expert,
                state: MemberState::Joined,
                until_day: Some((begun.at + Duration::days(300)).date_naive()),
                invited_by_id: lead,
                protocol_at: None,
                created_at: begun.at,
            });
        }
        Some(())
    }

    fn notes(&self, chance: &mut Chance, binder: &mut Binder, begun: &Begun) -> Option<()> {
        for day in 0..chance.below(4) as i64 {
            let created_at = self.ground.by(begun.at + Duration::days(1 + day));
            let (author_id, _) = *chance.pick(&begun.group)?;
            binder.notes.push(Note {
                id: chance.id(created_at),
                study_id: begun.study,
                author_id,
                body: chance.phrase(&self.ground.recipe.study.notes, begun.language),
                url: None,
                created_at,
            });
        }
        Some(())
    }

    /// Three, each typical of a group of learners. They are letters here and everywhere.
    fn pupils(&self, chance: &mut Chance, binder: &mut Binder, begun: &mut Begun, reached: State) {
        let words = &self.ground.recipe.study;
        let created_at = self.ground.by(begun.at + Duration::days(5));
        let kinds = words.typifies.iter().zip(&words.levels);
        for (letter, (typifies, level)) in ["A", "B", "C"].into_iter().zip(kinds) {
            let pupil = CasePupil {
                id: chance.id(created_at),
                study_id: begun.study,
                letter: letter.to_owned(),
                pseudonym: None,
                typifies: typifies.read(begun.language).1.to_owned(),
                level: level.read(begun.language).1.to_owned(),
                progress: if reached >= State::Concluding {
                    chance.phrase(&words.progress, begun.language)
                } else {
                    String::new()
                },
                version: 1,
                created_at,
            };
            begun.pupils.push(pupil.id);
            binder.pupils.push(pupil);
        }
    }

    /// Monitoring always, media now and then; of these some are withdrawn.
    fn consents(&self, chance: &mut Chance, binder: &mut Binder, begun: &Begun) -> Option<()> {
        let words = &self.ground.recipe.study;
        let (recorded_by_id, _) = *begun.group.first()?;
        let created_at = self.ground.by(begun.at + Duration::days(6));
        for kind in [Kind::Monitoring, Kind::Media] {
            if kind == Kind::Media && !chance.percent(40) {
                continue;
            }
            let withdrawn = kind == Kind::Media && chance.percent(5);
            binder.consents.push(Consent {
                id: chance.id(created_at),
                study_id: begun.study,
                kind,
                scope: chance.phrase(&words.scopes, begun.language),
                count: Some(14 + chance.below(16) as i32),
                paper: Some(chance.phrase(&words.papers, begun.language)),
                given_on: created_at.date_naive(),
                expires_on: None,
                withdrawn_at: withdrawn.then(|| self.ground.by(created_at + Duration::days(20))),
                recorded_by_id,
                created_at,
            });
        }
        Some(())
    }

    fn report(&self, chance: &mut Chance, binder: &mut Binder, begun: &Begun) -> Option<()> {
        let words = &self.ground.recipe.study.report;
        let (written_by_id, _) = *begun.group.first()?;
        let mut part = |of| chance.phrase(of, begun.language);
        binder.reports.push(Report {
            study_id: begun.study,
            context: part(&words.context),
            aims: part(&words.aims),
            methods: part(&words.methods),
            findings: part(&words.findings),
            changes: part(&words.changes),
            version: 1,
            written_by_id,
            written_at: begun.at + Duration::days(100),
        });
        Some(())
    }
}
