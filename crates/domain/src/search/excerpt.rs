//! The piece of a text that shows why it was found.

use super::{BEGINNINGS, Word, beginning, stem, words};

/// How many words an excerpt has at the most.
const LENGTH: usize = 30;

/// A piece of a text, marked where it is what was looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The text, as it stands.
    pub text: String,
    /// Whether it was looked for.
    pub marked: bool,
}

/// What marks: the words looked for.
#[derive(Debug, Default)]
pub struct Marker {
    sought: Vec<(String, String)>,
    open: Option<String>,
}

impl Marker {
    /// Marks these words and their forms; `open` marks whatever begins with the last one.
    pub fn new(words: &[String], open: bool) -> Self {
        Self {
            sought: words
                .iter()
                .map(|word| (word.clone(), stem(word)))
                .collect(),
            open: words.last().filter(|_| open).cloned(),
        }
    }

    fn marks(&self, word: &str) -> bool {
        let letters = BEGINNINGS.1;
        let long = word.chars().count() >= letters;
        let stem = stem(word);
        self.open
            .as_ref()
            .is_some_and(|open| word.starts_with(open.as_str()))
            || self.sought.iter().any(|(sought, stem_sought)| {
                *sought == word
                    || *stem_sought == stem
                    || (long && beginning(sought, letters) == beginning(word, letters))
            })
    }

    /// The whole text in pieces.
    pub fn whole(&self, text: &str) -> Vec<Piece> {
        self.cut(text, &words(text).collect::<Vec<_>>())
    }

    /// The part of a text with the most different words looked for, in pieces; its beginning when it has none.
    pub fn excerpt(&self, text: &str) -> Vec<Piece> {
        let all: Vec<Word> = words(text).collect();
        let hits: Vec<Option<String>> = all
            .iter()
            .map(|word| self.marks(&word.folded).then(|| stem(&word.folded)))
            .collect();
        let different = |from: usize| {
            let window = hits.iter().skip(from).take(LENGTH).flatten();
            window.collect::<std::collections::HashSet<_>>().len()
        };
        // A window begins a little before its first hit.
        let starts = hits.iter().enumerate().filter(|(_, hit)| hit.is_some());
        let starts = starts
            .map(|(at, _)| at.saturating_sub(LENGTH / 6))
            .take(200);
        let best = starts.max_by_key(|at| (different(*at), std::cmp::Reverse(*at)));
        let from = best.unwrap_or(0);
        let shown: Vec<Word> = all.iter().skip(from).take(LENGTH).cloned().collect();
        let (Some(first), Some(last)) = (shown.first(), shown.last()) else {
            return Vec::new();
        };
        let (start, end) = (first.at.start, last.at.end);
        let moved: Vec<Word> = shown
            .iter()
            .map(|word| Word {
                at: word.at.start - start..word.at.end - start,
                folded: word.folded.clone(),
            })
            .collect();
        let mut pieces = self.cut(text.get(start..end).unwrap_or_default(), &moved);
        if from > 0 {
            pieces.insert(0, plain("… "));
        }
        if from + LENGTH < all.len() {
            pieces.push(plain(" …"));
        }
        pieces
    }

    fn cut(&self, text: &str, words: &[Word]) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let mut done = 0;
        for word in words.iter().filter(|word| self.marks(&word.folded)) {
            let before = text.get(done..word.at.start).unwrap_or_default();
            if !before.is_empty() {
                pieces.push(plain(before));
            }
            pieces.push(Piece {
                text: text.get(word.at.clone()).unwrap_or_default().to_owned(),
                marked: true,
            });
            done = word.at.end;
        }
        let rest = text.get(done..).unwrap_or_default();
        if !rest.is_empty() {
            pieces.push(plain(rest));
        }
        pieces
    }
}

fn plain(text: &str) -> Piece {
    Piece {
        text: text.to_owned(),
        marked: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(pieces: &[Piece]) -> String {
        let piece = |piece: &Piece| match piece.marked {
            true => format!("[{}]", piece.text),
            false => piece.text.clone(),
        };
        pieces.iter().map(piece).collect()
    }

    #[test]
    fn forms_of_a_word_are_marked() {
        let marker = Marker::new(
            &["мектеп".to_owned(), "сабақ".to_owned(), "фот".to_owned()],
            true,
        );
        assert_eq!(
            shown(&marker.whole("Мектептегі сабақтар: Фотосинтез.")),
            "[Мектептегі] [сабақтар]: [Фотосинтез]."
        );
    }

    #[test]
    fn a_long_text_is_shown_where_it_was_found() {
        let text = format!(
            "{} Photosynthesis of leaves {}",
            "word ".repeat(50),
            "end ".repeat(50)
        );
        let marker = Marker::new(&["leaf".to_owned(), "photosynthesis".to_owned()], false);
        let shown = shown(&marker.excerpt(&text));
        assert!(shown.starts_with("… word word"), "{shown}");
        assert!(shown.contains("[Photosynthesis] of"), "{shown}");
        assert!(shown.ends_with("end …"), "{shown}");
    }

    proptest::proptest! {
        #[test]
        fn pieces_are_the_text(text: String, word in "[а-яa-z]{1,6}") {
            let pieces = Marker::new(&[word], true).whole(&text);
            assert_eq!(pieces.into_iter().map(|piece| piece.text).collect::<String>(), text);
        }
    }
}
