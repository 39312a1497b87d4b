//! A work as harvesters are told of it.

use std::io;

use crate::{
    scalar::{DateTime, Id},
    visit::Visit,
    word::ResourceKind,
    xml::{Xml, text, text_with},
};

/// What is told of a work.
#[derive(Clone, Debug)]
pub(super) struct Record {
    pub(super) identifier: String,
    pub(super) changed_at: DateTime,
    pub(super) sets: Vec<String>,
    /// Taken back by its authors.
    pub(super) deleted: bool,
    pub(super) kind: ResourceKind,
    pub(super) language: &'static str,
    pub(super) title: String,
    /// The language of the title.
    pub(super) title_language: &'static str,
    pub(super) summary: String,
    pub(super) authors: Vec<String>,
    pub(super) school: Option<String>,
    pub(super) subject: Option<String>,
    pub(super) grades: (i64, i64),
    pub(super) rights: String,
    pub(super) words: Vec<String>,
    /// Of the newest version.
    pub(super) number: i64,
    pub(super) shared_at: Option<DateTime>,
    pub(super) url: String,
}

/// Reads a record out of an operation's own type.
macro_rules! read_record {
    ($operation:ident, $visit:expr, $work:expr) => {{
        let work: $operation::Work = $work;
        let language = |code: &$crate::word::Language| {
            $crate::word::locale(code).map_or("mul", |locale| locale.tag())
        };
        let mut sets = Vec::new();
        if let Some(subject) = &work.subject {
            sets.push(format!("subject:{}", subject.code));
        }
        if let Some(network) = &work.network {
            sets.push(format!("network:{}", network.id));
        }
        let tag = language(&work.language);
        let path = format!(
            "/{}/bank/{}",
            if tag == "mul" { "kk" } else { tag },
            work.id
        );
        $crate::oai::record::Record {
            identifier: $crate::oai::record::identifier($visit, &work.id),
            changed_at: work.changed_at,
            sets,
            deleted: work.state != $crate::word::ResourceState::Shared,
            kind: work.kind,
            language: tag,
            title_language: language(&work.title.language),
            title: work.title.text,
            authors: work.authors.into_iter().map(|author| author.name).collect(),
            school: work.school.map(|school| school.name.text),
            subject: work.subject.map(|subject| subject.name.text),
            grades: (work.grade_from, work.grade_to),
            rights: work.licence.url.unwrap_or(work.licence.name),
            words: work.tags,
            number: work.newest.as_ref().map_or(0, |newest| newest.number),
            shared_at: work.newest.as_ref().map(|newest| newest.shared_at),
            summary: work
                .newest
                .map(|newest| newest.summary.text)
                .unwrap_or_default(),
            url: $visit.url(&path),
        }
    }};
}

pub(super) use read_record;

/// The name of a record, the same for ever while the installation keeps its address.
pub(super) fn identifier(visit: &Visit, id: &Id) -> String {
    let base = visit.url("");
    let host = base.split_once("://").map_or(&*base, |(_, host)| host);
    let host = host.split(':').next().unwrap_or_default();
    format!("oai:{host}:{id}")
}

impl Record {
    /// Dublin Core.
    pub(super) fn dc(&self, xml: &mut Xml) -> io::Result<()> {
        let attributes = [
            (
                "xmlns:oai_dc",
                "http://www.openarchives.org/OAI/2.0/oai_dc/",
            ),
            ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
            ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
            (
                "xsi:schemaLocation",
                "http://www.openarchives.org/OAI/2.0/oai_dc/ http://www.openarchives.org/OAI/2.0/oai_dc.xsd",
            ),
        ];
        xml.create_element("oai_dc:dc")
            .with_attributes(attributes)
            .write_inner_content(|xml| {
                let title = [("xml:lang", self.title_language)];
                text_with(xml, "dc:title", &title, &self.title)?;
                for author in &self.authors {
                    text(xml, "dc:creator", author)?;
                }
                for subject in self.subject.iter().chain(&self.words) {
                    text(xml, "dc:subject", subject)?;
                }
                text(xml, "dc:description", &self.summary)?;
                text(
                    xml,
                    "dc:publisher",
                    self.school.as_deref().unwrap_or_default(),
                )?;
                text(xml, "dc:date", &self.day())?;
                text(xml, "dc:type", self.sort())?;
                text(xml, "dc:format", "text/html")?;
                text(xml, "dc:identifier", &self.url)?;
                text(xml, "dc:language", self.language)?;
                text(xml, "dc:rights", &self.rights)
            })?;
        Ok(())
    }

    /// IEEE Learning Object Metadata, in the order of its schema.
    pub(super) fn lom(&self, xml: &mut Xml) -> io::Result<()> {
        let attributes = [
            ("xmlns", "http://ltsc.ieee.org/xsd/LOM"),
            ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
            (
                "xsi:schemaLocation",
                "http://ltsc.ieee.org/xsd/LOM http://ltsc.ieee.org/xsd/lomv1.0/lom.xsd",
            ),
        ];
        xml.create_element("lom")
            .with_attributes(attributes)
            .write_inner_content(|xml| {
                inside(xml, "general", |xml| self.general(xml))?;
                inside(xml, "lifeCycle", |xml| self.life(xml))?;
                inside(xml, "technical", |xml| {
                    text(xml, "format", "text/html")?;
                    text(xml, "location", &self.url)
                })?;
                inside(xml, "educational", |xml| {
                    inside(xml, "learningResourceType", |xml| {
                        text(xml, "source", "LOMv1.0")?;
                        text(xml, "value", self.learning())
                    })?;
                    inside(xml, "typicalAgeRange", |xml| {
                        // Six in the first grade.
                        let (from, to) = self.grades;
                        text(xml, "string", &format!("{}-{}", from + 6, to + 6))
                    })?;
                    text(xml, "language", self.language)
                })?;
                inside(xml, "rights", |xml| {
                    inside(xml, "copyrightAndOtherRestrictions", |xml| {
                        text(xml, "source", "LOMv1.0")?;
                        text(xml, "value", "yes")
                    })?;
                    inside(xml, "description", |xml| text(xml, "string", &self.rights))
                })
            })?;
        Ok(())
    }

    fn general(&self, xml: &mut Xml) -> io::Result<()> {
        inside(xml, "identifier", |xml| {
            text(xml, "catalog", "URI")?;
            text(xml, "entry", &self.url)
        })?;
        let worded = |xml: &mut Xml, name: &str, language: &str, value: &str| {
            if value.is_empty() {
                return Ok(());
            }
            inside(xml, name, |xml| {
                text_with(xml, "string", &[("language", language)], value)
            })
        };
        worded(xml, "title", self.title_language, &self.title)?;
        text(xml, "language", self.language)?;
        worded(xml, "description", self.language, &self.summary)?;
        for word in self.subject.iter().chain(&self.words) {
            inside(xml, "keyword", |xml| text(xml, "string", word))?;
        }
        Ok(())
    }

    fn life(&self, xml: &mut Xml) -> io::Result<()> {
        inside(xml, "version", |xml| {
            text(xml, "string", &self.number.to_string())
        })?;
        inside(xml, "contribute", |xml| {
            inside(xml, "role", |xml| {
                text(xml, "source", "LOMv1.0")?;
                text(xml, "value", "author")
            })?;
            for author in &self.authors {
                let name = author.replace(['\\', ';', ',', '\r', '\n'], " ");
                let card = format!("BEGIN:VCARD\nVERSION:3.0\nFN:{name}\nN:{name};;;;\nEND:VCARD");
                text(xml, "entity", &card)?;
            }
            inside(xml, "date", |xml| text(xml, "dateTime", &self.day()))
        })
    }

    fn day(&self) -> String {
        let at = self.shared_at.unwrap_or(self.changed_at);
        at.date_naive().to_string()
    }

    /// What sort of work it is, in words of the DCMI types where they have one.
    fn sort(&self) -> &'static str {
        match self.kind {
            ResourceKind::Video => "MovingImage",
            ResourceKind::Slides => "InteractiveResource",
            _ => "Text",
        }
    }

    /// In words of LOM.
    fn learning(&self) -> &'static str {
        match self.kind {
            ResourceKind::Worksheet => "exercise",
            ResourceKind::Slides => "slide",
            ResourceKind::Assessment => "exam",
            ResourceKind::Video => "lecture",
            _ => "narrative text",
        }
    }
}

fn inside(
    xml: &mut Xml,
    name: &str,
    inside: impl FnOnce(&mut Xml) -> io::Result<()>,
) -> io::Result<()> {
    xml.create_element(name).write_inner_content(inside)?;
    Ok(())
}
