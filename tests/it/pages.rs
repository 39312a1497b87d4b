//! The pages as a browser without scripts has them: links, forms, cookies, and nothing else.

use std::collections::{BTreeSet, VecDeque};

use reqwest::{Method, StatusCode, header};
use tests::Backend;

use crate::browser::{Browser, Page, attributes, encoded, form};
use crate::community::{Community, text};
use crate::page_budget::Budget;

/// The address in another language.
fn in_language(path: &str, language: &str) -> String {
    format!(
        "/{language}{}",
        path.strip_prefix("/kk").expect("a Kazakh page")
    )
}

/// Every page that can be reached by links from the first one, in each language. Of the country's regions only this one
/// is opened: it shows how all are.
async fn crawl(browser: &mut Browser, who: &str, region: &str) -> BTreeSet<String> {
    let mut budget = Budget::default();
    let mut seen = BTreeSet::from(["/kk".to_owned()]);
    let mut next = VecDeque::from(["/kk".to_owned()]);
    while let Some(path) = next.pop_front() {
        for language in ["kk", "ru", "en"] {
            let path = in_language(&path, language);
            let page = browser.get(&path).await;
            assert_eq!(page.status, StatusCode::OK, "{who}: {path}");
            assert!(!page.h1().trim().is_empty(), "{who}: {path}");
            assert!(
                page.html.contains(&format!("<html lang=\"{language}\"")),
                "{path}"
            );
            let policy = page
                .headers
                .get(header::CONTENT_SECURITY_POLICY)
                .expect("a policy");
            let policy = policy.to_str().expect("text");
            assert!(
                policy.starts_with("default-src 'none'") && !policy.contains("unsafe"),
                "{policy}"
            );
            for inline in [
                " style=\"",
                "<style",
                "<script>",
                " onclick=",
                "javascript:",
            ] {
                assert!(!page.html.contains(inline), "{who}: {path} has {inline}");
            }
            if language != "kk" {
                continue;
            }
            budget.keep(browser, &path).await;
            for link in attributes(&page.html, "href") {
                let link = link.split('#').next().unwrap_or_default().to_owned();
                let page_of_list =
                    link.contains("after=") || link.contains("before=") || link.contains("return=");
                let elsewhere = link.starts_with("/kk/regions/") && !link.contains(region);
                let endings = [
                    ".webmanifest",
                    ".csv",
                    ".bib",
                    ".ris",
                    "/cite.json",
                    ".atom",
                    ".zip",
                ];
                let file = endings.iter().any(|ending| link.contains(ending))
                    || link.starts_with("/files/");
                let ours = link == "/kk" || link.starts_with("/kk/") || link.starts_with("/kk?");
                if ours && !elsewhere && !page_of_list && !file && seen.insert(link.clone()) {
                    next.push_back(link);
                }
            }
        }
    }
    seen
}

#[tokio::test]
async fn every_page_opens_in_every_language() {
    let community = Community::fresh(Backend::Sqlite).await;
    community.settled().await;
    let region = "{ region(by: { code: \"190000000\" }) { id } }";
    let region = community.guest().query(region, serde_json::json!({})).await;
    let region = text(&region, "/region/id");
    let guest = crawl(&mut Browser::new(&community), "guest", &region).await;
    for path in ["/kk/schools", "/kk/networks", "/kk/regions", "/kk/about"] {
        assert!(guest.contains(path), "{path} is not linked");
    }
    let expected: [(&str, &[&str]); 3] = [
        (
            "leading_coordinator",
            &[
                "/propose",
                "/agreement",
                "/edit",
                "/close",
                "/networks/new",
                "/people",
                "/end",
                "/invite",
                "/notifications/preferences",
                "/settings/tokens",
                "/settings/sessions",
                "/settings/password",
            ],
        ),
        (
            "trainer",
            &[
                "/designations",
                "/kk/regions/reg_",
                "/schools/new",
                "/merge",
                "/people",
            ],
        ),
        (
            "admin",
            &[
                "/kk/admin/persons",
                "/kk/admin/announcements/new",
                "/kk/admin/audit",
                "/kk/admin/imports",
                "/kk/admin/invitations",
                "/kk/admin/persons/",
            ],
        ),
    ];
    for (who, endings) in expected {
        let pages = crawl(&mut Browser::of(&community, who).await, who, &region).await;
        for ending in endings {
            assert!(
                pages.iter().any(|page| page.contains(ending)),
                "{who} finds no {ending} in {pages:#?}"
            );
        }
    }
    let mut coordinator = Browser::of(&community, "leading_coordinator").await;
    for path in [
        "/kk/admin/persons",
        "/kk/admin/invitations",
        "/kk/admin/announcements",
        "/kk/admin/announcements/new",
        "/kk/admin/audit",
        "/kk/admin/imports",
        "/kk/nowhere",
    ] {
        assert_eq!(
            coordinator.get(path).await.status,
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
    // Guests are sent to sign in, and come back.
    let away = Browser::new(&community)
        .get("/ru/settings")
        .await
        .location();
    assert_eq!(away, "/ru/sign-in?return=/ru/settings");
}

#[tokio::test]
async fn forms_are_taken_only_from_our_own_pages() {
    let community = Community::fresh(Backend::Sqlite).await;
    let who = community.who("magnetic_coordinator");
    let typed = [
        ("email".to_owned(), who.email.clone()),
        ("password".to_owned(), who.password.clone()),
    ];
    let mut browser = Browser::new(&community);
    let refused = browser
        .send(Method::POST, "/en/sign-in", Some(&typed))
        .await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);

    let typed = [("email", &*who.email), ("password", &*who.password)];
    let wrong = browser
        .submit(
            "/en/sign-in",
            "password",
            &[("email", &who.email), ("password", "nothing of it")],
        )
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        wrong.html.contains("role=\"alert\"")
            && wrong.html.contains(&*who.email)
            && !wrong.html.contains("nothing of it")
    );

    let page = browser.submit("/en/sign-in", "password", &typed).await;
    let cookies = page
        .headers
        .get_all(header::SET_COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok());
    let session = cookies
        .filter(|line| line.starts_with("session="))
        .collect::<String>();
    for attribute in ["; Path=/", "; HttpOnly", "; SameSite=Lax", "; Max-Age="] {
        assert!(session.contains(attribute), "{session}");
    }
    // In the language of the profile.
    assert_eq!(page.location(), "/ru");
    assert_eq!(browser.get("/").await.location(), "/ru");
    for path in [
        "/ru/settings",
        "/ru/notifications",
        "/ru/notifications/preferences",
        "/ru/settings/tokens",
        "/ru/settings/password",
    ] {
        let refused = browser.send(Method::POST, path, Some(&[])).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{path}");
    }
}

#[tokio::test]
async fn two_schools_become_partners_by_forms_alone() {
    let community = Community::fresh(Backend::Sqlite).await;
    let school = community.school("№ 2 Конаев").await;
    let network = community.network_of(&school).await;
    let wanted = community.school("Шенгельды").await;
    let mut leading = Browser::of(&community, "leading_coordinator").await;
    let mut magnetic = Browser::of(&community, "magnetic_coordinator").await;
    let quiet = magnetic.get("/en").await.h1().to_owned();

    let search = format!("/kk/networks/{network}/propose?q={}", encoded("Шенгельды"));
    let page = leading
        .submit(&search, &format!("value=\"{wanted}\""), &[])
        .await
        .location();
    let again = leading
        .submit(&search, &format!("value=\"{wanted}\""), &[])
        .await;
    assert_eq!(
        again.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "a pair has one partnership"
    );
    let theirs = page.replace("/kk/", "/ru/");
    assert_ne!(
        magnetic.get("/en").await.h1(),
        quiet,
        "one more thing waits"
    );

    magnetic
        .submit(&theirs, "accept", &[("do", "accept")])
        .await
        .location();
    let late = magnetic.get(&theirs).await;
    assert!(!late.html.contains("value=\"accept\""), "it is answered");

    let agreement = format!("{page}/agreement");
    let mut terms = vec![
        ("aims", "Үш ортақ <зерттеу> сабағы"),
        ("leadingGives", "Фасилитатор"),
        ("magneticGives", "Үш мұғалім"),
        ("mediaRules", "Балалардың беттері түсірілмейді"),
        ("startsOn", "2027-06-01"),
        ("endsOn", "2026-12-01"),
    ];
    let refused = leading.submit(&agreement, "aims", &terms).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused.html.contains("Үш ортақ &lt;зерттеу&gt; сабағы"),
        "nothing typed is lost"
    );
    assert!(
        refused.html.contains("aria-invalid=\"true\"")
            && refused.html.contains("href=\"#f-endsOn\""),
        "{}",
        refused.html
    );
    terms.truncate(4);
    terms.extend([("startsOn", "2026-12-01"), ("endsOn", "2027-06-01")]);
    assert_eq!(
        leading.submit(&agreement, "aims", &terms).await.location(),
        page
    );

    leading
        .submit(&page, "sign", &[("do", "sign")])
        .await
        .location();
    let unread = magnetic.get(&theirs).await;
    let (action, mut fields) = form(&unread.html, "sign").expect("a form to sign");
    // Words that changed after they were read are not signed.
    terms.truncate(5);
    terms.push(("endsOn", "2027-05-01"));
    leading.submit(&agreement, "aims", &terms).await.location();
    fields.push(("do".to_owned(), "sign".to_owned()));
    let conflict = magnetic.send(Method::POST, &action, Some(&fields)).await;
    assert_eq!(conflict.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(conflict.html.contains("role=\"alert\"") && conflict.html.contains("2027"));

    magnetic
        .submit(&theirs, "sign", &[("do", "sign")])
        .await
        .location();
    leading
        .submit(&page, "sign", &[("do", "sign")])
        .await
        .location();
    assert_eq!(
        leading.get(&page).await.h1(),
        "Екі мектеп бірге жұмыс істейді"
    );

    let silent = magnetic
        .submit(&theirs, "suspend", &[("do", "suspend")])
        .await;
    assert_eq!(
        silent.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "a pause needs a reason"
    );
    magnetic
        .submit(
            &theirs,
            "suspend",
            &[("do", "suspend"), ("reason", "Каникулы")],
        )
        .await
        .location();
    assert_eq!(magnetic.get(&theirs).await.h1(), "Школы сделали перерыв");
    magnetic
        .submit(&theirs, "resume", &[("do", "resume")])
        .await
        .location();
    magnetic
        .submit(
            &theirs,
            "end",
            &[("do", "end"), ("reason", "Цели достигнуты")],
        )
        .await
        .location();
    assert_eq!(magnetic.get(&theirs).await.h1(), "Партнёрство завершено");
}

#[tokio::test]
async fn people_keep_their_own_settings() {
    let community = Community::fresh(Backend::Sqlite).await;
    community.settled().await;
    let mut browser = Browser::of(&community, "magnetic_coordinator").await;

    let typed = [
        ("name", "Айгүл"),
        ("language", "KK"),
        ("emailShownTo", "NOBODY"),
    ];
    browser
        .submit("/ru/settings", "emailShownTo", &typed)
        .await
        .location();
    assert_eq!(browser.get("/").await.location(), "/kk");

    let typed = [
        ("name", "отчёты"),
        ("scope", "READ"),
        ("expiresOn", "2027-01-01"),
    ];
    let made = browser
        .submit("/ru/settings/tokens", "expiresOn", &typed)
        .await;
    let shown = |page: &Page| page.html.contains("<code>");
    assert!(made.status == StatusCode::OK && shown(&made));
    let later = browser.get("/ru/settings/tokens").await;
    assert!(
        later.html.contains("отчёты") && !shown(&later),
        "a token is shown once"
    );
    browser
        .submit("/ru/settings/tokens", "name=\"revoke\"", &[])
        .await
        .location();
    assert!(
        !browser
            .get("/ru/settings/tokens")
            .await
            .html
            .contains("отчёты")
    );

    assert!(
        browser
            .get("/en/notifications")
            .await
            .html
            .contains("class=\"new\"")
    );
    browser
        .submit("/en/notifications", "name=\"upTo\"", &[])
        .await
        .location();
    assert_eq!(
        browser.get("/en/notifications").await.h1(),
        "No new notifications"
    );

    let hours = [("from", "22:00"), ("until", "")];
    let reasons = [
        "PARTNERSHIP_WAITS",
        "PARTNERSHIP_CHANGED",
        "NETWORK_CHANGED",
        "SCHOOL_CHANGED",
        "DESIGNATION_CHANGED",
        "MEMBERSHIP_CHANGED",
        "RESOURCE_SHARED",
        "RESOURCE_ANSWERED",
        "RESOURCE_MODERATED",
        "STUDY_WAITS",
        "STUDY_CHANGED",
        "PLAN_WAITS",
        "PLAN_CHANGED",
        "ANNOUNCEMENT",
        "SECURITY",
    ];
    let mut typed = reasons.map(|reason| (reason, "DIGEST")).to_vec();
    typed.extend(hours);
    let refused = browser
        .submit("/en/notifications/preferences", "SECURITY", &typed)
        .await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    typed.retain(|(name, _)| *name != "until");
    typed.push(("until", "07:00"));
    let saved = browser
        .submit("/en/notifications/preferences", "SECURITY", &typed)
        .await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.html);
    assert!(
        browser
            .get("/en/notifications/preferences")
            .await
            .html
            .contains("value=\"22:00\"")
    );

    browser
        .submit("/en/settings/sessions", "name=\"all\"", &[("all", "1")])
        .await
        .location();
    assert!(
        browser
            .get("/en/settings")
            .await
            .location()
            .starts_with("/en/sign-in")
    );
}

#[tokio::test]
async fn a_trainer_keeps_the_register() {
    let community = Community::fresh(Backend::Sqlite).await;
    let region = "{ region(by: { code: \"190000000\" }) { id } }";
    let region = community.guest().query(region, serde_json::json!({})).await;
    let region = text(&region, "/region/id");
    let new = format!("/kk/regions/{region}/schools/new");
    let mut coordinator = Browser::of(&community, "leading_coordinator").await;
    assert_eq!(coordinator.get(&new).await.status, StatusCode::NOT_FOUND);

    let mut trainer = Browser::of(&community, "trainer").await;
    let refused = trainer
        .submit(&new, "regionId", &[("languages", "kk, ru")])
        .await;
    assert_eq!(
        refused.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "a school has a name"
    );
    assert!(
        refused.html.contains("value=\"kk, ru\""),
        "nothing typed is lost"
    );
    let typed = [
        ("name.kk", "Қараой мектебі"),
        ("regionId", &*region),
        ("languages", "kk, ru"),
        ("aliases.ru", "Караойская школа\r\nШкола в Караое"),
    ];
    let school = trainer.submit(&new, "regionId", &typed).await.location();
    let id = school.rsplit('/').next().expect("an id").to_owned();
    assert_eq!(community.school("школа в Караое").await, id);

    let edit = format!("{school}/edit");
    let page = trainer.get(&edit).await;
    assert!(
        page.html
            .contains("Караойская школа\nШкола в Караое</textarea>"),
        "{}",
        page.html
    );
    let typed = [
        ("name.kk", "Қараой гимназиясы"),
        ("renamedOn", "2025-09-01"),
        ("regionId", &*region),
        ("languages", "kk"),
        ("aliases.ru", "Караойская школа"),
    ];
    assert_eq!(
        trainer.submit(&edit, "regionId", &typed).await.location(),
        school
    );
    let shown = trainer.get(&school).await;
    assert_eq!(shown.h1(), "Қараой гимназиясы");
    assert!(
        shown.html.contains("Қараой мектебі"),
        "the former name stays"
    );
    let late = trainer
        .submit(&edit, "regionId", &[("name.kk", "x"), ("version", "1")])
        .await;
    assert_eq!(
        late.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "it was changed meanwhile"
    );

    // The coordinator of a school corrects its card, but neither moves nor closes it.
    let own = community.school("№ 2 Конаев").await;
    let page = coordinator.get(&format!("/kk/schools/{own}/edit")).await;
    assert!(
        page.status == StatusCode::OK && !page.html.contains("<select"),
        "{}",
        page.html
    );
    for what in ["close", "merge"] {
        let page = coordinator.get(&format!("/kk/schools/{own}/{what}")).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{what}");
    }

    // Entered twice: one of the two goes.
    let twin = [("name.kk", "Қараой орта мектебі"), ("regionId", &*region)];
    let twin = trainer.submit(&new, "regionId", &twin).await.location();
    let found = trainer
        .get(&format!("{twin}/merge?q={}", encoded("Қараой")))
        .await;
    let choice = attributes(&found.html, "href").find(|link| link.contains(&format!("into={id}")));
    let choice = choice.unwrap_or_else(|| panic!("nothing to choose in {}", found.html));
    let stays = trainer.submit(&choice, "intoId", &[]).await.location();
    assert_eq!(stays, school);
    assert!(
        trainer
            .get(&twin)
            .await
            .html
            .contains(&format!("/kk/schools/{id}"))
    );

    let close = format!("{school}/close");
    let silent = trainer.submit(&close, "reason", &[("reason", "")]).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    let why = [("reason", "Ауыл көшті")];
    assert_eq!(
        trainer.submit(&close, "reason", &why).await.location(),
        school
    );
    assert_eq!(
        trainer.get(&close).await.status,
        StatusCode::NOT_FOUND,
        "it is closed"
    );
}

#[tokio::test]
async fn an_administrator_invites_a_trainer() {
    let community = Community::fresh(Backend::Sqlite).await;
    let mut admin = Browser::of(&community, "admin").await;
    let region = "{ region(by: { code: \"330000000\" }) { id } }";
    let region = community.guest().query(region, serde_json::json!({})).await;
    let region = text(&region, "/region/id");
    let page = "/ru/admin/invitations";
    let mut typed = vec![
        ("email", "nobody"),
        ("role", "TRAINER"),
        ("scopeId", &*region),
        ("language", "KK"),
    ];
    let refused = admin.submit(page, "scopeId", &typed).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    typed[0].1 = "zhetysu.trainer@school.example";
    assert_eq!(admin.submit(page, "scopeId", &typed).await.location(), page);
    assert!(
        admin
            .get(page)
            .await
            .html
            .contains("zhetysu.trainer@school.example")
    );
    admin.submit(page, "name=\"revoke\"", &[]).await.location();
    assert!(
        !admin
            .get(page)
            .await
            .html
            .contains("zhetysu.trainer@school.example")
    );
}

#[tokio::test]
async fn roles_end_by_those_who_may() {
    let community = Community::fresh(Backend::Sqlite).await;
    let school = community.school("№ 2 Конаев").await;
    let people = format!("/kk/schools/{school}/people");
    let ends = |page: &Page| {
        let links = attributes(&page.html, "href").collect::<Vec<_>>();
        links
            .into_iter()
            .filter(|link| link.ends_with("/end"))
            .collect::<Vec<_>>()
    };
    let away = Browser::new(&community).get(&people).await.location();
    assert!(away.starts_with("/kk/sign-in"), "{away}");
    let mut stranger = Browser::of(&community, "other_coordinator").await;
    let page = stranger.get(&people).await;
    assert!(
        !page.html.contains("Математика мұғалімі"),
        "who teaches there is for the school"
    );
    assert_eq!(ends(&page), [""; 0]);

    let mut coordinator = Browser::of(&community, "leading_coordinator").await;
    let mut teacher = Browser::of(&community, "teacher").await;
    let own = ends(&teacher.get("/kk/settings").await);
    let [own] = own.as_slice() else {
        panic!("{own:?}")
    };
    let page = coordinator.get(&people).await;
    assert!(page.html.contains("Математика мұғалімі") && ends(&page).contains(own));
    assert_eq!(stranger.get(own).await.status, StatusCode::NOT_FOUND);

    // The last coordinator stays.
    let theirs = ends(&coordinator.get("/kk/settings").await);
    let refused = coordinator.submit(&theirs[0], "return", &[]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.html.contains("role=\"alert\""));

    let back = coordinator.submit(own, "return", &[]).await.location();
    assert_eq!(back, format!("/kk/schools/{school}"));
    assert!(
        !coordinator
            .get(&people)
            .await
            .html
            .contains("Математика мұғалімі")
    );
    let out = teacher.get("/kk/settings").await.location();
    assert!(
        out.starts_with("/kk/sign-in"),
        "their sessions end with the role: {out}"
    );
}

#[tokio::test]
async fn assets_are_kept_for_good_and_sent_small() {
    let community = Community::fresh(Backend::Sqlite).await;
    let base = community.guest().base;
    let page = Browser::new(&community).get("/en").await;
    let sheets = attributes(&page.html, "href").filter(|link| link.starts_with("/assets/app-"));
    let sheet = sheets.last().expect("a style sheet");
    let http = tests::http().build().expect("a client");
    let get = async |accepts: &str, known: &str| {
        let request = http
            .get(format!("{base}{sheet}"))
            .header(header::ACCEPT_ENCODING, accepts);
        request
            .header(header::IF_NONE_MATCH, known)
            .send()
            .await
            .expect("an answer")
    };
    let mut sizes = Vec::new();
    for (accepts, sent) in [
        ("gzip, deflate, br, zstd", Some("br")),
        ("gzip, zstd", Some("zstd")),
        ("gzip", Some("gzip")),
        ("identity", None),
    ] {
        let answer = get(accepts, "").await;
        let headers = answer.headers().clone();
        let said = |name| headers.get(name).and_then(|value| value.to_str().ok());
        assert_eq!(said(header::CONTENT_ENCODING), sent, "{accepts}");
        assert_eq!(
            said(header::CACHE_CONTROL),
            Some("public, max-age=31536000, immutable")
        );
        assert_eq!(said(header::VARY), Some("accept-encoding"));
        let tag = said(header::ETAG).expect("a tag").to_owned();
        sizes.push(answer.bytes().await.expect("a body").len());
        assert_eq!(get(accepts, &tag).await.status(), StatusCode::NOT_MODIFIED);
    }
    assert!(sizes.is_sorted(), "{sizes:?}");
    // Pages are compressed when they are asked for.
    for (accepts, sent) in [("gzip, br, zstd", "zstd"), ("gzip", "gzip")] {
        let answer = http
            .get(format!("{base}/en"))
            .header(header::ACCEPT_ENCODING, accepts);
        let answer = answer.send().await.expect("an answer");
        let encoding = answer.headers().get(header::CONTENT_ENCODING);
        assert_eq!(encoding.and_then(|value| value.to_str().ok()), Some(sent));
    }
}
