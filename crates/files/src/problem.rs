//! What keeps a file from coming or going, as a status and a sentence.

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use domain::error::{Error, Refusal};
use domain::file::commands::NoRoom;
use domain::text::Language;
use i18n::Locale;

/// What keeps a file from coming or going.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// The client speaks another version of the protocol.
    #[error("another version of the protocol")]
    Version,
    /// A header is missing or makes no sense.
    #[error("the header {0}")]
    Header(&'static str),
    /// The bytes are not sent as the protocol says.
    #[error("the content type")]
    ContentType,
    /// The method does nothing here.
    #[error("the method")]
    Method,
    /// There is none that the viewer may know of.
    #[error("not found")]
    Missing,
    /// Only for people who are signed in.
    #[error("sign in")]
    SignIn,
    /// The viewer may not.
    #[error("not permitted")]
    Forbidden,
    /// The bytes do not begin where those that are safe end; or the file is finished.
    #[error("another offset")]
    Offset,
    /// Larger than any file may be, or than was announced.
    #[error("too large")]
    Large,
    /// The person has no room left.
    #[error("no room left")]
    Full,
    /// The person has too many unfinished uploads.
    #[error("too many uploads")]
    Many,
    /// The bytes came in too many pieces.
    #[error("too many pieces")]
    Pieces,
    /// The bytes are not those that were sent.
    #[error("the checksum differs")]
    Checksum,
    /// A picture that can't be read.
    #[error("the picture can't be read")]
    PictureBroken,
    /// A picture with too many pixels.
    #[error("the picture is too large")]
    PictureLarge,
    /// A kind of picture that can't be freed from what it hides.
    #[error("another kind of picture")]
    PictureKind,
    /// The database, the store or this node can't do it now.
    #[error("away")]
    Away,
    /// Ours.
    #[error("fault: {0}")]
    Fault(String),
}

/// The status of tus for bytes that do not match their checksum.
const CHECKSUM_MISMATCH: u16 = 460;

impl Problem {
    fn status(&self) -> StatusCode {
        match self {
            Self::Version => StatusCode::PRECONDITION_FAILED,
            Self::Header(_) => StatusCode::BAD_REQUEST,
            Self::ContentType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::Missing => StatusCode::NOT_FOUND,
            Self::SignIn => StatusCode::UNAUTHORIZED,
            Self::Forbidden => StatusCode::FORBIDDEN,
            Self::Offset => StatusCode::CONFLICT,
            Self::Large | Self::Full => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Many => StatusCode::TOO_MANY_REQUESTS,
            Self::Checksum => {
                StatusCode::from_u16(CHECKSUM_MISMATCH).unwrap_or(StatusCode::BAD_REQUEST)
            }
            Self::Pieces | Self::PictureBroken | Self::PictureLarge | Self::PictureKind => {
                StatusCode::UNPROCESSABLE_ENTITY
            }
            Self::Away => StatusCode::SERVICE_UNAVAILABLE,
            Self::Fault(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// Whether the bytes themselves are at fault, so that sending them again helps nobody.
    pub(crate) fn is_of_the_bytes(&self) -> bool {
        matches!(
            self,
            Self::PictureBroken | Self::PictureLarge | Self::PictureKind
        )
    }

    fn sentence(&self, locale: Locale) -> String {
        match self {
            Self::Version => locale.file_version(),
            Self::Header(name) => locale.file_header(*name),
            Self::ContentType => locale.file_content_type(),
            Self::Method => locale.file_method(),
            Self::Missing => locale.refusal_not_found(),
            Self::SignIn => locale.refusal_sign_in_required(),
            Self::Forbidden => locale.refusal_not_permitted(),
            Self::Offset => locale.file_offset(),
            Self::Large => locale.file_large(),
            Self::Full => locale.file_full(),
            Self::Many => locale.file_many(),
            Self::Pieces => locale.file_pieces(),
            Self::Checksum => locale.file_checksum(),
            Self::PictureBroken => locale.file_picture_broken(),
            Self::PictureLarge => locale.file_picture_large(),
            Self::PictureKind => locale.file_picture_kind(),
            Self::Away | Self::Fault(_) => locale.file_away(),
        }
    }

    /// A sentence for a reader of `language`; what is ours to mend is logged.
    pub fn told(&self, language: Language) -> String {
        match self {
            Self::Fault(fault) => tracing::error!(%fault, "fault"),
            Self::Away => tracing::warn!("a file could neither come nor go"),
            _ => {}
        }
        self.sentence(match language {
            Language::Kk => Locale::Kk,
            Language::Ru => Locale::Ru,
            Language::En => Locale::En,
        })
    }

    /// The answer, with a sentence for a reader of `language`.
    pub(crate) fn answer(&self, language: Language) -> Response {
        let mut response = Response::new(Body::from(self.told(language)));
        *response.status_mut() = self.status();
        if matches!(self, Self::Large | Self::Full | Self::ContentType) {
            // What was sent is not read to its end, so nothing else can follow on this connection.
            let close = HeaderValue::from_static("close");
            response.headers_mut().insert(header::CONNECTION, close);
        }
        let headers = response.headers_mut();
        let text = HeaderValue::from_static("text/plain; charset=utf-8");
        headers.insert(header::CONTENT_TYPE, text);
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        response
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::Refused(missteps) => match missteps.into_iter().next().map(|it| it.refusal) {
                Some(Refusal::NotFound) => Self::Missing,
                Some(Refusal::SignInRequired) => Self::SignIn,
                Some(Refusal::Conflict | Refusal::WrongState { .. }) => Self::Offset,
                Some(Refusal::TooMany { .. }) => Self::Pieces,
                _ => Self::Forbidden,
            },
            // Two sent the same bytes at once.
            Error::Duplicate(_) => Self::Offset,
            Error::Away(away) => {
                tracing::warn!(%away, "the database is away");
                Self::Away
            }
            Error::Fault(fault) => Self::Fault(fault),
        }
    }
}

impl From<NoRoom> for Problem {
    fn from(room: NoRoom) -> Self {
        match room {
            NoRoom::Large => Self::Large,
            NoRoom::Full => Self::Full,
            NoRoom::Many => Self::Many,
        }
    }
}

impl From<object_store::Error> for Problem {
    fn from(error: object_store::Error) -> Self {
        match error {
            object_store::Error::NotFound { .. } => Self::Missing,
            error => {
                tracing::warn!(%error, "the store");
                Self::Away
            }
        }
    }
}

impl From<std::io::Error> for Problem {
    fn from(error: std::io::Error) -> Self {
        tracing::warn!(%error, "reading or writing");
        Self::Away
    }
}
