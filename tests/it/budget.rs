//! What a document costs, who asks included, without a clock: no more statements than told here, as many for a page of
//! one as for a page of twenty, counted by the server itself, in `/metrics`; and no more buffers, as PostgreSQL counts.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use domain::authz::{Job, Viewer};
use domain::door;
use domain::generate::{Persona, country};
use domain::page::Window;
use domain::partnership::commands::{self, NewPartnership};
use domain::school;
use domain::text::Language;
use serde_json::{Value, json};
use tests::graphql::Client;
use tests::{Backend, Database, Process, Rows, both};
use tokio::sync::OnceCell;

use crate::community::{self, SECRET};
use crate::generate::plan;

pub const SCHOOL: &str = "query($id: ID!, $first: Int!) { school(id: $id) { id name { kk ru en } place kind state
    networks { id name { kk ru en } theme state activePartnerships
      partnerships(first: $first, states: [ACTIVE]) { nodes { id state activeSince magnetic { id name { kk ru en } place } } } } } }";
const NETWORK: &str = "query($id: ID!, $first: Int!) { network(id: $id) { id name { kk ru en } theme state activePartnerships
    leading { id name { kk ru en } }
    partnerships(first: $first, states: [ACTIVE]) { nodes { id state activeSince magnetic { id name { kk ru en } place } } } } }";
pub const INBOX: &str = "query($first: Int!) { viewer { unreadCount notifications(first: $first) { nodes { id reason createdAt readAt title } } } }";
const SEARCH: &str = "query($text: String!, $first: Int!) { schools(query: $text, first: $first) { totalCount nodes { id name { kk ru en } place kind } } }";
const FOUND: &str = "query($text: String!, $first: Int!) { resourceSearch(query: $text, first: $first) { totalCount didYouMean
    facets { kinds { kind count } grades { grade count } } nodes { resource { id } title { text marked } excerpt { text marked } } } }";
const DEEP: &str = "query($after: String, $first: Int!) { partnerships(first: $first, after: $after, orderBy: NEWEST) {
    pageInfo { endCursor } nodes { id state createdAt magnetic { id name { kk ru en } } } } }";
const REGIONS: &str =
    "query($first: Int!) { regions(filter: { kind: REGION }, first: $first) { nodes {
    id name { kk ru en } numbers { schools leading magnetic networks partnerships } } } }";
const PEOPLE: &str =
    "query($id: ID!, $first: Int!) { school(id: $id) { id members(first: $first) { nodes {
    id role viewerCanEnd person { id name } } } } }";

const WORKS: &str = "query($after: String, $first: Int!) { resources(first: $first, after: $after) {
    pageInfo { endCursor } nodes { id kind state title { text } useCount newest { summary { text } } } } }";
const WORK: &str = "query($id: ID!, $first: Int!) { resource(id: $id) { id title { text } kind subject { name { text } } licence { name }
    newest { number body summary { text } } authors { name } family { kinship resource { id title { text } } }
    useCount copyCount endorsementCount commentCount rating
    comments(first: $first) { nodes { text createdAt person { name } } }
    uses(first: $first) { nodes { note heldOn grade rating person { name } } } } }";
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

/// What one request costs: the least of many, for the server does things of its own in between.
pub async fn cost(client: &Client, document: &str, variables: &Value) -> i64 {
    let mut least = i64::MAX;
    for _ in 0..50 {
        let before = sent(client).await;
        client.query(document, variables.clone()).await;
        least = least.min(sent(client).await - before);
    }
    least
}

pub async fn filled(backend: Backend) -> (Database, Vec<Persona>) {
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
            ("SABAQTAS_GRAPHQL_COST_BUDGET", "10000000"),
        ];
        let server = Process::start(&["serve"], &settings).await;
        let guest = Client::new(&server.base);
        let [coordinator, reader, ..] = personas.as_slice() else { panic!("personas") };
        let network = coordinator.network.expect("the coordinator's school leads one");
        let (first, second) = (guest.signed_in(&coordinator.token), guest.signed_in(&reader.token));
        let walked = first.query(DEEP, json!({"first": 20})).await;
        let rows = match backend {
            Backend::Postgres => {
                let rows = Rows::at(&database.url).await;
                rows.run("CREATE EXTENSION IF NOT EXISTS pg_stat_statements").await;
                rows.run("VACUUM ANALYZE").await;
                Some(rows)
            }
            Backend::Sqlite => None,
        };
        let works = first.query(WORKS, json!({"first": 20})).await;
        let used = works["resources"]["nodes"].as_array().expect("works").iter().find(|work| work["useCount"] != json!(0));
        let used = used.expect("a work that was used");
        // With the most statements, and the most buffers for a page of twenty.
        let documents = [
            ("school page", &first, SCHOOL, json!({"id": coordinator.school.to_string()}), 4, 60),
            ("network page", &first, NETWORK, json!({"id": network.to_string()}), 4, 60),
            ("inbox", &second, INBOX, json!({}), 3, 130),
            ("search", &first, SEARCH, json!({"text": "мектебі"}), 3, 200),
            ("deep page", &first, DEEP, json!({"after": walked["partnerships"]["pageInfo"]["endCursor"]}), 2, 60),
            ("regions in numbers", &first, REGIONS, json!({}), 4, 400),
            ("people of a school", &first, PEOPLE, json!({"id": coordinator.school.to_string()}), 4, 400),
            ("work page", &first, WORK, json!({"id": used["id"]}), 6, 5_000),
            ("deep page of works", &first, WORKS, json!({"after": works["resources"]["pageInfo"]["endCursor"]}), 3, 5_000),
            ("search of works with facets", &first, FOUND, json!({"text": "сабақ жоспары"}), 4, 5_000),
        ];
        let mut looked = Vec::new();
        for (name, client, document, variables, most, buffered) in documents {
            let mut costs = Vec::new();
            for rows in [1, 20] {
                let mut variables = variables.clone();
                variables["first"] = rows.into();
                costs.push(cost(client, document, &variables).await);
            }
            assert!(costs.iter().all(|cost| *cost <= most), "{name}: {costs:?}, not {most}");
            assert_eq!(costs.first(), costs.last(), "{name}: a page of one, a page of twenty");
            if let Some(rows) = &rows {
                let mut variables = variables.clone();
                variables["first"] = 20.into();
                let found = buffers(rows, client, document, &variables).await;
                if found > buffered {
                    looked.push(format!("{name}: {found} buffers, not {buffered}"));
                }
            }
        }
        assert!(looked.is_empty(), "{looked:?}");
        drop(server);
        let _ = std::fs::remove_dir_all(data);
    }

    /// Told by the domain itself: beside a server its relay would be counted as well.
    async fn an_invitation_keeps_to_its_statements(backend: Backend) {
        let (database, personas) = filled(backend).await;
        let [coordinator, ..] = personas.as_slice() else { panic!("personas") };
        let sent = Arc::new(AtomicI64::new(0));
        let counter = Arc::clone(&sent);
        let db = community::open_counting(&database.url, move || _ = counter.fetch_add(1, Ordering::Relaxed)).await;
        let db = db.expect("the database opens");
        let (guest, all) = (db.access(Viewer::guest(Language::Kk)), school::queries::Filter::default());
        let window = Window::first(100);
        let schools = school::queries::page(&guest, None, &all, school::queries::By::Name, &window);
        let mut invited = false;
        // The first school that is no partner yet, not the school itself, and open.
        for (_, school) in schools.await.expect("schools").rows {
            let before = sent.load(Ordering::Relaxed);
            let viewer = door::viewer(&db, Some(&coordinator.token), Language::Kk).await.expect("a token");
            let new = NewPartnership {
                network: coordinator.network.expect("the coordinator's school leads one"),
                leading: coordinator.school,
                magnetic: school.id,
            };
            if commands::invite(&db.access(viewer), new, None).await.is_ok() {
                let spent = sent.load(Ordering::Relaxed) - before;
                let most = match backend {
                    Backend::Postgres => MUTATION,
                    // Which takes the row and its fact one after the other.
                    Backend::Sqlite => MUTATION + 1,
                };
                assert!(spent <= most, "an invitation: {spent}");
                invited = true;
                break;
            }
        }
        assert!(invited, "a school that can be invited");
        db.close().await.expect("the database closes");
    }
}

/// An invitation: who asks; the two schools; the network and whether one of them leads it; the row with its fact.
const MUTATION: i64 = 4;

/// The pages of memory and disk that PostgreSQL looks at for one request, as it counts them itself.
async fn buffers(rows: &Rows, client: &Client, document: &str, variables: &Value) -> i64 {
    const TIMES: usize = 12;
    let here = "dbid = (SELECT oid FROM pg_database WHERE datname = current_database())";
    // Plans are settled after the fifth execution on each connection.
    for _ in 0..TIMES {
        client.query(document, variables.clone()).await;
    }
    rows.run("SELECT pg_stat_statements_reset(0, (SELECT oid FROM pg_database WHERE datname = current_database()), 0)").await;
    for _ in 0..TIMES {
        client.query(document, variables.clone()).await;
    }
    // What was asked fewer times than once a request is the background's.
    let sum = format!(
        "SELECT COALESCE(SUM(shared_blks_hit + shared_blks_read), 0)::bigint / {TIMES} FROM pg_stat_statements
         WHERE {here} AND calls >= {TIMES}"
    );
    rows.number(&sum).await
}
