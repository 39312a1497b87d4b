//! The table `announcement`.

use sea_orm::entity::prelude::*;

use super::Scope;
use crate::clock::Timestamp;
use crate::db::Row;
use crate::id::{Id, Noun};
use crate::person::Person;
use crate::text::Localized;

/// What kind of thing its audience is.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    EnumIter,
    DeriveActiveEnum,
    serde::Serialize,
    serde::Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::N(16))",
    rename_all = "snake_case"
)]
#[serde(rename_all = "snake_case")]
pub enum ScopeKind {
    /// Everybody.
    Everybody,
    /// A region.
    Region,
    /// A network.
    Network,
}

/// An announcement. It never changes.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "announcement")]
pub struct Model {
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Model>,
    /// Whom it is for: the kind …
    pub scope_kind: ScopeKind,
    /// … and the key; nil for everybody.
    pub scope_id: Uuid,
    /// Kazakh title.
    pub title_kk: String,
    /// Russian title.
    pub title_ru: String,
    /// English title.
    pub title_en: String,
    /// Kazakh text.
    pub text_kk: String,
    /// Russian text.
    pub text_ru: String,
    /// English text.
    pub text_en: String,
    /// Who wrote it.
    pub author_id: Id<Person>,
    /// When.
    pub created_at: Timestamp,
}

/// No relations.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Noun for Model {
    const PREFIX: &'static str = "ann";
}

impl Row for Model {
    fn id(&self) -> Id<Self> {
        self.id
    }
}

impl Model {
    /// Whom it is for.
    pub fn scope(&self) -> Scope {
        Scope::from_columns(self.scope_kind, self.scope_id)
    }

    /// Its title.
    pub fn title(&self) -> Localized {
        all(&self.title_kk, &self.title_ru, &self.title_en)
    }

    /// What it says.
    pub fn text(&self) -> Localized {
        all(&self.text_kk, &self.text_ru, &self.text_en)
    }
}

fn all(kk: &str, ru: &str, en: &str) -> Localized {
    Localized {
        kk: Some(kk.to_owned()),
        ru: Some(ru.to_owned()),
        en: Some(en.to_owned()),
    }
}
