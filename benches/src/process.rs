//! What processes cost, as Linux counts it.

use std::fs::read_to_string;

/// Ticks a second of `/proc/PID/stat`: the same on every Linux of today.
const TICKS: f64 = 100.0;

/// Seconds of processor a process has used with all its threads.
pub fn cpu(pid: u32) -> f64 {
    let stat = read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    seconds(&fields(&stat))
}

/// The fields after the name, which may hold anything.
fn fields(stat: &str) -> Vec<&str> {
    stat.rsplit_once(')')
        .map_or_else(Vec::new, |(_, rest)| rest.split_whitespace().collect())
}

fn seconds(fields: &[&str]) -> f64 {
    let ticks = |at: usize| {
        fields
            .get(at)
            .and_then(|n| n.parse::<f64>().ok())
            .unwrap_or(0.0)
    };
    (ticks(11) + ticks(12)) / TICKS
}

/// The same of all children of a process: PostgreSQL's backends are the postmaster's. Those that ended are counted as well.
pub fn cpu_of_children(pid: u32) -> f64 {
    let stat = read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    let own = fields(&stat);
    let ended = |at: usize| {
        own.get(at)
            .and_then(|n| n.parse::<f64>().ok())
            .unwrap_or(0.0)
    };
    let alive: f64 = std::fs::read_dir("/proc")
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse::<u32>().ok())
        .filter_map(|other| read_to_string(format!("/proc/{other}/stat")).ok())
        .filter(|stat| fields(stat).get(1).and_then(|n| n.parse().ok()) == Some(pid))
        .map(|stat| seconds(&fields(&stat)))
        .sum();
    alive + (ended(13) + ended(14)) / TICKS
}

/// Megabytes that a process holds, shared ones by its part.
pub fn memory(pid: u32) -> f64 {
    let rollup = read_to_string(format!("/proc/{pid}/smaps_rollup")).unwrap_or_default();
    let line = rollup.lines().find(|line| line.starts_with("Pss:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().nth(1)?.parse::<f64>().ok());
    kilobytes.unwrap_or(0.0) / 1024.0
}
