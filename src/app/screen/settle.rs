//! Fields with two texts from two machines: both texts, and the keys that settle which one counts.

use super::filtered_list::moves_cursor;
use super::{Scene, ScreenState, item_text, rule_results};
use crate::app::form::{Form, FormField, OtherText};
use crate::app::keys::{Action, KeyContext};
use crate::app::route::{Navigation, Outcome, Route};
use crate::insight::{DiffRun, DiffSide, Difference, difference};
use crate::journal::rules::{Act, SettleField as Settling, TextChoice, settled_for_all};
use crate::journal::{Body, DELETED, Element, Entry, FieldValue, Id, Unsettled, Value};
use crate::practice::FieldKind;
use crate::report;
use crate::text;

/// The unsettled fields, of one entry or of all.
#[derive(Clone, Debug)]
pub struct SettlePage {
    /// The entry, if only one is shown.
    pub only: Option<Id>,
    pub rows: Vec<SettleRow>,
    pub cursor: usize,
    /// The row whose texts were scrolled, and their first line that is shown.
    scrolled: Option<(usize, usize)>,
}

/// How many lines a key scrolls.
const PAGE: usize = 4;

/// Whether a text may be longer than the screen.
fn is_long(text: &str) -> bool {
    text.lines().count() > PAGE || text.chars().count() > PAGE * 50
}

/// A field with several texts.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SettleRow {
    pub id: Id,
    /// The text that identifies the entry.
    pub entry: String,
    /// The field: `values.did`.
    pub field: String,
    /// The name of the field, for showing.
    pub label: String,
    /// Its texts; the first is the one that counts until it is settled.
    pub texts: Vec<SettleText>,
    /// Whether it can contain all of them.
    pub takes_both: bool,
}

#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SettleText {
    pub text: String,
    /// When it was written, in words; empty if that is not known.
    pub written: String,
    /// Its pieces, each with whether the other text has it too.
    pub pieces: Vec<(bool, String)>,
}

/// The texts of a field, compared with the first one, and that one with the second.
fn settle_texts(field: &Unsettled, entry: &Entry, scene: Scene<'_>) -> Vec<SettleText> {
    let today = scene.now.today();
    let versions = scene.journal.versions(&entry.id);
    let texts = report::unsettled_texts(field, entry, scene.catalog, today);
    let compared = texts.iter().enumerate().map(|(at, text)| {
        let other = texts.get(usize::from(at == 0)).unwrap_or(text);
        let [other, own] = [other, text].map(|text| Value::Text(text.clone()));
        let written = field.version_with(at, versions);
        SettleText {
            text: text.clone(),
            written: written.map_or_else(String::new, |it| report::written_at(it, today)),
            pieces: match difference(&FieldKind::Prose, &other, &own) {
                Difference::Text(runs) => shared_pieces(runs),
                Difference::List { .. } => Vec::new(),
            },
        }
    });
    compared.collect()
}

/// The pieces of the later text.
fn shared_pieces(runs: Vec<DiffRun>) -> Vec<(bool, String)> {
    let runs = runs.into_iter().filter(|run| run.side != DiffSide::Removed);
    runs.map(|run| (run.side == DiffSide::Both, run.text))
        .collect()
}

/// Shows the other text of an unsettled field beside it, and what else is not settled.
pub(super) fn show_other_texts(form: &mut Form, scene: Scene<'_>) {
    for input in &mut form.fields {
        let Some(about) = input.entry.as_ref().filter(|about| about.rev > 0) else {
            continue;
        };
        if scene.journal.has_newer(&about.id) {
            let newer = "≠ A newer leadby wrote a version of this that is not shown here.";
            input.notes.insert(0, newer.to_owned().into());
        }
        let unsettled = scene.journal.unsettled(&about.id);
        if unsettled.iter().any(|unsettled| unsettled.field == DELETED) {
            let key = scene.keys.key_name(KeyContext::Form, Action::Settle);
            let deleted = format!("≠ Deleted on one side, changed on the other: {key} settles");
            input.notes.insert(0, deleted.into());
        }
        let body = scene.journal.current(&about.id).map(|entry| &entry.body);
        let field = match (body, input.name.as_str()) {
            (Some(Body::Answer(_)), _) => "value".to_owned(),
            (Some(Body::Item(_)), name) => format!("values.{name}"),
            (Some(Body::Commitment(_)), "how" | "note" | "reason" | "on") => "closing".to_owned(),
            (Some(Body::Commitment(_)), "to") => "due".to_owned(),
            (_, name) => name.to_owned(),
        };
        let mut unsettled = unsettled
            .iter()
            .filter(|unsettled| unsettled.field == field);
        if let Some(unsettled) = unsettled.next() {
            input.other_text = other_text(unsettled, input).map(OtherText::Unsettled);
        }
    }
}

/// The text of the other machines for a field; for how a commitment ended, only the part of this
/// input. `None` if it is the same.
fn other_text(unsettled: &Unsettled, input: &FormField) -> Option<Value> {
    let text = |text: &Option<FieldValue>| match text {
        None => Value::Text(String::new()),
        Some(FieldValue::Closing(closing)) => Value::Text(match input.name.as_str() {
            "how" => closing.how.id().to_owned(),
            "on" => closing.on.to_string(),
            _ => closing.evidence.clone(),
        }),
        Some(FieldValue::List(list)) => match list.iter().map(Element::plain_text).collect() {
            Some(list) => Value::List(list),
            None => Value::Text(FieldValue::List(list.clone()).text()),
        },
        Some(other) => Value::Text(other.text()),
    };
    let mut others: Vec<Value> = unsettled
        .texts
        .iter()
        .skip(1)
        .map(text)
        .filter(|other| *other != input.control.raw())
        .collect();
    match others.as_slice() {
        [] => None,
        [_] => others.pop(),
        several => {
            let texts: Vec<&str> = several.iter().filter_map(Value::as_text).collect();
            Some(Value::Text(texts.join("\n")))
        }
    }
}

impl SettlePage {
    pub(super) fn new(only: Option<&Id>, scene: Scene<'_>) -> Self {
        let all = scene
            .journal
            .all_unsettled()
            .filter(|(entry, _)| only.is_none_or(|only| entry.id == *only));
        let rows = all.flat_map(|(entry, unsettled)| {
            unsettled.iter().map(move |field| SettleRow {
                id: entry.id.clone(),
                entry: report::entry_title(entry, scene.journal, scene.catalog),
                field: field.field.clone(),
                label: text::capitalized(&report::field_name(
                    &entry.id,
                    &field.field,
                    scene.journal,
                    scene.catalog,
                )),
                texts: settle_texts(field, entry, scene),
                takes_both: settled_for_all(field, entry, scene.catalog).is_some(),
            })
        });
        Self {
            only: only.cloned(),
            rows: rows.collect(),
            cursor: 0,
            scrolled: None,
        }
    }

    /// The first line of the texts to show; `None` before they are scrolled.
    pub fn first_line(&self) -> Option<usize> {
        let (_, first) = self.scrolled.filter(|(row, _)| *row == self.cursor)?;
        Some(first)
    }

    pub fn chosen(&self) -> Option<&SettleRow> {
        self.rows.get(self.cursor)
    }
}

impl ScreenState for SettlePage {
    fn route(&self) -> Route {
        Route::Settle(self.only.clone())
    }

    fn title(&self) -> Option<String> {
        Some("Two texts".to_owned())
    }

    fn run(&mut self, action: Action, scene: Scene<'_>) -> Outcome {
        let take = match action {
            Action::Take(number) => TextChoice::Text(number.saturating_sub(1)),
            Action::TakeBoth => TextChoice::All,
            Action::Open => {
                return Outcome::navigate_if(
                    self.chosen()
                        .and_then(|row| item_text::entry_screen(&row.id, scene)),
                );
            }
            Action::Earlier | Action::Later => {
                let first = self.first_line().unwrap_or(0);
                let moved = match action {
                    Action::Later => first + PAGE,
                    _ => first.saturating_sub(PAGE),
                };
                self.limit_scroll(moved);
                return Outcome::stay();
            }
            _ => return Outcome::stay(),
        };
        let Some(row) = self.chosen() else {
            return Outcome::stay();
        };
        let act = Act::Settle(Settling {
            id: row.id.clone(),
            field: row.field.clone(),
            choice: take,
        });
        let settled = rule_results::outcome(&act, scene);
        if self.rows.len() > 1 {
            return settled;
        }
        settled.then(Navigation::Back)
    }

    fn refresh(&mut self, scene: Scene<'_>) {
        let fresh = Self::new(self.only.as_ref(), scene);
        let cursor = self.cursor.min(fresh.rows.len().saturating_sub(1));
        *self = Self { cursor, ..fresh };
    }

    fn is_enabled(&self, action: Action) -> bool {
        let Some(row) = self.chosen() else {
            return false;
        };
        match action {
            Action::Take(number) => (1..=row.texts.len()).contains(&number),
            Action::TakeBoth => row.takes_both,
            Action::Open => true,
            Action::Earlier => self.first_line().is_some_and(|first| first > 0),
            Action::Later => row.texts.iter().any(|it| is_long(&it.text)),
            _ => moves_cursor(action),
        }
    }

    fn own_contexts(&self) -> &'static [KeyContext] {
        &[KeyContext::Settle, KeyContext::List]
    }

    fn rows(&mut self) -> Option<(&mut usize, usize)> {
        Some((&mut self.cursor, self.rows.len()))
    }

    fn limit_scroll(&mut self, first: usize) {
        self.scrolled = Some((self.cursor, first));
    }
}
