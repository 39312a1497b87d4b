//! Reads and weighs a document before the library may walk it.
//!
//! The library expands fragments without memory: thirty fragments, each spreading the next twice, keep it busy for
//! hours. Here each fragment is tallied once; after that the expanded size is known and bounded, and everything
//! else may walk it.

use std::{collections::HashMap, sync::Arc};

use async_graphql::{
    Name, Pos, Positioned, Request, ServerError, Value, Variables,
    parser::types::{
        DocumentOperations, ExecutableDocument, Field, FragmentDefinition, OperationDefinition,
        OperationType, Selection, SelectionSet,
    },
};

use super::{
    Config,
    fault::{Code, Refusal, cut},
    recent::Recent,
};

/// Brackets within brackets the parser may meet. It recurses on them.
const NESTED_BRACKETS: usize = 64;
/// Selection sets and spreads within one another; the library's own limit.
const NESTED_SETS: usize = 32;
/// Items a list gives when nobody says how many.
const PAGE: u64 = 20;
/// The fields of `__Type` that lead to more types. Three of them within one another have no use but size.
const TYPE_LISTS: [&str; 4] = ["fields", "inputFields", "interfaces", "possibleTypes"];

/// What a request will do.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    pub(super) kind: OperationType,
    pub(super) name: Option<String>,
    /// Weighted fields.
    pub(super) cost: u64,
}

/// Documents that were read, by their text: a client asks the same few again and again.
pub(super) type Known = Recent<Arc<str>, Arc<ExecutableDocument>>;

/// How many documents are known, and how long they may be: parsed they take some thirty times their text.
pub(super) const KNOWN: usize = 256;
const KNOWN_BYTES: usize = 8 * 1024;

/// Parses the request's document and says what it will do, or why it may not.
pub(super) fn plan(request: &mut Request, config: &Config, known: &Known) -> Result<Plan, Refusal> {
    if let Some(document) = known.get(request.query.as_str()) {
        let name = request.operation_name.as_deref();
        let plan = weigh(&document, name, &request.variables, config)?;
        request.set_parsed_query(ExecutableDocument::clone(&document));
        return Ok(plan);
    }
    let limits = &config.limits;
    if request.query.len() > limits.document_bytes {
        return Err(Refusal::new(
            Code::DocumentTooLarge,
            format!("The document is over {} bytes.", limits.document_bytes),
        ));
    }
    if nested_brackets(&request.query) > NESTED_BRACKETS {
        return Err(Refusal::new(Code::TooDeep, "Brackets are nested too deep."));
    }
    request.parsed_query().map_err(parse_failed)?;
    // Taken again because the parsed document borrows the request.
    let variables = std::mem::take(&mut request.variables);
    let (name, text_bytes) = (request.operation_name.clone(), request.query.len());
    let document = request.parsed_query().map_err(parse_failed)?;
    let plan = weigh(document, name.as_deref(), &variables, config);
    let new = plan.is_ok() && text_bytes <= KNOWN_BYTES;
    let new = new.then(|| Arc::new(document.clone()));
    request.variables = variables;
    if let Some(document) = new {
        known.keep(request.query.as_str().into(), document);
    }
    plan
}

/// Of the parser's drawing only the last line is a sentence.
fn parse_failed(error: ServerError) -> Refusal {
    let sentence = error.message.lines().next_back().unwrap_or_default();
    let sentence = sentence.trim_start_matches([' ', '=']);
    let mut message = format!("Syntax error: {sentence}");
    cut(&mut message);
    Refusal {
        locations: error.locations,
        ..Refusal::new(Code::ParseFailed, message)
    }
}

fn invalid(message: impl Into<String>, pos: Pos) -> Refusal {
    Refusal {
        locations: vec![pos],
        ..Refusal::new(Code::ValidationFailed, message)
    }
}

fn weigh(
    document: &ExecutableDocument,
    operation_name: Option<&str>,
    variables: &Variables,
    config: &Config,
) -> Result<Plan, Refusal> {
    let (name, chosen) = choose(document, operation_name)?;
    let mut scale = Scale {
        fragments: &document.fragments,
        operation: &chosen.node,
        variables,
        known: HashMap::new(),
    };
    let mut all = Tally::default();
    let mut cost = 0;
    for (_, operation) in document.operations.iter() {
        let mut tally = scale.set(&operation.node.selection_set.node, 1)?;
        let definitions = operation.node.variable_definitions.iter();
        let directives = operation.node.directives.len()
            + definitions.map(|d| d.node.directives.len()).sum::<usize>();
        tally.directives = tally.directives.saturating_add(directives);
        if std::ptr::eq(operation, chosen) {
            cost = tally.cost.max(1);
        }
        all.beside(&tally);
    }
    for (fragment, definition) in &document.fragments {
        if !scale.known.contains_key(fragment) {
            return Err(invalid("A fragment is never used.", definition.pos));
        }
    }
    check(&all, cost, config)?;
    let kind = chosen.node.ty;
    roots(document, &chosen.node, config)?;
    Ok(Plan {
        kind,
        name: name.map(|name| name.to_string()),
        cost,
    })
}

/// The one operation that will be executed.
fn choose<'d>(
    document: &'d ExecutableDocument,
    name: Option<&str>,
) -> Result<(Option<&'d Name>, &'d Positioned<OperationDefinition>), Refusal> {
    match (&document.operations, name) {
        (DocumentOperations::Single(operation), None) => Ok((None, operation)),
        (DocumentOperations::Multiple(all), None) if all.len() == 1 => all
            .iter()
            .next()
            .map(|(name, operation)| (Some(name), operation))
            .ok_or_else(|| Refusal::new(Code::ValidationFailed, "There is no operation.")),
        (DocumentOperations::Multiple(_), None) => Err(Refusal::new(
            Code::ValidationFailed,
            "With several operations, operationName must say which.",
        )),
        (DocumentOperations::Multiple(all), Some(name)) => all
            .get_key_value(name)
            .map(|(name, operation)| (Some(name), operation))
            .ok_or_else(no_such_operation),
        (DocumentOperations::Single(_), Some(_)) => Err(no_such_operation()),
    }
}

fn no_such_operation() -> Refusal {
    Refusal::new(
        Code::ValidationFailed,
        "The document has no operation of the name in operationName.",
    )
}

fn check(all: &Tally, cost: u64, config: &Config) -> Result<(), Refusal> {
    let limits = &config.limits;
    let deep = |what: &str| Err(Refusal::new(Code::TooDeep, what));
    let complex = |what: String| Err(Refusal::new(Code::TooComplex, what));
    if all.fields > limits.fields || all.spreads > limits.fields {
        return complex(format!(
            "The document has more than {} fields or fragment spreads once expanded.",
            limits.fields
        ));
    }
    if all.aliases > limits.aliases {
        return complex(format!("More than {} aliases.", limits.aliases));
    }
    if all.directives > limits.directives {
        return complex(format!("More than {} directives.", limits.directives));
    }
    if all.depth > limits.depth || all.nesting > NESTED_SETS {
        return deep(&format!("Fields are nested over {} deep.", limits.depth));
    }
    if all.introspection > 0 && !config.introspection {
        return Err(Refusal::new(
            Code::IntrospectionDisabled,
            "The schema can't be asked about itself here.",
        ));
    }
    if all.introspection > limits.introspection_depth || all.introspected_lists > 2 {
        return deep("The question about the schema is nested too deep.");
    }
    if cost > limits.cost {
        return complex(format!(
            "The operation costs {cost}, over {}: ask for smaller pages or fewer fields.",
            limits.cost
        ));
    }
    Ok(())
}

/// Rules about the root: one field a subscription, one tried secret a request.
fn roots(
    document: &ExecutableDocument,
    operation: &OperationDefinition,
    config: &Config,
) -> Result<(), Refusal> {
    let mut fields = Vec::new();
    root_fields(document, &operation.selection_set.node, &mut fields);
    let pos = operation.selection_set.pos;
    match operation.ty {
        OperationType::Subscription if fields.len() > 1 => {
            Err(invalid("A subscription has exactly one root field.", pos))
        }
        OperationType::Mutation => {
            let secrets = fields
                .iter()
                .filter(|field| {
                    config
                        .credential_mutations
                        .iter()
                        .any(|name| name == *field)
                })
                .count();
            if secrets > 1 {
                return Err(Refusal::new(
                    Code::TooManyCredentialMutations,
                    "A request may try one secret.",
                ));
            }
            Ok(())
        }
        _ => Ok(()),
    }
}

/// Expands the root; its size is bounded by now.
fn root_fields<'d>(
    document: &'d ExecutableDocument,
    set: &'d SelectionSet,
    found: &mut Vec<&'d str>,
) {
    for item in &set.items {
        match &item.node {
            Selection::Field(field) => found.push(&field.node.name.node),
            Selection::InlineFragment(inline) => {
                root_fields(document, &inline.node.selection_set.node, found);
            }
            Selection::FragmentSpread(spread) => {
                if let Some(fragment) = document.fragments.get(&spread.node.fragment_name.node) {
                    root_fields(document, &fragment.node.selection_set.node, found);
                }
            }
        }
    }
}

/// What a selection set comes to with its fragments expanded. Sums saturate.
#[derive(Clone, Debug, Default)]
struct Tally {
    fields: usize,
    spreads: usize,
    aliases: usize,
    directives: usize,
    cost: u64,
    /// Levels of fields.
    depth: usize,
    /// Levels of selection sets and spreads.
    nesting: usize,
    /// Levels below `__schema` and `__type`.
    introspection: usize,
    /// `TYPE_LISTS` within one another.
    type_lists: usize,
    /// The same below `__schema` and `__type`.
    introspected_lists: usize,
    /// Whether it selects the items of a connection.
    items: bool,
}

impl Tally {
    fn beside(&mut self, other: &Self) {
        self.fields = self.fields.saturating_add(other.fields);
        self.spreads = self.spreads.saturating_add(other.spreads);
        self.aliases = self.aliases.saturating_add(other.aliases);
        self.directives = self.directives.saturating_add(other.directives);
        self.cost = self.cost.saturating_add(other.cost);
        self.depth = self.depth.max(other.depth);
        self.nesting = self.nesting.max(other.nesting);
        self.introspection = self.introspection.max(other.introspection);
        self.type_lists = self.type_lists.max(other.type_lists);
        self.introspected_lists = self.introspected_lists.max(other.introspected_lists);
        self.items |= other.items;
    }

    fn with(mut self, other: &Self) -> Self {
        self.beside(other);
        self
    }
}

struct Scale<'d> {
    fragments: &'d HashMap<Name, Positioned<FragmentDefinition>>,
    operation: &'d OperationDefinition,
    variables: &'d Variables,
    /// `None` while a fragment is being tallied: meeting it again then is a cycle.
    known: HashMap<&'d Name, Option<Tally>>,
}

impl<'d> Scale<'d> {
    fn set(&mut self, set: &'d SelectionSet, level: usize) -> Result<Tally, Refusal> {
        if level > NESTED_SETS {
            return Err(Refusal::new(
                Code::TooDeep,
                "Selections are nested too deep.",
            ));
        }
        let mut sum = Tally::default();
        if set.items.is_empty() {
            return Ok(sum);
        }
        for item in &set.items {
            let mut tally = match &item.node {
                Selection::Field(field) => self.field(&field.node, level)?,
                Selection::InlineFragment(inline) => Tally {
                    spreads: 1,
                    ..Tally::default()
                }
                .with(&self.set(&inline.node.selection_set.node, level + 1)?),
                Selection::FragmentSpread(spread) => Tally {
                    spreads: 1,
                    ..Tally::default()
                }
                .with(&self.fragment(&spread.node.fragment_name, level + 1)?),
            };
            tally.directives = tally
                .directives
                .saturating_add(item.node.directives().len());
            sum.beside(&tally);
        }
        sum.nesting += 1;
        Ok(sum)
    }

    fn fragment(&mut self, name: &'d Positioned<Name>, level: usize) -> Result<Tally, Refusal> {
        match self.known.get(&name.node) {
            Some(Some(tally)) => return Ok(tally.clone()),
            Some(None) => return Err(invalid("A fragment spreads itself.", name.pos)),
            None => {}
        }
        let Some((key, fragment)) = self.fragments.get_key_value(&name.node) else {
            return Err(invalid("A fragment is not defined.", name.pos));
        };
        self.known.insert(key, None);
        let mut tally = self.set(&fragment.node.selection_set.node, level)?;
        tally.directives = tally
            .directives
            .saturating_add(fragment.node.directives.len());
        self.known.insert(key, Some(tally.clone()));
        Ok(tally)
    }

    fn field(&mut self, field: &'d Field, level: usize) -> Result<Tally, Refusal> {
        let below = self.set(&field.selection_set.node, level + 1)?;
        let name = field.name.node.as_str();
        let weight = match self.page(field) {
            Some(items) => items,
            None if below.items => PAGE,
            None => 1,
        };
        let mut tally = Tally {
            fields: below.fields.saturating_add(1),
            aliases: below
                .aliases
                .saturating_add(usize::from(field.alias.is_some())),
            cost: below.cost.saturating_mul(weight).saturating_add(1),
            depth: below.depth + 1,
            type_lists: below.type_lists + usize::from(TYPE_LISTS.contains(&name)),
            items: matches!(name, "edges" | "nodes"),
            ..below
        };
        if matches!(name, "__schema" | "__type") {
            tally.introspection = tally.introspection.max(tally.depth);
            tally.introspected_lists = tally.introspected_lists.max(tally.type_lists);
            tally.depth = 1;
        }
        Ok(tally)
    }

    /// How many items the field's arguments ask for.
    fn page(&self, field: &Field) -> Option<u64> {
        ["first", "last", "ids"]
            .into_iter()
            .filter_map(|name| {
                let value = field.get_argument(name)?.node.clone();
                match value.into_const_with(|name| self.variable(&name).cloned().ok_or(())) {
                    Ok(Value::Number(number)) => number.as_u64(),
                    Ok(Value::List(list)) => u64::try_from(list.len()).ok(),
                    _ => None,
                }
            })
            .max()
    }

    fn variable(&self, name: &Name) -> Option<&Value> {
        self.variables.get(name).or_else(|| {
            let definitions = self.operation.variable_definitions.iter();
            let definition = definitions
                .map(|d| &d.node)
                .find(|d| d.name.node == *name)?;
            definition.default_value.as_ref().map(|value| &value.node)
        })
    }
}

/// The deepest nesting of brackets, strings and comments left out.
fn nested_brackets(document: &str) -> usize {
    let mut rest = document.as_bytes();
    let (mut depth, mut deepest) = (0_usize, 0_usize);
    while let [byte, after @ ..] = rest {
        rest = after;
        match byte {
            b'{' | b'[' | b'(' => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b'}' | b']' | b')' => depth = depth.saturating_sub(1),
            b'#' => {
                let end = rest.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
                rest = rest.get(end.unwrap_or(rest.len())..).unwrap_or_default();
            }
            b'"' => {
                rest = match rest.strip_prefix(b"\"\"") {
                    Some(block) => after_string(block, b"\"\"\""),
                    None => after_string(rest, b"\""),
                };
            }
            _ => {}
        }
    }
    deepest
}

/// What follows the end of a string. A backslash hides the byte after it; in a block it hides `"""`.
fn after_string<'d>(mut rest: &'d [u8], end: &[u8]) -> &'d [u8] {
    loop {
        match rest {
            [] => return rest,
            [b'\\', after @ ..] => {
                rest = match after.strip_prefix(end) {
                    Some(after) => after,
                    None if end.len() == 1 => after.get(1..).unwrap_or_default(),
                    None => after,
                };
            }
            [_, after @ ..] => match rest.strip_prefix(end) {
                Some(after) => return after,
                None => rest = after,
            },
        }
    }
}
