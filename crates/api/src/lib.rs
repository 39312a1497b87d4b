//! The GraphQL schema: ids in, payloads out. Rules live in `domain`; here is only how they are asked for and shown.
//!
//! One file a noun: its object, its fields, its part of [`Query`] and [`Mutation`]. Shared: [`ids`], [`errors`],
//! [`connection`], [`rows`] (one loader for everything by id), [`scalar`], [`node`].

mod access_token;
mod activity;
mod activity_change;
mod agreement;
mod announcement;
mod audience;
mod audit;
mod calendar_feed;
mod case_pupil;
mod collection;
mod connection;
mod consent;
mod credit;
mod designation;
mod endorsement;
mod errors;
mod evidence;
#[cfg(test)]
mod field_size;
mod file;
mod ids;
mod import;
mod installation;
mod invitation;
mod licence;
mod live;
mod membership;
mod network;
mod node;
mod notification;
mod observation;
mod partnership;
mod person;
mod plan;
mod plan_change;
mod plan_report;
mod reads;
mod region;
mod research_lesson;
mod research_lesson_change;
mod resource;
mod resource_change;
mod resource_comment;
mod resource_family;
mod resource_list;
mod resource_report;
mod resource_search;
mod resource_use;
mod resource_version;
mod rows;
mod scalar;
mod school;
mod school_change;
mod session;
mod sheet;
mod study;
mod study_change;
mod study_member;
mod study_record;
mod study_template;
mod viewer;

use async_graphql::{
    Data, MergedObject, MergedSubscription, SDLExportOptions, Schema as GraphqlSchema,
    SchemaBuilder,
};
use domain::db::Access;
use domain::session::Caller;

pub use installation::Words;
pub use reads::Reads;
pub use rows::Rows;

/// Everything that can be read, subject by subject: in one flat list the futures of a field nest as deep as the list is
/// long, and no stack bears that.
#[derive(MergedObject, Default)]
pub struct Query(node::NodeQuery, CommunityQuery, StudiesQuery, BankQuery);

/// Schools, networks and their people.
#[derive(MergedObject, Default)]
pub struct CommunityQuery(
    network::NetworkQuery,
    partnership::PartnershipQuery,
    plan::PlanQuery,
    activity::ActivityQuery,
    school::SchoolQuery,
    viewer::ViewerQuery,
    person::PersonQuery,
    invitation::InvitationQuery,
    audit::AuditQuery,
    installation::InstallationQuery,
    region::RegionQuery,
    import::ImportQuery,
    announcement::AnnouncementQuery,
);

/// Lesson Study.
#[derive(MergedObject, Default)]
pub struct StudiesQuery(
    research_lesson::ResearchLessonQuery,
    study::StudyQuery,
    study_member::StudyCandidateQuery,
    study_template::StudyTemplateQuery,
);

/// The piggy bank.
#[derive(MergedObject, Default)]
pub struct BankQuery(
    licence::LicenceQuery,
    resource_list::ResourceQuery,
    resource_search::ResourceSearchQuery,
    resource_report::ResourceReportQuery,
    collection::CollectionQuery,
    credit::CreditQuery,
);

/// Everything that can be done. Each field is one act; what a person can do wrong comes back in `userErrors`.
#[derive(MergedObject, Default)]
pub struct Mutation(
    AccountMutation,
    CommunityMutation,
    PlansMutation,
    StudiesMutation,
    BankMutation,
);

/// Who somebody is and what they are told.
#[derive(MergedObject, Default)]
pub struct AccountMutation(
    notification::NotificationMutation,
    session::SessionMutation,
    access_token::AccessTokenMutation,
    calendar_feed::CalendarFeedMutation,
    person::PersonMutation,
);

/// Schools, networks and their people.
#[derive(MergedObject, Default)]
pub struct CommunityMutation(
    network::NetworkMutation,
    partnership::PartnershipMutation,
    agreement::AgreementMutation,
    invitation::InvitationMutation,
    membership::MembershipMutation,
    school_change::SchoolMutation,
    designation::DesignationMutation,
    announcement::AnnouncementMutation,
);

/// The joint plan of the partnership's year.
#[derive(MergedObject, Default)]
pub struct PlansMutation(
    plan_change::PlanMutation,
    activity_change::ActivityMutation,
    evidence::EvidenceMutation,
    plan_report::PlanReportMutation,
);

/// Lesson Study.
#[derive(MergedObject, Default)]
pub struct StudiesMutation(
    study_template::StudyTemplateMutation,
    study_change::StudyMutation,
    study_member::StudyMemberMutation,
    case_pupil::CasePupilMutation,
    consent::ConsentMutation,
    research_lesson_change::ResearchLessonMutation,
    sheet::SheetMutation,
    observation::ObservationMutation,
);

/// The piggy bank.
#[derive(MergedObject, Default)]
pub struct BankMutation(
    resource_change::ResourceMutation,
    resource_use::ResourceUseMutation,
    endorsement::EndorsementMutation,
    resource_comment::ResourceCommentMutation,
    resource_report::ResourceReportMutation,
    collection::CollectionMutation,
    credit::CreditMutation,
    file::FileMutation,
);

/// The mutations by which somebody could guess or flood: a request may carry one of them.
pub const CREDENTIAL_FIELDS: &[&str] = &[
    "accessTokenCreate",
    "invitationAccept",
    "invitationSend",
    "passwordChange",
    "passwordReset",
    "signIn",
    "signInLinkRequest",
    "signInLinkUse",
];

/// Everything that can be followed live. A stream ends with the session, and when the viewer's rights change.
#[derive(MergedSubscription, Default)]
pub struct Subscription(
    live::NotificationSubscription,
    plan::PlanSubscription,
    study::StudySubscription,
);

/// The schema that the server executes.
pub type Schema = GraphqlSchema<Query, Mutation, Subscription>;

/// The schema, to add extensions and limits to, and the [`notify::bus::Bus`] that wakes up subscriptions.
pub fn builder() -> SchemaBuilder<Query, Mutation, Subscription> {
    GraphqlSchema::build(
        Query::default(),
        Mutation::default(),
        Subscription::default(),
    )
    .register_output_type::<node::Node>()
    .disable_suggestions()
}

/// The schema definition language, as committed in `schema.graphql`.
pub fn sdl() -> String {
    let options = SDLExportOptions::new()
        .sorted_fields()
        .sorted_arguments()
        .sorted_enum_items()
        .include_specified_by();
    builder().finish().sdl_with_options(options)
}

/// What one operation of a viewer needs: the database as they see it, and loaders that live as long as the operation.
/// `from` is where the viewer comes from, for those who want to get in.
pub fn data(access: Access, from: Caller) -> Data {
    let mut data = Data::default();
    let reads = Reads::default();
    data.insert(rows::loader(access.clone(), reads.clone()));
    data.insert(reads);
    data.insert(access);
    data.insert(from);
    data
}
