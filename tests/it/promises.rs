//! What is promised under attack and under fault, against the real server.

use std::collections::BTreeSet;
use std::time::Duration;

use futures_util::future::join_all;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use tests::graphql::Client;
use tests::{Backend, both};
use tokio_tungstenite::tungstenite::{self, client::IntoClientRequest};

use crate::community::{Community, codes, done, insist, text};
use crate::story::{INVITE, SIGN, WRITE, invited, step, terms};

const SIGN_IN: &str = "mutation($input: SignInInput!) { signIn(input: $input) { token userErrors { field code message } } }";
const LINK: &str = "mutation($input: SignInLinkRequestInput!) { signInLinkRequest(input: $input) { userErrors { field code message } } }";
const SEND: &str = "mutation($input: InvitationSendInput!) { invitationSend(input: $input) { invitation { id } userErrors { field code message } } }";
const JOIN: &str = "mutation($input: InvitationAcceptInput!) { invitationAccept(input: $input) { token userErrors { field code message } } }";
const ME: &str = "{ viewer { person { id version } } }";

/// Every row of the tables that must not change, once nothing is on its way any more.
async fn rows(community: &Community) -> std::collections::BTreeMap<String, Vec<Value>> {
    community.settled().await;
    let mut rows = community.database.rows().await;
    for table in ["mail", "sign_in_attempt", "session"] {
        rows.remove(table);
    }
    rows
}

/// The code with which an answer's only field, or the whole, was refused.
fn code(answer: &Value) -> &str {
    answer
        .pointer("/errors/0/extensions/code")
        .and_then(Value::as_str)
        .unwrap_or("none")
}

async fn sign_in(client: &Client, email: &str, password: &str) -> Client {
    let input = json!({"input": {"email": email, "password": password}});
    client.signed_in(&text(&done(&client.query(SIGN_IN, input).await), "/token"))
}

/// The token in a letter that has come to this address.
async fn mailed(community: &Community, address: &str) -> String {
    let to = format!("To: {address}");
    for _ in 0..200 {
        let letters = community.letters();
        let mut theirs = letters.iter().filter(|letter| letter.contains(&to));
        if let Some(token) = theirs.find_map(|letter| token_of(letter)) {
            return token;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("no letter with a link came to {address}");
}

/// The token in the letter's link.
fn token_of(letter: &str) -> Option<String> {
    use base64::{Engine, engine::general_purpose::STANDARD};
    let (_, body) = letter.split_once("\r\n\r\n")?;
    let body = STANDARD.decode(body.replace("\r\n", "")).ok()?;
    let body = String::from_utf8(body).ok()?;
    let links = body
        .split_whitespace()
        .filter(|word| word.starts_with("http"));
    let mut tokens = links.filter_map(|link| link.rsplit(['/', '=', '#']).next());
    tokens.find(|token| token.len() == 43).map(str::to_owned)
}

both! {
    /// A5: however often and wherever a request is sent again, it has one effect and one answer.
    async fn one_key_has_one_effect(backend: Backend) {
        let community = Community::on(backend, 2).await;
        let school = community.school("№ 2 Конаев").await;
        let network = community.network_of(&school).await;
        let input = json!({"input": {"networkId": network, "leadingId": school,
            "magneticId": community.school("Шенгельды").await, "idempotencyKey": "once"}});
        let tries = (0..50).map(|n| {
            let (client, input) = (community.persona_on(n % 2, "leading_coordinator"), input.clone());
            async move { done(&insist(&client, INVITE, input).await).to_string() }
        });
        let answers: BTreeSet<_> = join_all(tries).await.into_iter().collect();
        assert_eq!(answers.len(), 1, "{answers:#?}");
        let facts = "SELECT count(*) FROM outbox WHERE action = 'partnership.invite' AND at > (SELECT max(at) FROM outbox WHERE action = 'agreement.sign')";
        assert_eq!(community.database.number(facts).await, 1);

        // The same key for something else is refused, and it is this person's alone.
        let mut other = input.clone();
        other["input"]["magneticId"] = json!(community.school("Талдыкорган").await);
        let refused = community.persona("leading_coordinator").query(INVITE, other).await;
        assert_eq!(codes(&refused["partnershipInvite"]), ["KEY_REUSED"]);
        let tekeli = community.school("Текели").await;
        let theirs = json!({"input": {"networkId": community.network_of(&tekeli).await, "leadingId": tekeli,
            "magneticId": community.school("Шенгельды").await, "idempotencyKey": "once"}});
        let made = done(&community.persona_on(1, "magnetic_coordinator").query(INVITE, theirs).await);
        assert!(!answers.contains(&made.to_string()));
    }

    /// A6: of many who change the same version, one does; the others learn that it is old.
    async fn one_of_a_hundred_edits_wins(backend: Backend) {
        let community = Community::fresh(backend).await;
        let (leading, magnetic) = (community.persona("leading_coordinator"), community.persona("magnetic_coordinator"));
        let id = text(&invited(&community, &leading).await, "/id");
        done(&magnetic.query(&step("partnershipAccept"), json!({"input": {"id": id, "version": 1}})).await);
        let tries = (0..100).map(|n| {
            let client = if n % 2 == 0 { leading.clone() } else { magnetic.clone() };
            let terms = terms(&id, 0);
            async move { codes(&insist(&client, WRITE, terms).await["agreementWrite"]) }
        });
        let mut outcomes: Vec<_> = join_all(tries).await;
        outcomes.sort();
        assert_eq!(outcomes.iter().filter(|codes| codes.is_empty()).count(), 1, "{outcomes:?}");
        assert_eq!(outcomes.iter().filter(|codes| **codes == ["CONFLICT"]).count(), 99, "{outcomes:?}");
        let facts = "SELECT count(*) FROM outbox o JOIN partnership p ON p.id = o.subject_id WHERE o.action = 'agreement.write' AND p.version = 2 AND p.state = 'accepted' AND o.at > (SELECT max(at) FROM outbox WHERE action = 'partnership.answer')";
        assert_eq!(community.database.number(facts).await, 1);
    }

    /// A9: wherever a change of several tables breaks off, nothing of it is left, and it can be done again.
    async fn half_done_is_not_done(backend: Backend) {
        let community = Community::fresh(backend).await;
        let (leading, magnetic) = (community.persona("leading_coordinator"), community.persona("magnetic_coordinator"));
        let school = community.school("№ 2 Конаев").await;
        let invite = json!({"input": {"networkId": community.network_of(&school).await, "leadingId": school,
            "magneticId": community.school("Шенгельды").await, "idempotencyKey": "again"}});
        breaks_off(&community, &leading, INVITE, &invite, &[("idempotency", "1 = 1"), ("partnership", "1 = 1"), ("outbox", "1 = 1")]).await;
        let id = text(&done(&leading.query(INVITE, invite).await), "/partnership/id");
        done(&magnetic.query(&step("partnershipAccept"), json!({"input": {"id": id, "version": 1}})).await);
        done(&leading.query(WRITE, terms(&id, 0)).await);
        let sign = json!({"input": {"partnershipId": id, "agreementVersion": 1}});
        done(&leading.query(SIGN, sign.clone()).await);
        // The second signature: a row, two facts, the partnership's state and the network's count.
        breaks_off(&community, &magnetic, SIGN, &sign, &[("signature", "1 = 1"), ("outbox", "NEW.fact LIKE '%signed%'"), ("outbox", "NEW.fact LIKE '%activated%'")]).await;
        assert_eq!(text(&done(&magnetic.query(SIGN, sign).await), "/partnership/state"), "ACTIVE");

        let send = json!({"input": {"email": "half@example.net", "role": "TEACHER", "scopeId": school, "language": "RU"}});
        breaks_off(&community, &leading, SEND, &send, &[("invitation", "1 = 1"), ("outbox", "1 = 1")]).await;
        done(&leading.query(SEND, send).await);
        let token = mailed(&community, "half@example.net").await;
        let join = json!({"input": {"token": token, "name": "Half", "password": "a password of some length"}});
        let tables = ["person", "person_contact", "credential", "membership", "session", "outbox"].map(|table| (table, "1 = 1"));
        breaks_off(&community, &community.guest(), JOIN, &join, &tables).await;
        done(&community.guest().query(JOIN, join).await);
    }

    /// B6: whatever ends a session ends it everywhere at once, and nothing kept could open one.
    async fn sessions_end(backend: Backend) {
        let community = Community::on(backend, 2).await;
        let mut live = Vec::new();
        let over = async |old: &Client, by: &str| {
            let token = old.token.as_deref().unwrap_or_default();
            for client in [old, &community.guest_on(1).signed_in(token)] {
                let answer = client.query_raw(ME, json!({})).await;
                assert_eq!(code(&answer), "UNAUTHENTICATED", "after {by}: {answer}");
            }
        };
        let who = community.who("teacher");
        let first = community.persona("teacher");
        let second = sign_in(&community.guest(), &who.email, &who.password).await;
        assert_ne!(first.token, second.token);
        let mut answer = second.query("mutation { signOut { userErrors { code } } }", json!({})).await;
        done(&answer);
        over(&second, "signing out").await;

        let change = "mutation($input: PasswordChangeInput!) { passwordChange(input: $input) { token userErrors { code } } }";
        let password = "quite another password";
        answer = first.query(change, json!({"input": {"currentPassword": who.password, "newPassword": password}})).await;
        let third = first.signed_in(&text(&done(&answer), "/token"));
        over(&first, "a new password").await;
        third.query(ME, json!({})).await;

        done(&third.query(LINK, json!({"input": {"email": who.email, "purpose": "RESET_PASSWORD"}})).await);
        let link = mailed(&community, &who.email).await;
        let reset = "mutation($input: PasswordResetInput!) { passwordReset(input: $input) { token userErrors { code } } }";
        let input = json!({"input": {"token": link, "newPassword": "yet another password"}});
        answer = community.guest().query(reset, input.clone()).await;
        let fourth = first.signed_in(&text(&done(&answer), "/token"));
        over(&third, "a reset").await;
        assert_eq!(codes(&community.guest().query(reset, input).await["passwordReset"]), ["USED"]);

        let admin = community.persona("admin");
        let me = fourth.query(ME, json!({})).await;
        let suspend = "mutation($input: PersonSuspendInput!) { personSuspend(input: $input) { userErrors { code } } }";
        let input = json!({"input": {"id": me["viewer"]["person"]["id"], "version": me["viewer"]["person"]["version"], "reason": "x"}});
        done(&admin.query(suspend, input).await);
        over(&fourth, "a suspension").await;
        let input = json!({"input": {"email": who.email, "password": "yet another password"}});
        assert_eq!(codes(&community.guest().query(SIGN_IN, input).await["signIn"]), ["WRONG_CREDENTIALS"]);

        let member = community.persona("partner_teacher");
        let seen = member.query("{ viewer { memberships { id } } }", json!({})).await;
        let end = "mutation($input: MembershipEndInput!) { membershipEnd(input: $input) { userErrors { code } } }";
        let input = json!({"input": {"id": text(&seen, "/viewer/memberships/0/id")}});
        done(&community.persona("magnetic_coordinator").query(end, input).await);
        over(&member, "a lost role").await;

        let made = admin.query("mutation($input: AccessTokenCreateInput!) { accessTokenCreate(input: $input) { token userErrors { code } } }",
            json!({"input": {"name": "x", "scope": "READ", "expiresOn": (community.operator().await.today() + chrono::Days::new(9)).to_string()}})).await;
        live.push(text(&done(&made), "/token"));
        live.extend([&admin, &community.persona("leading_coordinator")].into_iter().filter_map(|client| client.token.clone()));
        let kept = serde_json::to_string(&community.database.rows().await).expect("JSON");
        let readable = |bytes: &[u8]| serde_json::to_string(bytes).expect("JSON").trim_matches(['[', ']']).to_owned();
        for token in live {
            // The digest is there, so the dump holds what the session is recognized by; the token is not.
            let digest = domain::secret::token_digest(&token);
            assert!(kept.contains(&readable(&digest)), "the dump lacks the digests");
            let secret = token.split_once('_').map_or(token.as_str(), |(_, secret)| secret);
            assert!(!kept.contains(secret) && !kept.contains(&readable(secret.as_bytes())), "a live token is kept");
        }
    }

    /// B9: whether somebody has an account, nothing tells.
    async fn accounts_can_not_be_listed(backend: Backend) {
        let community = Community::fresh(backend).await;
        let known = ["teacher", "outsider", "trainer"].map(|key| community.who(key).email.clone());
        let guest = community.guest();
        let ask = async |client: &Client, document: &str, input: Value| {
            let mut answer = client.query_raw(document, json!({"input": input})).await;
            answer["extensions"].take();
            if let Some(id) = answer.pointer_mut("/data/invitationSend/invitation/id") {
                *id = json!("made");
            }
            answer.to_string()
        };
        let leading = community.persona("leading_coordinator");
        let school = community.school("№ 2 Конаев").await;
        for (n, known) in known.iter().enumerate() {
            let unknown = format!("nobody{n}@demo.sabaqtas.example");
            let mut answers = Vec::new();
            for email in [known, &unknown] {
                answers.push([
                    ask(&guest, SIGN_IN, json!({"email": email, "password": "no such password"})).await,
                    ask(&guest, LINK, json!({"email": email})).await,
                    ask(&guest, LINK, json!({"email": email, "purpose": "RESET_PASSWORD"})).await,
                    ask(&leading, SEND, json!({"email": email, "role": "TEACHER", "scopeId": school, "language": "RU"})).await,
                ]);
            }
            assert_eq!(answers.first(), answers.get(1));
        }
        // Even those who are asked too often.
        for email in [community.who("teacher").email.as_str(), "nobody0@demo.sabaqtas.example"] {
            let mut last = String::new();
            for _ in 0..11 {
                last = ask(&guest, SIGN_IN, json!({"email": email, "password": "no such password"})).await;
            }
            assert!(last.contains("THROTTLED"), "{last}");
        }
    }

    /// B11: an invitation lets in one person, the one it is for, in time; and stands nowhere but in the letter.
    async fn invitations_let_in_one(backend: Backend) {
        let community = Community::fresh(backend).await;
        let leading = community.persona("leading_coordinator");
        let school = community.school("№ 2 Конаев").await;
        let invite = async |email: &str| {
            done(&leading.query(SEND, json!({"input": {"email": email, "role": "TEACHER", "scopeId": school, "language": "RU"}})).await);
            mailed(&community, email).await
        };
        let token = invite("first@example.net").await;
        assert!(token.len() >= 4 + 22, "fewer than 128 bits: {token}");
        let outsider = community.persona("outsider").query(JOIN, json!({"input": {"token": token}})).await;
        assert_eq!(codes(&outsider["invitationAccept"]), ["WRONG_PERSON"]);
        let tries = (0..50).map(|n| {
            let (guest, input) = (community.guest(), json!({"input": {"token": token, "name": format!("Guest {n}")}}));
            async move { codes(&insist(&guest, JOIN, input).await["invitationAccept"]) }
        });
        let outcomes = join_all(tries).await;
        assert_eq!(outcomes.iter().filter(|codes| codes.is_empty()).count(), 1, "{outcomes:?}");
        assert!(outcomes.iter().all(|codes| codes.is_empty() || *codes == ["USED"] || *codes == ["SIGN_IN_REQUIRED"]), "{outcomes:?}");
        assert_eq!(community.database.number("SELECT count(*) FROM person_contact WHERE email_folded = 'first@example.net'").await, 1);

        let late = invite("late@example.net").await;
        community.database.run("UPDATE invitation SET expires_at = created_at WHERE email_folded = 'late@example.net'").await;
        let answer = community.guest().query(JOIN, json!({"input": {"token": late, "name": "Late"}})).await;
        assert_eq!(codes(&answer["invitationAccept"]), ["EXPIRED"]);

        let rows = serde_json::to_string(&community.database.rows().await).expect("JSON");
        let printed: String = community.nodes.iter().map(tests::Process::printed).collect();
        for token in [&token, &late] {
            assert!(!rows.contains(token.as_str()), "an invitation's token is kept");
            assert!(!printed.contains(token.as_str()), "an invitation's token is logged");
        }
        assert!(!printed.contains("first@example.net"), "an address is logged");
    }

    /// B12: a page of another site acts as nobody.
    async fn other_sites_can_not_write(backend: Backend) {
        let community = Community::fresh(backend).await;
        let guest = community.guest();
        let cookie = format!("session={}", community.who("teacher").token);
        let mutation = "mutation { personUpdate(input: { version: 1, name: \"Changed\" }) { person { name } userErrors { code } } }";
        let body = json!({"query": mutation}).to_string();
        let encoded: String = body.bytes().map(|b| format!("%{b:02x}")).collect();
        let multipart = format!("--x\r\nContent-Disposition: form-data; name=\"operations\"\r\n\r\n{body}\r\n--x\r\nContent-Disposition: form-data; name=\"map\"\r\n\r\n{{}}\r\n--x--\r\n");
        let post = || guest.request(Method::POST, "/graphql").header("cookie", &cookie);
        let address: String = mutation.bytes().map(|b| format!("%{b:02x}")).collect();
        let probes = [
            guest.request(Method::GET, &format!("/graphql?query={address}")).header("cookie", &cookie),
            post().header("content-type", "text/plain").body(body.clone()),
            post().header("content-type", "application/x-www-form-urlencoded").body(format!("query={encoded}")),
            post().header("content-type", "multipart/form-data; boundary=x").body(multipart),
            post().body(body.clone()),
            post().header("content-type", "application/json").header("origin", "https://evil.example").body(body.clone()),
            post().header("content-type", "application/json").header("origin", "null").body(body.clone()),
            post().header("content-type", "application/json").header("sec-fetch-site", "cross-site").body(body.clone()),
        ];
        for (n, probe) in probes.into_iter().enumerate() {
            let response = probe.send().await.expect("an answer");
            let status = response.status();
            assert!([StatusCode::FORBIDDEN, StatusCode::METHOD_NOT_ALLOWED, StatusCode::UNSUPPORTED_MEDIA_TYPE].contains(&status), "probe {n}: {status}");
        }
        for n in 0..20 {
            let origin = format!("https://site{n}.example");
            for method in [Method::OPTIONS, Method::POST] {
                let request = guest.request(method, "/graphql").header("origin", &origin).header("content-type", "application/json");
                let response = request.body("{\"query\":\"{ __typename }\"}").send().await.expect("an answer");
                assert!(response.headers().get("access-control-allow-origin").is_none(), "{origin} may read");
            }
        }
        let mut socket = format!("{}/graphql/ws", guest.base.replacen("http", "ws", 1)).into_client_request().expect("a request");
        for (name, value) in [("sec-websocket-protocol", "graphql-transport-ws"), ("origin", "https://evil.example"), ("cookie", &cookie)] {
            socket.headers_mut().insert(name, value.parse().expect("a header"));
        }
        match tokio_tungstenite::connect_async(socket).await {
            Err(tungstenite::Error::Http(response)) => assert_eq!(response.status(), 403),
            other => panic!("a foreign page opened a socket: {other:?}"),
        }
        assert_eq!(community.database.number("SELECT count(*) FROM person WHERE name = 'Changed'").await, 0);
        // The cookie is a good one: a page of our own does it.
        let own = post().header("content-type", "application/json").header("origin", &guest.base).body(body);
        let answer: Value = own.send().await.expect("an answer").json().await.expect("JSON");
        assert_eq!(answer["data"]["personUpdate"]["person"]["name"], "Changed", "{answer}");
    }
}

/// The mutation with the insert into each of these tables failing: nothing changes.
async fn breaks_off(
    community: &Community,
    client: &Client,
    document: &str,
    input: &Value,
    tables: &[(&str, &str)],
) {
    let before = rows(community).await;
    for (table, when) in tables {
        community.database.refuse(table, when).await;
        let answer = client.query_raw(document, input.clone()).await;
        community.database.admit(table).await;
        assert_eq!(
            code(&answer),
            "INTERNAL",
            "{table} refused, and the answer was {answer}"
        );
        assert!(!answer.to_string().contains("refused"), "{answer}");
        for (name, rows) in rows(community).await {
            assert!(
                rows == before[&name],
                "{name} changed though {table} refused"
            );
        }
    }
}

/// C1: documents made to hurt are refused, and the server goes on.
#[tokio::test]
async fn hostile_documents_are_refused() {
    let community = Community::fresh(Backend::Sqlite).await;
    let guest = community.guest();
    let many =
        |n: usize, item: &dyn Fn(usize) -> String| (0..n).map(item).collect::<Vec<_>>().join(" ");
    let bomb = |n: usize| {
        let fragments = many(n, &|i| {
            format!("fragment f{i} on Network {{ ...f{} ...f{} }}", i + 1, i + 1)
        });
        format!(
            "{{ networks {{ nodes {{ ...f0 }} }} }} {fragments} fragment f{n} on Network {{ theme }}"
        )
    };
    let deep = |n: usize| {
        let open = "network { partnerships { nodes { ".repeat(n);
        format!(
            "{{ partnerships {{ nodes {{ {open} id {} }} }} }}",
            "} } } ".repeat(n)
        )
    };
    let wide = "networks(first: 100) { nodes { partnerships(first: 100) { nodes { network { partnerships(first: 100) { nodes { id } } } } } } }";
    let sign_ins = many(45, &|n| {
        format!("a{n}: signIn(input: {{ email: \"a@example.net\", password: \"x\" }}) {{ token }}")
    });
    let hostile = [
        ("a fragment bomb", bomb(30)),
        ("a bigger fragment bomb", bomb(500)),
        ("fragments in a circle", "{ networks { nodes { ...a } } } fragment a on Network { ...b } fragment b on Network { ...a }".to_owned()),
        ("depth", deep(30)),
        ("much depth", deep(2_000)),
        ("depth of a list", format!("{{ nodes(ids: {}{}) {{ id }} }}", "[".repeat(10_000), "]".repeat(10_000))),
        ("aliases", format!("{{ {} }}", many(1_000, &|n| format!("a{n}: __typename")))),
        ("fields", format!("{{ networks {{ nodes {{ {} }} }} }}", "theme ".repeat(2_000))),
        ("directives", format!("{{ __typename {} }}", "@include(if: true) ".repeat(5_000))),
        ("a page too large", "{ networks(first: 1000000000) { nodes { id } } }".to_owned()),
        ("pages in pages", format!("{{ {wide} }}")),
        ("many sign-ins at once", format!("mutation {{ {sign_ins} }}")),
        ("unknown fields", format!("{{ {} }}", many(5_000, &|n| format!("nothing{n}")))),
        ("no document", String::new()),
        ("brackets", "{".repeat(100_000)),
        ("a variable never given", "query($a: ID!) { node(id: $a) { id } }".to_owned()),
        ("two operations", "query a { __typename } query b { __typename }".to_owned()),
    ];
    for (name, document) in hostile {
        let answer = guest.query_raw(&document, json!({})).await;
        let refused = answer
            .get("errors")
            .and_then(Value::as_array)
            .is_some_and(|errors| !errors.is_empty());
        assert!(refused, "{name} was served: {answer}");
        assert_ne!(code(&answer), "INTERNAL", "{name}: {answer}");
        assert!(
            answer.to_string().len() < 50_000,
            "{name} is answered at length"
        );
    }
    let batch = vec![json!({"query": "{ __typename }"}); 1_000];
    let response = guest
        .request(Method::POST, "/graphql")
        .json(&batch)
        .send()
        .await
        .expect("an answer");
    assert_eq!(response.status(), StatusCode::BAD_REQUEST);
    let large = json!({"query": format!("{{ __typename }} #{}", "x".repeat(8 << 20))});
    let response = guest
        .request(Method::POST, "/graphql")
        .json(&large)
        .send()
        .await;
    assert!(
        response.is_err() || response.is_ok_and(|it| it.status() == StatusCode::PAYLOAD_TOO_LARGE)
    );

    // What tools send passes.
    let kinds = "ofType { kind name ".repeat(9) + &"}".repeat(9);
    let value = "name description type { ...T } defaultValue isDeprecated deprecationReason";
    let introspection = format!(
        "query IntrospectionQuery {{ __schema {{ description queryType {{ name }} mutationType {{ name }} subscriptionType {{ name }} \
         types {{ ...F }} directives {{ name description isRepeatable locations args {{ ...V }} }} }} }} \
         fragment F on __Type {{ kind name description specifiedByURL fields(includeDeprecated: true) {{ name description \
         args(includeDeprecated: true) {{ ...V }} type {{ ...T }} isDeprecated deprecationReason }} \
         inputFields(includeDeprecated: true) {{ ...V }} interfaces {{ ...T }} \
         enumValues(includeDeprecated: true) {{ name description isDeprecated deprecationReason }} possibleTypes {{ ...T }} }} \
         fragment V on __InputValue {{ {value} }} fragment T on __Type {{ kind name {kinds} }}"
    );
    let schema = guest.query(&introspection, json!({})).await;
    assert!(
        schema["__schema"]["types"]
            .as_array()
            .is_some_and(|types| types.len() > 50),
        "{schema:#}"
    );
}
