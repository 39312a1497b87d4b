//! What differs between installations in words and places.

use async_graphql::{Context, Object, Result};
use domain::text::Localized;

use crate::scalar::LocalizedText;

/// An installation's own words. "Magnetic" is one programme's word: others say hub, or partner.
#[derive(Debug, Clone)]
pub struct Words {
    /// The programme's name for a school that leads a network.
    pub leading: Localized,
    /// The programme's name for its partner schools.
    pub magnetic: Localized,
}

/// This installation.
pub struct Installation(Words);

/// This installation: its version and its own words.
#[Object]
impl Installation {
    /// The version of the software.
    async fn version(&self) -> &str {
        env!("CARGO_PKG_VERSION")
    }

    /// What a school that leads a network is called here.
    async fn leading_school(&self) -> LocalizedText {
        LocalizedText(self.0.leading.clone())
    }

    /// What its partner schools are called here.
    async fn magnetic_school(&self) -> LocalizedText {
        LocalizedText(self.0.magnetic.clone())
    }
}

/// Reading about the installation.
#[derive(Default)]
pub struct InstallationQuery;

#[Object]
impl InstallationQuery {
    /// This installation: its version and its own words. Everybody.
    async fn installation(&self, ctx: &Context<'_>) -> Result<Option<Installation>> {
        Ok(Some(Installation(ctx.data::<Words>()?.clone())))
    }
}
