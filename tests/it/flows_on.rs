//! What flows on from a shared report without retyping: paper, and a work of the bank. And what never does.

use reqwest::{Method, StatusCode};
use serde_json::json;

use crate::browser::{Browser, encoded, form};
use crate::community::{Community, done, insist, text};
use crate::paper::pages;
use crate::studying::must;

/// The letters that Kazakh has and Russian has not.
pub const LETTERS: &str = "әғқңөұүһіӘҒҚҢӨҰҮҺІ";

/// A word as long as Kazakh words get.
pub const WORD: &str = "қанағаттандырылмағандықтарыңыздан";

const RETELL: &str = "mutation($i: ResourceRetellInput!) { resourceRetell(input: $i) {
    resource { id version state } userErrors { field code message } } }";

/// Nothing of a case pupil stands in it.
fn clean(of: &str, said: &str, secrets: &[&str]) {
    for secret in secrets {
        assert!(!said.contains(secret), "{of} tells {secret:?}: {said}");
    }
}

/// The report of this study is on paper as it is on its page, for whoever reads the page.
pub async fn on_paper(community: &Community, study: &str, secrets: &[&str]) {
    let mut readers = [
        Browser::new(community),
        Browser::of(community, "outsider").await,
    ];
    for reader in &mut readers {
        for language in ["kk", "ru", "en"] {
            let path = format!("/{language}/reports/{study}/report.pdf");
            let page = reader.get(&format!("/{language}/reports/{study}")).await;
            assert!(page.html.contains(&path), "no link to paper: {}", page.html);
            let (status, kind, tag, bytes) = reader.file(&path, "").await;
            assert_eq!((status, &*kind), (StatusCode::OK, "application/pdf"));
            let catalogue = String::from_utf8_lossy(&bytes);
            for said in [
                &*format!("/Lang({language})"),
                "/MarkInfo",
                "/StructTreeRoot",
                "/Outlines",
                "/FontFile2",
            ] {
                let plain = catalogue.replace("/Lang (", "/Lang(");
                assert!(plain.contains(said), "{said} is not in the document");
            }
            let (again, ..) = reader.file(&path, &tag).await;
            assert_eq!(again, StatusCode::NOT_MODIFIED);
            let pages = pages(bytes);
            assert!(pages.len() > 1, "{}", pages.len());
            let said = pages.join(" ");
            for letter in LETTERS.chars() {
                assert!(said.contains(letter), "{letter} is not on paper: {said}");
            }
            assert!(
                said.contains(WORD) && said.contains("Сурет көмектеседі"),
                "{said}"
            );
            assert!(!said.contains('\u{fffd}'), "a letter means nothing: {said}");
            clean("paper", &said, secrets);
        }
    }
    let [guest, _] = &mut readers;
    let (status, ..) = guest
        .file(
            "/kk/reports/std_0192f0c1d2e37000800000000000abcd/report.pdf",
            "",
        )
        .await;
    assert_eq!(status, StatusCode::NOT_FOUND);
}

/// Two of the group make a work of their report at the same time, and it is one. Its id.
pub async fn into_the_bank(
    community: &Community,
    group: [&mut Browser; 2],
    study: &str,
    secrets: &[&str],
) -> String {
    let [teacher, partner] = group;
    let report = format!("/kk/reports/{study}");
    let mut guest = Browser::new(community);
    assert!(form(&guest.get(&report).await.html, "value=\"retell\"").is_none());
    for (who, code) in [("outsider", "NOT_PERMITTED"), ("trainer", "NOT_PERMITTED")] {
        let input = json!({"studyId": study, "language": "KK"});
        let refused = community
            .persona(who)
            .query(RETELL, json!({"i": input}))
            .await;
        assert_eq!(
            text(&refused, "/resourceRetell/userErrors/0/code"),
            code,
            "{who}"
        );
    }
    let read = async |browser: &mut Browser| {
        let page = browser.get(&report).await.html;
        let (action, mut fields) = form(&page, "value=\"retell\"").expect("a button");
        fields.extend([
            ("language".to_owned(), "KK".to_owned()),
            ("do".to_owned(), "retell".to_owned()),
        ]);
        (action, fields)
    };
    let ((action, ours), (_, theirs)) = (read(teacher).await, read(partner).await);
    let (one, other) = tokio::join!(
        teacher.send(Method::POST, &action, Some(&ours)),
        partner.send(Method::POST, &action, Some(&theirs)),
    );
    assert_eq!(
        (one.location(), other.location()),
        (report.clone(), report.clone())
    );
    let works = "SELECT count(*) FROM resource WHERE study_id IS NOT NULL";
    assert_eq!(community.database.number(works).await, 1);

    let lead = community.persona("teacher");
    let input = json!({"studyId": study, "language": "KK"});
    let mut again = insist(&lead, RETELL, json!({"i": input})).await;
    let again = done(&json!({"resourceRetell": again["resourceRetell"].take()}));
    let id = text(&again, "/resource/id");
    let select = "query($id: ID!) { resource(id: $id) { kind state authors { name } study { id }
        title { text } draft { body summary { text } } } }";
    let work = lead.query(select, json!({"id": id})).await;
    let body = text(&work, "/resource/draft/body");
    assert!(
        body.contains("## Нәтижелер\n\nСурет көмектеседі") && body.contains(WORD),
        "{body}"
    );
    assert_eq!(
        work["resource"]["authors"].as_array().map(Vec::len),
        Some(2),
        "{work:#}"
    );
    assert_eq!(text(&work, "/resource/study/id"), study);
    clean("the draft", &work.to_string(), secrets);

    // The two pages lead to each other, for those who see both.
    let link = format!("/kk/bank/{id}");
    assert!(partner.get(&report).await.html.contains(&link));
    assert!(partner.get(&link).await.html.contains(&report));
    assert!(
        !guest.get(&report).await.html.contains(&link),
        "a draft is nobody's business"
    );
    let input =
        json!({"id": id, "version": again["resource"]["version"], "audience": {"rung": "PUBLIC"}});
    must(
        &lead,
        "resourceShare",
        "ResourceShareInput",
        "resource { id }",
        input,
    )
    .await;
    assert!(guest.get(&report).await.html.contains(&link));
    assert!(guest.get(&link).await.html.contains(&report));
    community.settled().await;
    let notices = "{ viewer { notifications(first: 100) { nodes { title subject { id } } } } }";
    let mut told = Vec::new();
    for who in ["teacher", "partner_teacher"] {
        told.push(
            community
                .persona(who)
                .query(notices, json!({}))
                .await
                .to_string(),
        );
    }
    assert!(
        told.iter().any(|inbox| inbox.contains(&id)),
        "nobody is told: {told:#?}"
    );
    id
}

/// Whatever leaves the group says nothing about a case pupil.
pub async fn says_nothing(community: &Community, study: &str, resource: &str, secrets: &[&str]) {
    let (report, work) = (
        format!("/kk/reports/{study}"),
        format!("/kk/bank/{resource}"),
    );
    let theme = encoded("Бөлшектерді түсіндіру");
    let lists = [
        format!("/kk/bank?q={theme}"),
        "/kk/bank/feed.atom".to_owned(),
        "/oai?verb=ListRecords&metadataPrefix=oai_dc".to_owned(),
        "/oai?verb=ListRecords&metadataPrefix=lom".to_owned(),
        "/sitemap.xml".to_owned(),
    ];
    let shown = [report, work.clone(), format!("{work}/v/1")];
    let cited = ["bib", "ris", "json"].map(|ending| format!("{work}/cite.{ending}"));
    let home = [
        "/kk".to_owned(),
        "/kk/notifications".to_owned(),
        "/kk/calendar".to_owned(),
    ];
    for who in [
        "guest",
        "outsider",
        "konaev_coordinator",
        "trainer",
        "admin",
    ] {
        let mut reader = match who {
            "guest" => Browser::new(community),
            who => Browser::of(community, who).await,
        };
        for path in lists.iter().chain(&shown).chain(&cited).chain(&home) {
            let page = reader.get(path).await;
            if who == "guest" && !home.contains(path) {
                assert_eq!(page.status, StatusCode::OK, "{path}");
            }
            clean(&format!("{path} as {who}"), &page.html, secrets);
        }
    }
    let mut guest = Browser::new(community);
    for path in &lists[..4] {
        let found = guest.get(path).await.html;
        assert!(found.contains(resource), "{path} has the work: {found}");
    }
    let inbox = "{ viewer { notifications(first: 100) { nodes { title reason } } } }";
    for who in ["teacher", "partner_teacher", "outsider", "trainer"] {
        let told = community.persona(who).query(inbox, json!({})).await;
        clean("a notice", &told.to_string(), secrets);
    }
    // Facts are what notices, letters, feeds and the audit are made of; versions and terms, what the bank finds and shows.
    for (table, column) in [
        ("outbox", "fact"),
        ("resource_draft", "body"),
        ("resource_version", "body"),
        ("resource_words", "words"),
        ("study_report", "findings"),
    ] {
        for secret in secrets {
            let rows = format!("SELECT count(*) FROM {table} WHERE {column} LIKE '%{secret}%'");
            assert_eq!(
                community.database.number(&rows).await,
                0,
                "{table} holds {secret:?}"
            );
        }
    }
}
