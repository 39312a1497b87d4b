//! The story of the product through two browsers side by side: a Leading school's coordinator reads Kazakh, the
//! Magnetic one's Russian. Each on a server of their own, live; and the same without scripts.

use tests::Backend;

use crate::community::Community;
use crate::tab::Tab;

/// Two people at two schools.
struct Pair {
    leading: Tab,
    magnetic: Tab,
    /// Do scripts run? Then news come by themselves, else when a page is opened.
    live: bool,
}

/// What the number at the bell says.
const BELL: &str = "Number(document.querySelector('.bell .count')?.textContent ?? 0)";

/// A button of the forms about a step.
fn step(name: &str) -> String {
    format!("main button[name=do][value={name}]")
}

impl Pair {
    /// Waits until the number at the bell is above what it was: by itself, or on the page opened again.
    async fn rings(&self, tab: &Tab, before: f64) {
        if self.live {
            tab.until(&format!("{BELL} > {before}")).await;
            return;
        }
        for _ in 0..50 {
            tab.open(&tab.path().await).await;
            if count(tab).await > before {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
        panic!("the bell stays at {before} on {}", tab.path().await);
    }

    async fn tell(&self, community: &Community) {
        let Pair {
            leading, magnetic, ..
        } = self;
        let school = community.school("№ 2 Конаев").await;
        let network = community.network_of(&school).await;
        let wanted = community.school("Шенгельды").await;
        magnetic.open("/ru").await;
        leading.open("/kk").await;
        let quiet = count(magnetic).await;

        leading
            .open(&format!("/kk/networks/{network}/propose"))
            .await;
        leading.fill("q", "Шенгельды").await;
        leading.send("main form[role=search] button").await;
        leading
            .send(&format!("form:has([value=\"{wanted}\"]) button"))
            .await;
        let page = leading.path().await;
        assert!(page.starts_with("/kk/partnerships/"), "{page}");
        let theirs = page.replace("/kk/", "/ru/");

        // The notice is on the page the other coordinator has open, in their language.
        self.rings(magnetic, quiet).await;
        let notice = format!("main a[href=\"{theirs}\"]");
        magnetic
            .until(&format!("!!document.querySelector('{notice}')"))
            .await;
        magnetic.send(&notice).await;
        assert_eq!(magnetic.h1().await, "Одна школа пригласила другую");

        leading.open("/kk").await;
        let quiet = count(leading).await;
        magnetic.send(&step("accept")).await;
        self.rings(leading, quiet).await;

        leading.open(&page).await;
        leading.send("main a[href$='/agreement']").await;
        for (name, text) in [
            ("aims", "Үш ортақ зерттеу сабағы"),
            ("leadingGives", "Фасилитатор"),
            ("magneticGives", "Үш мұғалім"),
            ("mediaRules", "Балалардың беттері түсірілмейді"),
            ("startsOn", "2026-12-01"),
            ("endsOn", "2026-11-01"),
        ] {
            leading.fill(name, text).await;
        }
        leading.send("main form.form button").await;
        // A wrong day: the sentence beside the field and in the summary, which has the focus; what was typed is kept.
        assert_eq!(
            leading
                .text("document.querySelector('[name=endsOn]').ariaInvalid")
                .await,
            "true"
        );
        assert_eq!(
            leading
                .text("document.querySelector('[name=aims]').value")
                .await,
            "Үш ортақ зерттеу сабағы"
        );
        if self.live {
            assert_eq!(leading.text("document.activeElement.id").await, "summary");
        }
        leading.fill("endsOn", "2027-06-01").await;
        leading.send("main form.form button").await;
        assert_eq!(leading.path().await, page);

        magnetic.open("/ru").await;
        let quiet = count(magnetic).await;
        leading.send(&step("sign")).await;
        self.rings(magnetic, quiet).await;
        magnetic.open(&theirs).await;
        assert!(magnetic.words().await.contains("Үш ортақ зерттеу сабағы"));
        leading.open("/kk").await;
        let quiet = count(leading).await;
        magnetic.send(&step("sign")).await;
        self.rings(leading, quiet).await;
        leading.open(&page).await;
        assert_eq!(leading.h1().await, "Екі мектеп бірге жұмыс істейді");

        // A pause needs a reason.
        magnetic.send(&step("suspend")).await;
        assert!(
            magnetic
                .eval("!!document.querySelector('[role=alert]')")
                .await
                == true
        );
        magnetic.fill("reason", "Каникулы").await;
        magnetic.send(&step("suspend")).await;
        assert_eq!(magnetic.h1().await, "Школы сделали перерыв");
        magnetic.send(&step("resume")).await;
        magnetic.fill("reason", "Цели достигнуты").await;
        magnetic.send(&step("end")).await;
        assert_eq!(magnetic.h1().await, "Партнёрство завершено");
    }
}

async fn count(tab: &Tab) -> f64 {
    tab.eval(BELL).await.as_f64().expect("a number")
}

#[tokio::test]
async fn two_browsers_become_partners_live() {
    let community = Community::on(Backend::Postgres, 2).await;
    community.settled().await;
    let pair = Pair {
        leading: Tab::of(&community, 0, "leading_coordinator").await,
        magnetic: Tab::of(&community, 1, "magnetic_coordinator").await,
        live: true,
    };
    pair.tell(&community).await;
}

#[tokio::test]
async fn two_browsers_become_partners_without_scripts() {
    let community = Community::fresh(Backend::Sqlite).await;
    community.settled().await;
    let (leading, magnetic) = (Tab::new(&community).await, Tab::new(&community).await);
    for (tab, who) in [
        (&leading, "leading_coordinator"),
        (&magnetic, "magnetic_coordinator"),
    ] {
        tab.scripts_off().await;
        tab.sign_in(&community, who).await;
    }
    let pair = Pair {
        leading,
        magnetic,
        live: false,
    };
    pair.tell(&community).await;
    for tab in [&pair.leading, &pair.magnetic] {
        let requests = tab.events.since(0, "Network.requestWillBeSent");
        let urls = requests
            .iter()
            .filter_map(|event| event["request"]["url"].as_str());
        let by_script: Vec<_> = urls
            .filter(|url| url.contains("/graphql") || url.ends_with("/sw.js"))
            .collect();
        assert_eq!(by_script, [""; 0], "a script has run");
    }
}
