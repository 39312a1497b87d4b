//! What a fault does to a process: ends it, or stops it without its noticing.

use std::process::Command;

/// Sends `KILL`, `STOP`, `CONT`, `TERM`… to these processes. One that is gone already is passed over.
pub fn send(signal: &str, processes: &[u32]) {
    if processes.is_empty() {
        return;
    }
    let processes = processes.iter().map(u32::to_string);
    let sent = Command::new("kill")
        .arg(format!("-{signal}"))
        .args(processes)
        .stderr(std::process::Stdio::null())
        .status();
    sent.expect("kill can be run");
}

/// The processes that this one started and that still run.
pub fn children(process: u32) -> Vec<u32> {
    let path = format!("/proc/{process}/task/{process}/children");
    let children = std::fs::read_to_string(path).unwrap_or_default();
    children
        .split_whitespace()
        .filter_map(|id| id.parse().ok())
        .collect()
}
