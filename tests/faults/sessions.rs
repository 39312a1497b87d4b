//! What was taken away is gone at once, and guessing is slow: B5 and B8.

use std::time::{Duration, Instant};

use futures_util::StreamExt;
use futures_util::stream;
use serde_json::{Value, json};
use tests::Client;
use tests::graphql::{Received, Socket};

use crate::cluster::Cluster;
use crate::measured;
use crate::wire::{Came, Wire};

const CHANGED: &str = "subscription($id: ID!) { partnershipChanged(id: $id) { id version } }";
const SEEN: &str = "query($id: ID!) { partnership(id: $id) { id agreement { version } } }";
const WRITE: &str = "mutation($input: AgreementWriteInput!) { agreementWrite(input: $input) {
    partnership { id } userErrors { code } } }";
const SIGN_IN: &str =
    "mutation($input: SignInInput!) { signIn(input: $input) { token userErrors { code } } }";

/// The Leading school changes the words of the agreement.
async fn change(leading: &Wire, id: &str) {
    let seen = leading.get(SEEN, json!({ "id": id })).await;
    let version = seen["partnership"]["agreement"]["version"].clone();
    let input = json!({ "input": { "partnershipId": id, "version": version, "aims": "Ортақ сабақтар",
        "startsOn": "2026-12-01", "endsOn": "2027-06-01", "leadingGives": "Фасилитатор",
        "magneticGives": "Мұғалімдер", "mediaRules": "Беттер түсірілмейді" } });
    leading.get(WRITE, input).await;
}

/// Whether an event comes within five seconds.
async fn hears(socket: &mut Socket) -> bool {
    match tokio::time::timeout(Duration::from_secs(5), socket.receive()).await {
        Ok(Received::Message(message)) => message["type"] == "next",
        Ok(Received::Closed(_)) | Err(_) => false,
    }
}

/// B5. On three nodes, who loses a role or the account sees nothing more: not by the next request, not by a
/// subscription that was open.
#[tokio::test]
async fn b5_revocation_is_immediate() {
    let cluster = Cluster::of(3, &[]).await;
    let rows = cluster.rows().await;
    let inside = "FROM partnership AS p JOIN membership AS m ON m.scope_id = p.magnetic_id
        JOIN person_contact AS c ON c.person_id = m.person_id
        WHERE c.email LIKE 'konaev@%' AND p.state = 'accepted'";
    let one = async |column: &str| {
        let found = rows
            .column::<String>(&format!("SELECT {} {inside}", rows.hex(column)))
            .await;
        found[0].clone()
    };
    let (partnership, membership) = (
        format!("prt_{}", one("p.id").await),
        format!("mem_{}", one("m.id").await),
    );
    let person = format!(
        "SELECT {} FROM person_contact WHERE email LIKE 'trainer@%'",
        rows.hex("person_id")
    );
    let person = format!("per_{}", rows.column::<String>(&person).await[0]);
    let (admin, leading) = (
        cluster.wire(0, "admin"),
        cluster.wire(1, "leading_coordinator"),
    );
    let id = json!({ "id": partnership });
    let mut sockets = Vec::new();
    for node in 0..3 {
        let client =
            Client::new(&cluster.base(node)).signed_in(&cluster.who("konaev_coordinator").token);
        sockets.push(client.ws(CHANGED, id.clone()).await);
    }
    // A subscription begins some time after it was asked for.
    tokio::time::sleep(Duration::from_secs(2)).await;
    change(&leading, &partnership).await;
    for socket in &mut sockets {
        assert!(
            hears(socket).await,
            "who may see it hears nothing: nothing would be proved"
        );
        // What else the change told at the same time.
        while tokio::time::timeout(Duration::from_millis(500), socket.receive())
            .await
            .is_ok()
        {}
    }

    let end = "mutation($input: MembershipEndInput!) { membershipEnd(input: $input) { userErrors { code } } }";
    admin
        .get(end, json!({ "input": { "id": membership } }))
        .await;
    for node in 0..3 {
        let seen = cluster
            .wire(node, "konaev_coordinator")
            .ask(SEEN, id.clone())
            .await;
        assert_eq!(
            seen.came,
            Came::Failed(401, "UNAUTHENTICATED".to_owned()),
            "node {node}: a role that changes ends the sessions"
        );
    }
    change(&leading, &partnership).await;
    let heard = stream::iter(&mut sockets)
        .then(hears)
        .filter(|heard| std::future::ready(*heard))
        .count()
        .await;
    assert_eq!(heard, 0, "events after the membership ended");

    let mut sockets = Vec::new();
    for node in 0..3 {
        let client = Client::new(&cluster.base(node)).signed_in(&cluster.who("trainer").token);
        sockets.push(
            client
                .ws(
                    "subscription { notificationReceived { cursor } }",
                    json!({}),
                )
                .await,
        );
    }
    let suspend = "mutation($input: PersonSuspendInput!) { personSuspend(input: $input) { userErrors { code } } }";
    admin
        .get(
            suspend,
            json!({ "input": { "id": person, "version": 1, "reason": "test" } }),
        )
        .await;
    let suspended = Instant::now();
    for node in 0..3 {
        let answer = cluster.wire(node, "trainer").ask(SEEN, id.clone()).await;
        assert_eq!(
            answer.came,
            Came::Failed(401, "UNAUTHENTICATED".to_owned()),
            "node {node}"
        );
    }
    for socket in &mut sockets {
        let closed = tokio::time::timeout(Duration::from_secs(60), async {
            loop {
                match tokio::time::timeout(Duration::from_secs(15), socket.receive()).await {
                    Ok(Received::Closed(code)) => return code,
                    Ok(Received::Message(message)) => {
                        assert_ne!(message["type"], "next", "an event");
                    }
                    Err(_) => {}
                }
            }
        });
        assert_eq!(
            closed.await.expect("a suspended person's socket ends"),
            Some(4403)
        );
    }
    measured(
        "B5",
        &format!(
            "3 nodes: next request refused on each, 0 events; a suspended person's sockets closed after {:?}",
            suspended.elapsed()
        ),
    );
}

/// What came of trying to sign in, for short.
async fn sign_in(wire: &Wire, email: &str, password: &str) -> String {
    let answer = wire
        .ask(
            SIGN_IN,
            json!({ "input": { "email": email, "password": password } }),
        )
        .await;
    match answer.came {
        Came::Data(data) if data.pointer("/signIn/token").is_some_and(Value::is_string) => {
            "in".to_owned()
        }
        Came::Refused(codes) => codes.join(","),
        other => format!("{other:?}"),
    }
}

/// B8. A thousand guesses at one account, from one address and from a thousand, with Redis stopped; the owner and a whole
/// school behind one address get in meanwhile.
#[tokio::test]
async fn b8_guessing_is_throttled_and_schools_are_not() {
    let cluster = Cluster::of(2, &[("SABAQTAS_SERVER_TRUSTED_PROXIES", "127.0.0.1")]).await;
    cluster.redis.freeze();
    let rows = cluster.rows().await;
    let id = "CAST('019d0000-0000-7000-8000-' || lpad(to_hex(n), 12, '0') AS uuid)";
    let of = "FROM generate_series(1, 60) AS n, person AS p JOIN person_contact AS c ON c.person_id = p.id
        JOIN credential AS k ON k.person_id = p.id WHERE c.email LIKE 'teacher@%'";
    for (table, columns) in [
        (
            "person",
            format!("{id}, p.name, p.sort_name, p.language, p.state, 1, p.created_at"),
        ),
        (
            "person_contact",
            format!("{id}, n || c.email, n || c.email_folded, c.shown"),
        ),
        ("credential", format!("{id}, k.password_hash, k.changed_at")),
    ] {
        rows.run(&format!("INSERT INTO {table} SELECT {columns} {of}"))
            .await;
    }
    for (victim, addresses) in [("outsider", 1), ("partner_teacher", 1000)] {
        let victim = cluster.who(victim);
        let guesses = (0..1000).map(|n| {
            let a = n % addresses;
            let wire =
                cluster
                    .wire(n % 2, "admin")
                    .from(&format!("203.0.{}.{}", a / 250, a % 250 + 1));
            async move { sign_in(&wire, &victim.email, &format!("a wrong guess {n}")).await }
        });
        let answers: Vec<_> = stream::iter(guesses).buffer_unordered(8).collect().await;
        let checked = answers
            .iter()
            .filter(|answer| *answer == "WRONG_CREDENTIALS")
            .count();
        let throttled = answers
            .iter()
            .filter(|answer| *answer == "THROTTLED")
            .count();
        let other = answers
            .iter()
            .find(|answer| !["WRONG_CREDENTIALS", "THROTTLED"].contains(&answer.as_str()));
        assert_eq!(checked + throttled, 1000, "{other:?}");
        assert!(
            (1..=10).contains(&checked),
            "{checked} guesses from {addresses} addresses were checked"
        );
        // From where the owner signed in before.
        let owner = cluster.wire(0, "admin").from("127.0.0.1");
        assert_eq!(
            sign_in(&owner, &victim.email, &victim.password).await,
            "in",
            "the owner is locked out"
        );
        measured(
            "B8",
            &format!("{addresses} addresses: {checked} of 1000 guesses checked, the owner got in"),
        );
    }
    let teacher = cluster.who("teacher");
    let begin = Instant::now();
    let school = (1..=60).map(|n| {
        let wire = cluster.wire(n % 2, "admin").from("198.51.100.9");
        async move { sign_in(&wire, &format!("{n}{}", teacher.email), &teacher.password).await }
    });
    let answers: Vec<_> = stream::iter(school).buffer_unordered(4).collect().await;
    let refused: Vec<_> = answers.iter().filter(|answer| *answer != "in").collect();
    assert!(refused.is_empty(), "{refused:?}");
    assert!(
        begin.elapsed() < Duration::from_secs(60),
        "60 teachers took {:?}",
        begin.elapsed()
    );
    measured(
        "B8",
        &format!(
            "60 teachers behind one address in {:?}, 0 refused, Redis stopped",
            begin.elapsed()
        ),
    );
}
