//! Every text on a page that came from the journal, for what has to see or change them all.
//!
//! The pages are taken apart field by field, so a new one cannot be forgotten here. Knows nothing of
//! what is done with the texts.

use super::sheet::{Sheet, SheetLine, SheetSection, SheetSubject};
use super::{
    ChoiceCounts, PeopleCounts, Piece, PieceBody, Portfolio, PortfolioSection, PublicCommitment,
};
use crate::insight::texts::Texts;

impl Texts for Portfolio {
    fn visit_texts(&mut self, visit: &mut dyn FnMut(&mut String)) {
        let Self {
            span: _,
            first: _,
            until: _,
            name: _,
            about,
            responsibilities,
            summary,
            figures: _,
            sections,
            people,
            scales: _,
            months: _,
            month_sentences,
        } = self;
        // The user's own name is whole on their own page.
        for (_, said) in about {
            visit(said);
        }
        for (_, said) in responsibilities {
            visit(said);
        }
        visit(summary);
        for (_, said) in month_sentences {
            visit(said);
        }
        for section in sections {
            section.visit_texts(visit);
        }
        for PeopleCounts { heading: _, names } in people {
            for (name, _) in names {
                visit(name);
            }
        }
    }
}

impl Texts for PortfolioSection {
    fn visit_texts(&mut self, visit: &mut dyn FnMut(&mut String)) {
        let Self {
            heading: _,
            counted: _,
            register: _,
            is_brief: _,
            pieces,
            spreads,
        } = self;
        for ChoiceCounts { heading: _, rows } in spreads {
            for (label, titles) in rows {
                visit(label);
                titles.iter_mut().for_each(&mut *visit);
            }
        }
        for piece in pieces {
            piece.visit_texts(visit);
        }
    }
}

impl Texts for Piece {
    fn visit_texts(&mut self, visit: &mut dyn FnMut(&mut String)) {
        match &mut self.body {
            PieceBody::Commitment(commitment) => commitment.visit_texts(visit),
            PieceBody::Item(page) => page.visit_texts(visit),
        }
    }
}

impl Texts for PublicCommitment {
    fn visit_texts(&mut self, visit: &mut dyn FnMut(&mut String)) {
        let Self {
            better,
            area,
            first_due: _,
            moved: _,
            how: _,
            evidence,
            result,
        } = self;
        [better, area, evidence, result].into_iter().for_each(visit);
    }
}

impl Texts for Sheet {
    fn visit_texts(&mut self, visit: &mut dyn FnMut(&mut String)) {
        let Self {
            subject,
            name: _,
            about,
            first: _,
            until: _,
            sections,
        } = self;
        match subject {
            SheetSubject::Bullets | SheetSubject::Agenda { last: _ } => {}
            SheetSubject::Person(name) => visit(name),
        }
        for (_, said) in about {
            visit(said);
        }
        for SheetSection { part: _, lines } in sections {
            for line in lines {
                line.visit_texts(visit);
            }
        }
    }
}

impl Texts for SheetLine {
    fn visit_texts(&mut self, visit: &mut dyn FnMut(&mut String)) {
        let Self {
            id: _,
            list: _,
            title,
            text,
            number,
            state: _,
            day: _,
            due_before: _,
            said_by,
        } = self;
        [title, text, number].into_iter().for_each(&mut *visit);
        said_by.iter_mut().for_each(visit);
    }
}
