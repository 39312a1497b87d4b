//! One activity of a plan: what it is to be, what became of it, what shows that.

use askama::Template;
use axum::{Router, extract::Path, response::Response, routing::get};
use graphql_client::GraphQLQuery;
use i18n::Locale;

use crate::{
    command::{Errors, commands},
    csrf,
    fault::Fault,
    flash::Flash,
    form::{Form, Posted},
    scalar::{Date, Id},
    visit::{Frame, Visit},
    word::{self, ActivityKind, ActivityState, Language, PartnershipSide},
};

pub(super) fn routes() -> Router {
    Router::new()
        .route("/plans/{id}/new", get(show_new).post(add))
        .route("/plans/{id}/activities/{activity}", get(show).post(act))
}

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "../../schema.graphql",
    query_path = "queries/activity.graphql",
    normalization = "rust",
    custom_scalars_module = "crate::scalar",
    extern_enums("ActivityKind", "ActivityState", "Language", "PartnershipSide")
)]
struct ActivityPage;

type Plan = activity_page::ActivityPagePlan;
type Activity = activity_page::ActivityPageNodeOnActivity;

commands! { "queries/activity.graphql";
    ActivityAdd activity_add ActivityAddInput;
    ActivityChange activity_change ActivityChangeInput;
    ActivityRemove activity_remove ActivityStepInput;
    ActivityFinish activity_finish ActivityStepInput;
    ActivityCancel activity_cancel ActivityStepInput;
    ActivityReopen activity_reopen ActivityStepInput;
    EvidenceAdd evidence_add EvidenceAddInput;
    EvidenceRemove evidence_remove EvidenceRemoveInput;
}

const KINDS: [ActivityKind; 8] = [
    ActivityKind::LessonStudy,
    ActivityKind::OpenLesson,
    ActivityKind::Seminar,
    ActivityKind::MasterClass,
    ActivityKind::Mentoring,
    ActivityKind::Visit,
    ActivityKind::Conference,
    ActivityKind::Meeting,
];

const SIDES: [PartnershipSide; 2] = [PartnershipSide::Leading, PartnershipSide::Magnetic];

#[derive(Template)]
#[template(path = "plan/activity.html")]
struct Show {
    frame: Frame,
    form: Form,
    /// Who was ticked.
    ticked: Vec<String>,
    plan: Plan,
    /// None while it is being added.
    activity: Option<Activity>,
}

/// Somebody who could answer for it.
struct Candidate {
    id: String,
    name: String,
    ticked: bool,
}

impl Show {
    fn kinds(say: Locale) -> Vec<(String, String)> {
        let word = |kind: &ActivityKind| (word::written(kind), word::activity_kind(&say, kind));
        KINDS.iter().map(word).collect()
    }

    /// The two schools as hosts.
    fn hosts(&self) -> Vec<(String, String)> {
        let Some(partnership) = &self.plan.partnership else {
            return Vec::new();
        };
        let leading = partnership.leading.as_ref().map(|school| &school.name.text);
        let magnetic = partnership
            .magnetic
            .as_ref()
            .map(|school| &school.name.text);
        let names = [leading, magnetic].map(|name| name.cloned().unwrap_or_default());
        SIDES.iter().map(word::written).zip(names).collect()
    }

    /// People of the two schools whom the viewer may see, and those who answer for it already.
    fn candidates(&self) -> Vec<Candidate> {
        let mut all: Vec<(String, String)> = Vec::new();
        if let Some(activity) = &self.activity {
            let own = activity.responsible.iter();
            all.extend(own.map(|person| (person.id.clone(), person.name.clone())));
        }
        if let Some(partnership) = &self.plan.partnership {
            let leading = partnership
                .leading
                .iter()
                .flat_map(|school| &school.members);
            let leading = leading.flat_map(|people| &people.nodes);
            let leading = leading.filter_map(|member| member.person.as_ref());
            all.extend(leading.map(|person| (person.id.clone(), person.name.clone())));
            let magnetic = partnership
                .magnetic
                .iter()
                .flat_map(|school| &school.members);
            let magnetic = magnetic.flat_map(|people| &people.nodes);
            let magnetic = magnetic.filter_map(|member| member.person.as_ref());
            all.extend(magnetic.map(|person| (person.id.clone(), person.name.clone())));
        }
        all.sort_by(|one, other| (&one.1, &one.0).cmp(&(&other.1, &other.0)));
        all.dedup();
        let candidate = |(id, name): (String, String)| Candidate {
            ticked: self.ticked.contains(&id),
            id,
            name,
        };
        all.into_iter().map(candidate).collect()
    }

    /// May the viewer change what it is to be?
    fn writes(&self) -> bool {
        match &self.activity {
            Some(activity) => activity.viewer_can_change,
            None => true,
        }
    }

    /// Is there a step that the viewer may take?
    fn steps(&self) -> bool {
        let may = |it: &Activity| {
            it.viewer_can_finish
                || it.viewer_can_cancel
                || it.viewer_can_reopen
                || it.viewer_can_remove
        };
        self.activity.as_ref().is_some_and(may)
    }
}

async fn open(
    visit: &Visit,
    plan: String,
    id: String,
) -> Result<(Frame, Plan, Option<Activity>), Fault> {
    let variables = activity_page::Variables {
        plan: plan.clone(),
        id,
    };
    let (frame, found) = visit.open::<ActivityPage>(variables).await?;
    let known = match found.plan {
        Some(plan) => plan,
        None if frame.viewer.is_none() => return Err(Fault::SignIn),
        None => return Err(Fault::NotFound),
    };
    let activity = match found.node {
        Some(activity_page::ActivityPageNode::Activity(activity)) => Some(activity),
        _ => None,
    };
    let of_plan = |it: &Activity| it.plan.as_ref().is_some_and(|of| of.id == plan);
    Ok((frame, known, activity.filter(of_plan)))
}

async fn show_new(visit: Visit, Path(id): Path<String>) -> Result<Response, Fault> {
    let (frame, plan, _) = open(&visit, id.clone(), id).await?;
    if !plan.viewer_can_change {
        return Err(Fault::NotFound);
    }
    visit.page(&Show {
        frame,
        form: Form::default().with("idempotencyKey", csrf::fresh()),
        ticked: Vec::new(),
        plan,
        activity: None,
    })
}

async fn show(
    visit: Visit,
    Path((id, activity)): Path<(String, String)>,
) -> Result<Response, Fault> {
    let (frame, plan, activity) = open(&visit, id, activity).await?;
    let activity = activity.ok_or(Fault::NotFound)?;
    let form = filled(&activity);
    let own = activity.responsible.iter();
    visit.page(&Show {
        frame,
        form,
        ticked: own.map(|person| person.id.clone()).collect(),
        plan,
        activity: Some(activity),
    })
}

fn filled(activity: &Activity) -> Form {
    let ends_on = activity.ends_on.map(|day| day.to_string());
    Form::default()
        .with("kind", word::written(&activity.kind))
        .with("title", &*activity.title)
        .with("startsOn", activity.starts_on.to_string())
        .with("endsOn", ends_on.unwrap_or_default())
        .with("host", word::written(&activity.host))
        .with("expected", &*activity.expected)
        .with("idempotencyKey", csrf::fresh())
}

/// The days that were typed; the last one may be left out.
fn days(posted: &Posted, visit: &Visit, errors: &mut Errors) -> Option<(Date, Option<Date>)> {
    let starts_on = posted.date("startsOn", &visit.say, errors);
    let ends_on = match posted.optional("endsOn") {
        Some(_) => Some(posted.date("endsOn", &visit.say, errors)?),
        None => None,
    };
    Some((starts_on?, ends_on))
}

async fn add(visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Response, Fault> {
    let mut errors = Errors::new();
    if let Some((starts_on, ends_on)) = days(&posted, &visit, &mut errors) {
        let input = activity_add::ActivityAddInput {
            plan_id: id.clone(),
            kind: word::sent(&KINDS, &posted.text("kind"))?,
            title: posted.text("title"),
            starts_on,
            ends_on,
            host: word::sent(&SIDES, &posted.text("host"))?,
            expected: posted.text("expected"),
            responsible_ids: posted.all("responsibleIds"),
            idempotency_key: posted.optional("idempotencyKey"),
        };
        errors = visit.run::<ActivityAdd>(input).await?;
        if errors.is_empty() {
            return Ok(visit.go(&format!("/plans/{id}"), Flash::Saved));
        }
    }
    let ticked = posted.all("responsibleIds");
    let form = Form::again(posted, errors);
    let (frame, plan, _) = open(&visit, id.clone(), id).await?;
    visit.refused(&Show {
        frame: frame.of(&form),
        form,
        ticked,
        plan,
        activity: None,
    })
}

/// One of the forms of the page, named by what it asks for.
async fn act(
    visit: Visit,
    Path((id, activity)): Path<(String, String)>,
    posted: Posted,
) -> Result<Response, Fault> {
    let version = || posted.version("version");
    macro_rules! step {
        ($step:ident, $module:ident) => {{
            let input = $module::ActivityStepInput {
                id: activity.clone(),
                version: version()?,
                reason: posted.optional("reason"),
            };
            visit.run::<$step>(input).await?
        }};
    }
    let mut errors = Errors::new();
    match &*posted.text("do") {
        "change" => {
            if let Some((starts_on, ends_on)) = days(&posted, &visit, &mut errors) {
                let input = activity_change::ActivityChangeInput {
                    id: activity.clone(),
                    version: version()?,
                    kind: word::sent(&KINDS, &posted.text("kind"))?,
                    title: posted.text("title"),
                    starts_on,
                    ends_on,
                    host: word::sent(&SIDES, &posted.text("host"))?,
                    expected: posted.text("expected"),
                    responsible_ids: posted.all("responsibleIds"),
                };
                errors = visit.run::<ActivityChange>(input).await?;
            }
        }
        "finish" => errors = step!(ActivityFinish, activity_finish),
        "cancel" => errors = step!(ActivityCancel, activity_cancel),
        "reopen" => errors = step!(ActivityReopen, activity_reopen),
        "remove" => {
            errors = step!(ActivityRemove, activity_remove);
            if errors.is_empty() {
                return Ok(visit.go(&format!("/plans/{id}"), Flash::Saved));
            }
        }
        "show" => {
            let input = evidence_add::EvidenceAddInput {
                activity_id: activity.clone(),
                body: posted.text("body"),
                link: link(&posted.text("link"), &visit, &mut errors),
                idempotency_key: posted.optional("idempotencyKey"),
            };
            if errors.is_empty() {
                errors = visit.run::<EvidenceAdd>(input).await?;
            }
        }
        "withdraw" => {
            let input = evidence_remove::EvidenceRemoveInput {
                id: posted.text("evidence"),
            };
            errors = visit.run::<EvidenceRemove>(input).await?;
        }
        _ => return Err(Fault::Form),
    }
    if errors.is_empty() {
        return Ok(visit.stay(Flash::Saved));
    }
    // What the API says of the kind of thing is said of the one field for its address.
    for (path, _) in &mut errors {
        if path.first().is_some_and(|field| field == "link") {
            path.truncate(1);
        }
    }
    let ticked = posted.all("responsibleIds");
    let form = Form::again(posted, errors);
    let (frame, plan, activity) = open(&visit, id, activity).await?;
    let activity = activity.ok_or(Fault::NotFound)?;
    visit.refused(&Show {
        frame: frame.of(&form),
        form: form.filled_up(filled(&activity)),
        ticked,
        plan,
        activity: Some(activity),
    })
}

/// What an address of this site points to, by the id in it: a study, a research lesson or a work.
fn link(text: &str, visit: &Visit, errors: &mut Errors) -> Option<evidence_add::EvidenceLink> {
    use evidence_add::EvidenceLink as Link;
    if text.is_empty() {
        return None;
    }
    let mut words = text.rsplit(['/', '?', '#', ' ']);
    let found = words.find_map(|word| {
        let id = word.to_owned();
        match word.split_once('_')?.0 {
            "std" => Some(Link::StudyId(id)),
            "rls" => Some(Link::LessonId(id)),
            "res" => Some(Link::ResourceId(id)),
            _ => None,
        }
    });
    if found.is_none() {
        errors.push((vec!["link".to_owned()], visit.say.plan_link_unknown()));
    }
    found
}
