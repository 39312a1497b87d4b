//! Errors at the edge. What a person can mend becomes a [`UserError`] in the payload; what they asked wrongly of a
//! query, an error with its code; what is ours, `INTERNAL`, with the details in the log alone.

use async_graphql::{Context, Enum, ErrorExtensions, SimpleObject};
use domain::error::{Error, Misstep, Refusal};
use domain::text::Language;
use i18n::Locale;
use notify::wording;

/// Something in the input that the person can mend.
#[derive(SimpleObject, Debug, Clone)]
pub struct UserError {
    /// The path of the field in the input, outermost first; empty when it is about the whole. At most 4 steps.
    field: Vec<String>,
    /// What is wrong, for programs.
    code: UserErrorCode,
    /// What is wrong and what would be right, for people, in the viewer's language.
    message: String,
}

/// A list of codes that is the same as the domain's [`Refusal`], each with its sentence.
macro_rules! codes {
    ($($variant:ident { $($field:ident),* } $doc:literal => $message:ident;)*) => {
        /// Every way in which the software says no to a person.
        #[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
        pub enum UserErrorCode {
            $(#[doc = $doc] $variant,)*
        }

        fn code(refusal: &Refusal) -> UserErrorCode {
            match refusal {
                $(Refusal::$variant { .. } => UserErrorCode::$variant,)*
            }
        }

        /// The sentence for a refusal.
        fn sentence(locale: Locale, refusal: &Refusal) -> String {
            match refusal {
                $(Refusal::$variant { $($field),* } => locale.$message($((*$field).into_arg()),*),)*
            }
        }
    };
}

codes! {
    Required {} "Nothing was given where something is needed." => refusal_required;
    NotNeeded {} "Something was given where nothing is needed." => refusal_not_needed;
    TooLong { max } "More characters than fit." => refusal_too_long;
    TooShort { min } "Fewer characters than will do." => refusal_too_short;
    TooMany { max } "More items than fit." => refusal_too_many;
    MalformedEmail {} "Not an e-mail address." => refusal_malformed_email;
    MalformedUrl {} "Not a web address of the kinds taken." => refusal_malformed_url;
    MalformedText {} "Control characters in a text." => refusal_malformed_text;
    NotFound {} "There is none, or none that the viewer may know of." => refusal_not_found;
    NotPermitted {} "The viewer sees it, but may not do this." => refusal_not_permitted;
    SignInRequired {} "Only for people who are signed in." => refusal_sign_in_required;
    Conflict {} "Somebody changed it since the viewer read it." => refusal_conflict;
    KeyReused {} "The idempotency key was used for something else." => refusal_key_reused;
    AlreadyLinked {} "The two schools have a live partnership already." => refusal_already_linked;
    SameSchool {} "A school can't be its own partner." => refusal_same_school;
    NotLeading {} "The school does not lead here, or holds no current designation as a Leading school." => refusal_not_leading;
    WrongState { state } "Not possible in the state it is in." => refusal_wrong_state;
    AlreadySigned {} "This side has signed already." => refusal_already_signed;
    AgreementMissing {} "There is no agreement to sign yet." => refusal_agreement_missing;
    ReasonRequired {} "Somebody must say why." => refusal_reason_required;
    DateOrder {} "The end lies before the start." => refusal_date_order;
    DatePast {} "The date is over." => refusal_date_past;
    DateTooFar { days } "The date lies too far ahead." => refusal_date_too_far;
    Expired {} "Too late: the link or invitation ran out." => refusal_expired;
    Used {} "The link was used already." => refusal_used;
    WrongPerson {} "The invitation is for another e-mail address." => refusal_wrong_person;
    CommonPassword {} "A password that everybody guesses first." => refusal_common_password;
    WrongCredentials {} "The address and the password do not belong together." => refusal_wrong_credentials;
    Throttled { minutes } "Too often; the message says when to come back." => refusal_throttled;
    AlreadyMember {} "The person has this role already." => refusal_already_member;
    LastAdmin {} "Somebody must remain in charge." => refusal_last_admin;
    LeadStays {} "Whoever leads a study hands over before they leave it." => refusal_lead_stays;
    AlreadyClaimed {} "The school is claimed already." => refusal_already_claimed;
    AlreadyMerged {} "The school is merged into another." => refusal_already_merged;
    AlreadyExists {} "There is one like it." => refusal_already_exists;
    PageSize { max } "`first` and `last` exclude each other and lie between 1 and 100." => refusal_page_size;
    Cursor {} "The cursor is of another list, sort or filter." => refusal_cursor;
    FileHeld {} "A work holds the file." => refusal_file_held;
    NetworkClosed {} "The network takes no new schools." => refusal_network_closed;
    OutOfRange { max, min } "The number lies outside of what fits." => refusal_out_of_range;
    ActivitiesMissing {} "Nothing is planned yet." => refusal_activities_missing;
    OutsideYear {} "The day lies outside of the school year of the plan." => refusal_outside_year;
    YearTooFar {} "A plan is for the last, this or the next school year." => refusal_year_too_far;
    GradeOrder {} "The last grade comes before the first." => refusal_grade_order;
    NoAdaptations {} "The licence of the work allows no adaptations or translations." => refusal_no_adaptations;
    LicenceMismatch { licences } "The original's licence does not permit this one for an adaptation." => refusal_licence_mismatch;
    RoleScope {} "The role can't be given there." => refusal_role_scope;
    PersonalNumber {} "The text holds what looks like an identity number or a phone number." => refusal_personal_number;
    GroupSize { max, min } "A group has fewer or more teachers than it may." => refusal_group_size;
    ProtocolMissing {} "Not everybody in the group accepted the protocol." => refusal_protocol_missing;
    QuestionMissing {} "The study has no question yet." => refusal_question_missing;
    PupilsMissing {} "A study needs three case pupils, or six, or nine." => refusal_pupils_missing;
    LessonsMissing { count } "Research lessons must be closed first." => refusal_lessons_missing;
    ConsentMissing {} "No consent to watch the pupils holds today." => refusal_consent_missing;
    MediaConsentMissing {} "No consent for photos and video holds today." => refusal_media_consent_missing;
    NotAPicture {} "The file is no picture." => refusal_not_a_picture;
    PupilMissed { count } "Nobody spoke of some case pupil yet." => refusal_pupil_missed;
    DiscussionOrder {} "Something comes before this part of the discussion." => refusal_discussion_order;
    ProgressMissing {} "The progress of some case pupil is not written." => refusal_progress_missing;
    ReportMissing {} "Some part of the report is not written." => refusal_report_missing;
}

/// Numbers and words as message arguments.
trait IntoArg {
    type Arg;
    fn into_arg(self) -> Self::Arg;
}

impl IntoArg for usize {
    type Arg = u64;
    fn into_arg(self) -> u64 {
        self as u64
    }
}

impl IntoArg for i32 {
    type Arg = i32;
    fn into_arg(self) -> i32 {
        self
    }
}

impl IntoArg for u32 {
    type Arg = u32;
    fn into_arg(self) -> u32 {
        self
    }
}

impl IntoArg for &'static str {
    type Arg = &'static str;
    fn into_arg(self) -> &'static str {
        self
    }
}

fn user_error(language: Language, misstep: &Misstep) -> UserError {
    UserError {
        field: misstep
            .field
            .split('.')
            .filter(|step| !step.is_empty())
            .map(str::to_owned)
            .collect(),
        code: code(&misstep.refusal),
        message: sentence(wording::locale(language), &misstep.refusal),
    }
}

/// What became of a mutation: the thing, or what the person can mend; or a fault of ours.
pub(crate) fn outcome<T>(
    ctx: &Context<'_>,
    result: domain::error::Result<T>,
) -> async_graphql::Result<(Option<T>, Vec<UserError>)> {
    let language = crate::rows::access(ctx)?.viewer().language;
    match result {
        Ok(done) => Ok((Some(done), Vec::new())),
        Err(Error::Refused(missteps)) => Ok((
            None,
            missteps
                .iter()
                .map(|misstep| user_error(language, misstep))
                .collect(),
        )),
        Err(error) => Err(fault(&error)),
    }
}

/// The result of a read: a wrong question is an error with its code, a fault `INTERNAL`.
pub(crate) fn answer<T>(
    ctx: &Context<'_>,
    result: domain::error::Result<T>,
) -> async_graphql::Result<T> {
    result.map_err(|error| match (&error, crate::rows::access(ctx)) {
        (Error::Refused(missteps), Ok(access)) => match missteps.first() {
            Some(misstep) => {
                let error = user_error(access.viewer().language, misstep);
                let name = async_graphql::Value::from(error.code).to_string();
                async_graphql::Error::new(error.message).extend_with(|_, e| {
                    e.set("code", name.as_str());
                    e.set("argument", misstep.field);
                })
            }
            None => fault(&error),
        },
        _ => fault(&error),
    })
}

/// What nobody can mend in the input: the database is away for now, or a fault of ours. The details go to the log.
pub(crate) fn fault(error: &Error) -> async_graphql::Error {
    let Error::Away(_) = error else {
        return internal(error);
    };
    tracing::warn!(%error, "the database is away");
    async_graphql::Error::new("The service is not available.")
        .extend_with(|_, e| e.set("code", "UNAVAILABLE"))
}

/// A fault: the details go to the log, under the request's span.
pub(crate) fn internal(fault: &dyn std::fmt::Display) -> async_graphql::Error {
    tracing::error!(%fault, "fault");
    async_graphql::Error::new("internal").extend_with(|_, e| e.set("code", "INTERNAL"))
}

/// That somebody else was faster, where the payload says more than an error could.
pub(crate) fn conflict(ctx: &Context<'_>) -> async_graphql::Result<UserError> {
    let misstep = Misstep {
        field: "version",
        refusal: Refusal::Conflict,
    };
    Ok(user_error(
        crate::rows::access(ctx)?.viewer().language,
        &misstep,
    ))
}
