//! The piggy bank as a browser without scripts has it: links and forms.

use reqwest::{StatusCode, header};
use serde_json::Value;
use tests::{Backend, both};

use crate::browser::Browser;
use crate::community::Community;

/// What the first step asks for.
fn card<'a>(title: &'a str, language: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("text.title", title),
        ("card.kind", "WORKSHEET"),
        ("card.language", language),
        ("card.subject", "ALGEBRA"),
        ("card.gradeFrom", "7"),
        ("card.gradeTo", "8"),
    ]
}

/// From the step of the files on to the last one.
fn onward(files: &str) -> String {
    let work = files.strip_suffix("/files");
    format!("{}/share", work.expect("the step of the files"))
}

/// Shares a work in four steps, without files; the address of its page.
async fn share(browser: &mut Browser, title: &str, body: &str, audience: &str) -> String {
    let made = browser
        .submit("/kk/bank/new", "text.title", &card(title, "KK"))
        .await;
    let text = made.location();
    assert!(text.ends_with("/text"), "{text}");
    let typed = [
        ("text.summary", "Бір беттік парақ"),
        ("text.body", body),
        ("text.links", "Бейне сабақ https://video.example/1"),
        ("card.tags", "бөлшек, топтық жұмыс"),
        ("card.goals", "7.2.1.3"),
    ];
    let said = browser.submit(&text, "text.body", &typed).await;
    let aim = onward(&said.location());
    let typed = [("audience.scopeId", audience), ("licence", "CC_BY_SA")];
    let shared = browser.submit(&aim, "audience.scopeId", &typed).await;
    let page = shared.location();
    assert_eq!(format!("{page}/share"), aim);
    page
}

/// The same page in another language.
fn in_language(page: &str, language: &str) -> String {
    page.replacen("/kk/", &format!("/{language}/"), 1)
}

both! {
    async fn files_come_in_a_form_and_go_again(backend: Backend) {
        let mut community = Community::on(backend, 0).await;
        community.start(&[("SABAQTAS_FILES_LARGEST_MEGABYTES", "1")]).await;
        let mut teacher = Browser::of(&community, "teacher").await;
        let made = teacher.submit("/kk/bank/new", "text.title", &card("Парақ", "KK")).await.location();
        let files = made.replace("/text", "/files");
        let work = files.replace("/files", "").replace("/kk/bank/", "");
        let kept = async || {
            let document = "query($id: ID!) { viewer { fileRoom { used } } resource(id: $id) { draft { files { name size mediaType } } } }";
            community.persona("teacher").query(document, serde_json::json!({"id": work})).await
        };

        assert_eq!(teacher.attach(&files, "парақ.pdf", b"%PDF-1.4 a page").await.location(), files);
        let found = kept().await;
        assert_eq!(found["resource"]["draft"]["files"], serde_json::json!([{"name": "парақ.pdf", "size": 15, "mediaType": "application/pdf"}]));
        assert_eq!(found["viewer"]["fileRoom"]["used"], 15);
        let shown = teacher.get(&files).await.html;
        assert!(shown.contains("парақ.pdf"), "{shown}");

        // What is wrong is said beside the input, and nothing is kept.
        let large = vec![b'a'; (1 << 20) + 1];
        let broken = b"\x89PNG\r\n\x1a\nno picture";
        for (name, bytes, said) in [("", &b""[..], "толтырылмаған"), ("үлкен.txt", &large, "тым үлкен"), ("сурет.png", broken, "Сурет")] {
            let answered = teacher.attach(&files, name, bytes).await;
            assert_eq!(answered.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}: {}", answered.html);
            assert!(answered.html.contains("id=\"e-file\"") && answered.html.contains(said), "{name}: {}", answered.html);
        }
        assert_eq!(kept().await["viewer"]["fileRoom"]["used"], 15);

        // Nobody else adds to it, and no form of another.
        let mut partner = Browser::of(&community, "partner_teacher").await;
        assert_eq!(partner.get(&files).await.status, StatusCode::NOT_FOUND);
        let theirs = partner.parts(&files, &[("version".to_owned(), "2".to_owned())], Some(("x.pdf", b"%PDF-1.4"))).await;
        assert_eq!(theirs.status, StatusCode::FORBIDDEN, "without a token");

        let page = teacher.get(&files).await;
        let (_, after) = page.html.split_once("name=\"remove\" value=\"").expect("a button");
        let file = after.split('"').next().unwrap_or_default().to_owned();
        let (action, mut fields) = crate::browser::form(&page.html, "multipart/form-data").expect("a form");
        fields.retain(|(name, _)| name != "file");
        fields.push(("remove".to_owned(), file));
        assert_eq!(teacher.parts(&action, &fields, None).await.location(), files);
        assert!(!teacher.get(&files).await.html.contains("парақ.pdf"));
        assert_eq!(kept().await["viewer"]["fileRoom"]["used"], 0, "the room is free again");
    }

    async fn a_work_is_shared_adapted_endorsed_used_and_withdrawn_by_forms_alone(backend: Backend) {
        let community = Community::fresh(backend).await;
        let mut teacher = Browser::of(&community, "teacher").await;
        let mut partner = Browser::of(&community, "partner_teacher").await;
        let mut trainer = Browser::of(&community, "trainer").await;
        let mut guest = Browser::new(&community);

        assert_eq!(guest.get("/kk/bank/new").await.location(), "/kk/sign-in?return=/kk/bank/new");
        let nameless = teacher.submit("/kk/bank/new", "text.title", &card("", "KK")).await;
        assert_eq!(nameless.status, StatusCode::UNPROCESSABLE_ENTITY);
        let body = "# Мақсаты\n\nБөлшекті **салыстыру**. <script>alert(1)</script>";
        let page = share(&mut teacher, "Бөлшектер парағы", body, "PUBLIC").await;

        let seen = guest.get(&page).await;
        assert_eq!((seen.status, seen.h1()), (StatusCode::OK, "Бөлшектер парағы"));
        assert!(seen.html.contains("<h3>Мақсаты</h3>") && seen.html.contains("<strong>салыстыру</strong>"));
        assert!(!seen.html.contains("<script>") && seen.html.contains("href=\"https://video.example/1\""));
        let (_, json) = seen.html.split_once("application/ld+json\">").expect("what programs read");
        let json: Value = serde_json::from_str(json.split("</script>").next().unwrap_or_default()).expect("JSON");
        assert_eq!((&json["@type"], &json["inLanguage"]), (&"LearningResource".into(), &"kk".into()));
        assert!(guest.get("/kk/bank?subject=ALGEBRA&kind=WORKSHEET&grade=8").await.html.contains("Бөлшектер парағы"));
        assert!(!guest.get("/kk/bank?subject=ALGEBRA&kind=VIDEO").await.html.contains("Бөлшектер парағы"));
        assert!(guest.get("/kk/bank?q=%D0%B1%D3%A9%D0%BB%D1%88%D0%B5%D0%BA").await.html.contains("<mark>"));
        let work = page.rsplit('/').next().unwrap_or_default();
        // Each filter, alone and beside the words; there with how many it would leave.
        for words in ["", "q=%D0%B1%D3%A9%D0%BB%D1%88%D0%B5%D0%BA&"] {
            let list = guest.get(&format!("/kk/bank?{words}licence=CC_BY_SA&language=KK")).await.html;
            assert!(list.contains(work), "{words}");
            assert_eq!(list.contains("data-n=\"kind"), !words.is_empty(), "{words}");
            for counted in ["kind WORKSHEET", "language KK", "subject ALGEBRA", "grade 7", "licence CC_BY_SA"].into_iter().filter(|_| !words.is_empty()) {
                let (_, count) = list.split_once(&format!("data-n=\"{counted}\">")).unwrap_or_else(|| panic!("{words}: no {counted}"));
                let count = count.split('<').next().unwrap_or_default();
                assert!(count == "1" || count.ends_with("(1)"), "{words}{counted}: {count}");
            }
            assert!(list.contains("name=\"network\""), "{words}: networks");
            let freer = guest.get(&format!("/kk/bank?{words}licence=CC0")).await.html;
            assert!(!freer.contains(work), "{words}");
        }
        for (ending, kind, start) in [
            ("bib", "application/x-bibtex", "@misc{"),
            ("ris", "application/x-research-info-systems", "TY  - GEN\r\n"),
            ("json", "application/vnd.citationstyles.csl+json", "[{"),
        ] {
            let cited = guest.get(&format!("{page}/cite.{ending}")).await;
            let sent = cited.headers.get(header::CONTENT_TYPE).expect("a type");
            assert!(sent.to_str().expect("text").starts_with(kind), "{sent:?}");
            assert!(cited.html.starts_with(start) && cited.html.contains("Бөлшектер парағы"), "{}", cited.html);
        }

        // Share alike: the copy can't be freer.
        let theirs = in_language(&page, "ru");
        let copy = format!("{theirs}/copy");
        let freer = [("language", "RU"), ("licence", "CC0")];
        let refused = partner.submit(&copy, "versionId", &freer).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        let alike = [("language", "RU"), ("licence", "CC_BY_SA")];
        let edit = partner.submit(&copy, "versionId", &alike).await.location();
        let text = partner.submit(&edit, "text.title", &card("Лист по дробям", "RU")).await.location();
        let typed = [("text.summary", "Адаптация"), ("text.body", "# Цель"), ("text.links", ""), ("card.tags", ""), ("card.goals", "")];
        let aim = onward(&partner.submit(&text, "text.body", &typed).await.location());
        let typed = [("audience.scopeId", "PUBLIC"), ("licence", "CC_BY_SA")];
        let adapted = partner.submit(&aim, "audience.scopeId", &typed).await.location();
        assert!(guest.get(&page).await.html.contains(adapted.rsplit('/').next().unwrap_or_default()), "the family shows it");
        assert!(guest.get(&adapted).await.html.contains(page.rsplit('/').next().unwrap_or_default()), "both ways");

        // Found by the beginning of a word, in each language its own.
        let id = |page: &str| page.rsplit('/').next().unwrap_or_default().to_owned();
        for (beginning, found) in [("%D0%B1%D3%A9%D0%BB%D1%88", &page), ("%D0%B4%D1%80%D0%BE%D0%B1", &adapted)] {
            assert!(guest.get(&format!("/ru/bank?q={beginning}")).await.html.contains(&id(found)), "{beginning}");
        }

        // A second version, compared with the first.
        let typed = [("text.summary", "Бір беттік парақ"), ("text.body", "# Мақсаты\n\nБөлшекті **қосу**."), ("text.links", ""), ("card.tags", ""), ("card.goals", "")];
        let aim = onward(&teacher.submit(&format!("{page}/text"), "text.body", &typed).await.location());
        let typed = [("audience.scopeId", "PUBLIC"), ("licence", "CC_BY_SA"), ("change", "Қосу туралы")];
        teacher.submit(&aim, "audience.scopeId", &typed).await.location();
        let compared = guest.get(&format!("{page}/v/1/to/2")).await;
        assert!(compared.html.contains("<del>") && compared.html.contains("<ins>") && compared.html.contains("Қосу туралы"));
        let old = guest.get(&format!("{page}/v/1")).await;
        assert!(old.status == StatusCode::OK && old.html.contains("салыстыру"), "older versions stay");
        assert_eq!(guest.get(&format!("{page}/v/3")).await.status, StatusCode::NOT_FOUND);

        trainer.submit(&format!("{page}/act/endorse"), "versionId", &[("note", "Топта жақсы жүреді")]).await.location();
        let typed = [("heldOn", "2025-09-01"), ("grade", "7"), ("note", "Прошло хорошо"), ("rating", "5")];
        partner.submit(&format!("{theirs}/act/use"), "heldOn", &typed).await.location();
        partner.submit(&theirs, "value=\"comment\"", &[("do", "comment"), ("text", "Спасибо")]).await.location();
        let told = teacher.get(&page).await.html;
        for part in ["Топта жақсы жүреді", "Прошло хорошо", "Спасибо"] {
            assert!(told.contains(part), "{part}");
        }
        // An answer by name: whoever is spoken to is told, and others see to whom it is said.
        let name = community.who("partner_teacher").name.clone();
        let (_, boxes) = told.split_once("name=\"mentionIds\" value=\"").expect("somebody to speak to");
        let partner_id = boxes.split('"').next().unwrap_or_default();
        let unread = async || community.persona("partner_teacher").query("{ viewer { unreadCount } }", Value::Null).await["viewer"]["unreadCount"].as_i64();
        community.settled().await;
        let before = unread().await;
        let typed = [("do", "comment"), ("text", "Рахмет сізге"), ("mentionIds", partner_id)];
        teacher.submit(&page, "value=\"comment\"", &typed).await.location();
        community.settled().await;
        assert_eq!(unread().await, before.map(|count| count + 1));
        assert!(teacher.get(&page).await.html.contains(&format!("<b>@{name}</b> Рахмет сізге")));
        let typed = [("do", "comment"), ("text", "Кімге?"), ("mentionIds", "per_0192f0c1d2e37000800000000000abcd")];
        let nobody = teacher.submit(&page, "value=\"comment\"", &typed).await;
        assert!(nobody.status == StatusCode::UNPROCESSABLE_ENTITY && nobody.html.contains("Кімге?"));
        assert_eq!(partner.get(&format!("{theirs}/act/endorse")).await.status, StatusCode::NOT_FOUND);
        assert_eq!(partner.get(&format!("{theirs}/edit")).await.status, StatusCode::NOT_FOUND);

        // A report, seen and settled at the desk.
        let typed = [("ground", "MISTAKE"), ("note", "Ошибка в ответе")];
        partner.submit(&format!("{theirs}/act/report"), "ground", &typed).await.location();
        assert!(trainer.get("/kk/bank/reports").await.html.contains("Ошибка в ответе"));
        trainer.submit("/kk/bank/reports", "name=\"reason\"", &[("reason", "Түзетілді")]).await.location();
        assert!(!trainer.get("/kk/bank/reports").await.html.contains("Ошибка в ответе"));

        // Credit: a record that anybody checks by its address.
        let works = format!("/kk/bank/by/{}", teacher_id(&community).await);
        let record = teacher.submit(&works, "name=\"idempotencyKey\"", &[]).await.location();
        let checked = guest.get(&in_language(&record, "en")).await;
        assert_eq!(checked.status, StatusCode::OK);
        assert!(checked.html.contains("Математика мұғалімі"), "{}", checked.html);

        let silent = teacher.submit(&format!("{page}/withdraw"), "reason", &[("reason", "")]).await;
        assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
        let typed = [("reason", "Жаңасы жазылып жатыр")];
        teacher.submit(&format!("{page}/withdraw"), "reason", &typed).await.location();
        let gone = guest.get(&page).await;
        assert!(gone.status == StatusCode::OK && gone.html.contains("Жаңасы жазылып жатыр"));
        assert!(!gone.html.contains("Мақсаты") && !gone.html.contains("ld+json"));
        assert_eq!(guest.get(&format!("{page}/v/1")).await.status, StatusCode::NOT_FOUND);
        let id = page.rsplit('/').next().unwrap_or_default();
        assert!(!guest.get("/kk/bank").await.html.contains(id), "what is withdrawn is in no list");
        assert!(!guest.get("/kk/bank?q=%D0%B1%D3%A9%D0%BB%D1%88").await.html.contains(id), "nor found");
        assert!(guest.get("/ru/bank?q=%D0%B4%D1%80%D0%BE%D0%B1").await.html.contains(adapted.rsplit('/').next().unwrap_or_default()), "what was made of it stays");
    }

    async fn authors_name_others_and_take_themselves_off(backend: Backend) {
        let community = Community::fresh(backend).await;
        let mut teacher = Browser::of(&community, "teacher").await;
        let mut colleague = Browser::of(&community, "leading_coordinator").await;
        let mut partner = Browser::of(&community, "partner_teacher").await;
        let made = teacher.submit("/kk/bank/new", "text.title", &card("Бірлескен жұмыс", "KK")).await;
        let draft = made.location().replace("/text", "");
        let authors = format!("{draft}/authors");
        for browser in [&mut colleague, &mut partner] {
            assert_eq!(browser.get(&authors).await.status, StatusCode::NOT_FOUND);
        }
        assert!(teacher.get(&format!("{draft}/edit")).await.html.contains(&authors));

        // Somebody of the own school, by choosing.
        let found = teacher.get(&authors).await;
        assert!(!found.html.contains("name=\"leave\""), "somebody has to stay");
        let (_, link) = found.html.split_once(&format!("href=\"{authors}?school=")).expect("the own school");
        let school = format!("{authors}?school={}", link.split('"').next().unwrap_or_default());
        let name = community.who("leading_coordinator").name.clone();
        let people = teacher.get(&school).await.html;
        let (before, _) = people.split_once(&format!(">{name}</option>")).expect("a colleague to choose");
        let colleague_id = before.rsplit("value=\"").next().unwrap_or_default().trim_end_matches('"').to_owned();
        teacher.submit(&school, "authorIds", &[("authorIds", &colleague_id)]).await.location();
        assert_eq!(colleague.get(&format!("{draft}/edit")).await.status, StatusCode::OK);
        assert!(!teacher.get(&school).await.html.contains(&format!(">{name}</option>")), "once is enough");

        // Somebody of another, by the address of their page; not somebody who is nowhere.
        let wrong = colleague.submit(&authors, "authorIds", &[("authorIds", "https://x.example/kk/bank/by/nobody")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        let them = community.persona("partner_teacher").query("{ viewer { person { id } } }", Value::Null).await;
        let address = format!("https://x.example/ru/bank/by/{}", them["viewer"]["person"]["id"].as_str().expect("an id"));
        colleague.submit(&authors, "authorIds", &[("authorIds", &address)]).await.location();
        assert_eq!(partner.get(&format!("{draft}/text")).await.status, StatusCode::OK);

        // Nobody is taken off by another; whoever leaves sees a draft no more.
        let left = teacher.submit(&authors, "name=\"leave\"", &[("leave", "yes")]).await.location();
        assert_eq!(left, format!("/kk/bank/by/{}", teacher_id(&community).await));
        assert_eq!(teacher.get(&authors).await.status, StatusCode::NOT_FOUND);
        let named = community.persona("leading_coordinator");
        let id = draft.rsplit('/').next().unwrap_or_default();
        let read = "query($id: ID!) { resource(id: $id) { authors { name } } }";
        let now = named.query(read, serde_json::json!({"id": id})).await;
        let names: Vec<_> = now["resource"]["authors"].as_array().expect("authors").iter().filter_map(|author| author["name"].as_str()).collect();
        assert_eq!(names, [name.as_str(), community.who("partner_teacher").name.as_str()]);
    }

    async fn drafts_and_other_peoples_works_stay_unseen(backend: Backend) {
        let community = Community::fresh(backend).await;
        let mut teacher = Browser::of(&community, "teacher").await;
        let mut outsider = Browser::of(&community, "outsider").await;
        let made = teacher.submit("/kk/bank/new", "text.title", &card("Құпия жоба", "KK")).await;
        let draft = made.location().replace("/text", "");
        let hidden = share(&mut teacher, "Желі ішінде", "Мәтін", "SIGNED_IN").await;
        let mut guest = Browser::new(&community);
        for path in ["", "/edit", "/text", "/share", "/copy", "/withdraw", "/cite.bib", "/act/use", "/v/1"] {
            let status = outsider.get(&format!("{draft}{path}")).await.status;
            assert_eq!(status, StatusCode::NOT_FOUND, "{path}");
        }
        assert_eq!(guest.get(&hidden).await.status, StatusCode::NOT_FOUND);
        assert_eq!(outsider.get(&hidden).await.status, StatusCode::OK);
        for list in ["/kk/bank", "/kk/bank/feed.atom", "/kk/bank?q=%D2%9A%D2%B1%D0%BF%D0%B8%D1%8F"] {
            assert!(!guest.get(list).await.html.contains("Құпия жоба"), "{list}");
            assert!(!guest.get(list).await.html.contains("Желі ішінде"), "{list}");
        }
        let mine = teacher.get(&format!("/kk/bank/by/{}", teacher_id(&community).await)).await;
        assert!(mine.html.contains("Құпия жоба") && mine.html.contains("Желі ішінде"));
        // Two tabs: whoever is late is told, and loses nothing.
        let page = teacher.get(&format!("{draft}/text")).await;
        let (action, fields) = crate::browser::form(&page.html, "text.body").expect("a form");
        let typed = [("text.body", "бірінші"), ("text.summary", ""), ("text.links", ""), ("card.tags", ""), ("card.goals", "")];
        teacher.submit(&format!("{draft}/text"), "text.body", &typed).await.location();
        let mut late = fields;
        late.extend(typed.map(|(name, value)| (name.to_owned(), value.replace("бірінші", "екінші"))));
        let late = teacher.send(reqwest::Method::POST, &action, Some(&late)).await;
        assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(late.html.contains("екінші"));
    }
}

async fn teacher_id(community: &Community) -> String {
    let teacher = community.persona("teacher");
    let found = teacher
        .query("{ viewer { person { id } } }", Value::Null)
        .await;
    found["viewer"]["person"]["id"]
        .as_str()
        .expect("an id")
        .to_owned()
}
