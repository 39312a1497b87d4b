//! Words: where a text has them, and the form in which they are compared.

use std::ops::Range;
use std::sync::LazyLock;

use rust_stemmers::{Algorithm, Stemmer};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;

use super::kazakh;

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Which bytes of the text it is.
    pub at: Range<usize>,
    /// As it is compared: small letters, ё as е, one alphabet, no accents.
    pub folded: String,
}

/// The words of a text, in their order. Digits and letters are words apart: `1954ж` is two.
pub fn words(text: &str) -> impl Iterator<Item = Word> {
    text.unicode_word_indices()
        .flat_map(|(from, word)| runs(word).map(move |(at, run)| (from + at, run)))
        .filter_map(|(from, run)| {
            let folded = fold(run);
            (!folded.is_empty()).then(|| Word {
                at: from..from + run.len(),
                folded,
            })
        })
}

/// The runs of letters and of digits in what Unicode takes for one word, such as `18-ші` or `can't`.
fn runs(word: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut rest = 0;
    std::iter::from_fn(move || {
        loop {
            let tail = word.get(rest..)?;
            let first = tail.chars().next()?;
            let Some(class) = class(first) else {
                rest += first.len_utf8();
                continue;
            };
            let other = |c: char| !is_combining_mark(c) && self::class(c) != Some(class);
            let run = tail.split(other).next().filter(|run| !run.is_empty())?;
            let at = rest;
            rest += run.len();
            return Some((at, run));
        }
    })
}

/// Whether it is a digit; nothing for what is neither digit nor letter.
fn class(c: char) -> Option<bool> {
    c.is_alphanumeric().then(|| c.is_numeric())
}

fn fold(run: &str) -> String {
    let small = run.nfkc().flat_map(char::to_lowercase).nfkc();
    let plain: String = small
        .filter(|c| c.is_alphanumeric())
        .map(|c| if c == 'ё' { 'е' } else { c })
        .collect();
    one_alphabet(plain)
}

/// People type Latin letters into Cyrillic words, and Cyrillic ones into Roman numbers: `өзeнi`, `ХІХ`.
fn one_alphabet(word: String) -> String {
    let latin: String = word.chars().map(to_latin).collect();
    if is_roman(&latin) {
        return latin;
    }
    if word.chars().any(is_cyrillic) && word.chars().any(|c| c.is_ascii_alphabetic()) {
        word.chars().map(to_cyrillic).collect()
    } else {
        word
    }
}

fn to_latin(c: char) -> char {
    match c {
        'і' => 'i',
        'х' => 'x',
        _ => c,
    }
}

fn to_cyrillic(c: char) -> char {
    match c {
        'a' => 'а',
        'b' => 'в',
        'c' => 'с',
        'e' => 'е',
        'h' => 'һ',
        'i' => 'і',
        'k' => 'к',
        'm' => 'м',
        'o' => 'о',
        'p' => 'р',
        't' => 'т',
        'x' => 'х',
        'y' => 'у',
        _ => c,
    }
}

/// Whether it is a number as the Romans wrote it, below 4,000.
fn is_roman(word: &str) -> bool {
    let mut rest = word;
    for (one, five, ten) in [
        ("m", "", ""),
        ("c", "d", "m"),
        ("x", "l", "c"),
        ("i", "v", "x"),
    ] {
        let digit = |times: usize| one.repeat(times);
        let forms = match five {
            "" => vec![digit(3), digit(2), digit(1)],
            _ => vec![
                format!("{one}{ten}"),
                format!("{one}{five}"),
                format!("{five}{}", digit(3)),
                format!("{five}{}", digit(2)),
                format!("{five}{one}"),
                five.to_owned(),
                digit(3),
                digit(2),
                digit(1),
            ],
        };
        if let Some(after) = forms
            .iter()
            .find_map(|form| rest.strip_prefix(form.as_str()))
        {
            rest = after;
        }
    }
    !word.is_empty() && rest.is_empty()
}

fn is_cyrillic(c: char) -> bool {
    ('\u{0400}'..='\u{04FF}').contains(&c)
}

static RUSSIAN: LazyLock<Stemmer> = LazyLock::new(|| Stemmer::create(Algorithm::Russian));
static ENGLISH: LazyLock<Stemmer> = LazyLock::new(|| Stemmer::create(Algorithm::English));

/// A folded word without its endings. A Cyrillic word is Kazakh when it has a letter that Russian lacks.
pub fn stem(word: &str) -> String {
    if word.chars().any(kazakh::is_own_letter) {
        kazakh::stem(word)
    } else if word.chars().all(is_cyrillic) {
        RUSSIAN.stem(word).into_owned()
    } else if word.chars().all(|c| c.is_ascii_alphabetic()) {
        ENGLISH.stem(word).into_owned()
    } else {
        word.to_owned()
    }
}

/// The first letters of a word, all of it if it is shorter.
pub fn beginning(word: &str, letters: usize) -> &str {
    let end = word.char_indices().nth(letters).map(|(at, _)| at);
    end.and_then(|end| word.get(..end)).unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> Vec<String> {
        words(text).map(|word| word.folded).collect()
    }

    #[test]
    fn texts_fall_apart_into_words() {
        assert_eq!(
            folded("Ёлка, «Құрметті» 1954ж. 18-ші can't x²"),
            [
                "елка",
                "құрметті",
                "1954",
                "ж",
                "18",
                "ші",
                "can",
                "t",
                "x",
                "2"
            ]
        );
        assert_eq!(folded("до\u{301}ма, й = и\u{306}"), ["дома", "й", "й"]);
        assert!(folded(" -–… \u{301}").is_empty());
    }

    #[test]
    fn a_word_has_one_alphabet() {
        // Latin letters in the first, Cyrillic ones in the Roman numbers.
        assert_eq!(
            folded("өзeнi XІX ХХІ см мм хх"),
            ["өзені", "xix", "xxi", "см", "мм", "xx"]
        );
    }

    #[test]
    fn endings_come_off() {
        for (one, other) in [
            ("мектептеріміздің", "мектептің"),
            ("книгами", "книга"),
            ("studies", "study"),
            ("сабақтың", "сабаққа"),
        ] {
            assert_eq!(stem(one), stem(other), "{one}, {other}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_has_words_and_they_stay_as_they_are(text: String) {
            let found: Vec<Word> = words(&text).collect();
            for word in &found {
                assert!(text.get(word.at.clone()).is_some_and(|at| !at.is_empty()));
                stem(&word.folded);
                assert!(word.folded.starts_with(beginning(&word.folded, 4)));
            }
            let once: Vec<String> = found.into_iter().map(|word| word.folded).collect();
            for word in &once {
                assert_eq!(folded(word).concat(), word.as_str());
            }
        }

        #[test]
        fn any_cyrillic_or_latin_word_has_a_stem(word in "[а-яәғқңөұүһі]{0,20}|[a-z]{0,20}") {
            assert!(stem(&word).chars().count() <= word.chars().count() + 1);
        }
    }
}
