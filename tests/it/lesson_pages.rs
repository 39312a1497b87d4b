//! A research lesson as a browser without scripts has it: links and forms, from the plan to the closed lesson.

use reqwest::StatusCode;
use tests::{Backend, both};

use crate::browser::{Browser, Page, attributes};
use crate::community::Community;
use crate::page_budget::Budget;
use crate::studying::Studying;

/// Sends a form of this page, which must work.
async fn sent(browser: &mut Browser, path: &str, marker: &str, typed: &[(&str, &str)]) -> String {
    browser.submit(path, marker, typed).await.location()
}

/// The addresses of the cells of this kind, in the order of the page.
fn cells(page: &Page, kind: &str) -> Vec<String> {
    let marker = format!("/cells/{kind}.");
    let all = attributes(&page.html, "href");
    all.filter(|link| link.contains(&marker)).collect()
}

both! {
    async fn a_lesson_is_planned_taught_and_discussed_by_forms_alone(backend: Backend) {
        let community = Community::fresh(backend).await;
        let studying = Studying::focused(&community).await;
        let mut lead = Browser::of(&community, "teacher").await;
        let mut partner = Browser::of(&community, "partner_teacher").await;
        let kk = |rest: &str| format!("/kk{}", studying.at(rest));

        // The card; what is wrong is said and nothing typed is lost.
        let new = format!("/kk/studies/{}/lessons/new", studying.study);
        let refused = lead.submit(&new, "classLabel", &[("classLabel", "8 701 123 45 67"), ("topic", "Бөлшектер")]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.html.contains("href=\"#f-classLabel\"") && refused.html.contains("Бөлшектер"), "{}", refused.html);
        let card = [("classLabel", "5 «А»"), ("topic", "Бөлшектер"), ("startsAt", "2026-11-10T09:30")];
        assert_eq!(sent(&mut lead, &new, "classLabel", &card).await, kk("/stages"));
        let edit = lead.get(&kk("/edit")).await;
        assert!(edit.html.contains("value=\"2026-11-10T09:30\""), "{}", edit.html);

        // The parts of the lesson: added, moved, changed, taken out.
        for (name, minutes) in [("Салыстыру", "5"), ("Есеп", "15"), ("Қате", "10")] {
            sent(&mut lead, &kk("/stages"), "value=\"add\"", &[("name", name), ("minutes", minutes), ("do", "add")]).await;
        }
        let wrong = lead.submit(&kk("/stages"), "value=\"add\"", &[("name", "x"), ("minutes", "999"), ("do", "add")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        sent(&mut lead, &kk("/stages"), "value=\"up\"", &[("do", "up")]).await;
        sent(&mut lead, &kk("/stages"), "value=\"Қате\"", &[("do", "remove")]).await;
        sent(&mut lead, &kk("/stages"), "value=\"Есеп\"", &[("name", "Есеп шығару"), ("minutes", "20"), ("do", "save")]).await;
        let stages = lead.get(&kk("/stages")).await;
        let place = |name: &str| stages.html.find(&format!("value=\"{name}\""));
        assert!(place("Есеп шығару") < place("Салыстыру") && place("Қате").is_none(), "{}", stages.html);

        // The sheet: two stages with three pupils; each cell has its page.
        let sheet = lead.get(&kk("")).await;
        assert_eq!(sheet.h1(), "1-сабақ жоспарланып жатыр");
        let predicted = cells(&sheet, "PREDICTED");
        assert_eq!((predicted.len(), cells(&sheet, "CRITERION").len(), cells(&sheet, "ACTIVITY").len()), (6, 3, 2));
        let cell = &predicted[0];
        sent(&mut lead, cell, "name=\"text\"", &[("text", "Сурет салады")]).await;
        sent(&mut partner, cell, "name=\"comment\"", &[("comment", "Неге сурет?")]).await;

        // Two write one cell: whoever was second sees both texts, and keeps both.
        let open = partner.get(cell).await;
        let (action, fields) = crate::browser::form(&open.html, "name=\"text\"").expect("a form");
        sent(&mut lead, cell, "name=\"text\"", &[("text", "Сурет салып, себебін айтады")]).await;
        let mut late = fields.clone();
        late.push(("text".into(), "Екі жолақ салады".into()));
        let met = partner.send(reqwest::Method::POST, &action, Some(&late)).await;
        assert_eq!(met.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(met.html.contains("Сурет салып, себебін айтады") && met.html.contains("Екі жолақ салады"), "{}", met.html);
        let (action, mut fields) = crate::browser::form(&met.html, "value=\"both\"").expect("a form");
        fields.extend([("text".into(), "Екі жолақ салады".into()), ("do".into(), "both".into())]);
        partner.send(reqwest::Method::POST, &action, Some(&fields)).await.location();
        let sheet = partner.get(&kk("")).await;
        assert!(sheet.html.contains("Сурет салып, себебін айтады\nЕкі жолақ салады") && sheet.html.contains("1 пікір"), "{}", sheet.html);

        // Who watches whom.
        assert!(lead.get(&kk("/observers")).await.h1().contains("A, B, C"));
        let people = lead.get(&kk("/observers")).await;
        let person = attributes(&people.html, "value").find(|value| value.starts_with("per_")).expect("somebody");
        sent(&mut lead, &kk("/observers"), "value=\"assign\"", &[("personId", &person), ("do", "assign")]).await;
        assert!(!lead.get(&kk("/observers")).await.h1().contains('A'));
        sent(&mut lead, &kk("/observers"), "value=\"release\"", &[("do", "release")]).await;
        sent(&mut lead, &kk("/observers"), "value=\"assign\"", &[("personId", &person), ("do", "assign")]).await;

        // Frozen: predictions stand, notes are taken; the same form sent twice is one note.
        sent(&mut lead, &kk(""), "value=\"FREEZE\"", &[("do", "FREEZE")]).await;
        let shut = partner.get(cell).await;
        assert!(!shut.html.contains("name=\"text\""), "predictions stand");
        let page = partner.get(&kk("/observe")).await;
        let (action, fields) = crate::browser::form(&page.html, "name=\"fact\"").expect("a form");
        let empty = partner.send(reqwest::Method::POST, &action, Some(&fields)).await;
        assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY, "no time and no fact");
        let mut note = fields.clone();
        note.extend([("takenAt", "2026-11-10T09:41"), ("pupilId", &studying.pupils[0]), ("fact", "Екі жолақ салды"), ("interpretation", "Түсінді")].map(|(name, value)| (name.to_owned(), value.to_owned())));
        for _ in 0..2 {
            partner.send(reqwest::Method::POST, &action, Some(&note)).await.location();
        }
        let list = partner.get(&kk("/observations")).await;
        assert_eq!(list.h1(), "1 бақылау");
        let mend = attributes(&list.html, "href").find(|link| link.contains("/observations/obs_")).expect("a link");
        assert_eq!(lead.get(&mend).await.status, StatusCode::NOT_FOUND, "each their own");
        sent(&mut partner, &mend, "name=\"fact\"", &[("fact", "Екі жолақ салып, түсіндірді")]).await;

        // A lesson is taught with consent alone.
        let refused = lead.submit(&kk(""), "value=\"TEACH\"", &[("do", "TEACH")]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.html.contains("келісім"), "{}", refused.html);
        studying.consent(&community).await;
        sent(&mut lead, &kk(""), "value=\"TEACH\"", &[("do", "TEACH")]).await;
        let sheet = lead.get(&kk("")).await;
        let asked = cells(&sheet, "ENJOYED");
        assert_eq!(asked.len(), 3);
        sent(&mut lead, &asked[1], "name=\"text\"", &[("text", "Сурет салу ұнады")]).await;
        sent(&mut lead, &cells(&sheet, "OBSERVED")[0], "name=\"text\"", &[("text", "Екеуін де салды")]).await;

        // The discussion in its order: what comes before is asked for.
        sent(&mut lead, &kk(""), "value=\"OPEN_DISCUSSION\"", &[("do", "OPEN_DISCUSSION")]).await;
        assert_eq!(partner.get(&mend).await.status, StatusCode::NOT_FOUND, "observations are locked");
        let sheet = lead.get(&kk("")).await;
        assert!(sheet.html.contains("Бұл оқушылар туралы әлі ештеңе жазылмады: A, B, C"), "{}", sheet.html);
        let early = lead.submit(&cells(&sheet, "CLASS")[0], "name=\"text\"", &[("text", "Сынып үнсіз")]).await;
        assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(early.html.contains("Сынып үнсіз"), "nothing typed is lost");
        for cell in cells(&sheet, "DISCUSSED") {
            sent(&mut lead, &cell, "name=\"text\"", &[("text", "Күткеннен артық")]).await;
        }
        for kind in ["CLASS", "TEACHING", "NEXT", "CLOSING"] {
            sent(&mut lead, &cells(&sheet, kind)[0], "name=\"text\"", &[("text", &format!("Сөз {kind}"))]).await;
        }
        for step in ["DISCUSS", "CLOSE"] {
            sent(&mut lead, &kk(""), &format!("value=\"{step}\""), &[("do", step)]).await;
        }
        let closed = lead.get(&kk("")).await;
        assert_eq!(closed.h1(), "1-сабақ жабылды");
        assert!(!closed.html.contains("name=\"do\""), "nothing is left to do");

        // The next lesson opens with what was decided; the two are compared.
        sent(&mut lead, &new, "classLabel", &[("classLabel", "5 «Ә»")]).await;
        let next = format!("/kk/studies/{}/lessons/2", studying.study);
        let second = lead.get(&next).await;
        assert!(second.html.contains("Сөз NEXT"), "{}", second.html);
        let compare = lead.get(&format!("{next}/to/1")).await;
        assert!(compare.html.contains("5 «А»") && compare.html.contains("5 «Ә»") && compare.html.contains("Екеуін де салды"), "{}", compare.html);

        // Each page is one operation and light; of a cell that is none there is no page.
        let mut budget = Budget::default();
        for rest in ["", "/observe", "/observations", "/observers", "/edit", "/to/2", "/cells/NEXT.."] {
            budget.keep(&mut lead, &kk(rest)).await;
        }
        for path in [next.clone(), format!("{next}/stages"), new] {
            budget.keep(&mut lead, &path).await;
        }
        for place in ["NEXT", "NEXT...", "nothing..", "PREDICTED.x.", "DISCUSSED..x"] {
            let status = lead.get(&kk(&format!("/cells/{place}"))).await.status;
            assert_eq!(status == StatusCode::OK, place.starts_with("NEXT") && place.len() == 4, "{place}");
        }

        // Nobody else sees any of it; whoever is not signed in is asked to.
        let mut stranger = Browser::of(&community, "trainer").await;
        let mut guest = Browser::new(&community);
        for rest in ["", "/observe", "/observations", "/stages", "/observers", "/edit", "/to/2"] {
            assert_eq!(stranger.get(&kk(rest)).await.status, StatusCode::NOT_FOUND, "{rest}");
            assert!(guest.get(&kk(rest)).await.location().starts_with("/kk/sign-in"), "{rest}");
        }
        for rest in ["/cells/NEXT..", "/cells/nothing", "/observations/none"] {
            assert!(!stranger.get(&kk(rest)).await.status.is_success(), "{rest}");
        }
    }
}
