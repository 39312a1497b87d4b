//! The map of the regions: one tile each, where it lies among the others, darker the greater its figure.

use crate::word::Language;

/// Column and row of each region's tile, by its code in the official classifier.
const PLACES: [(&str, u8, u8); 20] = [
    ("590000000", 4, 1),
    ("550000000", 5, 1),
    ("270000000", 1, 2),
    ("150000000", 2, 2),
    ("390000000", 3, 2),
    ("110000000", 4, 2),
    ("710000000", 5, 2),
    ("100000000", 6, 2),
    ("630000000", 7, 2),
    ("230000000", 1, 3),
    ("620000000", 3, 3),
    ("350000000", 4, 3),
    ("330000000", 6, 3),
    ("470000000", 1, 4),
    ("430000000", 3, 4),
    ("610000000", 4, 4),
    ("310000000", 5, 4),
    ("190000000", 6, 4),
    ("790000000", 4, 5),
    ("750000000", 6, 5),
];

/// How many shades there are.
const SHADES: i64 = 5;

/// One region.
pub(super) struct Tile<'a> {
    pub(super) id: &'a str,
    pub(super) name: &'a str,
    pub(super) language: &'a Language,
    pub(super) figure: i64,
    pub(super) column: u8,
    pub(super) row: u8,
    /// 1 to 5.
    pub(super) shade: i64,
}

impl<'a> Tile<'a> {
    /// The tile of the region with this code; `None` when it has no place on the map.
    pub(super) fn of(
        id: &'a str,
        code: &str,
        name: &'a str,
        language: &'a Language,
        figure: i64,
    ) -> Option<Self> {
        let (_, column, row) = PLACES.iter().find(|place| place.0 == code)?;
        Some(Tile {
            id,
            name,
            language,
            figure,
            column: *column,
            row: *row,
            shade: 1,
        })
    }

    /// The first letters of the name's first telling word, for a tile that is too small for it.
    pub(super) fn short(&self) -> String {
        let words = self.name.split_whitespace();
        let telling = words.max_by_key(|word| {
            (
                word.chars().next().is_some_and(char::is_uppercase),
                // Of several the first.
                std::cmp::Reverse(self.name.find(word)),
            )
        });
        telling.unwrap_or_default().chars().take(3).collect()
    }
}

/// In reading order, each with its shade: even steps up to the greatest figure.
pub(super) fn shaded(mut tiles: Vec<Tile<'_>>) -> Vec<Tile<'_>> {
    let most = tiles
        .iter()
        .map(|tile| tile.figure)
        .max()
        .unwrap_or_default();
    for tile in &mut tiles {
        tile.shade = (tile.figure * SHADES + most - 1)
            .checked_div(most)
            .unwrap_or_default()
            .clamp(1, SHADES);
    }
    tiles.sort_by_key(|tile| (tile.row, tile.column));
    tiles
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_two_regions_share_a_place() {
        let places: BTreeSet<_> = PLACES.iter().map(|place| (place.1, place.2)).collect();
        let codes: BTreeSet<_> = PLACES.iter().map(|place| place.0).collect();
        assert_eq!((places.len(), codes.len()), (20, 20));
        assert!(
            places
                .iter()
                .all(|place| (1..=7).contains(&place.0) && (1..=5).contains(&place.1))
        );
    }

    #[test]
    fn shades_are_even_steps_up_to_the_greatest() {
        let tile =
            |code, figure| Tile::of("r", code, "область Абай", &Language::Ru, figure).unwrap();
        let tiles = shaded(vec![
            tile("750000000", 10),
            tile("100000000", 0),
            tile("190000000", 3),
        ]);
        let shades: Vec<_> = tiles.iter().map(|tile| (tile.figure, tile.shade)).collect();
        assert_eq!(shades, [(0, 1), (3, 2), (10, 5)]);
        assert!(
            shaded(vec![tile("750000000", 0)])
                .iter()
                .all(|tile| tile.shade == 1)
        );
    }

    #[test]
    fn short_names_skip_the_word_for_region() {
        let short = |name| {
            Tile::of("r", "750000000", name, &Language::Ru, 0)
                .unwrap()
                .short()
        };
        assert_eq!(short("область Абай"), "Аба");
        assert_eq!(short("Алматинская область"), "Алм");
        assert_eq!(short("North Kazakhstan Region"), "Nor");
    }
}
