//! A server whose instructions are counted: the same work, the same number, whatever else the machine does.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::Process;

/// A server under callgrind. It is some fifty times slower while it is counted.
#[derive(Debug)]
pub struct Callgrind {
    /// The server.
    pub server: Process,
    counts: PathBuf,
}

impl Callgrind {
    /// Starts `sabaqtas ARGS…`; the counts are written into this folder.
    pub async fn start(folder: &Path, args: &[&str], variables: &[(&str, &str)]) -> Self {
        let counts = folder.join("counts");
        let file = format!("--callgrind-out-file={}", counts.display());
        let tool = ["valgrind", "--tool=callgrind", "--instr-atstart=no", &file];
        Self {
            server: Process::under(&tool, args, variables).await,
            counts,
        }
    }

    /// Instructions for one of so many requests.
    pub async fn count(&self, times: u64, request: impl AsyncFn()) -> u64 {
        self.tell(&["--instr=on"]);
        self.tell(&["--zero"]);
        for _ in 0..times {
            request().await;
        }
        self.tell(&["--dump"]);
        self.tell(&["--instr=off"]);
        let folder = self.counts.parent().expect("a folder");
        let dumps = std::fs::read_dir(folder).expect("the folder of the counts");
        let paths = dumps.map(|dump| dump.expect("a file").path());
        let dump = paths
            .filter(|path| path.to_string_lossy().contains("counts."))
            .max_by_key(|path| {
                path.metadata()
                    .and_then(|it| it.modified())
                    .expect("a time")
            })
            .expect("callgrind wrote its counts");
        let text = std::fs::read_to_string(&dump).expect("the counts");
        let line = text.lines().find_map(|line| {
            line.strip_prefix("summary: ")
                .or(line.strip_prefix("totals: "))
        });
        let sum: u64 = line
            .and_then(|line| line.trim().parse().ok())
            .unwrap_or_else(|| panic!("no sum in {}", dump.display()));
        std::fs::remove_file(dump).expect("the counts go");
        sum / times
    }

    fn tell(&self, what: &[&str]) {
        let said = Command::new("callgrind_control")
            .args(what)
            .arg(self.server.id().to_string())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        assert!(
            said.is_ok_and(|status| status.success()),
            "callgrind_control {what:?}"
        );
    }
}
