//! B13: what people send runs nothing in anybody's browser and reads no cookie, whatever it is and however it is opened.

use base64::{Engine, engine::general_purpose::STANDARD};
use reqwest::Method;
use serde_json::{Value, json};
use tests::Backend;

use crate::community::Community;
use crate::tab::Tab;

/// What each of the files would do.
const RUNS: &str = "document.title='canary '+document.cookie;document.cookie='canary=1;path=/'";

/// Files made to run: their names, their bytes, and what a browser would have to take them for.
fn hostile() -> Vec<(&'static str, String, &'static str)> {
    let script = format!("<script>{RUNS}</script>");
    let svg = "<svg xmlns='http://www.w3.org/2000/svg'";
    let (html, image, xhtml) = ("text/html", "image/svg+xml", "application/xhtml+xml");
    vec![
        (
            "page.html",
            format!("<!doctype html><title>x</title>{script}"),
            html,
        ),
        (
            "page.png",
            format!("<!doctype html><title>x</title>{script}"),
            html,
        ),
        (
            "page",
            format!("<title>x</title><img src=x onerror=\"{RUNS}\">"),
            html,
        ),
        ("page.pdf", format!("<html><body onload=\"{RUNS}\">x"), html),
        ("page.txt", format!("plain at first {script}"), html),
        (
            "frame.html",
            format!("<iframe srcdoc=\"<script>parent.{RUNS}</script>\"></iframe>{script}"),
            html,
        ),
        ("picture.svg", format!("{svg} onload=\"{RUNS}\"/>"), image),
        ("script.svg", format!("{svg}>{script}</svg>"), image),
        (
            "declared.svg",
            format!("<?xml version=\"1.0\"?>{svg}>{script}</svg>"),
            image,
        ),
        (
            "page.xhtml",
            format!(
                "<html xmlns='http://www.w3.org/1999/xhtml'><head><title>x</title>{script}</head></html>"
            ),
            xhtml,
        ),
    ]
}

/// Sends a file of the teacher's; where it is.
async fn sent(community: &Community, name: &str, bytes: &str) -> String {
    let request = community.persona("teacher").request(Method::POST, "/files");
    let request = request
        .header("tus-resumable", "1.0.0")
        .header("upload-length", bytes.len())
        .header(
            "upload-metadata",
            format!("filename {}", STANDARD.encode(name)),
        )
        .header("content-type", "application/offset+octet-stream");
    let answer = request.body(bytes.to_owned()).send().await;
    let answer = answer.expect("an answer");
    assert_eq!(answer.status(), reqwest::StatusCode::CREATED, "{name}");
    let place = answer.headers()["location"].to_str().expect("text");
    format!("{place}/{name}")
}

/// What the file did: the title it made, and the cookies that are there.
async fn done(tab: &Tab) -> (String, Vec<String>) {
    // A title is told to the browser after it was set.
    tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    let info = tab.ask("Target.getTargetInfo", json!({})).await;
    let title = info["targetInfo"]["title"].as_str().unwrap_or_default();
    let cookies = tab
        .ask("Network.getCookies", json!({"urls": [tab.base]}))
        .await;
    let cookies = cookies["cookies"].as_array().cloned().unwrap_or_default();
    let names = cookies.iter().filter_map(|cookie| cookie["name"].as_str());
    (title.to_owned(), names.map(str::to_owned).collect())
}

/// Opens a file as if this server had said less about it: without these headers, as this type.
async fn opened_with_less(tab: &Tab, path: &str, without: &[&str], kind: &str) {
    let mark = tab.events.mark();
    let patterns = json!({"patterns": [{"urlPattern": "*/files/*", "requestStage": "Response", "resourceType": "Document"}]});
    tab.ask("Fetch.enable", patterns).await;
    let navigate = json!({"url": format!("{}{path}", tab.base)});
    let answer = async {
        let paused = tab.events.wait(mark, "Fetch.requestPaused", |_| true).await;
        let paused = paused.expect("it is asked for");
        let id = json!({"requestId": paused["requestId"]});
        let body = tab.ask("Fetch.getResponseBody", id).await;
        let body = match body["base64Encoded"] == true {
            true => body["body"].as_str().unwrap_or_default().to_owned(),
            false => STANDARD.encode(body["body"].as_str().unwrap_or_default()),
        };
        let headers = paused["responseHeaders"].as_array().cloned();
        let mut headers: Vec<Value> = headers.unwrap_or_default();
        headers.retain(|header| {
            let name = header["name"].as_str().unwrap_or_default();
            let dropped = ["content-type", "content-length", "content-encoding"];
            !without
                .iter()
                .chain(&dropped)
                .any(|it| name.eq_ignore_ascii_case(it))
        });
        headers.push(json!({"name": "Content-Type", "value": kind}));
        let said = json!({"requestId": paused["requestId"], "responseCode": 200, "responseHeaders": headers, "body": body});
        tab.ask("Fetch.fulfillRequest", said).await;
    };
    let (went, ()) = futures_util::future::join(tab.ask("Page.navigate", navigate), answer).await;
    assert!(went["errorText"].is_null(), "{path}: {went}");
    tab.loaded(mark).await;
    tab.ask("Fetch.disable", json!({})).await;
}

#[tokio::test]
async fn what_is_uploaded_runs_nothing() {
    let community = Community::fresh(Backend::Sqlite).await;
    let tab = Tab::of(&community, 0, "teacher").await;
    let cookie = json!({"url": tab.base, "name": "readable", "value": "secret"});
    tab.ask("Network.setCookie", cookie).await;
    for (name, bytes, kind) in hostile() {
        let path = sent(&community, name, &bytes).await;
        let inert = async |how: &str| {
            let (title, cookies) = done(&tab).await;
            assert!(!title.contains("canary"), "{name} {how}: {title}");
            assert!(!cookies.contains(&"canary".to_owned()), "{name} {how}");
        };
        // As it is: shown in place or kept as a download.
        tab.open("/en/about").await;
        let navigate = json!({"url": format!("{}{path}", tab.base)});
        tab.ask("Page.navigate", navigate).await;
        inert("as it is").await;
        // Were it shown in place, and as what it wants to be: the policy alone holds.
        opened_with_less(
            &tab,
            &path,
            &["content-disposition", "x-content-type-options"],
            kind,
        )
        .await;
        inert("shown in place").await;
    }
    // Without the policy they would do it: so the test can fail.
    let mut bitten = 0;
    for (name, bytes, kind) in hostile() {
        let path = sent(&community, name, &bytes).await;
        let without = [
            "content-disposition",
            "x-content-type-options",
            "content-security-policy",
        ];
        opened_with_less(&tab, &path, &without, kind).await;
        let (title, cookies) = done(&tab).await;
        if title.contains("canary")
            && title.contains("readable=secret")
            && cookies.contains(&"canary".to_owned())
        {
            bitten += 1;
        }
        assert!(
            !title.contains("session="),
            "{name} reads the session: {title}"
        );
        let gone = json!({"name": "canary", "url": tab.base});
        tab.ask("Network.deleteCookies", gone).await;
    }
    assert_eq!(bitten, hostile().len(), "some files do nothing anyway");
}
