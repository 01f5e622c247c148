//! Reads a ladder file and checks it: every mistake at its line, with the values that are valid.

use std::fmt::Write;

use super::{COMMITMENTS, Expectation, Ladder, Named};
use crate::practice::Catalog;
use crate::text::one_line;
use crate::user_file::{FileError, Mistake, Positioned, Table, UserFile, unknown_key};

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
    for table in tables {
        let at = table.at;
        let read = read_expectation(table, &ladder, catalog);
        match note(read.map_err(|mistake| mistake.or_at(at)), mistakes) {
            Some(read) if ladder.expectation(&read.id).is_some() => {
                let reason = format!("there are two expectations with the id `{}`", read.id);
                mistakes.push(Mistake::at(at, reason));
            }
            Some(read) => ladder.expectations.push(read),
            None => {}
        }
    }
    note(check_keys(&table, &KEYS), mistakes);
    ladder
}

/// The value, or its mistake among the others.
fn note<T>(read: Result<T, Mistake>, mistakes: &mut Vec<Mistake>) -> Option<T> {
    read.map_err(|mistake| mistakes.push(mistake)).ok()
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
    let mut read: Vec<Named> = Vec::new();
    for mut table in tables {
        let at = table.at;
        let named = take_text(&mut table, "id").and_then(|(_, id)| {
            let name = match table.take::<String>("name")? {
                Some((_, name)) if !name.trim().is_empty() => one_line(&name),
                _ => id.clone(),
            };
            check_keys(&table, &NAMED_KEYS)?;
            Ok(Named { id, name })
        });
        match note(named.map_err(|mistake| mistake.or_at(at)), mistakes) {
            Some(one) if read.iter().any(|other| other.id == one.id) => {
                let reason = format!("there are two {key} with the id `{}`", one.id);
                mistakes.push(Mistake::at(at, reason));
            }
            Some(one) => read.push(one),
            None => {}
        }
    }
    read
}

fn read_expectation(
    mut table: Table<'_>,
    ladder: &Ladder,
    catalog: &Catalog,
) -> Result<Expectation, Mistake> {
    let (_, id) = take_text(&mut table, "id")?;
    let (at, level) = take_text(&mut table, "level")?;
    check_id("level", (at, &level), &ids(&ladder.levels))?;
    let (at, area) = take_text(&mut table, "area")?;
    check_id("area", (at, &area), &ids(&ladder.areas))?;
    let (_, text) = take_text(&mut table, "text")?;
    let from = match table.take::<Vec<String>>("from")? {
        Some((at, from)) => {
            for id in &from {
                check_source(id, catalog).map_err(|mistake| mistake.or_at(at))?;
            }
            from
        }
        None => Vec::new(),
    };
    check_keys(&table, &EXPECTATION_KEYS)?;
    Ok(Expectation {
        id,
        level,
        area,
        text,
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

/// Whether evidence can come from what has this id: shared lists, their practices, commitments.
fn check_source(id: &str, catalog: &Catalog) -> Result<(), Mistake> {
    let mut practices = catalog.practices().iter();
    let owner = practices.find(|practice| practice.id == id || practice.register(id).is_some());
    match owner {
        Some(practice) if practice.private => {
            Err(format!("`from`: `{id}` is private, and never evidence for others").into())
        }
        Some(practice) if practice.registers.is_empty() => {
            Err(format!("`from`: practice `{id}` has no list; {}", sources(catalog)).into())
        }
        Some(_) => Ok(()),
        None if id == COMMITMENTS => Ok(()),
        None => Err(format!("`from`: no list called `{id}`; {}", sources(catalog)).into()),
    }
}

/// "lists: commitments, problems, skills": what evidence can come from.
fn sources(catalog: &Catalog) -> String {
    let mut said = format!("lists: {COMMITMENTS}");
    let shared = catalog.practices().iter().filter(|it| !it.private);
    for register in shared.flat_map(|practice| &practice.registers) {
        let _ = write!(said, ", {}", register.id);
    }
    said
}

fn check_keys(table: &Table<'_>, known: &[&str]) -> Result<(), Mistake> {
    match table.first_left() {
        Some((at, key)) => Err(Mistake::at(at, unknown_key(&key, known))),
        None => Ok(()),
    }
}
