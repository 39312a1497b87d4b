//! Rules about the source tree itself.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

fn root() -> PathBuf {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    tests.parent().expect("a workspace around tests/").into()
}

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn output(program: &str, args: &[&str]) -> String {
    let output = Command::new(program)
        .args(args)
        .current_dir(root())
        .output()
        .unwrap_or_else(|error| panic!("{program}: {error}"));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{program} {args:?}: {said}");
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// Files under version control that exist, with their contents.
fn tracked() -> Vec<(String, String)> {
    // The clone may belong to somebody else than who runs the tests.
    let paths = output("git", &["-c", "safe.directory=*", "ls-files", "-z"]);
    let files: Vec<_> = paths
        .split_terminator('\0')
        .filter_map(|path| {
            let bytes = std::fs::read(root().join(path)).ok()?;
            Some((path.to_owned(), String::from_utf8_lossy(&bytes).into()))
        })
        .collect();
    assert!(files.len() > 10, "git knows only {} files", files.len());
    files
}

fn sources() -> impl Iterator<Item = (String, String)> {
    tracked()
        .into_iter()
        .filter(|(path, _)| path.ends_with(".rs"))
}

#[test]
fn crates_depend_on_each_other_as_the_architecture_says() {
    let metadata: Value = serde_json::from_str(&output(
        env!("CARGO"),
        &["metadata", "--no-deps", "--format-version=1", "--offline"],
    ))
    .expect("JSON");
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let actual: BTreeMap<String, BTreeSet<String>> = metadata["packages"]
        .as_array()
        .expect("packages")
        .iter()
        .map(|package| {
            let dependencies = package["dependencies"].as_array().expect("dependencies");
            let own = dependencies
                .iter()
                .filter(|dependency| dependency["path"].is_string())
                .filter(|dependency| dependency["kind"] != "dev")
                .map(|dependency| text(&dependency["name"]))
                .collect();
            (text(&package["name"]), own)
        })
        .collect();

    let all: BTreeSet<_> = read("Cargo.toml")
        .lines()
        .filter_map(|line| line.split_once(" = { path = \"crates/"))
        .map(|(name, _)| name.to_owned())
        .collect();
    let documented: BTreeMap<_, _> = read("ARCHITECTURE.md")
        .lines()
        .skip_while(|line| !line.starts_with("| crate |"))
        .skip(2)
        .map_while(|line| line.strip_prefix("| "))
        .filter_map(|row| {
            let mut cells = row.split('|').map(str::trim);
            let name = cells.next()?.trim_matches('`').to_owned();
            let mut dependencies = BTreeSet::new();
            for word in cells.next()?.split(',').map(str::trim) {
                match word {
                    "–" => {}
                    "all" => {
                        dependencies.extend(all.iter().filter(|other| **other != name).cloned());
                    }
                    _ => {
                        dependencies.insert(word.trim_matches('`').to_owned());
                    }
                }
            }
            Some((name, dependencies))
        })
        .collect();
    assert_eq!(
        actual, documented,
        "left: the manifests; right: ARCHITECTURE.md"
    );
}

#[test]
fn databases_differ_in_their_files_only() {
    let names = [concat!("Db", "Backend"), concat!("Database", "Backend")];
    let wrong: Vec<_> = sources()
        .filter(|(path, _)| {
            ![
                // Where the two drivers are called.
                "crates/domain/src/db/connection.rs",
                "crates/domain/src/db/dialect.rs",
                "migrations/src/dialect.rs",
            ]
            .contains(&path.as_str())
        })
        .filter(|(_, text)| names.iter().any(|name| text.contains(name)))
        .map(|(path, _)| path)
        .collect();
    assert_eq!(
        wrong, [""; 0],
        "these ask which database it is; a dialect.rs should"
    );
}

#[test]
fn no_file_names_a_place_on_a_developers_machine() {
    let names_a_place = |line: &str| {
        ["/home/", "/root/", "/work/"].iter().any(|folder| {
            line.match_indices(folder).any(|(at, _)| {
                let before = line.get(..at).and_then(|text| text.chars().next_back());
                let after = line
                    .get(at + folder.len()..)
                    .and_then(|text| text.chars().next());
                before.is_none_or(|c| !c.is_ascii_alphanumeric() && !"_.}".contains(c))
                    && after.is_some_and(|c| c.is_ascii_alphabetic())
            })
        })
    };
    assert!(names_a_place(concat!("see /ho", "me/aigerim/notes")));
    assert!(!names_a_place("https://example.org/work/plans"));
    let wrong: Vec<_> = tracked()
        .into_iter()
        .flat_map(|(path, text)| {
            let lines = text.lines().enumerate();
            lines
                .filter(|(_, line)| names_a_place(line))
                .map(|(number, line)| format!("{path}:{}: {line}", number + 1))
                .collect::<Vec<_>>()
        })
        .collect();
    assert_eq!(wrong, [""; 0]);
}

#[test]
fn no_source_file_has_two_subjects() {
    let long: Vec<_> = sources()
        .filter(|(path, _)| !path.starts_with("tests/") && !path.starts_with("migrations/"))
        .map(|(path, text)| (text.lines().count(), path))
        .filter(|(lines, _)| *lines > 500)
        .collect();
    assert_eq!(long, [], "over 500 lines");
}

#[test]
fn dependencies_are_licensed_and_known() {
    let rules: toml::Table = read("deny.toml").parse().expect("TOML");
    let list = |section: &str, key: &str| rules[section][key].as_array().expect("a list").clone();
    let allowed: BTreeSet<_> = list("licenses", "allow")
        .iter()
        .map(|name| name.as_str().expect("a name").to_owned())
        .collect();
    let banned: BTreeSet<_> = list("bans", "deny")
        .iter()
        .map(|entry| entry["crate"].as_str().expect("a name").to_owned())
        .collect();

    // What is compiled here; the lock file also lists what other platforms need.
    let tree = output(
        env!("CARGO"),
        &[
            "tree",
            "--workspace",
            "--offline",
            "--edges=normal,build,dev",
            "--prefix=none",
            "--format={p}|{l}",
        ],
    );
    let wrong: BTreeSet<_> = tree
        .lines()
        .filter_map(|line| line.trim_end_matches(" (*)").split_once('|'))
        .filter(|(package, licence)| {
            let name = package.split(' ').next().unwrap_or_default();
            banned.contains(name) || !permitted(licence, &allowed)
        })
        .collect();
    assert_eq!(wrong, BTreeSet::new(), "forbidden by deny.toml");

    let lock = read("Cargo.lock");
    let foreign: BTreeSet<_> = lock
        .lines()
        .filter_map(|line| line.strip_prefix("source = "))
        .filter(|source| *source != "\"registry+https://github.com/rust-lang/crates.io-index\"")
        .collect();
    assert_eq!(foreign, BTreeSet::new(), "from elsewhere than crates.io");
}

/// Whether an SPDX expression can be met with the allowed licences. `/` is the older way to write `OR`.
fn permitted(expression: &str, allowed: &BTreeSet<String>) -> bool {
    let spaced = expression
        .replace('/', " OR ")
        .replace('(', " ( ")
        .replace(')', " ) ");
    let mut words = spaced.split_whitespace().peekable();
    any_of(&mut words, allowed) && words.next().is_none()
}

type Words<'a> = std::iter::Peekable<std::str::SplitWhitespace<'a>>;

fn any_of(words: &mut Words<'_>, allowed: &BTreeSet<String>) -> bool {
    let mut met = all_of(words, allowed);
    while words.next_if_eq(&"OR").is_some() {
        met |= all_of(words, allowed);
    }
    met
}

fn all_of(words: &mut Words<'_>, allowed: &BTreeSet<String>) -> bool {
    let mut met = one(words, allowed);
    while words.next_if_eq(&"AND").is_some() {
        met &= one(words, allowed);
    }
    met
}

fn one(words: &mut Words<'_>, allowed: &BTreeSet<String>) -> bool {
    if words.next_if_eq(&"(").is_some() {
        return any_of(words, allowed) && words.next() == Some(")");
    }
    let mut licence = words.next().unwrap_or_default().to_owned();
    if words.next_if_eq(&"WITH").is_some() {
        licence = format!("{licence} WITH {}", words.next().unwrap_or_default());
    }
    allowed.contains(&licence)
}

#[test]
fn licence_expressions_are_understood() {
    let allowed = ["MIT", "Unicode-3.0", "Apache-2.0 WITH LLVM-exception"];
    let allowed = allowed.map(str::to_owned).into();
    for good in [
        "MIT",
        "MIT/GPL-2.0-only",
        "(MIT OR Apache-2.0) AND Unicode-3.0",
        "Apache-2.0 WITH LLVM-exception",
        "GPL-2.0-only AND ISC OR MIT",
    ] {
        assert!(permitted(good, &allowed), "{good}");
    }
    for bad in [
        "",
        "Apache-2.0",
        "MIT AND GPL-2.0-only",
        "(GPL-2.0-only OR ISC) AND MIT",
        "MIT MIT",
    ] {
        assert!(!permitted(bad, &allowed), "{bad}");
    }
}

#[test]
fn every_message_is_said_somewhere() {
    let ids: BTreeSet<_> = tracked()
        .into_iter()
        .filter(|(path, _)| path.starts_with("locales/en/"))
        .flat_map(|(_, text)| {
            let ids = text.lines().filter_map(|line| {
                let (id, _) = line.split_once(" =")?;
                id.starts_with(|c: char| c.is_ascii_lowercase())
                    .then(|| id.replace('-', "_"))
            });
            ids.collect::<Vec<_>>()
        })
        .collect();
    assert!(ids.len() > 100, "only {} messages were found", ids.len());
    let said: String = tracked()
        .into_iter()
        .filter(|(path, _)| path.starts_with("crates/") && !path.ends_with("_test.rs"))
        .filter(|(path, _)| path.ends_with(".rs") || path.contains("/templates/"))
        .map(|(_, text)| text)
        .collect();
    let words: BTreeSet<&str> = said
        .split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
        .collect();
    let unsaid: Vec<_> = ids
        .iter()
        .filter(|id| !words.contains(id.as_str()))
        .collect();
    assert!(
        unsaid.is_empty(),
        "nothing says these messages: {unsaid:#?}"
    );
}

/// Names that are the same in every language.
const NAMES: [&str; 5] = ["Сабақтас", "Lesson Study", "BibTeX", "RIS", "CSL-JSON"];

#[test]
fn every_sentence_is_in_the_locales() {
    let mut wrong = Vec::new();
    for (path, text) in tracked() {
        let ending = path.rsplit('.').next().unwrap_or_default();
        let said = match (path.starts_with("crates/web/"), ending) {
            (true, "html") => said_by_template(&text),
            (true, "js") => said_by_script(&text),
            (_, "rs") if path.starts_with("crates/") => said_by_handler(&path, &text),
            _ => Vec::new(),
        };
        wrong.extend(said.into_iter().map(|said| format!("{path}: {said}")));
    }
    assert_eq!(
        wrong, [""; 0],
        "people read these: they belong into locales/"
    );
}

#[test]
fn sentences_are_found_where_they_stand() {
    let said = |html: &str| said_by_template(html);
    assert_eq!(
        said("<p>{{ say.hello() }} <b>{% if a < b %}·{% endif %}</b></p>"),
        [""; 0]
    );
    assert_eq!(said("<p>Hello</p><img alt=\"A map\">"), ["Hello", "A map"]);
    assert_eq!(
        said("<a title='{{ x }}' class=\"b quiet\">Мектеп</a>"),
        ["Мектеп"]
    );
    assert!(is_sentence("No connection here") && is_sentence("Байланыс жоқ"));
    assert!(
        !is_sentence("form[data-live]") && !is_sentence("aria-busy") && !is_sentence("/assets/")
    );
    let rust = "let a = \"Мектеп жоқ\"; // \"шартты\"\n#[cfg(test)] mod tests { \"Сынақ сөзі\" }";
    assert_eq!(said_by_handler("crates/api/src/x.rs", rust), ["Мектеп жоқ"]);
    let rust = "Err(Fault::internal(\"a page without a query\")); show(\"please try this again\")";
    assert_eq!(
        said_by_handler("crates/web/src/x.rs", rust),
        ["please try this again"]
    );
}

/// Words between tags, and in the attributes that are read out.
fn said_by_template(html: &str) -> Vec<String> {
    let mut html = between(html, "{#", "#}");
    for class in ["body", "main_class", "main_data"] {
        html = between(&html, &format!("{{% block {class} %}}"), "{% endblock %}");
    }
    let html = between(&between(&html, "{%", "%}"), "{{", "}}");
    let mut said = Vec::new();
    for attribute in ["alt", "title", "placeholder", "aria-label"] {
        let start = format!(" {attribute}=\"");
        let values = html.split(&*start).skip(1);
        said.extend(
            values
                .filter_map(|rest| rest.split('"').next())
                .map(str::to_owned),
        );
    }
    let mut texts: Vec<_> = html
        .split('>')
        .filter_map(|rest| rest.split('<').next())
        .map(str::to_owned)
        .collect();
    texts.append(&mut said);
    texts
        .into_iter()
        .map(|text| text.trim().to_owned())
        .filter(|text| !is_name(text) && !text.starts_with('&'))
        .filter(|text| text.chars().filter(|c| c.is_alphabetic()).count() > 1)
        .collect()
}

/// Quoted sentences.
fn said_by_script(script: &str) -> Vec<String> {
    let code = script
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    code.flat_map(quoted)
        .filter(|text| is_sentence(&without(text, '<', '>')))
        .collect()
}

fn is_name(text: &str) -> bool {
    let lower = text.to_lowercase();
    NAMES.iter().any(|name| name.to_lowercase() == lower)
}

/// Cyrillic texts; in the pages also English ones that are not for the log or the compiler.
fn said_by_handler(path: &str, rust: &str) -> Vec<String> {
    // Invented names, alphabets, and the languages' own rules.
    let data = [
        "/generate/",
        "/collation.rs",
        "/fold.rs",
        "/search.rs",
        "/search/",
        "crates/i18n/",
    ];
    if data.iter().any(|place| path.contains(place)) || path.contains("test") {
        return Vec::new();
    }
    let rust = rust.split("#[cfg(test)]").next().unwrap_or_default();
    let mut said = Vec::new();
    for line in rust.lines() {
        let line = line.trim_start();
        let silent = [
            "//",
            "#[",
            "reason =",
            "query_path",
            "response_derives",
            ".link_rel(",
        ];
        if silent.iter().any(|start| line.starts_with(start)) {
            continue;
        }
        let code = line.split(" // ").next().unwrap_or_default();
        let log = code.contains("internal(") || code.contains("tracing::");
        let page = path.starts_with("crates/web/src");
        let texts = quoted(&without_logged(code, log));
        said.extend(texts.into_iter().filter(|text| {
            let cyrillic = text.chars().any(|c| ('\u{400}'..='\u{52f}').contains(&c));
            cyrillic && !is_name(text) || page && is_sentence(&without(text, '<', '>'))
        }));
    }
    said
}

/// The code without what is written into the log.
fn without_logged(code: &str, log: bool) -> String {
    if !log {
        return code.to_owned();
    }
    let (before, after) = code.split_once("internal(").unwrap_or(("", ""));
    let rest = after.split_once(')').map_or("", |(_, rest)| rest);
    format!("{before}{rest}")
}

/// Three words or more, or a Cyrillic one: no selector, name or address.
fn is_sentence(text: &str) -> bool {
    if text.chars().any(|c| ('\u{400}'..='\u{52f}').contains(&c)) {
        return true;
    }
    if text.contains(['{', '}', '[', ']', '=', ';', '/', '#', '_']) {
        return false;
    }
    let words = text.split_whitespace();
    words
        .filter(|word| {
            word.chars()
                .all(|c| c.is_alphabetic() || ",.!?’".contains(c))
        })
        .count()
        > 2
}

/// The text without what stands between these two characters.
fn without(text: &str, open: char, close: char) -> String {
    let mut depth = 0_u32;
    let mut kept = String::new();
    for c in text.chars() {
        if c == open {
            depth += 1;
        } else if c == close && depth > 0 {
            depth -= 1;
        } else if depth == 0 {
            kept.push(c);
        }
    }
    kept
}

/// The text without what stands between these two marks.
fn between(text: &str, open: &str, close: &str) -> String {
    let mut parts = text.split(open);
    let mut kept = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        kept += part.split_once(close).map_or("", |(_, rest)| rest);
    }
    kept
}

/// What stands in quotation marks of any kind.
fn quoted(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = code;
    while let Some(at) = rest.find(['"', '`']) {
        let (mark, after) = rest.split_at(at).1.split_at(1);
        let Some((text, left)) = after.split_once(mark) else {
            break;
        };
        found.push(text.to_owned());
        rest = left;
    }
    found
}
