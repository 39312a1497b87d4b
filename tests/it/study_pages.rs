//! A study as browsers without scripts have it: links and forms.

use reqwest::StatusCode;
use serde_json::{Value, json};
use tests::{Backend, both};

use crate::browser::{Browser, attributes};
use crate::community::{Community, text};
use crate::flows_on::{self, LETTERS, WORD};

/// What stands only where case pupils are written about. It must be on no page of others.
const MARK: &str = "тек топқа";

/// The person's own id.
async fn id_of(community: &Community, key: &str) -> String {
    let found = community
        .persona(key)
        .query("{ viewer { person { id } } }", Value::Null)
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
        let number = [("do", "add"), ("typifies", "Анасы 8 701 123 45 67"), ("level", "орта")];
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

    async fn a_report_is_shared_without_a_word_of_the_pupils(backend: Backend) {
        let community = Community::fresh(backend).await;
        let mut teacher = Browser::of(&community, "teacher").await;
        let mut admin = Browser::of(&community, "admin").await;
        let mut guest = Browser::new(&community);
        let study = of_the_demo(&mut teacher).await;

        // An association needs one lesson less: studies that run keep to it.
        let list = admin.get("/kk/studies/templates").await.html;
        let template = attributes(&list, "href").find(|to| to.contains("/studies/templates/") && !to.ends_with("/new"));
        let template = template.expect("a template that can be changed");
        assert_eq!(teacher.get(&template).await.status, StatusCode::NOT_FOUND);
        let page = admin.get(&template).await.html;
        let fields = filled(&page);
        let fields: Vec<_> = fields.iter().map(|(name, value)| (&**name, &**value)).collect();
        let many: Vec<_> = fields.iter().map(|(name, value)| (*name, if *name == "lessons" { "40" } else { *value })).collect();
        let refused = admin.submit(&template, "name=\"lessons\"", &many).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        let fewer: Vec<_> = fields.iter().map(|(name, value)| (*name, if *name == "lessons" { "2" } else { *value })).collect();
        admin.submit(&template, "name=\"lessons\"", &fewer).await.location();

        // The second lesson, as far as it is not done by pages.
        let id = study.rsplit('/').next().unwrap_or_default().to_owned();
        second_lesson(&community, &id).await;
        teacher.submit(&study, "value=\"conclude\"", &[("do", "conclude")]).await.location();

        let report = format!("{study}/report");
        let early = teacher.submit(&report, "value=\"report\"", &[("do", "report")]).await;
        assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY, "no progress is written");
        let findings = format!("{study}/findings");
        for letter in ["A", "B", "C"] {
            let input = format!("progress.{letter}");
            let typed = [(&*input, MARK)];
            teacher.submit(&findings, &format!("value=\"{letter}\""), &typed).await.location();
        }
        let begun = filled(&teacher.get(&report).await.html);
        assert!(begun.iter().any(|(name, text)| name == "methods" && text.contains("5 «А»")), "it begins with what was written: {begun:?}");
        let long = format!("Екі мектеп {LETTERS}. {}", format!("{WORD} ").repeat(200));
        let typed = [("do", "write"), ("context", &*long), ("aims", "Түсіндіру"), ("methods", "Екі сабақ"), ("findings", "Сурет көмектеседі"), ("changes", "Алдымен сурет саламыз")];
        teacher.submit(&report, "name=\"context\"", &typed).await.location();
        teacher.submit(&report, "value=\"report\"", &[("do", "report")]).await.location();
        let read = format!("/ru/reports/{id}");
        assert_eq!(guest.get(&read).await.status, StatusCode::NOT_FOUND, "it is not shared yet");
        let shared = teacher.submit(&report, "name=\"audience\"", &[("do", "share"), ("audience", "PUBLIC")]).await;
        assert_eq!(shared.location(), format!("/kk/reports/{id}"));

        let seen = guest.get(&read).await;
        assert_eq!(seen.status, StatusCode::OK);
        assert!(seen.html.contains("Сурет көмектеседі") && seen.html.contains("Алдымен сурет саламыз"));
        let pupils = ["Сұрағанда ғана түсіндіретін", "өз сөзімен айтпады", "Екі жолақты бірден салды", MARK];
        let mut outsider = Browser::of(&community, "outsider").await;
        for html in [seen.html, outsider.get(&read).await.html, teacher.get(&read).await.html] {
            for told in pupils {
                assert!(!html.contains(told), "{told}: {html}");
            }
        }
        let away = outsider.get(&study).await;
        assert_eq!(away.location(), format!("/kk/reports/{id}"));
        assert_eq!(outsider.get(&findings).await.status, StatusCode::NOT_FOUND);
        let network = attributes(&guest.get(&read).await.html, "href").find(|to| to.starts_with("/ru/networks/"));
        let network = guest.get(&network.expect("its network")).await.html;
        assert!(network.contains(&read), "its network tells of it");

        flows_on::on_paper(&community, &id, &pupils).await;
        let mut partner = Browser::of(&community, "partner_teacher").await;
        let work = flows_on::into_the_bank(&community, [&mut teacher, &mut partner], &id, &pupils).await;
        flows_on::says_nothing(&community, &id, &work, &pupils).await;
    }
}

/// The study that the demo is in the middle of.
async fn of_the_demo(teacher: &mut Browser) -> String {
    let list = teacher.get("/kk/studies").await.html;
    let study = attributes(&list, "href")
        .find(|to| to.starts_with("/kk/studies/std") || to.starts_with("/kk/studies/stu"));
    study
        .expect("a study")
        .split("/lessons")
        .next()
        .unwrap_or_default()
        .to_owned()
}

/// What the inputs of the form in a page hold: `textarea`, `select` and `input`.
fn filled(html: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let form = html.split("class=\"form\"").nth(1).unwrap_or_default();
    let form = form.split("</form>").next().unwrap_or_default();
    for part in form.split(" name=\"").skip(1) {
        let name = part.split('"').next().unwrap_or_default().to_owned();
        let (tag, rest) = part.split_once('>').unwrap_or_default();
        let value = if let Some(value) = attributes(tag, "value").next() {
            value
        } else if rest.starts_with('\n') {
            rest.split("</textarea>")
                .next()
                .unwrap_or_default()
                .trim()
                .to_owned()
        } else {
            let chosen = rest.split("</select>").next().unwrap_or_default();
            let chosen = chosen
                .split("<option")
                .find(|option| option.contains(" selected"));
            chosen
                .and_then(|option| attributes(option, "value").next())
                .unwrap_or_default()
        };
        if !matches!(&*name, "token" | "version" | "id" | "do") {
            found.push((name, value));
        }
    }
    found
}

/// The lesson that the demo plans is taught, discussed and closed.
async fn second_lesson(community: &Community, study: &str) {
    let lead = community.persona("teacher");
    let seen = lead
        .query(
            "query($id: ID!) { study(id: $id) { casePupils { id } lessons { id } } }",
            json!({"id": study}),
        )
        .await;
    let lesson = text(&seen, "/study/lessons/1/id");
    let pupils = seen["study"]["casePupils"].as_array().expect("pupils");
    let turn = async |field: &str| {
        let known = lead
            .query(
                "query($id: ID!) { researchLesson(id: $id) { version } }",
                json!({"id": lesson}),
            )
            .await;
        let document = format!(
            "mutation($i: ResearchLessonStepInput!) {{ {field}(input: $i) {{ userErrors {{ code }} }} }}"
        );
        let input = json!({"id": lesson, "version": known["researchLesson"]["version"]});
        let taken = lead.query(&document, json!({"i": input})).await;
        assert_eq!(taken[field]["userErrors"], json!([]), "{field}");
    };
    let write = async |kind: &str, pupil: Option<&Value>| {
        let place =
            json!({"lessonId": lesson, "kind": kind, "pupilId": pupil.map(|one| &one["id"])});
        let input = json!({"place": place, "version": 0, "text": MARK});
        let document = "mutation($i: SheetCellWriteInput!) { sheetCellWrite(input: $i) { userErrors { code } } }";
        let written = lead.query(document, json!({"i": input})).await;
        assert_eq!(written["sheetCellWrite"]["userErrors"], json!([]), "{kind}");
    };
    turn("researchLessonFreeze").await;
    turn("researchLessonTeach").await;
    turn("researchLessonOpenDiscussion").await;
    for pupil in pupils {
        write("DISCUSSED", Some(pupil)).await;
    }
    turn("researchLessonDiscuss").await;
    turn("researchLessonClose").await;
}
