//! Lists in pages, the same everywhere.

use std::borrow::Cow;

use async_graphql::connection::{Edge, EmptyFields, PageInfo};
use async_graphql::{Context, Object, OutputType, Result, TypeName};
use domain::error::Result as Domain;
use domain::page::{Page, Window};

use crate::errors::answer;
use crate::rows::Reading;

/// A part of a list, and how to go on from it.
pub struct Connection<N: OutputType> {
    edges: Vec<RowEdge<N>>,
    page: PageInfo,
    total_count: Option<u64>,
}

type RowEdge<N> = Edge<String, N, EmptyFields>;

impl<N: OutputType> TypeName for Connection<N> {
    fn type_name() -> Cow<'static, str> {
        format!("{}Connection", N::type_name()).into()
    }
}

/// A part of a list, and how to go on from it.
#[Object(name_type)]
impl<N: OutputType> Connection<N> {
    /// The rows of this page with their cursors, at most 100.
    async fn edges(&self) -> &[RowEdge<N>] {
        &self.edges
    }

    /// The rows of this page, at most 100.
    async fn nodes(&self) -> Vec<&N> {
        self.edges.iter().map(|edge| &edge.node).collect()
    }

    /// Whether there is more, and where to go on.
    async fn page_info(&self) -> &PageInfo {
        &self.page
    }

    /// How many there are in all, under the filter and as the viewer sees them; counted only when selected.
    async fn total_count(&self) -> Option<u64> {
        self.total_count
    }
}

/// Relay's four arguments.
pub(crate) struct Paging {
    pub(crate) first: Option<i32>,
    pub(crate) after: Option<String>,
    pub(crate) last: Option<i32>,
    pub(crate) before: Option<String>,
}

impl Paging {
    /// The window they mean, or a refusal.
    pub(crate) fn window(self, ctx: &Context<'_>) -> Result<Window> {
        let window = Window::new(self.first, self.after, self.last, self.before);
        let counted = ctx.look_ahead().field("totalCount").exists();
        answer(ctx, window.map(|window| window.counted(counted)))
    }
}

/// The connection over a page; `count` runs only when `totalCount` is selected and the page does not know it.
pub(crate) fn connect<'a, R, N, F>(
    ctx: &'a Context<'_>,
    page: Page<R>,
    node: fn(R) -> N,
    count: impl FnOnce() -> F + Send + 'a,
) -> Reading<'a, Connection<N>>
where
    R: Send + 'a,
    N: OutputType + Send + 'a,
    F: Future<Output = Domain<u64>> + Send,
{
    Box::pin(async move {
        let total_count = match page.total {
            None if ctx.look_ahead().field("totalCount").exists() => {
                Some(answer(ctx, count().await)?)
            }
            known => known,
        };
        let page_info = PageInfo {
            has_previous_page: page.has_previous,
            has_next_page: page.has_next,
            start_cursor: page.rows.first().map(|(cursor, _)| cursor.clone()),
            end_cursor: page.rows.last().map(|(cursor, _)| cursor.clone()),
        };
        let edges = page
            .rows
            .into_iter()
            .map(|(cursor, row)| Edge::new(cursor, node(row)))
            .collect();
        Ok(Connection {
            edges,
            page: page_info,
            total_count,
        })
    })
}
