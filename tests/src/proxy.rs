//! A TCP proxy on loopback that can cut, delay and swallow what passes through it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::AbortHandle;

/// What happens to what passes through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weather {
    /// Everything arrives.
    Fair,
    /// Open connections are broken and new ones end at once.
    Cut,
    /// Everything arrives this much later, on its way back.
    Slow(Duration),
    /// Nothing arrives in these directions, and nobody is told. A connection that lost something stays so for good.
    Swallow {
        /// From the client.
        up: bool,
        /// To the client.
        down: bool,
    },
}

/// One proxy; ends when dropped.
#[derive(Debug)]
pub struct Proxy {
    /// Where it listens, on loopback.
    pub port: u16,
    weather: watch::Sender<Weather>,
    harmed: Arc<AtomicU64>,
    accepting: AbortHandle,
}

#[derive(Clone)]
struct Pipe {
    weather: watch::Receiver<Weather>,
    harmed: Arc<AtomicU64>,
}

impl Proxy {
    /// A proxy before this port of loopback.
    pub async fn before(port: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await;
        let listener = listener.expect("a port is free");
        let own = listener.local_addr().expect("it is bound").port();
        let (weather, receiver) = watch::channel(Weather::Fair);
        let harmed = Arc::new(AtomicU64::new(0));
        let pipe = Pipe {
            weather: receiver,
            harmed: Arc::clone(&harmed),
        };
        let accepting = tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                if *pipe.weather.borrow() == Weather::Cut {
                    pipe.harm();
                    continue;
                }
                tokio::spawn(pipe.clone().carry(client, port));
            }
        });
        Self {
            port: own,
            weather,
            harmed,
            accepting: accepting.abort_handle(),
        }
    }

    /// From now on.
    pub fn set(&self, weather: Weather) {
        self.weather.send_replace(weather);
    }

    /// How many connections were broken or refused, and chunks delayed or lost, so far.
    pub fn harmed(&self) -> u64 {
        self.harmed.load(Ordering::Relaxed)
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.accepting.abort();
        self.set(Weather::Cut);
    }
}

impl Pipe {
    fn harm(&self) {
        self.harmed.fetch_add(1, Ordering::Relaxed);
    }

    async fn carry(self, client: TcpStream, port: u16) {
        // A server that is away looks to the client like one that hangs up.
        let Ok(server) = TcpStream::connect(("127.0.0.1", port)).await else {
            return;
        };
        let _ = (client.set_nodelay(true), server.set_nodelay(true));
        let (from_client, to_client) = client.into_split();
        let (from_server, to_server) = server.into_split();
        let mut weather = self.weather.clone();
        let cut = async {
            // Ends with an error only when the proxy is gone, which cuts too.
            let _ = weather.wait_for(|weather| *weather == Weather::Cut).await;
            self.harm();
        };
        tokio::select! {
            () = self.pump(from_client, to_server, true) => {}
            () = self.pump(from_server, to_client, false) => {}
            () = cut => {}
        }
    }

    async fn pump(&self, mut from: OwnedReadHalf, mut to: OwnedWriteHalf, up: bool) {
        let mut chunk = vec![0; 64 << 10];
        let mut lost = false;
        loop {
            let read = match from.read(&mut chunk).await {
                Ok(0) | Err(_) => return,
                Ok(read) => chunk.get(..read).unwrap_or_default(),
            };
            let weather = *self.weather.borrow();
            match weather {
                Weather::Swallow { up: true, .. } if up => lost = true,
                Weather::Swallow { down: true, .. } if !up => lost = true,
                Weather::Slow(wait) if !up => {
                    self.harm();
                    tokio::time::sleep(wait).await;
                }
                _ => {}
            }
            if lost {
                self.harm();
            } else if to.write_all(read).await.is_err() {
                return;
            }
        }
    }
}
