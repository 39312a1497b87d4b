//! A link by e-mail that signs a person in once, or lets them set a new password.

pub mod entity;

pub use entity::Model as SignInLink;
