//! The first page of a portfolio: its results, in two lines each, and what is open; and the order
//! of all pieces, which the user can change.
//!
//! Knows no output format, and writes nothing: it says which choices a change needs.

use std::cmp::{Ordering, Reverse};

use super::{Piece, PieceBody, PieceProgress, Portfolio};
use crate::insight::public_page::PublicPage;
use crate::journal::{Id, Inclusion, Journal, PortfolioChoice};
use crate::text;

/// The most results on the first page.
pub const MOST_RESULTS: usize = 5;

/// How many results it has if none was chosen.
const USUAL_RESULTS: usize = 5;

/// How many it has at least: what was chosen, then what weighs most.
const LEAST_RESULTS: usize = 3;

/// What a result changed.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct ResultOutcome {
    /// In a number; may be empty.
    pub number: String,
    /// In a sentence; may be empty.
    pub words: String,
}

/// Where a piece is: its section, and its place in it.
pub type PiecePlace = (usize, usize);

/// Pieces that are listed and sorted together.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct PieceGroup {
    /// The section the pieces are in; `None` for those on the first page.
    pub section: Option<usize>,
    /// Never empty.
    pub pieces: Vec<PiecePlace>,
}

/// The direction in which a piece is moved.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Shift {
    Up,
    Down,
}

impl Portfolio {
    /// The results on the first page: the chosen ones. If those are few, what weighs most is added.
    pub fn first_pieces(&self) -> Vec<&Piece> {
        let places = self.first_places().into_iter();
        places.map(|place| self.piece(place)).collect()
    }

    /// The piece in a place.
    pub fn piece(&self, (section, piece): PiecePlace) -> &Piece {
        &self.sections[section].pieces[piece]
    }

    fn first_places(&self) -> Vec<PiecePlace> {
        let by_place =
            |one: &PiecePlace, other: &PiecePlace| self.piece(*one).by_place(self.piece(*other));
        let included = || self.places().filter(|place| self.piece(*place).is_included);
        let is_chosen = |place: &PiecePlace| self.piece(*place).choice == Some(Inclusion::First);
        let mut found: Vec<PiecePlace> = included().filter(is_chosen).collect();
        found.sort_by(by_place);
        found.truncate(MOST_RESULTS);
        let wanted = if found.is_empty() {
            USUAL_RESULTS
        } else {
            LEAST_RESULTS
        };
        if found.len() < wanted {
            let is_candidate = |place: &PiecePlace| {
                let piece = self.piece(*place);
                piece.is_evidence && !piece.is_beginning() && piece.choice.is_none()
            };
            let mut others: Vec<PiecePlace> = included().filter(is_candidate).collect();
            others.sort_by(|one, other| self.piece(*one).by_weight(self.piece(*other)));
            self.fill(&mut found, &others, wanted);
            found.sort_by(by_place);
        }
        found
    }

    /// Adds what weighs most: at first one of each list, and three of what was measured.
    fn fill(&self, found: &mut Vec<PiecePlace>, others: &[PiecePlace], wanted: usize) {
        for is_varied in [true, false] {
            for place in others {
                let of_list = found
                    .iter()
                    .filter(|(section, _)| *section == place.0)
                    .count();
                let most = if self.piece(*place).weight.is_measured {
                    3
                } else {
                    1
                };
                let is_full = is_varied && of_list >= most;
                if found.len() < wanted && !found.contains(place) && !is_full {
                    found.push(*place);
                }
            }
        }
    }

    /// What is open: what weighs most first, then what is due soonest.
    pub fn open_pieces(&self) -> Vec<&Piece> {
        let pieces = self.sections.iter().flat_map(|section| &section.pieces);
        let mut open: Vec<&Piece> = pieces.filter(|piece| piece.is_open()).collect();
        open.sort_by_key(|piece| (Reverse(piece.weight.register), piece.day));
        open
    }

    /// All pieces as they are listed: those of the first page, then the others by section.
    pub fn groups(&self) -> Vec<PieceGroup> {
        let first = self.first_places();
        let mut groups = vec![PieceGroup {
            section: None,
            pieces: first.clone(),
        }];
        groups.extend((0..self.sections.len()).map(|section| {
            let places = (0..self.sections[section].pieces.len()).map(|piece| (section, piece));
            PieceGroup {
                section: Some(section),
                pieces: places.filter(|place| !first.contains(place)).collect(),
            }
        }));
        groups.retain(|group| !group.pieces.is_empty());
        groups
    }

    /// Whether a piece is on the first page.
    pub fn is_on_first_page(&self, id: &Id) -> bool {
        self.first_pieces().iter().any(|it| it.id == *id)
    }

    /// The choices that put a piece on the first page, or take it off. What else is on the page stays
    /// there; on a full page, what was not chosen and weighs least makes room. Empty if all were chosen.
    pub fn first_page_choices(&self, id: &Id, journal: &Journal) -> Vec<PortfolioChoice> {
        let first = self.first_pieces().into_iter();
        let (chosen, mut others): (Vec<&Piece>, Vec<&Piece>) = first.partition(|it| it.id == *id);
        let was_there = !chosen.is_empty();
        if !was_there && others.len() >= MOST_RESULTS {
            let unchosen = others
                .iter()
                .enumerate()
                .filter(|(_, it)| it.choice.is_none());
            let Some((weakest, _)) = unchosen.max_by(|(_, one), (_, other)| one.by_weight(other))
            else {
                return Vec::new();
            };
            others.remove(weakest);
        }
        let stays = others.iter().filter(|it| it.choice.is_none());
        // The choice that was made comes first: undo names it.
        let chosen = PortfolioChoice {
            portfolio: Some(if was_there {
                Inclusion::Include
            } else {
                Inclusion::First
            }),
            place: None,
            ..journal.choice_to_change(id)
        };
        let stay = stays.map(|piece| PortfolioChoice {
            portfolio: Some(Inclusion::First),
            ..journal.choice_to_change(&piece.id)
        });
        std::iter::once(chosen).chain(stay).collect()
    }

    /// The choices that move a piece by one place in its group; empty if it is at the end.
    pub fn move_choices(&self, id: &Id, shift: Shift, journal: &Journal) -> Vec<PortfolioChoice> {
        let groups = self.groups();
        let places = groups.iter().find_map(|group| {
            let pieces = group.pieces.iter().map(|place| self.piece(*place));
            let mut pieces: Vec<&Piece> = pieces.collect();
            let at = pieces.iter().position(|it| it.id == *id)?;
            let other = match shift {
                Shift::Up => at.checked_sub(1)?,
                Shift::Down => at + 1,
            };
            let neighbour = pieces.get(other)?;
            let is_movable =
                group.section.is_none() || neighbour.sort_class() == pieces[at].sort_class();
            is_movable.then(|| {
                pieces.swap(at, other);
                (pieces, at.max(other))
            })
        });
        let Some((pieces, last)) = places else {
            return Vec::new();
        };
        let placed = pieces.into_iter().zip(1..).enumerate();
        let moved = placed.filter(|(at, (piece, place))| {
            (*at <= last || piece.place.is_some()) && piece.place != Some(*place)
        });
        moved
            .map(|(_, (piece, place))| PortfolioChoice {
                place: Some(place),
                ..journal.choice_to_change(&piece.id)
            })
            .collect()
    }

    fn places(&self) -> impl Iterator<Item = PiecePlace> {
        let sections = self.sections.iter().enumerate();
        sections.flat_map(|(at, section)| (0..section.pieces.len()).map(move |piece| (at, piece)))
    }
}

impl Piece {
    /// Whether it is evidence that has only begun.
    pub fn is_beginning(&self) -> bool {
        self.progress == PieceProgress::Beginning
    }

    /// Whether it is no evidence yet, and worth mentioning already.
    pub fn is_on_its_way(&self) -> bool {
        self.progress == PieceProgress::OnItsWay
    }

    /// Whether it is listed under what is open: it is on its way, and nothing else was chosen.
    pub fn is_open(&self) -> bool {
        self.is_on_its_way() && self.choice.is_none()
    }

    /// Whether it is on the page, in full or under what is open.
    pub fn is_told(&self) -> bool {
        self.is_included || self.is_open()
    }

    /// Whether it can be a result: a commitment that ended, or what an item is evidence of.
    pub(super) fn can_be_result(&self) -> bool {
        match &self.body {
            PieceBody::Commitment(commitment) => commitment.how.is_some(),
            PieceBody::Item(_) => self.is_evidence,
        }
    }

    /// The choice under which it is on the page; `None` if it is there without one.
    pub fn choice_to_tell(&self) -> Option<Inclusion> {
        let is_told = self.is_evidence || self.is_on_its_way();
        (!is_told).then_some(Inclusion::Include)
    }

    /// What it changed.
    pub fn outcome(&self) -> ResultOutcome {
        match &self.body {
            PieceBody::Commitment(commitment) => ResultOutcome {
                number: String::new(),
                words: commitment.result.clone(),
            },
            PieceBody::Item(page) => page_outcome(page),
        }
    }

    /// Drops what the first page does not say of it.
    pub fn keep_result(&mut self) {
        match &mut self.body {
            PieceBody::Commitment(commitment) => {
                commitment.area.clear();
                commitment.evidence.clear();
            }
            PieceBody::Item(page) => {
                page.in_words.take_if(|_| page.improved.is_some());
                page.sections.clear();
                page.stages.clear();
            }
        }
    }

    /// Drops all but its title.
    pub fn keep_title(&mut self) {
        self.keep_result();
        match &mut self.body {
            PieceBody::Commitment(commitment) => commitment.result.clear(),
            PieceBody::Item(page) => {
                *page = PublicPage {
                    title: std::mem::take(&mut page.title),
                    ..PublicPage::default()
                };
            }
        }
    }

    /// Its order among others: by the user's place, then by weight.
    pub(super) fn by_place(&self, other: &Self) -> Ordering {
        let place = |it: &Self| (it.place.is_none(), it.place);
        place(self)
            .cmp(&place(other))
            .then_with(|| self.by_weight(other))
    }

    /// What comes before or behind all others, whatever their places.
    pub(super) fn sort_class(&self) -> (bool, bool) {
        (!self.is_evidence, self.is_beginning())
    }

    /// The heaviest first, then the newest; of one day, last written first.
    fn by_weight(&self, other: &Self) -> Ordering {
        let weight = other.weight.cmp(&self.weight);
        let day = || other.day.cmp(&self.day);
        weight.then_with(day).then_with(|| other.id.cmp(&self.id))
    }
}

fn page_outcome(page: &PublicPage) -> ResultOutcome {
    let number = match (&page.improved, &page.in_words) {
        (Some(improved), _) => improved.describe(),
        (None, Some(words)) => text::one_line(words),
        (None, None) => String::new(),
    };
    ResultOutcome {
        number,
        words: page.outcome.clone().unwrap_or_default(),
    }
}
