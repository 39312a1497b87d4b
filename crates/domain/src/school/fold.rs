//! Folds names so that people find a school however they spell it: Kazakh, Russian and Latin letters to one Latin
//! skeleton. Қапшағай, Капшагай and Kapshagay are one word; so are Жетісу, Жетысу, Zhetysu and Jetisu.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The folded form of a text: lower case, one alphabet, words separated by single spaces.
pub fn fold(text: &str) -> String {
    let lower = text.nfkc().flat_map(char::to_lowercase);
    let mut plain = String::with_capacity(text.len());
    // The two letters of the new Kazakh alphabet whose sound their mark decides.
    for c in lower {
        match c {
            'ş' => plain.push_str("sh"),
            'ç' => plain.push_str("ch"),
            _ => plain.push(c),
        }
    }
    let mut folded = String::with_capacity(text.len());
    for c in plain.nfkd().filter(|c| !is_combining_mark(*c)) {
        match letter(c) {
            Some(latin) => folded.push_str(latin),
            None if c.is_alphanumeric() => folded.extend(c.to_lowercase()),
            None => folded.push(' '),
        }
    }
    let words: Vec<String> = folded
        .split(' ')
        .filter(|word| !word.is_empty())
        .map(skeleton)
        .collect();
    words.join(" ")
}

/// What a letter becomes, where it does not stay as it is.
fn letter(c: char) -> Option<&'static str> {
    Some(match c {
        'а' | 'ә' => "a",
        'б' => "b",
        'в' => "v",
        'г' | 'ғ' => "g",
        'д' => "d",
        'е' | 'э' => "e",
        'ж' | 'j' => "zh",
        'з' => "z",
        'и' | 'і' | 'ы' | 'y' | 'ı' => "i",
        'к' | 'қ' | 'q' => "k",
        'л' => "l",
        'м' => "m",
        'н' | 'ң' => "n",
        'о' | 'ө' => "o",
        'п' => "p",
        'р' => "r",
        'с' => "s",
        'т' => "t",
        'у' | 'ұ' | 'ү' => "u",
        'ф' => "f",
        'х' | 'һ' => "h",
        'ц' => "ts",
        'ч' => "ch",
        'ш' | 'щ' => "sh",
        'ю' => "iu",
        'я' => "ia",
        'x' => "ks",
        'ъ' | 'ь' | '\'' | '’' | '‘' | 'ʼ' | '`' => "",
        _ => return None,
    })
}

/// Several letters that are one sound in another spelling; each shortens the word.
const DIGRAPHS: [(&str, &str); 5] = [
    ("shch", "sh"),
    ("kh", "h"),
    ("gh", "g"),
    ("ng", "n"),
    ("ie", "e"),
];

fn skeleton(word: &str) -> String {
    let mut word = word.to_owned();
    loop {
        let before = word.len();
        let mut last = None;
        word.retain(|c| {
            let doubled = last == Some(c) && !c.is_numeric();
            last = Some(c);
            !doubled
        });
        for (from, to) in DIGRAPHS {
            if word.contains(from) {
                word = word.replace(from, to);
            }
        }
        if word.len() == before {
            return word;
        }
    }
}

/// The folded words people search by. Figures are words of their own, and what only announces a number goes:
/// "№ 2", "No. 2", "N2" and "школа №2" all give "2".
pub fn words(text: &str) -> Vec<String> {
    let folded = fold(text);
    let mut words: Vec<String> = Vec::new();
    for word in folded.split(' ') {
        let mut figures = None;
        for c in word.chars() {
            if figures == Some(c.is_numeric()) {
                if let Some(last) = words.last_mut() {
                    last.push(c);
                }
            } else {
                words.push(c.to_string());
                figures = Some(c.is_numeric());
            }
        }
    }
    let number: Vec<bool> = words
        .iter()
        .map(|word| word.chars().all(char::is_numeric))
        .collect();
    let announced = |at: usize| number.get(at + 1).copied().unwrap_or_default();
    words
        .into_iter()
        .enumerate()
        .filter(|(at, word)| {
            !(announced(*at) && matches!(word.as_str(), "no" | "n" | "nomer" | "number"))
        })
        .map(|(_, word)| word)
        .collect()
}

/// The words of a query: without those that every school or place has, unless there are no others.
pub fn query_words(text: &str) -> Vec<String> {
    let all = words(text);
    let telling: Vec<String> = all
        .iter()
        .filter(|word| !GENERIC.contains(*word))
        .cloned()
        .collect();
    if telling.is_empty() { all } else { telling }
}

/// The words of a place's name, without "region" and the like.
pub fn place_words(text: &str) -> impl Iterator<Item = String> {
    words(text)
        .into_iter()
        .filter(|word| !GENERIC.contains(word))
}

static GENERIC: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let words = "школа школы мектеп мектебі school облыс облысы область oblast region аудан ауданы район district \
                 қала қаласы город city";
    words.split_whitespace().map(fold).collect()
});

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn one_place_in_every_spelling() {
        for spellings in [
            &["Қапшағай", "Капшагай", "Kapshagai", "Kapshagay", "КАПШАҒАЙ"][..],
            &["Қонаев", "Конаев", "Konaev", "Qonaev"],
            &["Жетісу", "Жетысу", "Zhetysu", "Jetisu", "Zhetisu"],
            &["Талдықорған", "Талдыкорган", "Taldykorgan", "Taldyqorghan"],
            &["Текелі", "Текели", "Tekeli"],
            &["Жаңаөзен", "Жанаозен", "Zhanaozen", "Zhangaozen"],
            &["Әуезов", "Ауэзов", "Auezov"],
            &["Щучинск", "Shchuchinsk"],
            &["Хромтау", "Khromtau"],
            &["Шымкент", "Шимкент", "Shymkent"],
            &["ёлка", "елка", "е\u{308}лка"],
        ] {
            let folded: BTreeSet<String> = spellings.iter().map(|text| fold(text)).collect();
            assert_eq!(folded.len(), 1, "{folded:?}");
        }
        assert_ne!(fold("Тараз"), fold("Атырау"));
    }

    #[test]
    fn numbers_are_words() {
        for text in ["№ 2", "№2", "No. 2", "N2", "n 2", "номер 2"] {
            assert_eq!(words(text), ["2"], "{text}");
        }
        assert_eq!(query_words("школа №2"), ["2"]);
        assert_eq!(query_words("Школа"), [fold("школа")]);
        assert_eq!(
            words("IT школа-лицей №28"),
            ["it", "shkola", "litsei", "28"]
        );
        assert_eq!(words("22"), ["22"]);
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in "\\PC{0,40}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn letters_fold_to_letters(text in "[а-яёәғқңөұүһіА-ЯЁӘҒҚҢӨҰҮҺІ]{1,20}") {
            prop_assert!(fold(&text).chars().all(|c| c.is_ascii_lowercase()), "{}", fold(&text));
        }

        #[test]
        fn words_are_what_fold_leaves(text in "\\PC{0,40}") {
            let letters: String = fold(&text).split(' ').collect();
            let words = words(&text).concat();
            prop_assert!(words.len() <= letters.len());
            prop_assert!(!words.contains(' '));
        }
    }
}
