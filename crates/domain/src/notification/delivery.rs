//! How a fact reaches its audience: inbox rows, unread counts and letters to write, in the transaction that settles it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use sea_orm::sea_query::{Alias, Expr, ExprTrait, OnConflict, Order, SelectStatement, UnionType};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, FromQueryResult, IntoActiveModel, QueryFilter,
    QuerySelect, QueryTrait,
};

use super::entity::{Column, inbox, preference};
use super::{Channel, Inbox, Notification};
use crate::announcement::{
    Scope,
    queries::{persons_of_network, persons_of_region},
};
use crate::authz::Permit;
use crate::db::{Access, Tx, dialect};
use crate::error::Result;
use crate::fact::{Audience, Fact, Reason};
use crate::id::Id;
use crate::mail::{self, Mail};
use crate::membership::{self, Role, ScopeKind};
use crate::outbox::{self, Carry, Record};
use crate::person::{self, Person};
use crate::plan;
use crate::resource;
use crate::study;

/// How many people one transaction tells: more would keep others from writing for too long.
const PAGE: usize = dialect::ROWS_A_STATEMENT;

/// A fact on its way.
#[derive(Debug, Clone)]
pub struct Parcel {
    /// The claimed record.
    pub record: Record,
    /// What it says.
    pub fact: Fact,
}

impl Parcel {
    /// The fact of a claimed record; fails for one that this version can't read.
    pub fn new(record: Record) -> Result<Self> {
        let fact = record.fact()?;
        Ok(Self { record, fact })
    }
}

/// What one transaction did.
#[derive(Debug, Default)]
pub struct Delivered {
    /// Whose inbox something came into.
    pub told: BTreeSet<Id<Person>>,
    /// How many notifications that made.
    pub arrived: u64,
    /// Facts whose whole audience has them now.
    pub settled: Vec<Fact>,
    /// Facts with more audience than fits a transaction: deliver these again.
    pub rest: Vec<Parcel>,
}

/// Delivers facts as far as one transaction goes. Whatever was delivered before stays as it is.
pub async fn deliver(access: &Access, parcels: Vec<Parcel>) -> Result<Delivered> {
    let tx = access.begin().await?;
    let permit = tx.permit(Carry)?;
    let open = hold(&tx, &parcels).await?;
    let mut done = Delivered::default();
    let mut settled = Vec::new();
    let mut arrivals: Vec<Arrival> = Vec::new();
    let mut letters = Vec::new();
    for mut parcel in parcels {
        // As far as it came, whoever carried it.
        let Some(told) = open.get(&parcel.record.id) else {
            continue;
        };
        parcel.record.told_id = *told;
        let room = PAGE.saturating_sub(arrivals.len());
        let (audience, reason) = parcel.fact.audience();
        let people = if room == 0 {
            Vec::new()
        } else {
            audience_page(&tx, &parcel, audience, room).await?
        };
        arrivals.extend(people.iter().map(|person| Arrival {
            person: *person,
            fact: parcel.record.id,
            reason,
        }));
        if people.len() == room {
            parcel.record.told_id = people.last().copied().or(*told);
            done.rest.push(parcel);
        } else {
            letters.extend(Mail::of(&parcel.fact, parcel.record.id, tx.now()));
            settled.push(parcel.record.id);
            done.settled.push(parcel.fact);
        }
    }
    letters.extend(put(&tx, &permit, arrivals, &mut done).await?);
    let (digests, others) = letters.into_iter().partition(|mail| mail.day.is_some());
    {
        use mail::entity::Column::{Day, FactId, PersonId};
        tx.insert_missing(&permit, digests, &[PersonId, Day])
            .await?;
        tx.insert_missing(&permit, others, &[FactId, PersonId])
            .await?;
    }
    for parcel in &done.rest {
        outbox::progress(&tx, parcel.record.id, parcel.record.told_id).await?;
    }
    outbox::settle(&tx, &settled).await?;
    tx.commit().await?;
    Ok(done)
}

/// Holds those of the facts that no other relay settled since they were claimed, and tells who had each last.
async fn hold(tx: &Tx, parcels: &[Parcel]) -> Result<HashMap<Id<Record>, Option<Id<Person>>>> {
    let ids: Vec<_> = parcels.iter().map(|parcel| parcel.record.id).collect();
    let open = tx
        .find::<outbox::Entity>()
        .any_of(outbox::Column::Id, &ids)
        .filter(outbox::Column::SettledAt.is_null())
        .order(outbox::Column::Id, Order::Asc)
        .shape(QuerySelect::lock_exclusive)
        .all()
        .await?;
    Ok(open
        .into_iter()
        .map(|record| (record.id, record.told_id))
        .collect())
}

/// The next people of an audience, at most `room`. Only active ones, and not whoever did it.
async fn audience_page(
    tx: &Tx,
    parcel: &Parcel,
    audience: Audience,
    room: usize,
) -> Result<Vec<Id<Person>>> {
    use membership::entity::Column as In;
    use person::entity::Column as Of;
    let who = match audience {
        Audience::Nobody => return Ok(Vec::new()),
        Audience::Person(id) => Of::Id.eq(id),
        Audience::Coordinators(schools) => {
            let schools = In::ScopeId.is_in(schools.into_iter().map(Id::uuid));
            Of::Id.in_subquery(coordinators(schools))
        }
        Audience::All(Scope::Everybody) => Of::Id.is_not_null(),
        Audience::All(Scope::Region(region)) => {
            Of::Id.in_subquery(persons_of_region(region, tx.today()))
        }
        Audience::All(Scope::Network(network)) => Of::Id.in_subquery(persons_of_network(network)),
        Audience::Network(network) => Of::Id.in_subquery(coordinators(
            In::ScopeId.in_subquery(crate::audience::of_network(network)),
        )),
        Audience::People(people) => Of::Id.is_in(people),
        Audience::Authors(work) => Of::Id.in_subquery(resource::queries::writers(work)),
        Audience::Moderators(school) => {
            let today = tx.today();
            Of::Id.in_subquery(membership::queries::moderators(school, today))
        }
        Audience::Takers(work) => Of::Id.in_subquery(resource::queries::takers(work)),
        Audience::Activity(activity, schools) => {
            let schools = || In::ScopeId.is_in(schools.iter().map(|id| id.uuid()));
            let responsible = plan::queries::responsible_among(activity, members(schools()));
            let all = coordinators(schools())
                .union(UnionType::Distinct, responsible)
                .to_owned();
            Of::Id.in_subquery(all)
        }
        Audience::Trainers(school) => {
            let today = tx.today();
            Of::Id.in_subquery(membership::queries::trainers(school, today))
        }
        Audience::Group(study) => {
            Of::Id.in_subquery(study::queries::taking_part(study, tx.today()))
        }
    };
    let actor = parcel
        .record
        .actor_id
        .filter(|_| !parcel.fact.tells_actor());
    let who = Condition::all()
        .add(who)
        .add(Of::State.eq(person::State::Active))
        .add_option(actor.map(|actor| Of::Id.ne(actor)))
        .add_option(parcel.record.told_id.map(|told| Of::Id.gt(told)));
    let page = tx
        .find::<person::entity::Entity>()
        .filter(who)
        .order(Of::Id, Order::Asc)
        .limit(room as u64)
        .shape(|select| select.select_only().column(Of::Id))
        .all_as::<Key>()
        .await?;
    Ok(page.into_iter().map(|key| key.id).collect())
}

/// Those who speak for these schools.
fn coordinators(schools: Expr) -> SelectStatement {
    members(schools)
        .and_where(membership::entity::Column::Role.eq(Role::Coordinator))
        .to_owned()
}

/// Those who belong to these schools.
fn members(schools: Expr) -> SelectStatement {
    use membership::entity::Column as In;
    membership::entity::Entity::find()
        .select_only()
        .column(In::PersonId)
        .filter(schools)
        .filter(In::ScopeKind.eq(ScopeKind::School))
        .filter(In::EndedAt.is_null())
        .into_query()
}

#[derive(FromQueryResult)]
struct Key {
    id: Id<Person>,
}

/// A fact that reaches a person.
struct Arrival {
    person: Id<Person>,
    fact: Id<Record>,
    reason: Reason,
}

/// Puts the arrivals into the inboxes of those who want them; hands back the letters that come of it.
async fn put(
    tx: &Tx,
    permit: &Permit<Carry>,
    mut arrivals: Vec<Arrival>,
    done: &mut Delivered,
) -> Result<Vec<Mail>> {
    let people: BTreeSet<_> = arrivals.iter().map(|arrival| arrival.person).collect();
    let chosen = chosen(tx, &people).await?;
    let channel = |arrival: &Arrival| {
        chosen
            .get(&(arrival.person, arrival.reason))
            .copied()
            .unwrap_or_else(|| Channel::usual(arrival.reason))
    };
    arrivals.retain(|arrival| channel(arrival) != Channel::None);
    if arrivals.is_empty() {
        return Ok(Vec::new());
    }
    let mut inboxes = open_inboxes(tx, permit, &arrivals).await?;
    let channels: HashMap<_, _> = arrivals
        .iter()
        .map(|arrival| ((arrival.person, arrival.fact), channel(arrival)))
        .collect();
    let rows = arrivals
        .into_iter()
        .filter_map(|arrival| {
            let inbox = inboxes.get_mut(&arrival.person)?;
            inbox.arrived += 1;
            Some(Notification {
                id: Id::fresh(),
                person_id: arrival.person,
                number: inbox.arrived,
                fact_id: arrival.fact,
                reason: arrival.reason,
                created_at: tx.now(),
                read_at: None,
            })
        })
        .collect();
    let added = tx
        .insert_missing(permit, rows, &[Column::FactId, Column::PersonId])
        .await?;
    let mut letters = BTreeMap::new();
    let mut counts = BTreeMap::<_, Inbox>::new();
    let zone = tx.access().db().clock().zone();
    for row in added {
        let count = counts
            .entry(row.person_id)
            .or_insert_with(|| Inbox::empty(row.person_id));
        count.arrived = std::cmp::max(count.arrived, row.number);
        count.unread += 1;
        done.told.insert(row.person_id);
        done.arrived += 1;
        let quiet = inboxes.get(&row.person_id).and_then(Inbox::quiet_hours);
        let mail = match channels.get(&(row.person_id, row.fact_id)) {
            Some(Channel::Email) => Mail::notice(&row, quiet, zone),
            Some(Channel::Digest) => Mail::digest(&row, quiet, zone),
            Some(Channel::None | Channel::InApp) | None => continue,
        };
        letters.insert((mail.person_id, mail.fact_id, mail.day), mail);
    }
    count(tx, permit, counts).await?;
    Ok(letters.into_values().collect())
}

/// What these people chose otherwise than usual.
async fn chosen(
    tx: &Tx,
    people: &BTreeSet<Id<Person>>,
) -> Result<HashMap<(Id<Person>, Reason), Channel>> {
    let people: Vec<_> = people.iter().copied().collect();
    let rows = tx
        .find::<preference::Entity>()
        .any_of(preference::Column::PersonId, &people)
        .all()
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| ((row.person_id, row.reason), row.channel))
        .collect())
}

/// Holds the inboxes of everybody an arrival is for, making those that are missing. Always in the order of ids, so
/// that two relays never wait for each other.
async fn open_inboxes(
    tx: &Tx,
    permit: &Permit<Carry>,
    arrivals: &[Arrival],
) -> Result<BTreeMap<Id<Person>, Inbox>> {
    let people: BTreeSet<_> = arrivals.iter().map(|arrival| arrival.person).collect();
    let rows = people
        .into_iter()
        .map(|person| Inbox::empty(person).into_active_model());
    let held = inbox::Entity::insert_many(rows)
        .on_conflict(
            OnConflict::column(inbox::Column::PersonId)
                .update_column(inbox::Column::PersonId)
                .to_owned(),
        )
        .exec_with_returning(tx.raw(permit))
        .await?;
    Ok(held
        .into_iter()
        .map(|inbox| (inbox.person_id, inbox))
        .collect())
}

/// Adds the new arrivals to the counts that the inboxes keep.
async fn count(tx: &Tx, permit: &Permit<Carry>, counts: BTreeMap<Id<Person>, Inbox>) -> Result<()> {
    if counts.is_empty() {
        return Ok(());
    }
    let new = |column: inbox::Column| Expr::col((Alias::new("excluded"), column));
    let old = |column: inbox::Column| Expr::col((inbox::Entity, column));
    inbox::Entity::insert_many(counts.into_values().map(IntoActiveModel::into_active_model))
        .on_conflict(
            OnConflict::column(inbox::Column::PersonId)
                .value(inbox::Column::Arrived, new(inbox::Column::Arrived))
                .value(
                    inbox::Column::Unread,
                    old(inbox::Column::Unread).add(new(inbox::Column::Unread)),
                )
                .to_owned(),
        )
        .exec_without_returning(tx.raw(permit))
        .await?;
    Ok(())
}
