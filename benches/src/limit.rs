//! The limit: each document is one statement that builds its JSON, prepared once. No accounts, no policies, no schema.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::{Json, Router, extract::State, routing::post};
use serde_json::Value;
use tokio_postgres::{Client, NoTls, Statement};
use uuid::Uuid;

const SCHOOL: &str = "
SELECT json_build_object('id', s.id, 'name', json_build_object('kk', s.name_kk, 'ru', s.name_ru, 'en', s.name_en),
  'place', s.place, 'kind', s.kind, 'state', s.state, 'networks', (
    SELECT json_agg(json_build_object('id', n.id, 'name', json_build_object('kk', n.name_kk, 'ru', n.name_ru, 'en', n.name_en),
      'theme', n.theme, 'state', n.state, 'activePartnerships', n.active_partnerships, 'partnerships', (
        SELECT json_agg(p.it) FROM (
          SELECT json_build_object('id', p.id, 'state', p.state, 'activeSince', p.active_since, 'magnetic',
            json_build_object('id', m.id, 'name', json_build_object('kk', m.name_kk, 'ru', m.name_ru, 'en', m.name_en), 'place', m.place)) AS it
          FROM partnership p JOIN school m ON m.id = p.magnetic_id
          WHERE p.network_id = n.id AND p.state = 'active' ORDER BY p.created_at DESC, p.id DESC LIMIT 20) p)))
    FROM network n WHERE n.id IN (
      SELECT network_id FROM network_lead WHERE school_id = s.id
      UNION SELECT network_id FROM partnership WHERE magnetic_id = s.id AND state = 'active')))::text
FROM school s WHERE s.id = $1";

const NETWORK: &str = "
SELECT json_build_object('id', n.id, 'name', json_build_object('kk', n.name_kk, 'ru', n.name_ru, 'en', n.name_en),
  'theme', n.theme, 'state', n.state, 'activePartnerships', n.active_partnerships,
  'leading', (SELECT json_agg(json_build_object('id', s.id, 'name', json_build_object('kk', s.name_kk, 'ru', s.name_ru, 'en', s.name_en)))
    FROM network_lead l JOIN school s ON s.id = l.school_id WHERE l.network_id = n.id),
  'partnerships', (
    SELECT json_agg(p.it) FROM (
      SELECT json_build_object('id', p.id, 'state', p.state, 'activeSince', p.active_since, 'magnetic',
        json_build_object('id', m.id, 'name', json_build_object('kk', m.name_kk, 'ru', m.name_ru, 'en', m.name_en), 'place', m.place)) AS it
      FROM partnership p JOIN school m ON m.id = p.magnetic_id
      WHERE p.network_id = n.id AND p.state = 'active' ORDER BY p.created_at DESC, p.id DESC LIMIT 20) p))::text
FROM network n WHERE n.id = $1";

const NOTIFICATIONS: &str = "
SELECT json_build_object('unreadCount', (SELECT unread FROM inbox WHERE person_id = $1), 'notifications', (
  SELECT json_agg(n.it) FROM (
    SELECT json_build_object('id', n.id, 'reason', n.reason, 'createdAt', n.created_at, 'readAt', n.read_at, 'fact', f.fact) AS it
    FROM notification n JOIN outbox f ON f.id = n.fact_id
    WHERE n.person_id = $1 ORDER BY n.number DESC LIMIT 20) n))::text";

const SEARCH: &str = "SELECT bench_search($1)::text";

const DEEP: &str = "
SELECT json_agg(p.it)::text FROM (
  SELECT json_build_object('id', p.id, 'state', p.state, 'createdAt', p.created_at, 'magnetic',
    json_build_object('id', m.id, 'name', json_build_object('kk', m.name_kk, 'ru', m.name_ru, 'en', m.name_en))) AS it
  FROM partnership p JOIN school m ON m.id = p.magnetic_id
  WHERE p.state = 'active' AND (p.created_at, p.id) < ($2::text::timestamptz, $1)
  ORDER BY p.created_at DESC, p.id DESC LIMIT 20) p";

const INVITE: &str = "SELECT bench_invite($1, $2)::text";

/// What the limit and PostGraphile both need in the database for what no table says: search, and the invitation with
/// its fact and the checks that the product makes.
pub const FUNCTIONS: &str = "
CREATE OR REPLACE FUNCTION bench_search(q text) RETURNS json LANGUAGE sql STABLE AS $$
  WITH found AS (
    SELECT s.* FROM school s WHERE s.state <> 'merged' AND (
      s.id IN (SELECT school_id FROM school_term WHERE term >= q COLLATE \"C\" AND term < (q || U&'\\+10FFFF') COLLATE \"C\")
      OR s.region_id IN (SELECT region_id FROM region_term WHERE term >= q COLLATE \"C\" AND term < (q || U&'\\+10FFFF') COLLATE \"C\")))
  SELECT json_build_object('totalCount', (SELECT count(*) FROM found), 'nodes', (SELECT json_agg(f.it) FROM (
    SELECT json_build_object('id', id, 'name', json_build_object('kk', name_kk, 'ru', name_ru, 'en', name_en), 'place', place, 'kind', kind) AS it
    FROM found ORDER BY (CASE WHEN id IN (SELECT school_id FROM school_term WHERE term = q) THEN '0' ELSE '1' END) || sort_name, id LIMIT 20) f)) $$;
CREATE OR REPLACE FUNCTION bench_invite(network uuid, magnetic uuid) RETURNS json LANGUAGE sql VOLATILE AS $$
  WITH leader AS (
    SELECT s.* FROM school s JOIN network_lead l ON l.school_id = s.id
    JOIN designation d ON d.school_id = s.id AND d.kind = 'leading' AND d.state = 'awarded'
    WHERE l.network_id = network FOR UPDATE OF s),
  made AS (
    INSERT INTO partnership (id, network_id, leading_id, magnetic_id, state, live_pair, proposed_by, lapses_on, version, created_at)
    SELECT gen_random_uuid(), network, s.id, magnetic, 'invited',
      replace(least(s.id, magnetic)::text || greatest(s.id, magnetic)::text, '-', ''), 'leading', current_date + 30, 1, now()
    FROM leader s RETURNING *),
  told AS (
    INSERT INTO outbox (id, action, subject_id, fact, at, due_at, attempts, settled_at)
    SELECT gen_random_uuid(), 'partnership.invite', id, '{}', now(), now(), 0, now() FROM made)
  SELECT json_build_object('id', id, 'state', state, 'version', version) FROM made $$;";

struct Connection {
    client: Client,
    statements: [Statement; 6],
}

struct Pool {
    connections: Vec<Connection>,
    next: AtomicUsize,
}

/// Serves the six documents on a port of the loopback.
pub async fn serve(url: &str, port: u16) -> anyhow::Result<()> {
    let mut connections = Vec::new();
    for _ in 0..8 {
        let (client, connection) = tokio_postgres::connect(url, NoTls).await?;
        tokio::spawn(connection);
        client.batch_execute("SET jit = off").await?;
        let statements = [
            client.prepare(SCHOOL).await?,
            client.prepare(NETWORK).await?,
            client.prepare(NOTIFICATIONS).await?,
            client.prepare(SEARCH).await?,
            client.prepare(DEEP).await?,
            client.prepare(INVITE).await?,
        ];
        connections.push(Connection { client, statements });
    }
    let next = AtomicUsize::new(0);
    let app = Router::new()
        .route("/", post(answer))
        .with_state(Arc::new(Pool { connections, next }));
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await?;
    axum::serve(listener, app).await?;
    Ok(())
}

/// `{"document": 0, "id": …, "text": …}`
#[derive(serde::Deserialize)]
struct Asked {
    document: usize,
    #[serde(default)]
    id: Uuid,
    #[serde(default)]
    other: Uuid,
    #[serde(default)]
    text: String,
}

type Answer = Result<([(&'static str, &'static str); 1], String), (axum::http::StatusCode, String)>;

async fn answer(State(pool): State<Arc<Pool>>, Json(asked): Json<Asked>) -> Answer {
    let at = pool.next.fetch_add(1, Ordering::Relaxed) % pool.connections.len();
    let Connection { client, statements } = &pool.connections[at];
    let statement = &statements[asked.document];
    let row = match asked.document {
        0..=2 => client.query_one(statement, &[&asked.id]).await,
        3 => client.query_one(statement, &[&asked.text]).await,
        4 => client.query_one(statement, &[&asked.id, &asked.text]).await,
        _ => {
            client
                .query_one(statement, &[&asked.id, &asked.other])
                .await
        }
    };
    match row.and_then(|row| row.try_get::<_, String>(0)) {
        Ok(text) => Ok(([("content-type", "application/json")], text)),
        Err(error) => {
            let text = Value::String(error.to_string()).to_string();
            Err((axum::http::StatusCode::INTERNAL_SERVER_ERROR, text))
        }
    }
}
