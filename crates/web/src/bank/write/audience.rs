//! The third step: who may see the work, and under which terms.

use askama::Template;
use axum::{Router, extract::Path, response::Response, routing::get};

use super::{
    Editing, LICENCES, Options, ResourceAudienceChange, ResourceShare, open,
    resource_audience_change, resource_share,
};
use crate::{
    bank::wording,
    command::Errors,
    fault::Fault,
    flash::Flash,
    form::{Form, Posted},
    scalar::Id,
    visit::{Frame, Visit},
    word::{self, AudienceRung},
};

pub(super) fn routes() -> Router {
    Router::new().route("/bank/{id}/share", get(show).post(share))
}

/// One of the choices of a question: as it is sent, as it is read, and what it means.
struct Choice {
    value: String,
    name: String,
    meaning: String,
    chosen: bool,
}

#[derive(Template)]
#[template(path = "bank/share.html")]
struct SharePage {
    frame: Frame,
    form: Form,
    id: Id,
    version: i64,
    title: String,
    /// The number of what is shared already; 0 when nothing is.
    number: i64,
    audiences: Vec<Choice>,
    licences: Vec<Choice>,
    /// The licence of what it was taken from, where that binds it.
    bound: Option<String>,
}

/// An audience as the form sends it: the rung, and the scope where it has one.
fn audience(rung: &AudienceRung, scope: Option<&str>) -> String {
    match scope {
        Some(scope) => format!("{} {scope}", word::written(rung)),
        None => word::written(rung),
    }
}

impl Editing {
    /// The audiences that the author is in, the nearest first.
    fn audiences(&self) -> Options {
        let say = &self.frame.say;
        let mut all = Vec::new();
        let schools = || {
            let places = self.memberships.iter();
            places.filter_map(|place| place.school.as_ref())
        };
        for school in schools() {
            let value = audience(&AudienceRung::School, Some(&school.id));
            let name = say.bank_audience_school(&school.name.text);
            if !all.iter().any(|(other, _)| *other == value) {
                all.push((value, name));
            }
        }
        for network in schools().flat_map(|school| &school.networks) {
            let value = audience(&AudienceRung::Network, Some(&network.id));
            let name = say.bank_audience_network(&network.name.text);
            if !all.iter().any(|(other, _)| *other == value) {
                all.push((value, name));
            }
        }
        for rung in [AudienceRung::SignedIn, AudienceRung::Public] {
            all.push((audience(&rung, None), wording::rung(say, &rung)));
        }
        all
    }

    /// The audience it has, or will have unless its author says otherwise.
    fn current(&self) -> String {
        let aim = &self.work.audience;
        let scope = aim
            .school
            .as_ref()
            .map(|school| &*school.id)
            .or(aim.partnership.as_ref().map(|link| &*link.id))
            .or(aim.network.as_ref().map(|network| &*network.id));
        audience(&aim.rung, scope)
    }
}

fn page(editing: Editing, form: Form) -> SharePage {
    let say = editing.frame.say;
    let typed = |name: &str, stored: String| {
        let typed = form.value(name);
        if typed.is_empty() {
            stored
        } else {
            typed.to_owned()
        }
    };
    let chosen = typed("audience.scopeId", editing.current());
    let mut audiences = editing.audiences();
    if !audiences.iter().any(|(value, _)| *value == chosen) {
        // A partnership, or what the author left meanwhile: it stays as it is unless changed.
        let rung = wording::rung(&say, &editing.work.audience.rung);
        audiences.insert(0, (chosen.clone(), rung));
    }
    let audiences = audiences.into_iter().map(|(value, name)| Choice {
        chosen: value == chosen,
        value,
        name,
        meaning: String::new(),
    });
    let origin = editing.work.derived_from.as_ref().map(|origin| {
        let licence = &origin.licence;
        (licence.name.clone(), licence.adaptations.clone())
    });
    let translated = editing.work.translation_of.as_ref().map(|origin| {
        let licence = &origin.licence;
        (licence.name.clone(), licence.adaptations.clone())
    });
    let bound = origin.or(translated);
    let licence = typed("licence", word::written(&editing.draft.licence.code));
    let permitted = editing.licences.iter().filter(|one| {
        let bound = bound.as_ref();
        bound.is_none_or(|(_, codes)| {
            codes.contains(&one.code) || word::written(&one.code) == licence
        })
    });
    let licences = permitted.map(|one| {
        let value = word::written(&one.code);
        Choice {
            chosen: value == licence,
            value,
            name: one.name.clone(),
            meaning: one.meaning.clone(),
        }
    });
    SharePage {
        audiences: audiences.collect(),
        licences: licences.collect(),
        bound: bound.map(|(name, _)| name),
        title: editing.title(),
        number: editing
            .work
            .newest
            .as_ref()
            .map_or(0, |newest| newest.number),
        frame: editing.frame.of(&form),
        form,
        id: editing.work.id,
        version: editing.work.version,
    }
}

async fn show(visit: Visit, Path(id): Path<String>) -> Result<Response, Fault> {
    let editing = open(&visit, id).await?;
    visit.page(&page(editing, Form::default()))
}

async fn share(visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Response, Fault> {
    let editing = open(&visit, id.clone()).await?;
    match shared(&visit, &editing, &posted).await? {
        Ok(()) => Ok(visit.go(&format!("/bank/{id}"), Flash::Shared)),
        Err(errors) => {
            // The page is read again: keeping the licence may have made a newer version of the entry.
            let editing = open(&visit, id).await?;
            let form = Form::again(posted, errors);
            visit.refused(&page(editing, form))
        }
    }
}

async fn shared(
    visit: &Visit,
    editing: &Editing,
    posted: &Posted,
) -> Result<Result<(), Errors>, Fault> {
    let mut version = posted.version("version")?;
    let aim = chosen(editing, posted)?;
    if posted.text("do") == "audience" {
        // Who sees it changes at once; what is shared stays as it is.
        let Some((rung, scope_id)) = aim else {
            return Ok(Ok(()));
        };
        let input = resource_audience_change::ResourceAudienceChangeInput {
            id: editing.work.id.clone(),
            version,
            audience: resource_audience_change::AudienceInput { rung, scope_id },
        };
        let errors = visit.run::<ResourceAudienceChange>(input).await?;
        return Ok(if errors.is_empty() {
            Ok(())
        } else {
            Err(errors)
        });
    }
    let licence = word::sent(&LICENCES, &posted.text("licence"))?;
    if licence != editing.draft.licence.code {
        let mut text = editing.text();
        text.licence = licence;
        match editing.keep(visit, version, None, Some(text)).await? {
            Ok(kept) => version = kept,
            Err(errors) => return Ok(Err(errors)),
        }
    }
    let input = resource_share::ResourceShareInput {
        id: editing.work.id.clone(),
        version,
        audience: aim.map(|(rung, scope_id)| resource_share::AudienceInput { rung, scope_id }),
        change: posted.optional("change"),
    };
    let errors = visit.run::<ResourceShare>(input).await?;
    Ok(if errors.is_empty() {
        Ok(())
    } else {
        Err(errors)
    })
}

/// The audience that was chosen; none when it is the one it has.
fn chosen(editing: &Editing, posted: &Posted) -> Result<Option<(AudienceRung, Option<Id>)>, Fault> {
    const RUNGS: [AudienceRung; 6] = [
        AudienceRung::Author,
        AudienceRung::School,
        AudienceRung::Partnership,
        AudienceRung::Network,
        AudienceRung::SignedIn,
        AudienceRung::Public,
    ];
    let sent = posted.text("audience.scopeId");
    if sent == editing.current() {
        return Ok(None);
    }
    let (rung, scope) = match sent.split_once(' ') {
        Some((rung, scope)) => (rung, Some(scope.to_owned())),
        None => (&*sent, None),
    };
    Ok(Some((word::sent(&RUNGS, rung)?, scope)))
}
