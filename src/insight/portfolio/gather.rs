//! Gathers a portfolio from the journal.
//!
//! Knows of practices only what they declare, and no output format.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashSet};
use std::ops::RangeInclusive;

use chrono::NaiveDate;

use super::{
    ChoiceCounts, MonthFigures, PeopleCounts, Piece, PieceBody, PieceProgress, PieceWeight,
    Portfolio, PortfolioSection, PublicCommitment, ScaleByWeek,
};
use crate::calendar::{Month, Span, Week};
use crate::insight::charts::{ChartData, scale_by_week};
use crate::insight::evidence::{self, EvidenceState};
use crate::insight::figures::{Figures, Tally, problems_solved};
use crate::insight::improvement::Improvement;
use crate::insight::marks::ids;
use crate::insight::month_wrap_up::month_question;
use crate::insight::people::named_in_items;
use crate::insight::progress::standing_answer;
use crate::insight::public_page::PublicPage;
use crate::insight::texts::Texts;
use crate::journal::{
    CommitmentOutcome, Entry, Id, Inclusion, Item, Journal, OffDays, Period, Privacy, Value,
    stage_of, without_mention_signs,
};
use crate::practice::{
    Ask, Catalog, ChartKind, Field, FieldKind, Practice, Provides, Register, Stage, TITLE,
};

/// The heading of the commitments; other sections have the names of their registers.
const COMMITMENTS_HEADING: &str = "Commitments kept";

/// The span of everything that others may see: from the first entry, or the first day of any piece.
pub fn full_span(journal: &Journal, catalog: &Catalog, today: NaiveDate) -> Span {
    let journal = &*journal.public_part(catalog);
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
    let pieces = commitments.map(|weight| weight.day).chain(items);
    let first = pieces.chain(journal.first_day()).min();
    Span::since(first.unwrap_or(today), today)
}

impl Portfolio {
    /// The portfolio of `span`, up to and including `today`, with what it could include.
    pub fn gather(journal: &Journal, catalog: &Catalog, span: Span, today: NaiveDate) -> Self {
        let public = (&*journal.public_part(catalog), &catalog.public_part());
        let figures = Figures::of(public.0, public.1, span, today);
        let until = figures.until;
        let days = &figures.days();
        let is_current = span.contains(today);
        let commitments = commitment_section(journal, catalog, days, is_current);
        let mut registers: Vec<_> = public_registers(catalog).collect();
        registers.sort_by_key(|(_, register)| Reverse(register.weight));
        let registers = registers.into_iter();
        let sections = registers.map(|kept| item_section(journal, catalog, kept, days));
        let sections: Vec<_> = sections.chain([commitments]).collect();
        let people = people_counts(journal, catalog, &sections);
        let lines = scales_by_week(journal, catalog, &figures.weeks);
        let pieces = sections.iter().flat_map(|section| &section.pieces);
        let first = first_counted(span, public.0, pieces.map(|piece| piece.day));
        let mut portfolio = Self {
            span,
            first: first.min(until),
            until,
            name: public_answer(journal, catalog, Provides::Name).unwrap_or_default(),
            about: about_person(journal, catalog),
            responsibilities: responsibilities(journal, catalog),
            summary: public_answer(journal, catalog, Provides::Summary).unwrap_or_default(),
            month_sentences: month_sentences(journal, catalog, &figures),
            months: monthly_figures(public, &figures),
            figures,
            sections,
            people,
            scales: lines,
        };
        portfolio.drop_mention_signs();
        portfolio
    }

    /// Applies the choices made about `entries` since it was gathered, and what follows from them;
    /// all else stays the same.
    pub fn apply_choices(&mut self, journal: &Journal, catalog: &Catalog, entries: &[Id]) {
        for section in &mut self.sections {
            let (mut is_other, mut is_moved) = (false, false);
            for piece in &mut section.pieces {
                if entries.contains(&piece.id) {
                    let (was_in, place) = (piece.is_included, piece.place);
                    choose(piece, journal);
                    is_other |= piece.is_included != was_in;
                    is_moved |= piece.place != place;
                }
            }
            if is_moved {
                sort_pieces(&mut section.pieces);
            }
            let kept =
                public_registers(catalog).find(|(_, it)| section.register.as_ref() == Some(&it.id));
            if let (true, Some((practice, register))) = (is_other, kept) {
                section.spreads = choice_counts(journal, practice, register, section);
            }
        }
        self.responsibilities = responsibilities(journal, catalog);
        self.people = people_counts(journal, catalog, &self.sections);
        if public_scales(catalog).any(|(id, ..)| entries.contains(&id)) {
            self.scales = scales_by_week(journal, catalog, &self.figures.weeks);
        }
    }
}

/// The first day of a page about `span`: its own, or the one on which the journal or the first of `days`
/// began, if that is later.
pub(super) fn first_counted(
    span: Span,
    journal: &Journal,
    days: impl Iterator<Item = NaiveDate>,
) -> NaiveDate {
    let began = journal.first_day().into_iter().chain(days).min();
    began.map_or(span.first(), |began| began.max(span.first()))
}

/// The registers that belong in a portfolio, each with its practice.
pub(super) fn public_registers(catalog: &Catalog) -> impl Iterator<Item = (&Practice, &Register)> {
    public_practices(catalog)
        .flat_map(|practice| practice.registers.iter().map(move |it| (practice, it)))
        .filter(|(_, register)| register.portfolio.is_some())
}

/// The charts that belong in a portfolio, each with its practice and its heading there.
fn public_charts(catalog: &Catalog) -> impl Iterator<Item = (&Practice, &String, &ChartKind)> {
    public_practices(catalog).flat_map(|practice| {
        let charts = practice.charts.iter();
        charts.filter_map(move |it| Some((practice, it.portfolio_title.as_ref()?, &it.kind)))
    })
}

fn public_practices(catalog: &Catalog) -> impl Iterator<Item = &Practice> {
    let practices = catalog.practices().iter();
    practices.filter(|practice| !practice.private)
}

fn about_person(journal: &Journal, catalog: &Catalog) -> Vec<(String, String)> {
    let said = |what| {
        let (_, step) = catalog.provider(what)?;
        Some((step.label.clone(), public_answer(journal, catalog, what)?))
    };
    let all = [Provides::Role, Provides::CoreFunction];
    all.into_iter().filter_map(said).collect()
}

/// The standing answer that provides `what`; `None` if it is empty or private.
pub(super) fn public_answer(
    journal: &Journal,
    catalog: &Catalog,
    what: Provides,
) -> Option<String> {
    let (practice, _) = catalog.provider(what)?;
    let text = standing_answer(journal, catalog, what)?.trim();
    (!practice.private).then(|| text.to_owned())
}

/// The register of what the user chose to own, which appears beside the role.
pub fn responsibility_register(catalog: &Catalog) -> Option<&Register> {
    let (practice, step) = catalog.provider(Provides::Responsibilities)?;
    let Ask::Register(id) = &step.ask else {
        return None;
    };
    catalog.register(id).filter(|_| !practice.private)
}

/// Whether an entry may be on a page: it is not private, and the user did not take it out.
pub(super) fn stays_in(entry: &Entry, journal: &Journal, catalog: &Catalog) -> bool {
    !is_left_out(&entry.id, journal) && !journal.is_private(entry, catalog)
}

/// Whether the user took something out of all pages.
pub(super) fn is_left_out(id: &Id, journal: &Journal) -> bool {
    journal.inclusion(id) == Some(Inclusion::Exclude)
}

/// What the user chose to own, first written first.
fn responsibilities(journal: &Journal, catalog: &Catalog) -> Vec<(Id, String)> {
    let Some(register) = responsibility_register(catalog) else {
        return Vec::new();
    };
    let items = journal.items(&register.id).into_iter();
    let shared = items.filter(|(entry, _)| stays_in(entry, journal, catalog));
    shared
        .map(|(entry, item)| (entry.id.clone(), without_mention_signs(item.title())))
        .collect()
}

/// The sentence of each month that counts, oldest first.
fn month_sentences(
    journal: &Journal,
    catalog: &Catalog,
    figures: &Figures,
) -> Vec<(Month, String)> {
    let Some((practice, step)) = month_question(catalog).filter(|(practice, _)| !practice.private)
    else {
        return Vec::new();
    };
    let answers = journal.answers(&practice.id, &step.id).into_iter();
    let said = answers.filter_map(|(period, value)| match period {
        Period::Month(month) => {
            let text = value.as_text()?.trim();
            let is_within = figures.span.first() <= month.last() && month.first() <= figures.until;
            is_within.then(|| (month, text.to_owned()))
        }
        Period::Week(_) | Period::Standing => None,
    });
    let mut said: Vec<(Month, String)> = said.collect();
    said.sort();
    said
}

/// The commitments that ended, and in a span that is not over those that are open.
fn commitment_section(
    journal: &Journal,
    catalog: &Catalog,
    days: &RangeInclusive<NaiveDate>,
    is_current: bool,
) -> PortfolioSection {
    let off = OffDays::of(journal, catalog);
    let pieces = journal.commitments().into_iter().filter_map(|(entry, it)| {
        let ended = evidence::commitment_evidence(it).filter(|weight| days.contains(&weight.day));
        let open = (is_current && it.closing.is_none()).then_some(EvidenceState {
            day: off.due_day(it),
            is_evidence: false,
        });
        let shared = shared_state(ended.or(open)?, entry, journal, catalog)?;
        let body = PieceBody::Commitment(PublicCommitment::new(it, &off));
        let how = it.closing.as_ref().map(|closing| closing.how.name());
        let is_on_its_way = shared.is_open && how.is_none();
        Some(Piece {
            state: how.unwrap_or("due").to_owned(),
            progress: if is_on_its_way {
                PieceProgress::OnItsWay
            } else {
                PieceProgress::Ended
            },
            ..new_piece(&entry.id, shared.state, body, journal)
        })
    });
    let mut pieces: Vec<Piece> = pieces.collect();
    sort_pieces(&mut pieces);
    PortfolioSection {
        heading: COMMITMENTS_HEADING.to_owned(),
        counted: COMMITMENTS_HEADING.to_owned(),
        register: None,
        is_brief: true,
        pieces,
        spreads: Vec::new(),
    }
}

fn item_section(
    journal: &Journal,
    catalog: &Catalog,
    (practice, register): (&Practice, &Register),
    days: &RangeInclusive<NaiveDate>,
) -> PortfolioSection {
    let rows: Vec<(Id, Item)> = journal.items_with_presets(register);
    let pieces = rows.iter().filter_map(|(id, item)| {
        let key = register.portfolio.as_deref()?;
        let holds = |day| days.contains(&day);
        let state = evidence::item_evidence((id, item), (register, key), journal, holds)?;
        let shared = match journal.current(id) {
            Some(entry) => shared_state(state, entry, journal, catalog)?,
            None => SharedState {
                state,
                is_open: true,
            },
        };
        let page = PublicPage::from_item(register, &item_within(item, days));
        let stage = stage_of(register, item);
        let is_evidence = shared.state.is_evidence;
        Some(Piece {
            state: evidence::state_name(state, item, (register, key)).to_owned(),
            weight: PieceWeight {
                is_measured: page.improved.as_ref().is_some_and(Improvement::is_change),
                register: register.weight,
                is_finished: stage.is_some_and(|it| it.closes),
            },
            progress: if is_beginning(register, stage) && is_evidence {
                PieceProgress::Beginning
            } else if shared.is_open && !is_evidence && is_worth_mentioning(register) {
                PieceProgress::OnItsWay
            } else {
                PieceProgress::Ended
            },
            ..new_piece(id, shared.state, PieceBody::Item(page), journal)
        })
    });
    let mut pieces: Vec<Piece> = pieces.collect();
    sort_pieces(&mut pieces);
    let mut section = PortfolioSection {
        heading: register.heading().to_owned(),
        counted: register.counted_name().to_owned(),
        register: Some(register.id.clone()),
        is_brief: !register.fields.iter().any(is_multiline),
        pieces,
        spreads: Vec::new(),
    };
    section.spreads = choice_counts(journal, practice, register, &section);
    section
}

/// Whether an item that is evidence has still only begun: in the first stage of several, with what
/// makes it evidence beside the stages.
fn is_beginning(register: &Register, stage: Option<&Stage>) -> bool {
    let key = register.portfolio.as_deref();
    let has_stages_beyond =
        register.stages.len() > 1 && key.is_some_and(|it| register.stage(it).is_none());
    has_stages_beyond && stage == register.stages.first()
}

/// Whether what is unfinished in a list is mentioned: it weighs more than most.
fn is_worth_mentioning(register: &Register) -> bool {
    register.weight > 1
}

/// The state of an entry for other readers.
struct SharedState {
    /// It is not evidence by itself if it may be private.
    state: EvidenceState,
    /// Whether it is certain that others may see it.
    is_open: bool,
}

/// The state of an entry for other readers; `None` if it is private.
fn shared_state(
    state: EvidenceState,
    entry: &Entry,
    journal: &Journal,
    catalog: &Catalog,
) -> Option<SharedState> {
    let is_open = match journal.privacy(entry, catalog) {
        Privacy::Open => true,
        Privacy::Unknown => false,
        Privacy::Private => return None,
    };
    let is_evidence = state.is_evidence && is_open;
    let state = EvidenceState {
        is_evidence,
        ..state
    };
    Some(SharedState { state, is_open })
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

/// A piece as the user chose it, without a weight.
fn new_piece(id: &Id, state: EvidenceState, body: PieceBody, journal: &Journal) -> Piece {
    let mut piece = Piece {
        id: id.clone(),
        day: state.day,
        state: String::new(),
        is_evidence: state.is_evidence,
        is_included: state.is_evidence,
        choice: None,
        place: None,
        weight: PieceWeight::default(),
        progress: PieceProgress::Ended,
        body,
    };
    choose(&mut piece, journal);
    piece
}

/// Applies the user's choice about a piece. Without one, it is included if it is evidence.
fn choose(piece: &mut Piece, journal: &Journal) {
    let chosen = journal.portfolio_choice(&piece.id);
    piece.choice = chosen.and_then(|it| it.portfolio);
    piece.place = chosen.and_then(|it| it.place);
    piece.is_included = match piece.choice {
        Some(portfolio) => portfolio != Inclusion::Exclude,
        None => piece.is_evidence,
    };
}

/// Evidence first, what has only begun after it; then as the user placed them, then by weight.
fn sort_pieces(pieces: &mut [Piece]) {
    pieces.sort_by(|one, other| {
        let class = one.sort_class().cmp(&other.sort_class());
        class.then_with(|| one.by_place(other))
    });
}

/// An item without the dated lines of other days.
fn item_within(item: &Item, days: &RangeInclusive<NaiveDate>) -> Item {
    let mut item = item.clone();
    for (_, value) in &mut item.values {
        if let Value::Log(lines) = value {
            lines.retain(|line| days.contains(&line.on));
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
    let choices = field.kind.choices().iter();
    let mut rows: Vec<(&str, Vec<String>)> =
        choices.map(|choice| (&*choice.id, Vec::new())).collect();
    for item in items {
        for name in ids(item.values.get(&field.id)) {
            let title = item.title().to_owned();
            match rows.iter_mut().find(|(id, _)| *id == name) {
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
    let counts = public_charts(catalog).filter_map(|(practice, heading, kind)| {
        let ChartKind::People { register, field } = kind else {
            return None;
        };
        let section = sections
            .iter()
            .find(|it| it.register.as_ref() == Some(register))?;
        let included: HashSet<&Id> = section.included_pieces().map(|it| &it.id).collect();
        let register = catalog.register(register)?;
        let kept = (practice, register, register.field(field)?);
        let shown = register.fields.iter().filter(|it| is_shown(it));
        let shown: Vec<&Field> = shown.collect();
        let names = named_in_items(journal, catalog, kept, &shown, |id| included.contains(id));
        let heading = heading.clone();
        (!names.is_empty()).then_some(PeopleCounts { heading, names })
    });
    counts.collect()
}

/// Whether a field is on the page of an item.
pub(super) fn is_shown(field: &Field) -> bool {
    field.public_label.is_some() || field.id == TITLE
}

/// The scales that belong in a portfolio: each with its id, practice, heading and step.
fn public_scales(catalog: &Catalog) -> impl Iterator<Item = (Id, &Practice, &String, &str)> {
    public_charts(catalog).filter_map(|(practice, heading, kind)| match kind {
        ChartKind::Line { step } => {
            let id = Id::answer(Period::Standing, &practice.id, step);
            Some((id, practice, heading, step.as_str()))
        }
        _ => None,
    })
}

/// The scale in a portfolio that is called `mastery/mark`: its id and its heading.
pub fn portfolio_scale<'a>(name: &str, catalog: &'a Catalog) -> Option<(Id, &'a str)> {
    let mut scales = public_scales(catalog);
    let found = scales
        .find(|(_, practice, _, step)| name.split_once('/') == Some((practice.id.as_str(), *step)));
    found.map(|(id, _, heading, _)| (id, heading.as_str()))
}

fn scales_by_week(journal: &Journal, catalog: &Catalog, weeks: &[Week]) -> Vec<ScaleByWeek> {
    let lines = public_scales(catalog).filter_map(|(id, practice, heading, step)| {
        if is_left_out(&id, journal) {
            return None;
        }
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
            id,
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
fn monthly_figures(
    (journal, catalog): (&Journal, &Catalog),
    figures: &Figures,
) -> Vec<MonthFigures> {
    let busy = busy_months(journal, catalog);
    let (first, until) = (figures.span.first(), figures.until);
    let is_kept = |month: &Month| !journal.is_before_first_month(*month, until);
    let mut months = Span::since(first, until).months();
    let before = months
        .iter()
        .take_while(|it| !busy.contains(it) && !is_kept(it));
    months.drain(..before.count());
    let (is_long, is_endless) = (
        months.len() > MAX_MONTHS_WITH_GAPS,
        months.iter().filter(|it| is_kept(it)).count() > MAX_JOURNAL_MONTHS,
    );
    months.retain(|it| busy.contains(it) || !is_long || (is_kept(it) && !is_endless));
    let figures = months.into_iter().map(|month| {
        let first = month.first().max(first);
        let last = month.last().min(until);
        let tally = Tally::of(journal, Span::since(first, last), until);
        MonthFigures {
            month,
            kept: tally.kept,
            missed: tally.missed,
            solved: problems_solved(journal, catalog, &(first..=last)),
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
