//! Libraries harvest what is shared with everybody, and nothing else: proved with Sickle, a harvester that others wrote.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};
use tests::{Backend, both};

use crate::community::Community;

/// Sickle in an environment of its own, in the versions that its list names; installed when it is missing.
fn harvester() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let folder = root.join("target/harvester");
    let python = folder.join("bin/python");
    let wanted = root.join("tests/fixtures/harvest/requirements.txt");
    let mark = folder.join("installed.txt");
    let read = |path: &Path| std::fs::read(path).unwrap_or_default();
    if read(&mark) != read(&wanted) {
        let run = |command: &mut Command| {
            let output = command.output().expect("a program that starts");
            let said = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "{command:?}: {said}");
        };
        run(Command::new("python3")
            .args(["-m", "venv", "--clear"])
            .arg(&folder));
        run(Command::new(&python)
            .args(["-m", "pip", "install", "--quiet", "--requirement"])
            .arg(&wanted));
        std::fs::copy(&wanted, &mark).expect("a note of what is installed");
    }
    python
}

/// What Sickle finds.
async fn harvest(base: String, set: String) -> Value {
    let run = move || {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/harvest/harvest.py");
        Command::new(harvester())
            .arg(script)
            .args([base, set])
            .output()
    };
    let output = tokio::task::spawn_blocking(run).await.expect("a thread");
    let output = output.expect("a program that starts");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    serde_json::from_slice(&output.stdout).expect("JSON")
}

const CREATE: &str = "mutation($input: ResourceCreateInput!) {
    resourceCreate(input: $input) { resource { id version } userErrors { field message } } }";
const SHARE: &str = "mutation($input: ResourceShareInput!) {
    resourceShare(input: $input) { resource { id version } userErrors { field message } } }";
const WITHDRAW: &str = "mutation($input: ResourceWithdrawInput!) {
    resourceWithdraw(input: $input) { resource { id version } userErrors { field message } } }";

/// A work of the teacher's, shared on this rung: its id and its version.
async fn shared(community: &Community, title: &str, rung: &str) -> (String, i64) {
    let teacher = community.persona("teacher");
    let input = json!({
        "card": { "kind": "WORKSHEET", "language": "KK", "subject": "ALGEBRA", "gradeFrom": 7, "gradeTo": 7, "tags": ["бөлшек"] },
        "text": { "title": { "kk": title }, "summary": { "kk": "Бір бет & <екі> тапсырма" }, "body": "# Тапсырма", "licence": "CC_BY" },
    });
    let made = teacher.query(CREATE, json!({ "input": input })).await;
    let made = &made["resourceCreate"]["resource"];
    let input =
        json!({ "id": made["id"], "version": made["version"], "audience": { "rung": rung } });
    let made = teacher.query(SHARE, json!({ "input": input })).await;
    let made = &made["resourceShare"]["resource"];
    let id = made["id"].as_str().unwrap_or_else(|| panic!("{made}"));
    (id.to_owned(), made["version"].as_i64().expect("a version"))
}

fn strings(list: &Value) -> Vec<&str> {
    let list = list.as_array().unwrap_or_else(|| panic!("no list: {list}"));
    list.iter().filter_map(Value::as_str).collect()
}

both! {
    async fn a_library_harvests_what_is_for_everybody(backend: Backend) {
        let community = Community::fresh(backend).await;
        let teacher = community.persona("teacher");
        let (gone, version) = shared(&community, "Қайтарылған", "PUBLIC").await;
        let mut public = Vec::new();
        // More than one part of a list holds.
        for number in 0..54 {
            public.push(shared(&community, &format!("Жұмыс {number}"), "PUBLIC").await.0);
        }
        let (secret, _) = shared(&community, "Құпия канарейка", "SIGNED_IN").await;
        let input = json!({ "id": gone, "version": version, "reason": "Қате бар" });
        teacher.query(WITHDRAW, json!({ "input": input })).await;

        let base = community.guest().base;
        let found = harvest(format!("{base}/oai"), "subject:ALGEBRA".into()).await;
        assert_eq!(found["base"], format!("{base}/oai"));
        assert_eq!(found["deleted"], "transient");
        assert_eq!(found["granularity"], "YYYY-MM-DDThh:mm:ssZ");
        assert_eq!(strings(&found["formats"]), ["oai_dc", "lom"]);
        let sets = strings(&found["sets"]);
        assert!(sets.contains(&"subject:ALGEBRA"), "{sets:?}");
        assert!(sets.iter().any(|set| set.starts_with("network:")), "{sets:?}");

        let name = |id: &str| format!("oai:127.0.0.1:{id}");
        let records = found["records"].as_array().expect("records");
        let of = |id: &str| records.iter().filter(|one| one["identifier"] == name(id)).collect::<Vec<_>>();
        for id in &public {
            let found = of(id);
            assert_eq!(found.len(), 1, "{id}");
            assert_eq!(found[0]["deleted"], false, "{id}");
        }
        let tombstone = of(&gone);
        assert_eq!((tombstone.len(), &tombstone[0]["deleted"]), (1, &json!(true)));
        assert!(of(&secret).is_empty() && !found.to_string().contains("канарейка"), "guests never saw it");
        let heads = strings(&found["heads"]);
        assert_eq!(heads.len(), records.len());
        let deleted = records.iter().filter(|one| one["deleted"] == true).count();
        assert_eq!(strings(&found["lom"]).len(), records.len() - deleted, "deleted records have no metadata");
        assert!(strings(&found["set"]).contains(&&*name(&gone)));
        // The withdrawal came last.
        let last = &found["one"];
        assert_eq!(last["identifier"], name(&gone));
        assert!(strings(&found["since"]).contains(&&*name(&gone)));
        let one = of(&public[0])[0];
        let metadata = &one["metadata"];
        assert_eq!(metadata["title"], json!(["Жұмыс 0"]));
        assert_eq!(metadata["description"], json!(["Бір бет & <екі> тапсырма"]));
        assert_eq!(metadata["rights"], json!(["https://creativecommons.org/licenses/by/4.0/"]));
        assert_eq!(metadata["identifier"], json!([format!("{base}/kk/bank/{}", public[0])]));
        assert_eq!(
            strings(&found["refused"]),
            ["IdDoesNotExist", "CannotDisseminateFormat", "NoRecordsMatch", "BadArgument", "BadResumptionToken"]
        );

        // What is narrowed down to fewer people is harvested no more.
        let feed = community.guest().request(reqwest::Method::GET, "/kk/bank/feed.atom").send().await;
        let feed = feed.expect("an answer").text().await.expect("text");
        assert!(feed.contains("Жұмыс 53") && !feed.contains("канарейка"), "{feed}");
        let map = community.guest().request(reqwest::Method::GET, "/sitemap.xml").send().await;
        let map = map.expect("an answer").text().await.expect("text");
        assert!(map.contains(&format!("/ru/bank/{}", public[0])) && !map.contains(&secret));
    }
}
