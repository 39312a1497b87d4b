//! Registries come in as files: regions shipped with the product, schools and networks from CSV through a mapping.
//!
//! A file is read as a stream and written in batches, each a transaction. A row that can't be taken is rejected before
//! its batch is written, with its line and the reason, and stops nothing. Rows are known by their source's own ids, so
//! the same file may come again.

pub mod entity;
pub mod mapping;
pub mod networks;
pub mod policy;
pub mod queries;
pub mod regions;
pub mod report;
pub mod resources;
mod rows;
pub mod schools;

pub use entity::rejection::{Code, Model as ImportRejection};
pub use entity::{Kind, Model as ImportRun};
pub use mapping::Mapping;
pub use report::{Event, Failure, Listener, Rejected, Report};

/// What is imported, and how.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// How the file's columns are read.
    pub mapping: &'a Mapping,
    /// The file's name, for the record.
    pub file: &'a str,
    /// Whether everything is tried and nothing kept.
    pub dry_run: bool,
}

impl Code {
    /// As the schema spells it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Encoding => "ENCODING",
            Self::Columns => "COLUMNS",
            Self::IdMissing => "ID_MISSING",
            Self::IdRepeated => "ID_REPEATED",
            Self::NameMissing => "NAME_MISSING",
            Self::Text => "TEXT",
            Self::TooLong => "TOO_LONG",
            Self::Date => "DATE",
            Self::DateOrder => "DATE_ORDER",
            Self::Number => "NUMBER",
            Self::RegionUnknown => "REGION_UNKNOWN",
            Self::SchoolUnknown => "SCHOOL_UNKNOWN",
            Self::SchoolClosed => "SCHOOL_CLOSED",
            Self::NoPartner => "NO_PARTNER",
            Self::AlreadyLinked => "ALREADY_LINKED",
            Self::FileMissing => "FILE_MISSING",
            Self::FileRefused => "FILE_REFUSED",
            Self::LanguageUnknown => "LANGUAGE_UNKNOWN",
            Self::LicenceUnknown => "LICENCE_UNKNOWN",
        }
    }
}
