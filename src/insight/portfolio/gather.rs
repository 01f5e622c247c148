//! Gathers a portfolio from the journal.
//!
//! Knows of practices only what they declare, and no output format.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::{
    ChoiceCounts, MonthFigures, PeopleCounts, Piece, PieceBody, Portfolio, PortfolioSection,
    PublicCommitment, ScaleByWeek,
};
use crate::calendar::{Month, Span, Week};
use crate::insight::charts::{ChartData, scale_by_week};
use crate::insight::evidence::{self, EvidenceState};
use crate::insight::figures::Figures;
use crate::insight::progress::standing_answer;
use crate::insight::public_page::PublicPage;
use crate::journal::{
    Commitment, CommitmentOutcome, Entry, Id, Inclusion, Item, JoinedNames, Journal, Privacy,
    Value, folded_name, split_names, stage_of,
};
use crate::practice::{Catalog, ChartKind, Field, FieldKind, Practice, Provides, Register};

/// The heading of the commitments; other sections have the names of their registers.
const COMMITMENTS_HEADING: &str = "Commitments kept";

/// The span of everything: from the first day of any piece.
#[must_use]
pub fn full_span(journal: &Journal, catalog: &Catalog, today: NaiveDate) -> Span {
    let commitments = journal
        .commitments()
        .into_iter()
        .filter_map(|(_, it)| evidence::commitment_evidence(it));
    let items = public_registers(catalog).flat_map(|(_, register)| {
        let items = journal.items(&register.id).into_iter();
        items.filter_map(move |(entry, item)| {
            evidence::first_day((&entry.id, item), register, journal)
        })
    });
    let first = commitments.map(|weight| weight.day).chain(items).min();
    Span::since(first.unwrap_or(today), today)
}

impl Portfolio {
    /// The portfolio of `span`, up to and including `today`, with what it could include.
    #[must_use]
    pub fn gather(journal: &Journal, catalog: &Catalog, span: Span, today: NaiveDate) -> Self {
        let figures = Figures::of(journal, catalog, span, today);
        let until = figures.until;
        let days = DayRange {
            first: span.first(),
            until,
        };
        let mut sections = vec![commitment_section(journal, catalog, days)];
        let (scaled, others): (Vec<_>, Vec<_>) = public_registers(catalog)
            .partition(|(practice, _)| public_scales(practice).next().is_some());
        let registers = others.into_iter().chain(scaled);
        sections.extend(registers.map(|kept| item_section(journal, catalog, kept, days)));
        let people = people_counts(journal, catalog, &sections);
        let lines = scales_by_week(journal, catalog, &figures.weeks);
        Self {
            span,
            until,
            about: about_person(journal, catalog),
            months: monthly_figures(journal, catalog, days),
            figures,
            sections,
            people,
            scales: lines,
        }
    }

    /// Applies the choices made about `entries` since it was gathered, and what follows from them;
    /// all else stays the same.
    pub fn apply_choices(&mut self, journal: &Journal, catalog: &Catalog, entries: &[Id]) {
        for section in &mut self.sections {
            let mut is_other = false;
            for piece in &mut section.pieces {
                if entries.contains(&piece.id) {
                    let was_in = piece.is_included;
                    piece.is_included = is_included(journal, &piece.id, piece.is_evidence);
                    is_other |= piece.is_included != was_in;
                }
            }
            let kept =
                public_registers(catalog).find(|(_, it)| section.register.as_ref() == Some(&it.id));
            if let (true, Some((practice, register))) = (is_other, kept) {
                section.spreads = choice_counts(journal, practice, register, section);
            }
        }
        self.people = people_counts(journal, catalog, &self.sections);
    }
}

/// The days that count, both ends included.
#[derive(Clone, Copy)]
struct DayRange {
    first: NaiveDate,
    until: NaiveDate,
}

impl DayRange {
    fn contains(self, day: NaiveDate) -> bool {
        self.first <= day && day <= self.until
    }
}

/// The registers that belong in a portfolio, each with its practice.
fn public_registers(catalog: &Catalog) -> impl Iterator<Item = (&Practice, &Register)> {
    catalog
        .practices()
        .iter()
        .filter(|it| !it.private)
        .flat_map(|practice| practice.registers.iter().map(move |it| (practice, it)))
        .filter(|(_, register)| register.portfolio.is_some())
}

fn about_person(journal: &Journal, catalog: &Catalog) -> Vec<(String, String)> {
    let said = |what| {
        let (practice, step) = catalog.provider(what)?;
        let text = standing_answer(journal, catalog, what)?.trim();
        (!practice.private).then(|| (step.label.clone(), text.to_owned()))
    };
    let all = [Provides::Role, Provides::CoreFunction];
    all.into_iter().filter_map(said).collect()
}

fn commitment_section(journal: &Journal, catalog: &Catalog, days: DayRange) -> PortfolioSection {
    let pieces = journal.commitments().into_iter().filter_map(|(entry, it)| {
        let weight =
            evidence::commitment_evidence(it).filter(|weight| days.contains(weight.day))?;
        let weight = weight_for_others(weight, entry, journal, catalog)?;
        let state = it.closing.as_ref().map_or("", |closing| closing.how.name());
        let body = PieceBody::Commitment(public_commitment(it));
        Some(new_piece(journal, &entry.id, weight, state, body))
    });
    PortfolioSection {
        heading: COMMITMENTS_HEADING.to_owned(),
        register: None,
        is_brief: true,
        pieces: sorted_pieces(pieces.collect()),
        spreads: Vec::new(),
    }
}

fn public_commitment(commitment: &Commitment) -> PublicCommitment {
    let closing = commitment.closing.as_ref();
    PublicCommitment {
        better: commitment.better.clone(),
        area: commitment.area.clone(),
        first_due: commitment.first_due(),
        moved: commitment.due_shift(),
        evidence: closing.map_or("", |closing| &closing.evidence).to_owned(),
    }
}

fn item_section(
    journal: &Journal,
    catalog: &Catalog,
    (practice, register): (&Practice, &Register),
    days: DayRange,
) -> PortfolioSection {
    let rows: Vec<(Id, Item)> = journal.items_with_presets(register);
    let pieces = rows.iter().filter_map(|(id, item)| {
        let key = register.portfolio.as_deref()?;
        let holds = |day| days.contains(day);
        let weight = evidence::item_evidence((id, item), (register, key), journal, holds)?;
        let weight = match journal.current(id) {
            Some(entry) => weight_for_others(weight, entry, journal, catalog)?,
            None => weight,
        };
        let state = stage_of(register, item).map_or(register.unstaged.as_str(), |it| &it.name);
        let body = PieceBody::Item(PublicPage::from_item(register, &item_within(item, days)));
        Some(new_piece(journal, id, weight, state, body))
    });
    let mut section = PortfolioSection {
        heading: register.name.clone(),
        register: Some(register.id.clone()),
        is_brief: !register.fields.iter().any(is_multiline),
        pieces: sorted_pieces(pieces.collect()),
        spreads: Vec::new(),
    };
    section.spreads = choice_counts(journal, practice, register, &section);
    section
}

/// The weight of an entry for other readers: `None` if it is private, and not evidence by itself if
/// that is unknown.
fn weight_for_others(
    weight: EvidenceState,
    entry: &Entry,
    journal: &Journal,
    catalog: &Catalog,
) -> Option<EvidenceState> {
    match journal.privacy(entry, catalog) {
        Privacy::Open => Some(weight),
        Privacy::Unknown => Some(EvidenceState {
            is_evidence: false,
            ..weight
        }),
        Privacy::Private => None,
    }
}

/// How the included pieces of a section are spread over the choices in the practice's charts.
fn choice_counts(
    journal: &Journal,
    practice: &Practice,
    register: &Register,
    section: &PortfolioSection,
) -> Vec<ChoiceCounts> {
    let kinds = practice.charts.iter().filter_map(|picture| {
        let (ChartKind::Coverage { register, field } | ChartKind::Balance { register, field }) =
            &picture.kind
        else {
            return None;
        };
        Some((picture.portfolio_title.as_deref()?, register, field))
    });
    kinds
        .filter(|(_, id, _)| **id == register.id)
        .filter_map(|(heading, _, field)| {
            let items = section
                .included_pieces()
                .filter_map(|it| journal.item(&it.id));
            count_choices(heading, register, field, items)
        })
        .collect()
}

fn new_piece(
    journal: &Journal,
    id: &Id,
    weight: EvidenceState,
    state: &str,
    body: PieceBody,
) -> Piece {
    let EvidenceState { day, is_evidence } = weight;
    Piece {
        id: id.clone(),
        day,
        state: state.to_owned(),
        is_evidence,
        is_included: is_included(journal, id, is_evidence),
        body,
    }
}

/// Whether an entry is included: as the user chose, or else if it is evidence.
fn is_included(journal: &Journal, id: &Id, is_evidence: bool) -> bool {
    let chosen = journal.portfolio_choice(id).and_then(|it| it.portfolio);
    chosen.map_or(is_evidence, |portfolio| portfolio != Inclusion::Exclude)
}

/// Evidence first, then newest first; of one day, last written first.
fn sorted_pieces(mut pieces: Vec<Piece>) -> Vec<Piece> {
    pieces.sort_by_key(|it| {
        (
            Reverse(it.is_evidence),
            Reverse(it.day),
            Reverse(it.id.clone()),
        )
    });
    pieces
}

/// An item without the dated lines of other days.
fn item_within(item: &Item, days: DayRange) -> Item {
    let mut item = item.clone();
    for (_, value) in &mut item.values {
        if let Value::Log(lines) = value {
            lines.retain(|line| days.contains(line.on));
        }
    }
    item
}

/// How `items` are spread over the choices of a field, and over the user's own; `None` if no item
/// names any.
fn count_choices<'a>(
    heading: &str,
    register: &Register,
    field: &str,
    items: impl Iterator<Item = &'a Item>,
) -> Option<ChoiceCounts> {
    let field = register.field(field)?;
    let mut rows: Vec<(&str, Vec<String>)> = Vec::new();
    for choice in field.kind.choices() {
        rows.push((&choice.id, Vec::new()));
    }
    for item in items {
        let named: &[String] = match item.values.get(&field.id) {
            Some(Value::Text(text)) => std::slice::from_ref(text),
            Some(Value::List(list)) => list,
            Some(Value::Log(_)) | None => &[],
        };
        for name in named {
            let title = item.title().to_owned();
            match rows.iter_mut().find(|(id, _)| id == name) {
                Some((_, titles)) => titles.push(title),
                None => rows.push((name, vec![title])),
            }
        }
    }
    rows.retain(|(_, titles)| !titles.is_empty());
    let label = |id: &str| field.kind.label(id).to_owned();
    (!rows.is_empty()).then(|| ChoiceCounts {
        heading: heading.to_owned(),
        rows: rows
            .into_iter()
            .map(|(id, titles)| (label(id), titles))
            .collect(),
    })
}

/// The people named in the included pieces, for every shared chart of people.
fn people_counts(
    journal: &Journal,
    catalog: &Catalog,
    sections: &[PortfolioSection],
) -> Vec<PeopleCounts> {
    let joined = JoinedNames::of(journal, catalog);
    let open = catalog.practices().iter().filter(|it| !it.private);
    let pictures = open.flat_map(|practice| &practice.charts);
    let counts = pictures.filter_map(|picture| {
        let heading = picture.portfolio_title.clone()?;
        let ChartKind::People { register, field } = &picture.kind else {
            return None;
        };
        let section = sections
            .iter()
            .find(|it| it.register.as_ref() == Some(register))?;
        let items = section
            .included_pieces()
            .filter_map(|it| journal.item(&it.id));
        let names = count_names(items, field, &joined);
        (!names.is_empty()).then_some(PeopleCounts { heading, names })
    });
    counts.collect()
}

/// The names in a field of `items`, most often named first; twice in one field counts once.
fn count_names<'a>(
    items: impl Iterator<Item = &'a Item>,
    field: &str,
    joined: &JoinedNames,
) -> Vec<(String, usize)> {
    let mut people: BTreeMap<String, (String, usize)> = BTreeMap::new();
    for item in items {
        let mut here = Vec::new();
        for name in split_names(item.text(field)) {
            let name = joined.main_name(&name);
            let key = folded_name(name);
            if !here.contains(&key) {
                let person = people.entry(key.clone()).or_insert((name.to_owned(), 0));
                person.1 += 1;
                here.push(key);
            }
        }
    }
    let mut people: Vec<(String, usize)> = people.into_values().collect();
    // They are sorted by name already; the sort is stable.
    people.sort_by_key(|(_, times)| Reverse(*times));
    people
}

/// The shared scales of a practice: their heading and their step.
fn public_scales(practice: &Practice) -> impl Iterator<Item = (&String, &String)> {
    practice
        .charts
        .iter()
        .filter_map(|picture| match &picture.kind {
            ChartKind::Line { step } => Some((picture.portfolio_title.as_ref()?, step)),
            _ => None,
        })
}

fn scales_by_week(journal: &Journal, catalog: &Catalog, weeks: &[Week]) -> Vec<ScaleByWeek> {
    let open = catalog.practices().iter().filter(|it| !it.private);
    let scales = open.flat_map(|practice| public_scales(practice).map(move |it| (practice, it)));
    let lines = scales.filter_map(|(practice, (heading, step))| {
        let drawing = scale_by_week(journal, practice, step, weeks.iter().copied())?;
        let ChartData::Line { degrees, mut weeks } = drawing else {
            return None;
        };
        let said: BTreeSet<i32> = weeks
            .iter()
            .filter(|(_, degree)| degree.is_some())
            .map(|(week, _)| week.year())
            .collect();
        weeks.retain(|(week, _)| said.contains(&week.year()));
        (!said.is_empty()).then(|| ScaleByWeek {
            heading: heading.clone(),
            degrees,
            weeks,
        })
    });
    lines.collect()
}

/// Whether a shared field may take more than a line.
fn is_multiline(field: &Field) -> bool {
    field.public_label.is_some() && matches!(field.kind, FieldKind::Prose | FieldKind::Log)
}

/// The figures month by month, each over its days that count, from the first month in which
/// something happened or the journal was kept. A mistyped year does not bring in all months since.
fn monthly_figures(journal: &Journal, catalog: &Catalog, days: DayRange) -> Vec<MonthFigures> {
    let busy = busy_months(journal, catalog);
    let is_kept = |month: &Month| !journal.is_before_first_month(*month, days.until);
    let mut months = Span::since(days.first, days.until).months();
    let before = months
        .iter()
        .take_while(|it| !busy.contains(it) && !is_kept(it));
    months.drain(..before.count());
    let (is_multiline, is_endless) = (
        months.len() > MAX_MONTHS_WITH_GAPS,
        months.iter().filter(|it| is_kept(it)).count() > MAX_JOURNAL_MONTHS,
    );
    months.retain(|it| busy.contains(it) || !is_multiline || (is_kept(it) && !is_endless));
    let figures = months.into_iter().map(|month| {
        let first = month.first().max(days.first);
        let span = Span::since(first, month.last().min(days.until));
        let figures = Figures::of(journal, catalog, span, days.until);
        MonthFigures {
            month,
            kept: figures.commitments.kept,
            missed: figures.commitments.missed,
            solved: figures.problems_solved,
        }
    });
    figures.collect()
}

/// In a table with more months than this, empty months before the journal are left out.
const MAX_MONTHS_WITH_GAPS: usize = 20 * 12;

/// More months than anyone keeps a journal: with more, all empty months are left out.
const MAX_JOURNAL_MONTHS: usize = 100 * 12;

/// The months in which something happened that the figures of a month count.
fn busy_months(journal: &Journal, catalog: &Catalog) -> BTreeSet<Month> {
    let commitments = journal.commitments().into_iter();
    let ended = commitments.filter_map(|(_, it)| {
        let closing = it.closing.as_ref()?;
        (closing.how != CommitmentOutcome::LetGo).then_some(closing.on)
    });
    let monthly = catalog.monthly().into_iter();
    let solved = monthly.flat_map(|(register, stage)| {
        let items = journal.items(&register.id).into_iter();
        items.filter_map(move |(_, item)| item.day(stage))
    });
    ended.chain(solved).map(Month::of).collect()
}
