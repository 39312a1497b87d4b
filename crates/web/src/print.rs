//! A text on paper: a tagged PDF on A4, with outline, page numbers and its fonts inside.
//!
//! What is said comes in as [`Block`]s; [`lines`] breaks it into lines, [`sheet`] lays the lines on pages, [`tree`] tells
//! what they are to those who listen. Lines are ragged: there is no hyphenation for Kazakh, and justified lines without
//! it have holes. The fonts carry Latin and Cyrillic with all letters of Kazakh; a sign that they lack is a box on paper
//! and itself when copied.

mod lines;
mod sheet;
mod tree;

use axum::{
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use i18n::Locale;
use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;

use crate::fault::Fault;

/// Setting a long report takes a processor for a moment: this many at a time, the others wait for their turn.
static PRESS: Semaphore = Semaphore::const_new(2);

/// What is to be set.
#[derive(Debug)]
pub(crate) struct Paper {
    /// In which language it is.
    pub(crate) say: Locale,
    /// What it is called.
    pub(crate) title: String,
    /// Who wrote it.
    pub(crate) authors: Vec<String>,
    /// What stands on it, title block included.
    pub(crate) blocks: Vec<Block>,
}

/// A part of a text. None is empty.
#[derive(Debug)]
pub(crate) enum Block {
    /// What it is, above its title.
    Kicker(String),
    /// Its title.
    Title(String),
    /// Its first words, larger.
    Lede(String),
    /// The heading of what follows; the outline leads there.
    Heading(String),
    /// What somebody wrote: lines are paragraphs, those that begin with a dash or a dot are points of a list.
    Prose(String),
    /// Points.
    List(Vec<String>),
    /// What, and what about it: two columns.
    Facts(Vec<(String, String)>),
    /// A head, and rows as long as it.
    Table(Vec<String>, Vec<Vec<String>>),
}

impl Paper {
    /// The answer to who asks for it under this file name. What they have already is not set again.
    pub(crate) async fn answer(self, seen: &HeaderMap, name: &str) -> Result<Response, Fault> {
        let tag = self.tag()?;
        let known = seen.get(header::IF_NONE_MATCH);
        let mut response = if known == Some(&tag) {
            StatusCode::NOT_MODIFIED.into_response()
        } else {
            let _turn = PRESS.acquire().await.map_err(Fault::internal)?;
            let set = move || sheet::set(&self).map_err(|jam| jam.to_string());
            let set = tokio::task::spawn_blocking(set).await;
            let bytes = set.map_err(Fault::internal)?.map_err(Fault::internal)?;
            let said = [
                (header::CONTENT_TYPE, "application/pdf".to_owned()),
                (
                    header::CONTENT_DISPOSITION,
                    format!("inline; filename=\"{name}\""),
                ),
            ];
            (said, bytes).into_response()
        };
        response.headers_mut().insert(header::ETAG, tag);
        Ok(response)
    }

    /// A name for what stands on it and how this program sets it.
    fn tag(&self) -> Result<HeaderValue, Fault> {
        let mut digest = Sha256::new();
        digest.update(env!("CARGO_PKG_VERSION"));
        digest.update(format!("{self:?}"));
        let digest: Vec<u8> = digest.finalize().iter().take(12).copied().collect();
        let tag = format!("W/\"{}\"", URL_SAFE_NO_PAD.encode(digest));
        HeaderValue::from_str(&tag).map_err(Fault::internal)
    }
}
