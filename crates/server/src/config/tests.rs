use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::reader::{Reader, variable};
use super::settings::origin;
use super::*;

const EXAMPLE: &str = include_str!("../../../../sabaqtas.example.toml");

fn parse(file: &str, environment: &[(&str, &str)]) -> Result<Config, String> {
    let environment = environment
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    Config::parse(file.as_bytes(), environment).map_err(|problems| problems.to_string())
}

/// Every setting's name, from the code that reads them.
fn settings() -> BTreeSet<String> {
    let mut reader = Reader::new(b"", BTreeMap::new());
    super::settings::config(&mut reader);
    let asked = reader.finish().unwrap();
    asked.into_iter().map(str::to_owned).collect()
}

/// The settings written in a file as `key = value`, with a `#` before it or not.
fn written(file: &str, commented: bool) -> Vec<(String, usize)> {
    let mut section = String::new();
    let mut found = Vec::new();
    for (number, line) in file.lines().enumerate() {
        let line = match line.strip_prefix('#') {
            Some(rest) if commented && !rest.starts_with(' ') => rest,
            Some(_) => continue,
            None => line,
        };
        if let Some(name) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
            section = format!("{name}.");
        } else if let Some((key, _)) = line.split_once(" = ") {
            found.push((format!("{section}{key}"), number));
        }
    }
    found
}

#[test]
fn nothing_given_is_one_node_on_loopback_with_its_files_in_data() {
    let config = parse("", &[]).unwrap();
    assert_eq!(config.server.listen.to_string(), "127.0.0.1:8080");
    assert_eq!(
        config.database.url.expose(),
        "sqlite://./data/sabaqtas.db?mode=rwc"
    );
    assert!(config.redis.is_none() && config.mail.smtp_url.is_none());
    assert_eq!(config.installation.time_zone, Tz::Asia__Almaty);
}

#[test]
fn the_example_lists_every_setting_with_a_comment_above_it_and_changes_no_default() {
    let all = written(EXAMPLE, true);
    let names: BTreeSet<String> = all.iter().map(|(key, _)| key.clone()).collect();
    assert_eq!(names, settings());
    let lines: Vec<&str> = EXAMPLE.lines().collect();
    for (key, number) in all {
        assert!(
            lines.get(number - 1).unwrap().starts_with("# "),
            "{key} has no comment"
        );
    }
    assert_eq!(parse(EXAMPLE, &[]).unwrap(), parse("", &[]).unwrap());
}

#[test]
fn the_examples_commented_values_are_valid_too() {
    let uncommented: String = EXAMPLE
        .lines()
        .map(|line| {
            line.strip_prefix('#')
                .filter(|rest| !rest.starts_with(' '))
                .unwrap_or(line)
        })
        .filter(|line| !line.starts_with("trusted_documents"))
        .map(|line| format!("{line}\n"))
        .collect();
    let config = parse(&uncommented, &[]).unwrap();
    assert!(config.redis.is_some() && config.installation.leading.is_some());
}

#[test]
fn the_environment_overrides_the_file() {
    let file = "[server]\nlisten = \"127.0.0.1:1\"\nmax_connections = 7";
    let config = parse(
        file,
        &[
            ("SABAQTAS_SERVER_LISTEN", "127.0.0.1:2"),
            ("SABAQTAS_SERVER_TRUSTED_PROXIES", "10.0.0.0/8, ::1"),
            ("SABAQTAS_SERVER_MAX_CONNECTIONS", ""),
            ("SABAQTAS_TEST_ANYTHING", "1"),
            ("HOME", "/"),
        ],
    )
    .unwrap();
    assert_eq!(config.server.listen.port(), 2);
    assert_eq!(config.server.trusted_proxies.len(), 2);
    assert_eq!(config.server.max_connections, 7);
}

#[test]
fn a_mistake_names_the_key_the_variable_the_value_and_what_is_right() {
    let text = parse("[server]\nlisten = \"localhost\"\n[log]\nformat = 3", &[]).unwrap_err();
    for part in [
        "server.listen (SABAQTAS_SERVER_LISTEN) is \"localhost\"",
        "such as 127.0.0.1:8080",
        "log.format (SABAQTAS_LOG_FORMAT) is \"3\": it must be text or json",
    ] {
        assert!(text.contains(part), "{part} not in {text}");
    }
}

#[test]
fn secrets_are_never_repeated() {
    for (name, value) in [
        ("SABAQTAS_DATABASE_URL", "mysql://u:hunter2@h/d"),
        ("SABAQTAS_REDIS_URL", "http://:hunter2@h"),
        ("SABAQTAS_MAIL_SMTP_URL", "hunter2"),
        ("SABAQTAS_INSTALLATION_SECRET", "hunter2"),
    ] {
        let text = parse("", &[(name, value)]).unwrap_err();
        assert!(text.contains(name) && !text.contains("hunter2"), "{text}");
    }
    let text = parse("[database]\nurl = \"hunter2", &[]).unwrap_err();
    assert!(
        text.contains("line 2") && !text.contains("hunter2"),
        "{text}"
    );
    let config = parse("", &[("SABAQTAS_DATABASE_URL", "postgres://u:hunter2@h/d")]).unwrap();
    assert!(!format!("{config:?}").contains("hunter2"));
}

#[test]
fn unknown_names_are_refused_with_the_nearest_known_one() {
    for (file, environment, expected) in [
        (
            "[server]\nlisen = 1",
            None,
            "server.lisen is not a setting; did you mean server.listen?",
        ),
        (
            "[sever]",
            None,
            "sever is not a setting; did you mean server?",
        ),
        ("server = 1", None, "write [server]"),
        ("xyzzy = 1", None, "sabaqtas.example.toml lists them all"),
        (
            "",
            Some("SABAQTAS_DATABASE_ULR"),
            "SABAQTAS_DATABASE_ULR is not a setting; did you mean SABAQTAS_DATABASE_URL?",
        ),
    ] {
        let environment: Vec<_> = environment.iter().map(|name| (*name, "x")).collect();
        let text = parse(file, &environment).unwrap_err();
        assert!(text.contains(expected), "{expected} not in {text}");
    }
}

#[test]
fn settings_that_contradict_each_other_are_refused() {
    let text = parse("[server]\ngrace_seconds = 5\ndrain_seconds = 5", &[]).unwrap_err();
    assert!(
        text.contains("server.grace_seconds (SABAQTAS_SERVER_GRACE_SECONDS)"),
        "{text}"
    );
    let text = parse("[mail]\nsmtp_url = \"smtp://h\"", &[]).unwrap_err();
    assert!(
        text.contains("mail.from (SABAQTAS_MAIL_FROM) is missing"),
        "{text}"
    );
    let text = parse("[installation.leading]\nkk = \"a\"", &[]).unwrap_err();
    assert!(
        text.contains("installation.leading.ru") && !text.contains("leading.kk ("),
        "{text}"
    );
}

#[test]
fn origins_are_compared_as_browsers_write_them() {
    assert_eq!(
        origin("https://App.Example:443/").unwrap(),
        "https://app.example"
    );
    assert_eq!(
        origin("http://app.example:443").unwrap(),
        "http://app.example:443"
    );
    for wrong in [
        "app.example",
        "https://a/b",
        "https://u@a",
        "ftp://a",
        "*",
        "https://a?b",
    ] {
        assert_eq!(origin(wrong), None, "{wrong}");
    }
}

proptest! {
    #[test]
    fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = Config::parse(&bytes, BTreeMap::new());
    }

    #[test]
    fn no_value_of_any_setting_panics(
        pick in any::<prop::sample::Index>(),
        value in prop_oneof![any::<String>(), "[a-z]{1,9}:(//)?[ -~]{0,20}"],
        literal in prop_oneof!["-?[0-9]{1,20}", "\\[('[ -~&&[^']]{0,9}',?){0,3}\\]", "\\{[a-z]{1,3} = 1\\}"],
    ) {
        let settings: Vec<String> = settings().into_iter().collect();
        let key = pick.get(&settings);
        let by_variable = BTreeMap::from([(variable(key), value.clone())]);
        let _ = Config::parse(b"", by_variable);
        let _ = Config::parse(format!("{key} = {literal}").as_bytes(), BTreeMap::new());
        let _ = Config::parse(format!("{key} = {}", toml::Value::String(value)).as_bytes(), BTreeMap::new());
    }
}
