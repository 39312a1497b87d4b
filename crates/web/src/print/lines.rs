//! Words into lines.

use std::rc::Rc;
use std::sync::Arc;

use krilla::text::{Font, GlyphId, KrillaGlyph};
use parley::fontique::{Blob, Collection, CollectionOptions, FontInfoOverride, SourceCache};
use parley::style::{FontFamily, FontWeight, LineHeight, OverflowWrap, StyleProperty, WordBreak};
use parley::{FontContext, Layout, LayoutContext};

/// Literata, cut to Latin, Cyrillic and the signs of texts; its licence lies beside it.
const FACES: [(f32, &[u8]); 2] = [
    (
        400.0,
        include_bytes!("../../assets/fonts/literata-print.ttf"),
    ),
    (
        600.0,
        include_bytes!("../../assets/fonts/literata-print-semibold.ttf"),
    ),
];

/// How words look.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hand {
    /// In points.
    pub(super) size: f32,
    /// Semibold?
    pub(super) bold: bool,
    /// From line to line, in sizes.
    pub(super) leading: f32,
}

/// Letters of one font that stand side by side.
pub(super) struct Run {
    pub(super) font: Font,
    pub(super) size: f32,
    /// From the start of the line.
    pub(super) x: f32,
    pub(super) glyphs: Vec<KrillaGlyph>,
    /// What the glyphs' ranges are of.
    pub(super) text: Rc<str>,
}

/// One line.
pub(super) struct Line {
    pub(super) runs: Vec<Run>,
    pub(super) width: f32,
    pub(super) height: f32,
    /// From its top.
    pub(super) baseline: f32,
}

/// The type case: fonts, and what shaping keeps between texts.
pub(super) struct Case {
    fonts: FontContext,
    layouts: LayoutContext<()>,
    /// By the ids that the fonts' bytes have in `fonts`.
    faces: Vec<(u64, Font)>,
}

impl Case {
    /// A case with the two fonts and no others: paper looks the same whatever the machine has.
    pub(super) fn open() -> Result<Self, &'static str> {
        let options = CollectionOptions {
            shared: false,
            system_fonts: false,
        };
        let mut fonts = FontContext {
            collection: Collection::new(options),
            source_cache: SourceCache::default(),
        };
        let mut faces = Vec::new();
        for (weight, bytes) in FACES {
            let blob = Blob::new(Arc::new(bytes));
            let font = Font::new(bytes.into(), 0).ok_or("font")?;
            faces.push((blob.id(), font));
            let known_as = FontInfoOverride {
                family_name: Some("print"),
                weight: Some(FontWeight::new(weight)),
                ..FontInfoOverride::default()
            };
            fonts.collection.register_fonts(blob, Some(known_as));
        }
        Ok(Self {
            fonts,
            layouts: LayoutContext::new(),
            faces,
        })
    }

    /// A text without line ends, broken into lines no wider than this.
    pub(super) fn lines(&mut self, text: &str, hand: Hand, width: f32) -> Vec<Line> {
        let text: Rc<str> = text.into();
        let mut builder = self
            .layouts
            .ranged_builder(&mut self.fonts, &text, 1.0, false);
        let weight = FontWeight::new(if hand.bold { 600.0 } else { 400.0 });
        builder.push_default(StyleProperty::FontFamily(FontFamily::named("print")));
        builder.push_default(StyleProperty::FontSize(hand.size));
        builder.push_default(StyleProperty::FontWeight(weight));
        builder.push_default(StyleProperty::LineHeight(LineHeight::FontSizeRelative(
            hand.leading,
        )));
        builder.push_default(StyleProperty::WordBreak(WordBreak::Normal));
        // A word that is longer than the line, an address say, breaks where the line ends.
        builder.push_default(StyleProperty::OverflowWrap(OverflowWrap::Anywhere));
        let mut layout: Layout<()> = builder.build(&*text);
        layout.break_all_lines(Some(width));
        layout.lines().map(|line| self.line(&line, &text)).collect()
    }

    fn line(&self, line: &parley::Line<'_, ()>, text: &Rc<str>) -> Line {
        let metrics = line.metrics();
        let (mut runs, mut x) = (Vec::new(), 0.0);
        for run in line.runs() {
            let (start, size) = (x, run.font_size());
            let mut glyphs: Vec<KrillaGlyph> = Vec::new();
            for cluster in run.visual_clusters() {
                if cluster.is_ligature_continuation() {
                    // Its letters are in the glyph before.
                    if let Some(glyph) = glyphs.last_mut() {
                        glyph.text_range.end = cluster.text_range().end;
                    }
                    continue;
                }
                for glyph in cluster.glyphs() {
                    glyphs.push(KrillaGlyph::new(
                        GlyphId::new(glyph.id),
                        glyph.advance / size,
                        glyph.x / size,
                        glyph.y / size,
                        0.0,
                        cluster.text_range(),
                        None,
                    ));
                    x += glyph.advance;
                }
            }
            let id = run.font().data.id();
            let face = self.faces.iter().find(|(known, _)| *known == id);
            if let (Some((_, font)), false) = (face, glyphs.is_empty()) {
                runs.push(Run {
                    font: font.clone(),
                    size,
                    x: start,
                    glyphs,
                    text: Rc::clone(text),
                });
            }
        }
        Line {
            runs,
            width: metrics.advance - metrics.hanging_advance,
            height: metrics.line_height,
            baseline: metrics.baseline - metrics.block_min_coord,
        }
    }
}
