//! The story of the product: a Leading school's coordinator invites a Magnetic school, its coordinator sees it live on
//! another server, both sign, and the network has a new active partnership.

use serde_json::{Value, json};
use tests::graphql::{Client, Received};
use tests::{Backend, both};

use crate::community::{Community, codes, done, insist, number, text};

pub const INVITE: &str =
    "mutation($input: PartnershipInviteInput!) { partnershipInvite(input: $input) {
    partnership { id state version } userErrors { field code message } } }";
pub const WRITE: &str = "mutation($input: AgreementWriteInput!) { agreementWrite(input: $input) {
    partnership { id agreement { version } } userErrors { field code message } } }";
pub const SIGN: &str = "mutation($input: AgreementSignInput!) { agreementSign(input: $input) {
    partnership { id state version signatures { side } } userErrors { field code message } } }";
pub const RECEIVED: &str = "subscription($after: String) { notificationReceived(after: $after) {
    cursor notification { id reason title } } }";
pub const INSIDE: &str =
    "query($id: ID!) { partnership(id: $id) { id state agreement { aims } signatures { side } } }";

/// What a step of a partnership is asked for with.
pub fn step(field: &str) -> String {
    format!(
        "mutation($input: PartnershipStepInput!) {{ {field}(input: $input) {{ partnership {{ id state version }} userErrors {{ field code message }} }} }}"
    )
}

/// The words of an agreement.
pub fn terms(partnership: &str, version: i64) -> Value {
    json!({"input": {
        "partnershipId": partnership, "version": version, "aims": "Үш ортақ зерттеу сабағы",
        "startsOn": "2026-12-01", "endsOn": "2027-06-01", "leadingGives": "Фасилитатор",
        "magneticGives": "Үш мұғалім", "mediaRules": "Балалардың беттері түсірілмейді"}})
}

/// An invitation of the Magnetic coordinator's second school, which has no partner yet.
pub async fn invited(community: &Community, leading: &Client) -> Value {
    let school = community.school("№ 2 Конаев").await;
    let input = json!({"input": {
        "networkId": community.network_of(&school).await, "leadingId": school,
        "magneticId": community.school("Шенгельды").await, "idempotencyKey": "story"}});
    done(&leading.query(INVITE, input).await)
        .pointer("/partnership")
        .cloned()
        .expect("a partnership")
}

both! {
    async fn two_schools_become_partners(backend: Backend) {
        let community = Community::on(backend, 2).await;
        let leading = community.persona_on(0, "leading_coordinator");
        let magnetic = community.persona_on(1, "magnetic_coordinator");
        let mut inbox = magnetic.ws(RECEIVED, json!({})).await;

        let partnership = invited(&community, &leading).await;
        let id = text(&partnership, "/id");
        // The demo's own past arrives first.
        let mut notice = inbox.next().await;
        while text(&notice, "/notificationReceived/notification/reason") != "PARTNERSHIP_WAITS"
            || !text(&notice, "/notificationReceived/notification/title").contains("Шенгельды")
        {
            notice = inbox.next().await;
        }

        // Until it is active, it exists for the two schools alone.
        for stranger in ["outsider", "other_coordinator"] {
            let seen = community.persona_on(1, stranger).query(INSIDE, json!({"id": id})).await;
            assert!(seen.pointer("/partnership").is_some_and(Value::is_null), "{stranger} sees {seen:#}");
        }

        let accepted = magnetic.query(&step("partnershipAccept"), json!({"input": {"id": id, "version": 1}})).await;
        assert_eq!(text(&done(&accepted), "/partnership/state"), "ACCEPTED");

        // Before there is an agreement there is nothing to sign.
        let early = leading.query(SIGN, json!({"input": {"partnershipId": id, "agreementVersion": 1}})).await;
        assert_eq!(codes(&early["agreementSign"]), ["AGREEMENT_MISSING"]);

        done(&leading.query(WRITE, terms(&id, 0)).await);
        done(&leading.query(SIGN, json!({"input": {"partnershipId": id, "agreementVersion": 1}})).await);
        // Changed words undo the signature; the old version can't be signed any more.
        done(&magnetic.query(WRITE, terms(&id, 1)).await);
        let stale = leading.query(SIGN, json!({"input": {"partnershipId": id, "agreementVersion": 1}})).await;
        assert_eq!(codes(&stale["agreementSign"]), ["CONFLICT"]);
        let one = done(&magnetic.query(SIGN, json!({"input": {"partnershipId": id, "agreementVersion": 2}})).await);
        assert_eq!(text(&one, "/partnership/state"), "ACCEPTED");
        let both = done(&leading.query(SIGN, json!({"input": {"partnershipId": id, "agreementVersion": 2}})).await);
        assert_eq!(text(&both, "/partnership/state"), "ACTIVE");

        // Everybody sees that they work together; only the two schools see what they agreed.
        let seen = community.guest_on(1).query(INSIDE, json!({"id": id})).await;
        assert_eq!(text(&seen, "/partnership/state"), "ACTIVE");
        assert!(seen["partnership"]["agreement"].is_null() && seen["partnership"]["signatures"] == json!([]), "{seen:#}");
        let inside = community.persona("teacher").query(INSIDE, json!({"id": id})).await;
        assert_eq!(inside["partnership"]["signatures"].as_array().map(Vec::len), Some(2), "{inside:#}");

        let school = community.school("№ 2 Конаев").await;
        let network = community.network_of(&school).await;
        let card = community.guest().query(
            "query($id: ID!) { network(id: $id) { state activePartnerships partnerships(first: 1, states: [ACTIVE]) { totalCount nodes { magnetic { name { ru } } } } } }",
            json!({"id": network})).await;
        assert_eq!(number(&card, "/network/activePartnerships"), 3);
        assert_eq!(number(&card, "/network/partnerships/totalCount"), 3);
        assert_eq!(text(&card, "/network/partnerships/nodes/0/magnetic/name/ru"), "Средняя школа села Шенгельды");
    }

    async fn others_can_not_take_part(backend: Backend) {
        let community = Community::fresh(backend).await;
        let partnership = invited(&community, &community.persona("leading_coordinator")).await;
        let id = text(&partnership, "/id");
        let before = community.database.number("SELECT count(*) FROM outbox").await;
        let input = json!({"input": {"id": id, "version": 1}});
        for (who, code) in [("outsider", "NOT_FOUND"), ("other_coordinator", "NOT_FOUND"), ("teacher", "NOT_PERMITTED"),
            ("trainer", "NOT_PERMITTED"), ("leading_coordinator", "NOT_PERMITTED")] {
            let answer = community.persona(who).query(&step("partnershipAccept"), input.clone()).await;
            assert_eq!(codes(&answer["partnershipAccept"]), [code], "{who}");
        }
        let answer = community.guest().query(&step("partnershipAccept"), input).await;
        assert_eq!(codes(&answer["partnershipAccept"]), ["NOT_FOUND"]);
        assert_eq!(community.database.number("SELECT count(*) FROM outbox").await, before, "a denial left a fact");
    }

    async fn a_pair_has_one_live_partnership(backend: Backend) {
        let community = Community::fresh(backend).await;
        let leading = community.persona("leading_coordinator");
        invited(&community, &leading).await;
        let school = community.school("№ 2 Конаев").await;
        let input = json!({"input": {"networkId": community.network_of(&school).await, "leadingId": school,
            "magneticId": community.school("Шенгельды").await}});
        let again = leading.query(INVITE, input.clone()).await;
        assert_eq!(codes(&again["partnershipInvite"]), ["ALREADY_LINKED"]);
        // Fifty at once, from both sides, make none.
        let tries = (0..50).map(|n| {
            let client = if n % 2 == 0 { leading.clone() } else { community.persona("magnetic_coordinator") };
            let input = input.clone();
            async move { codes(&insist(&client, INVITE, input).await["partnershipInvite"]) }
        });
        for codes in futures_util::future::join_all(tries).await {
            assert_eq!(codes, ["ALREADY_LINKED"]);
        }
    }

    async fn an_invitation_lapses_and_can_be_made_again(backend: Backend) {
        let mut community = Community::fresh(backend).await;
        let leading = community.persona("leading_coordinator");
        let id = text(&invited(&community, &leading).await, "/id");
        community.database.run("UPDATE partnership SET lapses_on = '2026-01-01' WHERE state = 'invited'").await;
        let late = community.persona("magnetic_coordinator").query(&step("partnershipAccept"), json!({"input": {"id": id, "version": 1}})).await;
        let refused = codes(&late["partnershipAccept"]);
        assert!(refused == ["EXPIRED"] || refused == ["CONFLICT"], "{refused:?}");
        // Every server looks at the calendar when it starts.
        community.start(&[]).await;
        let mut state = String::new();
        for _ in 0..100 {
            state = text(&leading.query(INSIDE, json!({"id": id})).await, "/partnership/state");
            if state == "LAPSED" {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(200)).await;
        }
        assert_eq!(state, "LAPSED");
    }
}

/// A Redis of one test's own, to be killed.
struct Messenger {
    url: String,
    child: std::process::Child,
}

impl Messenger {
    async fn start() -> Self {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        drop(listener);
        let child = std::process::Command::new("redis-server")
            .args(["--bind", "127.0.0.1", "--save", "", "--appendonly", "no"])
            .args(["--port", &port.to_string()])
            .stdout(std::process::Stdio::null())
            .spawn()
            .expect("redis-server starts");
        let messenger = Self {
            url: format!("redis://127.0.0.1:{port}"),
            child,
        };
        for _ in 0..200 {
            if std::net::TcpStream::connect(("127.0.0.1", port)).is_ok() {
                return messenger;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        panic!("redis-server does not listen");
    }

    fn kill(&mut self) {
        self.child.kill().expect("a child can be killed");
        self.child.wait().expect("a child can be waited for");
    }
}

impl Drop for Messenger {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The ids of what is in the viewer's inbox, the first to come first.
async fn inbox(client: &Client) -> Vec<String> {
    let document = "{ viewer { notifications(first: 100) { nodes { id } } } }";
    let seen = client.query(document, json!({})).await;
    let nodes = seen
        .pointer("/viewer/notifications/nodes")
        .and_then(Value::as_array);
    let mut ids: Vec<_> = nodes
        .expect("a list")
        .iter()
        .map(|node| text(node, "/id"))
        .collect();
    ids.reverse();
    ids
}

/// Redis dies between the invitation and the answer: everything goes on, and what happens on one server still reaches
/// who listens on the other, each thing once.
#[tokio::test]
async fn the_story_goes_on_without_redis() {
    let mut redis = Messenger::start().await;
    let mut community = Community::on(Backend::Postgres, 0).await;
    for _ in 0..2 {
        community.start(&[("SABAQTAS_REDIS_URL", &redis.url)]).await;
    }
    community.settled().await;
    let leading = community.persona_on(0, "leading_coordinator");
    let magnetic = community.persona_on(1, "magnetic_coordinator");
    let (mut here, mut there) = (
        leading.ws(RECEIVED, json!({})).await,
        magnetic.ws(RECEIVED, json!({})).await,
    );
    let before = (inbox(&leading).await, inbox(&magnetic).await);

    let id = text(&invited(&community, &leading).await, "/id");
    let notice = there.next().await;
    let mut heard = vec![text(&notice, "/notificationReceived/notification/id")];
    redis.kill();

    let accept = json!({"input": {"id": id, "version": 1}});
    done(&magnetic.query(&step("partnershipAccept"), accept).await);
    done(&leading.query(WRITE, terms(&id, 0)).await);
    let sign = json!({"input": {"partnershipId": id, "agreementVersion": 1}});
    done(&magnetic.query(SIGN, sign.clone()).await);
    let signed = done(&leading.query(SIGN, sign).await);
    assert_eq!(text(&signed, "/partnership/state"), "ACTIVE");
    community.settled().await;

    let (mine, theirs) = (inbox(&leading).await, inbox(&magnetic).await);
    assert!(
        mine.len() > before.0.len(),
        "the leading side was told nothing"
    );
    assert!(
        theirs.len() > before.1.len() + 1,
        "the other side was told nothing"
    );
    let mut heard_here = Vec::new();
    for _ in before.0.len()..mine.len() {
        heard_here.push(text(
            &here.next().await,
            "/notificationReceived/notification/id",
        ));
    }
    for _ in before.1.len() + 1..theirs.len() {
        heard.push(text(
            &there.next().await,
            "/notificationReceived/notification/id",
        ));
    }
    // In their order, none lost, none twice.
    assert_eq!(mine.get(before.0.len()..), Some(&*heard_here));
    assert_eq!(theirs.get(before.1.len()..), Some(&*heard));
}

both! {
    async fn who_is_suspended_hears_nothing_more(backend: Backend) {
        let community = Community::on(backend, 2).await;
        community.settled().await;
        let leading = community.persona("leading_coordinator");
        let magnetic = community.persona_on(1, "magnetic_coordinator");
        let mut inbox = magnetic.ws(RECEIVED, json!({})).await;
        let id = text(&invited(&community, &leading).await, "/id");
        inbox.next().await;
        let document = "mutation($input: PersonSuspendInput!) { personSuspend(input: $input) { userErrors { code } } }";
        let me = magnetic.query("{ viewer { person { id version } } }", json!({})).await;
        let input = json!({"input": {"id": text(&me, "/viewer/person/id"), "version": number(&me, "/viewer/person/version"), "reason": "x"}});
        done(&community.persona("admin").query(document, input).await);
        done(&leading.query(&step("partnershipEnd"), json!({"input": {"id": id, "version": 1, "reason": "x"}})).await);
        loop {
            match inbox.receive().await {
                Received::Closed(code) => {
                    assert!(matches!(code, Some(4401 | 4403)), "closed with {code:?}");
                    break;
                }
                Received::Message(message) => assert_ne!(message["type"], "next", "{message:#}"),
            }
        }
    }
}
