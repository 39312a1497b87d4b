//! Without a connection, with a text that was not sent, and in another language.

use std::time::Duration;

use serde_json::json;
use tests::Backend;

use crate::community::Community;
use crate::tab::Tab;

#[tokio::test]
async fn the_last_pages_are_read_without_a_connection() {
    let mut community = Community::fresh(Backend::Sqlite).await;
    let tab = Tab::of(&community, 0, "magnetic_coordinator").await;
    tab.open("/ru/schools").await;
    tab.eval("navigator.serviceWorker.ready.then(() => true)")
        .await;
    tab.until("!!navigator.serviceWorker.controller").await;
    // Seen with the worker there: these are kept.
    tab.open("/ru/networks").await;
    let heading = tab.h1().await;
    tab.open("/ru/settings").await;
    tab.open("/ru").await;

    community.nodes[0].kill();
    tab.open("/ru/networks").await;
    assert_eq!(tab.h1().await, heading);
    let said = tab
        .text("document.querySelector('.flash.off[role=status]').innerText")
        .await;
    assert!(said.contains("Связи нет"), "{said}");
    // With its style, not as bare text.
    assert_eq!(
        tab.text("getComputedStyle(document.querySelector('header.cover')).display")
            .await,
        "block"
    );
    // What was never seen can't be shown; the page says so, in the language of the address.
    tab.open("/kk/regions").await;
    assert_eq!(tab.text("document.documentElement.lang").await, "kk");
    let offline = tab.h1().await;
    tab.open("/kk/offline").await;
    assert_eq!(tab.h1().await, offline);
}

#[tokio::test]
async fn a_text_that_was_not_sent_is_not_lost_by_mistake() {
    let community = Community::fresh(Backend::Sqlite).await;
    let tab = Tab::of(&community, 0, "leading_coordinator").await;
    tab.open("/en/networks/new").await;
    // Nothing typed, nothing asked.
    tab.open("/en/settings").await;
    tab.click("main input[name=name]").await;
    tab.write("Айгүл").await;
    let mark = tab.events.mark();
    let leave = async |stay: bool| {
        let asked = async {
            let asked = tab
                .events
                .wait(mark, "Page.javascriptDialogOpening", |_| true)
                .await;
            assert_eq!(asked.expect("the browser asks")["type"], "beforeunload");
            tab.ask("Page.handleJavaScriptDialog", json!({"accept": !stay}))
                .await;
        };
        futures_util::future::join(tab.click("header a.brand"), asked).await;
    };
    leave(true).await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(tab.path().await, "/en/settings");
    assert!(
        tab.text("document.querySelector('main [name=name]').value")
            .await
            .contains("Айгүл")
    );
    // What is sent is not asked about.
    let mark = tab.events.mark();
    tab.send("main form.form button").await;
    assert_eq!(
        tab.events.since(mark, "Page.javascriptDialogOpening").len(),
        0
    );
}

#[tokio::test]
async fn one_page_in_three_languages() {
    let community = Community::fresh(Backend::Sqlite).await;
    let tab = Tab::new(&community).await;
    tab.open("/kk/schools?q=Тек").await;
    let mut headings = vec![tab.h1().await];
    for language in ["ru", "en"] {
        tab.send(&format!("header a[hreflang={language}]")).await;
        assert!(
            tab.path()
                .await
                .starts_with(&format!("/{language}/schools?q=")),
            "{}",
            tab.path().await
        );
        assert_eq!(tab.text("document.documentElement.lang").await, language);
        headings.push(tab.h1().await);
    }
    headings.dedup();
    assert_eq!(headings.len(), 3, "{headings:?}");
    // The choice is kept: an address without a language opens in it.
    tab.open("/").await;
    assert_eq!(tab.path().await, "/en");
    // Names stay in their own language, and say which it is.
    tab.open("/en/networks").await;
    let foreign = tab
        .eval("[...document.querySelectorAll('main [lang]')].every((it) => it.lang !== 'en')")
        .await;
    assert!(foreign == true);
    // The theme is a form's choice, kept the same way.
    tab.send("footer button[value=night]").await;
    assert_eq!(tab.path().await, "/en/networks");
    let paper = tab
        .text("getComputedStyle(document.documentElement).backgroundColor")
        .await;
    tab.send("footer button[value=day]").await;
    assert_ne!(
        tab.text("getComputedStyle(document.documentElement).backgroundColor")
            .await,
        paper
    );
}
