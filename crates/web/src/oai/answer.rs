//! What a harvester is told, as the protocol writes it.

use std::io;

use axum::response::Response;
use chrono::SecondsFormat;

use super::{Format, Problem, Record, ask::Pairs};
use crate::{
    clock,
    fault::Fault,
    scalar::DateTime,
    visit::Visit,
    xml::{self, Xml, text, text_with},
};

/// What is answered.
pub(super) enum Answer {
    /// Since when there is anything.
    Identify(Option<DateTime>),
    Formats,
    /// Sets, each with its name, and the token of the rest.
    Sets(Vec<(String, String)>, Option<String>),
    Record(Box<Record>, Format),
    List {
        records: Vec<Record>,
        format: Format,
        /// Whole records, or their heads alone.
        whole: bool,
        token: Option<String>,
    },
}

fn seconds(at: &DateTime) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

pub(super) fn write(
    visit: &Visit,
    pairs: &Pairs,
    told: &Result<Answer, Problem>,
) -> Result<Response, Fault> {
    let base = visit.url("/oai");
    let attributes = [
        ("xmlns", "http://www.openarchives.org/OAI/2.0/"),
        ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
        (
            "xsi:schemaLocation",
            "http://www.openarchives.org/OAI/2.0/ http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd",
        ),
    ];
    let document = xml::document("OAI-PMH", &attributes, |xml| {
        text(xml, "responseDate", &seconds(&clock::now()))?;
        let unread = matches!(told, Err(Problem::Verb | Problem::Argument));
        let asked = pairs.iter().filter(|_| !unread);
        let asked: Vec<_> = asked.map(|(name, value)| (&**name, &**value)).collect();
        text_with(xml, "request", &asked, &base)?;
        match told {
            Err(problem) => {
                xml.create_element("error")
                    .with_attributes([("code", problem.code())])
                    .write_empty()?;
                Ok(())
            }
            Ok(answer) => answer.write(visit, &base, xml),
        }
    })?;
    Ok(xml::answer("text/xml; charset=utf-8", document))
}

impl Answer {
    fn write(&self, visit: &Visit, base: &str, xml: &mut Xml) -> io::Result<()> {
        match self {
            Answer::Identify(earliest) => {
                xml.create_element("Identify").write_inner_content(|xml| {
                    text(xml, "repositoryName", &visit.say.site_name())?;
                    text(xml, "baseURL", base)?;
                    text(xml, "protocolVersion", "2.0")?;
                    text(xml, "adminEmail", &address(visit.contact()))?;
                    let earliest = earliest.as_ref().map(seconds);
                    let earliest = earliest.unwrap_or_else(|| seconds(&clock::now()));
                    text(xml, "earliestDatestamp", &earliest)?;
                    text(xml, "deletedRecord", "transient")?;
                    text(xml, "granularity", "YYYY-MM-DDThh:mm:ssZ")
                })?;
            }
            Answer::Formats => {
                xml.create_element("ListMetadataFormats")
                    .write_inner_content(|xml| {
                        for format in Format::ALL {
                            let (schema, space) = described(format);
                            xml.create_element("metadataFormat")
                                .write_inner_content(|xml| {
                                    text(xml, "metadataPrefix", format.prefix())?;
                                    text(xml, "schema", schema)?;
                                    text(xml, "metadataNamespace", space)
                                })?;
                        }
                        Ok(())
                    })?;
            }
            Answer::Sets(sets, token) => {
                xml.create_element("ListSets").write_inner_content(|xml| {
                    for (set, name) in sets {
                        xml.create_element("set").write_inner_content(|xml| {
                            text(xml, "setSpec", set)?;
                            text(xml, "setName", name)
                        })?;
                    }
                    resumption(xml, token.as_deref())
                })?;
            }
            Answer::Record(record, format) => {
                xml.create_element("GetRecord")
                    .write_inner_content(|xml| whole(xml, record, *format))?;
            }
            Answer::List {
                records,
                format,
                whole: bodies,
                token,
            } => {
                let verb = if *bodies {
                    "ListRecords"
                } else {
                    "ListIdentifiers"
                };
                xml.create_element(verb).write_inner_content(|xml| {
                    for record in records {
                        if *bodies {
                            whole(xml, record, *format)?;
                        } else {
                            head(xml, record)?;
                        }
                    }
                    resumption(xml, token.as_deref())
                })?;
            }
        }
        Ok(())
    }
}

/// The schema and the namespace.
fn described(format: Format) -> (&'static str, &'static str) {
    match format {
        Format::Dc => (
            "http://www.openarchives.org/OAI/2.0/oai_dc.xsd",
            "http://www.openarchives.org/OAI/2.0/oai_dc/",
        ),
        Format::Lom => (
            "http://ltsc.ieee.org/xsd/lomv1.0/lom.xsd",
            "http://ltsc.ieee.org/xsd/LOM",
        ),
    }
}

/// `a@b` of `Name <a@b>`.
fn address(from: &str) -> String {
    let bare = from
        .rsplit_once('<')
        .map(|(_, rest)| rest.trim_end_matches('>'));
    bare.unwrap_or(from).trim().to_owned()
}

/// An empty token is written: it ends a list that came in parts.
fn resumption(xml: &mut Xml, token: Option<&str>) -> io::Result<()> {
    match token {
        None => {}
        Some("") => {
            xml.create_element("resumptionToken").write_empty()?;
        }
        Some(token) => text(xml, "resumptionToken", token)?,
    }
    Ok(())
}

fn head(xml: &mut Xml, record: &Record) -> io::Result<()> {
    let deleted = [("status", "deleted")];
    let deleted = deleted.into_iter().filter(|_| record.deleted);
    xml.create_element("header")
        .with_attributes(deleted)
        .write_inner_content(|xml| {
            text(xml, "identifier", &record.identifier)?;
            text(xml, "datestamp", &seconds(&record.changed_at))?;
            for set in &record.sets {
                text(xml, "setSpec", set)?;
            }
            Ok(())
        })?;
    Ok(())
}

fn whole(xml: &mut Xml, record: &Record, format: Format) -> io::Result<()> {
    xml.create_element("record").write_inner_content(|xml| {
        head(xml, record)?;
        if record.deleted {
            return Ok(());
        }
        xml.create_element("metadata")
            .write_inner_content(|xml| match format {
                Format::Dc => record.dc(xml),
                Format::Lom => record.lom(xml),
            })?;
        Ok(())
    })?;
    Ok(())
}
