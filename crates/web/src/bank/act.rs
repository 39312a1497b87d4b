//! What readers and moderators do with a work, each on a page of its own: tell of a use, endorse, report, appeal, hide,
//! show again; and the desk where reports wait.

use askama::Template;
use axum::{
    Router,
    extract::{Path, Query},
    response::Response,
    routing::get,
};
use graphql_client::GraphQLQuery;

use super::wording::{self, ResourceReportGround};
use crate::{
    command::{Errors, commands},
    csrf,
    fault::Fault,
    flash::Flash,
    form::{Form, Posted},
    scalar::Id,
    visit::{Frame, Visit},
    window::Window,
    word::{self, Language, ResourceState},
};

pub(super) fn routes() -> Router {
    Router::new()
        .route("/bank/{id}/act/{act}", get(show).post(act))
        .route("/bank/reports", get(show_desk).post(dismiss))
}

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "../../schema.graphql",
    query_path = "queries/bank_act.graphql",
    normalization = "rust",
    custom_scalars_module = "crate::scalar",
    extern_enums("Language")
)]
struct BankActPage;

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "../../schema.graphql",
    query_path = "queries/bank_act.graphql",
    normalization = "rust",
    custom_scalars_module = "crate::scalar",
    extern_enums("Language", "ResourceReportGround", "ResourceState")
)]
struct BankDeskPage;

commands! { "queries/bank_act.graphql";
    ResourceUseTell resource_use_tell ResourceUseTellInput;
    EndorsementGive endorsement_give EndorsementGiveInput;
    EndorsementWithdraw endorsement_withdraw EndorsementWithdrawInput;
    ResourceCommentAdd resource_comment_add ResourceCommentAddInput;
    ResourceCommentRemove resource_comment_remove ResourceCommentRemoveInput;
    ResourceReportMake resource_report_make ResourceReportMakeInput;
    ResourceReportDismiss resource_report_dismiss ResourceReportDismissInput;
    ResourceHide resource_hide ResourceModerateInput;
    ResourceRestore resource_restore ResourceModerateInput;
}

type Work = bank_act_page::BankActPageResource;

/// What is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Act {
    Use,
    Endorse,
    Report,
    Appeal,
    Hide,
    Restore,
}

impl Act {
    /// As the address has it.
    fn read(word: &str) -> Option<Self> {
        Some(match word {
            "use" => Act::Use,
            "endorse" => Act::Endorse,
            "report" => Act::Report,
            "appeal" => Act::Appeal,
            "hide" => Act::Hide,
            "restore" => Act::Restore,
            _ => return None,
        })
    }

    fn allowed(self, work: &Work) -> bool {
        match self {
            Act::Use => work.viewer_can_tell_use,
            Act::Endorse => work.viewer_can_endorse,
            Act::Report => work.viewer_can_report,
            Act::Appeal => work.viewer_can_appeal,
            Act::Hide => work.viewer_can_hide,
            Act::Restore => work.viewer_can_restore,
        }
    }

    /// The heading, what it leads to, and what the text is called that belongs to it.
    fn words(self, say: &i18n::Locale) -> (String, String, String) {
        match self {
            Act::Use => (say.bank_use(), say.bank_use_text(), say.bank_use_note()),
            Act::Endorse => (
                say.bank_endorse(),
                say.bank_endorse_text(),
                say.bank_endorse_note(),
            ),
            Act::Report => (
                say.bank_report(),
                say.bank_report_text(),
                say.bank_report_note(),
            ),
            Act::Appeal => (
                say.bank_appeal(),
                say.bank_appeal_text(),
                say.bank_report_note(),
            ),
            Act::Hide => (
                say.bank_hide(),
                say.bank_hide_text(),
                say.bank_withdraw_reason(),
            ),
            Act::Restore => (
                say.bank_restore(),
                say.bank_restore_text(),
                say.bank_withdraw_reason(),
            ),
        }
    }
}

/// What may be wrong with a work, as the form offers it.
const GROUNDS: [ResourceReportGround; 6] = [
    ResourceReportGround::Privacy,
    ResourceReportGround::Copyright,
    ResourceReportGround::Harm,
    ResourceReportGround::Mistake,
    ResourceReportGround::Spam,
    ResourceReportGround::Other,
];

#[derive(Template)]
#[template(path = "bank/act.html")]
struct ActPage {
    frame: Frame,
    form: Form,
    work: Work,
    act: Act,
    title: String,
    text: String,
    /// What the text is called that belongs to it.
    note: String,
}

impl ActPage {
    fn grounds(&self) -> Vec<(String, String)> {
        let grounds = GROUNDS.iter();
        grounds
            .map(|ground| {
                (
                    word::written(ground),
                    wording::ground(&self.frame.say, ground),
                )
            })
            .collect()
    }

    fn grades(&self) -> Vec<(String, String)> {
        let say = &self.frame.say;
        (0..=12_i64)
            .map(|grade| (grade.to_string(), say.bank_grade(grade)))
            .collect()
    }

    fn ratings(&self) -> Vec<(String, String)> {
        let mut all = vec![(String::new(), self.frame.say.bank_rating_none())];
        all.extend((1..=5).map(|stars: i32| (stars.to_string(), stars.to_string())));
        all
    }

    /// Is the text called a note by the API, or a reason?
    fn field(&self) -> &'static str {
        match self.act {
            Act::Hide | Act::Restore => "reason",
            Act::Use | Act::Endorse | Act::Report | Act::Appeal => "note",
        }
    }
}

/// For who is signed in and may do it; for others there is no such page.
async fn open(visit: &Visit, id: Id, word: &str, form: Form) -> Result<ActPage, Fault> {
    let act = Act::read(word).ok_or(Fault::NotFound)?;
    let (frame, found) = visit
        .open::<BankActPage>(bank_act_page::Variables { id })
        .await?;
    if frame.viewer.is_none() {
        return Err(Fault::SignIn);
    }
    let work = found.resource.filter(|work| act.allowed(work));
    let (title, text, note) = act.words(&visit.say);
    Ok(ActPage {
        frame: frame.of(&form),
        form,
        work: work.ok_or(Fault::NotFound)?,
        act,
        title,
        text,
        note,
    })
}

async fn show(visit: Visit, Path((id, word)): Path<(String, String)>) -> Result<Response, Fault> {
    let form = Form::default().with("idempotencyKey", csrf::fresh());
    let page = open(&visit, id, &word, form).await?;
    visit.page(&page)
}

async fn act(
    visit: Visit,
    Path((id, word)): Path<(String, String)>,
    posted: Posted,
) -> Result<Response, Fault> {
    let act = Act::read(&word).ok_or(Fault::NotFound)?;
    let errors = run(&visit, act, &id, &posted).await?;
    if errors.is_empty() {
        return Ok(visit.go(&format!("/bank/{id}"), Flash::Saved));
    }
    let page = open(&visit, id, &word, Form::again(posted, errors)).await?;
    visit.refused(&page)
}

async fn run(visit: &Visit, act: Act, id: &Id, posted: &Posted) -> Result<Errors, Fault> {
    let key = posted.optional("idempotencyKey");
    match act {
        Act::Use => {
            let mut errors = Errors::new();
            let Some(held_on) = posted.date("heldOn", &visit.say, &mut errors) else {
                return Ok(errors);
            };
            let rating = posted.optional("rating");
            let input = resource_use_tell::ResourceUseTellInput {
                resource_id: id.clone(),
                school_id: None,
                held_on,
                grade: super::write::number(posted, "grade")?,
                note: posted.text("note"),
                rating: rating.and_then(|stars| stars.parse().ok()),
                idempotency_key: key,
            };
            visit.run::<ResourceUseTell>(input).await
        }
        Act::Endorse => {
            let input = endorsement_give::EndorsementGiveInput {
                version_id: posted.text("versionId"),
                note: posted.optional("note"),
                idempotency_key: key,
            };
            visit.run::<EndorsementGive>(input).await
        }
        Act::Report | Act::Appeal => {
            let ground = if act == Act::Appeal {
                ResourceReportGround::Appeal
            } else {
                word::sent(&GROUNDS, &posted.text("ground"))?
            };
            let input = resource_report_make::ResourceReportMakeInput {
                resource_id: id.clone(),
                ground,
                note: posted.text("note"),
                idempotency_key: key,
            };
            visit.run::<ResourceReportMake>(input).await
        }
        Act::Hide => {
            let input = resource_hide::ResourceModerateInput {
                id: id.clone(),
                version: posted.version("version")?,
                reason: posted.text("reason"),
            };
            visit.run::<ResourceHide>(input).await
        }
        Act::Restore => {
            let input = resource_restore::ResourceModerateInput {
                id: id.clone(),
                version: posted.version("version")?,
                reason: posted.text("reason"),
            };
            visit.run::<ResourceRestore>(input).await
        }
    }
}

/// Comments are written, and comments and endorsements taken back, on the page of the work itself.
pub(super) async fn talk(visit: &Visit, id: &Id, posted: &Posted) -> Result<Errors, Fault> {
    match &*posted.text("do") {
        "comment" => {
            let input = resource_comment_add::ResourceCommentAddInput {
                resource_id: id.clone(),
                text: posted.text("text"),
                mention_ids: Some(posted.all("mentionIds")),
                idempotency_key: posted.optional("idempotencyKey"),
            };
            visit.run::<ResourceCommentAdd>(input).await
        }
        "remove" => {
            let id = posted.text("commentId");
            let input = resource_comment_remove::ResourceCommentRemoveInput { id };
            visit.run::<ResourceCommentRemove>(input).await
        }
        "unendorse" => {
            let id = posted.text("endorsementId");
            let input = endorsement_withdraw::EndorsementWithdrawInput { id };
            visit.run::<EndorsementWithdraw>(input).await
        }
        _ => Err(Fault::Form),
    }
}

#[derive(Template)]
#[template(path = "bank/desk.html")]
struct Desk {
    frame: Frame,
    form: Form,
    reports: bank_desk_page::BankDeskPageResourceReports,
}

impl Desk {
    /// The list's address up to the cursor.
    fn address(&self) -> String {
        format!("{}?", self.frame.at("/bank/reports"))
    }
}

async fn open_desk(visit: &Visit, window: &Window, form: Form) -> Result<Desk, Fault> {
    let variables = bank_desk_page::Variables {
        first: window.first(),
        after: window.after(),
        last: window.last(),
        before: window.before(),
    };
    let (frame, found) = visit.open::<BankDeskPage>(variables).await?;
    if frame.viewer.is_none() {
        return Err(Fault::SignIn);
    }
    Ok(Desk {
        frame: frame.of(&form),
        form,
        reports: found.resource_reports.ok_or(Fault::NotFound)?,
    })
}

async fn show_desk(visit: Visit, Query(window): Query<Window>) -> Result<Response, Fault> {
    let page = open_desk(&visit, &window, Form::default()).await?;
    visit.page(&page)
}

async fn dismiss(visit: Visit, posted: Posted) -> Result<Response, Fault> {
    let input = resource_report_dismiss::ResourceReportDismissInput {
        id: posted.text("id"),
        reason: posted.text("reason"),
    };
    let errors = visit.run::<ResourceReportDismiss>(input).await?;
    if errors.is_empty() {
        return Ok(visit.stay(Flash::Saved));
    }
    let page = open_desk(&visit, &Window::default(), Form::again(posted, errors)).await?;
    visit.refused(&page)
}
