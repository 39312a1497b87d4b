//! What a Leading school does with its network: found it, change it, close it.

use serde::Serialize;

use super::policy::{Change, Found};
use super::{Network, NetworkLead, State, queries};
use crate::db::{Access, Once};
use crate::designation;
use crate::error::{Missteps, Refusal, Result};
use crate::fact::{Fact, Named};
use crate::id::Id;
use crate::partnership;
use crate::school::School;
use crate::school::commands::sort_name;
use crate::school::fold::fold;
use crate::text::{self, Localized};

/// What a network is called and works on.
#[derive(Debug, Clone, Serialize)]
pub struct Card {
    /// Its name.
    pub name: Localized,
    /// Its theme.
    pub theme: String,
}

impl Card {
    fn checked(&self) -> Result<Self> {
        let mut missteps = Missteps::default();
        let name = missteps
            .check("name", self.name.checked(200))
            .unwrap_or_default();
        let theme = missteps
            .check("theme", text::prose(&self.theme, 500))
            .unwrap_or_default();
        missteps.finish()?;
        Ok(Self { name, theme })
    }
}

/// A school that holds a designation as a Leading school founds a network.
pub async fn found(
    access: &Access,
    leading: Id<School>,
    card: &Card,
    key: Option<&str>,
) -> Result<Network> {
    let card = card.checked()?;
    let tx = match access
        .begin_once(key, &("network.found", leading, &card))
        .await?
    {
        Once::First(tx) => tx,
        Once::Again(id) => {
            return access
                .get(Id::from_uuid(id))
                .await?
                .ok_or_else(|| Refusal::NotFound.into());
        }
    };
    let leading = tx.lock(leading, "leadingId").await?;
    let network = Network {
        id: Id::fresh(),
        sort_name: sort_name(&card.name),
        name_kk: card.name.kk.clone(),
        name_ru: card.name.ru.clone(),
        name_en: card.name.en.clone(),
        theme_folded: fold(&card.theme),
        theme: card.theme,
        state: State::Forming,
        active_partnerships: 0,
        version: 1,
        created_at: tx.now(),
    };
    let permit = tx.permit(Found {
        leading: &leading,
        network: network.id,
    })?;
    if !designation::queries::is_leading(&tx, leading.id).await? {
        return Err(Refusal::NotLeading.of("leadingId"));
    }
    let network = tx.insert(&permit, network).await?;
    tx.insert(
        &permit,
        NetworkLead {
            network_id: network.id,
            school_id: leading.id,
        },
    )
    .await?;
    let leading = Named {
        school: leading.id,
        name: leading.name(),
    };
    tx.record(
        &permit,
        Fact::NetworkFounded {
            network: network.id,
            name: network.name(),
            leading,
        },
    )
    .await?;
    tx.commit_as(network.id).await?;
    Ok(network)
}

/// A Leading school of the network changes its card.
pub async fn change(
    access: &Access,
    id: Id<Network>,
    version: i32,
    card: &Card,
) -> Result<Network> {
    let card = card.checked()?;
    let tx = access.begin().await?;
    let mut network = tx.lock(id, "id").await?;
    let leads = queries::leads_of(&tx, id).await?;
    let before = network.clone();
    let permit = tx.permit(Change {
        network: &before,
        leads: &leads,
    })?;
    if network.version != version {
        return Err(Refusal::Conflict.of("version"));
    }
    network.sort_name = sort_name(&card.name);
    (network.name_kk, network.name_ru, network.name_en) =
        (card.name.kk, card.name.ru, card.name.en);
    network.theme_folded = fold(&card.theme);
    network.theme = card.theme;
    network.version += 1;
    let network = tx.update(&permit, network).await?;
    tx.record(
        &permit,
        Fact::NetworkChanged {
            network: id,
            name: network.name(),
        },
    )
    .await?;
    tx.commit().await?;
    Ok(network)
}

/// A Leading school closes its network, once no partnership in it is live.
pub async fn close(
    access: &Access,
    id: Id<Network>,
    version: i32,
    reason: &str,
) -> Result<Network> {
    let reason = text::prose(reason, 1000).map_err(|refusal| refusal.of("reason"))?;
    if reason.is_empty() {
        return Err(Refusal::ReasonRequired.of("reason"));
    }
    let tx = access.begin().await?;
    let mut network = tx.lock(id, "id").await?;
    let leads = queries::leads_of(&tx, id).await?;
    let before = network.clone();
    let permit = tx.permit(Change {
        network: &before,
        leads: &leads,
    })?;
    if network.version != version {
        return Err(Refusal::Conflict.of("version"));
    }
    if partnership::queries::any_live(&tx, id).await? {
        return Err(Refusal::WrongState {
            state: network.state.name(),
        }
        .into());
    }
    network.state = State::Closed;
    network.version += 1;
    let network = tx.update(&permit, network).await?;
    tx.record(
        &permit,
        Fact::NetworkClosed {
            network: id,
            name: network.name(),
            leading: leads.clone(),
            reason,
        },
    )
    .await?;
    tx.commit().await?;
    Ok(network)
}
