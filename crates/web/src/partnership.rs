//! One partnership: where it stands, what was agreed, who signed, and the next steps.

use askama::Template;
use axum::{Router, extract::Path, response::Response, routing::get};
use graphql_client::GraphQLQuery;

use crate::{
    command::{Errors, commands},
    fault::Fault,
    flash::Flash,
    form::{Form, Posted},
    scalar::Id,
    visit::{Frame, Visit},
    word::{self, Language, PartnershipSide, PartnershipState},
};

pub(crate) fn routes() -> Router {
    Router::new()
        .route("/partnerships/{id}", get(show).post(step))
        .route(
            "/partnerships/{id}/agreement",
            get(show_agreement).post(write),
        )
}

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "../../schema.graphql",
    query_path = "queries/partnership.graphql",
    normalization = "rust",
    custom_scalars_module = "crate::scalar",
    extern_enums("Language", "PartnershipSide", "PartnershipState")
)]
struct PartnershipPage;

type Partnership = partnership_page::PartnershipPagePartnership;

commands! { "queries/partnership.graphql";
    PartnershipAccept partnership_accept PartnershipStepInput;
    PartnershipDecline partnership_decline PartnershipStepInput;
    PartnershipSuspend partnership_suspend PartnershipStepInput;
    PartnershipResume partnership_resume PartnershipStepInput;
    PartnershipEnd partnership_end PartnershipStepInput;
    AgreementSign agreement_sign AgreementSignInput;
    AgreementWrite agreement_write AgreementWriteInput;
}

impl Partnership {
    /// Is there any step that the viewer may take now?
    fn open(&self) -> bool {
        self.viewer_can_answer || self.viewer_can_sign || self.reasoned() || self.viewer_can_resume
    }

    /// Is there a step that a reason belongs to?
    fn reasoned(&self) -> bool {
        self.viewer_can_answer || self.viewer_can_suspend || self.viewer_can_end
    }
}

#[derive(Template)]
#[template(path = "partnership/show.html")]
struct Show {
    frame: Frame,
    form: Form,
    partnership: Partnership,
}

async fn open(visit: &Visit, id: String) -> Result<(Frame, Partnership), Fault> {
    let variables = partnership_page::Variables { id };
    let (frame, found) = visit.open::<PartnershipPage>(variables).await?;
    Ok((frame, found.partnership.ok_or(Fault::NotFound)?))
}

async fn show(visit: Visit, Path(id): Path<String>) -> Result<Response, Fault> {
    let (frame, partnership) = open(&visit, id).await?;
    visit.page(&Show {
        frame,
        form: Form::default(),
        partnership,
    })
}

/// One of the buttons, each named by the step it asks for.
async fn step(visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Response, Fault> {
    let version = posted.version("version")?;
    let reason = posted.optional("reason");
    macro_rules! run {
        ($step:ident, $module:ident) => {{
            let input = $module::PartnershipStepInput {
                id: id.clone(),
                reason,
                version,
            };
            (Flash::Saved, visit.run::<$step>(input).await?)
        }};
    }
    let (flash, errors) = match &*posted.text("do") {
        "accept" => run!(PartnershipAccept, partnership_accept),
        "decline" => run!(PartnershipDecline, partnership_decline),
        "suspend" => run!(PartnershipSuspend, partnership_suspend),
        "resume" => run!(PartnershipResume, partnership_resume),
        "end" => run!(PartnershipEnd, partnership_end),
        "sign" => {
            let input = agreement_sign::AgreementSignInput {
                agreement_version: posted.version("agreementVersion")?,
                partnership_id: id.clone(),
            };
            (Flash::Signed, visit.run::<AgreementSign>(input).await?)
        }
        _ => return Err(Fault::Form),
    };
    if errors.is_empty() {
        return Ok(visit.stay(flash));
    }
    // The page is read again: whoever was too late sees what is now, and what was typed.
    let form = Form::again(posted, errors);
    let (frame, partnership) = open(&visit, id).await?;
    visit.refused(&Show {
        frame: frame.of(&form),
        form,
        partnership,
    })
}

#[derive(Template)]
#[template(path = "partnership/agreement.html")]
struct Write {
    frame: Frame,
    form: Form,
    partnership: Partnership,
}

impl Write {
    /// The version of the agreement that the writer sees; 0 when there is none.
    fn version(&self) -> i64 {
        let agreement = self.partnership.agreement.as_ref();
        agreement.map_or(0, |agreement| agreement.version)
    }
}

async fn show_agreement(visit: Visit, Path(id): Path<String>) -> Result<Response, Fault> {
    let (frame, partnership) = open(&visit, id).await?;
    if !partnership.viewer_can_write_agreement {
        return Err(Fault::NotFound);
    }
    let form = partnership
        .agreement
        .as_ref()
        .map_or_else(Form::default, |agreement| {
            Form::default()
                .with("aims", &*agreement.aims)
                .with("leadingGives", &*agreement.leading_gives)
                .with("magneticGives", &*agreement.magnetic_gives)
                .with("mediaRules", &*agreement.media_rules)
                .with("startsOn", agreement.starts_on.to_string())
                .with("endsOn", agreement.ends_on.to_string())
        });
    visit.page(&Write {
        frame,
        form,
        partnership,
    })
}

async fn write(visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Response, Fault> {
    let mut errors = Errors::new();
    let starts_on = posted.date("startsOn", &visit.say, &mut errors);
    let ends_on = posted.date("endsOn", &visit.say, &mut errors);
    if let (Some(starts_on), Some(ends_on)) = (starts_on, ends_on) {
        let input = agreement_write::AgreementWriteInput {
            aims: posted.text("aims"),
            ends_on,
            leading_gives: posted.text("leadingGives"),
            magnetic_gives: posted.text("magneticGives"),
            media_rules: posted.text("mediaRules"),
            partnership_id: id.clone(),
            starts_on,
            version: posted.version("version")?,
        };
        errors = visit.run::<AgreementWrite>(input).await?;
        if errors.is_empty() {
            return Ok(visit.go(&format!("/partnerships/{id}"), Flash::Saved));
        }
    }
    let form = Form::again(posted, errors);
    let (frame, partnership) = open(&visit, id).await?;
    visit.refused(&Write {
        frame: frame.of(&form),
        form,
        partnership,
    })
}
