//! The joint plan of a partnership's year: agreed by both, carried out, shown, reported and acknowledged.

use serde_json::{Value, json};
use tests::graphql::Client;
use tests::{Backend, both};

use crate::browser::{Browser, attributes};
use crate::budget::cost;
use crate::community::{Community, codes, done, insist, number, text};

/// The school year, and days in it that lie ahead or behind.
const YEAR: i32 = 2026;

/// What a partnership's plan shows at once.
pub const PLAN: &str = "query($id: ID!) { plan(id: $id) { id version year state activityCount doneCount
    partnership { id leading { name { text } } magnetic { name { text } } }
    activities { id version kind title startsOn endsOn host expected state reason agreed
        hostSchool { id } responsible { id name } evidence { id body study { id } lesson { id } resource { id } }
        viewerCanChange viewerCanFinish viewerCanShow }
    acceptances { side person { name } } reports { id term state }
    viewerCanChange viewerCanAccept viewerCanReport } }";

/// The answer's payload of a mutation, whatever became of it.
async fn act(client: &Client, field: &str, ty: &str, select: &str, input: Value) -> Value {
    let document = format!(
        "mutation($i: {ty}!) {{ {field}(input: $i) {{ {select} userErrors {{ code field message }} }} }}"
    );
    insist(client, &document, json!({"i": input})).await[field].take()
}

/// The same, which must have worked.
async fn must(client: &Client, field: &str, ty: &str, select: &str, input: Value) -> Value {
    done(&json!({field: act(client, field, ty, select, input).await}))
}

/// Two schools that are partners, with a plan of this year.
struct Pair {
    community: Community,
    leading: Client,
    magnetic: Client,
    plan: String,
}

impl Pair {
    async fn new(backend: Backend, nodes: usize) -> Self {
        let community = Community::on(backend, nodes).await;
        let leading = community.persona_on(0, "leading_coordinator");
        let magnetic = community.persona_on(nodes - 1, "magnetic_coordinator");
        let partnership = partnership(&community).await;
        let input = json!({"partnershipId": partnership, "year": YEAR, "idempotencyKey": "one"});
        let made = must(
            &leading,
            "planCreate",
            "PlanCreateInput",
            "plan { id }",
            input.clone(),
        )
        .await;
        let again = must(
            &leading,
            "planCreate",
            "PlanCreateInput",
            "plan { id }",
            input,
        )
        .await;
        assert_eq!(made, again);
        let other = json!({"partnershipId": partnership, "year": YEAR});
        let other = act(
            &magnetic,
            "planCreate",
            "PlanCreateInput",
            "plan { id }",
            other,
        )
        .await;
        assert_eq!(codes(&other), ["ALREADY_EXISTS"]);
        Self {
            plan: text(&made, "/plan/id"),
            community,
            leading,
            magnetic,
        }
    }

    async fn read(&self, client: &Client) -> Value {
        client.query(PLAN, json!({"id": self.plan})).await["plan"].take()
    }

    fn card(&self, title: &str, on: &str) -> Value {
        json!({"planId": self.plan, "kind": "SEMINAR", "title": title, "startsOn": on, "host": "MAGNETIC",
            "expected": "Учителя двух школ наблюдают за учениками по одному листу"})
    }

    async fn add(&self, title: &str, on: &str) -> Value {
        let card = self.card(title, on);
        must(
            &self.leading,
            "activityAdd",
            "ActivityAddInput",
            "activity { id version }",
            card,
        )
        .await
    }

    async fn accept(&self, client: &Client) -> Vec<String> {
        let version = number(&self.read(client).await, "/version");
        let input = json!({"id": self.plan, "version": version});
        codes(
            &act(
                client,
                "planAccept",
                "PlanAcceptInput",
                "plan { state }",
                input,
            )
            .await,
        )
    }

    async fn agreed(&self) {
        assert_eq!(self.accept(&self.leading).await, [""; 0]);
        assert_eq!(self.accept(&self.magnetic).await, [""; 0]);
    }

    async fn state(&self) -> String {
        text(&self.read(&self.leading).await, "/state")
    }

    async fn titles(&self, persona: &str) -> Vec<String> {
        self.community.settled().await;
        let document = "{ viewer { notifications(first: 50) { nodes { title reason } } } }";
        let seen = self
            .community
            .persona(persona)
            .query(document, json!({}))
            .await;
        let nodes = seen["viewer"]["notifications"]["nodes"]
            .as_array()
            .expect("a list")
            .clone();
        let plans = nodes
            .iter()
            .filter(|node| text(node, "/reason").starts_with("PLAN"));
        plans.map(|node| text(node, "/title")).collect()
    }
}

async fn partnership(community: &Community) -> String {
    let school = community.school("№ 1 Конаев").await;
    let document = "query($s: ID!) { partnerships(filter: { schoolId: $s, states: [ACTIVE] }) { nodes { id } } }";
    let found = community
        .guest()
        .query(document, json!({"s": school}))
        .await;
    text(&found, "/partnerships/nodes/0/id")
}

fn step(activity: &Value) -> Value {
    json!({"id": text(activity, "/id"), "version": number(activity, "/version")})
}

both! {
    async fn a_plan_is_agreed_shown_reported_and_acknowledged(backend: Backend) {
        let pair = Pair::new(backend, 1).await;
        let (leading, magnetic) = (&pair.leading, &pair.magnetic);
        assert_eq!(pair.accept(leading).await, ["ACTIVITIES_MISSING"]);
        let added = pair.add("Наблюдаем вместе", "2026-12-10").await;
        pair.add("Итоги года", "2027-05-14").await;

        // What is proposed, the network does not see; and nobody is told before a side said yes.
        let partner = pair.community.persona("partner_teacher");
        let trainer = pair.community.persona("trainer");
        let outsider = pair.community.persona("outsider");
        assert_eq!(pair.read(&outsider).await, Value::Null);
        assert_eq!(pair.read(&partner).await["activities"].as_array().map(Vec::len), Some(2));
        assert_eq!(pair.read(&partner).await["viewerCanChange"], false);
        assert_eq!(pair.titles("magnetic_coordinator").await, [""; 0]);

        // One side's yes is taken back by a change of the other.
        assert_eq!(pair.accept(leading).await, [""; 0]);
        assert_eq!(pair.titles("magnetic_coordinator").await.len(), 1);
        let mut change = pair.card("Наблюдаем вместе", "2026-12-11");
        change.as_object_mut().expect("an input").remove("planId");
        change["id"] = json!(text(&added, "/activity/id"));
        change["version"] = json!(1);
        must(magnetic, "activityChange", "ActivityChangeInput", "activity { id }", change).await;
        let seen = pair.read(leading).await;
        assert_eq!(seen["acceptances"], json!([]));
        assert_eq!(pair.titles("leading_coordinator").await.len(), 1);
        let stale = json!({"id": pair.plan, "version": number(&seen, "/version") - 1});
        let stale = act(leading, "planAccept", "PlanAcceptInput", "plan { id }", stale).await;
        assert_eq!(codes(&stale), ["CONFLICT"]);
        pair.agreed().await;
        assert_eq!(pair.state().await, "AGREED");

        // Done, with a study that is there; what one can't see can't be shown.
        let seen = pair.read(leading).await;
        let activity = &seen["activities"][0];
        let finished = must(leading, "activityFinish", "ActivityStepInput", "activity { id state }", step(activity)).await;
        assert_eq!(finished["activity"]["state"], "DONE");
        assert_eq!(pair.state().await, "RUNNING");
        let study = json!({"activityId": text(activity, "/id"), "body": "Лист наблюдения", "link": {"studyId": "std_0192f0c1d2e37000800000000000abcd"}});
        let unseen = act(leading, "evidenceAdd", "EvidenceAddInput", "evidence { id }", study).await;
        assert_eq!(codes(&unseen), ["NOT_FOUND"]);
        let shown = json!({"activityId": text(activity, "/id"), "body": "Двенадцать учителей, один лист наблюдения", "idempotencyKey": "shown"});
        let first = must(magnetic, "evidenceAdd", "EvidenceAddInput", "evidence { id }", shown.clone()).await;
        let again = must(magnetic, "evidenceAdd", "EvidenceAddInput", "evidence { id }", shown).await;
        assert_eq!(first, again);
        let phone = json!({"activityId": text(activity, "/id"), "body": "Звоните +7 701 123 45 67"});
        let phone = act(magnetic, "evidenceAdd", "EvidenceAddInput", "evidence { id }", phone).await;
        assert_eq!(codes(&phone), ["PERSONAL_NUMBER"]);
        let second = &seen["activities"][1];
        let silent = act(leading, "activityCancel", "ActivityStepInput", "activity { id }", step(second)).await;
        assert_eq!(codes(&silent), ["REASON_REQUIRED"]);
        let mut cancel = step(second);
        cancel["reason"] = json!("Каникулы");
        must(leading, "activityCancel", "ActivityStepInput", "activity { id }", cancel).await;

        // The report begins with all that, and only people can say what was learned.
        let begin = json!({"planId": pair.plan, "term": "YEAR", "version": 0});
        let select = "planReport { id version summary carriedOut notCarriedOut findings nextSteps state }";
        let begun = must(leading, "planReportDraft", "PlanReportDraftInput", select, begin.clone()).await;
        let report = &begun["planReport"];
        assert!(text(report, "/carriedOut").contains("Двенадцать учителей"), "{report:#}");
        assert!(text(report, "/notCarriedOut").contains("Каникулы"), "{report:#}");
        assert!(text(report, "/summary").contains("№ 1"), "{report:#}");
        let twice = act(magnetic, "planReportDraft", "PlanReportDraftInput", select, begin).await;
        assert_eq!(codes(&twice), ["CONFLICT"]);
        let id = text(report, "/id");
        let early = act(leading, "planReportSend", "PlanReportStepInput", select, json!({"id": id, "version": 1})).await;
        assert_eq!(codes(&early), ["REPORT_MISSING"]);
        let of_report = "query($id: ID!) { node(id: $id) { ... on PlanReport { state viewerCanAnswer viewerCanWrite } } }";
        assert_eq!(trainer.query(of_report, json!({"id": id})).await["node"], Value::Null);
        let written = json!({"id": id, "version": 1, "summary": text(report, "/summary"), "carriedOut": text(report, "/carriedOut"),
            "notCarriedOut": text(report, "/notCarriedOut"), "findings": "Факты отделяем от выводов", "nextSteps": "Ещё один урок"});
        must(magnetic, "planReportWrite", "PlanReportWriteInput", select, written).await;
        must(leading, "planReportSend", "PlanReportStepInput", select, json!({"id": id, "version": 2})).await;
        assert_eq!(pair.state().await, "REPORTED");
        let waiting = "{ plans(filter: { awaitsViewer: true }) { nodes { id } } }";
        assert_eq!(trainer.query(waiting, json!({})).await["plans"]["nodes"][0]["id"], json!(pair.plan));
        assert_eq!(trainer.query(of_report, json!({"id": id})).await["node"]["viewerCanAnswer"], true);
        assert_eq!(pair.titles("trainer").await.len(), 1);
        let own = act(leading, "planReportAcknowledge", "PlanReportStepInput", select, json!({"id": id, "version": 3})).await;
        assert_eq!(codes(&own), ["NOT_PERMITTED"]);
        let back = json!({"id": id, "version": 3, "reason": "Добавьте, чему научились"});
        must(&trainer, "planReportReturn", "PlanReportStepInput", select, back).await;
        assert_eq!(pair.state().await, "RETURNED");
        assert_eq!(leading.query(waiting, json!({})).await["plans"]["nodes"][0]["id"], json!(pair.plan));
        must(leading, "planReportSend", "PlanReportStepInput", select, json!({"id": id, "version": 4})).await;
        must(&trainer, "planReportAcknowledge", "PlanReportStepInput", select, json!({"id": id, "version": 5})).await;
        assert_eq!(pair.state().await, "ACKNOWLEDGED");
        assert_eq!(trainer.query(waiting, json!({})).await["plans"]["nodes"], json!([]));
        let late = act(leading, "activityAdd", "ActivityAddInput", "activity { id }", pair.card("Поздно", "2027-06-01")).await;
        assert_eq!(codes(&late), ["WRONG_STATE"]);
    }

    async fn both_say_yes_at_once_while_one_changes(backend: Backend) {
        let pair = Pair::new(backend, 2).await;
        let added = pair.add("Первое", "2026-12-10").await;
        for round in 0..6 {
            let seen = pair.read(&pair.leading).await;
            let version = number(&seen, "/version");
            let accept = json!({"id": pair.plan, "version": version});
            let mut change = pair.card(&format!("Версия {round}"), "2026-12-12");
            change.as_object_mut().expect("an input").remove("planId");
            change["id"] = json!(text(&added, "/activity/id"));
            change["version"] = seen["activities"][0]["version"].clone();
            let (one, other, changed) = tokio::join!(
                act(&pair.leading, "planAccept", "PlanAcceptInput", "plan { state }", accept.clone()),
                act(&pair.magnetic, "planAccept", "PlanAcceptInput", "plan { state }", accept),
                act(&pair.magnetic, "activityChange", "ActivityChangeInput", "activity { id }", change),
            );
            assert_eq!(codes(&changed), [""; 0]);
            let after = pair.read(&pair.leading).await;
            // Whatever the order: nobody's yes stands for what they have not read.
            assert_eq!(after["state"], "DRAFT", "{after:#}");
            assert_eq!(after["acceptances"], json!([]));
            assert_eq!(after["activities"][0]["agreed"], false);
            assert_eq!(number(&after, "/version"), version + 1);
            for said in [codes(&one), codes(&other)] {
                assert!(said.is_empty() || said == ["CONFLICT"], "{said:?}");
            }
        }
        let version = number(&pair.read(&pair.leading).await, "/version");
        let accept = json!({"id": pair.plan, "version": version});
        let (one, other) = tokio::join!(
            act(&pair.leading, "planAccept", "PlanAcceptInput", "plan { state }", accept.clone()),
            act(&pair.magnetic, "planAccept", "PlanAcceptInput", "plan { state }", accept),
        );
        assert_eq!((codes(&one), codes(&other)), (vec![], vec![]));
        assert_eq!(pair.state().await, "AGREED");
        let agreed = "SELECT count(*) FROM outbox WHERE settled_at IS NOT NULL AND fact LIKE '%\"plan_fact\":\"agreed\"%' AND fact LIKE '%";
        pair.community.settled().await;
        let link = pair.community.database.number(&format!("{agreed}{}%'", pair.plan)).await;
        assert!(link >= 1);
    }

    async fn the_same_on_pages(backend: Backend) {
        let community = Community::fresh(backend).await;
        let mut leading = Browser::of(&community, "leading_coordinator").await;
        let mut magnetic = Browser::of(&community, "magnetic_coordinator").await;
        let mut trainer = Browser::of(&community, "trainer").await;
        let plans = format!("/en/partnerships/{}/plans", partnership(&community).await);
        let year = YEAR.to_string();
        let plan = leading.submit(&plans, "name=\"year\"", &[("year", &year)]).await.location();
        let empty = leading.get(&plan).await;
        assert_eq!(empty.h1(), "The plan waits for both schools to accept it");
        let new = format!("{plan}/new");
        let typed = [("title", "Наблюдаем вместе"), ("kind", "SEMINAR"), ("startsOn", "2026-12-10"),
            ("host", "MAGNETIC"), ("expected", "Один лист наблюдения на двоих")];
        let wrong = [typed[0], typed[1], ("startsOn", "2026-08-10"), typed[3], typed[4]];
        let refused = leading.submit(&new, "name=\"title\"", &wrong).await;
        assert_eq!(refused.status.as_u16(), 422, "{}", refused.html);
        assert!(refused.html.contains("id=\"e-startsOn\"") && refused.html.contains("Наблюдаем вместе"));
        assert_eq!(leading.submit(&new, "name=\"title\"", &typed).await.location(), plan);
        leading.submit(&plan, "name=\"version\"", &[]).await.location();
        // What waits stands on the first page of whoever it waits for.
        let home = magnetic.get("/en").await;
        assert!(home.html.contains("Accept the joint plan"), "{}", home.html);
        magnetic.submit(&plan, "name=\"version\"", &[]).await.location();
        assert_eq!(magnetic.get(&plan).await.h1(), "Both schools have accepted the plan");
        let network = community.network_of(&community.school("№ 2 Конаев").await).await;
        let glance = magnetic.get(&format!("/en/networks/{network}/plan")).await;
        assert!(glance.html.contains("Наблюдаем вместе"), "{}", glance.html);
        let start = format!("{plan}/activities/");
        let page = leading.get(&plan).await.html;
        let activity = attributes(&page, "href").find(|link| link.starts_with(&start)).expect("a link");
        leading.submit(&activity, "value=\"finish\"", &[("do", "finish")]).await.location();
        let elsewhere = [("do", "show"), ("body", "Двенадцать учителей"), ("link", "https://example.org/")];
        let refused = magnetic.submit(&activity, "name=\"body\"", &elsewhere).await;
        assert!(refused.html.contains("id=\"e-link\""), "{}", refused.html);
        let shown = [("do", "show"), ("body", "Двенадцать учителей"), ("link", "")];
        magnetic.submit(&activity, "name=\"body\"", &shown).await.location();
        let report = format!("{plan}/reports/year");
        leading.submit(&report, "value=\"draft\"", &[("do", "draft")]).await.location();
        let begun = leading.get(&report).await;
        assert!(begun.html.contains("Двенадцать учителей"), "{}", begun.html);
        assert_eq!(trainer.get(&report).await.status.as_u16(), 404);
        let written = [("do", "write"), ("summary", "Одно"), ("carriedOut", "Семинар"), ("notCarriedOut", "Ничего"),
            ("findings", "Факты"), ("nextSteps", "Урок")];
        leading.submit(&report, "name=\"findings\"", &written).await.location();
        leading.submit(&report, "value=\"send\"", &[("do", "send")]).await.location();
        let home = trainer.get("/en").await;
        assert!(home.html.contains("Acknowledge or return a report"), "{}", home.html);
        let back = [("do", "return"), ("reason", "Чему научились?")];
        trainer.submit(&report, "acknowledge", &back).await.location();
        assert!(leading.get("/en").await.html.contains("Change the report and send it again"));
        leading.submit(&report, "value=\"send\"", &[("do", "send")]).await.location();
        trainer.submit(&report, "acknowledge", &[("do", "acknowledge")]).await.location();
        assert_eq!(leading.get(&plan).await.h1(), "The year is reported and acknowledged");
        // The address of a feed is shown once.
        let made = leading.submit("/en/calendar", "name=\"networkId\"", &[]).await;
        assert!(made.html.contains("/calendar/sbc_"), "{}", made.html);
        assert!(!leading.get("/en/calendar").await.html.contains("/calendar/sbc_"));
        let mut guest = Browser::new(&community);
        assert_eq!(guest.get(&plan).await.status.as_u16(), 303);
    }

    async fn what_does_not_fit_is_said_at_its_field(backend: Backend) {
        let pair = Pair::new(backend, 1).await;
        let add = async |change: Value| {
            let mut card = pair.card("Семинар", "2026-12-10");
            for (key, value) in change.as_object().expect("an object") {
                card[key] = value.clone();
            }
            let said = act(&pair.leading, "activityAdd", "ActivityAddInput", "activity { id }", card).await;
            let error = &said["userErrors"][0];
            format!("{} {}", text(error, "/field/0"), text(error, "/code"))
        };
        assert_eq!(add(json!({"title": " "})).await, "title REQUIRED");
        assert_eq!(add(json!({"expected": ""})).await, "expected REQUIRED");
        assert_eq!(add(json!({"endsOn": "2026-12-09"})).await, "endsOn DATE_ORDER");
        assert_eq!(add(json!({"startsOn": "2026-08-31"})).await, "startsOn OUTSIDE_YEAR");
        assert_eq!(add(json!({"endsOn": "2027-09-01"})).await, "endsOn OUTSIDE_YEAR");
        let me = pair.community.persona("outsider").query("{ viewer { person { id } } }", json!({})).await;
        let stranger = text(&me, "/viewer/person/id");
        assert_eq!(add(json!({"responsibleIds": [stranger]})).await, "responsibleIds NOT_FOUND");
        let far = json!({"partnershipId": partnership(&pair.community).await, "year": 2031});
        let far = act(&pair.leading, "planCreate", "PlanCreateInput", "plan { id }", far).await;
        assert_eq!(codes(&far), ["YEAR_TOO_FAR"]);
        // Nothing of this left anything behind.
        assert_eq!(number(&pair.read(&pair.leading).await, "/activityCount"), 0);

        // What was not agreed can be taken out, what was can't.
        let added = pair.add("Лишнее", "2026-12-10").await;
        must(&pair.leading, "activityRemove", "ActivityStepInput", "activity { id }", step(&added["activity"])).await;
        let added = pair.add("Нужное", "2026-12-10").await;
        pair.agreed().await;
        let kept = act(&pair.leading, "activityRemove", "ActivityStepInput", "activity { id }", step(&added["activity"])).await;
        assert_eq!(codes(&kept), ["WRONG_STATE"]);
    }

    async fn reminders_come_once_for_each_of_two_days(backend: Backend) {
        let pair = Pair::new(backend, 1).await;
        let today = pair.community.operator().await.today();
        let ahead = |days| (today + chrono::Days::new(days)).to_string();
        let seven = pair.add("Через неделю", &ahead(7)).await;
        pair.add("Завтра", &ahead(1)).await;
        pair.add("Позже", &ahead(8)).await;
        let calendar = {
            let operator = pair.community.operator().await;
            operator.db().access(domain::authz::Viewer::system(domain::authz::Job::Calendar))
        };
        let remind = async || {
            let (one, other) = tokio::join!(
                domain::plan::activity::remind_due(&calendar, 100),
                domain::plan::activity::remind_due(&calendar, 100),
            );
            one.expect("reminds") + other.expect("reminds")
        };
        assert_eq!(remind().await, 0, "nothing is agreed yet");
        pair.agreed().await;
        // The server's own calendar may have been here meanwhile: each is told once, whoever did it.
        remind().await;
        assert_eq!(remind().await, 0);
        let told = |title: &'static str| {
            let pair = &pair;
            async move {
                let all = pair.titles("magnetic_coordinator").await;
                all.iter().filter(|it| it.contains(title)).count()
            }
        };
        assert_eq!(told("Через неделю").await, 1);
        assert_eq!(told("Завтра").await, 1);
        assert_eq!(told("Позже").await, 0);
        // A week later: behind the software's back, the day before comes.
        let tomorrow = ahead(1);
        let id = text(&seven, "/activity/id");
        let moved = format!("UPDATE activity SET starts_on = '{tomorrow}' WHERE title = 'Через неделю'");
        pair.community.database.run(&moved).await;
        remind().await;
        assert_eq!(remind().await, 0, "{id}");
        assert_eq!(told("Через неделю").await, 2);
    }

    async fn what_was_done_or_cancelled_by_mistake_is_planned_again(backend: Backend) {
        let pair = Pair::new(backend, 2).await;
        let made = pair.add("Семинар", "2026-12-10").await;
        let id = text(&made, "/activity/id");
        for client in [&pair.leading, &pair.magnetic] {
            assert_eq!(pair.accept(client).await, [""; 0]);
        }
        let turn = async |client: &Client, field: &str| {
            let version = number(&pair.read(client).await, "/activities/0/version");
            let input = json!({"id": id, "version": version, "reason": "Карантин"});
            codes(&act(client, field, "ActivityStepInput", "activity { state reason }", input).await)
        };
        assert_eq!(turn(&pair.leading, "activityReopen").await, ["WRONG_STATE"]);
        for step in ["activityFinish", "activityCancel"] {
            assert_eq!(turn(&pair.leading, step).await, [""; 0]);
            let done = number(&pair.read(&pair.leading).await, "/doneCount");
            assert_eq!(done, i64::from(step == "activityFinish"));
            // Both sides at once, in the version both saw: once.
            let version = number(&pair.read(&pair.leading).await, "/activities/0/version");
            let input = json!({"id": id, "version": version});
            let tries = (0..8).map(|n| {
                let client = if n % 2 == 0 { &pair.leading } else { &pair.magnetic };
                act(client, "activityReopen", "ActivityStepInput", "activity { state reason }", input.clone())
            });
            let answers = futures_util::future::join_all(tries).await;
            let ok = answers.iter().filter(|answer| codes(answer).is_empty()).count();
            assert_eq!(ok, 1, "{answers:#?}");
            let seen = pair.read(&pair.magnetic).await;
            assert_eq!((text(&seen, "/activities/0/state"), &seen["activities"][0]["reason"], number(&seen, "/doneCount")), ("PLANNED".into(), &Value::Null, 0));
        }
        let history = "SELECT count(*) FROM outbox WHERE fact LIKE '%activity_reopened%'";
        assert_eq!(pair.community.database.number(history).await, 2);
    }

    async fn a_feed_asked_for_twice_is_one(backend: Backend) {
        let pair = Pair::new(backend, 2).await;
        let input = json!({"idempotencyKey": "feed"});
        let tries = (0..10).map(|_| must(&pair.leading, "calendarFeedCreate", "CalendarFeedCreateInput", "path calendarFeed { id }", input.clone()));
        let answers = futures_util::future::join_all(tries).await;
        assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:#?}");
        let path = text(&answers[0], "/path");
        let read = pair.community.guest_on(1).request(reqwest::Method::GET, &path).send().await.expect("an answer");
        assert_eq!(read.status(), 200);
        assert_eq!(pair.community.database.number("SELECT count(*) FROM calendar_feed").await, 1);
    }

    async fn a_feed_shows_what_its_owner_sees_until_it_is_taken_back(backend: Backend) {
        let pair = Pair::new(backend, 1).await;
        pair.add("Семинар, «факты; выводы»\u{200b}", "2026-12-10").await;
        let create = async |client: &Client, network: Value| {
            let select = "path calendarFeed { id }";
            must(client, "calendarFeedCreate", "CalendarFeedCreateInput", select, json!({"networkId": network})).await
        };
        let network = pair.community.network_of(&pair.community.school("№ 2 Конаев").await).await;
        let own = create(&pair.leading, Value::Null).await;
        let all = create(&pair.leading, json!(network)).await;
        let read = async |path: &str| {
            let answer = pair.community.guest().request(reqwest::Method::GET, path).send().await.expect("an answer");
            (answer.status().as_u16(), answer.headers().clone(), answer.text().await.expect("text"))
        };
        let path = text(&own, "/path");
        let (status, headers, proposed) = read(&path).await;
        assert_eq!(status, 200, "{proposed}");
        assert_eq!(headers["content-type"], "text/calendar; charset=utf-8");
        assert_eq!(headers["cache-control"], "private, max-age=900");
        let calendar: icalendar::Calendar = proposed.parse().expect("a calendar");
        let events = events(&calendar);
        assert_eq!(events.len(), 1, "{proposed}");
        use icalendar::Component;
        assert!(proposed.contains("STATUS:TENTATIVE"), "{proposed}");
        assert!(proposed.contains("DTSTART;VALUE=DATE:20261210"), "{proposed}");
        assert!(proposed.contains("DTEND;VALUE=DATE:20261211"), "{proposed}");
        assert!(proposed.lines().all(|line| line.len() <= 75), "{proposed}");
        let uid = events[0].get_uid().expect("a uid").to_owned();
        assert!(uid.starts_with("act_"), "{uid}");
        assert!(events[0].get_summary().expect("a title").contains("Семинар, «факты; выводы»"));
        // Of a network, what was agreed.
        let of_network = text(&all, "/path");
        assert!(!read(&of_network).await.2.contains("VEVENT"));
        pair.agreed().await;
        let (_, _, agreed) = read(&of_network).await;
        assert!(agreed.contains("STATUS:CONFIRMED") && agreed.contains(&uid), "{agreed}");
        // Reading is all it opens, and only by its address.
        let token = path.trim_start_matches("/calendar/").trim_end_matches(".ics").to_owned();
        let answer = pair.community.guest().signed_in(&token).query_raw("{ viewer { person { id } } }", json!({})).await;
        assert_eq!(answer.pointer("/data/viewer/person/id"), None, "{answer}");
        let kept = pair.community.database.rows().await;
        assert!(!serde_json::json!(kept).to_string().contains(&token));
        let feeds = pair.leading.query("{ viewer { calendarFeeds { id network { id } } } }", json!({})).await;
        assert_eq!(feeds["viewer"]["calendarFeeds"].as_array().map(Vec::len), Some(2));
        let id = json!({"id": text(&own, "/calendarFeed/id")});
        let select = "calendarFeed { revokedAt }";
        let others = act(&pair.magnetic, "calendarFeedRevoke", "CalendarFeedRevokeInput", select, id.clone()).await;
        assert_eq!(codes(&others), ["NOT_FOUND"]);
        must(&pair.leading, "calendarFeedRevoke", "CalendarFeedRevokeInput", select, id).await;
        assert_eq!(read(&path).await.0, 404);
        assert_eq!(read("/calendar/sbc_nothing.ics").await.0, 404);
        // Whoever belongs to the schools no more sees nothing any more.
        pair.community.database.run("UPDATE membership SET ended_at = began_at WHERE ended_at IS NULL").await;
        assert!(!read(&of_network).await.2.contains("VEVENT"));
    }

    async fn a_plan_costs_as_many_statements_with_one_activity_as_with_twelve(backend: Backend) {
        let pair = Pair::new(backend, 1).await;
        pair.add("Первое", "2026-12-10").await;
        let me = pair.magnetic.query("{ viewer { person { id } } }", json!({})).await;
        let me = text(&me, "/viewer/person/id");
        let fill = async |at: usize| {
            let mut card = pair.card(&format!("Дело {at}"), "2026-12-11");
            card["responsibleIds"] = json!([me]);
            must(&pair.leading, "activityAdd", "ActivityAddInput", "activity { id }", card).await;
        };
        fill(0).await;
        let one = cost(&pair.leading, PLAN, &json!({"id": pair.plan})).await;
        for at in 1..12 {
            fill(at).await;
        }
        let twelve = cost(&pair.leading, PLAN, &json!({"id": pair.plan})).await;
        assert_eq!(one, twelve);
        let year = "query($y: Int!) { activities(filter: { year: $y, mine: true }, first: 50) { nodes { id title startsOn state hostSchool { id name { text } } plan { id partnership { id } } } } }";
        let glance = cost(&pair.leading, year, &json!({"y": YEAR})).await;
        assert!(twelve <= 14 && glance <= 5, "{twelve} and {glance} statements");
    }
}

fn events(calendar: &icalendar::Calendar) -> Vec<icalendar::Event> {
    let all = calendar.components.iter();
    all.filter_map(|component| component.as_event().cloned())
        .collect()
}
