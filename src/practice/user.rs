//! The built-in practices merged with the user's files.
//!
//! There is always a catalog: a file with a mistake changes nothing, and the mistake is reported.
//! The order of the files matters only if two of them want the same thing. Reads no disk.

use super::builtin::{self, builtin_file};
use super::overlay::{FileOverlay, MergedPractice};
use super::{Cadence, Catalog, Practice};
use crate::text::same_name;
use crate::user_file::{FileError, Mistake, UserFile};

/// The most practices in the walk: each has a digit.
const LONGEST_WALK: usize = 9;

/// Words that already mean a part of the journal where a practice or a register can be named.
const RESERVED: [&str; 6] = [
    "all",
    "everything",
    "commitment",
    "commitments",
    "answer",
    "answers",
];

/// The built-in practices merged with the user's files.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct MergedCatalog {
    /// The practices in use.
    pub catalog: Catalog,
    /// All practices in their order, hidden ones last.
    pub practices: Vec<ListedPractice>,
    /// Every mistake in the files; a file that has one is not used.
    pub mistakes: Vec<FileError>,
}

/// One practice as it is used, and where it comes from.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ListedPractice {
    pub id: String,
    pub name: String,
    pub cadence: Cadence,
    pub order: u32,
    pub origin: Origin,
    /// Whether a file hides it.
    pub hidden: bool,
}

/// Where a practice comes from.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Origin {
    /// From the program.
    BuiltIn,
    /// From the program, changed by this file.
    Changed(String),
    /// Only from this file.
    User(String),
}

/// A practice while files are merged, with the file that made it and the position of its id.
#[derive(Clone)]
struct OverlaidPractice<'a> {
    practice: Practice,
    origin: Origin,
    sets_order: bool,
    source: Option<(&'a UserFile, usize)>,
}

/// Merges `files` into the built-in practices; `unread` are those that could not be read.
pub fn merge_files(files: &[UserFile], unread: Vec<FileError>) -> MergedCatalog {
    let mut mistakes = unread;
    let mut places: Vec<OverlaidPractice<'_>> = builtin::builtin_practices()
        .into_iter()
        .map(built_in)
        .collect();
    for (file, overlay) in read_overlays(files, &places, &mut mistakes) {
        let base = builtin_file(overlay.id());
        let (at, id) = (overlay.id_position(), overlay.id().to_owned());
        let laid = overlay.merge_into(base).and_then(|laid| {
            let wrong = conflicts(&laid, at, &places);
            if wrong.is_empty() {
                Ok(laid)
            } else {
                Err(wrong)
            }
        });
        match laid {
            Ok(laid) => insert_practice(&mut places, laid, (file, at)),
            Err(wrong) => {
                let wrong = wrong.into_iter().map(|mistake| match base {
                    Some(_) => mistake,
                    None => explain_missing_key(mistake, &id),
                });
                mistakes.extend(file.errors(wrong.collect()));
            }
        }
    }
    limit_walk(&mut places, &mut mistakes);
    if !files.is_empty() {
        number_practices(&mut places);
    }
    for place in &mut places {
        place.practice.private |= may_be_private(place, files, &mistakes);
    }
    places.sort_by_key(|place| (place.practice.hidden, place.practice.order));
    let practices = places.iter().map(OverlaidPractice::listed).collect();
    let hidden = places.iter().filter_map(OverlaidPractice::with_hidden);
    let hidden = hidden.collect();
    let shown = places.into_iter().filter(|place| !place.practice.hidden);
    MergedCatalog {
        catalog: Catalog::new(shown.map(|place| place.practice).collect()).hiding(hidden),
        practices,
        mistakes,
    }
}

fn built_in(practice: Practice) -> OverlaidPractice<'static> {
    OverlaidPractice {
        practice,
        origin: Origin::BuiltIn,
        sets_order: false,
        source: None,
    }
}

/// The readable files, those that change a built-in practice first, so that new ones find the room
/// they make.
fn read_overlays<'a>(
    files: &'a [UserFile],
    places: &[OverlaidPractice<'_>],
    mistakes: &mut Vec<FileError>,
) -> Vec<(&'a UserFile, FileOverlay<'a>)> {
    let mut read: Vec<(&UserFile, FileOverlay<'_>)> = Vec::new();
    for file in files {
        let overlay = FileOverlay::parse(&file.text).and_then(|overlay| {
            let id = overlay.id();
            let first = read.iter().find(|(_, other)| other.id() == id);
            let named = places.iter().find(|place| place.is_only_named(id));
            let reason = match (first, named) {
                (Some((first, _)), _) => format!("“{id}” is already in {}", first.path),
                (None, Some(named)) => format!("the practice “{id}” has the id “{}”", named.id()),
                (None, None) => return Ok(overlay),
            };
            Err(vec![Mistake::at(overlay.id_position(), reason)])
        });
        match overlay {
            Ok(overlay) => read.push((file, overlay)),
            Err(wrong) => mistakes.extend(file.errors(wrong)),
        }
    }
    read.sort_by_key(|(_, overlay)| builtin_file(overlay.id()).is_none());
    read
}

/// Whether a file that is not used may say that a practice is private: one with its id or name, or
/// one whose id cannot be read at all.
fn may_be_private(
    place: &OverlaidPractice<'_>,
    files: &[UserFile],
    mistakes: &[FileError],
) -> bool {
    let is_it = |id: &str| place.id() == id || place.is_only_named(id);
    mistakes.iter().any(|mistake| {
        let file = files.iter().find(|file| file.path == mistake.file);
        let named = file.and_then(|file| roughly_read_id(&file.text));
        let name = mistake.file.rsplit('/').next().unwrap_or_default();
        name.strip_suffix(".toml").is_some_and(is_it) || named.is_none_or(is_it)
    })
}

/// The id in the head of a file that need not be TOML.
fn roughly_read_id(text: &str) -> Option<&str> {
    let mut head = text
        .lines()
        .map(str::trim_start)
        .take_while(|line| !line.starts_with('['));
    let id = head.find_map(|line| {
        let value = line.strip_prefix("id")?.trim_start().strip_prefix('=')?;
        let value = value.trim_start_matches([' ', '\t', '"', '\'']);
        value.split(['"', '\'', '#', ' ']).next()
    });
    id.map(str::trim).filter(|id| !id.is_empty())
}

/// What a practice uses that another one already has.
fn conflicts(laid: &MergedPractice, at: usize, places: &[OverlaidPractice<'_>]) -> Vec<Mistake> {
    let practice = &laid.practice;
    let mut mistakes = Vec::new();
    if is_reserved(&practice.id) {
        let reason = format!(
            "“{}” already means something else; choose another id",
            practice.id
        );
        mistakes.push(Mistake::at(at, reason));
    }
    let others: Vec<&OverlaidPractice<'_>> = places
        .iter()
        .filter(|other| other.practice.id != practice.id)
        .collect();
    let has_name = |other: &&&OverlaidPractice<'_>| other.is_only_named(&practice.name);
    if let Some(other) = others.iter().find(has_name) {
        let reason = format!(
            "“{}” is the name of “{}”; choose another name",
            practice.name,
            other.id()
        );
        mistakes.push(Mistake::at(at, reason));
    }
    for (at, id) in &laid.registers {
        // Hidden ones too: what was written under them is still in the journal.
        let holds = |other: &&&OverlaidPractice<'_>| other.practice.register(id).is_some();
        let reason = match others.iter().find(holds) {
            Some(other) => format!(
                "the register “{id}” already belongs to “{}”",
                other.practice.id
            ),
            None if is_reserved(id) => {
                format!("“{id}” already means something else; choose another id")
            }
            None => continue,
        };
        mistakes.push(Mistake::at(*at, reason));
    }
    for step in practice.steps.iter().filter(|_| !practice.hidden) {
        let provides = |other: &&&OverlaidPractice<'_>| {
            let steps = &other.practice.steps;
            !other.practice.hidden
                && step.provides.is_some()
                && steps.iter().any(|it| it.provides == step.provides)
        };
        if let Some(other) = others.iter().find(provides) {
            let reason = format!(
                "step “{}” provides what “{}” already provides",
                step.id, other.practice.id
            );
            mistakes.push(Mistake::at(at, reason));
        }
    }
    mistakes
}

fn is_reserved(id: &str) -> bool {
    RESERVED.contains(&id.replace('-', "").as_str())
}

/// Explains that a key is missing because there is no built-in practice below.
fn explain_missing_key(mistake: Mistake, id: &str) -> Mistake {
    if !mistake.reason.starts_with("missing key") {
        return mistake;
    }
    mistake.with_context(|it| {
        format!("{it} (no built-in practice is called “{id}”, so this one is new)")
    })
}

fn insert_practice<'a>(
    places: &mut Vec<OverlaidPractice<'a>>,
    laid: MergedPractice,
    (file, at): (&'a UserFile, usize),
) {
    let known = places
        .iter()
        .position(|place| place.practice.id == laid.practice.id);
    let path = file.path.clone();
    let place = OverlaidPractice {
        practice: laid.practice,
        origin: match known {
            Some(_) => Origin::Changed(path),
            None => Origin::User(path),
        },
        sets_order: laid.sets_order,
        source: Some((file, at)),
    };
    match known {
        Some(known) => places[known] = place,
        None => places.push(place),
    }
}

/// Drops files, last first, until the walk has at least one practice and at most nine.
fn limit_walk(places: &mut Vec<OverlaidPractice<'_>>, mistakes: &mut Vec<FileError>) {
    loop {
        let length = places.iter().filter(|place| place.is_in_walk()).count();
        let (wrong, reason) = match length {
            0 => (
                places.iter().rposition(|place| {
                    let built_in = builtin::builtin_practice(place.id());
                    built_in.is_some_and(|practice| practice.cadence == Cadence::Weekly)
                }),
                "without this practice the walk would be empty",
            ),
            1..=LONGEST_WALK => return,
            _ => (
                places
                    .iter()
                    .rposition(|place| place.source.is_some() && place.is_in_walk()),
                "the walk has at most 9 practices; hide one, or ask monthly",
            ),
        };
        let Some(wrong) = wrong else { return };
        let place = places.remove(wrong);
        if let Some((file, at)) = place.source {
            mistakes.extend(file.errors(vec![Mistake::at(at, reason)]));
        }
        places.extend(builtin::builtin_practice(place.id()).map(built_in));
    }
}

/// Numbers the practices: the walk from 1, with moved practices at the positions they ask for, then
/// the others.
fn number_practices(places: &mut [OverlaidPractice<'_>]) {
    let mut order: Vec<usize> = (0..places.len()).collect();
    order.sort_by_key(|place| {
        let practice = &places[*place].practice;
        (practice.order, practice.id.clone())
    });
    let (walk, rest): (Vec<usize>, Vec<usize>) = order
        .into_iter()
        .partition(|place| places[*place].is_in_walk());
    let (moved, mut walk): (Vec<usize>, Vec<usize>) = walk
        .into_iter()
        .partition(|place| places[*place].sets_order);
    for place in moved {
        let wanted = usize::try_from(places[place].practice.order).unwrap_or(usize::MAX);
        walk.insert(wanted.saturating_sub(1).min(walk.len()), place);
    }
    let mut last = 0;
    for place in walk {
        last += 1;
        places[place].practice.order = last;
    }
    for place in rest {
        let order = &mut places[place].practice.order;
        last = (*order).max(last.saturating_add(1));
        *order = last;
    }
}

impl OverlaidPractice<'_> {
    fn listed(&self) -> ListedPractice {
        ListedPractice {
            id: self.practice.id.clone(),
            name: self.practice.name.clone(),
            cadence: self.practice.cadence,
            order: self.practice.order,
            origin: self.origin.clone(),
            hidden: self.practice.hidden,
        }
    }

    /// The practice with everything that its file hides, if that can hide something. Only what is
    /// built in can be hidden in part.
    fn with_hidden(&self) -> Option<Practice> {
        match &self.origin {
            Origin::BuiltIn => None,
            Origin::Changed(_) => builtin::builtin_practice(self.id()).map(|whole| Practice {
                private: self.practice.private,
                ..whole
            }),
            Origin::User(_) => self.practice.hidden.then(|| self.practice.clone()),
        }
    }

    fn id(&self) -> &str {
        &self.practice.id
    }

    /// Whether a name that is not its id means a built-in practice: “profile”.
    fn is_only_named(&self, name: &str) -> bool {
        let is_own = matches!(self.origin, Origin::User(_));
        !is_own && !same_name(self.id(), name) && same_name(&self.practice.name, name)
    }

    fn is_in_walk(&self) -> bool {
        !self.practice.hidden && self.practice.cadence == Cadence::Weekly
    }
}

#[cfg(test)]
mod tests;
