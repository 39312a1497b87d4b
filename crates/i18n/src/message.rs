//! The messages: generated methods over one Fluent bundle per language.

use std::{borrow::Cow, sync::LazyLock};

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use intl_memoizer::concurrent::IntlLangMemoizer;
use unic_langid::LanguageIdentifier;

use crate::Locale;

include!(concat!(env!("OUT_DIR"), "/messages.rs"));

/// What stands in for a variable of a message: a text, or an integer, which chooses the plural and
/// is written with the language's separators.
#[derive(Clone, Debug)]
pub struct Arg<'a>(FluentValue<'a>);

macro_rules! arg_from {
    ($($value:ty),*) => {$(
        impl<'a> From<$value> for Arg<'a> {
            fn from(value: $value) -> Self {
                Arg(FluentValue::from(value))
            }
        }
    )*};
}

arg_from!(&'a str, &'a String, String, Cow<'a, str>);
arg_from!(u8, u16, u32, u64, usize, i32, i64);
// Templates hand over references.
arg_from!(&'a u32, &'a u64, &'a usize, &'a i32, &'a i64);

/// The ids of all messages, in alphabetical order.
#[must_use]
pub fn ids() -> &'static [&'static str] {
    IDS
}

type Bundle = FluentBundle<FluentResource>;

fn bundle(locale: Locale) -> &'static Bundle {
    static BUNDLES: [LazyLock<Bundle>; 3] = [
        LazyLock::new(|| load(Locale::Kk)),
        LazyLock::new(|| load(Locale::Ru)),
        LazyLock::new(|| load(Locale::En)),
    ];
    let [kk, ru, en] = &BUNDLES;
    match locale {
        Locale::Kk => kk,
        Locale::Ru => ru,
        Locale::En => en,
    }
}

fn load(locale: Locale) -> Bundle {
    let (texts, formatter): (_, fn(&FluentValue, &IntlLangMemoizer) -> _) = match locale {
        Locale::Kk => (KK, |value, _| number(Locale::Kk, value)),
        Locale::Ru => (RU, |value, _| number(Locale::Ru, value)),
        Locale::En => (EN, |value, _| number(Locale::En, value)),
    };
    let language: LanguageIdentifier = locale.tag().parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![language]);
    // Isolation marks around variables show up as boxes in mail clients; none of the three
    // languages is written from right to left.
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(formatter));
    for text in texts {
        // The build has parsed the same text, so both branches take a complete resource.
        let resource =
            FluentResource::try_new((*text).to_owned()).unwrap_or_else(|(parsed, _)| parsed);
        bundle.add_resource_overriding(resource);
    }
    bundle
}

fn number(locale: Locale, value: &FluentValue<'_>) -> Option<String> {
    match value {
        // Only integers enter an `Arg`.
        FluentValue::Number(number) => Some(locale.integer(number.value as i64)),
        _ => None,
    }
}

/// The text of a message. The build has seen to it that the message exists and that `args` are its
/// variables.
fn say<'a, const N: usize>(locale: Locale, id: &str, args: [(&'static str, Arg<'a>); N]) -> String {
    let bundle = bundle(locale);
    let Some(pattern) = bundle.get_message(id).and_then(|message| message.value()) else {
        return id.to_owned();
    };
    let args: FluentArgs<'a> = args
        .into_iter()
        .map(|(name, Arg(value))| (name, value))
        .collect();
    let text = bundle.format_pattern(pattern, Some(&args), &mut Vec::new());
    text.into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn russian_counts_in_three_forms() {
        let counted = [1, 2, 5, 11, 21, 22, 1838].map(|count: i32| Locale::Ru.school_count(count));
        assert_eq!(
            counted,
            [
                "1 школа",
                "2 школы",
                "5 школ",
                "11 школ",
                "21 школа",
                "22 школы",
                "1\u{a0}838 школ"
            ]
        );
        assert_eq!(Locale::Kk.school_count(5), "5 мектеп");
        assert_eq!(Locale::En.school_count(1), "1 school");
        assert_eq!(Locale::En.school_count(0), "0 schools");
    }

    #[test]
    fn kazakh_has_the_plural_categories_one_and_other() {
        let mut bundle = load(Locale::Kk);
        let text = "test-count = { $count ->\n    [one] бір\n   *[other] көп\n}\n".to_owned();
        bundle.add_resource_overriding(FluentResource::try_new(text).unwrap());
        let pattern = bundle.get_message("test-count").unwrap().value().unwrap();
        let said = [0, 1, 2, 21].map(|count: i32| {
            let args: FluentArgs = [("count", count)].into_iter().collect();
            let mut errors = Vec::new();
            let text = bundle.format_pattern(pattern, Some(&args), &mut errors);
            assert!(errors.is_empty(), "{errors:?}");
            text.into_owned()
        });
        assert_eq!(said, ["көп", "бір", "көп", "көп"]);
    }

    #[test]
    fn a_letter_keeps_its_lines() {
        assert_eq!(
            Locale::Ru.mail_sign_in_body("https://sabaqtas.example/s/1", 15),
            "Здравствуйте!\n\n\
             Чтобы войти в Sabaqtas, откройте ссылку:\n\
             https://sabaqtas.example/s/1\n\n\
             Ссылка действует 15 минут и срабатывает один раз.\n\n\
             Если вы не запрашивали вход, не обращайте внимания на это письмо: без ссылки никто \
             войти не сможет."
        );
        assert_eq!(
            Locale::Kk.mail_digest_subject(3),
            "Sabaqtas: 3 жаңа хабарлама"
        );
        assert_eq!(
            Locale::Ru.mail_digest_subject(3),
            "Sabaqtas: 3 новых уведомления"
        );
        assert_eq!(
            Locale::En.mail_digest_subject(1),
            "Sabaqtas: 1 new notification"
        );
    }

    #[test]
    fn variables_are_put_in_as_they_are() {
        let text = Locale::En.refusal_wrong_state("<b>{ $state }</b>");
        assert!(text.contains("“<b>{ $state }</b>”"), "{text}");
    }

    #[test]
    fn every_message_has_a_text_of_its_own_in_each_language() {
        for locale in Locale::ALL {
            for id in ids() {
                let message = bundle(locale).get_message(id);
                assert!(
                    message.is_some_and(|message| message.value().is_some()),
                    "{locale} {id}"
                );
            }
        }
        assert!(ids().is_sorted());
        assert!(ids().contains(&"refusal-too-long"));
    }

    /// Kazakh or Russian letters in each sentence of those languages: nobody pasted the English.
    #[test]
    fn kazakh_and_russian_sentences_are_translated() {
        for locale in [Locale::Kk, Locale::Ru] {
            for id in ids()
                .iter()
                .filter(|id| !id.starts_with("pattern-") && **id != "language-en")
            {
                let texts = if locale == Locale::Kk { KK } else { RU };
                let start = format!("\n{id} =");
                let text = texts
                    .iter()
                    .find_map(|text| text.split_once(&start))
                    .map(|(_, text)| text.lines().take(2).collect::<String>());
                assert!(
                    text.as_ref()
                        .is_some_and(|text| text.chars().any(|c| ('А'..='я').contains(&c))),
                    "{locale} {id}: {text:?}"
                );
            }
        }
    }
}
