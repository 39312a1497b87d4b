//! The committed contract: it is what the server serves, and it explains itself.

use async_graphql_parser::{parse_schema, types::*};

/// `schema.graphql` at the top of the repository.
const COMMITTED: &str = include_str!("../../schema.graphql");

#[test]
fn the_committed_schema_is_the_served_one() {
    assert!(
        COMMITTED == api::sdl(),
        "schema.graphql has drifted: run `cargo run -- schema > schema.graphql` and read the difference"
    );
}

#[test]
fn everything_is_described() {
    let mut bare = Vec::new();
    each(|path, description| {
        if description.is_none_or(|text| text.trim().is_empty()) {
            bare.push(path);
        }
    });
    assert_eq!(bare, Vec::<String>::new(), "these have no description");
}

/// Words with which a description says who may use a root field.
const WHO: [&str; 9] = [
    "Everybody",
    "Coordinators",
    "Members",
    "Trainers",
    "Administrators",
    "Whoever",
    "The person",
    "People who are signed in",
    "Authors",
];

#[test]
fn root_fields_say_who_may_use_them() {
    let document = parse_schema(COMMITTED).expect("the schema parses");
    let mut silent = Vec::new();
    for definition in document.definitions {
        let TypeSystemDefinition::Type(definition) = definition else {
            continue;
        };
        let (name, TypeKind::Object(object)) = (definition.node.name.node, definition.node.kind)
        else {
            continue;
        };
        if !matches!(name.as_str(), "Query" | "Mutation" | "Subscription") {
            continue;
        }
        for field in object.fields {
            let text = field
                .node
                .description
                .map(|text| text.node)
                .unwrap_or_default();
            if !text.contains(". ") && !text.contains(".\n")
                || !WHO.iter().any(|who| text.contains(who))
            {
                silent.push(format!("{name}.{}", field.node.name.node));
            }
        }
    }
    assert_eq!(
        silent,
        Vec::<String>::new(),
        "these do not say who may use them"
    );
}

/// Mutations that no page sends, and why.
const WITHOUT_A_PAGE: [(&str, &str); 1] = [(
    "sheetVisit",
    "the script of a sheet says that somebody is there",
)];

#[test]
fn what_can_be_done_can_be_done_on_a_page() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../crates/web/queries");
    let mut sent = String::new();
    for entry in std::fs::read_dir(folder).expect("the pages' operations") {
        let path = entry.expect("a file").path();
        sent += &std::fs::read_to_string(path).expect("text");
    }
    let document = parse_schema(COMMITTED).expect("the schema parses");
    let mut unsent = Vec::new();
    for definition in document.definitions {
        let TypeSystemDefinition::Type(definition) = definition else {
            continue;
        };
        let (name, TypeKind::Object(object)) = (definition.node.name.node, definition.node.kind)
        else {
            continue;
        };
        if name != "Mutation" {
            continue;
        }
        for field in object.fields {
            let field = field.node.name.node.to_string();
            let mut words = sent.split(|c: char| !c.is_ascii_alphanumeric());
            let known = WITHOUT_A_PAGE.iter().any(|(without, _)| *without == field);
            if known == words.any(|word| word == field) {
                unsent.push(field);
            }
        }
    }
    assert_eq!(
        unsent,
        Vec::<String>::new(),
        "no page does these: add one, or a reason to WITHOUT_A_PAGE; or one does, and the reason is out of date"
    );
}

#[test]
fn lists_are_connections_or_state_their_maximum() {
    let document = parse_schema(COMMITTED).expect("the schema parses");
    let mut unbounded = Vec::new();
    for definition in document.definitions {
        let TypeSystemDefinition::Type(definition) = definition else {
            continue;
        };
        let (name, TypeKind::Object(object)) = (definition.node.name.node, definition.node.kind)
        else {
            continue;
        };
        // Relay's own: a page is bounded by its arguments.
        if name.ends_with("Connection") {
            continue;
        }
        for field in object.fields {
            let text = field
                .node
                .description
                .map(|text| text.node)
                .unwrap_or_default();
            if matches!(field.node.ty.node.base, BaseType::List(_))
                && !text.to_lowercase().contains("at most")
            {
                unbounded.push(format!("{name}.{}", field.node.name.node));
            }
        }
    }
    assert_eq!(
        unbounded,
        Vec::<String>::new(),
        "these lists do not say how long they may get"
    );
}

/// Visits everything in the schema that can be described.
fn each(mut visit: impl FnMut(String, Option<String>)) {
    let document = parse_schema(COMMITTED).expect("the schema parses");
    for definition in document.definitions {
        let TypeSystemDefinition::Type(definition) = definition else {
            continue;
        };
        let definition = definition.node;
        let name = definition.name.node;
        visit(
            name.to_string(),
            definition.description.map(|text| text.node),
        );
        let fields = match definition.kind {
            TypeKind::Object(object) => object.fields,
            TypeKind::Interface(interface) => interface.fields,
            TypeKind::Enum(kind) => {
                for value in kind.values {
                    visit(
                        format!("{name}.{}", value.node.value.node),
                        value.node.description.map(|text| text.node),
                    );
                }
                continue;
            }
            TypeKind::InputObject(input) => {
                for field in input.fields {
                    visit(
                        format!("{name}.{}", field.node.name.node),
                        field.node.description.map(|text| text.node),
                    );
                }
                continue;
            }
            TypeKind::Scalar | TypeKind::Union(_) => continue,
        };
        for field in fields {
            let path = format!("{name}.{}", field.node.name.node);
            for argument in field.node.arguments {
                visit(
                    format!("{path}({})", argument.node.name.node),
                    argument.node.description.map(|text| text.node),
                );
            }
            visit(path, field.node.description.map(|text| text.node));
        }
    }
}
