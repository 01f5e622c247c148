//! One person across all practices; what is open with them comes first.

use super::filtered_list::{kept_cursor, moves_cursor};
use super::item_text::{commitment_state, entry_screen, state};
use super::people::mentions_by_practice;
use super::sections::Sections;
use super::{Scene, ScreenState, rule_results};
use crate::app::keys::{Action, KeyContext};
use crate::app::route::{CommitSource, ItemSource, Outcome, Route};
use crate::calendar;
use crate::insight::{self, Mention, MentionSource, PageSubject};
use crate::journal::rules::{Act, Advance, next_stage};
use crate::journal::{Id, OffDays};
use crate::practice::Register;
use crate::text::counted_noun;

#[derive(Clone, Debug)]
pub struct PersonPage {
    /// The name they go by, as it was last written.
    pub name: String,
    /// How often, where and when they are named, and as who else, in one line; empty if the name no
    /// longer appears.
    pub summary: String,
    /// Their mentions: open ones first, the oldest first, then the others, the newest first of each
    /// kind.
    pub rows: Vec<MentionRow>,
    pub sections: Sections<MentionHeading>,
    pub cursor: usize,
    /// Whether a list keeps names that were joined.
    can_join: bool,
}

/// What mentions have in common.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct MentionHeading {
    pub text: String,
    pub is_open: bool,
}

/// One entry that names the person.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct MentionRow {
    pub id: Id,
    pub title: String,
    /// What it is and since when, in words.
    pub state: String,
    pub is_open: bool,
    /// The register and the next stage; `None` for an answer, or at the last stage.
    pub next: Option<(String, String)>,
    /// Whether it is an item, which can become a commitment.
    pub is_item: bool,
}

impl PersonPage {
    pub(super) fn new(name: &str, scene: Scene<'_>) -> Self {
        let mut page = Self {
            name: name.to_owned(),
            summary: String::new(),
            rows: Vec::new(),
            sections: Sections::of(std::iter::empty()),
            cursor: 0,
            can_join: scene.catalog.joined_names().is_some(),
        };
        page.reload(scene);
        page
    }

    pub fn chosen(&self) -> Option<&MentionRow> {
        self.rows.get(self.cursor)
    }

    fn reload(&mut self, scene: Scene<'_>) {
        let person = insight::person(scene.journal, &self.name, scene.catalog);
        let mentions = person.as_ref().map_or(&[][..], |person| &person.mentions);
        let (headings, rows): (Vec<_>, Vec<_>) = headed_rows(mentions, scene).into_iter().unzip();
        self.sections = Sections::of(headings.into_iter().map(Some));
        self.rows = rows;
        let Some(person) = person else {
            self.summary.clear();
            return;
        };
        let today = scene.now.today();
        let last = calendar::short_date(person.last_mentioned(), today);
        let times = counted_noun(person.mentions.len(), "time");
        self.summary = format!(
            "Named {times}, last {last} · {}",
            mentions_by_practice(&person)
        );
        if !person.other_names.is_empty() {
            let others = person.other_names.join(", ");
            self.summary = format!("Also {others} · {}", self.summary);
        }
        self.name = person.name;
    }
}

impl ScreenState for PersonPage {
    fn route(&self) -> Route {
        Route::Person(self.name.clone())
    }

    fn title(&self) -> Option<String> {
        Some(self.name.clone())
    }

    fn run(&mut self, action: Action, scene: Scene<'_>) -> Outcome {
        match action {
            Action::Preview => {
                let subject = PageSubject::Person(self.name.clone());
                let span = subject.usual_span(scene.journal, scene.catalog, scene.now.today());
                return Outcome::open(Route::LastLook(subject, span));
            }
            Action::JoinNames => {
                let source = ItemSource::Joining(self.name.clone());
                return Outcome::open(Route::item_from("", source));
            }
            _ => {}
        }
        let Some(row) = self.chosen() else {
            return Outcome::stay();
        };
        match action {
            Action::Open => Outcome::navigate_if(entry_screen(&row.id, scene)),
            Action::History => Outcome::open(Route::History(row.id.clone())),
            Action::CommitFrom => Outcome::open(Route::Commit(CommitSource::Entry(row.id.clone()))),
            Action::Advance => {
                let id = row.id.clone();
                rule_results::outcome(&Act::Advance(Advance { id, on: None }), scene)
            }
            _ => Outcome::stay(),
        }
    }

    fn refresh(&mut self, scene: Scene<'_>) {
        let chosen = self.chosen().map(|row| row.id.clone());
        self.reload(scene);
        let ids = self.rows.iter().map(|row| &row.id);
        self.cursor = kept_cursor(ids, chosen.as_ref(), self.cursor);
    }

    fn is_enabled(&self, action: Action) -> bool {
        let chosen = self.chosen();
        match action {
            Action::Open | Action::History => chosen.is_some(),
            Action::Advance => chosen.is_some_and(|row| row.next.is_some()),
            Action::CommitFrom => chosen.is_some_and(|row| row.is_item),
            Action::JoinNames => self.can_join,
            Action::Preview => !self.rows.is_empty(),
            _ => moves_cursor(action),
        }
    }

    fn own_contexts(&self) -> &'static [KeyContext] {
        &[KeyContext::List, KeyContext::Register]
    }

    fn rows(&mut self) -> Option<(&mut usize, usize)> {
        Some((&mut self.cursor, self.rows.len()))
    }
}

/// Open mentions, then the others by the field that names the person, in the order of practices;
/// each with its heading.
fn headed_rows(mentions: &[Mention<'_>], scene: Scene<'_>) -> Vec<(MentionHeading, MentionRow)> {
    let (open, over): (Vec<&Mention>, Vec<&Mention>) =
        mentions.iter().partition(|mention| mention.open);
    let off = scene.off_days();
    let heading = MentionHeading {
        text: counted_noun(open.len(), "thing") + " open between you",
        is_open: true,
    };
    let open = open.iter().rev();
    let mut rows: Vec<(MentionHeading, MentionRow)> = open
        .map(|mention| (heading.clone(), mention_row(mention, &off, scene)))
        .collect();
    // By practice, then commitments.
    let mut named: Vec<(String, Vec<MentionRow>)> = Vec::new();
    let practices = scene.catalog.practices().iter().map(Some).chain([None]);
    for practice in practices.map(|practice| practice.map(|practice| &practice.id)) {
        for mention in over
            .iter()
            .filter(|mention| mention.practice.map(|one| &one.id) == practice)
        {
            let heading = group_heading(mention);
            let row = mention_row(mention, &off, scene);
            match named.iter_mut().find(|(known, _)| *known == heading) {
                Some((_, rows)) => rows.push(row),
                None => named.push((heading, vec![row])),
            }
        }
    }
    for (text, mentions) in named {
        let is_open = false;
        let heading = MentionHeading { text, is_open };
        rows.extend(mentions.into_iter().map(|row| (heading.clone(), row)));
    }
    rows
}

/// The heading of a mention that is not open: "Follow-ups · closed", "Problems · told to".
fn group_heading(mention: &Mention<'_>) -> String {
    match mention.source {
        MentionSource::Answer(step) => match mention.practice {
            Some(practice) => format!("{} · {}", practice.name, step.label),
            None => step.label.clone(),
        },
        MentionSource::Commitment(_) => "Commitments".to_owned(),
        MentionSource::Item(register, field, _) if field.stage.is_some() => {
            format!("{} · {}", register.name, field.label.to_lowercase())
        }
        MentionSource::Item(register, ..) => match closing_stages(register) {
            Some(endings) => format!("{} · {endings}", register.name),
            None => register.name.clone(),
        },
    }
}

/// The closing stages of a register, unless all of its stages close.
fn closing_stages(register: &Register) -> Option<String> {
    if register.stages.iter().all(|stage| stage.closes) {
        return None;
    }
    let closing = register.stages.iter().filter(|stage| stage.closes);
    let names: Vec<&str> = closing.map(|stage| stage.name.as_str()).collect();
    (!names.is_empty()).then(|| names.join(" or "))
}

fn mention_row(mention: &Mention<'_>, off: &OffDays, scene: Scene<'_>) -> MentionRow {
    let today = scene.now.today();
    let (state, next) = match mention.source {
        MentionSource::Answer(_) => (calendar::short_date(mention.day, today), None),
        MentionSource::Commitment(commitment) => (commitment_state(commitment, off, today), None),
        MentionSource::Item(register, _, item) => {
            let state = state(register, item, scene);
            // That of a register that ages says since when already.
            let state = match (mention.open, state.is_empty()) {
                (true, true) => calendar::humanize(mention.day, today),
                (true, false) if !register.ages => {
                    format!("{state} · {}", calendar::humanize(mention.day, today))
                }
                _ => state,
            };
            let next =
                next_stage(register, item).map(|stage| (register.id.clone(), stage.name.clone()));
            (state, next)
        }
    };
    MentionRow {
        id: mention.entry.id.clone(),
        title: mention.source.title().to_owned(),
        state,
        is_open: mention.open,
        next,
        is_item: matches!(mention.source, MentionSource::Item(..)),
    }
}
