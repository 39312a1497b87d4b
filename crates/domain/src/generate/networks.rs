//! Networks, and partnerships in every state with their papers.

use std::collections::{BTreeMap, HashMap};

use chrono::{Days, Duration, NaiveDate};

use super::chance::Chance;
use super::people::Staff;
use super::recipe::Recipe;
use super::schools::Land;
use crate::clock::Timestamp;
use crate::collation;
use crate::designation::{Designation, Kind, State as Designated};
use crate::id::Id;
use crate::network::{Network, NetworkLead, State as Standing};
use crate::partnership::{ANSWER_WITHIN_DAYS, Agreement, Partnership, Side, Signature, State};
use crate::school::School;
use crate::school::fold::fold;
use crate::text::{Language, Localized};

/// How many partners the first network has: the page that `bin/bench` reads.
const FULL: usize = 20;
/// How many the second has: the worst case.
const GIANT: usize = 60;

/// What became of an invitation, of 100.
const FATES: [(State, u32); 7] = [
    (State::Active, 66),
    (State::Suspended, 3),
    (State::Accepted, 6),
    (State::Invited, 5),
    (State::Ended, 12),
    (State::Declined, 5),
    (State::Lapsed, 3),
];

/// Networks with all that belongs to them. Places are those of the schools in their list.
#[derive(Default)]
pub(super) struct Networks {
    pub(super) networks: Vec<Network>,
    pub(super) leads: Vec<NetworkLead>,
    pub(super) designations: Vec<Designation>,
    pub(super) partnerships: Vec<Partnership>,
    pub(super) agreements: Vec<Agreement>,
    pub(super) signatures: Vec<Signature>,
    /// The Leading school and the Magnetic schools of each network.
    pub(super) members: Vec<(usize, Vec<usize>)>,
    /// The two schools of each partnership.
    pub(super) pairs: Vec<(usize, usize)>,
}

/// Who is near whom: the schools of each network, and the first network of each school.
#[derive(Default)]
pub(super) struct Circles {
    all: Vec<(Id<Network>, Vec<usize>)>,
    of: HashMap<usize, usize>,
}

impl Circles {
    pub(super) fn of(made: &Networks) -> Self {
        let mut circles = Self::default();
        for (at, (network, (leader, partners))) in
            made.networks.iter().zip(&made.members).enumerate()
        {
            let schools: Vec<_> = std::iter::once(leader).chain(partners).copied().collect();
            for school in &schools {
                circles.of.entry(*school).or_insert(at);
            }
            circles.all.push((network.id, schools));
        }
        circles
    }

    /// The network of a school.
    pub(super) fn home(&self, school: usize) -> Option<Id<Network>> {
        self.all.get(*self.of.get(&school)?).map(|(id, _)| *id)
    }

    /// The schools of that network; the Leading school first.
    pub(super) fn around(&self, school: usize) -> &[usize] {
        let circle = self.of.get(&school).and_then(|at| self.all.get(*at));
        circle.map_or([].as_slice(), |(_, schools)| schools)
    }

    /// The Leading school of the first network.
    pub(super) fn first(&self) -> Option<usize> {
        self.all.first()?.1.first().copied()
    }
}

/// What networks are made from.
pub(super) struct Ground<'a> {
    pub(super) recipe: &'a Recipe,
    pub(super) schools: &'a [School],
    pub(super) land: &'a Land,
    pub(super) staff: &'a Staff,
    pub(super) since: Timestamp,
    pub(super) until: Timestamp,
}

impl Ground<'_> {
    /// In which language somebody writes.
    pub(super) fn language(&self, chance: &mut Chance) -> Language {
        let writes: Vec<_> = self.recipe.writes.iter().collect();
        let drawn = chance.weighed(&writes, |(_, share)| **share);
        drawn.map_or(Language::Kk, |(language, _)| **language)
    }

    /// The code of the region in which a school lies.
    pub(super) fn region(&self, school: usize) -> Option<&str> {
        let unit = self.schools.get(school)?.region_id?;
        self.land.region_of.get(&unit).map(String::as_str)
    }

    /// Some weeks later, but not after the end.
    pub(super) fn later(&self, chance: &mut Chance, than: Timestamp) -> Timestamp {
        let end = self.by(than + Duration::days(60));
        chance.moment(than, end.max(than))
    }

    /// That instant, but not after the end.
    pub(super) fn by(&self, at: Timestamp) -> Timestamp {
        at.min(self.until)
    }

    /// So many networks, each around a school of its own.
    pub(super) fn networks(&self, count: usize, seed: u64) -> Networks {
        let mut chance = Chance::new(seed, "networks");
        let mut order: Vec<usize> = (0..self.schools.len()).collect();
        for at in (1..order.len()).rev() {
            order.swap(at, chance.below(at + 1));
        }
        let leading = order.split_off(order.len().saturating_sub(count));
        let mut pools = Pools::new(self, &order);
        let mut made = Networks::default();
        for (at, leader) in leading.into_iter().enumerate() {
            let partners = &self.recipe.partners;
            let size = match at {
                0 => FULL,
                1 => GIANT,
                _ => {
                    let more = chance.negative_binomial(partners.mean_above_least, partners.shape);
                    (partners.least + more).min(partners.most)
                }
            };
            let magnetic = pools.take(&mut chance, leader, size.min(order.len() / 2));
            self.network(&mut chance, &mut made, leader, magnetic, at == 0);
        }
        made
    }

    fn network(
        &self,
        chance: &mut Chance,
        made: &mut Networks,
        leader: usize,
        magnetic: Vec<usize>,
        all_active: bool,
    ) {
        let Some(school) = self.schools.get(leader) else {
            return;
        };
        let founded = chance.moment(self.since, self.until - Duration::days(200));
        let theme = chance.pick(&self.recipe.theme);
        let (kk, ru) = theme.map_or(("", ""), |theme| (&theme.kk, &theme.ru));
        let of = |text: &Option<String>| text.clone().unwrap_or_default();
        let name = Localized {
            kk: Some(format!(
                "{} — {kk}",
                of(&school.name_kk.clone().or_else(|| school.name_ru.clone()))
            )),
            ru: Some(format!("{} — {ru}", of(&school.name_ru))),
            en: None,
        };
        let mut network = Network {
            id: chance.id(founded),
            sort_name: collation::key(name.kk.as_deref().unwrap_or_default()),
            name_kk: name.kk,
            name_ru: name.ru,
            name_en: None,
            theme: ru.to_owned(),
            theme_folded: fold(ru),
            state: Standing::Dormant,
            active_partnerships: 0,
            version: 1,
            created_at: founded,
        };
        made.leads.push(NetworkLead {
            network_id: network.id,
            school_id: school.id,
        });
        made.designations
            .push(self.designation(chance, school, Kind::Leading, founded));
        for &partner in &magnetic {
            let Some(other) = self.schools.get(partner) else {
                continue;
            };
            let fate = if all_active {
                State::Active
            } else {
                chance
                    .weighed(&FATES, |(_, share)| *share)
                    .map_or(State::Active, |(state, _)| *state)
            };
            network.active_partnerships += i32::from(fate == State::Active);
            let sides = [(leader, school), (partner, other)];
            self.partnership(chance, made, network.id, sides, (founded, fate));
            if fate == State::Active && chance.percent(60) {
                made.designations
                    .push(self.designation(chance, other, Kind::Magnetic, founded));
            }
        }
        if network.active_partnerships > 0 {
            network.state = Standing::Active;
        }
        made.members.push((leader, magnetic));
        made.networks.push(network);
    }

    fn partnership(
        &self,
        chance: &mut Chance,
        made: &mut Networks,
        network: Id<Network>,
        [(leader, leading), (partner, magnetic)]: [(usize, &School); 2],
        (founded, fate): (Timestamp, State),
    ) {
        // Whoever still waits was asked lately; the others have had time.
        let asked = match fate {
            State::Invited => chance.moment(self.until - Duration::days(25), self.until),
            _ => chance.moment(founded, self.until - Duration::days(60)),
        };
        let asked = asked.max(founded);
        let signed = asked + Duration::days(20);
        let over = chance.moment(signed, self.until);
        let (low, high) = (leading.id.min(magnetic.id), leading.id.max(magnetic.id));
        let was_active = matches!(fate, State::Active | State::Suspended | State::Ended);
        let partnership = Partnership {
            id: chance.id(asked),
            network_id: network,
            leading_id: leading.id,
            magnetic_id: magnetic.id,
            state: fate,
            live_pair: fate
                .is_live()
                .then(|| format!("{}{}", low.uuid().simple(), high.uuid().simple())),
            proposed_by: if chance.percent(80) {
                Side::Leading
            } else {
                Side::Magnetic
            },
            lapses_on: day_after(asked, ANSWER_WITHIN_DAYS),
            active_since: was_active.then_some(signed),
            ended_at: match fate {
                State::Ended => Some(over),
                State::Declined => Some(asked + Duration::days(5)),
                State::Lapsed => Some(asked + Duration::days(ANSWER_WITHIN_DAYS.cast_signed())),
                _ => None,
            },
            version: if was_active { 4 } else { 1 },
            created_at: asked,
        };
        let speakers = (
            self.staff.coordinator(leader),
            self.staff.coordinator(partner),
        );
        if let (true, (Some(ours), Some(theirs))) =
            (was_active || fate == State::Accepted, speakers)
        {
            let words = &self.recipe.agreement;
            made.agreements.push(Agreement {
                partnership_id: partnership.id,
                aims: words.aims.clone(),
                starts_on: day_after(signed, 1),
                ends_on: day_after(signed, 366),
                leading_gives: words.leading_gives.clone(),
                magnetic_gives: words.magnetic_gives.clone(),
                media_rules: words.media_rules.clone(),
                version: 1,
                written_by_id: ours,
                written_at: asked + Duration::days(10),
            });
            let signatures = [(Side::Leading, ours), (Side::Magnetic, theirs)];
            let signatures = signatures.into_iter().filter(|_| was_active);
            made.signatures
                .extend(signatures.map(|(side, person_id)| Signature {
                    partnership_id: partnership.id,
                    side,
                    person_id,
                    agreement_version: 1,
                    signed_at: signed,
                }));
        }
        made.pairs.push((leader, partner));
        made.partnerships.push(partnership);
    }

    fn designation(
        &self,
        chance: &mut Chance,
        school: &School,
        kind: Kind,
        at: Timestamp,
    ) -> Designation {
        Designation {
            id: chance.id(at),
            school_id: school.id,
            kind,
            state: Designated::Awarded,
            from_day: day_after(at, 0),
            until_day: None,
            evidence: "generated".to_owned(),
            awarded_by_id: None,
            reason: None,
            version: 1,
            created_at: at,
        }
    }
}

fn day_after(at: Timestamp, days: u64) -> NaiveDate {
    let day = at.date_naive();
    day.checked_add_days(Days::new(days)).unwrap_or(day)
}

/// Schools that no network has yet, near ones apart from far ones. Who was taken comes back when all were.
struct Pools<'a> {
    ground: &'a Ground<'a>,
    by_district: HashMap<uuid::Uuid, Vec<usize>>,
    by_region: BTreeMap<&'a str, Vec<usize>>,
    all: Vec<usize>,
}

impl<'a> Pools<'a> {
    fn new(ground: &'a Ground<'a>, order: &[usize]) -> Self {
        let mut pools = Self {
            ground,
            by_district: HashMap::new(),
            by_region: BTreeMap::new(),
            all: order.to_vec(),
        };
        for &at in order {
            if let Some((district, region)) = pools.place(at) {
                pools.by_district.entry(district).or_default().push(at);
                pools.by_region.entry(region).or_default().push(at);
            }
        }
        pools
    }

    fn place(&self, school: usize) -> Option<(uuid::Uuid, &'a str)> {
        let district = self.ground.schools.get(school)?.region_id?;
        let region = self.ground.land.region_of.get(&district)?;
        Some((district.uuid(), region))
    }

    /// Different schools for a network, most of them near its Leading school.
    fn take(&mut self, chance: &mut Chance, leader: usize, size: usize) -> Vec<usize> {
        let place = self.place(leader);
        let shares = &self.ground.recipe.partners;
        let (near, nearer) = (
            shares.same_district,
            shares.same_district + shares.same_region,
        );
        let mut taken = Vec::with_capacity(size);
        for _ in 0..size {
            let draw = chance.below(100) as u32;
            let district = place.and_then(|(district, _)| self.by_district.get_mut(&district));
            let region = place.and_then(|(_, region)| self.by_region.get_mut(region));
            let pools = [
                district.filter(|_| draw < near),
                region.filter(|_| draw < nearer),
                Some(&mut self.all),
            ];
            // A farther one when all that are nearer are in already.
            let next = pools.into_iter().flatten().find_map(|pool| {
                let at = pool.iter().position(|school| !taken.contains(school))?;
                // Back at the end: nobody is in two networks before everybody near is in one.
                let next = pool.remove(at);
                pool.push(next);
                Some(next)
            });
            taken.extend(next);
        }
        taken
    }
}
