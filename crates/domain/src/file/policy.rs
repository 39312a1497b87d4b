//! Who sees a file, who may give and remove one.

use sea_orm::{ColumnTrait, Condition};

use super::entity::{Column, Entity, blob, part, upload, usage};
use super::{Blob, File, FileUsage, Upload, UploadPart};
use crate::authz::{Action, Job, Viewer, Visible, Writes, nothing};
use crate::consent::{Kind, queries::allowing};
use crate::error::Refusal;
use crate::id::Id;
use crate::person::Person;
use crate::resource::attachment;
use crate::study::policy::within;

impl Visible for Entity {
    /// Whoever gave it, and whoever reads a work that holds it; a photo of a lesson, whoever takes part in its study, as
    /// long as families allow it.
    fn visible_to(viewer: &Viewer) -> Condition {
        let [shared, drafted] = attachment::read_by(viewer);
        let read = Condition::any()
            .add(Column::Id.in_subquery(shared))
            .add(Column::Id.in_subquery(drafted))
            .add_option(viewer.id().map(|person| Column::UploaderId.eq(person)));
        let plain = Condition::all().add(Column::StudyId.is_null()).add(read);
        let photo = viewer.standing().map(|standing| {
            within(Column::StudyId, viewer)
                .add(Column::StudyId.in_subquery(allowing(Kind::Media, standing.today)))
        });
        Condition::any().add(plain).add_option(photo)
    }
}

impl Visible for upload::Entity {
    fn visible_to(viewer: &Viewer) -> Condition {
        match viewer.id() {
            Some(person) => Condition::all().add(upload::Column::PersonId.eq(person)),
            None => nothing(),
        }
    }
}

impl Visible for usage::Entity {
    fn visible_to(viewer: &Viewer) -> Condition {
        match viewer.id() {
            Some(person) => Condition::all().add(usage::Column::PersonId.eq(person)),
            None => nothing(),
        }
    }
}

impl Visible for part::Entity {
    /// Only through its upload.
    fn visible_to(_: &Viewer) -> Condition {
        nothing()
    }
}

impl Visible for blob::Entity {
    /// Only through a file.
    fn visible_to(_: &Viewer) -> Condition {
        nothing()
    }
}

/// A person announces a file, sends it, takes it back.
pub struct Give {
    /// Who.
    pub person: Id<Person>,
    /// The id of upload and file.
    pub file: Id<File>,
}

impl Action for Give {
    const NAME: &'static str = "file.give";

    fn decide(&self, viewer: &Viewer) -> Result<(), Refusal> {
        viewer.require(viewer.id() == Some(self.person))
    }
}

impl Writes<upload::Entity> for Give {
    fn covers(&self, row: &Upload) -> bool {
        row.id == self.file && row.person_id == self.person
    }
}

impl Writes<part::Entity> for Give {
    fn covers(&self, row: &UploadPart) -> bool {
        row.upload_id == self.file
    }
}

impl Writes<usage::Entity> for Give {
    fn covers(&self, row: &FileUsage) -> bool {
        row.person_id == self.person
    }
}

impl Writes<blob::Entity> for Give {
    fn covers(&self, _: &Blob) -> bool {
        true
    }
}

impl Writes<Entity> for Give {
    fn covers(&self, row: &File) -> bool {
        row.id == self.file && row.uploader_id == self.person
    }
}

/// Whoever gave a file removes it.
pub struct Remove<'a> {
    /// The file.
    pub file: &'a File,
}

impl Action for Remove<'_> {
    const NAME: &'static str = "file.remove";

    fn decide(&self, viewer: &Viewer) -> Result<(), Refusal> {
        viewer.require(viewer.id() == Some(self.file.uploader_id))
    }
}

impl Writes<Entity> for Remove<'_> {
    fn covers(&self, row: &File) -> bool {
        row.id == self.file.id
    }
}

impl Writes<usage::Entity> for Remove<'_> {
    fn covers(&self, row: &FileUsage) -> bool {
        row.person_id == self.file.uploader_id
    }
}

/// What nobody needs any more goes.
pub struct Sweep;

impl Action for Sweep {
    const NAME: &'static str = "file.sweep";

    fn decide(&self, viewer: &Viewer) -> Result<(), Refusal> {
        viewer.require(viewer.is(Job::Calendar))
    }
}

impl Writes<upload::Entity> for Sweep {
    fn covers(&self, _: &Upload) -> bool {
        true
    }
}

impl Writes<part::Entity> for Sweep {
    fn covers(&self, _: &UploadPart) -> bool {
        true
    }
}

impl Writes<usage::Entity> for Sweep {
    fn covers(&self, _: &FileUsage) -> bool {
        true
    }
}

impl Writes<blob::Entity> for Sweep {
    fn covers(&self, _: &Blob) -> bool {
        true
    }
}
