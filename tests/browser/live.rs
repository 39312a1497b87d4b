//! What scripts add: it comes by itself, and what it shows is what the page shows without them.

use tests::Backend;

use crate::community::Community;
use crate::tab::Tab;

#[tokio::test]
async fn a_search_answers_while_one_types() {
    let community = Community::fresh(Backend::Sqlite).await;
    let tab = Tab::new(&community).await;
    tab.open("/ru/schools").await;
    tab.eval("window.same = true").await;
    tab.click("main [name=q]").await;
    tab.write("Капшагай").await;
    tab.until("location.search.includes('q=')").await;
    tab.until("!document.querySelector('[aria-busy]')").await;
    let found = "[...document.querySelectorAll('#found a')].map((it) => it.pathname).join()";
    let by_typing = tab.text(found).await;
    assert!(
        tab.eval("window.same === true").await == true,
        "the page was not loaded again"
    );
    assert_eq!(
        tab.text("document.activeElement.name").await,
        "q",
        "the focus stays"
    );
    tab.open(&tab.path().await).await;
    assert_eq!(tab.text(found).await, by_typing);
}

#[tokio::test]
async fn a_notice_is_marked_at_once() {
    let community = Community::fresh(Backend::Sqlite).await;
    community.settled().await;
    let tab = Tab::of(&community, 0, "leading_coordinator").await;
    tab.open("/ru/notifications").await;
    tab.eval("window.same = true").await;
    let unread = "document.querySelectorAll('main li.new').length";
    let before = tab.eval(unread).await.as_u64().expect("a number");
    assert!(before > 1, "nothing to read");
    tab.click("main li.new form[data-optimistic] button").await;
    assert_eq!(tab.eval(unread).await.as_u64(), Some(before - 1));
    assert!(tab.eval("window.same === true").await == true);
    // It is true, not only shown.
    for _ in 0..50 {
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        tab.open("/ru/notifications").await;
        if tab.eval(unread).await.as_u64() == Some(before - 1) {
            return;
        }
    }
    panic!("it is unread still");
}

#[tokio::test]
async fn a_page_that_is_left_stops_listening() {
    let community = Community::fresh(Backend::Sqlite).await;
    let tab = Tab::of(&community, 0, "leading_coordinator").await;
    for page in ["about", "networks", "schools", "privacy", "settings"] {
        let mark = tab.events.mark();
        tab.open(&format!("/ru/{page}")).await;
        let listens = |event: &serde_json::Value| event["type"] == "EventSource";
        let asked = tab.events.wait(mark, "Network.requestWillBeSent", listens);
        assert!(asked.await.is_some(), "{page} does not listen");
    }
    // Six pages were opened with the first one: had they kept their streams, no connection would be left.
    let comes = "Promise.race([fetch('/ru/about').then(() => true), \
        new Promise((done) => setTimeout(() => done(false), 10000))])";
    assert!(
        tab.eval(comes).await == true,
        "the next request waits for pages that were left"
    );
}
