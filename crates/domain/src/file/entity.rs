//! The tables `file`, `blob`, `upload`, `upload_part` and `file_usage`.

use sea_orm::entity::prelude::*;

use crate::clock::Timestamp;
use crate::db::Row;
use crate::id::{Id, Noun};
use crate::person::Person;
use crate::study::Study;

/// A file that arrived whole.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "file")]
pub struct Model {
    /// Its id, the same as its upload's.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Model>,
    /// SHA-256 of its bytes: where they are.
    pub hash: Vec<u8>,
    /// How many bytes.
    pub size: i64,
    /// What it is, by its bytes and not by its name.
    pub media_type: String,
    /// What the person called it.
    pub name: String,
    /// Whether a preview and a thumbnail were made of it.
    pub pictured: bool,
    /// Who gave it.
    pub uploader_id: Id<Person>,
    /// The study in which a note has it as its photo: from then on only those who take part see it, and only while a
    /// consent for media holds.
    pub study_id: Option<Id<Study>>,
    /// When it was whole.
    pub created_at: Timestamp,
}

/// No relations.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Noun for Model {
    const PREFIX: &'static str = "fil";
}

impl Row for Model {
    fn id(&self) -> Id<Self> {
        self.id
    }
}

/// What of a file is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter)]
pub enum View {
    /// All of it.
    Whole,
    /// A picture of it or of its first page, 1,280 pixels at most.
    Preview,
    /// A small picture of it, 320 pixels at most.
    Thumbnail,
}

/// Bytes in the store. The row is there before they are, and goes after them.
pub mod blob {
    use sea_orm::entity::prelude::*;

    use crate::clock::Timestamp;

    /// Bytes in the store, known by their hash.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "blob")]
    pub struct Model {
        /// SHA-256.
        #[sea_orm(primary_key, auto_increment = false)]
        pub hash: Vec<u8>,
        /// When somebody last began to put them there: younger ones are not swept.
        pub wanted_at: Timestamp,
    }

    /// No relations.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A file on its way.
pub mod upload {
    use sea_orm::entity::prelude::*;

    use crate::clock::Timestamp;
    use crate::id::Id;
    use crate::person::Person;

    /// A file on its way. It stays for a while after it arrived, for a client that did not hear of it.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "upload")]
    pub struct Model {
        /// The id the file will have.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Id<super::Model>,
        /// Whose.
        pub person_id: Id<Person>,
        /// What the person calls it.
        pub name: String,
        /// What the client said of it, as `Upload-Metadata` has it.
        pub metadata: String,
        /// How many bytes it will have.
        pub length: i64,
        /// How many of them are safe.
        pub received: i64,
        /// In how many pieces they came.
        pub parts: i32,
        /// Whether the file is there.
        pub finished: bool,
        /// When it runs out.
        pub expires_at: Timestamp,
        /// When it was announced.
        pub created_at: Timestamp,
    }

    /// No relations.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Bytes of an upload that are safe.
pub mod part {
    use sea_orm::entity::prelude::*;

    use crate::id::Id;

    /// A piece of an upload.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "upload_part")]
    pub struct Model {
        /// Of which upload.
        #[sea_orm(primary_key, auto_increment = false)]
        pub upload_id: Id<super::Model>,
        /// Where it begins.
        #[sea_orm(primary_key, auto_increment = false)]
        pub begins: i64,
        /// How many bytes.
        pub size: i64,
        /// Its key in the store: a new one at each try, so that a late try can't write over a good one.
        pub key: Uuid,
    }

    /// No relations.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// What a person has in the store, kept with each change.
pub mod usage {
    use sea_orm::entity::prelude::*;

    use crate::id::Id;
    use crate::person::Person;

    /// What a person has in the store.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "file_usage")]
    pub struct Model {
        /// Who.
        #[sea_orm(primary_key, auto_increment = false)]
        pub person_id: Id<Person>,
        /// The bytes of their files, and those announced by their unfinished uploads.
        pub bytes: i64,
    }

    /// No relations.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
