//! What the build refuses, and in which words.

use crate::catalogue::{Shape, Source, read};

fn source(language: &str, file: &str, text: &str) -> Source {
    Source {
        language: language.into(),
        file: file.into(),
        text: text.into(),
    }
}

fn faults(kk: &str, ru: &str, en: &str) -> Vec<String> {
    let sources = [("kk", kk), ("ru", ru), ("en", en)]
        .map(|(language, text)| source(language, "mail.ftl", text));
    read(&["kk", "ru", "en"], &sources)
        .err()
        .unwrap_or_default()
}

const WELL: &str = "mail-hello = { $name }!\n";

#[test]
fn a_complete_set_is_taken() {
    let sources = ["kk", "ru", "en"].map(|language| {
        source(
            language,
            "mail.ftl",
            "mail-b = { $z }{ $a }\nmail-a = { $n ->\n    [1] { $x }\n   *[2] b\n}\n",
        )
    });
    let shape = |id: &str, variables: &[&str], reference: &str| Shape {
        id: id.into(),
        variables: variables.iter().map(|name| (*name).to_owned()).collect(),
        reference: reference.into(),
    };
    assert_eq!(
        read(&["kk", "ru", "en"], &sources),
        Ok(vec![
            shape(
                "mail-a",
                &["n", "x"],
                "mail-a =\n    { $n ->\n        [1] { $x }\n       *[2] b\n    }"
            ),
            shape("mail-b", &["a", "z"], "mail-b = { $z }{ $a }"),
        ])
    );
}

#[test]
fn a_missing_or_extra_message_is_named() {
    assert_eq!(
        faults("", WELL, WELL),
        ["locales/kk/mail.ftl: mail-hello: missing; locales/en/mail.ftl has it"]
    );
    assert_eq!(
        faults(WELL, WELL, ""),
        [
            "locales/kk/mail.ftl: mail-hello: extra; en lacks it",
            "locales/ru/mail.ftl: mail-hello: extra; en lacks it"
        ]
    );
}

#[test]
fn a_missing_or_extra_variable_is_named() {
    assert_eq!(
        faults(WELL, "mail-hello = { $nmae }!\n", WELL),
        [
            "locales/ru/mail.ftl: mail-hello: lacks $name, which en has",
            "locales/ru/mail.ftl: mail-hello: has $nmae, which en lacks"
        ]
    );
}

#[test]
fn a_message_in_another_file_is_named() {
    let sources = [
        source("kk", "roles.ftl", WELL),
        source("ru", "mail.ftl", WELL),
        source("en", "mail.ftl", WELL),
    ];
    assert_eq!(
        read(&["kk", "ru", "en"], &sources),
        Err(vec![
            "locales/kk/roles.ftl: mail-hello: belongs in mail.ftl, as in en".to_owned()
        ])
    );
}

#[test]
fn a_syntax_error_has_its_line() {
    let faults = faults(
        WELL,
        WELL,
        "mail-hello = { $name }!\n\nmail-bye = { $name\n",
    );
    assert!(
        faults
            .iter()
            .any(|fault| fault.starts_with("locales/en/mail.ftl:3: ")
                || fault.starts_with("locales/en/mail.ftl:4: ")),
        "{faults:?}"
    );
}

#[test]
fn what_is_not_taken_is_refused_everywhere() {
    for (text, what) in [
        (
            "hello = a\n",
            "lower-case words joined by hyphens, subject first",
        ),
        ("mail-Hello = a\n", "lower-case words joined by hyphens"),
        ("mail-a = { $userName }\n", "$userName"),
        ("mail-a = { $type }\n", "$type: a word of Rust"),
        ("mail-a = { -brand }\n", "the term -brand"),
        ("-brand = a\n", "-brand: terms are not taken"),
        ("mail-a = { NUMBER($n) }\n", "the function NUMBER"),
        (
            "mail-a = b\nmail-c = { mail-a }\n",
            "mail-c: refers to mail-a",
        ),
        ("mail-a = b\n    .title = c\n", "attributes are not taken"),
        ("mail-a =\n    .title = c\n", "has no text"),
        (
            "mail-a = b\nmail-a = c\n",
            "mail-a: this language has it twice",
        ),
    ] {
        let faults = faults(text, text, text);
        for language in ["kk", "ru", "en"] {
            let start = format!("locales/{language}/mail.ftl: ");
            assert!(
                faults
                    .iter()
                    .any(|fault| fault.starts_with(&start) && fault.contains(what)),
                "{text}: {faults:?}"
            );
        }
    }
}

#[test]
fn a_selection_by_number_has_every_category_of_its_language() {
    let two = "mail-n = { $n ->\n    [one] a\n   *[other] b\n}\n";
    assert_eq!(
        faults(two, two, two),
        [
            "locales/ru/mail.ftl: mail-n: the selection by number lacks [few]",
            "locales/ru/mail.ftl: mail-n: the selection by number lacks [many]"
        ]
    );
}
