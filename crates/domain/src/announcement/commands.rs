//! Something is announced.

use serde::Serialize;

use super::policy::Publish;
use super::{Announcement, Scope};
use crate::db::{Access, Once};
use crate::error::{Missteps, Refusal, Result};
use crate::fact::Fact;
use crate::id::Id;
use crate::membership;
use crate::text::{self, Localized};

/// The most characters of a title in one language.
pub const LONGEST_TITLE: usize = 150;
/// The most characters of a text in one language.
pub const LONGEST_TEXT: usize = 2000;

/// What is to be announced.
#[derive(Debug, Clone, Serialize)]
pub struct NewAnnouncement {
    /// To whom.
    pub scope: Scope,
    /// The title, in each language.
    pub title: Localized,
    /// The text, in each language.
    pub text: Localized,
}

/// Announces it: the answer does not wait for the inboxes, which the relay fills.
pub async fn publish(
    access: &Access,
    new: &NewAnnouncement,
    key: Option<&str>,
) -> Result<Announcement> {
    let mut missteps = Missteps::default();
    let title = |given: &Option<String>| text::line(given.as_deref().unwrap_or(""), LONGEST_TITLE);
    let text =
        |given: &Option<String>| match text::prose(given.as_deref().unwrap_or(""), LONGEST_TEXT) {
            Ok(text) if text.is_empty() => Err(Refusal::Required),
            outcome => outcome,
        };
    let mut check = |field, outcome| missteps.check(field, outcome).unwrap_or_default();
    let [title_kk, title_ru, title_en, text_kk, text_ru, text_en] = [
        check("title.kk", title(&new.title.kk)),
        check("title.ru", title(&new.title.ru)),
        check("title.en", title(&new.title.en)),
        check("text.kk", text(&new.text.kk)),
        check("text.ru", text(&new.text.ru)),
        check("text.en", text(&new.text.en)),
    ];
    missteps.finish()?;
    let tx = match access
        .begin_once(key, &("announcement.publish", new))
        .await?
    {
        Once::First(tx) => tx,
        Once::Again(id) => {
            let before = access.get(Id::from_uuid(id)).await?;
            return before.ok_or_else(|| Refusal::NotFound.into());
        }
    };
    match new.scope {
        Scope::Everybody => {}
        Scope::Region(region) => {
            let region = membership::Scope::Region(region);
            membership::queries::place(&tx, region, "audience.regionId").await?;
        }
        Scope::Network(network) => {
            tx.get(network, "audience.networkId").await?;
        }
    }
    let permit = tx.permit(Publish { scope: new.scope })?;
    let (scope_kind, scope_id) = new.scope.columns();
    let author_id = access.viewer().id().ok_or(Refusal::SignInRequired)?;
    let announcement = Announcement {
        id: Id::fresh(),
        scope_kind,
        scope_id,
        title_kk,
        title_ru,
        title_en,
        text_kk,
        text_ru,
        text_en,
        author_id,
        created_at: tx.now(),
    };
    let fact = Fact::AnnouncementPublished {
        announcement: announcement.id,
        scope: new.scope,
        title: announcement.title(),
        text: announcement.text(),
    };
    let announcement = tx.insert_and_record(&permit, announcement, fact).await?;
    tx.commit_as(announcement.id).await?;
    Ok(announcement)
}
