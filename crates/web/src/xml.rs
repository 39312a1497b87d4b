//! Documents for other programs: XML, written by a writer that escapes.

use std::io;

use axum::{
    http::header,
    response::{IntoResponse, Response},
};
use quick_xml::{
    Writer,
    events::{BytesDecl, BytesText, Event},
};

use crate::fault::Fault;

/// Where a document is written to.
pub(crate) type Xml = Writer<Vec<u8>>;

/// An element with a text in it; nothing for an empty one. Letters that XML has no way to say are left out.
pub(crate) fn text(xml: &mut Xml, name: &str, value: &str) -> io::Result<()> {
    text_with(xml, name, &[], value)
}

/// The same with attributes.
pub(crate) fn text_with(
    xml: &mut Xml,
    name: &str,
    attributes: &[(&str, &str)],
    value: &str,
) -> io::Result<()> {
    if value.is_empty() {
        return Ok(());
    }
    let value: String = value.chars().filter(|c| sayable(*c)).collect();
    let attributes = attributes.iter().copied();
    xml.create_element(name)
        .with_attributes(attributes)
        .write_text_content(BytesText::new(&value))?;
    Ok(())
}

fn sayable(letter: char) -> bool {
    matches!(letter, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

/// A whole document: its root with its attributes and what is in it.
pub(crate) fn document(
    root: &str,
    attributes: &[(&str, &str)],
    inside: impl FnOnce(&mut Xml) -> io::Result<()>,
) -> Result<Vec<u8>, Fault> {
    let mut xml = Writer::new(Vec::new());
    let write = |xml: &mut Xml| {
        xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        let attributes = attributes.iter().copied();
        xml.create_element(root)
            .with_attributes(attributes)
            .write_inner_content(inside)?;
        io::Result::Ok(())
    };
    write(&mut xml).map_err(Fault::internal)?;
    Ok(xml.into_inner())
}

/// As an answer of this type.
pub(crate) fn answer(kind: &'static str, document: Vec<u8>) -> Response {
    ([(header::CONTENT_TYPE, kind)], document).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_type_stays_text() {
        let document = document("a", &[("b", "\"<&")], |xml| {
            text(xml, "c", "<script>&\u{1}\u{FFFE}Сәлем</script>")?;
            text(xml, "d", "")
        });
        let document = String::from_utf8(document.unwrap()).unwrap();
        assert_eq!(
            document,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><a b=\"&quot;&lt;&amp;\"><c>&lt;script&gt;&amp;Сәлем&lt;/script&gt;</c></a>"
        );
    }
}
