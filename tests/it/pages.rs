//! The pages as a browser without scripts has them: links, forms, cookies, and nothing else.

use std::collections::{BTreeSet, VecDeque};

use reqwest::{Method, StatusCode, header};
use tests::Backend;

use crate::browser::{Browser, Page, attributes, encoded, form};
use crate::community::Community;

/// The address in another language.
fn in_language(path: &str, language: &str) -> String {
    format!(
        "/{language}{}",
        path.strip_prefix("/kk").expect("a Kazakh page")
    )
}

/// Every page that can be reached by links from the first one, in each language.
async fn crawl(browser: &mut Browser, who: &str) -> BTreeSet<String> {
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
            for link in attributes(&page.html, "href") {
                let link = link.split('#').next().unwrap_or_default().to_owned();
                let page_of_list =
                    link.contains("after=") || link.contains("before=") || link.contains("return=");
                // One region of the whole country shows how all are.
                let elsewhere = link.starts_with("/kk/regions/") && !link.contains("/19");
                let ours = link == "/kk" || link.starts_with("/kk/") || link.starts_with("/kk?");
                if ours
                    && !elsewhere
                    && !page_of_list
                    && !link.ends_with(".webmanifest")
                    && seen.insert(link.clone())
                {
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
    let guest = crawl(&mut Browser::new(&community), "guest").await;
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
                "/invite",
                "/notifications/preferences",
                "/settings/tokens",
                "/settings/sessions",
                "/settings/password",
            ],
        ),
        ("trainer", &["/designations", "/kk/regions/190000000"]),
        (
            "admin",
            &[
                "/kk/admin/persons",
                "/kk/admin/announcements/new",
                "/kk/admin/audit",
                "/kk/admin/imports",
                "/kk/admin/persons/",
            ],
        ),
    ];
    for (who, endings) in expected {
        let pages = crawl(&mut Browser::of(&community, who).await, who).await;
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
