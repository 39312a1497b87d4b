//! The rows of a CSV file, one at a time.

use std::collections::HashMap;
use std::io::Read;

use csv::{ByteRecord, StringRecord};

use super::Code;
use super::mapping::NameColumns;
use super::report::{Failure, Rejected};
use crate::text::Localized;

/// A file with a header.
pub(super) struct Rows<R> {
    reader: csv::Reader<R>,
    columns: HashMap<String, usize>,
}

/// A row, with the names of its columns.
pub(super) struct Row<'a> {
    columns: &'a HashMap<String, usize>,
    record: StringRecord,
    /// The line on which it begins.
    pub(super) line: u64,
}

impl<R: Read> Rows<R> {
    /// Opens a file that must have these columns.
    pub(super) fn new(input: R, needed: &[&String]) -> Result<Self, Failure> {
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(input);
        let header = reader.byte_headers()?;
        let columns: HashMap<String, usize> = header
            .iter()
            .enumerate()
            .map(|(at, name)| (String::from_utf8_lossy(name).trim().to_owned(), at))
            .collect();
        match needed.iter().find(|name| !columns.contains_key(**name)) {
            Some(missing) => Err(Failure::Column((*missing).clone())),
            None => Ok(Self { reader, columns }),
        }
    }

    /// The next row, or why it can't be taken.
    pub(super) fn next(&mut self) -> Option<Result<Result<Row<'_>, Rejected>, Failure>> {
        let mut record = ByteRecord::new();
        match self.reader.read_byte_record(&mut record) {
            Ok(false) => return None,
            Ok(true) => {}
            Err(error) => return Some(Err(error.into())),
        }
        let line = record.position().map_or(0, csv::Position::line);
        let width = self.reader.byte_headers().map_or(0, ByteRecord::len);
        if record.len() != width {
            let detail = format!("{} of {width}", record.len());
            return Some(Ok(Err(Rejected::new(line, Code::Columns, detail))));
        }
        Some(Ok(match StringRecord::from_byte_record(record) {
            Ok(record) => Ok(Row {
                columns: &self.columns,
                record,
                line,
            }),
            Err(_) => Err(Rejected::new(line, Code::Encoding, "")),
        }))
    }

    /// How many bytes were read.
    pub(super) fn byte(&self) -> u64 {
        self.reader.position().byte()
    }
}

impl Row<'_> {
    /// What the row says in a column, if anything.
    pub(super) fn get(&self, column: &str) -> Option<&str> {
        let at = self.columns.get(column)?;
        self.record
            .get(*at)
            .map(str::trim)
            .filter(|text| !text.is_empty())
    }

    /// The same of several columns.
    pub(super) fn joined(&self, columns: &[String]) -> Option<String> {
        let texts: Vec<&str> = columns.iter().filter_map(|name| self.get(name)).collect();
        (!texts.is_empty()).then(|| texts.join(", "))
    }

    /// A name of at least one language.
    pub(super) fn name(&self, columns: &NameColumns) -> Result<Localized, Rejected> {
        let text = |column: &Option<String>| {
            let column = column.as_deref()?;
            self.get(column).map(str::to_owned)
        };
        let name = Localized {
            kk: text(&columns.kk),
            ru: text(&columns.ru),
            en: text(&columns.en),
        };
        name.checked(300).map_err(|refusal| {
            let all: Vec<&str> = columns.columns().map(String::as_str).collect();
            Rejected::text(self.line, &refusal, all.join(", "))
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_broken_row_stops_nothing() {
        let file = b"id,name\n1,a\n2\n3,\xff\n4,\"b\nc\"\n5,d,e\n6, f \n";
        let mut rows = Rows::new(&file[..], &[]).unwrap();
        let mut seen = Vec::new();
        while let Some(row) = rows.next() {
            seen.push(match row.unwrap() {
                Ok(row) => (row.line, row.get("name").unwrap().to_owned()),
                Err(rejected) => (rejected.line, format!("{:?}", rejected.code)),
            });
        }
        let expected = [
            (2, "a"),
            (3, "Columns"),
            (4, "Encoding"),
            (5, "b\nc"),
            (7, "Columns"),
            (8, "f"),
        ];
        assert_eq!(seen, expected.map(|(line, text)| (line, text.to_owned())));
    }

    #[test]
    fn a_missing_column_is_told_first() {
        let needed = "roll".to_owned();
        let missing = Rows::new(&b"id,name\n1,a\n"[..], &[&needed]);
        assert!(matches!(missing, Err(Failure::Column(name)) if name == "roll"));
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            if let Ok(mut rows) = Rows::new(&bytes[..], &[]) {
                while let Some(Ok(row)) = rows.next() {
                    if let Ok(row) = row {
                        let _ = row.get("a");
                    }
                }
            }
        }
    }
}
