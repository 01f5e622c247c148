//! Nothing private leaves by any page: not by itself, not by what came from it, not after a merge,
//! and not when a practice is made private later.

use leadby::insight::{Audience, KnownNames, LadderStanding, PageSubject, PublicReview, TalkPage};
use leadby::journal::{Answer, Period};
use leadby::ladder::{COMMITMENTS, Expectation, Ladder, Named};
use leadby::report::{PageFormat, public_review, talk_page};

use super::*;

const FORMATS: [PageFormat; 3] = [PageFormat::Markdown, PageFormat::Html, PageFormat::Json];

/// The expectation that evidence is tied to.
const EXPECTED: &str = "leads";

/// Every page for others, in every format, with its name.
fn every_page(journal: &Journal, catalog: &Catalog) -> Vec<(String, String)> {
    let today = now().today();
    let mut pages = Vec::new();
    let extent = PortfolioExtent {
        pages: None,
        month_sentences: true,
    };
    let people = leadby::insight::people(journal, catalog).into_iter();
    let people = people.map(|person| PageSubject::Person(person.name));
    let audiences = [Audience::Promotion, Audience::Manager, Audience::Cv];
    for subject in audiences
        .map(PageSubject::Audience)
        .into_iter()
        .chain(people)
    {
        let span = full_span(journal, catalog, today);
        let page = TalkPage::gather(&subject, journal, catalog, (span, today));
        let Some(page) = page else { continue };
        for format in FORMATS {
            let name = format!("{subject:?} as {format:?}");
            let written = talk_page(&page, extent, format);
            // Who a page is about is what it was asked for.
            let written = match &subject {
                PageSubject::Person(person) => written.replace(person.as_str(), ""),
                PageSubject::Audience(_) => written,
            };
            pages.push((name, written));
        }
        let known = KnownNames::of(journal, catalog);
        let leaving = format!("{:?}", report::leaving_pieces(&page, extent, &known));
        pages.push((format!("{subject:?}, what leaves"), leaving));
    }
    let ladder = ladder(catalog);
    let standing = LadderStanding::of(&ladder, None, journal, catalog);
    for format in FORMATS {
        let name = format!("ladder as {format:?}");
        pages.push((name, report::ladder_page(&standing, format, today)));
    }
    for length in Length::ALL {
        let review = PublicReview::of(journal, catalog, Span::of(length, today), today);
        for format in FORMATS {
            let name = format!("review of a {length:?} as {format:?}");
            pages.push((name, public_review(&review, format)));
        }
    }
    pages
}

/// A ladder whose one expectation takes evidence of every list.
fn ladder(catalog: &Catalog) -> Ladder {
    let named = |id: &str| {
        let (id, name) = (id.to_owned(), id.to_owned());
        vec![Named { id, name }]
    };
    let lists = catalog.registers().map(|register| register.id.clone());
    Ladder {
        levels: named("lead"),
        areas: named("craft"),
        expectations: vec![Expectation {
            id: EXPECTED.to_owned(),
            level: "lead".to_owned(),
            area: "craft".to_owned(),
            text: "Leads".to_owned(),
            from: lists.chain([COMMITMENTS.to_owned()]).collect(),
        }],
        ..Ladder::default()
    }
}

/// Puts an entry on the first page and ties it to the expectation.
fn show_everywhere(journal: &mut Journal, id: &Id) {
    let choice = PortfolioChoice {
        portfolio: Some(Inclusion::First),
        ladder: vec![EXPECTED.to_owned()],
        ..journal.choice_to_change(id)
    };
    insert_choice(journal, choice);
}

fn secret_item(register: &str, values: &[(&str, &str)]) -> Item {
    let mut item = Item::new(register);
    for (field, text) in [("title", "XYZZY"), ("who", "XYZZY")].iter().chain(values) {
        item.set(field, Value::from(*text));
    }
    item
}

/// What is private, and what came from it at two removes, of lists that are not private.
fn secrets() -> Vec<Entry> {
    let mut secret = secret_item("secrets", &[]);
    secret.set_reached("told", day("2026-11-03"));
    let mut problem = secret_item("problems", &[("did", "XYZZY"), ("from", "secret")]);
    problem.set_reached("solved", day("2026-11-04"));
    let mut assist = secret_item("acts", &[("with", "XYZZY"), ("from", "problem")]);
    assist.set_reached("done", day("2026-11-05"));
    let mut kept = commitment("XYZZY", "2026-11-06");
    kept.origin = Some(Id::new("problem"));
    kept.close(CommitmentOutcome::Kept, day("2026-11-06"), "XYZZY 10");
    let mut open = commitment("XYZZY with @XYZZY", "2026-11-27");
    open.origin = Some(Id::new("kept"));
    let period = Period::Week(now().week());
    let answer = Answer::new(period, "diary", "b", Value::from("XYZZY"));
    vec![
        entry("secret", Body::Item(secret)),
        entry("problem", Body::Item(problem)),
        entry("assist", Body::Item(assist)),
        entry("kept", Body::Commitment(kept)),
        entry("open", Body::Commitment(open)),
        entry(
            Id::answer(period, "diary", "b").as_str(),
            Body::Answer(answer),
        ),
    ]
}

fn with_diary() -> Catalog {
    let mut practices = catalog().practices().to_vec();
    practices.push(parse("diary.toml", PRIVATE).expect("a practice"));
    Catalog::new(practices)
}

#[test]
fn what_is_private_and_what_came_from_it_is_on_no_page() {
    let catalog = with_diary();
    let mut journal = sample_year();
    journal.insert_all(secrets());
    for entry in secrets() {
        show_everywhere(&mut journal, &entry.id);
    }
    for (name, page) in every_page(&journal, &catalog) {
        assert!(!page.contains("XYZZY"), "{name}: {page}");
    }
}

/// Another machine has only what came from the private entry, and joins it later.
#[test]
fn what_came_from_an_entry_of_another_machine_waits_for_it() {
    let catalog = with_diary();
    let (private, shared): (Vec<Entry>, Vec<Entry>) = secrets()
        .into_iter()
        .partition(|entry| entry.id == Id::new("secret"));
    let mut journal = sample_year();
    journal.insert_all(shared.into_iter().filter(|it| it.id != Id::new("problem")));
    for (name, page) in every_page(&journal, &catalog) {
        assert!(!page.contains("XYZZY"), "{name}: {page}");
    }
    journal.insert_all(private);
    for entry in secrets() {
        show_everywhere(&mut journal, &entry.id);
    }
    journal.insert_all(secrets());
    for (name, page) in every_page(&journal, &catalog) {
        assert!(!page.contains("XYZZY"), "{name}: {page}");
    }
}

/// The texts of an entry that are long enough to be told apart from others.
fn own_texts(body: &Body) -> Vec<String> {
    let values: Vec<Value> = match body {
        Body::Item(item) => item.values.values().cloned().collect(),
        Body::Answer(answer) => vec![answer.value.clone()],
        _ => Vec::new(),
    };
    let texts = values.into_iter().flat_map(|value| match value {
        Value::Text(text) => vec![text],
        Value::List(_) => Vec::new(),
        Value::Log(lines) => lines.into_iter().map(|line| line.text).collect(),
    });
    texts.filter(|text| text.chars().count() > 12).collect()
}

#[test]
fn a_practice_that_is_made_private_leaves_every_page() {
    let journal = sample_year();
    let practices = catalog().practices().to_vec();
    for at in (0..practices.len()).filter(|at| !practices[*at].private) {
        let mut practices = practices.clone();
        practices[at].private = true;
        let name = practices[at].id.clone();
        let lists: Vec<String> = practices[at]
            .registers
            .iter()
            .map(|it| it.id.clone())
            .collect();
        let catalog = Catalog::new(practices);
        let belongs = |body: &Body| match body {
            Body::Item(item) => lists.contains(&item.register),
            Body::Answer(answer) => answer.practice == name,
            _ => false,
        };
        let (hidden, shown): (Vec<&Entry>, Vec<&Entry>) =
            journal.entries().partition(|entry| belongs(&entry.body));
        let shown = format!("{shown:?}");
        let texts = hidden.iter().flat_map(|entry| own_texts(&entry.body));
        // A text that stands elsewhere too may be told from there.
        let texts: Vec<String> = texts
            .filter(|text| !shown.contains(text.as_str()))
            .collect();
        for (page_name, page) in every_page(&journal, &catalog) {
            for text in &texts {
                assert!(!page.contains(text.as_str()), "{name}, {page_name}: {text}");
            }
        }
    }
}

#[test]
fn nothing_private_is_counted_in_a_portfolio() {
    let (catalog, today) = (with_diary(), now().today());
    let mut journal = sample_year();
    let span = full_span(&journal, &catalog, today);
    let before = Portfolio::gather(&journal, &catalog, span, today);
    journal.insert_all(secrets());
    assert_eq!(full_span(&journal, &catalog, today), span);
    assert_eq!(Portfolio::gather(&journal, &catalog, span, today), before);
    let mut practices = catalog.practices().to_vec();
    for practice in &mut practices {
        practice.private |= practice.id == "problem";
    }
    let page = Portfolio::gather(&journal, &Catalog::new(practices), span, today);
    let solved: usize = page.months.iter().map(|month| month.solved).sum();
    assert_eq!((page.figures.problems_solved, solved), (0, 0));
}

/// The sample year, with an assist for Ana Moss, and two private entries about her: her other name, and
/// an answer of last year.
fn with_private_names() -> (Journal, Catalog) {
    let mut practices = catalog().practices().to_vec();
    for practice in &mut practices {
        practice.private |= practice.registers.iter().any(|it| it.joins.is_some());
    }
    let mut name = Item::new("aliases");
    name.set("title", Value::from("Ana Moss"));
    name.set("person", Value::from("Dragon"));
    let mut assist = Item::new("acts");
    assist.set("title", Value::from("Ran it with @Ana Moss"));
    assist.set("with", Value::from("Ana Moss"));
    assist.set_reached("done", day("2026-11-05"));
    let written = "2024-02-03T09:00:00+01:00".parse().expect("an instant");
    let period = Period::Month(leadby::calendar::Month::of(day("2024-02-03")));
    let answer = Answer::new(period, "mirror", "moment", Value::from("with @Ana Moss"));
    let mirror = Entry {
        at: written,
        ..entry("answer/2024-02/mirror/moment", Body::Answer(answer))
    };
    let mut promised = commitment("From the mirror", "2024-02-09");
    promised.origin = Some(mirror.id.clone());
    promised.close(CommitmentOutcome::Kept, day("2024-02-06"), "yes");
    let mut journal = sample_year();
    journal.insert_all([
        entry("name", Body::Item(name)),
        entry("assist", Body::Item(assist)),
        entry("promised", Body::Commitment(promised)),
        mirror,
    ]);
    (journal, Catalog::new(practices))
}

#[test]
fn a_private_name_is_on_no_page() {
    let (journal, catalog) = with_private_names();
    let known = KnownNames::of(&journal, &catalog);
    assert_eq!(known.in_text("Ana Moss"), ["Ana Moss"]);
    assert_eq!(known.shorten("Ana Moss, Dragon"), "A. M., D.");
    let page = year(&journal);
    let page = markdown(&page) + &html(&page) + &json(&page);
    assert!(page.contains("Dragon"), "with a list that is not private");
    for name in ["Ana Moss", "Dragon"] {
        let subject = PageSubject::Person(name.to_owned());
        let span = subject.usual_span(&journal, &catalog, now().today());
        let page = TalkPage::gather(&subject, &journal, &catalog, (span, now().today()));
        let page = talk_page(
            &page.expect("a page"),
            PortfolioExtent::default(),
            FORMATS[0],
        );
        assert!(page.starts_with("# My work with Ana Moss\n"), "{page}");
        assert!(page.contains("Ran it with"), "{page}");
        assert!(!page.contains("Dragon"), "{page}");
    }
    for (name, page) in every_page(&journal, &catalog) {
        assert!(!page.contains("Dragon"), "{name}: {page}");
    }
}

#[test]
fn no_day_of_a_private_entry_is_on_a_page() {
    let (journal, catalog) = with_private_names();
    let today = now().today();
    let all = full_span(&journal, &catalog, today);
    assert_eq!(all, full_span(&sample_year(), &catalog, today));
    let subject = PageSubject::Person("Ana Moss".to_owned());
    let span = Span::since(day("2024-01-01"), today);
    let page = TalkPage::gather(&subject, &journal, &catalog, (span, today)).expect("a page");
    let TalkPage::Sheet(sheet) = page else {
        panic!("a page of lines")
    };
    assert_eq!(sheet.first, all.first());
}
