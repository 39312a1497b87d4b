//! Works of the methodological piggy bank.

use async_graphql::{Context, Enum, ID, Object, Result};
use chrono::{DateTime, Utc};
use domain::id::Id;
use domain::person::Person as Author;
use domain::region::Region;
use domain::resource::{self as model, queries, subject};
use domain::{endorsement, resource_comment, resource_report, resource_use};

use crate::audience::Audience;
use crate::connection::{Connection, Paging, connect};
use crate::endorsement::{Endorsement, EndorsementsOf};
use crate::ids::shown;
use crate::licence::{Licence, Subject};
use crate::network::Network;
use crate::resource_comment::ResourceComment;
use crate::resource_family::{
    AuthorsOf, DraftOf, FamilyOf, LabelsOf, Numbered, Relative, ResourceAuthor,
};
use crate::resource_use::ResourceUse;
use crate::resource_version::{ResourceDraft, ResourceVersion};
use crate::rows::{access, by_id, load, read};
use crate::scalar::{ApiLanguage, LocalizedText};
use crate::school::School;
use crate::study::Study;

/// What sort of work it is.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "model::Kind")]
pub enum ResourceKind {
    /// The plan of a lesson.
    LessonPlan,
    /// Tasks on a sheet.
    Worksheet,
    /// Slides.
    Slides,
    /// A test, a rubric.
    Assessment,
    /// A video.
    Video,
    /// A page elsewhere.
    Link,
    /// An article, an essay, a report.
    Article,
    /// A step of a method: what to do, with what.
    ToolkitStep,
}

/// Where a work stands.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "model::State")]
pub enum ResourceState {
    /// Only its authors have seen it.
    Draft,
    /// Its audience sees the newest version.
    Shared,
    /// A moderator hid it; its authors and the moderators see it.
    Hidden,
    /// Its authors took it back: its audience sees that it was there, and why it is gone.
    Withdrawn,
}

/// A work that teachers share.
pub struct Resource {
    pub(crate) row: model::Resource,
    /// The newest version, where it was read with the work.
    newest: Option<model::ResourceVersion>,
}

impl Resource {
    /// A work with its newest version.
    pub(crate) fn with_newest(
        (row, newest): (model::Resource, Option<model::ResourceVersion>),
    ) -> Self {
        Self { row, newest }
    }
}

impl From<model::Resource> for Resource {
    fn from(row: model::Resource) -> Self {
        Self { row, newest: None }
    }
}

/// A work that teachers share: whoever it is shared with sees it, its authors always; trainers of its school's region
/// whatever leaves the school; administrators whatever was ever shared.
#[Object]
impl Resource {
    /// The id.
    pub(crate) async fn id(&self) -> ID {
        shown(self.row.id)
    }

    /// The version of the entry, to send back with a change. Not the number of what was shared.
    async fn version(&self) -> i32 {
        self.row.version
    }

    /// What sort of work it is.
    async fn kind(&self) -> ResourceKind {
        self.row.kind.into()
    }

    /// The language of what it says.
    async fn language(&self) -> ApiLanguage {
        self.row.language.into()
    }

    /// The subject; null for all subjects.
    async fn subject(&self) -> Option<Subject> {
        let code = self.row.subject.as_deref()?;
        subject::named(code).map(Subject)
    }

    /// The first grade it is for, 0 to 12; 0 is the class that prepares for school.
    async fn grade_from(&self) -> i32 {
        self.row.grade_from
    }

    /// The last grade it is for.
    async fn grade_to(&self) -> i32 {
        self.row.grade_to
    }

    /// Under which terms it may be used.
    async fn licence(&self) -> Licence {
        Licence(self.row.licence)
    }

    /// The school it comes from.
    async fn school(&self, ctx: &Context<'_>) -> Result<Option<School>> {
        match self.row.school_id {
            Some(id) => Ok(by_id(ctx, id).await?.map(School)),
            None => Ok(None),
        }
    }

    /// The network it comes from.
    async fn network(&self, ctx: &Context<'_>) -> Result<Option<Network>> {
        match self.row.network_id {
            Some(id) => Ok(by_id(ctx, id).await?.map(Network)),
            None => Ok(None),
        }
    }

    /// Whom it is shared with, or will be.
    async fn audience(&self) -> Audience {
        Audience(self.row.audience())
    }

    /// Where it stands.
    async fn state(&self) -> ResourceState {
        self.row.state.into()
    }

    /// What it is called.
    async fn title(&self) -> LocalizedText {
        LocalizedText(self.row.title())
    }

    /// Why it is hidden or withdrawn.
    async fn reason(&self) -> Option<&str> {
        self.row.reason.as_deref()
    }

    /// When it was begun.
    async fn created_at(&self) -> DateTime<Utc> {
        self.row.created_at
    }

    /// When the newest version was shared; null before there is one.
    async fn shared_at(&self) -> Option<DateTime<Utc>> {
        (self.row.newest_number > 0).then_some(self.row.shared_at)
    }

    /// When what its readers see of it last changed: its card, its newest version, its audience or its state. Counts are
    /// not meant.
    async fn changed_at(&self) -> DateTime<Utc> {
        self.row.changed_at
    }

    /// The newest version; null before there is one, and for readers after it was withdrawn.
    async fn newest(&self, ctx: &Context<'_>) -> Result<Option<ResourceVersion>> {
        if let Some(newest) = &self.newest {
            return Ok(Some(ResourceVersion(newest.clone())));
        }
        match self.row.newest_id {
            Some(id) => Ok(by_id(ctx, id).await?.map(ResourceVersion)),
            None => Ok(None),
        }
    }

    /// All versions that were shared, the newest first.
    async fn versions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start, 1 to 100; 20 when neither is given.")]
        first: Option<i32>,
        #[graphql(desc = "After this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
    ) -> Result<Option<Connection<ResourceVersion>>> {
        let window = Paging {
            first,
            after,
            last,
            before,
        }
        .window(ctx)?;
        let (access, of) = (access(ctx)?, self.row.id);
        let page = read(ctx, queries::versions(access, of, &window)).await?;
        connect(ctx, page, ResourceVersion, || {
            queries::count_versions(access, of)
        })
        .await
        .map(Some)
    }

    /// The version with this number; null when there is none that the viewer may read.
    async fn numbered(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its number, from 1.")] number: i32,
    ) -> Result<Option<ResourceVersion>> {
        let key = Numbered(self.row.id, number);
        Ok(load(ctx, key).await?.map(ResourceVersion))
    }

    /// What its authors are writing; null for everybody else.
    async fn draft(&self, ctx: &Context<'_>) -> Result<Option<ResourceDraft>> {
        Ok(load(ctx, DraftOf(self.row.id)).await?.map(ResourceDraft))
    }

    /// Who wrote it, in the order they are named in; at most 10.
    async fn authors(&self, ctx: &Context<'_>) -> Result<Vec<ResourceAuthor>> {
        let authors = load(ctx, AuthorsOf(self.row.id)).await?.unwrap_or_default();
        Ok(authors.into_iter().map(ResourceAuthor).collect())
    }

    /// Free words by which it is found; at most 20.
    async fn tags(&self, ctx: &Context<'_>) -> Result<Vec<String>> {
        self.words(ctx, model::LabelKind::Tag).await
    }

    /// Codes of the goals of the curriculum it serves, such as `7.2.1.3`; at most 20.
    async fn goals(&self, ctx: &Context<'_>) -> Result<Vec<String>> {
        self.words(ctx, model::LabelKind::Goal).await
    }

    /// The version it was adapted from, as far as the viewer sees it.
    async fn derived_from(&self, ctx: &Context<'_>) -> Result<Option<ResourceVersion>> {
        self.origin(ctx, model::Kinship::Adaptation).await
    }

    /// The version it was translated from, as far as the viewer sees it.
    async fn translation_of(&self, ctx: &Context<'_>) -> Result<Option<ResourceVersion>> {
        self.origin(ctx, model::Kinship::Translation).await
    }

    /// What it was taken from and what was taken from it, as far as the viewer sees it; the oldest first, at most 100.
    async fn family(&self, ctx: &Context<'_>) -> Result<Vec<Relative>> {
        let key = FamilyOf(self.row.id, self.row.origin_id);
        let family = load(ctx, key).await?.unwrap_or_default();
        let relative = |other: model::Resource| Relative::new(&self.row, other);
        Ok(family.into_iter().filter_map(relative).collect())
    }

    /// The study whose report it tells again, as far as the viewer sees it.
    async fn study(&self, ctx: &Context<'_>) -> Result<Option<Study>> {
        match self.row.study_id {
            Some(id) => Ok(by_id(ctx, id).await?.map(Study::from)),
            None => Ok(None),
        }
    }

    /// How many copies were taken.
    async fn copy_count(&self) -> i32 {
        self.row.copies
    }

    /// How often it was used in class.
    async fn use_count(&self) -> i32 {
        self.row.uses
    }

    /// How many endorsements hold.
    async fn endorsement_count(&self) -> i32 {
        self.row.endorsements
    }

    /// How many comments there are.
    async fn comment_count(&self) -> i32 {
        self.row.comments
    }

    /// How many of those who used it rated it.
    async fn rating_count(&self) -> i32 {
        self.row.ratings
    }

    /// The mean of their ratings, 1 to 5; null when nobody did.
    async fn rating(&self) -> Option<f64> {
        (self.row.ratings > 0).then(|| f64::from(self.row.stars) / f64::from(self.row.ratings))
    }

    /// Where others used it, and how it went, the latest told first; for those who are signed in.
    async fn uses(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start, 1 to 100; 20 when neither is given.")]
        first: Option<i32>,
        #[graphql(desc = "After this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
    ) -> Result<Option<Connection<ResourceUse>>> {
        let window = Paging {
            first,
            after,
            last,
            before,
        }
        .window(ctx)?;
        let (access, of) = (access(ctx)?, self.row.id);
        let page = read(ctx, resource_use::queries::page(access, of, &window)).await?;
        connect(ctx, page, ResourceUse::from, || {
            resource_use::queries::count(access, of)
        })
        .await
        .map(Some)
    }

    /// What its readers wrote, in the order in which they did; for those who are signed in. Removed ones leave a gap.
    async fn comments(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start, 1 to 100; 20 when neither is given.")]
        first: Option<i32>,
        #[graphql(desc = "After this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
    ) -> Result<Option<Connection<ResourceComment>>> {
        let window = Paging {
            first,
            after,
            last,
            before,
        }
        .window(ctx)?;
        let (access, of) = (access(ctx)?, self.row.id);
        let page = read(ctx, resource_comment::queries::page(access, of, &window)).await?;
        connect(ctx, page, ResourceComment::from, || {
            resource_comment::queries::count(access, of)
        })
        .await
        .map(Some)
    }

    /// The endorsements that hold, the latest first; at most 100.
    async fn endorsements(&self, ctx: &Context<'_>) -> Result<Vec<Endorsement>> {
        let given = load(ctx, EndorsementsOf(self.row.id)).await?;
        let given = given.unwrap_or_default().into_iter().take(100);
        Ok(given.map(Endorsement).collect())
    }

    /// Whether the viewer may edit it: card, draft, authors, audience.
    async fn viewer_can_update(&self, ctx: &Context<'_>) -> Result<bool> {
        Ok(self.allowed(ctx).await?.write)
    }

    /// Whether the viewer may share the draft as the next version.
    async fn viewer_can_share(&self, ctx: &Context<'_>) -> Result<bool> {
        Ok(self.allowed(ctx).await?.share)
    }

    /// Whether the viewer may withdraw it.
    async fn viewer_can_withdraw(&self, ctx: &Context<'_>) -> Result<bool> {
        Ok(self.allowed(ctx).await?.withdraw)
    }

    /// Whether the viewer may take a copy.
    async fn viewer_can_copy(&self, ctx: &Context<'_>) -> Result<bool> {
        let authors = self.author_ids(ctx).await?;
        Ok(self.row.may_copy(access(ctx)?, &authors))
    }

    /// Whether the viewer may tell that they used it.
    async fn viewer_can_tell_use(&self, ctx: &Context<'_>) -> Result<bool> {
        let authors = self.author_ids(ctx).await?;
        Ok(resource_use::queries::may_tell(
            access(ctx)?,
            &self.row,
            &authors,
        ))
    }

    /// Whether the viewer may comment on it.
    async fn viewer_can_comment(&self, ctx: &Context<'_>) -> Result<bool> {
        Ok(resource_comment::queries::may_add(access(ctx)?, &self.row))
    }

    /// Whether the viewer may report it.
    async fn viewer_can_report(&self, ctx: &Context<'_>) -> Result<bool> {
        self.may_report(ctx, resource_report::Ground::Other).await
    }

    /// Whether the viewer may appeal for it.
    async fn viewer_can_appeal(&self, ctx: &Context<'_>) -> Result<bool> {
        self.may_report(ctx, resource_report::Ground::Appeal).await
    }

    /// Whether the viewer may endorse a version of it.
    async fn viewer_can_endorse(&self, ctx: &Context<'_>) -> Result<bool> {
        let (authors, region) = (
            self.author_ids(ctx).await?,
            region_of(ctx, &self.row).await?,
        );
        Ok(endorsement::queries::may_give(
            access(ctx)?,
            &self.row,
            &authors,
            region,
        ))
    }

    /// Whether the viewer may hide it.
    async fn viewer_can_hide(&self, ctx: &Context<'_>) -> Result<bool> {
        let region = region_of(ctx, &self.row).await?;
        Ok(self
            .row
            .may_moderate(access(ctx)?, region, model::Step::Hide))
    }

    /// Whether the viewer may show it again.
    async fn viewer_can_restore(&self, ctx: &Context<'_>) -> Result<bool> {
        let region = region_of(ctx, &self.row).await?;
        Ok(self
            .row
            .may_moderate(access(ctx)?, region, model::Step::Restore))
    }
}

/// Where a work's school is: who moderates it.
pub(crate) async fn region_of(
    ctx: &Context<'_>,
    resource: &model::Resource,
) -> Result<Option<Id<Region>>> {
    match resource.school_id {
        Some(id) => Ok(by_id(ctx, id).await?.and_then(|school| school.region_id)),
        None => Ok(None),
    }
}

impl Resource {
    async fn words(&self, ctx: &Context<'_>, kind: model::LabelKind) -> Result<Vec<String>> {
        let labels = load(ctx, LabelsOf(self.row.id)).await?.unwrap_or_default();
        let of_kind = labels.into_iter().filter(|label| label.kind == kind);
        Ok(of_kind.map(|label| label.word).collect())
    }

    async fn origin(
        &self,
        ctx: &Context<'_>,
        kinship: model::Kinship,
    ) -> Result<Option<ResourceVersion>> {
        match self.row.origin_version_id {
            Some(id) if self.row.kinship == Some(kinship) => {
                Ok(by_id(ctx, id).await?.map(ResourceVersion))
            }
            _ => Ok(None),
        }
    }

    async fn allowed(&self, ctx: &Context<'_>) -> Result<queries::Allowed> {
        let authors = self.author_ids(ctx).await?;
        Ok(self.row.allowed(access(ctx)?, &authors))
    }

    async fn author_ids(&self, ctx: &Context<'_>) -> Result<Vec<Id<Author>>> {
        let authors = load(ctx, AuthorsOf(self.row.id)).await?.unwrap_or_default();
        Ok(authors.iter().map(|author| author.person_id).collect())
    }

    async fn may_report(&self, ctx: &Context<'_>, ground: resource_report::Ground) -> Result<bool> {
        let authors = self.author_ids(ctx).await?;
        Ok(resource_report::queries::may_make(
            access(ctx)?,
            &self.row,
            &authors,
            ground,
        ))
    }
}
