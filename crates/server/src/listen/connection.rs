//! A TCP stream that ends itself when its peer stalls, and that holds its place under the cap for
//! as long as it is open.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::sync::OwnedSemaphorePermit;
use tokio::time::{Sleep, sleep};
use tokio_util::task::task_tracker::TaskTrackerToken;

use super::Limits;

/// How an HTTP/2 connection begins. Until a peer's bytes differ from it, hyper waits for more to
/// tell the versions apart, and does so without any deadline: hence ours.
const HTTP2_PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

type Deadline = Pin<Box<Sleep>>;

pub(super) struct Connection {
    stream: TcpStream,
    opening: Option<Opening>,
    stalled: Option<Deadline>,
    stalled_after: Duration,
    _place: OwnedSemaphorePermit,
    _tracked: TaskTrackerToken,
}

/// The time before we know which version of HTTP the peer speaks.
struct Opening {
    expected: &'static [u8],
    deadline: Deadline,
}

impl Connection {
    pub(super) fn new(
        stream: TcpStream,
        limits: Limits,
        place: OwnedSemaphorePermit,
        tracked: TaskTrackerToken,
    ) -> Self {
        Connection {
            stream,
            opening: Some(Opening {
                expected: HTTP2_PREFACE,
                deadline: Box::pin(sleep(limits.head / 2)),
            }),
            stalled: None,
            stalled_after: limits.stalled,
            _place: place,
            _tracked: tracked,
        }
    }

    /// Passes on how a write went; one that has been pending for too long fails.
    fn watch<T>(
        &mut self,
        context: &mut Context<'_>,
        written: Poll<io::Result<T>>,
    ) -> Poll<io::Result<T>> {
        if written.is_ready() {
            self.stalled = None;
            return written;
        }
        let after = self.stalled_after;
        let deadline = self.stalled.get_or_insert_with(|| Box::pin(sleep(after)));
        ready!(deadline.as_mut().poll(context));
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }
}

impl AsyncRead for Connection {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        let before = buffer.filled().len();
        let read = Pin::new(&mut this.stream).poll_read(context, buffer);
        let Some(opening) = &mut this.opening else {
            return read;
        };
        if read.is_pending() {
            ready!(opening.deadline.as_mut().poll(context));
            return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
        }
        let new = buffer.filled().get(before..).unwrap_or_default();
        match opening.expected.strip_prefix(new) {
            Some(rest) if !rest.is_empty() && !new.is_empty() => opening.expected = rest,
            _ => this.opening = None,
        }
        read
    }
}

impl AsyncWrite for Connection {
    fn poll_write(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let written = Pin::new(&mut this.stream).poll_write(context, bytes);
        this.watch(context, written)
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        parts: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let written = Pin::new(&mut this.stream).poll_write_vectored(context, parts);
        this.watch(context, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_flush(context)
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_shutdown(context)
    }
}
