//! Searching the piggy bank.

use async_graphql::connection::PageInfo;
use async_graphql::{Context, Object, Result, SimpleObject};
use domain::resource::search::{self, Count, Wanted};
use domain::resource::subject;
use domain::search::excerpt::Piece;

use crate::connection::Paging;
use crate::licence::{Licence, Subject};
use crate::network::Network;
use crate::resource::{Resource, ResourceKind};
use crate::resource_list::ResourceFilter;
use crate::rows::{access, by_id, read};
use crate::scalar::ApiLanguage;

/// A piece of a text, marked where it is what was looked for.
#[derive(SimpleObject, Debug, Clone)]
pub struct MarkedText {
    /// The text, as it stands.
    text: String,
    /// Whether it was looked for.
    marked: bool,
}

fn marked(pieces: &[Piece]) -> Vec<MarkedText> {
    let pieces = pieces.iter().cloned();
    pieces
        .map(|Piece { text, marked }| MarkedText { text, marked })
        .collect()
}

/// A work that was found.
pub struct ResourceHit(search::Hit);

/// A work that was found.
#[Object]
impl ResourceHit {
    /// The work.
    async fn resource(&self) -> Resource {
        Resource::with_newest((self.0.resource.clone(), self.0.version.clone()))
    }

    /// Its title in the viewer's language where it has one, in pieces; at most 301.
    async fn title(&self) -> Vec<MarkedText> {
        marked(&self.0.title)
    }

    /// Where it speaks of what was looked for: some thirty words, in pieces; at most 100.
    async fn excerpt(&self) -> Vec<MarkedText> {
        marked(&self.0.excerpt)
    }
}

/// A work that was found, and where in the list.
pub struct ResourceHitEdge {
    cursor: String,
    node: ResourceHit,
}

/// A work that was found, and where in the list.
#[Object]
impl ResourceHitEdge {
    /// Where in the list.
    async fn cursor(&self) -> &str {
        &self.cursor
    }

    /// The work.
    async fn node(&self) -> &ResourceHit {
        &self.node
    }
}

/// How many works are of this kind.
#[derive(SimpleObject, Debug, Clone, Copy)]
pub struct ResourceKindCount {
    /// The kind.
    kind: ResourceKind,
    /// How many.
    count: u64,
}

/// How many works are in this language.
#[derive(SimpleObject, Debug, Clone, Copy)]
pub struct LanguageCount {
    /// The language.
    language: ApiLanguage,
    /// How many.
    count: u64,
}

/// How many works are of this subject.
#[derive(SimpleObject)]
pub struct SubjectCount {
    /// The subject.
    subject: Subject,
    /// How many.
    count: u64,
}

/// How many works are for this grade.
#[derive(SimpleObject, Debug, Clone, Copy)]
pub struct GradeCount {
    /// The grade, 0 to 12.
    grade: i32,
    /// How many.
    count: u64,
}

/// How many works carry this licence.
#[derive(SimpleObject)]
pub struct LicenceCount {
    /// The licence.
    licence: Licence,
    /// How many.
    count: u64,
}

/// How many works come from this network.
pub struct NetworkCount(Count<domain::id::Id<domain::network::Network>>);

/// How many works come from this network.
#[Object]
impl NetworkCount {
    /// The network.
    async fn network(&self, ctx: &Context<'_>) -> Result<Option<Network>> {
        Ok(by_id(ctx, self.0.value).await?.map(Network))
    }

    /// How many.
    async fn count(&self) -> u64 {
        self.0.works
    }
}

/// How many of the works found there are under each value of a filter, all other filters holding. Like everything, as
/// the viewer sees it. The most frequent value first.
pub struct ResourceFacets(search::Facets);

/// How many of the works found there are under each value of a filter, all other filters holding. Like everything, as
/// the viewer sees it. The most frequent value first.
#[Object]
impl ResourceFacets {
    /// By kind; at most 8.
    async fn kinds(&self) -> Vec<ResourceKindCount> {
        let kinds = self.0.kinds.iter();
        kinds
            .map(|it| ResourceKindCount {
                kind: it.value.into(),
                count: it.works,
            })
            .collect()
    }

    /// By language; at most 3.
    async fn languages(&self) -> Vec<LanguageCount> {
        let languages = self.0.languages.iter();
        languages
            .map(|it| LanguageCount {
                language: it.value.into(),
                count: it.works,
            })
            .collect()
    }

    /// By subject; at most 50.
    async fn subjects(&self) -> Vec<SubjectCount> {
        let subjects = self.0.subjects.iter();
        subjects
            .filter_map(|it| {
                subject::named(&it.value).map(|found| SubjectCount {
                    subject: Subject(found),
                    count: it.works,
                })
            })
            .collect()
    }

    /// By grade, in their order; a work for several counts under each. At most 13.
    async fn grades(&self) -> Vec<GradeCount> {
        let grades = self.0.grades.iter();
        grades
            .map(|it| GradeCount {
                grade: it.value,
                count: it.works,
            })
            .collect()
    }

    /// By licence; at most 8.
    async fn licences(&self) -> Vec<LicenceCount> {
        let licences = self.0.licences.iter();
        licences
            .map(|it| LicenceCount {
                licence: Licence(it.value),
                count: it.works,
            })
            .collect()
    }

    /// By network; at most 50.
    async fn networks(&self) -> Vec<NetworkCount> {
        self.0.networks.iter().cloned().map(NetworkCount).collect()
    }
}

/// What a search found, the best first.
pub struct ResourceSearchConnection {
    edges: Vec<ResourceHitEdge>,
    page: PageInfo,
    facets: search::Facets,
    total_count: Option<u64>,
    did_you_mean: Option<String>,
}

/// What a search found, the best first.
#[Object]
impl ResourceSearchConnection {
    /// The works of this page with their cursors, at most 100.
    async fn edges(&self) -> &[ResourceHitEdge] {
        &self.edges
    }

    /// The works of this page, at most 100.
    async fn nodes(&self) -> Vec<&ResourceHit> {
        self.edges.iter().map(|edge| &edge.node).collect()
    }

    /// Whether there is more, and where to go on.
    async fn page_info(&self) -> &PageInfo {
        &self.page
    }

    /// How many there are in all; counted only when selected.
    async fn total_count(&self) -> Option<u64> {
        self.total_count
    }

    /// Counts under each value of the filters; worked out only when selected.
    async fn facets(&self) -> ResourceFacets {
        ResourceFacets(self.facets.clone())
    }

    /// What the query was taken for, when no work has a word of it and one almost like it is in some: what is shown was
    /// found by this.
    async fn did_you_mean(&self) -> Option<&str> {
        self.did_you_mean.as_deref()
    }
}

/// Searching works.
#[derive(Default)]
pub struct ResourceSearchQuery;

#[Object]
impl ResourceSearchQuery {
    /// Shared works that a query finds, the best first; without words, all that fit the filter. Everybody, each among
    /// those they may see: no count and no facet tells of others.
    async fn resource_search(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Words in Kazakh, Russian or English, in any form, the last one possibly just begun; \"words in \
                    quotation marks\" must stand together, a -word must not be there. At most 300 characters; 16 words \
                    count."
        )]
        query: String,
        #[graphql(desc = "Which ones; states are left aside.")] filter: Option<ResourceFilter>,
        #[graphql(desc = "How many, 1 to 100; 20 when left out.")] first: Option<i32>,
        #[graphql(desc = "After this cursor.")] after: Option<String>,
    ) -> Result<Option<ResourceSearchConnection>> {
        let window = Paging {
            first,
            after,
            last: None,
            before: None,
        }
        .window(ctx)?;
        let look = ctx.look_ahead();
        let hits = [look.field("nodes"), look.field("edges").field("node")];
        let marks = |hit: &async_graphql::Lookahead<'_>| {
            ["title", "excerpt"]
                .iter()
                .any(|name| hit.field(name).exists())
                || hit.field("resource").field("newest").exists()
        };
        let wanted = Wanted {
            facets: look.field("facets").exists(),
            total: look.field("totalCount").exists(),
            excerpts: hits.iter().any(marks),
        };
        let filter = filter.unwrap_or_default().into();
        let found = search::search(access(ctx)?, &query, &filter, &window, wanted);
        let found = read(ctx, found).await?;
        let rows = &found.page.rows;
        let page = PageInfo {
            has_previous_page: found.page.has_previous,
            has_next_page: found.page.has_next,
            start_cursor: rows.first().map(|(cursor, _)| cursor.clone()),
            end_cursor: rows.last().map(|(cursor, _)| cursor.clone()),
        };
        let edge = |(cursor, hit)| ResourceHitEdge {
            cursor,
            node: ResourceHit(hit),
        };
        Ok(Some(ResourceSearchConnection {
            edges: found.page.rows.into_iter().map(edge).collect(),
            page,
            facets: found.facets,
            total_count: found.total,
            did_you_mean: found.meant,
        }))
    }
}
