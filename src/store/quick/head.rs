//! The first words of a line, read as far as somebody asks for them.
//!
//! Most lines are passed over for their id alone.

use std::borrow::Cow;

use memchr::memchr2;

use super::{OPENING, Rest};
use crate::journal::{Head, ItemHead};

/// A line, read up to its id.
#[derive(Clone, Copy)]
pub(in crate::store) struct Beginning<'a> {
    id: &'a [u8],
    after: &'a [u8],
}

/// The first words of a line, where nothing stands before them that leadby would not have put
/// there; they are those of the entry if the line is as leadby wrote it.
pub(in crate::store) fn head(line: &[u8]) -> Option<Beginning<'_>> {
    let text = line.strip_prefix(OPENING.as_bytes())?.strip_prefix(b"\"")?;
    let (id, after) = text.split_at(memchr2(b'"', b'\\', text)?);
    Some(Beginning {
        id,
        after: after.strip_prefix(b"\"")?,
    })
}

impl Head for Beginning<'_> {
    fn id(&self) -> &[u8] {
        self.id
    }

    fn item(&self) -> Option<ItemHead<'_>> {
        let mut rest = Rest(std::str::from_utf8(self.after).ok()?);
        rest.skip(",\"rev\":")?;
        rest.number()?;
        if rest.has(",\"undoes\":") {
            rest.number()?;
        }
        rest.skip(",\"at\":")?;
        let written = rest.plain()?.get(..10)?;
        rest.skip(",\"kind\":\"item\",\"register\":")?;
        let register = rest.plain()?;
        Some(ItemHead { written, register })
    }
}

impl<'a> Rest<'a> {
    /// A text that stands as it is, without an escape.
    fn plain(&mut self) -> Option<&'a str> {
        match self.text()? {
            Cow::Borrowed(text) => Some(text),
            Cow::Owned(_) => None,
        }
    }
}
