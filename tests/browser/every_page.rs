//! Every page by day and by night, wide and narrow, in each language: for every body, and nothing foreign in it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use domain::id::Id;
use domain::import::{Mapping, Source, schools};
use domain::invitation::Invitation;
use domain::secret::Secret;
use futures_util::{StreamExt, stream};
use serde_json::{Value, json};
use tests::Backend;

use crate::community::{Community, done, text};
use crate::page_list::{NOWHERE, Opened, addresses};
use crate::tab::{Profile, Scheme, Tab};

/// How many tabs are open at once.
const TABS: usize = 3;

/// Somebody was invited by letter: the secret of the link in it, made as the servers of the tests make it.
pub async fn invitation(community: &Community) -> String {
    let school = community.school("№ 2 Конаев").await;
    let send = "mutation($input: InvitationSendInput!) { invitationSend(input: $input) {
        invitation { id } userErrors { field code message } } }";
    let input = json!({"input": {"email": "gul@mektep.kz", "role": "TEACHER", "language": "KK",
        "scopeId": school, "idempotencyKey": "browser"}});
    let sent = done(
        &community
            .persona("leading_coordinator")
            .query(send, input)
            .await,
    );
    community.settled().await;
    let id: Id<Invitation> = text(&sent, "/invitation/id").parse().expect("an id");
    let secret = Secret::new(*b"sabaq_tas tests have no secrets!");
    secret.link_token(id).expect("a token")
}

/// A registry came in, with a row that was refused.
pub async fn import(community: &Community) {
    let mapping = Mapping::parse(include_str!("../fixtures/import/schools.toml"));
    let source = Source {
        mapping: &mapping.expect("a mapping"),
        file: "schools.csv",
        dry_run: false,
    };
    let file = format!(
        "{}5,one field too few\n",
        include_str!("../fixtures/import/schools.csv")
    );
    let report = schools::run(
        &community.operator().await,
        source,
        file.as_bytes(),
        &mut |_| {},
    )
    .await;
    assert_eq!(report.expect("imports").rejected, 1);
}

/// Where pictures are kept, to be looked at.
fn screens() -> PathBuf {
    let own = std::env::current_exe().expect("a test knows its own path");
    let target = own.ancestors().nth(3).expect("target/PROFILE/deps");
    let folder = target.join("screens");
    // Pages that are gone leave no picture.
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("the folder can be made");
    folder
}

/// The accessibility engine, as npm installed it.
fn axe() -> String {
    let file = std::env::var("SABAQTAS_TEST_AXE").expect("axe-core is installed: run bin/test");
    let engine = std::fs::read_to_string(file).expect("the engine can be read");
    format!("{engine};0")
}

/// By day the whole of WCAG 2.2 AA and good practice is asked for; night changes nothing but colours.
fn rules(scheme: Scheme) -> &'static str {
    match scheme {
        Scheme::Light => {
            "{type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}"
        }
        Scheme::Dark => "{type: 'rule', values: ['color-contrast', 'link-in-text-block']}",
    }
}

/// What the engine has to say against the page as it is shown now.
async fn violations(tab: &Tab, scheme: Scheme) -> Vec<String> {
    let found = tab
        .eval(&format!(
            "axe.run(document, {{runOnly: {}, resultTypes: ['violations']}}).then(({{violations}}) => violations.map(\
             ({{id, nodes}}) => ({{id, nodes: nodes.map(({{target, failureSummary}}) => `${{target}}: ${{failureSummary}}`)}})))",
            rules(scheme)
        ))
        .await;
    let found = found.as_array().cloned().unwrap_or_default();
    let said = found.iter().map(|rule| {
        let nodes = rule["nodes"].as_array().cloned().unwrap_or_default();
        let first: Vec<_> = nodes.iter().take(3).filter_map(Value::as_str).collect();
        format!(
            "{} ({} times) {}",
            rule["id"],
            nodes.len(),
            first.join("; ")
        )
    });
    said.collect()
}

/// What is wider than the window.
async fn overflow(tab: &Tab) -> Vec<String> {
    let wide = tab
        .eval(
            "(() => { const room = document.documentElement.clientWidth; \
             if (document.documentElement.scrollWidth <= room) return []; \
             return [...document.querySelectorAll('body *')].filter((it) => it.getBoundingClientRect().right > room + 1) \
             .slice(0, 4).map((it) => `${it.tagName}.${it.className} ends at ${it.getBoundingClientRect().right}`) \
             .concat(`wide as ${document.documentElement.scrollWidth}`); })()",
        )
        .await;
    let wide = wide.as_array().cloned().unwrap_or_default();
    wide.iter()
        .filter_map(Value::as_str)
        .map(str::to_owned)
        .collect()
}

/// Opens one page in every way and tells what is wrong.
async fn look_at(tab: &Tab, page: &Opened, axe: &str, screens: &Path) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut tell = |what: String| wrong.push(format!("{} {}: {what}", page.name(), page.path));
    // Each language on a third of the pages for the engine; all three for what their words' lengths may break.
    let languages = ["ru", "kk", "en"];
    let language = languages[page.place % 3];

    tab.look(Scheme::Light, 1280).await;
    let mark = tab.events.mark();
    tab.open(&format!("/{language}{}", page.path)).await;
    let lost = page.route == NOWHERE;
    for complaint in tab.complaints(mark).into_iter().filter(|_| !lost) {
        tell(format!("the browser complains: {complaint}"));
    }
    for stranger in tab.strangers(mark) {
        tell(format!("it asks somebody else: {stranger}"));
    }
    let outline = tab
        .eval(
            "({h1: document.querySelectorAll('h1').length, main: document.querySelectorAll('main').length, \
             title: document.title.trim().length > 10, language: document.documentElement.lang})",
        )
        .await;
    let wanted = json!({"h1": 1, "main": 1, "title": true, "language": language});
    if outline != wanted {
        tell(format!("its outline is {outline}"));
    }
    tab.eval(axe).await;
    for (scheme, width) in [
        (Scheme::Light, 1280),
        (Scheme::Dark, 1280),
        (Scheme::Dark, 390),
        (Scheme::Light, 390),
    ] {
        tab.look(scheme, width).await;
        for violation in violations(tab, scheme).await {
            tell(format!("{scheme:?} {width}: {violation}"));
        }
        if (scheme == Scheme::Light) == (width == 1280) {
            let name = format!("{}-{width}-{scheme:?}.png", page.name()).to_lowercase();
            tab.picture(screens.join(name)).await;
        }
    }
    for (at, other) in languages
        .iter()
        .cycle()
        .skip(page.place % 3)
        .take(3)
        .enumerate()
    {
        if at > 0 {
            tab.open(&format!("/{other}{}", page.path)).await;
        }
        for width in [390, 320] {
            tab.look(Scheme::Light, width).await;
            for wide in overflow(tab).await {
                tell(format!("{other} {width}: {wide}"));
            }
        }
    }
    wrong
}

#[tokio::test]
async fn every_page_is_for_every_body() {
    let community = Community::fresh(Backend::Sqlite).await;
    let invitation = invitation(&community).await;
    import(&community).await;
    let pages = addresses(&community, &invitation).await;
    let (axe, screens) = (axe(), screens());

    let mut profiles = BTreeMap::new();
    for who in pages.iter().map(|page| page.who).collect::<BTreeSet<_>>() {
        let profile = Profile::new().await;
        let tab = profile.tab(&community.guest().base).await;
        if who != "guest" {
            tab.sign_in(&community, who).await;
        }
        profiles.insert(who, profile);
    }
    let wrong: Vec<Vec<String>> = stream::iter(&pages)
        .map(async |page| {
            let tab = profiles[page.who].tab(&community.guest().base).await;
            let wrong = look_at(&tab, page, &axe, &screens).await;
            tab.close().await;
            wrong
        })
        .buffer_unordered(TABS)
        .collect()
        .await;
    let wrong: Vec<String> = wrong.into_iter().flatten().collect();
    assert!(
        wrong.is_empty(),
        "{} faults:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}
