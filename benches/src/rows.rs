//! The rows that the documents are about, looked up once in the generated country.

use anyhow::Context;
use serde_json::{Value, json};
use tokio_postgres::Client;
use uuid::Uuid;

/// How deep the deep pages lie at the most, in pages.
const DEEP: i64 = 100;
/// Rows of a page.
const PAGE: i64 = 20;
/// How many batches of observations are at hand.
const BATCHES: usize = 4000;
/// Observations of a batch.
const NOTES: usize = 15;

/// What people look for among works, as it is written in the index: words of five letters at least.
const QUESTIONS: [&[&str]; 4] = [
    &["бөлшектер"],
    &["электр", "тізбегі"],
    &["уравнения"],
    &["круговорот"],
];

/// Somebody whom a program may be.
pub struct Persona {
    pub token: String,
    pub person: Uuid,
}

/// A question to the search of works.
pub struct Question {
    pub words: Vec<String>,
    pub stems: Vec<String>,
}

/// A row deep in a list: its key, when it was made, and after how many pages it comes.
pub struct Deep {
    pub id: Uuid,
    pub at: String,
    pub pages: i64,
}

/// The rows.
pub struct Rows {
    pub coordinator: Persona,
    pub reader: Persona,
    pub teacher: Persona,
    pub school: Uuid,
    pub network: Uuid,
    /// Schools that the network has no partnership with.
    pub others: Vec<Uuid>,
    /// Deep in the list of partnerships.
    pub partnership: Deep,
    /// Deep in the list of works that everybody sees.
    pub work: Deep,
    /// A work that was used and spoken of, by fewer than a page of people.
    pub used: Uuid,
    pub questions: Vec<Question>,
    /// The keys of all that the coordinator's school is of: what is shared with these they see.
    pub reach: Vec<Uuid>,
    /// A study of the teacher's.
    pub study: Uuid,
    /// Batches of observations by the teacher, each for one of their lessons.
    pub batches: Vec<(Uuid, Vec<Note>)>,
}

/// An observation on its way.
pub struct Note {
    pub id: Uuid,
    pub pupil: Uuid,
    pub stage: Uuid,
}

/// What each observation says.
pub const FACT: &str = "Есептің шартын екі рет оқып, сызба салды.";
pub const INTERPRETATION: &str = "Сызба ойлануға көмектесті.";
pub const TAKEN: &str = "2026-01-15T05:10:00Z";

impl Rows {
    /// Reads what `sabaqtas generate` printed, and looks up the rest.
    pub async fn find(client: &Client, country: &str) -> anyhow::Result<Self> {
        let told: Value = serde_json::from_str(&std::fs::read_to_string(country)?)?;
        let text = |at: &str| {
            let text = told.pointer(at).and_then(Value::as_str);
            text.map(str::to_owned)
                .with_context(|| format!("{country} has no {at}"))
        };
        let key = |at: &str| -> anyhow::Result<Uuid> {
            let printed = text(at)?;
            Ok(Uuid::try_parse(printed.get(4..).unwrap_or_default())?)
        };
        let persona = |name: &str| -> anyhow::Result<Persona> {
            Ok(Persona {
                token: text(&format!("/personas/{name}/token"))?,
                person: key(&format!("/personas/{name}/person"))?,
            })
        };
        let teacher = persona("teacher")?;
        let school = key("/personas/coordinator/school")?;
        let others = "SELECT id FROM school WHERE state IN ('unclaimed', 'verified') AND id <> $1 AND id NOT IN
            (SELECT magnetic_id FROM partnership WHERE leading_id = $1 UNION SELECT leading_id FROM partnership WHERE magnetic_id = $1) ORDER BY id";
        let others = client.query(others, &[&school]).await?;
        let used = "SELECT id FROM resource WHERE state = 'shared' AND rung = 'public' AND uses BETWEEN 1 AND 18
            AND comments BETWEEN 1 AND 18 ORDER BY uses + comments DESC, id LIMIT 1";
        let reach = "SELECT $1 UNION SELECT network_id FROM network_lead WHERE school_id = $1
            UNION SELECT network_id FROM partnership WHERE state = 'active' AND $1 IN (magnetic_id, leading_id)
            UNION SELECT id FROM partnership WHERE state = 'active' AND $1 IN (magnetic_id, leading_id)";
        let reach = client.query(reach, &[&school]).await?;
        let study = "SELECT m.study_id FROM study_member m WHERE m.person_id = $1
            ORDER BY (SELECT count(*) FROM study_note n WHERE n.study_id = m.study_id) DESC, m.study_id LIMIT 1";
        let study = client.query_one(study, &[&teacher.person]).await?.get(0);
        Ok(Self {
            coordinator: persona("coordinator")?,
            reader: persona("reader")?,
            school,
            network: key("/personas/coordinator/network")?,
            others: others.iter().map(|row| row.get(0)).collect(),
            partnership: deep(client, "partnership", "created_at", "state = 'active'").await?,
            work: deep(
                client,
                "resource",
                "shared_at",
                "state = 'shared' AND rung = 'public'",
            )
            .await?,
            used: client.query_one(used, &[]).await?.get(0),
            questions: questions(client).await?,
            reach: reach.iter().map(|row| row.get(0)).collect(),
            study,
            batches: batches(client, teacher.person).await?,
            teacher,
        })
    }
}

async fn deep(client: &Client, table: &str, date: &str, which: &str) -> anyhow::Result<Deep> {
    let count = format!("SELECT count(*) FROM {table} WHERE {which}");
    let count: i64 = client.query_one(&count, &[]).await?.get(0);
    let pages = (count / PAGE - 2).clamp(1, DEEP);
    let deep = format!(
        "SELECT id, {date}::text FROM {table} WHERE {which} ORDER BY {date} DESC, id DESC OFFSET $1 LIMIT 1"
    );
    let row = client.query_one(&deep, &[&(pages * PAGE - 1)]).await?;
    Ok(Deep {
        id: row.get(0),
        at: row.get(1),
        pages,
    })
}

/// The questions with the stems that the product's analyser made of their words.
async fn questions(client: &Client) -> anyhow::Result<Vec<Question>> {
    let mut questions = Vec::new();
    for words in QUESTIONS {
        let mut question = Question {
            words: Vec::new(),
            stems: Vec::new(),
        };
        for word in words {
            let stem = "SELECT stem FROM resource_term WHERE term = $1 LIMIT 1";
            let row = client.query_one(stem, &[word]).await.context(*word)?;
            question.words.push((*word).to_owned());
            question.stems.push(row.get(0));
        }
        questions.push(question);
    }
    Ok(questions)
}

async fn batches(client: &Client, teacher: Uuid) -> anyhow::Result<Vec<(Uuid, Vec<Note>)>> {
    let lessons = "SELECT l.id, (SELECT array_agg(id ORDER BY letter) FROM case_pupil WHERE study_id = l.study_id),
            (SELECT array_agg(id ORDER BY number) FROM sheet_stage WHERE lesson_id = l.id)
        FROM research_lesson l JOIN study_member m ON m.study_id = l.study_id AND m.person_id = $1 AND m.state = 'joined'
        WHERE l.state = 'taught' AND l.discussing_since IS NULL ORDER BY l.id";
    let lessons = client.query(lessons, &[&teacher]).await?;
    let lessons: Vec<(Uuid, Vec<Uuid>, Vec<Uuid>)> = lessons
        .iter()
        .map(|row| (row.get(0), row.get(1), row.get(2)))
        .collect();
    let batches = lessons.iter().cycle().take(BATCHES);
    let batches = batches.map(|(lesson, pupils, stages)| {
        let about = pupils.iter().cycle().zip(stages.iter().cycle());
        let notes = about.take(NOTES).map(|(pupil, stage)| Note {
            id: Uuid::now_v7(),
            pupil: *pupil,
            stage: *stage,
        });
        (*lesson, notes.collect())
    });
    Ok(batches.collect())
}

impl Note {
    /// As the function in the database reads it.
    pub fn plain(&self) -> Value {
        json!({
            "id": self.id, "pupil": self.pupil, "stage": self.stage, "taken": TAKEN, "fact": FACT,
            "interpretation": INTERPRETATION,
        })
    }
}
