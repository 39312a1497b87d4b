//! Lists in pages, the same everywhere.

use async_graphql::connection::{Connection as Relay, Edge, EmptyFields};
use async_graphql::{Context, OutputType, Result, SimpleObject};
use domain::error::Result as Domain;
use domain::page::{Page, Window};

use crate::errors::answer;

/// A list in pages.
pub(crate) type Connection<N> = Relay<String, N, Total, EmptyFields>;

/// What every list can tell besides its rows.
#[derive(SimpleObject)]
pub struct Total {
    /// How many there are in all, under the filter and as the viewer sees them; counted only when selected.
    total_count: Option<u64>,
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
        answer(
            ctx,
            Window::new(self.first, self.after, self.last, self.before),
        )
    }
}

/// The connection over a page; `count` runs only when `totalCount` is selected.
pub(crate) async fn connect<R, N, F>(
    ctx: &Context<'_>,
    page: Page<R>,
    node: fn(R) -> N,
    count: impl FnOnce() -> F,
) -> Result<Connection<N>>
where
    N: OutputType,
    F: Future<Output = Domain<u64>>,
{
    let total_count = match ctx.look_ahead().field("totalCount").exists() {
        true => Some(answer(ctx, count().await)?),
        false => None,
    };
    let mut connection =
        Connection::with_additional_fields(page.has_previous, page.has_next, Total { total_count });
    connection.edges = page
        .rows
        .into_iter()
        .map(|(cursor, row)| Edge::new(cursor, node(row)))
        .collect();
    Ok(connection)
}

/// How much a list costs: its page's size times what each row costs.
pub(crate) fn page_cost(first: Option<i32>, last: Option<i32>, child: usize) -> usize {
    let size = first.or(last).unwrap_or(20).unsigned_abs().min(100) as usize;
    size.saturating_mul(child).saturating_add(1)
}
