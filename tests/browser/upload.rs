//! A file on a line that breaks: in Chromium, from the form of a work to its list of files.

use serde_json::json;
use tests::Backend;

use crate::community::{Community, done, text};
use crate::tab::Tab;

/// How much was sent, as the page says.
const SHARE: &str = "document.querySelector('#upload progress').value";

/// Which state the sending is in.
const STATE: &str = "document.getElementById('upload').dataset.state";

/// More than goes over the line of these tests at once.
const LARGE: usize = 3 << 20;

/// A draft of the teacher's; the address of its files.
async fn draft(community: &Community) -> String {
    let create = "mutation($input: ResourceCreateInput!) { resourceCreate(input: $input) {
        resource { id } userErrors { code field } } }";
    let input = json!({"input": {
        "card": {"kind": "VIDEO", "language": "KK", "gradeFrom": 5, "gradeTo": 6},
        "text": {"title": {"kk": "Бейне сабақ"}, "licence": "CC_BY"}}});
    let made = done(&community.persona("teacher").query(create, input).await);
    format!("/ru/bank/{}/files", text(&made, "/resource/id"))
}

/// A file on the device, its bytes such that a wrong order would show.
fn file(name: &str, length: usize) -> (String, Vec<u8>) {
    let bytes: Vec<u8> = (0..length as u32 / 4)
        .flat_map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes())
        .collect();
    let path = tests::database::new_folder().join(name);
    std::fs::write(&path, &bytes).expect("the file can be written");
    (path.display().to_string(), bytes)
}

/// A line of so many bytes a second, or none at all.
async fn line(tab: &Tab, speed: Option<i64>) {
    let conditions = json!({"offline": speed.is_none(), "latency": 20,
        "downloadThroughput": -1, "uploadThroughput": speed.unwrap_or(-1)});
    tab.ask("Network.emulateNetworkConditions", conditions)
        .await;
}

/// Chooses a file as a person does, and presses the button.
async fn add(tab: &Tab, path: &str) {
    let document = tab.ask("DOM.getDocument", json!({})).await;
    let query = json!({"nodeId": document["root"]["nodeId"], "selector": "#files [name=file]"});
    let input = tab.ask("DOM.querySelector", query).await;
    let chosen = json!({"nodeId": input["nodeId"], "files": [path]});
    tab.ask("DOM.setFileInputFiles", chosen).await;
    tab.click("#add").await;
}

/// The names of the draft's files, when there are that many.
async fn listed(tab: &Tab, count: usize) -> String {
    tab.until(&format!(
        "document.querySelectorAll('#files .dls li').length === {count}"
    ))
    .await;
    tab.text("[...document.querySelectorAll('#files .dls li span:first-child')].map((it) => it.innerText).join()")
        .await
}

/// What the server has under the id of the first file.
async fn stored(community: &Community, tab: &Tab) -> Vec<u8> {
    let id = tab
        .text("document.querySelector('#files [name=remove]').value")
        .await;
    let request = community
        .persona("teacher")
        .request(reqwest::Method::GET, &format!("/files/{id}/x"));
    let answer = request.send().await.expect("an answer");
    answer.bytes().await.expect("bytes").to_vec()
}

#[tokio::test]
async fn a_cut_and_a_reload_cost_only_the_part_under_way() {
    let community = Community::fresh(Backend::Sqlite).await;
    let address = draft(&community).await;
    let (path, bytes) = file("Сабақ бейнесі.bin", LARGE);
    let tab = Tab::of(&community, 0, "teacher").await;
    tab.open(&address).await;
    line(&tab, Some(400_000)).await;
    add(&tab, &path).await;
    tab.until(&format!("{SHARE} > 0.1")).await;
    assert_eq!(
        tab.text("document.querySelector('#upload progress').labels[0].innerText.replace(/[0-9]+.*/, '').trim()")
            .await,
        "Отправка файла:"
    );

    // Cut: it waits, says so, and goes on by itself.
    line(&tab, None).await;
    tab.until(&format!("{STATE} === 'waiting'")).await;
    let said = tab
        .text("document.getElementById('upload-said').innerText")
        .await;
    assert!(said.contains("Связь прервалась"), "{said}");
    let sent = tab.eval(SHARE).await.as_f64().expect("a share");
    line(&tab, Some(400_000)).await;
    tab.until(&format!("{STATE} === 'going' && {SHARE} > {sent}"))
        .await;

    // Held, and loaded anew: the same file goes on where it stopped, another does not.
    tab.click("#upload-pause").await;
    tab.until(&format!("{STATE} === 'paused'")).await;
    assert_eq!(
        tab.text("document.activeElement.id").await,
        "upload-on",
        "the focus is on the button that goes on"
    );
    tab.open(&address).await;
    tab.until(&format!("{STATE} === 'again'")).await;
    let sent = tab.eval(SHARE).await.as_f64().expect("a share");
    assert!(sent > 0.1, "{sent}");
    let (other, _) = file("басқа.bin", 1000);
    add(&tab, &other).await;
    tab.until(&format!("{STATE} === 'other'")).await;
    line(&tab, Some(-1)).await;
    let mark = tab.events.mark();
    add(&tab, &path).await;
    tab.loaded(mark).await;
    assert_eq!(listed(&tab, 1).await, "Сабақ бейнесі.bin");
    assert!(stored(&community, &tab).await == bytes, "other bytes");
    // Nothing was sent twice, nor was it begun twice.
    let requests = tab.events.since(mark, "Network.requestWillBeSent");
    let methods: Vec<_> = requests
        .iter()
        .map(|event| &event["request"])
        .filter(|request| {
            request["url"]
                .as_str()
                .is_some_and(|url| url.contains("/files/"))
        })
        .filter_map(|request| request["method"].as_str())
        .collect();
    assert_eq!(methods.first(), Some(&"HEAD"), "{methods:?}");
    assert!(!methods.contains(&"POST"), "{methods:?}");
    let uploads = community.database.number("SELECT count(*) FROM file").await;
    assert_eq!(uploads, 1);
    tab.until("localStorage.length === 0").await;
}

#[tokio::test]
async fn what_is_cancelled_takes_no_room() {
    let community = Community::fresh(Backend::Sqlite).await;
    let address = draft(&community).await;
    let (path, _) = file("үлкен.bin", LARGE);
    let tab = Tab::of(&community, 0, "teacher").await;
    tab.open(&address).await;
    line(&tab, Some(200_000)).await;
    add(&tab, &path).await;
    tab.until(&format!("{SHARE} > 0")).await;
    assert_eq!(
        community
            .database
            .number("SELECT count(*) FROM upload")
            .await,
        1
    );
    line(&tab, Some(-1)).await;
    tab.click("#upload-cancel").await;
    tab.until("document.getElementById('upload').hidden").await;
    tab.until("localStorage.length === 0").await;
    for _ in 0..50 {
        if community
            .database
            .number("SELECT count(*) FROM upload")
            .await
            == 0
        {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    assert_eq!(
        community
            .database
            .number("SELECT count(*) FROM upload")
            .await,
        0
    );
    // A file that can't be kept is refused in the server's words, and the next one goes through.
    let broken = tests::database::new_folder().join("сурет.png");
    std::fs::write(&broken, b"\x89PNG\r\n\x1a\nno picture at all")
        .expect("the file can be written");
    add(&tab, &broken.display().to_string()).await;
    tab.until(&format!("{STATE} === 'refused'")).await;
    let said = tab
        .text("document.getElementById('upload-said').innerText")
        .await;
    assert!(!said.is_empty() && !said.contains("{0}"), "{said}");
    let (small, bytes) = file("жоспар.bin", 1000);
    let mark = tab.events.mark();
    add(&tab, &small).await;
    tab.loaded(mark).await;
    assert_eq!(listed(&tab, 1).await, "жоспар.bin");
    assert!(stored(&community, &tab).await == bytes, "other bytes");
}

#[tokio::test]
async fn without_scripts_the_form_sends_the_file() {
    let community = Community::fresh(Backend::Sqlite).await;
    let address = draft(&community).await;
    let (path, bytes) = file("жоспар.bin", 200_000);
    let tab = Tab::of(&community, 0, "teacher").await;
    tab.scripts_off().await;
    tab.open(&address).await;
    let mark = tab.events.mark();
    add(&tab, &path).await;
    tab.loaded(mark).await;
    assert_eq!(listed(&tab, 1).await, "жоспар.bin");
    assert!(stored(&community, &tab).await == bytes, "other bytes");
}
