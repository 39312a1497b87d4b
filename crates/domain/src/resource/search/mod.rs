//! Searching the piggy bank: what a query means, which works it finds for this viewer, and how many under each facet.
//!
//! Two statements. The first tells how rare each word is, in its four degrees of nearness, and what a misspelt one may
//! have meant. The second ranks by BM25 (the rarer a word and the more of the work it is, the better), under the
//! viewer's visibility, so that neither a count nor a facet knows of a work that the viewer does not. The postings are
//! rows of `resource_term`, read in ranges, and the SQL is the same on both databases.

mod facet;
mod meaning;
mod ranking;

use std::collections::HashMap;

use uuid::Uuid;

pub use facet::{Count, Facets};

use self::meaning::Meaning;
use self::ranking::{Line, TOTAL};
use super::entity::{Column, Entity, version};
use super::queries::Filter;
use super::{Resource, ResourceVersion};
use crate::db::{Access, Beside};
use crate::error::{Refusal, Result};
use crate::id::Id;
use crate::page::{List, Page, Window};
use crate::search::excerpt::{Marker, Piece};
use crate::search::query::Query;

/// The most characters of a query.
pub const LONGEST_QUERY: usize = 300;

/// What of the answer is wanted; the rest is not worked out.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wanted {
    /// The counts of facets.
    pub facets: bool,
    /// How many there are in all.
    pub total: bool,
    /// Titles and excerpts with marks.
    pub excerpts: bool,
}

/// A work that was found.
#[derive(Debug, Clone)]
pub struct Hit {
    /// The work.
    pub resource: Resource,
    /// Its newest version, when excerpts were wanted.
    pub version: Option<ResourceVersion>,
    /// Its title, marked.
    pub title: Vec<Piece>,
    /// Where it speaks of what was looked for, marked.
    pub excerpt: Vec<Piece>,
}

/// What was found.
#[derive(Debug)]
pub struct Found {
    /// One page, the best first, of equals the latest.
    pub page: Page<Hit>,
    /// Counts, when wanted.
    pub facets: Facets,
    /// How many there are, when wanted.
    pub total: Option<u64>,
    /// What the query was taken for, when words of it are misspelt.
    pub meant: Option<String>,
}

/// Searches the works that the viewer sees.
pub async fn search(
    access: &Access,
    text: &str,
    filter: &Filter,
    window: &Window,
    wanted: Wanted,
) -> Result<Found> {
    if text.chars().count() > LONGEST_QUERY {
        return Err(Refusal::TooLong { max: LONGEST_QUERY }.of("query"));
    }
    let list = List::new("search", &(text, filter))?;
    let mark = window.score_mark(&list)?;
    let meaning = meaning::understand(access, Query::read(text), text).await?;
    let rows: Vec<Line> = access
        .find::<Entity>()
        .filter(meaning.condition())
        .filter(facet::unfaceted(filter).condition())
        .shape(|select| ranking::candidates(select, &meaning, filter))
        .woven(|found| {
            let page = ranking::page(mark, window.size() as u64 + 1);
            ranking::weave(access, &meaning, found, page, wanted)
        })
        .await?;
    let mut best: Vec<(Uuid, i64)> = rows.iter().filter_map(Line::hit).collect();
    best.sort_unstable_by_key(|(id, score)| std::cmp::Reverse((*score, *id)));
    let page = window.cut_scored(&list, best)?;
    Ok(Found {
        page: hits(access, &meaning, page, wanted).await?,
        facets: facet::read(&rows)?,
        total: wanted.total.then(|| {
            let total = rows.iter().find(|row| row.what == TOTAL);
            total.map_or(0, |row| row.number as u64)
        }),
        meant: meaning.meant,
    })
}

/// The works of a page, in its order.
async fn hits(
    access: &Access,
    meaning: &Meaning,
    page: Page<Uuid>,
    wanted: Wanted,
) -> Result<Page<Hit>> {
    let ids: Vec<Id<Resource>> = page.rows.iter().map(|(_, id)| Id::from_uuid(*id)).collect();
    let find = access.find::<Entity>().any_of(Column::Id, &ids);
    let found: Vec<(Resource, Option<ResourceVersion>)> = if ids.is_empty() {
        Vec::new()
    } else if wanted.excerpts {
        let rows = find
            .beside::<version::Entity>(Column::NewestId, version::Column::Id, access.viewer())
            .all_as::<Beside<Resource, ResourceVersion>>()
            .await?;
        rows.into_iter().map(|row| (row.row, row.beside)).collect()
    } else {
        let rows = find.all().await?;
        rows.into_iter().map(|row| (row, None)).collect()
    };
    let mut found: HashMap<Uuid, _> = found
        .into_iter()
        .map(|(resource, version)| (resource.id.uuid(), (resource, version)))
        .collect();
    let words: Vec<String> = meaning.sought.iter().map(|it| it.word.clone()).collect();
    let marker = Marker::new(&words, meaning.sought.last().is_some_and(|last| last.open));
    let language = access.viewer().language;
    let rows = page.rows.into_iter().filter_map(|(cursor, id)| {
        let (resource, version) = found.remove(&id)?;
        let title = resource.title();
        let (title, excerpt) = match &version {
            Some(version) => {
                let summary = version.summary();
                let text = format!("{} {}", summary.read(language).1, version.body);
                let title = marker.whole(title.read(language).1);
                (title, marker.excerpt(text.trim()))
            }
            None => Default::default(),
        };
        let hit = Hit {
            resource,
            version,
            title,
            excerpt,
        };
        Some((cursor, hit))
    });
    Ok(Page {
        rows: rows.collect(),
        has_next: page.has_next,
        has_previous: page.has_previous,
        total: page.total,
    })
}
