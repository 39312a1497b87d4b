//! Two entries become one: what hangs on the one that goes moves to the one that stays.

use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter};

use super::entity::{Column, Entity};
use super::policy::Merge;
use super::search::{Known, index_schools, terms_of};
use super::{NameKind, School, SchoolName, State, queries};
use crate::authz::{Job, Permit};
use crate::collection;
use crate::db::{Access, Tx};
use crate::designation;
use crate::error::{Refusal, Result};
use crate::fact::Fact;
use crate::id::Id;
use crate::membership::{self, Membership, ScopeKind};
use crate::network::{self, NetworkLead};
use crate::partnership::{self, Partnership, Step};
use crate::resource;
use crate::study;

/// `school` becomes part of `into`, or was the same all along. Its names become aliases of `into`; its people,
/// designations, networks, live partnerships and works move there, except what `into` has already. What is over stays with
/// the old entry, which from now on only points to the new one.
pub async fn merge(
    access: &Access,
    school: Id<School>,
    version: i32,
    into: Id<School>,
) -> Result<School> {
    let tx = access.begin().await?;
    // In one order whoever merges, so that two mergers can't wait for each other.
    let (school, into) = if school <= into {
        let school = tx.lock(school, "id").await?;
        (school, tx.lock(into, "intoId").await?)
    } else {
        let into = tx.lock(into, "intoId").await?;
        (tx.lock(school, "id").await?, into)
    };
    let permit = tx.permit(Merge {
        school: &school,
        into: &into,
    })?;
    if school.version != version {
        return Err(Refusal::Conflict.of("version"));
    }
    move_names(&tx, &permit, &school, &into).await?;
    move_people(&tx, &permit, &school, &into).await?;
    move_designations(&tx, &permit, &school, &into).await?;
    move_networks(&tx, &permit, &school, &into).await?;
    move_partnerships(&tx, &permit, &school, &into).await?;
    resource::commands::move_school(&tx, &permit, school.id, into.id).await?;
    collection::commands::move_school(&tx, &permit, school.id, into.id).await?;
    move_studies(&tx, &permit, &school, &into).await?;
    let before = tx
        .find::<Entity>()
        .filter(Column::MergedIntoId.eq(school.id))
        .all()
        .await?;
    for row in before {
        let row = School {
            merged_into_id: Some(into.id),
            version: row.version + 1,
            ..row
        };
        tx.update(&permit, row).await?;
    }
    let stays = School {
        state: if school.state == State::Verified {
            State::Verified
        } else {
            into.state
        },
        version: into.version + 1,
        ..into.clone()
    };
    tx.update(&permit, stays).await?;
    let gone = School {
        state: State::Merged,
        merged_into_id: Some(into.id),
        version: version + 1,
        ..school.clone()
    };
    let gone = tx.update(&permit, gone).await?;
    let fact = Fact::SchoolMerged {
        school: gone.named(),
        into: into.named(),
    };
    tx.record(&permit, fact).await?;
    tx.commit().await?;
    Ok(gone)
}

async fn move_names(
    tx: &Tx,
    permit: &Permit<Merge<'_>>,
    school: &School,
    into: &School,
) -> Result<()> {
    let mut kept = queries::names_in(tx, into.id).await?;
    for name in queries::names_in(tx, school.id).await? {
        if !kept.iter().any(|other| other.name() == name.name()) {
            let alias = SchoolName {
                from_day: name.from_day,
                until_day: name.until_day,
                ..SchoolName::new(into.id, NameKind::Alias, &name.name(), None)
            };
            kept.push(tx.insert(permit, alias).await?);
        }
    }
    // The entry that goes is found no more; the one that stays, by the names of both.
    let terms = [
        (school.id, Default::default()),
        (into.id, terms_of(into, &kept)),
    ];
    index_schools(tx, permit, terms.into(), &mut Known::default(), true).await
}

async fn move_people(
    tx: &Tx,
    permit: &Permit<Merge<'_>>,
    school: &School,
    into: &School,
) -> Result<()> {
    use membership::entity::{Column, Entity};
    let of = [school.id.uuid(), into.id.uuid()];
    let live = Condition::all()
        .add(Column::ScopeKind.eq(ScopeKind::School))
        .add(Column::ScopeId.is_in(of))
        .add(Column::EndedAt.is_null());
    // Everybody moves, also those whom a trainer does not see.
    let all = tx
        .find_as::<Entity>(Job::Operator)
        .filter(live)
        .all()
        .await?;
    let (moving, there): (Vec<_>, Vec<_>) = all
        .into_iter()
        .partition(|row| row.scope_id == school.id.uuid());
    for row in moving {
        let doubled = there
            .iter()
            .any(|other| other.person_id == row.person_id && other.role == row.role);
        let row = if doubled {
            Membership {
                ended_at: Some(tx.now()),
                ..row
            }
        } else {
            Membership {
                scope_id: into.id.uuid(),
                ..row
            }
        };
        tx.update(permit, row).await?;
    }
    Ok(())
}

async fn move_designations(
    tx: &Tx,
    permit: &Permit<Merge<'_>>,
    school: &School,
    into: &School,
) -> Result<()> {
    let there = designation::queries::live(tx, into.id).await?;
    for row in designation::queries::live(tx, school.id).await? {
        if !there.iter().any(|other| other.kind == row.kind) {
            let moved = designation::Designation {
                school_id: into.id,
                version: row.version + 1,
                ..row
            };
            tx.update(permit, moved).await?;
        }
    }
    Ok(())
}

async fn move_networks(
    tx: &Tx,
    permit: &Permit<Merge<'_>>,
    school: &School,
    into: &School,
) -> Result<()> {
    use network::entity::lead::{Column, Entity};
    let led = |by: Id<School>| tx.find::<Entity>().filter(Column::SchoolId.eq(by)).all();
    let there = led(into.id).await?;
    for row in led(school.id).await? {
        if !there.iter().any(|other| other.network_id == row.network_id) {
            let moved = NetworkLead {
                school_id: into.id,
                ..row.clone()
            };
            tx.insert(permit, moved).await?;
        }
        tx.delete(permit, row).await?;
    }
    Ok(())
}

async fn move_partnerships(
    tx: &Tx,
    permit: &Permit<Merge<'_>>,
    school: &School,
    into: &School,
) -> Result<()> {
    let there = live_partnerships(tx, into.id).await?;
    for row in live_partnerships(tx, school.id).await? {
        let leads = row.leading_id == school.id;
        let partner = if leads {
            row.magnetic_id
        } else {
            row.leading_id
        };
        let doubled = there
            .iter()
            .any(|other| other.leading_id == partner || other.magnetic_id == partner);
        if partner != into.id && !doubled {
            tx.update(permit, row.moved(school.id, into.id)).await?;
            continue;
        }
        let was_active = row.state == partnership::State::Active;
        let network = row.network_id;
        if let Some(ended) = row.after(Step::End, tx.now()) {
            tx.update(permit, ended).await?;
        }
        if was_active {
            let network = tx.lock(network, "id").await?;
            tx.update(permit, network.counted(-1)).await?;
        }
    }
    Ok(())
}

/// Whoever takes part in a study for the one does so for the other from now on.
async fn move_studies(
    tx: &Tx,
    permit: &Permit<Merge<'_>>,
    school: &School,
    into: &School,
) -> Result<()> {
    use study::entity::member;
    member::Entity::update_many()
        .col_expr(member::Column::SchoolId, Expr::value(into.id))
        .filter(member::Column::SchoolId.eq(school.id))
        .exec(tx.raw(permit))
        .await?;
    study::entity::Entity::update_many()
        .col_expr(study::entity::Column::SchoolId, Expr::value(into.id))
        .filter(study::entity::Column::SchoolId.eq(school.id))
        .exec(tx.raw(permit))
        .await?;
    Ok(())
}

async fn live_partnerships(tx: &Tx, school: Id<School>) -> Result<Vec<Partnership>> {
    use partnership::entity::{Column, Entity};
    let live = Condition::all().add(Column::LivePair.is_not_null()).add(
        Condition::any()
            .add(Column::LeadingId.eq(school))
            .add(Column::MagneticId.eq(school)),
    );
    tx.find_as::<Entity>(Job::Operator).filter(live).all().await
}
