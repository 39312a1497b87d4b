//! Schools are found in any spelling, lie where they lay on the day asked for, and become one without losing links.

use serde_json::{Value, json};
use tests::graphql::Client;
use tests::{Backend, both};

use crate::community::{Community, codes, done, number, text};

const FIND: &str = "query($q: String, $n: Int, $after: String, $filter: SchoolFilter) {
    schools(query: $q, first: $n, after: $after, filter: $filter) {
    nodes { id name { en } } pageInfo { endCursor hasNextPage } totalCount } }";
const ADD: &str = "mutation($input: SchoolAddInput!) { schoolAdd(input: $input) {
    school { id version state } userErrors { field code } } }";
const UPDATE: &str = "mutation($input: SchoolUpdateInput!) { schoolUpdate(input: $input) {
    school { id version place names { kind from until name { ru } } } userErrors { field code } } }";
const MERGE: &str = "mutation($input: SchoolMergeInput!) { schoolMerge(input: $input) {
    school { id state mergedInto { id } } userErrors { field code } } }";
const AWARD: &str = "mutation($input: DesignationInput!) { designationAward(input: $input) {
    designation { id version state current awardedBy { id } } userErrors { field code } } }";
const NOMINATE: &str = "mutation($input: DesignationInput!) { designationNominate(input: $input) {
    designation { id version state } userErrors { field code } } }";
const WITHDRAW: &str =
    "mutation($input: DesignationWithdrawInput!) { designationWithdraw(input: $input) {
    designation { id state reason } userErrors { field code } } }";

async fn names(client: &Client, query: &str) -> Vec<String> {
    let found = client.query(FIND, json!({"q": query, "n": 20})).await;
    let nodes = found
        .pointer("/schools/nodes")
        .and_then(Value::as_array)
        .cloned();
    let nodes = nodes.expect("nodes");
    nodes.iter().map(|node| text(node, "/name/en")).collect()
}

both! {
    async fn one_school_in_every_spelling(backend: Backend) {
        let community = Community::fresh(backend).await;
        let guest = community.guest();
        for query in [
            "Капшагай 2", "Қапшағай №2", "Kapshagai No. 2", "Kapshagay school 2", "Конаев № 2", "Қонаев 2",
            "Konaev 2", "qonaev N2", "№ 2 мектеп Қонаев", "школа 2 конаев", "2 капш", "2 канаев", "2 konaew",
        ] {
            assert_eq!(names(&guest, query).await, ["Secondary School No. 2"], "{query}");
        }
        assert_eq!(names(&guest, "Талдыкорган лицей").await, ["IT School-Lyceum No. 28"]);
        assert_eq!(names(&guest, "нигде").await, Vec::<String>::new());
        // Without words everything is found; too many characters are refused.
        assert!(names(&guest, " … ").await.len() > 5);
        let long = guest.query_raw(FIND, json!({"q": "а".repeat(101), "n": 1})).await;
        assert_eq!(text(&long, "/errors/0/extensions/code"), "TOO_LONG");
    }

    async fn the_very_word_comes_before_its_continuations(backend: Backend) {
        let community = Community::fresh(backend).await;
        let admin = community.persona("admin");
        for name in ["Алтын Нурлы", "Нур", "Барыс Нурлы"] {
            done(&admin.query(ADD, json!({"input": {"name": {"ru": name, "en": name}}})).await);
        }
        assert_eq!(names(&community.guest(), "нур").await, ["Нур", "Алтын Нурлы", "Барыс Нурлы"]);
    }

    async fn pages_of_a_search_join_up(backend: Backend) {
        let community = Community::fresh(backend).await;
        let guest = community.guest();
        let whole = names(&guest, "secondary").await;
        let mut parts = Vec::new();
        let mut after = Value::Null;
        loop {
            let part = guest.query(FIND, json!({"q": "secondary", "n": 2, "after": after})).await;
            assert_eq!(number(&part, "/schools/totalCount"), i64::try_from(whole.len()).expect("few"));
            let nodes = part.pointer("/schools/nodes").and_then(Value::as_array).cloned();
            parts.extend(nodes.expect("nodes").iter().map(|node| text(node, "/name/en")));
            if part.pointer("/schools/pageInfo/hasNextPage") != Some(&json!(true)) {
                break;
            }
            after = part.pointer("/schools/pageInfo/endCursor").cloned().expect("a cursor");
        }
        assert!(whole.len() > 4);
        assert_eq!(parts, whole);
        // A cursor belongs to its query.
        let other = guest.query_raw(FIND, json!({"q": "school", "n": 2, "after": after})).await;
        assert_eq!(text(&other, "/errors/0/extensions/code"), "CURSOR");
    }

    async fn a_region_is_that_of_the_day(backend: Backend) {
        let community = Community::fresh(backend).await;
        let school = community.school("Tekeli 3").await;
        let document = "query($id: ID!) { school(id: $id) { now: region { code name { en } }
            then: region(on: \"2022-06-07\") { code name(on: \"2022-06-07\") { en } } } }";
        let seen = community.guest().query(document, json!({"id": school})).await;
        assert_eq!(text(&seen, "/school/now/name/en"), "Zhetysu Region");
        assert_eq!(text(&seen, "/school/then/name/en"), "Almaty Region");
        let document = "query { region(by: { code: \"191000000\" }) { id name { en }
            before: name(on: \"2020-01-01\") { en } periods { until } }
            new: region(by: { code: \"330000000\" }) { id name(on: \"2020-01-01\") { en } } }";
        let seen = community.guest().query(document, json!({})).await;
        assert_eq!(text(&seen, "/region/name/en"), "Konaev");
        assert_eq!(text(&seen, "/region/before/en"), "Kapshagai");
        assert!(seen.pointer("/new/name").is_some_and(Value::is_null), "{seen:#}");
        // The same district belongs to another region's list before June 2022.
        let almaty = "query { region(by: { code: \"190000000\" }) { id } }";
        let almaty = text(&community.guest().query(almaty, json!({})).await, "/region/id");
        for (day, there) in [("2022-06-07", true), ("2022-06-08", false)] {
            let filter = json!({"regionId": almaty, "regionOn": day});
            let found = community.guest().query(FIND, json!({"q": "Tekeli", "n": 20, "filter": filter})).await;
            assert_eq!(number(&found, "/schools/totalCount") > 0, there, "{day}");
        }
    }

    async fn entries_are_corrected_by_those_who_answer_for_them(backend: Backend) {
        let community = Community::fresh(backend).await;
        let school = community.school("Шенгельды").await;
        let input = json!({"input": {"id": school, "version": 1, "name": {"ru": "Школа имени Абая"},
            "renamedOn": "2024-09-01", "place": null}});
        for stranger in [community.guest(), community.persona("other_coordinator")] {
            let refused = stranger.query(UPDATE, input.clone()).await;
            let refused = codes(&refused["schoolUpdate"]);
            assert!(refused == ["SIGN_IN_REQUIRED"] || refused == ["NOT_PERMITTED"], "{refused:?}");
        }
        let admin = community.persona("admin");
        let version = admin.query("query($id: ID!) { school(id: $id) { version } }", json!({"id": school})).await;
        let mut input = input;
        input["input"]["version"] = version["school"]["version"].clone();
        let updated = done(&admin.query(UPDATE, input.clone()).await);
        assert!(updated.pointer("/school/place").is_some_and(Value::is_null));
        assert_eq!(codes(&admin.query(UPDATE, input).await["schoolUpdate"]), ["CONFLICT"]);
        for query in ["школа имени Абая Конаев", "Шенгельды"] {
            assert_eq!(community.school(query).await, school, "{query}: the former name finds it too");
        }
    }

    async fn two_entries_become_one(backend: Backend) {
        let community = Community::fresh(backend).await;
        let admin = community.persona("admin");
        let region = "query { region(by: { code: \"331800000\" }) { id } }";
        let region = text(&admin.query(region, json!({})).await, "/region/id");
        let new = json!({"input": {"name": {"ru": "Гимназия Каратал"}, "regionId": region, "idempotencyKey": "one"}});
        let refused = community.persona("outsider").query(ADD, new.clone()).await;
        assert_eq!(codes(&refused["schoolAdd"]), ["NOT_PERMITTED"]);
        let added = done(&admin.query(ADD, new.clone()).await);
        let twin = text(&added, "/school/id");
        assert_eq!(text(&done(&admin.query(ADD, new).await), "/school/id"), twin, "the key has one effect");
        let stays = community.school("Tekeli 3").await;
        let merge = json!({"input": {"id": stays, "version": 1, "intoId": stays}});
        assert_eq!(codes(&admin.query(MERGE, merge).await["schoolMerge"]), ["SAME_SCHOOL"]);
        let merge = json!({"input": {"id": twin, "version": 1, "intoId": stays}});
        let refused = community.persona("outsider").query(MERGE, merge.clone()).await;
        assert_eq!(codes(&refused["schoolMerge"]), ["NOT_PERMITTED"]);
        let merged = done(&admin.query(MERGE, merge.clone()).await);
        assert_eq!(text(&merged, "/school/state"), "MERGED");
        assert_eq!(text(&merged, "/school/mergedInto/id"), stays);
        assert_eq!(community.school("гимназия каратал").await, stays, "its name finds the other");
        let again = json!({"input": {"id": twin, "version": 2, "intoId": stays}});
        assert_eq!(codes(&admin.query(MERGE, again).await["schoolMerge"]), ["ALREADY_MERGED"]);
    }

    async fn links_survive_a_merger(backend: Backend) {
        let community = Community::fresh(backend).await;
        let admin = community.persona("admin");
        let leads = community.school("№ 2 Конаев").await;
        let document = "query($id: ID!) { school(id: $id) { version networks { id activePartnerships leading { id } }
            coordinators { id } designations { kind } } }";
        let before = admin.query(document, json!({"id": leads})).await;
        let new = json!({"input": {"name": {"ru": "Новая школа"}}});
        let stays = text(&done(&admin.query(ADD, new).await), "/school/id");
        let version = before["school"]["version"].clone();
        done(&admin.query(MERGE, json!({"input": {"id": leads, "version": version, "intoId": stays}})).await);
        let after = admin.query(document, json!({"id": stays})).await;
        for part in ["coordinators", "designations"] {
            assert_eq!(after["school"][part], before["school"][part], "{part}");
            assert!(after["school"][part].as_array().is_some_and(|all| !all.is_empty()), "{part}");
        }
        assert_eq!(text(&after, "/school/networks/0/id"), text(&before, "/school/networks/0/id"));
        assert_eq!(text(&after, "/school/networks/0/leading/0/id"), stays);
        let active = "/school/networks/0/activePartnerships";
        assert_eq!(number(&after, active), number(&before, active));
    }

    async fn designations_are_awarded_for_a_time_and_taken_back(backend: Backend) {
        let community = Community::fresh(backend).await;
        let (trainer, school) = (community.persona("trainer"), community.school("№ 2 Конаев").await);
        let terms = json!({"input": {"schoolId": school, "kind": "MAGNETIC", "from": "2026-01-01",
            "until": "2099-01-01", "evidence": "Бұйрық № 5"}});
        let refused = community.persona("leading_coordinator").query(AWARD, terms.clone()).await;
        assert_eq!(codes(&refused["designationAward"]), ["NOT_PERMITTED"]);
        let nominated = done(&community.persona("leading_coordinator").query(NOMINATE, terms.clone()).await);
        let id = text(&nominated, "/designation/id");
        let node = "query($id: ID!) { node(id: $id) { id } }";
        let hidden = community.guest().query(node, json!({"id": id})).await;
        assert!(hidden["node"].is_null(), "a nomination is not public");
        let awarded = done(&trainer.query(AWARD, terms.clone()).await);
        assert_eq!(text(&awarded, "/designation/id"), id, "the nomination becomes the award");
        assert_eq!(awarded.pointer("/designation/current"), Some(&json!(true)));
        assert_eq!(codes(&trainer.query(AWARD, terms).await["designationAward"]), ["ALREADY_EXISTS"]);
        let back = |reason: &str| json!({"input": {"id": id, "version": 2, "reason": reason}});
        assert_eq!(codes(&trainer.query(WITHDRAW, back(" ")).await["designationWithdraw"]), ["REASON_REQUIRED"]);
        let withdrawn = done(&trainer.query(WITHDRAW, back("Қайтарылды")).await);
        assert_eq!(text(&withdrawn, "/designation/state"), "WITHDRAWN");
        assert_eq!(codes(&trainer.query(WITHDRAW, back("…")).await["designationWithdraw"]), ["WRONG_STATE"]);
    }
}
