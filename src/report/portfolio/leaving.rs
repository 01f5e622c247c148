//! What leaves with a page, before it does: a line for each piece, and who and what is named in it.
//!
//! For the user's own eyes. Knows nothing of how the pieces were chosen.

use super::PortfolioExtent;
use super::length::Behind;
use super::sentences::COMMITMENTS;
use crate::insight::{KnownNames, LeavingPiece, TalkPage};
use crate::journal::Journal;
use crate::report::list::short_ids;
use crate::text::{counted_noun, one_line};

/// Everything on a page that is written to this extent, in the order it is read.
pub fn leaving_pieces(
    page: &TalkPage,
    extent: PortfolioExtent,
    known: &KnownNames,
) -> Vec<LeavingPiece> {
    match page {
        TalkPage::Portfolio(portfolio) => {
            let told = Behind::of(portfolio, extent).told_part(portfolio);
            TalkPage::Portfolio(Box::new(told)).pieces(known)
        }
        TalkPage::Sheet(_) => page.pieces(known),
    }
}

/// "12 things and 2 links are on this page, and 2 names: Ana, Priya."
pub fn leaving_summary(pieces: &[&LeavingPiece]) -> String {
    let things = counted_noun(pieces.len(), "thing");
    let links = distinct(pieces.iter().flat_map(|piece| &piece.links)).len();
    let mut summary = match (pieces.len(), links) {
        (1, 0) => format!("{things} is on this page"),
        (_, 0) => format!("{things} are on this page"),
        _ => format!(
            "{things} and {} are on this page",
            counted_noun(links, "link")
        ),
    };
    let names = distinct(pieces.iter().flat_map(|piece| &piece.names));
    match names.len() {
        0 => summary.push_str(", and no one you know by name"),
        count => {
            let count = counted_noun(count, "name");
            summary.push_str(&format!(", and {count}: {}", names.join(", ")));
        }
    }
    summary.push('.');
    one_line(&summary)
}

/// Where a piece came from: the name of its list.
pub fn leaving_source(piece: &LeavingPiece) -> String {
    one_line(piece.source.as_deref().unwrap_or(COMMITMENTS))
}

/// Who and what is named in a piece: "Ana, Priya · https://…"; may be empty.
fn leaving_names(piece: &LeavingPiece) -> String {
    let names = piece.names.join(", ");
    let said = std::iter::once(names).chain(piece.links.iter().cloned());
    let said: Vec<String> = said.filter(|said| !said.is_empty()).collect();
    one_line(&said.join(" · "))
}

/// Every piece under where it came from, with the id that takes it out; every line ends in a
/// newline.
pub fn leaving_list(pieces: &[LeavingPiece], journal: &Journal) -> String {
    let ids = short_ids(journal.entries());
    let mut list = leaving_summary(&pieces.iter().collect::<Vec<_>>()) + "\n";
    let sources: Vec<String> = pieces.iter().map(leaving_source).collect();
    for heading in distinct(sources.iter()) {
        list.push_str(&format!("\n{heading}\n"));
        let pieces = pieces.iter().zip(&sources);
        for (piece, _) in pieces.filter(|(_, source)| *source == heading) {
            let short = piece.id.as_ref().map(|id| match ids.get(id) {
                Some(short) => short,
                // A chart is called by its question.
                None => id
                    .as_str()
                    .split_once('/')
                    .map_or("", |(_, question)| question),
            });
            let (short, title) = (one_line(short.unwrap_or("")), one_line(&piece.title));
            list.push_str(format!("  {short:<6}  {title}").trim_end());
            list.push('\n');
            let names = leaving_names(piece);
            if !names.is_empty() && names != title {
                list.push_str(&format!("          {names}\n"));
            }
        }
    }
    list
}

fn distinct<'a>(all: impl Iterator<Item = &'a String>) -> Vec<&'a str> {
    let mut found: Vec<&str> = Vec::new();
    for one in all {
        if !found.contains(&one.as_str()) {
            found.push(one);
        }
    }
    found
}
