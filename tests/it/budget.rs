//! How many statements a document costs, who asks included: no more than told here, and as many for a page of one as
//! for a page of twenty. Counted by the server itself, in `/metrics`.

use domain::authz::{Job, Viewer};
use domain::generate::{Persona, country};
use serde_json::{Value, json};
use tests::graphql::Client;
use tests::{Backend, Database, Process, both};
use tokio::sync::OnceCell;

use crate::community::{self, SECRET};
use crate::generate::plan;

const SCHOOL: &str = "query($id: ID!, $first: Int!) { school(id: $id) { id name { kk ru en } place kind state
    networks { id name { kk ru en } theme state activePartnerships
      partnerships(first: $first, states: [ACTIVE]) { nodes { id state activeSince magnetic { id name { kk ru en } place } } } } } }";
const NETWORK: &str = "query($id: ID!, $first: Int!) { network(id: $id) { id name { kk ru en } theme state activePartnerships
    leading { id name { kk ru en } }
    partnerships(first: $first, states: [ACTIVE]) { nodes { id state activeSince magnetic { id name { kk ru en } place } } } } }";
const INBOX: &str = "query($first: Int!) { viewer { unreadCount notifications(first: $first) { nodes { id reason createdAt readAt title } } } }";
const SEARCH: &str = "query($text: String!, $first: Int!) { schools(query: $text, first: $first) { totalCount nodes { id name { kk ru en } place kind } } }";
const DEEP: &str = "query($after: String, $first: Int!) { partnerships(first: $first, after: $after, orderBy: NEWEST) {
    pageInfo { endCursor } nodes { id state createdAt magnetic { id name { kk ru en } } } } }";
const REGIONS: &str =
    "query($first: Int!) { regions(filter: { kind: REGION }, first: $first) { nodes {
    id name { kk ru en } numbers { schools leading magnetic networks partnerships } } } }";
const PEOPLE: &str =
    "query($id: ID!, $first: Int!) { school(id: $id) { id members(first: $first) { nodes {
    id role viewerCanEnd person { id name } } } } }";
const INVITE: &str =
    "mutation($input: PartnershipInviteInput!) { partnershipInvite(input: $input) {
    partnership { id state version } userErrors { code field } } }";

/// Statements the server sent so far.
async fn sent(client: &Client) -> i64 {
    let metrics = client
        .request(reqwest::Method::GET, "/metrics")
        .send()
        .await
        .expect("metrics");
    let metrics = metrics.text().await.expect("text");
    let line = metrics
        .lines()
        .find_map(|line| line.strip_prefix("db_statements_total "));
    line.expect("statements are counted")
        .parse()
        .expect("a number")
}

/// What one request costs: the least of several, for the server does things of its own in between.
async fn cost(client: &Client, document: &str, variables: &Value) -> i64 {
    let mut least = i64::MAX;
    for _ in 0..6 {
        let before = sent(client).await;
        client.query(document, variables.clone()).await;
        least = least.min(sent(client).await - before);
    }
    least
}

async fn filled(backend: Backend) -> (Database, Vec<Persona>) {
    static SQLITE: OnceCell<Vec<Persona>> = OnceCell::const_new();
    static POSTGRES: OnceCell<Vec<Persona>> = OnceCell::const_new();
    let personas = match backend {
        Backend::Sqlite => &SQLITE,
        Backend::Postgres => &POSTGRES,
    };
    let database = Database::fresh(backend, "country", async |url: &str| {
        migrations::run(url).await?;
        let db = community::open(url).await?;
        let access = db.access(Viewer::system(Job::Operator));
        let made = country(&access, plan(0.01, 1), None, &mut |_, _| ()).await?;
        drop(access);
        db.close().await?;
        personas
            .set(made.personas)
            .map_err(|_| anyhow::anyhow!("filled twice"))
    });
    let database = database.await;
    (database, personas.get().cloned().expect("personas"))
}

both! {
    async fn documents_keep_to_their_statements(backend: Backend) {
        let (database, personas) = filled(backend).await;
        let data = tests::database::new_folder();
        let settings = [
            ("SABAQTAS_DATA", data.to_str().expect("a path")),
            ("SABAQTAS_SERVER_LISTEN", "127.0.0.1:0"),
            ("SABAQTAS_SERVER_GRACE_SECONDS", "0"),
            ("SABAQTAS_DATABASE_URL", &database.url),
            ("SABAQTAS_INSTALLATION_SECRET", SECRET),
        ];
        let server = Process::start(&["serve"], &settings).await;
        let guest = Client::new(&server.base);
        let [coordinator, reader] = personas.as_slice() else { panic!("two personas") };
        let network = coordinator.network.expect("the coordinator's school leads one");
        let (first, second) = (guest.signed_in(&coordinator.token), guest.signed_in(&reader.token));
        let walked = first.query(DEEP, json!({"first": 20})).await;
        let documents = [
            ("school page", &first, SCHOOL, json!({"id": coordinator.school.to_string()}), 5),
            ("network page", &first, NETWORK, json!({"id": network.to_string()}), 6),
            ("inbox", &second, INBOX, json!({}), 5),
            // The goal is 4: what the words mean is looked up in a statement of its own.
            ("search", &first, SEARCH, json!({"text": "мектебі"}), 5),
            ("regions in numbers", &first, REGIONS, json!({}), 4),
            ("people of a school", &first, PEOPLE, json!({"id": coordinator.school.to_string()}), 4),
            ("deep page", &first, DEEP, json!({"after": walked["partnerships"]["pageInfo"]["endCursor"]}), 3),
        ];
        for (name, client, document, variables, most) in documents {
            let mut costs = Vec::new();
            for rows in [1, 20] {
                let mut variables = variables.clone();
                variables["first"] = rows.into();
                costs.push(cost(client, document, &variables).await);
            }
            assert!(costs.iter().all(|cost| *cost <= most), "{name}: {costs:?}, not {most}");
            assert_eq!(costs.first(), costs.last(), "{name}: a page of one, a page of twenty");
        }
        // The first school that is no partner yet, not the school itself, and open.
        let schools = guest.query("{ schools(first: 100) { nodes { id } } }", json!({})).await;
        let mut spent = None;
        for school in schools["schools"]["nodes"].as_array().expect("schools") {
            let input = json!({"input": {"networkId": network.to_string(),
                "leadingId": coordinator.school.to_string(), "magneticId": school["id"]}});
            let before = sent(&first).await;
            let answer = first.query(INVITE, input).await;
            if answer["partnershipInvite"]["userErrors"] == json!([]) {
                spent = Some(sent(&first).await - before);
                break;
            }
        }
        let spent = spent.expect("a school that can be invited");
        // The relay may carry it at once, in a dozen more.
        assert!(spent <= MUTATION + RELAY, "an invitation: {spent}");
        drop(server);
        let _ = std::fs::remove_dir_all(data);
    }
}

/// An invitation: who asks, the two schools, the network, whether it leads, the row and its fact.
const MUTATION: i64 = 8;
/// A fact's way into inboxes.
const RELAY: i64 = 16;
