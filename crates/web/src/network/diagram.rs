//! A network as the lattice of a yurt's wall: the Leading school in the middle, up to eight partners around it.
//! The table beside it says the same in words, and all of it.

use std::fmt;

use askama::filters::HtmlSafe;

use crate::form::escape;

/// How many partners the lattice holds.
const MOST: usize = 8;

/// Where partners stand, in the order in which places are taken: x, y on a field of 1000 × 440, and the side of the
/// label.
const WIDE: [(i32, i32, Side); MOST] = [
    (660, 90, Side::Right),
    (340, 350, Side::Left),
    (340, 90, Side::Left),
    (660, 350, Side::Right),
    (230, 220, Side::Left),
    (770, 220, Side::Right),
    (500, 50, Side::Right),
    (500, 390, Side::Right),
];

/// The same on a phone's field of 360 × 400, without labels beside the lozenges.
const NARROW: [(i32, i32); MOST] = [
    (260, 120),
    (100, 280),
    (100, 120),
    (260, 280),
    (50, 200),
    (310, 200),
    (180, 50),
    (180, 350),
];

#[derive(Clone, Copy)]
enum Side {
    Left,
    Right,
}

/// A partner on the lattice.
pub(super) struct Partner<'a> {
    pub(super) name: &'a str,
    /// Its row in the table: `#…`.
    pub(super) anchor: String,
    /// `done`, `plan` or `rest`.
    pub(super) hand: &'static str,
    /// Its state in words.
    pub(super) state: String,
}

/// The drawing, in both shapes.
pub(super) struct Diagram(String);

impl Diagram {
    /// The busiest come first; more than eight are left to the table.
    pub(super) fn of<'a>(leading: &str, partners: impl Iterator<Item = Partner<'a>>) -> Self {
        let partners: Vec<_> = partners.take(MOST).collect();
        let mut svg = String::new();
        field(&mut svg, "wide", 1000, 440);
        let places = partners.iter().zip(WIDE);
        let at: Vec<_> = places
            .map(|(partner, (x, y, side))| (partner, x, y, Some(side)))
            .collect();
        draw(&mut svg, leading, &at, (500, 220));
        svg.push_str("</svg>");
        field(&mut svg, "narrow", 360, 400);
        let places = partners.iter().zip(NARROW);
        let at: Vec<_> = places
            .map(|(partner, (x, y))| (partner, x, y, None))
            .collect();
        draw(&mut svg, leading, &at, (180, 200));
        svg.push_str("</svg>");
        Diagram(svg)
    }
}

impl fmt::Display for Diagram {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl HtmlSafe for Diagram {}

/// Squared paper. Each drawing has a pattern of its own: one inside a hidden drawing would not be painted.
fn field(svg: &mut String, shape: &str, width: u16, height: u16) {
    svg.push_str(&format!(
        r#"<svg class="{shape}-x" viewBox="0 0 {width} {height}"><defs><pattern id="{shape}" width="20" height="20" patternUnits="userSpaceOnUse"><path class="gr" d="M0 .5H20M.5 0V20"/></pattern></defs><path fill="url(#{shape})" d="M0 0h{width}v{height}H0z"/>"#
    ));
}

fn draw(
    svg: &mut String,
    leading: &str,
    partners: &[(&Partner<'_>, i32, i32, Option<Side>)],
    (cx, cy): (i32, i32),
) {
    for (partner, x, y, _) in partners {
        svg.push_str(&format!(
            r#"<path class="e {}" d="M{cx} {cy}L{x} {y}"/>"#,
            partner.hand
        ));
    }
    for (partner, x, y, side) in partners {
        let name = escape(partner.name);
        svg.push_str(&format!(
            r#"<a href="{}" class="n {}"><title>{name}: {}</title>{}<text class="in" x="{x}" y="{}">{}</text>"#,
            escape(&partner.anchor),
            partner.hand,
            escape(&partner.state),
            lozenge("b", *x, *y, 28),
            y + 5,
            escape(&short(partner.name)),
        ));
        if let Some(side) = side {
            let (anchor, edge) = match side {
                Side::Left => ("end", x - 38),
                Side::Right => ("start", x + 38),
            };
            let lines = wrapped(partner.name);
            let top = y + 5 - 9 * i32::try_from(lines.len().saturating_sub(1)).unwrap_or(0);
            for (line, y) in lines.iter().zip((top..).step_by(18)) {
                svg.push_str(&format!(
                    r#"<text class="nm" text-anchor="{anchor}" x="{edge}" y="{y}">{}</text>"#,
                    escape(line)
                ));
            }
        }
        svg.push_str("</a>");
    }
    svg.push_str(&format!(
        r#"<g class="lead"><title>{}</title>{}{}<path class="sh" transform="translate({} {}) scale(1.2)" d="M8 2.5h8L21.5 8v8L16 21.5H8L2.5 16V8zM10 2.5v19M12 2.5v19M14 2.5v19M2.5 10h19M2.5 12h19M2.5 14h19"/><text class="in" x="{cx}" y="{}">{}</text></g>"#,
        escape(leading),
        lozenge("b", cx, cy, 50),
        lozenge("in2", cx, cy, 43),
        cx - 14,
        cy - 34,
        cy + 20,
        escape(&short(leading)),
    ));
}

fn lozenge(class: &str, x: i32, y: i32, r: i32) -> String {
    let (top, right, bottom, left) = (y - r, x + r, y + r, x - r);
    format!(r#"<path class="{class}" d="M{x} {top}L{right} {y} {x} {bottom} {left} {y}Z"/>"#)
}

/// What fits into a lozenge: the school's number, else the name's first letter.
fn short(name: &str) -> String {
    let number: String = name
        .chars()
        .skip_while(|letter| !letter.is_ascii_digit())
        .take_while(char::is_ascii_digit)
        .take(3)
        .collect();
    let first = || name.chars().find(|letter| letter.is_alphabetic());
    match number.is_empty() {
        false => format!("№{number}"),
        true => first().map(String::from).unwrap_or_default(),
    }
}

/// A name in lines of about 22 letters, broken at blanks.
fn wrapped(name: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in name.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + word.chars().count() < 22 => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lozenge_shows_the_number_or_a_letter() {
        assert_eq!(short("Средняя школа № 28 имени Абая"), "№28");
        assert_eq!(short("«Шеңгелді» орта мектебі"), "Ш");
        assert_eq!(short(""), "");
    }

    #[test]
    fn names_are_wrapped_whole() {
        let name = "Ы. Алтынсарин атындағы № 28 IT-мектеп-лицейі";
        let lines = wrapped(name);
        assert!(lines.len() > 1);
        assert_eq!(lines.join(" "), name);
    }

    #[test]
    fn names_are_escaped_and_eight_are_drawn() {
        let partners = (0..20).map(|number| Partner {
            name: "<script>",
            anchor: format!("#p{number}"),
            hand: "done",
            state: "\"".into(),
        });
        let svg = Diagram::of("<b>", partners).to_string();
        assert!(!svg.contains("<script>") && !svg.contains("<b>"));
        assert_eq!(svg.matches("<a ").count(), 2 * MOST);
    }
}
