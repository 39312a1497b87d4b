//! How fast facts reach inboxes and sockets.

use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio_postgres::Client;
use tokio_tungstenite::tungstenite::{Message, client::IntoClientRequest};

use crate::contenders::{Contender, undo};
use crate::documents::{MUTATION, body};
use crate::rows::Rows;

/// How many invitations are timed.
const TIMED: i64 = 200;
/// How many facts are carried at once.
const CARRIED: i64 = 3000;

/// Prints both.
pub async fn measure(client: &Client, rows: &Rows, server: &Contender) -> anyhow::Result<()> {
    let mut took = socket(client, rows, server).await?;
    took.sort_by(f64::total_cmp);
    let percentile = |share: f64| {
        let at = (took.len() as f64 * share) as usize;
        took.get(at.min(took.len() - 1)).copied().unwrap_or(0.0) * 1000.0
    };
    println!(
        "\nFrom the answer to an invitation to the notice on another person's WebSocket, {} times, one after the other: p50 {:.1} ms, p99 {:.1} ms.",
        took.len(),
        percentile(0.5),
        percentile(0.99),
    );
    undo(client, MUTATION).await?;
    let (facts, notices, seconds) = relay(client).await?;
    println!(
        "Facts through the relay: {facts} facts to {notices} inboxes in {seconds:.2} s, {:.0} facts a second.",
        facts as f64 / seconds
    );
    undo(client, MUTATION).await?;
    announce(client, rows, server).await
}

/// Something is announced to everybody; meanwhile somebody listens whose schools are invited.
async fn announce(client: &Client, rows: &Rows, server: &Contender) -> anyhow::Result<()> {
    client
        .execute(
            "INSERT INTO membership (id, person_id, role, scope_kind, scope_id, began_at)
             VALUES (gen_random_uuid(), $1, 'platform_admin', 'platform', $2, now()) ON CONFLICT DO NOTHING",
            &[&rows.reader.person, &uuid::Uuid::nil()],
        )
        .await?;
    let mut socket = listen(rows, server).await?;
    let target = server.target(MUTATION);
    target.next.store(0, std::sync::atomic::Ordering::Relaxed);
    let words = json!({ "kk": "Жиналыс", "ru": "Собрание", "en": "Meeting" });
    let document = "mutation($input: AnnouncementPublishInput!) { announcementPublish(input: $input) { announcement { id } } }";
    let input = json!({ "audience": { "everybody": true }, "title": words, "text": words });
    let publish = crate::load::Target {
        authorization: Some(format!("Bearer {}", rows.reader.token)),
        bodies: std::sync::Arc::new(vec![body(document, json!({ "input": input }))]),
        good: "ann_",
        once_each: false,
        ..target.clone()
    };
    let idle = server.memory();
    let began = Instant::now();
    publish.once().await?;
    let answered = began.elapsed();
    let count = "SELECT count(*) FROM notification WHERE reason = 'announcement'";
    let all: i64 = client
        .query_one(
            "SELECT count(*) - 1 FROM person WHERE state = 'active'",
            &[],
        )
        .await?
        .get(0);
    let (mut took, mut most, mut told) = (Vec::new(), idle, 0);
    while told < all {
        if began.elapsed() > Duration::from_secs(900) {
            bail!("{told} of {all} were told");
        }
        if took.len() < TIMED.min(rows.others.len() as i64) as usize {
            target.once().await?;
            let sent = Instant::now();
            expect(&mut socket, "next").await?;
            took.push(sent.elapsed().as_secs_f64() * 1000.0);
        }
        most = most.max(server.memory());
        tokio::time::sleep(Duration::from_millis(150)).await;
        told = client.query_one(count, &[]).await?.get(0);
    }
    let seconds = began.elapsed().as_secs_f64();
    took.sort_by(f64::total_cmp);
    let percentile = |share: f64| {
        let at = (took.len() as f64 * share) as usize;
        took.get(at.min(took.len().saturating_sub(1)))
            .copied()
            .unwrap_or(0.0)
    };
    println!(
        "An announcement to {all} persons: answered in {:.0} ms, in all inboxes after {seconds:.1} s; meanwhile {} invitations \
         reached another person's WebSocket in p50 {:.0} ms, p99 {:.0} ms after their answer. Memory {idle:.0} MB before, {most:.0} MB at most.",
        answered.as_secs_f64() * 1000.0,
        took.len(),
        percentile(0.5),
        percentile(0.99),
    );
    Ok(())
}

/// Somebody listens who speaks for many schools, and each of them is invited.
async fn socket(client: &Client, rows: &Rows, server: &Contender) -> anyhow::Result<Vec<f64>> {
    let invited: Vec<_> = rows.others.iter().take(TIMED as usize).copied().collect();
    client
        .execute(
            "INSERT INTO membership (id, person_id, role, scope_kind, scope_id, began_at)
             SELECT gen_random_uuid(), $1, 'coordinator', 'school', school, now() FROM unnest($2::uuid[]) AS school ON CONFLICT DO NOTHING",
            &[&rows.reader.person, &invited],
        )
        .await?;
    let mut socket = listen(rows, server).await?;
    let target = server.target(MUTATION);
    target.next.store(0, std::sync::atomic::Ordering::Relaxed);
    let mut took = Vec::new();
    for _ in 0..invited.len() {
        target.once().await?;
        let answered = Instant::now();
        expect(&mut socket, "next").await?;
        took.push(answered.elapsed().as_secs_f64());
    }
    Ok(took)
}

/// A socket that follows the reader's inbox.
async fn listen(rows: &Rows, server: &Contender) -> anyhow::Result<Socket> {
    let mut request =
        format!("ws://127.0.0.1:{}/graphql/ws", server.ports[0]).into_client_request()?;
    request
        .headers_mut()
        .insert("sec-websocket-protocol", "graphql-transport-ws".parse()?);
    let (mut socket, _) = tokio_tungstenite::connect_async(request).await?;
    let token = format!("Bearer {}", rows.reader.token);
    let hello = json!({ "type": "connection_init", "payload": { "authorization": token } });
    socket.send(Message::text(hello.to_string())).await?;
    expect(&mut socket, "connection_ack").await?;
    let query = "subscription { notificationReceived { notification { id } } }";
    let subscribe = json!({ "id": "1", "type": "subscribe", "payload": { "query": query } });
    socket.send(Message::text(subscribe.to_string())).await?;
    tokio::time::sleep(Duration::from_millis(500)).await;
    Ok(socket)
}

type Socket =
    tokio_tungstenite::WebSocketStream<tokio_tungstenite::MaybeTlsStream<tokio::net::TcpStream>>;

async fn expect(socket: &mut Socket, kind: &str) -> anyhow::Result<()> {
    loop {
        let message = tokio::time::timeout(Duration::from_secs(10), socket.next()).await;
        let message = message
            .with_context(|| format!("no {kind}"))?
            .context("closed")??;
        let Message::Text(text) = message else {
            continue;
        };
        let value: Value = serde_json::from_str(&text)?;
        match value["type"].as_str() {
            Some("ping") => socket.send(Message::text(r#"{"type":"pong"}"#)).await?,
            Some(other) if other == kind => return Ok(()),
            _ => bail!("{text}"),
        }
    }
}

/// Facts as they are, due again under new keys.
async fn relay(client: &Client) -> anyhow::Result<(i64, i64, f64)> {
    let before: i64 = client
        .query_one("SELECT count(*) FROM notification", &[])
        .await?
        .get(0);
    let facts = client
        .execute(
            "INSERT INTO outbox (id, action, subject_id, fact, at, due_at, attempts)
             SELECT gen_random_uuid(), 'bench', subject_id, fact, now(), now(), 0 FROM outbox
             WHERE fact LIKE '{\"fact\":\"partnership_activated\"%' LIMIT $1",
            &[&CARRIED],
        )
        .await?;
    let facts = i64::try_from(facts)?;
    let began = Instant::now();
    let mut first = None;
    loop {
        let left: i64 = client
            .query_one("SELECT count(*) FROM outbox WHERE action = 'bench' AND settled_at IS NULL AND parked_at IS NULL", &[])
            .await?
            .get(0);
        if left < facts {
            // The relay looks every few seconds at what others committed; that wait is not its work.
            first.get_or_insert_with(|| (Instant::now(), left));
        }
        if left == 0 {
            break;
        }
        if began.elapsed() > Duration::from_secs(120) {
            bail!("{left} facts were not carried");
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let (since, left) = first.context("nothing was carried")?;
    let after: i64 = client
        .query_one("SELECT count(*) FROM notification", &[])
        .await?
        .get(0);
    Ok((left, after - before, since.elapsed().as_secs_f64()))
}
