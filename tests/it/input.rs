//! Whatever somebody sends, they are told what to mend: where, as a code, and as a sentence in their language.

use std::collections::BTreeMap;

use async_graphql_parser::parse_schema;
use async_graphql_parser::types::{BaseType, Type, TypeKind, TypeSystemDefinition};
use serde_json::{Map, Value, json};
use tests::graphql::Client;
use tests::{Backend, both};

use crate::community::{Community, done, number, text};

/// What has nothing in it that could be wrong: enums, nulls, and ids of others that are passed over.
const HARMLESS: [&str; 3] = [
    "notificationMarkRead",
    "notificationPreferenceSet",
    "quietHoursSet",
];

/// Kinds of input that nobody can do anything with.
const STYLES: [&str; 5] = ["nothing", "too much", "NUL", "a wrong id", "an unknown id"];

/// The mutations with the fields of their inputs.
struct Inputs {
    mutations: Vec<(String, String)>,
    objects: BTreeMap<String, Vec<(String, Type)>>,
    enums: BTreeMap<String, String>,
}

fn inputs() -> Inputs {
    let schema = parse_schema(include_str!("../../schema.graphql")).expect("the schema parses");
    let (mut mutations, mut objects, mut enums) = (Vec::new(), BTreeMap::new(), BTreeMap::new());
    for definition in schema.definitions {
        let TypeSystemDefinition::Type(ty) = definition else {
            continue;
        };
        let name = ty.node.name.node.to_string();
        match ty.node.kind {
            TypeKind::Object(object) if name == "Mutation" => {
                for field in object.fields {
                    if let Some(argument) = field.node.arguments.first() {
                        let input = argument.node.ty.node.to_string();
                        let input = input.trim_end_matches('!').to_owned();
                        mutations.push((field.node.name.node.to_string(), input));
                    }
                }
            }
            TypeKind::InputObject(object) => {
                let fields = object.fields.into_iter();
                let fields = fields.map(|it| (it.node.name.node.to_string(), it.node.ty.node));
                // Of an input that is one of several, the first.
                let directives = &ty.node.directives;
                let one = directives.iter().any(|it| it.node.name.node == "oneOf");
                let most = if one { 1 } else { usize::MAX };
                objects.insert(name, fields.take(most).collect());
            }
            TypeKind::Enum(values) => {
                let first = values.values.first().expect("an enum has values");
                enums.insert(name, first.node.value.node.to_string());
            }
            _ => {}
        }
    }
    Inputs {
        mutations,
        objects,
        enums,
    }
}

impl Inputs {
    /// Whether something of this type is asked for.
    fn has(&self, input: &str, wanted: &str) -> bool {
        self.objects[input].iter().any(|(field, ty)| {
            let name = ty.to_string().replace(['[', ']', '!'], "");
            let inner = self.objects.contains_key(&name) && self.has(&name, wanted);
            field != "idempotencyKey" && (name == wanted || inner)
        })
    }

    /// An input of this kind, as bad as the style says.
    fn bad(&self, mutation: &str, input: &str, style: &str) -> Value {
        let fields = self.objects[input].iter();
        let fields = fields.map(|(name, ty)| (name.clone(), self.value(mutation, name, ty, style)));
        Value::Object(fields.collect::<Map<_, _>>())
    }

    fn value(&self, mutation: &str, field: &str, ty: &Type, style: &str) -> Value {
        let name = match &ty.base {
            BaseType::List(inner) => return json!([self.value(mutation, field, inner, style)]),
            BaseType::Named(name) => name.as_str(),
        };
        match name {
            "ID" if style == "a wrong id" => json!("prt-1; DROP TABLE person"),
            "ID" => json!(format!(
                "{}_0192f0c1d2e37000800000000000abcd",
                prefix(mutation, field)
            )),
            // A key is not what the person is to mend.
            "String" if field == "idempotencyKey" => Value::Null,
            "String" => json!(match style {
                "nothing" => String::new(),
                "too much" => "ж".repeat(10_000),
                "NUL" => "a\u{0}b".to_owned(),
                _ => "a@example.net".to_owned(),
            }),
            "Int" => json!(1),
            "Boolean" => json!(true),
            "Date" => json!("2026-12-01"),
            "DateTime" => json!("2026-12-01T00:00:00Z"),
            _ => match self.enums.get(name) {
                Some(value) => json!(value),
                None if self.objects.contains_key(name) => self.bad(mutation, name, style),
                None => Value::Null,
            },
        }
    }
}

/// The kind of id that belongs there.
fn prefix(mutation: &str, field: &str) -> &'static str {
    let nouns = [
        ("partnership", "prt"),
        ("network", "net"),
        ("leading", "sch"),
        ("magnetic", "sch"),
        ("school", "sch"),
        ("scope", "sch"),
        ("into", "sch"),
        ("region", "reg"),
        ("designation", "dsg"),
        ("person", "per"),
        ("invitation", "inv"),
        ("membership", "mem"),
        ("session", "ses"),
        ("accessToken", "tok"),
        ("notification", "ntf"),
    ];
    let of = |text: &str| nouns.iter().find(|(noun, _)| text.starts_with(noun));
    of(field).or(of(mutation)).unwrap_or(&("", "res")).1
}

/// Every complaint about every bad input, with what it was about.
async fn complaints(client: &Client, language: &str, inputs: &Inputs) -> BTreeMap<String, String> {
    let (mut complaints, mut wrong) = (BTreeMap::new(), Vec::new());
    for (mutation, input) in &inputs.mutations {
        for style in STYLES {
            let wanted = if style.ends_with("id") {
                "ID"
            } else {
                "String"
            };
            if !inputs.has(input, wanted) {
                continue;
            }
            let document = format!(
                "mutation($input: {input}!) {{ {mutation}(input: $input) {{ userErrors {{ field code message }} }} }}"
            );
            let bad = inputs.bad(mutation, input, style);
            let request = client
                .request(reqwest::Method::POST, "/graphql")
                .header("accept-language", language)
                .json(&json!({"query": document, "variables": {"input": bad}}));
            let answer: Value = request
                .send()
                .await
                .expect("an answer")
                .json()
                .await
                .expect("JSON");
            let at = format!("{mutation} with {style}");
            let errors = answer
                .pointer(&format!("/data/{mutation}/userErrors"))
                .and_then(Value::as_array);
            let errors = errors.unwrap_or_else(|| panic!("{at}: {answer:#}"));
            if HARMLESS.contains(&mutation.as_str()) {
                continue;
            }
            if errors.is_empty() {
                wrong.push(format!("{at} was taken"));
            }
            for error in errors {
                let (code, message) = (text(error, "/code"), text(error, "/message"));
                let field = error["field"].as_array().expect("a path");
                if let Some(first) = field.first().and_then(Value::as_str) {
                    let known = inputs.objects[input].iter().any(|(name, _)| name == first);
                    if !known {
                        wrong.push(format!("{at}: {input} has no {first}: {error}"));
                    }
                }
                let sentence = message.ends_with(['.', '!', '?']) && message.chars().count() > 8;
                let raw =
                    message.contains(['{', '}', '$', '\u{2068}']) || message.contains("refusal");
                if !sentence || raw {
                    wrong.push(format!("{at}: no sentence: {message}"));
                }
                complaints.insert(format!("{at}: {field:?} {code}"), message);
            }
        }
    }
    assert!(wrong.is_empty(), "{language}:\n{}", wrong.join("\n"));
    complaints
}

both! {
    async fn bad_input_is_answered_in_ones_language(backend: Backend) {
        let inputs = inputs();
        assert!(inputs.mutations.len() > 30, "the schema has mutations");
        let mut community = Community::on(backend, 0).await;
        community.start(&[("SABAQTAS_GRAPHQL_COST_BUDGET", "10000000")]).await;
        let speak = "mutation($input: PersonUpdateInput!) { personUpdate(input: $input) { userErrors { code } } }";
        let (admin, guest) = (community.persona("admin"), community.guest());
        let mut said = Vec::new();
        for language in ["kk", "ru", "en"] {
            // People read the language they chose, whatever their browser says.
            let me = admin.query("{ viewer { person { version } } }", json!({})).await;
            let version = number(&me, "/viewer/person/version");
            done(&admin.query(speak, json!({"input": {"version": version, "language": language.to_uppercase()}})).await);
            said.push((complaints(&guest, language, &inputs).await, complaints(&admin, "fr", &inputs).await));
        }
        let (guests, admins): (Vec<_>, Vec<_>) = said.into_iter().unzip();
        for (who, said) in [("guest", guests), ("admin", admins)] {
            let [kk, ru, en] = said.as_slice() else {
                panic!("three languages");
            };
            assert_eq!(kk.keys().collect::<Vec<_>>(), ru.keys().collect::<Vec<_>>());
            assert_eq!(kk.keys().collect::<Vec<_>>(), en.keys().collect::<Vec<_>>());
            for (what, message) in kk {
                assert!(*message != ru[what] && *message != en[what] && ru[what] != en[what], "{who}: {what}: {message}");
                assert!(en[what].is_ascii() || en[what].contains(['“', '’', '–', '…', '\u{a0}']), "{what}: {}", en[what]);
            }
        }
    }
}
