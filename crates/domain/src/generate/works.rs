//! Works of the piggy bank: with versions, authors, words, and where others used them.

use std::collections::{BTreeSet, HashMap};

use chrono::Duration;

use super::Fill;
use super::chance::Chance;
use super::networks::{Ground, Networks};
use super::recipe::Bilingual;
use crate::audience::Audience;
use crate::clock::Timestamp;
use crate::db::bulk::{Bulk, ROWS};
use crate::error::Result;
use crate::id::Id;
use crate::network::Network;
use crate::person::Person;
use crate::resource::{
    Kind, LabelKind, Licence, Resource, ResourceAuthor, ResourceDraft, ResourceLabel,
    ResourceVersion, State, index, subject,
};
use crate::resource_use::ResourceUse;
use crate::school::School;
use crate::text::Language;

/// Of 100.
const KINDS: [(Kind, u32); 8] = [
    (Kind::LessonPlan, 34),
    (Kind::Worksheet, 24),
    (Kind::Slides, 16),
    (Kind::Assessment, 10),
    (Kind::Video, 4),
    (Kind::Link, 3),
    (Kind::Article, 5),
    (Kind::ToolkitStep, 4),
];

/// Of 100.
const LICENCES: [(Licence, u32); 4] = [
    (Licence::CcBy, 55),
    (Licence::CcBySa, 25),
    (Licence::CcByNc, 12),
    (Licence::AllRights, 8),
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

/// Rows on their way.
#[derive(Default)]
struct Shelf {
    resources: Vec<Resource>,
    authors: Vec<ResourceAuthor>,
    labels: Vec<ResourceLabel>,
    drafts: Vec<ResourceDraft>,
    versions: Vec<ResourceVersion>,
    uses: Vec<ResourceUse>,
    terms: Vec<index::term::Model>,
    texts: Vec<index::text::Model>,
}

impl Shelf {
    async fn write(&mut self, bulk: &mut Bulk<Fill>) -> Result<usize> {
        let rows = self.resources.len() + self.versions.len() + self.labels.len();
        bulk.add(std::mem::take(&mut self.resources)).await?;
        bulk.add(std::mem::take(&mut self.authors)).await?;
        bulk.add(std::mem::take(&mut self.labels)).await?;
        bulk.add(std::mem::take(&mut self.drafts)).await?;
        bulk.add(std::mem::take(&mut self.versions)).await?;
        bulk.add(std::mem::take(&mut self.uses)).await?;
        let terms = std::mem::take(&mut self.terms);
        let rows = rows + terms.len();
        bulk.add(terms).await?;
        bulk.add(std::mem::take(&mut self.texts)).await?;
        Ok(rows)
    }
}

/// The network of each school that has one.
pub(super) fn homes(made: &Networks) -> HashMap<usize, Id<Network>> {
    let mut homes = HashMap::new();
    for (network, (leader, partners)) in made.networks.iter().zip(&made.members) {
        homes.entry(*leader).or_insert(network.id);
        for partner in partners {
            homes.entry(*partner).or_insert(network.id);
        }
    }
    homes
}

/// Writes so many works.
pub(super) async fn write(
    bulk: &mut Bulk<Fill>,
    ground: &Ground<'_>,
    homes: &HashMap<usize, Id<Network>>,
    (count, seed): (usize, u64),
    told: &mut (dyn FnMut(usize) + Send),
) -> Result<()> {
    let mut desk = Desk {
        chance: Chance::new(seed, "works"),
        ground,
        shelf: Shelf::default(),
        words: BTreeSet::new(),
    };
    for _ in 0..count {
        let school = desk.chance.below(ground.schools.len());
        desk.work(school, homes.get(&school).copied());
        if desk.shelf.resources.len() * 4 >= ROWS {
            told(desk.shelf.write(bulk).await?);
        }
    }
    told(desk.shelf.write(bulk).await?);
    let words = desk.words.iter().map(String::as_str).collect();
    bulk.add(index::variants(&words)).await
}

struct Desk<'a> {
    chance: Chance,
    ground: &'a Ground<'a>,
    shelf: Shelf,
    /// All words of all works.
    words: BTreeSet<String>,
}

impl Desk<'_> {
    fn work(&mut self, at: usize, home: Option<Id<Network>>) -> Option<()> {
        let school = self.ground.schools.get(at)?.id;
        let people = self.ground.staff.range(at);
        let place = people.start + self.chance.below(people.len());
        let author = self.ground.staff.id(place)?;
        let created_at = self.chance.moment(self.ground.since, self.ground.until);
        let id: Id<Resource> = self.chance.id(created_at);
        let subjects = subject::all();
        let subject = self.chance.pick(subjects)?;
        let grade = subject.grade_from
            + self
                .chance
                .below((subject.grade_to - subject.grade_from + 1) as usize) as i32;
        let language = if self.chance.percent(62) {
            Language::Kk
        } else {
            Language::Ru
        };
        let (kind, _) = *self.chance.weighed(&KINDS, |(_, share)| *share)?;
        let (licence, _) = *self.chance.weighed(&LICENCES, |(_, share)| *share)?;
        let (reach, _) = *self.chance.weighed(&REACHES, |(_, share)| *share)?;
        let audience = match (reach, home) {
            (Reach::Network, Some(network)) => Audience::Network(network),
            (Reach::School | Reach::Network, _) => Audience::School(school),
            (Reach::SignedIn, _) => Audience::SignedIn,
            (Reach::Public, _) => Audience::Public,
        };
        let (rung, scope_id) = audience.columns();
        let (title, body) = self.words(subject, language)?;
        let (kk, ru) = match language {
            Language::Kk => (Some(title), None),
            Language::Ru | Language::En => (None, Some(title)),
        };
        let mut resource = Resource {
            id,
            kind,
            language,
            subject: Some(subject.code.clone()),
            grade_from: grade,
            grade_to: grade.max((grade + self.chance.below(2) as i32).min(11)),
            licence,
            school_id: Some(school),
            network_id: home,
            rung,
            scope_id,
            state: State::Shared,
            title_kk: kk,
            title_ru: ru,
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
            reason: None,
            version: 2,
            created_at,
            shared_at: created_at,
            changed_at: created_at,
        };
        let labels = self.labels(id);
        self.versions(&mut resource, author, body);
        self.index(&labels);
        self.shelf.labels.extend(labels);
        self.uses(&mut resource);
        self.shelf.authors.push(ResourceAuthor {
            resource_id: id,
            person_id: author,
            position: 0,
        });
        self.shelf.resources.push(resource);
        Some(())
    }

    /// A title and a body out of the recipe's phrases.
    fn words(
        &mut self,
        subject: &subject::Subject,
        language: Language,
    ) -> Option<(String, String)> {
        let recipe = &self.ground.recipe.works;
        let read = |phrase: &Bilingual| match language {
            Language::Kk => phrase.kk.clone(),
            Language::Ru | Language::En => phrase.ru.clone(),
        };
        let subject = subject.name.read(language).1.to_owned();
        let topic = read(self.chance.pick(&recipe.topics)?);
        let form = read(self.chance.pick(&recipe.forms)?);
        let title = format!("{subject}. {topic}: {form}");
        let steps: Vec<_> = (0..3 + self.chance.below(4))
            .filter_map(|_| self.chance.pick(&recipe.steps))
            .map(|step| format!("- {}", read(step)))
            .collect();
        Some((title, format!("## {topic}\n\n{}\n", steps.join("\n"))))
    }

    fn versions(&mut self, resource: &mut Resource, author: Id<Person>, body: String) {
        let count = 1 + self.chance.negative_binomial(0.3, 1.0).min(4) as i32;
        for number in 1..=count {
            let shared_at = self.later(resource.shared_at);
            let version = ResourceVersion {
                id: self.chance.id(shared_at),
                resource_id: resource.id,
                number,
                title_kk: resource.title_kk.clone(),
                title_ru: resource.title_ru.clone(),
                title_en: None,
                summary_kk: None,
                summary_ru: None,
                summary_en: None,
                body: body.clone(),
                links: "[]".to_owned(),
                licence: resource.licence,
                change: String::new(),
                shared_by_id: author,
                shared_at,
            };
            (resource.newest_id, resource.newest_number) = (Some(version.id), number);
            resource.shared_at = shared_at;
            self.shelf.versions.push(version);
        }
        self.shelf.drafts.push(ResourceDraft {
            resource_id: resource.id,
            title_kk: resource.title_kk.clone(),
            title_ru: resource.title_ru.clone(),
            title_en: None,
            summary_kk: None,
            summary_ru: None,
            summary_en: None,
            body,
            links: "[]".to_owned(),
            licence: resource.licence,
            written_by_id: author,
            written_at: resource.shared_at,
        });
    }

    /// Used by people of the network's other schools, or anybody's: most works once or never, a few often.
    fn uses(&mut self, resource: &mut Resource) -> Option<()> {
        let version_id = resource.newest_id?;
        for _ in 0..self.chance.negative_binomial(0.8, 1.0).min(40) {
            let at = self.chance.below(self.ground.schools.len());
            let (school, people) = (self.ground.schools.get(at)?, self.ground.staff.range(at));
            let place = people.start + self.chance.below(people.len());
            let person_id = self.ground.staff.id(place)?;
            let created_at = self.later(resource.shared_at);
            let rating = self
                .chance
                .percent(70)
                .then(|| 3 + self.chance.below(3) as i32);
            resource.uses += 1;
            resource.ratings += i32::from(rating.is_some());
            resource.stars += rating.unwrap_or_default();
            self.shelf.uses.push(ResourceUse {
                id: self.chance.id(created_at),
                resource_id: resource.id,
                version_id,
                person_id,
                school_id: Some(Id::<School>::from_uuid(school.id.uuid())),
                held_on: created_at.date_naive(),
                grade: resource.grade_from,
                note: self.ground.recipe.works.note.clone(),
                rating,
                created_at,
            });
        }
        Some(())
    }

    /// By what the work is found whose newest version was the last to be shelved.
    fn index(&mut self, labels: &[ResourceLabel]) -> Option<()> {
        let entry = index::entry(self.shelf.versions.last()?, labels);
        self.words
            .extend(entry.terms.iter().map(|row| row.term.clone()));
        self.shelf.terms.extend(entry.terms);
        self.shelf.texts.push(entry.text);
        Some(())
    }

    fn labels(&mut self, of: Id<Resource>) -> Vec<ResourceLabel> {
        let topics = &self.ground.recipe.works.topics;
        let mut words: Vec<&str> = Vec::new();
        for _ in 0..2 + self.chance.below(3) {
            if let Some(topic) = self.chance.pick(topics)
                && !words.contains(&topic.kk.as_str())
            {
                words.push(&topic.kk);
            }
        }
        let labels = words.into_iter().enumerate();
        let label = |(position, word): (usize, &str)| ResourceLabel {
            resource_id: of,
            kind: LabelKind::Tag,
            word: word.to_lowercase(),
            position: position as i32,
        };
        labels.map(label).collect()
    }

    /// Some weeks later, but not after the end.
    fn later(&mut self, than: Timestamp) -> Timestamp {
        let end = (than + Duration::days(60)).min(self.ground.until);
        self.chance.moment(than, end.max(than))
    }
}
