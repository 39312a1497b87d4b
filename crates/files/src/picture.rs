//! Pictures: what of a picture is kept, and what is shown of a picture or of the first page of a PDF.
//!
//! Decoders read what strangers send. They run in a process of their own, the same program with the command `picture`,
//! with limits on memory and time: one that hangs, crashes or is hungry takes nobody along.

mod draw;

use std::io::{self, Read, Write};
use std::process::{ExitCode, Stdio};
use std::time::Duration;

use bytes::Bytes;
use futures_util::StreamExt;
use futures_util::stream::BoxStream;
use nix::sys::resource::{Resource, setrlimit};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::process::Command;
use tokio::sync::Semaphore;

use crate::problem::Problem;

/// The largest picture or PDF that is looked at, in bytes.
pub(crate) const LARGEST: u64 = 64 << 20;

/// How many are drawn at once on a node.
const SEATS: usize = 2;

/// Longest that one may take, and the processor's time it may use, in seconds.
const PATIENCE: u64 = 30;

/// The most memory it may ask for, in bytes.
const MEMORY: u64 = 2 << 30;

/// The most bytes it may answer.
const ANSWER: u64 = 192 << 20;

/// How the process ends when the picture has too many pixels, and when it can't be read.
const TOO_LARGE: u8 = 3;
const UNREADABLE: u8 = 4;

/// What is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// A picture.
    Image,
    /// The first page of a PDF.
    Page,
}

/// What was drawn: files of pictures.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Drawn {
    /// The picture itself, without what it hid; nothing of a page.
    pub(crate) whole: Vec<u8>,
    /// A JPEG, 1,280 pixels at most.
    pub(crate) preview: Vec<u8>,
    /// A JPEG, 320 pixels at most.
    pub(crate) thumbnail: Vec<u8>,
}

/// Why nothing was drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Undrawn {
    /// Too many pixels.
    Large,
    /// It can't be read.
    Broken,
}

impl From<Undrawn> for Problem {
    fn from(undrawn: Undrawn) -> Self {
        match undrawn {
            Undrawn::Large => Self::PictureLarge,
            Undrawn::Broken => Self::PictureBroken,
        }
    }
}

/// Where pictures are drawn, a few at a time.
#[derive(Debug)]
pub(crate) struct Easel {
    seats: Semaphore,
}

impl Default for Easel {
    fn default() -> Self {
        Self {
            seats: Semaphore::new(SEATS),
        }
    }
}

impl Easel {
    /// Draws what `bytes` yields; waits for a seat.
    pub(crate) async fn draw(
        &self,
        subject: Subject,
        bytes: BoxStream<'_, io::Result<Bytes>>,
    ) -> Result<Result<Drawn, Undrawn>, Problem> {
        let seat = self.seats.acquire().await;
        let _seat = seat.map_err(|closed| Problem::Fault(closed.to_string()))?;
        let drawing = drawing(subject, bytes);
        match tokio::time::timeout(Duration::from_secs(PATIENCE), drawing).await {
            Ok(drawn) => drawn,
            Err(_) => Ok(Err(Undrawn::Broken)),
        }
    }
}

async fn drawing(
    subject: Subject,
    mut bytes: BoxStream<'_, io::Result<Bytes>>,
) -> Result<Result<Drawn, Undrawn>, Problem> {
    let mut process = Command::new(std::env::current_exe()?)
        .args(["picture", subject.name()])
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()?;
    let (Some(mut input), Some(output)) = (process.stdin.take(), process.stdout.take()) else {
        return Err(Problem::Fault("a process without pipes".to_owned()));
    };
    while let Some(some) = bytes.next().await {
        // One that has seen enough reads no further.
        if input.write_all(&some?).await.is_err() {
            break;
        }
    }
    drop(input);
    let mut answer = Vec::new();
    output.take(ANSWER).read_to_end(&mut answer).await?;
    let ended = process.wait().await?;
    match ended.code().and_then(|code| u8::try_from(code).ok()) {
        Some(0) => Ok(unframed(&answer).ok_or(Undrawn::Broken)),
        Some(TOO_LARGE) => Ok(Err(Undrawn::Large)),
        // It could not be read, or the decoder crashed or was ended.
        _ => Ok(Err(Undrawn::Broken)),
    }
}

impl Subject {
    fn name(self) -> &'static str {
        match self {
            Self::Image => "image",
            Self::Page => "page",
        }
    }
}

/// What the process does: reads the subject from standard input and writes what it drew to standard output.
pub fn process(subject: Subject) -> ExitCode {
    // Without limits nothing is drawn.
    let limited = setrlimit(Resource::RLIMIT_AS, MEMORY, MEMORY)
        .and_then(|()| setrlimit(Resource::RLIMIT_CPU, PATIENCE, PATIENCE))
        .and_then(|()| setrlimit(Resource::RLIMIT_CORE, 0, 0));
    if limited.is_err() {
        return ExitCode::FAILURE;
    }
    let mut bytes = Vec::new();
    let read = io::stdin().lock().take(LARGEST + 1).read_to_end(&mut bytes);
    if read.is_err() {
        return ExitCode::FAILURE;
    }
    if bytes.len() as u64 > LARGEST {
        return ExitCode::from(TOO_LARGE);
    }
    let drawn = match subject {
        Subject::Image => draw::image(&bytes),
        Subject::Page => draw::page(bytes),
    };
    match drawn {
        Ok(drawn) => match write(&drawn, io::stdout().lock()) {
            Ok(()) => ExitCode::SUCCESS,
            Err(_) => ExitCode::FAILURE,
        },
        Err(Undrawn::Large) => ExitCode::from(TOO_LARGE),
        Err(Undrawn::Broken) => ExitCode::from(UNREADABLE),
    }
}

/// Writes each file behind its length.
fn write(drawn: &Drawn, mut to: impl Write) -> io::Result<()> {
    for file in [&drawn.whole, &drawn.preview, &drawn.thumbnail] {
        to.write_all(&(file.len() as u64).to_be_bytes())?;
        to.write_all(file)?;
    }
    to.flush()
}

fn unframed(answer: &[u8]) -> Option<Drawn> {
    let (whole, rest) = first(answer)?;
    let (preview, rest) = first(rest)?;
    let (thumbnail, rest) = first(rest)?;
    rest.is_empty().then_some(Drawn {
        whole,
        preview,
        thumbnail,
    })
}

fn first(bytes: &[u8]) -> Option<(Vec<u8>, &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<8>()?;
    let length = usize::try_from(u64::from_be_bytes(*length)).ok()?;
    let (file, rest) = rest.split_at_checked(length)?;
    Some((file.to_vec(), rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let drawn = Drawn {
            whole: vec![1, 2, 3],
            preview: Vec::new(),
            thumbnail: vec![4],
        };
        let mut written = Vec::new();
        write(&drawn, &mut written).unwrap();
        assert_eq!(unframed(&written), Some(drawn));
        for cut in 0..written.len() {
            assert_eq!(unframed(&written[..cut]), None, "{cut}");
        }
    }
}
