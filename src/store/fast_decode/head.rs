//! The start of a line, read only as far as needed.
//!
//! Most lines are skipped by their id alone.

use std::borrow::Cow;
use std::sync::LazyLock;

use memchr::{memchr2, memmem};

use super::{LineParser, OPENING};
use crate::journal::{EntryHead, Id, ItemHead};

/// What makes a line an answer: a quote inside a text would be escaped.
static OF_AN_ANSWER: LazyLock<memmem::Finder<'_>> =
    LazyLock::new(|| memmem::Finder::new(b",\"kind\":\"answer\","));

/// A line, read up to its id.
#[derive(Clone, Copy)]
pub(in crate::store) struct LineHead<'a> {
    id: &'a [u8],
    after: &'a [u8],
}

/// The start of a line, if it begins as leadby writes it; it is that of the entry if the whole line
/// is as leadby wrote it.
pub(in crate::store) fn head(line: &[u8]) -> Option<LineHead<'_>> {
    let text = line.strip_prefix(OPENING.as_bytes())?.strip_prefix(b"\"")?;
    let (id, after) = text.split_at(memchr2(b'"', b'\\', text)?);
    Some(LineHead {
        id,
        after: after.strip_prefix(b"\"")?,
    })
}

impl LineHead<'_> {
    /// Whether it is an answer if its id looks like one. Ids only tell entries apart, and a
    /// commitment may have any id.
    pub(in crate::store) fn kind_matches_id(&self) -> bool {
        Id::week_of_answer(self.id).is_none() || OF_AN_ANSWER.find(self.after).is_some()
    }
}

impl EntryHead for LineHead<'_> {
    fn id(&self) -> &[u8] {
        self.id
    }

    fn item(&self) -> Option<ItemHead<'_>> {
        let mut rest = LineParser(std::str::from_utf8(self.after).ok()?);
        let (_, _, at) = rest.version()?;
        let written = unescaped(&at)?.get(..10)?;
        rest.skip(",\"kind\":\"item\",\"register\":")?;
        let register = unescaped(&rest.text()?)?;
        Some(ItemHead { written, register })
    }
}

/// A text without an escape in it.
fn unescaped<'a>(text: &Cow<'a, str>) -> Option<&'a str> {
    match text {
        Cow::Borrowed(text) => Some(text),
        Cow::Owned(_) => None,
    }
}
