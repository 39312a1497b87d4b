//! Who is asking.

use async_graphql::{Context, MergedObject, Object, Result};
use domain::db::Access;
use domain::id::Id;
use domain::{access_token, calendar_feed, credit, membership, person, session};
use tokio::sync::OnceCell;

use crate::access_token::AccessToken;
use crate::calendar_feed::CalendarFeed;
use crate::credit::CreditRecord;
use crate::errors::internal;
use crate::file::FileRoom;
use crate::membership::Membership;
use crate::notification::ViewerInbox;
use crate::person::{EmailAudience, Person};
use crate::rows::{access, read};
use crate::scalar::ApiLanguage;
use crate::session::Session;

/// Whoever is signed in, with what is theirs alone.
#[derive(MergedObject)]
pub struct Viewer(Account, ViewerInbox);

impl Viewer {
    /// The person with the database as they see it: after a sign-in that is not yet what the request sees.
    pub(crate) fn new(access: Access, id: Id<person::Person>) -> Self {
        let account = Account {
            access: access.clone(),
            id,
            row: OnceCell::new(),
        };
        Self(account, ViewerInbox(access))
    }
}

/// Who they are and where they act.
struct Account {
    access: Access,
    id: Id<person::Person>,
    /// Read when it is first asked for: an inbox needs none of it.
    row: OnceCell<person::Person>,
}

/// Who they are and where they act.
#[Object]
impl Account {
    /// The person.
    async fn person(&self, ctx: &Context<'_>) -> Result<Person> {
        Ok(Person(self.row(ctx).await?.clone()))
    }

    /// The language they read.
    async fn language(&self, ctx: &Context<'_>) -> Result<ApiLanguage> {
        // What the viewer of the request reads may be a page's language.
        Ok(self.row(ctx).await?.language.into())
    }

    /// Their e-mail address.
    async fn email(&self, ctx: &Context<'_>) -> Result<String> {
        Ok(self.contact(ctx).await?.email)
    }

    /// Who sees their e-mail address.
    async fn email_shown_to(&self, ctx: &Context<'_>) -> Result<EmailAudience> {
        Ok(self.contact(ctx).await?.shown.into())
    }

    /// Where they act, and as what; the oldest first, at most 100.
    async fn memberships(&self, ctx: &Context<'_>) -> Result<Vec<Membership>> {
        let memberships = read(ctx, membership::queries::of(&self.access, &[self.id])).await?;
        Ok(memberships.into_iter().map(Membership).collect())
    }

    /// Whether they run the platform.
    async fn is_admin(&self) -> bool {
        self.access.viewer().is_admin()
    }

    /// How much room for files they have.
    async fn file_room(&self) -> FileRoom {
        FileRoom(self.access.clone())
    }

    /// Where they are signed in, the latest used first, at most 100.
    async fn sessions(&self, ctx: &Context<'_>) -> Result<Vec<Session>> {
        let sessions = read(ctx, session::queries::mine(&self.access)).await?;
        Ok(sessions.into_iter().map(Session).collect())
    }

    /// Records of their credit, the latest issued first, at most 50.
    async fn credit_records(&self, ctx: &Context<'_>) -> Result<Vec<CreditRecord>> {
        let records = read(ctx, credit::queries::mine(&self.access)).await?;
        Ok(records.into_iter().map(CreditRecord).collect())
    }

    /// Their access tokens that are good, the latest made first, at most 50.
    async fn access_tokens(&self, ctx: &Context<'_>) -> Result<Vec<AccessToken>> {
        let tokens = read(ctx, access_token::queries::mine(&self.access)).await?;
        Ok(tokens.into_iter().map(AccessToken).collect())
    }

    /// Their calendar feeds that are good, the latest made first, at most 20.
    async fn calendar_feeds(&self, ctx: &Context<'_>) -> Result<Vec<CalendarFeed>> {
        let feeds = read(ctx, calendar_feed::queries::mine(&self.access)).await?;
        Ok(feeds.into_iter().map(CalendarFeed).collect())
    }
}

impl Account {
    async fn row(&self, ctx: &Context<'_>) -> Result<&person::Person> {
        let row = async || {
            let row = read(ctx, self.access.get(self.id)).await?;
            row.ok_or_else(|| internal(&"the viewer has no account"))
        };
        self.row.get_or_try_init(row).await
    }

    async fn contact(&self, ctx: &Context<'_>) -> Result<person::Contact> {
        let contacts = read(ctx, person::queries::contacts(&self.access, &[self.id])).await?;
        let contact = contacts.into_values().next();
        contact.ok_or_else(|| internal(&"the viewer has no contact"))
    }
}

/// Reading about oneself.
#[derive(Default)]
pub struct ViewerQuery;

#[Object]
impl ViewerQuery {
    /// Whoever asks; null for guests. Everybody, about themselves.
    async fn viewer(&self, ctx: &Context<'_>) -> Result<Option<Viewer>> {
        let access = access(ctx)?;
        let id = access.viewer().id();
        Ok(id.map(|id| Viewer::new(access.clone(), id)))
    }
}
