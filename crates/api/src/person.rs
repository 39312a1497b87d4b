//! Persons.

use async_graphql::{ID, Object};

use crate::ids::shown;

/// Somebody with an account.
pub struct Person(pub domain::person::Person);

/// Somebody with an account. Visible to everybody who is signed in.
#[Object]
impl Person {
    /// The id.
    pub(crate) async fn id(&self) -> ID {
        shown(self.0.id)
    }

    /// The name they go by.
    async fn name(&self) -> &str {
        &self.0.name
    }
}
