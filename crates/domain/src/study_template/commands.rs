//! What administrators do with templates: add one, change one.

use sea_orm::ColumnTrait;
use serde::Serialize;

use super::entity::stage;
use super::policy::Write;
use super::{Kind, StudyTemplate, TemplateStage};
use crate::db::{Access, Once, Tx};
use crate::error::{Missteps, Refusal, Result};
use crate::fact::Fact;
use crate::fact::study::StudyFact;
use crate::id::Id;
use crate::text::Localized;

/// The most stages a template has.
pub const STAGES: usize = 20;

/// What a template says.
#[derive(Debug, Clone, Serialize)]
pub struct Card {
    /// Its name.
    pub name: Localized,
    /// What it is for.
    pub about: Localized,
    /// How many research lessons a study of it has at least.
    pub lessons: i32,
    /// The stages in their order.
    pub stages: Vec<NewStage>,
}

/// A stage.
#[derive(Debug, Clone, Serialize)]
pub struct NewStage {
    /// What is done.
    pub kind: Kind,
    /// Its name.
    pub name: Localized,
    /// What to do and how long.
    pub guide: Localized,
}

impl Card {
    fn checked(&self) -> Result<Self> {
        let mut missteps = Missteps::default();
        let name = missteps
            .check("name", self.name.checked(200))
            .unwrap_or_default();
        let about = missteps
            .check("about", self.about.checked(1000))
            .unwrap_or_default();
        if !(1..=10).contains(&self.lessons) {
            missteps.add("lessons", Refusal::OutOfRange { min: 1, max: 10 });
        }
        if self.stages.is_empty() {
            missteps.add("stages", Refusal::Required);
        }
        if self.stages.len() > STAGES {
            missteps.add("stages", Refusal::TooMany { max: STAGES });
        }
        let mut stages = Vec::with_capacity(self.stages.len());
        for stage in &self.stages {
            let name = missteps.check("stages.name", stage.name.checked(200));
            let guide = missteps.check("stages.guide", stage.guide.checked(2000));
            stages.push(NewStage {
                kind: stage.kind,
                name: name.unwrap_or_default(),
                guide: guide.unwrap_or_default(),
            });
        }
        missteps.finish()?;
        Ok(Self {
            name,
            about,
            lessons: self.lessons,
            stages,
        })
    }
}

/// Adds a template.
pub async fn create(access: &Access, card: &Card, key: Option<&str>) -> Result<StudyTemplate> {
    let card = card.checked()?;
    let tx = match access
        .begin_once(key, &("study_template.create", &card))
        .await?
    {
        Once::First(tx) => tx,
        Once::Again(id) => {
            let before = access.get(Id::from_uuid(id)).await?;
            return before.ok_or_else(|| Refusal::NotFound.into());
        }
    };
    let template = Id::fresh();
    let permit = tx.permit(Write { template })?;
    let row = tx
        .insert(&permit, row(template, &card, 1, tx.now()))
        .await?;
    tx.insert_all(&permit, stages(template, &card)).await?;
    let fact = StudyFact::TemplateWritten {
        template,
        name: row.name(),
    };
    tx.record(&permit, Fact::Study(fact)).await?;
    tx.commit_as(template).await?;
    Ok(row)
}

/// Changes a template. Studies that run keep to its new stages from then on.
pub async fn update(
    access: &Access,
    id: Id<StudyTemplate>,
    version: i32,
    card: &Card,
) -> Result<StudyTemplate> {
    let card = card.checked()?;
    let tx = access.begin().await?;
    let before = tx.lock(id, "id").await?;
    let permit = tx.permit(Write { template: id })?;
    if before.version != version {
        return Err(Refusal::Conflict.of("version"));
    }
    let row = tx
        .update(&permit, row(id, &card, version + 1, before.created_at))
        .await?;
    for stage in stages_of(&tx, id).await? {
        tx.delete(&permit, stage).await?;
    }
    tx.insert_all(&permit, stages(id, &card)).await?;
    let fact = StudyFact::TemplateWritten {
        template: id,
        name: row.name(),
    };
    tx.record(&permit, Fact::Study(fact)).await?;
    tx.commit().await?;
    Ok(row)
}

async fn stages_of(tx: &Tx, id: Id<StudyTemplate>) -> Result<Vec<TemplateStage>> {
    tx.find::<stage::Entity>()
        .filter(stage::Column::TemplateId.eq(id))
        .all()
        .await
}

fn row(
    id: Id<StudyTemplate>,
    card: &Card,
    version: i32,
    created_at: crate::clock::Timestamp,
) -> StudyTemplate {
    let (name, about) = (card.name.clone(), card.about.clone());
    StudyTemplate {
        id,
        name_kk: name.kk,
        name_ru: name.ru,
        name_en: name.en,
        about_kk: about.kk,
        about_ru: about.ru,
        about_en: about.en,
        lessons: card.lessons,
        version,
        created_at,
    }
}

fn stages(template_id: Id<StudyTemplate>, card: &Card) -> Vec<TemplateStage> {
    let stages = (1..).zip(card.stages.iter().cloned());
    stages
        .map(|(number, stage)| TemplateStage {
            template_id,
            number,
            kind: stage.kind,
            name_kk: stage.name.kk,
            name_ru: stage.name.ru,
            name_en: stage.name.en,
            guide_kk: stage.guide.kk,
            guide_ru: stage.guide.ru,
            guide_en: stage.guide.en,
        })
        .collect()
}
