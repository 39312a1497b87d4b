//! Lesson Study through five browsers: four teachers of two schools and an expert from outside, from the first invitation
//! to the shared report. What people do with each other they do in the pages; the second and the third lesson, which
//! only repeat the first, are made through the API.

use serde_json::{Value, json};
use tests::Backend;

use crate::community::{Community, text};
use crate::studying::must;
use crate::tab::{Profile, Tab};

/// What is written of case pupils alone. It must never leave the group.
const MARK: &str = "тек топқа";

/// A button of the forms about a step.
fn step(name: &str) -> String {
    format!("main button[name=do][value={name}]")
}

/// Chooses in a list.
async fn choose(tab: &Tab, name: &str, value: &str) {
    let chosen = format!(
        "(() => {{ const list = document.querySelector('main select[name={name}]'); list.value = {}; return list.value; }})()",
        json!(value)
    );
    assert_eq!(tab.text(&chosen).await, value, "no such choice of {name}");
}

/// Opens the page that the selector's nth link leads to.
async fn follow(tab: &Tab, selector: &str, nth: usize) {
    let link = format!(
        "document.querySelectorAll({})[{nth}].getAttribute('href')",
        json!(selector)
    );
    tab.open(&tab.text(&link).await).await;
}

async fn id_of(community: &Community, key: &str) -> String {
    let me = community
        .persona(key)
        .query("{ viewer { person { id } } }", Value::Null)
        .await;
    text(&me, "/viewer/person/id")
}

/// Everybody who takes part.
struct Group {
    lead: Tab,
    colleague: Tab,
    partner: Tab,
    observer: Tab,
    expert: Tab,
    /// The address of the study, without the language.
    study: String,
}

impl Group {
    /// The group comes together across schools, and each accepts its protocol.
    async fn gather(community: &Community) -> Self {
        let tab = async |key| Tab::of(community, 0, key).await;
        let lead = tab("teacher").await;
        lead.open("/kk/studies/new").await;
        let school = community.school("№ 2 Конаев").await;
        choose(&lead, "networkId", &community.network_of(&school).await).await;
        lead.fill("theme", "Бөлшектерді түсіндіру").await;
        lead.send("main form.form button").await;
        let protocol = lead.path().await;
        let study = protocol
            .trim_start_matches("/kk")
            .trim_end_matches("/protocol")
            .to_owned();
        lead.send("main form:has([name=id]) button").await;
        // A teacher of another school is found by name; others, by the address of their page.
        let partner = id_of(community, "partner_teacher").await;
        lead.open(&format!("/kk{study}/invite")).await;
        let start: String = community
            .who("partner_teacher")
            .name
            .chars()
            .take(4)
            .collect();
        lead.fill("name", &start).await;
        lead.send("main form:has([name=name]) button").await;
        choose(&lead, "personId", &partner).await;
        lead.send("main form:has([name=personId]) button").await;
        for key in ["leading_coordinator", "magnetic_coordinator", "outsider"] {
            lead.open(&format!("/kk{study}/invite")).await;
            lead.fill("personId", &id_of(community, key).await).await;
            if key == "outsider" {
                choose(&lead, "role", "EXPERT").await;
                let until = community.operator().await.today() + chrono::Days::new(60);
                lead.fill("until", &until.to_string()).await;
            }
            lead.send("main form:has([name=personId]) button").await;
            assert_eq!(
                lead.path().await,
                format!("/kk{study}/group"),
                "{key} is not asked"
            );
        }
        let group = Self {
            lead,
            colleague: tab("leading_coordinator").await,
            partner: tab("partner_teacher").await,
            observer: {
                let tab = Profile::new().await.tab(&community.guest().base).await;
                tab.sign_in(community, "magnetic_coordinator").await;
                tab
            },
            expert: tab("outsider").await,
            study,
        };
        for tab in [
            &group.colleague,
            &group.partner,
            &group.observer,
            &group.expert,
        ] {
            tab.open(&group.at("/group")).await;
            tab.send(&step("join")).await;
            tab.send("main form:has([name=id]) button").await;
        }
        group
    }

    /// An address of the study's, in Russian.
    fn at(&self, rest: &str) -> String {
        format!("/ru{}{rest}", self.study)
    }

    fn lesson(&self, rest: &str) -> String {
        self.at(&format!("/lessons/1{rest}"))
    }

    /// The lead presses the button of a step on a page.
    async fn turn(&self, page: &str, word: &str) {
        self.lead.open(page).await;
        self.lead.send(&step(word)).await;
        let alert = self
            .lead
            .eval("document.querySelector('[role=alert]:not([hidden])')?.innerText ?? ''")
            .await;
        assert_eq!(alert, json!(""), "{word}");
    }

    /// The question, three case pupils, and what families allowed.
    async fn focus(&self, community: &Community) {
        self.turn(&self.at(""), "form").await;
        let lead = &self.lead;
        lead.open(&self.at("/edit")).await;
        lead.fill("question", "Оқушылар жауабын қалай түсіндіреді?")
            .await;
        lead.send("main form.form button").await;
        for level in ["жоғары", "орта", "төмен"] {
            lead.open(&self.at("/pupils")).await;
            lead.fill("typifies", MARK).await;
            lead.fill("level", level).await;
            lead.send(&step("add")).await;
        }
        self.turn(&self.at(""), "focus").await;
        lead.open(&self.at("/consents")).await;
        lead.fill("scope", "5 «А»").await;
        lead.fill("count", "24").await;
        lead.fill("givenOn", &community.operator().await.today().to_string())
            .await;
        lead.send(&step("record")).await;
    }

    /// The lesson is planned together: two write one cell at the same time, and a third sees it grow.
    async fn plan(&self) {
        let lead = &self.lead;
        lead.open(&self.at("/lessons/new")).await;
        lead.fill("classLabel", "5 «А»").await;
        lead.fill("topic", "Бөлшектерді салыстыру").await;
        lead.send("main form.form button").await;
        for name in ["Салыстыру", "Жұппен талқылау"] {
            lead.open(&self.lesson("/stages")).await;
            let add = "main form:has(button[value=add])";
            lead.click(&format!("{add} [name=name]")).await;
            lead.write(name).await;
            lead.click(&format!("{add} [name=minutes]")).await;
            lead.eval(&format!(
                "document.querySelector('{add} [name=minutes]').value = ''"
            ))
            .await;
            lead.write("10").await;
            lead.send(&step("add")).await;
        }
        self.colleague.open(&self.lesson("")).await;
        for tab in [lead, &self.partner] {
            tab.open(&self.lesson("")).await;
            follow(tab, "main a[href*='/cells/PREDICTED.']", 0).await;
        }
        for (tab, words) in [(lead, "Сурет салады"), (&self.partner, "Екі жолақ салады")]
        {
            tab.fill("text", words).await;
            tab.send("main form:has([name=text]) button").await;
        }
        // Whoever was second sees both texts, and keeps both.
        let met = self.partner.words().await;
        assert!(met.contains("Сурет салады"), "{met}");
        self.partner.send(&step("both")).await;
        self.colleague
            .until("document.body.innerText.includes('Екі жолақ салады')")
            .await;
        let sheet = self.colleague.words().await;
        assert!(sheet.contains("Сурет салады"), "nothing is lost: {sheet}");
    }

    /// Somebody watches a pupil, in a classroom without a signal.
    async fn observe(&self, community: &Community) {
        let (lead, observer) = (&self.lead, &self.observer);
        lead.open(&self.lesson("/observers")).await;
        choose(
            lead,
            "personId",
            &id_of(community, "magnetic_coordinator").await,
        )
        .await;
        lead.send(&step("assign")).await;
        self.turn(&self.lesson(""), "FREEZE").await;
        observer.open(&self.lesson("/observe")).await;
        observer.until("!!navigator.serviceWorker.controller").await;
        observer.open(&self.lesson("/observe")).await;
        observer.signal(false).await;
        let facts = [
            "екі жолақ салды",
            "көршісіне түсіндірді",
            "«өйткені» деп бастады",
        ];
        for fact in facts {
            observer.fill("fact", &format!("{MARK}: {fact}")).await;
            observer.click("#observe .btn").await;
            observer
                .until("document.querySelector('#observe [name=fact]').value === ''")
                .await;
        }
        observer
            .until("document.getElementById('waiting').textContent === '3'")
            .await;
        observer.signal(true).await;
        observer
            .until("document.getElementById('waiting').textContent === '0'")
            .await;
        lead.open(&self.lesson("/observations")).await;
        let words = lead.words().await;
        let places: Vec<_> = facts.iter().map(|fact| words.find(fact)).collect();
        assert!(
            places.iter().all(Option::is_some) && places.is_sorted(),
            "each once, in their order: {words}"
        );
        assert_eq!(words.matches(MARK).count(), 3, "{words}");
    }

    /// The discussion in its order; the expert asks, and has the last word.
    async fn discuss(&self) {
        self.turn(&self.lesson(""), "TEACH").await;
        self.turn(&self.lesson(""), "OPEN_DISCUSSION").await;
        let (lead, expert) = (&self.lead, &self.expert);
        expert.open(&self.lesson("")).await;
        follow(expert, "main a[href*='/cells/PREDICTED.']", 0).await;
        expert.fill("comment", "Неге екі жолақ?").await;
        expert.send("main form:has([name=comment]) button").await;
        for (kind, nth, words) in [
            ("DISCUSSED", 0, MARK),
            ("DISCUSSED", 1, MARK),
            ("DISCUSSED", 2, MARK),
            ("CLASS", 0, "Сынып белсенді болды"),
            ("TEACHING", 0, "Уақыт жетпеді"),
            ("NEXT", 0, "Алдымен сурет саламыз"),
        ] {
            lead.open(&self.lesson("")).await;
            follow(lead, &format!("main a[href*='/cells/{kind}.']"), nth).await;
            lead.fill("text", words).await;
            lead.send("main form:has([name=text]) button").await;
        }
        expert.open(&self.lesson("")).await;
        follow(expert, "main a[href*='/cells/CLOSING.']", 0).await;
        expert.fill("text", "Балалардың өз сөзін тыңдаңыз").await;
        expert.send("main form:has([name=text]) button").await;
        self.turn(&self.lesson(""), "DISCUSS").await;
        self.turn(&self.lesson(""), "CLOSE").await;
    }

    /// Another lesson, which repeats the first.
    async fn repeat(&self, community: &Community) {
        let client = community.persona("teacher");
        let id = self.study.rsplit('/').next().expect("an id");
        let read = "query($id: ID!) { study(id: $id) { casePupils { id } } }";
        let seen = client.query(read, json!({"id": id})).await;
        let pupils = seen["study"]["casePupils"].as_array().expect("pupils");
        let card = json!({"studyId": id, "classLabel": "5 «Ә»"});
        let added = must(
            &client,
            "researchLessonAdd",
            "ResearchLessonAddInput",
            "researchLesson { id }",
            card,
        )
        .await;
        let lesson = text(&added, "/researchLesson/id");
        let turn = async |field: &str| {
            let read = "query($id: ID!) { researchLesson(id: $id) { version } }";
            let seen = client.query(read, json!({"id": lesson})).await;
            let input = json!({"id": lesson, "version": seen["researchLesson"]["version"]});
            must(
                &client,
                field,
                "ResearchLessonStepInput",
                "researchLesson { id }",
                input,
            )
            .await;
        };
        for field in [
            "researchLessonFreeze",
            "researchLessonTeach",
            "researchLessonOpenDiscussion",
        ] {
            turn(field).await;
        }
        for pupil in pupils {
            let place = json!({"lessonId": lesson, "kind": "DISCUSSED", "pupilId": pupil["id"]});
            let input = json!({"place": place, "version": 0, "text": MARK});
            must(
                &client,
                "sheetCellWrite",
                "SheetCellWriteInput",
                "sheetCell { id }",
                input,
            )
            .await;
        }
        for field in ["researchLessonDiscuss", "researchLessonClose"] {
            turn(field).await;
        }
    }

    /// What was found is written down and shared with everybody.
    async fn share(&self) {
        let lead = &self.lead;
        self.turn(&self.at(""), "conclude").await;
        for letter in ["A", "B", "C"] {
            lead.open(&self.at("/findings")).await;
            let form = format!("main form:has([type=hidden][value={letter}])");
            lead.click(&format!("{form} textarea")).await;
            lead.write(MARK).await;
            lead.send(&format!("{form} button")).await;
        }
        lead.open(&self.at("/report")).await;
        for (name, words) in [
            ("findings", "Сурет көмектеседі"),
            ("changes", "Алдымен сурет саламыз"),
        ] {
            lead.fill(name, words).await;
        }
        lead.send(&step("write")).await;
        self.turn(&self.at("/report"), "report").await;
        choose(lead, "audience", "PUBLIC").await;
        lead.send(&step("share")).await;
    }
}

#[tokio::test]
async fn four_teachers_of_two_schools_and_an_expert_study_lessons() {
    let community = Community::fresh(Backend::Sqlite).await;
    community.settled().await;
    let group = Group::gather(&community).await;
    group.focus(&community).await;
    group.plan().await;
    group.observe(&community).await;
    group.discuss().await;
    for _ in 0..2 {
        group.repeat(&community).await;
    }
    // The second lesson opens with what was decided after the first.
    group.partner.open(&group.at("/lessons/2")).await;
    let words = group.partner.words().await;
    assert!(words.contains("Алдымен сурет саламыз"), "{words}");
    group.share().await;

    let guest = Tab::new(&community).await;
    let report = group.study.replace("/studies/", "/kk/reports/");
    guest.open(&report).await;
    let words = guest.words().await;
    assert!(
        words.contains("Сурет көмектеседі") && !words.contains(MARK),
        "{words}"
    );
    // The expert's day is over.
    group.expert.open(&group.lesson("")).await;
    assert!(group.expert.words().await.contains(MARK));
    let yesterday = community.operator().await.today() - chrono::Days::new(1);
    community
        .database
        .run(&format!(
            "UPDATE study_member SET until_day = '{yesterday}' WHERE role = 'expert'"
        ))
        .await;
    group.expert.open(&group.lesson("")).await;
    assert!(!group.expert.words().await.contains(MARK));
}
