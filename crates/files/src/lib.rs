//! The bytes of files: where they lie, how they arrive, what they are made into.
