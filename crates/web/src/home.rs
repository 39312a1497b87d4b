//! The first page of who is signed in: what waits for them.

use askama::Template;
use axum::response::Response;
use graphql_client::GraphQLQuery;

use crate::{
    fault::Fault,
    notification::notices,
    scalar::Date,
    study::standing::{Next, standing},
    visit::{Frame, Visit},
    word::{
        self, DesignationKind, Language, NotificationReason, PlanReportState, PlanTerm,
        ResearchLessonState, Role, StudyMemberState, StudyRole, StudyState,
    },
};

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "../../schema.graphql",
    query_path = "queries/home.graphql",
    normalization = "rust",
    custom_scalars_module = "crate::scalar",
    extern_enums(
        "Language",
        "DesignationKind",
        "NotificationReason",
        "PlanReportState",
        "PlanTerm",
        "ResearchLessonState",
        "Role",
        "StudyMemberState",
        "StudyRole",
        "StudyState"
    )
)]
pub(crate) struct FirstPage;

notices!(first_page);
standing!(first_page::FirstPageStudiesNodes);

type Partnership = first_page::FirstPagePartnershipsNodes;

/// One thing that waits for the viewer.
struct Task {
    partnership: Partnership,
    step: Step,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Answer,
    Sign,
    Write,
}

impl Task {
    fn of(partnership: Partnership) -> Option<Self> {
        let step = if partnership.viewer_can_answer {
            Step::Answer
        } else if partnership.viewer_can_sign {
            Step::Sign
        } else if partnership.viewer_can_write_agreement && partnership.agreement.is_none() {
            Step::Write
        } else {
            return None;
        };
        Some(Task { partnership, step })
    }

    fn title(&self, frame: &Frame) -> String {
        match self.step {
            Step::Answer => frame.say.home_answer(),
            Step::Sign => frame.say.home_sign(),
            Step::Write => frame.say.home_write(),
        }
    }

    fn why(&self, frame: &Frame) -> String {
        match self.step {
            Step::Answer => frame
                .say
                .home_answer_why(frame.say.date_long(self.partnership.lapses_on)),
            Step::Sign => frame.say.home_sign_why(),
            Step::Write => frame.say.home_write_why(),
        }
    }

    /// The hand that draws it: an invitation lapses, so it is red.
    fn hand(&self) -> &'static str {
        match self.step {
            Step::Answer => "due",
            Step::Sign => "now",
            Step::Write => "plan",
        }
    }

    /// The day in the margin.
    fn day(&self, frame: &Frame) -> Date {
        match self.step {
            Step::Answer => self.partnership.lapses_on,
            Step::Sign | Step::Write => frame.day(&self.partnership.created_at),
        }
    }

    fn address(&self) -> String {
        let agreement = if self.step == Step::Write {
            "/agreement"
        } else {
            ""
        };
        format!("/partnerships/{}{agreement}", self.partnership.id)
    }
}

/// A joint plan that waits for the viewer: for their yes, for a report to be changed, for an answer to one.
type Plan = first_page::FirstPagePlansNodes;

impl Plan {
    fn report(&self) -> Option<&first_page::FirstPagePlansNodesReports> {
        let mut reports = self.reports.iter();
        reports.find(|it| {
            it.viewer_can_answer || (it.viewer_can_write && it.state == PlanReportState::Returned)
        })
    }

    fn title(&self, frame: &Frame) -> String {
        match self.report() {
            Some(report) if report.viewer_can_answer => frame.say.home_report_answer(),
            Some(_) => frame.say.home_report_returned(),
            None => frame.say.home_plan_accept(),
        }
    }

    fn why(&self, frame: &Frame) -> String {
        match self.report() {
            Some(report) if report.viewer_can_answer => frame.say.home_report_answer_why(),
            Some(_) => frame.say.home_report_returned_why(),
            None => frame.say.home_plan_accept_why(),
        }
    }

    fn address(&self) -> String {
        match self.report() {
            Some(report) => {
                let term = word::plan_term_address(&report.term);
                format!("/plans/{}/reports/{term}", self.id)
            }
            None => format!("/plans/{}", self.id),
        }
    }
}

#[derive(Template)]
#[template(path = "home/show.html")]
struct Home {
    frame: Frame,
    tasks: Vec<Task>,
    plans: Vec<Plan>,
    /// Studies that need the viewer, each with what for.
    studies: Vec<(first_page::FirstPageStudiesNodes, Next)>,
    news: Vec<first_page::FirstPageViewerNotificationsNodes>,
    places: Vec<first_page::FirstPageViewerMemberships>,
}

impl Home {
    fn waiting(&self) -> i64 {
        let all = self.tasks.len() + self.plans.len() + self.studies.len();
        i64::try_from(all).unwrap_or(i64::MAX)
    }

    /// May the viewer found a network for this school?
    fn leads(place: &first_page::FirstPageViewerMemberships) -> bool {
        let designated = |school: &first_page::FirstPageViewerMembershipsSchool| {
            let mut all = school.designations.iter();
            all.any(|one| one.current && one.kind == DesignationKind::Leading)
        };
        place.role == Role::Coordinator && place.school.as_ref().is_some_and(designated)
    }
}

/// The page of this viewer.
pub(crate) fn show(
    visit: &Visit,
    frame: Frame,
    viewer: first_page::FirstPageViewer,
    partnerships: Option<first_page::FirstPagePartnerships>,
    plans: Option<first_page::FirstPagePlans>,
    studies: Option<first_page::FirstPageStudies>,
) -> Result<Response, Fault> {
    let plans = plans.map(|list| list.nodes).unwrap_or_default();
    let partnerships = partnerships.map(|list| list.nodes).unwrap_or_default();
    let studies = studies
        .map(|list| list.nodes)
        .unwrap_or_default()
        .into_iter();
    let studies = studies.filter_map(|study| {
        let next = study.standing().next().filter(Next::is_due)?;
        Some((study, next))
    });
    visit.page(&Home {
        frame,
        studies: studies.collect(),
        tasks: partnerships.into_iter().filter_map(Task::of).collect(),
        plans,
        news: viewer
            .notifications
            .map(|list| list.nodes)
            .unwrap_or_default(),
        places: viewer.memberships,
    })
}
