//! A study as browsers without scripts have it: links and forms.

use reqwest::StatusCode;
use tests::{Backend, both};

use crate::browser::{Browser, attributes};
use crate::community::Community;

/// What stands only where case pupils are written about. It must be on no page of others.
const MARK: &str = "тек топқа";

/// The person's own id.
async fn id_of(community: &Community, key: &str) -> String {
    let found = community
        .persona(key)
        .query("{ viewer { person { id } } }", serde_json::Value::Null)
        .await;
    found["viewer"]["person"]["id"]
        .as_str()
        .expect("an id")
        .to_owned()
}

/// Begins a study; the address of its page.
async fn begin(teacher: &mut Browser, theme: &str) -> String {
    let page = teacher.get("/kk/studies/new").await;
    let template = attributes(&page.html, "value")
        .find(|value| value.starts_with("studytemplate") || value.contains("emplate"));
    let school = first_option(&page.html, "schoolId");
    let mut typed = vec![("theme", theme), ("grade", "5"), ("schoolId", &*school)];
    let chosen = checked(&page.html, "templateId")
        .or(template)
        .expect("a template");
    typed.push(("templateId", &*chosen));
    let made = teacher
        .submit("/kk/studies/new", "templateId", &typed)
        .await;
    let protocol = made.location();
    assert!(protocol.ends_with("/protocol"), "{protocol}");
    protocol.replace("/protocol", "")
}

/// The value of the button or box of this name that is chosen.
fn checked(html: &str, name: &str) -> Option<String> {
    let inputs = html
        .split("<input ")
        .skip(1)
        .filter_map(|rest| rest.split('>').next());
    let mut inputs =
        inputs.filter(|tag| tag.contains(&format!("name=\"{name}\"")) && tag.contains(" checked"));
    attributes(&format!(" {}", inputs.next()?), "value").next()
}

/// The first choice of a list.
fn first_option(html: &str, name: &str) -> String {
    let (_, rest) = html
        .split_once(&format!("name=\"{name}\""))
        .expect("a list");
    attributes(rest, "value").next().expect("a choice")
}

both! {
    async fn a_group_of_two_schools_comes_together_by_forms_alone(backend: Backend) {
        let community = Community::fresh(backend).await;
        let mut teacher = Browser::of(&community, "teacher").await;
        let mut partner = Browser::of(&community, "partner_teacher").await;
        let mut outsider = Browser::of(&community, "outsider").await;
        let mut guest = Browser::new(&community);

        assert!(guest.get("/kk/studies").await.location().starts_with("/kk/sign-in"));
        let nameless = teacher.submit("/kk/studies/new", "templateId", &[("theme", ""), ("templateId", "x"), ("schoolId", "x")]).await;
        assert_eq!(nameless.status, StatusCode::UNPROCESSABLE_ENTITY);
        let study = begin(&mut teacher, "Бөлшектерді түсіндіру").await;
        assert!(teacher.get("/kk/studies").await.html.contains("Бөлшектерді түсіндіру"));
        for path in ["", "/group", "/protocol", "/notes", "/pupils", "/consents", "/findings", "/report", "/edit", "/invite"] {
            let page = format!("{study}{path}");
            assert_eq!(outsider.get(&page).await.status, StatusCode::NOT_FOUND, "{path}");
            assert_eq!(teacher.get(&page).await.status, StatusCode::OK, "{path}");
        }

        // Somebody of another school is found by the address of their page; nobody is invited twice.
        let address = format!("https://bank.example/kk/bank/by/{}", id_of(&community, "partner_teacher").await);
        let typed = [("personId", &*address), ("role", "MEMBER")];
        let invite = format!("{study}/invite");
        let sent = teacher.submit(&invite, "personId", &typed).await;
        assert_eq!(sent.location(), format!("{study}/group"));
        let twice = teacher.submit(&invite, "personId", &typed).await;
        assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(twice.html.contains(&address), "what was typed stays");

        // Whoever is asked finds it on the first page and in the list, and sees nothing of the inside yet.
        let theirs = study.replacen("/kk/", "/ru/", 1);
        let group = format!("{theirs}/group");
        assert!(partner.get("/ru").await.html.contains(&group));
        assert!(partner.get("/ru/studies").await.html.contains(&group));
        assert_eq!(partner.get(&format!("{theirs}/notes")).await.status, StatusCode::NOT_FOUND);
        let school = first_option(&partner.get(&group).await.html, "schoolId");
        let joined = partner.submit(&group, "value=\"join\"", &[("do", "join"), ("schoolId", &school)]).await;
        assert_eq!(joined.location(), format!("{theirs}/protocol"));
        let protocol = format!("{theirs}/protocol");
        partner.submit(&protocol, "name=\"id\"", &[]).await.location();

        // The group does not stand before each accepted the protocol.
        let early = teacher.get(&study).await.html;
        assert!(!early.contains("value=\"form\""), "{early}");
        teacher.submit(&format!("{study}/protocol"), "name=\"id\"", &[]).await.location();
        teacher.submit(&study, "value=\"form\"", &[("do", "form")]).await.location();

        // The question, which the theme gives way to.
        let typed = [("theme", "Бөлшектер"), ("question", "Қалай түсіндіреміз?"), ("grade", "5")];
        teacher.submit(&format!("{study}/edit"), "theme", &typed).await.location();
        assert_eq!(teacher.get(&study).await.h1(), "Қалай түсіндіреміз?");

        // Notes with a link; what is no address is told and nothing typed is lost.
        let notes = format!("{theirs}/notes");
        let wrong = [("do", "add"), ("body", "В копилке есть задачи"), ("url", "копилка")];
        let refused = partner.submit(&notes, "name=\"body\"", &wrong).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.html.contains("В копилке есть задачи") && refused.html.contains("href=\"#f-url\""));
        let right = [("do", "add"), ("body", "В копилке есть задачи"), ("url", "https://bank.example/1")];
        partner.submit(&notes, "name=\"body\"", &right).await.location();
        let read = teacher.get(&format!("{study}/notes")).await.html;
        assert!(read.contains("https://bank.example/1") && !read.contains("value=\"remove\""), "only who wrote it takes it back");
        partner.submit(&notes, "value=\"remove\"", &[("do", "remove")]).await.location();
        assert!(!teacher.get(&format!("{study}/notes")).await.html.contains("https://bank.example/1"));

        // Case pupils: letters; a number that tells who they are is stopped, with the reason.
        let pupils = format!("{study}/pupils");
        let number = [("do", "add"), ("typifies", "ЖСН 120315501234"), ("level", "орта")];
        let stopped = teacher.submit(&pupils, "name=\"typifies\"", &number).await;
        assert_eq!(stopped.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(stopped.html.contains("id=\"e-typifies\""), "{}", stopped.html);
        for level in ["жоғары", "орта", "төмен", "артық"] {
            let typed = [("do", "add"), ("typifies", MARK), ("level", level)];
            teacher.submit(&pupils, "name=\"typifies\"", &typed).await.location();
        }
        let typed = [("typifies", MARK), ("level", "орта"), ("pseudonym", "Жұлдыз")];
        teacher.submit(&format!("{pupils}/B"), "name=\"level\"", &typed).await.location();
        let seen = partner.get(&format!("{theirs}/pupils")).await.html;
        assert!(seen.contains("Жұлдыз") && seen.contains("D"), "{seen}");
        // Three or six, not four.
        let four = teacher.get(&study).await.html;
        assert!(!four.contains("value=\"focus\""));
        teacher.submit(&pupils, "value=\"remove\"", &[("do", "remove")]).await.location();
        teacher.submit(&study, "value=\"focus\"", &[("do", "focus")]).await.location();

        // The ledger: recorded, withdrawn.
        let consents = format!("{study}/consents");
        let empty = [("do", "record"), ("kind", "MONITORING"), ("scope", "5 «А»"), ("count", "көп"), ("givenOn", "2026-01-12")];
        let refused = teacher.submit(&consents, "name=\"scope\"", &empty).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.html.contains("id=\"e-count\""));
        let given = [("do", "record"), ("kind", "MONITORING"), ("scope", "5 «А»"), ("count", "24"), ("givenOn", "2025-09-01")];
        teacher.submit(&consents, "name=\"scope\"", &given).await.location();
        let held = partner.get(&format!("{theirs}/consents")).await.html;
        assert!(held.contains("5 «А»"), "{held}");
        partner.submit(&format!("{theirs}/consents"), "value=\"withdraw\"", &[("do", "withdraw")]).await.location();
        assert!(!teacher.get(&consents).await.html.contains("value=\"withdraw\""));

        // A rest needs a reason.
        let silent = teacher.submit(&study, "value=\"pause\"", &[("do", "pause"), ("reason", "")]).await;
        assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
        teacher.submit(&study, "value=\"pause\"", &[("do", "pause"), ("reason", "Каникул")]).await.location();
        assert!(partner.get(&theirs).await.html.contains("Каникул"));
        teacher.submit(&study, "value=\"resume\"", &[("do", "resume")]).await.location();

        // Whoever leaves sees nothing of it any more.
        let left = partner.submit(&group, "value=\"1\"", &[("do", "leave")]).await;
        assert_eq!(left.location(), "/ru/studies");
        assert_eq!(partner.get(&theirs).await.status, StatusCode::NOT_FOUND);
    }
}
