//! What is known of a lesson before it is taught: class, topic, when, where, who teaches. The same form plans the next
//! lesson and changes one.

use askama::Template;
use axum::{Router, extract::Path, response::Response, routing::get};

use super::{At, address, missing, number};
use crate::{
    command::{Errors, commands},
    csrf,
    fault::Fault,
    flash::Flash,
    form::{Form, Posted},
    scalar::{DateTime, Id},
    visit::{Frame, Visit},
    word::Language,
};

pub(super) fn routes() -> Router {
    Router::new()
        .route("/studies/{id}/lessons/new", get(show_new).post(add))
        .route(
            "/studies/{id}/lessons/{number}/edit",
            get(show).post(update),
        )
}

operations! { LessonCardPage ResearchLessonAdd }

commands! { "queries/lesson.graphql";
    ResearchLessonUpdate research_lesson_update ResearchLessonUpdateInput;
}

type Study = lesson_card_page::LessonCardPageStudy;
type Lesson = lesson_card_page::LessonCardPageStudyLessons;

/// What a form offers: each as it is sent and as it is read.
type Options = Vec<(String, String)>;

#[derive(Template)]
#[template(path = "study/lesson/card.html")]
struct Card {
    frame: Frame,
    form: Form,
    study: Study,
    /// The lesson that is changed; none for the next one.
    lesson: Option<Lesson>,
}

impl Card {
    /// Those of the group, for one to teach.
    fn teachers(&self) -> Options {
        use lesson_card_page::{StudyMemberState, StudyRole};
        let members = self.study.members.iter();
        let members = members.filter(|member| {
            matches!(member.state, StudyMemberState::Joined)
                && !matches!(member.role, StudyRole::Expert)
        });
        let people = members.filter_map(|member| member.person.as_ref());
        let people = people.map(|person| (person.id.clone(), person.name.clone()));
        std::iter::once((String::new(), self.frame.say.lesson_open()))
            .chain(people)
            .collect()
    }

    /// The schools of the group, each once.
    fn schools(&self) -> Options {
        let mut schools = vec![(String::new(), self.frame.say.lesson_open())];
        for member in &self.study.members {
            if let Some(school) = &member.school
                && !schools.iter().any(|(id, _)| *id == school.id)
            {
                schools.push((school.id.clone(), school.name.text.clone()));
            }
        }
        schools
    }

    fn back(&self) -> String {
        let study = &self.study.id;
        match &self.lesson {
            Some(lesson) => self.frame.at(&address(study, lesson.number, "")),
            None => self.frame.at(&format!("/studies/{study}")),
        }
    }
}

async fn open(visit: &Visit, study: Id, lesson: Option<i64>, form: Form) -> Result<Card, Fault> {
    let numbers = lesson.into_iter().collect();
    let variables = lesson_card_page::Variables {
        study,
        numbers: Some(numbers),
    };
    let (frame, found) = visit.open::<LessonCardPage>(variables).await?;
    let study = found.study.filter(|study| study.viewer_can_work);
    let mut study = study.ok_or_else(|| missing(&frame))?;
    let shown = study.lessons.pop();
    if lesson.is_some() && shown.is_none() {
        return Err(Fault::NotFound);
    }
    Ok(Card {
        frame: frame.of(&form),
        form,
        study,
        lesson: shown,
    })
}

async fn show_new(visit: Visit, Path(id): Path<String>) -> Result<Response, Fault> {
    let form = Form::default().with("idempotencyKey", csrf::fresh());
    let page = open(&visit, id, None, form).await?;
    visit.page(&page)
}

async fn show(visit: Visit, Path((id, at)): At) -> Result<Response, Fault> {
    let mut page = open(&visit, id, Some(number(&at)?), Form::default()).await?;
    if let Some(lesson) = &page.lesson {
        let starts = lesson.starts_at.as_ref();
        let id = |it: Option<&String>| it.cloned().unwrap_or_default();
        page.form = Form::default()
            .with("classLabel", &*lesson.class_label)
            .with("topic", &*lesson.topic)
            .with(
                "startsAt",
                starts.map(|at| page.frame.clock(at)).unwrap_or_default(),
            )
            .with(
                "teacherId",
                id(lesson.teacher.as_ref().map(|teacher| &teacher.id)),
            )
            .with(
                "schoolId",
                id(lesson.school.as_ref().map(|school| &school.id)),
            );
    }
    visit.page(&page)
}

/// When it begins, if that is said; what is wrong with it goes to `errors`.
fn starts(visit: &Visit, posted: &Posted, errors: &mut Errors) -> Option<DateTime> {
    let text = posted.optional("startsAt")?;
    let read = visit.instant(&text);
    if read.is_none() {
        errors.push((
            vec!["startsAt".to_owned()],
            visit.say.lesson_malformed_time(),
        ));
    }
    read
}

async fn add(visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Response, Fault> {
    let mut errors = Errors::new();
    let starts_at = starts(&visit, &posted, &mut errors);
    if errors.is_empty() {
        let input = research_lesson_add::ResearchLessonAddInput {
            study_id: id.clone(),
            class_label: posted.text("classLabel"),
            topic: posted.optional("topic"),
            starts_at,
            teacher_id: posted.optional("teacherId"),
            school_id: posted.optional("schoolId"),
            idempotency_key: posted.optional("idempotencyKey"),
        };
        let variables = research_lesson_add::Variables { input };
        let done = visit.ask::<ResearchLessonAdd>(variables).await?.done;
        if let Some(lesson) = done.research_lesson {
            return Ok(visit.go(&address(&id, lesson.number, "/stages"), Flash::Saved));
        }
        let refused = done.user_errors.into_iter();
        errors = refused.map(|error| (error.field, error.message)).collect();
    }
    let page = open(&visit, id, None, Form::again(posted, errors)).await?;
    visit.refused(&page)
}

async fn update(visit: Visit, Path((id, at)): At, posted: Posted) -> Result<Response, Fault> {
    let number = number(&at)?;
    let mut errors = Errors::new();
    let starts_at = starts(&visit, &posted, &mut errors);
    if errors.is_empty() {
        let input = research_lesson_update::ResearchLessonUpdateInput {
            id: posted.text("id"),
            version: posted.version("version")?,
            class_label: posted.text("classLabel"),
            topic: posted.optional("topic"),
            starts_at,
            teacher_id: posted.optional("teacherId"),
            school_id: posted.optional("schoolId"),
        };
        errors = visit.run::<ResearchLessonUpdate>(input).await?;
        if errors.is_empty() {
            return Ok(visit.go(&address(&id, number, ""), Flash::Saved));
        }
    }
    let page = open(&visit, id, Some(number), Form::again(posted, errors)).await?;
    visit.refused(&page)
}
