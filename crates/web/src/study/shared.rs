//! What others read of a study: its report as a page, and the same on paper.

use askama::Template;
use axum::{Router, extract::Path, http::HeaderMap, response::Response, routing::get};
use graphql_client::GraphQLQuery;
use i18n::Locale;

use super::{
    report::{PARTS, part},
    wording,
};
use crate::{
    command::commands,
    fault::Fault,
    flash::Flash,
    form::{Form, Posted},
    print::{Block, Paper},
    scalar::{Date, Id},
    visit::{Frame, Visit},
    word::{self, AudienceRung, Language, ResourceState, StudyMemberState, StudyRole, StudyState},
};

pub(super) fn routes() -> Router {
    Router::new()
        .route("/reports/{id}", get(read).post(act))
        .route("/reports/{id}/report.pdf", get(print))
}

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "../../schema.graphql",
    query_path = "queries/study_report.graphql",
    normalization = "rust",
    custom_scalars_module = "crate::scalar",
    extern_enums(
        "AudienceRung",
        "Language",
        "ResourceState",
        "StudyMemberState",
        "StudyRole",
        "StudyState"
    )
)]
struct ReportPage;

commands! { "queries/study_write.graphql";
    ResourceRetell resource_retell ResourceRetellInput;
}

type Shared = report_page::ReportPageStudy;
type Author = report_page::ReportPageStudyMembers;

#[derive(Template)]
#[template(path = "study/shared.html")]
struct Read {
    frame: Frame,
    form: Form,
    study: Shared,
    /// Its parts, each with its name.
    parts: Vec<(String, String)>,
    subject: Option<String>,
    /// The viewer takes part in the study.
    member: bool,
}

impl Read {
    /// Those who wrote it, experts last.
    fn authors(&self) -> Vec<&Author> {
        let members = self.study.members.iter();
        let mut joined: Vec<_> = members
            .filter(|one| one.state == StudyMemberState::Joined)
            .collect();
        joined.sort_by_key(|one| one.role == StudyRole::Expert);
        joined
    }

    /// May the viewer make a work of the bank of it, and is there none?
    fn retelling(&self) -> bool {
        self.study.viewer_can_retell && self.study.resource.is_none()
    }

    fn languages(&self) -> Vec<(String, String)> {
        word::languages(self.frame.say)
    }

    /// The same on paper. It says no more than the page: both are one operation.
    fn paper(&self) -> Paper {
        let (say, study) = (self.frame.say, &self.study);
        let authors = self.authors();
        let mut blocks = vec![
            Block::Kicker(say.study_report_of()),
            Block::Title(study.theme.clone()),
        ];
        if !study.question.is_empty() {
            blocks.push(Block::Lede(study.question.clone()));
        }
        blocks.push(Block::Facts(self.facts(&authors)));
        for (name, text) in &self.parts {
            blocks.push(Block::Heading(name.clone()));
            blocks.push(Block::Prose(text.clone()));
        }
        if !study.lessons.is_empty() {
            blocks.push(Block::Heading(say.study_lessons()));
            blocks.push(self.lessons());
        }
        let named = authors.iter().filter_map(|one| named(say, one));
        let named: Vec<_> = named.collect();
        if !named.is_empty() {
            blocks.push(Block::Heading(say.study_group()));
            blocks.push(Block::List(named));
        }
        let names = authors.iter().filter_map(|one| one.person.as_ref());
        Paper {
            say,
            title: study.theme.clone(),
            authors: names.map(|person| person.name.clone()).collect(),
            blocks,
        }
    }

    /// Where and when it was done, for whom.
    fn facts(&self, authors: &[&Author]) -> Vec<(String, String)> {
        let (say, study) = (self.frame.say, &self.study);
        let mut schools: Vec<String> = Vec::new();
        let theirs = authors.iter().filter_map(|one| one.school.as_ref());
        let theirs = theirs.map(|school| &school.name.text);
        for school in theirs.chain(study.school.as_ref().map(|school| &school.name.text)) {
            if !schools.contains(school) {
                schools.push(school.clone());
            }
        }
        let network = study.network.as_ref();
        let template = study.template.as_ref();
        let grade = study.grade.map(|grade| say.bank_grade(grade));
        let class = [self.subject.clone(), grade];
        let class: Vec<_> = class.into_iter().flatten().collect();
        let shared = study.shared_at.as_ref();
        let facts = [
            (say.print_schools(), Some(schools.join("; "))),
            (say.print_network(), network.map(|it| it.name.text.clone())),
            (say.print_method(), template.map(|it| it.name.text.clone())),
            (say.print_class(), Some(class.join(", "))),
            (say.print_period(), self.period()),
            (
                say.print_shared(),
                shared.map(|at| say.date_long(self.frame.day(at))),
            ),
            // Its own is that of the work that was made of it, once that is shared.
            (say.bank_licence(), self.licence()),
        ];
        let facts = facts.into_iter();
        let told = facts.filter_map(|(what, about)| about.map(|about| (what, about)));
        told.filter(|(_, about)| !about.is_empty()).collect()
    }

    fn licence(&self) -> Option<String> {
        let work = self.study.resource.as_ref()?;
        work.newest.as_ref()?;
        Some(work.licence.name.clone())
    }

    /// From the first lesson to the last, as far as the reader sees them.
    fn period(&self) -> Option<String> {
        let taught = self.study.lessons.iter();
        let taught = taught.filter_map(|lesson| lesson.taught_at.as_ref());
        let days: Vec<Date> = taught.map(|at| self.frame.day(at)).collect();
        let (first, last) = (*days.iter().min()?, *days.iter().max()?);
        let say = self.frame.say;
        Some(if first == last {
            say.date_long(first)
        } else {
            say.print_days(say.date_long(first), say.date_long(last))
        })
    }

    fn lessons(&self) -> Block {
        let say = self.frame.say;
        let head = [
            say.print_number(),
            say.print_topic(),
            say.print_class(),
            say.print_taught(),
        ];
        let row = |lesson: &report_page::ReportPageStudyLessons| {
            let taught = lesson.taught_at.as_ref();
            let taught = taught.map(|at| say.date_long(self.frame.day(at)));
            vec![
                lesson.number.to_string(),
                lesson.topic.clone(),
                lesson.class_label.clone(),
                taught.unwrap_or_default(),
            ]
        };
        Block::Table(head.into(), self.study.lessons.iter().map(row).collect())
    }
}

/// Somebody who wrote it: name, what they did in the group, school.
fn named(say: Locale, author: &Author) -> Option<String> {
    let name = author.person.as_ref().map(|person| person.name.clone())?;
    let school = author.school.as_ref();
    let parts = [
        Some(name),
        Some(wording::role(&say, &author.role)),
        school.map(|school| school.name.text.clone()),
    ];
    let parts: Vec<_> = parts.into_iter().flatten().collect();
    Some(parts.join(", "))
}

async fn open(visit: &Visit, id: Id, form: Form) -> Result<Read, Fault> {
    let variables = report_page::Variables { id };
    let (frame, mut found) = visit.open::<ReportPage>(variables).await?;
    let mut study = found.study.take().ok_or(Fault::NotFound)?;
    let report = study.report.take().ok_or(Fault::NotFound)?;
    let say = &visit.say;
    let texts = [
        report.context,
        report.aims,
        report.methods,
        report.findings,
        report.changes,
    ];
    let parts = PARTS.iter().zip(texts);
    let parts = parts.filter(|(_, text)| !text.is_empty());
    let parts = parts.map(|(name, text)| (part(say, name), text)).collect();
    let code = study.subject.as_deref();
    let mut subjects = found.subjects.into_iter();
    let subject = subjects.find(|subject| code == Some(&*subject.code));
    let member = study.viewer_member.as_ref();
    Ok(Read {
        frame: frame.of(&form),
        form,
        parts,
        subject: subject.map(|subject| subject.name.text),
        member: member.is_some_and(|own| own.state == StudyMemberState::Joined),
        study,
    })
}

async fn read(visit: Visit, Path(id): Path<String>) -> Result<Response, Fault> {
    // What readers read is what the group wrote, most likely.
    let own = word::LANGUAGES.iter();
    let mut own = own.filter(|language| word::locale(language) == Some(visit.say));
    let own = own.next().map(word::written).unwrap_or_default();
    let form = Form::default().with("language", own);
    let page = open(&visit, id, form).await?;
    visit.page(&page)
}

async fn act(visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Response, Fault> {
    let input = resource_retell::ResourceRetellInput {
        study_id: id.clone(),
        language: word::sent(&word::LANGUAGES, &posted.text("language"))?,
    };
    let errors = visit.run::<ResourceRetell>(input).await?;
    if errors.is_empty() {
        return Ok(visit.stay(Flash::Saved));
    }
    let page = open(&visit, id, Form::again(posted, errors)).await?;
    visit.refused(&page)
}

async fn print(visit: Visit, Path(id): Path<String>, head: HeaderMap) -> Result<Response, Fault> {
    let page = open(&visit, id, Form::default()).await?;
    let name = format!("{}.pdf", page.study.id);
    page.paper().answer(&head, &name).await
}
