//! How a Markdown reader understands an exported journal.

use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser, Tag};

use super::super::super::samples;
use super::*;

#[test]
fn a_week_reads_from_commitments_to_lists() {
    let (journal, catalog) = (samples::journal(), samples::catalog());
    let scope = ExportScope {
        journal: &journal,
        catalog: &catalog,
        span: None,
        include_private: false,
    };
    let all: String = journal_markdown(scope).collect();
    insta::assert_snapshot!(all, @r"
    # Leadership journal

    ## Week 48 · 23 November 2026 to 29 November 2026

    ### Commitments

    #### One owner for every release step

    - Area: process
    - Made: 2 November 2026
    - Due: 27 November 2026
    - State: open

    ### Audit

    **How was it?**

    > Good work

    ## Week 47 · 16 November 2026 to 22 November 2026

    ### Commitments

    #### Inbox rules

    - Area: process
    - Made: 2 November 2026
    - Due: 20 November 2026
    - State: open
    - Moved: on 6 November 2026 from 6 November 2026 to 13 November 2026: waiting for Ana
    - Moved: on 13 November 2026 from 13 November 2026 to 20 November 2026

    ### Problem

    #### Nobody owned the runbook 日本

    - Kind: problem
    - spotted: 3 November 2026
    - solved: 19 November 2026
    - Where: Right here, in \\ Łódź
    - Notes: 2026-11-03 found ␛\[2J

    ## Week 44 · 26 October 2026 to 1 November 2026

    ### Commitments

    #### Stand-up starts on time

    - Area: process
    - Made: 2 November 2026
    - Due: 30 October 2026
    - State: kept on 30 October 2026
    - Evidence: five days of five
    ");
}

/// The text of a quotation as a Markdown reader understands it, and everything else it sees.
fn parse_quote(page: &str) -> (String, Vec<String>) {
    let (mut words, mut others) = (String::new(), Vec::new());
    let github = Options::ENABLE_GFM
        | Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_MATH
        | Options::ENABLE_DEFINITION_LIST;
    for event in Parser::new_ext(page, github) {
        match event {
            Event::Text(text) | Event::Code(text) => words.push_str(&text),
            Event::HardBreak | Event::SoftBreak => words.push('\n'),
            Event::Start(Tag::Paragraph) if !words.is_empty() => words.push_str("\n\n"),
            Event::Start(Tag::Link { dest_url, .. }) if dest_url.starts_with("http") => {}
            Event::Start(
                Tag::Paragraph
                | Tag::BlockQuote(None)
                | Tag::Strong
                | Tag::Emphasis
                | Tag::List(_)
                | Tag::Item,
            )
            | Event::End(_) => {}
            other => others.push(format!("{other:?}")),
        }
    }
    (words, others)
}

proptest! {
    #[test]
    fn words_stay_what_they_are(
        words in "([ -/:-@\\[-`{-~]{0,6}|[a-z0-9 .)\\n]{0,6}|.{0,4}|\n){0,6}"
    ) {
        let mut page = String::new();
        write_quote(&words, &mut page);
        let (read, others) = parse_quote(&page);
        let shown = |line: &str| {
            let blanks = line.chars().take_while(|it| it.is_whitespace());
            let columns: usize = blanks.map(|it| if it == '\t' { 4 } else { 1 }).sum();
            match crate::text::one_line(line) {
                line if line.is_empty() => line,
                line => "\u{a0}".repeat(columns) + &line,
            }
        };
        let marked: Vec<_> = crate::text::marked_lines(&words).collect();
        if marked.iter().any(crate::text::MarkedLine::is_marked) {
            // Marks are no words, whether they are kept or escaped.
            let letters = |text: &str| -> Vec<char> {
                text.chars().filter(|it| it.is_alphanumeric()).collect()
            };
            let typed = marked.iter().map(|line| crate::text::one_line(&line.typed));
            let typed: String = typed.collect();
            let meant = marked.iter().flat_map(|line| &line.runs);
            let meant: String = meant.map(|run| run.text.as_str()).collect();
            let read = letters(&read);
            prop_assert!(read.len() <= letters(&typed).len(), "{}", page);
            prop_assert!(read.len() >= letters(&meant).len(), "{}", page);
        } else {
            let lines: Vec<String> = words.lines().map(shown).collect();
            let mut expected = lines.join("\n").trim_matches('\n').to_owned();
            while expected.contains("\n\n\n") {
                expected = expected.replace("\n\n\n", "\n\n");
            }
            prop_assert_eq!(&read, &expected, "{}", page);
        }
        prop_assert!(others.is_empty(), "{:?}", others);
    }
}
