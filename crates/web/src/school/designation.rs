//! A school is nominated, designated, and its designation taken back: the trainer's desk.

use askama::Template;
use axum::{Router, extract::Path, response::Response, routing::get};
use graphql_client::GraphQLQuery;

use crate::{
    command::{Errors, commands},
    csrf,
    fault::Fault,
    flash::Flash,
    form::{Form, Posted},
    scalar::Id,
    visit::{Frame, Visit},
    word::{self, DesignationKind, DesignationState, Language},
};

pub(super) fn routes() -> Router {
    Router::new().route("/schools/{id}/designations", get(show).post(change))
}

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "../../schema.graphql",
    query_path = "queries/desk.graphql",
    normalization = "rust",
    custom_scalars_module = "crate::scalar",
    extern_enums("Language", "DesignationKind", "DesignationState")
)]
struct DesignationsPage;

commands! { "queries/desk.graphql";
    DesignationAward designation_award DesignationInput;
    DesignationNominate designation_nominate DesignationInput;
    DesignationWithdraw designation_withdraw DesignationWithdrawInput;
}

const KINDS: [DesignationKind; 2] = [DesignationKind::Leading, DesignationKind::Magnetic];

#[derive(Template)]
#[template(path = "school/designations.html")]
struct Show {
    frame: Frame,
    form: Form,
    school: designations_page::DesignationsPageSchool,
}

impl Show {
    fn kinds(&self) -> Vec<(String, String)> {
        let words = [self.frame.leading.clone(), self.frame.magnetic.clone()];
        KINDS.iter().map(word::written).zip(words).collect()
    }

    /// What may be taken back: each as its id and the version that is shown.
    fn open(&self) -> Vec<(String, String)> {
        let all = self.school.designations.iter();
        let open = all.filter(|designation| designation.viewer_can_withdraw);
        let option = |it: &designations_page::DesignationsPageSchoolDesignations| {
            let say = self.frame.say;
            let kind = self.frame.designation(&it.kind);
            let label = format!(
                "{kind} · {} · {}",
                word::designation_state(&say, &it.state),
                say.date_short(it.from)
            );
            (format!("{} {}", it.id, it.version), label)
        };
        open.map(option).collect()
    }
}

async fn open(visit: &Visit, id: Id, form: Form) -> Result<Show, Fault> {
    let (frame, found) = visit
        .open::<DesignationsPage>(designations_page::Variables { id })
        .await?;
    let school = found.school.ok_or(Fault::NotFound)?;
    let mut designations = school.designations.iter();
    let withdraws = designations.any(|designation| designation.viewer_can_withdraw);
    if !school.viewer_can_award && !school.viewer_can_nominate && !withdraws {
        return Err(Fault::NotFound);
    }
    Ok(Show {
        frame: frame.of(&form),
        form,
        school,
    })
}

async fn show(visit: Visit, Path(id): Path<String>) -> Result<Response, Fault> {
    let form = Form::default().with("idempotencyKey", csrf::fresh());
    let page = open(&visit, id, form).await?;
    visit.page(&page)
}

async fn change(visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Response, Fault> {
    let errors = if posted.text("do") == "withdraw" {
        withdraw(&visit, &posted).await?
    } else {
        name(&visit, &id, &posted).await?
    };
    if errors.is_empty() {
        return Ok(visit.stay(Flash::Saved));
    }
    let page = open(&visit, id, Form::again(posted, errors)).await?;
    visit.refused(&page)
}

async fn withdraw(visit: &Visit, posted: &Posted) -> Result<Errors, Fault> {
    let shown = posted.text("id");
    let (id, version) = shown.split_once(' ').ok_or(Fault::Form)?;
    let input = designation_withdraw::DesignationWithdrawInput {
        id: id.to_owned(),
        reason: posted.text("reason"),
        version: version.parse().map_err(|_| Fault::Form)?,
    };
    visit.run::<DesignationWithdraw>(input).await
}

async fn name(visit: &Visit, school: &str, posted: &Posted) -> Result<Errors, Fault> {
    let mut errors = Errors::new();
    let from = posted.date("from", &visit.say, &mut errors);
    let until = match posted.optional("until") {
        Some(_) => posted.date("until", &visit.say, &mut errors),
        None => None,
    };
    let (Some(from), true) = (from, errors.is_empty()) else {
        return Ok(errors);
    };
    macro_rules! run {
        ($command:ident, $module:ident) => {{
            let input = $module::DesignationInput {
                evidence: posted.text("evidence"),
                from,
                idempotency_key: posted.optional("idempotencyKey"),
                kind: word::sent(&KINDS, &posted.text("kind"))?,
                school_id: school.to_owned(),
                until,
            };
            visit.run::<$command>(input).await
        }};
    }
    match &*posted.text("do") {
        "award" => run!(DesignationAward, designation_award),
        "nominate" => run!(DesignationNominate, designation_nominate),
        _ => Err(Fault::Form),
    }
}
