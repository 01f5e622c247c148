//! Reads a ladder file and checks it: every mistake at its line, with the values that are valid.

use std::fmt::Write;

use super::{COMMITMENTS, Expectation, Ladder, Named};
use crate::practice::{Catalog, Register};
use crate::text::one_line;
use crate::user_file::{FileError, Mistake, Positioned, Table, UserFile, note, unknown_key};

/// The name of a ladder whose file has none.
const UNNAMED: &str = "Ladder";

/// The keys of the file, of a level or area, and of an expectation.
const KEYS: [&str; 6] = ["name", "now", "next", "levels", "areas", "expectations"];
const NAMED_KEYS: [&str; 2] = ["id", "name"];
const EXPECTATION_KEYS: [&str; 5] = ["id", "level", "area", "text", "from"];

/// Reads a file. The practices say what evidence can come from.
///
/// # Errors
/// Every mistake in it, in the order of the lines.
pub fn parse(file: &UserFile, catalog: &Catalog) -> Result<Ladder, Vec<FileError>> {
    let mut mistakes = Vec::new();
    let read = Table::parse(&file.text).map(|table| read_ladder(table, catalog, &mut mistakes));
    match read {
        Ok(ladder) if mistakes.is_empty() => Ok(ladder),
        Ok(_) => Err(file.errors(mistakes).collect()),
        Err(mistake) => Err(file.errors(vec![mistake]).collect()),
    }
}

fn read_ladder(mut table: Table<'_>, catalog: &Catalog, mistakes: &mut Vec<Mistake>) -> Ladder {
    let mut ladder = Ladder::default();
    let name = note(table.take::<String>("name"), mistakes).flatten();
    ladder.name = name.map_or_else(|| UNNAMED.to_owned(), |(_, name)| one_line(&name));
    let now = note(table.take::<String>("now"), mistakes).flatten();
    let next = note(table.take::<String>("next"), mistakes).flatten();
    ladder.levels = read_named(&mut table, "levels", mistakes);
    ladder.areas = read_named(&mut table, "areas", mistakes);
    let is_known_level = |(at, id): Positioned<String>, mistakes: &mut Vec<Mistake>| {
        let known = check_id("level", (at, &id), &ids(&ladder.levels));
        note(known, mistakes).map(|()| id)
    };
    let now = now.and_then(|now| is_known_level(now, mistakes));
    let next = next.and_then(|next| is_known_level(next, mistakes));
    (ladder.now, ladder.next) = (now, next);
    let tables = note(table.take_tables("expectations"), mistakes).unwrap_or_default();
    if tables.is_empty() && mistakes.is_empty() {
        let reason = "it has no expectations: write [[expectations]] above each";
        mistakes.push(reason.to_owned().into());
    }
    let mut ids = Vec::new();
    for table in tables {
        let at = table.at;
        let mut wrong = Vec::new();
        let read = read_expectation(table, &ladder, catalog, &mut ids, &mut wrong);
        ladder.expectations.extend(read);
        mistakes.extend(wrong.into_iter().map(|mistake| mistake.or_at(at)));
    }
    check_keys(&table, &KEYS, mistakes);
    ladder
}

/// The id of a table; `ids` are those before it.
fn read_id(table: &mut Table<'_>, what: &str, ids: &mut Vec<String>) -> Result<String, Mistake> {
    let (_, id) = take_text(table, "id")?;
    if ids.contains(&id) {
        return Err(format!("there are two {what} with the id `{id}`").into());
    }
    ids.push(id.clone());
    Ok(id)
}

/// The levels or the areas.
fn read_named(table: &mut Table<'_>, key: &str, mistakes: &mut Vec<Mistake>) -> Vec<Named> {
    let Some(tables) = note(table.take_tables(key), mistakes) else {
        return Vec::new();
    };
    if tables.is_empty() {
        let reason = format!("it has no {key}: write [[{key}]] above each");
        mistakes.push(reason.into());
    }
    let (mut read, mut ids) = (Vec::new(), Vec::new());
    for mut table in tables {
        let at = table.at;
        let mut wrong = Vec::new();
        let id = note(read_id(&mut table, key, &mut ids), &mut wrong);
        let name = note(table.take::<String>("name"), &mut wrong).flatten();
        let name = name.filter(|(_, name)| !name.trim().is_empty());
        check_keys(&table, &NAMED_KEYS, &mut wrong);
        // A level is known even with another mistake.
        read.extend(id.map(|id| Named {
            name: name.map_or_else(|| id.clone(), |(_, name)| one_line(&name)),
            id,
        }));
        mistakes.extend(wrong.into_iter().map(|mistake| mistake.or_at(at)));
    }
    read
}

/// The expectation in a table; `None` with a mistake.
fn read_expectation(
    mut table: Table<'_>,
    ladder: &Ladder,
    catalog: &Catalog,
    known_ids: &mut Vec<String>,
    mistakes: &mut Vec<Mistake>,
) -> Option<Expectation> {
    let id = note(read_id(&mut table, "expectations", known_ids), mistakes);
    let mut place = |noun: &str, known: &[Named]| {
        let place = take_text(&mut table, noun).and_then(|(at, place)| {
            check_id(noun, (at, &place), &ids(known))?;
            Ok(place)
        });
        note(place, mistakes)
    };
    let (level, area) = (place("level", &ladder.levels), place("area", &ladder.areas));
    let text = note(take_text(&mut table, "text"), mistakes);
    let from = note(table.take::<Vec<String>>("from"), mistakes).flatten();
    let (at, from) = from.unwrap_or_default();
    let sources = from.iter().map(|name| {
        let source = source_id(name, catalog).map_err(|mistake| mistake.or_at(at));
        note(source, mistakes)
    });
    let from = sources.flatten().collect();
    check_keys(&table, &EXPECTATION_KEYS, mistakes);
    Some(Expectation {
        id: id?,
        level: level?,
        area: area?,
        text: text?.1,
        from,
    })
}

/// A text that has to be there, on one line.
fn take_text(table: &mut Table<'_>, key: &str) -> Result<Positioned<String>, Mistake> {
    match table.take::<String>(key)? {
        Some((at, text)) if text.trim().is_empty() => {
            Err(Mistake::at(at, format!("`{key}` is empty")))
        }
        Some((at, text)) => Ok((at, one_line(text.trim()))),
        None => Err(format!("it needs `{key}`").into()),
    }
}

fn ids(all: &[Named]) -> Vec<&str> {
    all.iter().map(|one| one.id.as_str()).collect()
}

/// Whether an id is one of `known`.
fn check_id(noun: &str, (at, id): (usize, &str), known: &[&str]) -> Result<(), Mistake> {
    // Without any, that is the mistake to mend.
    if known.is_empty() || known.contains(&id) {
        return Ok(());
    }
    let known = known.join(", ");
    Err(Mistake::at(
        at,
        format!("no {noun} with the id `{id}`; {noun}s: {known}"),
    ))
}

/// The id of what evidence can come from, by its id, or that of a list by its name: shared lists, their
/// practices, commitments.
fn source_id(name: &str, catalog: &Catalog) -> Result<String, Mistake> {
    let found = |is_it: &dyn Fn(&Register) -> bool| {
        catalog.with_hidden().find_map(|practice| {
            let register = practice
                .registers
                .iter()
                .find(|it| it.is_list() && is_it(it))?;
            Some((practice, &register.id))
        })
    };
    let practice = || {
        catalog
            .with_hidden()
            .find(|it| it.id == name)
            .map(|it| (it, &it.id))
    };
    let owner = found(&|it| it.id == name).or_else(practice);
    match owner.or_else(|| found(&|it| it.is_called(name))) {
        Some((practice, _)) if practice.private => {
            Err(format!("`from`: `{name}` is private, and never evidence for others").into())
        }
        Some((practice, _)) if !practice.registers.iter().any(Register::is_list) => Err(format!(
            "`from`: practice `{name}` has no list; {}",
            sources(catalog)
        )
        .into()),
        Some((_, id)) => Ok(id.clone()),
        None if name == COMMITMENTS => Ok(name.to_owned()),
        None => Err(format!("`from`: no list called `{name}`; {}", sources(catalog)).into()),
    }
}

/// "lists: commitments, problems, skills": what evidence can come from.
fn sources(catalog: &Catalog) -> String {
    let mut said = format!("lists: {COMMITMENTS}");
    let shared = catalog.practices().iter().filter(|it| !it.private);
    let lists = shared.flat_map(|practice| &practice.registers);
    for register in lists.filter(|it| it.is_list()) {
        let is_word = !register.name.contains(char::is_whitespace);
        let name = if is_word {
            &register.name
        } else {
            &register.id
        };
        let _ = write!(said, ", {}", name.to_lowercase());
    }
    said
}

fn check_keys(table: &Table<'_>, known: &[&str], mistakes: &mut Vec<Mistake>) {
    let left = table.left();
    mistakes.extend(left.map(|(at, key)| Mistake::at(at, unknown_key(&key, known))));
}
