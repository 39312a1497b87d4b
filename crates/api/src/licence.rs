//! Licences in plain words, and the subjects that are taught.

use async_graphql::{Context, Enum, Object, Result};
use domain::resource::Licence as Model;
use domain::resource::subject;
use i18n::Locale;

use crate::rows::access;
use crate::scalar::LocalizedText;
use notify::wording::locale;

/// Under which terms a work may be used.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "Model")]
pub enum LicenceCode {
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
    /// To read and to use in class; for anything else, the authors are asked.
    AllRights,
}

/// A licence.
pub struct Licence(pub Model);

/// A licence, with what it means in plain words.
#[Object]
impl Licence {
    /// Which one.
    async fn code(&self) -> LicenceCode {
        self.0.into()
    }

    /// Its name in the list of SPDX: `CC-BY-4.0`.
    async fn spdx(&self) -> &str {
        self.0.spdx()
    }

    /// Where its text is.
    async fn url(&self) -> Option<&str> {
        self.0.address()
    }

    /// What it is called, in the viewer's language.
    async fn name(&self, ctx: &Context<'_>) -> Result<String> {
        let say = locale(access(ctx)?.viewer().language);
        Ok(name(say, self.0))
    }

    /// What it means in plain words, in the viewer's language.
    async fn meaning(&self, ctx: &Context<'_>) -> Result<String> {
        let say = locale(access(ctx)?.viewer().language);
        Ok(meaning(say, self.0))
    }

    /// The licences that somebody else's adaptation or translation may carry: none where there may be no adaptation;
    /// at most 8.
    async fn adaptations(&self) -> Vec<LicenceCode> {
        self.0.adaptations().iter().map(|it| (*it).into()).collect()
    }
}

fn name(say: Locale, licence: Model) -> String {
    match licence {
        Model::Cc0 => say.licence_cc0(),
        Model::CcBy => say.licence_cc_by(),
        Model::CcBySa => say.licence_cc_by_sa(),
        Model::CcByNc => say.licence_cc_by_nc(),
        Model::CcByNcSa => say.licence_cc_by_nc_sa(),
        Model::CcByNd => say.licence_cc_by_nd(),
        Model::CcByNcNd => say.licence_cc_by_nc_nd(),
        Model::AllRights => say.licence_all_rights(),
    }
}

fn meaning(say: Locale, licence: Model) -> String {
    match licence {
        Model::Cc0 => say.licence_cc0_meaning(),
        Model::CcBy => say.licence_cc_by_meaning(),
        Model::CcBySa => say.licence_cc_by_sa_meaning(),
        Model::CcByNc => say.licence_cc_by_nc_meaning(),
        Model::CcByNcSa => say.licence_cc_by_nc_sa_meaning(),
        Model::CcByNd => say.licence_cc_by_nd_meaning(),
        Model::CcByNcNd => say.licence_cc_by_nc_nd_meaning(),
        Model::AllRights => say.licence_all_rights_meaning(),
    }
}

/// A subject that is taught.
pub struct Subject(pub &'static subject::Subject);

/// A subject that is taught.
#[Object]
impl Subject {
    /// What it is written as: `ALGEBRA`.
    async fn code(&self) -> &str {
        &self.0.code
    }

    /// What it is called.
    async fn name(&self) -> LocalizedText {
        LocalizedText(self.0.name.clone())
    }

    /// The first grade it is usually taught in.
    async fn grade_from(&self) -> i32 {
        self.0.grade_from
    }

    /// The last.
    async fn grade_to(&self) -> i32 {
        self.0.grade_to
    }
}

/// Reading lists that are the same for everybody.
#[derive(Default)]
pub struct LicenceQuery;

#[Object]
impl LicenceQuery {
    /// The licences a work may have, the freest first; at most 8. Everybody.
    async fn licences(&self) -> Vec<Licence> {
        Model::ALL.into_iter().map(Licence).collect()
    }

    /// The subjects that are taught, in the order of the curriculum; at most 100. Everybody.
    async fn subjects(&self) -> Vec<Subject> {
        subject::all().iter().map(Subject).collect()
    }
}
