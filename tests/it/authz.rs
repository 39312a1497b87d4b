//! Who may do what: every root field of the schema asked by everybody there is, compared with `matrix.txt`, which
//! people read. And what nobody may see is planted everywhere, and looked for in every answer.

mod cases;
mod world;

use std::collections::{BTreeMap, BTreeSet};

use async_graphql_parser::parse_schema;
use async_graphql_parser::types::{
    BaseType, FieldDefinition, Type, TypeDefinition, TypeKind, TypeSystemDefinition,
};
use futures_util::future::join_all;
use serde_json::{Value, json};
use tests::graphql::Client;
use tests::{Backend, both};

use cases::{CASES, Case};
use world::World;

/// What people read and agree to. `UPDATE=1` in the environment writes it anew.
const MATRIX: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/it/authz/matrix.txt");

/// Tables in which people who may not do anything leave a trace all the same, their guesses, their own inbox,
/// that they look at a sheet; and the letters of what happened before, which may still be on their way.
const OWN: [&str; 6] = [
    "sheet_visit",
    "mail",
    "sign_in_attempt",
    "notification",
    "notification_preference",
    "inbox",
];

both! {
    async fn everybody_may_do_what_the_matrix_says(backend: Backend) {
        let world = World::new(backend).await;
        // Nothing can be recorded any more, so nothing can happen: whoever gets as far as that was permitted, and
        // everybody meets the same rows.
        world.community.database.refuse("outbox", "1 = 1").await;
        let before = rows(&world).await;
        let mut lines = Vec::new();
        for case in CASES {
            let text = world.filled(&case.document());
            let asked = world.actors.iter().map(|(actor, client)| {
                let text = text.replace("<actor>", actor);
                async move { outcome(client, case, &text).await }
            });
            let mut words: Vec<(String, Vec<&str>)> = Vec::new();
            for ((actor, _), word) in world.actors.iter().zip(join_all(asked).await) {
                match words.iter_mut().find(|(known, _)| *known == word) {
                    Some((_, actors)) => actors.push(actor),
                    None => words.push((word, vec![actor])),
                }
            }
            let words = words.iter().map(|(word, actors)| match actors.len() {
                all if all == world.actors.len() => format!("{word}: all"),
                _ => format!("{word}: {}", actors.join(" ")),
            });
            lines.push(format!("{} | {}", case.name, words.collect::<Vec<_>>().join("; ")));
        }
        for (table, rows) in rows(&world).await {
            let new: Vec<_> = rows.iter().filter(|row| !before[&table].contains(row)).collect();
            assert!(rows == before[&table], "{table} changed: {new:#?}");
        }
        compare(&lines.join("\n"));
    }

    async fn what_nobody_may_see_is_in_no_answer(backend: Backend) {
        let world = World::new(backend).await;
        let types = types();
        // Whoever has the link may see what it is for.
        let queries = CASES.iter().filter(|case| {
            types["Query"].contains(case.field()) && !case.arguments.contains("token")
        });
        let documents: BTreeSet<_> = queries
            .map(|case| {
                let of = types.result("Query", case.field());
                // As deep as a document may be long.
                let all = (0..=2).rev().map(|depth| types.selection(of, depth));
                let all = all.into_iter().find(|all| all.split_whitespace().count() < 1_000);
                let all = all.expect("a selection that fits");
                world.filled(&format!("{{ {}{} {all} }}", case.field(), case.arguments))
            })
            .collect();
        let each_kind = types.kinds_of("Node").into_iter().map(|kind| {
            format!("... on {kind} {}", types.selection(&kind, 0))
        });
        let each_kind = each_kind.collect::<Vec<_>>().join(" ");
        let every = world.every_id().await;
        let walk = |actor: &'static str, client: Client| {
            let (documents, every, each_kind, world) = (&documents, &every, &each_kind, &world);
            async move {
                let mut said = String::new();
                for document in documents {
                    let answer = client.query_raw(document, json!({})).await;
                    assert!(actor == "suspended" || answer.get("data").is_some(), "{document} is answered {answer}");
                    said += &answer.to_string();
                }
                let mut seen = 0;
                for ids in every.chunks(20) {
                    let document = format!("query($ids: [ID!]!) {{ nodes(ids: $ids) {{ __typename {each_kind} }} }}");
                    let answer = client.query_raw(&document, json!({"ids": ids})).await;
                    seen += answer.pointer("/data/nodes").and_then(Value::as_array)
                        .map_or(0, |nodes| nodes.iter().filter(|node| !node.is_null()).count());
                    said += &answer.to_string();
                }
                for secret in world.hidden_from(actor) {
                    if let Some(at) = said.find(secret.as_str()) {
                        let begin = said.floor_char_boundary(at.saturating_sub(300));
                        let end = said.ceil_char_boundary(at + 100);
                        panic!("{actor} reads {secret}: …{}…", said.get(begin..end).unwrap_or_default());
                    }
                }
                // The walk must have walked.
                assert!(actor == "suspended" || seen > 0, "{actor} sees nothing at all");
                said
            }
        };
        let mut everything = String::new();
        for (actor, client) in &world.actors {
            everything += &walk(actor, client.clone()).await;
        }
        // Each secret is one that somebody may read: it was planted.
        for secret in world.secrets() {
            assert!(everything.contains(&secret), "nobody reads {secret}");
        }
    }
}

both! {
    async fn pages_show_no_more_than_the_schema(backend: Backend) {
        let world = World::new(backend).await;
        let places = ["schools/<school>", "schools/<school.konaev1>", "networks/<network>", "partnerships/<active>", "partnerships/<written>", "partnerships/<paused>", "partnerships/<invited>"];
        let mut readers = 0;
        for (actor, client) in &world.actors {
            let mut open: Vec<_> = places.map(|place| world.filled(&format!("/ru/{place}")).replace('"', "")).to_vec();
            open.push("/ru".to_owned());
            let mut known: BTreeSet<_> = open.iter().cloned().collect();
            let mut hidden = Vec::new();
            while let Some(path) = open.pop() {
                let cookie = format!("session={}", client.token.as_deref().unwrap_or_default());
                let request = world.community.guest().request(reqwest::Method::GET, &path);
                let response = request.header("cookie", cookie).send().await.expect("an answer");
                let status = response.status();
                assert!(!status.is_server_error(), "{actor} at {path}: {status}");
                let page = response.text().await.expect("a page");
                if status == 404 {
                    hidden.push(path.clone());
                }
                readers += usize::from(page.contains("canary-aims"));
                for secret in world.hidden_from(actor) {
                    assert!(!page.contains(&secret), "{actor} reads {secret} at {path}");
                }
                let links = page.split("href=\"").skip(1).filter_map(|rest| rest.split(['"', '#']).next());
                for link in links.filter(|link| link.starts_with("/ru/")) {
                    if known.len() < 60 && known.insert(link.to_owned()) {
                        open.push(link.to_owned());
                    }
                }
            }
            // What may not be known is not there, as if it never had been.
            if ["guest", "outsider", "former", "other_coordinator", "other_trainer"].contains(actor) {
                for place in ["<invited>", "<written>", "<paused>"] {
                    let path = world.filled(&format!("/ru/partnerships/{place}")).replace('"', "");
                    assert!(hidden.contains(&path), "{actor} is shown {path}");
                }
            }
        }
        assert!(readers > 0, "nobody reads the agreement on a page");
    }
}

/// Rows as they are, without what may change.
async fn rows(world: &World) -> BTreeMap<String, Vec<Value>> {
    let mut rows = world.community.database.rows().await;
    rows.retain(|table, _| !OWN.contains(&table.as_str()));
    rows
}

/// What came of it, in a word.
async fn outcome(client: &Client, case: &Case, document: &str) -> String {
    if document.starts_with("subscription") {
        return listen(client, document).await;
    }
    let answer = client.query_raw(document, json!({})).await;
    if let Some(code) = answer.pointer("/errors/0/extensions/code") {
        let code = code.as_str().unwrap_or("?");
        // All that can fail is the record of what happened.
        let permitted = code == "INTERNAL" && document.starts_with("mutation");
        return if permitted { "permitted" } else { code }.to_owned();
    }
    let value = &answer["data"][case.field()];
    match value.get("userErrors").and_then(Value::as_array) {
        Some(errors) => errors.first().map_or("done".to_owned(), |error| {
            error["code"].as_str().unwrap_or("?").to_owned()
        }),
        // The day decides which one.
        None if case.field() == "schoolYear" && value.is_number() => "seen".to_owned(),
        None => word(value),
    }
}

/// The value at the end of what was selected: a number for a list, `seen` for anything there.
fn word(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        Value::Number(number) => number.to_string(),
        Value::String(_) => "seen".to_owned(),
        Value::Array(rows) => rows.iter().filter(|row| !row.is_null()).count().to_string(),
        Value::Object(fields) => match fields.values().next() {
            Some(only) if fields.len() == 1 => word(only),
            _ => "seen".to_owned(),
        },
    }
}

/// Whether a subscription opens.
async fn listen(client: &Client, document: &str) -> String {
    let response = client
        .request(reqwest::Method::POST, "/graphql")
        .header("accept", "text/event-stream")
        .json(&json!({ "query": document }))
        .send()
        .await
        .expect("the server answers");
    let patience = std::time::Duration::from_millis(700);
    let mut response = response;
    let mut text = String::new();
    while let Ok(Ok(Some(bytes))) = tokio::time::timeout(patience, response.chunk()).await {
        text += &String::from_utf8_lossy(&bytes);
    }
    let code = text
        .split("\"code\":\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next());
    match code {
        Some(code) => code.to_owned(),
        None if text.contains("event: complete") || text.contains("event:complete") => {
            "complete".to_owned()
        }
        None => "open".to_owned(),
    }
}

/// Compares with the committed matrix, on either database.
fn compare(found: &str) {
    let head = "# Who gets what at which root field. What can be done is `permitted`; `done` leaves no fact.\n\
                # Rows are counted; `seen` is a value. Written by the test with UPDATE=1; read every change of it.\n";
    let found = format!("{head}{found}\n");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(MATRIX, &found).expect("the matrix can be written");
        return;
    }
    let agreed = std::fs::read_to_string(MATRIX).unwrap_or_default();
    let mut differences = Vec::new();
    for line in agreed
        .lines()
        .filter(|line| !found.lines().any(|other| other == *line))
    {
        differences.push(format!("- {line}"));
    }
    for line in found
        .lines()
        .filter(|line| !agreed.lines().any(|other| other == *line))
    {
        differences.push(format!("+ {line}"));
    }
    assert!(
        found == agreed,
        "the matrix differs (- agreed, + found):\n{}",
        differences.join("\n")
    );
}

#[test]
fn every_root_field_is_asked() {
    let types = types();
    let mut missing = Vec::new();
    for root in ["Query", "Mutation", "Subscription"] {
        for field in types[root].fields() {
            let name = field.name.node.as_str();
            if !CASES
                .iter()
                .any(|case| case.field() == name && case.root() == root)
            {
                missing.push(format!("{root}.{name}"));
            }
        }
    }
    assert_eq!(
        missing,
        Vec::<String>::new(),
        "root fields without a case in authz/cases.rs"
    );
}

/// The types of the schema by name.
struct Types(BTreeMap<String, TypeDefinition>);

fn types() -> Types {
    let schema = parse_schema(include_str!("../../schema.graphql")).expect("the schema parses");
    let types = schema
        .definitions
        .into_iter()
        .filter_map(|definition| match definition {
            TypeSystemDefinition::Type(definition) => {
                Some((definition.node.name.node.to_string(), definition.node))
            }
            _ => None,
        });
    Types(types.collect())
}

impl std::ops::Index<&str> for Types {
    type Output = TypeDefinition;

    fn index(&self, name: &str) -> &TypeDefinition {
        self.0.get(name).unwrap_or_else(|| panic!("no type {name}"))
    }
}

trait Fields {
    fn fields(&self) -> Vec<&FieldDefinition>;
    fn contains(&self, name: &str) -> bool {
        self.fields().iter().any(|field| field.name.node == name)
    }
}

impl Fields for TypeDefinition {
    fn fields(&self) -> Vec<&FieldDefinition> {
        match &self.kind {
            TypeKind::Object(object) => object.fields.iter().map(|field| &field.node).collect(),
            _ => Vec::new(),
        }
    }
}

fn named(ty: &Type) -> &str {
    match &ty.base {
        BaseType::Named(name) => name,
        BaseType::List(inner) => named(inner),
    }
}

impl Types {
    /// The name of the type a field answers with.
    fn result(&self, ty: &str, field: &str) -> &str {
        let field = self[ty]
            .fields()
            .into_iter()
            .find(|it| it.name.node == field);
        named(
            &field
                .unwrap_or_else(|| panic!("{ty} lacks the field"))
                .ty
                .node,
        )
    }

    /// The objects that are one of these.
    fn kinds_of(&self, interface: &str) -> Vec<String> {
        let kinds = self.0.iter().filter(|(_, ty)| match &ty.kind {
            TypeKind::Object(object) => object.implements.iter().any(|it| it.node == interface),
            _ => false,
        });
        kinds.map(|(name, _)| name.clone()).collect()
    }

    /// Everything that can be selected of this type, so many objects deep; fields of objects of the same name as in
    /// other objects get a name of their own.
    fn selection(&self, ty: &str, depth: usize) -> String {
        let mut parts = vec!["__typename".to_owned()];
        if matches!(
            self.0.get(ty).map(|ty| &ty.kind),
            Some(TypeKind::Interface(_))
        ) && depth > 0
        {
            for kind in self.kinds_of(ty) {
                parts.push(format!("... on {kind} {{ id }}"));
            }
        }
        if !self.0.contains_key(ty) {
            return String::new();
        }
        for field in self[ty].fields() {
            let needs = field.arguments.iter().any(|argument| {
                !argument.node.ty.node.nullable && argument.node.default_value.is_none()
            });
            if needs {
                continue;
            }
            let (name, of) = (&field.name.node, named(&field.ty.node));
            match self.0.get(of).map(|ty| &ty.kind) {
                Some(TypeKind::Object(_)) if of.ends_with("Connection") && depth > 0 => {
                    let node = of.trim_end_matches("Connection");
                    parts.push(format!(
                        "{name}(first: 3) {{ totalCount nodes {} }}",
                        self.selection(node, depth - 1)
                    ));
                }
                Some(TypeKind::Object(_) | TypeKind::Interface(_)) if depth > 0 => {
                    parts.push(format!("{name} {}", self.selection(of, depth - 1)));
                }
                Some(TypeKind::Object(_) | TypeKind::Interface(_)) => {}
                _ => parts.push(name.to_string()),
            }
        }
        format!("{{ {} }}", parts.join(" "))
    }
}
