//! Folds names so that people find a school however they spell it: Kazakh, Russian and Latin letters to one Latin form.

use unicode_normalization::UnicodeNormalization;

/// The folded form of a text: lower case, one alphabet, words separated by single spaces.
pub fn fold(text: &str) -> String {
    let text: String = text.nfkc().flat_map(char::to_lowercase).collect();
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}
