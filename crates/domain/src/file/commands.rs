//! What becomes of files: announced, received piece by piece, kept, taken back, removed, swept.

use chrono::Duration;
use sea_orm::{ColumnTrait, QuerySelect};
use uuid::Uuid;

use super::entity::{blob, part, upload, usage};
use super::policy::{Give, Remove, Sweep};
use super::{
    Allowance, Blob, File, FileUsage, GRACE_HOURS, MOST_PARTS, MOST_UPLOADS, Upload, UploadPart,
    WAITS_HOURS, plain_name,
};
use crate::authz::{Action, Job, Permit, Writes};
use crate::db::{Access, Tx};
use crate::error::{Refusal, Result};
use crate::fact::Fact;
use crate::id::Id;
use crate::person::Person;
use crate::resource::attachment;

/// Why no room is made for a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoRoom {
    /// It is larger than any may be.
    Large,
    /// With it the person would have more than they may.
    Full,
    /// The person has too many unfinished uploads.
    Many,
}

/// What came of it.
pub type Room<T> = std::result::Result<T, NoRoom>;

/// A person announces a file of `length` bytes. `metadata` is repeated to the client.
pub async fn announce(
    access: &Access,
    name: &str,
    metadata: &str,
    length: u64,
    allowance: Allowance,
) -> Result<Room<Upload>> {
    let person = access.viewer().id().ok_or(Refusal::SignInRequired)?;
    let Some(length) = whole(length).filter(|_| length <= allowance.file) else {
        return Ok(Err(NoRoom::Large));
    };
    let id = Id::fresh();
    let tx = access.begin().await?;
    let permit = tx.permit(Give { person, file: id })?;
    // Held, so that of two at once both see what the other takes.
    let usage = usage_of(&tx, &permit, person).await?;
    let open = tx
        .find::<upload::Entity>()
        .filter(upload::Column::Finished.eq(false));
    if open.count().await? >= MOST_UPLOADS {
        return Ok(Err(NoRoom::Many));
    }
    let bytes = usage.bytes + length;
    if u64::try_from(bytes).unwrap_or(0) > allowance.person {
        return Ok(Err(NoRoom::Full));
    }
    tx.update(&permit, FileUsage { bytes, ..usage }).await?;
    let upload = Upload {
        id,
        person_id: person,
        name: plain_name(name),
        metadata: metadata.to_owned(),
        length,
        received: 0,
        parts: 0,
        finished: false,
        expires_at: tx.now() + Duration::hours(WAITS_HOURS),
        created_at: tx.now(),
    };
    let upload = tx.insert(&permit, upload).await?;
    tx.commit().await?;
    Ok(Ok(upload))
}

/// A piece that is safe in the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    /// Its key there.
    pub key: Uuid,
    /// How many bytes.
    pub size: u64,
}

/// A new key for a piece.
pub fn new_key() -> Uuid {
    Id::<File>::fresh().uuid()
}

/// Notes that these pieces came, after the first `received` bytes. Whoever else sent the same first wins: then it is
/// a conflict.
pub async fn receive(
    access: &Access,
    id: Id<File>,
    received: i64,
    pieces: &[Piece],
) -> Result<Upload> {
    let tx = access.begin().await?;
    let upload = held(&tx, id).await?;
    let person = upload.person_id;
    let permit = tx.permit(Give { person, file: id })?;
    if upload.received != received || upload.finished {
        return Err(Refusal::Conflict.into());
    }
    let mut after = upload;
    for piece in pieces {
        let size = whole(piece.size).ok_or(Refusal::Conflict)?;
        let part = UploadPart {
            upload_id: id,
            begins: after.received,
            size,
            key: piece.key,
        };
        tx.insert(&permit, part).await?;
        after.received += size;
        after.parts += 1;
    }
    if after.received > after.length {
        return Err(Refusal::Conflict.into());
    }
    if after.parts > MOST_PARTS {
        let max = usize::try_from(MOST_PARTS).unwrap_or(usize::MAX);
        return Err(Refusal::TooMany { max }.into());
    }
    after.expires_at = tx.now() + Duration::hours(WAITS_HOURS);
    let after = tx.update(&permit, after).await?;
    tx.commit().await?;
    Ok(after)
}

/// Says that bytes with this hash are about to be put into the store: until a file has them, or a day is over, they
/// are not swept.
pub async fn want(access: &Access, hash: &[u8]) -> Result<()> {
    let person = access.viewer().id().ok_or(Refusal::SignInRequired)?;
    let tx = access.begin().await?;
    let file = Id::fresh();
    let permit = tx.permit(Give { person, file })?;
    let blob = Blob {
        hash: hash.to_vec(),
        wanted_at: tx.now(),
    };
    // Waits for a sweep that is just removing the same bytes.
    let new = tx
        .insert_missing(&permit, vec![blob.clone()], &[blob::Column::Hash])
        .await?;
    if new.is_empty() {
        tx.update(&permit, blob).await?;
    }
    tx.commit().await
}

/// Bytes that are in the store, and what they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content {
    /// SHA-256.
    pub hash: Vec<u8>,
    /// How many.
    pub size: u64,
    /// What they are.
    pub media_type: String,
    /// Whether a preview and a thumbnail are there as well.
    pub pictured: bool,
}

/// The upload becomes a file. Whoever comes second finds it done.
pub async fn keep(access: &Access, id: Id<File>, content: &Content) -> Result<File> {
    let tx = access.begin().await?;
    let upload = held(&tx, id).await?;
    let person = upload.person_id;
    let permit = tx.permit(Give { person, file: id })?;
    if upload.finished {
        return tx.get(id, "").await;
    }
    if upload.received != upload.length {
        return Err(Refusal::Conflict.into());
    }
    let usage = usage_of(&tx, &permit, person).await?;
    let file = file(&tx, id, &upload.name, person, content);
    // A picture is kept without what it hid, so its size is not the one that was announced.
    let bytes = usage.bytes + file.size - upload.length;
    tx.update(&permit, FileUsage { bytes, ..usage }).await?;
    forget_parts(&tx, &permit, id).await?;
    let finished = Upload {
        finished: true,
        expires_at: tx.now() + Duration::hours(WAITS_HOURS),
        ..upload
    };
    tx.update(&permit, finished).await?;
    let file = tx.insert(&permit, file).await?;
    tx.record(&permit, Fact::FileAdded { file: id }).await?;
    tx.commit().await?;
    Ok(file)
}

/// A file that came with an import becomes the viewer's, whatever room they have.
pub async fn bring(access: &Access, name: &str, content: &Content) -> Result<File> {
    let person = access.viewer().id().ok_or(Refusal::SignInRequired)?;
    let id = Id::fresh();
    let tx = access.begin().await?;
    let permit = tx.permit(Give { person, file: id })?;
    let usage = usage_of(&tx, &permit, person).await?;
    let file = file(&tx, id, &plain_name(name), person, content);
    let bytes = usage.bytes + file.size;
    tx.update(&permit, FileUsage { bytes, ..usage }).await?;
    let file = tx.insert(&permit, file).await?;
    tx.record(&permit, Fact::FileAdded { file: id }).await?;
    tx.commit().await?;
    Ok(file)
}

/// Takes an unfinished upload back. Its bytes go afterwards.
pub async fn take_back(access: &Access, id: Id<File>) -> Result<()> {
    let tx = access.begin().await?;
    let upload = held(&tx, id).await?;
    let person = upload.person_id;
    let permit = tx.permit(Give { person, file: id })?;
    if upload.finished {
        return Err(Refusal::WrongState { state: "FINISHED" }.into());
    }
    let usage = usage_of(&tx, &permit, person).await?;
    let bytes = usage.bytes - upload.length;
    tx.update(&permit, FileUsage { bytes, ..usage }).await?;
    forget_parts(&tx, &permit, id).await?;
    tx.delete(&permit, upload).await?;
    tx.commit().await
}

/// Whoever gave a file removes it; its bytes go with a later sweep, unless another file has them.
pub async fn remove(access: &Access, id: Id<File>) -> Result<File> {
    let tx = access.begin().await?;
    let file: File = tx.lock(id, "id").await?;
    let permit = tx.permit(Remove { file: &file })?;
    if file.study_id.is_some() || attachment::holds(&tx, id).await? {
        return Err(Refusal::FileHeld.of("id"));
    }
    gone(&tx, &permit).await?;
    tx.commit().await?;
    Ok(file)
}

/// The file goes, and its room is free.
pub(crate) async fn gone(tx: &Tx, permit: &Permit<Remove<'_>>) -> Result<()> {
    let file = permit.action().file;
    let usage = usage_of(tx, permit, file.uploader_id).await?;
    let bytes = usage.bytes - file.size;
    tx.update(permit, FileUsage { bytes, ..usage }).await?;
    tx.delete(permit, file.clone()).await?;
    tx.record(permit, Fact::FileRemoved { file: file.id }).await
}

/// An upload's time ran out and its bytes are gone: the row goes. An upload that got new bytes meanwhile stays, and
/// tells so.
pub async fn expire(access: &Access, id: Id<File>) -> Result<()> {
    let tx = access.begin().await?;
    let permit = tx.permit(Sweep)?;
    let Some(upload) = locked(&tx, id).await? else {
        return Ok(());
    };
    if upload.expires_at > tx.now() - Duration::hours(GRACE_HOURS) {
        return Ok(());
    }
    if !upload.finished {
        let usage = usage_of(&tx, &permit, upload.person_id).await?;
        let bytes = usage.bytes - upload.length;
        tx.update(&permit, FileUsage { bytes, ..usage }).await?;
    }
    forget_parts(&tx, &permit, id).await?;
    tx.delete(&permit, upload).await?;
    tx.commit().await
}

/// Removes bytes that no file has: `gone` removes them from the store while nobody can begin to want them again.
pub async fn discard(
    access: &Access,
    blob: &Blob,
    gone: impl AsyncFnOnce() -> Result<()>,
) -> Result<bool> {
    let tx = access.begin().await?;
    let permit = tx.permit(Sweep)?;
    let same = || blob::Column::Hash.eq(blob.hash.clone());
    let held = tx
        .find::<blob::Entity>()
        .filter(same())
        .shape(QuerySelect::lock_exclusive);
    if held.one().await?.as_ref() != Some(blob) {
        return Ok(false);
    }
    let files = tx
        .find::<super::entity::Entity>()
        .filter(super::entity::Column::Hash.eq(blob.hash.clone()));
    if files.limit(1).one().await?.is_some() {
        return Ok(false);
    }
    gone().await?;
    tx.delete(&permit, blob.clone()).await?;
    tx.commit().await?;
    Ok(true)
}

fn file(tx: &Tx, id: Id<File>, name: &str, uploader_id: Id<Person>, content: &Content) -> File {
    File {
        id,
        hash: content.hash.clone(),
        size: whole(content.size).unwrap_or(i64::MAX),
        media_type: content.media_type.clone(),
        name: name.to_owned(),
        pictured: content.pictured,
        uploader_id,
        study_id: None,
        created_at: tx.now(),
    }
}

/// The viewer's upload, held. Who only reads may not send.
async fn held(tx: &Tx, id: Id<File>) -> Result<Upload> {
    let upload = locked(tx, id).await?;
    upload
        .filter(|upload| upload.finished || upload.expires_at > tx.now())
        .ok_or_else(|| Refusal::NotFound.into())
}

async fn locked(tx: &Tx, id: Id<File>) -> Result<Option<Upload>> {
    let find = tx.find::<upload::Entity>().by_id(id);
    find.shape(QuerySelect::lock_exclusive).one().await
}

/// What the person has in the store, held.
async fn usage_of<A>(tx: &Tx, permit: &Permit<A>, person: Id<Person>) -> Result<FileUsage>
where
    A: Action + Writes<usage::Entity>,
{
    let none = FileUsage {
        person_id: person,
        bytes: 0,
    };
    tx.insert_missing(permit, vec![none.clone()], &[usage::Column::PersonId])
        .await?;
    let find = tx.find_as::<usage::Entity>(Job::Calendar).by_id(person);
    let usage = find.shape(QuerySelect::lock_exclusive).one().await?;
    Ok(usage.unwrap_or(none))
}

async fn forget_parts<A>(tx: &Tx, permit: &Permit<A>, id: Id<File>) -> Result<()>
where
    A: Action + Writes<part::Entity>,
{
    use sea_orm::{EntityTrait, QueryFilter};
    part::Entity::delete_many()
        .filter(part::Column::UploadId.eq(id))
        .exec(tx.raw(permit))
        .await?;
    Ok(())
}

fn whole(bytes: u64) -> Option<i64> {
    i64::try_from(bytes).ok()
}
