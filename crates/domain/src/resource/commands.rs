//! What authors do with a work: begin, write, share and withdraw it; and what others do: take a copy.

use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde::Serialize;

use super::content::{Card, Text};
use super::entity::{Column, Entity, label};
use super::policy::{Begin, Turn, Write, is_author};
use super::{
    Kinship, LabelKind, Licence, Resource, ResourceAuthor, ResourceLabel, ResourceVersion, State,
    Step, attachment, authors as writers, index, queries,
};
use crate::audience::{self, Audience};
use crate::authz::{Action, Permit};
use crate::db::{Access, Once, Tx};
use crate::error::{Refusal, Result};
use crate::fact::Fact;
use crate::fact::bank::BankFact;
use crate::id::Id;
use crate::network::Network;
use crate::person::Person;
use crate::school::School;
use crate::text::{self, Language};

/// A new work.
#[derive(Debug, Clone, Serialize)]
pub struct NewResource {
    /// How it is found.
    pub card: Card,
    /// What it says.
    pub text: Text,
    /// The school it comes from; the author's first one when not said.
    pub school: Option<Id<School>>,
}

/// Somebody begins a work. Nobody else sees it before it is shared.
pub async fn begin(access: &Access, new: &NewResource, key: Option<&str>) -> Result<Resource> {
    let (card, text) = (new.card.checked()?, new.text.checked()?);
    let tx = match access.begin_once(key, &("resource.begin", new)).await? {
        Once::First(tx) => tx,
        Once::Again(id) => return again(access, id).await,
    };
    let school = school_of(&tx, new.school).await?;
    let resource = blank(&tx, school, &card, &text).await?;
    let permit = tx.permit(Begin {
        resource: &resource,
        origin: None,
        authors: &[],
        study: None,
    })?;
    put(&tx, &permit, &resource, &card, &text).await?;
    let fact = BankFact::Begun {
        work: resource.work(),
    };
    tx.record(&permit, Fact::Bank(fact)).await?;
    tx.commit_as(resource.id).await?;
    Ok(resource)
}

/// The school given, or the first of the viewer's.
pub(crate) async fn school_of(tx: &Tx, given: Option<Id<School>>) -> Result<Option<Id<School>>> {
    match given {
        Some(school) => Ok(Some(tx.get(school, "schoolId").await?.id)),
        None => {
            let standing = tx.access().viewer().standing();
            Ok(standing.and_then(|standing| standing.schools.iter().min().copied()))
        }
    }
}

pub(super) async fn blank(
    tx: &Tx,
    school: Option<Id<School>>,
    card: &Card,
    text: &Text,
) -> Result<Resource> {
    let network = match school {
        Some(school) => audience::home(tx, school).await?,
        None => None,
    };
    // "My network" unless the author says otherwise.
    let usual = match (network, school) {
        (Some(network), _) => Audience::Network(network),
        (None, Some(school)) => Audience::School(school),
        (None, None) => Audience::Author,
    };
    let (rung, scope_id) = usual.columns();
    let resource = Resource {
        id: Id::fresh(),
        kind: card.kind,
        language: card.language,
        subject: card.subject.clone(),
        grade_from: card.grades.0,
        grade_to: card.grades.1,
        licence: text.licence,
        school_id: school,
        network_id: network,
        rung,
        scope_id,
        state: State::Draft,
        title_kk: None,
        title_ru: None,
        title_en: None,
        newest_id: None,
        newest_number: 0,
        origin_id: None,
        origin_version_id: None,
        kinship: None,
        study_id: None,
        copies: 0,
        uses: 0,
        ratings: 0,
        stars: 0,
        endorsements: 0,
        comments: 0,
        reason: None,
        version: 1,
        created_at: tx.now(),
        shared_at: tx.now(),
        changed_at: tx.now(),
    };
    Ok(resource.titled(&text.title))
}

pub(super) async fn put(
    tx: &Tx,
    permit: &Permit<Begin<'_>>,
    resource: &Resource,
    card: &Card,
    text: &Text,
) -> Result<()> {
    let by = tx.access().viewer().id().ok_or(Refusal::SignInRequired)?;
    tx.insert(permit, resource.clone()).await?;
    let author = ResourceAuthor {
        resource_id: resource.id,
        person_id: by,
        position: 0,
    };
    tx.insert(permit, author).await?;
    tx.insert_all(permit, card.labels(resource.id)).await?;
    tx.insert(permit, text.draft(resource.id, tx, by)?).await?;
    attachment::attach(tx, permit, resource.id, &text.files).await
}

/// What of a work is to be different.
#[derive(Debug, Clone, Default)]
pub struct Edit {
    /// A new card.
    pub card: Option<Card>,
    /// A new draft.
    pub text: Option<Text>,
    /// Everybody who writes it, in the order they are named in. Nobody is taken off by somebody else.
    pub authors: Option<Vec<Id<Person>>>,
}

/// An author edits a work. What it says is for readers only once it is shared again; how it is found, at once.
pub async fn write(
    access: &Access,
    id: Id<Resource>,
    version: i32,
    edit: &Edit,
) -> Result<Resource> {
    let card = edit.card.as_ref().map(Card::checked).transpose()?;
    let text = edit.text.as_ref().map(Text::checked).transpose()?;
    let tx = access.begin().await?;
    let before = tx.lock(id, "id").await?;
    let authors = queries::authors_of(&tx, id).await?;
    let permit = tx.permit(Write {
        resource: &before,
        authors: &authors,
    })?;
    let mut after = seen(before.clone(), version)?;
    if let Some(card) = &card {
        (after.kind, after.language) = (card.kind, card.language);
        after.subject = card.subject.clone();
        (after.grade_from, after.grade_to) = card.grades;
        after.changed_at = tx.now();
        relabel(&tx, &permit, card.labels(id)).await?;
    }
    if let Some(text) = &text {
        if let Some(terms) = terms_of_origin(&tx, &before).await? {
            let fits = terms.permits(text.licence);
            fits.map_err(|refusal| refusal.of("text.licence"))?;
        }
        if before.newest_number == 0 {
            after = after.titled(&text.title);
            after.licence = text.licence;
        }
        let by = access.viewer().id().ok_or(Refusal::SignInRequired)?;
        tx.update(&permit, text.draft(id, &tx, by)?).await?;
        attachment::attach(&tx, &permit, id, &text.files).await?;
    }
    let added = match &edit.authors {
        Some(wanted) => writers::rewrite(&tx, &permit, id, &authors, wanted).await?,
        None => Vec::new(),
    };
    after.version += 1;
    let after = tx.update(&permit, after).await?;
    index::follow(&tx, &permit, (&before, &after), card.is_some()).await?;
    let fact = BankFact::Written {
        work: after.work(),
        joined: added,
    };
    tx.record(&permit, Fact::Bank(fact)).await?;
    tx.commit().await?;
    Ok(after)
}

async fn relabel(tx: &Tx, permit: &Permit<Write<'_>>, labels: Vec<ResourceLabel>) -> Result<()> {
    let of = permit.action().resource.id;
    for old in queries::labels_of(tx, of).await? {
        tx.delete(permit, old).await?;
    }
    tx.insert_all(permit, labels).await
}

/// The licence of the version that a work was taken from, unless the viewer wrote that as well.
async fn terms_of_origin(tx: &Tx, resource: &Resource) -> Result<Option<Licence>> {
    let (Some(origin), Some(version)) = (resource.origin_id, resource.origin_version_id) else {
        return Ok(None);
    };
    let authors = queries::authors_of(tx, origin).await?;
    if is_author(tx.access().viewer(), &authors) {
        return Ok(None);
    }
    queries::licence_of(tx, version).await
}

/// An author shares the draft as the next version, with the audience given or the one it has.
pub async fn share(
    access: &Access,
    id: Id<Resource>,
    version: i32,
    with: Option<Audience>,
    change: &str,
) -> Result<Resource> {
    let change = text::prose(change, 1000).map_err(|refusal| refusal.of("change"))?;
    let tx = access.begin().await?;
    let before = tx.lock(id, "id").await?;
    let authors = queries::authors_of(&tx, id).await?;
    let permit = tx.permit(Turn {
        resource: &before,
        authors: &authors,
        step: Step::Share,
    })?;
    let mut after = seen(before.clone(), version)?;
    let draft = queries::draft_of(&tx, id).await?;
    if let Some(terms) = terms_of_origin(&tx, &before).await? {
        terms
            .permits(draft.licence)
            .map_err(|refusal| refusal.of("licence"))?;
    }
    if let Some(audience) = with {
        after = aimed(&tx, after, audience).await?;
    }
    let by = access.viewer().id().ok_or(Refusal::SignInRequired)?;
    let shared = ResourceVersion {
        id: Id::fresh(),
        resource_id: id,
        number: before.newest_number + 1,
        title_kk: draft.title_kk,
        title_ru: draft.title_ru,
        title_en: draft.title_en,
        summary_kk: draft.summary_kk,
        summary_ru: draft.summary_ru,
        summary_en: draft.summary_en,
        body: draft.body,
        links: draft.links,
        licence: draft.licence,
        change,
        shared_by_id: by,
        shared_at: tx.now(),
    };
    let shared = tx.insert(&permit, shared).await?;
    attachment::seal(&tx, &permit, id, shared.id).await?;
    after = after.titled(&shared.title());
    after.licence = shared.licence;
    (after.newest_id, after.newest_number) = (Some(shared.id), shared.number);
    (after.shared_at, after.changed_at) = (tx.now(), tx.now());
    after = turned(after, Step::Share)?;
    let after = tx.update(&permit, after).await?;
    index::follow(&tx, &permit, (&before, &after), true).await?;
    let fact = BankFact::Shared {
        work: after.work(),
        number: shared.number,
        // Newer versions and new circles of readers are no news for everybody.
        network: reached(&after).filter(|_| shared.number == 1),
    };
    tx.record(&permit, Fact::Bank(fact)).await?;
    tx.commit().await?;
    Ok(after)
}

/// An author shares a work with others than before, or with fewer.
pub async fn aim(
    access: &Access,
    id: Id<Resource>,
    version: i32,
    audience: Audience,
) -> Result<Resource> {
    let tx = access.begin().await?;
    let before = tx.lock(id, "id").await?;
    let authors = queries::authors_of(&tx, id).await?;
    let permit = tx.permit(Write {
        resource: &before,
        authors: &authors,
    })?;
    let mut after = aimed(&tx, seen(before.clone(), version)?, audience).await?;
    after.version += 1;
    let after = tx.update(&permit, after).await?;
    let fact = BankFact::Aimed {
        work: after.work(),
        audience,
    };
    tx.record(&permit, Fact::Bank(fact)).await?;
    tx.commit().await?;
    Ok(after)
}

/// The same for this audience, which the viewer must be in.
async fn aimed(tx: &Tx, mut resource: Resource, audience: Audience) -> Result<Resource> {
    if !audience::is_in(tx, audience).await? {
        return Err(Refusal::NotFound.of("audience.scopeId"));
    }
    (resource.rung, resource.scope_id) = audience.columns();
    resource.changed_at = tx.now();
    resource.network_id = reached(&resource).or(resource.network_id);
    Ok(resource)
}

/// The network it is shared with.
fn reached(resource: &Resource) -> Option<Id<Network>> {
    match resource.audience() {
        Audience::Network(network) => Some(network),
        _ => None,
    }
}

/// An author takes a work back. Its audience still sees that it was there, and why it is gone.
pub async fn withdraw(
    access: &Access,
    id: Id<Resource>,
    version: i32,
    reason: &str,
) -> Result<Resource> {
    let reason = text::reason(reason)?;
    let tx = access.begin().await?;
    let before = tx.lock(id, "id").await?;
    let authors = queries::authors_of(&tx, id).await?;
    let permit = tx.permit(Turn {
        resource: &before,
        authors: &authors,
        step: Step::Withdraw,
    })?;
    let mut after = turned(seen(before.clone(), version)?, Step::Withdraw)?;
    after.reason = Some(reason.clone());
    after.changed_at = tx.now();
    let after = tx.update(&permit, after).await?;
    index::follow(&tx, &permit, (&before, &after), true).await?;
    let fact = BankFact::Withdrawn {
        work: after.work(),
        reason,
    };
    tx.record(&permit, Fact::Bank(fact)).await?;
    tx.commit().await?;
    Ok(after)
}

/// A copy of somebody's work, to change.
#[derive(Debug, Clone, Serialize)]
pub struct NewCopy {
    /// Of this version.
    pub version: Id<ResourceVersion>,
    /// In this language: another than the work's makes it a translation.
    pub language: Option<Language>,
    /// Under these terms; the same as the work's when not said.
    pub licence: Option<Licence>,
    /// The school it comes from; the author's first one when not said.
    pub school: Option<Id<School>>,
}

/// Whoever reads a work takes a copy of it: a draft of their own, which names the version it comes from.
pub async fn copy(access: &Access, new: &NewCopy, key: Option<&str>) -> Result<Resource> {
    let tx = match access.begin_once(key, &("resource.copy", new)).await? {
        Once::First(tx) => tx,
        Once::Again(id) => return again(access, id).await,
    };
    let version = tx.get(new.version, "versionId").await?;
    let origin = tx.lock(version.resource_id, "versionId").await?;
    let authors = queries::authors_of(&tx, origin.id).await?;
    let card = card_of(&tx, &origin, new.language).await?;
    let text = Text {
        title: version.title(),
        summary: version.summary(),
        body: version.body,
        links: serde_json::from_str(&version.links)?,
        files: attachment::ids_of(&tx, version.id).await?,
        licence: new.licence.unwrap_or(version.licence),
    };
    let school = school_of(&tx, new.school).await?;
    let mut resource = blank(&tx, school, &card, &text).await?;
    resource.origin_id = Some(origin.id);
    resource.origin_version_id = Some(version.id);
    resource.kinship = Some(if card.language == origin.language {
        Kinship::Adaptation
    } else {
        Kinship::Translation
    });
    let permit = tx.permit(Begin {
        resource: &resource,
        origin: Some((&origin, version.licence)),
        authors: &authors,
        study: None,
    })?;
    put(&tx, &permit, &resource, &card, &text).await?;
    let mut counted = origin.clone();
    // What authors make of their own work is no credit to it.
    if !is_author(access.viewer(), &authors) {
        counted.copies += 1;
    }
    let origin = tx.update(&permit, counted).await?;
    let fact = BankFact::Copied {
        work: origin.work(),
        copy: resource.id,
        translation: resource.kinship == Some(Kinship::Translation),
    };
    tx.record(&permit, Fact::Bank(fact)).await?;
    tx.commit_as(resource.id).await?;
    Ok(resource)
}

async fn card_of(tx: &Tx, resource: &Resource, language: Option<Language>) -> Result<Card> {
    let labels = queries::labels_of(tx, resource.id).await?;
    let words = |kind| {
        let of_kind = labels.iter().filter(|label| label.kind == kind);
        of_kind
            .map(|label: &label::Model| label.word.clone())
            .collect()
    };
    Ok(Card {
        kind: resource.kind,
        language: language.unwrap_or(resource.language),
        subject: resource.subject.clone(),
        grades: (resource.grade_from, resource.grade_to),
        tags: words(LabelKind::Tag),
        goals: words(LabelKind::Goal),
    })
}

/// Works that come from a school, or are for it, belong to the one it merged into.
pub(crate) async fn move_school<A: Action>(
    tx: &Tx,
    permit: &Permit<A>,
    from: Id<School>,
    to: Id<School>,
) -> Result<()> {
    Entity::update_many()
        .col_expr(Column::SchoolId, Expr::value(to))
        .filter(Column::SchoolId.eq(from))
        .exec(tx.raw(permit))
        .await?;
    Entity::update_many()
        .col_expr(Column::ScopeId, Expr::value(to))
        .filter(Column::ScopeId.eq(from.uuid()))
        .exec(tx.raw(permit))
        .await?;
    Ok(())
}

/// Makes sure it is still the one the viewer saw.
pub(crate) fn seen(resource: Resource, version: i32) -> Result<Resource> {
    if resource.version == version {
        Ok(resource)
    } else {
        Err(Refusal::Conflict.of("version"))
    }
}

/// The same after a step.
pub(crate) fn turned(mut resource: Resource, step: Step) -> Result<Resource> {
    let state = resource.state.after(step).ok_or(Refusal::WrongState {
        state: resource.state.name(),
    })?;
    resource.state = state;
    resource.version += 1;
    Ok(resource)
}

async fn again(access: &Access, id: uuid::Uuid) -> Result<Resource> {
    access
        .get(Id::from_uuid(id))
        .await?
        .ok_or_else(|| Refusal::NotFound.into())
}
