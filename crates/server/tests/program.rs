//! The program as its operators meet it: what it prints, how it ends, what it sends.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

/// Far longer than anything here takes: passing it means that something hangs.
const HANGS: Duration = Duration::from_secs(60);

/// A folder of its own for each test, removed at its end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("sabaqtas-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sabaqtas"));
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("SABAQTAS_") {
                command.env_remove(name);
            }
        }
        command.args(arguments).current_dir(&self.0);
        command
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Starts the server on a free port, and reads the one line it prints.
fn serve(command: &mut Command) -> (Child, String) {
    let mut child = command
        .env("SABAQTAS_SERVER_LISTEN", "127.0.0.1:0")
        .env("SABAQTAS_SERVER_GRACE_SECONDS", "0")
        .env("SABAQTAS_LOG_FORMAT", "json")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::with_capacity(1, child.stdout.as_mut().unwrap())
        .read_line(&mut line)
        .unwrap();
    let address = line
        .trim_end()
        .strip_prefix("listening on http://")
        .expect(&line);
    (child, address.to_owned())
}

fn get(address: &str, path: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(HANGS)).unwrap();
    write!(
        stream,
        "GET {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

/// SIGTERM, then everything else the program said.
fn terminate(child: Child) -> Output {
    let pid = child.id().to_string();
    assert!(Command::new("kill").arg(pid).status().unwrap().success());
    child.wait_with_output().unwrap()
}

#[test]
fn it_prints_one_line_logs_the_request_id_and_ends_well_on_sigterm() {
    let folder = Folder::new("serve");
    let (child, address) = serve(&mut folder.command(&["serve"]));
    let answer = get(&address, "/nowhere?token=canary");
    let (_, id) = answer.split_once("x-request-id: ").unwrap();
    let id = id.lines().next().unwrap();
    let output = terminate(child);
    assert!(output.status.success(), "{output:?}");
    assert_eq!(output.stdout, b"", "more than one line on stdout");
    let log = String::from_utf8(output.stderr).unwrap();
    let line = log.lines().find(|line| line.contains("answered")).unwrap();
    assert!(line.starts_with('{') && line.contains(id), "{line}");
    assert!(!log.contains("canary"), "{log}");
}

#[test]
fn a_wrong_configuration_is_told_in_full_and_ends_with_1() {
    let folder = Folder::new("wrong");
    std::fs::write(folder.0.join("sabaqtas.toml"), "[server]\nlisen = 1\n").unwrap();
    let output = folder
        .command(&["serve"])
        .env("SABAQTAS_LOG_FORMAT", "xml")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    let text = String::from_utf8(output.stderr).unwrap();
    for part in [
        "did you mean server.listen?",
        "(SABAQTAS_LOG_FORMAT) is \"xml\"",
    ] {
        assert!(text.contains(part), "{part} not in {text}");
    }
}

#[test]
fn the_last_traces_leave_before_the_end() {
    let collector = TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("http://{}", collector.local_addr().unwrap());
    let received = std::thread::spawn(move || {
        let (mut stream, _) = collector.accept().unwrap();
        stream.set_read_timeout(Some(HANGS)).unwrap();
        let mut bytes = Vec::new();
        let mut part = [0; 4096];
        // The body is protobuf, but names stand in it as they are.
        while !bytes.windows(12).any(|window| window == b"GET /healthz") {
            let read = stream.read(&mut part).unwrap();
            assert!(read > 0, "the exporter hung up");
            bytes.extend(part.iter().take(read));
        }
        stream
            .write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            .unwrap();
        bytes
    });
    let folder = Folder::new("traces");
    let mut command = folder.command(&[]);
    let (child, address) = serve(command.env("SABAQTAS_TELEMETRY_OTLP_ENDPOINT", endpoint));
    assert!(get(&address, "/healthz").contains("200 OK"));
    assert!(terminate(child).status.success());
    assert!(received.join().unwrap().starts_with(b"POST /v1/traces "));
}
