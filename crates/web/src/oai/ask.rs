//! What a harvester asks: the verbs, their arguments, resumption tokens.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{Duration, NaiveDate, NaiveDateTime, NaiveTime};
use serde::{Deserialize, Serialize};

use crate::scalar::DateTime;

/// In which way a work is described.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Format {
    /// Dublin Core.
    Dc,
    /// Learning Object Metadata.
    Lom,
}

impl Format {
    pub(super) const ALL: [Format; 2] = [Format::Dc, Format::Lom];

    /// As harvesters ask for it.
    pub(super) fn prefix(self) -> &'static str {
        match self {
            Format::Dc => "oai_dc",
            Format::Lom => "lom",
        }
    }
}

/// What was wrong with what was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Problem {
    Argument,
    Token,
    Verb,
    Format,
    Identifier,
    Nothing,
}

impl Problem {
    /// As the protocol calls it.
    pub(super) fn code(self) -> &'static str {
        match self {
            Problem::Argument => "badArgument",
            Problem::Token => "badResumptionToken",
            Problem::Verb => "badVerb",
            Problem::Format => "cannotDisseminateFormat",
            Problem::Identifier => "idDoesNotExist",
            Problem::Nothing => "noRecordsMatch",
        }
    }
}

/// Where in which list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Position {
    pub(super) format: Format,
    pub(super) from: Option<DateTime>,
    /// Not this instant any more.
    pub(super) before: Option<DateTime>,
    pub(super) set: Option<String>,
    /// After this cursor of the API.
    pub(super) cursor: Option<String>,
}

impl Position {
    fn of_set(&self, sort: &str) -> Option<String> {
        let (named, rest) = self.set.as_deref()?.split_once(':')?;
        (named == sort).then(|| rest.to_owned())
    }

    pub(super) fn subject(&self) -> Option<String> {
        self.of_set("subject")
    }

    pub(super) fn network(&self) -> Option<String> {
        self.of_set("network")
    }

    /// The token with which the list goes on after this cursor.
    pub(super) fn token(&self, cursor: String) -> String {
        let next = Position {
            cursor: Some(cursor),
            ..self.clone()
        };
        URL_SAFE_NO_PAD.encode(serde_json::to_vec(&next).unwrap_or_default())
    }

    fn resumed(token: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(token).ok()?;
        let position: Position = serde_json::from_slice(&bytes).ok()?;
        position.cursor.is_some().then_some(position)
    }
}

/// The token with which the list of sets goes on.
pub(super) fn sets_token(cursor: &str) -> String {
    URL_SAFE_NO_PAD.encode(cursor)
}

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Ask {
    Identify,
    /// For a record, or at all.
    Formats(Option<String>),
    /// After this cursor.
    Sets(Option<String>),
    Record(String, Format),
    /// Whole records, or their heads alone.
    List(Position, bool),
}

/// The arguments, in their order.
pub(super) type Pairs = Vec<(String, String)>;

/// Of an address or a form.
pub(super) fn pairs(text: &[u8]) -> Pairs {
    let text = String::from_utf8_lossy(text);
    let pairs = text.split('&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decoded(name), decoded(value))
        })
        .collect()
}

fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        match byte {
            b'+' => bytes.push(b' '),
            b'%' => {
                let mut ahead = rest.clone();
                let digit = |byte: Option<u8>| byte.and_then(|byte| char::from(byte).to_digit(16));
                if let (Some(high), Some(low)) = (digit(ahead.next()), digit(ahead.next())) {
                    bytes.push(u8::try_from(high * 16 + low).unwrap_or_default());
                    rest = ahead;
                } else {
                    bytes.push(byte);
                }
            }
            byte => bytes.push(byte),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

impl Ask {
    pub(super) fn read(pairs: &Pairs) -> Result<Self, Problem> {
        let verb = one(pairs, "verb").map_err(|_| Problem::Verb)?;
        let allowed: &[&str] = match verb.unwrap_or_default() {
            "Identify" => &[],
            "ListMetadataFormats" => &["identifier"],
            "ListSets" => &["resumptionToken"],
            "GetRecord" => &["identifier", "metadataPrefix"],
            "ListRecords" | "ListIdentifiers" => {
                &["from", "until", "set", "metadataPrefix", "resumptionToken"]
            }
            _ => return Err(Problem::Verb),
        };
        let mut others = pairs.iter().filter(|(name, _)| name != "verb");
        if others.any(|(name, _)| !allowed.contains(&&**name)) {
            return Err(Problem::Argument);
        }
        let token = one(pairs, "resumptionToken")?;
        if token.is_some() && pairs.len() > 2 {
            return Err(Problem::Argument);
        }
        let identifier = one(pairs, "identifier")?.map(str::to_owned);
        Ok(match verb.unwrap_or_default() {
            "Identify" => Ask::Identify,
            "ListMetadataFormats" => Ask::Formats(identifier),
            "ListSets" => {
                let cursor = token.map(|token| {
                    let bytes = URL_SAFE_NO_PAD.decode(token).ok();
                    let text = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
                    text.ok_or(Problem::Token)
                });
                Ask::Sets(cursor.transpose()?)
            }
            "GetRecord" => Ask::Record(identifier.ok_or(Problem::Argument)?, format(pairs)?),
            verb => {
                let position = match token {
                    Some(token) => Position::resumed(token).ok_or(Problem::Token)?,
                    None => position(pairs)?,
                };
                Ask::List(position, verb == "ListRecords")
            }
        })
    }
}

/// The argument of this name; given twice it is none.
fn one<'a>(pairs: &'a Pairs, name: &str) -> Result<Option<&'a str>, Problem> {
    let mut found = pairs.iter().filter(|(other, _)| other == name);
    match (found.next(), found.next()) {
        (_, Some(_)) => Err(Problem::Argument),
        (found, None) => Ok(found.map(|(_, value)| &**value)),
    }
}

fn format(pairs: &Pairs) -> Result<Format, Problem> {
    let prefix = one(pairs, "metadataPrefix")?.ok_or(Problem::Argument)?;
    let mut all = Format::ALL.into_iter();
    all.find(|format| format.prefix() == prefix)
        .ok_or(Problem::Format)
}

fn position(pairs: &Pairs) -> Result<Position, Problem> {
    let format = format(pairs)?;
    let set = one(pairs, "set")?.map(str::to_owned);
    if let Some(set) = &set
        && !set.starts_with("subject:")
        && !set.starts_with("network:")
    {
        return Err(Problem::Nothing);
    }
    let (from, until) = (one(pairs, "from")?, one(pairs, "until")?);
    if let (Some(from), Some(until)) = (from, until)
        && from.len() != until.len()
    {
        // One in days, one in seconds.
        return Err(Problem::Argument);
    }
    let from = from.map(|text| instant(text, false)).transpose()?;
    let before = until.map(|text| instant(text, true)).transpose()?;
    if let (Some(from), Some(before)) = (from, before)
        && from >= before
    {
        return Err(Problem::Argument);
    }
    Ok(Position {
        format,
        from,
        before,
        set,
        cursor: None,
    })
}

/// A day or a second: where it begins, or where it is over.
fn instant(text: &str, over: bool) -> Result<DateTime, Problem> {
    let (start, length) = if text.len() == 10 {
        let day: NaiveDate = text.parse().map_err(|_| Problem::Argument)?;
        (day.and_time(NaiveTime::MIN), Duration::days(1))
    } else {
        let start = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%SZ");
        (start.map_err(|_| Problem::Argument)?, Duration::seconds(1))
    };
    let end = if over {
        start.checked_add_signed(length).ok_or(Problem::Argument)?
    } else {
        start
    };
    Ok(end.and_utc())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(query: &str) -> Result<Ask, Problem> {
        Ask::read(&pairs(query.as_bytes()))
    }

    #[test]
    fn what_is_wrong_is_said() {
        for (query, problem) in [
            ("", Problem::Verb),
            ("verb=Nonsense", Problem::Verb),
            ("verb=Identify&verb=Identify", Problem::Verb),
            ("verb=Identify&set=a", Problem::Argument),
            ("verb=GetRecord&metadataPrefix=oai_dc", Problem::Argument),
            ("verb=GetRecord&identifier=a", Problem::Argument),
            (
                "verb=GetRecord&identifier=a&metadataPrefix=marc",
                Problem::Format,
            ),
            ("verb=ListRecords", Problem::Argument),
            (
                "verb=ListRecords&metadataPrefix=oai_dc&metadataPrefix=lom",
                Problem::Argument,
            ),
            ("verb=ListRecords&metadataPrefix=marc", Problem::Format),
            (
                "verb=ListRecords&metadataPrefix=oai_dc&from=yesterday",
                Problem::Argument,
            ),
            (
                "verb=ListRecords&metadataPrefix=oai_dc&from=2026-13-01",
                Problem::Argument,
            ),
            (
                "verb=ListRecords&metadataPrefix=oai_dc&from=2026-02-01&until=2026-01-01",
                Problem::Argument,
            ),
            (
                "verb=ListRecords&metadataPrefix=oai_dc&from=2026-01-01&until=2026-02-01T00:00:00Z",
                Problem::Argument,
            ),
            (
                "verb=ListRecords&metadataPrefix=oai_dc&set=elsewhere",
                Problem::Nothing,
            ),
            ("verb=ListRecords&resumptionToken=abc", Problem::Token),
            ("verb=ListSets&resumptionToken=%FF", Problem::Token),
            (
                "verb=ListRecords&resumptionToken=abc&metadataPrefix=oai_dc",
                Problem::Argument,
            ),
        ] {
            assert_eq!(read(query), Err(problem), "{query}");
        }
    }

    #[test]
    fn a_token_goes_on_with_the_same_list() {
        let ask = read(
            "verb=ListRecords&metadataPrefix=lom&set=subject%3AALGEBRA&from=2026-01-01&until=2026-01-01",
        );
        let Ok(Ask::List(position, true)) = ask else {
            panic!("{ask:?}");
        };
        assert_eq!(position.subject().as_deref(), Some("ALGEBRA"));
        assert_eq!(
            position.before.unwrap() - position.from.unwrap(),
            Duration::days(1)
        );
        let token = position.token("c1".into());
        let again = read(&format!("verb=ListRecords&resumptionToken={token}"));
        let expected = Position {
            cursor: Some("c1".into()),
            ..position
        };
        assert_eq!(again, Ok(Ask::List(expected, true)));
    }
}
