//! Schools.

use std::collections::HashMap;

use async_graphql::dataloader::Loader;
use async_graphql::{Context, Enum, ID, InputObject, MaybeUndefined, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};
use domain::id::Id;
use domain::membership;
use domain::network;
use domain::school::{self as model, commands, queries};

use crate::connection::{Connection, Paging, connect, page_cost};
use crate::designation::{Designation, DesignationKind, DesignationsOf};
use crate::errors::{UserError, outcome};
use crate::ids::{given, shown, wanted};
use crate::network::Network;
use crate::person::Person;
use crate::region::{Region, top};
use crate::rows::{Fault, Rows, access, asking, by_id, load, read};
use crate::scalar::{Date, LocalizedText, LocalizedTextInput};

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
    #[graphql(complexity = "page_cost(first, last, child_complexity)")]
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

/// A school that no registry has.
#[derive(InputObject)]
pub struct SchoolAddInput {
    /// What it is called, at most 300 characters a language.
    name: LocalizedTextInput,
    /// What people call it as well, at most 20.
    #[graphql(default)]
    aliases: Vec<LocalizedTextInput>,
    /// The district or region it lies in.
    region_id: Option<ID>,
    /// Town or village, at most 300 characters.
    place: Option<String>,
    /// Street and house, at most 300 characters.
    address: Option<String>,
    /// Kind of school, at most 300 characters.
    kind: Option<String>,
    /// Teaching languages, two-letter codes, at most 10.
    #[graphql(default)]
    languages: Vec<String>,
    /// Sent again by the same person, it returns the first answer instead of a second effect. At most 100 characters.
    idempotency_key: Option<String>,
}

/// A correction of a school's entry: what is left out stays, null clears.
#[derive(InputObject)]
pub struct SchoolUpdateInput {
    /// The school.
    id: ID,
    /// The version the viewer saw.
    version: i32,
    /// What it is called, at most 300 characters a language.
    name: Option<LocalizedTextInput>,
    /// The day from which it is called so: the old name stays as a former one. Left out, the old name was wrong.
    renamed_on: Option<Date>,
    /// What people call it as well, at most 20; all of them.
    aliases: Option<Vec<LocalizedTextInput>>,
    /// The district or region it lies in; another one only by trainers of both, or administrators.
    region_id: MaybeUndefined<ID>,
    /// Town or village, at most 300 characters.
    place: MaybeUndefined<String>,
    /// Street and house, at most 300 characters.
    address: MaybeUndefined<String>,
    /// Kind of school, at most 300 characters.
    kind: MaybeUndefined<String>,
    /// Teaching languages, two-letter codes, at most 10; all of them.
    languages: Option<Vec<String>>,
}

/// The end of a school.
#[derive(InputObject)]
pub struct SchoolCloseInput {
    /// The school.
    id: ID,
    /// The version the viewer saw.
    version: i32,
    /// Why, at most 1,000 characters.
    reason: String,
}

/// Two entries become one.
#[derive(InputObject)]
pub struct SchoolMergeInput {
    /// The school that goes.
    id: ID,
    /// The version of it that the viewer saw.
    version: i32,
    /// The school that stays.
    into_id: ID,
}

/// What became of it.
#[derive(SimpleObject)]
pub struct SchoolPayload {
    /// The school as it is now; null when nothing was done.
    school: Option<School>,
    /// What the person can mend; empty when it was done. At most 20.
    user_errors: Vec<UserError>,
}

/// Doing things with schools.
#[derive(Default)]
pub struct SchoolMutation;

#[Object]
impl SchoolMutation {
    /// Adds a school that no registry has. Trainers of the region, platform administrators.
    async fn school_add(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The new school.")] input: SchoolAddInput,
    ) -> Result<SchoolPayload> {
        payload(ctx, async {
            let region = input.region_id.map(|id| given(&id, "regionId"));
            let card = commands::Card {
                name: input.name.into(),
                aliases: input.aliases.into_iter().map(Into::into).collect(),
                region: region.transpose()?,
                place: input.place,
                address: input.address,
                kind: input.kind,
                languages: input.languages,
            };
            commands::add(asking(ctx)?, &card, input.idempotency_key.as_deref()).await
        })
        .await
    }

    /// Corrects a school's entry. Coordinators of the school, trainers of its region, platform administrators.
    async fn school_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The corrections.")] input: SchoolUpdateInput,
    ) -> Result<SchoolPayload> {
        payload(ctx, async {
            let access = asking(ctx)?;
            let id = given(&input.id, "id")?;
            let before = queries::card(access, id).await?;
            let region = match input.region_id {
                MaybeUndefined::Undefined => before.region,
                MaybeUndefined::Null => None,
                MaybeUndefined::Value(region) => Some(given(&region, "regionId")?),
            };
            let aliases = input
                .aliases
                .map(|names| names.into_iter().map(Into::into).collect());
            let card = commands::Card {
                name: input.name.map_or(before.name, Into::into),
                aliases: aliases.unwrap_or(before.aliases),
                region,
                place: changed(input.place, before.place),
                address: changed(input.address, before.address),
                kind: changed(input.kind, before.kind),
                languages: input.languages.unwrap_or(before.languages),
            };
            let renamed_on = input.renamed_on.map(|day| day.0);
            commands::update(access, id, input.version, &card, renamed_on).await
        })
        .await
    }

    /// Notes that a school is no more. Trainers of its region, platform administrators.
    async fn school_close(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one, and why.")] input: SchoolCloseInput,
    ) -> Result<SchoolPayload> {
        payload(ctx, async {
            let id = given(&input.id, "id")?;
            commands::close(asking(ctx)?, id, input.version, &input.reason).await
        })
        .await
    }

    /// Makes one of two entries: names, people, designations, networks and live partnerships of the one that goes move
    /// to the one that stays. Trainers of both regions, platform administrators.
    async fn school_merge(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one into which.")] input: SchoolMergeInput,
    ) -> Result<SchoolPayload> {
        payload(ctx, async {
            let (id, into) = (given(&input.id, "id")?, given(&input.into_id, "intoId")?);
            model::merge(asking(ctx)?, id, input.version, into).await
        })
        .await
    }
}

/// The new text, or what stays.
fn changed(new: MaybeUndefined<String>, before: Option<String>) -> Option<String> {
    match new {
        MaybeUndefined::Undefined => before,
        MaybeUndefined::Null => None,
        MaybeUndefined::Value(text) => Some(text),
    }
}

async fn payload(
    ctx: &Context<'_>,
    command: impl Future<Output = domain::error::Result<model::School>>,
) -> Result<SchoolPayload> {
    let (school, user_errors) = outcome(ctx, command.await)?;
    Ok(SchoolPayload {
        school: school.map(School),
        user_errors,
    })
}
