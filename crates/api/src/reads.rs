//! When the reads of a request are made.

use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Poll, Waker};
use std::time::Duration;

use async_graphql::runtime::Timer;
use futures_util::future::{BoxFuture, FutureExt, poll_fn, ready};
use futures_util::stream::{FuturesUnordered, StreamExt};
use futures_util::task::{FutureObj, Spawn, SpawnError};

/// The reads that the fields of a request wait for. They are made when no field can go on, in the task of the request:
/// until then each loader gathers what its fields ask for. Neither a timer nor another task is woken for them.
#[derive(Clone, Default)]
pub struct Reads(Arc<Mutex<Queue>>);

#[derive(Default)]
struct Queue {
    waiting: Vec<FutureObj<'static, ()>>,
    maker: Maker,
}

/// Who makes them.
#[derive(Default)]
enum Maker {
    /// Nobody: a subscription reads before its first event.
    #[default]
    Nobody,
    /// Somebody who looks here again before going to sleep.
    Awake,
    /// Somebody who is to be woken.
    Asleep(Waker),
}

/// Reads that were begun. What is left of them when the request ends may be awaited elsewhere and goes on without it.
struct Begun<'a> {
    reads: &'a Reads,
    made: FuturesUnordered<FutureObj<'static, ()>>,
}

impl Reads {
    /// Executes, and makes the reads that this asks for.
    pub async fn during<T>(&self, execution: impl Future<Output = T>) -> T {
        let mut execution = pin!(execution);
        let mut begun = Begun {
            reads: self,
            made: FuturesUnordered::new(),
        };
        poll_fn(|cx| {
            self.queue().maker = Maker::Awake;
            loop {
                if let Poll::Ready(done) = execution.as_mut().poll(cx) {
                    return Poll::Ready(done);
                }
                let mut answered = false;
                loop {
                    // Those of one step together: what a first answer leads to waits for the others, and is gathered.
                    if begun.made.is_empty() {
                        begun.made.extend(std::mem::take(&mut self.queue().waiting));
                    }
                    if let Poll::Ready(Some(())) = begun.made.poll_next_unpin(cx) {
                        answered = true;
                        continue;
                    }
                    let mut queue = self.queue();
                    if queue.waiting.is_empty() || !begun.made.is_empty() {
                        if !answered {
                            queue.maker = Maker::Asleep(cx.waker().clone());
                        }
                        break;
                    }
                }
                if !answered {
                    return Poll::Pending;
                }
            }
        })
        .await
    }

    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Begun<'_> {
    fn drop(&mut self) {
        let left = std::mem::take(&mut *self.reads.queue());
        let mut made = std::mem::take(&mut self.made);
        made.extend(left.waiting);
        if !made.is_empty()
            && let Ok(runtime) = tokio::runtime::Handle::try_current()
        {
            runtime.spawn(made.for_each(ready));
        }
    }
}

impl Spawn for Reads {
    fn spawn_obj(&self, read: FutureObj<'static, ()>) -> Result<(), SpawnError> {
        let mut queue = self.queue();
        match &queue.maker {
            Maker::Nobody => {
                drop(queue);
                tokio::spawn(read);
            }
            Maker::Awake => queue.waiting.push(read),
            Maker::Asleep(waker) => {
                waker.wake_by_ref();
                queue.waiting.push(read);
            }
        }
        Ok(())
    }
}

impl Timer for Reads {
    fn delay(&self, _: Duration) -> BoxFuture<'static, ()> {
        ready(()).boxed()
    }
}
