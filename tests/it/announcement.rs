//! Announcements: who writes them, whom they reach, and that none of it is lost or doubled on the way.

use serde_json::{Value, json};
use tests::graphql::Client;
use tests::{Backend, both};

use crate::community::{Community, codes, done};

const PUBLISH: &str =
    "mutation($input: AnnouncementPublishInput!) { announcementPublish(input: $input) {
    announcement { id title { text } } userErrors { code field } } }";

fn words(title: &str) -> Value {
    json!({"kk": format!("{title} kk"), "ru": format!("{title} ru"), "en": format!("{title} en")})
}

fn to(audience: Value, title: &str) -> Value {
    json!({"input": {"audience": audience, "title": words(title), "text": words("The text")}})
}

/// The announcements in somebody's inbox, each with its text.
async fn inbox(client: &Client) -> Vec<(String, String)> {
    let document = "{ viewer { notifications(filter: { reasons: [ANNOUNCEMENT] }) { nodes { title body } } } }";
    let answer = client.query(document, json!({})).await;
    let nodes = answer["viewer"]["notifications"]["nodes"].as_array();
    let text = |node: &Value, key: &str| node[key].as_str().expect("a text").to_owned();
    let nodes = nodes.expect("an inbox").iter();
    nodes
        .map(|node| (text(node, "title"), text(node, "body")))
        .collect()
}

both! {
    async fn everybody_hears_in_their_own_language(backend: Backend) {
        let community = Community::on(backend, 1).await;
        let admin = community.persona("admin");
        let everybody = to(json!({"everybody": true}), "Meeting");
        let made = done(&admin.query(PUBLISH, everybody).await);
        assert!(made["announcement"]["id"].is_string());
        community.settled().await;
        for person in ["trainer", "teacher", "leading_coordinator", "magnetic_coordinator"] {
            let client = community.persona(person);
            let language = client.query("{ viewer { language } }", json!({})).await["viewer"]["language"]
                .as_str().expect("a language").to_lowercase();
            let heard = inbox(&client).await;
            assert_eq!(heard, [(format!("Meeting {language}"), format!("The text {language}"))], "{person}");
        }
        // Whoever says it knows it.
        assert_eq!(inbox(&admin).await, []);
        let listed = admin.query("{ announcements { totalCount nodes { title { text } region { id } author { id } } } }", json!({})).await;
        assert_eq!(listed["announcements"]["totalCount"], 1);
        let hidden = community.persona("teacher").query("{ announcements { totalCount } }", json!({})).await;
        assert_eq!(hidden["announcements"]["totalCount"], 0, "others have it in their inboxes");
    }

    async fn a_trainer_speaks_to_their_region_alone(backend: Backend) {
        let community = Community::on(backend, 1).await;
        let trainer = community.persona("trainer");
        let region = async |code: &str| {
            let document = "query($code: String!) { region(by: { code: $code }) { id } }";
            community.guest().query(document, json!({"code": code})).await["region"]["id"].clone()
        };
        let (own, other) = (region("190000000").await, region("330000000").await);
        done(&trainer.query(PUBLISH, to(json!({"regionId": own}), "Region")).await);
        for audience in [json!({"regionId": other}), json!({"everybody": true})] {
            let refused = trainer.query(PUBLISH, to(audience, "No")).await;
            assert_eq!(codes(&refused["announcementPublish"]), ["NOT_PERMITTED"]);
        }
        community.settled().await;
        let title = |heard: Vec<(String, String)>| heard.len();
        assert_eq!(title(inbox(&community.persona("leading_coordinator")).await), 1);
        assert_eq!(title(inbox(&community.persona("other_coordinator")).await), 0, "of another region");
    }

    async fn a_network_is_its_schools(backend: Backend) {
        let community = Community::on(backend, 1).await;
        let leading = community.persona("leading_coordinator");
        let document = "{ viewer { memberships { school { networks { id partnerships(states: [ACTIVE]) { nodes { leading { id } } } } } } } }";
        let own = leading.query(document, json!({})).await;
        let network = own.pointer("/viewer/memberships/0/school/networks/0/id").expect("a network").clone();
        let admin = community.persona("admin");
        done(&admin.query(PUBLISH, to(json!({"networkId": network}), "Network")).await);
        community.settled().await;
        assert_eq!(inbox(&leading).await.len(), 1);
        assert_eq!(inbox(&community.persona("other_coordinator")).await.len(), 0, "of another network");
        let refused = admin.query(PUBLISH, to(json!({"networkId": "net_0192f0c1d2e37000800000000000abcd"}), "x")).await;
        assert_eq!(refused["announcementPublish"]["userErrors"][0],
            json!({"code": "NOT_FOUND", "field": ["audience", "networkId"]}));
    }

    async fn it_is_said_in_all_three_languages_and_once(backend: Backend) {
        let community = Community::on(backend, 1).await;
        let admin = community.persona("admin");
        let lacking = json!({"input": {"audience": {"everybody": true}, "title": {"kk": "Тақырып", "en": " "}, "text": words("x")}});
        let refused = admin.query(PUBLISH, lacking).await;
        assert_eq!(refused["announcementPublish"]["userErrors"], json!([
            {"code": "REQUIRED", "field": ["title", "ru"]}, {"code": "REQUIRED", "field": ["title", "en"]}]));
        let mut once = to(json!({"everybody": true}), "Once");
        once["input"]["idempotencyKey"] = "announce-1".into();
        let first = done(&admin.query(PUBLISH, once.clone()).await);
        let again = done(&admin.query(PUBLISH, once).await);
        assert_eq!(first, again);
        community.settled().await;
        assert_eq!(inbox(&community.persona("teacher")).await.len(), 1);
    }
}
