//! Networks.

use std::collections::HashMap;

use async_graphql::dataloader::Loader;
use async_graphql::{Context, Enum, ID, InputObject, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};
use domain::id::Id;
use domain::network::{self as model, commands, queries};
use domain::page::Page;
use domain::partnership as link;

use crate::connection::{Connection, Paging, connect};
use crate::errors::{UserError, outcome};
use crate::ids::{given, shown, wanted};
use crate::partnership::{Partnership, PartnershipOrder, PartnershipState, with_magnetic};
use crate::rows::{Fault, Rows, access, asking, by_id, load, read};
use crate::scalar::{LocalizedText, LocalizedTextInput};
use crate::school::School;

/// Where a network stands.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "model::State")]
pub enum NetworkState {
    /// Founded, and no partnership is active yet.
    Forming,
    /// At least one partnership is active.
    Active,
    /// It had partnerships, and none is active now.
    Dormant,
    /// Over.
    Closed,
}

/// Leading schools and the Magnetic schools they are linked with.
pub struct Network(pub model::Network);

/// Leading schools and the Magnetic schools they are linked with, around a theme. Its card is public.
#[Object]
impl Network {
    /// The id.
    pub(crate) async fn id(&self) -> ID {
        shown(self.0.id)
    }

    /// The version, to send back with a change.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// What it is called.
    async fn name(&self) -> LocalizedText {
        LocalizedText(self.0.name())
    }

    /// What its schools work on.
    async fn theme(&self) -> &str {
        &self.0.theme
    }

    /// Where it stands.
    async fn state(&self) -> NetworkState {
        self.0.state.into()
    }

    /// How many partnerships are active.
    async fn active_partnerships(&self) -> i32 {
        self.0.active_partnerships
    }

    /// Since when.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// The schools that lead it, at most 20.
    async fn leading(&self, ctx: &Context<'_>) -> Result<Vec<School>> {
        let leads = load(ctx, LeadsOf(self.0.id)).await?.unwrap_or_default();
        let schools = leads.into_iter().filter_map(|lead| lead.beside);
        Ok(schools.map(School).collect())
    }

    /// Its partnerships that the viewer may see: for everybody the active ones.
    #[expect(
        clippy::too_many_arguments,
        reason = "Relay's four, and what a list has"
    )]
    async fn partnerships(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Only those in these states; at most 7.",
            validator(max_items = 7)
        )]
        states: Option<Vec<PartnershipState>>,
        #[graphql(desc = "In which order.", default_with = "PartnershipOrder::Newest")]
        order_by: PartnershipOrder,
        #[graphql(desc = "How many from the start, 1 to 100; 20 when neither is given.")]
        first: Option<i32>,
        #[graphql(desc = "After this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
    ) -> Result<Option<Connection<Partnership>>> {
        let window = Paging {
            first,
            after,
            last,
            before,
        }
        .window(ctx)?;
        let states = states.map(|states| states.into_iter().map(Into::into).collect());
        let filter = link::queries::Filter {
            states,
            ..Default::default()
        };
        let (access, by) = (access(ctx)?, order_by.into());
        let page = if window.is_first() {
            let key = FirstPartnerships {
                of: self.0.id,
                filter: filter.clone(),
                by,
                size: window.size(),
                magnetic: with_magnetic(ctx),
            };
            load(ctx, key).await?.unwrap_or_default()
        } else {
            read(
                ctx,
                link::queries::page_in(access, self.0.id, &filter, by, &window, with_magnetic(ctx)),
            )
            .await?
        };
        let counted = link::queries::Filter {
            network: Some(self.0.id),
            ..filter
        };
        connect(ctx, page, Partnership::from, || {
            link::queries::count(access, &counted)
        })
        .await
        .map(Some)
    }

    /// Whether the viewer may change its card or close it.
    async fn viewer_can_update(&self, ctx: &Context<'_>) -> Result<bool> {
        let leads = load(ctx, LeadsOf(self.0.id)).await?.unwrap_or_default();
        let leads: Vec<_> = leads.iter().map(|lead| lead.row.school_id).collect();
        Ok(self.0.may_change(access(ctx)?, &leads))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct LeadsOf(Id<model::Network>);

impl Loader<LeadsOf> for Rows {
    type Value = Vec<queries::Leading>;
    type Error = Fault;

    async fn load(&self, keys: &[LeadsOf]) -> Result<HashMap<LeadsOf, Self::Value>, Fault> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        let mut of: HashMap<_, Vec<_>> = HashMap::new();
        for lead in queries::leads_of_all(&self.0, &ids).await? {
            of.entry(LeadsOf(lead.row.network_id))
                .or_default()
                .push(lead);
        }
        Ok(of)
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct FirstPartnerships {
    of: Id<model::Network>,
    filter: link::queries::Filter,
    by: link::queries::By,
    size: usize,
    magnetic: bool,
}

impl Loader<FirstPartnerships> for Rows {
    type Value = Page<link::queries::Found>;
    type Error = Fault;

    async fn load(
        &self,
        keys: &[FirstPartnerships],
    ) -> Result<HashMap<FirstPartnerships, Self::Value>, Fault> {
        let mut alike: HashMap<_, Vec<_>> = HashMap::new();
        for key in keys {
            alike
                .entry((&key.filter, key.by, key.size, key.magnetic))
                .or_default()
                .push(key.of);
        }
        let mut found = HashMap::new();
        for ((filter, by, size, magnetic), of) in alike {
            let pages =
                link::queries::first_pages(&self.0, &of, filter, by, size, magnetic).await?;
            found.extend(pages.into_iter().map(|(of, page)| {
                (
                    FirstPartnerships {
                        of,
                        filter: filter.clone(),
                        by,
                        size,
                        magnetic,
                    },
                    page,
                )
            }));
        }
        Ok(found)
    }
}

/// Which networks. Everything given must hold.
#[derive(InputObject, Debug, Clone, Default)]
pub struct NetworkFilter {
    /// Led by a school in this region or district.
    region_id: Option<ID>,
    /// Led by this school.
    leading_id: Option<ID>,
    /// Whose theme contains this, in any case and spelling; at most 100 characters.
    #[graphql(validator(chars_max_length = 100))]
    theme: Option<String>,
    /// In one of these states; at most 4.
    #[graphql(validator(max_items = 4))]
    states: Option<Vec<NetworkState>>,
}

impl From<NetworkFilter> for queries::Filter {
    fn from(filter: NetworkFilter) -> Self {
        Self {
            region: filter.region_id.as_ref().map(wanted),
            leading: filter.leading_id.as_ref().map(wanted),
            theme: filter.theme,
            states: filter
                .states
                .map(|states| states.into_iter().map(Into::into).collect()),
        }
    }
}

/// How a list of networks is sorted.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "queries::By")]
pub enum NetworkOrder {
    /// By name.
    Name,
    /// The latest founded first.
    Newest,
    /// The one with the most active partnerships first.
    Largest,
}

/// Reading networks.
#[derive(Default)]
pub struct NetworkQuery;

#[Object]
impl NetworkQuery {
    /// The network with this id. Everybody.
    async fn network(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id.")] id: ID,
    ) -> Result<Option<Network>> {
        match id.parse() {
            Ok(id) => Ok(by_id(ctx, id).await?.map(Network)),
            Err(_) => Ok(None),
        }
    }

    /// Networks, by name unless told otherwise. Everybody.
    #[expect(
        clippy::too_many_arguments,
        reason = "Relay's four, and what a list has"
    )]
    async fn networks(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which ones.")] filter: Option<NetworkFilter>,
        #[graphql(desc = "In which order.", default_with = "NetworkOrder::Name")]
        order_by: NetworkOrder,
        #[graphql(desc = "How many from the start, 1 to 100; 20 when neither is given.")]
        first: Option<i32>,
        #[graphql(desc = "After this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
    ) -> Result<Option<Connection<Network>>> {
        let window = Paging {
            first,
            after,
            last,
            before,
        }
        .window(ctx)?;
        let (access, filter) = (access(ctx)?, filter.unwrap_or_default().into());
        let page = read(
            ctx,
            queries::page(access, &filter, order_by.into(), &window),
        )
        .await?;
        connect(ctx, page, Network, || queries::count(access, &filter))
            .await
            .map(Some)
    }
}

/// A new network.
#[derive(InputObject)]
pub struct NetworkCreateInput {
    /// The school that leads it: one with a current designation as a Leading school.
    leading_id: ID,
    /// What it is called, at most 200 characters a language.
    name: LocalizedTextInput,
    /// What its schools will work on, at most 500 characters.
    theme: String,
    /// Sent again with the same key, the same request has one effect. At most 100 characters.
    idempotency_key: Option<String>,
}

/// A network's new card.
#[derive(InputObject)]
pub struct NetworkUpdateInput {
    /// The network.
    id: ID,
    /// The version the viewer saw.
    version: i32,
    /// What it is called, at most 200 characters a language.
    name: LocalizedTextInput,
    /// What its schools work on, at most 500 characters.
    theme: String,
}

/// The end of a network.
#[derive(InputObject)]
pub struct NetworkCloseInput {
    /// The network.
    id: ID,
    /// The version the viewer saw.
    version: i32,
    /// Why, at most 1,000 characters.
    reason: String,
}

/// What became of it.
#[derive(SimpleObject)]
pub struct NetworkPayload {
    /// The network as it is now; null when nothing was done.
    network: Option<Network>,
    /// What the person can mend; empty when it was done. At most 20.
    user_errors: Vec<UserError>,
}

/// Doing things with networks.
#[derive(Default)]
pub struct NetworkMutation;

#[Object]
impl NetworkMutation {
    /// A Leading school founds a network. Coordinators of that school.
    async fn network_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The new network.")] input: NetworkCreateInput,
    ) -> Result<NetworkPayload> {
        let card = commands::Card {
            name: input.name.into(),
            theme: input.theme,
        };
        let key = input.idempotency_key.as_deref();
        payload(ctx, async {
            commands::found(
                asking(ctx)?,
                given(&input.leading_id, "leadingId")?,
                &card,
                key,
            )
            .await
        })
        .await
    }

    /// Changes a network's card. Coordinators of the schools that lead it.
    async fn network_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The new card.")] input: NetworkUpdateInput,
    ) -> Result<NetworkPayload> {
        let card = commands::Card {
            name: input.name.into(),
            theme: input.theme,
        };
        payload(ctx, async {
            commands::change(asking(ctx)?, given(&input.id, "id")?, input.version, &card).await
        })
        .await
    }

    /// Closes a network in which no partnership is live. Coordinators of the schools that lead it.
    async fn network_close(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one, and why.")] input: NetworkCloseInput,
    ) -> Result<NetworkPayload> {
        payload(ctx, async {
            commands::close(
                asking(ctx)?,
                given(&input.id, "id")?,
                input.version,
                &input.reason,
            )
            .await
        })
        .await
    }
}

async fn payload(
    ctx: &Context<'_>,
    command: impl Future<Output = domain::error::Result<model::Network>>,
) -> Result<NetworkPayload> {
    let (network, user_errors) = outcome(ctx, command.await)?;
    Ok(NetworkPayload {
        network: network.map(Network),
        user_errors,
    })
}
