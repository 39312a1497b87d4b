//! The subjects that are taught, in three languages: `data/subjects.csv`.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::text::Localized;

/// A subject of the curriculum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// What it is written as: `ALGEBRA`.
    pub code: String,
    /// What it is called.
    pub name: Localized,
    /// The first grade it is usually taught in.
    pub grade_from: i32,
    /// The last.
    pub grade_to: i32,
}

#[derive(Deserialize)]
struct Line {
    code: String,
    #[serde(flatten)]
    name: Localized,
    grade_from: i32,
    grade_to: i32,
}

static SUBJECTS: LazyLock<Vec<Subject>> = LazyLock::new(|| {
    csv::Reader::from_reader(include_bytes!("../../data/subjects.csv").as_slice())
        .deserialize::<Line>()
        .filter_map(Result::ok)
        .map(|line| Subject {
            code: line.code,
            name: line.name,
            grade_from: line.grade_from,
            grade_to: line.grade_to,
        })
        .collect()
});

/// All of them, in the order of the curriculum.
pub fn all() -> &'static [Subject] {
    &SUBJECTS
}

/// The one with this code.
pub fn named(code: &str) -> Option<&'static Subject> {
    all().iter().find(|subject| subject.code == code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_a_subject_in_three_languages() {
        let lines = include_str!("../../data/subjects.csv").lines().count();
        assert_eq!(all().len(), lines - 1);
        for subject in all() {
            let Localized { kk, ru, en } = &subject.name;
            assert!(kk.is_some() && ru.is_some() && en.is_some(), "{subject:?}");
            assert!(subject.grade_from <= subject.grade_to, "{subject:?}");
        }
        assert_eq!(named("ALGEBRA").map(|it| it.grade_from), Some(7));
    }
}
