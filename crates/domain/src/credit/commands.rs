//! Issuing a record of credit.

use super::policy::Issue;
use super::{CreditRecord, queries};
use crate::db::{Access, Once};
use crate::error::{Refusal, Result};
use crate::fact::Fact;
use crate::fact::bank::BankFact;
use crate::id::Id;
use crate::secret;

/// Letters and digits that nobody takes for another: Crockford's.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Somebody has a record of their credit issued, as it is today.
pub async fn issue(access: &Access, key: Option<&str>) -> Result<CreditRecord> {
    let person = access.viewer().id().ok_or(Refusal::SignInRequired)?;
    let body = ("credit_record.issue", person);
    let tx = match access.begin_once(key, &body).await? {
        Once::First(tx) => tx,
        Once::Again(id) => {
            let issued = access.get(Id::from_uuid(id)).await?;
            return issued.ok_or_else(|| Refusal::NotFound.into());
        }
    };
    let permit = tx.permit(Issue { person })?;
    let person = tx.get(person, "").await?;
    let credit = queries::credit_of(&tx, person.id).await?;
    let record = CreditRecord {
        id: Id::fresh(),
        person_id: person.id,
        code: code(secret::random_bytes()?),
        name: person.name,
        works: credit.works,
        uses: credit.uses,
        copies: credit.copies,
        endorsements: credit.endorsements,
        issued_at: tx.now(),
    };
    let record = tx.insert(&permit, record).await?;
    let fact = BankFact::CreditRecordIssued { record: record.id };
    tx.record(&permit, Fact::Bank(fact)).await?;
    tx.commit_as(record.id).await?;
    Ok(record)
}

/// The bits as 26 letters and digits.
fn code(bytes: [u8; 16]) -> String {
    let bits = u128::from_be_bytes(bytes);
    (0..26)
        .rev()
        .filter_map(|place| {
            let digit = (bits >> (place * 5)) & 31;
            ALPHABET.get(digit as usize).map(|c| char::from(*c))
        })
        .collect()
}

/// The code as somebody typed it off a sheet: small letters, spaces, dashes, an O for a zero.
pub(crate) fn typed(code: &str) -> String {
    code.chars()
        .filter(|c| c.is_ascii_alphanumeric())
        .map(|c| match c.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            c => c,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn every_code_is_read_as_it_was_written(bytes: [u8; 16], other: [u8; 16]) {
            let written = code(bytes);
            assert_eq!(written.len(), 26);
            assert_eq!(typed(&written), written);
            assert_eq!(typed(&format!(" {}-{}", &written[..9].to_lowercase(), &written[9..])), written);
            assert_eq!(code(other) == written, bytes == other);
        }
    }
}
