//! What stands on paper: the words of a PDF, as programs read them out of it.

use hayro::hayro_interpret::font::GlyphRun;
use hayro::hayro_interpret::hayro_cmap::BfString;
use hayro::hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps,
    InterpreterCache, InterpreterSettings, SoftMask, interpret_page,
};
use hayro::hayro_syntax::Pdf;
use hayro::kurbo::{Affine, BezPath, Rect};

/// Notes down what letters are drawn.
#[derive(Default)]
struct Reader(String);

impl Device<'_> for Reader {
    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'_>, _: &DrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'_>>, _: BlendMode) {}
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, '_>, _: DrawProps<'_>, _: &DrawMode) {
        for glyph in run.glyphs() {
            match glyph.as_unicode() {
                Some(BfString::Char(letter)) => self.0.push(letter),
                Some(BfString::String(letters)) => self.0.push_str(&letters),
                None => self.0.push('\u{fffd}'),
            }
        }
    }
    fn draw_image(&mut self, _: Image<'_, '_>, _: ImageDrawProps<'_>) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
    fn end_marked_content(&mut self) {
        // A line ends like one, or a word that goes on in the next would be two.
        if !self.0.ends_with(' ') {
            self.0.push(' ');
        }
    }
}

/// The text of each page.
pub fn pages(bytes: Vec<u8>) -> Vec<String> {
    let pdf = Pdf::new(bytes).expect("a PDF");
    let cache = InterpreterCache::new();
    let pages = pdf.pages().iter().map(|page| {
        let (settings, mut reader) = (InterpreterSettings::default(), Reader::default());
        let size = Rect::new(0.0, 0.0, 595.0, 842.0);
        let mut context = Context::new(Affine::IDENTITY, size, &cache, pdf.xref(), settings);
        interpret_page(page, &mut context, &mut reader);
        reader.0
    });
    pages.collect()
}
