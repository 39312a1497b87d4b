//! Reads the message files of all languages and holds them to one shape: the same messages, in
//! the same files, with the same variables. Only plain messages with variables and selections are
//! taken; what would need more code than it saves words (terms, attributes, functions, references
//! to other messages) is refused.

use std::collections::{BTreeMap, BTreeSet};

use fluent_syntax::{
    ast::{Entry, Expression, InlineExpression, Message, Pattern, PatternElement, VariantKey},
    parser, serializer,
};

/// The language whose files say what there is; the others are compared with it.
const REFERENCE: &str = "en";

/// Words a parameter of a generated method can't be called, as far as a variable may want them.
const KEYWORDS: [&str; 12] = [
    "as", "box", "final", "for", "in", "match", "move", "ref", "self", "type", "use", "where",
];

/// One file of one language.
pub(crate) struct Source {
    /// `kk`, `ru` or `en`.
    pub(crate) language: String,
    /// File name inside the language's folder: `mail.ftl`.
    pub(crate) file: String,
    /// The content.
    pub(crate) text: String,
}

/// A message as all languages have it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Shape {
    /// `refusal-too-long`.
    pub(crate) id: String,
    /// In alphabetical order.
    pub(crate) variables: BTreeSet<String>,
    /// The message in the reference language, in Fluent syntax.
    pub(crate) reference: String,
}

/// A message as one language has it.
struct Found {
    file: String,
    variables: BTreeSet<String>,
    text: String,
}

/// Every message, in alphabetical order; or every fault, each naming its file and message.
pub(crate) fn read(languages: &[&str], sources: &[Source]) -> Result<Vec<Shape>, Vec<String>> {
    let mut faults = Vec::new();
    let mut found: BTreeMap<&str, BTreeMap<String, Found>> = languages
        .iter()
        .map(|language| (*language, BTreeMap::new()))
        .collect();
    for source in sources {
        match found.get_mut(source.language.as_str()) {
            Some(messages) => read_file(source, messages, &mut faults),
            None => faults.push(format!("{}: unknown language", place(source))),
        }
    }
    let reference = found.remove(REFERENCE).unwrap_or_default();
    for (language, messages) in &found {
        compare(language, messages, &reference, &mut faults);
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    Ok(reference
        .into_iter()
        .map(|(id, message)| Shape {
            id,
            variables: message.variables,
            reference: message.text,
        })
        .collect())
}

fn place(source: &Source) -> String {
    format!("locales/{}/{}", source.language, source.file)
}

fn read_file(source: &Source, messages: &mut BTreeMap<String, Found>, faults: &mut Vec<String>) {
    let place = place(source);
    let resource = match parser::parse(source.text.as_str()) {
        Ok(resource) => resource,
        Err((_, errors)) => {
            for error in errors {
                let before = source.text.get(..error.pos.start).unwrap_or_default();
                let line = before.matches('\n').count() + 1;
                faults.push(format!("{place}:{line}: {}", error.kind));
            }
            return;
        }
    };
    for entry in resource.body {
        match entry {
            Entry::Message(message) => {
                let id = message.id.name.to_owned();
                let at = format!("{place}: {id}");
                let message = read_message(&source.language, &source.file, &at, message, faults);
                if messages.insert(id, message).is_some() {
                    faults.push(format!("{at}: this language has it twice"));
                }
            }
            Entry::Term(term) => {
                faults.push(format!("{place}: -{}: terms are not taken", term.id.name));
            }
            Entry::Comment(_)
            | Entry::GroupComment(_)
            | Entry::ResourceComment(_)
            | Entry::Junk { .. } => {}
        }
    }
}

fn read_message(
    language: &str,
    file: &str,
    at: &str,
    message: Message<&str>,
    faults: &mut Vec<String>,
) -> Found {
    if !message.id.name.contains('-') || !is_kebab(message.id.name) {
        faults.push(format!(
            "{at}: an id is lower-case words joined by hyphens, subject first"
        ));
    }
    if !message.attributes.is_empty() {
        faults.push(format!("{at}: attributes are not taken"));
    }
    let mut reader = Reader {
        language,
        at,
        variables: BTreeSet::new(),
        faults,
    };
    match &message.value {
        Some(value) => reader.pattern(value),
        None => reader.fault("has no text"),
    }
    let variables = reader.variables;
    let text = serializer::serialize(&fluent_syntax::ast::Resource {
        body: vec![Entry::Message(Message {
            comment: None,
            ..message
        })],
    });
    Found {
        file: file.to_owned(),
        variables,
        text: text.trim_end().to_owned(),
    }
}

fn is_kebab(name: &str) -> bool {
    name.split('-').all(|word| {
        !word.is_empty()
            && word
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
    })
}

/// Walks one message.
struct Reader<'a> {
    language: &'a str,
    at: &'a str,
    variables: BTreeSet<String>,
    faults: &'a mut Vec<String>,
}

impl Reader<'_> {
    fn fault(&mut self, what: &str) {
        self.faults.push(format!("{}: {what}", self.at));
    }

    fn pattern(&mut self, pattern: &Pattern<&str>) {
        for element in &pattern.elements {
            if let PatternElement::Placeable { expression } = element {
                self.expression(expression);
            }
        }
    }

    fn expression(&mut self, expression: &Expression<&str>) {
        match expression {
            Expression::Inline(inline) => self.inline(inline),
            Expression::Select { selector, variants } => {
                self.inline(selector);
                let keys = variants.iter().filter_map(|variant| match variant.key {
                    VariantKey::Identifier { name } => Some(name),
                    VariantKey::NumberLiteral { .. } => None,
                });
                self.plural(&keys.collect());
                for variant in variants {
                    self.pattern(&variant.value);
                }
            }
        }
    }

    /// A selection by number that forgets a category of its language reads "2 школ".
    fn plural(&mut self, keys: &BTreeSet<&str>) {
        if keys.is_disjoint(&BTreeSet::from(["one", "few", "many"])) {
            return;
        }
        let wanted: &[&str] = match self.language {
            "ru" => &["few", "many", "one"],
            _ => &["one", "other"],
        };
        for category in wanted {
            if !keys.contains(category) {
                self.fault(&format!("the selection by number lacks [{category}]"));
            }
        }
    }

    fn inline(&mut self, inline: &InlineExpression<&str>) {
        match inline {
            InlineExpression::StringLiteral { .. } | InlineExpression::NumberLiteral { .. } => {}
            InlineExpression::VariableReference { id } => {
                if !is_kebab(id.name) {
                    self.fault(&format!(
                        "${}: a variable is lower-case words joined by hyphens",
                        id.name
                    ));
                }
                if KEYWORDS.contains(&id.name) {
                    self.fault(&format!("${}: a word of Rust; name it otherwise", id.name));
                }
                self.variables.insert(id.name.to_owned());
            }
            InlineExpression::Placeable { expression } => self.expression(expression),
            InlineExpression::FunctionReference { id, .. } => {
                self.fault(&format!("the function {} is not taken", id.name));
            }
            InlineExpression::MessageReference { id, .. } => {
                self.fault(&format!(
                    "refers to {}; pass its text as a variable",
                    id.name
                ));
            }
            InlineExpression::TermReference { id, .. } => {
                self.fault(&format!("the term -{} is not taken", id.name));
            }
        }
    }
}

fn compare(
    language: &str,
    messages: &BTreeMap<String, Found>,
    reference: &BTreeMap<String, Found>,
    faults: &mut Vec<String>,
) {
    for (id, wanted) in reference {
        let file = &wanted.file;
        let Some(message) = messages.get(id) else {
            faults.push(format!(
                "locales/{language}/{file}: {id}: missing; locales/{REFERENCE}/{file} has it"
            ));
            continue;
        };
        let at = format!("locales/{language}/{}: {id}", message.file);
        if message.file != *file {
            faults.push(format!("{at}: belongs in {file}, as in {REFERENCE}"));
        }
        for variable in wanted.variables.difference(&message.variables) {
            faults.push(format!("{at}: lacks ${variable}, which {REFERENCE} has"));
        }
        for variable in message.variables.difference(&wanted.variables) {
            faults.push(format!("{at}: has ${variable}, which {REFERENCE} lacks"));
        }
    }
    for (id, message) in messages {
        if !reference.contains_key(id) {
            faults.push(format!(
                "locales/{language}/{}: {id}: extra; {REFERENCE} lacks it",
                message.file
            ));
        }
    }
}
