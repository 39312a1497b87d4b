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

/// Each fragment spreads the next.
fn chain(n: usize) -> String {
    let fragments = repeat(n, |i| {
        format!("fragment f{i} on Person {{ ...f{} }}", i + 1)
    });
    format!("{{ me {{ ...f0 }} }} {fragments} fragment f{n} on Person {{ name }}")
}

/// Documents by the code they are refused with.
fn hostile() -> Vec<(&'static str, Vec<String>)> {
    let aliases = |n| format!("{{ {} }}", repeat(n, |i| format!("a{i}: __typename")));
    let fields = |list: String| format!("{{ __typename {list} }}");
    let posts =
        |arguments: &str| format!("{{ me {{ posts({arguments}) {{ nodes {{ title }} }} }} }}");
    let introspect = |path: &str, end: &str| {
        let depth = path.split_whitespace().count();
        let open = path.replace(' ', " { ");
        format!(
            "{{ __schema {{ {open} {{ {end} }}{} }} }}",
            " }".repeat(depth - 1)
        )
    };
    vec![
        (
            "TOO_DEEP",
            vec![
                nested(12, "friend", "name"),
                nested(2_500, "friend", "name"),
                nested(40, "...", "name"),
                bomb(30, "{ me { ...f0 } }", "name"),
                bomb(100, "{ me { ...f0 } }", "name"),
                chain(500),
                format!(
                    "{{ numbers(of: {}{}) }}",
                    "[".repeat(10_000),
                    "]".repeat(10_000)
                ),
                format!(
                    "{{ echo(text: {}1{}) }}",
                    "{a:".repeat(8_000),
                    "}".repeat(8_000)
                ),
                introspect("types fields type fields type fields", "name"),
                introspect("types possibleTypes interfaces fields", "name"),
                introspect(
                    &format!("queryType {}", "ofType ".repeat(20).trim()),
                    "name",
                ),
            ],
        ),
        (
            "TOO_COMPLEX",
            vec![
                fields("__typename ".repeat(1_000)),
                aliases(51),
                aliases(1_000),
                format!(
                    "{{ me {{ {} }} }} fragment a on Person {{ {} }}",
                    "...a ".repeat(10),
                    repeat(6, |i| format!("a{i}: name"))
                ),
                bomb(25, "{ me { ...f0 } }", "name"),
                format!("{{ me {{ {} name }} }}", "... { name } ".repeat(1_001)),
                fields("@skip(if: false) ".repeat(21)),
                fields("@include(if: true) ".repeat(1_500)),
                fields("@ghost ".repeat(50)),
                format!("query {} {{ __typename }}", "@skip(if: false) ".repeat(21)),
                posts("first: 1000000000"),
                posts("last: 1000000000"),
                posts(&format!("first: {}", u64::MAX)),
                posts("first: $n").replacen('{', "query q($n: Int = 1000000) {", 1),
                // 100 of 100 of the rest
                "{ me { posts(first: 100) { nodes { title } edges { node { title \
                 more(first: 100) { nodes { title } edges { node { title } } } } } } } }"
                    .into(),
            ],
        ),
        (
            "VALIDATION_FAILED",
            vec![
                bomb(30, "{ __typename }", "name"),
                "{ me { ...a } } fragment a on Person { friend { ...a } }".into(),
                "{ me { ...a } } fragment a on Person { ...b } fragment b on Person { ...a }"
                    .into(),
                "{ me { ...ghost } }".into(),
                "{ __typename } fragment a on Person { name }".into(),
                "query a { __typename } query b { __typename }".into(),
                "{ ghost }".into(),
                "subscription { count(to: 1) panics }".into(),
            ],
        ),
        (
            "TOO_MANY_CREDENTIAL_MUTATIONS",
            vec![
                format!(
                    "mutation {{ {} }}",
                    repeat(45, |i| format!("a{i}: signIn(secret: \"{i}\")"))
                ),
                "mutation { signIn(secret: \"a\") ...m } \
                 fragment m on Mutation { b: signIn(secret: \"b\") }"
                    .into(),
                "mutation { ... { a: signIn(secret: \"a\") } \
                 ... on Mutation { b: signIn(secret: \"b\") } }"
                    .into(),
            ],
        ),
        (
            "DOCUMENT_TOO_LARGE",
            vec![
                format!("{{ echo(text: \"{}\") }}", "x".repeat(40_000)),
                fields(",".repeat(40_000)),
                nested(5_000, "friend", "name"),
            ],
        ),
        (
            "PARSE_FAILED",
            vec![
                "# {".into(),
                "fragment a on Query { __typename }".into(),
                "{ echo(text: \"\"\" { { { ".into(),
                "{ echo(text: \"\\".into(),
                "query a { a } query a { a }".into(),
                "\u{feff}\u{0}".into(),
            ],
        ),
        ("BAD_REQUEST", vec![String::new()]),
    ]
}

#[tokio::test]
async fn hostile_documents_are_refused_and_run_nothing() {
    let server = start(Limits::default()).await;
    let mut wrong = Vec::new();
    for (wanted, documents) in hostile() {
        for document in documents {
            let (status, answer) = server.ask(&document).await;
            let short = answer.to_string().len() < 8_000;
            if (status, code(&answer)) != (400, wanted) || answer.get("data").is_some() || !short {
                let start = &document[..document.floor_char_boundary(100)];
                wrong.push(format!("{start}: {status} {answer}, not {wanted}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(server.writes(), 0);
}

#[tokio::test]
async fn what_is_not_executed_is_weighed_too() {
    let server = start(Limits::default()).await;
    let query = bomb(
        25,
        "query a { __typename } query b { me { ...f0 } }",
        "name",
    );
    let body = json!({ "query": query, "operationName": "a" });
    let (status, answer) = server.send(server.request(&body)).await;
    assert_eq!((status, code(&answer)), (400, "TOO_COMPLEX"));
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
        "{ __typename @skip(if: false) @include(if: true) }".into(),
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
