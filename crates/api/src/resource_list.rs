//! How works are looked for.

use async_graphql::{Context, Enum, ID, InputObject, Object, Result};
use domain::resource::queries;

use crate::connection::{Connection, Paging, connect};
use crate::ids::wanted;
use crate::licence::LicenceCode;
use crate::resource::{Resource, ResourceKind, ResourceState};
use crate::resource_version::ResourceVersion;
use crate::rows::{access, by_id, read};
use crate::scalar::ApiLanguage;

/// Which works. Everything given must hold.
#[derive(InputObject, Debug, Clone, Default)]
pub struct ResourceFilter {
    /// In one of these states; shared ones when left out. At most 4.
    #[graphql(validator(max_items = 4))]
    states: Option<Vec<ResourceState>>,
    /// Of one of these kinds; at most 8.
    #[graphql(validator(max_items = 8))]
    kinds: Option<Vec<ResourceKind>>,
    /// In one of these languages; at most 3.
    #[graphql(validator(max_items = 3))]
    languages: Option<Vec<ApiLanguage>>,
    /// Of one of these subjects, by their codes; at most 20.
    #[graphql(validator(max_items = 20))]
    subjects: Option<Vec<String>>,
    /// For this grade.
    grade: Option<i32>,
    /// Under one of these licences; at most 8.
    #[graphql(validator(max_items = 8))]
    licences: Option<Vec<LicenceCode>>,
    /// By this author.
    author_id: Option<ID>,
    /// From this school.
    school_id: Option<ID>,
    /// From this network.
    network_id: Option<ID>,
    /// With this tag; at most 60 characters.
    #[graphql(validator(chars_max_length = 60))]
    tag: Option<String>,
    /// For this goal of the curriculum; at most 60 characters.
    #[graphql(validator(chars_max_length = 60))]
    goal: Option<String>,
}

fn all<T, U: From<T>>(list: Option<Vec<T>>) -> Option<Vec<U>> {
    list.map(|list| list.into_iter().map(Into::into).collect())
}

impl From<ResourceFilter> for queries::Filter {
    fn from(filter: ResourceFilter) -> Self {
        Self {
            states: all(filter.states),
            kinds: all(filter.kinds),
            languages: all(filter.languages),
            subjects: filter.subjects,
            grade: filter.grade,
            licences: all(filter.licences),
            author: filter.author_id.as_ref().map(wanted),
            school: filter.school_id.as_ref().map(wanted),
            network: filter.network_id.as_ref().map(wanted),
            tag: filter.tag,
            goal: filter.goal,
        }
    }
}

/// How a list of works is sorted.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "queries::By")]
pub enum ResourceOrder {
    /// The latest shared first.
    Newest,
    /// The one used in class most often first.
    MostUsed,
    /// The one copied most often first.
    MostCopied,
}

/// Reading works.
#[derive(Default)]
pub struct ResourceQuery;

#[Object]
impl ResourceQuery {
    /// The work with this id. Everybody it is shared with, its authors, and those who moderate it.
    async fn resource(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id.")] id: ID,
    ) -> Result<Option<Resource>> {
        let Ok(id) = id.parse() else {
            return Ok(None);
        };
        if !ctx.look_ahead().field("newest").exists() {
            return Ok(by_id(ctx, id).await?.map(Resource::from));
        }
        let found = read(ctx, queries::with_newest(access(ctx)?, id)).await?;
        Ok(found.map(Resource::with_newest))
    }

    /// The version with this id, however old. Everybody who sees the work, until it is withdrawn; its authors always.
    async fn resource_version(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id.")] id: ID,
    ) -> Result<Option<ResourceVersion>> {
        match id.parse() {
            Ok(id) => Ok(by_id(ctx, id).await?.map(ResourceVersion)),
            Err(_) => Ok(None),
        }
    }

    /// Works, the latest shared first unless told otherwise. Everybody, each those they may see.
    #[expect(
        clippy::too_many_arguments,
        reason = "Relay's four, and what a list has"
    )]
    async fn resources(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which ones.")] filter: Option<ResourceFilter>,
        #[graphql(desc = "In which order.", default_with = "ResourceOrder::Newest")]
        order_by: ResourceOrder,
        #[graphql(desc = "How many from the start, 1 to 100; 20 when neither is given.")]
        first: Option<i32>,
        #[graphql(desc = "After this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
    ) -> Result<Option<Connection<Resource>>> {
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
        connect(ctx, page, Resource::from, || {
            queries::count(access, &filter)
        })
        .await
        .map(Some)
    }
}
