//! The real binary, started as an operator would.

use std::io::{BufRead, BufReader, Read};
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::mpsc;

/// How long a server may take to say its address, and to end after SIGTERM.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running `sabaqtas`. Dropping it kills it; if the test fails, what it printed is shown.
#[derive(Debug)]
pub struct Process {
    /// Where it listens: `http://127.0.0.1:PORT`.
    pub base: String,
    child: Child,
    printed: Arc<Mutex<String>>,
}

impl Process {
    /// Starts `sabaqtas ARGS…` and waits until it prints `listening on http://…`. The variables should ask for port 0.
    pub async fn start(args: &[&str], variables: &[(&str, &str)]) -> Self {
        Self::under(&[], args, variables).await
    }

    /// The same, run by a tool that takes the program and its arguments after its own.
    pub(crate) async fn under(tool: &[&str], args: &[&str], variables: &[(&str, &str)]) -> Self {
        let mut child = command(tool, args, variables)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("{tool:?} {}: {error}", program().display()));
        let printed = Arc::new(Mutex::new(String::new()));
        let (lines, mut addresses) = mpsc::unbounded_channel();
        if let Some(stderr) = child.stderr.take() {
            follow(stderr, Arc::clone(&printed), |_| {});
        }
        if let Some(stdout) = child.stdout.take() {
            follow(stdout, Arc::clone(&printed), move |line| {
                if let Some(address) = line.strip_prefix("listening on ") {
                    // Nobody waits for a second address.
                    let _ = lines.send(address.trim().to_owned());
                }
            });
        }
        let mut process = Self {
            base: String::new(),
            child,
            printed,
        };
        match tokio::time::timeout(PATIENCE, addresses.recv()).await {
            Ok(Some(base)) => process.base = base,
            Ok(None) => panic!("sabaqtas {args:?} ended without listening"),
            Err(_) => panic!("sabaqtas {args:?} does not listen after {PATIENCE:?}"),
        }
        process
    }

    /// The process id.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// All it has printed so far, both streams.
    #[must_use]
    pub fn printed(&self) -> String {
        self.printed
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Sends SIGTERM without waiting.
    pub fn terminate(&self) {
        let sent = Command::new("kill")
            .args(["-TERM", &self.id().to_string()])
            .status()
            .is_ok_and(|status| status.success());
        assert!(sent, "SIGTERM could not be sent to {}", self.id());
    }

    /// Ends it without warning, as a crash would (SIGKILL), and waits until it is gone.
    pub fn kill(&mut self) {
        self.child.kill().expect("a child can be killed");
        self.child.wait().expect("a child can be waited for");
    }

    /// Waits for its end, after [`terminate`](Self::terminate) for instance.
    pub async fn ended(&mut self) -> ExitStatus {
        let begin = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().expect("a child can be waited for") {
                return status;
            }
            assert!(
                begin.elapsed() < PATIENCE,
                "sabaqtas still runs after {PATIENCE:?}"
            );
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // Either may fail only if it ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
        if std::thread::panicking() {
            eprintln!(
                "--- sabaqtas {} printed ---\n{}---",
                self.id(),
                self.printed()
            );
        }
    }
}

/// Runs a subcommand to its end. Its success is for the caller to judge.
pub async fn run(args: &[&str], variables: &[(&str, &str)]) -> Output {
    tokio::process::Command::from(command(&[], args, variables))
        .kill_on_drop(true)
        .output()
        .await
        .unwrap_or_else(|error| panic!("{}: {error}", program().display()))
}

/// Only the given configuration, whatever the developer's own environment says.
fn command(tool: &[&str], args: &[&str], variables: &[(&str, &str)]) -> Command {
    let mut command = match tool {
        [] => Command::new(program()),
        [tool, own @ ..] => {
            let mut command = Command::new(tool);
            command.args(own).arg(program());
            command
        }
    };
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("SABAQTAS_") {
            command.env_remove(name);
        }
    }
    command
        .args(args)
        .envs(variables.iter().copied())
        .stdin(Stdio::null());
    command
}

/// `target/PROFILE/sabaqtas`, seen from the test's own `target/PROFILE/deps/it-…`.
fn program() -> PathBuf {
    let own = std::env::current_exe().expect("a test knows its own path");
    let program = own
        .ancestors()
        .nth(2)
        .map(|folder| folder.join("sabaqtas"))
        .filter(|program| program.is_file());
    program.expect("the binary sabaqtas is not built: run bin/test, or cargo build first")
}

fn follow(
    stream: impl Read + Send + 'static,
    printed: Arc<Mutex<String>>,
    on_line: impl Fn(&str) + Send + 'static,
) {
    std::thread::spawn(move || {
        for line in BufReader::new(stream).lines() {
            let Ok(line) = line else { break };
            on_line(&line);
            let mut printed = printed.lock().unwrap_or_else(PoisonError::into_inner);
            printed.push_str(&line);
            printed.push('\n');
        }
    });
}
