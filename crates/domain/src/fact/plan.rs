//! What happens to joint plans.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Audience, Fact, Link, Reason};
use crate::id::Id;
use crate::partnership::Side;
use crate::plan::{Activity, Plan, Term};

/// A plan, by its schools and its year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AboutPlan {
    /// The plan.
    pub plan: Id<Plan>,
    /// The calendar year in which its school year begins.
    pub year: i32,
    /// The partnership.
    pub link: Link,
}

/// Something that happened to a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "plan_fact", rename_all = "snake_case")]
#[expect(
    missing_docs,
    reason = "each variant is its own sentence, and its fields repeat the words of the domain"
)]
pub enum PlanFact {
    Begun {
        plan: AboutPlan,
    },
    /// Whoever accepted the version before is asked again.
    Changed {
        plan: AboutPlan,
        by: Side,
        withdrew: bool,
    },
    Accepted {
        plan: AboutPlan,
        by: Side,
    },
    Agreed {
        plan: AboutPlan,
    },
    Worked {
        plan: AboutPlan,
    },
    ActivityCancelled {
        plan: AboutPlan,
        activity: Id<Activity>,
        title: String,
        reason: String,
    },
    ActivityReopened {
        plan: AboutPlan,
        activity: Id<Activity>,
        title: String,
    },
    ActivityDue {
        plan: AboutPlan,
        activity: Id<Activity>,
        title: String,
        starts_on: NaiveDate,
    },
    ReportSent {
        plan: AboutPlan,
        term: Term,
    },
    ReportAcknowledged {
        plan: AboutPlan,
        term: Term,
    },
    ReportReturned {
        plan: AboutPlan,
        term: Term,
        reason: String,
    },
}

impl Fact {
    /// The joint plan that is no longer as it was.
    pub fn plan(&self) -> Option<Id<Plan>> {
        match self {
            Self::Plan(fact) => Some(fact.about().plan),
            _ => None,
        }
    }
}

impl PlanFact {
    /// The plan it happened to.
    pub fn about(&self) -> &AboutPlan {
        match self {
            Self::Begun { plan }
            | Self::Changed { plan, .. }
            | Self::Accepted { plan, .. }
            | Self::Agreed { plan }
            | Self::Worked { plan }
            | Self::ActivityCancelled { plan, .. }
            | Self::ActivityReopened { plan, .. }
            | Self::ActivityDue { plan, .. }
            | Self::ReportSent { plan, .. }
            | Self::ReportAcknowledged { plan, .. }
            | Self::ReportReturned { plan, .. } => plan,
        }
    }

    /// The key of what it happened to.
    pub fn subject(&self) -> Uuid {
        self.about().plan.uuid()
    }

    /// Who hears of it, and why.
    pub fn audience(&self) -> (Audience, Reason) {
        let link = &self.about().link;
        let schools = || vec![link.leading, link.magnetic];
        match self {
            Self::Begun { .. } | Self::Worked { .. } => (Audience::Nobody, Reason::PlanChanged),
            // A draft grows line by line; told is only who had accepted it.
            Self::Changed { withdrew, .. } => match withdrew {
                true => (link.coordinators(), Reason::PlanWaits),
                false => (Audience::Nobody, Reason::PlanChanged),
            },
            Self::Accepted { .. } | Self::ReportReturned { .. } => {
                (link.coordinators(), Reason::PlanWaits)
            }
            Self::Agreed { .. } | Self::ReportAcknowledged { .. } => {
                (link.coordinators(), Reason::PlanChanged)
            }
            Self::ActivityCancelled { activity, .. } | Self::ActivityReopened { activity, .. } => (
                Audience::Activity(*activity, schools()),
                Reason::PlanChanged,
            ),
            Self::ActivityDue { activity, .. } => {
                (Audience::Activity(*activity, schools()), Reason::PlanWaits)
            }
            Self::ReportSent { .. } => (Audience::Trainers(link.leading), Reason::PlanWaits),
        }
    }
}
