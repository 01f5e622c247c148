//! A person's own words on lines of a width, looking as their marks say.

use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

use crate::text::{self, ItemMarker, MarkedLine, MarkedRun};

/// A text on at most `rows` lines of `columns`: strong and emphasised words, code and links look so.
pub(in crate::ui) fn prose_lines(
    words: &str,
    (columns, rows): (usize, usize),
    style: Style,
) -> Vec<Line<'static>> {
    let lines = text::marked_lines(words);
    let pieces: Vec<(String, Style)> = lines
        .flat_map(|line| {
            let end = ("\n".to_owned(), style);
            pieces(&line, style).into_iter().chain([end])
        })
        .collect();
    let pieces = pieces.iter().map(|(said, style)| (said.as_str(), *style));
    wrapped_pieces(pieces, (columns, rows), style)
}

/// Pieces of a text, each in its style, on at most `rows` lines of `columns`.
pub(in crate::ui) fn wrapped_pieces<'a>(
    pieces: impl Iterator<Item = (&'a str, Style)>,
    (columns, rows): (usize, usize),
    style: Style,
) -> Vec<Line<'static>> {
    let mut plain = String::new();
    // The style of each character that is not a space: wrapping adds and removes nothing else.
    let mut styles: Vec<(char, Style)> = Vec::new();
    for (said, style) in pieces {
        let said = text::escape_controls(said);
        let signs = said.chars().filter(|it| !it.is_whitespace());
        styles.extend(signs.map(|sign| (sign, style)));
        plain.push_str(&said);
    }
    let mut styles = styles.into_iter().peekable();
    let lines = text::wrap(&plain, columns, rows).into_iter();
    let styled = lines.map(|line| {
        let mut spans: Vec<Span<'static>> = Vec::new();
        for sign in line.chars() {
            let last = spans.last().map(|last| last.style);
            let here = match styles.next_if(|(next, _)| *next == sign) {
                Some((_, style)) => style,
                // A space is within marked words, or between them and others.
                None => last
                    .filter(|last| styles.peek().is_some_and(|(_, next)| next == last))
                    .unwrap_or(style),
            };
            match spans.last_mut() {
                Some(last) if last.style == here => last.content.to_mut().push(sign),
                _ => spans.push(Span::styled(sign.to_string(), here)),
            }
        }
        Line::from(spans).style(style)
    });
    styled.collect()
}

/// The pieces of a line, each with its style; a bullet is the one that wrapped lines are indented below.
fn pieces(line: &MarkedLine, style: Style) -> Vec<(String, Style)> {
    if !line.is_marked() {
        return vec![(line.typed.clone(), style)];
    }
    let item = line.item.map(|item| match item {
        ItemMarker::Bullet => "· ".to_owned(),
        ItemMarker::Number(number) => format!("{number}. "),
    });
    let runs = line.runs.iter();
    let runs = runs.map(|run| (run.text.clone(), run_style(run, style)));
    item.map(|item| (item, style))
        .into_iter()
        .chain(runs)
        .collect()
}

fn run_style(run: &MarkedRun, style: Style) -> Style {
    let looks = [
        (run.is_strong || run.is_code, Modifier::BOLD),
        (run.is_emphasis, Modifier::ITALIC),
        (run.link.is_some(), Modifier::UNDERLINED),
    ];
    let on = looks.into_iter().filter(|(is_on, _)| *is_on);
    on.fold(style, |style, (_, look)| style.add_modifier(look))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_keep_their_looks_where_they_are_wrapped() {
        let words = "Now **anyone on call** rolls back.\n- run `make`\n- 2 * 3 * 4";
        let lines = prose_lines(words, (14, 9), Style::new());
        let seen: Vec<String> = lines.iter().map(ToString::to_string).collect();
        assert_eq!(
            seen,
            [
                "Now anyone on",
                "call rolls",
                "back.",
                "· run make",
                "· 2 * 3 * 4"
            ]
        );
        let strong = |line: &Line| {
            let spans = line.spans.iter();
            let strong = spans.filter(|it| it.style.add_modifier.contains(Modifier::BOLD));
            strong.map(|it| it.content.to_string()).collect::<String>()
        };
        let strong: Vec<String> = lines.iter().map(strong).collect();
        assert_eq!(strong, ["anyone on", "call", "", "make", ""]);
    }
}
