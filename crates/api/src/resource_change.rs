//! Doing things with works.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use domain::error::Result as Domain;
use domain::resource as model;
use domain::resource::commands::{self, Edit, NewCopy, NewResource};
use domain::resource::content::{Card, Link, Text};
use domain::resource::retell::{Retelling, retell};
use domain::study::record::Parts;
use i18n::Locale;

use crate::audience::AudienceInput;
use crate::errors::{UserError, outcome};
use crate::ids::{given, wanted};
use crate::licence::LicenceCode;
use crate::resource::{Resource, ResourceKind};
use crate::rows::asking;
use crate::scalar::{ApiLanguage, LocalizedTextInput};

/// How a work is found.
#[derive(InputObject)]
pub struct ResourceCardInput {
    /// What sort of work it is.
    kind: ResourceKind,
    /// The language of what it says.
    language: ApiLanguage,
    /// The subject's code; left out for all subjects.
    subject: Option<String>,
    /// The first grade it is for, 0 to 12.
    grade_from: i32,
    /// The last grade it is for, 0 to 12.
    grade_to: i32,
    /// Free words, at most 20 of 60 characters.
    #[graphql(validator(max_items = 100))]
    tags: Option<Vec<String>>,
    /// Codes of goals of the curriculum, at most 20 of 60 characters.
    #[graphql(validator(max_items = 100))]
    goals: Option<Vec<String>>,
}

impl From<ResourceCardInput> for Card {
    fn from(input: ResourceCardInput) -> Self {
        Self {
            kind: input.kind.into(),
            language: input.language.into(),
            subject: input.subject,
            grades: (input.grade_from, input.grade_to),
            tags: input.tags.unwrap_or_default(),
            goals: input.goals.unwrap_or_default(),
        }
    }
}

/// A page elsewhere.
#[derive(InputObject)]
pub struct ResourceLinkInput {
    /// What it is called, at most 200 characters.
    title: String,
    /// Where it is: `https://…` or `http://…`, at most 2,000 characters.
    url: String,
}

/// What a work says, and under which terms.
#[derive(InputObject)]
pub struct ResourceTextInput {
    /// What it is called, at most 300 characters a language.
    title: LocalizedTextInput,
    /// What it is about, at most 2,000 characters a language.
    summary: Option<LocalizedTextInput>,
    /// What it says, in Markdown, at most 100,000 characters.
    body: Option<String>,
    /// Pages elsewhere, at most 20.
    #[graphql(validator(max_items = 100))]
    links: Option<Vec<ResourceLinkInput>>,
    /// Files that go with it, in their order: those the viewer gave, or sees in another work. At most 20.
    #[graphql(validator(max_items = 100))]
    file_ids: Option<Vec<ID>>,
    /// Under which terms.
    licence: LicenceCode,
}

impl From<ResourceTextInput> for Text {
    fn from(input: ResourceTextInput) -> Self {
        let links = input.links.unwrap_or_default().into_iter();
        Self {
            title: input.title.into(),
            summary: input.summary.map(Into::into).unwrap_or_default(),
            body: input.body.unwrap_or_default(),
            links: links
                .map(|link| Link {
                    title: link.title,
                    url: link.url,
                })
                .collect(),
            // What does not parse is as absent as what does not exist.
            files: input.file_ids.iter().flatten().map(wanted).collect(),
            licence: input.licence.into(),
        }
    }
}

/// A new work.
#[derive(InputObject)]
pub struct ResourceCreateInput {
    /// How it is found.
    card: ResourceCardInput,
    /// What it says.
    text: ResourceTextInput,
    /// The school it comes from, one of the viewer's; the first of them when left out.
    school_id: Option<ID>,
    /// Sent again with the same key, the same request has one effect. At most 100 characters.
    idempotency_key: Option<String>,
}

/// What of a work is to be different; what is left out stays.
#[derive(InputObject)]
pub struct ResourceUpdateInput {
    /// The work.
    id: ID,
    /// The version the viewer saw.
    version: i32,
    /// How it is found from now on.
    card: Option<ResourceCardInput>,
    /// What it is to say once it is shared again.
    text: Option<ResourceTextInput>,
    /// Everybody who writes it, in the order they are named in, at most 10. Authors add others and take off themselves.
    #[graphql(validator(max_items = 100))]
    author_ids: Option<Vec<ID>>,
}

/// The next version of a work.
#[derive(InputObject)]
pub struct ResourceShareInput {
    /// The work.
    id: ID,
    /// The version the viewer saw.
    version: i32,
    /// Whom it is shared with; as before when left out, at first the author's network.
    audience: Option<AudienceInput>,
    /// What is different from the version before, at most 1,000 characters.
    change: Option<String>,
}

/// Another audience of a work.
#[derive(InputObject)]
pub struct ResourceAudienceChangeInput {
    /// The work.
    id: ID,
    /// The version the viewer saw.
    version: i32,
    /// Whom it is shared with from now on.
    audience: AudienceInput,
}

/// The end of a work.
#[derive(InputObject)]
pub struct ResourceWithdrawInput {
    /// The work.
    id: ID,
    /// The version the viewer saw.
    version: i32,
    /// Why, at most 1,000 characters. Its audience sees it.
    reason: String,
}

/// A copy to change.
#[derive(InputObject)]
pub struct ResourceCopyInput {
    /// Of this version.
    version_id: ID,
    /// In this language: another than the work's makes it a translation. The same when left out.
    language: Option<ApiLanguage>,
    /// Under these terms, which the original's must permit; the same when left out.
    licence: Option<LicenceCode>,
    /// The school it comes from, one of the viewer's; the first of them when left out.
    school_id: Option<ID>,
    /// Sent again with the same key, the same request has one effect. At most 100 characters.
    idempotency_key: Option<String>,
}

/// A report to tell again.
#[derive(InputObject)]
pub struct ResourceRetellInput {
    /// Of this study.
    study_id: ID,
    /// In which language the report is written.
    language: ApiLanguage,
}

/// What became of it.
#[derive(SimpleObject)]
pub struct ResourcePayload {
    /// The work as it is now; null when nothing was done.
    resource: Option<Resource>,
    /// What the person can mend; empty when it was done. At most 20.
    user_errors: Vec<UserError>,
}

/// Doing things with works.
#[derive(Default)]
pub struct ResourceMutation;

#[Object]
impl ResourceMutation {
    /// Begins a work, which only its authors see until it is shared. People who are signed in.
    async fn resource_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The new work.")] input: ResourceCreateInput,
    ) -> Result<ResourcePayload> {
        payload(ctx, async {
            let school = input.school_id.as_ref();
            let new = NewResource {
                card: input.card.into(),
                text: input.text.into(),
                school: school.map(|id| given(id, "schoolId")).transpose()?,
            };
            commands::begin(asking(ctx)?, &new, input.idempotency_key.as_deref()).await
        })
        .await
    }

    /// Edits a work: how it is found, its draft, who else writes it. Authors of the work.
    async fn resource_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to be different.")] input: ResourceUpdateInput,
    ) -> Result<ResourcePayload> {
        payload(ctx, async {
            let authors = input.author_ids.map(|ids| {
                let ids = ids.iter().map(|id| given(id, "authorIds"));
                ids.collect::<Domain<Vec<_>>>()
            });
            let edit = Edit {
                card: input.card.map(Into::into),
                text: input.text.map(Into::into),
                authors: authors.transpose()?,
            };
            commands::write(asking(ctx)?, given(&input.id, "id")?, input.version, &edit).await
        })
        .await
    }

    /// Shares the draft as the next version. No gatekeeper is asked. Authors of the work.
    async fn resource_share(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one, and with whom.")] input: ResourceShareInput,
    ) -> Result<ResourcePayload> {
        payload(ctx, async {
            let audience = input.audience.as_ref().map(AudienceInput::given);
            commands::share(
                asking(ctx)?,
                given(&input.id, "id")?,
                input.version,
                audience.transpose()?,
                input.change.as_deref().unwrap_or_default(),
            )
            .await
        })
        .await
    }

    /// Shares a work with more people than before, or with fewer. Authors of the work.
    async fn resource_audience_change(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one, and with whom.")] input: ResourceAudienceChangeInput,
    ) -> Result<ResourcePayload> {
        payload(ctx, async {
            let audience = input.audience.given()?;
            commands::aim(
                asking(ctx)?,
                given(&input.id, "id")?,
                input.version,
                audience,
            )
            .await
        })
        .await
    }

    /// Takes a work back: its audience still sees that it was there, and why it is gone. Authors of the work.
    async fn resource_withdraw(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one, and why.")] input: ResourceWithdrawInput,
    ) -> Result<ResourcePayload> {
        payload(ctx, async {
            commands::withdraw(
                asking(ctx)?,
                given(&input.id, "id")?,
                input.version,
                &input.reason,
            )
            .await
        })
        .await
    }

    /// Takes a copy of a version to change it: a draft of the viewer's own, which names what it comes from, under a
    /// licence that the original's permits. People who are signed in and see the work.
    async fn resource_copy(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Of what.")] input: ResourceCopyInput,
    ) -> Result<ResourcePayload> {
        payload(ctx, async {
            let school = input.school_id.as_ref();
            let new = NewCopy {
                version: given(&input.version_id, "versionId")?,
                language: input.language.map(Into::into),
                licence: input.licence.map(Into::into),
                school: school.map(|id| given(id, "schoolId")).transpose()?,
            };
            commands::copy(asking(ctx)?, &new, input.idempotency_key.as_deref()).await
        })
        .await
    }

    /// Makes a work of the report of a shared study: a draft with its text that all teachers of the group write. There is
    /// one of a study; asking again gives the same. Whoever takes part as a teacher.
    async fn resource_retell(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which report.")] input: ResourceRetellInput,
    ) -> Result<ResourcePayload> {
        payload(ctx, async {
            let say = match input.language {
                ApiLanguage::Kk => Locale::Kk,
                ApiLanguage::Ru => Locale::Ru,
                ApiLanguage::En => Locale::En,
            };
            let headings = Parts {
                context: say.study_report_context(),
                aims: say.study_report_aims(),
                methods: say.study_report_methods(),
                findings: say.study_report_findings(),
                changes: say.study_report_changes(),
            };
            let new = Retelling {
                study: given(&input.study_id, "studyId")?,
                language: input.language.into(),
            };
            retell(asking(ctx)?, &new, &headings).await
        })
        .await
    }
}

pub(crate) async fn payload(
    ctx: &Context<'_>,
    command: impl Future<Output = Domain<model::Resource>>,
) -> Result<ResourcePayload> {
    let (resource, user_errors) = outcome(ctx, command.await)?;
    Ok(ResourcePayload {
        resource: resource.map(Into::into),
        user_errors,
    })
}
