//! Documents made to hurt, and those that must pass.

use super::*;

fn repeat(n: usize, item: impl Fn(usize) -> String) -> String {
    (0..n).map(item).collect::<Vec<_>>().join(" ")
}

fn nested(n: usize, field: &str, leaf: &str) -> String {
    format!(
        "{{ me {{ {}{leaf}{} }} }}",
        format!("{field} {{ ").repeat(n),
        " }".repeat(n)
    )
}

/// Each fragment spreads the next twice.
fn bomb(n: usize, root: &str, body: &str) -> String {
    let fragments = repeat(n, |i| {
        format!("fragment f{i} on Person {{ ...f{} ...f{} }}", i + 1, i + 1)
    });
    format!("{root} {fragments} fragment f{n} on Person {{ {body} }}")
}

/// A name, the document, and the code it is refused with.
fn hostile() -> Vec<(&'static str, String, &'static str)> {
    let alias = |n| format!("{{ {} }}", repeat(n, |i| format!("a{i}: __typename")));
    vec![
        ("fields 13 deep", nested(12, "friend", "name"), "TOO_DEEP"),
        ("2,500 deep",
            nested(2_500, "friend", "name"), "TOO_DEEP"),
        ("63 inline fragments deep", nested(40, "...", "name"), "TOO_DEEP"),
        ("1,001 fields", format!("{{ {} }}", "__typename ".repeat(1_001)), "TOO_COMPLEX"),
        ("51 aliases", alias(51), "TOO_COMPLEX"),
        ("1,000 aliases", alias(1_000), "TOO_COMPLEX"),
        ("aliases in a fragment spread ten times",
            format!("{{ me {{ {} }} }} fragment a on Person {{ {} }}",
                repeat(10, |_| "...a".into()), repeat(6, |i| format!("a{i}: name"))), "TOO_COMPLEX"),
        ("fragment bomb", bomb(30, "{ me { ...f0 } }", "name"), "TOO_DEEP"), ("fragment bomb of 25", bomb(25, "{ me { ...f0 } }", "name"), "TOO_COMPLEX"),
        ("fragment bomb of 100", bomb(100, "{ me { ...f0 } }", "name"), "TOO_DEEP"),
        ("fragment bomb beside the query", bomb(30, "{ __typename }", "name"), "VALIDATION_FAILED"),
        ("fragment bomb in the other operation",
            bomb(28, "query a { __typename } query b { me { ...f0 } }", "name"), "VALIDATION_FAILED"),
        ("fragment bomb through fields",
            bomb(10, "{ me { ...f0 } }", "name").replace("{ ...f", "{ friend { ...f").replace(" }", " } }"), "PARSE_FAILED"),
        ("fragment that spreads itself", "{ me { ...a } } fragment a on Person { friend { ...a } }".into(), "VALIDATION_FAILED"),
        ("fragments that spread each other",
            "{ me { ...a } } fragment a on Person { ...b } fragment b on Person { ...a }".into(), "VALIDATION_FAILED"),
        ("fragment that is not there", "{ me { ...ghost } }".into(), "VALIDATION_FAILED"),
        ("fragment never used", "{ __typename } fragment a on Person { name }".into(), "VALIDATION_FAILED"),
        ("chain of 500 fragments",
            format!("{{ me {{ ...f0 }} }} {} fragment f500 on Person {{ name }}",
                repeat(500, |i| format!("fragment f{i} on Person {{ ...f{} }}", i + 1))), "TOO_DEEP"),
        ("21 directives", format!("{{ __typename {} }}", "@skip(if: false) ".repeat(21)), "TOO_COMPLEX"),
        ("1,500 directives", format!("{{ __typename {} }}", "@include(if: true) ".repeat(1_500)), "TOO_COMPLEX"),
        ("directives on the operation", format!("query {} {{ __typename }}", "@skip(if: false) ".repeat(21)), "TOO_COMPLEX"),
        ("unknown directives", format!("{{ __typename {} }}", "@ghost ".repeat(50)), "TOO_COMPLEX"),
        ("page of a milliard", "{ me { posts(first: 1000000000) { nodes { title } } } }".into(), "TOO_COMPLEX"),
        ("last page of a milliard", "{ me { posts(last: 1000000000) { nodes { title } } } }".into(), "TOO_COMPLEX"),
        ("page beyond all numbers", format!("{{ me {{ posts(first: {}) {{ nodes {{ title }} }} }} }}", u64::MAX), "TOO_COMPLEX"),
        ("page by a default", "query q($n: Int = 1000000) { me { posts(first: $n) { nodes { title } } } }".into(), "TOO_COMPLEX"),
        ("pages within pages",
            nested(4, "friend { posts(first: 100) { nodes { title } } } friend", "posts(first: 100) { edges { node { title } } nodes { title } }")
                .replace("friend {", "friend { posts(first: 5000) { nodes { title } }"), "TOO_COMPLEX"),
        ("two operations, no name", "query a { __typename } query b { __typename }".into(), "VALIDATION_FAILED"),
        ("45 tried secrets", format!("mutation {{ {} }}", repeat(45, |i| format!("a{i}: signIn(secret: \"{i}\")"))), "TOO_MANY_CREDENTIAL_MUTATIONS"),
        ("two tried secrets, one in a fragment",
            "mutation { signIn(secret: \"a\") ...m } fragment m on Mutation { b: signIn(secret: \"b\") }".into(), "TOO_MANY_CREDENTIAL_MUTATIONS"),
        ("two tried secrets in inline fragments",
            "mutation { ... { a: signIn(secret: \"a\") } ... on Mutation { b: signIn(secret: \"b\") } }".into(), "TOO_MANY_CREDENTIAL_MUTATIONS"),
        ("a list 10,000 deep", format!("{{ numbers(of: {}{}) }}", "[".repeat(10_000), "]".repeat(10_000)), "TOO_DEEP"),
        ("an object 10,000 deep", format!("{{ echo(text: {}1{}) }}", "{a:".repeat(8_000), "}".repeat(8_000)), "TOO_DEEP"),
        ("40 KB", format!("{{ echo(text: \"{}\") }}", "x".repeat(40_000)), "DOCUMENT_TOO_LARGE"),
        ("40 KB of commas", format!("{{ __typename {} }}", ",".repeat(40_000)), "DOCUMENT_TOO_LARGE"),
        ("types of types of types",
            "{ __schema { types { fields { type { fields { type { fields { type { name } } } } } } } } }".into(), "TOO_DEEP"),
        ("possible types of possible types",
            "{ __type(name: \"Query\") { possibleTypes { interfaces { fields { name } } } } }".into(), "TOO_DEEP"),
        ("ofType 20 deep",
            format!("{{ __schema {{ queryType {{ {} name {} }} }} }}", "ofType { ".repeat(20), "}".repeat(20)), "TOO_DEEP"),
        ("nothing", "".into(), "BAD_REQUEST"),
        ("only a comment", "# {".into(), "PARSE_FAILED"),
        ("only a fragment", "fragment a on Query { __typename }".into(), "PARSE_FAILED"),
        ("a string without an end", "{ echo(text: \"\"\" { { { ".into(), "PARSE_FAILED"),
        ("no field of that name", "{ ghost }".into(), "VALIDATION_FAILED"),
        ("two roots of a subscription", "subscription { count(to: 1) panics }".into(), "VALIDATION_FAILED"),
    ]
}

#[tokio::test]
async fn hostile_documents_are_refused_and_run_nothing() {
    let server = start(Limits::default()).await;
    let hostile = hostile();
    assert!(hostile.len() >= 30);
    let mut wrong = Vec::new();
    for (name, document, wanted) in hostile {
        let (status, answer) = server.ask(&document).await;
        let short = answer.to_string().len() < 8_000;
        if (status, code(&answer)) != (400, wanted) || answer.get("data").is_some() || !short {
            wrong.push((name, wanted, status, answer));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(server.writes(), 0);
}

#[tokio::test]
async fn floods_of_errors_are_cut() {
    let server = start(Limits::default()).await;
    let document = format!("{{ {} }}", repeat(900, |i| format!("ghost{i}")));
    let (_, answer) = server.ask(&document).await;
    assert_eq!(answer["errors"].as_array().unwrap().len(), 20);
    for error in answer["errors"].as_array().unwrap() {
        assert_eq!(error["extensions"]["code"], "VALIDATION_FAILED");
    }
    let long = "g".repeat(20_000);
    let (_, answer) = server.ask(&format!("{{ {long} }}")).await;
    assert!(answer.to_string().len() < 1_000);
}

#[tokio::test]
async fn honest_documents_pass() {
    let server = start(Limits::default()).await;
    let brackets =
        "{ echo(text: \"{{{{[[[[((((\") # {{{{\n again: echo(text: \"\"\" { \\\"\"\" { \"\"\") }";
    for document in [
        nested(10, "friend", "name"),
        format!("{{ {} }}", repeat(50, |i| format!("a{i}: __typename"))),
        format!("{{ {} }}", "__typename ".repeat(1_000)),
        format!("{{ __typename {} }}", "@skip(if: false) ".repeat(1)),
        bomb(5, "{ me { ...f0 } }", "name"),
        "{ me { posts(first: 100) { nodes { title } edges { node { title } } } } }".into(),
        brackets.into(),
        "mutation { signIn(secret: \"a\") }".into(),
        format!("{{ numbers(of: [{}]) }}", "1,".repeat(3_000)),
        introspection(),
    ] {
        let (status, answer) = server.ask(&document).await;
        assert_eq!(status, 200, "{answer}");
        assert!(answer.get("errors").is_none(), "{answer}");
        assert!(answer["extensions"]["cost"]["requested"].as_u64().unwrap() > 0);
    }
}

/// The query every tool sends.
fn introspection() -> String {
    format!(
        "query IntrospectionQuery {{ __schema {{ description queryType {{ name }} mutationType {{ name }} \
         subscriptionType {{ name }} types {{ ...FullType }} directives {{ name description isRepeatable locations \
         args {{ ...InputValue }} }} }} }} \
         fragment FullType on __Type {{ kind name description specifiedByURL fields(includeDeprecated: true) {{ name \
         description args(includeDeprecated: true) {{ ...InputValue }} type {{ ...TypeRef }} isDeprecated \
         deprecationReason }} inputFields(includeDeprecated: true) {{ ...InputValue }} interfaces {{ ...TypeRef }} \
         enumValues(includeDeprecated: true) {{ name description isDeprecated deprecationReason }} \
         possibleTypes {{ ...TypeRef }} }} \
         fragment InputValue on __InputValue {{ name description type {{ ...TypeRef }} defaultValue isDeprecated \
         deprecationReason }} \
         fragment TypeRef on __Type {{ kind name {} {} }}",
        "ofType { kind name ".repeat(9),
        "}".repeat(9)
    )
}

#[tokio::test]
async fn introspection_can_be_off() {
    let server = start_with(Config {
        introspection: false,
        ..Config::default()
    })
    .await;
    let (_, answer) = server.ask(&introspection()).await;
    assert_eq!(code(&answer), "INTROSPECTION_DISABLED");
    let (status, _) = server.ask("{ __typename }").await;
    assert_eq!(status, 200);
}

#[tokio::test]
async fn cost_follows_pages_and_variables() {
    let server = start(Limits::default()).await;
    let cost = async |query: &str, variables: Value| {
        let body = json!({ "query": query, "variables": variables });
        let (_, answer) = server.send(server.request(&body)).await;
        answer["extensions"]["cost"]["requested"].as_u64().unwrap()
    };
    let posts = |page: &str| format!("{{ me {{ posts{page} {{ nodes {{ title }} }} }} }}");
    // me + posts + items × (nodes + title)
    assert_eq!(cost(&posts(""), json!({})).await, 2 + 20 * 2);
    assert_eq!(cost(&posts("(first: 3)"), json!({})).await, 2 + 3 * 2);
    let query = "query q($n: Int = 5) { me { posts(last: $n) { nodes { title } } } }";
    assert_eq!(cost(query, json!({})).await, 2 + 5 * 2);
    assert_eq!(cost(query, json!({ "n": 7 })).await, 2 + 7 * 2);
}

#[tokio::test]
async fn a_used_up_budget_throttles_that_caller_only() {
    let server = start(Limits {
        budget: 50,
        refill: 1,
        ..Limits::default()
    })
    .await;
    let ask = async |name: &str| {
        let body = json!({ "query": "{ me { posts { nodes { title } } } }" });
        server
            .request(&body)
            .bearer_auth(name)
            .send()
            .await
            .unwrap()
    };
    assert_eq!(ask("anna").await.status(), 200);
    let response = ask("anna").await;
    assert_eq!(response.status(), 429);
    let wait: u64 = response.headers()["retry-after"]
        .to_str()
        .unwrap()
        .parse()
        .unwrap();
    assert!((1..=42).contains(&wait));
    let answer: Value = response.json().await.unwrap();
    assert_eq!(code(&answer), "THROTTLED");
    assert_eq!(answer["errors"][0]["extensions"]["retryAfter"], wait);
    assert!(answer["extensions"]["cost"]["available"].as_u64().unwrap() < 42);
    assert_eq!(ask("berik").await.status(), 200);
}
