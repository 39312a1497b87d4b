//! The report of a study as a work of the bank: told again without typing it again.

use sea_orm::sea_query::Order;
use sea_orm::{ColumnTrait, Condition};

use super::commands::{blank, put};
use super::content::{Card, Text};
use super::entity::{Column, Entity};
use super::policy::Begin;
use super::{GRADES, Kind, Licence, Resource, ResourceAuthor};
use crate::db::{Access, Tx};
use crate::error::{OnDuplicate, Refusal, Result};
use crate::fact::Fact;
use crate::fact::bank::BankFact;
use crate::id::Id;
use crate::person::{self, Person};
use crate::study::entity::{member, report};
use crate::study::policy::Retell;
use crate::study::record::Parts;
use crate::study::{Member, MemberState, Report, Role, Study, queries};
use crate::text::{Language, Localized};

/// The longest summary.
const SUMMARY: usize = 2000;

/// Which report, and how.
#[derive(Debug, Clone)]
pub struct Retelling {
    /// Of this study.
    pub study: Id<Study>,
    /// In which language it is written.
    pub language: Language,
}

/// A teacher of the group makes a work of the report that they shared: a draft that all teachers of the group write.
/// `headings` is what the parts of a report are called in its language. There is one work of a study: who asks again
/// gets the same. Nothing goes into it but what everybody reads who reads the report.
pub async fn retell(access: &Access, new: &Retelling, headings: &Parts) -> Result<Resource> {
    let tx = access.begin().await?;
    let (study, seat) = queries::held(&tx, new.study, "studyId").await?;
    // Before anything is read: who may not do it learns nothing of the report.
    tx.permit(Retell { seat: &seat })?;
    let report = tx.find::<report::Entity>().by_id(study.id).one().await?;
    let report = report.ok_or_else(|| Refusal::NotFound.of("studyId"))?;
    let teachers = teachers(&tx, study.id).await?;
    let me = access.viewer().id().ok_or(Refusal::SignInRequired)?;
    let own = teachers.iter().find(|one| one.person_id == me);
    let school = own.and_then(|one| one.school_id);
    let school = school.filter(|school| access.viewer().belongs_to(*school));
    let card = Card {
        kind: Kind::Article,
        language: new.language,
        subject: study.subject.clone(),
        grades: study.grade.map_or(GRADES, |grade| (grade, grade)),
        tags: Vec::new(),
        goals: Vec::new(),
    };
    let text = Text {
        title: in_one(new.language, study.theme.clone()),
        summary: in_one(new.language, summary(&study, &report)),
        body: body(&report, headings),
        links: Vec::new(),
        files: Vec::new(),
        licence: Licence::CcBy,
    };
    let mut resource = blank(&tx, school, &card, &text).await?;
    resource.study_id = Some(study.id);
    let permit = tx.permit(Begin {
        resource: &resource,
        origin: None,
        authors: &[],
        study: Some(&seat),
    })?;
    let before = tx.find::<Entity>().filter(Column::StudyId.eq(study.id));
    if let Some(before) = before.one().await? {
        return Ok(before);
    }
    // There may still be one that the viewer took themselves off.
    let made = put(&tx, &permit, &resource, &card, &text).await;
    made.on_duplicate(Refusal::AlreadyExists.of("studyId"))?;
    let joined: Vec<_> = teachers
        .iter()
        .map(|one| one.person_id)
        .filter(|person| *person != me)
        .collect();
    let others = (1..).zip(&joined).map(|(position, person)| ResourceAuthor {
        resource_id: resource.id,
        person_id: *person,
        position,
    });
    tx.insert_all(&permit, others.collect()).await?;
    let fact = BankFact::Retold {
        work: resource.work(),
        study: study.about(),
        joined,
    };
    tx.record(&permit, Fact::Bank(fact)).await?;
    tx.commit().await?;
    Ok(resource)
}

/// The teachers of the group whose accounts are open, who joined first first.
async fn teachers(tx: &Tx, of: Id<Study>) -> Result<Vec<Member>> {
    let there = Condition::all()
        .add(member::Column::StudyId.eq(of))
        .add(member::Column::State.eq(MemberState::Joined))
        .add(member::Column::Role.ne(Role::Expert));
    let find = tx.find::<member::Entity>().filter(there);
    let find = find.order(member::Column::CreatedAt, Order::Asc);
    let mut members = find.order(member::Column::Id, Order::Asc).all().await?;
    let active = tx
        .find::<person::entity::Entity>()
        .filter(person::entity::Column::Id.is_in(members.iter().map(|one| one.person_id)))
        .filter(person::entity::Column::State.eq(person::State::Active))
        .all()
        .await?;
    let open = |id: Id<Person>| active.iter().any(|person| person.id == id);
    members.retain(|one| open(one.person_id));
    Ok(members)
}

fn in_one(language: Language, text: String) -> Localized {
    let mut localized = Localized::default();
    match language {
        Language::Kk => localized.kk = Some(text),
        Language::Ru => localized.ru = Some(text),
        Language::En => localized.en = Some(text),
    }
    localized
}

/// What the group asked, and the first it has to say to that.
fn summary(study: &Study, report: &Report) -> String {
    let found = report.findings.lines().map(str::trim);
    let found = found.filter(|line| !line.is_empty()).take(1);
    let asked = Some(study.question.trim()).filter(|asked| !asked.is_empty());
    let parts: Vec<_> = asked.into_iter().chain(found).collect();
    parts.join("\n\n").chars().take(SUMMARY).collect()
}

fn body(report: &Report, headings: &Parts) -> String {
    let parts = [
        (&headings.context, &report.context),
        (&headings.aims, &report.aims),
        (&headings.methods, &report.methods),
        (&headings.findings, &report.findings),
        (&headings.changes, &report.changes),
    ];
    let parts = parts
        .into_iter()
        .filter(|(_, text)| !text.trim().is_empty());
    let parts = parts.map(|(heading, text)| format!("## {heading}\n\n{}", markdown(text)));
    parts.collect::<Vec<_>>().join("\n\n")
}

/// Plain lines as Markdown that reads the same: each a paragraph, or a point where it begins like one.
fn markdown(text: &str) -> String {
    let (mut told, mut listing) = (String::new(), false);
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let point = line.strip_prefix(['-', '–', '—', '•', '*']);
        let point = point.filter(|rest| rest.starts_with(char::is_whitespace));
        if !told.is_empty() {
            told.push_str(if listing && point.is_some() {
                "\n"
            } else {
                "\n\n"
            });
        }
        listing = point.is_some();
        if let Some(point) = point {
            told.push_str("- ");
            told.push_str(&escaped(point.trim_start()));
        } else {
            told.push_str(&escaped(line));
        }
    }
    told
}

/// The same with a backslash before each sign that Markdown would take for its own; addresses stay as they are.
fn escaped(line: &str) -> String {
    let mut told = String::with_capacity(line.len());
    if line.starts_with(['#', '>', '+', '-', '=']) {
        told.push('\\');
    }
    for word in line.split_inclusive(char::is_whitespace) {
        let address = word.contains("://");
        for sign in word.chars() {
            if !address && matches!(sign, '\\' | '`' | '*' | '_' | '[' | '<' | '~' | '|' | '&') {
                told.push('\\');
            }
            told.push(sign);
        }
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_lines_read_the_same_as_markdown() {
        assert_eq!(markdown("Бір\n\nекі\n"), "Бір\n\nекі");
        assert_eq!(
            markdown("Көрдік:\n- бір\n• екі\nСоңы"),
            "Көрдік:\n\n- бір\n- екі\n\nСоңы"
        );
        assert_eq!(markdown("# 5 * 6 < 31 _x_"), "\\# 5 \\* 6 \\< 31 \\_x\\_");
        assert_eq!(markdown("https://a.kz/b_c_d"), "https://a.kz/b_c_d");
        assert_eq!(markdown("---"), "\\---");
    }
}
