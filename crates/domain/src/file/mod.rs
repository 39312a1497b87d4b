//! A file: bytes somebody gave us, under a name. It arrives as an upload that has the id the file will have.
//!
//! ```text
//! upload ─ bytes, as often as the line breaks ─> complete ─ kept in the store ─> file ─ remove ─> gone
//!    └ taken back by its owner, or its time runs out ─> gone
//! ```
//!
//! Here are the rows. The bytes themselves are the business of the crate `files`, which writes a row before the bytes
//! it stands for and removes it after them, so that nothing in the store is ever unknown here.

pub mod commands;
pub mod entity;
pub mod link;
pub mod policy;
pub mod queries;

pub use entity::blob::Model as Blob;
pub use entity::part::Model as UploadPart;
pub use entity::upload::Model as Upload;
pub use entity::usage::Model as FileUsage;
pub use entity::{Model as File, View};

/// For how many hours an upload waits for its next bytes, and bytes nobody needs are kept.
pub const WAITS_HOURS: i64 = 24;

/// How many hours longer what ran out is left alone: clocks of nodes differ.
pub(crate) const GRACE_HOURS: i64 = 1;

/// How many unfinished uploads a person may have.
pub const MOST_UPLOADS: u64 = 100;

/// In how many pieces an upload may arrive.
pub const MOST_PARTS: i32 = 20_000;

/// The longest name of a file, in characters.
pub const LONGEST_NAME: usize = 200;

/// What an installation takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowance {
    /// The largest file, in bytes.
    pub file: u64,
    /// All files of one person together, in bytes.
    pub person: u64,
}

/// The name under which a file is kept: what the person called it, without folders, line breaks and characters that
/// turn the direction of writing. A name is shown and never opened.
pub fn plain_name(given: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let name: String = last
        .nfc()
        .filter(|c| !c.is_control() && !matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}'))
        .collect();
    let name = name.trim();
    if name.trim_matches('.').is_empty() {
        return "file".to_owned();
    }
    let count = name.chars().count();
    if count <= LONGEST_NAME {
        return name.to_owned();
    }
    // The ending says what opens it: the middle is left out.
    let ending: String = match name.rsplit_once('.') {
        Some((_, ending)) if ending.chars().count() <= 10 => format!(".{ending}"),
        _ => String::new(),
    };
    let keep = LONGEST_NAME - ending.chars().count();
    name.chars().take(keep).collect::<String>() + &ending
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_names_and_nothing_else() {
        for (given, kept) in [
            ("Сабақ жоспары.docx", "Сабақ жоспары.docx"),
            ("../../etc/passwd", "passwd"),
            ("C:\\fakepath\\план.pdf", "план.pdf"),
            ("a\0b\r\nc.txt", "abc.txt"),
            ("\u{202E}fdp.exe", "fdp.exe"),
            ("..", "file"),
            ("", "file"),
            ("a/", "file"),
            (" .hidden ", ".hidden"),
        ] {
            assert_eq!(plain_name(given), kept, "{given:?}");
        }
        let long = plain_name(&format!("{}.pdf", "ұ".repeat(1000)));
        assert_eq!(long.chars().count(), LONGEST_NAME);
        assert!(long.ends_with("ұ.pdf"));
    }

    proptest::proptest! {
        #[test]
        fn a_name_never_leads_anywhere(given in ".{0,300}") {
            let name = plain_name(&given);
            assert!(!name.is_empty() && name.chars().count() <= LONGEST_NAME);
            assert!(!name.contains(['/', '\\']) && !name.contains(char::is_control));
            assert!(name != "." && name != "..");
        }
    }
}
