//! Notes taken in a lesson without a signal: each arrives once, in the order taken, whatever happens to the phone.

use serde_json::json;
use tests::Backend;

use crate::community::Community;
use crate::studying::Studying;
use crate::tab::{Profile, Tab};

/// How many notes wait on the device, as the page says.
const WAITING: &str = "Number(document.getElementById('waiting').textContent)";

/// A group with a lesson whose plan stands, and the page of its observer, kept for when there is no connection.
async fn observer(community: &Community, studying: &Studying) -> (Profile, Tab) {
    studying.frozen().await;
    let profile = Profile::new().await;
    let tab = profile.tab(&community.guest().base).await;
    tab.sign_in(community, "partner_teacher").await;
    tab.open(&format!("/kk{}", studying.at("/observe"))).await;
    tab.until("!!navigator.serviceWorker.controller").await;
    tab.open(&format!("/kk{}", studying.at("/observe"))).await;
    (profile, tab)
}

/// Takes a note as a person does: types, chooses, presses the button.
async fn note(tab: &Tab, fact: &str) {
    tab.fill("fact", fact).await;
    tab.click("#observe .btn").await;
    tab.until("document.querySelector('#observe [name=fact]').value === ''")
        .await;
}

/// What has arrived, when that many have.
async fn arrived(studying: &Studying, count: usize) -> Vec<String> {
    for _ in 0..100 {
        let notes = studying.notes().await;
        if notes.len() >= count {
            return notes.into_iter().map(|(_, fact)| fact).collect();
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    panic!("only {:?} arrived", studying.notes().await);
}

fn facts(count: usize) -> Vec<String> {
    (1..=count).map(|n| format!("дерек {n}")).collect()
}

#[tokio::test]
async fn fifteen_notes_without_a_signal_arrive_once_in_their_order() {
    let community = Community::fresh(Backend::Sqlite).await;
    let studying = Studying::focused(&community).await;
    let (profile, tab) = observer(&community, &studying).await;
    tab.signal(false).await;
    for fact in &facts(8) {
        note(&tab, fact).await;
    }
    tab.until(&format!("{WAITING} === 8")).await;
    assert!(
        tab.eval("!document.getElementById('offline').hidden")
            .await
            .as_bool()
            .unwrap_or_default()
    );
    // The battery is empty while a text is half typed; the phone is on again, still without a signal.
    tab.fill("fact", "дерек").await;
    let tab = profile.tab(&community.guest().base).await;
    tab.signal(false).await;
    tab.open(&format!("/kk{}", studying.at("/observe"))).await;
    assert!(
        tab.eval("fetch('/healthz').then(() => false, () => true)")
            .await
            == true
    );
    tab.until(&format!("{WAITING} === 8")).await;
    tab.until("document.querySelector('#observe [name=fact]').value === 'дерек'")
        .await;
    for fact in facts(15).iter().skip(8) {
        note(&tab, fact).await;
    }
    tab.until(&format!("{WAITING} === 15")).await;
    assert!(studying.notes().await.is_empty(), "there was no signal");
    tab.signal(true).await;
    tab.until(&format!("{WAITING} === 0")).await;
    assert_eq!(arrived(&studying, 15).await, facts(15));
    // The list of what arrived is on the page, without loading it.
    tab.until("document.querySelectorAll('#sent li').length === 15")
        .await;
}

#[tokio::test]
async fn a_sign_in_that_ran_out_loses_nothing() {
    let community = Community::fresh(Backend::Sqlite).await;
    let studying = Studying::focused(&community).await;
    let (_profile, tab) = observer(&community, &studying).await;
    community
        .database
        .run("DELETE FROM session WHERE kind = 'cookie'")
        .await;
    for fact in &facts(3) {
        note(&tab, fact).await;
    }
    tab.until("!document.getElementById('expired').hidden")
        .await;
    tab.until(&format!("{WAITING} === 3")).await;
    assert!(studying.notes().await.is_empty());
    // Somebody else who signs in on this device hands in nothing of it.
    tab.sign_in(&community, "teacher").await;
    tab.open(&format!("/kk{}", studying.at("/observe"))).await;
    tab.until("document.readyState === 'complete'").await;
    assert_eq!(tab.eval(WAITING).await, json!(0));
    community
        .database
        .run("DELETE FROM session WHERE kind = 'cookie'")
        .await;
    tab.sign_in(&community, "partner_teacher").await;
    tab.open(&format!("/kk{}", studying.at("/observe"))).await;
    assert_eq!(arrived(&studying, 3).await, facts(3));
    tab.until(&format!("{WAITING} === 0")).await;
    let partner = community.who("partner_teacher").name.clone();
    let authors = studying.notes().await;
    assert!(
        authors.iter().all(|(author, _)| *author == partner),
        "{authors:?}"
    );
}

#[tokio::test]
async fn a_second_tab_sends_nothing_twice() {
    let community = Community::fresh(Backend::Sqlite).await;
    let studying = Studying::focused(&community).await;
    let (profile, tab) = observer(&community, &studying).await;
    let second = profile.tab(&community.guest().base).await;
    second
        .open(&format!("/kk{}", studying.at("/observe")))
        .await;
    tab.signal(false).await;
    second.signal(false).await;
    for (at, fact) in facts(6).iter().enumerate() {
        note(if at % 2 == 0 { &tab } else { &second }, fact).await;
    }
    let marks = [tab.events.mark(), second.events.mark()];
    futures_util::future::join(tab.signal(true), second.signal(true)).await;
    assert_eq!(arrived(&studying, 6).await, facts(6));
    for tab in [&tab, &second] {
        tab.until(&format!("{WAITING} === 0")).await;
    }
    // Each note went over the line once.
    let mut sent = Vec::new();
    for (tab, mark) in [&tab, &second].into_iter().zip(marks) {
        for event in tab.events.since(mark, "Network.requestWillBeSent") {
            let body = event["request"]["postData"].as_str().unwrap_or_default();
            sent.extend(
                body.match_indices("obs_")
                    .map(|(at, _)| body[at..at + 36].to_owned()),
            );
        }
    }
    let all = sent.len();
    sent.sort();
    sent.dedup();
    assert_eq!((all, sent.len()), (6, 6), "{sent:?}");
}
