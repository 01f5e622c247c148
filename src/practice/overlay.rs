//! Merges a user's practice file into the built-in one that it changes.
//!
//! Lists are matched by id: known ids are changed, new ones are added, the rest stays. This works on
//! TOML tables before anything in them has a type, so that new keys of the format can be changed
//! too. Knows one file at a time, and reads no disk.

use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

use super::parse::practice_from_table;
use super::{Practice, sanitize};
use crate::user_file::Mistake;

/// The lists whose elements have an id; any other key is replaced as a whole.
const LISTS: [&str; 6] = [
    "steps",
    "registers",
    "fields",
    "stages",
    "presets",
    "choices",
];

/// The lists whose elements can be hidden. What is stored under the id of a field, a stage or a
/// choice must stay readable, so these cannot go.
const HIDEABLE_LISTS: [&str; 3] = ["steps", "registers", "presets"];

/// What is wrong with another order.
const ORDER: &str = "`order` is a position from 1";

/// Keys that cannot change once there are answers: a value of one kind is not valid for another.
const FIXED_KEYS: [&str; 2] = ["kind", "register"];

/// A practice file with its texts made safe to show.
pub(super) struct FileOverlay<'a> {
    text: &'a str,
    table: Spanned<DeTable<'a>>,
    id: (usize, String),
}

/// A practice after its file was merged.
pub(super) struct MergedPractice {
    pub(super) practice: Practice,
    /// Whether the file sets its order.
    pub(super) sets_order: bool,
    /// The registers in the file, each with its position there.
    pub(super) registers: Vec<(usize, String)>,
}

/// What is found while tables are merged.
#[derive(Default)]
struct Merger {
    mistakes: Vec<Mistake>,
    /// Hidden elements: the list and the id.
    hidden: Vec<(String, String)>,
}

impl<'a> FileOverlay<'a> {
    /// Reads a file as far as its id.
    pub(super) fn parse(text: &'a str) -> Result<Self, Vec<Mistake>> {
        let mut table = DeTable::parse(text).map_err(|error| vec![error.into()])?;
        let mistakes = sanitize::sanitize_table(table.get_mut());
        if !mistakes.is_empty() {
            return Err(mistakes);
        }
        let Some((at, id)) = id_of(table.get_ref()) else {
            let (at, reason) = match table.get_ref().get("id") {
                Some(id) => (id.span().start, "`id` is a text in quotes"),
                None => (
                    0,
                    "`id` is missing: that of the practice to change, or a new one",
                ),
            };
            return Err(vec![Mistake::at(at, reason)]);
        };
        let id = (at, id.to_owned());
        Ok(Self { text, table, id })
    }

    pub(super) fn id(&self) -> &str {
        &self.id.1
    }

    /// The position of its id.
    pub(super) fn id_position(&self) -> usize {
        self.id.0
    }

    /// The practice after merging the file into `base`, the built-in file with the same id.
    pub(super) fn merge_into(self, base: Option<&str>) -> Result<MergedPractice, Vec<Mistake>> {
        let mut laying = Merger::default();
        let span = self.table.span();
        let over = self.table.into_inner();
        let order = over.get("order").map(|order| order.span().start);
        let has_charts = over.contains_key("pictures");
        let registers = registers(&over);
        // Shifted beyond the end of the file's text, positions in the base differ from those in
        // the file: they have no line there.
        let base = base.map(|base| format!("{}{base}", " ".repeat(self.text.len() + 1)));
        let mut table = match &base {
            Some(base) => DeTable::parse(base)
                .map_err(|error| vec![error.into()])?
                .into_inner(),
            None => DeTable::new(),
        };
        laying.merge(&mut table, over);
        laying.drop_hidden(&mut table);
        // Months are compared only where they are asked for.
        if !has_charts
            && table
                .get("cadence")
                .and_then(|value| value.get_ref().as_str())
                != Some("monthly")
        {
            retain_elements(&mut table, "pictures", |chart| {
                !matches!(chart.get_ref(), DeValue::Table(chart)
                    if chart.get("kind").and_then(|value| value.get_ref().as_str()) == Some("marks"))
            });
        }
        if !laying.mistakes.is_empty() {
            return Err(laying.mistakes);
        }
        let mut practice = practice_from_table(Spanned::new(span, table))?;
        if let (Some(at), 0) = (order, practice.order) {
            return Err(vec![Mistake::at(at, ORDER)]);
        }
        renumber_pages(&mut practice);
        Ok(MergedPractice {
            practice,
            sets_order: order.is_some(),
            registers,
        })
    }
}

impl Merger {
    fn mistake(&mut self, at: usize, reason: impl Into<String>) {
        self.mistakes.push(Mistake::at(at, reason));
    }

    /// Merges one table into another.
    fn merge<'a>(&mut self, base: &mut DeTable<'a>, over: DeTable<'a>) {
        for (key, value) in over {
            let name = key.get_ref().as_ref();
            if LISTS.contains(&name) {
                let below = base.remove(name).map(Spanned::into_inner);
                let below = match below {
                    Some(DeValue::Array(list)) => list,
                    _ => DeArray::new(),
                };
                let merged = self.merge_list(name, below, value);
                base.insert(key, merged);
                continue;
            }
            if FIXED_KEYS.contains(&name)
                && let Some(before) = base.get(name).and_then(|value| value.get_ref().as_str())
                && value.get_ref().as_str() != Some(before)
            {
                let reason = format!("`{name}` cannot change from “{before}”; use a new id");
                self.mistake(value.span().start, reason);
                continue;
            }
            // Without this, the map would keep its old key, with its position in the base.
            base.remove(name);
            base.insert(key, value);
        }
    }

    /// Merges one list into another, element by element.
    fn merge_list<'a>(
        &mut self,
        name: &str,
        base: DeArray<'a>,
        over: Spanned<DeValue<'a>>,
    ) -> Spanned<DeValue<'a>> {
        let span = over.span();
        let DeValue::Array(over) = over.into_inner() else {
            self.mistake(span.start, format!("`{name}` is a list: `[[{name}]]`"));
            return Spanned::new(span, DeValue::Array(base));
        };
        let one = name.strip_suffix('s').unwrap_or(name);
        let mut elements: Vec<Spanned<DeValue<'a>>> = base.into_iter().collect();
        let mut seen: Vec<String> = Vec::new();
        let mut moves: Vec<(usize, String)> = Vec::new();
        for element in over {
            let span = element.span();
            let DeValue::Table(mut element) = element.into_inner() else {
                self.mistake(span.start, format!("a {one} is a table: `[[{name}]]`"));
                continue;
            };
            let Some(id) = id_of(&element).map(|(_, id)| id.to_owned()) else {
                self.mistake(span.start, format!("this {one} has no `id`"));
                continue;
            };
            if seen.contains(&id) {
                self.mistake(span.start, format!("the {one} “{id}” is declared twice"));
                continue;
            }
            seen.push(id.clone());
            if let Some(place) = self.take_position(&mut element) {
                moves.push((place, id.clone()));
            }
            let known = elements.iter().position(|known| has_id(known, &id));
            if self.flag(&mut element, "hidden") {
                self.hide(name, &id, known.is_some(), span.start);
            }
            let mut merged = match known {
                Some(known) => take_table(elements[known].get_mut()),
                None => DeTable::new(),
            };
            self.merge(&mut merged, element);
            let merged = Spanned::new(span, DeValue::Table(merged));
            match known {
                Some(known) => elements[known] = merged,
                None => elements.push(merged),
            }
        }
        apply_moves(&mut elements, moves);
        Spanned::new(span, DeValue::Array(to_array(elements)))
    }

    fn hide(&mut self, name: &str, id: &str, known: bool, at: usize) {
        let one = name.strip_suffix('s').unwrap_or(name);
        if !HIDEABLE_LISTS.contains(&name) {
            self.mistake(at, format!("a {one} cannot be hidden; change its text"));
        } else if !known {
            self.mistake(at, format!("no {one} called “{id}” to hide"));
        } else {
            self.hidden.push((name.to_owned(), id.to_owned()));
        }
    }

    /// Removes what is hidden, and the steps and charts that use it.
    fn drop_hidden(&self, table: &mut DeTable<'_>) {
        let hides = |list: &str, element: &Spanned<DeValue<'_>>, key: &str| {
            let DeValue::Table(element) = element.get_ref() else {
                return false;
            };
            let id = element
                .get(key)
                .and_then(|value| value.get_ref().as_str())
                .unwrap_or_default();
            self.hidden
                .iter()
                .any(|(of, hidden)| of == list && hidden == id)
        };
        retain_elements(table, "steps", |step| {
            !hides("steps", step, "id") && !hides("registers", step, "register")
        });
        retain_elements(table, "pictures", |picture| {
            !hides("steps", picture, "step") && !hides("registers", picture, "register")
        });
        retain_elements(table, "registers", |register| {
            !hides("registers", register, "id")
        });
        if let Some(DeValue::Array(registers)) = table.get_mut("registers").map(Spanned::get_mut) {
            for register in registers.iter_mut() {
                if let DeValue::Table(register) = register.get_mut() {
                    retain_elements(register, "presets", |preset| {
                        !hides("presets", preset, "id")
                    });
                }
            }
        }
    }

    /// Removes and reads a key that is true or false.
    fn flag(&mut self, table: &mut DeTable<'_>, key: &str) -> bool {
        let Some(value) = table.remove(key) else {
            return false;
        };
        if let Some(flag) = value.get_ref().as_bool() {
            return flag;
        }
        self.mistake(value.span().start, format!("`{key}` is true or false"));
        false
    }

    /// Removes and reads the position an element of a list will have, from 0.
    fn take_position(&mut self, table: &mut DeTable<'_>) -> Option<usize> {
        let value = table.remove("order")?;
        let number = match value.get_ref() {
            DeValue::Integer(number) => number.as_str().parse::<usize>().ok(),
            _ => None,
        };
        let place = number.and_then(|number| number.checked_sub(1));
        if place.is_none() {
            self.mistake(value.span().start, ORDER);
        }
        place
    }
}

/// Moves elements to their positions; the others make room.
fn apply_moves(elements: &mut Vec<Spanned<DeValue<'_>>>, mut moves: Vec<(usize, String)>) {
    moves.sort_by_key(|(place, _)| *place);
    let mut taken = Vec::new();
    for (place, id) in moves {
        if let Some(from) = elements.iter().position(|element| has_id(element, &id)) {
            taken.push((place, elements.remove(from)));
        }
    }
    for (place, element) in taken {
        elements.insert(place.min(elements.len()), element);
    }
}

/// Numbers the pages of a practice without gaps.
fn renumber_pages(practice: &mut Practice) {
    let mut pages: Vec<u32> = practice.steps.iter().map(|step| step.page).collect();
    pages.sort_unstable();
    pages.dedup();
    for (number, page) in (1..).zip(pages) {
        for step in &mut practice.steps {
            // Numbers only become smaller, so a new number is never mistaken for a later page.
            if step.page == page {
                step.page = number;
            }
        }
    }
}

fn retain_elements<'a>(
    table: &mut DeTable<'a>,
    key: &str,
    wanted: impl Fn(&Spanned<DeValue<'a>>) -> bool,
) {
    if let Some(DeValue::Array(elements)) = table.get_mut(key).map(Spanned::get_mut) {
        let all = std::mem::replace(elements, DeArray::new());
        *elements = to_array(all.into_iter().filter(wanted));
    }
}

fn registers(table: &DeTable<'_>) -> Vec<(usize, String)> {
    let registers = table
        .get("registers")
        .and_then(|list| list.get_ref().as_array());
    let registers = registers.into_iter().flat_map(|list| list.iter());
    registers
        .filter_map(|register| id_of(register.get_ref().as_table()?))
        .map(|(at, id)| (at, id.to_owned()))
        .collect()
}

fn to_array<'a>(elements: impl IntoIterator<Item = Spanned<DeValue<'a>>>) -> DeArray<'a> {
    let mut list = DeArray::new();
    for element in elements {
        list.push(element);
    }
    list
}

fn take_table<'a>(value: &mut DeValue<'a>) -> DeTable<'a> {
    match value {
        DeValue::Table(table) => std::mem::take(table),
        _ => DeTable::new(),
    }
}

fn has_id(element: &Spanned<DeValue<'_>>, id: &str) -> bool {
    let table = element.get_ref().as_table();
    table.and_then(id_of).is_some_and(|(_, other)| other == id)
}

fn id_of<'a>(table: &'a DeTable<'_>) -> Option<(usize, &'a str)> {
    let value = table.get("id")?;
    Some((value.span().start, value.get_ref().as_str()?))
}
