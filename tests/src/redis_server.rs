//! A Redis of the test's own, to be killed, stopped and emptied.

use std::process::{Child, Command, Stdio};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::{free_port, signal};

/// One server that keeps nothing.
#[derive(Debug)]
pub struct RedisServer {
    /// Where it listens, on loopback.
    pub port: u16,
    running: Option<Child>,
}

impl RedisServer {
    /// Starts one.
    pub async fn start() -> Self {
        let mut server = Self {
            port: free_port(),
            running: None,
        };
        server.again().await;
        server
    }

    /// Starts it again after [`kill`](Self::kill), and waits until it answers.
    pub async fn again(&mut self) {
        let child = Command::new("setpriv")
            .args(["--pdeathsig", "KILL", "redis-server"])
            .args(["--port", &self.port.to_string(), "--bind", "127.0.0.1"])
            .args(["--save", "", "--appendonly", "no"])
            .current_dir(std::env::temp_dir())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .spawn();
        self.running = Some(child.expect("redis-server can be started: run bin/test"));
        for _ in 0..400 {
            if self.tell("PING").await.is_ok() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("redis-server does not answer");
    }

    /// Sends one inline command; the first bytes of the answer.
    pub async fn tell(&self, command: &str) -> std::io::Result<String> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).await?;
        stream
            .write_all(format!("{command}\r\n").as_bytes())
            .await?;
        let mut answer = vec![0; 1000];
        let read = stream.read(&mut answer);
        let read = tokio::time::timeout(Duration::from_secs(5), read).await??;
        Ok(String::from_utf8_lossy(answer.get(..read).unwrap_or_default()).into_owned())
    }

    fn process(&self) -> Vec<u32> {
        self.running.iter().map(Child::id).collect()
    }

    /// Ends it at once.
    pub fn kill(&mut self) {
        signal::send("KILL", &self.process());
        if let Some(mut child) = self.running.take() {
            let _ = child.wait();
        }
    }

    /// Stops it without a word.
    pub fn freeze(&self) {
        signal::send("STOP", &self.process());
    }

    /// Lets it go on.
    pub fn thaw(&self) {
        signal::send("CONT", &self.process());
    }
}

impl Drop for RedisServer {
    fn drop(&mut self) {
        self.kill();
    }
}
