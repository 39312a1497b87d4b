//! Getting in: passwords, mailed links, sessions, access tokens; and what stops guessing.

use futures_util::future::join_all;
use reqwest::Method;
use sea_orm::{ConnectionTrait, Database as Connect, Statement};
use serde_json::{Value, json};
use tests::graphql::Client;
use tests::{Backend, both};
use uuid::Uuid;

use crate::community::{Community, codes, done, number, text};

const SIGN_IN: &str = "mutation($input: SignInInput!) { signIn(input: $input) {
    token session { id current } viewer { person { id name } email } userErrors { field code message } } }";
const REQUEST: &str =
    "mutation($input: SignInLinkRequestInput!) { signInLinkRequest(input: $input) {
    userErrors { field code } } }";
const USE: &str = "mutation($input: SignInLinkUseInput!) { signInLinkUse(input: $input) {
    token viewer { person { id } } userErrors { field code } } }";
const RESET: &str = "mutation($input: PasswordResetInput!) { passwordReset(input: $input) {
    token userErrors { field code } } }";
const CHANGE: &str = "mutation($input: PasswordChangeInput!) { passwordChange(input: $input) {
    token userErrors { field code } } }";
const CREATE: &str =
    "mutation($input: AccessTokenCreateInput!) { accessTokenCreate(input: $input) {
    token accessToken { id expiresAt } userErrors { field code } } }";
const UPDATE: &str = "mutation($input: PersonUpdateInput!) { personUpdate(input: $input) {
    person { id version name } userErrors { field code } } }";
const ME: &str =
    "{ viewer { person { id version name } sessions { id current } accessTokens { name } } }";
/// A password that nobody guesses first.
const FINE: &str = "жасыл домбыра tea 7";
/// Long ago, as both databases write it.
const LONG_AGO: &str = "'2020-01-01 00:00:00+00:00'";

/// The token in the link of this id: the tests know the secret of their servers.
pub fn link_token<N: domain::id::Noun>(id: domain::id::Id<N>) -> String {
    let secret = domain::secret::Secret::new(*b"sabaq_tas tests have no secrets!");
    secret.link_token(id).expect("a token")
}

/// The ids that a statement selects.
async fn ids(community: &Community, statement: &str) -> Vec<Uuid> {
    let database = Connect::connect(&community.database.url)
        .await
        .expect("connects");
    let statement = Statement::from_string(database.get_database_backend(), statement);
    let rows = database.query_all_raw(statement).await.expect("selects");
    rows.iter()
        .map(|row| row.try_get_by_index(0).expect("an id"))
        .collect()
}

/// Whether the token still opens something.
pub async fn is_in(client: &Client) -> bool {
    let answer = client
        .query_raw("{ viewer { person { id } } }", json!({}))
        .await;
    if answer.pointer("/data/viewer/person/id").is_some() {
        return true;
    }
    assert!(answer.get("errors").is_some(), "{answer:#}");
    assert!(
        answer.pointer("/data/viewer").is_none_or(Value::is_null),
        "{answer:#}"
    );
    false
}

async fn try_password(client: &Client, email: &str, password: &str) -> Value {
    let input = json!({"input": {"email": email, "password": password}});
    client.query(SIGN_IN, input).await["signIn"].clone()
}

/// A sign-in from this address, as the proxy in front tells it.
async fn from(client: &Client, address: &str, email: &str, password: &str) -> Vec<String> {
    let body =
        json!({"query": SIGN_IN, "variables": {"input": {"email": email, "password": password}}});
    let request = client
        .request(Method::POST, "/graphql")
        .header("x-forwarded-for", address);
    let answer: Value = request
        .json(&body)
        .send()
        .await
        .expect("answers")
        .json()
        .await
        .expect("JSON");
    let payload = answer
        .pointer("/data/signIn")
        .unwrap_or_else(|| panic!("{answer:#}"));
    codes(payload)
}

/// The newest mailed link.
async fn newest_link(community: &Community) -> String {
    let links = ids(
        community,
        "SELECT id FROM sign_in_link ORDER BY id DESC LIMIT 1",
    )
    .await;
    let id: Uuid = *links.first().expect("a link");
    link_token(domain::id::Id::<domain::sign_in_link::SignInLink>::from_uuid(id))
}

both! {
    async fn known_and_unknown_are_answered_alike(backend: Backend) {
        let community = Community::fresh(backend).await;
        let guest = community.guest();
        let known = &community.who("teacher").email;
        let mut rows = Vec::new();
        let mut answers = Vec::new();
        for email in [known.as_str(), "nobody@demo.sabaqtas.example"] {
            let count = async |table: &str| community.database.number(&format!("SELECT count(*) FROM {table}")).await;
            let before = [count("outbox").await, count("sign_in_link").await];
            let wrong = try_password(&guest, email, "not the password").await;
            assert_eq!(codes(&wrong), ["WRONG_CREDENTIALS"]);
            let mut same = vec![wrong];
            for purpose in ["SIGN_IN", "RESET_PASSWORD"] {
                let input = json!({"input": {"email": email, "purpose": purpose}});
                same.push(guest.query(REQUEST, input).await);
            }
            answers.push(same);
            rows.push([count("outbox").await - before[0], count("sign_in_link").await - before[1]]);
        }
        assert_eq!(answers[0], answers[1]);
        assert_eq!(rows[0], rows[1]);
        assert_eq!(rows[0], [2, 2]);
        // A link for nobody opens nothing.
        let token = newest_link(&community).await;
        let answer = guest.query(RESET, json!({"input": {"token": token, "newPassword": FINE}})).await;
        assert_eq!(codes(&answer["passwordReset"]), ["NOT_FOUND"]);
    }

    async fn guessing_stops_and_the_owner_gets_in(backend: Backend) {
        let mut community = Community::fresh(backend).await;
        community.start(&[("SABAQTAS_SERVER_TRUSTED_PROXIES", "127.0.0.1")]).await;
        let guest = community.guest_on(1);
        let who = community.who("magnetic_coordinator");
        let guesses = (0..30).map(|n| {
            let (guest, email) = (guest.clone(), who.email.to_uppercase());
            async move { from(&guest, &format!("198.51.100.{n}"), &email, &format!("a guess number {n}")).await }
        });
        let guesses = join_all(guesses).await;
        let checked = guesses.iter().filter(|codes| **codes == ["WRONG_CREDENTIALS"]).count();
        let throttled = guesses.iter().filter(|codes| **codes == ["THROTTLED"]).count();
        assert_eq!((checked, throttled), (10, 20));
        // Not even the right password is looked at from there; what is forged behind the proxy's word is not believed.
        assert_eq!(from(&guest, "198.51.100.77", &who.email, &who.password).await, ["THROTTLED"]);
        assert_eq!(from(&guest, "127.0.0.1, 198.51.100.77", &who.email, &who.password).await, ["THROTTLED"]);
        // Where the owner signed in before, they still do, on either server.
        for node in 0..2 {
            let payload = try_password(&community.guest_on(node), &who.email, &who.password).await;
            assert_eq!(codes(&payload), Vec::<String>::new());
        }
        // A quarter of an hour later everybody may try again.
        community.database.run(&format!("UPDATE sign_in_attempt SET last_at = {LONG_AGO}")).await;
        assert_eq!(from(&guest, "198.51.100.77", &who.email, &who.password).await, Vec::<String>::new());
    }

    async fn a_school_behind_one_address_gets_in(backend: Backend) {
        let community = Community::fresh(backend).await;
        let guest = community.guest();
        for wave in 0..10 {
            let teachers = (0..6).map(|n| {
                let (guest, email) = (guest.clone(), format!("teacher{wave}{n}@mektep.example"));
                async move { try_password(&guest, &email, "not a password").await }
            });
            for payload in join_all(teachers).await {
                assert_eq!(codes(&payload), ["WRONG_CREDENTIALS"]);
            }
        }
        let who = community.who("teacher");
        // Right passwords are no guesses, however many.
        for _ in 0..12 {
            assert_eq!(codes(&try_password(&guest, &who.email, &who.password).await), Vec::<String>::new());
        }
    }

    async fn a_session_is_new_each_time_and_ends(backend: Backend) {
        let community = Community::on(backend, 2).await;
        let (guest, who) = (community.guest(), community.who("teacher"));
        let sign_in = async || {
            let payload = try_password(&guest, &who.email, &who.password).await;
            assert_eq!(text(&payload, "/viewer/email"), who.email);
            (text(&payload, "/token"), text(&payload, "/session/id"))
        };
        let ((one, session), (other, _)) = (sign_in().await, sign_in().await);
        assert_ne!(one, other);
        let there = |token: &str| community.guest_on(1).signed_in(token);
        let mine = there(&one).query(ME, json!({})).await;
        let current: Vec<_> = mine["viewer"]["sessions"].as_array().expect("sessions").iter()
            .filter(|session| session["current"] == true).collect();
        assert_eq!(current.len(), 1);
        assert_eq!(current[0]["id"], session.as_str());

        // Nobody else sees or ends it.
        let end = "mutation($input: SessionEndInput!) { sessionEnd(input: $input) { session { endedAt } userErrors { code } } }";
        let input = json!({"input": {"id": session}});
        for stranger in [community.persona("admin"), community.guest()] {
            assert_eq!(codes(&stranger.query(end, input.clone()).await["sessionEnd"]), ["NOT_FOUND"]);
        }
        done(&there(&other).query(end, input).await);
        assert!(!is_in(&there(&one)).await && is_in(&there(&other)).await);

        let out = "mutation { signOut { session { endedAt } userErrors { code } } }";
        done(&there(&other).query(out, json!({})).await);
        assert!(!is_in(&there(&other)).await);

        let (third, _) = sign_in().await;
        let all = done(&there(&third).query("mutation { sessionsEndAll { count userErrors { code } } }", json!({})).await);
        assert!(number(&all, "/count") >= 2, "{all:#}");
        assert!(!is_in(&there(&third)).await && !is_in(&community.persona("teacher")).await);

        // Unused for too long.
        let (idle, _) = sign_in().await;
        assert!(is_in(&there(&idle)).await);
        community.database.run(&format!("UPDATE session SET expires_at = {LONG_AGO}")).await;
        assert!(!is_in(&there(&idle)).await);
        assert!(!is_in(&guest.signed_in("sbs_rubbish")).await && !is_in(&guest.signed_in("rubbish")).await);
    }

    async fn a_new_password_ends_every_session(backend: Backend) {
        let community = Community::on(backend, 2).await;
        let (guest, who) = (community.guest(), community.who("teacher"));
        let old = community.persona_on(1, "teacher");
        let change = async |current: &str, new: &str| {
            let input = json!({"input": {"currentPassword": current, "newPassword": new}});
            old.query(CHANGE, input).await["passwordChange"].clone()
        };
        for (new, code) in [("short", "TOO_SHORT"), ("Qwertyuiop1", "COMMON_PASSWORD"), ("teacher2026", "COMMON_PASSWORD")] {
            assert_eq!(codes(&change(&who.password, new).await), [code], "{new}");
        }
        assert_eq!(codes(&change("not the password", FINE).await), ["WRONG_CREDENTIALS"]);
        assert!(is_in(&old).await);
        let changed = change(&who.password, FINE).await;
        assert_eq!(codes(&changed), Vec::<String>::new());
        assert!(!is_in(&old).await);
        assert!(is_in(&guest.signed_in(&text(&changed, "/token"))).await);
        assert_eq!(codes(&try_password(&guest, &who.email, &who.password).await), ["WRONG_CREDENTIALS"]);
        assert_eq!(codes(&try_password(&guest, &who.email, FINE).await), Vec::<String>::new());
        assert_eq!(community.database.number("SELECT count(*) FROM outbox WHERE action = 'password.change'").await, 1);
    }

    async fn a_mailed_link_works_once_for_a_quarter_of_an_hour(backend: Backend) {
        let community = Community::on(backend, 2).await;
        let (guest, who) = (community.guest(), community.who("teacher"));
        let request = async |purpose: &str| {
            done(&guest.query(REQUEST, json!({"input": {"email": who.email, "purpose": purpose}})).await);
            newest_link(&community).await
        };
        let open = async |token: &str| guest.query(USE, json!({"input": {"token": token}})).await["signInLinkUse"].clone();

        let token = request("SIGN_IN").await;
        let tries = (0..20).map(|n| {
            let (client, token) = (community.guest_on(n % 2), token.clone());
            async move { client.query(USE, json!({"input": {"token": token}})).await["signInLinkUse"].clone() }
        });
        let tries = join_all(tries).await;
        let entered: Vec<_> = tries.iter().filter(|payload| codes(payload).is_empty()).collect();
        assert_eq!(entered.len(), 1);
        assert!(is_in(&guest.signed_in(&text(entered[0], "/token"))).await);
        assert!(tries.iter().all(|payload| codes(payload).is_empty() || codes(payload) == ["USED"]));

        let late = request("SIGN_IN").await;
        community.database.run(&format!("UPDATE sign_in_link SET expires_at = {LONG_AGO}")).await;
        assert_eq!(codes(&open(&late).await), ["EXPIRED"]);

        // Each kind of link does its own thing.
        let reset = request("RESET_PASSWORD").await;
        assert_eq!(codes(&open(&reset).await), ["NOT_FOUND"]);
        let input = json!({"input": {"token": reset, "newPassword": FINE}});
        let common = json!({"input": {"token": reset, "newPassword": "1234567890"}});
        assert_eq!(codes(&guest.query(RESET, common).await["passwordReset"]), ["COMMON_PASSWORD"]);
        let entered = done(&guest.query(RESET, input.clone()).await);
        assert!(is_in(&guest.signed_in(&text(&entered, "/token"))).await);
        assert!(!is_in(&community.persona("teacher")).await);
        assert_eq!(codes(&guest.query(RESET, input).await["passwordReset"]), ["USED"]);
        assert_eq!(codes(&try_password(&guest, &who.email, FINE).await), Vec::<String>::new());

        // Letters stop before they are a nuisance.
        let mut last = Vec::new();
        for _ in 0..5 {
            let input = json!({"input": {"email": who.email}});
            last = codes(&guest.query(REQUEST, input).await["signInLinkRequest"]);
        }
        assert_eq!(last, ["THROTTLED"]);
    }

    async fn access_tokens_open_no_doors(backend: Backend) {
        let community = Community::fresh(backend).await;
        let owner = community.persona("teacher");
        let create = async |client: &Client, scope: &str, day: &str| {
            let input = json!({"input": {"name": "timetable", "scope": scope, "expiresOn": day}});
            client.query(CREATE, input).await["accessTokenCreate"].clone()
        };
        for (day, code) in [("2020-01-01", "DATE_PAST"), ("2099-01-01", "DATE_TOO_FAR")] {
            assert_eq!(codes(&create(&owner, "READ", day).await), [code]);
        }
        let day = soon(&owner).await;
        let read = create(&owner, "READ", &day).await;
        let write = create(&owner, "WRITE", &day).await;
        let (reader, writer) = (
            community.guest().signed_in(&text(&read, "/token")),
            community.guest().signed_in(&text(&write, "/token")),
        );
        let me = reader.query(ME, json!({})).await;
        assert_eq!(me["viewer"]["accessTokens"].as_array().map(Vec::len), Some(2));
        let version = number(&me, "/viewer/person/version");
        let input = json!({"input": {"version": version, "name": "Another name"}});
        assert_eq!(codes(&reader.query(UPDATE, input.clone()).await["personUpdate"]), ["NOT_PERMITTED"]);
        done(&writer.query(UPDATE, input).await);
        for token in [&reader, &writer] {
            assert_eq!(codes(&create(token, "WRITE", &day).await), ["NOT_PERMITTED"]);
            let change = json!({"input": {"currentPassword": community.who("teacher").password, "newPassword": FINE}});
            assert_eq!(codes(&token.query(CHANGE, change).await["passwordChange"]), ["NOT_PERMITTED"]);
            let all = token.query("mutation { sessionsEndAll { count userErrors { code } } }", json!({})).await;
            assert_eq!(codes(&all["sessionsEndAll"]), ["NOT_PERMITTED"]);
        }
        let revoke = "mutation($input: AccessTokenRevokeInput!) { accessTokenRevoke(input: $input) { accessToken { revokedAt } userErrors { code } } }";
        let input = json!({"input": {"id": text(&read, "/accessToken/id")}});
        assert_eq!(codes(&community.persona("admin").query(revoke, input.clone()).await["accessTokenRevoke"]), ["NOT_FOUND"]);
        done(&owner.query(revoke, input).await);
        assert!(!is_in(&reader).await && is_in(&writer).await);
        community.database.run(&format!("UPDATE access_token SET expires_at = {LONG_AGO}")).await;
        assert!(!is_in(&writer).await);
    }
}

/// The day after tomorrow, by when the viewer's session began.
async fn soon(client: &Client) -> String {
    let mine = client
        .query("{ viewer { sessions { createdAt } } }", json!({}))
        .await;
    let began = text(&mine, "/viewer/sessions/0/createdAt");
    let day: sea_orm::prelude::ChronoDate = began
        .get(..10)
        .and_then(|day| day.parse().ok())
        .expect("a day");
    let soon = day
        .succ_opt()
        .and_then(|day| day.succ_opt())
        .expect("a day after it");
    soon.to_string()
}
