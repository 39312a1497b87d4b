//! Lines onto pages.

use krilla::color::rgb;
use krilla::destination::XyzDestination;
use krilla::error::KrillaError;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::metadata::Metadata;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::Fill;
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, SpanTag};
use krilla::{Document, SerializeSettings};

use super::lines::{Case, Hand, Line};
use super::tree::{Part, Said, Scope, tree};
use super::{Block, Paper};

/// A4, in points.
const PAGE: (f32, f32) = (595.28, 841.89);
/// Left and right; wide enough for a hole punch, and for lines of about eighty letters.
const SIDE: f32 = 72.0;
const TOP: f32 = 68.0;
const BOTTOM: f32 = 76.0;
/// How wide lines are.
const MEASURE: f32 = PAGE.0 - 2.0 * SIDE;
/// How far points stand in.
const INDENT: f32 = 14.0;
/// Between columns.
const GAP: f32 = 12.0;

const TEXT: Hand = Hand {
    size: 10.5,
    bold: false,
    leading: 1.45,
};
const SMALL: Hand = Hand {
    size: 8.5,
    bold: false,
    leading: 1.35,
};
const TITLE: Hand = Hand {
    size: 21.0,
    bold: true,
    leading: 1.2,
};
const LEDE: Hand = Hand {
    size: 13.0,
    bold: false,
    leading: 1.4,
};
const HEADING: Hand = Hand {
    size: 13.5,
    bold: true,
    leading: 1.3,
};
const STRONG: Hand = Hand { bold: true, ..TEXT };

/// Why a text could not be set.
#[derive(Debug)]
pub(super) enum Jam {
    /// A font inside the program can't be read.
    Font(&'static str),
    /// The page has no size.
    Page,
    /// The document can't be written.
    Document(KrillaError),
}

impl std::fmt::Display for Jam {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Font(why) => write!(to, "{why}"),
            Self::Page => write!(to, "page"),
            Self::Document(why) => write!(to, "{why}"),
        }
    }
}

/// Lines at a place within a strip.
struct Stack {
    /// Which of the parts that were begun these lines are of.
    part: usize,
    x: f32,
    lines: Vec<Line>,
}

impl Stack {
    /// How far under its top its first line stands.
    fn base(&self) -> f32 {
        self.lines.first().map_or(0.0, |line| line.baseline)
    }
}

/// What stands on one page whole: a line, or a row of a table.
struct Strip {
    /// White above it, unless it is the first of a page.
    above: f32,
    height: f32,
    stacks: Vec<Stack>,
    /// A hairline under it.
    ruled: bool,
    /// It does not stand last on a page.
    keep: bool,
    /// What the outline calls it.
    named: Option<String>,
}

struct Setter {
    case: Case,
    strips: Vec<Strip>,
    said: Vec<Said>,
    group: usize,
    row: usize,
}

/// The document.
pub(super) fn set(paper: &Paper) -> Result<Vec<u8>, Jam> {
    let mut setter = Setter {
        case: Case::open().map_err(Jam::Font)?,
        strips: Vec::new(),
        said: Vec::new(),
        group: 0,
        row: 0,
    };
    for block in &paper.blocks {
        setter.block(block);
    }
    setter.print(paper)
}

impl Setter {
    fn block(&mut self, block: &Block) {
        self.group += 1;
        match block {
            Block::Kicker(text) => self.flow(text, SMALL, (0.0, 0.0), Part::Paragraph),
            Block::Title(text) => {
                self.flow(text, TITLE, (4.0, 0.0), Part::Heading(1));
                self.keep();
            }
            Block::Lede(text) => self.flow(text, LEDE, (10.0, 0.0), Part::Paragraph),
            Block::Heading(text) => {
                let first = self.strips.len();
                self.flow(text, HEADING, (20.0, 0.0), Part::Heading(2));
                self.keep();
                if let Some(strip) = self.strips.get_mut(first) {
                    strip.named = Some(text.clone());
                }
            }
            Block::Prose(text) => self.prose(text),
            Block::List(points) => {
                for point in points {
                    self.point(point);
                }
            }
            Block::Facts(facts) => {
                for (place, (what, about)) in facts.iter().enumerate() {
                    let above = if place == 0 { 14.0 } else { 3.0 };
                    let column = MEASURE * 0.26;
                    let rest = (column + GAP, MEASURE - column - GAP);
                    let cells = [
                        (what, SMALL, (0.0, column), Some(Scope::Row)),
                        (about, TEXT, rest, None),
                    ];
                    self.row(above, cells, false);
                }
            }
            Block::Table(head, rows) => self.table(head, rows),
        }
    }

    /// The last line stays with what follows.
    fn keep(&mut self) {
        if let Some(strip) = self.strips.last_mut() {
            strip.keep = true;
        }
    }

    fn begin(&mut self, part: Part) -> usize {
        self.said.push(Said {
            part,
            group: self.group,
            row: self.row,
            marks: Vec::new(),
        });
        self.said.len() - 1
    }

    /// Lines one under the other; the first and the last two stay together.
    fn flow(&mut self, text: &str, hand: Hand, (above, x): (f32, f32), part: Part) {
        let part = self.begin(part);
        let lines = self.case.lines(text, hand, MEASURE - x);
        let count = lines.len();
        for (place, line) in lines.into_iter().enumerate() {
            let alone = count > 2 && (place == 0 || place + 2 == count);
            self.strips.push(Strip {
                above: if place == 0 { above } else { 0.0 },
                height: line.height,
                stacks: vec![Stack {
                    part,
                    x,
                    lines: vec![line],
                }],
                ruled: false,
                keep: alone || (count == 2 && place == 0),
                named: None,
            });
        }
    }

    fn prose(&mut self, text: &str) {
        let mut listing = false;
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let point = line.strip_prefix(['-', '–', '—', '•', '*']);
            match point.filter(|rest| rest.starts_with(char::is_whitespace)) {
                Some(rest) => {
                    if !listing {
                        self.group += 1;
                    }
                    self.point(rest.trim_start());
                    listing = true;
                }
                None => {
                    self.flow(line, TEXT, (6.0, 0.0), Part::Paragraph);
                    listing = false;
                }
            }
        }
    }

    fn point(&mut self, text: &str) {
        let first = self.strips.len();
        self.flow(text, TEXT, (3.0, INDENT), Part::Point);
        let sign = self.case.lines("–", TEXT, INDENT);
        if let Some(strip) = self.strips.get_mut(first) {
            let part = strip.stacks.first().map_or(0, |stack| stack.part);
            let sign = Stack {
                part,
                x: 0.0,
                lines: sign,
            };
            strip.stacks.insert(0, sign);
        }
    }

    fn table(&mut self, head: &[String], rows: &[Vec<String>]) {
        // Each column as wide as its longest words ask for, as far as they all fit.
        let columns = head.len().max(1);
        let wanted = |place: usize, case: &mut Case| {
            let cells = rows.iter().filter_map(|row| row.get(place));
            let cells = cells.chain(head.get(place));
            let widest = cells.map(|cell| {
                let lines = case.lines(cell, STRONG, f32::MAX);
                lines.first().map_or(0.0, |line| line.width)
            });
            widest.fold(24.0, f32::max).min(MEASURE)
        };
        let wanted: Vec<f32> = (0..columns)
            .map(|place| wanted(place, &mut self.case))
            .collect();
        let room = MEASURE - GAP * (columns as f32 - 1.0);
        let most = widest(&wanted, room);
        let mut x = 0.0;
        let mut places = Vec::new();
        for wanted in wanted {
            let width = wanted.min(most);
            places.push((x, width));
            x += width + GAP;
        }
        let cells = |row: &[String], hand: Hand, scope: Option<Scope>| {
            let cells = row.iter().zip(places.clone());
            let cells = cells.map(|(text, place)| (text.clone(), hand, place, scope));
            cells.collect::<Vec<_>>()
        };
        let header = cells(head, SMALL, Some(Scope::Column));
        let borrowed = header
            .iter()
            .map(|(text, hand, place, scope)| (text, *hand, *place, *scope));
        self.row(8.0, borrowed, true);
        self.keep();
        for row in rows {
            let row = cells(row, TEXT, None);
            let borrowed = row
                .iter()
                .map(|(text, hand, place, scope)| (text, *hand, *place, *scope));
            self.row(3.0, borrowed, true);
        }
    }

    fn row<'a>(
        &mut self,
        above: f32,
        cells: impl IntoIterator<Item = (&'a String, Hand, (f32, f32), Option<Scope>)>,
        ruled: bool,
    ) {
        self.row += 1;
        let mut stacks = Vec::new();
        for (text, hand, (x, width), scope) in cells {
            let part = self.begin(Part::Cell(scope));
            let lines = self.case.lines(text, hand, width);
            stacks.push(Stack { part, x, lines });
        }
        let height = |stack: &Stack| stack.lines.iter().map(|line| line.height).sum::<f32>();
        let tallest = stacks.iter().map(height).fold(0.0, f32::max);
        self.strips.push(Strip {
            above,
            height: tallest + if ruled { 3.0 } else { 0.0 },
            stacks,
            ruled,
            keep: false,
            named: None,
        });
    }

    /// Which strips stand on which page.
    fn pages(&self) -> Vec<std::ops::Range<usize>> {
        let room = PAGE.1 - TOP - BOTTOM;
        let (mut pages, mut from, mut used) = (Vec::new(), 0, 0.0);
        let mut place = 0;
        while let Some(strip) = self.strips.get(place) {
            let needs = strip.height + if place == from { 0.0 } else { strip.above };
            if used + needs <= room || place == from {
                used += needs;
                place += 1;
                continue;
            }
            // What must not stand last goes along, unless that would be the whole page.
            let kept = |at: &usize| self.strips.get(*at).is_none_or(|strip| !strip.keep);
            let end = (from + 1..=place).rev().find(|end| kept(&(end - 1)));
            let end = end.unwrap_or(place);
            pages.push(from..end);
            (from, place, used) = (end, end, 0.0);
        }
        pages.push(from..self.strips.len());
        pages
    }

    fn print(mut self, paper: &Paper) -> Result<Vec<u8>, Jam> {
        let settings = SerializeSettings {
            enable_tagging: true,
            ..SerializeSettings::default()
        };
        let mut document = Document::new_with(settings);
        let mut outline = Outline::new();
        let pages = self.pages();
        for (number, strips) in pages.iter().enumerate() {
            let settings = PageSettings::from_wh(PAGE.0, PAGE.1).ok_or(Jam::Page)?;
            let mut page = document.start_page_with(settings);
            let mut surface = page.surface();
            let mut y = TOP;
            for strip in self.strips.get(strips.clone()).unwrap_or_default() {
                if y > TOP {
                    y += strip.above;
                }
                if let Some(name) = &strip.named {
                    let there = XyzDestination::new(number, Point::from_xy(0.0, y - 8.0));
                    outline.push_child(OutlineNode::new(name.clone(), there));
                }
                // What stands side by side stands on one line, however large.
                let base = strip.stacks.iter().map(Stack::base).fold(0.0, f32::max);
                for stack in &strip.stacks {
                    let mut top = y + base - stack.base();
                    for line in &stack.lines {
                        let mark = surface.start_tagged(ContentTag::Span(SpanTag::empty()));
                        draw(&mut surface, line, SIDE + stack.x, top);
                        surface.end_tagged();
                        if let Some(said) = self.said.get_mut(stack.part) {
                            said.marks.push(mark);
                        }
                        top += line.height;
                    }
                }
                y += strip.height;
                if strip.ruled {
                    rule(&mut surface, y);
                }
            }
            let foot = paper.say.print_page(number + 1, pages.len());
            let feet = self.case.lines(&foot, SMALL, MEASURE);
            surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(
                ArtifactType::PageNumber,
            )));
            for line in feet {
                let x = PAGE.0 - SIDE - line.width;
                draw(&mut surface, &line, x, PAGE.1 - BOTTOM + 30.0);
            }
            surface.end_tagged();
            surface.finish();
            page.finish();
        }
        document.set_outline(outline);
        let language = paper.say.tag().to_owned();
        document.set_tag_tree(tree(self.said).with_lang(Some(language.clone())));
        document.set_metadata(
            Metadata::new()
                .title(paper.title.clone())
                .authors(paper.authors.clone())
                .language(language)
                .producer("Sabaqtas".to_owned()),
        );
        document.finish().map_err(Jam::Document)
    }
}

/// How wide a column may be so that all fit in the room: the narrow ones keep what they ask for, the others share the rest.
fn widest(wanted: &[f32], room: f32) -> f32 {
    let mut ascending = wanted.to_vec();
    ascending.sort_by(f32::total_cmp);
    let mut left = room;
    for (place, wanted) in ascending.iter().enumerate() {
        let share = left / (ascending.len() - place) as f32;
        if *wanted > share {
            return share;
        }
        left -= wanted;
    }
    room
}

fn draw(surface: &mut Surface<'_>, line: &Line, x: f32, top: f32) {
    ink(surface, 28);
    for run in &line.runs {
        let start = Point::from_xy(x + run.x, top + line.baseline);
        surface.draw_glyphs(
            start,
            &run.glyphs,
            run.font.clone(),
            &run.text,
            run.size,
            false,
        );
    }
}

fn ink(surface: &mut Surface<'_>, grey: u8) {
    surface.set_fill(Some(Fill {
        paint: rgb::Color::new(grey, grey, grey).into(),
        ..Fill::default()
    }));
}

/// A hairline across.
fn rule(surface: &mut Surface<'_>, y: f32) {
    let mut path = PathBuilder::new();
    if let Some(line) = Rect::from_xywh(SIDE, y, MEASURE, 0.5) {
        path.push_rect(line);
    }
    let layout = Artifact::with_kind(ArtifactType::Layout);
    surface.start_tagged(ContentTag::Artifact(layout));
    ink(surface, 170);
    if let Some(path) = path.finish() {
        surface.draw_path(&path);
    }
    surface.end_tagged();
}
