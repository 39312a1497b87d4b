//! Everything with identity, by id.

use async_graphql::{Context, ID, Interface, Object, Result};
use domain::id::Noun;

use crate::access_token::AccessToken;
use crate::activity::Activity;
use crate::announcement::Announcement;
use crate::audit::AuditEntry;
use crate::calendar_feed::CalendarFeed;
use crate::case_pupil::CasePupil;
use crate::collection::Collection;
use crate::consent::Consent;
use crate::credit::CreditRecord;
use crate::designation::Designation;
use crate::endorsement::Endorsement;
use crate::evidence::Evidence;
use crate::file::File;
use crate::import::ImportRun;
use crate::invitation::Invitation;
use crate::membership::Membership;
use crate::network::Network;
use crate::observation::Observation;
use crate::partnership::Partnership;
use crate::person::Person;
use crate::plan::Plan;
use crate::plan_report::PlanReport;
use crate::region::Region;
use crate::research_lesson::ResearchLesson;
use crate::resource::Resource;
use crate::resource_comment::ResourceComment;
use crate::resource_report::ResourceReport;
use crate::resource_use::ResourceUse;
use crate::resource_version::ResourceVersion;
use crate::rows::by_id;
use crate::school::School;
use crate::session::Session;
use crate::sheet::{CellComment, SheetCell, SheetStage};
use crate::study::Study;
use crate::study_member::StudyMember;
use crate::study_record::StudyNote;
use crate::study_template::StudyTemplate;

/// Something with identity.
#[derive(Interface)]
#[graphql(field(
    name = "id",
    ty = "ID",
    desc = "Its id: a prefix for the kind, and a time-ordered key. Opaque to clients."
))]
pub enum Node {
    /// An announcement.
    Announcement(Announcement),
    /// A designation.
    Designation(Designation),
    /// A file.
    File(File),
    /// An import.
    ImportRun(ImportRun),
    /// A region or district.
    Region(Region),
    /// An access token.
    AccessToken(AccessToken),
    /// An activity of a joint plan.
    Activity(Activity),
    /// An entry of the audit.
    AuditEntry(AuditEntry),
    /// A calendar feed.
    CalendarFeed(CalendarFeed),
    /// A piece of evidence.
    Evidence(Evidence),
    /// An invitation.
    Invitation(Invitation),
    /// A membership.
    Membership(Membership),
    /// A network.
    Network(Network),
    /// A partnership.
    Partnership(Partnership),
    /// A person.
    Person(Person),
    /// A joint plan.
    Plan(Plan),
    /// A report on a joint plan.
    PlanReport(PlanReport),
    /// A collection.
    Collection(Collection),
    /// A record of credit.
    CreditRecord(CreditRecord),
    /// An endorsement.
    Endorsement(Endorsement),
    /// A work.
    Resource(Resource),
    /// A comment.
    ResourceComment(ResourceComment),
    /// A report.
    ResourceReport(ResourceReport),
    /// A use of a work.
    ResourceUse(ResourceUse),
    /// A version of a work.
    ResourceVersion(ResourceVersion),
    /// A school.
    School(School),
    /// A session.
    Session(Session),
    /// A case pupil.
    CasePupil(CasePupil),
    /// A comment on a cell of a sheet.
    CellComment(CellComment),
    /// A consent.
    Consent(Consent),
    /// An observation.
    Observation(Observation),
    /// A research lesson.
    ResearchLesson(ResearchLesson),
    /// A cell of a sheet.
    SheetCell(SheetCell),
    /// A stage of a lesson.
    SheetStage(SheetStage),
    /// A study.
    Study(Study),
    /// A membership of a study.
    StudyMember(StudyMember),
    /// A note of a study.
    StudyNote(StudyNote),
    /// A template of studies.
    StudyTemplate(StudyTemplate),
}

/// Reading by id.
#[derive(Default)]
pub struct NodeQuery;

#[Object]
impl NodeQuery {
    /// The thing with this id, or null: unknown, malformed and forbidden ids all answer alike.
    /// Everybody, each as far as they may see.
    async fn node(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id.")] id: ID,
    ) -> Result<Option<Node>> {
        find(ctx, &id).await
    }

    /// The things with these ids, in their order, null for what is not there. At most 100.
    /// Everybody, each as far as they may see.
    async fn nodes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The ids, at most 100.", validator(max_items = 100))] ids: Vec<ID>,
    ) -> Result<Vec<Option<Node>>> {
        futures_util::future::try_join_all(ids.iter().map(|id| find(ctx, id))).await
    }
}

async fn find(ctx: &Context<'_>, id: &ID) -> Result<Option<Node>> {
    use domain::{
        access_token, announcement, calendar_feed, case_pupil, collection, consent, credit,
        designation, endorsement, file, import, invitation, membership, network, observation,
        outbox, partnership, person, plan, region, research_lesson, resource, resource_comment,
        resource_report, resource_use, school, session, study, study_template,
    };
    let prefix = id.split('_').next().unwrap_or_default();
    Ok(match prefix {
        network::Network::PREFIX => read::<network::Network>(ctx, id)
            .await?
            .map(|row| Node::Network(Network(row))),
        partnership::Partnership::PREFIX => read::<partnership::Partnership>(ctx, id)
            .await?
            .map(|row| Node::Partnership(row.into())),
        person::Person::PREFIX => read::<person::Person>(ctx, id)
            .await?
            .map(|row| Node::Person(Person(row))),
        school::School::PREFIX => read::<school::School>(ctx, id)
            .await?
            .map(|row| Node::School(School(row))),
        access_token::AccessToken::PREFIX => read::<access_token::AccessToken>(ctx, id)
            .await?
            .map(|row| Node::AccessToken(AccessToken(row))),
        plan::Activity::PREFIX => read::<plan::Activity>(ctx, id)
            .await?
            .map(|row| Node::Activity(Activity(row))),
        calendar_feed::CalendarFeed::PREFIX => read::<calendar_feed::CalendarFeed>(ctx, id)
            .await?
            .map(|row| Node::CalendarFeed(CalendarFeed(row))),
        plan::Evidence::PREFIX => read::<plan::Evidence>(ctx, id)
            .await?
            .map(|row| Node::Evidence(Evidence(row))),
        plan::Plan::PREFIX => read::<plan::Plan>(ctx, id)
            .await?
            .map(|row| Node::Plan(Plan(row))),
        plan::Report::PREFIX => read::<plan::Report>(ctx, id)
            .await?
            .map(|row| Node::PlanReport(PlanReport(row))),
        announcement::Announcement::PREFIX => read::<announcement::Announcement>(ctx, id)
            .await?
            .map(|row| Node::Announcement(Announcement(row))),
        invitation::Invitation::PREFIX => read::<invitation::Invitation>(ctx, id)
            .await?
            .map(|row| Node::Invitation(Invitation(row))),
        membership::Membership::PREFIX => read::<membership::Membership>(ctx, id)
            .await?
            .map(|row| Node::Membership(Membership(row))),
        outbox::Record::PREFIX => read::<outbox::Record>(ctx, id)
            .await?
            .map(|row| Node::AuditEntry(AuditEntry(row))),
        session::Session::PREFIX => read::<session::Session>(ctx, id)
            .await?
            .map(|row| Node::Session(Session(row))),
        designation::Designation::PREFIX => read::<designation::Designation>(ctx, id)
            .await?
            .map(|row| Node::Designation(Designation(row))),
        file::File::PREFIX => read::<file::File>(ctx, id)
            .await?
            .map(|row| Node::File(File(row))),
        import::ImportRun::PREFIX => read::<import::ImportRun>(ctx, id)
            .await?
            .map(|row| Node::ImportRun(ImportRun(row))),
        region::Region::PREFIX => read::<region::Region>(ctx, id)
            .await?
            .map(|row| Node::Region(Region(row))),
        resource::Resource::PREFIX => read::<resource::Resource>(ctx, id)
            .await?
            .map(|row| Node::Resource(row.into())),
        collection::Collection::PREFIX => read::<collection::Collection>(ctx, id)
            .await?
            .map(|row| Node::Collection(Collection(row))),
        credit::CreditRecord::PREFIX => read::<credit::CreditRecord>(ctx, id)
            .await?
            .map(|row| Node::CreditRecord(CreditRecord(row))),
        endorsement::Endorsement::PREFIX => read::<endorsement::Endorsement>(ctx, id)
            .await?
            .map(|row| Node::Endorsement(Endorsement(row))),
        resource_comment::ResourceComment::PREFIX => {
            read::<resource_comment::ResourceComment>(ctx, id)
                .await?
                .map(|row| Node::ResourceComment(row.into()))
        }
        resource_report::ResourceReport::PREFIX => read::<resource_report::ResourceReport>(ctx, id)
            .await?
            .map(|row| Node::ResourceReport(ResourceReport(row))),
        resource_use::ResourceUse::PREFIX => read::<resource_use::ResourceUse>(ctx, id)
            .await?
            .map(|row| Node::ResourceUse(row.into())),
        resource::ResourceVersion::PREFIX => read::<resource::ResourceVersion>(ctx, id)
            .await?
            .map(|row| Node::ResourceVersion(ResourceVersion(row))),
        case_pupil::CasePupil::PREFIX => read::<case_pupil::CasePupil>(ctx, id)
            .await?
            .map(|row| Node::CasePupil(CasePupil(row))),
        research_lesson::CellComment::PREFIX => read::<research_lesson::CellComment>(ctx, id)
            .await?
            .map(|row| Node::CellComment(CellComment(row))),
        consent::Consent::PREFIX => read::<consent::Consent>(ctx, id)
            .await?
            .map(|row| Node::Consent(Consent(row))),
        observation::Observation::PREFIX => read::<observation::Observation>(ctx, id)
            .await?
            .map(|row| Node::Observation(Observation(row))),
        research_lesson::ResearchLesson::PREFIX => read::<research_lesson::ResearchLesson>(ctx, id)
            .await?
            .map(|row| Node::ResearchLesson(ResearchLesson(row))),
        research_lesson::SheetCell::PREFIX => read::<research_lesson::SheetCell>(ctx, id)
            .await?
            .map(|row| Node::SheetCell(SheetCell(row))),
        research_lesson::SheetStage::PREFIX => read::<research_lesson::SheetStage>(ctx, id)
            .await?
            .map(|row| Node::SheetStage(SheetStage(row))),
        study::Study::PREFIX => read::<study::Study>(ctx, id)
            .await?
            .map(|row| Node::Study(Study::from(row))),
        study::Member::PREFIX => read::<study::Member>(ctx, id)
            .await?
            .map(|row| Node::StudyMember(StudyMember::from(row))),
        study::Note::PREFIX => read::<study::Note>(ctx, id)
            .await?
            .map(|row| Node::StudyNote(StudyNote(row))),
        study_template::StudyTemplate::PREFIX => read::<study_template::StudyTemplate>(ctx, id)
            .await?
            .map(|row| Node::StudyTemplate(StudyTemplate(row))),
        _ => None,
    })
}

async fn read<R: domain::db::Row>(ctx: &Context<'_>, id: &ID) -> Result<Option<R>> {
    match id.parse() {
        Ok(id) => by_id(ctx, id).await,
        Err(_) => Ok(None),
    }
}
