//! What people do with their collections.

use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde::Serialize;

use super::entity::{Column, Entity};
use super::policy::Keep;
use super::{Collection, CollectionItem, queries};
use crate::audience::{self, Audience, Rung};
use crate::authz::{Action, Permit};
use crate::db::{Access, Once, Tx};
use crate::error::{Missteps, Refusal, Result};
use crate::fact::Fact;
use crate::fact::bank::BankFact;
use crate::id::Id;
use crate::resource::Resource;
use crate::school::School;
use crate::text::{self, Localized};

/// The most works in a collection.
pub const WORKS: usize = 200;

/// What a collection is called and who sees it.
#[derive(Debug, Clone, Serialize)]
pub struct Card {
    /// What it is called.
    pub title: Localized,
    /// What it is for.
    pub about: String,
    /// Who sees it, its owner apart.
    pub audience: Audience,
}

impl Card {
    fn checked(&self) -> Result<Self> {
        let mut missteps = Missteps::default();
        let title = missteps.check("title", self.title.checked(200));
        let about = missteps.check("about", text::prose(&self.about, 2000));
        missteps.finish()?;
        Ok(Self {
            title: title.unwrap_or_default(),
            about: about.unwrap_or_default(),
            audience: self.audience,
        })
    }

    fn put(&self, mut on: Collection) -> Collection {
        let title = self.title.clone();
        (on.title_kk, on.title_ru, on.title_en) = (title.kk, title.ru, title.en);
        on.about.clone_from(&self.about);
        (on.rung, on.scope_id) = self.audience.columns();
        on
    }
}

/// Somebody begins a collection.
pub async fn create(access: &Access, card: &Card, key: Option<&str>) -> Result<Collection> {
    let card = card.checked()?;
    let tx = match access
        .begin_once(key, &("collection.create", &card))
        .await?
    {
        Once::First(tx) => tx,
        Once::Again(id) => {
            let made = access.get(Id::from_uuid(id)).await?;
            return made.ok_or_else(|| Refusal::NotFound.into());
        }
    };
    let (rung, scope_id) = card.audience.columns();
    let collection = card.put(Collection {
        id: Id::fresh(),
        owner_id: access.viewer().id().ok_or(Refusal::SignInRequired)?,
        title_kk: None,
        title_ru: None,
        title_en: None,
        about: String::new(),
        rung,
        scope_id,
        version: 1,
        created_at: tx.now(),
    });
    let permit = tx.permit(Keep {
        collection: &collection,
        rung,
    })?;
    may_show(&tx, card.audience).await?;
    tx.insert(&permit, collection.clone()).await?;
    tell(&tx, &permit, collection.id).await?;
    tx.commit_as(collection.id).await?;
    Ok(collection)
}

async fn may_show(tx: &Tx, audience: Audience) -> Result<()> {
    if audience::is_in(tx, audience).await? {
        Ok(())
    } else {
        Err(Refusal::NotFound.of("audience.scopeId"))
    }
}

async fn tell(tx: &Tx, permit: &Permit<Keep<'_>>, collection: Id<Collection>) -> Result<()> {
    let fact = BankFact::CollectionChanged { collection };
    tx.record(permit, Fact::Bank(fact)).await
}

/// Its owner changes what it is called and who sees it.
pub async fn change(
    access: &Access,
    id: Id<Collection>,
    version: i32,
    card: &Card,
) -> Result<Collection> {
    let card = card.checked()?;
    let tx = access.begin().await?;
    let before = tx.lock(id, "id").await?;
    let permit = tx.permit(Keep {
        collection: &before,
        rung: card.audience.columns().0,
    })?;
    let mut after = seen(card.put(before.clone()), version)?;
    may_show(&tx, card.audience).await?;
    after.version += 1;
    let after = tx.update(&permit, after).await?;
    tell(&tx, &permit, id).await?;
    tx.commit().await?;
    Ok(after)
}

/// Its owner says which works are in it, in this order. Works that the owner no longer sees leave it.
pub async fn arrange(
    access: &Access,
    id: Id<Collection>,
    version: i32,
    works: &[Id<Resource>],
) -> Result<Collection> {
    const FIELD: &str = "resourceIds";
    let mut wanted: Vec<Id<Resource>> = Vec::new();
    for work in works {
        if !wanted.contains(work) {
            wanted.push(*work);
        }
    }
    if wanted.len() > WORKS {
        return Err(Refusal::TooMany { max: WORKS }.of(FIELD));
    }
    let tx = access.begin().await?;
    let before = tx.lock(id, "id").await?;
    let permit = tx.permit(Keep {
        collection: &before,
        rung: before.rung,
    })?;
    let mut after = seen(before.clone(), version)?;
    if queries::known(&tx, &wanted).await? < wanted.len() {
        return Err(Refusal::NotFound.of(FIELD));
    }
    clear(&tx, &permit, id).await?;
    let rows = wanted.iter().enumerate().map(|(position, work)| {
        let position = position as i32;
        CollectionItem {
            collection_id: id,
            resource_id: *work,
            position,
        }
    });
    tx.insert_all(&permit, rows.collect()).await?;
    after.version += 1;
    let after = tx.update(&permit, after).await?;
    tell(&tx, &permit, id).await?;
    tx.commit().await?;
    Ok(after)
}

async fn clear(tx: &Tx, permit: &Permit<Keep<'_>>, id: Id<Collection>) -> Result<()> {
    for row in queries::all_items(tx, id).await? {
        tx.delete(permit, row).await?;
    }
    Ok(())
}

/// Its owner deletes it; the works stay.
pub async fn delete(access: &Access, id: Id<Collection>, version: i32) -> Result<Id<Collection>> {
    let tx = access.begin().await?;
    let before = tx.lock(id, "id").await?;
    let permit = tx.permit(Keep {
        collection: &before,
        rung: Rung::Author,
    })?;
    seen(before.clone(), version)?;
    clear(&tx, &permit, id).await?;
    tx.delete(&permit, before.clone()).await?;
    let fact = BankFact::CollectionDeleted { collection: id };
    tx.record(&permit, Fact::Bank(fact)).await?;
    tx.commit().await?;
    Ok(id)
}

/// What is for a school is for the one it merged into.
pub(crate) async fn move_school<A: Action>(
    tx: &Tx,
    permit: &Permit<A>,
    from: Id<School>,
    to: Id<School>,
) -> Result<()> {
    Entity::update_many()
        .col_expr(Column::ScopeId, Expr::value(to))
        .filter(Column::ScopeId.eq(from.uuid()))
        .exec(tx.raw(permit))
        .await?;
    Ok(())
}

fn seen(collection: Collection, version: i32) -> Result<Collection> {
    if collection.version == version {
        Ok(collection)
    } else {
        Err(Refusal::Conflict.of("version"))
    }
}
