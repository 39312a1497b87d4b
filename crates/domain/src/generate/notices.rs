//! Two years of facts, and who was told of them.
//!
//! Comments, deadlines and events, which tell many, come with nouns that are not there yet: facts of today's nouns stand
//! in for them, told to the circles that those will have.

use chrono::Duration;

use super::Fill;
use super::chance::Chance;
use super::networks::Networks;
use super::people::Staff;
use super::recipe::Recipe;
use super::schools::Land;
use crate::clock::Timestamp;
use crate::db::bulk::{Bulk, ROWS};
use crate::designation::Kind;
use crate::error::{Error, Result};
use crate::fact::{Fact, Named};
use crate::id::Id;
use crate::notification::Notification;
use crate::notification::entity::inbox;
use crate::outbox::Record;
use crate::partnership::{Partnership, Side};
use crate::person::Person;
use crate::school::School;

/// How many notices the person has whose inbox `bin/bench` reads.
const INBOX: usize = 1000;

/// What notices are made from.
pub(super) struct Desk<'a> {
    pub(super) recipe: &'a Recipe,
    pub(super) schools: &'a [School],
    pub(super) land: &'a Land,
    pub(super) staff: &'a Staff,
    pub(super) made: &'a Networks,
    pub(super) reader: Option<usize>,
    pub(super) since: Timestamp,
    pub(super) until: Timestamp,
}

/// Who is told.
enum Circle {
    /// Everybody in the schools of a network.
    Network(usize),
    /// Everybody in the schools of a region.
    Region(String),
    /// The first so many of the country.
    Country(usize),
    /// These, of the two schools of a partnership.
    Few(usize, Vec<usize>),
}

struct Planned {
    at: Timestamp,
    circle: Circle,
}

impl Desk<'_> {
    /// Writes so many notices, the earliest fact first.
    pub(super) async fn write(
        &self,
        bulk: &mut Bulk<Fill>,
        count: usize,
        seed: u64,
        told: &mut (dyn FnMut(usize) + Send),
    ) -> Result<()> {
        let mut chance = Chance::new(seed, "notices");
        let mut planned = self.plan(&mut chance, count);
        planned.sort_by_key(|planned| planned.at);
        let mut inboxes: Vec<(i64, i64)> = vec![(0, 0); self.staff.ids.len()];
        let (mut records, mut notices) = (Vec::new(), Vec::with_capacity(ROWS));
        let mut left = count;
        for planned in planned {
            let people = self.circle(&planned.circle);
            let fact = self.fact(&mut chance, &planned.circle)?;
            let record = record(&mut chance, &fact, planned.at)?;
            let (id, (_, reason)) = (record.id, fact.audience());
            records.push(record);
            for at in people.into_iter().take(left) {
                let (Some(person_id), Some(inbox)) = (self.staff.id(at), inboxes.get_mut(at))
                else {
                    continue;
                };
                left -= 1;
                let created_at = planned.at + Duration::seconds(1);
                let read_at = chance.percent(self.recipe.notices.read).then(|| {
                    created_at + Duration::seconds(chance.lognormal(10_800.0, 2.1).min(1e8) as i64)
                });
                let read_at = read_at.filter(|at| *at < self.until);
                inbox.0 += 1;
                inbox.1 += i64::from(read_at.is_none());
                notices.push(Notification {
                    id: chance.id(created_at),
                    person_id,
                    number: inbox.0,
                    fact_id: id,
                    reason,
                    created_at,
                    read_at,
                });
            }
            if notices.len() >= ROWS || records.len() >= ROWS {
                told(notices.len());
                bulk.add(std::mem::take(&mut records)).await?;
                bulk.add(std::mem::take(&mut notices)).await?;
            }
        }
        told(notices.len());
        bulk.add(records).await?;
        bulk.add(notices).await?;
        let inboxes = self.staff.ids.iter().zip(inboxes);
        let inboxes = inboxes.filter(|(_, (arrived, _))| *arrived > 0);
        let inboxes: Vec<_> = inboxes
            .map(|(person, (arrived, unread))| inbox::Model {
                person_id: *person,
                arrived,
                unread,
                quiet_from: None,
                quiet_until: None,
            })
            .collect();
        for some in inboxes.chunks(ROWS) {
            bulk.add(some.to_vec()).await?;
        }
        Ok(())
    }

    /// When what happens. The few make up for whatever the great circles leave.
    fn plan(&self, chance: &mut Chance, count: usize) -> Vec<Planned> {
        let shares = &self.recipe.notices;
        let mut planned = Vec::new();
        let mut left = count;
        let regions: Vec<&String> = self.recipe.regions.keys().collect();
        for (share, kind) in [(shares.country, 0), (shares.region, 1), (shares.network, 2)] {
            let mut wanted = count * share / 100;
            while wanted > 0 {
                let circle = match kind {
                    0 => Circle::Country(wanted.min(self.staff.ids.len())),
                    1 => match chance.pick(&regions) {
                        Some(code) => Circle::Region((*code).clone()),
                        None => break,
                    },
                    _ => Circle::Network(chance.below(self.made.members.len())),
                };
                let size = self.circle(&circle).len();
                wanted = wanted.saturating_sub(size.max(1));
                left = left.saturating_sub(size);
                planned.push(self.planned(chance, circle));
            }
        }
        // On average four and a half are told.
        let every = (left / 5 / INBOX).max(1);
        let mut serial = 0;
        while left > 0 && !self.made.pairs.is_empty() {
            let pair = chance.below(self.made.pairs.len());
            let mut few = self.few(chance, pair, left);
            let reader = serial % every == 0 && serial / every < INBOX;
            let reader = self
                .reader
                .filter(|at| reader && few.len() < left && !few.contains(at));
            few.extend(reader);
            serial += 1;
            left -= few.len();
            let circle = Circle::Few(pair, few);
            planned.push(self.planned(chance, circle));
        }
        planned
    }

    /// One to eight neighbours of the two schools.
    fn few(&self, chance: &mut Chance, pair: usize, most: usize) -> Vec<usize> {
        let (leader, partner) = self.made.pairs.get(pair).copied().unwrap_or_default();
        let staff = self.staff.range(leader).chain(self.staff.range(partner));
        let staff: Vec<usize> = staff.collect();
        let count = (1 + chance.below(8)).min(staff.len()).min(most);
        let begin = chance.below(staff.len());
        staff
            .iter()
            .cycle()
            .skip(begin)
            .take(count)
            .copied()
            .collect()
    }

    fn planned(&self, chance: &mut Chance, circle: Circle) -> Planned {
        let at = chance.moment(self.since, self.until - Duration::seconds(2));
        Planned { at, circle }
    }

    /// Who is in it, nobody twice.
    fn circle(&self, circle: &Circle) -> Vec<usize> {
        match circle {
            Circle::Network(at) => {
                let members = self.made.members.get(*at);
                let members = members.map(|(leader, others)| {
                    std::iter::once(leader)
                        .chain(others)
                        .flat_map(|school| self.staff.range(*school))
                });
                members.map(Iterator::collect).unwrap_or_default()
            }
            Circle::Region(code) => {
                let inside = |school: &School| {
                    let region = school.region_id.and_then(|id| self.land.region_of.get(&id));
                    region == Some(code)
                };
                let schools = self.schools.iter().enumerate();
                let schools = schools.filter(|(_, school)| inside(school));
                schools.flat_map(|(at, _)| self.staff.range(at)).collect()
            }
            Circle::Country(count) => (0..*count).collect(),
            Circle::Few(_, people) => people.clone(),
        }
    }

    fn fact(&self, chance: &mut Chance, circle: &Circle) -> Result<Fact> {
        let none = || Error::Fault("nothing to tell of".to_owned());
        Ok(match circle {
            Circle::Network(at) => {
                let network = self.made.networks.get(*at).ok_or_else(none)?;
                Fact::NetworkChanged {
                    network: network.id,
                    name: network.name(),
                }
            }
            Circle::Region(_) | Circle::Country(_) => {
                let at = chance.below(self.made.designations.len());
                let designation = self.made.designations.get(at).ok_or_else(none)?;
                let school = self.schools.iter().find(|s| s.id == designation.school_id);
                let school = school.ok_or_else(none)?;
                Fact::DesignationAwarded {
                    designation: designation.id,
                    school: Named {
                        school: school.id,
                        name: school.name(),
                    },
                    kind: Kind::Leading,
                    until: None,
                }
            }
            Circle::Few(pair, _) => {
                let partnership = self.made.partnerships.get(*pair).ok_or_else(none)?;
                let (leader, partner) = self.made.pairs.get(*pair).copied().unwrap_or_default();
                let leading = self.schools.get(leader).ok_or_else(none)?;
                let magnetic = self.schools.get(partner).ok_or_else(none)?;
                self.small(chance, partnership, leading, magnetic)
            }
        })
    }

    fn small(
        &self,
        chance: &mut Chance,
        of: &Partnership,
        leading: &School,
        magnetic: &School,
    ) -> Fact {
        let link = of.link(leading, magnetic);
        let by = if chance.percent(50) {
            Side::Leading
        } else {
            Side::Magnetic
        };
        match chance.below(5) {
            0 => Fact::PartnershipInvited {
                link,
                by,
                lapses_on: of.lapses_on,
            },
            1 => Fact::PartnershipAccepted { link, by },
            2 => Fact::AgreementWritten {
                link,
                by,
                version: 1,
            },
            3 => Fact::AgreementSigned { link, by },
            _ => Fact::PartnershipActivated { link },
        }
    }
}

fn record(chance: &mut Chance, fact: &Fact, at: Timestamp) -> Result<Record> {
    Ok(Record {
        id: chance.id(at),
        actor_id: None::<Id<Person>>,
        action: "generate".to_owned(),
        subject_id: fact.subject(),
        fact: serde_json::to_string(fact)?,
        at,
        due_at: at,
        attempts: 1,
        settled_at: Some(at + Duration::seconds(1)),
        parked_at: None,
        wide: false,
        told_id: None,
    })
}
