//! A collection: works that somebody put together, for themselves, for their network, or, by trainers and
//! administrators, for everybody.

pub mod commands;
pub mod entity;
pub mod policy;
pub mod queries;

pub use entity::Model as Collection;
pub use entity::item::Model as CollectionItem;

use crate::audience::Audience;
use crate::text::Localized;

impl Collection {
    /// What it is called.
    pub fn title(&self) -> Localized {
        Localized {
            kk: self.title_kk.clone(),
            ru: self.title_ru.clone(),
            en: self.title_en.clone(),
        }
    }

    /// Who sees it, its owner apart.
    pub fn audience(&self) -> Audience {
        Audience::from_columns(self.rung, self.scope_id)
    }
}
