//! A PostgreSQL of the test's own, durable as in production, to be killed, stopped and started again.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::database::new_folder;
use crate::rows::Rows;
use crate::{free_port, signal};

/// How long it may take to start, recovery after a crash included, and to stop.
const PATIENCE: Duration = Duration::from_secs(90);

/// The database that [`Postgres::new`] makes.
const NAME: &str = "sabaqtas";

/// One server in a folder of its own.
#[derive(Debug)]
pub struct Postgres {
    /// Where it listens, on loopback.
    pub port: u16,
    folder: PathBuf,
    running: Option<Child>,
}

impl Postgres {
    /// A new server with an empty database, not started yet, in this folder.
    pub fn new(folder: PathBuf) -> Self {
        as_owner(&folder, "initdb")
            .args(["-D".as_ref(), folder.as_os_str()])
            .args(["-U", "postgres", "--auth=trust", "--encoding=UTF8"])
            .args(["--locale=C.UTF-8", "--no-sync", "--wal-segsize=4"])
            .done();
        Self {
            port: free_port(),
            folder,
            running: None,
        }
    }

    /// A copy of one that does not run, in a folder of its own.
    pub fn copy(&self, folder: &Path) -> Self {
        assert!(self.running.is_none(), "a running server can't be copied");
        let content = self.folder.join(".");
        Command::new("cp")
            .arg("-a")
            .args([content.as_path(), folder])
            .done();
        Self {
            port: free_port(),
            folder: folder.to_owned(),
            running: None,
        }
    }

    /// Where a client connects: to `port`, its own or that of a proxy before it.
    pub fn url_at(port: u16) -> String {
        format!("postgres://postgres@127.0.0.1:{port}/{NAME}")
    }

    /// Starts it, and waits until it answers.
    pub async fn start(&mut self) {
        self.spawn();
        let begin = Instant::now();
        while !self.answers() {
            let ended = self.running.as_mut().and_then(|c| c.try_wait().ok()?);
            assert!(
                ended.is_none() && begin.elapsed() < PATIENCE,
                "PostgreSQL does not start: {}",
                self.log()
            );
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Starts it and makes the database.
    pub async fn start_new(&mut self) {
        self.start().await;
        as_owner(&self.folder, "createdb")
            .args(["-h", "127.0.0.1", "-p", &self.port.to_string()])
            .args(["-U", "postgres", NAME])
            .done();
    }

    fn spawn(&mut self) {
        assert!(self.running.is_none(), "it runs already");
        let log = std::fs::File::options()
            .create(true)
            .append(true)
            .open(self.folder.with_extension("log"))
            .expect("a log can be written");
        let sockets = format!("unix_socket_directories={}", self.folder.display());
        let mut command = as_owner(&self.folder, "postgres");
        command
            .args(["-D".as_ref(), self.folder.as_os_str()])
            .args(["-p", &self.port.to_string(), "-c", &sockets])
            .args(["-c", "listen_addresses=127.0.0.1"])
            .args(["-c", "max_connections=100", "-c", "shared_buffers=32MB"])
            .stderr(log);
        self.running = Some(command.spawn().expect("PostgreSQL can be started"));
    }

    fn answers(&self) -> bool {
        as_owner(&self.folder, "pg_isready")
            .args(["-q", "-h", "127.0.0.1", "-p", &self.port.to_string()])
            .status()
            .is_ok_and(|status| status.success())
    }

    /// The last of what it logged.
    pub fn log(&self) -> String {
        let log = std::fs::read_to_string(self.folder.with_extension("log")).unwrap_or_default();
        let from = log.len().saturating_sub(2000);
        log.get(log.ceil_char_boundary(from)..)
            .unwrap_or_default()
            .to_owned()
    }

    fn processes(&self) -> Vec<u32> {
        let main = self.running.as_ref().map(Child::id);
        let mut all: Vec<u32> = main.into_iter().collect();
        all.extend(main.into_iter().flat_map(signal::children));
        all
    }

    /// Ends it and all that serve connections at once, as a crash of the machine would.
    pub async fn kill(&mut self) {
        // Stopped first, so that it starts nobody while the others are listed.
        signal::send("STOP", &self.processes());
        let all = self.processes();
        signal::send("KILL", &all);
        self.gone(&all).await;
    }

    /// Ends it in order.
    pub async fn stop(&mut self) {
        let all = self.processes();
        signal::send("INT", all.get(..1).unwrap_or_default());
        self.gone(&all).await;
    }

    async fn gone(&mut self, all: &[u32]) {
        if let Some(mut child) = self.running.take() {
            let begin = Instant::now();
            while child
                .try_wait()
                .expect("a child can be waited for")
                .is_none()
                || all
                    .iter()
                    .any(|id| Path::new(&format!("/proc/{id}")).exists())
            {
                assert!(begin.elapsed() < PATIENCE, "PostgreSQL does not end");
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        }
    }

    /// Stops it without a word: connections stay open and nobody answers.
    pub fn freeze(&self) {
        signal::send("STOP", &self.processes());
        signal::send("STOP", &self.processes());
    }

    /// Lets it go on.
    pub fn thaw(&self) {
        signal::send("CONT", &self.processes());
    }

    /// Its rows, past every proxy.
    pub async fn rows(&self) -> Rows {
        Rows::at(&Self::url_at(self.port)).await
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        signal::send("KILL", &self.processes());
        if let Some(mut child) = self.running.take() {
            let _ = child.wait();
        }
    }
}

/// What must succeed.
trait Done {
    fn done(&mut self);
}

impl Done for Command {
    fn done(&mut self) {
        let output = self.stdin(Stdio::null()).output();
        let output = output.unwrap_or_else(|error| panic!("{self:?}: {error}"));
        assert!(
            output.status.success(),
            "{self:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
}

/// One of PostgreSQL's programs, as the user who may run them, ended with us.
fn as_owner(folder: &Path, program: &str) -> Command {
    let program = programs().join(program);
    let mut command = Command::new("setpriv");
    command.args(["--pdeathsig", "KILL"]);
    if is_root() {
        Command::new("chown").arg("postgres:").arg(folder).done();
        command.args(["--reuid=postgres", "--regid=postgres", "--clear-groups"]);
    }
    command
        .arg(program)
        .current_dir("/")
        .stdin(Stdio::null())
        .stdout(Stdio::null());
    command
}

/// Whether we may do what only root may.
pub fn is_root() -> bool {
    let id = Command::new("id")
        .arg("-u")
        .output()
        .expect("id can be run");
    id.stdout.starts_with(b"0\n")
}

/// The folder of one of PostgreSQL's programs; distributions keep the newest out of `PATH`.
pub fn programs() -> PathBuf {
    let versions = std::fs::read_dir("/usr/lib/postgresql");
    let mut versions: Vec<u32> = versions
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
        .collect();
    versions.sort_unstable();
    match versions.last() {
        Some(version) => PathBuf::from(format!("/usr/lib/postgresql/{version}/bin")),
        None => {
            let path = std::env::var("PATH").unwrap_or_default();
            let folder = path
                .split(':')
                .find(|folder| Path::new(folder).join("initdb").is_file());
            PathBuf::from(folder.expect("PostgreSQL is installed: run bin/test"))
        }
    }
}

/// A folder for a server, beside which its log is kept.
pub fn folder() -> PathBuf {
    let folder = new_folder().join("postgres");
    std::fs::create_dir(&folder).expect("a new folder can be filled");
    folder
}
