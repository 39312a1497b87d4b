//! The regions and districts of Kazakhstan, shipped with the product (`data/README.md` names the sources).

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;
use sea_orm::ColumnTrait;
use serde::Deserialize;

use super::policy::Regions;
use super::report::Report;
use crate::authz::Permit;
use crate::db::{Access, Tx};
use crate::error::{Error, Result};
use crate::id::Id;
use crate::region::entity::{Entity, period};
use crate::region::{Kind, Region, RegionPeriod};
use crate::school::commands::sort_name;
use crate::school::search::{index_regions, terms_of_place};
use crate::text::Localized;

const UNITS: &str = include_str!("../../data/regions.csv");
const CHANGES: &str = include_str!("../../data/region_changes.csv");

/// From when the table knows its units: the country's independence.
const EVER: Option<NaiveDate> = NaiveDate::from_ymd_opt(1991, 12, 16);

/// A unit as it is.
#[derive(Debug, Clone, Deserialize)]
struct Unit {
    code: String,
    parent: Option<String>,
    kind: Kind,
    kk: String,
    ru: String,
    en: String,
}

/// What was different before a day.
#[derive(Debug, Clone, Deserialize)]
struct Change {
    code: String,
    day: NaiveDate,
    change: What,
    parent: Option<String>,
    kk: Option<String>,
    ru: Option<String>,
    en: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum What {
    Founded,
    Moved,
    Renamed,
}

/// A time in which a unit did not change.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Period {
    from: NaiveDate,
    until: Option<NaiveDate>,
    parent: Option<String>,
    kk: String,
    ru: String,
    en: String,
}

impl Period {
    fn name(&self) -> Localized {
        Localized {
            kk: Some(self.kk.clone()),
            ru: Some(self.ru.clone()),
            en: Some(self.en.clone()),
        }
    }
}

/// Brings the tree of regions to what is shipped. Done again, it changes nothing.
pub async fn seed(access: &Access) -> Result<Report> {
    let tree = tree()?;
    let tx = access.begin().await?;
    let permit = tx.permit(Regions)?;
    let there = tx.find::<Entity>().all().await?;
    let there: HashMap<String, Region> = there
        .into_iter()
        .map(|region| (region.code.clone(), region))
        .collect();
    let ids: HashMap<&str, Id<Region>> = tree
        .iter()
        .map(|(unit, _)| unit.code.as_str())
        .map(|code| (code, there.get(code).map_or_else(Id::fresh, |row| row.id)))
        .collect();
    let mut report = Report::default();
    let mut changed = Vec::new();
    for (unit, periods) in &tree {
        let id = id_of(&ids, &unit.code)?;
        let region = Region {
            id,
            code: unit.code.clone(),
            kind: unit.kind,
            sort_name: sort_name(&now(periods)?.name()),
        };
        match there.get(&unit.code) {
            None => {
                report.added += 1;
                tx.insert(&permit, region).await?;
                changed.push((id, periods));
            }
            Some(before) => {
                let same = *before == region && has(&tx, id, periods, &ids).await?;
                if same {
                    report.unchanged += 1;
                    continue;
                }
                report.changed += 1;
                tx.update(&permit, region).await?;
                changed.push((id, periods));
            }
        }
    }
    // A period names its parent, so all regions come first.
    for (id, periods) in &changed {
        replace(&tx, &permit, *id, periods, &ids).await?;
    }
    if !changed.is_empty() {
        index_regions(&tx, &permit, terms(&tree, &ids)?).await?;
    }
    tx.commit().await?;
    Ok(report)
}

/// The tree as rows, for a database that is filled whole.
pub(crate) struct Rows {
    /// The units.
    pub(crate) regions: Vec<Region>,
    /// What they are and were.
    pub(crate) periods: Vec<RegionPeriod>,
    /// Their search words.
    pub(crate) terms: BTreeMap<Id<Region>, BTreeSet<String>>,
}

/// The tree as rows; `key` makes their ids.
pub(crate) fn rows(mut key: impl FnMut() -> uuid::Uuid) -> Result<Rows> {
    let tree = tree()?;
    let codes = tree.iter().map(|(unit, _)| unit.code.as_str());
    let ids = codes.map(|code| (code, Id::from_uuid(key()))).collect();
    let (mut regions, mut all) = (Vec::new(), Vec::new());
    for (unit, periods) in &tree {
        let id = id_of(&ids, &unit.code)?;
        regions.push(Region {
            id,
            code: unit.code.clone(),
            kind: unit.kind,
            sort_name: sort_name(&now(periods)?.name()),
        });
        let rows = rows_of(id, periods, &ids)?.into_iter();
        all.extend(rows.map(|row| RegionPeriod {
            id: Id::from_uuid(key()),
            ..row
        }));
    }
    let terms = terms(&tree, &ids)?;
    Ok(Rows {
        regions,
        periods: all,
        terms,
    })
}

fn id_of(ids: &HashMap<&str, Id<Region>>, code: &str) -> Result<Id<Region>> {
    let unknown = || Error::Fault(format!("regions.csv has no {code}"));
    ids.get(code).copied().ok_or_else(unknown)
}

fn now(periods: &[Period]) -> Result<&Period> {
    let none = || Error::Fault("a region without a present".to_owned());
    periods.last().ok_or_else(none)
}

async fn has(
    tx: &Tx,
    region: Id<Region>,
    periods: &[Period],
    ids: &HashMap<&str, Id<Region>>,
) -> Result<bool> {
    let rows = of(tx, region).await?;
    let mut there: Vec<_> = rows.iter().map(parts).collect();
    there.sort();
    let wanted = rows_of(region, periods, ids)?;
    let mut wanted: Vec<_> = wanted.iter().map(parts).collect();
    wanted.sort();
    Ok(there == wanted)
}

async fn of(tx: &Tx, region: Id<Region>) -> Result<Vec<RegionPeriod>> {
    tx.find::<period::Entity>()
        .filter(period::Column::RegionId.eq(region))
        .all()
        .await
}

type Parts<'a> = (
    NaiveDate,
    Option<NaiveDate>,
    Option<Id<Region>>,
    [&'a Option<String>; 3],
);

/// A period without its id.
fn parts(row: &RegionPeriod) -> Parts<'_> {
    let names = [&row.name_kk, &row.name_ru, &row.name_en];
    (row.from_day, row.until_day, row.parent_id, names)
}

fn rows_of(
    region: Id<Region>,
    periods: &[Period],
    ids: &HashMap<&str, Id<Region>>,
) -> Result<Vec<RegionPeriod>> {
    let row = |period: &Period| {
        let parent = period.parent.as_deref();
        Ok(RegionPeriod {
            id: Id::fresh(),
            region_id: region,
            parent_id: parent.map(|code| id_of(ids, code)).transpose()?,
            from_day: period.from,
            until_day: period.until,
            name_kk: Some(period.kk.clone()),
            name_ru: Some(period.ru.clone()),
            name_en: Some(period.en.clone()),
        })
    };
    periods.iter().map(row).collect()
}

async fn replace(
    tx: &Tx,
    permit: &Permit<Regions>,
    region: Id<Region>,
    periods: &[Period],
    ids: &HashMap<&str, Id<Region>>,
) -> Result<()> {
    for row in of(tx, region).await? {
        tx.delete(permit, row).await?;
    }
    tx.insert_all(permit, rows_of(region, periods, ids)?).await
}

/// The words of each unit: of all its names, and of all names of what it lies or lay in.
fn terms(
    tree: &[(Unit, Vec<Period>)],
    ids: &HashMap<&str, Id<Region>>,
) -> Result<BTreeMap<Id<Region>, BTreeSet<String>>> {
    let periods: HashMap<&str, &Vec<Period>> = tree
        .iter()
        .map(|(unit, periods)| (unit.code.as_str(), periods))
        .collect();
    let words = |(unit, _): &(Unit, Vec<Period>)| {
        let mut terms = BTreeSet::new();
        let mut codes = vec![unit.code.as_str()];
        while let Some(code) = codes.pop() {
            for period in periods.get(code).into_iter().copied().flatten() {
                terms.extend(terms_of_place(&period.name()));
                codes.extend(period.parent.as_deref());
            }
        }
        Ok((id_of(ids, &unit.code)?, terms))
    };
    tree.iter().map(words).collect()
}

/// The units with their periods, the earliest first.
fn tree() -> Result<Vec<(Unit, Vec<Period>)>> {
    let units: Vec<Unit> = read(UNITS)?;
    let mut changes: HashMap<String, Vec<Change>> = HashMap::new();
    for change in read::<Change>(CHANGES)? {
        changes.entry(change.code.clone()).or_default().push(change);
    }
    let with_periods = units.into_iter().map(|unit| {
        let changes = changes.remove(&unit.code).unwrap_or_default();
        let periods = periods(&unit, changes);
        (unit, periods)
    });
    Ok(with_periods.collect())
}

fn read<T: serde::de::DeserializeOwned>(text: &str) -> Result<Vec<T>> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader
        .deserialize()
        .collect::<Result<_, csv::Error>>()
        .map_err(|error| Error::Fault(error.to_string()))
}

/// Goes back from today, change by change.
fn periods(unit: &Unit, mut changes: Vec<Change>) -> Vec<Period> {
    changes.sort_by_key(|change| std::cmp::Reverse(change.day));
    let mut periods = Vec::new();
    let mut now = Period {
        from: EVER.unwrap_or_default(),
        until: None,
        parent: unit.parent.clone(),
        kk: unit.kk.clone(),
        ru: unit.ru.clone(),
        en: unit.en.clone(),
    };
    for change in changes {
        if now.until != Some(change.day) {
            periods.push(Period {
                from: change.day,
                ..now.clone()
            });
            now.until = Some(change.day);
        }
        match change.change {
            What::Founded => {
                periods.reverse();
                return periods;
            }
            What::Moved => now.parent = change.parent,
            What::Renamed => {
                now.kk = change.kk.unwrap_or(now.kk);
                now.ru = change.ru.unwrap_or(now.ru);
                now.en = change.en.unwrap_or(now.en);
            }
        }
    }
    periods.push(now);
    periods.reverse();
    periods
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(code: &str) -> (Unit, Vec<Period>) {
        let tree = tree().unwrap();
        tree.into_iter()
            .find(|(unit, _)| unit.code == code)
            .unwrap()
    }

    #[test]
    fn the_tree_holds_together() {
        let tree = tree().unwrap();
        let regions = tree.iter().filter(|(unit, _)| unit.kind == Kind::Region);
        assert_eq!(regions.count(), 20);
        let codes: BTreeSet<&str> = tree.iter().map(|(unit, _)| unit.code.as_str()).collect();
        assert_eq!(codes.len(), tree.len());
        for (unit, periods) in &tree {
            assert_eq!(
                unit.kind == Kind::Region,
                unit.parent.is_none(),
                "{}",
                unit.code
            );
            assert_eq!(periods.last().unwrap().until, None);
            for pair in periods.windows(2) {
                assert_eq!(pair[0].until, Some(pair[1].from), "{}", unit.code);
            }
            for period in periods {
                let parent = period.parent.as_deref();
                assert!(parent.is_none_or(|code| codes.contains(code)));
            }
        }
        for change in read::<Change>(CHANGES).unwrap() {
            assert!(codes.contains(change.code.as_str()), "{}", change.code);
        }
    }

    #[test]
    fn new_regions_begin_in_june_2022() {
        let june = NaiveDate::from_ymd_opt(2022, 6, 8).unwrap();
        for (region, before) in [("33", "19"), ("10", "63"), ("62", "35")] {
            let region = format!("{region}0000000");
            assert_eq!(found(&region).1[0].from, june);
            for (unit, periods) in tree().unwrap() {
                if unit.parent.as_deref() == Some(&region) {
                    assert_eq!(periods[0].parent, Some(format!("{before}0000000")));
                    assert_eq!(periods[0].until, Some(june));
                }
            }
        }
    }

    #[test]
    fn konaev_was_kapshagai() {
        let (_, periods) = found("191000000");
        assert_eq!(periods[0].en, "Kapshagai");
        assert_eq!(periods[1].en, "Konaev");
    }
}
