//! What a page may cost: one operation, 50 KB before fonts, three requests before something is seen.

use std::collections::BTreeMap;

use crate::browser::{Browser, attributes};

/// Pages that ask for nothing: they are kept on devices, for whoever holds one.
const ASK_NOTHING: [&str; 1] = ["/offline"];
/// Bytes, compressed as the weakest of browsers take it, without fonts.
const FIRST_VIEW: usize = 50 * 1024;
/// The page itself, and what it waits for.
const BEFORE_PAINT: usize = 3;

/// Counts the operations of pages, and the bytes of what they load.
#[derive(Default)]
pub struct Budget {
    assets: BTreeMap<String, usize>,
}

impl Budget {
    /// Opens the page once more and holds it to what it may cost. `path` is without the language.
    pub async fn keep(&mut self, browser: &mut Browser, path: &str) {
        let before = operations(browser).await;
        let page = browser.compressed(path).await;
        let asked = operations(browser).await - before;
        let nothing = ASK_NOTHING.iter().any(|ending| path.ends_with(ending));
        assert_eq!(asked, i64::from(!nothing), "operations of {path}");

        let html = browser.get(path).await.html;
        let tags = |name: &str| {
            let start = format!("<{name} ");
            let tags = html.split(&*start).skip(1);
            let tags = tags.filter_map(|rest| rest.split('>').next());
            tags.map(|tag| format!(" {tag}")).collect::<Vec<_>>()
        };
        let one = |tag: &String, name: &str| attributes(tag, name).next().unwrap_or_default();
        let links = tags("link");
        let sheets = links.iter().filter(|tag| one(tag, "rel") == "stylesheet");
        let sheets: Vec<_> = sheets.map(|tag| one(tag, "href")).collect();
        let scripts = tags("script");
        let waits = scripts.iter().filter(|tag| one(tag, "type") != "module");
        let requests = 1 + sheets.len() + waits.count();
        assert!(
            requests <= BEFORE_PAINT,
            "{path} waits for {requests} requests"
        );

        let icons = links.iter().filter(|tag| one(tag, "rel") == "icon");
        let loaded = sheets
            .into_iter()
            .chain(scripts.iter().map(|tag| one(tag, "src")))
            .chain(icons.map(|tag| one(tag, "href")));
        let mut bytes = page;
        for asset in loaded {
            assert!(asset.starts_with("/assets/"), "{path} loads {asset}");
            if !self.assets.contains_key(&asset) {
                let size = browser.compressed(&asset).await;
                self.assets.insert(asset.clone(), size);
            }
            bytes += self.assets[&asset];
        }
        assert!(bytes <= FIRST_VIEW, "{path}: {bytes} bytes");
    }
}

/// Operations that pages asked for so far.
async fn operations(browser: &mut Browser) -> i64 {
    let metrics = browser.get("/metrics").await.html;
    let lines = metrics.lines();
    let counts = lines.filter(|line| line.starts_with("page_operations_total{"));
    let counts = counts.filter_map(|line| line.rsplit(' ').next());
    counts
        .map(|count| count.parse::<i64>().expect("a number"))
        .sum()
}
