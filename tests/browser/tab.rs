//! What a person does in a tab, and what they see.

use std::path::PathBuf;
use std::sync::Arc;

use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::{Value, json};

use crate::chromium::{Chromium, Events};
use crate::community::Community;

/// A browser's profile: the tabs in it share cookies and kept pages, with nobody else.
#[derive(Clone)]
pub struct Profile {
    chromium: Chromium,
    context: String,
}

impl Profile {
    /// A new one, with nothing in it.
    pub async fn new() -> Self {
        let chromium = Chromium::connect().await;
        let made = chromium
            .must(
                None,
                "Target.createBrowserContext",
                json!({"disposeOnDetach": true}),
            )
            .await;
        let context = made["browserContextId"].as_str().expect("an id").to_owned();
        Self { chromium, context }
    }

    /// A new tab that opens paths of this server.
    pub async fn tab(&self, base: &str) -> Tab {
        let target = json!({"url": "about:blank", "browserContextId": self.context, "newWindow": true,
            "width": 1280, "height": 900});
        let target = self
            .chromium
            .must(None, "Target.createTarget", target)
            .await;
        let id = target["targetId"].as_str().expect("an id");
        let attach = json!({"targetId": id, "flatten": true});
        let attached = self
            .chromium
            .must(None, "Target.attachToTarget", attach)
            .await;
        let session = attached["sessionId"].as_str().expect("an id").to_owned();
        let tab = Tab {
            events: self.chromium.events(&session),
            chromium: self.chromium.clone(),
            session,
            base: base.to_owned(),
        };
        for domain in ["Page", "Runtime", "Network", "Log"] {
            tab.ask(&format!("{domain}.enable"), json!({})).await;
        }
        let focused = json!({"enabled": true});
        tab.ask("Emulation.setFocusEmulationEnabled", focused).await;
        tab.look(Scheme::Light, 1280).await;
        tab
    }
}

/// What the device prefers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// By day.
    Light,
    /// By night.
    Dark,
}

/// A tab.
pub struct Tab {
    chromium: Chromium,
    session: String,
    /// What happened in it.
    pub events: Arc<Events>,
    /// The server that its paths are of.
    pub base: String,
}

impl Tab {
    /// A tab in a new profile, on the community's first server.
    pub async fn new(community: &Community) -> Self {
        Profile::new().await.tab(&community.guest().base).await
    }

    /// Somebody of the community, signed in through the form, on this server.
    pub async fn of(community: &Community, node: usize, key: &str) -> Self {
        let tab = Profile::new()
            .await
            .tab(&community.guest_on(node).base)
            .await;
        tab.sign_in(community, key).await;
        tab
    }

    /// Closes it.
    pub async fn close(self) {
        self.ask("Page.close", json!({})).await;
    }

    /// Signs in through the form.
    pub async fn sign_in(&self, community: &Community, key: &str) {
        let who = community.who(key);
        self.open("/en/sign-in").await;
        self.fill("email", &who.email).await;
        self.fill("password", &who.password).await;
        self.send("form:has([name=password]) button").await;
        assert_ne!(self.path().await, "/en/sign-in", "{key} is not in");
    }

    /// Asks DevTools for something that must work.
    pub async fn ask(&self, method: &str, params: Value) -> Value {
        self.chromium
            .must(Some(&self.session), method, params)
            .await
    }

    /// Opens an address, a path of the server's or a whole one, and waits until it is loaded.
    pub async fn open(&self, path: &str) {
        let url = if path.starts_with('/') {
            format!("{}{path}", self.base)
        } else {
            path.to_owned()
        };
        let mark = self.events.mark();
        let went = self.ask("Page.navigate", json!({"url": url})).await;
        assert!(went["errorText"].is_null(), "{url}: {went}");
        self.loaded(mark).await;
    }

    /// Waits until a page that was asked for since the mark is there.
    pub async fn loaded(&self, mark: usize) {
        let loaded = self.events.wait(mark, "Page.loadEventFired", |_| true);
        assert!(loaded.await.is_some(), "no page comes");
    }

    /// What an expression comes to, promises awaited.
    pub async fn eval(&self, expression: &str) -> Value {
        let asked = json!({"expression": expression, "awaitPromise": true, "returnByValue": true});
        let mut answer = self.ask("Runtime.evaluate", asked).await;
        let thrown = &answer["exceptionDetails"];
        assert!(thrown.is_null(), "{expression}: {thrown:#}");
        answer["result"]["value"].take()
    }

    /// As [`eval`](Self::eval), of a text.
    pub async fn text(&self, expression: &str) -> String {
        let value = self.eval(expression).await;
        let text = value.as_str().map(str::to_owned);
        text.unwrap_or_else(|| panic!("{expression} is no text but {value}"))
    }

    /// The first heading.
    pub async fn h1(&self) -> String {
        self.text("document.querySelector('h1').innerText").await
    }

    /// Where it is, without the server.
    pub async fn path(&self) -> String {
        self.text("location.pathname + location.search").await
    }

    /// All that can be read on the page.
    pub async fn words(&self) -> String {
        self.text("document.body.innerText").await
    }

    /// Waits until an expression is true.
    pub async fn until(&self, expression: &str) {
        for _ in 0..100 {
            if self.eval(expression).await == json!(true) {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
        let words = self.words().await;
        panic!("never: {expression}\non {}:\n{words}", self.path().await);
    }

    /// Writes into the field of this name, as a person would.
    pub async fn fill(&self, name: &str, text: &str) {
        let found = format!(
            "(() => {{ const field = document.querySelector('main [name={name}]'); field.focus(); \
             if (field.type === 'date') field.value = {}; else field.select?.(); return field.type; }})()",
            json!(text)
        );
        if self.text(&found).await != "date" {
            self.write(text).await;
        }
    }

    /// Writes where the focus is.
    pub async fn write(&self, text: &str) {
        self.ask("Input.insertText", json!({"text": text})).await;
    }

    /// Presses a key.
    pub async fn press(&self, key: &str) {
        let (code, text) = match key {
            "Tab" => (9, ""),
            "Enter" => (13, "\r"),
            "Escape" => (27, ""),
            " " => (32, " "),
            _ => panic!("{key} is not known"),
        };
        let kind = if text.is_empty() {
            "rawKeyDown"
        } else {
            "keyDown"
        };
        let mut down =
            json!({"type": kind, "key": key, "code": key, "windowsVirtualKeyCode": code});
        if !text.is_empty() {
            down["text"] = json!(text);
        }
        self.ask("Input.dispatchKeyEvent", down).await;
        let up = json!({"type": "keyUp", "key": key, "code": key, "windowsVirtualKeyCode": code});
        self.ask("Input.dispatchKeyEvent", up).await;
    }

    /// Clicks with the mouse on what the selector finds first.
    pub async fn click(&self, selector: &str) {
        let place = format!(
            "(() => {{ const it = document.querySelector({}); if (!it) return null; \
             it.scrollIntoView({{block: 'center', behavior: 'instant'}}); const box = it.getBoundingClientRect(); \
             return [box.x + box.width / 2, box.y + box.height / 2]; }})()",
            json!(selector)
        );
        let place = self.eval(&place).await;
        assert!(place.is_array(), "no {selector} on {}", self.path().await);
        for kind in ["mousePressed", "mouseReleased"] {
            let event = json!({"type": kind, "x": place[0], "y": place[1], "button": "left", "clickCount": 1});
            self.ask("Input.dispatchMouseEvent", event).await;
        }
    }

    /// Clicks on what leads to another page, and waits for it.
    pub async fn send(&self, selector: &str) {
        let mark = self.events.mark();
        self.click(selector).await;
        self.loaded(mark).await;
    }

    /// Day or night, and how wide the window is.
    pub async fn look(&self, scheme: Scheme, width: u32) {
        let prefers = match scheme {
            Scheme::Light => "light",
            Scheme::Dark => "dark",
        };
        let media = json!({"features": [
            {"name": "prefers-color-scheme", "value": prefers},
            {"name": "prefers-reduced-motion", "value": "reduce"},
        ]});
        self.ask("Emulation.setEmulatedMedia", media).await;
        let size = json!({"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": false});
        self.ask("Emulation.setDeviceMetricsOverride", size).await;
    }

    /// Takes the network away from the page and the workers behind it, or gives it back: the browser's own switch.
    pub async fn signal(&self, there: bool) {
        let conditions = json!({"offline": !there, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1});
        let found = self
            .chromium
            .must(None, "Target.getTargets", json!({}))
            .await;
        let targets = found["targetInfos"].as_array().expect("targets").iter();
        let workers = targets.filter(|target| {
            let url = target["url"].as_str().unwrap_or_default();
            target["type"] == "service_worker" && url.starts_with(&self.base)
        });
        for worker in workers {
            let attach = json!({"targetId": worker["targetId"], "flatten": true});
            let attached = self
                .chromium
                .must(None, "Target.attachToTarget", attach)
                .await;
            let session = attached["sessionId"].as_str();
            self.chromium
                .must(
                    session,
                    "Network.emulateNetworkConditions",
                    conditions.clone(),
                )
                .await;
        }
        self.ask("Network.emulateNetworkConditions", conditions)
            .await;
    }

    /// Without scripts, as some phones and some people have it.
    pub async fn scripts_off(&self) {
        let off = json!({"value": true});
        self.ask("Emulation.setScriptExecutionDisabled", off).await;
    }

    /// A picture of the whole page, in a window as high as it. The next [`look`](Self::look) sets the height back.
    pub async fn picture(&self, file: PathBuf) {
        let size = &self.ask("Page.getLayoutMetrics", json!({})).await["cssContentSize"];
        let size = json!({"width": size["width"], "height": size["height"], "deviceScaleFactor": 1, "mobile": false});
        self.ask("Emulation.setDeviceMetricsOverride", size).await;
        let taken = self
            .ask("Page.captureScreenshot", json!({"format": "png"}))
            .await;
        let data = taken["data"].as_str().expect("a picture");
        let png = STANDARD.decode(data).expect("base64");
        std::fs::write(file, png).expect("the picture can be kept");
    }

    /// What the browser complained about since the mark: refused scripts, styles and frames, errors, lost files.
    pub fn complaints(&self, mark: usize) -> Vec<String> {
        let logged = self.events.since(mark, "Log.entryAdded");
        let logged = logged.iter().map(|event| &event["entry"]);
        let mut all: Vec<_> = logged
            .filter(|entry| entry["level"] == "error" || entry["source"] == "security")
            .map(|entry| format!("{}: {}", entry["url"], entry["text"]))
            .collect();
        let thrown = self.events.since(mark, "Runtime.exceptionThrown");
        all.extend(
            thrown
                .iter()
                .map(|event| event["exceptionDetails"].to_string()),
        );
        all
    }

    /// What it asked of others than our server since the mark.
    pub fn strangers(&self, mark: usize) -> Vec<String> {
        let requests = self.events.since(mark, "Network.requestWillBeSent");
        let urls = requests
            .iter()
            .filter_map(|event| event["request"]["url"].as_str());
        urls.filter(|url| !url.starts_with(&self.base) && !url.starts_with("data:"))
            .map(str::to_owned)
            .collect()
    }
}
