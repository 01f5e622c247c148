//! Reads one line: an entry, or in plain words why it is not one.
//!
//! The declared shape reads every line as leadby writes it, whatever the order of its members. A line
//! it does not fit, such as a damaged one or one of a later leadby, is taken apart by
//! `store::members`, which says why. What is read here is read alike there. Knows nothing of files or
//! other lines.

use super::Damage;
use super::encode::is_sound;
use super::members::{decode_members, newer_entry, object};
use super::shape::{ABOVE_LAST, LineMembers, VERSION};
use crate::journal::{Body, Entry};

/// What was read from a line.
#[derive(Debug)]
pub(super) struct DecodedLine {
    /// The entry. If only a newer leadby understands it, no more than its lineage.
    pub(super) entry: Entry,
    /// What is wrong with the line, although it was read.
    pub(super) damage: Option<Damage>,
}

impl DecodedLine {
    /// Whether the line is as leadby wrote it, in whatever version.
    pub(super) fn is_sound(&self) -> bool {
        !matches!(self.damage, Some(Damage::ChangedOutside))
    }
}

/// The entry on a line.
pub(super) fn decode(line: &[u8]) -> Result<DecodedLine, Damage> {
    let read = match read_shape(line) {
        Some(entry) => Ok(entry),
        None => decode_members(line),
    };
    let is_sound = is_sound(line);
    match read {
        Ok(entry) if is_sound => Ok(DecodedLine {
            entry,
            damage: None,
        }),
        // Forgetting cannot be undone, so a changed line is not trusted with it.
        Ok(entry) if entry.body == Body::Forgotten => Err(Damage::Unreadable(
            "it says that an entry is forgotten, but its checksum is wrong".to_owned(),
        )),
        Ok(entry) => Ok(DecodedLine {
            entry,
            damage: Some(Damage::ChangedOutside),
        }),
        // A matching checksum means that leadby wrote it, so probably a newer version.
        Err(damage) if is_sound => newer(line, damage),
        Err(damage) => Err(damage),
    }
}

/// What is known of a sound line that is not understood.
fn newer(line: &[u8], damage: Damage) -> Result<DecodedLine, Damage> {
    let Ok(object) = object(line) else {
        return Err(damage);
    };
    let damage = match damage {
        Damage::Unreadable(reason) if reason == ABOVE_LAST => {
            return Err(Damage::Unreadable(reason));
        }
        Damage::Unreadable(reason) => Damage::NotUnderstood(reason),
        other => other,
    };
    match newer_entry(object) {
        Some(entry) => Ok(DecodedLine {
            entry,
            damage: Some(damage),
        }),
        None => Err(damage),
    }
}

/// The entry on a line that is as leadby writes it; `None` if it has to be looked at member by
/// member.
fn read_shape(line: &[u8]) -> Option<Entry> {
    let text = std::str::from_utf8(line).ok()?;
    // A list of the values alone would fit the shape, too.
    if !text.starts_with('{') {
        return None;
    }
    let mut line: LineMembers<'_> = serde_json::from_str(text).ok()?;
    let entry = line.take_entry().ok()?;
    // Members of another kind are unknown to this one.
    (line.version() == VERSION && !line.has_body_members()).then_some(entry)
}

#[cfg(test)]
mod tests;
