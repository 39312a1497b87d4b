//! What bytes are, found out from the bytes. A name says nothing: `photo.png` may be a page with a script.

/// How much of the beginning decides.
pub(crate) const HEAD: usize = 8192;

/// The type of what nothing is known of.
const UNKNOWN: &str = "application/octet-stream";

/// The media type of bytes that begin so.
pub(crate) fn media_type(head: &[u8]) -> &'static str {
    let head = head.get(..HEAD).unwrap_or(head);
    if let Some(markup) = markup(head) {
        return markup;
    }
    match infer::get(head) {
        Some(known) => known.mime_type(),
        None if is_text(head) => "text/plain",
        None => UNKNOWN,
    }
}

/// Markup that a browser might run, wherever in the beginning it starts: sniffers pass over spaces, comments and the
/// mark of the byte order.
fn markup(head: &[u8]) -> Option<&'static str> {
    let text = String::from_utf8_lossy(head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head));
    let begin = text.trim_start().to_ascii_lowercase();
    if !begin.starts_with('<') {
        return None;
    }
    if begin.contains("<svg") {
        Some("image/svg+xml")
    } else if begin.starts_with("<?xml") && !begin.contains("<html") {
        Some("text/xml")
    } else {
        Some("text/html")
    }
}

/// Whether it reads as text: UTF-8, cut off perhaps in the middle of a character, without control characters.
fn is_text(head: &[u8]) -> bool {
    let text = match std::str::from_utf8(head) {
        Ok(text) => text,
        Err(error) if error.error_len().is_none() => {
            let whole = head.get(..error.valid_up_to()).unwrap_or_default();
            std::str::from_utf8(whole).unwrap_or_default()
        }
        Err(_) => return false,
    };
    !text.is_empty()
        && !text
            .chars()
            .any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{c}'))
}

/// Whether it is a picture that is kept without what it hides: place, camera, thumbnail.
pub(crate) fn is_cleaned(media_type: &str) -> bool {
    matches!(
        media_type,
        "image/jpeg" | "image/png" | "image/gif" | "image/webp"
    )
}

/// Whether it is a picture that may hide a place we can't take out.
pub(crate) fn is_refused(media_type: &str) -> bool {
    media_type.starts_with("image/")
        && !is_cleaned(media_type)
        && !matches!(
            media_type,
            "image/svg+xml" | "image/vnd.djvu" | "image/vnd.dwg"
        )
}

/// How a file is served: its content type, and whether a browser may show it in place.
pub(crate) fn served(media_type: &str) -> (&str, bool) {
    match media_type {
        "image/jpeg" | "image/png" | "image/gif" | "image/webp" | "application/pdf"
        | "video/mp4" | "video/webm" | "audio/mpeg" | "audio/ogg" => (media_type, true),
        "text/plain" => ("text/plain; charset=utf-8", false),
        "application/zip" | "application/epub+zip" | "application/msword" => (media_type, false),
        office if office.starts_with("application/vnd.o") => (office, false),
        video if video.starts_with("video/") || video.starts_with("audio/") => (video, false),
        // Markup, programs and the unknown.
        _ => (UNKNOWN, false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_tell() {
        for (bytes, expected) in [
            (&b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..], "image/png"),
            (b"%PDF-1.7\n", "application/pdf"),
            (b"<!DOCTYPE html><script>alert(1)</script>", "text/html"),
            (
                b"\xEF\xBB\xBF \n<!-- x --><svg onload=alert(1)>",
                "image/svg+xml",
            ),
            (b"<?xml version=\"1.0\"?><a/>", "text/xml"),
            (b"<script>alert(1)</script>", "text/html"),
            ("# Сабақ жоспары\n".as_bytes(), "text/plain"),
            (b"PK\x03\x04\x14\0\0\0\x08\0abcdefgh", "application/zip"),
            (
                b"MZ\x90\0\x03",
                "application/vnd.microsoft.portable-executable",
            ),
            (b"\0\x01\x02", UNKNOWN),
            (b"", UNKNOWN),
        ] {
            assert_eq!(
                media_type(bytes),
                expected,
                "{}",
                String::from_utf8_lossy(bytes)
            );
        }
    }

    #[test]
    fn text_cut_in_a_character_is_text() {
        let text = "ә".repeat(HEAD);
        assert_eq!(media_type(&text.as_bytes()[..HEAD - 1]), "text/plain");
    }

    #[test]
    fn nothing_that_runs_is_shown_in_place() {
        for markup in [
            "text/html",
            "image/svg+xml",
            "text/xml",
            "application/wasm",
            "text/x-shellscript",
        ] {
            assert_eq!(served(markup), (UNKNOWN, false), "{markup}");
        }
        assert!(
            !served("application/vnd.openxmlformats-officedocument.wordprocessingml.document").1
        );
        assert!(served("image/png").1);
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..500)) {
            let _ = served(media_type(&bytes));
        }
    }
}
