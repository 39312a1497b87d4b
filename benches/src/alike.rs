//! Whether the contenders say the same: the leaves of their answers, whatever these are called and wherever they stand.

use std::sync::atomic::Ordering;

use anyhow::bail;
use serde_json::Value;
use tokio_postgres::Client;

use crate::contenders::{Contender, undo};
use crate::documents::DOCUMENTS;

/// How many of a document's bodies are compared.
const BODIES: usize = 8;

/// Compares every document's answers with the limit's.
pub async fn check(client: &Client, contenders: &[Contender]) -> anyhow::Result<()> {
    let Some((limit, others)) = contenders.split_last() else {
        return Ok(());
    };
    for (at, document) in DOCUMENTS.iter().enumerate() {
        if !document.alike {
            continue;
        }
        let right = answers(client, limit, at).await?;
        for contender in others {
            let told = answers(client, contender, at).await?;
            for (told, right) in told.iter().zip(&right) {
                let differs = told.iter().zip(right).find(|(one, other)| one != other);
                if told.len() != right.len() || differs.is_some() {
                    bail!(
                        "{}: {} says {} leaves, the limit {}; first {differs:?}",
                        document.name,
                        contender.name,
                        told.len(),
                        right.len()
                    );
                }
            }
        }
    }
    Ok(())
}

async fn answers(client: &Client, of: &Contender, at: usize) -> anyhow::Result<Vec<Vec<String>>> {
    let target = of.target(at);
    target.next.store(0, Ordering::Relaxed);
    let mut answers = Vec::new();
    for _ in 0..target.bodies.len().min(BODIES) {
        let mut leaves = Vec::new();
        collect(&serde_json::from_str(&target.once().await?)?, &mut leaves);
        leaves.sort();
        answers.push(leaves);
        undo(client, at).await?;
    }
    target.next.store(0, Ordering::Relaxed);
    Ok(answers)
}

fn collect(value: &Value, into: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            // What the answer cost is nobody else's.
            let fields = fields.iter().filter(|(name, _)| *name != "extensions");
            fields.for_each(|(_, value)| collect(value, into));
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, into)),
        Value::String(text) => into.push(plain(text)),
        Value::Null => {}
        other => into.push(other.to_string()),
    }
}

/// Without what each writes its own way: prefixes of keys, capitals of enumerations, the zone of an instant.
fn plain(text: &str) -> String {
    let key = text.split_once('_').map_or(
        text,
        |(prefix, key)| if prefix.len() == 3 { key } else { text },
    );
    if let Ok(key) = uuid::Uuid::try_parse(key) {
        return key.simple().to_string();
    }
    let instant = text.len() > 18 && text.as_bytes().get(10) == Some(&b'T');
    let text = match instant {
        true => text
            .trim_end_matches('Z')
            .trim_end_matches("+00:00")
            .trim_end_matches(".000000"),
        false => text,
    };
    text.to_lowercase()
}
