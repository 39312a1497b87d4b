//! What a fact reads like to the people it concerns.

mod bank;
pub mod plan;
mod study;

use domain::designation::Kind;
use domain::fact::{Fact, Link};
use domain::membership::Role;
use domain::partnership::Side;
use domain::text::{Language, Localized};
use i18n::Locale;

/// A notification in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// One line without a full stop.
    pub title: String,
    /// What else there is to say: a reason, a day.
    pub body: Option<String>,
}

impl From<String> for Notice {
    fn from(title: String) -> Self {
        Self { title, body: None }
    }
}

impl Notice {
    fn with(self, body: String) -> Self {
        Self {
            body: Some(body),
            ..self
        }
    }
}

/// The messages of a language.
pub fn locale(language: Language) -> Locale {
    match language {
        Language::Kk => Locale::Kk,
        Language::Ru => Locale::Ru,
        Language::En => Locale::En,
    }
}

/// What a role is called.
pub fn role(locale: Locale, role: Role) -> String {
    match role {
        Role::PlatformAdmin => locale.role_platform_admin(),
        Role::Trainer => locale.role_trainer(),
        Role::Coordinator => locale.role_coordinator(),
        Role::Teacher => locale.role_teacher(),
    }
}

/// What a fact reads like in `language`; none for a fact nobody is told of.
pub fn notice(language: Language, fact: &Fact) -> Option<Notice> {
    let locale = locale(language);
    let by = |link: &Link, side: &Side, say: fn(Locale, String, String) -> String| {
        let (by, other) = link.names(*side);
        Notice::from(say(locale, read(language, by), read(language, other)))
    };
    let both =
        |link: &Link, say: fn(Locale, String, String) -> String| by(link, &Side::Leading, say);
    let because = |reason: &String| locale.notice_reason(reason);
    Some(match fact {
        Fact::PartnershipInvited {
            link,
            by: side,
            lapses_on,
        } => by(link, side, |l, by, other| {
            l.notice_partnership_invited(by, other)
        })
        .with(locale.notice_answer_before(locale.date_long(*lapses_on))),
        Fact::PartnershipAccepted { link, by: side } => by(link, side, |l, by, other| {
            l.notice_partnership_accepted(by, other)
        }),
        Fact::PartnershipDeclined {
            link,
            by: side,
            reason,
        } => by(link, side, |l, by, other| {
            l.notice_partnership_declined(by, other)
        })
        .with(because(reason)),
        Fact::PartnershipLapsed { link } => both(link, |l, leading, magnetic| {
            l.notice_partnership_lapsed(leading, magnetic)
        }),
        Fact::AgreementWritten { link, by: side, .. } => by(link, side, |l, by, other| {
            l.notice_agreement_written(by, other)
        }),
        Fact::AgreementSigned { link, by: side } => by(link, side, |l, by, other| {
            l.notice_agreement_signed(by, other)
        }),
        Fact::PartnershipActivated { link } => both(link, |l, leading, magnetic| {
            l.notice_partnership_activated(leading, magnetic)
        }),
        Fact::PartnershipSuspended {
            link,
            by: side,
            reason,
        } => by(link, side, |l, by, other| {
            l.notice_partnership_suspended(by, other)
        })
        .with(because(reason)),
        Fact::PartnershipResumed { link, by: side } => by(link, side, |l, by, other| {
            l.notice_partnership_resumed(by, other)
        }),
        Fact::PartnershipEnded {
            link,
            by: side,
            reason,
        } => by(link, side, |l, by, other| {
            l.notice_partnership_ended(by, other)
        })
        .with(because(reason)),
        Fact::NetworkClosed { name, reason, .. } => {
            Notice::from(locale.notice_network_closed(read(language, name))).with(because(reason))
        }
        Fact::DesignationAwarded {
            school,
            kind: of,
            until,
            ..
        } => Notice {
            title: locale.notice_designation_awarded(kind(*of), read(language, &school.name)),
            body: until.map(|until| locale.notice_valid_before(locale.date_long(until))),
        },
        Fact::DesignationExpired {
            school, kind: of, ..
        } => locale
            .notice_designation_expired(kind(*of), read(language, &school.name))
            .into(),
        Fact::DesignationWithdrawn {
            school,
            kind: of,
            reason,
            ..
        } => Notice::from(
            locale.notice_designation_withdrawn(kind(*of), read(language, &school.name)),
        )
        .with(because(reason)),
        Fact::SchoolChanged { school } => locale
            .notice_school_changed(read(language, &school.name))
            .into(),
        Fact::SchoolClaimed { school } => locale
            .notice_school_claimed(read(language, &school.name))
            .into(),
        Fact::SchoolClosed { school, reason } => {
            Notice::from(locale.notice_school_closed(read(language, &school.name)))
                .with(because(reason))
        }
        Fact::SchoolMerged { school, into } => locale
            .notice_school_merged(read(language, &into.name), read(language, &school.name))
            .into(),
        Fact::InvitationAccepted {
            role: as_, place, ..
        } => locale
            .notice_invitation_accepted(read(language, place), role(locale, *as_))
            .into(),
        Fact::MembershipEnded {
            role: as_, place, ..
        } => locale
            .notice_membership_ended(read(language, place), role(locale, *as_))
            .into(),
        Fact::Plan(fact) => return plan::notice(language, fact),
        Fact::Study(fact) => return study::notice(locale, fact),
        Fact::Bank(fact) => return bank::notice(locale, fact, |name| read(language, name)),
        Fact::PasswordChanged { .. } => {
            Notice::from(locale.notice_password_changed()).with(locale.notice_not_you())
        }
        Fact::AccessTokenCreated { name, .. } => {
            Notice::from(locale.notice_access_token_created(name)).with(locale.notice_not_you())
        }
        Fact::PersonSuspended { reason, .. } => {
            Notice::from(locale.notice_person_suspended()).with(because(reason))
        }
        Fact::PersonRestored { .. } => locale.notice_person_restored().into(),
        Fact::AnnouncementPublished { title, text, .. } => {
            Notice::from(read(language, title)).with(read(language, text))
        }
        Fact::NetworkFounded { .. }
        | Fact::NetworkChanged { .. }
        | Fact::DesignationNominated { .. }
        | Fact::FileAdded { .. }
        | Fact::FileRemoved { .. }
        | Fact::SchoolAdded { .. }
        | Fact::SchoolsImported { .. }
        | Fact::InvitationSent { .. }
        | Fact::InvitationRevoked { .. }
        | Fact::SignInLinkRequested { .. }
        | Fact::SignedIn { .. }
        | Fact::SessionsEnded { .. }
        | Fact::CalendarFeedCreated { .. }
        | Fact::CalendarFeedRevoked { .. }
        | Fact::AccessTokenRevoked { .. }
        | Fact::PersonChanged { .. } => return None,
    })
}

fn read(language: Language, name: &Localized) -> String {
    name.read(language).1.to_owned()
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Leading => "leading",
        Kind::Magnetic => "magnetic",
    }
}

#[cfg(test)]
mod tests {
    use domain::fact::{Audience, Named};
    use domain::id::Id;

    use super::*;

    fn school() -> Named {
        Named {
            school: Id::fresh(),
            name: name("№ 2 мектеп"),
        }
    }

    fn name(kk: &str) -> Localized {
        Localized {
            kk: Some(kk.to_owned()),
            ..Localized::default()
        }
    }

    #[test]
    fn facts_without_words_are_told_to_nobody() {
        let person = Id::fresh();
        for fact in [
            Fact::NetworkFounded {
                network: Id::fresh(),
                name: name("Желі"),
                leading: school(),
            },
            Fact::NetworkChanged {
                network: Id::fresh(),
                name: name("Желі"),
            },
            Fact::DesignationNominated {
                designation: Id::fresh(),
                school: school(),
                kind: Kind::Leading,
            },
            Fact::FileAdded { file: Id::fresh() },
            Fact::FileRemoved { file: Id::fresh() },
            Fact::SchoolAdded { school: school() },
            Fact::InvitationSent {
                invitation: Id::fresh(),
                role: Role::Teacher,
                place: name("№ 2 мектеп"),
            },
            Fact::InvitationRevoked {
                invitation: Id::fresh(),
            },
            Fact::SignInLinkRequested {
                link: Id::fresh(),
                person: Some(person),
            },
            Fact::SignedIn { person },
            Fact::SessionsEnded { person, count: 1 },
            Fact::AccessTokenRevoked {
                person,
                name: "CI".to_owned(),
            },
            Fact::PersonChanged { person },
        ] {
            assert_eq!(notice(Language::Kk, &fact), None);
            assert_eq!(fact.audience().0, Audience::Nobody, "{fact:?}");
        }
    }

    #[test]
    fn the_side_that_acted_comes_first() {
        let link = Link {
            partnership: Id::fresh(),
            network: Id::fresh(),
            leading: Id::fresh(),
            leading_name: name("№ 2 мектеп"),
            magnetic: Id::fresh(),
            magnetic_name: name("Шеңгелді мектебі"),
        };
        let ended = |by| Fact::PartnershipEnded {
            link: link.clone(),
            by,
            reason: "ремонт".to_owned(),
        };
        let read = |by| notice(Language::Ru, &ended(by));
        let expected = |title: &str| {
            Some(Notice {
                title: title.to_owned(),
                body: Some("Причина: ремонт".to_owned()),
            })
        };
        assert_eq!(
            read(Side::Leading),
            expected("«№ 2 мектеп» завершает партнёрство с «Шеңгелді мектебі»")
        );
        assert_eq!(
            read(Side::Magnetic),
            expected("«Шеңгелді мектебі» завершает партнёрство с «№ 2 мектеп»")
        );
    }
}
