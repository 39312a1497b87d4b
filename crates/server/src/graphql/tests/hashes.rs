//! Documents sent by their hash.

use super::*;

fn hash(text: &str) -> String {
    use sha2::Digest;
    sha2::Sha256::digest(text)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

#[tokio::test]
async fn documents_by_hash() {
    let server = start(Limits::default()).await;
    let query = "{ __typename }";
    let body = |query: Option<&str>, hash: &str| json!({ "query": query, "extensions": { "persistedQuery": { "version": 1, "sha256Hash": hash } } });
    let ask = async |query: Option<&str>, hash: &str| {
        server.send(server.request(&body(query, hash))).await
    };
    let (_, answer) = ask(None, &hash(query)).await;
    assert_eq!(code(&answer), "PERSISTED_QUERY_NOT_FOUND");
    assert_eq!(answer["errors"][0]["message"], "PersistedQueryNotFound");
    assert_eq!(ask(Some(query), &hash("{ other }")).await.0, 400);
    assert_eq!(
        code(&ask(None, &hash(query)).await.1),
        "PERSISTED_QUERY_NOT_FOUND",
        "a lie is not kept"
    );
    assert_eq!(ask(Some(query), &hash(query)).await.0, 200);
    assert_eq!(
        ask(None, &hash(query)).await.1["data"]["__typename"],
        "Query"
    );
    assert_eq!(ask(None, "+f").await.0, 400);
    for n in 0..512 {
        let other = format!("{{ a{n}: __typename }}");
        assert_eq!(ask(Some(&other), &hash(&other)).await.0, 200);
    }
    assert_eq!(
        code(&ask(None, &hash(query)).await.1),
        "PERSISTED_QUERY_NOT_FOUND",
        "bounded"
    );
    let refused = "{ ghost { a } }".repeat(2);
    assert_eq!(ask(Some(&refused), &hash(&refused)).await.0, 400);
    assert_eq!(
        code(&ask(None, &hash(&refused)).await.1),
        "PERSISTED_QUERY_NOT_FOUND"
    );
}

#[tokio::test]
async fn only_trusted_documents() {
    let folder = std::env::temp_dir().join(format!("trusted-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let known = "query Known { __typename }\n";
    std::fs::write(folder.join("known.graphql"), known).unwrap();
    std::fs::write(folder.join("notes.txt"), "{ __typename }").unwrap();
    let documents = super::super::Documents::trusted(&folder).unwrap();
    std::fs::remove_dir_all(&folder).unwrap();
    let server = start_with(Config {
        documents,
        ..Config::default()
    })
    .await;
    assert_eq!(server.ask(known).await.0, 200);
    let by_hash =
        json!({ "extensions": { "persistedQuery": { "version": 1, "sha256Hash": hash(known) } } });
    assert_eq!(server.send(server.request(&by_hash)).await.0, 200);
    assert_eq!(
        code(&server.ask("{ __typename }").await.1),
        "DOCUMENT_NOT_TRUSTED"
    );
}
