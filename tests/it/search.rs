//! How works are found: scored on judged questions, and under everybody's eyes.

use std::collections::HashMap;

use futures_util::StreamExt;
use serde_json::{Value, json};
use tests::graphql::Client;
use tests::{Backend, both};

use crate::community::{Community, codes, done, number, text};

const CREATE: &str = "mutation($input: ResourceCreateInput!) { resourceCreate(input: $input) {
    resource { id version } userErrors { code field } } }";
const SHARE: &str = "mutation($input: ResourceShareInput!) { resourceShare(input: $input) {
    resource { id version } userErrors { code field } } }";
const WITHDRAW: &str =
    "mutation($input: ResourceWithdrawInput!) { resourceWithdraw(input: $input) {
    resource { id version } userErrors { code field } } }";
const UPDATE: &str = "mutation($input: ResourceUpdateInput!) { resourceUpdate(input: $input) {
    resource { id version } userErrors { code field } } }";
const FIND: &str = "query($q: String!, $filter: ResourceFilter, $first: Int, $after: String) {
    resourceSearch(query: $q, filter: $filter, first: $first, after: $after) {
      totalCount didYouMean pageInfo { hasNextPage endCursor }
      facets { kinds { kind count } languages { language count } subjects { subject { code } count }
        grades { grade count } licences { licence { code } count } networks { network { id } count } }
      nodes { resource { id title { kk ru en } } title { text marked } excerpt { text marked } } } }";

/// A work to begin with: what a test says of it comes on top.
fn card(more: &Value) -> Value {
    let mut card = json!({"kind": "WORKSHEET", "language": "KK", "gradeFrom": 5, "gradeTo": 6});
    for (name, value) in more.as_object().into_iter().flatten() {
        card[name] = value.clone();
    }
    card
}

/// Somebody's draft: its id and version.
async fn begun(client: &Client, more: &Value, title: &str, body: &str) -> (String, i64) {
    let language = card(more)["language"]
        .as_str()
        .unwrap_or("KK")
        .to_lowercase();
    let text = json!({"title": {language: title}, "body": body, "licence": more["licence"].as_str().unwrap_or("CC_BY")});
    let mut more = more.clone();
    if let Some(fields) = more.as_object_mut() {
        fields.remove("licence");
    }
    let input = json!({"input": {"card": card(&more), "text": text}});
    let made = done(&client.query(CREATE, input).await);
    (
        self::text(&made, "/resource/id"),
        number(&made, "/resource/version"),
    )
}

/// The same, shared with everybody or with an audience.
async fn shared(
    client: &Client,
    more: &Value,
    title: &str,
    body: &str,
    audience: Option<Value>,
) -> (String, i64) {
    let (id, version) = begun(client, more, title, body).await;
    let audience = audience.unwrap_or(json!({"rung": "PUBLIC"}));
    let input = json!({"input": {"id": id, "version": version, "audience": audience}});
    let made = done(&client.query(SHARE, input).await);
    (id, number(&made, "/resource/version"))
}

async fn find(client: &Client, query: &str, filter: Value) -> Value {
    let mut found = client
        .query(FIND, json!({"q": query, "filter": filter}))
        .await;
    found["resourceSearch"].take()
}

fn titles(found: &Value) -> Vec<String> {
    let nodes = found["nodes"].as_array().expect("nodes");
    nodes
        .iter()
        .filter_map(|node| {
            let title = node.pointer("/resource/title")?.as_object()?;
            title.values().find_map(Value::as_str).map(str::to_owned)
        })
        .collect()
}

fn joined(pieces: &Value) -> String {
    let pieces = pieces.as_array().expect("pieces").iter();
    pieces
        .map(|piece| match piece["marked"].as_bool() {
            Some(true) => format!("[{}]", piece["text"].as_str().unwrap_or_default()),
            _ => piece["text"].as_str().unwrap_or_default().to_owned(),
        })
        .collect()
}

/// Passages and questions of one language.
struct Set {
    language: &'static str,
    passages: &'static str,
    questions: &'static str,
    /// The least mean reciprocal rank that will do.
    least: f64,
}

const SETS: [Set; 3] = [
    Set {
        language: "KK",
        passages: include_str!("../fixtures/search/kk.jsonl"),
        questions: include_str!("../fixtures/search/kk.tsv"),
        least: 0.79,
    },
    Set {
        language: "RU",
        passages: include_str!("../fixtures/search/ru.jsonl"),
        questions: include_str!("../fixtures/search/ru.tsv"),
        least: 0.93,
    },
    Set {
        language: "EN",
        passages: include_str!("../fixtures/search/en.jsonl"),
        questions: include_str!("../fixtures/search/en.tsv"),
        least: 0.93,
    },
];

both! {
    /// MRR@10 and recall@10 over all judged questions, asked of the API.
    async fn questions_find_what_answers_them(backend: Backend) {
        let mut community = Community::fresh(backend).await;
        community.nodes.clear();
        let budget = [("SABAQTAS_GRAPHQL_COST_BUDGET", "1000000000"), ("SABAQTAS_GRAPHQL_COST_PER_SECOND", "1000000000")];
        community.start(&budget).await;
        let author = community.persona("teacher");
        let mut ids: HashMap<String, String> = HashMap::new();
        for set in &SETS {
            let passages = set.passages.lines().map(|line| {
                let passage: Value = serde_json::from_str(line).expect("a passage");
                let author = author.clone();
                async move {
                    let (title, body) = (text(&passage, "/title"), text(&passage, "/text"));
                    let more = json!({"language": set.language});
                    let (id, _) = shared(&author, &more, &title.replace('_', " "), &body, None).await;
                    (id, format!("{} {}", set.language, text(&passage, "/id")))
                }
            });
            ids.extend(futures_util::stream::iter(passages).buffer_unordered(4).collect::<Vec<_>>().await);
        }
        let guest = community.guest();
        let ask = "query($q: String!, $filter: ResourceFilter) { resourceSearch(query: $q, filter: $filter, first: 10) { nodes { resource { id } } } }";
        let mut scores = Vec::new();
        for set in &SETS {
            let questions = set.questions.lines().filter_map(|line| line.split_once('\t')).map(|(question, answers)| {
                let (guest, ids) = (guest.clone(), &ids);
                async move {
                    let asked = json!({"q": question, "filter": {"languages": [set.language]}});
                    let found = guest.query(ask, asked).await;
                    let nodes = found["resourceSearch"]["nodes"].as_array().cloned().unwrap_or_default();
                    let answers: Vec<String> = answers.split(' ').map(|id| format!("{} {id}", set.language)).collect();
                    let right = |node: &Value| {
                        let id = ids.get(node["resource"]["id"].as_str().unwrap_or_default());
                        id.is_some_and(|id| answers.contains(id))
                    };
                    let rank = nodes.iter().position(right);
                    let seen = nodes.iter().filter(|node| right(node)).count();
                    (rank.map_or(0.0, |rank| 1.0 / (rank as f64 + 1.0)), seen as f64 / answers.len() as f64)
                }
            });
            let each: Vec<(f64, f64)> = futures_util::stream::iter(questions).buffer_unordered(4).collect().await;
            let mean = |of: fn(&(f64, f64)) -> f64| each.iter().map(of).sum::<f64>() / each.len() as f64;
            scores.push((set.language, mean(|it| it.0), mean(|it| it.1), set.least));
        }
        eprintln!("{backend:?}: {scores:.4?}");
        assert!(scores.iter().all(|(_, rank, _, least)| rank >= least), "{scores:.4?}");
    }

    async fn words_are_found_in_any_form(backend: Backend) {
        let community = Community::fresh(backend).await;
        let teacher = community.persona("teacher");
        let more = json!({"subject": "BIOLOGY", "tags": ["жапырақ"], "gradeFrom": 7, "gradeTo": 8});
        shared(&teacher, &more, "Қсфотосинтез: жасыл жапырақ", "Жапырақтардың жасыл түсі туралы зертхана.", None).await;
        let russian = json!({"language": "RU", "kind": "LESSON_PLAN", "licence": "CC_BY_SA"});
        shared(&teacher, &russian, "Урок о ксфотосинтезе", "Зелёный лист дышит. Опыты с листьями и светом.", None).await;
        let guest = community.guest();

        // By its forms, by the beginning, in both languages.
        for query in ["қсфотосинтезді", "қсфотос", "жапырақтарда зертханалар"] {
            let found = find(&guest, query, Value::Null).await;
            assert_eq!(titles(&found), ["Қсфотосинтез: жасыл жапырақ"], "{query}");
        }
        let found = find(&guest, "ксфотосинтезом", Value::Null).await;
        assert_eq!(titles(&found), ["Урок о ксфотосинтезе"]);
        assert_eq!(joined(&found["nodes"][0]["title"]), "Урок о [ксфотосинтезе]");
        let found = find(&guest, "зеленые листья опыт", Value::Null).await;
        assert_eq!(joined(&found["nodes"][0]["excerpt"]), "[Зелёный] [лист] дышит. [Опыты] с [листьями] и светом");

        // A letter wrong, and what was meant.
        let found = find(&guest, "қсфотосинтиз жапырақ", Value::Null).await;
        assert_eq!(found["didYouMean"], "қсфотосинтез жапырақ");
        assert_eq!(titles(&found).first().map(String::as_str), Some("Қсфотосинтез: жасыл жапырақ"));

        // Phrases, and words that must not be there.
        let both = find(&guest, "\"жасыл жапырақ\"", Value::Null).await;
        assert_eq!(titles(&both), ["Қсфотосинтез: жасыл жапырақ"]);
        // Where none has the phrase, its words count.
        assert_eq!(find(&guest, "\"жапырақ жасыл\"", Value::Null).await["totalCount"], 1);
        assert_eq!(find(&guest, "жапырақтар -зертхана", Value::Null).await["totalCount"], 0);
        assert_eq!(find(&guest, "", Value::Null).await["totalCount"], find(&guest, "  \"\" ", Value::Null).await["totalCount"]);

        // Too long, and a cursor of another search.
        let long = "ж".repeat(301);
        let answer = guest.query_raw(FIND, json!({"q": long})).await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], "TOO_LONG");
        let other = guest.query_raw(FIND, json!({"q": "жапырақ", "after": "AAAA"})).await;
        assert_eq!(other["errors"][0]["extensions"]["code"], "CURSOR");
    }

    /// What a work says is found from the moment it is shared until it is withdrawn, and as it was shared last.
    async fn the_index_follows_the_work(backend: Backend) {
        let community = Community::fresh(backend).await;
        let teacher = community.persona("teacher");
        let (id, version) = begun(&teacher, &json!({"tags": ["зебракод"]}), "Ақжелкенкод", "Бірінші нұсқакод.").await;
        for word in ["ақжелкенкод", "нұсқакод", "зебракод"] {
            assert_eq!(find(&teacher, word, Value::Null).await["totalCount"], 0, "{word} is a draft's");
        }
        let share = |version: i64| json!({"input": {"id": id, "version": version, "audience": {"rung": "PUBLIC"}}});
        let made = done(&teacher.query(SHARE, share(version)).await);
        let guest = community.guest();
        for word in ["ақжелкенкод", "нұсқакод", "зебракод"] {
            assert_eq!(find(&guest, word, Value::Null).await["totalCount"], 1, "{word}");
        }
        let text = json!({"title": {"kk": "Ақжелкенкод"}, "body": "Екінші басылымкод.", "licence": "CC_BY"});
        let input = json!({"input": {"id": id, "version": number(&made, "/resource/version"), "text": text, "card": card(&json!({"tags": ["жирафкод"]}))}});
        let made = done(&teacher.query(UPDATE, input).await);
        // Its card is new at once, what it says only when it is shared.
        for (word, works) in [("зебракод", 0), ("жирафкод", 1), ("нұсқакод", 1), ("басылымкод", 0)] {
            assert_eq!(find(&guest, word, Value::Null).await["totalCount"], works, "{word}");
        }
        let made = done(&teacher.query(SHARE, share(number(&made, "/resource/version"))).await);
        for (word, works) in [("нұсқакод", 0), ("басылымкод", 1)] {
            assert_eq!(find(&guest, word, Value::Null).await["totalCount"], works, "{word}");
        }
        let kept = "SELECT works FROM resource_count";
        let before = community.database.number(kept).await;
        let input = json!({"input": {"id": id, "version": number(&made, "/resource/version"), "reason": "Ескірді"}});
        done(&teacher.query(WITHDRAW, input).await);
        for client in [&guest, &teacher] {
            assert_eq!(find(client, "ақжелкенкод", Value::Null).await["totalCount"], 0);
        }
        assert_eq!(community.database.number(kept).await, before - 1);
        assert_eq!(community.database.number("SELECT count(*) FROM resource WHERE state = 'shared'").await, before - 1);
        for table in ["resource_term", "resource_words"] {
            let left = format!("SELECT count(*) FROM {table} WHERE resource_id NOT IN (SELECT id FROM resource WHERE state = 'shared')");
            assert_eq!(community.database.number(&left).await, 0, "{table}");
        }
    }

    /// Neither a list, a count, a facet nor a guess tells of what the viewer may not see.
    async fn nothing_leaks(backend: Backend) {
        let community = Community::fresh(backend).await;
        let teacher = community.persona("teacher");
        let hidden = json!({"kind": "TOOLKIT_STEP", "language": "EN", "subject": "CHEMISTRY", "gradeFrom": 12, "gradeTo": 12, "licence": "ALL_RIGHTS"});
        let open = json!({"kind": "SLIDES", "language": "RU", "subject": "BIOLOGY", "gradeFrom": 3, "gradeTo": 3});
        let body = "кенгурукод и опоссумкод";
        begun(&teacher, &hidden, "Draft кенгурукод", body).await;
        let me = teacher.query("{ viewer { person { memberships { school { id } } } } }", json!({})).await;
        let school = text(&me, "/viewer/person/memberships/0/school/id");
        shared(&teacher, &hidden, "School кенгурукод", body, Some(json!({"rung": "SCHOOL", "scopeId": school}))).await;
        let (id, version) = shared(&teacher, &hidden, "Withdrawn кенгурукод", body, None).await;
        let input = json!({"input": {"id": id, "version": version, "reason": "Ошибка"}});
        done(&teacher.query(WITHDRAW, input).await);
        shared(&teacher, &open, "Открытая", "кенгурукод", None).await;

        for client in [community.guest(), community.persona("outsider")] {
            let found = find(&client, "кенгурукод", Value::Null).await;
            assert_eq!(titles(&found), ["Открытая"]);
            assert_eq!(found["totalCount"], 1);
            let facets = json!({
                "kinds": [{"kind": "SLIDES", "count": 1}], "languages": [{"language": "RU", "count": 1}],
                "subjects": [{"subject": {"code": "BIOLOGY"}, "count": 1}], "grades": [{"grade": 3, "count": 1}],
                "licences": [{"licence": {"code": "CC_BY"}, "count": 1}],
            });
            for (name, counts) in facets.as_object().expect("facets") {
                assert_eq!(&found["facets"][name], counts, "{name}");
            }
            // Whatever the filters are.
            let found = find(&client, "кенгурукод", json!({"kinds": ["TOOLKIT_STEP"], "states": ["WITHDRAWN"]})).await;
            assert_eq!(found["totalCount"], 0);
            assert_eq!(found["facets"]["kinds"], json!([{"kind": "SLIDES", "count": 1}]));
            // A word that only they have is not guessed at.
            let found = find(&client, "опоссумкот", Value::Null).await;
            assert_eq!((&found["didYouMean"], &found["totalCount"]), (&Value::Null, &json!(0)));
        }
        let found = find(&teacher, "опоссумкот", Value::Null).await;
        assert_eq!(found["didYouMean"], "опоссумкод");
        assert_eq!(titles(&found), ["School кенгурукод"]);
        assert_eq!(find(&teacher, "кенгурукод", Value::Null).await["totalCount"], 2);
    }

    /// Each facet counts under all other filters; pages follow each other without gap or repetition.
    async fn facets_and_pages(backend: Backend) {
        let community = Community::fresh(backend).await;
        let teacher = community.persona("teacher");
        for n in 0..7 {
            let kind = if n % 2 == 0 { "SLIDES" } else { "VIDEO" };
            let more = json!({"kind": kind, "gradeFrom": n, "gradeTo": n + 1, "language": if n < 3 { "RU" } else { "KK" }});
            shared(&teacher, &more, &format!("Фасеткод {n}"), &"фасеткод ".repeat(n + 1), None).await;
        }
        let guest = community.guest();
        let found = find(&guest, "фасеткод", json!({"kinds": ["VIDEO"], "languages": ["KK"]})).await;
        assert_eq!(found["totalCount"], 2, "{found:#}");
        assert_eq!(found["facets"]["kinds"], json!([{"kind": "SLIDES", "count": 2}, {"kind": "VIDEO", "count": 2}]));
        assert_eq!(found["facets"]["languages"], json!([{"language": "KK", "count": 2}, {"language": "RU", "count": 1}]));
        assert_eq!(found["facets"]["grades"], json!([{"grade": 3, "count": 1}, {"grade": 4, "count": 1}, {"grade": 5, "count": 1}, {"grade": 6, "count": 1}]));
        let found = find(&guest, "фасеткод", json!({"grade": 4})).await;
        assert_eq!(found["totalCount"], 2);
        assert_eq!(found["facets"]["grades"].as_array().map(Vec::len), Some(8));

        let whole = titles(&find(&guest, "фасеткод", Value::Null).await);
        assert_eq!(whole.len(), 7);
        let (mut walked, mut after) = (Vec::new(), Value::Null);
        loop {
            let page = guest.query(FIND, json!({"q": "фасеткод", "first": 2, "after": after})).await;
            let page = &page["resourceSearch"];
            walked.extend(titles(page));
            assert_eq!(page["totalCount"], 7);
            if page["pageInfo"]["hasNextPage"] == false {
                break;
            }
            after = page["pageInfo"]["endCursor"].clone();
        }
        assert_eq!(walked, whole);
    }

    /// Works that share their words are shared at once without waiting for each other for ever.
    async fn works_are_indexed_side_by_side(backend: Backend) {
        let community = Community::on(backend, 2).await;
        let each = (0..12).map(|n| {
            let author = community.persona_on(n % 2, "teacher");
            async move {
                let body = "қатаркод сабақкод топкод мектепкод оқушыкод бағалаукод";
                let (id, version) = begun(&author, &json!({}), "Қатаркод", body).await;
                let input = json!({"input": {"id": id, "version": version, "audience": {"rung": "PUBLIC"}}});
                let answer = author.query(SHARE, input).await;
                codes(&answer["resourceShare"])
            }
        });
        let each = futures_util::future::join_all(each).await;
        assert!(each.iter().all(Vec::is_empty), "{each:?}");
        assert_eq!(find(&community.guest(), "қатаркод", Value::Null).await["totalCount"], 12);
        assert_eq!(community.database.number("SELECT works FROM resource_count").await,
            community.database.number("SELECT count(*) FROM resource WHERE state = 'shared'").await);
    }
}
