//! The pages in a real Chromium: every page for every body, the story through two browsers side by side, attacks,
//! the keyboard, and reading without a connection. `bin/test` starts what they need; pictures go to `target/screens`.
#![expect(clippy::expect_used, clippy::indexing_slicing, reason = "tests")]

mod attack;
mod chromium;
mod elsewhere;
mod every_page;
mod inert;
mod inject;
mod keyboard;
mod live;
mod observe;
mod offline;
mod page_list;
mod story;
mod study;
mod tab;
mod upload;

#[expect(dead_code, reason = "shared with the other tests")]
#[path = "../it/community.rs"]
mod community;

#[expect(dead_code, reason = "shared with the other tests")]
#[path = "../it/browser.rs"]
mod browser;

#[expect(dead_code, reason = "shared with the other tests")]
#[path = "../it/studying.rs"]
mod studying;
