//! A client that others wrote: tuspy.

use std::path::{Path, PathBuf};
use std::process::Stdio;

use tests::{Backend, both};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::Command;
use tokio::sync::Mutex;

use super::client::{Tus, sample};
use crate::community::Community;

/// Which one.
const TUSPY: &str = "tuspy==1.1.0";

/// A Python that has this package, in the folder of what is built; of several tests the first installs it.
pub async fn python_with(name: &str, package: &str) -> PathBuf {
    static ONE: Mutex<()> = Mutex::const_new(());
    let _one = ONE.lock().await;
    let own = std::env::current_exe().expect("a test knows its own path");
    let target = own.ancestors().nth(3).expect("target/PROFILE/deps");
    let folder = target.join(name);
    let python = folder.join("bin/python");
    let installed = folder.join("installed");
    if std::fs::read_to_string(&installed).is_ok_and(|found| found == package) {
        return python;
    }
    for (program, args) in [
        (
            Path::new("python3"),
            vec!["-m", "venv", folder.to_str().expect("UTF-8")],
        ),
        (
            python.as_path(),
            vec!["-m", "pip", "install", "--quiet", package],
        ),
    ] {
        let done = Command::new(program).args(&args).output().await;
        let done = done.expect("python3 with venv and pip is needed");
        let said = String::from_utf8_lossy(&done.stderr);
        assert!(done.status.success(), "{args:?}: {said}");
    }
    std::fs::write(installed, package).expect("the folder can be written");
    python
}

async fn upload(python: &Path, args: &[&str]) -> Vec<String> {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/files/upload.py");
    let done = Command::new(python)
        .arg(script)
        .args(args)
        .output()
        .await
        .expect("it runs");
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{said}");
    let text = String::from_utf8_lossy(&done.stdout).into_owned();
    text.lines().map(str::to_owned).collect()
}

both! {
    /// The program is killed in the middle, the server as well; both come back, and the file is whole.
    async fn a_public_client_goes_on_after_everything_was_killed(backend: Backend) {
        let python = &python_with("tuspy", TUSPY).await;
        let mut community = Community::fresh(backend).await;
        let bytes = sample(6_000_000);
        let folder = tests::database::new_folder();
        let file = folder.join("lesson.bin");
        std::fs::write(&file, &bytes).expect("the folder can be written");
        let file = file.to_str().expect("UTF-8");
        let token = community.who("teacher").token.clone();

        let base = community.guest().base;
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/files/upload.py");
        let mut program = Command::new(python)
            .args([script, &base, &token, file, "--until", "2500000"])
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .expect("it runs");
        let mut lines = BufReader::new(program.stdout.take().expect("piped")).lines();
        assert_eq!(lines.next_line().await.expect("text").as_deref(), Some("0"));
        let place = lines.next_line().await.expect("text").expect("where it went");
        program.kill().await.expect("a child can be killed");
        for node in &mut community.nodes {
            node.kill();
        }
        community.nodes.clear();
        community.start(&[]).await;

        let moved = community.guest().base;
        let place = place.replace(&base, &moved);
        let said = upload(python, &[&moved, &token, file, "--at", &place]).await;
        assert_eq!(said, ["2800000", place.as_str()], "it did not go on where it ended");
        let tus = Tus::of(community.persona("teacher"));
        let path = place.trim_start_matches(&moved);
        assert_eq!(tus.get(&format!("{path}/x")).await.bytes().await.expect("bytes"), bytes);
        std::fs::remove_dir_all(folder).expect("the folder can go");
    }
}
