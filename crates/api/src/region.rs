//! Regions and districts, by date.

use std::collections::HashMap;

use async_graphql::dataloader::Loader;
use async_graphql::{Context, Enum, ID, InputObject, Object, OneofObject, Result};
use chrono::NaiveDate;
use domain::id::Id;
use domain::region::{self as model, numbers, queries};
use domain::school;

use crate::connection::{Connection, Paging, connect};
use crate::ids::{shown, wanted};
use crate::rows::{Fault, Rows, access, by_id, load, read};
use crate::scalar::{Date, LocalizedText};

/// What a region is in the tree.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "model::Kind")]
pub enum RegionKind {
    /// A region, or a city of republican importance.
    Region,
    /// A district of a region or of such a city, or a city of its own.
    District,
}

/// A region or district.
pub struct Region(pub model::Region);

/// A region or district. Names and places in the tree change by date.
#[Object]
impl Region {
    /// The id.
    pub(crate) async fn id(&self) -> ID {
        shown(self.0.id)
    }

    /// The code of the official classifier.
    async fn code(&self) -> &str {
        &self.0.code
    }

    /// What it is in the tree.
    async fn kind(&self) -> RegionKind {
        self.0.kind.into()
    }

    /// What it is called, or was on that day; null when it was not there then.
    async fn name(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "On which day; today when left out.")] on: Option<Date>,
    ) -> Result<Option<LocalizedText>> {
        let period = load(ctx, PeriodOn(self.0.id, day(ctx, on)?)).await?;
        Ok(period.map(|period| LocalizedText(period.name())))
    }

    /// What it lies in, or lay in on that day; null for a region, and when it was not there then.
    async fn parent(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "On which day; today when left out.")] on: Option<Date>,
    ) -> Result<Option<Region>> {
        let period = load(ctx, PeriodOn(self.0.id, day(ctx, on)?)).await?;
        match period.and_then(|period| period.parent_id) {
            Some(parent) => Ok(by_id(ctx, parent).await?.map(Region)),
            None => Ok(None),
        }
    }

    /// What lies in it, or lay in it on that day, by name, at most 100.
    async fn parts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "On which day; today when left out.")] on: Option<Date>,
    ) -> Result<Vec<Region>> {
        let parts = load(ctx, PartsOn(self.0.id, day(ctx, on)?)).await?;
        let parts = parts.unwrap_or_default().into_iter().take(100);
        Ok(parts.map(Region).collect())
    }

    /// What it comes to in numbers today, with all that lies in it, or lay in it on that day.
    async fn numbers(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "On which day a school lay where it counts; today when left out.")]
        on: Option<Date>,
    ) -> Result<RegionNumbers> {
        let numbers = load(ctx, NumbersOn(self.0.id, day(ctx, on)?)).await?;
        Ok(RegionNumbers(numbers.unwrap_or_default()))
    }

    /// Whether the viewer may add a school to it.
    async fn viewer_can_add_school(&self, ctx: &Context<'_>) -> Result<bool> {
        Ok(school::queries::may_add(access(ctx)?, self.0.id))
    }

    /// All that it was called and lay in, the earliest first, at most 20.
    async fn periods(&self, ctx: &Context<'_>) -> Result<Vec<RegionPeriod>> {
        let periods = load(ctx, PeriodsOf(self.0.id)).await?.unwrap_or_default();
        Ok(periods.into_iter().take(20).map(RegionPeriod).collect())
    }
}

/// What a region comes to in numbers. They are of schools, not of people, so none is withheld for being small.
pub struct RegionNumbers(numbers::Numbers);

/// What a region comes to in numbers. They are of schools, not of people, so none is withheld for being small.
#[Object]
impl RegionNumbers {
    /// Schools that are neither closed nor merged.
    async fn schools(&self) -> i64 {
        self.0.schools
    }

    /// Of these schools, how many are designated as a Leading school today.
    async fn leading(&self) -> i64 {
        self.0.leading
    }

    /// Of these schools, how many are the Magnetic side of an active partnership.
    async fn magnetic(&self) -> i64 {
        self.0.magnetic
    }

    /// Networks that are not closed and that a school of the region leads.
    async fn networks(&self) -> i64 {
        self.0.networks
    }

    /// Active partnerships whose Leading school is of the region.
    async fn partnerships(&self) -> i64 {
        self.0.partnerships
    }
}

/// A time in which a region had one name and one place in the tree.
pub struct RegionPeriod(model::RegionPeriod);

/// A time in which a region had one name and one place in the tree.
#[Object]
impl RegionPeriod {
    /// First day.
    async fn from(&self) -> Date {
        Date(self.0.from_day)
    }

    /// First day of what came after; null while it lasts.
    async fn until(&self) -> Option<Date> {
        self.0.until_day.map(Date)
    }

    /// What it was called.
    async fn name(&self) -> LocalizedText {
        LocalizedText(self.0.name())
    }

    /// What it lay in.
    async fn parent(&self, ctx: &Context<'_>) -> Result<Option<Region>> {
        match self.0.parent_id {
            Some(parent) => Ok(by_id(ctx, parent).await?.map(Region)),
            None => Ok(None),
        }
    }
}

/// The day asked for, or today.
pub(crate) fn day(ctx: &Context<'_>, on: Option<Date>) -> Result<NaiveDate> {
    match on {
        Some(Date(day)) => Ok(day),
        None => Ok(access(ctx)?.today()),
    }
}

/// The region at the top of the tree that this district or region lay in on that day.
pub(crate) async fn top(
    ctx: &Context<'_>,
    region: Option<Id<model::Region>>,
    on: Option<Date>,
) -> Result<Option<Region>> {
    let Some(region) = region else {
        return Ok(None);
    };
    match load(ctx, TopOn(region, day(ctx, on)?)).await? {
        Some(top) => Ok(by_id(ctx, top.region_id).await?.map(Region)),
        None => Ok(None),
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct PeriodOn(Id<model::Region>, NaiveDate);

impl Loader<PeriodOn> for Rows {
    type Value = model::RegionPeriod;
    type Error = Fault;

    async fn load(&self, keys: &[PeriodOn]) -> Result<HashMap<PeriodOn, Self::Value>, Fault> {
        let mut found = HashMap::new();
        for (day, of) in by_day(keys.iter().map(|key| (key.0, key.1))) {
            let periods = queries::periods_on(&self.0, &of, day).await?;
            let keyed = periods.into_iter();
            found.extend(keyed.map(|period| (PeriodOn(period.region_id, day), period)));
        }
        Ok(found)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct TopOn(Id<model::Region>, NaiveDate);

impl Loader<TopOn> for Rows {
    type Value = model::RegionPeriod;
    type Error = Fault;

    async fn load(&self, keys: &[TopOn]) -> Result<HashMap<TopOn, Self::Value>, Fault> {
        let mut found = HashMap::new();
        for (day, of) in by_day(keys.iter().map(|key| (key.0, key.1))) {
            let tops = queries::tops_on(&self.0, &of, day).await?;
            found.extend(tops.into_iter().map(|(of, top)| (TopOn(of, day), top)));
        }
        Ok(found)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct PartsOn(Id<model::Region>, NaiveDate);

impl Loader<PartsOn> for Rows {
    type Value = Vec<model::Region>;
    type Error = Fault;

    async fn load(&self, keys: &[PartsOn]) -> Result<HashMap<PartsOn, Self::Value>, Fault> {
        let mut found: HashMap<_, Vec<_>> = HashMap::new();
        for (day, of) in by_day(keys.iter().map(|key| (key.0, key.1))) {
            for (of, part) in queries::parts_on(&self.0, &of, day).await? {
                found.entry(PartsOn(of, day)).or_default().push(part);
            }
        }
        Ok(found)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct NumbersOn(Id<model::Region>, NaiveDate);

impl Loader<NumbersOn> for Rows {
    type Value = numbers::Numbers;
    type Error = Fault;

    async fn load(&self, keys: &[NumbersOn]) -> Result<HashMap<NumbersOn, Self::Value>, Fault> {
        let mut found = HashMap::new();
        for (day, of) in by_day(keys.iter().map(|key| (key.0, key.1))) {
            let numbers = numbers::of(&self.0, &of, day).await?;
            found.extend(numbers.into_iter().map(|(of, it)| (NumbersOn(of, day), it)));
        }
        Ok(found)
    }
}

type Days = HashMap<NaiveDate, Vec<Id<model::Region>>>;

fn by_day(keys: impl Iterator<Item = (Id<model::Region>, NaiveDate)>) -> Days {
    let mut days = Days::new();
    for (region, day) in keys {
        days.entry(day).or_default().push(region);
    }
    days
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct PeriodsOf(Id<model::Region>);

impl Loader<PeriodsOf> for Rows {
    type Value = Vec<model::RegionPeriod>;
    type Error = Fault;

    async fn load(&self, keys: &[PeriodsOf]) -> Result<HashMap<PeriodsOf, Self::Value>, Fault> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        let mut of: HashMap<_, Vec<_>> = HashMap::new();
        for period in queries::periods(&self.0, &ids).await? {
            of.entry(PeriodsOf(period.region_id))
                .or_default()
                .push(period);
        }
        Ok(of)
    }
}

/// What tells a region.
#[derive(OneofObject, Debug, Clone)]
pub enum RegionBy {
    /// Its id.
    Id(ID),
    /// Its code in the official classifier.
    Code(String),
}

/// Which regions. Everything given must hold.
#[derive(InputObject, Debug, Clone, Default)]
pub struct RegionFilter {
    /// That were there on this day; today when left out.
    on: Option<Date>,
    /// Of this kind.
    kind: Option<RegionKind>,
    /// That lay in this region then.
    parent_id: Option<ID>,
}

impl From<RegionFilter> for queries::Filter {
    fn from(filter: RegionFilter) -> Self {
        Self {
            on: filter.on.map(|day| day.0),
            kind: filter.kind.map(Into::into),
            parent: filter.parent_id.as_ref().map(wanted),
        }
    }
}

/// Reading regions.
#[derive(Default)]
pub struct RegionQuery;

#[Object]
impl RegionQuery {
    /// The region or district with this id or code. Everybody.
    async fn region(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its id or code.")] by: RegionBy,
    ) -> Result<Option<Region>> {
        let found = match by {
            RegionBy::Id(id) => match id.parse() {
                Ok(id) => by_id(ctx, id).await?,
                Err(_) => None,
            },
            RegionBy::Code(code) => read(ctx, queries::by_code(access(ctx)?, &code)).await?,
        };
        Ok(found.map(Region))
    }

    /// Regions and districts by name. Everybody.
    async fn regions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which ones.")] filter: Option<RegionFilter>,
        #[graphql(desc = "How many from the start, 1 to 100; 20 when neither is given.")]
        first: Option<i32>,
        #[graphql(desc = "After this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
    ) -> Result<Option<Connection<Region>>> {
        let window = Paging {
            first,
            after,
            last,
            before,
        }
        .window(ctx)?;
        let (access, filter) = (access(ctx)?, filter.unwrap_or_default().into());
        let by = queries::By::default();
        let page = read(ctx, queries::page(access, &filter, by, &window)).await?;
        connect(ctx, page, Region, || queries::count(access, &filter))
            .await
            .map(Some)
    }
}
