//! How many instructions a document costs the server: counted by callgrind, hardly any noise.

use std::process::Command;

use anyhow::{Context, bail};

use crate::contenders::{self, undo};
use crate::documents::DOCUMENTS;
use crate::rows::Rows;
use crate::variable;

/// How many requests are counted together.
const TIMES: u64 = 50;

/// Whether that is what was asked for.
pub fn wanted() -> bool {
    crate::only("instructions")
}

/// Where callgrind writes its counts.
pub fn file() -> anyhow::Result<String> {
    Ok(format!("{}/callgrind.out", variable("BENCH_SCRATCH")?))
}

/// Prints a table.
pub async fn measure(
    client: &tokio_postgres::Client,
    rows: &Rows,
    url: &str,
) -> anyhow::Result<()> {
    let server = contenders::ours(rows, url).await?;
    println!("| document | instructions a request, server alone |\n|---|---|");
    for (at, document) in DOCUMENTS.iter().enumerate() {
        let target = server.target(at);
        target.next.store(0, std::sync::atomic::Ordering::Relaxed);
        // Statements are prepared and pages of memory touched.
        for _ in 0..10 {
            target.once().await?;
        }
        control(server.pid(), "--zero")?;
        for _ in 0..TIMES {
            target.once().await?;
        }
        control(server.pid(), "--dump")?;
        println!(
            "| {} | {:.2} M |",
            document.name,
            counted()? as f64 / TIMES as f64 / 1e6
        );
        undo(client, at).await?;
    }
    server.stop().await
}

fn control(pid: u32, what: &str) -> anyhow::Result<()> {
    let status = Command::new("callgrind_control")
        .args([what, &pid.to_string()])
        .stdout(std::process::Stdio::null())
        .status()
        .context("callgrind_control, of valgrind")?;
    if !status.success() {
        bail!("callgrind_control {what}: {status}");
    }
    Ok(())
}

/// The sum of the latest dump, which is removed.
fn counted() -> anyhow::Result<u64> {
    let file = file()?;
    let name = file.rsplit('/').next().unwrap_or_default();
    let mut sum = None;
    for entry in std::fs::read_dir(variable("BENCH_SCRATCH")?)? {
        let path = entry?.path();
        let dump = path.file_name().and_then(|it| it.to_str());
        if !dump.is_some_and(|it| it.starts_with(&format!("{name}."))) {
            continue;
        }
        let text = std::fs::read_to_string(&path)?;
        let line = text.lines().find_map(|line| {
            line.strip_prefix("summary: ")
                .or(line.strip_prefix("totals: "))
        });
        sum = sum.max(line.and_then(|line| line.trim().parse().ok()));
        std::fs::remove_file(path)?;
    }
    sum.context("callgrind wrote no counts")
}
