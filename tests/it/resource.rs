//! The piggy bank: a Kazakh task sheet is shared, translated by a partner, endorsed, used, withdrawn; and whatever
//! many do to a work at once comes out right.

use futures_util::future::join_all;
use serde_json::{Value, json};
use tests::graphql::Client;
use tests::{Backend, both};

use crate::community::{Community, codes, done, insist, number, text};

pub const CREATE: &str = "mutation($input: ResourceCreateInput!) { resourceCreate(input: $input) {
    resource { id version } userErrors { field code message } } }";
pub const SHARE: &str = "mutation($input: ResourceShareInput!) { resourceShare(input: $input) {
    resource { id version state newest { id number } audience { rung network { id } } } userErrors { field code message } } }";
pub const COPY: &str = "mutation($input: ResourceCopyInput!) { resourceCopy(input: $input) {
    resource { id version derivedFrom { id } translationOf { id } } userErrors { field code message } } }";
pub const WITHDRAW: &str =
    "mutation($input: ResourceWithdrawInput!) { resourceWithdraw(input: $input) {
    resource { id version state } userErrors { field code message } } }";
pub const USE: &str = "mutation($input: ResourceUseTellInput!) { resourceUseTell(input: $input) {
    resourceUse { id } userErrors { field code message } } }";
pub const ENDORSE: &str =
    "mutation($input: EndorsementGiveInput!) { endorsementGive(input: $input) {
    endorsement { id } userErrors { field code message } } }";
const UPDATE: &str = "mutation($input: ResourceUpdateInput!) { resourceUpdate(input: $input) {
    resource { id version } userErrors { field code message } } }";
const COMMENT: &str =
    "mutation($input: ResourceCommentAddInput!) { resourceCommentAdd(input: $input) {
    resourceComment { id } userErrors { field code message } } }";
const ABOUT: &str = "query($id: ID!) { resource(id: $id) { id version state reason title { text }
    newest { id number body licence { spdx } } authors { name }
    family { kinship resource { id title { text } } }
    useCount copyCount endorsementCount commentCount ratingCount rating
    uses(first: 10) { totalCount nodes { note person { name } } }
    comments(first: 10) { totalCount nodes { text person { name } mentions { name } } }
    endorsements { note resourceVersion { number } } } }";
const TITLES: &str = "{ viewer { notifications(first: 50) { nodes { title reason } } } }";

/// What a work is begun with.
pub fn sheet(language: &str, title: &str, licence: &str) -> Value {
    let title = json!({ language.to_lowercase(): title });
    json!({"input": {
        "card": {"kind": "WORKSHEET", "language": language, "subject": "MATH", "gradeFrom": 5, "gradeTo": 6,
            "tags": ["Бөлшектер", "топпен жұмыс"], "goals": ["5.1.2.3"]},
        "text": {"title": title, "body": "1. **Алма** бөлісеміз", "licence": licence,
            "links": [{"title": "Bilimland", "url": "https://bilimland.kz/kk"}]}}})
}

/// A work that this one shares: with the network, unless said otherwise.
pub async fn shared(client: &Client, sheet: Value, audience: Option<Value>) -> Value {
    let begun = done(&client.query(CREATE, sheet).await);
    let mut input = json!({"id": begun["resource"]["id"], "version": 1});
    if let Some(audience) = audience {
        input["audience"] = audience;
    }
    done(&client.query(SHARE, json!({ "input": input })).await)["resource"].take()
}

fn used(id: &Value, rating: Option<i32>) -> Value {
    json!({"input": {"resourceId": id, "heldOn": "2026-10-05", "grade": 5,
        "note": "Жақсы өтті: әр топ өз шешімін түсіндірді", "rating": rating}})
}

async fn told(client: &Client) -> String {
    client.query(TITLES, json!({})).await.to_string()
}

both! {
    async fn a_task_sheet_goes_round(backend: Backend) {
        let community = Community::fresh(backend).await;
        let (teacher, partner) = (community.persona("teacher"), community.persona("partner_teacher"));
        let begun = done(&teacher.query(CREATE, sheet("KK", "Бөлшектерді бөлісеміз", "CC_BY_SA")).await);
        let id = text(&begun, "/resource/id");
        let about = json!({"id": id});
        // Nobody else knows of a draft.
        for who in ["partner_teacher", "leading_coordinator", "trainer", "admin", "outsider"] {
            assert!(community.persona(who).query(ABOUT, about.clone()).await["resource"].is_null(), "{who}");
        }
        // "My network" is what it is shared with, and no gatekeeper is asked.
        let sheet_ = done(&teacher.query(SHARE, json!({"input": {"id": id, "version": 1}})).await)["resource"].take();
        assert_eq!(text(&sheet_, "/state"), "SHARED");
        assert_eq!(text(&sheet_, "/audience/rung"), "NETWORK");
        let newest = text(&sheet_, "/newest/id");
        for (who, sees) in [("partner_teacher", true), ("leading_coordinator", true), ("trainer", true), ("admin", true),
            ("outsider", false), ("other_coordinator", false)] {
            let seen = community.persona(who).query(ABOUT, about.clone()).await;
            assert_eq!(!seen["resource"].is_null(), sees, "{who}");
        }
        assert!(community.guest().query(ABOUT, about.clone()).await["resource"].is_null());

        // A translation carries the same licence; another one is refused with the reason.
        let mut input = json!({"input": {"versionId": newest, "language": "RU", "licence": "CC_BY", "idempotencyKey": "copy"}});
        let refused = partner.query(COPY, input.clone()).await;
        assert_eq!(codes(&refused["resourceCopy"]), ["LICENCE_MISMATCH"]);
        input["input"]["licence"] = json!("CC_BY_SA");
        let copy = done(&partner.query(COPY, input.clone()).await)["resource"].take();
        assert_eq!(text(&copy, "/translationOf/id"), newest);
        assert_eq!(done(&partner.query(COPY, input).await)["resource"]["id"], copy["id"], "one key, one copy");
        let words = json!({"title": {"ru": "Делим яблоки"}, "body": "1. Делим **яблоки**", "licence": "CC_BY_SA"});
        let edited = done(&partner.query(UPDATE, json!({"input": {"id": copy["id"], "version": 1, "text": words}})).await);
        let version = number(&edited, "/resource/version");
        done(&partner.query(SHARE, json!({"input": {"id": copy["id"], "version": version, "change": "Перевод"}})).await);

        let given = json!({"input": {"versionId": newest, "note": "Түсіндіруге үйретеді"}});
        let refused = partner.query(ENDORSE, given.clone()).await;
        assert_eq!(codes(&refused["endorsementGive"]), ["NOT_PERMITTED"]);
        done(&community.persona("trainer").query(ENDORSE, given.clone()).await);
        let again = community.persona("trainer").query(ENDORSE, given).await;
        assert_eq!(codes(&again["endorsementGive"]), ["ALREADY_EXISTS"]);

        done(&partner.query(USE, used(&json!(id), Some(5))).await);
        let own = teacher.query(USE, used(&json!(id), None)).await;
        assert_eq!(codes(&own["resourceUseTell"]), ["NOT_PERMITTED"], "authors are no credit to themselves");
        let mut silent = used(&json!(id), Some(5));
        silent["input"]["note"] = json!(" ");
        assert_eq!(codes(&partner.query(USE, silent).await["resourceUseTell"]), ["REQUIRED"]);

        // Spoken to by name is only who can read it.
        let me = "{ viewer { person { id } } }";
        let [reader, stranger] = join_all(["magnetic_coordinator", "outsider"].map(|who| {
            let client = community.persona(who);
            async move { text(&client.query(me, json!({})).await, "/viewer/person/id") }
        })).await.try_into().expect("two");
        let say = |who: &str| json!({"input": {"resourceId": id, "text": "Біз де байқап көрдік", "mentionIds": [who]}});
        assert_eq!(codes(&partner.query(COMMENT, say(&stranger)).await["resourceCommentAdd"]), ["NOT_FOUND"]);
        done(&partner.query(COMMENT, say(&reader)).await);

        let seen = teacher.query(ABOUT, about.clone()).await["resource"].take();
        for (field, count) in [("useCount", 1), ("copyCount", 1), ("endorsementCount", 1), ("commentCount", 1), ("ratingCount", 1)] {
            assert_eq!(number(&seen, &format!("/{field}")), count, "{field}");
        }
        assert_eq!(seen["rating"], json!(5.0));
        assert_eq!(text(&seen, "/family/0/kinship"), "TRANSLATION");
        assert_eq!(text(&seen, "/family/0/resource/id"), text(&copy, "/id"));
        assert_eq!(text(&seen, "/uses/nodes/0/person/name"), "Учитель математики, школа № 1");
        assert_eq!(seen["comments"]["nodes"][0]["mentions"].as_array().map(Vec::len), Some(1));
        let other_side = partner.query(ABOUT, json!({"id": copy["id"]})).await["resource"].take();
        assert_eq!(text(&other_side, "/family/0/kinship"), "ORIGIN");

        // The author's credit, checked by a code without an account.
        let record = "mutation { creditRecordIssue(input: {}) { creditRecord { code works uses copies endorsements } userErrors { code } } }";
        let record = done(&teacher.query(record, json!({})).await)["creditRecord"].take();
        for field in ["works", "uses", "copies", "endorsements"] {
            assert_eq!(record[field], json!(1), "{field}");
        }
        let check = "query($code: String!) { creditRecord(code: $code) { name works } }";
        let code = text(&record, "/code").to_lowercase();
        let typed = format!("{} {}", code.get(..13).expect("26"), code.get(13..).expect("26"));
        let checked = community.guest().query(check, json!({"code": typed})).await;
        assert_eq!(number(&checked, "/creditRecord/works"), 1);
        let wrong = community.guest().query(check, json!({"code": "0".repeat(26)})).await;
        assert!(wrong["creditRecord"].is_null());

        community.settled().await;
        let title = "Бөлшектерді бөлісеміз";
        assert!(told(&community.persona("leading_coordinator")).await.contains(title), "the network is told");
        let author = told(&teacher).await;
        assert_eq!(author.matches(title).count(), 4, "translated, endorsed, used, commented: {author}");
        assert!(told(&community.persona("magnetic_coordinator")).await.contains("упомянули"), "who is mentioned is told");
        assert!(!told(&community.persona("outsider")).await.contains(title));

        // Taken back, a tombstone stays; the translation stays what it is.
        let version = number(&seen, "/version");
        let input = json!({"input": {"id": id, "version": version, "reason": "Қате табылды"}});
        done(&teacher.query(WITHDRAW, input).await);
        let gone = partner.query(ABOUT, about.clone()).await["resource"].take();
        assert_eq!((text(&gone, "/state"), text(&gone, "/reason")), ("WITHDRAWN".to_owned(), "Қате табылды".to_owned()));
        assert!(gone["newest"].is_null(), "{gone:#}");
        assert!(partner.query("query($id: ID!) { resourceVersion(id: $id) { body } }", json!({"id": newest})).await["resourceVersion"].is_null());
        assert!(!teacher.query(ABOUT, about).await["resource"]["newest"].is_null(), "its authors keep it");
        let list = partner.query("{ resources { nodes { id } } }", json!({})).await.to_string();
        assert!(!list.contains(&id) && list.contains(&text(&copy, "/id")), "{list}");
        community.settled().await;
        assert!(told(&partner).await.contains("отозвали"), "who took a copy is told");
    }

    async fn what_may_not_be_changed_is_not_copied(backend: Backend) {
        let community = Community::fresh(backend).await;
        let (teacher, partner) = (community.persona("teacher"), community.persona("partner_teacher"));
        for licence in ["CC_BY_ND", "ALL_RIGHTS"] {
            let work = shared(&teacher, sheet("KK", licence, licence), None).await;
            let input = json!({"input": {"versionId": work["newest"]["id"]}});
            let before = community.database.number("SELECT count(*) FROM outbox").await;
            assert_eq!(codes(&partner.query(COPY, input.clone()).await["resourceCopy"]), ["NO_ADAPTATIONS"]);
            assert_eq!(community.database.number("SELECT count(*) FROM outbox").await, before);
            // Nobody needs their own permission.
            done(&teacher.query(COPY, input).await);
        }
        // A changed licence is held to the original's terms as well.
        let work = shared(&teacher, sheet("KK", "Тест", "CC_BY_NC"), None).await;
        let copy = done(&partner.query(COPY, json!({"input": {"versionId": work["newest"]["id"]}})).await);
        let words = json!({"title": {"kk": "Тест 2"}, "licence": "CC_BY"});
        let input = json!({"input": {"id": copy["resource"]["id"], "version": 1, "text": words}});
        assert_eq!(codes(&partner.query(UPDATE, input).await["resourceUpdate"]), ["LICENCE_MISMATCH"]);
    }

    async fn everything_wrong_is_told_at_once(backend: Backend) {
        let community = Community::fresh(backend).await;
        let input = json!({"input": {
            "card": {"kind": "LINK", "language": "RU", "subject": "ALCHEMY", "gradeFrom": 9, "gradeTo": 14},
            "text": {"title": {}, "licence": "CC_BY", "links": [{"title": "x", "url": "javascript:alert(1)"}]}}});
        let answer = community.persona("teacher").query(CREATE, input).await["resourceCreate"].take();
        assert_eq!(codes(&answer), ["OUT_OF_RANGE", "NOT_FOUND"]);
        let mut input = sheet("RU", " ", "CC_BY");
        input["input"]["text"]["links"][0]["url"] = json!("javascript:alert(1)");
        let answer = community.persona("teacher").query(CREATE, input).await["resourceCreate"].take();
        assert_eq!(codes(&answer), ["REQUIRED", "MALFORMED_URL"]);
        assert_eq!(answer["userErrors"][1]["field"], json!(["text", "links"]));
        assert_eq!(community.database.number("SELECT count(*) FROM resource WHERE subject = 'ALCHEMY'").await, 0);
    }

    async fn many_at_once_come_out_right(backend: Backend) {
        let community = Community::on(backend, 2).await;
        let teachers = [community.persona_on(0, "teacher"), community.persona_on(1, "teacher")];
        let partners = [community.persona_on(0, "partner_teacher"), community.persona_on(1, "partner_teacher")];
        let work = shared(&teachers[0], sheet("KK", "Көпшілік", "CC_BY"), None).await;
        let id = text(&work, "/id");
        // Fifty at once, each with the version it just saw: versions from 1, no gap, none twice.
        let mut all = 1;
        for _ in 0..2 {
            let version = number(&teachers[0].query(ABOUT, json!({"id": id})).await, "/resource/version");
            let tries = (0..25).map(|n| {
                let input = json!({"input": {"id": id, "version": version}});
                let teacher = &teachers[n % 2];
                async move { codes(&insist(teacher, SHARE, input).await["resourceShare"]) }
            });
            let outcomes = join_all(tries).await;
            assert_eq!(outcomes.iter().filter(|codes| codes.is_empty()).count(), 1, "{outcomes:?}");
            assert!(outcomes.iter().all(|codes| codes.is_empty() || codes == &["CONFLICT"]), "{outcomes:?}");
            all += 1;
        }
        let numbers = "FROM resource_version v
            JOIN resource r ON r.id = v.resource_id WHERE r.title_kk = 'Көпшілік'";
        for kept in ["count(DISTINCT number)", "CAST(max(number) AS bigint)"] {
            assert_eq!(community.database.number(&format!("SELECT {kept} {numbers}")).await, all, "{kept}");
        }

        let tries = (0..50).map(|n| {
            let (partner, id) = (&partners[n % 2], json!(id));
            async move { done(&insist(partner, USE, used(&id, Some(4))).await); }
        });
        join_all(tries).await;
        // One key from everywhere is one copy.
        let newest = teachers[0].query(ABOUT, json!({"id": id})).await["resource"]["newest"]["id"].take();
        let tries = (0..20).map(|n| {
            let (partner, newest) = (&partners[n % 2], newest.clone());
            async move {
                let input = json!({"input": {"versionId": newest, "idempotencyKey": "once"}});
                text(&done(&insist(partner, COPY, input).await), "/resource/id")
            }
        });
        let copies: std::collections::BTreeSet<_> = join_all(tries).await.into_iter().collect();
        assert_eq!(copies.len(), 1);
        let seen = partners[0].query(ABOUT, json!({"id": id})).await["resource"].take();
        for (field, count) in [("useCount", 50), ("ratingCount", 50), ("copyCount", 1)] {
            assert_eq!(number(&seen, &format!("/{field}")), count, "{field}");
        }
        assert_eq!(seen["rating"], json!(4.0));
        assert_eq!(number(&seen, "/uses/totalCount"), 50);
    }

    async fn moderators_hide_and_authors_appeal(backend: Backend) {
        let community = Community::fresh(backend).await;
        let (teacher, partner, trainer) = (community.persona("teacher"), community.persona("partner_teacher"), community.persona("trainer"));
        let work = shared(&teacher, sheet("KK", "Даулы", "CC_BY"), Some(json!({"rung": "PUBLIC"}))).await;
        let id = text(&work, "/id");
        assert!(!community.guest().query(ABOUT, json!({"id": id})).await["resource"].is_null());
        let report = "mutation($input: ResourceReportMakeInput!) { resourceReportMake(input: $input) { resourceReport { id } userErrors { field code } } }";
        let say = |ground: &str| json!({"input": {"resourceId": id, "ground": ground, "note": "Суреті біздікі"}});
        done(&partner.query(report, say("COPYRIGHT")).await);
        assert_eq!(codes(&partner.query(report, say("COPYRIGHT")).await["resourceReportMake"]), ["ALREADY_EXISTS"]);
        assert_eq!(codes(&teacher.query(report, say("APPEAL")).await["resourceReportMake"]), ["WRONG_STATE"]);
        let desk = "{ resourceReports { totalCount nodes { ground resource { id version } } } }";
        assert_eq!(number(&trainer.query(desk, json!({})).await, "/resourceReports/totalCount"), 1);
        assert_eq!(number(&community.persona("other_coordinator").query(desk, json!({})).await, "/resourceReports/totalCount"), 0);
        community.settled().await;
        for who in ["trainer", "admin"] {
            assert!(told(&community.persona(who)).await.contains("RESOURCE_MODERATED"), "{who} is told");
        }
        let turn = |field: &str| format!("mutation($input: ResourceModerateInput!) {{ {field}(input: $input) {{ resource {{ version state }} userErrors {{ code }} }} }}");
        let version = number(&work, "/version");
        let input = json!({"input": {"id": id, "version": version, "reason": "Сурет иесі рұқсат бермеген"}});
        assert_eq!(codes(&partner.query(&turn("resourceHide"), input.clone()).await["resourceHide"]), ["NOT_PERMITTED"]);
        done(&trainer.query(&turn("resourceHide"), input).await);
        for (client, sees) in [(community.guest(), false), (partner.clone(), false), (teacher.clone(), true), (trainer.clone(), true)] {
            assert_eq!(!client.query(ABOUT, json!({"id": id})).await["resource"].is_null(), sees);
            let version = client.query("query($id: ID!) { resourceVersion(id: $id) { body } }", json!({"id": work["newest"]["id"]})).await;
            assert_eq!(!version["resourceVersion"].is_null(), sees);
        }
        assert_eq!(number(&trainer.query(desk, json!({})).await, "/resourceReports/totalCount"), 0, "the report is upheld");
        done(&teacher.query(report, say("APPEAL")).await);
        let waiting = trainer.query(desk, json!({})).await;
        assert_eq!(text(&waiting, "/resourceReports/nodes/0/ground"), "APPEAL");
        let input = json!({"input": {"id": id, "version": version + 1, "reason": "Рұқсат бар"}});
        done(&trainer.query(&turn("resourceRestore"), input).await);
        assert!(!community.guest().query(ABOUT, json!({"id": id})).await["resource"].is_null());
        assert_eq!(number(&trainer.query(desk, json!({})).await, "/resourceReports/totalCount"), 0);
    }

    async fn the_demo_has_a_bank(backend: Backend) {
        let community = Community::fresh(backend).await;
        let operator = community.operator().await;
        let personas = community.everybody();
        server::demo::works::fill(operator.db(), &personas).await.expect("the bank is filled");
        let list = "{ resources(first: 20, orderBy: MOST_COPIED) { totalCount nodes { copyCount useCount endorsementCount title { text } } } }";
        let seen = community.guest().query(list, json!({})).await;
        assert_eq!(number(&seen, "/resources/totalCount"), 12);
        assert_eq!(seen["resources"]["nodes"][0]["copyCount"], json!(1));
        assert_eq!(seen["resources"]["nodes"][0]["endorsementCount"], json!(1));
    }

    async fn a_collection_opens_nothing(backend: Backend) {
        let community = Community::fresh(backend).await;
        let (teacher, trainer) = (community.persona("teacher"), community.persona("trainer"));
        let open = shared(&teacher, sheet("KK", "Ашық", "CC_BY"), Some(json!({"rung": "PUBLIC"}))).await;
        let ours = shared(&teacher, sheet("KK", "Желінікі", "CC_BY"), None).await;
        let create = "mutation($input: CollectionCreateInput!) { collectionCreate(input: $input) { collection { id version } userErrors { code field } } }";
        let input = json!({"input": {"title": {"kk": "Таңдаулы"}, "audience": {"rung": "PUBLIC"}}});
        assert_eq!(codes(&teacher.query(create, input.clone()).await["collectionCreate"]), ["NOT_PERMITTED"]);
        let made = done(&trainer.query(create, input).await)["collection"].take();
        let arrange = "mutation($input: CollectionArrangeInput!) { collectionArrange(input: $input) { collection { version works { id } } userErrors { code field } } }";
        let input = json!({"input": {"id": made["id"], "version": 1, "resourceIds": [ours["id"], open["id"]]}});
        let arranged = done(&trainer.query(arrange, input.clone()).await);
        assert_eq!(text(&arranged, "/collection/works/0/id"), text(&ours, "/id"), "in the order given");
        assert_eq!(codes(&trainer.query(arrange, input).await["collectionArrange"]), ["CONFLICT"]);
        let read = "query($id: ID!) { collection(id: $id) { works { id } } }";
        for (client, works) in [(community.guest(), 1), (community.persona("partner_teacher"), 2)] {
            let seen = client.query(read, json!({"id": made["id"]})).await;
            assert_eq!(seen["collection"]["works"].as_array().map(Vec::len), Some(works));
        }
    }
}
