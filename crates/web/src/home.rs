//! The first page of who is signed in: what waits for them.

use askama::Template;
use axum::response::Response;
use futures_util::future::try_join;
use graphql_client::GraphQLQuery;

use crate::{
    fault::Fault,
    notification::{NotificationsPage, notifications_page},
    scalar::{Date, Id},
    visit::{Frame, Visit},
    word::{self, DesignationKind, Language, Role},
};

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "../../schema.graphql",
    query_path = "queries/home.graphql",
    normalization = "rust",
    custom_scalars_module = "crate::scalar",
    extern_enums("Language", "DesignationKind", "Role")
)]
struct HomePage;

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "../../schema.graphql",
    query_path = "queries/home_regions.graphql",
    normalization = "rust",
    extern_enums("Language")
)]
struct HomeRegions;

type Partnership = home_page::HomePagePartnershipsNodes;

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

#[derive(Template)]
#[template(path = "home/show.html")]
struct Home {
    frame: Frame,
    tasks: Vec<Task>,
    news: Vec<notifications_page::NotificationsPageViewerNotificationsNodes>,
    places: Vec<home_page::HomePageViewerMemberships>,
    regions: Vec<home_regions::HomeRegionsNodesOnRegion>,
}

impl Home {
    fn waiting(&self) -> i64 {
        i64::try_from(self.tasks.len()).unwrap_or(i64::MAX)
    }

    /// May the viewer found a network for this school?
    fn leads(place: &home_page::HomePageViewerMemberships) -> bool {
        let designated = |school: &home_page::HomePageViewerMembershipsSchool| {
            let mut all = school.designations.iter();
            all.any(|one| one.current && one.kind == DesignationKind::Leading)
        };
        place.role == Role::Coordinator && place.school.as_ref().is_some_and(designated)
    }

    fn region(&self, id: &str) -> Option<&home_regions::HomeRegionsNodesOnRegion> {
        self.regions.iter().find(|region| region.id == id)
    }
}

/// The page, inside the frame that was asked for already.
pub(crate) async fn show(visit: Visit, frame: Frame) -> Result<Response, Fault> {
    let unread = notifications_page::Variables {
        unread: Some(true),
        first: Some(5),
        after: None,
        last: None,
        before: None,
    };
    let (found, inbox) = try_join(
        visit.ask::<HomePage>(home_page::Variables {}),
        visit.ask::<NotificationsPage>(unread),
    )
    .await?;
    let places = found.viewer.ok_or(Fault::SignIn)?.memberships;
    let ids: Vec<Id> = places
        .iter()
        .filter_map(|place| place.region_id.clone())
        .collect();
    let regions = if ids.is_empty() {
        Vec::new()
    } else {
        let found = visit
            .ask::<HomeRegions>(home_regions::Variables { ids })
            .await?;
        let nodes = found.nodes.into_iter().flatten();
        nodes
            .filter_map(|node| match node {
                home_regions::HomeRegionsNodes::Region(region) => Some(region),
                _ => None,
            })
            .collect()
    };
    let partnerships = found.partnerships.map(|list| list.nodes);
    visit.page(&Home {
        frame,
        tasks: partnerships
            .unwrap_or_default()
            .into_iter()
            .filter_map(Task::of)
            .collect(),
        news: inbox
            .viewer
            .and_then(|viewer| viewer.notifications)
            .map(|list| list.nodes)
            .unwrap_or_default(),
        places,
        regions,
    })
}
