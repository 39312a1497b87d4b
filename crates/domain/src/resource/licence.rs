//! Under which terms a work may be used, and which of them an adaptation of it may carry.

use sea_orm::sea_query::StringLen;
use sea_orm::{DeriveActiveEnum, EnumIter};
use serde::{Deserialize, Serialize};

use crate::error::Refusal;

/// A licence: those of Creative Commons, or none at all.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::N(16))",
    rename_all = "snake_case"
)]
#[serde(rename_all = "snake_case")]
pub enum Licence {
    /// Anybody may do anything.
    Cc0,
    /// Anything, as long as the authors are named.
    CcBy,
    /// The same, and what is made of it carries the same licence.
    CcBySa,
    /// Named, and not for money.
    CcByNc,
    /// Named, not for money, and under the same licence.
    CcByNcSa,
    /// Named, and only as it is.
    CcByNd,
    /// Named, not for money, and only as it is.
    CcByNcNd,
    /// To read and to use in class; anything else, the authors are asked for.
    AllRights,
}

use Licence::{AllRights, Cc0, CcBy, CcByNc, CcByNcNd, CcByNcSa, CcByNd, CcBySa};

impl Licence {
    /// All of them, the freest first.
    pub const ALL: [Self; 8] = [
        Cc0, CcBy, CcBySa, CcByNc, CcByNcSa, CcByNd, CcByNcNd, AllRights,
    ];

    /// Its name in the list of SPDX.
    pub fn spdx(self) -> &'static str {
        match self {
            Cc0 => "CC0-1.0",
            CcBy => "CC-BY-4.0",
            CcBySa => "CC-BY-SA-4.0",
            CcByNc => "CC-BY-NC-4.0",
            CcByNcSa => "CC-BY-NC-SA-4.0",
            CcByNd => "CC-BY-ND-4.0",
            CcByNcNd => "CC-BY-NC-ND-4.0",
            AllRights => "LicenseRef-All-Rights-Reserved",
        }
    }

    /// Where its text is.
    pub fn address(self) -> Option<&'static str> {
        Some(match self {
            Cc0 => "https://creativecommons.org/publicdomain/zero/1.0/",
            CcBy => "https://creativecommons.org/licenses/by/4.0/",
            CcBySa => "https://creativecommons.org/licenses/by-sa/4.0/",
            CcByNc => "https://creativecommons.org/licenses/by-nc/4.0/",
            CcByNcSa => "https://creativecommons.org/licenses/by-nc-sa/4.0/",
            CcByNd => "https://creativecommons.org/licenses/by-nd/4.0/",
            CcByNcNd => "https://creativecommons.org/licenses/by-nc-nd/4.0/",
            AllRights => return None,
        })
    }

    /// The licences that somebody else's adaptation or translation may carry; none where there may be no adaptation.
    pub fn adaptations(self) -> &'static [Self] {
        match self {
            Cc0 => &[
                Cc0, CcBy, CcBySa, CcByNc, CcByNcSa, CcByNd, CcByNcNd, AllRights,
            ],
            CcBy => &[CcBy, CcBySa, CcByNc, CcByNcSa, CcByNd, CcByNcNd],
            CcBySa => &[CcBySa],
            CcByNc => &[CcByNc, CcByNcSa, CcByNcNd],
            CcByNcSa => &[CcByNcSa],
            CcByNd | CcByNcNd | AllRights => &[],
        }
    }

    /// Their SPDX names, for people.
    fn adaptation_names(self) -> &'static str {
        match self {
            Cc0 | CcByNd | CcByNcNd | AllRights => "",
            CcBy => {
                "CC-BY-4.0, CC-BY-SA-4.0, CC-BY-NC-4.0, CC-BY-NC-SA-4.0, CC-BY-ND-4.0, CC-BY-NC-ND-4.0"
            }
            CcBySa => "CC-BY-SA-4.0",
            CcByNc => "CC-BY-NC-4.0, CC-BY-NC-SA-4.0, CC-BY-NC-ND-4.0",
            CcByNcSa => "CC-BY-NC-SA-4.0",
        }
    }

    /// Whether an adaptation of a work under this licence may carry `of_copy`; the refusal says what would be right.
    pub fn permits(self, of_copy: Self) -> Result<(), Refusal> {
        let permitted = self.adaptations();
        if permitted.is_empty() {
            Err(Refusal::NoAdaptations)
        } else if permitted.contains(&of_copy) {
            Ok(())
        } else {
            Err(Refusal::LicenceMismatch {
                licences: self.adaptation_names(),
            })
        }
    }

    /// The licence an adaptation starts with: the same.
    pub fn of_adaptation(self) -> Result<Self, Refusal> {
        self.permits(self).map(|()| self)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use sea_orm::Iterable;

    use super::*;

    fn any() -> impl Strategy<Value = Licence> {
        prop::sample::select(Licence::iter().collect::<Vec<_>>())
    }

    fn is_non_commercial(licence: Licence) -> bool {
        licence.spdx().contains("-NC")
    }

    proptest! {
        /// However often it is adapted, nobody gets more freedom than the first author gave.
        #[test]
        fn a_chain_of_adaptations_keeps_its_terms(first in any(), choices: [u8; 4]) {
            let mut chain = vec![first];
            for choice in choices {
                let Some(permitted) = chain.last().map(|last: &Licence| last.adaptations()) else {
                    break;
                };
                let Some(next) = permitted.get(usize::from(choice) % permitted.len().max(1)) else {
                    break;
                };
                chain.push(*next);
            }
            prop_assume!(chain.len() > 1);
            let Some(last) = chain.last() else {
                unreachable!("two at least");
            };
            if first.spdx().contains("-SA") {
                prop_assert_eq!(first, *last);
            }
            if is_non_commercial(first) {
                prop_assert!(is_non_commercial(*last));
            }
            if first != Cc0 {
                prop_assert!(*last != Cc0 && *last != AllRights);
            }
            // Nothing is made of what may not be changed.
            for inner in chain.iter().rev().skip(1) {
                prop_assert!(!inner.spdx().contains("-ND") && *inner != AllRights);
            }
        }
    }

    #[test]
    fn a_refusal_names_what_would_be_right() {
        for licence in Licence::iter().filter(|it| *it != Cc0) {
            let names: Vec<_> = licence.adaptations().iter().map(|it| it.spdx()).collect();
            assert_eq!(licence.adaptation_names(), names.join(", "));
        }
        assert_eq!(CcByNd.permits(CcByNd), Err(Refusal::NoAdaptations));
        assert_eq!(
            CcBySa.permits(CcBy),
            Err(Refusal::LicenceMismatch {
                licences: "CC-BY-SA-4.0"
            })
        );
    }

    #[test]
    fn what_may_be_adapted_may_keep_its_licence() {
        for licence in Licence::iter().filter(|it| !it.adaptations().is_empty()) {
            assert_eq!(licence.of_adaptation(), Ok(licence));
        }
    }
}
