//! A light stemmer for Kazakh: takes endings off, the longest first, as long as three letters remain.
//!
//! Kazakh strings endings together, each in several forms by the vowels and the last consonant before it:
//! мектеп-тер-іміз-дің. The list holds plural, possessive, case, the relative -ғы and the commonest endings of verbs.

/// The shortest stem that is left, in letters.
const SHORTEST: usize = 3;
/// The most endings taken off.
const MOST: usize = 6;

/// The longest first; among equally long ones the order does not matter.
const ENDINGS: &[&str] = &[
    "ылатын",
    "ілетін",
    "байды",
    "баған",
    "беген",
    "бейді",
    "латын",
    "летін",
    "майды",
    "маған",
    "меген",
    "мейді",
    "ндағы",
    "ндегі",
    "пайды",
    "паған",
    "пеген",
    "пейді",
    "ылады",
    "ылған",
    "ынады",
    "ынған",
    "ілген",
    "іледі",
    "інген",
    "інеді",
    "атын",
    "дағы",
    "дегі",
    "дікі",
    "етін",
    "йтын",
    "йтін",
    "лады",
    "лген",
    "леді",
    "лған",
    "нады",
    "неді",
    "нікі",
    "тағы",
    "тегі",
    "тікі",
    "ылды",
    "ымыз",
    "ынды",
    "ыңыз",
    "ілді",
    "іміз",
    "інді",
    "іңіз",
    "ады",
    "бақ",
    "бек",
    "бен",
    "ген",
    "дан",
    "дар",
    "ден",
    "дер",
    "дың",
    "дің",
    "еді",
    "йды",
    "йді",
    "кен",
    "лар",
    "лды",
    "лді",
    "лер",
    "мақ",
    "мек",
    "мен",
    "мыз",
    "міз",
    "нан",
    "нда",
    "нде",
    "нен",
    "ның",
    "нің",
    "пақ",
    "пек",
    "пен",
    "тан",
    "тар",
    "тен",
    "тер",
    "тың",
    "тің",
    "ушы",
    "уші",
    "ған",
    "қан",
    "ңыз",
    "ңіз",
    "ар",
    "ге",
    "гі",
    "да",
    "де",
    "ды",
    "ді",
    "ер",
    "ке",
    "кі",
    "на",
    "не",
    "ны",
    "ні",
    "са",
    "се",
    "сы",
    "сі",
    "та",
    "те",
    "ты",
    "ті",
    "ым",
    "ып",
    "ың",
    "ім",
    "іп",
    "ің",
    "ға",
    "ғы",
    "қа",
    "қы",
    "а",
    "е",
    "н",
    "п",
    "р",
    "у",
    "ы",
    "і",
];

/// Whether Kazakh has this letter and Russian has not.
pub(super) fn is_own_letter(c: char) -> bool {
    matches!(c, 'ә' | 'ғ' | 'қ' | 'ң' | 'ө' | 'ұ' | 'ү' | 'һ' | 'і')
}

/// A folded word without its endings. What an ending softened is hard again: кітаб-ы is of кітап.
pub(super) fn stem(word: &str) -> String {
    let mut stem = word;
    for _ in 0..MOST {
        let Some(shorter) = without_ending(stem) else {
            break;
        };
        stem = shorter;
    }
    match (stem.chars().count(), stem.chars().next_back()) {
        (SHORTEST.., Some(soft @ ('б' | 'г' | 'ғ'))) => {
            let hard = match soft {
                'б' => 'п',
                'г' => 'к',
                _ => 'қ',
            };
            let mut stem = stem.strip_suffix(soft).unwrap_or(stem).to_owned();
            stem.push(hard);
            stem
        }
        _ => stem.to_owned(),
    }
}

fn without_ending(word: &str) -> Option<&str> {
    let shorter = ENDINGS
        .iter()
        .filter_map(|ending| word.strip_suffix(ending));
    shorter
        .filter(|stem| stem.chars().count() >= SHORTEST)
        .min_by_key(|stem| stem.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_in_a_row() {
        assert_eq!(stem("мектептеріміздің"), stem("мектепке"));
        assert_eq!(stem("кітабы"), "кітап");
        assert_eq!(stem("үй"), "үй");
    }
}
