//! Who is asking, what they may see, and the proof that they may do something.
//!
//! Reads: an entity without [`Visible`] can't be selected. Writes: [`crate::db::Tx`] takes a [`Permit`], which only
//! [`crate::db::Tx::permit`] makes, out of an [`Action`] whose `decide` said yes. So forgetting to ask does not compile,
//! and each noun's `policy.rs` lists who may do what and which tables that touches.

use std::{collections::HashSet, sync::Arc};

use sea_orm::{Condition, EntityTrait, sea_query::Expr};

use crate::access_token::{AccessToken, Reach};
use crate::calendar_feed::CalendarFeed;
use crate::error::Refusal;
use crate::id::Id;
use crate::person::Person;
use crate::region::Region;
use crate::school::School;
use crate::session::Session;
use crate::text::Language;

/// Work the software does by itself. It sees every row; what it may change, the policies say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Job {
    /// Finds out who somebody is: sessions, passwords, links.
    Door,
    /// Carries facts to people.
    Relay,
    /// Does what falls due by date: lapses, expiries.
    Calendar,
    /// Imports and first fillings run from the command line of the installation.
    Operator,
}

/// How a person proved who they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Via {
    /// A session: everything the person may do.
    Session(Id<Session>),
    /// A personal access token: reading, or changing things as well, but never who may get in.
    Token(Id<AccessToken>, Reach),
    /// The secret address of a calendar feed: reading alone.
    Feed(Id<CalendarFeed>),
    /// A link to a file that was handed to them: reading alone.
    Link,
    /// Not at all: the installation's operator acts in their name, for an import.
    Operator,
}

/// A person with what they are allowed today.
#[derive(Debug, PartialEq, Eq)]
pub struct Standing {
    /// Who.
    pub person: Id<Person>,
    /// How they came in.
    pub via: Via,
    /// The day: what lasts until a day is over with it.
    pub today: chrono::NaiveDate,
    /// Runs the platform.
    pub admin: bool,
    /// Regions they train, with every district in them today.
    pub regions: HashSet<Id<Region>>,
    /// Schools they coordinate.
    pub coordinates: HashSet<Id<School>>,
    /// Schools they belong to in any role.
    pub schools: HashSet<Id<School>>,
}

#[derive(Debug, Clone)]
enum Who {
    Guest,
    Person(Arc<Standing>),
    System(Job),
}

/// Whoever asks: each connection to the database carries one.
#[derive(Debug, Clone)]
pub struct Viewer {
    who: Who,
    /// The language they read.
    pub language: Language,
}

impl Viewer {
    /// Somebody who is not signed in.
    pub fn guest(language: Language) -> Self {
        Self {
            who: Who::Guest,
            language,
        }
    }

    /// Somebody who is.
    pub fn person(standing: Standing, language: Language) -> Self {
        Self {
            who: Who::Person(Arc::new(standing)),
            language,
        }
    }

    /// The software itself.
    pub fn system(job: Job) -> Self {
        Self {
            who: Who::System(job),
            language: Language::Kk,
        }
    }

    /// The person and what they may, when there is one.
    pub fn standing(&self) -> Option<&Standing> {
        match &self.who {
            Who::Person(standing) => Some(standing),
            Who::Guest | Who::System(_) => None,
        }
    }

    /// The person's id, when there is one.
    pub fn id(&self) -> Option<Id<Person>> {
        self.standing().map(|s| s.person)
    }

    /// The job, when it is the software itself.
    pub fn job(&self) -> Option<Job> {
        match self.who {
            Who::System(job) => Some(job),
            Who::Guest | Who::Person(_) => None,
        }
    }

    /// Whether this is the software doing exactly this job.
    pub fn is(&self, job: Job) -> bool {
        self.job() == Some(job)
    }

    /// Whether this person runs the platform.
    pub fn is_admin(&self) -> bool {
        self.standing().is_some_and(|s| s.admin)
    }

    /// Whether this person coordinates the school.
    pub fn coordinates(&self, school: Id<School>) -> bool {
        self.standing()
            .is_some_and(|s| s.coordinates.contains(&school))
    }

    /// Whether this person belongs to the school.
    pub fn belongs_to(&self, school: Id<School>) -> bool {
        self.standing().is_some_and(|s| s.schools.contains(&school))
    }

    /// Whether this person trains the region or the one the district lies in.
    pub fn trains(&self, region: Option<Id<Region>>) -> bool {
        self.standing()
            .is_some_and(|s| region.is_some_and(|r| s.regions.contains(&r)))
    }

    /// The refusal that fits somebody who may not: guests are asked to sign in.
    pub fn refusal(&self) -> Refusal {
        if matches!(self.who, Who::Guest) {
            Refusal::SignInRequired
        } else {
            Refusal::NotPermitted
        }
    }

    /// Yes, or the refusal that fits this viewer.
    pub fn require(&self, permitted: bool) -> Result<(), Refusal> {
        if permitted {
            Ok(())
        } else {
            Err(self.refusal())
        }
    }
}

/// An entity whose rows each have viewers.
pub trait Visible: EntityTrait {
    /// What holds for each row that a person or guest may see. Jobs see all.
    fn visible_to(viewer: &Viewer) -> Condition;
}

/// Every row.
pub fn everything() -> Condition {
    Condition::all()
}

/// No row.
pub fn nothing() -> Condition {
    Condition::all().add(Expr::cust("1 = 0"))
}

/// Something a person or a job does, with whatever the decision needs.
pub trait Action {
    /// Its name in the audit: `partnership.invite`.
    const NAME: &'static str;
    /// Whether it opens doors (passwords, tokens, sessions, roles): access tokens may not.
    const CREDENTIAL: bool = false;
    /// Whether this viewer may, as things stand. Pure, so that buttons ask the same question.
    fn decide(&self, viewer: &Viewer) -> Result<(), Refusal>;
}

/// The tables an action touches, and the rows of them it may touch.
pub trait Writes<E: EntityTrait>: Action {
    /// Whether the permit for this action reaches to this row.
    fn covers(&self, row: &E::Model) -> bool;
}

/// The proof that an action was permitted.
#[derive(Debug)]
pub struct Permit<A> {
    action: A,
}

impl<A: Action> Permit<A> {
    pub(crate) fn ask(action: A, viewer: &Viewer) -> Result<Self, Refusal> {
        allowed(&action, viewer)?;
        Ok(Self { action })
    }

    pub(crate) fn action(&self) -> &A {
        &self.action
    }
}

/// What `viewerCan…` fields and permits both ask: the way the viewer came in, then the action's own rule.
pub fn allowed<A: Action>(action: &A, viewer: &Viewer) -> Result<(), Refusal> {
    if let Some(standing) = viewer.standing() {
        let enough = match standing.via {
            Via::Session(_) => true,
            Via::Token(_, Reach::Write) | Via::Operator => !A::CREDENTIAL,
            Via::Token(_, Reach::Read) | Via::Feed(_) | Via::Link => false,
        };
        viewer.require(enough)?;
    }
    action.decide(viewer)
}
