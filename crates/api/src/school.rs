//! Schools.

use std::collections::HashMap;

use async_graphql::dataloader::Loader;
use async_graphql::{Context, Enum, ID, InputObject, Object, Result};
use chrono::{DateTime, Utc};
use domain::id::Id;
use domain::membership;
use domain::network;
use domain::page::Page;
use domain::school::{self as model, queries};

use crate::connection::{Connection, Paging, connect};
use crate::designation::{Designation, DesignationKind, DesignationsOf};
use crate::ids::{shown, wanted};
use crate::membership::Membership;
use crate::network::Network;
use crate::person::Person;
use crate::region::{Region, top};
use crate::rows::{Fault, Rows, access, by_id, load, read};
use crate::scalar::{Date, LocalizedText};

/// Where a school stands.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "model::State")]
pub enum SchoolState {
    /// Nobody speaks for it here yet.
    Unclaimed,
    /// Somebody does.
    Verified,
    /// It is no more.
    Closed,
    /// It was the same as another one, or became part of it.
    Merged,
}

/// A sort of name.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "model::NameKind")]
pub enum SchoolNameKind {
    /// The name of its papers; a former one when its last day is over.
    Official,
    /// What people call it as well.
    Alias,
}

/// A school.
pub struct School(pub model::School);

/// A school. Its card is public.
#[Object]
impl School {
    /// The id.
    pub(crate) async fn id(&self) -> ID {
        shown(self.0.id)
    }

    /// The version, to send back with a change.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// What it is called today.
    async fn name(&self) -> LocalizedText {
        LocalizedText(self.0.name())
    }

    /// All it is and was called, the oldest entry first, at most 50.
    async fn names(&self, ctx: &Context<'_>) -> Result<Vec<SchoolName>> {
        let names = load(ctx, NamesOf(self.0.id)).await?.unwrap_or_default();
        Ok(names.into_iter().take(50).map(SchoolName).collect())
    }

    /// The region it lies in, or lay in on that day; null when it is unknown.
    async fn region(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "On which day; today when left out.")] on: Option<Date>,
    ) -> Result<Option<Region>> {
        top(ctx, self.0.region_id, on).await
    }

    /// The district or city it lies in; the region when no more is known.
    async fn district(&self, ctx: &Context<'_>) -> Result<Option<Region>> {
        match self.0.region_id {
            Some(region) => Ok(by_id(ctx, region).await?.map(Region)),
            None => Ok(None),
        }
    }

    /// Town or village, as the registry writes it.
    async fn place(&self) -> Option<&str> {
        self.0.place.as_deref()
    }

    /// Street and house, as the registry writes them.
    async fn address(&self) -> Option<&str> {
        self.0.address.as_deref()
    }

    /// Kind of school as the registry names it.
    async fn kind(&self) -> Option<&str> {
        self.0.kind.as_deref()
    }

    /// Teaching languages, two-letter codes, at most 10.
    async fn languages(&self) -> Vec<&str> {
        self.0.teaching_languages().collect()
    }

    /// Where it stands.
    async fn state(&self) -> SchoolState {
        self.0.state.into()
    }

    /// Its first day, when known.
    async fn opened_on(&self) -> Option<Date> {
        self.0.opened_on.map(Date)
    }

    /// The first day on which it was no more, when known.
    async fn closed_on(&self) -> Option<Date> {
        self.0.closed_on.map(Date)
    }

    /// What it was merged into.
    async fn merged_into(&self, ctx: &Context<'_>) -> Result<Option<School>> {
        match self.0.merged_into_id {
            Some(into) => Ok(by_id(ctx, into).await?.map(School)),
            None => Ok(None),
        }
    }

    /// Since when it is known here.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// What it is and was named, the latest first, at most 50.
    async fn designations(&self, ctx: &Context<'_>) -> Result<Vec<Designation>> {
        let all = load(ctx, DesignationsOf(self.0.id)).await?;
        let all = all.unwrap_or_default().into_iter().take(50);
        Ok(all.map(Designation).collect())
    }

    /// Who speaks for it, at most 20. For people who are signed in; empty for others.
    async fn coordinators(&self, ctx: &Context<'_>) -> Result<Vec<Person>> {
        let ids = load(ctx, CoordinatorsOf(self.0.id)).await?;
        let ids = ids.unwrap_or_default().into_iter().take(20);
        let persons = ids.map(|id| by_id(ctx, id));
        let persons = futures_util::future::try_join_all(persons).await?;
        Ok(persons.into_iter().flatten().map(Person).collect())
    }

    /// The people of it whom the viewer may see, who came first at the top: everybody who is signed in sees who speaks
    /// for it, those who belong to it see everybody.
    async fn members(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start, 1 to 100; 20 when neither is given.")]
        first: Option<i32>,
        #[graphql(desc = "After this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
    ) -> Result<Option<Connection<Membership>>> {
        let window = Paging {
            first,
            after,
            last,
            before,
        }
        .window(ctx)?;
        let (access, id) = (access(ctx)?, self.0.id);
        let page = if window.is_first() {
            let key = FirstMembers(id, window.size());
            load(ctx, key).await?.unwrap_or_default()
        } else {
            read(ctx, membership::queries::members_of(access, id, &window)).await?
        };
        connect(ctx, page, Membership, || {
            membership::queries::count_members(access, id)
        })
        .await
        .map(Some)
    }

    /// The networks it leads or is a partner in, at most 20.
    async fn networks(&self, ctx: &Context<'_>) -> Result<Vec<Network>> {
        let networks = load(ctx, NetworksOf(self.0.id)).await?;
        let networks = networks.unwrap_or_default().into_iter().take(20);
        Ok(networks.map(Network).collect())
    }

    /// Whether the viewer may correct its entry.
    async fn viewer_can_update(&self, ctx: &Context<'_>) -> Result<bool> {
        Ok(self.0.allowed(access(ctx)?).update)
    }

    /// Whether the viewer may note that it is no more.
    async fn viewer_can_close(&self, ctx: &Context<'_>) -> Result<bool> {
        Ok(self.0.allowed(access(ctx)?).close)
    }

    /// Whether the viewer may propose it for a designation.
    async fn viewer_can_nominate(&self, ctx: &Context<'_>) -> Result<bool> {
        Ok(self.0.allowed(access(ctx)?).nominate)
    }

    /// Whether the viewer may award it a designation.
    async fn viewer_can_award(&self, ctx: &Context<'_>) -> Result<bool> {
        Ok(self.0.allowed(access(ctx)?).award)
    }
}

/// What a school is or was called.
pub struct SchoolName(model::SchoolName);

/// What a school is or was called.
#[Object]
impl SchoolName {
    /// Which sort of name.
    async fn kind(&self) -> SchoolNameKind {
        self.0.kind.into()
    }

    /// The name.
    async fn name(&self) -> LocalizedText {
        LocalizedText(self.0.name())
    }

    /// First day, when known.
    async fn from(&self) -> Option<Date> {
        self.0.from_day.map(Date)
    }

    /// First day on which it was no longer called so; null while it is.
    async fn until(&self) -> Option<Date> {
        self.0.until_day.map(Date)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct NamesOf(Id<model::School>);

impl Loader<NamesOf> for Rows {
    type Value = Vec<model::SchoolName>;
    type Error = Fault;

    async fn load(&self, keys: &[NamesOf]) -> Result<HashMap<NamesOf, Self::Value>, Fault> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        let mut of: HashMap<_, Vec<_>> = HashMap::new();
        for name in queries::names(&self.0, &ids).await? {
            of.entry(NamesOf(name.school_id)).or_default().push(name);
        }
        Ok(of)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct CoordinatorsOf(Id<model::School>);

impl Loader<CoordinatorsOf> for Rows {
    type Value = Vec<Id<domain::person::Person>>;
    type Error = Fault;

    async fn load(
        &self,
        keys: &[CoordinatorsOf],
    ) -> Result<HashMap<CoordinatorsOf, Self::Value>, Fault> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        let mut of: HashMap<_, Vec<_>> = HashMap::new();
        for row in membership::queries::coordinators(&self.0, &ids).await? {
            of.entry(CoordinatorsOf(Id::from_uuid(row.scope_id)))
                .or_default()
                .push(row.person_id);
        }
        Ok(of)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct FirstMembers(Id<model::School>, usize);

impl Loader<FirstMembers> for Rows {
    type Value = Page<membership::Membership>;
    type Error = Fault;

    async fn load(
        &self,
        keys: &[FirstMembers],
    ) -> Result<HashMap<FirstMembers, Self::Value>, Fault> {
        let mut alike: HashMap<_, Vec<_>> = HashMap::new();
        for key in keys {
            alike.entry(key.1).or_default().push(key.0);
        }
        let mut found = HashMap::new();
        for (size, of) in alike {
            let pages = membership::queries::first_members(&self.0, &of, size).await?;
            let pages = pages.into_iter();
            found.extend(pages.map(|(of, page)| (FirstMembers(of, size), page)));
        }
        Ok(found)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct NetworksOf(Id<model::School>);

impl Loader<NetworksOf> for Rows {
    type Value = Vec<network::Network>;
    type Error = Fault;

    async fn load(&self, keys: &[NetworksOf]) -> Result<HashMap<NetworksOf, Self::Value>, Fault> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        let mut of: HashMap<_, Vec<_>> = HashMap::new();
        for (school, network) in network::queries::of_schools(&self.0, &ids).await? {
            of.entry(NetworksOf(school)).or_default().push(network);
        }
        Ok(of)
    }
}

/// Which schools. Everything given must hold.
#[derive(InputObject, Debug, Clone, Default)]
pub struct SchoolFilter {
    /// In this region or district …
    region_id: Option<ID>,
    /// … as it was on this day; today when left out.
    region_on: Option<Date>,
    /// In one of these states, at most 4; all but the merged ones when left out.
    #[graphql(validator(max_items = 4))]
    states: Option<Vec<SchoolState>>,
    /// That hold this designation today.
    designated: Option<DesignationKind>,
    /// Of this kind, as the registry names it; at most 100 characters.
    #[graphql(validator(chars_max_length = 100))]
    kind: Option<String>,
    /// That are in a network, or that are in none.
    networked: Option<bool>,
}

impl From<SchoolFilter> for queries::Filter {
    fn from(filter: SchoolFilter) -> Self {
        Self {
            region: filter.region_id.as_ref().map(wanted),
            on: filter.region_on.map(|day| day.0),
            states: filter
                .states
                .map(|states| states.into_iter().map(Into::into).collect()),
            designated: filter.designated.map(Into::into),
            kind: filter.kind,
            networked: filter.networked,
        }
    }
}

/// How a list of schools is sorted.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "queries::By")]
pub enum SchoolOrder {
    /// What fits the query best first; without a query, by name.
    Relevance,
    /// By name.
    Name,
    /// The latest added first.
    Newest,
}

/// Reading schools.
#[derive(Default)]
pub struct SchoolQuery;

#[Object]
impl SchoolQuery {
    /// The school with this id. Everybody.
    async fn school(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id.")] id: ID,
    ) -> Result<Option<School>> {
        match id.parse() {
            Ok(id) => Ok(by_id(ctx, id).await?.map(School)),
            Err(_) => Ok(None),
        }
    }

    /// Schools: all, or those a query finds. Everybody.
    #[expect(
        clippy::too_many_arguments,
        reason = "Relay's four, and what a list has"
    )]
    async fn schools(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Words of any name the school or its place has or had, in Kazakh, Russian or Latin letters: \
                    whole, their beginnings, or with one letter wrong. At most 100 characters; six words count."
        )]
        query: Option<String>,
        #[graphql(desc = "Which ones.")] filter: Option<SchoolFilter>,
        #[graphql(desc = "In which order.", default_with = "SchoolOrder::Relevance")]
        order_by: SchoolOrder,
        #[graphql(desc = "How many from the start, 1 to 100; 20 when neither is given.")]
        first: Option<i32>,
        #[graphql(desc = "After this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
    ) -> Result<Option<Connection<School>>> {
        let window = Paging {
            first,
            after,
            last,
            before,
        }
        .window(ctx)?;
        let (access, filter) = (access(ctx)?, filter.unwrap_or_default().into());
        let query = query.as_deref();
        let page = queries::page(access, query, &filter, order_by.into(), &window);
        let page = read(ctx, page).await?;
        connect(ctx, page, School, || queries::count(access, query, &filter))
            .await
            .map(Some)
    }
}
