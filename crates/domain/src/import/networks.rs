//! Networks from a file: each row puts a school into a network. One school of a network leads, the others become its
//! partners. What is there already stays; what the file no longer names stays too, because a partnership ends only by
//! its schools.

use std::collections::{HashMap, HashSet};
use std::io::Read;

use sea_orm::{ColumnTrait, Condition};

use super::entity::network as origin;
use super::mapping::{Lead, NetworkColumns};
use super::policy::OneNetwork;
use super::report::{Failure, Listener, Rejected, Report, Running};
use super::rows::{Row, Rows};
use super::{Code, Kind, Source};
use crate::authz::{Job, Permit};
use crate::db::{Access, Tx};
use crate::designation::{self, Designation};
use crate::error::Result;
use crate::fact::Fact;
use crate::id::Id;
use crate::network::{self, Network, NetworkLead};
use crate::partnership::{self, Partnership, Side};
use crate::school::commands::sort_name;
use crate::school::entity::{Column, Entity};
use crate::school::{School, State};
use crate::text::{self, Localized};

/// A network as the file has it.
struct Draft {
    source_id: String,
    name: Localized,
    members: Vec<Member>,
}

struct Member {
    line: u64,
    school: String,
    size: u64,
}

/// A member whose school was found.
struct Found {
    line: u64,
    size: u64,
    school: School,
}

/// Imports the networks of a file whose schools were imported before.
pub async fn run(
    access: &Access,
    source: Source<'_>,
    input: impl Read + Send,
    listener: &mut Listener<'_>,
) -> Result<Report, Failure> {
    let columns = source.mapping.network.as_ref();
    let columns = columns.ok_or_else(|| Failure::Mapping("no [network]".to_owned()))?;
    let mut rows = Rows::new(input, &columns.columns())?;
    let mut running = Running::begin(access, Kind::Networks, source, listener).await?;
    // The rows of a network need not stand together, so all are read before the first is written.
    let mut drafts: Vec<Draft> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut rejected = Vec::new();
    while let Some(row) = rows.next().transpose()? {
        match row.and_then(|row| member(&row, columns)) {
            Ok(None) => running.report.skipped += 1,
            Err(broken) => rejected.push(broken),
            Ok(Some((source_id, name, member))) => {
                let at = *places.entry(source_id.clone()).or_insert(drafts.len());
                match drafts.get_mut(at) {
                    Some(draft) => draft.members.push(member),
                    None => drafts.push(Draft {
                        source_id,
                        name,
                        members: vec![member],
                    }),
                }
            }
        }
        running.read_to(rows.byte());
    }
    let tx = access.begin().await?;
    running.reject(&tx, rejected).await?;
    running.keep(tx).await?;
    for draft in drafts {
        let tx = access.begin().await?;
        let mut rejected = Vec::new();
        let done = write(&tx, source, &columns.lead, draft, &mut rejected).await?;
        match done {
            None => {}
            Some(Done::Added) => running.report.added += 1,
            Some(Done::Changed) => running.report.changed += 1,
            Some(Done::Unchanged) => running.report.unchanged += 1,
        }
        running.reject(&tx, rejected).await?;
        running.keep(tx).await?;
    }
    running.finish().await
}

fn member(
    row: &Row<'_>,
    columns: &NetworkColumns,
) -> Result<Option<(String, Localized, Member)>, Rejected> {
    let Some(id) = row.get(&columns.id) else {
        return Ok(None);
    };
    let id =
        text::line(id, 100).map_err(|refusal| Rejected::text(row.line, &refusal, &columns.id))?;
    let school = row
        .get(&columns.school)
        .ok_or_else(|| Rejected::new(row.line, Code::IdMissing, &columns.school))?;
    let size = match &columns.lead {
        Lead::First => 0,
        Lead::Largest(column) => {
            let text = row.get(column).unwrap_or("0");
            let wrong = |_| Rejected::new(row.line, Code::Number, format!("{column}: {text}"));
            text.parse().map_err(wrong)?
        }
    };
    let member = Member {
        line: row.line,
        school: school.to_owned(),
        size,
    };
    Ok(Some((id, row.name(&columns.name)?, member)))
}

enum Done {
    Added,
    Changed,
    Unchanged,
}

/// Writes one network; none when it has too few schools.
async fn write(
    tx: &Tx,
    source: Source<'_>,
    lead: &Lead,
    draft: Draft,
    rejected: &mut Vec<Rejected>,
) -> Result<Option<Done>, Failure> {
    let members = schools(tx, &source.mapping.source, &draft.members, rejected).await?;
    let there = there(tx, &source.mapping.source, &draft.source_id).await?;
    let leads = match &there {
        Some(network) => network::queries::leads_of(tx, network.id).await?,
        None => Vec::new(),
    };
    let leading = match (&there, lead) {
        (Some(_), _) => members
            .iter()
            .find(|member| leads.contains(&member.school.id)),
        (None, Lead::First) => members.first(),
        // Of equals the first.
        (None, Lead::Largest(_)) => members.iter().rev().max_by_key(|member| member.size),
    };
    let Some(leading) = leading else {
        return Ok(None);
    };
    if members.len() < 2 {
        rejected.push(Rejected::new(
            leading.line,
            Code::NoPartner,
            draft.source_id,
        ));
        return Ok(None);
    }
    let id = there.as_ref().map_or_else(Id::fresh, |network| network.id);
    let permit = tx.permit(OneNetwork {
        network: id,
        schools: members.iter().map(|member| member.school.id).collect(),
    })?;
    let is_new = there.is_none();
    let before = match there {
        Some(network) => network,
        None => found(tx, &permit, source, &draft, &leading.school).await?,
    };
    let leading = &leading.school;
    designate(tx, &permit, source, leading, designation::Kind::Leading).await?;
    let partners = partners_of(tx, leading.id).await?;
    let mut linked = 0;
    for Found { line, school, .. } in &members {
        match partners.get(&school.id) {
            _ if school.id == leading.id => {}
            Some(network) if *network == id => {}
            Some(_) => {
                let detail = school.source_id.clone();
                rejected.push(Rejected::new(*line, Code::AlreadyLinked, detail));
            }
            None => {
                link(tx, &permit, &before, leading, school).await?;
                designate(tx, &permit, source, school, designation::Kind::Magnetic).await?;
                linked += 1;
            }
        }
    }
    if linked == 0 && before.name() == draft.name {
        return Ok(Some(Done::Unchanged));
    }
    let mut after = before.counted(linked);
    after.sort_name = sort_name(&draft.name);
    (after.name_kk, after.name_ru, after.name_en) = (draft.name.kk, draft.name.ru, draft.name.en);
    tx.update(&permit, after).await?;
    Ok(Some(if is_new { Done::Added } else { Done::Changed }))
}

/// The members' schools; those that merged, as what they became.
async fn schools(
    tx: &Tx,
    source: &str,
    members: &[Member],
    rejected: &mut Vec<Rejected>,
) -> Result<Vec<Found>> {
    let ids = members.iter().map(|member| member.school.as_str());
    let same = Condition::all()
        .add(Column::Source.eq(source))
        .add(Column::SourceId.is_in(ids));
    let rows = tx.find::<Entity>().filter(same).all().await?;
    let merged: Vec<Id<School>> = rows.iter().filter_map(|row| row.merged_into_id).collect();
    let became = tx.find::<Entity>().any_of(Column::Id, &merged);
    let became = became.all().await?;
    let mut seen = HashSet::new();
    let mut found = Vec::new();
    for member in members {
        let school = rows.iter().find(|row| row.source_id == member.school);
        let school = match school.and_then(|row| row.merged_into_id) {
            Some(into) => became.iter().find(|row| row.id == into),
            None => school,
        };
        let mut reject = |code| {
            let detail = member.school.as_str();
            rejected.push(Rejected::new(member.line, code, detail));
        };
        match school {
            None => reject(Code::SchoolUnknown),
            Some(school) if school.state == State::Closed => reject(Code::SchoolClosed),
            Some(school) if seen.insert(school.id) => found.push(Found {
                line: member.line,
                size: member.size,
                school: school.clone(),
            }),
            Some(_) => reject(Code::IdRepeated),
        }
    }
    Ok(found)
}

/// The network, if it was imported before; held.
async fn there(tx: &Tx, source: &str, source_id: &str) -> Result<Option<Network>> {
    let same = Condition::all()
        .add(origin::Column::Source.eq(source))
        .add(origin::Column::SourceId.eq(source_id));
    match tx.find::<origin::Entity>().filter(same).one().await? {
        Some(row) => Ok(Some(tx.lock(row.network_id, "id").await?)),
        None => Ok(None),
    }
}

async fn found(
    tx: &Tx,
    permit: &Permit<OneNetwork>,
    source: Source<'_>,
    draft: &Draft,
    leading: &School,
) -> Result<Network> {
    let network = Network {
        id: permit.action().network,
        sort_name: sort_name(&draft.name),
        name_kk: draft.name.kk.clone(),
        name_ru: draft.name.ru.clone(),
        name_en: draft.name.en.clone(),
        theme: String::new(),
        theme_folded: String::new(),
        state: network::State::Forming,
        active_partnerships: 0,
        version: 1,
        created_at: tx.now(),
    };
    let network = tx.insert(permit, network).await?;
    let lead = NetworkLead {
        network_id: network.id,
        school_id: leading.id,
    };
    tx.insert(permit, lead).await?;
    let origin = origin::Model {
        source: source.mapping.source.clone(),
        source_id: draft.source_id.clone(),
        network_id: network.id,
    };
    tx.insert(permit, origin).await?;
    let fact = Fact::NetworkFounded {
        network: network.id,
        name: network.name(),
        leading: leading.named(),
    };
    tx.record(permit, fact).await?;
    Ok(network)
}

/// Makes sure that the school is designated as what the file makes it.
async fn designate(
    tx: &Tx,
    permit: &Permit<OneNetwork>,
    source: Source<'_>,
    school: &School,
    kind: designation::Kind,
) -> Result<()> {
    let today = tx.today();
    let live = designation::queries::live(tx, school.id).await?;
    if live
        .iter()
        .any(|row| row.kind == kind && row.holds_on(today))
    {
        return Ok(());
    }
    let designation = Designation {
        id: Id::fresh(),
        school_id: school.id,
        kind,
        state: designation::State::Awarded,
        from_day: today,
        until_day: None,
        evidence: format!("import: {}", source.file),
        awarded_by_id: None,
        reason: None,
        version: 1,
        created_at: tx.now(),
    };
    tx.insert(permit, designation).await?;
    Ok(())
}

/// The schools that this one has live partnerships with, and in which networks.
async fn partners_of(tx: &Tx, school: Id<School>) -> Result<HashMap<Id<School>, Id<Network>>> {
    use partnership::entity::{Column, Entity};
    let either = Condition::any()
        .add(Column::LeadingId.eq(school))
        .add(Column::MagneticId.eq(school));
    let live = Condition::all()
        .add(Column::LivePair.is_not_null())
        .add(either);
    let rows = tx.find_as::<Entity>(Job::Operator).filter(live);
    let partners = rows.all().await?.into_iter().map(|row| {
        let leads = row.leading_id == school;
        let partner = if leads {
            row.magnetic_id
        } else {
            row.leading_id
        };
        (partner, row.network_id)
    });
    Ok(partners.collect())
}

async fn link(
    tx: &Tx,
    permit: &Permit<OneNetwork>,
    network: &Network,
    leading: &School,
    magnetic: &School,
) -> Result<()> {
    let (now, today) = (tx.now(), tx.today());
    let invited = Partnership::invited(network, leading, magnetic, Side::Leading, now, today);
    let active = Partnership {
        state: partnership::State::Active,
        active_since: Some(now),
        ..invited
    };
    tx.insert(permit, active).await?;
    Ok(())
}
