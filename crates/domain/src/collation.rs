//! By what names are sorted: a text of letters and figures whose bytes stand in the order of the Kazakh alphabet, so
//! that both databases sort alike, in an index. Without its own letters that alphabet is the Russian one.

/// The Kazakh alphabet.
const ALPHABET: &str = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя";

/// The key of a name: what separates words comes first, then numbers by their value, Cyrillic letters, Latin ones.
/// Case and marks of punctuation make no difference.
pub(crate) fn key(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    let mut number = String::new();
    let mut separated = false;
    for letter in name.chars().flat_map(char::to_lowercase) {
        if letter.is_ascii_digit() {
            if separated && number.is_empty() && !key.is_empty() {
                key.push('0');
            }
            separated = false;
            number.push(letter);
            continue;
        }
        close(&mut key, &mut number);
        if !letter.is_alphanumeric() {
            separated = true;
            continue;
        }
        if separated && !key.is_empty() {
            key.push('0');
        }
        separated = false;
        place(&mut key, letter);
    }
    close(&mut key, &mut number);
    key
}

/// Writes the number that is over: the longer one is the greater one.
fn close(key: &mut String, number: &mut String) {
    if number.is_empty() {
        return;
    }
    let figures = number.trim_start_matches('0');
    let length = u8::try_from(figures.len().min(25)).unwrap_or_default();
    key.push('1');
    key.push(char::from(b'a' + length));
    key.push_str(figures);
    number.clear();
}

fn place(key: &mut String, letter: char) {
    if let Some(place) = ALPHABET.chars().position(|other| other == letter) {
        let place = u8::try_from(place).unwrap_or_default();
        key.push(char::from(b'b' + place / 21));
        key.push(char::from(b'a' + place % 21));
    } else if letter.is_ascii_lowercase() {
        key.push('d');
        key.push(letter);
    } else {
        key.push_str(&format!("e{:06x}", u32::from(letter)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted<'a>(names: &[&'a str]) -> Vec<&'a str> {
        let mut names = names.to_vec();
        names.sort_by_key(|name| key(name));
        names
    }

    #[test]
    fn the_kazakh_alphabet_is_in_order() {
        let letters: Vec<_> = ALPHABET.chars().map(String::from).collect();
        let letters: Vec<_> = letters.iter().map(String::as_str).collect();
        let mut shuffled = letters.clone();
        shuffled.sort_unstable();
        assert_ne!(shuffled, letters, "code points do not give this order");
        assert_eq!(sorted(&shuffled), letters);
        let names = [
            "Ақтау",
            "Алматы",
            "Әулиекөл",
            "Көкшетау",
            "Қонаев",
            "Шымкент",
            "Ыбырай",
            "Іле",
            "Tekeli",
        ];
        let mut shuffled = names;
        shuffled.reverse();
        assert_eq!(sorted(&shuffled), names);
    }

    #[test]
    fn numbers_count_and_signs_do_not() {
        let names = [
            "№ 2 мектеп",
            "№3 мектеп",
            "№ 10 мектеп",
            "№ 100 мектеп",
            "Абай",
            "«Абай» лицейі",
            "Абайлы",
        ];
        let mut shuffled = names;
        shuffled.reverse();
        assert_eq!(sorted(&shuffled), names);
        assert_eq!(key("Мектеп № 7"), key("мектеп 007"));
        assert_eq!(key("  Ақ-тау "), key("ақ тау"));
        assert!(key("ақ тау") < key("ақтау"));
    }

    #[test]
    fn keys_hold_letters_and_figures_only() {
        for name in ["", "№", "Ёлка–2 «IT»", "学校", "İstanbul"] {
            let key = key(name);
            let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
            assert!(key.chars().all(plain), "{name}: {key}");
        }
    }
}
