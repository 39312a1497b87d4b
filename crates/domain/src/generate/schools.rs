//! Schools: the real ones of a registry first, then invented ones, each region's share of them.

use std::collections::{BTreeMap, HashMap};

use super::chance::Chance;
use super::recipe::Recipe;
use crate::clock::Timestamp;
use crate::error::{Error, Result};
use crate::id::Id;
use crate::import::regions;
use crate::region::{Kind, Region};
use crate::school::commands::sort_name;
use crate::school::{School, State};
use crate::text::Localized;

/// Where schools may lie.
pub(super) struct Land {
    /// The districts and cities of each region, by the region's code.
    pub(super) districts: BTreeMap<String, Vec<Id<Region>>>,
    /// The region's code of each unit.
    pub(super) region_of: HashMap<Id<Region>, String>,
    /// The key of each code.
    pub(super) by_code: HashMap<String, Id<Region>>,
}

impl Land {
    pub(super) fn of(rows: &regions::Rows) -> Self {
        let parents: HashMap<_, _> = rows
            .periods
            .iter()
            .filter(|period| period.until_day.is_none())
            .filter_map(|period| Some((period.region_id, period.parent_id?)))
            .collect();
        let codes: HashMap<_, _> = rows.regions.iter().map(|r| (r.id, &r.code)).collect();
        let mut land = Self {
            districts: BTreeMap::new(),
            region_of: HashMap::new(),
            by_code: HashMap::new(),
        };
        for unit in &rows.regions {
            let mut top = unit.id;
            while let Some(parent) = parents.get(&top) {
                top = *parent;
            }
            let code = codes
                .get(&top)
                .map(|code| (*code).clone())
                .unwrap_or_default();
            if unit.kind == Kind::District {
                land.districts
                    .entry(code.clone())
                    .or_default()
                    .push(unit.id);
            }
            land.region_of.insert(unit.id, code);
            land.by_code.insert(unit.code.clone(), unit.id);
        }
        land
    }
}

/// Real schools are filled up with invented ones to `count`.
pub(super) fn fill_up(
    mut schools: Vec<School>,
    count: usize,
    land: &Land,
    recipe: &Recipe,
    seed: u64,
    now: Timestamp,
) -> Result<Vec<School>> {
    schools.truncate(count);
    let mut chance = Chance::new(seed, "schools");
    let mut have: HashMap<&str, usize> = HashMap::new();
    for school in &schools {
        let code = school.region_id.and_then(|id| land.region_of.get(&id));
        *have.entry(code.map_or("", String::as_str)).or_default() += 1;
    }
    // The regions that lack most of their share come first: in the end each has it.
    let sum: u32 = recipe.regions.values().sum();
    let lack = |code: &str, have: &HashMap<&str, usize>| {
        let share = recipe.regions.get(code).copied().unwrap_or_default();
        f64::from(share) * count as f64 / f64::from(sum)
            - have.get(code).copied().unwrap_or(0) as f64
    };
    let mut numbers: HashMap<Id<Region>, u32> = HashMap::new();
    while schools.len() < count {
        let code = recipe
            .regions
            .keys()
            .map(String::as_str)
            .max_by(|a, b| lack(a, &have).total_cmp(&lack(b, &have)));
        let code = code.ok_or_else(|| Error::Fault("no regions".to_owned()))?;
        *have.entry(code).or_default() += 1;
        let district = land.districts.get(code).and_then(|all| chance.pick(all));
        let district = district.or_else(|| land.by_code.get(code)).copied();
        let id = chance.id(now);
        let number = district.map(|district| numbers.entry(district).or_default());
        let number = number.map_or(1, |last| {
            *last += 1;
            *last
        });
        let serial = schools.len() + 1;
        schools.push(invented(
            &mut chance,
            recipe,
            id,
            (serial, number),
            district,
            now,
        ));
    }
    Ok(schools)
}

fn invented(
    chance: &mut Chance,
    recipe: &Recipe,
    id: Id<School>,
    (serial, number): (usize, u32),
    district: Option<Id<Region>>,
    now: Timestamp,
) -> School {
    let names = &recipe.names;
    let (kind, kk, ru) = chance
        .weighed(&recipe.kind, |kind| kind.share)
        .map_or(("", "", ""), |kind| (&kind.key, &kind.kk, &kind.ru));
    let village = chance.pick(&names.villages).cloned().unwrap_or_default();
    let namesake = chance.pick(&names.namesakes).cloned().unwrap_or_default();
    let (numbered, namesaked) = if chance.percent(names.numbered) {
        (true, chance.percent(names.numbered_namesake))
    } else {
        // The share is of all schools, and these are the rest.
        (
            false,
            chance.percent(names.namesake * 100 / (100 - names.numbered)),
        )
    };
    let (kk, ru) = match (numbered, namesaked) {
        (true, true) => (
            format!("{} атындағы №{number} {kk}", namesake.0),
            format!("{ru} № {number} имени {}", namesake.1),
        ),
        (true, false) => (format!("№{number} {kk}"), format!("{ru} № {number}")),
        (false, true) => (
            format!("{} атындағы {kk}", namesake.0),
            format!("{ru} имени {}", namesake.1),
        ),
        (false, false) => (
            format!("{} {kk}", village.0),
            format!("{ru} села {}", village.1),
        ),
    };
    let name = Localized {
        kk: Some(kk),
        ru: Some(ru),
        en: None,
    };
    let languages: Vec<_> = recipe.teaching_languages.iter().collect();
    let languages = chance.weighed(&languages, |(_, share)| **share);
    School {
        id,
        source: "generated".to_owned(),
        source_id: serial.to_string(),
        sort_name: sort_name(&name),
        name_kk: name.kk,
        name_ru: name.ru,
        name_en: None,
        region_id: district,
        place: Some(village.1),
        address: None,
        kind: Some(kind.to_owned()),
        languages: languages
            .map(|(codes, _)| (*codes).clone())
            .unwrap_or_default(),
        opened_on: None,
        closed_on: None,
        state: State::Unclaimed,
        merged_into_id: None,
        source_digest: None,
        version: 1,
        created_at: now,
    }
}
