//! What lines are to those who listen: headings, paragraphs, points of lists, cells of tables.

use std::num::NonZeroU16;

use krilla::tagging::{Identifier, ListNumbering, Node, TableHeaderScope, Tag, TagGroup, TagTree};

/// What belongs together for who listens: one paragraph, one point, one cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Paragraph,
    Heading(u16),
    /// Of a list.
    Point,
    /// Of a table: a head of its column, of its row, or neither.
    Cell(Option<Scope>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    Column,
    Row,
}

/// What is said, in its order: each with what it is and the row or group it is in.
pub(super) struct Said {
    pub(super) part: Part,
    /// Parts with the same number are one list, or one table.
    pub(super) group: usize,
    /// Cells with the same number are one row.
    pub(super) row: usize,
    pub(super) marks: Vec<Identifier>,
}

/// What is said, as those who listen walk through it.
pub(super) fn tree(said: Vec<Said>) -> TagTree {
    let mut tree = TagTree::new();
    // The list or table that is open: its number, itself; for a table the row that is open as well.
    let mut open: Option<(usize, TagGroup)> = None;
    let mut row: Option<(usize, TagGroup)> = None;
    for one in said {
        let leaves: Vec<Node> = one.marks.into_iter().map(Node::from).collect();
        let goes_on = matches!(one.part, Part::Point | Part::Cell(_))
            && open.as_ref().is_some_and(|(group, _)| *group == one.group);
        if row.as_ref().is_some_and(|(number, _)| *number != one.row) || !goes_on {
            close_row(&mut row, &mut open);
        }
        if !goes_on && let Some((_, group)) = open.take() {
            tree.push(group);
        }
        match one.part {
            Part::Paragraph => tree.push(TagGroup::with_children(Tag::P, leaves)),
            Part::Heading(level) => {
                let level = NonZeroU16::new(level).unwrap_or(NonZeroU16::MIN);
                tree.push(TagGroup::with_children(Tag::Hn(level, None), leaves));
            }
            Part::Point => {
                let body = TagGroup::with_children(Tag::LBody, leaves);
                let item = TagGroup::with_children(Tag::LI, vec![body.into()]);
                let list = || (one.group, TagGroup::new(Tag::L(ListNumbering::None)));
                open.get_or_insert_with(list).1.push(item);
            }
            Part::Cell(scope) => {
                open.get_or_insert_with(|| (one.group, TagGroup::new(Tag::Table)));
                let cell = match scope {
                    Some(Scope::Column) => {
                        TagGroup::with_children(Tag::TH(TableHeaderScope::Column), leaves)
                    }
                    Some(Scope::Row) => {
                        TagGroup::with_children(Tag::TH(TableHeaderScope::Row), leaves)
                    }
                    None => TagGroup::with_children(Tag::TD, leaves),
                };
                let fresh = || (one.row, TagGroup::new(Tag::TR));
                row.get_or_insert_with(fresh).1.push(cell);
            }
        }
    }
    close_row(&mut row, &mut open);
    if let Some((_, group)) = open {
        tree.push(group);
    }
    tree
}

fn close_row(row: &mut Option<(usize, TagGroup)>, table: &mut Option<(usize, TagGroup)>) {
    if let (Some((_, row)), Some((_, table))) = (row.take(), table) {
        table.push(row);
    }
}
