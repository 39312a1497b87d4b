//! A report: somebody tells the moderators that something is wrong with a work; or its authors appeal against hiding.
//!
//! ```text
//! open ─ dismissed (nothing is wrong; an appeal: it stays hidden)
//!    └── upheld (the work is hidden; an appeal: it is shown again)
//! ```

pub mod commands;
pub mod entity;
pub mod policy;
pub mod queries;

pub use entity::{Ground, Model as ResourceReport, State};

impl State {
    /// As the schema spells it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Open => "OPEN",
            Self::Dismissed => "DISMISSED",
            Self::Upheld => "UPHELD",
        }
    }
}
