//! What happens to joint plans, in words; and what a report on one begins with.

use chrono::NaiveDate;
use domain::fact::Link;
use domain::fact::plan::{AboutPlan, PlanFact};
use domain::partnership::Side;
use domain::plan::report::{Material, Sections, Shown, Title};
use domain::plan::{Activity, ActivityState, Kind, Term};
use domain::text::{Language, Localized};
use i18n::Locale;

use super::{Notice, locale, read};

/// What a fact of a plan reads like; none for one that nobody is told of.
pub(super) fn notice(language: Language, fact: &PlanFact) -> Option<Notice> {
    let say = locale(language);
    let names = |link: &Link, side: Side| {
        let (by, other) = link.names(side);
        (read(language, by), read(language, other))
    };
    let both = |plan: &AboutPlan| names(&plan.link, Side::Leading);
    Some(match fact {
        PlanFact::Changed {
            plan,
            by,
            withdrew: true,
        } => {
            let (by, other) = names(&plan.link, *by);
            say.notice_plan_changed(by, other, years(plan.year)).into()
        }
        PlanFact::Accepted { plan, by } => {
            let (by, other) = names(&plan.link, *by);
            say.notice_plan_accepted(by, other, years(plan.year)).into()
        }
        PlanFact::Agreed { plan } => {
            let (leading, magnetic) = both(plan);
            say.notice_plan_agreed(leading, magnetic, years(plan.year))
                .into()
        }
        PlanFact::ActivityCancelled {
            plan,
            title,
            reason,
            ..
        } => {
            let (leading, magnetic) = both(plan);
            Notice::from(say.notice_activity_cancelled(leading, magnetic, title))
                .with(say.notice_reason(reason))
        }
        PlanFact::ActivityReopened { plan, title, .. } => {
            let (leading, magnetic) = both(plan);
            Notice::from(say.notice_activity_reopened(leading, magnetic, title))
        }
        PlanFact::ActivityDue {
            plan,
            title,
            starts_on,
            ..
        } => {
            let (leading, magnetic) = both(plan);
            say.notice_activity_due(say.date_long(*starts_on), leading, magnetic, title)
                .into()
        }
        PlanFact::ReportSent { plan, term: of } => {
            let (leading, magnetic) = both(plan);
            say.notice_report_sent(leading, magnetic, term(*of), years(plan.year))
                .into()
        }
        PlanFact::ReportAcknowledged { plan, term: of } => {
            let (leading, magnetic) = both(plan);
            say.notice_report_acknowledged(leading, magnetic, term(*of), years(plan.year))
                .into()
        }
        PlanFact::ReportReturned {
            plan,
            term: of,
            reason,
        } => {
            let (leading, magnetic) = both(plan);
            let title = say.notice_report_returned(leading, magnetic, term(*of), years(plan.year));
            Notice::from(title).with(say.notice_reason(reason))
        }
        PlanFact::Changed { .. } | PlanFact::Begun { .. } | PlanFact::Worked { .. } => return None,
    })
}

/// A school year as people write it: "2026/27".
fn years(year: i32) -> String {
    format!("{year}/{:02}", year.saturating_add(1).rem_euclid(100))
}

fn term(term: Term) -> &'static str {
    match term {
        Term::HalfYear => "half",
        Term::Year => "year",
    }
}

/// What a report begins with: figures, what was done with its evidence, what was not. What was learned and what comes
/// next, only people can say.
pub fn report(language: Language, material: &Material, today: NaiveDate) -> Sections {
    let say = locale(language);
    let is = |state| move |(activity, _): &&(Activity, Vec<Shown>)| activity.state == state;
    let count = |state| material.activities.iter().filter(is(state)).count() as u64;
    let (from, until) = material.term.days(material.plan.year);
    let link = &material.plan.link;
    let summary = say.report_summary(
        count(ActivityState::Cancelled),
        count(ActivityState::Done),
        say.date_long(from),
        read(language, &link.leading_name),
        read(language, &link.magnetic_name),
        count(ActivityState::Planned),
        material.activities.len() as u64,
        say.date_long(until),
    );
    let done = material.activities.iter().filter(is(ActivityState::Done));
    let done: Vec<_> = done
        .map(|(activity, shown)| carried_out(say, language, link, activity, shown))
        .collect();
    let open = material.activities.iter().filter_map(|(activity, _)| {
        let line = line(say, language, link, activity);
        Some(match activity.state {
            ActivityState::Done => return None,
            ActivityState::Cancelled => {
                let reason = activity.reason.as_deref().unwrap_or_default();
                say.report_cancelled(line, reason)
            }
            ActivityState::Planned if activity.starts_on >= today => say.report_ahead(line),
            ActivityState::Planned => say.report_open(line),
        })
    });
    let open: Vec<_> = open.collect();
    let or = |parts: Vec<String>, between, none: String| match parts.is_empty() {
        true => none,
        false => parts.join(between),
    };
    Sections {
        summary,
        carried_out: or(done, "\n\n", say.report_nothing_done()),
        not_carried_out: or(open, "\n", say.report_all_done()),
        findings: String::new(),
        next_steps: String::new(),
    }
}

/// "16 November 2026. Seminar “…”, School".
fn line(say: Locale, language: Language, link: &Link, activity: &Activity) -> String {
    let (host, _): (&Localized, _) = link.names(activity.host);
    say.report_activity(
        say.date_long(activity.starts_on),
        read(language, host),
        say.activity_kind(kind(activity.kind)),
        &activity.title,
    )
}

fn carried_out(
    say: Locale,
    language: Language,
    link: &Link,
    activity: &Activity,
    shown: &[Shown],
) -> String {
    let expected = say.report_expected(&activity.expected);
    let evidence = shown.iter().map(|shown| {
        let body = &shown.body;
        match &shown.title {
            Some(Title::Study(theme)) => say.report_by_study(body, theme),
            Some(Title::Lesson(topic)) => say.report_by_lesson(body, topic),
            Some(Title::Resource(title)) => say.report_by_resource(body, read(language, title)),
            None => say.report_by_word(body),
        }
    });
    [line(say, language, link, activity), expected]
        .into_iter()
        .chain(evidence)
        .collect::<Vec<_>>()
        .join("\n")
}

/// What an activity is called, with its kind: "Seminar: …".
pub fn activity(language: Language, activity: &Activity) -> String {
    let say = locale(language);
    say.pattern_activity_called(say.activity_kind(kind(activity.kind)), &activity.title)
}

/// A kind as the messages know it.
fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::LessonStudy => "lesson-study",
        Kind::OpenLesson => "open-lesson",
        Kind::Seminar => "seminar",
        Kind::MasterClass => "master-class",
        Kind::Mentoring => "mentoring",
        Kind::Visit => "visit",
        Kind::Conference => "conference",
        Kind::Meeting => "meeting",
    }
}
