//! Dates, times, numbers and percentages as each language writes them. The wording of dates is in
//! `common.ftl`.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, Timelike, Utc};

use crate::Locale;

const NO_BREAK_SPACE: char = '\u{a0}';

impl Locale {
    /// A date in words: "16 қараша 2026 ж.", "16 ноября 2026 г.", "16 November 2026".
    #[must_use]
    pub fn date_long(self, date: NaiveDate) -> String {
        self.pattern_date_long(date.day(), date.month(), date.year().to_string())
    }

    /// A date in figures, for tables: "16.11.2026", in English "16/11/2026".
    #[must_use]
    pub fn date_short(self, date: NaiveDate) -> String {
        self.pattern_date_short(
            format!("{:02}", date.day()),
            format!("{:02}", date.month()),
            date.year().to_string(),
        )
    }

    /// An instant as a clock in the zone `offset` shows it: "16 November 2026, 14:05".
    #[must_use]
    pub fn date_time(self, at: DateTime<Utc>, offset: FixedOffset) -> String {
        let local = at.with_timezone(&offset);
        self.pattern_date_time(
            self.date_long(local.date_naive()),
            format!("{:02}:{:02}", local.hour(), local.minute()),
        )
    }

    /// An integer in groups of three digits: "2 701" with a no-break space, in English "2,701".
    #[must_use]
    pub fn integer(self, number: i64) -> String {
        let separator = match self {
            Locale::Kk | Locale::Ru => NO_BREAK_SPACE,
            Locale::En => ',',
        };
        let digits = number.unsigned_abs().to_string();
        let mut text = String::with_capacity(digits.len() * 2);
        if number < 0 {
            text.push('\u{2212}');
        }
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                text.push(separator);
            }
            text.push(digit);
        }
        text
    }

    /// `part` of `whole` in percent, to a tenth, halves up, without a zero tenth: "38,5 %" with a
    /// no-break space, in English "38.5%". `None` of nothing. Show the base beside it.
    #[must_use]
    pub fn percent(self, part: u64, whole: u64) -> Option<String> {
        let (part, whole) = (u128::from(part), u128::from(whole));
        let tenths = (part * 2000 + whole).checked_div(whole * 2)?;
        let integer = self.integer(i64::try_from(tenths / 10).ok()?);
        let (point, sign) = match self {
            Locale::Kk | Locale::Ru => (',', "\u{a0}%"),
            Locale::En => ('.', "%"),
        };
        Some(match tenths % 10 {
            0 => format!("{integer}{sign}"),
            tenth => format!("{integer}{point}{tenth}{sign}"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALMATY: i32 = 5 * 3600;

    fn in_all(text: impl Fn(Locale) -> String) -> [String; 3] {
        Locale::ALL.map(text)
    }

    #[test]
    fn dates_read_as_in_a_letter() {
        let date = NaiveDate::from_ymd_opt(2026, 11, 16).unwrap();
        assert_eq!(
            in_all(|locale| locale.date_long(date)),
            ["16 қараша 2026 ж.", "16 ноября 2026 г.", "16 November 2026"]
        );
        let date = NaiveDate::from_ymd_opt(2026, 5, 6).unwrap();
        assert_eq!(
            in_all(|locale| locale.date_short(date)),
            ["06.05.2026", "06.05.2026", "06/05/2026"]
        );
    }

    #[test]
    fn every_month_has_its_own_name() {
        for locale in Locale::ALL {
            let names: std::collections::BTreeSet<_> = (1..=12)
                .map(|month| locale.date_long(NaiveDate::from_ymd_opt(2026, month, 1).unwrap()))
                .collect();
            assert_eq!(names.len(), 12, "{names:?}");
            let names: std::collections::BTreeSet<_> = (1..=12)
                .map(|month: u32| locale.month_name(month))
                .collect();
            assert_eq!(names.len(), 12, "{names:?}");
        }
        assert_eq!(Locale::Kk.month_name(1), "қаңтар");
        assert_eq!(Locale::Ru.month_name(12), "декабрь");
    }

    #[test]
    fn an_instant_is_shown_in_the_zone_of_the_installation() {
        let at = DateTime::parse_from_rfc3339("2026-11-15T21:05:00Z").unwrap();
        let zone = FixedOffset::east_opt(ALMATY).unwrap();
        assert_eq!(
            in_all(|locale| locale.date_time(at.to_utc(), zone)),
            [
                "16 қараша 2026 ж., 02:05",
                "16 ноября 2026 г., 02:05",
                "16 November 2026, 02:05"
            ]
        );
    }

    #[test]
    fn integers_are_grouped() {
        assert_eq!(
            in_all(|locale| locale.integer(2701)),
            ["2\u{a0}701", "2\u{a0}701", "2,701"]
        );
        assert_eq!(Locale::En.integer(999), "999");
        assert_eq!(Locale::En.integer(-1_234_567), "−1,234,567");
        assert_eq!(Locale::En.integer(i64::MIN), "−9,223,372,036,854,775,808");
    }

    #[test]
    fn percentages_are_rounded_to_a_tenth() {
        assert_eq!(
            in_all(|locale| locale.percent(2701, 7014).unwrap()),
            ["38,5\u{a0}%", "38,5\u{a0}%", "38.5%"]
        );
        assert_eq!(Locale::En.percent(94, 100).unwrap(), "94%");
        assert_eq!(Locale::En.percent(1, 2000).unwrap(), "0.1%");
        assert_eq!(Locale::En.percent(1, 2001).unwrap(), "0%");
        assert_eq!(Locale::En.percent(0, 0), None);
        assert_eq!(Locale::En.percent(u64::MAX, u64::MAX).unwrap(), "100%");
    }
}
