//! Who belongs where, how they are invited, and what is seen of them.

use futures_util::future::join_all;
use serde_json::{Value, json};
use tests::graphql::Client;
use tests::{Backend, both};

use crate::community::{Community, codes, done, number, text};
use crate::sign_in::{is_in, link_token};

const SEND: &str = "mutation($input: InvitationSendInput!) { invitationSend(input: $input) {
    invitation { id state role email } userErrors { field code message } } }";
const REVOKE: &str = "mutation($input: InvitationRevokeInput!) { invitationRevoke(input: $input) {
    invitation { state } userErrors { code } } }";
const ACCEPT: &str = "mutation($input: InvitationAcceptInput!) { invitationAccept(input: $input) {
    token viewer { person { id name } memberships { id role school { id } } } userErrors { field code message } } }";
const PREVIEW: &str = "query($token: String!) { invitation(token: $token) { email role state hasAccount school { id } } }";
const END: &str = "mutation($input: MembershipEndInput!) { membershipEnd(input: $input) {
    membership { endedAt } userErrors { code } } }";
const SUSPEND: &str = "mutation($input: PersonSuspendInput!) { personSuspend(input: $input) {
    person { state version } userErrors { code } } }";
const RESTORE: &str = "mutation($input: PersonRestoreInput!) { personRestore(input: $input) {
    person { state } userErrors { code } } }";
const ME: &str = "{ viewer { email person { id name version } memberships { id role school { id } regionId } } }";
const SEEN: &str =
    "query($id: ID!) { node(id: $id) { ... on Person { name email memberships { role } } } }";

/// What a persona is to the others.
struct Me {
    person: String,
    version: i64,
    membership: Option<String>,
    school: Option<String>,
    region: Option<String>,
}

async fn me(client: &Client) -> Me {
    let me = client.query(ME, json!({})).await;
    let first = |path: &str| {
        let place = format!("/viewer/memberships/0/{path}");
        me.pointer(&place)
            .and_then(Value::as_str)
            .map(str::to_owned)
    };
    Me {
        person: text(&me, "/viewer/person/id"),
        version: number(&me, "/viewer/person/version"),
        membership: first("id"),
        school: first("school/id"),
        region: first("regionId"),
    }
}

fn whom(email: &str, role: &str, scope: Option<&str>) -> Value {
    json!({"input": {"email": email, "language": "KK", "role": role, "scopeId": scope}})
}

/// Sends an invitation and returns its id and the token in its link.
async fn invite(client: &Client, email: &str, role: &str, scope: Option<&str>) -> (String, String) {
    let sent = done(&client.query(SEND, whom(email, role, scope)).await);
    let id = text(&sent, "/invitation/id");
    let token = link_token(
        id.parse::<domain::id::Id<domain::invitation::Invitation>>()
            .expect("an id"),
    );
    (id, token)
}

async fn accept(client: &Client, token: &str, name: Option<&str>) -> Value {
    let input = json!({"input": {"token": token, "name": name}});
    client.query(ACCEPT, input).await["invitationAccept"].clone()
}

both! {
    async fn an_invitation_makes_one_member_once(backend: Backend) {
        let community = Community::on(backend, 2).await;
        let coordinator = community.persona("leading_coordinator");
        let school = me(&coordinator).await.school.expect("a school");
        let (_, token) = invite(&coordinator, "New.Teacher@mektep.example", "TEACHER", Some(&school)).await;
        assert!(token.len() >= 22, "128 bits take 22 letters");

        let preview = community.guest().query(PREVIEW, json!({"token": token})).await;
        assert_eq!(preview["invitation"], json!({"email": "New.Teacher@mektep.example", "role": "TEACHER",
            "state": "OPEN", "hasAccount": false, "school": {"id": school}}));
        // Somebody else who got hold of the link while signed in.
        assert_eq!(codes(&accept(&community.persona("outsider"), &token, Some("X")).await), ["WRONG_PERSON"]);
        assert_eq!(codes(&accept(&community.guest(), &token, None).await), ["REQUIRED"]);

        let tries = (0..50).map(|n| {
            let (client, token) = (community.guest_on(n % 2), token.clone());
            async move { accept(&client, &token, Some("Жаңа мұғалім")).await }
        });
        let tries = join_all(tries).await;
        let entered: Vec<_> = tries.iter().filter(|payload| codes(payload).is_empty()).collect();
        assert_eq!(entered.len(), 1);
        for payload in tries.iter().filter(|payload| !codes(payload).is_empty()) {
            assert!(codes(payload) == ["USED"] || codes(payload) == ["SIGN_IN_REQUIRED"], "{payload:#}");
        }
        assert_eq!(text(entered[0], "/viewer/memberships/0/role"), "TEACHER");
        assert_eq!(text(entered[0], "/viewer/memberships/0/school/id"), school);
        let newcomer = community.guest_on(1).signed_in(&text(entered[0], "/token"));
        assert_eq!(me(&newcomer).await.school, Some(school));
        let persons = "SELECT count(*) FROM person_contact WHERE email_folded = 'new.teacher@mektep.example'";
        assert_eq!(community.database.number(persons).await, 1);
        let accepted = "SELECT count(*) FROM outbox WHERE action = 'invitation.accept'";
        assert_eq!(community.database.number(accepted).await, 1);
    }

    async fn invitations_run_out_and_are_taken_back(backend: Backend) {
        let community = Community::fresh(backend).await;
        let coordinator = community.persona("leading_coordinator");
        let school = me(&coordinator).await.school;
        let guest = community.guest();
        let (_, late) = invite(&coordinator, "late@mektep.example", "TEACHER", school.as_deref()).await;
        community.database.run("UPDATE invitation SET expires_at = '2020-01-01 00:00:00+00:00'").await;
        assert_eq!(codes(&accept(&guest, &late, Some("Late")).await), ["EXPIRED"]);

        let (id, token) = invite(&coordinator, "back@mektep.example", "TEACHER", school.as_deref()).await;
        let input = json!({"input": {"id": id}});
        for stranger in ["outsider", "teacher", "other_coordinator"] {
            let answer = community.persona(stranger).query(REVOKE, input.clone()).await;
            assert_eq!(codes(&answer["invitationRevoke"]), ["NOT_FOUND"], "{stranger}");
        }
        done(&coordinator.query(REVOKE, input).await);
        assert_eq!(codes(&accept(&guest, &token, Some("Back")).await), ["EXPIRED"]);
        assert_eq!(codes(&accept(&guest, "rubbish", Some("X")).await), ["NOT_FOUND"]);

        // A second one to the same person replaces the first.
        let (_, first) = invite(&coordinator, "twice@mektep.example", "TEACHER", school.as_deref()).await;
        let (_, second) = invite(&coordinator, "TWICE@mektep.example", "TEACHER", school.as_deref()).await;
        assert_eq!(codes(&accept(&guest, &first, Some("Twice")).await), ["EXPIRED"]);
        assert_eq!(codes(&accept(&guest, &second, Some("Twice")).await), Vec::<String>::new());

        // Whoever has an account signs in to accept; whether they have one, the sender does not learn.
        let email = &community.who("outsider").email;
        let (_, token) = invite(&coordinator, email, "TEACHER", school.as_deref()).await;
        assert_eq!(codes(&accept(&guest, &token, Some("Not me")).await), ["SIGN_IN_REQUIRED"]);
        let outsider = community.persona("outsider");
        let entered = accept(&outsider, &token, None).await;
        assert_eq!(codes(&entered), Vec::<String>::new());
        // What somebody may is new, and so is the session.
        assert!(!is_in(&outsider).await);
        assert!(is_in(&guest.signed_in(&text(&entered, "/token"))).await);
    }

    async fn a_trainer_hands_a_school_to_its_coordinator(backend: Backend) {
        let community = Community::fresh(backend).await;
        let trainer = community.persona("trainer");
        let school = me(&community.persona("zarechnoye_coordinator")).await.school.expect("a school");
        let foreign = me(&community.persona("other_coordinator")).await.school.expect("a school");
        // As if nobody spoke for any school yet.
        community.database.run("UPDATE school SET state = 'unclaimed'").await;
        for (role, place) in [("TEACHER", &school), ("COORDINATOR", &foreign)] {
            let answer = trainer.query(SEND, whom("x@mektep.example", role, Some(place))).await;
            assert_eq!(codes(&answer["invitationSend"]), ["NOT_PERMITTED"], "{role}");
        }
        let (_, token) = invite(&trainer, "voice@mektep.example", "COORDINATOR", Some(&school)).await;
        let entered = accept(&community.guest(), &token, Some("Voice")).await;
        assert_eq!(text(&entered, "/viewer/memberships/0/role"), "COORDINATOR");
        let voice = community.guest().signed_in(&text(&entered, "/token"));
        // From now on they speak for it.
        invite(&voice, "colleague@mektep.example", "TEACHER", Some(&school)).await;
        let claimed = "SELECT count(*) FROM outbox WHERE fact LIKE '%school_claimed%' AND action = 'invitation.accept'";
        assert_eq!(community.database.number(claimed).await, 1);
        assert_eq!(community.database.number("SELECT count(*) FROM school WHERE state = 'verified'").await, 1);
        // A trainer gives a voice to schools that have none only.
        let answer = trainer.query(SEND, whom("x@mektep.example", "COORDINATOR", Some(&school))).await;
        assert_eq!(codes(&answer["invitationSend"]), ["ALREADY_CLAIMED"]);
    }

    async fn nobody_raises_a_role(backend: Backend) {
        let community = Community::fresh(backend).await;
        let own = me(&community.persona("leading_coordinator")).await.school.expect("a school");
        let foreign = me(&community.persona("other_coordinator")).await.school.expect("a school");
        let region = me(&community.persona("trainer")).await.region.expect("a region");
        let offers = [
            ("PLATFORM_ADMIN", None),
            ("TRAINER", Some(&region)),
            ("COORDINATOR", Some(&own)),
            ("COORDINATOR", Some(&foreign)),
            ("TEACHER", Some(&own)),
            ("TEACHER", Some(&foreign)),
        ];
        let before = community.database.number("SELECT count(*) FROM invitation").await;
        let facts = community.database.number("SELECT count(*) FROM outbox").await;
        let mut sent = Vec::new();
        for who in ["guest", "outsider", "teacher", "trainer", "leading_coordinator", "admin"] {
            let client = match who {
                "guest" => community.guest(),
                who => community.persona(who),
            };
            for (role, scope) in offers {
                let answer = client.query(SEND, whom("friend@mektep.example", role, scope.map(String::as_str))).await;
                if codes(&answer["invitationSend"]).is_empty() {
                    let place = if scope == Some(&own) { "own" } else { "elsewhere" };
                    sent.push(format!("{who}: {role} {place}"));
                }
            }
        }
        assert_eq!(sent, [
            "leading_coordinator: COORDINATOR own",
            "leading_coordinator: TEACHER own",
            "admin: PLATFORM_ADMIN elsewhere",
            "admin: TRAINER elsewhere",
            "admin: COORDINATOR own",
            "admin: COORDINATOR elsewhere",
            "admin: TEACHER own",
            "admin: TEACHER elsewhere",
        ]);
        assert_eq!(community.database.number("SELECT count(*) FROM invitation").await, before + 8);
        assert_eq!(community.database.number("SELECT count(*) FROM outbox").await, facts + 8);

        // A role where it does not exist, and inputs with more than there is.
        let admin = community.persona("admin");
        for (role, scope) in [("PLATFORM_ADMIN", Some(own.as_str())), ("TRAINER", Some(own.as_str())), ("TEACHER", None)] {
            let answer = admin.query(SEND, whom("friend@mektep.example", role, scope)).await;
            assert!(!codes(&answer["invitationSend"]).is_empty(), "{role}");
        }
        for extra in ["role", "ownerId", "schoolId"] {
            let input = json!({"input": {"version": 1, extra: "PLATFORM_ADMIN"}});
            let update = "mutation($input: PersonUpdateInput!) { personUpdate(input: $input) { person { id } userErrors { code } } }";
            let answer = community.persona("teacher").query_raw(update, input).await;
            assert!(answer.get("errors").is_some(), "{extra}: {answer:#}");
        }
    }

    async fn somebody_remains_in_charge(backend: Backend) {
        let community = Community::fresh(backend).await;
        let admin = community.persona("admin");
        let mine = me(&admin).await;
        let end = json!({"input": {"id": mine.membership}});
        assert_eq!(codes(&admin.query(END, end.clone()).await["membershipEnd"]), ["LAST_ADMIN"]);
        let suspend = json!({"input": {"id": mine.person, "version": mine.version, "reason": "holiday"}});
        assert_eq!(codes(&admin.query(SUSPEND, suspend).await["personSuspend"]), ["LAST_ADMIN"]);
        let coordinator = community.persona("leading_coordinator");
        let own = json!({"input": {"id": me(&coordinator).await.membership}});
        assert_eq!(codes(&coordinator.query(END, own).await["membershipEnd"]), ["LAST_ADMIN"]);

        // Two who remove each other at the same moment: one of them stays.
        let (_, token) = invite(&admin, "second@mektep.example", "PLATFORM_ADMIN", None).await;
        let entered = accept(&community.guest(), &token, Some("Second")).await;
        let second = community.guest().signed_in(&text(&entered, "/token"));
        let other = json!({"input": {"id": me(&second).await.membership}});
        let removals = [admin.query_raw(END, other), second.query_raw(END, end)];
        join_all(removals).await;
        let left = "SELECT count(*) FROM membership WHERE role = 'platform_admin' AND ended_at IS NULL";
        assert_eq!(community.database.number(left).await, 1);
    }

    async fn an_ended_role_and_a_closed_account_open_nothing(backend: Backend) {
        let community = Community::on(backend, 2).await;
        let (coordinator, admin) = (community.persona("leading_coordinator"), community.persona("admin"));
        let teacher = community.persona_on(1, "teacher");
        let before = me(&teacher).await;
        let end = json!({"input": {"id": before.membership}});
        for stranger in ["outsider", "other_coordinator"] {
            // Who teaches where is for the school itself.
            let answer = community.persona(stranger).query(END, end.clone()).await;
            assert_eq!(codes(&answer["membershipEnd"]), ["NOT_FOUND"], "{stranger}");
        }
        done(&coordinator.query(END, end).await);
        assert!(!is_in(&teacher).await);

        let outsider = community.persona_on(1, "outsider");
        let them = me(&outsider).await;
        let input = json!({"input": {"id": them.person, "version": them.version, "reason": "asked to"}});
        assert_eq!(codes(&coordinator.query(SUSPEND, input.clone()).await["personSuspend"]), ["NOT_PERMITTED"]);
        let empty = json!({"input": {"id": them.person, "version": them.version, "reason": " "}});
        assert_eq!(codes(&admin.query(SUSPEND, empty).await["personSuspend"]), ["REASON_REQUIRED"]);
        let suspended = done(&admin.query(SUSPEND, input.clone()).await);
        assert!(!is_in(&outsider).await);
        assert_eq!(codes(&admin.query(SUSPEND, input).await["personSuspend"]), ["CONFLICT"]);
        let sign_in = "mutation($input: SignInInput!) { signIn(input: $input) { token userErrors { code } } }";
        let who = community.who("outsider");
        let password = json!({"input": {"email": who.email, "password": who.password}});
        let answer = community.guest().query(sign_in, password.clone()).await;
        assert_eq!(codes(&answer["signIn"]), ["WRONG_CREDENTIALS"]);
        let input = json!({"input": {"id": them.person, "version": number(&suspended, "/person/version")}});
        done(&admin.query(RESTORE, input).await);
        assert!(!is_in(&outsider).await, "what ended stays ended");
        done(&community.guest().query(sign_in, password).await);
    }

    async fn who_is_suspended_speaks_for_no_school(backend: Backend) {
        let community = Community::fresh(backend).await;
        let (admin, coordinator) = (community.persona("admin"), community.persona("other_coordinator"));
        let (them, name) = (me(&coordinator).await, "query($id: ID!) { school(id: $id) { coordinators { id } } }");
        let of = json!({"id": them.school});
        let seen = async || admin.query(name, of.clone()).await["school"]["coordinators"].clone();
        assert_eq!(seen().await, json!([{"id": them.person}]));
        let input = json!({"input": {"id": them.person, "version": them.version, "reason": "asked to"}});
        let suspended = done(&admin.query(SUSPEND, input).await);
        assert_eq!(seen().await, json!([]));
        let input = json!({"input": {"id": them.person, "version": number(&suspended, "/person/version")}});
        done(&admin.query(RESTORE, input).await);
        assert_eq!(seen().await, json!([{"id": them.person}]));
    }

    async fn an_address_is_seen_by_those_it_is_for(backend: Backend) {
        let community = Community::fresh(backend).await;
        let teacher = community.persona("teacher");
        let them = me(&teacher).await;
        let seen = async |client: Client| client.query(SEEN, json!({"id": them.person})).await["node"].clone();
        let email = json!(community.who("teacher").email);
        for who in ["teacher", "leading_coordinator", "admin"] {
            assert_eq!(seen(community.persona(who)).await["email"], email, "{who}");
        }
        for who in ["outsider", "other_coordinator", "magnetic_coordinator", "trainer", "partner_teacher"] {
            let card = seen(community.persona(who)).await;
            assert_eq!(card["email"], Value::Null, "{who}");
            assert_eq!(card["memberships"], json!([]), "{who} sees who teaches where");
        }
        assert_eq!(seen(community.guest()).await, Value::Null);
        let update = "mutation($input: PersonUpdateInput!) { personUpdate(input: $input) { person { id } userErrors { code } } }";
        let input = json!({"input": {"version": them.version, "emailShownTo": "SIGNED_IN"}});
        done(&teacher.query(update, input).await);
        assert_eq!(seen(community.persona("outsider")).await["email"], email);
        assert_eq!(seen(community.guest()).await, Value::Null);
    }

    async fn lists_of_everything_are_for_administrators(backend: Backend) {
        let community = Community::fresh(backend).await;
        let persons = "query($q: String) { persons(filter: { query: $q }, first: 5) { totalCount nodes { name email } } }";
        let audit = "query($a: String) { audit(filter: { action: $a }, first: 5) { totalCount nodes { action actor { name } fact } } }";
        for document in [persons, audit] {
            for who in ["outsider", "leading_coordinator", "trainer"] {
                let answer = community.persona(who).query_raw(document, json!({})).await;
                assert_eq!(answer.pointer("/errors/0/extensions/code"), Some(&json!("NOT_PERMITTED")), "{who}: {answer:#}");
            }
            let answer = community.guest().query_raw(document, json!({})).await;
            assert_eq!(answer.pointer("/errors/0/extensions/code"), Some(&json!("SIGN_IN_REQUIRED")), "{answer:#}");
        }
        let admin = community.persona("admin");
        let email = &community.who("teacher").email;
        let found = admin.query(persons, json!({"q": email.to_uppercase()})).await;
        assert_eq!(found["persons"]["nodes"][0]["email"], json!(email));
        assert_eq!(number(&found, "/persons/totalCount"), 1);
        assert!(number(&admin.query(persons, json!({"q": "координатор"})).await, "/persons/totalCount") > 1);
        let found = admin.query(audit, json!({"a": "network"})).await;
        assert!(number(&found, "/audit/totalCount") > 0);
        let actions = found["audit"]["nodes"].as_array().expect("entries");
        assert!(actions.iter().all(|entry| text(entry, "/action").starts_with("network.")), "{found:#}");
    }
}
