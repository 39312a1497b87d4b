//! Photos with notes: only where families allow it, only for whoever takes part, and gone from everywhere the moment
//! the consent is withdrawn.

use reqwest::StatusCode;
use serde_json::{Value, json};
use tests::graphql::Client;
use tests::{Backend, both};

use crate::browser::{Browser, attributes};
use crate::community::{Community, codes, insist, text};
use crate::files::{PIXEL, client::Tus};
use crate::studying::{Studying, must};

/// A group of two schools with a lesson whose plan stands, and a note of its second teacher.
struct Noted {
    community: Community,
    studying: Studying,
    observer: Client,
    lesson: String,
    note: String,
}

impl Noted {
    async fn new(backend: Backend) -> Self {
        let community = Community::on(backend, 2).await;
        let studying = Studying::focused(&community).await;
        let lesson = studying.frozen().await;
        let observer = community.persona("partner_teacher");
        let noted = Self {
            note: format!(
                "{}",
                domain::id::Id::<domain::observation::Observation>::fresh()
            ),
            community,
            studying,
            observer,
            lesson,
        };
        noted.take_note(&noted.note).await;
        noted
    }

    async fn take_note(&self, id: &str) {
        let note = json!({"id": id, "takenAt": "2026-11-10T05:00:00Z", "fact": "Екі жолақ салды"});
        let input = json!({"lessonId": self.lesson, "notes": [note]});
        must(
            &self.observer,
            "observationsSync",
            "ObservationsSyncInput",
            "observations { id }",
            input,
        )
        .await;
    }

    async fn consent(&self) -> String {
        let today = self.community.operator().await.today().to_string();
        let input = json!({"studyId": self.studying.study, "kind": "MEDIA", "scope": "5 «А»", "count": 24, "givenOn": today});
        let teacher = self.community.persona("teacher");
        text(
            &must(
                &teacher,
                "consentRecord",
                "ConsentRecordInput",
                "consent { id }",
                input,
            )
            .await,
            "/consent/id",
        )
    }

    async fn upload(&self, client: &Client, bytes: &[u8]) -> String {
        let place = Tus::of(client.clone()).upload("5 А.png", bytes).await;
        place.trim_start_matches("/files/").to_owned()
    }

    async fn add(&self, client: &Client, note: &str, file: &str) -> Value {
        let input = json!({"i": {"id": note, "fileId": file}});
        let document = "mutation($i: ObservationPhotoAddInput!) { observationPhotoAdd(input: $i) {
            observation { hasPhoto photo { id } } userErrors { field code message } } }";
        insist(client, document, input).await["observationPhotoAdd"].take()
    }

    /// What somebody sees of the note's photo: whether there is one, and its links.
    async fn seen(&self, client: &Client) -> (Value, Vec<String>) {
        let document = "query($id: ID!) { node(id: $id) { ... on Observation { hasPhoto photo { id url previewUrl thumbnailUrl } } } }";
        let seen = client.query(document, json!({"id": self.note})).await;
        let photo = &seen["node"]["photo"];
        let links = ["url", "previewUrl", "thumbnailUrl"].iter();
        let links = links.filter_map(|link| photo[link].as_str().map(str::to_owned));
        (seen["node"]["hasPhoto"].clone(), links.collect())
    }

    async fn answers(&self, client: &Client, path: &str) -> StatusCode {
        Tus::of(client.clone()).get(path).await.status()
    }

    fn counted(&self) -> &'static str {
        "SELECT count(*) FROM observation WHERE photo_id IS NOT NULL"
    }
}

both! {
    async fn a_photo_needs_a_consent_and_goes_with_it(backend: Backend) {
        let noted = Noted::new(backend).await;
        let (community, observer) = (&noted.community, &noted.observer);
        let (lead, guest) = (community.persona_on(1, "teacher"), community.guest_on(1));
        let file = noted.upload(observer, PIXEL).await;
        let facts = community.database.number("SELECT count(*) FROM outbox").await;
        let refused = noted.add(observer, &noted.note, &file).await;
        assert_eq!(codes(&refused), ["MEDIA_CONSENT_MISSING"]);
        assert_eq!(text(&refused, "/userErrors/0/field/0"), "fileId");
        assert_eq!(community.database.number(noted.counted()).await, 0);
        assert_eq!(community.database.number("SELECT count(*) FROM outbox").await, facts, "nothing was done");

        // With the consent: only the note's own observer, only a picture of theirs, only one.
        let consent = noted.consent().await;
        assert_eq!(codes(&noted.add(&lead, &noted.note, &file).await), ["NOT_PERMITTED"]);
        let words = noted.upload(observer, b"no picture").await;
        assert_eq!(codes(&noted.add(observer, &noted.note, &words).await), ["NOT_A_PICTURE"]);
        let theirs = noted.upload(&lead, PIXEL).await;
        assert_eq!(codes(&noted.add(observer, &noted.note, &theirs).await), ["NOT_FOUND"]);
        let facts = "SELECT count(*) FROM outbox WHERE action = 'observation.write' AND fact LIKE '%observations%'";
        let before = community.database.number(facts).await;
        let at_once = (0..8).map(|_| noted.add(observer, &noted.note, &file));
        for added in futures_util::future::join_all(at_once).await {
            assert_eq!(codes(&added), [""; 0], "again is as good as once");
            assert_eq!(text(&added, "/observation/photo/id"), file);
        }
        assert_eq!(community.database.number(facts).await, before + 1, "told once");
        let other = noted.upload(observer, PIXEL).await;
        assert_eq!(codes(&noted.add(observer, &noted.note, &other).await), ["ALREADY_EXISTS"]);
        let second = domain::id::Id::<domain::observation::Observation>::fresh().to_string();
        noted.take_note(&second).await;
        assert_eq!(codes(&noted.add(observer, &second, &file).await), ["FILE_HELD"]);

        // Whoever takes part sees it, on every node; nobody else, whatever their office. Its links open it.
        let (has, links) = noted.seen(&lead).await;
        assert_eq!((has, links.len()), (json!(true), 3));
        for link in &links {
            let got = Tus::of(guest.clone()).get(link).await;
            assert_eq!(got.status(), StatusCode::OK, "{link}");
            assert_eq!(got.headers()["cache-control"], "private, no-store", "what may be forbidden again is kept nowhere");
        }
        let own = format!("/files/{file}/x");
        assert_eq!(noted.answers(observer, &own).await, StatusCode::OK);
        for stranger in ["konaev_coordinator", "leading_coordinator", "trainer", "admin"] {
            let stranger = community.persona(stranger);
            assert_eq!(noted.answers(&stranger, &own).await, StatusCode::NOT_FOUND);
            assert_eq!(noted.seen(&stranger).await, (Value::Null, Vec::new()));
        }

        // It does not leave: no work takes it, and it can't be removed from under its note.
        let work = json!({"kind": "WORKSHEET", "language": "KK", "gradeFrom": 5, "gradeTo": 5});
        let card = json!({"card": work, "text": {"title": {"kk": "Жұмыс"}, "licence": "CC_BY", "fileIds": [file]}});
        let document = "mutation($i: ResourceCreateInput!) { resourceCreate(input: $i) { resource { id } userErrors { field code } } }";
        let made = observer.query(document, json!({"i": card})).await;
        assert_eq!(codes(&made["resourceCreate"]), ["NOT_FOUND"]);
        let gone = insist(observer, "mutation($i: FileRemoveInput!) { fileRemove(input: $i) { userErrors { code } } }", json!({"i": {"id": file}})).await;
        assert_eq!(codes(&gone["fileRemove"]), ["FILE_HELD"]);

        // Withdrawn: in the same moment nobody sees it, whoever gave it neither, and links given out before are dead.
        must(&lead, "consentWithdraw", "ConsentInput", "consent { holds }", json!({"id": consent})).await;
        for client in [observer, &lead] {
            assert_eq!(noted.seen(client).await, (json!(true), Vec::new()));
            assert_eq!(noted.answers(client, &own).await, StatusCode::NOT_FOUND);
        }
        for link in &links {
            assert_eq!(noted.answers(&guest, link).await, StatusCode::NOT_FOUND, "{link}");
        }
        let file_node = observer.query("query($id: ID!) { node(id: $id) { id } }", json!({"id": file})).await;
        assert!(file_node["node"].is_null(), "{file_node}");

        // Another consent shows it again; one that has run out does not.
        noted.consent().await;
        assert_eq!(noted.seen(&lead).await.1.len(), 3);
        community.database.run("UPDATE consent SET given_on = '2020-01-01', expires_on = '2020-02-01' WHERE kind = 'media'").await;
        assert_eq!(noted.seen(&lead).await.1.len(), 0);

        // Whoever took the note takes the photo back, hidden as it is: row, room and bytes go.
        let input = json!({"id": noted.note});
        let document = "mutation($i: ObservationPhotoRemoveInput!) { observationPhotoRemove(input: $i) { observation { hasPhoto } userErrors { code } } }";
        let theirs = insist(&lead, document, json!({"i": input})).await;
        assert_eq!(codes(&theirs["observationPhotoRemove"]), ["NOT_PERMITTED"]);
        for _ in 0..2 {
            let removed = insist(observer, document, json!({"i": input})).await;
            assert_eq!(removed["observationPhotoRemove"]["observation"]["hasPhoto"], false);
        }
        let left = "SELECT count(*) FROM file WHERE study_id IS NOT NULL";
        assert_eq!(community.database.number(left).await, 0);
    }

    async fn a_photo_is_given_by_a_form_alone(backend: Backend) {
        let noted = Noted::new(backend).await;
        let mut observer = Browser::of(&noted.community, "partner_teacher").await;
        let mut lead = Browser::of(&noted.community, "teacher").await;
        let at = |rest: &str| format!("/ru{}", noted.studying.at(rest));
        let photo = at(&format!("/observations/{}/photo", noted.note));
        let page = observer.get(&photo).await;
        assert!(page.html.contains("Согласие на фото и видео сегодня не действует") && !page.html.contains("type=\"file\""), "{}", page.html);
        assert_eq!(lead.get(&photo).await.status, StatusCode::NOT_FOUND, "each their own");
        let consent = noted.consent().await;
        assert!(observer.get(&photo).await.html.contains("capture=\"environment\""));
        let refused = observer.attach(&photo, "a.txt", b"no picture").await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.html.contains("не изображение") && refused.html.contains("href=\"#f-file\""), "{}", refused.html);
        assert_eq!(noted.community.database.number("SELECT count(*) FROM file WHERE media_type = 'text/plain'").await, 0, "nothing stays of it");
        observer.attach(&photo, "Урок.png", PIXEL).await.location();
        let list = lead.get(&at("/observations")).await;
        let picture = attributes(&list.html, "src").find(|link| link.starts_with("/files/")).expect("a picture");
        assert_eq!(lead.get(&picture).await.status, StatusCode::OK);
        assert!(list.html.contains("alt=\"Фото: Екі жолақ салды\""), "{}", list.html);
        // The consent is gone: so is the picture, and the page says why.
        must(&noted.community.persona("teacher"), "consentWithdraw", "ConsentInput", "consent { id }", json!({"id": consent})).await;
        assert_eq!(lead.get(&picture).await.status, StatusCode::NOT_FOUND);
        let list = lead.get(&at("/observations")).await;
        assert!(!list.html.contains("src=\"/files/") && list.html.contains("Фото скрыто"), "{}", list.html);
        // And can be deleted still.
        let page = observer.get(&photo).await;
        let (action, mut fields) = crate::browser::form(&page.html, "name=\"remove\"").expect("a form");
        fields.push(("remove".into(), "1".into()));
        observer.parts(&action, &fields, None).await.location();
        assert_eq!(noted.community.database.number(noted.counted()).await, 0);
    }
}
