//! What other sites try: to show our pages in theirs, to send our forms, to have us send people to them.

use serde_json::json;
use tests::Backend;

use crate::community::{Community, text};
use crate::elsewhere::Elsewhere;
use crate::tab::Tab;

#[tokio::test]
async fn our_pages_are_shown_in_no_other() {
    let community = Community::fresh(Backend::Sqlite).await;
    let tab = Tab::of(&community, 0, "magnetic_coordinator").await;
    let base = &tab.base;
    let site = Elsewhere::with(format!(
        "<!doctype html><title>Games</title><iframe src='{base}/ru/settings'></iframe><iframe src='{base}/ru/sign-in'></iframe>"
    ));
    let site = site.await;
    for address in [&site.near, &site.far] {
        let mark = tab.events.mark();
        tab.open(address).await;
        let refused = tab.complaints(mark);
        let refused = refused
            .iter()
            .filter(|said| said.contains("frame-ancestors"));
        assert_eq!(refused.count(), 2, "{address}: {:?}", tab.complaints(mark));
    }
}

#[tokio::test]
async fn other_sites_change_nothing_here() {
    let community = Community::fresh(Backend::Sqlite).await;
    community.settled().await;
    let tab = Tab::of(&community, 0, "magnetic_coordinator").await;
    let person = community.persona("magnetic_coordinator");
    let name = async || {
        let seen = person
            .query("{ viewer { person { name } } }", json!({}))
            .await;
        text(&seen, "/viewer/person/name")
    };
    let before = name().await;
    tab.open("/ru/settings").await;
    // What the attack sends is what our own form sends, but for the token.
    let fields = tab
        .text(
            "(() => { const form = document.querySelector('main form:has([name=name])'); const all = [...new FormData(form)]; \
             return all.filter(([name]) => name !== 'token').map(([name, value]) => \
             `<input name='${name}' value='${name === 'name' ? 'Evil' : value}'>`).join(''); })()",
        )
        .await;
    assert!(fields.contains("Evil"), "{fields}");
    let base = &tab.base;
    let mutation = "mutation { personUpdate(input: { version: 1, name: \\\"Evil\\\" }) { userErrors { code } } }";
    let forms = [
        format!("<form method=post action='{base}/ru/settings'>{fields}</form>"),
        format!(
            "<form method=post action='{base}/ru/settings'>{fields}<input name=token value=AAAA></form>"
        ),
        format!(
            "<form method=post enctype='text/plain' action='{base}/graphql'><input name='{{\"query\":\"{mutation}\",\"a\":\"' value='\"}}'></form>"
        ),
        format!(
            "<form method=post action='{base}/graphql'><input name=query value='{mutation}'></form>"
        ),
        format!("<form action='{base}/graphql'><input name=query value='{mutation}'></form>"),
    ];
    for form in forms {
        let site = Elsewhere::with(format!(
            "<!doctype html><title>Games</title>{form}<script>document.forms[0].submit()</script>"
        ));
        let site = site.await;
        for address in [&site.near, &site.far] {
            let mark = tab.events.mark();
            tab.open(address).await;
            let answered = |event: &serde_json::Value| {
                event["type"] == "Document"
                    && event["response"]["url"]
                        .as_str()
                        .is_some_and(|url| url.starts_with(base.as_str()))
            };
            let answer = tab
                .events
                .wait(mark, "Network.responseReceived", answered)
                .await;
            let answer = answer.expect("the form was sent");
            let status = answer["response"]["status"].as_u64().unwrap_or_default();
            // An address alone answers with how to ask, and does nothing.
            let alone = !form.contains("method=post");
            assert!(alone || (400..500).contains(&status), "{form}: {status}");
            assert_eq!(name().await, before, "{form}");
        }
    }
    // A script of theirs neither reads nor writes, and hears nothing live.
    let site = Elsewhere::with("<!doctype html><title>Games</title>".to_owned()).await;
    for address in [&site.near, &site.far] {
        tab.open(address).await;
        let reads = format!(
            "fetch('{base}/ru/settings', {{credentials: 'include'}}).then((it) => it.text(), () => 'refused')"
        );
        assert_eq!(tab.text(&reads).await, "refused", "{address}");
        let body = format!("{{\"query\":\"{mutation}\"}}");
        for kind in ["application/json", "text/plain"] {
            let writes = format!(
                "fetch('{base}/graphql', {{method: 'POST', credentials: 'include', headers: {{'content-type': '{kind}'}}, \
                 body: {}}}).then((it) => it.text(), () => 'refused')",
                json!(body)
            );
            assert_eq!(tab.text(&writes).await, "refused", "{address} {kind}");
        }
        let socket = base.replace("http://", "ws://");
        let hears = format!(
            "new Promise((done) => {{ const it = new WebSocket('{socket}/graphql/ws', 'graphql-transport-ws'); \
             it.onopen = () => done('open'); it.onerror = () => done('refused'); }})"
        );
        assert_eq!(tab.text(&hears).await, "refused", "{address}");
    }
    assert_eq!(name().await, before);
}

/// Where a form must not lead.
const AWAY: [&str; 16] = [
    "https://evil.example/",
    "//evil.example/",
    "///evil.example/",
    "/\\evil.example/",
    "\\\\evil.example/",
    "/ru\\@evil.example",
    "/ru@evil.example/",
    "/ru.evil.example/",
    "/rue/../../evil.example",
    "/\t/evil.example/",
    "/ru\r\nLocation: https://evil.example/",
    "javascript:ran()",
    "data:text/html,<script>ran()</script>",
    "/ru/../..//evil.example/",
    "/%5cevil.example/",
    "http:evil.example",
];

#[tokio::test]
async fn nobody_is_sent_elsewhere() {
    let community = Community::fresh(Backend::Sqlite).await;
    let tab = Tab::new(&community).await;
    let mark = tab.events.mark();
    for away in AWAY {
        tab.open("/ru/about").await;
        let set = format!(
            "document.querySelector('footer [name=return]').value = {}",
            json!(away)
        );
        tab.eval(&set).await;
        tab.send("footer button[value=day]").await;
        assert_eq!(tab.text("location.origin").await, tab.base, "{away:?}");
    }
    let who = community.who("teacher");
    for away in [
        "//evil.example/",
        "/\\evil.example/",
        "https://evil.example/",
    ] {
        tab.open(&format!("/ru/sign-in?return={}", away.replace('\\', "%5C")))
            .await;
        tab.fill("email", &who.email).await;
        tab.fill("password", &who.password).await;
        tab.send("form:has([name=password]) button").await;
        assert_eq!(tab.text("location.origin").await, tab.base, "{away:?}");
        assert!(
            !tab.path().await.contains("sign-in"),
            "{away:?}: nobody came in"
        );
        tab.send("footer form[action$='/sign-out'] button").await;
    }
    assert_eq!(tab.strangers(mark), [""; 0]);
}
