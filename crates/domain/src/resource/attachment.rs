//! The files of works: those of a draft, in the order its authors gave them, and those of a version, for ever.

use std::collections::HashMap;

use sea_orm::sea_query::{Order as Direction, SelectStatement};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait};

use super::entity::{draft, version};
use super::policy::{Begin, Turn, Write};
use super::{Resource, ResourceVersion};
use crate::authz::{Action, Permit, Viewer, Visible, Writes};
use crate::db::{Access, Tx};
use crate::error::{Refusal, Result};
use crate::file::{self, File};
use crate::id::Id;

/// A file of a draft.
pub mod of_draft {
    use sea_orm::entity::prelude::*;

    use crate::file::File;
    use crate::id::Id;
    use crate::resource::Resource;

    /// A file of a work's draft.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "resource_draft_file")]
    pub struct Model {
        /// Of which work's draft.
        #[sea_orm(primary_key, auto_increment = false)]
        pub resource_id: Id<Resource>,
        /// Which file.
        #[sea_orm(primary_key, auto_increment = false)]
        pub file_id: Id<File>,
        /// Its place, from 0.
        pub position: i32,
    }

    /// No relations.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A file of a version.
pub mod of_version {
    use sea_orm::entity::prelude::*;

    use crate::file::File;
    use crate::id::Id;
    use crate::resource::ResourceVersion;

    /// A file of a version of a work.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "resource_version_file")]
    pub struct Model {
        /// Of which version.
        #[sea_orm(primary_key, auto_increment = false)]
        pub version_id: Id<ResourceVersion>,
        /// Which file.
        #[sea_orm(primary_key, auto_increment = false)]
        pub file_id: Id<File>,
        /// Its place, from 0.
        pub position: i32,
    }

    /// No relations.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

impl Visible for of_draft::Entity {
    /// Whoever writes the draft.
    fn visible_to(viewer: &Viewer) -> Condition {
        let drafts = draft::Entity::find()
            .select_only()
            .column(draft::Column::ResourceId)
            .filter(draft::Entity::visible_to(viewer))
            .into_query();
        Condition::all().add(of_draft::Column::ResourceId.in_subquery(drafts))
    }
}

impl Visible for of_version::Entity {
    /// Whoever reads the version.
    fn visible_to(viewer: &Viewer) -> Condition {
        let versions = version::Entity::find()
            .select_only()
            .column(version::Column::Id)
            .filter(version::Entity::visible_to(viewer))
            .into_query();
        Condition::all().add(of_version::Column::VersionId.in_subquery(versions))
    }
}

/// The files in the versions and drafts that this viewer reads.
pub(crate) fn read_by(viewer: &Viewer) -> [SelectStatement; 2] {
    [
        of_version::Entity::find()
            .select_only()
            .column(of_version::Column::FileId)
            .filter(of_version::Entity::visible_to(viewer))
            .into_query(),
        of_draft::Entity::find()
            .select_only()
            .column(of_draft::Column::FileId)
            .filter(of_draft::Entity::visible_to(viewer))
            .into_query(),
    ]
}

impl Writes<of_draft::Entity> for Begin<'_> {
    fn covers(&self, row: &of_draft::Model) -> bool {
        row.resource_id == self.resource.id
    }
}

impl Writes<of_draft::Entity> for Write<'_> {
    fn covers(&self, row: &of_draft::Model) -> bool {
        row.resource_id == self.resource.id
    }
}

impl Writes<of_version::Entity> for Turn<'_> {
    fn covers(&self, _: &of_version::Model) -> bool {
        // A version that the same transaction adds: the rows of others can't be added to, their keys are taken.
        true
    }
}

/// Gives a draft these files, which the viewer must see, instead of those it has.
pub(crate) async fn attach<A>(
    tx: &Tx,
    permit: &Permit<A>,
    to: Id<Resource>,
    files: &[Id<File>],
) -> Result<()>
where
    A: Action + Writes<of_draft::Entity>,
{
    let before = tx
        .find::<of_draft::Entity>()
        .filter(of_draft::Column::ResourceId.eq(to))
        .order(of_draft::Column::Position, Direction::Asc)
        .all()
        .await?;
    if before
        .iter()
        .map(|row| row.file_id)
        .eq(files.iter().copied())
    {
        return Ok(());
    }
    // Photos of lessons never leave their study.
    let seen = tx
        .find::<file::entity::Entity>()
        .any_of(file::entity::Column::Id, files)
        .filter(file::entity::Column::StudyId.is_null());
    if seen.count().await? < files.len() as u64 {
        return Err(Refusal::NotFound.of("text.fileIds"));
    }
    for row in before {
        tx.delete(permit, row).await?;
    }
    let rows = files
        .iter()
        .zip(0..)
        .map(|(file, position)| of_draft::Model {
            resource_id: to,
            file_id: *file,
            position,
        });
    tx.insert_all(permit, rows.collect()).await
}

/// A new version has the files of the draft it was.
pub(crate) async fn seal(
    tx: &Tx,
    permit: &Permit<Turn<'_>>,
    of: Id<Resource>,
    into: Id<ResourceVersion>,
) -> Result<()> {
    let draft = tx
        .find::<of_draft::Entity>()
        .filter(of_draft::Column::ResourceId.eq(of))
        .all()
        .await?;
    let rows = draft.into_iter().map(|row| of_version::Model {
        version_id: into,
        file_id: row.file_id,
        position: row.position,
    });
    tx.insert_all(permit, rows.collect()).await
}

/// The files of a version, for a copy of it.
pub(crate) async fn ids_of(tx: &Tx, version: Id<ResourceVersion>) -> Result<Vec<Id<File>>> {
    let rows = tx
        .find::<of_version::Entity>()
        .filter(of_version::Column::VersionId.eq(version))
        .order(of_version::Column::Position, Direction::Asc)
        .all()
        .await?;
    Ok(rows.into_iter().map(|row| row.file_id).collect())
}

/// Whether a work holds this file, whoever asks.
pub(crate) async fn holds(tx: &Tx, file: Id<File>) -> Result<bool> {
    let job = crate::authz::Job::Calendar;
    let drafts = tx.find_as::<of_draft::Entity>(job);
    let drafts = drafts.filter(of_draft::Column::FileId.eq(file)).limit(1);
    let versions = tx.find_as::<of_version::Entity>(job);
    let versions = versions
        .filter(of_version::Column::FileId.eq(file))
        .limit(1);
    Ok(drafts.one().await?.is_some() || versions.one().await?.is_some())
}

/// The files of these versions that the viewer reads, in their order.
pub async fn of_versions(
    access: &Access,
    of: &[Id<ResourceVersion>],
) -> Result<HashMap<Id<ResourceVersion>, Vec<Id<File>>>> {
    let rows = access
        .find::<of_version::Entity>()
        .any_of(of_version::Column::VersionId, of)
        .order(of_version::Column::Position, Direction::Asc)
        .all()
        .await?;
    let mut files: HashMap<_, Vec<_>> = HashMap::new();
    for row in rows {
        files.entry(row.version_id).or_default().push(row.file_id);
    }
    Ok(files)
}

/// The files of the drafts of these works that the viewer writes, in their order.
pub async fn of_drafts(
    access: &Access,
    of: &[Id<Resource>],
) -> Result<HashMap<Id<Resource>, Vec<Id<File>>>> {
    let rows = access
        .find::<of_draft::Entity>()
        .any_of(of_draft::Column::ResourceId, of)
        .order(of_draft::Column::Position, Direction::Asc)
        .all()
        .await?;
    let mut files: HashMap<_, Vec<_>> = HashMap::new();
    for row in rows {
        files.entry(row.resource_id).or_default().push(row.file_id);
    }
    Ok(files)
}
