//! Schools.

use async_graphql::{Context, ID, Object, Result};

use crate::ids::shown;
use crate::rows::by_id;
use crate::scalar::LocalizedText;

/// A school.
pub struct School(pub domain::school::School);

/// A school. Its card is public.
#[Object]
impl School {
    /// The id.
    pub(crate) async fn id(&self) -> ID {
        shown(self.0.id)
    }

    /// What it is called today.
    async fn name(&self) -> LocalizedText {
        LocalizedText(self.0.name())
    }
}

/// Reading schools.
#[derive(Default)]
pub struct SchoolQuery;

#[Object]
impl SchoolQuery {
    /// The school with this id. Everybody.
    async fn school(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id.")] id: ID,
    ) -> Result<Option<School>> {
        match id.parse() {
            Ok(id) => Ok(by_id(ctx, id).await?.map(School)),
            Err(_) => Ok(None),
        }
    }
}
