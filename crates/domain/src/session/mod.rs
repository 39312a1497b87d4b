//! A session: somebody is signed in on one device. It lasts 30 days after its last use and 180 days at the most.
//!
//! The token is known to the device alone; here is its digest. A new one is made at each sign-in, password and role.

pub mod commands;
pub mod entity;
pub mod policy;
pub mod queries;

use std::net::{IpAddr, Ipv6Addr};

use chrono::Duration;

use crate::error::Result;
use crate::person::Person;
use crate::secret::Secret;

pub use entity::{Kind, Model as Session};

/// What its tokens begin with.
pub const PREFIX: &str = "sbs";
/// How long it lasts unused.
pub const IDLE: Duration = Duration::days(30);
/// How long it lasts at the most.
pub const LONGEST: Duration = Duration::days(180);
/// How exactly its last use is known: a write at most so often.
pub const NOTED: Duration = Duration::minutes(5);

/// Where somebody comes from who wants to get in.
#[derive(Debug, Clone)]
pub struct Caller {
    /// The client's address, as far as the proxies in front are trusted.
    pub address: IpAddr,
    /// What the client calls itself.
    pub agent: String,
    /// How the client will carry the session.
    pub kind: Kind,
}

impl Caller {
    /// Tells addresses apart without keeping them. A household has a /64 of the newer kind, not one address.
    pub(crate) fn digest(&self, secret: &Secret) -> Result<Vec<u8>> {
        let address = match self.address.to_canonical() {
            IpAddr::V6(six) => {
                let [a, b, c, d, ..] = six.segments();
                IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
            }
            four @ IpAddr::V4(_) => four,
        };
        secret.digest(&format!("address:{address}"))
    }
}

/// Somebody got in.
#[derive(Debug, Clone)]
pub struct Entered {
    /// Who.
    pub person: Person,
    /// Their new session.
    pub session: Session,
    /// Its token, told once.
    pub token: String,
}
