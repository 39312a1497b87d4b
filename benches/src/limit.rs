//! The limit: each document is one statement that builds its JSON, prepared once. No accounts, no policies, no schema.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::{Json, Router, extract::State, routing::post};
use serde_json::Value;
use tokio_postgres::types::ToSql;
use tokio_postgres::{Client, NoTls, Statement};
use uuid::Uuid;

use crate::documents::DOCUMENTS;

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

const FIND: &str = "SELECT bench_find($1, $2, $3)::text";

const WORK: &str = "
SELECT json_build_object('id', r.id, 'kind', r.kind, 'title', json_build_object('kk', r.title_kk, 'ru', r.title_ru, 'en', r.title_en),
  'useCount', r.uses, 'copyCount', r.copies, 'endorsementCount', r.endorsements, 'commentCount', r.comments,
  'newest', (SELECT json_build_object('number', v.number, 'body', v.body) FROM resource_version v WHERE v.id = r.newest_id),
  'authors', (SELECT json_agg(json_build_object('name', p.name) ORDER BY a.position)
    FROM resource_author a JOIN person p ON p.id = a.person_id WHERE a.resource_id = r.id),
  'comments', (SELECT json_agg(c.it) FROM (
    SELECT json_build_object('id', c.id, 'text', c.text, 'createdAt', c.created_at, 'person', json_build_object('id', p.id, 'name', p.name)) AS it
    FROM resource_comment c JOIN person p ON p.id = c.person_id
    WHERE c.resource_id = r.id ORDER BY c.created_at, c.id LIMIT 20) c),
  'uses', (SELECT json_agg(u.it) FROM (
    SELECT json_build_object('id', u.id, 'note', u.note, 'heldOn', u.held_on, 'grade', u.grade, 'rating', u.rating,
      'person', json_build_object('id', p.id, 'name', p.name)) AS it
    FROM resource_use u JOIN person p ON p.id = u.person_id
    WHERE u.resource_id = r.id ORDER BY u.created_at DESC, u.id DESC LIMIT 20) u))::text
FROM resource r WHERE r.id = $1";

const WORKS: &str = "SELECT bench_works($1, $2)::text";

const WORKSPACE: &str = "
SELECT json_build_object('id', s.id, 'theme', s.theme, 'question', s.question, 'grade', s.grade, 'state', s.state,
  'template', (SELECT json_build_object('id', t.id, 'lessons', t.lessons, 'name', json_build_object('kk', t.name_kk, 'ru', t.name_ru, 'en', t.name_en),
    'stages', (SELECT json_agg(json_build_object('number', g.number, 'kind', g.kind, 'name',
      json_build_object('kk', g.name_kk, 'ru', g.name_ru, 'en', g.name_en)) ORDER BY g.number)
      FROM study_template_stage g WHERE g.template_id = t.id)) FROM study_template t WHERE t.id = s.template_id),
  'school', (SELECT json_build_object('id', c.id, 'name', json_build_object('kk', c.name_kk, 'ru', c.name_ru, 'en', c.name_en))
    FROM school c WHERE c.id = s.school_id),
  'network', (SELECT json_build_object('id', n.id, 'name', json_build_object('kk', n.name_kk, 'ru', n.name_ru, 'en', n.name_en))
    FROM network n WHERE n.id = s.network_id),
  'members', (SELECT json_agg(json_build_object('id', m.id, 'role', m.role, 'state', m.state,
      'person', json_build_object('id', p.id, 'name', p.name),
      'school', CASE WHEN c.id IS NOT NULL THEN json_build_object('id', c.id, 'name', json_build_object('kk', c.name_kk, 'ru', c.name_ru, 'en', c.name_en)) END)
      ORDER BY m.id)
    FROM study_member m JOIN person p ON p.id = m.person_id LEFT JOIN school c ON c.id = m.school_id WHERE m.study_id = s.id),
  'casePupils', (SELECT json_agg(json_build_object('id', p.id, 'letter', p.letter, 'typifies', p.typifies, 'level', p.level) ORDER BY p.letter)
    FROM case_pupil p WHERE p.study_id = s.id),
  'lessons', (SELECT json_agg(json_build_object('id', l.id, 'number', l.number, 'state', l.state, 'topic', l.topic,
      'classLabel', l.class_label, 'taughtAt', l.taught_at) ORDER BY l.number)
    FROM research_lesson l WHERE l.study_id = s.id),
  'notes', (SELECT json_agg(n.it) FROM (
    SELECT json_build_object('id', n.id, 'body', n.body, 'createdAt', n.created_at, 'author', json_build_object('id', p.id, 'name', p.name)) AS it
    FROM study_note n JOIN person p ON p.id = n.author_id WHERE n.study_id = s.id ORDER BY n.id LIMIT 20) n))::text
FROM study s WHERE s.id = $1";

const SYNC: &str = "SELECT bench_sync($1, $2, $3)::text";

/// What the limit and PostGraphile both need in the database for what no table says: the searches, and the mutations with
/// their facts and the checks that the product makes. Works are ranked as the product ranks them: BM25 over four degrees
/// of nearness, words of five letters at least, the last possibly just begun.
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
  SELECT json_build_object('id', id, 'state', state, 'version', version) FROM made $$;
CREATE OR REPLACE FUNCTION bench_find(words text[], stems text[], reach uuid[]) RETURNS json LANGUAGE sql STABLE AS $$
  WITH sought AS (
    SELECT w, s, n, n = cardinality(words) AS open FROM unnest(words, stems) WITH ORDINALITY AS t (w, s, n)),
  near AS MATERIALIZED (
    SELECT n, t.resource_id, t.weight, starts_with(t.term, left(w, 5)) AS five, t.stem = s AS stem,
      CASE WHEN open THEN starts_with(t.term, w) ELSE t.term = w END AS exact
    FROM sought, LATERAL (
      SELECT * FROM resource_term WHERE term >= left(w, 4) COLLATE \"C\" AND term < (left(w, 4) || U&'\\+10FFFF') COLLATE \"C\") t),
  works AS (SELECT works::float8 AS works FROM resource_count),
  tells AS (
    SELECT n, ln(1 + (works - four + 0.5) / (four + 0.5)) AS four, ln(1 + (works - five + 0.5) / (five + 0.5)) AS five,
      ln(1 + (works - stem + 0.5) / (stem + 0.5)) AS stem, ln(1 + (works - exact + 0.5) / (exact + 0.5)) AS exact
    FROM works, (
      SELECT n, least(count(*), works) AS four, least(count(*) FILTER (WHERE five), works) AS five,
        least(count(*) FILTER (WHERE stem), works) AS stem, least(count(*) FILTER (WHERE exact), works) AS exact
      FROM near, works GROUP BY n, works) having_it),
  weights AS (
    SELECT n, resource_id, sum(weight)::float8 AS four, sum(CASE WHEN five THEN weight ELSE 0 END)::float8 AS five,
      sum(CASE WHEN stem THEN weight ELSE 0 END)::float8 AS stem, sum(CASE WHEN exact THEN weight ELSE 0 END)::float8 AS exact
    FROM near GROUP BY n, resource_id),
  degrees AS (
    SELECT resource_id, w.four / (w.four + 1400) * t.four AS four, w.five / (w.five + 1400) * t.five AS five,
      w.stem / (w.stem + 1400) * t.stem AS stem, w.exact / (w.exact + 1400) * t.exact AS exact
    FROM weights w JOIN tells t USING (n)),
  scored AS (
    SELECT resource_id, sum(((((four + five) + stem + exact) * 0.25 + greatest(four, five, stem, exact) * 0.75) * 1e6)::bigint)::bigint AS score
    FROM degrees GROUP BY resource_id),
  found AS (
    SELECT r.id, r.kind, r.language, r.grade_from, r.grade_to, score FROM resource r JOIN scored ON resource_id = r.id
    WHERE r.state = 'shared' AND (r.rung IN ('signed_in', 'public') OR r.scope_id = ANY (reach))),
  kept AS MATERIALIZED (SELECT * FROM found WHERE score * 10 >= (SELECT max(score) FROM found) * 3),
  page AS (SELECT id, score FROM kept ORDER BY score DESC, id DESC LIMIT 20)
  SELECT json_build_object('totalCount', (SELECT count(*) FROM kept),
    'facets', json_build_object(
      'kinds', (SELECT json_agg(k) FROM (SELECT kind, count(*) FROM kept GROUP BY kind) k),
      'languages', (SELECT json_agg(l) FROM (SELECT language, count(*) FROM kept GROUP BY language) l),
      'grades', (SELECT json_agg(g) FROM (SELECT grade, count(*) FROM kept, generate_series(grade_from, grade_to) AS grade GROUP BY grade) g)),
    'nodes', (SELECT json_agg(json_build_object('id', r.id, 'kind', r.kind, 'title',
      json_build_object('kk', r.title_kk, 'ru', r.title_ru, 'en', r.title_en), 'useCount', r.uses) ORDER BY p.score DESC, p.id DESC)
      FROM page p JOIN resource r ON r.id = p.id)) $$;
CREATE OR REPLACE FUNCTION bench_works(id uuid, at text) RETURNS json LANGUAGE sql STABLE AS $$
  SELECT json_agg(r.it) FROM (
    SELECT json_build_object('id', w.id, 'kind', kind, 'state', state, 'title', json_build_object('kk', title_kk, 'ru', title_ru, 'en', title_en),
      'useCount', uses) AS it
    FROM resource w WHERE state = 'shared' AND rung = 'public' AND (shared_at, w.id) < (at::timestamptz, bench_works.id)
    ORDER BY shared_at DESC, w.id DESC LIMIT 20) r $$;
CREATE OR REPLACE FUNCTION bench_sync(lesson uuid, author uuid, notes text) RETURNS json LANGUAGE sql VOLATILE AS $$
  WITH held AS (
    SELECT l.* FROM research_lesson l JOIN study s ON s.id = l.study_id
    JOIN study_member m ON m.study_id = l.study_id AND m.person_id = author AND m.state = 'joined'
    WHERE l.id = lesson AND l.state IN ('frozen', 'taught') AND l.discussing_since IS NULL FOR UPDATE OF l),
  known AS (
    SELECT p.id FROM case_pupil p JOIN held h ON h.study_id = p.study_id
    UNION ALL SELECT s.id FROM sheet_stage s JOIN held h ON h.id = s.lesson_id),
  made AS (
    INSERT INTO observation (id, study_id, lesson_id, author_id, pupil_id, stage_id, taken_at, fact, interpretation, state, version, received_at)
    SELECT n.id, h.study_id, h.id, author, n.pupil, n.stage, n.taken, n.fact, n.interpretation, 'synced', 1, now()
    FROM held h, json_to_recordset(notes::json) AS n (id uuid, pupil uuid, stage uuid, taken timestamptz, fact text, interpretation text)
    WHERE n.pupil IN (SELECT id FROM known) AND n.stage IN (SELECT id FROM known)
    ON CONFLICT (id) DO NOTHING RETURNING *),
  told AS (
    INSERT INTO outbox (id, action, subject_id, fact, at, due_at, attempts, settled_at)
    SELECT gen_random_uuid(), 'observations.sync', h.study_id, '{}', now(), now(), 0, now() FROM held h WHERE EXISTS (SELECT FROM made))
  SELECT json_build_object('observations', json_agg(json_build_object('id', id, 'state', state, 'version', version))) FROM made $$;";

/// In the order of the documents.
const STATEMENTS: [&str; DOCUMENTS.len()] = [
    SCHOOL,
    NETWORK,
    NOTIFICATIONS,
    SEARCH,
    DEEP,
    INVITE,
    FIND,
    WORK,
    WORKS,
    WORKSPACE,
    SYNC,
];

struct Connection {
    client: Client,
    statements: Vec<Statement>,
}

struct Pool {
    connections: Vec<Connection>,
    next: AtomicUsize,
}

/// Serves the documents on a port of the loopback.
pub async fn serve(url: &str, port: u16) -> anyhow::Result<()> {
    let mut connections = Vec::new();
    for _ in 0..8 {
        let (client, connection) = tokio_postgres::connect(url, NoTls).await?;
        tokio::spawn(connection);
        client.batch_execute("SET jit = off").await?;
        let mut statements = Vec::new();
        for statement in STATEMENTS {
            statements.push(client.prepare(statement).await?);
        }
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
    #[serde(default)]
    words: Vec<String>,
    #[serde(default)]
    stems: Vec<String>,
    #[serde(default)]
    reach: Vec<Uuid>,
}

type Answer = Result<([(&'static str, &'static str); 1], String), (axum::http::StatusCode, String)>;

async fn answer(State(pool): State<Arc<Pool>>, Json(asked): Json<Asked>) -> Answer {
    let at = pool.next.fetch_add(1, Ordering::Relaxed) % pool.connections.len();
    let Connection { client, statements } = &pool.connections[at];
    let statement = &statements[asked.document];
    let given: &[&(dyn ToSql + Sync)] = match asked.document {
        3 => &[&asked.text],
        4 | 8 => &[&asked.id, &asked.text],
        5 => &[&asked.id, &asked.other],
        6 => &[&asked.words, &asked.stems, &asked.reach],
        10 => &[&asked.id, &asked.other, &asked.text],
        _ => &[&asked.id],
    };
    let row = client.query_one(statement, given).await;
    match row.and_then(|row| row.try_get::<_, String>(0)) {
        Ok(text) => Ok(([("content-type", "application/json")], text)),
        Err(error) => {
            let text = Value::String(error.to_string()).to_string();
            Err((axum::http::StatusCode::INTERNAL_SERVER_ERROR, text))
        }
    }
}
