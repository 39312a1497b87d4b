//! With the keyboard alone.

use serde_json::{Value, json};
use tests::Backend;

use crate::community::Community;
use crate::tab::Tab;

/// Goes on with Tab until the focus is on this.
async fn reach(tab: &Tab, selector: &str) {
    for _ in 0..150 {
        tab.press("Tab").await;
        let there = format!("document.activeElement.matches({})", json!(selector));
        if tab.eval(&there).await == true {
            return;
        }
    }
    panic!("Tab never comes to {selector} on {}", tab.path().await);
}

/// Follows the link, or presses the button, that has the focus.
async fn enter(tab: &Tab) {
    let mark = tab.events.mark();
    tab.press("Enter").await;
    tab.loaded(mark).await;
}

#[tokio::test]
async fn keys_alone_sign_in_and_propose() {
    let community = Community::fresh(Backend::Sqlite).await;
    community.settled().await;
    let who = community.who("leading_coordinator");
    let wanted = community.school("Шенгельды").await;
    let tab = Tab::new(&community).await;
    tab.open("/kk").await;
    reach(&tab, "header a[href*='/sign-in']").await;
    enter(&tab).await;
    reach(&tab, "main [name=email]").await;
    tab.write(&who.email).await;
    reach(&tab, "main [name=password]").await;
    tab.write(&who.password).await;
    enter(&tab).await;

    reach(&tab, "header nav a[href$='/networks']").await;
    enter(&tab).await;
    // Past the header with the first key.
    tab.press("Tab").await;
    assert_eq!(tab.text("document.activeElement.className").await, "skip");
    tab.press("Enter").await;
    assert_eq!(tab.text("document.activeElement.id").await, "main");
    let school = community.school("№ 2 Конаев").await;
    let network = community.network_of(&school).await;
    reach(&tab, &format!("main a[href$='/networks/{network}']")).await;
    enter(&tab).await;
    reach(&tab, "main a[href*='/propose']").await;
    enter(&tab).await;
    reach(&tab, "main [name=q]").await;
    tab.write("Шенгельды").await;
    enter(&tab).await;
    reach(&tab, &format!("form:has([value=\"{wanted}\"]) button")).await;
    enter(&tab).await;
    assert!(
        tab.path().await.contains("/partnerships/"),
        "{}",
        tab.path().await
    );
}

/// Marks what can have the focus: one of a group of radio buttons, nothing hidden or disabled.
const FOCUSABLE: &str = "(() => { const groups = new Set(); let count = 0; \
    for (const it of document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')) { \
      if (it.disabled || !it.checkVisibility({visibilityProperty: true})) continue; \
      if (it.type === 'radio') { const key = it.form + it.name; if (groups.has(key)) continue; groups.add(key); } \
      it.dataset.stop = count++; } \
    return count; })()";

/// Where the focus is, and how it shows.
const FOCUSED: &str = "(() => { const it = document.activeElement; const style = getComputedStyle(it); \
    const box = it.getBoundingClientRect(); \
    const group = it.type === 'radio' && document.querySelector(`[type=radio][name='${it.name}'][data-stop]`); \
    const over = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2); \
    return {stop: (group || it).dataset.stop ?? null, what: it.outerHTML.slice(0, 120), \
      ring: (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2) \
        || [...it.querySelectorAll('svg *, .b')].some((part) => parseFloat(getComputedStyle(part).strokeWidth) >= 4), \
      seen: box.width > 0 && box.bottom > 0 && box.top < innerHeight \
        && (!over || it.contains(over) || over.contains(it) || !over.closest('.cover'))}; })()";

#[tokio::test]
async fn tab_comes_to_everything_and_shows_where_it_is() {
    let community = Community::fresh(Backend::Sqlite).await;
    community.settled().await;
    let school = community.school("№ 2 Конаев").await;
    let network = community.network_of(&school).await;
    let guest = Tab::new(&community).await;
    let coordinator = Tab::of(&community, 0, "leading_coordinator").await;
    let pages = [
        (&guest, "/ru".to_owned()),
        (&guest, "/kk/sign-in".to_owned()),
        (&coordinator, "/kk".to_owned()),
        (&coordinator, format!("/ru/networks/{network}")),
        (&coordinator, "/en/notifications/preferences".to_owned()),
        (&coordinator, "/ru/networks/new".to_owned()),
    ];
    let mut wrong = Vec::new();
    for (tab, path) in &pages {
        for width in [1280, 390] {
            tab.look(crate::tab::Scheme::Light, width).await;
            tab.open(path).await;
            let count = tab.eval(FOCUSABLE).await.as_u64().expect("a number");
            let mut reached = std::collections::BTreeSet::new();
            for _ in 0..count + 20 {
                tab.press("Tab").await;
                let focused = tab.eval(FOCUSED).await;
                let Some(stop) = focused["stop"].as_str() else {
                    continue;
                };
                if reached.insert(stop.to_owned()) {
                    for (what, yes) in [
                        ("no ring", &focused["ring"]),
                        ("out of sight", &focused["seen"]),
                    ] {
                        if *yes != Value::Bool(true) {
                            wrong.push(format!("{path} {width}: {what}: {}", focused["what"]));
                        }
                    }
                }
            }
            if reached.len() as u64 != count {
                wrong.push(format!(
                    "{path} {width}: Tab comes to {} of {count}",
                    reached.len()
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
