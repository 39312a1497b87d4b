//! GraphQL over WebSocket: one task that reads, one that writes, and one for each running operation.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use async_graphql::Executor;
use axum::{
    extract::{
        FromRequestParts, Request, State,
        ws::{Message, WebSocket, WebSocketUpgrade},
    },
    http::request::Parts,
    response::{IntoResponse, Response},
};
use futures_util::{SinkExt, StreamExt, stream::SplitSink};
use serde_json::{Map, Value};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore, mpsc},
    task::{AbortHandle, JoinSet},
    time::{Instant, interval_at, sleep_until, timeout},
};
use tokio_util::sync::CancellationToken;

use super::{
    Door, Limits,
    answer::Media,
    engine::{Engine, Session},
    fault::{Code, Refusal},
    http::request_id,
    origin::{self, Origin},
    params,
    protocol::{self, Close, PROTOCOL, Said},
    seats::Seat,
};

/// Bytes a socket reads and writes at once. The library's 128 KiB would be held by every idle socket.
const BUFFER: usize = 8 << 10;
/// Time a client has to answer a close frame.
const FAREWELL: Duration = Duration::from_secs(2);

/// Turns a request into a socket, unless a foreign page asks.
pub(super) async fn upgrade<E: Executor, D: Door>(
    State(engine): State<Arc<Engine<E, D>>>,
    request: Request,
) -> Response {
    let (mut parts, _) = request.into_parts();
    let id = request_id(&parts);
    if origin::origin(&parts, &engine.config.origins) == Origin::Foreign {
        let answer = engine.refuse(None, origin::foreign(), &id);
        return answer.into_http(Media::Json);
    }
    let upgrade = match WebSocketUpgrade::from_request_parts(&mut parts, &()).await {
        Ok(upgrade) => upgrade,
        Err(rejection) => return rejection.into_response(),
    };
    let limits = &engine.config.limits;
    let task = engine.tasks.token();
    upgrade
        .max_message_size(limits.body_bytes)
        .max_frame_size(limits.body_bytes)
        .read_buffer_size(BUFFER)
        .write_buffer_size(BUFFER)
        .protocols([PROTOCOL])
        .on_upgrade(move |socket| async move {
            talk(engine, socket, parts, id).await;
            drop(task);
        })
}

/// Reads until the socket is closed by either side, then says why.
async fn talk<E: Executor, D: Door>(
    engine: Arc<Engine<E, D>>,
    socket: WebSocket,
    parts: Parts,
    request_id: String,
) {
    let spoken = socket
        .protocol()
        .is_some_and(|protocol| protocol == PROTOCOL);
    let (sink, mut incoming) = socket.split();
    let (outgoing, queue) = Outgoing::new(&engine.config.limits);
    let writer = tokio::spawn(write(
        sink,
        queue,
        outgoing.gone.clone(),
        engine.config.limits.write,
    ));
    let mut conversation = Conversation {
        engine,
        outgoing,
        parts,
        request_id,
        operations: 0,
        session: None,
        running: Arc::default(),
        tasks: JoinSet::new(),
    };
    let close = if spoken {
        conversation.listen(&mut incoming).await
    } else {
        Some(Close::Protocol)
    };
    conversation.tasks.shutdown().await;
    if let Some(close) = close {
        conversation.outgoing.send(close.frame()).await;
    }
    // The queue ends, so the writer does once everything is written.
    drop(conversation);
    let farewell = async {
        let _ = writer.await;
        while let Some(Ok(_)) = incoming.next().await {}
    };
    let _ = timeout(FAREWELL, farewell).await;
}

/// What waits to be written, bounded in bytes: whoever wants to add more waits.
#[derive(Clone)]
struct Outgoing {
    queue: mpsc::UnboundedSender<(Message, OwnedSemaphorePermit)>,
    room: Arc<Semaphore>,
    bytes: usize,
    /// Cancelled when nothing can be written any more.
    gone: CancellationToken,
}

type Queue = mpsc::UnboundedReceiver<(Message, OwnedSemaphorePermit)>;

impl Outgoing {
    fn new(limits: &Limits) -> (Self, Queue) {
        let (queue, receiver) = mpsc::unbounded_channel();
        let bytes = limits.buffered_bytes.min(Semaphore::MAX_PERMITS);
        let outgoing = Self {
            queue,
            room: Arc::new(Semaphore::new(bytes)),
            bytes,
            gone: CancellationToken::new(),
        };
        (outgoing, receiver)
    }

    /// Waits for room and queues the message. A message larger than all the room takes all of it.
    async fn send(&self, message: Message) {
        const OVERHEAD: usize = 64;
        let size = match &message {
            Message::Text(text) => text.len(),
            _ => 0,
        };
        let size = u32::try_from((size + OVERHEAD).min(self.bytes)).unwrap_or(u32::MAX);
        let room = self.room.clone().acquire_many_owned(size);
        tokio::select! {
            Ok(room) = room => drop(self.queue.send((message, room))),
            () = self.gone.cancelled() => {}
        }
    }

    async fn text(&self, text: String) {
        self.send(Message::Text(text.into())).await;
    }
}

/// Writes what is queued; a client that does not take a message in time is dropped.
async fn write(
    mut sink: SplitSink<WebSocket, Message>,
    mut queue: Queue,
    gone: CancellationToken,
    patience: Duration,
) {
    let _gone = gone.drop_guard();
    while let Some((message, room)) = queue.recv().await {
        let last = matches!(message, Message::Close(_));
        match timeout(patience, sink.send(message)).await {
            Ok(Ok(())) if !last => drop(room),
            _ => return,
        }
    }
}

/// The tasks of the running operations by the client's ids.
type Running = Arc<Mutex<HashMap<String, AbortHandle>>>;

fn lock(running: &Running) -> MutexGuard<'_, HashMap<String, AbortHandle>> {
    running.lock().unwrap_or_else(PoisonError::into_inner)
}

/// One socket.
struct Conversation<E: Executor, D: Door> {
    engine: Arc<Engine<E, D>>,
    outgoing: Outgoing,
    parts: Parts,
    request_id: String,
    /// How many operations there were, to tell them apart in the log.
    operations: u64,
    session: Option<(Arc<Session<D::Caller>>, Seat)>,
    running: Running,
    /// Ends with `Some` when the socket must be closed for it.
    tasks: JoinSet<Option<Close>>,
}

impl<E: Executor, D: Door> Conversation<E, D> {
    /// Why to close, or nothing when the client is gone.
    async fn listen(
        &mut self,
        incoming: &mut (impl StreamExt<Item = Result<Message, axum::Error>> + Unpin),
    ) -> Option<Close> {
        let limits = self.engine.config.limits.clone();
        let init = sleep_until(Instant::now() + limits.init);
        tokio::pin!(init);
        let mut looks = interval_at(Instant::now() + limits.keep_alive, limits.keep_alive);
        let mut heard = Instant::now();
        loop {
            tokio::select! {
                () = self.engine.shutdown.cancelled() => return Some(Close::Away),
                () = self.outgoing.gone.cancelled() => return None,
                () = &mut init, if self.session.is_none() => return Some(Close::InitTimeout),
                _ = looks.tick() => {
                    if heard.elapsed() > limits.keep_alive * 3 {
                        return None;
                    }
                    if !self.still_open().await {
                        return Some(Close::Forbidden);
                    }
                    self.outgoing.send(Message::Ping(Default::default())).await;
                }
                Some(ended) = self.tasks.join_next() => {
                    if let Ok(Some(close)) = ended {
                        return Some(close);
                    }
                }
                message = incoming.next() => {
                    heard = Instant::now();
                    let heard = match message {
                        Some(Ok(Message::Text(text))) => self.hear(&text).await,
                        Some(Ok(Message::Binary(_))) => {
                            Err(Close::BadMessage("Messages are text".into()))
                        }
                        Some(Ok(Message::Ping(_) | Message::Pong(_))) => Ok(()),
                        Some(Ok(Message::Close(_))) | None => return None,
                        Some(Err(error)) => return too_large(&error).then_some(Close::TooLarge),
                    };
                    if let Err(close) = heard {
                        return Some(close);
                    }
                }
            }
        }
    }

    async fn hear(&mut self, text: &str) -> Result<(), Close> {
        match protocol::read(text)? {
            Said::Init(payload) => self.init(payload.as_ref()).await,
            Said::Ping(payload) => {
                self.outgoing.text(protocol::pong(payload)).await;
                Ok(())
            }
            Said::Pong => Ok(()),
            Said::Subscribe { id, parameters } => self.subscribe(id, parameters).await,
            Said::Complete { id } => {
                if let Some(task) = lock(&self.running).remove(&id) {
                    task.abort();
                }
                Ok(())
            }
        }
    }

    async fn init(&mut self, payload: Option<&Value>) -> Result<(), Close> {
        if self.session.is_some() {
            return Err(Close::TooManyInits);
        }
        let session = self.engine.open(&self.parts, payload);
        let session = timeout(self.engine.config.limits.request, session).await;
        let session = session.map_err(|_| Close::TryLater)?;
        let session = session.map_err(|refusal| match refusal.code {
            Code::Throttled => Close::Throttled,
            Code::Unavailable => Close::TryLater,
            _ => Close::Forbidden,
        })?;
        let seat = self.engine.sockets.take(&session.counted_as);
        let seat = seat.ok_or(Close::TooManySockets)?;
        self.session = Some((Arc::new(session), seat));
        self.outgoing.text(protocol::ack()).await;
        Ok(())
    }

    async fn still_open(&self) -> bool {
        match &self.session {
            Some((session, _)) => self.engine.door.still_open(&session.caller).await,
            None => true,
        }
    }

    async fn subscribe(&mut self, id: String, parameters: Map<String, Value>) -> Result<(), Close> {
        let Some((session, _)) = &self.session else {
            return Err(Close::Unauthorized);
        };
        if lock(&self.running).contains_key(&id) {
            return Err(Close::Exists(id));
        }
        if !self.still_open().await {
            return Err(Close::Forbidden);
        }
        let seat = self.engine.subscriptions.take(&session.counted_as);
        let seat = seat.ok_or(Close::TooManySubscriptions)?;
        let request = params::from_object(parameters)
            .map_err(|refusal| Close::BadMessage(refusal.message))?;
        self.operations += 1;
        let operation = Operation {
            engine: self.engine.clone(),
            outgoing: self.outgoing.clone(),
            session: session.clone(),
            running: self.running.clone(),
            request_id: format!("{}-{}", self.request_id, self.operations),
            id: id.clone(),
            seat,
        };
        // The task takes its id out when it ends, so the id must be in before it can begin.
        let mut running = lock(&self.running);
        let task = self.tasks.spawn(operation.run(request));
        running.insert(id, task);
        Ok(())
    }
}

fn too_large(error: &axum::Error) -> bool {
    use std::error::Error;
    // The library's error type is not ours to name: its words are.
    error
        .source()
        .is_some_and(|cause| cause.to_string().contains("too long"))
}

/// One operation of a socket.
struct Operation<E: Executor, D: Door> {
    engine: Arc<Engine<E, D>>,
    outgoing: Outgoing,
    session: Arc<Session<D::Caller>>,
    running: Running,
    request_id: String,
    id: String,
    seat: Seat,
}

impl<E: Executor, D: Door> Operation<E, D> {
    async fn run(self, request: async_graphql::Request) -> Option<Close> {
        let ready = match self.engine.admit(request) {
            Ok(admitted) => {
                let ready = self.engine.ready(&self.session, admitted, &self.request_id);
                ready.await
            }
            Err(refusal) => Err(refusal),
        };
        let ready = match ready {
            Ok(ready) => ready,
            Err(refusal) => return self.refuse(refusal).await,
        };
        let mut answers = Box::pin(self.engine.stream(ready));
        while let Some(answer) = answers.next().await {
            if !self.engine.door.still_open(&self.session.caller).await {
                return Some(Close::Forbidden);
            }
            let executed = answer.data.is_some();
            let text = protocol::answer(&self.id, &answer);
            if !executed {
                return self.end(text).await;
            }
            self.outgoing.text(text).await;
        }
        let last = protocol::complete(&self.id);
        self.end(last).await
    }

    async fn refuse(self, refusal: Refusal) -> Option<Close> {
        if refusal.code == Code::Unauthenticated {
            return Some(Close::Forbidden);
        }
        let answer = self
            .engine
            .refuse(Some(&self.session), refusal, &self.request_id);
        let last = protocol::answer(&self.id, &answer);
        self.end(last).await
    }

    /// Says the last word. The id and the place are free before the client can read it.
    async fn end(self, last: String) -> Option<Close> {
        let Self {
            running,
            id,
            outgoing,
            seat,
            ..
        } = self;
        let this = tokio::task::try_id();
        {
            let mut running = lock(&running);
            // A client that completed this id may have begun it anew.
            if running.get(&id).map(AbortHandle::id) == this {
                running.remove(&id);
            }
        }
        drop(seat);
        outgoing.text(last).await;
        None
    }
}
