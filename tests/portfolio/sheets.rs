//! The pages for other readers: results in a line each, the agenda of a talk, the work with a person.

use std::num::NonZeroUsize;

use leadby::insight::{Audience, KnownNames, PageSubject, Sheet, SheetLine, SheetPart, TalkPage};
use leadby::report::{PageFormat, PortfolioExtent, talk_page};

use super::*;

fn page(subject: &PageSubject, journal: &Journal) -> TalkPage {
    let (catalog, today) = (catalog(), now().today());
    let span = subject.usual_span(journal, &catalog, today);
    TalkPage::gather(subject, journal, &catalog, (span, today)).expect("a page")
}

fn written(page: &TalkPage, format: PageFormat) -> String {
    talk_page(page, PortfolioExtent::default(), format)
}

fn talk_page_markdown(page: &TalkPage) -> String {
    written(page, PageFormat::Markdown)
}

fn talk_page_html(page: &TalkPage) -> String {
    written(page, PageFormat::Html)
}

fn talk_page_json(page: &TalkPage) -> String {
    written(page, PageFormat::Json)
}

fn sheet(subject: &PageSubject, journal: &Journal) -> Sheet {
    let page = page(subject, journal);
    let sheet = match page {
        TalkPage::Sheet(sheet) => Some(sheet),
        TalkPage::Portfolio(_) => None,
    };
    sheet.expect("a page of lines")
}

fn lines(sheet: &Sheet, part: SheetPart) -> Vec<&SheetLine> {
    let sections = sheet.sections.iter().filter(|it| it.part == part);
    sections.flat_map(|section| &section.lines).collect()
}

fn titles(sheet: &Sheet, part: SheetPart) -> Vec<&str> {
    let lines = lines(sheet, part).into_iter();
    lines.map(|line| line.title.as_str()).collect()
}

const CV: PageSubject = PageSubject::Audience(Audience::Cv);
const MANAGER: PageSubject = PageSubject::Audience(Audience::Manager);

fn ana() -> PageSubject {
    PageSubject::Person("ana SØRENSEN".to_owned())
}

fn item(register: &str, values: &[(&str, &str)]) -> Body {
    let item = Item::of_texts(register, values.iter().copied());
    Body::Item(item)
}

fn kept(better: &str, evidence: &str) -> Body {
    let mut kept = commitment(better, "2026-11-06");
    kept.close(CommitmentOutcome::Kept, day("2026-11-06"), evidence);
    Body::Commitment(kept)
}

#[test]
fn the_sample_year_in_a_line_each() {
    insta::assert_snapshot!(talk_page_markdown(&page(&CV, &sample_year())));
}

#[test]
fn the_agenda_of_the_sample_year() {
    insta::assert_snapshot!(talk_page_markdown(&page(&MANAGER, &sample_year())));
}

#[test]
fn the_work_with_ana_in_the_sample_year() {
    insta::assert_snapshot!(talk_page_markdown(&page(&ana(), &sample_year())));
    insta::assert_snapshot!(talk_page_html(&page(&ana(), &sample_year())));
    insta::assert_snapshot!(talk_page_json(&page(&ana(), &sample_year())));
}

#[test]
fn a_missing_part_of_a_result_is_left_out() {
    let solved = [("spotted", "2026-11-02"), ("solved", "2026-11-03")];
    let with =
        |more: &[(&'static str, &'static str)]| item("problems", &[&solved[..], more].concat());
    let mut journal = Journal::fold([
        entry("1", with(&[("title", "Bare.")])),
        entry(
            "2",
            with(&[
                ("title", "Who owns it?"),
                ("did", "Asked. Then wrote it down."),
            ]),
        ),
        entry(
            "3",
            with(&[
                ("title", "Slow"),
                ("improved", "It is fast"),
                ("before", "4"),
                ("after", "2"),
                ("unit", "days"),
            ]),
        ),
        entry("4", with(&[("title", "Told"), ("measure", "from 9 to 3")])),
        entry("5", kept("With a number", "It went well. Four of 5 came.")),
        entry("6", kept("Without one", "It went well")),
        entry("7", kept("Without evidence", "")),
        entry(
            "8",
            item("acts", &[("title", "An assist"), ("done", "2026-11-03")]),
        ),
    ]);
    let written = |journal: &Journal| {
        let page = talk_page_markdown(&page(&CV, journal));
        let results = page.split("## Results\n\n").nth(1).expect("results");
        results.to_owned()
    };
    assert_eq!(
        written(&journal),
        "- **Slow**: It is fast · 4 → 2 days · 50 % less · November 2026\n\
         - **Told** · from 9 to 3 · November 2026\n\
         - **With a number**: Four of 5 came · November 2026\n\
         - **Who owns it?** Asked · November 2026\n\
         - **Bare** · November 2026\n"
    );
    choose(&mut journal, &Id::new("7"), Inclusion::Include);
    choose(&mut journal, &Id::new("8"), Inclusion::Include);
    choose(&mut journal, &Id::new("1"), Inclusion::Exclude);
    let chosen = written(&journal);
    for line in ["- **Without evidence** · Nov", "- **An assist** · Nov"] {
        assert!(chosen.contains(line), "{chosen}");
    }
    assert!(!chosen.contains("Bare"), "{chosen}");
}

#[test]
fn an_agenda_begins_at_the_last_talk_before_today() {
    let talk = |on: &str| item("talks", &[("title", "Agenda"), ("on", on)]);
    let result = |title: &str, on: &str| item("systems", &[("title", title), ("built", on)]);
    let mut journal = Journal::fold([
        entry("old", result("Before it", "2026-10-30")),
        entry("new", result("After it", "2026-11-05")),
        entry("late", result("On the way", "")),
    ]);
    let agenda = sheet(&MANAGER, &journal);
    assert_eq!(
        titles(&agenda, SheetPart::Results),
        ["After it", "Before it"]
    );
    for (id, on) in [
        ("1", "2026-10-01"),
        ("2", "2026-11-04"),
        ("3", "2026-11-24"),
    ] {
        journal.insert(entry(id, talk(on)));
    }
    let agenda = sheet(&MANAGER, &journal);
    assert_eq!(agenda.first, day("2026-11-04"), "today's page is this one");
    assert_eq!(titles(&agenda, SheetPart::Results), ["After it"]);
    let page = talk_page_markdown(&TalkPage::Sheet(agenda));
    assert!(page.contains("\nSince 4 November 2026\n"), "{page}");
}

#[test]
fn an_agenda_says_what_is_promised_and_what_is_needed() {
    let mut moved = commitment("Release notes", "2026-11-20");
    moved.move_to(day("2026-12-04"), day("2026-11-19"), "waiting");
    let needs = leadby::journal::Answer {
        period: leadby::journal::Period::Standing,
        practice: "talk".to_owned(),
        step: "needs".to_owned(),
        value: Value::from("A say in hiring\n\nTwo days a month"),
    };
    let mut journal = Journal::fold([
        entry("moved", Body::Commitment(moved)),
        entry(
            "first",
            Body::Commitment(commitment("The list", "2026-11-27")),
        ),
        entry("answer/talk/needs", Body::Answer(needs)),
        entry(
            "p",
            item(
                "problems",
                &[("title", "The wiki"), ("spotted", "2026-11-02")],
            ),
        ),
    ]);
    let agenda = talk_page_markdown(&page(&MANAGER, &journal));
    for line in [
        "## What I promised\n\n- **The list** · due 27 November 2026\n- **Release notes** · due 4 December 2026 · moved once, first due 20 November 2026\n",
        "## What is under way\n\n- **The wiki** · spotted since 2 November 2026\n",
        "## What I need\n\n- A say in hiring\n- Two days a month\n",
    ] {
        assert!(agenda.contains(line), "{agenda}");
    }
    assert!(!agenda.contains("Results"), "{agenda}");
    choose(&mut journal, &Id::new("first"), Inclusion::Exclude);
    assert_eq!(
        titles(&sheet(&MANAGER, &journal), SheetPart::Promised),
        ["Release notes"]
    );
    // What is open is no result, whatever was chosen.
    choose(&mut journal, &Id::new("moved"), Inclusion::Include);
    assert!(lines(&sheet(&MANAGER, &journal), SheetPart::Results).is_empty());
    let cv = PageSubject::Audience(Audience::Cv);
    assert!(sheet(&cv, &journal).is_empty());
    // Your own words are left out together.
    choose(
        &mut journal,
        &Id::new("answer/talk/needs"),
        Inclusion::Exclude,
    );
    assert!(lines(&sheet(&MANAGER, &journal), SheetPart::Needs).is_empty());
}

#[test]
fn the_page_about_a_person_has_only_what_is_meant_for_others() {
    let at = "2026-11-03";
    let mut let_go = commitment("Let go with @Ana", "2026-11-06");
    let_go.close(CommitmentOutcome::LetGo, day(at), "");
    let journal = Journal::fold([
        entry(
            "open",
            item(
                "loops",
                &[("title", "Dates"), ("with", "Ana"), ("open", at)],
            ),
        ),
        entry(
            "act",
            item(
                "acts",
                &[("title", "Taught"), ("with", "ana, Bo"), ("done", at)],
            ),
        ),
        entry(
            "no",
            item(
                "acts",
                &[("title", "Not her"), ("with", "Bo"), ("done", at)],
            ),
        ),
        entry(
            "rant",
            item("complaints", &[("title", "@Ana is late"), ("raised", at)]),
        ),
        entry("gone", Body::Commitment(let_go)),
        entry("kept", kept("Showed @Ana the list", "She has it")),
        entry(
            "quote",
            item(
                "said",
                &[("title", "Very clear"), ("by", "Ana"), ("said", at)],
            ),
        ),
        entry(
            "other",
            item("said", &[("title", "Thanks"), ("by", "Bo"), ("said", at)]),
        ),
    ]);
    let page = sheet(&PageSubject::Person("ANA".to_owned()), &journal);
    assert_eq!(titles(&page, SheetPart::Open), ["Dates"]);
    assert_eq!(
        titles(&page, SheetPart::Together),
        ["Showed Ana the list", "Taught"]
    );
    assert_eq!(titles(&page, SheetPart::Said), ["Very clear"]);
    let written = talk_page_markdown(&TalkPage::Sheet(page));
    assert!(
        written.contains("- **“Very clear”** · said by Ana · 3 November 2026\n"),
        "{written}"
    );
    let unknown = PageSubject::Person("Cy".to_owned());
    let days = (Span::of(Length::Year, now().today()), now().today());
    assert!(TalkPage::gather(&unknown, &journal, &catalog(), days).is_none());
}

#[test]
fn words_of_others_are_marked_on_every_page() {
    let quote = [
        ("title", "Very clear"),
        ("by", "Ana Lee"),
        ("said", "2026-11-03"),
    ];
    let journal = Journal::fold([entry("quote", item("said", &quote))]);
    for subject in [PageSubject::Audience(Audience::Promotion), MANAGER] {
        let page = page(&subject, &journal);
        let markdown = talk_page_markdown(&page);
        assert!(markdown.contains("**“Very clear”**"), "{markdown}");
        assert!(markdown.to_lowercase().contains("said by"), "{markdown}");
        let html = talk_page_html(&page);
        assert!(
            html.contains("“Very clear”") && html.contains("Ana Lee"),
            "{html}"
        );
        let json = talk_page_json(&page);
        assert!(json.contains("Ana Lee"), "{json}");
    }
}

#[test]
fn names_are_shortened_in_every_format() {
    let journal = sample_year();
    let known = KnownNames::of(&journal, &catalog());
    let all = [
        PageSubject::Audience(Audience::Promotion),
        MANAGER,
        CV,
        ana(),
    ];
    for subject in all {
        let mut page = page(&subject, &journal);
        let named: Vec<String> = page
            .pieces(&known)
            .into_iter()
            .flat_map(|it| it.names)
            .collect();
        assert!(!named.is_empty());
        page.shorten_names(&known);
        assert!(
            page.pieces(&known)
                .iter()
                .all(|piece| piece.names.is_empty())
        );
        for written in [
            talk_page_markdown(&page),
            talk_page_html(&page),
            talk_page_json(&page),
        ] {
            for name in ["Ana", "Sørensen", "Priya", "José", "Núñez", "Łukasz"] {
                assert!(!written.contains(name), "{name}: {written}");
            }
        }
    }
}

#[test]
fn every_piece_that_leaves_says_where_it_came_from() {
    let promotion = PageSubject::Audience(Audience::Promotion);
    let pieces = page(&promotion, &sample_year()).pieces(&KnownNames::default());
    let source = |title: &str| {
        let mut found = pieces.iter().filter(|piece| piece.title == title);
        let piece = found.next().expect("it leaves");
        assert!(found.next().is_none(), "{title} leaves twice");
        piece.source.as_deref()
    };
    assert_eq!(source("Maren Aas"), Some("Name"));
    assert_eq!(
        source("Releases that do not wake anybody"),
        Some("Responsibilities")
    );
    assert_eq!(
        source("Release steps without an owner"),
        Some("Problems solved")
    );
    assert_eq!(source("One owner for every release step"), None);
}

#[test]
fn a_chart_leaves_too_and_can_be_left_out() {
    let promotion = PageSubject::Audience(Audience::Promotion);
    let mut journal = sample_year();
    let chart = |journal: &Journal| {
        let pieces = page(&promotion, journal).pieces(&KnownNames::default());
        let mut charts = pieces
            .into_iter()
            .filter(|it| it.title.starts_with("Chart of "));
        charts.next()
    };
    let piece = chart(&journal).expect("the sample marks its work");
    assert_eq!(piece.source.as_deref(), Some("How good the work was"));
    choose(&mut journal, &piece.id.expect("an id"), Inclusion::Exclude);
    assert_eq!(chart(&journal), None);
    let written = talk_page_markdown(&page(&promotion, &journal));
    assert!(!written.contains("How good the work was"), "{written}");
}

#[test]
fn a_quote_without_an_author_is_said_by_no_one() {
    let quote = item(
        "said",
        &[("title", "It just works"), ("said", "2026-11-20")],
    );
    let journal = Journal::fold([entry("q", quote)]);
    let page = talk_page_markdown(&page(&MANAGER, &journal));
    assert!(
        page.contains("“It just works”** · said 20 November"),
        "{page}"
    );
}

#[test]
fn what_names_someone_in_its_title_is_on_their_page_where_it_is_about_people() {
    let journal = Journal::fold([
        entry(
            "f",
            item("loops", &[("title", "Tell @Ana about the dates")]),
        ),
        entry("c", item("complaints", &[("title", "@Ana is late again")])),
    ]);
    let ana = PageSubject::Person("Ana".to_owned());
    let open = sheet(&ana, &journal);
    assert_eq!(titles(&open, SheetPart::Open), ["Tell Ana about the dates"]);
}

#[test]
fn no_format_says_more_than_what_leaves() {
    let mut journal = sample_year();
    for at in 0..9 {
        let better = format!("Open thing {at} with @Person{at}");
        let open = commitment(&better, "2026-12-04");
        journal.insert(entry(&format!("open-{at}"), Body::Commitment(open)));
    }
    let portfolio = TalkPage::Portfolio(Box::new(year(&journal)));
    let known = KnownNames::of(&journal, &catalog());
    let texts = journal
        .items("acts")
        .into_iter()
        .chain(journal.items("systems"));
    let titles: Vec<String> = texts.map(|(_, item)| item.title().to_owned()).collect();
    let open = (0..9).map(|at| format!("Open thing {at} with Person{at}"));
    let titles: Vec<String> = titles.into_iter().chain(open).collect();
    for pages in [Some(1), Some(2), Some(3), None] {
        let extent = PortfolioExtent {
            pages: pages.and_then(NonZeroUsize::new),
            month_sentences: false,
        };
        let leaving = report::leaving_pieces(&portfolio, extent, &known);
        for format in [PageFormat::Markdown, PageFormat::Html, PageFormat::Json] {
            let page = report::talk_page(&portfolio, extent, format);
            for title in titles.iter().filter(|title| page.contains(title.as_str())) {
                let is_listed = leaving.iter().any(|piece| piece.title == *title);
                assert!(is_listed, "{title} in {format:?} of {pages:?} pages");
            }
        }
    }
}

#[test]
fn initials_end_no_sentence() {
    let said = [
        ("title", "Questions"),
        ("solved", "2026-11-05"),
        (
            "improved",
            "Ana Sørensen answers most questions without us. Then more.",
        ),
    ];
    let quote = [
        ("title", "Very clear"),
        ("by", "Bo M"),
        ("said", "2026-11-03"),
    ];
    let helped = [
        ("title", "Knows"),
        ("done", "2026-11-05"),
        ("with", "Ana Sørensen, Bo Li"),
    ];
    let journal = Journal::fold([
        entry("p", item("problems", &said)),
        entry("q", item("said", &quote)),
        entry("a", item("acts", &helped)),
        entry(
            "c",
            kept("Keys", "Bo Li has the keys now and uses them. He does."),
        ),
    ]);
    let mut page = page(&PageSubject::Audience(Audience::Promotion), &journal);
    page.shorten_names(&KnownNames::of(&journal, &catalog()));
    let TalkPage::Portfolio(page) = page else {
        panic!("a portfolio")
    };
    let words: Vec<String> = page
        .first_pieces()
        .into_iter()
        .map(|it| it.outcome().words)
        .collect();
    for expected in [
        "A. S. answers most questions without us.",
        "With: A. S., B. L.",
        "Said by: B. M.",
        "B. L. has the keys now and uses them.",
    ] {
        assert!(words.iter().any(|it| it == expected), "{words:?}");
    }
}

#[test]
fn the_last_look_at_the_first_page_names_only_who_is_on_it() {
    let values = [
        ("title", "The wiki"),
        ("solved", "2026-11-05"),
        (
            "wrong",
            "Bo Li wrote it alone, see https://example.org/wiki",
        ),
        ("improved", "Ana Moss reads it. Then Zoë Quist does."),
    ];
    let others = [("title", "Taught"), ("with", "Ana Moss, Bo Li, Zoë Quist")];
    let mut open = commitment("The list with @Cy", "2026-12-04");
    open.area = "with @Dee Lo".to_owned();
    let journal = Journal::fold([
        entry("p", item("problems", &values)),
        entry("a", item("acts", &others)),
        entry("o", Body::Commitment(open)),
    ]);
    let known = KnownNames::of(&journal, &catalog());
    let page = page(&PageSubject::Audience(Audience::Promotion), &journal);
    let summary = |pages| {
        let extent = PortfolioExtent {
            pages,
            month_sentences: false,
        };
        let pieces = report::leaving_pieces(&page, extent, &known);
        report::leaving_summary(&pieces.iter().collect::<Vec<_>>())
    };
    let one = "3 things are on this page, and 2 names: Ana Moss, Cy.";
    assert_eq!(summary(Some(NonZeroUsize::MIN)), one);
    assert!(
        summary(None).contains("Bo Li") && summary(None).contains(" and 1 link are on this page")
    );
}
