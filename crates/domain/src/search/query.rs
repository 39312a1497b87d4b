//! What somebody typed: words, `"phrases"` and `-excluded` ones.

use std::fmt;

use super::{is_stop, words};

/// The most words of a query that count, and the most phrases.
const MOST: usize = 16;

/// A query, read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// Words that make a work the better the rarer they are, each once; those of phrases are among them.
    pub words: Vec<String>,
    /// Words that must stand one behind the other.
    pub phrases: Vec<Vec<String>>,
    /// Words that must not be there.
    pub excluded: Vec<String>,
    /// The last word may go on: nothing was typed behind it yet.
    pub open: bool,
}

impl Query {
    /// Reads any text; there is none that is wrong.
    pub fn read(text: &str) -> Self {
        let mut query = Self::default();
        let mut loose = Vec::new();
        // Every second part stands between quotation marks.
        for (at, part) in text.split(['"', '«', '»', '“', '”', '„']).enumerate() {
            let folded = |text: &str| words(text).map(|word| word.folded).collect::<Vec<_>>();
            if at % 2 == 1 {
                let phrase = folded(part);
                loose.extend(phrase.iter().cloned());
                if phrase.len() > 1 && query.phrases.len() < MOST {
                    query.phrases.push(phrase);
                }
                continue;
            }
            for token in part.split_whitespace() {
                let excluded = token.strip_prefix(['-', '−', '–']);
                match excluded.filter(|rest| rest.starts_with(char::is_alphanumeric)) {
                    Some(rest) => query.excluded.extend(folded(rest)),
                    None => loose.extend(folded(token)),
                }
            }
            query.open = part.ends_with(char::is_alphanumeric)
                && !part
                    .split_whitespace()
                    .next_back()
                    .is_some_and(|token| token.starts_with(['-', '−', '–']));
        }
        // "What is it?" finds something too: words that say little count when there are no others.
        let telling = loose.iter().any(|word| !is_stop(word));
        let last = loose.last().cloned();
        for word in loose {
            let counts = !telling || !is_stop(&word);
            if counts && query.words.len() < MOST && !query.words.contains(&word) {
                query.words.push(word);
            }
        }
        query.excluded.truncate(MOST);
        query.open &= query.words.last() == last.as_ref();
        query
    }

    /// Whether there is nothing to look for.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }
}

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let phrases = self
            .phrases
            .iter()
            .map(|words| format!("\"{}\"", words.join(" ")));
        let excluded = self.excluded.iter().map(|word| format!("-{word}"));
        let all: Vec<_> = phrases
            .chain(excluded)
            .chain(self.words.iter().cloned())
            .collect();
        f.write_str(&all.join(" "))?;
        f.write_str(if self.open { "" } else { " " })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_phrases_and_exclusions() {
        let query = Query::read("Что такое «жасыл жапырақ» -тест 7 фотосин");
        assert_eq!(query.words, ["жасыл", "жапырақ", "7", "фотосин"]);
        assert_eq!(query.phrases, [["жасыл", "жапырақ"]]);
        assert_eq!(query.excluded, ["тест"]);
        assert!(query.open);
        assert!(!Query::read("фотосинтез ").open);
        assert!(!Query::read("фотосинтез?").open);
        assert_eq!(Query::read("что такое").words, ["что", "такое"]);
        assert!(Query::read(" - \"\" ").is_empty());
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_a_query(text: String) {
            Query::read(&text);
        }

        #[test]
        fn a_query_reads_back_as_it_was_written(text in "[a-zа-яқі\" -]{0,60}") {
            let once = Query::read(&text);
            let twice = Query::read(&once.to_string());
            assert_eq!(twice.phrases, once.phrases);
            assert_eq!(twice.excluded, once.excluded);
            let sorted = |query: &Query| {
                let mut words = query.words.clone();
                words.sort();
                words
            };
            if once.words.len() < MOST {
                assert_eq!(sorted(&twice), sorted(&once));
            }
        }
    }
}
