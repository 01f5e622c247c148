//! A line as leadby writes it, read straight into an entry.
//!
//! This is for speed only: [`super::decode`] reads any line member by member and can say what is
//! wrong with it. Here the members must be in the order in which [`super::wire`] writes them, with
//! nothing between them. What is read here, it would read alike; everything else, such as a member
//! of a later leadby, another order or a damaged line, is left to it.

mod head;

use std::borrow::Cow;
use std::collections::BTreeMap;

use chrono::NaiveDate;
use memchr::memchr2;

use super::wire::{inclusion_from_name, outcome_from_name};
use crate::calendar::{self, Timestamp};
use crate::journal::{
    Answer, Body, Closing, Commitment, DatedLine, Entry, Id, Item, LAST_REVISION, Lineage, Move,
    Period, PortfolioChoice, UndoTarget, Value, VersionName,
};

pub(super) use head::{LineHead, head};

/// How a line in the format version of this leadby begins.
const OPENING: &str = "{\"v\":1,\"id\":";

/// The rest of a line; every method reads from its start, or returns `None`.
struct LineParser<'a>(&'a str);

/// The entry on a line; `None` if the line needs the careful reader.
pub(super) fn entry(line: &[u8]) -> Option<Entry> {
    // Checking all bytes once is cheaper than checking each text. A control character must be
    // escaped in a text, and is nowhere else.
    if line
        .iter()
        .fold(0, |any, byte| any | u8::from(*byte < b' '))
        > 0
    {
        return None;
    }
    let mut rest = LineParser(std::str::from_utf8(line).ok()?);
    rest.skip(OPENING)?;
    let id = rest.text().filter(|id| !id.is_empty())?;
    let (rev, mut lineage, at) = rest.version()?;
    let at = Timestamp::parse_from_rfc3339(&at).ok()?;
    rest.skip(",\"kind\":")?;
    let body = match &*rest.text()? {
        "deleted" => Body::Deleted,
        "forgotten" => Body::Forgotten,
        "answer" => Body::Answer(rest.answer()?),
        "item" => Body::Item(rest.item()?),
        "commitment" => Body::Commitment(rest.commitment()?),
        "choice" => Body::Choice(rest.choice()?),
        _ => return None,
    };
    // Its name; a line without one needs the careful reader.
    rest.skip(",\"crc\":")?;
    lineage.name = VersionName::new(&rest.text()?);
    (rest.0 == "}").then(|| Entry {
        id: Id::new(id),
        rev,
        lineage,
        at,
        body,
    })
}

impl<'a> LineParser<'a> {
    /// The revision, what it was made from, and when it was written.
    fn version(&mut self) -> Option<(u64, Lineage, Cow<'a, str>)> {
        self.skip(",\"rev\":")?;
        let rev = self.number().filter(|rev| *rev <= LAST_REVISION)?;
        let mut lineage = Lineage::default();
        if self.skip_if_next(",\"after\":") {
            let names = self.list(('[', ']'), |rest| Some(VersionName::new(&rest.text()?)))?;
            lineage.after = Some(names.into_boxed_slice());
        }
        if self.skip_if_next(",\"undoes\":") {
            let undoes = if self.0.starts_with('"') {
                UndoTarget::Name(VersionName::new(&self.text()?))
            } else {
                UndoTarget::Revision(self.number()?)
            };
            lineage.undoes = Some(undoes.into());
        }
        if self.skip_if_next(",\"open\":") {
            let fields = self.list(('[', ']'), |rest| Some(rest.text()?.into()))?;
            lineage.open = fields.into_iter().collect();
        }
        self.skip(",\"at\":")?;
        Some((rev, lineage, self.text()?))
    }

    fn answer(&mut self) -> Option<Answer> {
        let week = if self.skip_if_next(",\"week\":") {
            Some(self.text()?)
        } else {
            None
        };
        let month = if self.skip_if_next(",\"month\":") {
            Some(self.text()?)
        } else {
            None
        };
        let period = match (week, month) {
            (None, None) => Period::Standing,
            (Some(week), None) => Period::Week(week.parse().ok()?),
            (None, Some(month)) => Period::Month(month.parse().ok()?),
            (Some(_), Some(_)) => return None,
        };
        self.skip(",\"practice\":")?;
        let practice = self.text()?.into_owned();
        self.skip(",\"step\":")?;
        let step = self.text()?.into_owned();
        self.skip(",\"value\":")?;
        Some(Answer {
            period,
            practice,
            step,
            value: self.value()?,
        })
    }

    fn item(&mut self) -> Option<Item> {
        self.skip(",\"register\":")?;
        let register = self.text()?.into_owned();
        self.skip(",\"values\":")?;
        let mut values = BTreeMap::new();
        self.list(('{', '}'), |rest| {
            let name = rest.text()?.into_owned();
            rest.skip(":")?;
            values.insert(name, rest.value()?);
            Some(())
        })?;
        Some(Item { register, values })
    }

    fn commitment(&mut self) -> Option<Commitment> {
        self.skip(",\"better\":")?;
        let better = self.text()?.into_owned();
        self.skip(",\"area\":")?;
        let area = self.text()?.into_owned();
        self.skip(",\"due\":")?;
        let due = self.day()?;
        self.skip(",\"made\":")?;
        let made = self.day()?;
        self.skip(",\"moves\":")?;
        let moves = self.list(('[', ']'), Self::moved)?;
        let closing = if self.skip_if_next(",\"closing\":") {
            Some(self.closing()?)
        } else {
            None
        };
        let origin = if self.skip_if_next(",\"origin\":") {
            Some(self.text()?)
        } else {
            None
        };
        Some(Commitment {
            better,
            area,
            due,
            made,
            moves,
            closing,
            origin: origin.map(Id::new),
        })
    }

    fn choice(&mut self) -> Option<PortfolioChoice> {
        self.skip(",\"entry\":")?;
        let entry = Id::new(self.text()?);
        self.skip(",\"portfolio\":")?;
        let portfolio = inclusion_from_name(&self.text()?)?;
        Some(PortfolioChoice { entry, portfolio })
    }

    fn moved(&mut self) -> Option<Move> {
        self.skip("{\"on\":")?;
        let on = self.day()?;
        self.skip(",\"from\":")?;
        let from = self.day()?;
        self.skip(",\"to\":")?;
        let to = self.day()?;
        self.skip(",\"why\":")?;
        let why = self.text()?.into_owned();
        self.skip("}")?;
        Some(Move { on, from, to, why })
    }

    fn closing(&mut self) -> Option<Closing> {
        self.skip("{\"how\":")?;
        let how = outcome_from_name(&self.text()?)?;
        self.skip(",\"on\":")?;
        let on = self.day()?;
        self.skip(",\"evidence\":")?;
        let evidence = self.text()?.into_owned();
        self.skip("}")?;
        Some(Closing { how, on, evidence })
    }

    fn dated(&mut self) -> Option<DatedLine> {
        self.skip("{\"on\":")?;
        let on = self.day()?;
        self.skip(",\"text\":")?;
        let text = self.text()?.into_owned();
        self.skip("}")?;
        Some(DatedLine { on, text })
    }

    fn value(&mut self) -> Option<Value> {
        if self.0.starts_with('"') {
            Some(Value::Text(self.text()?.into_owned()))
        } else if self.0.starts_with("[{") {
            Some(Value::Log(self.list(('[', ']'), Self::dated)?))
        } else {
            let text = |rest: &mut Self| rest.text().map(Cow::into_owned);
            Some(Value::List(self.list(('[', ']'), text)?))
        }
    }

    /// The elements between two brackets, separated by commas.
    fn list<T>(
        &mut self,
        (open, close): (char, char),
        mut element: impl FnMut(&mut Self) -> Option<T>,
    ) -> Option<Vec<T>> {
        let mut list = Vec::new();
        self.0 = self.0.strip_prefix(open)?;
        if let Some(rest) = self.0.strip_prefix(close) {
            self.0 = rest;
            return Some(list);
        }
        loop {
            list.push(element(self)?);
            if let Some(rest) = self.0.strip_prefix(close) {
                self.0 = rest;
                return Some(list);
            }
            self.skip(",")?;
        }
    }

    /// Skips `name`, which may be missing; whether it was there.
    fn skip_if_next(&mut self, name: &str) -> bool {
        self.skip(name).is_some()
    }

    fn text(&mut self) -> Option<Cow<'a, str>> {
        let inside = self.0.strip_prefix('"')?;
        let bytes = inside.as_bytes();
        let mut end = memchr2(b'"', b'\\', bytes)?;
        if bytes[end] == b'"' {
            self.0 = &inside[end + 1..];
            return Some(Cow::Borrowed(&inside[..end]));
        }
        while bytes[end] == b'\\' {
            // The character after a backslash does not end the text.
            end += 2;
            end += memchr2(b'"', b'\\', bytes.get(end..)?)?;
        }
        let (text, rest) = self.0.split_at(end + 2);
        self.0 = rest;
        serde_json::from_str(text).ok().map(Cow::Owned)
    }

    /// A whole number from 1 on.
    fn number(&mut self) -> Option<u64> {
        let length = self.0.bytes().take_while(u8::is_ascii_digit).count();
        let (digits, rest) = self.0.split_at(length);
        self.0 = rest;
        let plain = !digits.starts_with('0');
        plain.then(|| digits.parse().ok()).flatten()
    }

    fn day(&mut self) -> Option<NaiveDate> {
        calendar::parse_iso_date(&self.text()?)
    }

    fn skip(&mut self, what: &str) -> Option<()> {
        self.0 = self.0.strip_prefix(what)?;
        Some(())
    }
}

#[cfg(test)]
mod tests;
