//! How files and uploads are found.

use chrono::Duration;
use sea_orm::sea_query::Order as Direction;
use sea_orm::{ColumnTrait, Condition};

use super::entity::{Column, Entity, blob, part, upload, usage};
use super::{Blob, File, GRACE_HOURS, Upload, UploadPart, WAITS_HOURS};
use crate::authz::{Job, Viewer};
use crate::consent::{Kind, queries::allowing};
use crate::db::{Access, Db};
use crate::error::Result;
use crate::id::Id;

/// The viewer's upload, if it has not run out.
pub async fn upload(access: &Access, id: Id<File>) -> Result<Option<Upload>> {
    access
        .find::<upload::Entity>()
        .by_id(id)
        .filter(upload::Column::ExpiresAt.gt(access.now()))
        .one()
        .await
}

/// The pieces of an upload that the viewer has been shown, from its beginning.
pub async fn parts(access: &Access, of: &Upload) -> Result<Vec<UploadPart>> {
    let job = access.db().access(Viewer::system(Job::Calendar));
    job.find::<part::Entity>()
        .filter(part::Column::UploadId.eq(of.id))
        .order(part::Column::Begins, Direction::Asc)
        .all()
        .await
}

/// The file behind a link that was found good. A photo of a lesson is behind none once families allow it no more.
pub async fn linked(db: &Db, id: Id<File>) -> Result<Option<File>> {
    let job = db.access(Viewer::system(Job::Door));
    let open = Condition::any()
        .add(Column::StudyId.is_null())
        .add(Column::StudyId.in_subquery(allowing(Kind::Media, job.today())));
    job.find::<Entity>().by_id(id).filter(open).one().await
}

/// How many bytes the viewer has in the store.
pub async fn used(access: &Access) -> Result<i64> {
    let usage = access.find::<usage::Entity>().limit(1).one().await?;
    Ok(usage.map_or(0, |usage| usage.bytes))
}

/// Uploads whose time ran out, the oldest first. For the sweep.
pub async fn expired(access: &Access, batch: u64) -> Result<Vec<Upload>> {
    access
        .find::<upload::Entity>()
        .filter(upload::Column::ExpiresAt.lte(access.now() - Duration::hours(GRACE_HOURS)))
        .order(upload::Column::ExpiresAt, Direction::Asc)
        .limit(batch)
        .all()
        .await
}

/// Those of these ids that no upload has. For the sweep.
pub async fn unknown(access: &Access, ids: Vec<Id<File>>) -> Result<Vec<Id<File>>> {
    let known = access.find::<upload::Entity>();
    let known = known.any_of(upload::Column::Id, &ids).all().await?;
    let is_known = |id: &Id<File>| known.iter().any(|upload| upload.id == *id);
    Ok(ids.into_iter().filter(|id| !is_known(id)).collect())
}

/// Bytes in the store that no file has and nobody began to put there lately. For the sweep.
pub async fn unwanted(access: &Access, batch: u64) -> Result<Vec<Blob>> {
    use sea_orm::{EntityTrait, QuerySelect, QueryTrait};
    let kept = Entity::find()
        .select_only()
        .column(Column::Hash)
        .into_query();
    let since = access.now() - Duration::hours(WAITS_HOURS);
    let unwanted = Condition::all()
        .add(blob::Column::WantedAt.lte(since))
        .add(blob::Column::Hash.not_in_subquery(kept));
    access
        .find::<blob::Entity>()
        .filter(unwanted)
        .limit(batch)
        .all()
        .await
}
