//! Skips lines that a partial read does not need, by their beginning, without decoding them.
//!
//! Only a line with a matching checksum is skipped: then leadby wrote it, and its members are where
//! leadby writes them. Every other line is read as usual.

use std::ops::Range;
use std::sync::LazyLock;

use memchr::{memchr, memchr2, memmem};

use super::encode::is_sound;
use super::ids::IdGenerator;
use crate::calendar::{Now, Week, parse_iso_date};
use crate::journal::Id;

/// How a line in the format version of this leadby begins.
const BEGINNING: &[u8] = b"{\"v\":1,\"id\":\"";

/// What is between the time of an item and its register.
const OF_AN_ITEM: &[u8] = b"\",\"kind\":\"item\",\"register\":\"";

/// The length of a day as it is written.
const DAY_LENGTH: usize = 10;

/// What makes a line an answer: a quote inside a text would be escaped.
static OF_AN_ANSWER: LazyLock<memmem::Finder<'_>> =
    LazyLock::new(|| memmem::Finder::new(b",\"kind\":\"answer\","));

/// What is before the time of a version.
static TIME: LazyLock<memmem::Finder<'_>> = LazyLock::new(|| memmem::Finder::new(b",\"at\":\""));

/// The versions that a partial read must return. It may return others, and returns those that a
/// save must know.
#[derive(Clone, Copy, Debug)]
pub enum LineFilter<'a> {
    /// Those of entries whose id begins like this.
    IdPrefix(&'a str),
    /// All but answers for other weeks and items written in other weeks; and those of these
    /// entries, whatever they are, and all items of this register.
    EntriesOf(Week, &'a [Id], &'a str),
}

/// A [`LineFilter`] made ready for many lines.
#[derive(Debug)]
pub(super) struct LineSkipper<'a> {
    filter: LineFilter<'a>,
    /// The week of the filter as it is in ids.
    week: String,
    /// The ids that a save must know.
    recent: Range<Id>,
}

impl<'a> LineSkipper<'a> {
    /// For a save at `now`.
    pub(super) fn new(filter: LineFilter<'a>, now: Now) -> Self {
        let week = match filter {
            LineFilter::EntriesOf(week, ..) => week.to_string(),
            LineFilter::IdPrefix(_) => String::new(),
        };
        Self {
            filter,
            week,
            recent: IdGenerator::recent_range(now),
        }
    }

    /// Whether a line is as leadby wrote it, and not needed.
    pub(super) fn can_skip(&self, line: &[u8]) -> bool {
        let head = LineHead::of(line);
        head.is_some_and(|head| !self.needs(head)) && is_sound(line)
    }

    fn needs(&self, head: LineHead<'_>) -> bool {
        let (start, end) = (self.recent.start.as_str(), self.recent.end.as_str());
        if (start.as_bytes()..end.as_bytes()).contains(&head.id) {
            return true;
        }
        match self.filter {
            LineFilter::IdPrefix(prefix) => head.id.starts_with(prefix.as_bytes()),
            LineFilter::EntriesOf(week, ids, register) => {
                let by_time = match head.week_of_answer() {
                    Some(of) => of == self.week.as_bytes(),
                    None => head
                        .item_head()
                        .is_none_or(|(of, list)| of == week || list == register.as_bytes()),
                };
                by_time || ids.iter().any(|id| id.as_str().as_bytes() == head.id)
            }
        }
    }
}

/// A line, read up to its id.
#[derive(Clone, Copy)]
struct LineHead<'a> {
    id: &'a [u8],
    rest: &'a [u8],
}

impl<'a> LineHead<'a> {
    /// The beginning of a line; `None` if it is not as leadby writes it.
    fn of(line: &'a [u8]) -> Option<Self> {
        let text = line.strip_prefix(BEGINNING)?;
        let (id, rest) = text.split_at(memchr2(b'"', b'\\', text)?);
        rest.starts_with(b"\"").then_some(Self { id, rest })
    }

    /// The week, as it is written, in the id of a weekly answer; `None` for anything else with such
    /// an id. Ids only tell entries apart, and a commitment may have any.
    fn week_of_answer(self) -> Option<&'a [u8]> {
        let id = self.id.strip_prefix(b"answer/")?;
        let period = &id[..memchr(b'/', id)?];
        // A practice id has no capital letter, so it cannot look like a week.
        let is_week = period.contains(&b'W');
        (is_week && OF_AN_ANSWER.find(self.rest).is_some()).then_some(period)
    }

    /// The week in which this version of an item was written, on the writer's clock, and its
    /// register; `None` for anything else.
    fn item_head(self) -> Option<(Week, &'a [u8])> {
        let at = &self.rest[TIME.find(self.rest)? + TIME.needle().len()..];
        let end = memchr2(b'"', b'\\', at)?;
        let day = std::str::from_utf8(at.get(..DAY_LENGTH)?).ok()?;
        let register = at[end..].strip_prefix(OF_AN_ITEM)?;
        let register = &register[..memchr2(b'"', b'\\', register)?];
        parse_iso_date(day).map(|day| (Week::of(day), register))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::{Answer, Body, Entry, Item, Lineage, Period, UndoTarget, Value};
    use crate::store::encode::encode;

    fn entry(id: Id, body: Body) -> Entry {
        Entry {
            id,
            rev: 2,
            lineage: Lineage {
                after: Some(Box::new([crate::journal::VersionName::new("9f1c02aa")])),
                undoes: Some(UndoTarget::Revision(1).into()),
                open: [Box::from("\",\"at\":\"2020")].into_iter().collect(),
                ..Lineage::default()
            },
            at: "2026-11-24T09:15:02+01:00".parse().expect("an instant"),
            body,
        }
    }

    #[track_caller]
    fn check(entry: &Entry, filter: LineFilter<'_>, is_skipped: bool) {
        let now = Now::new("2026-12-01T09:15:02+01:00".parse().expect("an instant"));
        let line = encode(entry);
        let skipper = LineSkipper::new(filter, now);
        assert_eq!(skipper.can_skip(line.as_bytes()), is_skipped, "{line}");
        // What another program changed is read.
        let changed = line.replace("\"rev\":2", "\"rev\":3");
        assert!(!skipper.can_skip(changed.as_bytes()), "{changed}");
        assert!(!skipper.can_skip(&line.as_bytes()[..40]), "{line}");
    }

    #[test]
    fn a_line_is_skipped_by_its_beginning() {
        let week: Week = "2026-W48".parse().expect("a week");
        let other: Week = "2026-W49".parse().expect("a week");
        let answer = Answer::new(
            Period::Week(week),
            "audit",
            "influence",
            Value::from("\",\"kind\":\"item\","),
        );
        let id = Id::answer(answer.period, "audit", "influence");
        let answer = entry(id.clone(), Body::Answer(answer));
        let item = entry(Id::new("x"), Body::Item(Item::new("problems")));
        check(&answer, LineFilter::EntriesOf(week, &[], "off"), false);
        check(&answer, LineFilter::EntriesOf(other, &[], "off"), true);
        check(
            &answer,
            LineFilter::EntriesOf(other, std::slice::from_ref(&id), "off"),
            false,
        );
        check(&item, LineFilter::EntriesOf(week, &[], "off"), false);
        check(&item, LineFilter::EntriesOf(other, &[], "off"), true);
        check(&item, LineFilter::EntriesOf(other, &[], "problems"), false);
        check(&item, LineFilter::IdPrefix("x"), false);
        check(&item, LineFilter::IdPrefix("xy"), true);
        // It is no answer, whatever its id says.
        let deleted = entry(id, Body::Deleted);
        check(&deleted, LineFilter::EntriesOf(other, &[], "off"), false);
    }
}
