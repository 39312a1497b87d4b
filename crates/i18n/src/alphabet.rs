//! The order of names in each language's alphabet.

use std::cmp::Ordering;

use crate::Locale;

/// The Kazakh alphabet. Without its own letters it is the Russian one, so one string orders both
/// and places a Kazakh name well in a Russian list.
const CYRILLIC: &str = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя";

/// Where a character stands: class of script, then place in it.
type Place = (u8, u32);

impl Locale {
    /// Orders two names as a reader of this language expects: signs and figures, then letters, the
    /// language's own script first. Case matters only between names that are otherwise equal; so
    /// does "ё" in Russian.
    #[must_use]
    pub fn compare(self, a: &str, b: &str) -> Ordering {
        self.places(a).cmp(self.places(b)).then_with(|| a.cmp(b))
    }

    fn places(self, name: &str) -> impl Iterator<Item = Place> {
        name.chars()
            .flat_map(char::to_lowercase)
            .map(move |letter| self.place(letter))
    }

    fn place(self, letter: char) -> Place {
        let letter = match (self, letter) {
            (Locale::Ru, 'ё') => 'е',
            _ => letter,
        };
        let (cyrillic, latin) = match self {
            Locale::Kk | Locale::Ru => (1, 2),
            Locale::En => (2, 1),
        };
        if let Some(index) = CYRILLIC.find(letter) {
            (cyrillic, u32::try_from(index).unwrap_or(u32::MAX))
        } else if letter.is_ascii_lowercase() {
            (latin, u32::from(letter))
        } else if letter.is_alphabetic() {
            (3, u32::from(letter))
        } else {
            (0, u32::from(letter))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted<'a>(locale: Locale, names: &[&'a str]) -> Vec<&'a str> {
        let mut names = names.to_vec();
        names.sort_by(|a, b| locale.compare(a, b));
        names
    }

    #[test]
    fn the_kazakh_alphabet_is_in_order() {
        let letters: Vec<_> =
            "а ә б в г ғ д е ё ж з и й к қ л м н ң о ө п р с т у ұ ү ф х һ ц ч ш щ ъ ы і ь э ю я"
                .split(' ')
                .collect();
        let mut shuffled = letters.clone();
        shuffled.sort();
        assert_ne!(shuffled, letters, "code points do not give this order");
        assert_eq!(sorted(Locale::Kk, &shuffled), letters);
    }

    #[test]
    fn kazakh_names() {
        assert_eq!(
            sorted(
                Locale::Kk,
                &[
                    "Іле",
                    "Ыбырай",
                    "Шымкент",
                    "Қонаев",
                    "Көкшетау",
                    "Ақтау",
                    "Әулиекөл",
                    "Алматы"
                ]
            ),
            [
                "Ақтау",
                "Алматы",
                "Әулиекөл",
                "Көкшетау",
                "Қонаев",
                "Шымкент",
                "Ыбырай",
                "Іле"
            ]
        );
    }

    #[test]
    fn russian_takes_yo_for_ye_and_kazakh_does_not() {
        let names = ["Ёлкино", "Ежово", "Ельня"];
        assert_eq!(sorted(Locale::Ru, &names), ["Ежово", "Ёлкино", "Ельня"]);
        assert_eq!(sorted(Locale::Kk, &names), ["Ежово", "Ельня", "Ёлкино"]);
        assert_eq!(sorted(Locale::Ru, &["Лён", "Лен"]), ["Лен", "Лён"]);
    }

    #[test]
    fn own_script_first_and_figures_before_letters() {
        let names = ["Tekeli", "Текели", "28-лицей"];
        assert_eq!(sorted(Locale::Kk, &names), ["28-лицей", "Текели", "Tekeli"]);
        assert_eq!(sorted(Locale::Ru, &names), ["28-лицей", "Текели", "Tekeli"]);
        assert_eq!(sorted(Locale::En, &names), ["28-лицей", "Tekeli", "Текели"]);
    }

    #[test]
    fn case_only_decides_between_equals() {
        assert_eq!(
            sorted(Locale::Kk, &["қазығұрт", "Құлан", "қарағанды"]),
            ["қазығұрт", "қарағанды", "Құлан"]
        );
        assert_eq!(sorted(Locale::En, &["b", "A", "a"]), ["A", "a", "b"]);
        assert_eq!(Locale::Ru.compare("Аксу", "Аксу"), Ordering::Equal);
        assert_eq!(Locale::Ru.compare("Аксу", "Аксуат"), Ordering::Less);
    }
}
