//! A form that takes a file: its other inputs stand before the file, so that it is not read before they are checked.

use axum::extract::{Multipart, multipart::Field};

use crate::fault::Fault;

/// The longest that an input beside the file may be, in bytes.
const LONGEST: usize = 4096;

/// What comes next in such a form.
pub(crate) enum Part<'a> {
    /// An input: its name, and what was typed or chosen.
    Input((String, String)),
    /// The file, if one was chosen.
    File(Box<Field<'a>>),
    /// Nothing more.
    End,
}

/// Reads on to the next input, or to the file.
pub(crate) async fn part(sent: &mut Multipart) -> Result<Part<'_>, Fault> {
    match sent.next_field().await.map_err(|_| Fault::Form)? {
        Some(field) if field.file_name().is_some_and(|name| !name.is_empty()) => {
            Ok(Part::File(Box::new(field)))
        }
        Some(field) => Ok(Part::Input(input(field).await?)),
        None => Ok(Part::End),
    }
}

async fn input(mut field: Field<'_>) -> Result<(String, String), Fault> {
    let name = field.name().unwrap_or_default().to_owned();
    let mut value = Vec::new();
    while let Some(bytes) = field.chunk().await.map_err(|_| Fault::Form)? {
        value.extend_from_slice(&bytes);
        if value.len() > LONGEST {
            return Err(Fault::Form);
        }
    }
    let value = String::from_utf8(value).map_err(|_| Fault::Form)?;
    Ok((name, value))
}
