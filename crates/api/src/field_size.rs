//! The library puts each field of an answer into a box as large as the largest read of its type, and moves it: a read that
//! is not boxed by itself costs every field of every answer its size.

use async_graphql::{ContainerType, Context};

use crate::connection::Connection;
use crate::network::Network;
use crate::notification::Notification;
use crate::partnership::Partnership;
use crate::person::Person;
use crate::plan::Plan;
use crate::research_lesson::ResearchLesson;
use crate::resource::Resource;
use crate::resource_version::ResourceVersion;
use crate::school::School;
use crate::study::Study;

/// In bytes.
const AT_MOST: usize = 2_500;

fn size<'a, T: 'a, F>(_: impl FnOnce(&'a T, &'a Context<'a>) -> F) -> usize {
    size_of::<F>()
}

macro_rules! sizes {
    ($($object:ty),+ $(,)?) => {
        [$((stringify!($object), size::<$object, _>(|row, ctx| row.resolve_field(ctx)))),+]
    };
}

#[test]
fn a_field_is_small() {
    let sizes = sizes![
        Connection<Partnership>,
        Network,
        Notification,
        Partnership,
        Person,
        Plan,
        ResearchLesson,
        Resource,
        ResourceVersion,
        School,
        Study,
    ];
    for (object, size) in sizes {
        assert!(
            size <= AT_MOST,
            "a field of {object} takes {size} bytes: box what its largest read awaits"
        );
    }
}
