//! The written pages: no text becomes markup.

use proptest::prelude::*;

use super::*;

/// One entry of every kind, full of `words`.
pub(crate) fn full_of(words: &str) -> Journal {
    let mut kept = commitment(words, "2026-11-06");
    words.clone_into(&mut kept.area);
    kept.close(CommitmentOutcome::Kept, day("2026-11-06"), words);
    let catalog = catalog();
    let items = catalog.registers().filter_map(|register| {
        let key = register.portfolio.as_deref()?;
        let mut item = Item::new(&register.id);
        for field in &register.fields {
            item.set(&field.id, Value::from(words));
        }
        for stage in &register.stages {
            item.set_reached(&stage.id, day("2026-11-03"));
        }
        if register.stage(key).is_none() {
            let on = day("2026-11-03");
            item.set(
                key,
                Value::Log(vec![DatedLine {
                    on,
                    text: words.to_owned(),
                }]),
            );
        }
        Some(entry(&register.id, Body::Item(item)))
    });
    let items: Vec<Entry> = items.collect();
    Journal::fold(
        items
            .into_iter()
            .chain([entry("kept", Body::Commitment(kept))]),
    )
}

#[test]
fn text_never_becomes_markup() {
    let words = "<script>alert('1')</script> & | `x` **y** [z](javascript:1) 日本語 👩‍👩‍👧 שלום \
                 \u{202e}rtl\u{202c}\n\n# No heading\n- no list\n| no | table |";
    let portfolio = year(&full_of(words));
    insta::assert_snapshot!("crowded_markdown", markdown(&portfolio));
    let long = "Zeit".repeat(2_500);
    let portfolio = year(&full_of(&long));
    assert!(html(&portfolio).contains(&long) && markdown(&portfolio).contains(&long));
}

/// The tags of a page.
fn tags(page: &str) -> Vec<&str> {
    let pieces = page.split('<').skip(1);
    pieces
        .map(|it| it.split('>').next().unwrap_or_default())
        .collect()
}

/// The names of the tags of a page.
pub(crate) fn tag_names(page: &str) -> Vec<String> {
    let names = tags(page).into_iter();
    let names = names.map(|tag| tag.split(' ').next().unwrap_or_default());
    // What a person marks in their own words is no other tag than these.
    let marks = ["strong", "em", "code", "a", "ul", "ol", "li", "p", "br"];
    let names = names.filter(|name| !marks.contains(&name.trim_start_matches('/')));
    names.map(str::to_owned).collect()
}

#[test]
fn words_of_a_practice_file_are_no_markup() {
    let practice = PRIVATE
        .replace("private = true", "private = false")
        .replace("name = \"told\"", "name = \"<i>*told*\"")
        .replace("name = \"Secrets\"", "name = \"<i>Secrets\"");
    let catalog = Catalog::new(vec![parse("diary.toml", &practice).expect("a practice")]);
    let span = Span::of(Length::Year, now().today());
    let portfolio = Portfolio::gather(&private_journal(), &catalog, span, now().today());
    assert!(!portfolio.first_pieces().is_empty());
    let page = html(&portfolio);
    assert!(
        page.contains("&lt;i&gt;*told* 3 November 2026") && !page.contains("<i>"),
        "{page}"
    );
    assert!(markdown(&portfolio).contains("\\<i>\\*told\\* 3 November 2026"));
}

#[test]
fn a_page_is_well_formed() {
    assert_well_formed(&html(&year(&full_of("a < b && c > \"d\""))));
}

/// Checks that tags are closed, ids are unique, and nothing comes from elsewhere.
#[track_caller]
pub(crate) fn assert_well_formed(html: &str) {
    let mut open = Vec::new();
    let mut ids = Vec::new();
    let body = html.split("</style>").nth(1).expect("a body");
    for tag in tags(body) {
        let name = tag.split(' ').next().expect("a name");
        if let Some(name) = name.strip_prefix('/') {
            if !["head", "html"].contains(&name) {
                assert_eq!(open.pop(), Some(name), "{tag}");
            }
        } else if !tag.ends_with('/') && name != "br" {
            open.push(name);
        }
        if let Some(id) = tag.split(" id=\"").nth(1) {
            let id = id.split('"').next().expect("an id");
            assert!(!ids.contains(&id), "{id} twice");
            ids.push(id);
        }
        if let Some(labels) = tag.split(" aria-labelledby=\"").nth(1) {
            let labels = labels.split('"').next().expect("ids");
            for label in labels.split(' ') {
                assert!(body.contains(&format!(" id=\"{label}\"")), "{label}");
            }
        }
    }
    assert_eq!(open, Vec::<&str>::new());
    for absent in ["<script", "<img", "<link", "url(", "@import", " on"] {
        let inside = tags(html)
            .iter()
            .any(|tag| absent.starts_with(' ') && tag.contains(absent));
        assert!(
            !inside && (absent.starts_with(' ') || !html.contains(absent)),
            "{absent}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_text_changes_the_tags_of_a_page(words in "[ -~\\PC]{1,40}") {
        prop_assume!(!words.trim().is_empty());
        // The same text without anything that HTML or a newline could change.
        let plain: String = words.chars().map(|it| if it.is_whitespace() { it } else { 'x' }).collect();
        let (one, other) = (year(&full_of(&words)), year(&full_of(&plain)));
        // Names are split at commas, so the number of people can differ.
        let strip = |mut portfolio: Portfolio| {
            portfolio.people.clear();
            html(&portfolio)
        };
        prop_assert_eq!(tag_names(&strip(one)), tag_names(&strip(other)));
    }
}
