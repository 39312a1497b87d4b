//! Which passwords will do, and how they are kept: Argon2id over 19 MiB in two passes.

use std::collections::HashSet;
use std::sync::LazyLock;

use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};
use argon2::{Argon2, Params, Version};
use tokio::sync::Semaphore;
use unicode_normalization::UnicodeNormalization;

use crate::error::{Error, Refusal, Result};

/// The fewest characters.
pub const MIN: usize = 10;
/// The most characters; all of them count.
pub const MAX: usize = 256;

/// How many characters must be left of a password once the person's own words are taken out.
const OWN: usize = 8;

/// What guessers try first, lower case, at least [`MIN`] characters; where it comes from stands in `NOTICE`.
static COMMON: LazyLock<HashSet<&str>> =
    LazyLock::new(|| include_str!("common_passwords.txt").lines().collect());

/// The name of the software is everybody's idea here.
const HERE: [&str; 2] = ["sabaqtas", "сабақтас"];

/// Hashing takes a core and 19 MiB for a while: a rush of sign-ins waits for these, and nobody else waits for it.
static DESKS: Semaphore = Semaphore::const_new(2);

/// Refuses what is short, endless, or among the first guesses. `own` are the person's name and address: who knows
/// them guesses with them. No rules about kinds of characters.
pub fn acceptable(password: &str, own: &[&str]) -> Result<(), Refusal> {
    let length = password.chars().count();
    if length < MIN {
        return Err(Refusal::TooShort { min: MIN });
    }
    if length > MAX {
        return Err(Refusal::TooLong { max: MAX });
    }
    let folded = normal(password).to_lowercase();
    let different: HashSet<char> = folded.chars().collect();
    if COMMON.contains(folded.as_str()) || different.len() < 5 || personal(&folded, own) {
        return Err(Refusal::CommonPassword);
    }
    Ok(())
}

/// Whether little is left without the words that everybody knows of this person.
fn personal(folded: &str, own: &[&str]) -> bool {
    let own: Vec<String> = own
        .iter()
        .map(|words| normal(words).to_lowercase())
        .collect();
    let parts = own.iter().flat_map(|words| {
        let local = words.split('@').next().unwrap_or_default();
        [words.as_str(), local]
            .into_iter()
            .chain(words.split(|c: char| !c.is_alphanumeric()))
    });
    let mut known: Vec<&str> = parts
        .chain(HERE)
        .filter(|word| word.chars().count() >= 4)
        .collect();
    known.sort_by_key(|word| std::cmp::Reverse(word.len()));
    let left = known
        .iter()
        .fold(folded.to_owned(), |left, word| left.replace(word, ""));
    left.len() < folded.len() && left.chars().count() < OWN
}

/// The hash to keep.
pub(crate) async fn hash(password: &str) -> Result<String> {
    let password = normal(password);
    at_a_desk(move || make(&password)).await?
}

/// Whether this is the password with that hash. Without a hash the same work is done in vain.
pub(crate) async fn verify(password: &str, hash: Option<String>) -> Result<bool> {
    let password = if password.chars().count() <= MAX {
        normal(password)
    } else {
        String::new()
    };
    at_a_desk(move || {
        let nobody = NOBODY.as_ref().map_err(|e| Error::Fault(e.clone()))?;
        let parsed = PasswordHash::new(hash.as_deref().unwrap_or(nobody)).map_err(fault)?;
        let right = argon()
            .verify_password(password.as_bytes(), &parsed)
            .is_ok();
        Ok(right && hash.is_some())
    })
    .await?
}

/// What passwords of nobody are compared with.
static NOBODY: LazyLock<Result<String, String>> =
    LazyLock::new(|| make("nobody has this password").map_err(|e| e.to_string()));

fn make(password: &str) -> Result<String> {
    let hash = argon().hash_password(password.as_bytes()).map_err(fault)?;
    Ok(hash.to_string())
}

fn argon() -> Argon2<'static> {
    Argon2::new(argon2::Algorithm::Argon2id, Version::V0x13, Params::DEFAULT)
}

/// The same letters may come in two forms from two keyboards.
fn normal(password: &str) -> String {
    password.nfc().collect()
}

async fn at_a_desk<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    let desk = DESKS.acquire().await.map_err(fault)?;
    tokio::task::spawn_blocking(move || {
        let _desk = desk;
        work()
    })
    .await
    .map_err(fault)
}

fn fault(error: impl std::fmt::Display) -> Error {
    Error::Fault(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_guesses_are_refused() {
        assert!(COMMON.len() > 2000);
        for common in COMMON.iter() {
            assert!(common.chars().count() >= MIN, "{common}");
            for guess in [(*common).to_owned(), common.to_uppercase()] {
                assert!(acceptable(&guess, &[]).is_err(), "{guess}");
            }
        }
        for guess in ["aaaaaaaaaaaa", "1212121212", "Сабақтас2026", "sabaqtas!!"] {
            assert_eq!(
                acceptable(guess, &[]),
                Err(Refusal::CommonPassword),
                "{guess}"
            );
        }
        assert_eq!(
            acceptable("qwerty", &[]),
            Err(Refusal::TooShort { min: MIN })
        );
    }

    #[test]
    fn own_words_are_no_secret() {
        let own = ["Айгүл Серікқызы", "aigul.serik@mektep.kz"];
        for guess in [
            "aigul.serik",
            "Aigul.Serik1",
            "aigul.serik@mektep.kz",
            "айгүл2026!",
            "СерікқызыАйгүл",
            "serikaigul77",
        ] {
            assert_eq!(
                acceptable(guess, &own),
                Err(Refusal::CommonPassword),
                "{guess}"
            );
        }
        assert_eq!(acceptable("aigul likes green tea", &own), Ok(()));
        assert_eq!(acceptable("dozen horses sing", &["a@b.kz", "A"]), Ok(()));
    }

    #[test]
    fn no_rules_about_characters_and_a_bound_without_cutting() {
        for fine in [
            "tanbur kettle moss",
            "корабль зелёный спит",
            "пять домбра лес",
        ] {
            assert_eq!(acceptable(fine, &[]), Ok(()));
        }
        let long: String = ('a'..='z').cycle().take(MAX).collect();
        assert_eq!(acceptable(&long, &[]), Ok(()));
        let longer = format!("{long}a");
        assert_eq!(acceptable(&longer, &[]), Err(Refusal::TooLong { max: MAX }));
    }

    proptest::proptest! {
        /// Whatever is accepted is long enough and no first guess, in whatever case; nothing makes it stumble.
        #[test]
        fn what_is_accepted_will_do(guess in ".{0,300}", own in ".{0,40}") {
            if acceptable(&guess, &[&own]).is_ok() {
                let length = guess.chars().count();
                proptest::prop_assert!((MIN..=MAX).contains(&length));
                proptest::prop_assert!(!COMMON.contains(guess.to_lowercase().as_str()));
                proptest::prop_assert!(guess != own);
            }
        }
    }

    #[tokio::test]
    async fn every_character_counts_and_nobody_gets_in() {
        let long: String = ('a'..='z').cycle().take(100).collect();
        let hash = hash(&long).await.unwrap();
        assert!(
            hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{hash}"
        );
        assert!(verify(&long, Some(hash.clone())).await.unwrap());
        let mut other = long.clone();
        other.replace_range(90..91, "#");
        assert!(!verify(&other, Some(hash)).await.unwrap());
        assert!(!verify("nobody has this password", None).await.unwrap());
    }

    #[tokio::test]
    async fn letters_are_the_same_in_either_form() {
        let hash = hash("қайың \u{0439}од ёлка").await.unwrap();
        let apart = "қайың \u{0438}\u{0306}од е\u{0308}лка";
        assert!(verify(apart, Some(hash)).await.unwrap());
    }
}
