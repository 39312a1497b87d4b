//! Only the operator fills a database, and only the tables listed here.

use super::Fill;
use crate::authz::{Action, Job, Viewer, Writes};
use crate::error::Refusal;
use crate::school::search;

impl Action for Fill {
    const NAME: &'static str = "generate";

    fn decide(&self, viewer: &Viewer) -> Result<(), Refusal> {
        viewer.require(viewer.is(Job::Operator))
    }
}

/// The database was empty before: every row is the filling's own.
macro_rules! fills {
    ($($entity:ty),+ $(,)?) => {$(
        impl Writes<$entity> for Fill {
            fn covers(&self, _: &<$entity as sea_orm::EntityTrait>::Model) -> bool {
                true
            }
        }
    )+};
}

fills! {
    crate::access_token::entity::Entity,
    crate::case_pupil::entity::Entity,
    crate::consent::entity::Entity,
    crate::designation::entity::Entity,
    crate::endorsement::entity::Entity,
    crate::membership::entity::Entity,
    crate::network::entity::Entity,
    crate::network::entity::lead::Entity,
    crate::notification::entity::Entity,
    crate::notification::entity::inbox::Entity,
    crate::observation::entity::Entity,
    crate::outbox::Entity,
    crate::partnership::entity::Entity,
    crate::partnership::entity::agreement::Entity,
    crate::partnership::entity::signature::Entity,
    crate::person::entity::Entity,
    crate::person::entity::contact::Entity,
    crate::region::entity::Entity,
    crate::region::entity::period::Entity,
    crate::research_lesson::entity::Entity,
    crate::research_lesson::entity::cell::Entity,
    crate::research_lesson::entity::comment::Entity,
    crate::research_lesson::entity::observer::Entity,
    crate::research_lesson::entity::stage::Entity,
    crate::resource::entity::Entity,
    crate::resource::entity::author::Entity,
    crate::resource::entity::draft::Entity,
    crate::resource::entity::label::Entity,
    crate::resource::entity::version::Entity,
    crate::resource::index::term::Entity,
    crate::resource::index::text::Entity,
    crate::resource::index::variant::Entity,
    crate::resource_comment::entity::Entity,
    crate::resource_use::entity::Entity,
    crate::school::entity::Entity,
    crate::school::entity::name::Entity,
    crate::study::entity::Entity,
    crate::study::entity::member::Entity,
    crate::study::entity::note::Entity,
    crate::study::entity::report::Entity,
    search::place::Entity,
    search::term::Entity,
    search::variant::Entity,
    search::word::Entity,
}
