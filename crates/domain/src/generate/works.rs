//! Works of the piggy bank: with versions, authors, families and the words by which they are found.

use std::collections::{BTreeMap, BTreeSet};

use super::Fill;
use super::answers::Answers;
use super::chance::Chance;
use super::networks::{Circles, Ground};
use super::recipe::Recipe;
use crate::audience::Audience;
use crate::clock::Timestamp;
use crate::db::bulk::{Bulk, ROWS};
use crate::error::Result;
use crate::id::Id;
use crate::person::Person;
use crate::resource::{
    Kind, Kinship, LabelKind, Licence, Resource, ResourceAuthor, ResourceDraft, ResourceLabel,
    ResourceVersion, State, index, subject,
};
use crate::text::{Language, Localized};

/// Of 100.
const KINDS: [(Kind, u32); 8] = [
    (Kind::LessonPlan, 45),
    (Kind::Slides, 20),
    (Kind::Worksheet, 15),
    (Kind::Assessment, 10),
    (Kind::Video, 5),
    (Kind::Link, 2),
    (Kind::Article, 2),
    (Kind::ToolkitStep, 1),
];

/// Of 100.
const LICENCES: [(Licence, u32); 4] = [
    (Licence::CcBy, 55),
    (Licence::CcBySa, 25),
    (Licence::CcByNc, 12),
    (Licence::AllRights, 8),
];

/// Of 1,000.
const STATES: [(State, u32); 4] = [
    (State::Shared, 935),
    (State::Draft, 40),
    (State::Withdrawn, 20),
    (State::Hidden, 5),
];

/// How far works reach, of 100.
const REACHES: [(Reach, u32); 4] = [
    (Reach::School, 5),
    (Reach::Network, 45),
    (Reach::SignedIn, 20),
    (Reach::Public, 30),
];

#[derive(Clone, Copy)]
enum Reach {
    School,
    Network,
    SignedIn,
    Public,
}

/// The most works of one author.
const MOST: usize = 1000;

/// Who writes: the first of them most, as Zipf's law has it.
struct Writers {
    /// School and person.
    of: Vec<(usize, Id<Person>)>,
    /// How much the first so many write together.
    sums: Vec<f64>,
    wrote: Vec<usize>,
}

impl Writers {
    /// How fast it falls from one to the next: the first hundredth writes three tenths.
    const FALL: f64 = 0.8;

    fn new(chance: &mut Chance, ground: &Ground<'_>, count: usize) -> Self {
        let mut writers = Self {
            of: Vec::with_capacity(count),
            sums: Vec::with_capacity(count),
            wrote: vec![0; count],
        };
        let mut sum = 0.0;
        for rank in 1..=count {
            let school = chance.below(ground.schools.len());
            sum += (rank as f64).powf(-Self::FALL);
            writers.sums.push(sum);
            writers.of.extend(
                ground
                    .staff
                    .anybody(chance, school)
                    .map(|one| (school, one)),
            );
        }
        writers
    }

    fn draw(&mut self, chance: &mut Chance) -> Option<(usize, Id<Person>)> {
        let all = self.sums.last().copied().unwrap_or_default();
        let drawn = chance.unit() * all;
        let mut at = self.sums.partition_point(|sum| *sum < drawn);
        if self.wrote.get(at).is_none_or(|wrote| *wrote >= MOST) {
            at = chance.below(self.of.len());
        }
        if let Some(wrote) = self.wrote.get_mut(at) {
            *wrote += 1;
        }
        self.of.get(at).copied()
    }
}

/// Rows on their way.
#[derive(Default)]
struct Shelf {
    resources: Vec<Resource>,
    authors: Vec<ResourceAuthor>,
    labels: Vec<ResourceLabel>,
    drafts: Vec<ResourceDraft>,
    versions: Vec<ResourceVersion>,
    answers: Answers,
    terms: Vec<index::term::Model>,
    texts: Vec<index::text::Model>,
}

impl Shelf {
    async fn write(&mut self, bulk: &mut Bulk<Fill>) -> Result<usize> {
        let rows = self.resources.len() * 2 + self.versions.len() + self.labels.len();
        let rows = rows + self.terms.len();
        bulk.add(std::mem::take(&mut self.resources)).await?;
        bulk.add(std::mem::take(&mut self.authors)).await?;
        bulk.add(std::mem::take(&mut self.labels)).await?;
        bulk.add(std::mem::take(&mut self.drafts)).await?;
        bulk.add(std::mem::take(&mut self.versions)).await?;
        bulk.add(std::mem::take(&mut self.terms)).await?;
        bulk.add(std::mem::take(&mut self.texts)).await?;
        Ok(rows + self.answers.write(bulk).await?)
    }
}

/// Writes so many works, and tells how many of them are in the index.
pub(super) async fn write(
    bulk: &mut Bulk<Fill>,
    ground: &Ground<'_>,
    circles: &Circles,
    trainers: &BTreeMap<String, Vec<Id<Person>>>,
    (scale, seed): (f64, u64),
    told: &mut (dyn FnMut(usize) + Send),
) -> Result<usize> {
    let mut chance = Chance::new(seed, "works");
    let authors = Recipe::scaled(ground.recipe.authors, scale);
    let mut desk = Desk {
        writers: Writers::new(&mut chance, ground, authors),
        chance,
        ground,
        circles,
        trainers,
        shelf: Shelf::default(),
        words: BTreeSet::new(),
        indexed: 0,
    };
    for _ in 0..Recipe::scaled(ground.recipe.resources, scale) {
        desk.work();
        if desk.shelf.resources.len() * 4 >= ROWS {
            told(desk.shelf.write(bulk).await?);
        }
    }
    told(desk.shelf.write(bulk).await?);
    let words = desk.words.iter().map(String::as_str).collect();
    bulk.add(index::variants(&words)).await?;
    Ok(desk.indexed)
}

struct Desk<'a> {
    chance: Chance,
    ground: &'a Ground<'a>,
    circles: &'a Circles,
    trainers: &'a BTreeMap<String, Vec<Id<Person>>>,
    writers: Writers,
    shelf: Shelf,
    /// All words of all works.
    words: BTreeSet<String>,
    indexed: usize,
}

/// What a copy is taken from.
struct Origin {
    /// Its place on the shelf.
    place: usize,
    shared_at: Timestamp,
    licence: Licence,
}

/// What a work says.
struct Words {
    title: Localized,
    summary: Localized,
    body: String,
}

impl Desk<'_> {
    fn work(&mut self) -> Option<()> {
        let (at, author) = self.writers.draw(&mut self.chance)?;
        let school = self.ground.schools.get(at)?.id;
        let home = self.circles.home(at);
        let origin = self.origin();
        let since = origin
            .as_ref()
            .map_or(self.ground.since, |origin| origin.shared_at);
        let created_at = self.chance.moment(since, self.ground.until);
        let id: Id<Resource> = self.chance.id(created_at);
        let subject = self.chance.pick(subject::all())?;
        let grades = (subject.grade_to - subject.grade_from + 1) as usize;
        let grade = subject.grade_from + self.chance.below(grades) as i32;
        let language = self.ground.language(&mut self.chance);
        let (kind, _) = *self.chance.weighed(&KINDS, |(_, share)| *share)?;
        let (licence, _) = *self.chance.weighed(&LICENCES, |(_, share)| *share)?;
        let (reach, _) = *self.chance.weighed(&REACHES, |(_, share)| *share)?;
        let (state, _) = *self.chance.weighed(&STATES, |(_, share)| *share)?;
        let audience = match (reach, home) {
            (Reach::Network, Some(network)) => Audience::Network(network),
            (Reach::School | Reach::Network, _) => Audience::School(school),
            (Reach::SignedIn, _) => Audience::SignedIn,
            (Reach::Public, _) => Audience::Public,
        };
        let (rung, scope_id) = audience.columns();
        let words = self.words(subject, language)?;
        let gone = matches!(state, State::Withdrawn | State::Hidden);
        let reasons = &self.ground.recipe.works.reasons;
        let mut resource = Resource {
            id,
            kind,
            language,
            subject: Some(subject.code.clone()),
            grade_from: grade,
            grade_to: grade.max((grade + self.chance.below(2) as i32).min(11)),
            licence: origin.as_ref().map_or(licence, |origin| origin.licence),
            school_id: Some(school),
            network_id: home,
            rung,
            scope_id,
            state,
            title_kk: None,
            title_ru: None,
            title_en: None,
            newest_id: None,
            newest_number: 0,
            origin_id: None,
            origin_version_id: None,
            kinship: None,
            study_id: None,
            copies: 0,
            uses: 0,
            ratings: 0,
            stars: 0,
            endorsements: 0,
            comments: 0,
            reason: gone.then(|| self.chance.phrase(reasons, language)),
            version: 1,
            created_at,
            shared_at: created_at,
            changed_at: created_at,
        }
        .titled(&words.title);
        if let Some(origin) = origin {
            self.descends(&mut resource, origin.place);
        }
        let labels = self.labels(id, language);
        self.versions(&mut resource, author, &words);
        if state == State::Shared {
            self.index(&labels);
        }
        if state != State::Draft {
            let region = self
                .ground
                .region(at)
                .and_then(|code| self.trainers.get(code));
            let trainers = region.map_or([].as_slice(), Vec::as_slice);
            self.shelf.answers.to(
                &mut resource,
                self.ground,
                &mut self.chance,
                (author, trainers),
            );
        }
        self.shelf.labels.extend(labels);
        self.authors(id, at, author);
        self.shelf.resources.push(resource);
        Some(())
    }

    /// Now and then a work on the shelf of which a copy may be taken.
    fn origin(&mut self) -> Option<Origin> {
        if !self.chance.percent(12) {
            return None;
        }
        let place = self.chance.below(self.shelf.resources.len());
        let origin = self.shelf.resources.get(place)?;
        let (reach, _) = origin.audience().columns();
        let (signed_in, _) = Audience::SignedIn.columns();
        let open = origin.state == State::Shared && reach >= signed_in;
        let licence = origin.licence.of_adaptation().ok()?;
        open.then_some(Origin {
            place,
            shared_at: origin.shared_at,
            licence,
        })
    }

    fn descends(&mut self, copy: &mut Resource, from: usize) {
        if let Some(origin) = self.shelf.resources.get_mut(from) {
            origin.copies += 1;
            copy.origin_id = Some(origin.id);
            copy.origin_version_id = origin.newest_id;
            copy.kinship = Some(if origin.language == copy.language {
                Kinship::Adaptation
            } else {
                Kinship::Translation
            });
        }
    }

    /// One author, now and then with one or two of the same school.
    fn authors(&mut self, of: Id<Resource>, school: usize, first: Id<Person>) {
        let mut authors = vec![first];
        for share in [20, 25] {
            if self.chance.percent(share)
                && let Some(another) = self.ground.staff.anybody(&mut self.chance, school)
                && !authors.contains(&another)
            {
                authors.push(another);
            }
        }
        let authors = authors.into_iter().zip(0..);
        self.shelf
            .authors
            .extend(authors.map(|(person_id, position)| ResourceAuthor {
                resource_id: of,
                person_id,
                position,
            }));
    }

    /// Words out of the recipe's phrases.
    fn words(&mut self, subject: &subject::Subject, language: Language) -> Option<Words> {
        let recipe = &self.ground.recipe.works;
        let subject = subject.name.read(language).1.to_owned();
        let topic = self.chance.phrase(&recipe.topics, language);
        let form = self.chance.phrase(&recipe.forms, language);
        let title = format!("{subject}. {topic}: {form}");
        let summary = self.chance.phrase(&recipe.summaries, language);
        let steps: Vec<_> = (0..3 + self.chance.below(4))
            .map(|_| format!("- {}", self.chance.phrase(&recipe.steps, language)))
            .collect();
        let only = |text: String| match language {
            Language::Kk => Localized {
                kk: Some(text),
                ..Localized::default()
            },
            Language::Ru => Localized {
                ru: Some(text),
                ..Localized::default()
            },
            Language::En => Localized {
                en: Some(text),
                ..Localized::default()
            },
        };
        Some(Words {
            title: only(title),
            summary: only(summary),
            body: format!("## {topic}\n\n{}\n", steps.join("\n")),
        })
    }

    /// One to three versions, each a step longer than the one before; none of a work that is still a draft.
    fn versions(&mut self, resource: &mut Resource, author: Id<Person>, words: &Words) {
        let recipe = &self.ground.recipe.works;
        let mut body = words.body.clone();
        let count = match resource.state {
            State::Draft => 0,
            _ => 1 + self.chance.negative_binomial(0.6, 1.0).min(2) as i32,
        };
        for number in 1..=count {
            let shared_at = self.ground.later(&mut self.chance, resource.shared_at);
            let mut change = String::new();
            if number > 1 {
                let step = self.chance.phrase(&recipe.steps, resource.language);
                body = format!("{body}- {step}\n");
                change = self.chance.phrase(&recipe.changes, resource.language);
            }
            let version = ResourceVersion {
                id: self.chance.id(shared_at),
                resource_id: resource.id,
                number,
                title_kk: words.title.kk.clone(),
                title_ru: words.title.ru.clone(),
                title_en: words.title.en.clone(),
                summary_kk: words.summary.kk.clone(),
                summary_ru: words.summary.ru.clone(),
                summary_en: words.summary.en.clone(),
                body: body.clone(),
                links: "[]".to_owned(),
                licence: resource.licence,
                change,
                shared_by_id: author,
                shared_at,
            };
            (resource.newest_id, resource.newest_number) = (Some(version.id), number);
            (resource.shared_at, resource.changed_at) = (shared_at, shared_at);
            resource.version += 1;
            self.shelf.versions.push(version);
        }
        self.shelf.drafts.push(ResourceDraft {
            resource_id: resource.id,
            title_kk: words.title.kk.clone(),
            title_ru: words.title.ru.clone(),
            title_en: words.title.en.clone(),
            summary_kk: words.summary.kk.clone(),
            summary_ru: words.summary.ru.clone(),
            summary_en: words.summary.en.clone(),
            body,
            links: "[]".to_owned(),
            licence: resource.licence,
            written_by_id: author,
            written_at: resource.shared_at,
        });
    }

    /// By what the work is found whose newest version was the last to be shelved.
    fn index(&mut self, labels: &[ResourceLabel]) -> Option<()> {
        let entry = index::entry(self.shelf.versions.last()?, labels);
        for row in &entry.terms {
            if !self.words.contains(&row.term) {
                self.words.insert(row.term.clone());
            }
        }
        self.shelf.terms.extend(entry.terms);
        self.shelf.texts.push(entry.text);
        self.indexed += 1;
        Some(())
    }

    fn labels(&mut self, of: Id<Resource>, language: Language) -> Vec<ResourceLabel> {
        let topics = &self.ground.recipe.works.topics;
        let mut words: Vec<String> = Vec::new();
        for _ in 0..2 + self.chance.below(3) {
            let word = self.chance.phrase(topics, language).to_lowercase();
            if !words.contains(&word) {
                words.push(word);
            }
        }
        let labels = words.into_iter().zip(0..);
        let label = |(word, position)| ResourceLabel {
            resource_id: of,
            kind: LabelKind::Tag,
            word,
            position,
        };
        labels.map(label).collect()
    }
}
