//! Studies: the card, who takes part, notes, the report.

use async_graphql::{Context, Enum, ID, InputObject, Object, Result, Subscription};
use chrono::{DateTime, Utc};
use domain::case_pupil::CasePupil as CasePupilRow;
use domain::consent::Consent as ConsentRow;
use domain::db::Access;
use domain::id::Id;
use domain::outbox;
use domain::research_lesson::ResearchLesson as LessonRow;
use domain::study::{self as model, queries};
use futures_util::{Stream, StreamExt};
use notify::live as streams;

use crate::audience::AudienceRung;
use crate::audit::{AuditEntry, AuditOrder};
use crate::case_pupil::CasePupil;
use crate::connection::{Connection, Paging, connect};
use crate::consent::{AllowsMedia, Consent};
use crate::errors::answer;
use crate::ids::{given, shown, wanted};
use crate::live::bus;
use crate::network::Network;
use crate::research_lesson::ResearchLesson;
use crate::resource::Resource;
use crate::resource_family::Retold;
use crate::rows::{Part, access, asking, by_id, load, parts, read};
use crate::school::School;
use crate::study_member::StudyMember;
use crate::study_record::{StudyNote, StudyReport};
use crate::study_template::StudyTemplate;

/// Where a study stands.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "model::State")]
pub enum StudyState {
    /// The group is coming together.
    Draft,
    /// The group stands, and each accepted the protocol.
    Formed,
    /// The question and the case pupils stand.
    Focused,
    /// Research lessons are planned, taught and discussed.
    Cycling,
    /// Progress and findings are written down.
    Concluding,
    /// The report stands.
    Reported,
    /// Others read the report.
    Shared,
    /// It rests.
    Paused,
    /// It was given up.
    Abandoned,
}

/// What can happen to a study.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "model::Step")]
pub enum StudyStep {
    /// The group stands.
    Form,
    /// The question and the case pupils stand.
    Focus,
    /// The first research lesson is planned.
    Cycle,
    /// The lessons are over.
    Conclude,
    /// The report stands.
    Report,
    /// Others may read the report.
    Share,
    /// A rest.
    Pause,
    /// The rest is over.
    Resume,
    /// It is given up.
    Abandon,
}

/// Teachers, often of several schools, who learn from lessons together.
pub struct Study(
    pub model::Study,
    pub(crate) Option<domain::study_template::StudyTemplate>,
);

impl From<model::Study> for Study {
    fn from(row: model::Study) -> Self {
        Self(row, None)
    }
}

/// Teachers, often of several schools, who learn from lessons that they plan, observe and discuss together. For whoever
/// takes part or is asked to; once shared, for those it is shared with.
#[Object]
impl Study {
    /// The id.
    pub(crate) async fn id(&self) -> ID {
        shown(self.0.id)
    }

    /// The version, to send back with a change.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// What it is about.
    async fn theme(&self) -> &str {
        &self.0.theme
    }

    /// What the group wants to learn; empty until it knows.
    async fn question(&self) -> &str {
        &self.0.question
    }

    /// The code of the subject.
    async fn subject(&self) -> Option<&str> {
        self.0.subject.as_deref()
    }

    /// The year group, 0 to 12.
    async fn grade(&self) -> Option<i32> {
        self.0.grade
    }

    /// Where it stands.
    async fn state(&self) -> StudyState {
        self.0.state.into()
    }

    /// Why it is paused or was abandoned.
    async fn reason(&self) -> Option<&str> {
        self.0.reason.as_deref()
    }

    /// Since when.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// When it was shared.
    async fn shared_at(&self) -> Option<DateTime<Utc>> {
        self.0.shared_at
    }

    /// How far its report is shared; null before it is. Lesson plans and discussion records go to schools alone, those
    /// of the network at the farthest.
    async fn audience(&self) -> Option<AudienceRung> {
        self.0.rung.map(Into::into)
    }

    /// The template it goes by.
    async fn template(&self, ctx: &Context<'_>) -> Result<Option<StudyTemplate>> {
        match &self.1 {
            Some(known) => Ok(Some(StudyTemplate(known.clone()))),
            None => Ok(by_id(ctx, self.0.template_id).await?.map(StudyTemplate)),
        }
    }

    /// The network it is part of.
    async fn network(&self, ctx: &Context<'_>) -> Result<Option<Network>> {
        match self.0.network_id {
            Some(id) => Ok(by_id(ctx, id).await?.map(Network)),
            None => Ok(None),
        }
    }

    /// The school of whoever began it.
    async fn school(&self, ctx: &Context<'_>) -> Result<Option<School>> {
        Ok(by_id(ctx, self.0.school_id).await?.map(School))
    }

    /// Everybody who was ever asked to take part, the first asked first, at most 100; of a shared study those who wrote it.
    async fn members(&self, ctx: &Context<'_>) -> Result<Vec<StudyMember>> {
        let cards = parts::<MemberCard>(ctx, self.0.id).await?;
        Ok(cards.into_iter().take(100).map(Into::into).collect())
    }

    /// The viewer's own membership, if there is one.
    async fn viewer_member(&self, ctx: &Context<'_>) -> Result<Option<StudyMember>> {
        Ok(self.own(ctx).await?.map(Into::into))
    }

    /// The case pupils, for whoever takes part, at most 12.
    async fn case_pupils(&self, ctx: &Context<'_>) -> Result<Vec<CasePupil>> {
        let pupils = parts::<CasePupilRow>(ctx, self.0.id).await?;
        Ok(pupils.into_iter().map(CasePupil).collect())
    }

    /// Whether a consent for media holds today: photos may be added to observations, and are shown. For whoever takes part.
    async fn allows_media(&self, ctx: &Context<'_>) -> Result<bool> {
        Ok(load(ctx, AllowsMedia(self.0.id)).await?.is_some())
    }

    /// The consents, for the group without its experts, at most 100.
    async fn consents(&self, ctx: &Context<'_>) -> Result<Vec<Consent>> {
        let consents = parts::<ConsentRow>(ctx, self.0.id).await?;
        Ok(consents.into_iter().map(Consent).collect())
    }

    /// The research lessons in their order, at most 12; for whoever takes part, and for the schools it is shared with.
    async fn lessons(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Only those with these numbers; at most 12.",
            validator(max_items = 12)
        )]
        numbers: Option<Vec<i32>>,
    ) -> Result<Vec<ResearchLesson>> {
        let lessons = parts::<LessonRow>(ctx, self.0.id).await?;
        let wanted = |lesson: &LessonRow| {
            let numbers = numbers.as_ref();
            numbers.is_none_or(|numbers| numbers.contains(&lesson.number))
        };
        Ok(lessons
            .into_iter()
            .filter(wanted)
            .map(ResearchLesson)
            .collect())
    }

    /// What the group noted about what is known, the latest first; for whoever takes part.
    async fn notes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start, 1 to 100; 20 when neither is given.")]
        first: Option<i32>,
        #[graphql(desc = "After this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
    ) -> Result<Option<Connection<StudyNote>>> {
        let paging = Paging {
            first,
            after,
            last,
            before,
        };
        let (window, access) = (paging.window(ctx)?, access(ctx)?);
        let page = read(ctx, queries::notes(access, self.0.id, &window)).await?;
        connect(ctx, page, StudyNote, || {
            queries::note_count(access, self.0.id)
        })
        .await
        .map(Some)
    }

    /// The report, once the group concludes; then for whoever takes part, once shared for those it is shared with.
    async fn report(&self, ctx: &Context<'_>) -> Result<Option<StudyReport>> {
        let report = parts::<model::Report>(ctx, self.0.id).await?;
        Ok(report.into_iter().next().map(StudyReport))
    }

    /// The work of the bank that tells its report again, as far as the viewer sees it.
    async fn resource(&self, ctx: &Context<'_>) -> Result<Option<Resource>> {
        let retold = parts::<Retold>(ctx, self.0.id).await?;
        Ok(retold.into_iter().next().map(|one| one.resource.into()))
    }

    /// What happened to it, the latest first unless told otherwise; for whoever takes part.
    async fn history(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "In which order.", default_with = "AuditOrder::Newest")]
        order_by: AuditOrder,
        #[graphql(desc = "How many from the start, 1 to 100; 20 when neither is given.")]
        first: Option<i32>,
        #[graphql(desc = "After this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
    ) -> Result<Option<Connection<AuditEntry>>> {
        let paging = Paging {
            first,
            after,
            last,
            before,
        };
        let (window, access, key) = (paging.window(ctx)?, access(ctx)?, self.0.id.uuid());
        let history = outbox::queries::history(access, key, order_by.into(), &window);
        let page = read(ctx, history).await?;
        connect(ctx, page, AuditEntry, || {
            outbox::queries::history_count(access, key)
        })
        .await
        .map(Some)
    }

    /// Whether the viewer may change the card, invite experts and take people out of the group.
    async fn viewer_can_lead(&self, ctx: &Context<'_>) -> Result<bool> {
        Ok(self.allowed(ctx).await?.lead)
    }

    /// Whether the viewer may take the lead: they were asked to, or the account of whoever leads is closed.
    async fn viewer_can_take_lead(&self, ctx: &Context<'_>) -> Result<bool> {
        let cards = parts::<MemberCard>(ctx, self.0.id).await?;
        Ok(self.0.may_take_lead(access(ctx)?, &cards))
    }

    /// Whether the viewer may work in the group: notes, case pupils, consents, lessons, sheets, observations, report.
    async fn viewer_can_work(&self, ctx: &Context<'_>) -> Result<bool> {
        Ok(self.allowed(ctx).await?.work)
    }

    /// Whether the viewer may comment.
    async fn viewer_can_comment(&self, ctx: &Context<'_>) -> Result<bool> {
        Ok(self.allowed(ctx).await?.speak)
    }

    /// Whether the viewer may make a work of the bank of its report.
    async fn viewer_can_retell(&self, ctx: &Context<'_>) -> Result<bool> {
        Ok(self.allowed(ctx).await?.retell)
    }

    /// The steps the viewer may take with it, as far as its state allows; what a step needs beyond that, the mutation
    /// says. At most 9.
    async fn viewer_steps(&self, ctx: &Context<'_>) -> Result<Vec<StudyStep>> {
        let steps = self.allowed(ctx).await?.steps;
        Ok(steps.into_iter().map(Into::into).collect())
    }
}

impl Study {
    async fn own(&self, ctx: &Context<'_>) -> Result<Option<MemberCard>> {
        let Some(person) = access(ctx)?.viewer().id() else {
            return Ok(None);
        };
        let cards = parts::<MemberCard>(ctx, self.0.id).await?;
        Ok(cards
            .into_iter()
            .find(|card| card.member.person_id == person))
    }

    pub(crate) async fn allowed(&self, ctx: &Context<'_>) -> Result<queries::Allowed> {
        let own = self.own(ctx).await?;
        Ok(self
            .0
            .allowed(access(ctx)?, own.as_ref().map(|card| &card.member)))
    }
}

pub(crate) use queries::MemberCard;

impl Part for MemberCard {
    type Whole = model::Study;

    fn whole(&self) -> Id<model::Study> {
        self.member.study_id
    }

    async fn of(access: &Access, wholes: &[Id<Self::Whole>]) -> domain::error::Result<Vec<Self>> {
        queries::members(access, wholes).await
    }
}

impl Part for CasePupilRow {
    type Whole = model::Study;

    fn whole(&self) -> Id<model::Study> {
        self.study_id
    }

    async fn of(access: &Access, wholes: &[Id<Self::Whole>]) -> domain::error::Result<Vec<Self>> {
        domain::case_pupil::queries::of(access, wholes).await
    }
}

impl Part for ConsentRow {
    type Whole = model::Study;

    fn whole(&self) -> Id<model::Study> {
        self.study_id
    }

    async fn of(access: &Access, wholes: &[Id<Self::Whole>]) -> domain::error::Result<Vec<Self>> {
        domain::consent::queries::of(access, wholes).await
    }
}

impl Part for LessonRow {
    type Whole = model::Study;

    fn whole(&self) -> Id<model::Study> {
        self.study_id
    }

    async fn of(access: &Access, wholes: &[Id<Self::Whole>]) -> domain::error::Result<Vec<Self>> {
        domain::research_lesson::queries::of(access, wholes).await
    }
}

/// Which studies. Everything given must hold.
#[derive(InputObject, Debug, Clone, Default)]
pub struct StudyFilter {
    /// Only those in which the viewer takes part or is asked to, or only the others.
    mine: Option<bool>,
    /// Of this network.
    network_id: Option<ID>,
    /// With somebody of this school.
    school_id: Option<ID>,
    /// In one of these states; at most 9.
    #[graphql(validator(max_items = 9))]
    states: Option<Vec<StudyState>>,
}

impl From<StudyFilter> for queries::Filter {
    fn from(filter: StudyFilter) -> Self {
        let states = filter.states;
        Self {
            mine: filter.mine,
            network: filter.network_id.as_ref().map(wanted),
            school: filter.school_id.as_ref().map(wanted),
            states: states.map(|states| states.into_iter().map(Into::into).collect()),
        }
    }
}

/// How a list of studies is sorted.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "queries::By")]
pub enum StudyOrder {
    /// The latest begun first.
    Newest,
    /// In the order in which they were begun.
    Oldest,
}

/// Reading studies.
#[derive(Default)]
pub struct StudyQuery;

#[Object]
impl StudyQuery {
    /// The study with this id. Whoever takes part or is asked to; once shared, those it is shared with.
    async fn study(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id.")] id: ID,
    ) -> Result<Option<Study>> {
        let Ok(id) = id.parse() else {
            return Ok(None);
        };
        let found = read(ctx, queries::with_template(access(ctx)?, id)).await?;
        Ok(found.map(|(study, template)| Study(study, template)))
    }

    /// Studies, newest first unless told otherwise. Everybody, each those they may see.
    #[expect(
        clippy::too_many_arguments,
        reason = "Relay's four, and what a list has"
    )]
    async fn studies(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which ones.")] filter: Option<StudyFilter>,
        #[graphql(desc = "In which order.", default_with = "StudyOrder::Newest")]
        order_by: StudyOrder,
        #[graphql(desc = "How many from the start, 1 to 100; 20 when neither is given.")]
        first: Option<i32>,
        #[graphql(desc = "After this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
    ) -> Result<Option<Connection<Study>>> {
        let paging = Paging {
            first,
            after,
            last,
            before,
        };
        let window = paging.window(ctx)?;
        let (access, filter) = (access(ctx)?, filter.unwrap_or_default().into());
        let reading = queries::page(access, &filter, order_by.into(), &window);
        let page = read(ctx, reading).await?;
        connect(ctx, page, Study::from, || queries::count(access, &filter))
            .await
            .map(Some)
    }
}

/// Following studies.
#[derive(Default)]
pub struct StudySubscription;

#[Subscription]
impl StudySubscription {
    /// The study each time it or something in it changed. After a break, read it once and go on. Whoever may see the
    /// study.
    async fn study_changed<'ctx>(
        &self,
        ctx: &Context<'ctx>,
        #[graphql(desc = "Which one.")] id: ID,
    ) -> Result<impl Stream<Item = Study> + use<'ctx>> {
        let rows = async {
            let id = given(&id, "id")?;
            streams::study_changed(asking(ctx)?, id, bus(ctx)?).await
        };
        Ok(answer(ctx, rows.await)?.map(Study::from))
    }
}
