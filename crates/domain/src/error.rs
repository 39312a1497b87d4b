//! What can go wrong: a person's mistake (`Refused`), the database's absence (`Away`) or ours (`Fault`), never mixed.

use sea_orm::{DbErr, SqlErr};

use crate::db::dialect;

/// The result of everything in this crate.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why something did not happen.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The viewer can mend it. Each entry names a field of the input and what is wrong with it.
    #[error("refused: {0:?}")]
    Refused(Vec<Misstep>),
    /// A write met a row that must be unique; `on_duplicate` turns it into a refusal.
    #[error("duplicate: {0}")]
    Duplicate(String),
    /// The database is away, going down, full or too busy: the same request may work in a while. Whether a commit
    /// that ended so took effect is unknown.
    #[error("away: {0}")]
    Away(String),
    /// Ours: the log learns the details, the viewer a request id.
    #[error("fault: {0}")]
    Fault(String),
}

/// One thing wrong with an input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misstep {
    /// The field's path in the command's input, in camel case, dots between (`agreement.endsOn`); empty for the whole.
    pub field: &'static str,
    /// What is wrong.
    pub refusal: Refusal,
}

/// Every way in which the software says no to a person. Its code is the API's; its sentence is in `locales`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// Nothing was given where something is needed.
    Required,
    /// Something was given where nothing is needed.
    NotNeeded,
    /// More than `max` characters.
    TooLong {
        /// The most that fits.
        max: usize,
    },
    /// Fewer than `min` characters.
    TooShort {
        /// The least that will do.
        min: usize,
    },
    /// More than `max` items.
    TooMany {
        /// The most that fits.
        max: usize,
    },
    /// Not an e-mail address.
    MalformedEmail,
    /// Not a web address of the kinds taken.
    MalformedUrl,
    /// Control characters in a text.
    MalformedText,
    /// There is none, or none that the viewer may know of.
    NotFound,
    /// The viewer sees it, but may not do this.
    NotPermitted,
    /// Only for people who are signed in.
    SignInRequired,
    /// Somebody changed it since the viewer read it.
    Conflict,
    /// The idempotency key was used for something else.
    KeyReused,
    /// The two schools have a partnership already.
    AlreadyLinked,
    /// A school can't be its own partner.
    SameSchool,
    /// The school holds no current designation as a Leading school.
    NotLeading,
    /// Not possible in the state it is in.
    WrongState {
        /// The state, as the schema names it.
        state: &'static str,
    },
    /// This side has signed already.
    AlreadySigned,
    /// There is no agreement to sign yet.
    AgreementMissing,
    /// Somebody must say why.
    ReasonRequired,
    /// The end lies before the start.
    DateOrder,
    /// The date is over.
    DatePast,
    /// The date is more than `days` ahead.
    DateTooFar {
        /// The most days that will do.
        days: u32,
    },
    /// Too late: the link or invitation ran out.
    Expired,
    /// The link was used already.
    Used,
    /// The invitation is for another e-mail address.
    WrongPerson,
    /// Everybody's first guess.
    CommonPassword,
    /// The address and the password do not belong together.
    WrongCredentials,
    /// Too often; come back in `minutes`.
    Throttled {
        /// How long to wait.
        minutes: u32,
    },
    /// The person has this role already.
    AlreadyMember,
    /// Somebody must remain in charge.
    LastAdmin,
    /// Whoever leads a study hands over before they leave it.
    LeadStays,
    /// The school is claimed already.
    AlreadyClaimed,
    /// The school is merged into another.
    AlreadyMerged,
    /// There is one like it.
    AlreadyExists,
    /// `first` and `last` exclude each other and lie between 1 and `max`.
    PageSize {
        /// The most rows a page may have.
        max: usize,
    },
    /// The cursor is of another list, sort or filter.
    Cursor,
    /// A work holds the file.
    FileHeld,
    /// The network takes no new schools.
    NetworkClosed,
    /// The role can't be given there.
    RoleScope,
    /// The text holds what looks like an identity number or a phone number.
    PersonalNumber,
    /// A group has from `min` to `max` teachers.
    GroupSize {
        /// The fewest.
        min: usize,
        /// The most.
        max: usize,
    },
    /// Not everybody in the group accepted the protocol.
    ProtocolMissing,
    /// The study has no question yet.
    QuestionMissing,
    /// A study needs three case pupils, or six, or nine.
    PupilsMissing,
    /// `count` research lessons must be closed first.
    LessonsMissing {
        /// How many.
        count: usize,
    },
    /// Nobody allowed to watch the pupils.
    ConsentMissing,
    /// Nobody allowed photos.
    MediaConsentMissing,
    /// The file is no picture.
    NotAPicture,
    /// Nobody spoke of `count` of the case pupils yet.
    PupilMissed {
        /// How many.
        count: usize,
    },
    /// Something comes before this part of the discussion.
    DiscussionOrder,
    /// The progress of some case pupil is not written.
    ProgressMissing,
    /// Some part of the report is not written.
    ReportMissing,
    /// Nothing is planned yet.
    ActivitiesMissing,
    /// The day lies outside of the school year of the plan.
    OutsideYear,
    /// A plan is for the last, this or the next school year.
    YearTooFar,
    /// A number outside of `min` to `max`.
    OutOfRange {
        /// The least that will do.
        min: i32,
        /// The most that will do.
        max: i32,
    },
    /// The last grade comes before the first.
    GradeOrder,
    /// The licence of a work allows no adaptations of it.
    NoAdaptations,
    /// An adaptation may carry only one of these licences.
    LicenceMismatch {
        /// By their SPDX names.
        licences: &'static str,
    },
}

impl Refusal {
    /// The refusal of one field.
    pub fn of(self, field: &'static str) -> Error {
        Error::Refused(vec![Misstep {
            field,
            refusal: self,
        }])
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        refusal.of("")
    }
}

impl From<DbErr> for Error {
    fn from(error: DbErr) -> Self {
        match error.sql_err() {
            Some(SqlErr::UniqueConstraintViolation(what)) => Self::Duplicate(what),
            _ if dialect::is_away(&error) => Self::Away(error.to_string()),
            _ => Self::Fault(error.to_string()),
        }
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Self::Fault(error.to_string())
    }
}

/// Names what a duplicate means to the person who caused it.
pub trait OnDuplicate<T> {
    /// A duplicate becomes this refusal; every other error stays.
    fn on_duplicate(self, error: impl Into<Error>) -> Result<T>;
}

impl<T> OnDuplicate<T> for Result<T> {
    fn on_duplicate(self, error: impl Into<Error>) -> Result<T> {
        self.map_err(|was| {
            if let Error::Duplicate(_) = was {
                error.into()
            } else {
                was
            }
        })
    }
}

/// Collects everything wrong with an input, so that a person hears of all of it at once.
#[derive(Debug, Default)]
pub struct Missteps(Vec<Misstep>);

impl Missteps {
    /// Notes one.
    pub fn add(&mut self, field: &'static str, refusal: Refusal) {
        self.0.push(Misstep { field, refusal });
    }

    /// Notes the refusal of a check, or hands on its value.
    pub fn check<T>(&mut self, field: &'static str, outcome: Result<T, Refusal>) -> Option<T> {
        outcome.map_err(|refusal| self.add(field, refusal)).ok()
    }

    /// Goes on only when nothing was noted.
    pub fn finish(self) -> Result<()> {
        if self.0.is_empty() {
            Ok(())
        } else {
            Err(Error::Refused(self.0))
        }
    }
}
