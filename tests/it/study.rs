//! Lesson Study across schools: from the question to the shared finding, as its group, its expert and others see it.

use serde_json::{Value, json};
use tests::graphql::Client;
use tests::{Backend, both};

use crate::budget::cost;
use crate::community::{Community, codes, done, insist, number, text};

/// What stands only where case pupils are written about. It must never leave the group.
const MARK: &str = "canary-pupil";

/// What a group's workspace shows at once.
const WORKSPACE: &str = "query($id: ID!, $first: Int!) { study(id: $id) { id version theme question subject grade state audience
    template { id name { kk ru en } } viewerCanLead viewerCanWork viewerSteps
    members { id role state protocolAcceptedAt person { id name } school { id name { kk ru en } } }
    casePupils { id letter pseudonym typifies level progress }
    lessons { id number classLabel topic startsAt state taughtAt }
    notes(first: $first) { nodes { id body url createdAt } pageInfo { endCursor } } } }";

/// What the page of a lesson's sheet shows at once.
const SHEET: &str = "query($id: ID!, $first: Int!) { study(id: $id) { id theme viewerCanWork viewerCanComment
    casePupils { id letter typifies } others: lessons { number state }
    lessons(numbers: [1]) { id version state opensWith { text } teacher { name } school { id } present { name }
      stages { id name minutes } cells { id kind stageId pupilId text } comments { cellId }
      observers { person { name } pupil { id } } viewerWrites viewerSteps
      observations(first: $first) { totalCount nodes { takenAt fact pupil { id } author { name } } } } } }";

/// Notes handed in.
const SYNC: &str = "mutation($i: ObservationsSyncInput!) { observationsSync(input: $i) {
    observations { id state } refused { id } userErrors { code } } }";

/// The answer's payload of a mutation, whatever became of it.
async fn act(client: &Client, field: &str, ty: &str, select: &str, input: Value) -> Value {
    let document = format!(
        "mutation($i: {ty}!) {{ {field}(input: $i) {{ {select} userErrors {{ field code message }} }} }}"
    );
    insist(client, &document, json!({"i": input})).await[field].take()
}

/// The same, which must have worked.
async fn must(client: &Client, field: &str, ty: &str, select: &str, input: Value) -> Value {
    done(&json!({field: act(client, field, ty, select, input).await}))
}

/// A step of a study, with its codes.
async fn step(group: &Group, field: &str) -> Vec<String> {
    let version = group.study("version").await;
    let input = json!({"id": group.study, "version": number(&version, "/version")});
    let taken = act(
        &group.lead,
        field,
        "StudyStepInput",
        "study { state }",
        input,
    )
    .await;
    codes(&taken)
}

/// Four teachers of two schools with a study.
struct Group {
    community: Community,
    study: String,
    /// Two of school No. 2, two of school No. 1.
    people: Vec<(&'static str, Client, String)>,
    lead: Client,
}

/// The personas of the group with their schools.
const PEOPLE: [(&str, &str); 4] = [
    ("teacher", "№ 2 Конаев"),
    ("leading_coordinator", "№ 2 Конаев"),
    ("partner_teacher", "№ 1 Конаев"),
    ("magnetic_coordinator", "№ 1 Конаев"),
];

async fn person(client: &Client) -> String {
    let me = client
        .query("{ viewer { person { id } } }", json!({}))
        .await;
    text(&me, "/viewer/person/id")
}

impl Group {
    /// A draft: everybody joined and accepted the protocol, nothing else.
    async fn new(backend: Backend, nodes: usize) -> Self {
        let community = Community::on(backend, nodes).await;
        let mut people = Vec::new();
        for (at, (key, _)) in PEOPLE.iter().enumerate() {
            let client = community.persona_on(at % nodes, key);
            let id = person(&client).await;
            people.push((*key, client, id));
        }
        let lead = people[0].1.clone();
        let templates = lead
            .query(
                "{ studyTemplates { id lessons stages { number kind } } }",
                json!({}),
            )
            .await;
        let school = community.school("№ 2 Конаев").await;
        let input = json!({
            "templateId": text(&templates, "/studyTemplates/0/id"), "schoolId": school,
            "networkId": community.network_of(&school).await,
            "theme": "Шешімді түсіндіру", "idempotencyKey": "one"});
        let made = must(
            &lead,
            "studyCreate",
            "StudyCreateInput",
            "study { id }",
            input.clone(),
        )
        .await;
        let again = must(
            &lead,
            "studyCreate",
            "StudyCreateInput",
            "study { id }",
            input,
        )
        .await;
        assert_eq!(made, again);
        let group = Self {
            study: text(&made, "/study/id"),
            community,
            people,
            lead,
        };
        for (at, (_, school)) in PEOPLE.iter().enumerate().skip(1) {
            let member = group
                .invite(&group.people[at].2, json!({"role": "MEMBER"}))
                .await;
            let school = group.community.school(school).await;
            let input = json!({"id": member, "schoolId": school});
            must(
                &group.people[at].1,
                "studyJoin",
                "StudyJoinInput",
                "studyMember { state }",
                input,
            )
            .await;
        }
        group
    }

    /// An invitation by the lead.
    async fn invite(&self, person: &str, mut more: Value) -> String {
        more["studyId"] = json!(self.study);
        more["personId"] = json!(person);
        let invited = must(
            &self.lead,
            "studyInvite",
            "StudyInviteInput",
            "studyMember { id }",
            more,
        )
        .await;
        text(&invited, "/studyMember/id")
    }

    /// What the lead reads of the study.
    async fn study(&self, select: &str) -> Value {
        self.read(&self.lead, select).await
    }

    async fn read(&self, client: &Client, select: &str) -> Value {
        let document = format!("query($id: ID!) {{ study(id: $id) {{ {select} }} }}");
        client.query(&document, json!({"id": self.study})).await["study"].take()
    }

    async fn accept_all(&self) {
        for (_, client, _) in &self.people {
            let own = self.read(client, "viewerMember { id }").await;
            let input = json!({"id": text(&own, "/viewerMember/id")});
            must(
                client,
                "studyProtocolAccept",
                "StudyMemberInput",
                "studyMember { id }",
                input,
            )
            .await;
        }
    }

    async fn add_pupil(&self, typifies: &str) -> Value {
        let input = json!({"studyId": self.study, "typifies": typifies, "level": MARK});
        act(
            &self.lead,
            "casePupilAdd",
            "CasePupilAddInput",
            "casePupil { id letter }",
            input,
        )
        .await
    }

    /// Up to its first research lesson.
    async fn focused(backend: Backend, nodes: usize) -> Self {
        let group = Self::new(backend, nodes).await;
        group.accept_all().await;
        let school = group.community.school("№ 2 Конаев").await;
        let input = json!({"id": group.study, "version": 1, "theme": "Шешімді түсіндіру",
            "question": "Оқушылар жауабын қалай түсіндіреді?", "subject": "MATH", "grade": 5,
            "networkId": group.community.network_of(&school).await});
        must(
            &group.lead,
            "studyUpdate",
            "StudyUpdateInput",
            "study { version }",
            input,
        )
        .await;
        for _ in 0..3 {
            group.add_pupil(MARK).await;
        }
        assert_eq!(step(&group, "studyForm").await, [""; 0]);
        assert_eq!(step(&group, "studyFocus").await, [""; 0]);
        group
    }

    /// The next research lesson with two stages, planned.
    async fn lesson(&self) -> Lesson {
        let input = json!({"studyId": self.study, "classLabel": "5 «А»", "topic": "Бөлшектер",
            "teacherId": self.people[2].2});
        let added = must(
            &self.lead,
            "researchLessonAdd",
            "ResearchLessonAddInput",
            "researchLesson { id }",
            input,
        )
        .await;
        let id = text(&added, "/researchLesson/id");
        let mut stages = Vec::new();
        for name in ["Салыстыру", "Жұппен талқылау"] {
            let input = json!({"lessonId": id, "name": name, "minutes": 10});
            let added = must(
                &self.lead,
                "sheetStageAdd",
                "SheetStageAddInput",
                "sheetStage { id }",
                input,
            )
            .await;
            stages.push(text(&added, "/sheetStage/id"));
        }
        let pupils = self.study("casePupils { id }").await;
        let pupils = pupils["casePupils"].as_array().expect("pupils").iter();
        Lesson {
            id,
            stages,
            pupils: pupils.map(|pupil| text(pupil, "/id")).collect(),
        }
    }

    /// A step of a lesson, with its codes.
    async fn turn(&self, lesson: &Lesson, field: &str) -> Vec<String> {
        let document = "query($id: ID!) { researchLesson(id: $id) { version } }";
        let seen = self.lead.query(document, json!({"id": lesson.id})).await;
        let input = json!({"id": lesson.id, "version": number(&seen, "/researchLesson/version")});
        let taken = act(
            &self.lead,
            field,
            "ResearchLessonStepInput",
            "researchLesson { state }",
            input,
        )
        .await;
        codes(&taken)
    }

    async fn consent(&self) -> String {
        let today = self.community.operator().await.today().to_string();
        let input = json!({"studyId": self.study, "kind": "MONITORING", "scope": "5 «А»", "count": 24, "givenOn": today});
        let given = must(
            &self.lead,
            "consentRecord",
            "ConsentRecordInput",
            "consent { id holds }",
            input,
        )
        .await;
        text(&given, "/consent/id")
    }
}

/// A research lesson.
struct Lesson {
    id: String,
    stages: Vec<String>,
    pupils: Vec<String>,
}

impl Lesson {
    fn cell(&self, kind: &str, stage: Option<usize>, pupil: Option<usize>) -> Value {
        json!({"lessonId": self.id, "kind": kind, "stageId": stage.map(|at| &self.stages[at]),
            "pupilId": pupil.map(|at| &self.pupils[at])})
    }

    async fn write(&self, client: &Client, place: Value, version: i64, words: &str) -> Value {
        let input = json!({"place": place, "version": version, "text": words});
        act(
            client,
            "sheetCellWrite",
            "SheetCellWriteInput",
            "unwritten sheetCell { version text }",
            input,
        )
        .await
    }

    fn notes(&self, count: usize) -> Vec<Value> {
        let note = |n: usize| {
            json!({"id": id_made_on_a_device(), "takenAt": format!("2026-11-10T05:{:02}:00Z", 59 - n),
                "pupilId": self.pupils[n % 3], "stageId": self.stages[n % 2],
                "fact": format!("{MARK} fact {n}"), "interpretation": MARK})
        };
        (0..count).map(note).collect()
    }

    async fn sync(&self, client: &Client, notes: &[Value]) -> Value {
        let input = json!({"lessonId": self.id, "notes": notes});
        let select = "observations { id fact state } refused { id userErrors { code field } }";
        act(
            client,
            "observationsSync",
            "ObservationsSyncInput",
            select,
            input,
        )
        .await
    }
}

/// How many rows of a table are of the group's study.
fn own(table: &str) -> String {
    format!(
        "SELECT count(*) FROM {table} WHERE study_id IN (SELECT id FROM study WHERE theme = 'Шешімді түсіндіру')"
    )
}

fn id_made_on_a_device() -> String {
    domain::id::Id::<domain::observation::Observation>::fresh().to_string()
}

both! {
    async fn four_teachers_of_two_schools_study_three_lessons(backend: Backend) {
        let group = Group::new(backend, 2).await;
        let (lead, partner) = (&group.lead, &group.people[2].1);
        // The group stands when each accepted the protocol; the focus, with a question and three case pupils.
        assert_eq!(step(&group, "studyForm").await, ["PROTOCOL_MISSING"]);
        group.accept_all().await;
        assert_eq!(step(&group, "studyForm").await, [""; 0]);
        assert_eq!(step(&group, "studyFocus").await, ["QUESTION_MISSING"]);
        let input = json!({"id": group.study, "version": 2, "theme": "Шешімді түсіндіру", "subject": "MATH", "grade": 5,
            "question": "Оқушылар жауабын қалай түсіндіреді?"});
        must(lead, "studyUpdate", "StudyUpdateInput", "study { version }", input).await;
        assert_eq!(step(&group, "studyFocus").await, ["PUPILS_MISSING"]);
        assert_eq!(codes(&group.add_pupil("анасы 8 701 123 45 67").await), ["PERSONAL_NUMBER"]);
        assert_eq!(codes(&group.add_pupil("ЖСН 040506501238 немесе 040506 501237, 040506501236, 040506501235, 040506501234, 040506501233, 040506501232, 040506501231, 040506501230, 040506501239").await), ["PERSONAL_NUMBER"]);
        for letter in ["A", "B", "C"] {
            assert_eq!(text(&group.add_pupil(MARK).await, "/casePupil/letter"), letter);
        }
        assert_eq!(step(&group, "studyFocus").await, [""; 0]);
        let input = json!({"studyId": group.study, "body": "Қоржында үш жұмыс бар", "url": "https://bilimland.kz/a", "idempotencyKey": "n"});
        must(partner, "studyNoteAdd", "StudyNoteAddInput", "studyNote { id }", input).await;

        // Somebody from outside closes each discussion.
        let expert = group.community.persona_on(1, "outsider");
        let until = group.community.operator().await.today() + chrono::Days::new(60);
        let member = group.invite(&person(&expert).await, json!({"role": "EXPERT", "until": until.to_string()})).await;
        let seen = group.read(&expert, "theme casePupils { id }").await;
        assert_eq!(seen["casePupils"], json!([]), "asked, and not there yet");
        must(&expert, "studyJoin", "StudyJoinInput", "studyMember { state school { id } }", json!({"id": member})).await;

        for n in 1..=3 {
            assert_eq!(step(&group, "studyConclude").await, [if n == 1 { "WRONG_STATE" } else { "LESSONS_MISSING" }]);
            let lesson = group.lesson().await;
            let early = act(lead, "researchLessonAdd", "ResearchLessonAddInput", "researchLesson { id }", json!({"studyId": group.study, "classLabel": "x"})).await;
            assert_eq!(codes(&early), ["WRONG_STATE"], "one after the other");
            let opens = lead.query("query($id: ID!) { researchLesson(id: $id) { number opensWith { text } } }", json!({"id": lesson.id})).await;
            assert_eq!(number(&opens, "/researchLesson/number"), n);
            let before = opens.pointer("/researchLesson/opensWith/text").and_then(Value::as_str);
            assert_eq!(before.map(str::to_owned), (n > 1).then(|| format!("Шешім {}", n - 1)));

            for (kind, stage, pupil) in [("ACTIVITY", Some(0), None), ("RESOURCES", Some(1), None), ("CRITERION", None, Some(0)), ("PREDICTED", Some(0), Some(0)), ("PREDICTED", Some(1), Some(2))] {
                let words = if pupil.is_some() { MARK } else { "Салыстыру" };
                let written = lesson.write(partner, lesson.cell(kind, stage, pupil), 0, words).await;
                assert_eq!(codes(&written), [""; 0], "{kind}");
            }
            assert_eq!(codes(&lesson.write(partner, lesson.cell("OBSERVED", Some(0), Some(0)), 0, MARK).await), ["WRONG_STATE"]);
            let observer = json!({"lessonId": lesson.id, "personId": group.people[3].2, "pupilId": lesson.pupils[1]});
            must(lead, "observerAssign", "ObserverInput", "researchLesson { observers { person { name } pupil { letter } } }", observer).await;
            assert_eq!(group.turn(&lesson, "researchLessonFreeze").await, [""; 0]);
            assert_eq!(codes(&lesson.write(partner, lesson.cell("PREDICTED", Some(0), Some(1)), 0, MARK).await), ["WRONG_STATE"], "predictions stand");

            // Fifteen notes from a phone without signal, sent twice: the answer to the first was lost.
            let observer = &group.people[3].1;
            let notes = lesson.notes(15);
            let first = lesson.sync(observer, &notes).await;
            let second = lesson.sync(observer, &notes).await;
            assert_eq!(first, second);
            assert_eq!(first["observations"].as_array().map(Vec::len), Some(15));
            let document = "query($id: ID!) { researchLesson(id: $id) { observations(first: 100) { totalCount nodes { takenAt state pupil { letter } } } } }";
            let seen = lead.query(document, json!({"id": lesson.id})).await;
            assert_eq!(number(&seen, "/researchLesson/observations/totalCount"), 15);
            let taken: Vec<_> = seen["researchLesson"]["observations"]["nodes"].as_array().expect("notes").iter().map(|note| text(note, "/takenAt")).collect();
            assert!(taken.is_sorted(), "{taken:?}");

            if n == 1 {
                assert_eq!(group.turn(&lesson, "researchLessonTeach").await, ["CONSENT_MISSING"]);
                let consent = group.consent().await;
                must(lead, "consentWithdraw", "ConsentInput", "consent { holds }", json!({"id": consent})).await;
                assert_eq!(group.turn(&lesson, "researchLessonTeach").await, ["CONSENT_MISSING"], "it was withdrawn");
                group.consent().await;
            }
            assert_eq!(group.turn(&lesson, "researchLessonTeach").await, [""; 0]);
            for kind in ["ENJOYED", "LEARNED", "CAN_DO", "HELPED", "WOULD_CHANGE"] {
                assert_eq!(codes(&lesson.write(observer, lesson.cell(kind, None, Some(1)), 0, MARK).await), [""; 0]);
            }
            assert_eq!(codes(&lesson.write(partner, lesson.cell("OBSERVED", Some(0), Some(0)), 0, MARK).await), [""; 0]);

            assert_eq!(codes(&lesson.write(lead, lesson.cell("CLASS", None, None), 0, "x").await), ["WRONG_STATE"], "the discussion has not begun");
            assert_eq!(group.turn(&lesson, "researchLessonOpenDiscussion").await, [""; 0]);
            let locked = lead.query(document, json!({"id": lesson.id})).await;
            assert_eq!(text(&locked, "/researchLesson/observations/nodes/0/state"), "LOCKED");
            assert_eq!(codes(&lesson.write(lead, lesson.cell("CLASS", None, None), 0, "x").await), ["PUPIL_MISSED"]);
            for pupil in 0..3 {
                assert_eq!(group.turn(&lesson, "researchLessonDiscuss").await, ["PUPIL_MISSED"]);
                assert_eq!(codes(&lesson.write(lead, lesson.cell("DISCUSSED", None, Some(pupil)), 0, MARK).await), [""; 0]);
            }
            assert_eq!(codes(&lesson.write(lead, lesson.cell("TEACHING", None, None), 0, "x").await), ["DISCUSSION_ORDER"]);
            for (kind, words) in [("CLASS", "Сынып көп сөйледі".to_owned()), ("TEACHING", "Сұрақ көп болды".to_owned()), ("NEXT", format!("Шешім {n}"))] {
                assert_eq!(codes(&lesson.write(lead, lesson.cell(kind, None, None), 0, &words).await), [""; 0]);
            }
            // What a lesson says is open to the viewer is what the mutations take.
            let document = "query($id: ID!) { researchLesson(id: $id) { viewerWrites viewerSteps } }";
            let open = expert.query(document, json!({"id": lesson.id})).await;
            assert_eq!(open["researchLesson"], json!({"viewerWrites": ["CLOSING"], "viewerSteps": []}));
            let open = lead.query(document, json!({"id": lesson.id})).await;
            assert_eq!(open["researchLesson"], json!({"viewerWrites": ["OBSERVED", "ENJOYED", "LEARNED", "CAN_DO", "HELPED", "WOULD_CHANGE",
                "DISCUSSED", "CLASS", "TEACHING", "NEXT", "CLOSING"], "viewerSteps": ["DISCUSS"]}));
            assert_eq!(codes(&lesson.write(&expert, lesson.cell("NEXT", None, None), 1, "x").await), ["NOT_PERMITTED"]);
            assert_eq!(codes(&lesson.write(&expert, lesson.cell("CLOSING", None, None), 0, "Қорытынды сөз").await), [""; 0]);
            // What was still on a phone arrives all the same, and stays as it is.
            let late = lesson.sync(observer, &lesson.notes(1)).await;
            assert_eq!(text(&late, "/observations/0/state"), "LOCKED");
            assert_eq!(group.turn(&lesson, "researchLessonDiscuss").await, [""; 0]);
            assert_eq!(group.turn(&lesson, "researchLessonClose").await, [""; 0]);
            let refused = lesson.sync(observer, &[lesson.notes(1), notes.clone()].concat()).await;
            assert_eq!(text(&refused, "/refused/0/userErrors/0/code"), "WRONG_STATE");
            assert_eq!(refused["observations"].as_array().map(Vec::len), Some(15), "what came in time is there");
        }

        assert_eq!(step(&group, "studyConclude").await, [""; 0]);
        assert_eq!(step(&group, "studyReport").await, ["PROGRESS_MISSING"]);
        let study = group.study("casePupils { id version } report { version context aims methods findings changes }").await;
        for pupil in study["casePupils"].as_array().expect("pupils") {
            let input = json!({"id": pupil["id"], "version": pupil["version"], "progress": MARK});
            must(lead, "casePupilProgress", "CasePupilProgressInput", "casePupil { progress }", input).await;
        }
        // The report begins with what the group wrote before.
        let mut report = study["report"].clone();
        assert!(text(&report, "/changes").contains("Шешім 2") && text(&report, "/findings").contains("Сұрақ көп болды"), "{report:#}");
        assert_eq!(text(&report, "/aims"), "Оқушылар жауабын қалай түсіндіреді?");
        report["studyId"] = json!(group.study);
        must(partner, "studyReportWrite", "StudyReportWriteInput", "studyReport { version }", report).await;
        assert_eq!(step(&group, "studyReport").await, [""; 0]);
        let guest = group.community.guest();
        assert_eq!(group.read(&guest, "theme").await, Value::Null);
        let version = number(&group.study("version").await, "/version");
        let share = json!({"id": group.study, "version": version, "audience": "PUBLIC"});
        must(lead, "studyShare", "StudyShareInput", "study { state audience }", share).await;

        // What everybody reads of it, and what the schools read of it: nothing about a case pupil.
        let all = "theme state report { context aims methods findings changes } casePupils { typifies level progress } consents { scope }
            notes { nodes { body } } members { person { name } }
            lessons { topic stages { name } cells { text kind } comments { text } observers { pupil { level } }
              observations(first: 100) { nodes { fact interpretation } } }";
        let read = group.read(&guest, all).await;
        assert!(text(&read, "/report/changes").contains("Шешім 1"));
        assert_eq!(read["lessons"], json!([]));
        let school = group.read(&group.community.persona("konaev_coordinator"), all).await;
        assert_eq!(school["lessons"].as_array().map(Vec::len), Some(0), "no school of the group, no network given: {school:#}");
        for outside in [&read, &school] {
            assert!(!outside.to_string().contains(MARK), "{outside:#}");
        }
        group.community.settled().await;
        let facts = group.community.database.number(&format!("SELECT count(*) FROM outbox WHERE fact LIKE '%{MARK}%'")).await;
        assert_eq!(facts, 0, "a fact tells of a pupil");
        let inbox = group.people[3].1.query("{ viewer { notifications(first: 100) { nodes { title reason subject { id } } } } }", json!({})).await;
        for words in ["Вас приглашают в группу", "Вы наблюдаете за учеником на исследовательском уроке 1", "Отчёт открыт"] {
            assert!(inbox.to_string().contains(words), "{words}: {inbox:#}");
        }
    }

    async fn schools_read_plans_of_a_shared_study_and_nothing_of_a_pupil(backend: Backend) {
        let group = Group::focused(backend, 1).await;
        let lesson = group.lesson().await;
        for (kind, stage, pupil, words) in [("ACTIVITY", Some(0), None, "plan-here"), ("PREDICTED", Some(0), Some(0), MARK), ("CRITERION", None, Some(1), MARK)] {
            lesson.write(&group.lead, lesson.cell(kind, stage, pupil), 0, words).await;
        }
        let select = "theme casePupils { level } lessons { cells { text } }";
        let colleague = group.community.persona("konaev_coordinator");
        assert_eq!(group.read(&colleague, select).await, Value::Null, "a draft is the group's alone");
        let set = |rung: &str| format!("UPDATE study SET state = 'shared', rung = '{rung}' WHERE theme = 'Шешімді түсіндіру'");
        for (rung, who, sees) in [("school", "konaev_coordinator", false), ("network", "konaev_coordinator", true), ("network", "other_coordinator", false),
            ("school", "outsider", false), ("signed_in", "outsider", false), ("public", "trainer", false), ("public", "admin", false)] {
            group.community.database.run(&set(rung)).await;
            let seen = group.read(&group.community.persona(who), select).await;
            assert_eq!(seen.to_string().contains("plan-here"), sees, "{rung} {who}: {seen:#}");
            assert!(!seen.to_string().contains(MARK), "{rung} {who}: {seen:#}");
            assert_eq!(seen.is_null(), !sees && !matches!(rung, "signed_in" | "public"), "{rung} {who}");
        }
    }

    async fn an_expert_reads_one_study_until_their_day(backend: Backend) {
        let group = Group::focused(backend, 1).await;
        let lesson = group.lesson().await;
        group.consent().await;
        lesson.write(&group.lead, lesson.cell("PREDICTED", Some(0), Some(0)), 0, MARK).await;
        let expert = group.community.persona("outsider");
        let today = group.community.operator().await.today();
        let until = today + chrono::Days::new(7);
        let invite = json!({"studyId": group.study, "personId": person(&expert).await, "role": "EXPERT", "until": until.to_string()});
        let member = &group.people[2].1;
        let refused = act(member, "studyInvite", "StudyInviteInput", "studyMember { id }", invite.clone()).await;
        assert_eq!(codes(&refused), ["NOT_PERMITTED"], "experts are the lead's to invite");
        let membership = group.invite(&person(&expert).await, json!({"role": "EXPERT", "until": until.to_string()})).await;
        must(&expert, "studyJoin", "StudyJoinInput", "studyMember { state }", json!({"id": membership})).await;
        let select = "casePupils { level } consents { scope } lessons { cells { text } } viewerCanComment viewerCanWork viewerSteps";
        let seen = group.read(&expert, select).await;
        assert!(seen["lessons"].to_string().contains(MARK) && seen["casePupils"].to_string().contains(MARK), "{seen:#}");
        assert_eq!((&seen["consents"], &seen["viewerCanComment"], &seen["viewerCanWork"], &seen["viewerSteps"]), (&json!([]), &json!(true), &json!(false), &json!([])));
        assert_eq!(codes(&lesson.write(&expert, lesson.cell("PREDICTED", Some(0), Some(0)), 1, "x").await), ["NOT_PERMITTED"]);
        let comment = json!({"place": lesson.cell("ACTIVITY", Some(1), None), "text": "Неге осылай?", "idempotencyKey": "c"});
        for _ in 0..2 {
            must(&expert, "sheetCellComment", "SheetCellCommentInput", "cellComment { id }", comment.clone()).await;
        }
        assert_eq!(group.community.database.number(&own("cell_comment")).await, 1);
        // Of others' studies nothing; and of this one nothing either, once the day is over.
        let yesterday = today - chrono::Days::new(1);
        group.community.database.run(&format!("UPDATE study_member SET until_day = '{yesterday}' WHERE role = 'expert'")).await;
        assert_eq!(group.read(&expert, select).await, Value::Null);
        let late = act(&expert, "sheetCellComment", "SheetCellCommentInput", "cellComment { id }", json!({"place": lesson.cell("ACTIVITY", Some(1), None), "text": "x"})).await;
        assert_eq!(codes(&late), ["NOT_FOUND"]);
        // Nor of somebody who left.
        let left = group.read(member, "viewerMember { id }").await;
        must(&group.lead, "studyLeave", "StudyMemberInput", "studyMember { state }", json!({"id": text(&left, "/viewerMember/id")})).await;
        assert_eq!(group.read(member, select).await, Value::Null);
        let gone = lesson.sync(member, &lesson.notes(1)).await;
        assert_eq!(codes(&gone), ["NOT_FOUND"]);
    }

    async fn a_lead_hands_over_to_whoever_agrees(backend: Backend) {
        let group = Group::new(backend, 2).await;
        let members = group.study("members { id role person { id } }").await;
        let of = |at: usize| {
            let members = members["members"].as_array().expect("members").iter();
            let mut own = members.filter(|one| text(one, "/person/id") == group.people[at].2);
            text(own.next().expect("a member"), "/id")
        };
        let turn = async |client: &Client, field: &str, id: String| {
            codes(&act(client, field, "StudyMemberInput", "studyMember { role leadOfferedAt }", json!({"id": id})).await)
        };
        let (lead, second, third) = (&group.lead, &group.people[1].1, &group.people[2].1);
        assert_eq!(turn(lead, "studyLeave", of(0)).await, ["LEAD_STAYS"]);
        assert_eq!(turn(third, "studyLeadTake", of(2)).await, ["NOT_PERMITTED"], "nobody asked them");
        assert_eq!(turn(second, "studyLeadOffer", of(2)).await, ["NOT_PERMITTED"], "nor can a member");
        assert_eq!(turn(lead, "studyLeadOffer", of(0)).await, ["ROLE_SCOPE"]);
        // One at a time is asked; whoever is asked no more can't take it.
        assert_eq!(turn(lead, "studyLeadOffer", of(1)).await, [""; 0]);
        assert_eq!(turn(lead, "studyLeadOffer", of(2)).await, [""; 0]);
        let may = "viewerCanTakeLead viewerCanLead";
        assert_eq!(group.read(second, may).await, json!({"viewerCanTakeLead": false, "viewerCanLead": false}));
        assert_eq!(group.read(third, may).await["viewerCanTakeLead"], true);
        assert_eq!(turn(second, "studyLeadTake", of(1)).await, ["NOT_PERMITTED"]);
        assert_eq!(turn(second, "studyLeadTake", of(2)).await, ["NOT_PERMITTED"], "nor for another");
        assert_eq!(turn(third, "studyLeadDecline", of(2)).await, [""; 0]);
        assert_eq!(turn(third, "studyLeadTake", of(2)).await, ["NOT_PERMITTED"]);
        // Taken many times at once on two nodes, it is taken once; whoever led may leave then.
        assert_eq!(turn(lead, "studyLeadOffer", of(2)).await, [""; 0]);
        let there = group.community.persona_on(1, PEOPLE[2].0);
        let tries = (0..10).map(|n| turn(if n % 2 == 0 { third } else { &there }, "studyLeadTake", of(2)));
        for codes in futures_util::future::join_all(tries).await {
            assert_eq!(codes, [""; 0]);
        }
        let leads = "SELECT count(*) FROM study_member WHERE role = 'lead' AND study_id IN (SELECT id FROM study WHERE theme = 'Шешімді түсіндіру')";
        assert_eq!(group.community.database.number(leads).await, 1);
        assert_eq!(group.community.database.number("SELECT count(*) FROM outbox WHERE action = 'study.take_lead'").await, 1);
        assert_eq!(group.read(third, may).await["viewerCanLead"], true);
        assert_eq!(group.read(lead, may).await["viewerCanLead"], false);
        assert_eq!(turn(lead, "studyLeave", of(0)).await, [""; 0]);
        // The account of whoever leads is closed: any teacher of the group takes the lead, an expert does not.
        assert_eq!(turn(second, "studyLeadTake", of(1)).await, ["NOT_PERMITTED"]);
        group.community.database.run(&format!("UPDATE person SET state = 'suspended' WHERE name = '{}'", group.community.who(PEOPLE[2].0).name)).await;
        assert_eq!(group.read(second, may).await["viewerCanTakeLead"], true);
        assert_eq!(turn(second, "studyLeadTake", of(1)).await, [""; 0]);
        assert_eq!(group.read(second, may).await, json!({"viewerCanTakeLead": false, "viewerCanLead": true}));
        group.community.settled().await;
        let inbox = second.query("{ viewer { notifications(first: 100) { nodes { title } } } }", json!({})).await;
        assert!(inbox.to_string().contains("«Шешімді түсіндіру»"), "{inbox:#}");
    }

    async fn a_lead_finds_teachers_of_the_network_by_name(backend: Backend) {
        let group = Group::new(backend, 2).await;
        let find = async |client: &Client, name: &str| {
            let document = "query($id: ID!, $name: String!) { studyCandidates(studyId: $id, name: $name) { person { id name } school { id name { ru } } } }";
            client.query_raw(document, json!({"id": group.study, "name": name})).await
        };
        let code = |answer: &Value| text(answer, "/errors/0/extensions/code");
        // A teacher of the other school, whom the lead could not see before, by either name.
        let partner = group.community.who("partner_teacher").name.clone();
        for part in partner.split_whitespace().take(2) {
            let start: String = part.chars().take(4).collect();
            let found = find(&group.lead, &start.to_lowercase()).await;
            let names = found["data"]["studyCandidates"].to_string();
            assert!(names.contains(&partner), "{start}: {found:#}");
            assert!(names.contains("№ 1"), "{found:#}");
        }
        // Nobody of a school outside of the network; nobody whose account is closed.
        let outsider = group.community.who("outsider").name.clone();
        let start: String = outsider.chars().take(4).collect();
        assert!(!find(&group.lead, &start).await.to_string().contains(&outsider));
        group.community.database.run(&format!("UPDATE person SET state = 'suspended' WHERE name = '{partner}'")).await;
        let start: String = partner.chars().take(4).collect();
        assert!(!find(&group.lead, &start).await.to_string().contains(&partner));
        // Only whoever leads; only names with something to go by; not a pattern.
        assert_eq!(code(&find(&group.people[1].1, "айг").await), "NOT_PERMITTED");
        assert_eq!(code(&find(&group.community.persona("outsider"), "айг").await), "NOT_FOUND");
        for short in ["", "ай", "%%%", "  а "] {
            assert_eq!(code(&find(&group.lead, short).await), "TOO_SHORT", "{short:?}");
        }
        // Not often: on all nodes together.
        let there = group.community.persona_on(1, PEOPLE[0].0);
        let (mut refused, mut last) = (0, Value::Null);
        for n in 0..70 {
            let answer = find(if n % 2 == 0 { &group.lead } else { &there }, "мирас").await;
            refused += usize::from(answer["errors"].is_array() && code(&answer) == "THROTTLED");
            last = answer;
        }
        assert!((10..=15).contains(&refused), "{refused} of 70 were refused: {last:#}");
    }

    async fn twenty_write_one_sheet_and_lose_nothing(backend: Backend) {
        let group = Group::focused(backend, 2).await;
        let lesson = group.lesson().await;
        let place = lesson.cell("ACTIVITY", Some(0), None);
        // All at once into one empty cell: one is first, and everybody else gets both texts.
        let tries = (0..20).map(|n| {
            let (client, place, lesson) = (&group.people[n % 4].1, place.clone(), &lesson);
            async move { lesson.write(client, place, 0, &format!("[{n}]")).await }
        });
        let (mut first, mut met) = (0, 0);
        for (n, answer) in futures_util::future::join_all(tries).await.iter().enumerate() {
            match codes(answer).as_slice() {
                [] => first += 1,
                [code] if code == "CONFLICT" => {
                    assert_eq!(text(answer, "/unwritten"), format!("[{n}]"));
                    assert!(text(answer, "/sheetCell/text").starts_with('['), "{answer:#}");
                    met += 1;
                }
                codes => panic!("{codes:?}"),
            }
        }
        assert_eq!((first, met), (1, 19));
        // Each puts their word behind what they met: none is lost.
        let start = json!({"place": place, "version": 1, "text": ""});
        must(&group.lead, "sheetCellWrite", "SheetCellWriteInput", "sheetCell { version }", start).await;
        let writers = (0..20).map(|n| {
            let (client, place, lesson) = (&group.people[n % 4].1, place.clone(), &lesson);
            async move {
                let (mut version, mut words) = (2, String::new());
                loop {
                    let answer = lesson.write(client, place.clone(), version, &format!("{words}[{n}]")).await;
                    if codes(&answer).is_empty() {
                        return;
                    }
                    (version, words) = (number(&answer, "/sheetCell/version"), text(&answer, "/sheetCell/text"));
                }
            }
        });
        futures_util::future::join_all(writers).await;
        let document = "query($id: ID!) { researchLesson(id: $id) { cells(kinds: [ACTIVITY]) { version text } } }";
        let seen = group.lead.query(document, json!({"id": lesson.id})).await;
        let words = text(&seen, "/researchLesson/cells/0/text");
        for n in 0..20 {
            assert!(words.contains(&format!("[{n}]")), "{n} is lost: {words}");
        }
        assert_eq!(number(&seen, "/researchLesson/cells/0/version"), 22);
        // Written again after a lost answer is written once.
        assert_eq!(codes(&lesson.write(&group.lead, place, 21, &words).await), [""; 0]);
    }

    async fn a_batch_sent_fifty_times_arrives_once(backend: Backend) {
        let group = Group::focused(backend, 2).await;
        let lesson = group.lesson().await;
        group.turn(&lesson, "researchLessonFreeze").await;
        let mut notes = lesson.notes(15);
        // Some are not as they should be: they do not keep the others.
        notes[3]["fact"] = json!("8 701 123 45 67");
        notes[4]["pupilId"] = json!("csp_0192f0c1d2e37000800000000000abcd");
        notes[5]["id"] = json!("obs_nothing");
        let observer = &group.people[3].1;
        let sent = (0..50).map(|_| lesson.sync(observer, &notes));
        for answer in futures_util::future::join_all(sent).await {
            assert_eq!(answer["observations"].as_array().map(Vec::len), Some(12), "{answer:#}");
            let mut refused: Vec<_> = answer["refused"].as_array().expect("a list").iter().map(|one| text(one, "/userErrors/0/code")).collect();
            refused.sort();
            assert_eq!(refused, ["NOT_FOUND", "NOT_FOUND", "PERSONAL_NUMBER"]);
        }
        assert_eq!(group.community.database.number(&own("observation")).await, 12);
        let facts = group.community.database.number("SELECT count(*) FROM outbox WHERE fact LIKE '%Шешімді түсіндіру%\"observations\"%'").await;
        assert_eq!(facts, 1, "only what came anew is a fact");
        // Somebody else's note can't be taken over.
        let stolen = json!([{"id": notes[0]["id"], "takenAt": "2026-11-10T05:00:00Z", "fact": "x"}]);
        let answer = lesson.sync(&group.lead, stolen.as_array().expect("a list")).await;
        assert_eq!(text(&answer, "/refused/0/userErrors/0/code"), "ALREADY_EXISTS");
        let update = json!({"id": notes[0]["id"], "version": 1, "fact": "mended"});
        let theirs = act(&group.lead, "observationUpdate", "ObservationUpdateInput", "observation { version }", update.clone()).await;
        assert_eq!(codes(&theirs), ["NOT_PERMITTED"]);
        must(observer, "observationUpdate", "ObservationUpdateInput", "observation { version }", update).await;
    }

    async fn a_group_is_reminded_once_when_a_day_is_over(backend: Backend) {
        let mut group = Group::focused(backend, 1).await;
        let lesson = group.lesson().await;
        group.consent().await;
        group.turn(&lesson, "researchLessonFreeze").await;
        group.turn(&lesson, "researchLessonTeach").await;
        group.community.database.run("UPDATE research_lesson SET taught_at = '2026-01-01 00:00:00+00:00' WHERE state = 'taught'").await;
        // Every server looks at the calendar when it starts.
        let due = "SELECT count(*) FROM outbox WHERE fact LIKE '%discussion_due%'";
        for _ in 0..2 {
            group.community.start(&[]).await;
        }
        for _ in 0..100 {
            if group.community.database.number(due).await > 0 {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(200)).await;
        }
        group.community.settled().await;
        assert_eq!(group.community.database.number(due).await, 1);
        let inbox = group.people[2].1.query("{ viewer { notifications(filter: { reasons: [STUDY_WAITS] }, first: 20) { nodes { title } } } }", json!({})).await;
        assert!(inbox.to_string().contains("ещё не обсуждён"), "{inbox:#}");
    }

    async fn whoever_takes_part_hears_of_changes_at_once(backend: Backend) {
        let group = Group::focused(backend, 2).await;
        let lesson = group.lesson().await;
        group.community.settled().await;
        let listener = group.community.persona_on(1, "partner_teacher");
        let document = "subscription($id: ID!) { studyChanged(id: $id) { theme lessons { cells { text } } } }";
        let mut changes = listener.ws(document, json!({"id": group.study})).await;
        // What is written before the stream stands is not heard.
        let mut written = 0;
        loop {
            let text = format!("жаңа сөз {written}");
            lesson.write(&group.lead, lesson.cell("ACTIVITY", Some(0), None), written, &text).await;
            written += 1;
            let told = async { while !changes.next().await.to_string().contains(&text) {} };
            if tokio::time::timeout(std::time::Duration::from_secs(3), told).await.is_ok() {
                break;
            }
            assert!(written < 5, "nothing was heard of {written} changes");
        }
        // Who is there.
        let visit = json!({"lessonId": lesson.id});
        for (_, client, _) in &group.people[..2] {
            must(client, "sheetVisit", "SheetVisitInput", "researchLesson { id }", visit.clone()).await;
        }
        let there = must(&group.lead, "sheetVisit", "SheetVisitInput", "researchLesson { present { name } }", visit).await;
        assert_eq!(there["researchLesson"]["present"].as_array().map(Vec::len), Some(2), "{there:#}");
    }

    async fn a_workspace_and_a_batch_keep_to_their_statements(backend: Backend) {
        let group = Group::focused(backend, 1).await;
        let lesson = group.lesson().await;
        group.turn(&lesson, "researchLessonFreeze").await;
        for n in 0..20 {
            let input = json!({"studyId": group.study, "body": format!("{n}")});
            must(&group.lead, "studyNoteAdd", "StudyNoteAddInput", "studyNote { id }", input).await;
        }
        group.community.settled().await;
        let mut costs = Vec::new();
        for first in [1, 20] {
            costs.push(cost(&group.lead, WORKSPACE, &json!({"id": group.study, "first": first})).await);
        }
        assert!(costs[0] <= 6 && costs[0] == costs[1], "a workspace: {costs:?}");
        // What is sent again is answered alike and leaves no fact; what is new costs one statement more, its fact.
        let mut costs = Vec::new();
        for count in [1, 50] {
            let input = json!({"i": {"lessonId": lesson.id, "notes": lesson.notes(count)}});
            costs.push(cost(&group.people[3].1, SYNC, &input).await);
        }
        assert!(costs[0] <= 4 && costs[0] == costs[1], "a batch: {costs:?}");
        for (kind, stage, pupil) in [("ACTIVITY", 0, None), ("RESOURCES", 1, None), ("OBSERVED", 0, Some(0)), ("OBSERVED", 1, Some(2))] {
            lesson.write(&group.lead, lesson.cell(kind, Some(stage), pupil), 0, MARK).await;
        }
        group.community.settled().await;
        let mut costs = Vec::new();
        for first in [1, 50] {
            costs.push(cost(&group.lead, SHEET, &json!({"id": group.study, "first": first})).await);
        }
        assert!(costs[0] <= 16 && costs[0] == costs[1], "a sheet: {costs:?}");
    }

    async fn a_group_is_never_too_large(backend: Backend) {
        let group = Group::new(backend, 2).await;
        let mut others = Vec::new();
        for key in ["other_coordinator", "konaev_coordinator", "zarechnoye_coordinator", "taldykorgan_coordinator", "admin", "trainer"] {
            others.push(person(&group.community.persona(key)).await);
        }
        let asked = others.iter().enumerate().map(|(n, id)| {
            let (client, study) = (&group.people[n % 4].1, &group.study);
            let input = json!({"studyId": study, "personId": id, "role": "MEMBER"});
            async move { codes(&act(client, "studyInvite", "StudyInviteInput", "studyMember { id }", input).await) }
        });
        let answers = futures_util::future::join_all(asked).await;
        let refused = answers.iter().filter(|codes| *codes == &["TOO_MANY"]).count();
        assert_eq!(refused, 4, "{answers:?}");
        assert_eq!(group.community.database.number(&own("study_member")).await, 6);
    }
}
