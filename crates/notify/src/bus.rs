//! Wake-ups: which things changed, for whoever waits for them on this node and, through Redis, on every other.
//!
//! A wake-up carries no data and may be lost; whoever gets one reads the database again. Publishing never waits and
//! never fails.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use domain::id::Id;
use domain::partnership::Partnership;
use domain::person::Person;
use domain::plan::Plan;
use domain::study::Study;
use futures_util::StreamExt;
use redis::AsyncTypedCommands;
use tokio::sync::{broadcast, mpsc};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

/// How many wake-ups a slow listener may be behind before it is told that everything changed; and how many wait for
/// Redis before they are dropped.
const ROOM: usize = 1024;

/// How many topics one message carries.
const TOPICS: usize = 500;

const SHORTEST_WAIT: Duration = Duration::from_millis(200);
const LONGEST_WAIT: Duration = Duration::from_secs(10);
const PATIENCE: Duration = Duration::from_secs(2);

/// Something that may have changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Topic {
    /// A person's inbox.
    Person(Id<Person>),
    /// A partnership, its agreement or its signatures.
    Partnership(Id<Partnership>),
    /// A study, or anything in it.
    Study(Id<Study>),
    /// A joint plan, or anything in it.
    Plan(Id<Plan>),
    /// Anything: wake-ups may have been lost.
    Everything,
}

impl Topic {
    fn write(self) -> String {
        match self {
            Self::Person(id) => format!("person:{}", id.uuid().simple()),
            Self::Partnership(id) => format!("partnership:{}", id.uuid().simple()),
            Self::Study(id) => format!("study:{}", id.uuid().simple()),
            Self::Plan(id) => format!("plan:{}", id.uuid().simple()),
            Self::Everything => "everything".to_owned(),
        }
    }

    fn read(text: &str) -> Option<Self> {
        match text.split_once(':') {
            Some(("person", id)) => Uuid::try_parse(id)
                .ok()
                .map(|id| Self::Person(Id::from_uuid(id))),
            Some(("partnership", id)) => Uuid::try_parse(id)
                .ok()
                .map(|id| Self::Partnership(Id::from_uuid(id))),
            Some(("study", id)) => Uuid::try_parse(id)
                .ok()
                .map(|id| Self::Study(Id::from_uuid(id))),
            Some(("plan", id)) => Uuid::try_parse(id)
                .ok()
                .map(|id| Self::Plan(Id::from_uuid(id))),
            _ => (text == "everything").then_some(Self::Everything),
        }
    }
}

type Topics = Arc<BTreeSet<Topic>>;

/// Where wake-ups go. Clones are the same bus.
#[derive(Clone)]
pub struct Bus {
    local: broadcast::Sender<Topics>,
    away: Option<mpsc::Sender<Topics>>,
}

/// How to reach Redis.
#[derive(Debug, Clone)]
pub struct Redis {
    /// `redis://…` or `rediss://…`.
    pub client: redis::Client,
    /// Before each key and channel name, so that installations may share a server.
    pub prefix: String,
}

impl Bus {
    /// The bus of one node.
    pub fn new() -> Self {
        Self {
            local: broadcast::Sender::new(ROOM),
            away: None,
        }
    }

    /// The bus of several nodes. Two tasks keep it going until `stop`.
    pub fn over_redis(redis: Redis, stop: CancellationToken) -> Self {
        let (away, queue) = mpsc::channel(ROOM);
        let bus = Self {
            local: broadcast::Sender::new(ROOM),
            away: Some(away),
        };
        let line = Line {
            client: redis.client,
            channel: format!("{}wake", redis.prefix),
            node: Id::<Bus>::fresh().uuid().simple().to_string(),
        };
        let local = bus.local.clone();
        tokio::spawn(
            stop.clone()
                .run_until_cancelled_owned(line.clone().send(queue)),
        );
        tokio::spawn(stop.run_until_cancelled_owned(line.receive(local)));
        bus
    }

    /// Says that these may have changed.
    pub fn publish(&self, topics: BTreeSet<Topic>) {
        if topics.is_empty() {
            return;
        }
        let topics = Arc::new(topics);
        if let Some(away) = &self.away {
            // Full: Redis is away, and listeners elsewhere read again when it is back.
            let _ = away.try_send(topics.clone());
        }
        // Nobody listens: fine.
        let _ = self.local.send(topics);
    }

    /// Hears of everything published from now on.
    pub fn listen(&self) -> Listener {
        Listener(self.local.subscribe())
    }
}

impl Default for Bus {
    fn default() -> Self {
        Self::new()
    }
}

/// Somebody who waits for wake-ups.
pub struct Listener(broadcast::Receiver<Topics>);

impl Listener {
    /// Waits until `topic` may have changed; wake-ups that have gathered by then count as one.
    pub async fn heard(&mut self, topic: Topic) {
        use broadcast::error::RecvError;
        loop {
            match self.0.recv().await {
                Ok(topics) if topics.contains(&topic) || topics.contains(&Topic::Everything) => {
                    break;
                }
                Ok(_) => {}
                Err(RecvError::Lagged(_)) => break,
                // The server is going down; its streams are ended from elsewhere.
                Err(RecvError::Closed) => std::future::pending().await,
            }
        }
        self.0 = self.0.resubscribe();
    }
}

/// One node's line to Redis.
#[derive(Clone)]
struct Line {
    client: redis::Client,
    channel: String,
    node: String,
}

impl Line {
    async fn send(self, mut queue: mpsc::Receiver<Topics>) {
        let mut wait = SHORTEST_WAIT;
        loop {
            match self.send_while_up(&mut queue, &mut wait).await {
                Ok(()) => return,
                Err(error) => {
                    tracing::warn!(%error, "wake-ups do not reach redis");
                    tokio::time::sleep(wait).await;
                    wait = (wait * 2).min(LONGEST_WAIT);
                }
            }
        }
    }

    async fn send_while_up(
        &self,
        queue: &mut mpsc::Receiver<Topics>,
        wait: &mut Duration,
    ) -> redis::RedisResult<()> {
        let config = redis::AsyncConnectionConfig::new()
            .set_connection_timeout(Some(PATIENCE))
            .set_response_timeout(Some(PATIENCE));
        let mut connection = self
            .client
            .get_multiplexed_async_connection_with_config(&config)
            .await?;
        while let Some(topics) = queue.recv().await {
            let topics: Vec<_> = topics.iter().map(|topic| topic.write()).collect();
            for topics in topics.chunks(TOPICS) {
                let message = format!("{} {}", self.node, topics.join(" "));
                connection.publish(&self.channel, message).await?;
            }
            *wait = SHORTEST_WAIT;
        }
        Ok(())
    }

    async fn receive(self, local: broadcast::Sender<Topics>) {
        let mut wait = SHORTEST_WAIT;
        loop {
            if let Err(error) = self.receive_while_up(&local, &mut wait).await {
                tracing::warn!(%error, "no wake-ups from redis");
            }
            tokio::time::sleep(wait).await;
            wait = (wait * 2).min(LONGEST_WAIT);
        }
    }

    async fn receive_while_up(
        &self,
        local: &broadcast::Sender<Topics>,
        wait: &mut Duration,
    ) -> redis::RedisResult<()> {
        let connect = tokio::time::timeout(PATIENCE, self.client.get_async_pubsub());
        let (mut sink, mut messages) = connect
            .await
            .map_err(|_| {
                redis::RedisError::from(std::io::Error::from(std::io::ErrorKind::TimedOut))
            })??
            .split();
        sink.subscribe(&self.channel).await?;
        *wait = SHORTEST_WAIT;
        // Whatever was published while nobody listened.
        let _ = local.send(Arc::new(BTreeSet::from([Topic::Everything])));
        // A partition closes no connection: ask whether it still stands.
        let mut check = tokio::time::interval(PATIENCE);
        loop {
            tokio::select! {
                message = messages.next() => match message {
                    Some(message) => self.hand_on(&message.get_payload::<String>()?, local),
                    None => return Ok(()),
                },
                _ = check.tick() => {
                    tokio::time::timeout(PATIENCE, sink.ping::<redis::Value>())
                        .await
                        .map_err(|_| redis::RedisError::from(std::io::Error::from(std::io::ErrorKind::TimedOut)))??;
                }
            }
        }
    }

    fn hand_on(&self, message: &str, local: &broadcast::Sender<Topics>) {
        let Some((node, topics)) = message.split_once(' ') else {
            return;
        };
        if node != self.node {
            let topics = topics.split(' ').filter_map(Topic::read).collect();
            let _ = local.send(Arc::new(topics));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn topics_survive_the_wire() {
        let topics = [
            Topic::Person(Id::fresh()),
            Topic::Partnership(Id::fresh()),
            Topic::Study(Id::fresh()),
            Topic::Plan(Id::fresh()),
            Topic::Everything,
        ];
        for topic in topics {
            assert_eq!(Topic::read(&topic.write()), Some(topic));
        }
        for odd in [
            "",
            "person",
            "person:",
            "person:x",
            "school:1",
            "everything:1",
        ] {
            assert_eq!(Topic::read(odd), None, "{odd}");
        }
    }

    #[tokio::test]
    async fn a_listener_hears_its_topic_and_nothing_else() {
        let bus = Bus::new();
        let mine = Topic::Person(Id::fresh());
        let mut listener = bus.listen();
        bus.publish(BTreeSet::from([Topic::Person(Id::fresh())]));
        let quiet = tokio::time::timeout(Duration::from_millis(20), listener.heard(mine)).await;
        assert!(quiet.is_err());
        bus.publish(BTreeSet::from([Topic::Partnership(Id::fresh()), mine]));
        listener.heard(mine).await;
        bus.publish(BTreeSet::from([Topic::Everything]));
        listener.heard(mine).await;
    }

    #[tokio::test]
    async fn a_listener_that_falls_behind_reads_again() {
        let bus = Bus::new();
        let mut listener = bus.listen();
        for _ in 0..=ROOM {
            bus.publish(BTreeSet::from([Topic::Partnership(Id::fresh())]));
        }
        listener.heard(Topic::Person(Id::fresh())).await;
    }

    #[tokio::test]
    async fn nobody_waits_for_a_redis_that_is_not_there() {
        let stop = CancellationToken::new();
        let redis = Redis {
            client: redis::Client::open("redis://127.0.0.1:1/").expect("an address"),
            prefix: "test:".to_owned(),
        };
        let bus = Bus::over_redis(redis, stop.clone());
        let mine = Topic::Person(Id::fresh());
        let mut listener = bus.listen();
        for _ in 0..ROOM * 2 {
            bus.publish(BTreeSet::from([Topic::Partnership(Id::fresh())]));
        }
        bus.publish(BTreeSet::from([mine]));
        listener.heard(mine).await;
        stop.cancel();
    }
}
