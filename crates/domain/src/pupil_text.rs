//! Free texts of a study, kept clear of what tells who a pupil is: identity numbers (IIN) and phone numbers.
//!
//! No software recognises every name, so no field asks for one; but a number that points to a child is stopped here,
//! whoever writes it and wherever.

use unicode_normalization::UnicodeNormalization;

use crate::error::Refusal;
use crate::text;

/// One line, as [`text::line`], without personal numbers.
pub fn line(text: &str, max: usize) -> Result<String, Refusal> {
    clear(text::line(text, max)?)
}

/// Several lines, as [`text::prose`], without personal numbers.
pub fn prose(text: &str, max: usize) -> Result<String, Refusal> {
    clear(text::prose(text, max)?)
}

/// Several lines, at least one character.
pub fn needed(text: &str, max: usize) -> Result<String, Refusal> {
    let text = prose(text, max)?;
    if text.is_empty() {
        Err(Refusal::Required)
    } else {
        Ok(text)
    }
}

fn clear(text: String) -> Result<String, Refusal> {
    if runs(&text).any(|run| run.is_iin() || run.is_phone()) {
        Err(Refusal::PersonalNumber)
    } else {
        Ok(text)
    }
}

/// Groups of digits with nothing but a space, a hyphen or a bracket between them.
struct Run {
    plus: bool,
    groups: Vec<Vec<u32>>,
}

/// What may stand between the groups of one number.
fn joins(c: char) -> bool {
    matches!(
        c,
        ' ' | '\u{a0}'
            | '\u{2009}'
            | '\u{202f}'
            | '-'
            | '\u{2010}'
            | '\u{2011}'
            | '\u{2013}'
            | '('
            | ')'
            | '.'
    )
}

fn runs(text: &str) -> impl Iterator<Item = Run> {
    let mut runs = Vec::new();
    let mut run = Run::new(false);
    let (mut plus, mut gap) = (false, 0);
    // Digits of other widths are folded to the usual ones.
    for c in text.nfkc() {
        if let Some(digit) = c.to_digit(10) {
            if gap > 0 || run.groups.is_empty() {
                run.groups.push(Vec::new());
            }
            run.plus |= plus;
            (plus, gap) = (false, 0);
            if let Some(group) = run.groups.last_mut() {
                group.push(digit);
            }
        } else if joins(c) && gap < 2 && !run.groups.is_empty() {
            gap += 1;
        } else {
            runs.push(std::mem::replace(&mut run, Run::new(false)));
            (plus, gap) = (c == '+', 0);
        }
    }
    runs.push(run);
    runs.into_iter()
}

impl Run {
    fn new(plus: bool) -> Self {
        Self {
            plus,
            groups: Vec::new(),
        }
    }

    /// An individual identification number of Kazakhstan: a day of birth, the century, and a right check digit.
    /// Written in one, or in groups of at least three, or digit by digit: a list of marks is none.
    fn is_iin(&self) -> bool {
        let single = self.groups.len() == 12;
        self.windows(12)
            .filter(|groups| single || groups.iter().all(|group| group.len() >= 3))
            .any(|groups| is_iin(&groups.concat()))
    }

    /// A phone number: `+` and ten digits or more; or one of Kazakhstan and its neighbours, with its area code in one.
    fn is_phone(&self) -> bool {
        let count: usize = self.groups.iter().map(Vec::len).sum();
        if self.plus && (10..=15).contains(&count) {
            return true;
        }
        let long =
            |group: Option<&Vec<u32>>, least| group.is_some_and(|group| group.len() >= least);
        self.windows(11).any(|groups| {
            let digits = groups.concat();
            matches!(digits.as_slice(), [7 | 8, 4 | 7 | 9, ..])
                && (long(groups.first(), 4)
                    || groups.first().is_some_and(|group| group.len() == 1)
                        && groups
                            .get(1)
                            .is_some_and(|group| [3, 4, 6, 7, 10].contains(&group.len())))
        }) || self.windows(10).any(|groups| {
            let digits = groups.concat();
            matches!(digits.as_slice(), [7, 0 | 4 | 6 | 7, ..])
                && groups
                    .first()
                    .is_some_and(|group| [3, 6, 10].contains(&group.len()))
        })
    }

    /// Each sequence of neighbouring groups with so many digits together.
    fn windows(&self, digits: usize) -> impl Iterator<Item = &[Vec<u32>]> {
        (0..self.groups.len()).filter_map(move |from| {
            let rest = self.groups.get(from..)?;
            let mut count = 0;
            let until = rest.iter().position(|group| {
                count += group.len();
                count >= digits
            })?;
            (count == digits).then(|| rest.get(..=until)).flatten()
        })
    }
}

fn is_iin(digits: &[u32]) -> bool {
    let &[_, _, m1, m0, d1, d0, century, ..] = digits else {
        return false;
    };
    let (month, day) = (m1 * 10 + m0, d1 * 10 + d0);
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) || century > 6 {
        return false;
    }
    let sum = |weights: [u32; 11]| -> u32 {
        let products = digits
            .iter()
            .zip(weights)
            .map(|(digit, weight)| digit * weight);
        products.sum::<u32>() % 11
    };
    let check = match sum([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]) {
        10 => sum([3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2]),
        check => check,
    };
    digits.last() == Some(&check)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stopped(text: &str) -> bool {
        prose(text, 4000) == Err(Refusal::PersonalNumber)
    }

    /// An identity number that nobody need have: born so, with its check digit.
    fn iin(born: u64, serial: u64) -> Option<String> {
        let front = format!(
            "{:02}{:02}{:02}{}{:04}",
            born / 400 % 100,
            born % 12 + 1,
            born % 28 + 1,
            3 + born % 4,
            serial % 10_000
        );
        (0..10).map(|check| format!("{front}{check}")).find(|text| {
            let digits: Vec<_> = text.chars().filter_map(|c| c.to_digit(10)).collect();
            is_iin(&digits)
        })
    }

    #[test]
    fn every_identity_number_is_stopped() {
        let mut tried = 0;
        for born in 0..1500 {
            let Some(number) = iin(born * 37, born * 7919) else {
                continue;
            };
            let (front, back) = number.split_at(6);
            let (a, b) = front.split_at(3);
            let (c, d) = back.split_at(3);
            let (e, f) = (number.get(..4).unwrap(), number.get(4..8).unwrap());
            let g = number.get(8..).unwrap();
            let spaced: Vec<_> = number.chars().map(String::from).collect();
            for text in [
                number.clone(),
                format!("ЖСН {number}."),
                format!("ИИН:{front} {back}"),
                format!("{front}-{back}"),
                format!("{a} {b} {c} {d}"),
                format!("{e}\u{a0}{f}\u{a0}{g}"),
                spaced.join(" "),
            ] {
                assert!(stopped(&text), "{text}");
                tried += 1;
            }
        }
        assert!(tried > 5000, "{tried}");
    }

    #[test]
    fn every_phone_number_is_stopped() {
        for text in [
            "+7 701 123 45 67",
            "8 (701) 123-45-67",
            "87011234567",
            "77771234567",
            "тел. 8-747-123-45-67",
            "8 701 1234567",
            "анасы: 707 123 45 67",
            "7071234567",
            "+77011234567 WhatsApp",
            "8(7282)24-15-30",
            "8 727 250 11 22",
            "+998 90 123 45 67",
            "＋７ ７０１ １２３ ４５ ６７",
            "звоните 8.701.123.45.67",
        ] {
            assert!(stopped(text), "{text}");
        }
    }

    #[test]
    fn ordinary_texts_pass() {
        let frames = [
            "Сабақ {a}.{b} басталып, {c}.{d} аяқталды.",
            "A оқушысы {a} есептің {b} шығарды, {c} қатесі бар.",
            "B тапсырманы {a} минутта орындады, {b} бетті оқыды.",
            "Сынып: {a}«А», {b} оқушы, {c} қыз, {d} ұл.",
            "{a} қазан, {b}-сабақ, {c}-кабинет.",
            "Оқулық, {a}-бет, № {b}, {c}, {d} жаттығулар.",
            "C «қалай білдің?» деген сұраққа {a} секунд үндемеді.",
            "Ұпайлар: {a} {b} {c} {d}.",
            "2026 жылғы {a} қараша, сағат {b}:{c}.",
            "Топтар: {a}-{b}, {c}-{d} қатарлар.",
            "Оқу жылы 2025–2026, {a}-тоқсан, {b}-апта.",
            "Жауаптардың {a} пайызы дұрыс, {b} пайызы түсіндірмесіз.",
            "Урок начался в {a}.{b}, закончился в {c}.{d}.",
            "Ученик A решил {a} задач из {b}, ошибся в {c}.",
            "B ответил на {a}-й минуте, ждал {b} секунд.",
            "Класс {a} «Б», {b} учеников, {c} мест у окна.",
            "{a} октября 2026 года, кабинет {b}, {c} парт.",
            "Учебник, с. {a}–{b}, № {c}, {d}.",
            "C на вопрос «почему?» молчал {a} секунд, потом показал рисунок {b}.",
            "Баллы: {a} {b} {c} {d} {e} {f}.",
            "12.05.2026 {a}.{b}, второй урок {c}.{d}",
            "Сравнить ¾ и ⅝; {a}/{b} и {c}/{d}.",
            "В 2019 2020 2021 годах было {a} групп.",
            "Температура −{a} °C, уроки сокращены до {b} минут.",
            "Разбор: этап 1 ({a} мин), этап 2 ({b} мин), этап 3 ({c} мин).",
            "Канал берёт {a} литров, ферма {b}; осталось {c}.",
            "Пара {a}–{b} говорила {c} минуты, остальные слушали.",
            "Из {a} ответов полных {b}, кратких {c}, пустых {d}.",
            "10 {a} 12 {b} 14 {c} — отметки за неделю",
            "Число π ≈ 3,14159265, корень из {a} ≈ {b},{c}.",
        ];
        let (mut texts, mut wrong) = (0, Vec::new());
        for frame in frames {
            for seed in 1..=12_u64 {
                let mut text = frame.to_owned();
                for (n, letter) in ('a'..='f').enumerate() {
                    let value = (seed * 7 + n as u64 * 13 + seed * seed) % 58 + 1;
                    text = text.replace(&format!("{{{letter}}}"), &value.to_string());
                }
                texts += 1;
                if stopped(&text) {
                    wrong.push(text);
                }
            }
        }
        assert!(
            texts >= 200 && wrong.len() * 50 <= texts,
            "{} of {texts}: {wrong:#?}",
            wrong.len()
        );
    }

    #[test]
    fn what_stays_is_as_text_has_it() {
        assert_eq!(line(" A «жауап» ", 20).unwrap(), "A «жауап»");
        assert_eq!(needed(" ", 5), Err(Refusal::Required));
        assert_eq!(line("A\nB", 20), Err(Refusal::MalformedText));
    }
}
