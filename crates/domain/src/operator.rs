//! What the operator of an installation does from its command line, as [`crate::authz::Job::Operator`].
//!
//! Persons with known passwords come by [`crate::person::commands::register`], roles by
//! [`crate::membership::commands::grant`], both for the operator alone.

use crate::db::Access;
use crate::error::Result;
use crate::invitation::commands::{NewInvitation, send};
use crate::membership::{Role, Scope};
use crate::text::Language;

/// Invites somebody to run the platform; returns the token of the link, which goes out by e-mail as well.
pub async fn first_admin(access: &Access, email: &str, language: Language) -> Result<String> {
    let new = NewInvitation {
        email: email.to_owned(),
        language,
        role: Role::PlatformAdmin,
        scope: Scope::Platform,
    };
    let invitation = send(access, &new, None).await?;
    access.db().secret().link_token(invitation.id)
}
