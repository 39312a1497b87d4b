//! When the reads of a request are made.

use std::pin::pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::Poll;
use std::time::Duration;

use async_graphql::runtime::Timer;
use futures_util::future::{BoxFuture, FutureExt, poll_fn, ready};
use futures_util::stream::{FuturesUnordered, StreamExt};
use futures_util::task::{FutureObj, Spawn, SpawnError};

/// The reads that the fields of a request wait for. They are made when no field can go on, in the task of the request:
/// until then each loader gathers what its fields ask for. Neither a timer nor another task is woken for them.
#[derive(Clone, Default)]
pub struct Reads(Arc<Queue>);

#[derive(Default)]
struct Queue {
    /// Whether somebody waits in [`Reads::during`].
    awaited: AtomicBool,
    waiting: Mutex<Vec<FutureObj<'static, ()>>>,
}

impl Reads {
    /// Executes, and makes the reads that this asks for.
    pub async fn during<T>(&self, execution: impl Future<Output = T>) -> T {
        let mut execution = pin!(execution);
        let mut made = FuturesUnordered::new();
        self.0.awaited.store(true, Ordering::Relaxed);
        let done = poll_fn(|cx| {
            loop {
                if let Poll::Ready(done) = execution.as_mut().poll(cx) {
                    return Poll::Ready(done);
                }
                let mut answered = false;
                loop {
                    made.extend(std::mem::take(&mut *self.waiting()));
                    match made.poll_next_unpin(cx) {
                        Poll::Ready(Some(())) => answered = true,
                        Poll::Ready(None) | Poll::Pending if self.waiting().is_empty() => break,
                        Poll::Ready(None) | Poll::Pending => {}
                    }
                }
                if !answered {
                    return Poll::Pending;
                }
            }
        })
        .await;
        self.0.awaited.store(false, Ordering::Relaxed);
        done
    }

    fn waiting(&self) -> std::sync::MutexGuard<'_, Vec<FutureObj<'static, ()>>> {
        self.0
            .waiting
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

impl Spawn for Reads {
    fn spawn_obj(&self, read: FutureObj<'static, ()>) -> Result<(), SpawnError> {
        match self.0.awaited.load(Ordering::Relaxed) {
            true => self.waiting().push(read),
            // What a subscription reads before its first event.
            false => drop(tokio::spawn(read)),
        }
        Ok(())
    }
}

impl Timer for Reads {
    fn delay(&self, _: Duration) -> BoxFuture<'static, ()> {
        ready(()).boxed()
    }
}
