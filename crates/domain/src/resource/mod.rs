//! A work of the methodological piggy bank: a lesson plan, a worksheet, a video, that teachers share and reuse.
//!
//! ```text
//! draft ─ share ─> shared ─ withdraw ─> withdrawn
//!                  ↑  └ a moderator hides ─> hidden ─ withdraw ─> withdrawn
//!                  └──── restored ─────────────┘
//! ```
//!
//! What a work says is written in its draft, and each sharing makes an immutable version of it; a version that a newer
//! one follows is superseded, and stays readable and citable. How a work is found (its card) belongs to no version.
//! A copy that somebody takes is a work of their own that names the version it comes from.

pub mod attachment;
mod authors;
pub mod commands;
pub mod content;
pub mod entity;
pub mod index;
pub mod licence;
pub mod policy;
pub mod queries;
pub mod retell;
pub mod search;
pub mod subject;

pub use entity::author::Model as ResourceAuthor;
pub use entity::draft::Model as ResourceDraft;
pub use entity::label::{Kind as LabelKind, Model as ResourceLabel};
pub use entity::version::Model as ResourceVersion;
pub use entity::{Kind, Kinship, Model as Resource, State};
pub use licence::Licence;

use crate::audience::Audience;
use crate::fact::bank::Work;
use crate::text::Localized;

/// The grades there are: 0 is the class that prepares for school.
pub const GRADES: (i32, i32) = (0, 12);

/// What can happen to a work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sea_orm::EnumIter)]
pub enum Step {
    /// Its authors share the draft as the next version.
    Share,
    /// Its authors take it back; a tombstone stays.
    Withdraw,
    /// A moderator hides it.
    Hide,
    /// A moderator shows it again.
    Restore,
}

impl State {
    /// The state after a step, if the step is possible.
    pub fn after(self, step: Step) -> Option<Self> {
        Some(match (self, step) {
            (Self::Draft | Self::Shared, Step::Share) | (Self::Hidden, Step::Restore) => {
                Self::Shared
            }
            (Self::Shared | Self::Hidden, Step::Withdraw) => Self::Withdrawn,
            (Self::Shared, Step::Hide) => Self::Hidden,
            _ => return None,
        })
    }

    /// As the schema spells it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Draft => "DRAFT",
            Self::Shared => "SHARED",
            Self::Hidden => "HIDDEN",
            Self::Withdrawn => "WITHDRAWN",
        }
    }
}

impl Resource {
    /// What it is called: the newest version's title, the draft's before there is one.
    pub fn title(&self) -> Localized {
        Localized {
            kk: self.title_kk.clone(),
            ru: self.title_ru.clone(),
            en: self.title_en.clone(),
        }
    }

    /// Whom it is shared with.
    pub fn audience(&self) -> Audience {
        Audience::from_columns(self.rung, self.scope_id)
    }

    /// As facts name it.
    pub(crate) fn work(&self) -> Work {
        Work {
            resource: self.id,
            title: self.title(),
        }
    }

    pub(crate) fn titled(mut self, title: &Localized) -> Self {
        (self.title_kk, self.title_ru, self.title_en) =
            (title.kk.clone(), title.ru.clone(), title.en.clone());
        self
    }
}

impl ResourceVersion {
    /// What it is called.
    pub fn title(&self) -> Localized {
        Localized {
            kk: self.title_kk.clone(),
            ru: self.title_ru.clone(),
            en: self.title_en.clone(),
        }
    }

    /// What it is about.
    pub fn summary(&self) -> Localized {
        Localized {
            kk: self.summary_kk.clone(),
            ru: self.summary_ru.clone(),
            en: self.summary_en.clone(),
        }
    }
}

impl ResourceDraft {
    /// What it is called.
    pub fn title(&self) -> Localized {
        Localized {
            kk: self.title_kk.clone(),
            ru: self.title_ru.clone(),
            en: self.title_en.clone(),
        }
    }

    /// What it is about.
    pub fn summary(&self) -> Localized {
        Localized {
            kk: self.summary_kk.clone(),
            ru: self.summary_ru.clone(),
            en: self.summary_en.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use sea_orm::Iterable;

    use super::*;

    #[test]
    fn what_is_withdrawn_stays_so() {
        for step in Step::iter() {
            assert_eq!(State::Withdrawn.after(step), None, "{step:?}");
        }
    }

    #[test]
    fn only_a_moderator_shows_what_a_moderator_hid() {
        assert_eq!(State::Hidden.after(Step::Share), None);
        assert_eq!(State::Hidden.after(Step::Restore), Some(State::Shared));
        assert_eq!(State::Draft.after(Step::Withdraw), None);
    }
}
