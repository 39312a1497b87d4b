//! What a document costs the server itself: instructions in an unoptimised build, and so no measure of speed. What makes
//! them grow by a fifth is to be found and meant.

use serde_json::{Value, json};
use tests::graphql::Client;
use tests::{Backend, Callgrind};

use crate::budget::{INBOX, SCHOOL, filled};
use crate::community::SECRET;

/// In millions.
const AT_MOST: [(&str, u64); 2] = [("school page", 24), ("inbox", 16)];
const TIMES: u64 = 10;

#[tokio::test(flavor = "multi_thread")]
async fn documents_keep_to_their_instructions() {
    let (database, personas) = filled(Backend::Postgres).await;
    let data = tests::database::new_folder();
    let settings = [
        ("SABAQTAS_DATA", data.to_str().expect("a path")),
        ("SABAQTAS_SERVER_LISTEN", "127.0.0.1:0"),
        ("SABAQTAS_SERVER_GRACE_SECONDS", "0"),
        ("SABAQTAS_DATABASE_URL", &database.url),
        ("SABAQTAS_INSTALLATION_SECRET", SECRET),
    ];
    let counted = Callgrind::start(&data, &["serve"], &settings).await;
    let guest = Client::new(&counted.server.base);
    let coordinator = guest.signed_in(&personas[0].token);
    let reader = guest.signed_in(&personas[1].token);
    let school = json!({"id": personas[0].school.to_string(), "first": 20});
    let documents: [(&Client, &str, Value); 2] = [
        (&coordinator, SCHOOL, school),
        (&reader, INBOX, json!({"first": 20})),
    ];
    let mut over = Vec::new();
    for ((client, document, variables), (name, most)) in documents.iter().zip(AT_MOST) {
        let ask = async || drop(client.query(document, variables.clone()).await);
        // Statements are prepared, the document is known.
        for _ in 0..5 {
            ask().await;
        }
        let found = counted.count(TIMES, ask).await;
        assert!(found > 100_000, "{name}: {found}, nothing was counted");
        if found > most * 1_000_000 {
            over.push(format!("{name}: {found}, not {most} million"));
        }
    }
    assert!(over.is_empty(), "{over:?}");
    drop(counted);
    let _ = std::fs::remove_dir_all(data);
}
