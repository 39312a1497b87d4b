//! What authors write: how a work is found, and what it says.

use serde::{Deserialize, Serialize};

use super::{GRADES, Kind, LabelKind, Licence, Resource, ResourceDraft, ResourceLabel, subject};
use crate::db::Tx;
use crate::error::{Missteps, Refusal, Result};
use crate::file::File;
use crate::id::Id;
use crate::person::Person;
use crate::text::{self, Language, Localized};

/// The most words of one kind, and the most links.
const MOST: usize = 20;

/// How a work is found.
#[derive(Debug, Clone, Serialize)]
pub struct Card {
    /// What sort of work.
    pub kind: Kind,
    /// The language of what it says.
    pub language: Language,
    /// The subject's code; none for all subjects.
    pub subject: Option<String>,
    /// The first and the last grade it is for.
    pub grades: (i32, i32),
    /// Free words.
    pub tags: Vec<String>,
    /// Codes of goals of the curriculum.
    pub goals: Vec<String>,
}

/// A page elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// What it is called.
    pub title: String,
    /// Where it is.
    pub url: String,
}

/// What a work says, and under which terms.
#[derive(Debug, Clone, Serialize)]
pub struct Text {
    /// What it is called.
    pub title: Localized,
    /// What it is about.
    pub summary: Localized,
    /// What it says, in Markdown.
    pub body: String,
    /// Pages elsewhere.
    pub links: Vec<Link>,
    /// Files that go with it.
    pub files: Vec<Id<File>>,
    /// Under which terms.
    pub licence: Licence,
}

impl Card {
    pub(super) fn checked(&self) -> Result<Self> {
        let mut missteps = Missteps::default();
        let (from, to) = self.grades;
        for (field, grade) in [("card.gradeFrom", from), ("card.gradeTo", to)] {
            missteps.check(field, within(grade, GRADES));
        }
        if from > to {
            missteps.add("card.gradeTo", Refusal::GradeOrder);
        }
        if self
            .subject
            .as_deref()
            .is_some_and(|code| subject::named(code).is_none())
        {
            missteps.add("card.subject", Refusal::NotFound);
        }
        let tags = missteps.check("card.tags", words(&self.tags));
        let goals = missteps.check("card.goals", words(&self.goals));
        missteps.finish()?;
        Ok(Self {
            tags: tags.unwrap_or_default(),
            goals: goals.unwrap_or_default(),
            ..self.clone()
        })
    }

    pub(super) fn labels(&self, of: Id<Resource>) -> Vec<ResourceLabel> {
        let kinds = [(LabelKind::Tag, &self.tags), (LabelKind::Goal, &self.goals)];
        let label = |kind, (position, word): (usize, &String)| ResourceLabel {
            resource_id: of,
            kind,
            word: word.clone(),
            position: position as i32,
        };
        kinds
            .into_iter()
            .flat_map(|(kind, words)| words.iter().enumerate().map(move |word| label(kind, word)))
            .collect()
    }
}

impl Text {
    pub(super) fn checked(&self) -> Result<Self> {
        let mut missteps = Missteps::default();
        let title = missteps.check("text.title", self.title.checked(300));
        let summary = missteps.check("text.summary", self.summary.checked_prose(2000));
        let body = missteps.check("text.body", text::prose(&self.body, 100_000));
        if self.links.len() > MOST {
            missteps.add("text.links", Refusal::TooMany { max: MOST });
        }
        let links = self.links.iter().take(MOST).map(|link| {
            Ok(Link {
                title: text::line(&link.title, 200)?,
                url: text::web_address(&link.url)?,
            })
        });
        let links = missteps.check("text.links", links.collect::<Result<Vec<_>, _>>());
        let mut files = self.files.clone();
        files.sort();
        files.dedup();
        if files.len() > MOST {
            missteps.add("text.fileIds", Refusal::TooMany { max: MOST });
        } else if files.len() < self.files.len() {
            missteps.add("text.fileIds", Refusal::AlreadyExists);
        }
        missteps.finish()?;
        Ok(Self {
            title: title.unwrap_or_default(),
            summary: summary.unwrap_or_default(),
            body: body.unwrap_or_default(),
            links: links.unwrap_or_default(),
            files: self.files.clone(),
            licence: self.licence,
        })
    }

    pub(super) fn draft(&self, of: Id<Resource>, tx: &Tx, by: Id<Person>) -> Result<ResourceDraft> {
        let (title, summary) = (self.title.clone(), self.summary.clone());
        Ok(ResourceDraft {
            resource_id: of,
            title_kk: title.kk,
            title_ru: title.ru,
            title_en: title.en,
            summary_kk: summary.kk,
            summary_ru: summary.ru,
            summary_en: summary.en,
            body: self.body.clone(),
            links: serde_json::to_string(&self.links)?,
            licence: self.licence,
            written_by_id: by,
            written_at: tx.now(),
        })
    }
}

/// Each once, in small letters, in their order.
fn words(words: &[String]) -> Result<Vec<String>, Refusal> {
    let mut kept = Vec::new();
    for word in words {
        let word = text::line(word, 60)?.to_lowercase();
        if !kept.contains(&word) {
            kept.push(word);
        }
    }
    if kept.len() > MOST {
        Err(Refusal::TooMany { max: MOST })
    } else {
        Ok(kept)
    }
}

/// The number, if it lies between these two.
pub(crate) fn within(number: i32, (min, max): (i32, i32)) -> Result<i32, Refusal> {
    if (min..=max).contains(&number) {
        Ok(number)
    } else {
        Err(Refusal::OutOfRange { min, max })
    }
}
