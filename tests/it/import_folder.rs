//! A folder of lessons comes in through its index: each file a work of the author's, under its own licence, once.

use std::path::{Path, PathBuf};

use serde_json::json;
use tests::{Backend, both, process};

use crate::community::{Community, SECRET, number, text};

const LESSONS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/import/lessons");
const MAPPING: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../examples/import/teaching-resources.toml"
);

/// What `sabaqtas import resources` says.
async fn import(community: &Community, index: &Path, more: &[&str]) -> String {
    let (data, files) = (tests::database::new_folder(), community.files());
    let settings = [
        ("SABAQTAS_DATA", data.to_str().expect("UTF-8")),
        ("SABAQTAS_FILES_FOLDER", files.to_str().expect("UTF-8")),
        ("SABAQTAS_DATABASE_URL", &community.database.url),
        ("SABAQTAS_INSTALLATION_SECRET", SECRET),
        ("SABAQTAS_LOG_FILTER", "off"),
    ];
    let author = &community.who("teacher").email;
    let index = index.to_str().expect("UTF-8");
    let args = [
        "import",
        "resources",
        index,
        "--mapping",
        MAPPING,
        "--author",
        author,
    ];
    let done = process::run(&[&args, more].concat(), &settings).await;
    let said = String::from_utf8_lossy(&done.stdout).into_owned();
    assert!(
        done.status.success(),
        "{said}\n{}",
        String::from_utf8_lossy(&done.stderr)
    );
    std::fs::remove_dir_all(data).expect("the folder can go");
    said
}

/// A copy of the excerpt, to change.
fn lessons() -> PathBuf {
    let folder = tests::database::new_folder();
    let copied = std::process::Command::new("cp")
        .args(["-r", LESSONS])
        .arg(&folder)
        .status();
    assert!(copied.is_ok_and(|status| status.success()));
    folder.join("lessons")
}

both! {
    async fn a_folder_comes_in_once(backend: Backend) {
        let community = Community::fresh(backend).await;
        let folder = lessons();
        let index = folder.join("index.csv");
        let works = "SELECT count(*) FROM resource WHERE state = 'shared'";
        let before = community.database.number(works).await;
        let tried = import(&community, &index, &["--public", "--dry-run"]).await;
        assert!(tried.contains("6 would be added"), "{tried}");
        assert_eq!(community.database.number(works).await, before);

        // A row that can't be taken stops no other.
        let mut rows = std::fs::read_to_string(&index).expect("an index");
        rows += "../secret,Out,en,x,guide,CC-BY-4.0,,,1,\nnothing.md,Gone,en,x,guide,CC-BY-4.0,,,1,\n";
        rows += "LICENCE.md,No terms,en,x,guide,MIT,,,1,\nLICENCE.md,No tongue,fr,x,guide,CC-BY-4.0,,,1,\n";
        std::fs::write(&index, &rows).expect("the folder can be written");
        let said = import(&community, &index, &["--public"]).await;
        for expected in ["6 added, 0 changed, 0 unchanged", "rejected 4", "FILE_MISSING: ../secret", "FILE_MISSING: nothing.md", "LICENCE_UNKNOWN: MIT", "ID_REPEATED"] {
            assert!(said.contains(expected), "{expected}: {said}");
        }
        assert_eq!(community.database.number(works).await - before, 6);
        // Everybody reads it, with its own licence, its text and its file.
        let read = "{ resources(first: 100) { nodes { kind licence { code } title { text }
            newest { summary { text } body files { name mediaType size thumbnailUrl } } } } }";
        let found = community.guest().query(read, json!({})).await;
        let nodes = found["resources"]["nodes"].as_array().expect("works").clone();
        let titled = |title: &str| nodes.iter().find(|it| it["title"]["text"] == title).unwrap_or_else(|| panic!("{title}: {found:#}")).clone();
        let lesson = titled("Binary numbers");
        assert_eq!((&lesson["kind"], &lesson["licence"]["code"]), (&json!("LESSON_PLAN"), &json!("CC_BY_SA")));
        assert!(text(&lesson, "/newest/body").len() > 300);
        assert!(text(&lesson, "/newest/summary/text").contains("uccser/cs-unplugged"));
        assert_eq!(text(&lesson, "/newest/files/0/name"), "binary-numbers.md");
        assert_eq!(titled("Why SVG?")["licence"]["code"], "CC_BY");
        let pixel = titled("A pixel");
        assert_eq!(pixel["licence"]["code"], "CC0");
        assert_eq!(text(&pixel, "/newest/files/0/mediaType"), "image/png");
        assert!(number(&pixel, "/newest/files/0/size") > 0);

        // The same again changes nothing; another text makes a new version, of that one alone.
        let again = import(&community, &index, &["--public"]).await;
        assert!(again.contains("0 added, 0 changed, 6 unchanged"), "{again}");
        std::fs::write(folder.join("own/pixel.png"), b"now a text").expect("the folder can be written");
        let changed = import(&community, &index, &["--public"]).await;
        assert!(changed.contains("0 added, 1 changed, 5 unchanged"), "{changed}");
        assert_eq!(community.database.number(works).await - before, 6);
        assert_eq!(community.database.number("SELECT CAST(max(newest_number) AS BIGINT) FROM resource AS r JOIN resource_source AS s ON s.resource_id = r.id").await, 2);
        std::fs::remove_dir_all(folder.parent().expect("a folder")).expect("the folder can go");
    }
}

/// The whole collection, where it is at hand.
#[tokio::test]
async fn the_open_lessons_come_in() {
    let index = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../shared/data/teaching_resources/index.csv");
    if !index.is_file() {
        eprintln!("{} is not here", index.display());
        return;
    }
    let community = Community::fresh(Backend::Sqlite).await;
    let said = import(&community, &index, &["--public"]).await;
    assert!(
        said.contains("459 added") && said.contains("rejected 0"),
        "{said}"
    );
    let again = import(&community, &index, &["--public"]).await;
    assert!(again.contains("459 unchanged"), "{again}");
}
