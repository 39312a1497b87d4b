//! What people do with the entries of schools: add, change, close, merge.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object, Result, SimpleObject};
use domain::school::{self as model, commands, queries};

use crate::errors::{UserError, outcome};
use crate::ids::given;
use crate::rows::asking;
use crate::scalar::{Date, LocalizedTextInput};
use crate::school::School;

/// A school that no registry has.
#[derive(InputObject)]
pub struct SchoolAddInput {
    /// What it is called, at most 300 characters a language.
    name: LocalizedTextInput,
    /// What people call it as well, at most 20.
    #[graphql(default)]
    aliases: Vec<LocalizedTextInput>,
    /// The district or region it lies in.
    region_id: Option<ID>,
    /// Town or village, at most 300 characters.
    place: Option<String>,
    /// Street and house, at most 300 characters.
    address: Option<String>,
    /// Kind of school, at most 300 characters.
    kind: Option<String>,
    /// Teaching languages, two-letter codes, at most 10.
    #[graphql(default)]
    languages: Vec<String>,
    /// Sent again by the same person, it returns the first answer instead of a second effect. At most 100 characters.
    idempotency_key: Option<String>,
}

/// A correction of a school's entry: what is left out stays, null clears.
#[derive(InputObject)]
pub struct SchoolUpdateInput {
    /// The school.
    id: ID,
    /// The version the viewer saw.
    version: i32,
    /// What it is called, at most 300 characters a language.
    name: Option<LocalizedTextInput>,
    /// The day from which it is called so: the old name stays as a former one. Left out, the old name was wrong.
    renamed_on: Option<Date>,
    /// What people call it as well, at most 20; all of them.
    aliases: Option<Vec<LocalizedTextInput>>,
    /// The district or region it lies in; another one only by trainers of both, or administrators.
    region_id: MaybeUndefined<ID>,
    /// Town or village, at most 300 characters.
    place: MaybeUndefined<String>,
    /// Street and house, at most 300 characters.
    address: MaybeUndefined<String>,
    /// Kind of school, at most 300 characters.
    kind: MaybeUndefined<String>,
    /// Teaching languages, two-letter codes, at most 10; all of them.
    languages: Option<Vec<String>>,
}

/// The end of a school.
#[derive(InputObject)]
pub struct SchoolCloseInput {
    /// The school.
    id: ID,
    /// The version the viewer saw.
    version: i32,
    /// Why, at most 1,000 characters.
    reason: String,
}

/// Two entries become one.
#[derive(InputObject)]
pub struct SchoolMergeInput {
    /// The school that goes.
    id: ID,
    /// The version of it that the viewer saw.
    version: i32,
    /// The school that stays.
    into_id: ID,
}

/// What became of it.
#[derive(SimpleObject)]
pub struct SchoolPayload {
    /// The school as it is now; null when nothing was done.
    school: Option<School>,
    /// What the person can mend; empty when it was done. At most 20.
    user_errors: Vec<UserError>,
}

/// Doing things with schools.
#[derive(Default)]
pub struct SchoolMutation;

#[Object]
impl SchoolMutation {
    /// Adds a school that no registry has. Trainers of the region, platform administrators.
    async fn school_add(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The new school.")] input: SchoolAddInput,
    ) -> Result<SchoolPayload> {
        payload(ctx, async {
            let region = input.region_id.map(|id| given(&id, "regionId"));
            let card = commands::Card {
                name: input.name.into(),
                aliases: input.aliases.into_iter().map(Into::into).collect(),
                region: region.transpose()?,
                place: input.place,
                address: input.address,
                kind: input.kind,
                languages: input.languages,
            };
            commands::add(asking(ctx)?, &card, input.idempotency_key.as_deref()).await
        })
        .await
    }

    /// Corrects a school's entry. Coordinators of the school, trainers of its region, platform administrators.
    async fn school_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The corrections.")] input: SchoolUpdateInput,
    ) -> Result<SchoolPayload> {
        payload(ctx, async {
            let access = asking(ctx)?;
            let id = given(&input.id, "id")?;
            let before = queries::card(access, id).await?;
            let region = match input.region_id {
                MaybeUndefined::Undefined => before.region,
                MaybeUndefined::Null => None,
                MaybeUndefined::Value(region) => Some(given(&region, "regionId")?),
            };
            let aliases = input
                .aliases
                .map(|names| names.into_iter().map(Into::into).collect());
            let card = commands::Card {
                name: input.name.map_or(before.name, Into::into),
                aliases: aliases.unwrap_or(before.aliases),
                region,
                place: changed(input.place, before.place),
                address: changed(input.address, before.address),
                kind: changed(input.kind, before.kind),
                languages: input.languages.unwrap_or(before.languages),
            };
            let renamed_on = input.renamed_on.map(|day| day.0);
            commands::update(access, id, input.version, &card, renamed_on).await
        })
        .await
    }

    /// Notes that a school is no more. Trainers of its region, platform administrators.
    async fn school_close(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one, and why.")] input: SchoolCloseInput,
    ) -> Result<SchoolPayload> {
        payload(ctx, async {
            let id = given(&input.id, "id")?;
            commands::close(asking(ctx)?, id, input.version, &input.reason).await
        })
        .await
    }

    /// Makes one of two entries: names, people, designations, networks and live partnerships of the one that goes move
    /// to the one that stays. Trainers of both regions, platform administrators.
    async fn school_merge(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one into which.")] input: SchoolMergeInput,
    ) -> Result<SchoolPayload> {
        payload(ctx, async {
            let (id, into) = (given(&input.id, "id")?, given(&input.into_id, "intoId")?);
            model::merge(asking(ctx)?, id, input.version, into).await
        })
        .await
    }
}

/// The new text, or what stays.
fn changed(new: MaybeUndefined<String>, before: Option<String>) -> Option<String> {
    match new {
        MaybeUndefined::Undefined => before,
        MaybeUndefined::Null => None,
        MaybeUndefined::Value(text) => Some(text),
    }
}

async fn payload(
    ctx: &Context<'_>,
    command: impl Future<Output = domain::error::Result<model::School>>,
) -> Result<SchoolPayload> {
    let (school, user_errors) = outcome(ctx, command.await)?;
    Ok(SchoolPayload {
        school: school.map(School),
        user_errors,
    })
}
