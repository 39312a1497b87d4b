//! Persons: their card, their account, the list of all for administrators.

use std::collections::HashMap;

use async_graphql::dataloader::Loader;
use async_graphql::{Context, Enum, ID, InputObject, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};
use domain::id::Id;
use domain::membership;
use domain::person::{self as model, commands, queries};

use crate::connection::{Connection, Paging, connect};
use crate::credit::{Credit, CreditOf};
use crate::errors::{UserError, outcome};
use crate::ids::{given, shown, wanted};
use crate::membership::Membership;
use crate::rows::{Fault, Rows, access, asking, load, read};
use crate::scalar::ApiLanguage;

/// Where an account stands.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "model::State")]
pub enum PersonState {
    /// May sign in.
    Active,
    /// May not, until an administrator restores the account.
    Suspended,
    /// Gone; what they did keeps an author without a name.
    Erased,
}

/// Who sees an e-mail address, besides the person, the coordinators of their schools and administrators.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "model::Shown")]
pub enum EmailAudience {
    /// Nobody else.
    Nobody,
    /// Everybody who is signed in.
    SignedIn,
}

/// Somebody with an account.
pub struct Person(pub model::Person);

/// Somebody with an account. Visible to everybody who is signed in.
#[Object]
impl Person {
    /// The id.
    pub(crate) async fn id(&self) -> ID {
        shown(self.0.id)
    }

    /// The version, to send back with a change.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// The name they go by.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Where the account stands.
    async fn state(&self) -> PersonState {
        self.0.state.into()
    }

    /// Since when they have the account.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// The e-mail address, where the viewer may see it: their own, that of colleagues at a school they coordinate,
    /// any for administrators, and those that are shown to everybody who is signed in.
    async fn email(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let contact = load(ctx, ContactOf(self.0.id)).await?;
        Ok(contact.map(|contact| contact.email))
    }

    /// What they are, where, as far as the viewer may see; the oldest first, at most 100.
    async fn memberships(&self, ctx: &Context<'_>) -> Result<Vec<Membership>> {
        let memberships = load(ctx, MembershipsOf(self.0.id)).await?;
        let memberships = memberships.unwrap_or_default().into_iter().take(100);
        Ok(memberships.map(Membership).collect())
    }

    /// What became of their works, out of those the viewer sees.
    async fn credit(&self, ctx: &Context<'_>) -> Result<Credit> {
        let credit = load(ctx, CreditOf(self.0.id)).await?;
        Ok(credit.unwrap_or_default().into())
    }

    /// Whether the viewer may change name, language and who sees the address.
    async fn viewer_can_update(&self, ctx: &Context<'_>) -> Result<bool> {
        Ok(queries::may(access(ctx)?.viewer(), &self.0).change)
    }

    /// Whether the viewer may close the account.
    async fn viewer_can_suspend(&self, ctx: &Context<'_>) -> Result<bool> {
        Ok(queries::may(access(ctx)?.viewer(), &self.0).suspend)
    }

    /// Whether the viewer may open the account again.
    async fn viewer_can_restore(&self, ctx: &Context<'_>) -> Result<bool> {
        Ok(queries::may(access(ctx)?.viewer(), &self.0).restore)
    }
}

/// The address of a person, as far as the viewer may see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct ContactOf(pub(crate) Id<model::Person>);

impl Loader<ContactOf> for Rows {
    type Value = model::Contact;
    type Error = Fault;

    async fn load(&self, keys: &[ContactOf]) -> Result<HashMap<ContactOf, model::Contact>, Fault> {
        let persons: Vec<_> = keys.iter().map(|key| key.0).collect();
        let found = queries::contacts(&self.0, &persons).await?;
        Ok(found
            .into_iter()
            .map(|(person, contact)| (ContactOf(person), contact))
            .collect())
    }
}

/// What a person is, as far as the viewer may see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct MembershipsOf(Id<model::Person>);

impl Loader<MembershipsOf> for Rows {
    type Value = Vec<membership::Membership>;
    type Error = Fault;

    async fn load(
        &self,
        keys: &[MembershipsOf],
    ) -> Result<HashMap<MembershipsOf, Vec<membership::Membership>>, Fault> {
        let persons: Vec<_> = keys.iter().map(|key| key.0).collect();
        let mut of: HashMap<_, Vec<_>> = HashMap::new();
        for row in membership::queries::of(&self.0, &persons).await? {
            of.entry(MembershipsOf(row.person_id))
                .or_default()
                .push(row);
        }
        Ok(of)
    }
}

/// Which persons. Everything given must hold.
#[derive(InputObject, Debug, Clone, Default)]
pub struct PersonFilter {
    /// With this in their name, or with exactly this e-mail address; at most 254 characters.
    #[graphql(validator(chars_max_length = 254))]
    query: Option<String>,
    /// Whose account stands so.
    state: Option<PersonState>,
    /// Who belong to this school.
    school_id: Option<ID>,
}

impl From<PersonFilter> for queries::Filter {
    fn from(filter: PersonFilter) -> Self {
        Self {
            query: filter.query,
            state: filter.state.map(Into::into),
            school: filter.school_id.as_ref().map(wanted),
        }
    }
}

/// How a list of persons is sorted.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "queries::By")]
pub enum PersonOrder {
    /// By name.
    Name,
    /// Whoever came last first.
    Newest,
}

/// Reading persons.
#[derive(Default)]
pub struct PersonQuery;

#[Object]
impl PersonQuery {
    /// Everybody with an account, by name unless told otherwise. Administrators of the platform.
    #[expect(
        clippy::too_many_arguments,
        reason = "Relay's four, and what a list has"
    )]
    async fn persons(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which ones.")] filter: Option<PersonFilter>,
        #[graphql(desc = "In which order.", default_with = "PersonOrder::Name")]
        order_by: PersonOrder,
        #[graphql(desc = "How many from the start, 1 to 100; 20 when neither is given.")]
        first: Option<i32>,
        #[graphql(desc = "After this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
    ) -> Result<Option<Connection<Person>>> {
        let window = Paging {
            first,
            after,
            last,
            before,
        }
        .window(ctx)?;
        let (access, filter) = (access(ctx)?, filter.unwrap_or_default().into());
        let page = read(
            ctx,
            queries::page(access, &filter, order_by.into(), &window),
        )
        .await?;
        connect(ctx, page, Person, || queries::count(access, &filter))
            .await
            .map(Some)
    }
}

/// What the viewer changes about themselves; what is left out stays.
#[derive(InputObject)]
pub struct PersonUpdateInput {
    /// The version the viewer saw.
    version: i32,
    /// The name to go by, at most 100 characters.
    name: Option<String>,
    /// The language to read.
    language: Option<ApiLanguage>,
    /// Who sees the e-mail address.
    email_shown_to: Option<EmailAudience>,
}

/// Whose account is closed, and why.
#[derive(InputObject)]
pub struct PersonSuspendInput {
    /// The person.
    id: ID,
    /// The version the viewer saw.
    version: i32,
    /// Why, at most 1,000 characters.
    reason: String,
}

/// Whose account is opened again.
#[derive(InputObject)]
pub struct PersonRestoreInput {
    /// The person.
    id: ID,
    /// The version the viewer saw.
    version: i32,
}

/// What became of it.
#[derive(SimpleObject)]
pub struct PersonPayload {
    /// The person as they are now; null when nothing was done.
    person: Option<Person>,
    /// What the viewer can mend; empty when it was done. At most 20.
    user_errors: Vec<UserError>,
}

/// Doing things with accounts.
#[derive(Default)]
pub struct PersonMutation;

#[Object]
impl PersonMutation {
    /// Changes the viewer's own name, language, and who sees their address. Everybody who is signed in.
    async fn person_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The changes.")] input: PersonUpdateInput,
    ) -> Result<PersonPayload> {
        let edit = commands::Edit {
            name: input.name,
            language: input.language.map(Into::into),
            email_shown: input.email_shown_to.map(Into::into),
        };
        payload(ctx, async {
            commands::change(asking(ctx)?, input.version, &edit).await
        })
        .await
    }

    /// Closes an account: its sessions end, and nobody gets in. Administrators of the platform.
    async fn person_suspend(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whose, and why.")] input: PersonSuspendInput,
    ) -> Result<PersonPayload> {
        payload(ctx, async {
            let id = given(&input.id, "id")?;
            commands::suspend(asking(ctx)?, id, input.version, &input.reason).await
        })
        .await
    }

    /// Opens a closed account again. Administrators of the platform.
    async fn person_restore(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whose.")] input: PersonRestoreInput,
    ) -> Result<PersonPayload> {
        payload(ctx, async {
            commands::restore(asking(ctx)?, given(&input.id, "id")?, input.version).await
        })
        .await
    }
}

async fn payload(
    ctx: &Context<'_>,
    command: impl Future<Output = domain::error::Result<model::Person>>,
) -> Result<PersonPayload> {
    let (person, user_errors) = outcome(ctx, command.await)?;
    Ok(PersonPayload {
        person: person.map(Person),
        user_errors,
    })
}
