//! Short links: they open one file, for a short time, to whoever has them, as long as the person they were handed to may
//! see it. For players and pictures that can't carry a session.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

use super::{File, View};
use crate::clock::Timestamp;
use crate::error::Result;
use crate::id::Id;
use crate::person::Person;
use crate::secret::Secret;

/// Links end on a multiple of this many seconds, so that the same file has the same link for a while and is cached.
const WINDOW: i64 = 30 * 60;

/// Where a file is: for those who may see it, with their session.
pub fn path(file: &File, view: View) -> String {
    let name = encoded(&file.name);
    match view {
        View::Whole => format!("/files/{}/{name}", file.id),
        _ => format!("/files/{}/{}/{name}", file.id, view.name()),
    }
}

/// The same with what opens it to whoever comes in the name of `person`, or of a guest, for 30 to 60 minutes.
pub fn signed(
    secret: &Secret,
    file: &File,
    view: View,
    person: Option<Id<Person>>,
    now: Timestamp,
) -> Result<String> {
    let until = (now.timestamp() / WINDOW + 2) * WINDOW;
    let signature = secret.digest(&message(file.id, view, person, until))?;
    let signature = URL_SAFE_NO_PAD.encode(signature);
    let person = person.map_or_else(String::new, |person| format!("for={person}&"));
    Ok(format!(
        "{}?{person}until={until}&signature={signature}",
        path(file, view)
    ))
}

/// Whether a link with this end and signature was made for this view of the file and this person. What they may see
/// is another question, and is asked again each time.
pub fn opens(
    secret: &Secret,
    (id, view): (Id<File>, View),
    person: Option<Id<Person>>,
    until: i64,
    signature: &str,
    now: Timestamp,
) -> Result<bool> {
    let Ok(signature) = URL_SAFE_NO_PAD.decode(signature) else {
        return Ok(false);
    };
    Ok(now.timestamp() < until && secret.made(&message(id, view, person, until), &signature)?)
}

fn message(id: Id<File>, view: View, person: Option<Id<Person>>, until: i64) -> String {
    let person = person.map_or_else(|| "guest".to_owned(), |person| person.to_string());
    format!("file {id} {} {person} {until}", view.name())
}

/// A name as one step of a path: whatever is not plain is escaped.
fn encoded(name: &str) -> String {
    let mut encoded = String::with_capacity(name.len());
    for byte in name.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                encoded.push(char::from(byte));
            }
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

impl View {
    /// As it stands in a path.
    pub fn name(self) -> &'static str {
        match self {
            Self::Whole => "whole",
            Self::Preview => "preview",
            Self::Thumbnail => "thumbnail",
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Duration};
    use sea_orm::Iterable;

    use super::*;

    fn file() -> File {
        File {
            id: Id::fresh(),
            hash: vec![1; 32],
            size: 1,
            media_type: "image/png".to_owned(),
            name: "Сабақ жоспары/№1.png".to_owned(),
            pictured: true,
            uploader_id: Id::fresh(),
            study_id: None,
            created_at: DateTime::UNIX_EPOCH,
        }
    }

    fn parts(link: &str) -> (i64, String) {
        let (_, query) = link.split_once("until=").unwrap();
        let (until, signature) = query.split_once("&signature=").unwrap();
        (until.parse().unwrap(), signature.to_owned())
    }

    #[test]
    fn a_link_opens_one_view_of_one_file_to_one_person_for_an_hour_at_most() {
        let (secret, now) = (
            Secret::new([7; 32]),
            DateTime::UNIX_EPOCH + Duration::hours(9),
        );
        let (mine, other) = (file(), file());
        let (me, somebody) = (Some(Id::fresh()), Some(Id::fresh()));
        for view in View::iter() {
            let link = signed(&secret, &mine, view, me, now).unwrap();
            assert!(link.is_ascii() && !link.contains("//"), "{link}");
            let (until, signature) = parts(&link);
            let opens = |id, view, person, until, signature: &str, at| {
                opens(&secret, (id, view), person, until, signature, at).unwrap()
            };
            let later = |minutes| now + Duration::minutes(minutes);
            assert!(opens(mine.id, view, me, until, &signature, now));
            assert!(opens(mine.id, view, me, until, &signature, later(29)));
            assert!(!opens(mine.id, view, me, until, &signature, later(61)));
            assert!(!opens(other.id, view, me, until, &signature, now));
            assert!(!opens(mine.id, view, somebody, until, &signature, now));
            assert!(!opens(mine.id, view, None, until, &signature, now));
            assert!(!opens(mine.id, view, me, until + 1, &signature, now));
            for elsewhere in View::iter().filter(|it| *it != view) {
                assert!(!opens(mine.id, elsewhere, me, until, &signature, now));
            }
            for bad in ["", "!", "AAAA", &signature[1..]] {
                assert!(!opens(mine.id, view, me, until, bad, now));
            }
            let (until, signature) = parts(&signed(&secret, &mine, view, None, now).unwrap());
            assert!(opens(mine.id, view, None, until, &signature, now));
            assert!(!opens(mine.id, view, me, until, &signature, now));
        }
    }

    #[test]
    fn a_link_stays_the_same_for_a_while() {
        let (secret, mine) = (Secret::new([7; 32]), file());
        let at = |minutes| {
            let now = DateTime::UNIX_EPOCH + Duration::minutes(minutes);
            signed(&secret, &mine, View::Whole, None, now).unwrap()
        };
        assert_eq!(at(0), at(29));
        assert_ne!(at(29), at(30));
    }
}
