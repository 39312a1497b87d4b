//! Every page there is, and as whom it is opened. What the router has and this list has not fails a test.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::Path;

use reqwest::StatusCode;

use crate::browser::{Browser, attributes};
use crate::community::Community;

/// A page's route as `crates/web` has it, as whom it is opened (a key of the demo, or `guest`), and where: empty when
/// links lead there from the first page, else the address. `{invitation}` in it stands for one that was just sent,
/// `{study}` for the first study of theirs.
pub type Page = (&'static str, &'static str, &'static str);

/// All of them. A page that looks different to others stands here once for each; so does a list without a result.
pub const PAGES: &[Page] = &[
    ("/", "guest", ""),
    ("/", "leading_coordinator", ""),
    ("/", "admin", ""),
    ("/about", "guest", ""),
    ("/accessibility", "guest", ""),
    ("/admin/announcements", "admin", ""),
    ("/admin/announcements/new", "admin", ""),
    ("/admin/audit", "admin", ""),
    ("/admin/imports", "admin", ""),
    ("/admin/imports/{id}", "admin", ""),
    ("/admin/invitations", "admin", ""),
    ("/admin/invitations", "admin", ""),
    ("/admin/persons", "admin", ""),
    ("/admin/persons/{id}", "admin", ""),
    ("/bank", "guest", ""),
    ("/bank", "guest", "/bank?q=nothing+of+it"),
    ("/bank", "teacher", ""),
    ("/bank/by/{id}", "teacher", ""),
    ("/bank/collections", "teacher", ""),
    ("/bank/collections/{id}", "guest", ""),
    ("/bank/collections/{id}", "teacher", ""),
    ("/bank/new", "teacher", ""),
    ("/bank/reports", "trainer", ""),
    ("/bank/{id}", "guest", ""),
    ("/bank/{id}", "teacher", ""),
    ("/bank/{id}/act/{act}", "trainer", ""),
    ("/bank/{id}/authors", "teacher", ""),
    ("/bank/{id}/collect", "teacher", ""),
    ("/bank/{id}/copy", "teacher", ""),
    ("/bank/{id}/edit", "teacher", ""),
    ("/bank/{id}/files", "teacher", ""),
    ("/bank/{id}/share", "teacher", ""),
    ("/bank/{id}/text", "teacher", ""),
    ("/bank/{id}/v/{number}", "guest", ""),
    ("/bank/{id}/v/{number}/to/{new}", "guest", ""),
    ("/bank/{id}/withdraw", "teacher", ""),
    ("/calendar", "leading_coordinator", ""),
    ("/credit/{code}", "teacher", ""),
    ("/forgotten", "guest", ""),
    ("/invite/{token}", "guest", "/invite/{invitation}"),
    ("/memberships/{id}/end", "leading_coordinator", ""),
    ("/memberships/{id}/end", "leading_coordinator", ""),
    ("/networks", "guest", ""),
    ("/networks/new", "leading_coordinator", ""),
    ("/networks/{id}", "guest", ""),
    ("/networks/{id}", "leading_coordinator", ""),
    ("/networks/{id}/close", "leading_coordinator", ""),
    ("/networks/{id}/edit", "leading_coordinator", ""),
    ("/networks/{id}/plan", "leading_coordinator", ""),
    ("/networks/{id}/propose", "leading_coordinator", ""),
    ("/notifications", "leading_coordinator", ""),
    ("/notifications/preferences", "leading_coordinator", ""),
    ("/offline", "guest", ""),
    ("/partnerships/{id}", "leading_coordinator", ""),
    ("/partnerships/{id}", "guest", ""),
    ("/partnerships/{id}/agreement", "leading_coordinator", ""),
    ("/partnerships/{id}/plans", "leading_coordinator", ""),
    ("/plans/{id}", "leading_coordinator", ""),
    ("/plans/{id}", "magnetic_coordinator", ""),
    (
        "/plans/{id}/activities/{activity}",
        "leading_coordinator",
        "",
    ),
    ("/plans/{id}/new", "leading_coordinator", ""),
    ("/plans/{id}/reports/{term}", "leading_coordinator", ""),
    ("/privacy", "guest", ""),
    ("/regions", "guest", ""),
    ("/regions/{id}", "guest", ""),
    ("/regions/{id}", "trainer", ""),
    ("/regions/{id}/schools/new", "trainer", ""),
    ("/reports/{id}", "leading_coordinator", ""),
    ("/reset/{token}", "guest", "/reset/none"),
    ("/schools", "guest", ""),
    ("/schools", "guest", "/schools?q=nothing+of+it"),
    ("/schools/{id}", "guest", ""),
    ("/schools/{id}", "leading_coordinator", ""),
    ("/schools/{id}/close", "trainer", ""),
    ("/schools/{id}/designations", "trainer", ""),
    ("/schools/{id}/edit", "trainer", ""),
    ("/schools/{id}/invite", "leading_coordinator", ""),
    ("/schools/{id}/merge", "trainer", ""),
    ("/schools/{id}/people", "leading_coordinator", ""),
    ("/settings", "leading_coordinator", ""),
    ("/settings/password", "leading_coordinator", ""),
    ("/settings/sessions", "leading_coordinator", ""),
    ("/settings/tokens", "leading_coordinator", ""),
    ("/sign-in", "guest", ""),
    ("/sign-in/{token}", "guest", "/sign-in/none"),
    ("/studies", "teacher", ""),
    ("/studies", "admin", ""),
    ("/studies/new", "teacher", ""),
    ("/studies/templates", "teacher", ""),
    ("/studies/templates/new", "admin", ""),
    ("/studies/templates/{id}", "admin", ""),
    ("/studies/{id}", "teacher", ""),
    ("/studies/{id}", "partner_teacher", ""),
    ("/studies/{id}/consents", "teacher", ""),
    ("/studies/{id}/edit", "teacher", ""),
    ("/studies/{id}/findings", "teacher", ""),
    ("/studies/{id}/group", "teacher", ""),
    ("/studies/{id}/invite", "teacher", ""),
    (
        "/studies/{id}/lessons/new",
        "teacher",
        "{study}/lessons/new",
    ),
    ("/studies/{id}/lessons/{number}", "teacher", ""),
    (
        "/studies/{id}/lessons/{number}",
        "partner_teacher",
        "{study}/lessons/2",
    ),
    (
        "/studies/{id}/lessons/{number}/cells/{place}",
        "teacher",
        "",
    ),
    ("/studies/{id}/lessons/{number}/edit", "teacher", ""),
    ("/studies/{id}/lessons/{number}/observations", "teacher", ""),
    (
        "/studies/{id}/lessons/{number}/observe",
        "teacher",
        "{study}/lessons/2/observe",
    ),
    ("/studies/{id}/lessons/{number}/observers", "teacher", ""),
    ("/studies/{id}/lessons/{number}/stages", "teacher", ""),
    ("/studies/{id}/lessons/{number}/to/{other}", "teacher", ""),
    ("/studies/{id}/notes", "teacher", ""),
    ("/studies/{id}/protocol", "teacher", ""),
    ("/studies/{id}/pupils", "teacher", ""),
    ("/studies/{id}/pupils/{letter}", "teacher", ""),
    ("/studies/{id}/report", "teacher", ""),
    (NOWHERE, "guest", "/nowhere"),
];

/// The page for what is nowhere.
pub const NOWHERE: &str = "*";

/// Routes that answer a GET with something else than a page.
const FILES: [&str; 13] = [
    "/assets/{name}",
    "/bank/collections/{id}/archive.zip",
    "/bank/feed.atom",
    "/bank/{id}/cite.bib",
    "/bank/{id}/cite.json",
    "/bank/{id}/cite.ris",
    "/manifest.webmanifest",
    "/oai",
    "/regions.csv",
    "/reports/{id}/report.pdf",
    "/robots.txt",
    "/sitemap.xml",
    "/sw.js",
];

/// Pages that the demo has nothing for: no note that can be corrected still.
const UNOPENED: [&str; 2] = [
    "/studies/{id}/lessons/{number}/observations/{observation}",
    "/studies/{id}/lessons/{number}/observations/{observation}/photo",
];

/// A page of the list at its address in this community.
#[derive(Clone)]
pub struct Opened {
    /// Its route.
    pub route: &'static str,
    /// As whom.
    pub who: &'static str,
    /// The address after the language.
    pub path: String,
    /// Its place in the list.
    pub place: usize,
}

impl Opened {
    /// What to call it in messages and files.
    pub fn name(&self) -> String {
        let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { '-' };
        let route: String = self.route.chars().map(plain).collect();
        let route = route.trim_matches('-').replace("--", "-");
        format!("{:02}-{route}-{}", self.place, self.who)
    }
}

/// All pages of the list, as those who open them find them.
pub async fn addresses(community: &Community, invitation: &str) -> Vec<Opened> {
    let operator = community.operator().await;
    let (db, people) = (operator.db(), community.everybody());
    let filled = server::demo::works::fill(db, &people).await;
    filled.expect("the bank is filled");
    let planned = server::demo::plan::fill(db, &people).await;
    planned.expect("the year is planned");
    let reported = server::demo::report::fill(db, &people).await;
    reported.expect("a study is reported");
    let routes: Vec<&str> = PAGES.iter().map(|(route, _, _)| *route).collect();
    let mut found = BTreeMap::new();
    for who in PAGES
        .iter()
        .map(|(_, who, _)| *who)
        .collect::<BTreeSet<_>>()
    {
        found.insert(who, linked(community, who, &routes).await);
    }
    let mut lost = Vec::new();
    let mut opened = Vec::new();
    for (place, (route, who, at)) in PAGES.iter().enumerate() {
        let path = match *at {
            "" => found[who].get(route).cloned(),
            at => {
                let study = found[who].get("/studies/{id}").map_or("", |path| path);
                Some(
                    at.replace("{invitation}", invitation)
                        .replace("{study}", study),
                )
            }
        };
        match path {
            Some(path) => opened.push(Opened {
                route,
                who,
                path,
                place,
            }),
            None => lost.push((*who, *route)),
        }
    }
    assert!(lost.is_empty(), "no link leads there: {lost:#?}");
    opened
}

/// Where links lead this person: the first address of each route.
async fn linked(
    community: &Community,
    who: &str,
    routes: &[&'static str],
) -> BTreeMap<&'static str, String> {
    let mut browser = match who {
        "guest" => Browser::new(community),
        who => Browser::of(community, who).await,
    };
    let mut found = BTreeMap::from([("/", String::new())]);
    let mut opened: BTreeMap<&str, usize> = BTreeMap::new();
    let mut seen = BTreeSet::from([String::new()]);
    let mut next = VecDeque::from([String::new()]);
    while let Some(path) = next.pop_front() {
        let page = browser.get(&format!("/en{path}")).await;
        if page.status == StatusCode::SEE_OTHER && who == "guest" {
            // To sign in first: this page is in the list of somebody who is.
            continue;
        }
        assert_eq!(page.status, StatusCode::OK, "{who}: {path}");
        for link in attributes(&page.html, "href") {
            let Some(link) = link.strip_prefix("/en") else {
                continue;
            };
            let link = link.split(['?', '#']).next().unwrap_or_default().to_owned();
            let Some(route) = route_of(&link, routes).filter(|_| !FILES.contains(&&*link)) else {
                continue;
            };
            found.entry(route).or_insert_with(|| link.clone());
            // Things of one kind link to the same kinds of pages; in another state to a few others.
            let times = opened.entry(route).or_default();
            if *times < 12 && seen.insert(link.clone()) {
                *times += 1;
                next.push_back(link);
            }
        }
    }
    found
}

/// The route an address is of: the one with the most words of its own.
fn route_of(path: &str, routes: &[&'static str]) -> Option<&'static str> {
    let path: Vec<_> = path.split('/').skip(1).collect();
    let fits = |route: &&&str| {
        let route: Vec<_> = route.split('/').skip(1).collect();
        let mut parts = route.iter().zip(&path);
        route.len() == path.len()
            && parts
                .all(|(part, given)| part == given || (part.starts_with('{') && !given.is_empty()))
    };
    let fitting = routes.iter().filter(fits);
    fitting
        .min_by_key(|route| route.matches('{').count())
        .copied()
}

/// The routes of `crates/web` that answer a GET, read where they are written: a router does not tell its own.
fn routed() -> BTreeSet<String> {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/web/src")];
    let mut routes = BTreeSet::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let source = std::fs::read_to_string(path).expect("a source");
                for written in source.split(".route(").skip(1) {
                    let mut parts = written.splitn(3, '"');
                    let (Some(before), Some(route), Some(handlers)) =
                        (parts.next(), parts.next(), parts.next())
                    else {
                        continue;
                    };
                    let handlers = handlers.split(".route(").next().unwrap_or_default();
                    let handlers = handlers.split(';').next().unwrap_or_default();
                    if before.trim().is_empty() && handlers.contains("get(") {
                        routes.insert(route.to_owned());
                    }
                }
            }
        }
    }
    routes
}

#[test]
fn every_route_is_in_the_list() {
    let listed: BTreeSet<_> = PAGES.iter().map(|(route, _, _)| *route).collect();
    let listed = listed.into_iter().filter(|route| *route != NOWHERE);
    let listed: BTreeSet<_> = listed
        .chain(FILES)
        .chain(UNOPENED)
        .map(str::to_owned)
        .collect();
    let routed = routed();
    assert!(routed.len() > 30, "only {} routes were found", routed.len());
    let missing: Vec<_> = routed.difference(&listed).collect();
    assert!(
        missing.is_empty(),
        "no browser opens these pages: {missing:#?}"
    );
    let gone: Vec<_> = listed.difference(&routed).collect();
    assert!(
        gone.is_empty(),
        "these are listed, and there are none: {gone:#?}"
    );
}
