//! Where in a text what is typed stands, and what is offered behind it.

use super::*;

#[track_caller]
fn check_places(query: &str, text: &str, expected: &str) {
    let query = Query::parse(query, &practice::builtin(), now());
    let mut shown = String::new();
    let mut last = 0;
    for place in query.places(text) {
        shown.push_str(&text[last..place.start]);
        shown.push('[');
        shown.push_str(&text[place.clone()]);
        shown.push(']');
        last = place.end;
    }
    shown.push_str(&text[last..]);
    assert_eq!(shown, expected);
}

#[test]
fn the_places_are_those_of_what_was_typed() {
    check_places(
        "rel own",
        "One Owner, one release",
        "One [Own]er, one [rel]ease",
    );
    check_places("mtg", "A Meeting", "A [M]ee[t]in[g]");
    check_places(
        "\"one owner\"",
        "One — owner: one. Owner",
        "[One] — [owner]: [one]. [Owner]",
    );
    check_places("\"an\"", "banana", "b[anan]a");
    check_places("strasse", "die Straße", "die [Straße]");
    check_places("zoe", "Zoe\u{301}!", "[Zoe\u{301}]!");
    check_places("👩‍👩‍👧", "a 👩‍👩‍👧 b", "a [👩‍👩‍👧] b");
    check_places("責任", "一人責任者", "一人[責任]者");
    check_places("שלום", "אשלום!", "א[שלום]!");
    check_places("-own kind:audit", "owner audit", "owner audit");
    check_places("", "owner", "owner");
}

#[track_caller]
fn check_offer(text: &str, expected: Option<(&str, &str)>) {
    let (journal, catalog) = (journal(), practice::builtin());
    let people = ["Ana Sørensen", "Priya", "Zoe\u{301}"].map(str::to_owned);
    let values = filter_values(text, || people.to_vec(), &journal, &catalog, now());
    let offer = complete(text, &values);
    let found = offer
        .as_ref()
        .map(|it| (it.whole.as_str(), it.rest.as_str()));
    assert_eq!(found, expected, "{text}");
}

#[test]
fn a_filter_that_was_begun_is_made_whole() {
    check_offer("ki", Some(("kind:", "nd:")));
    check_offer("release -PE", Some(("release -PErson:", "rson:")));
    check_offer("kind:", Some(("kind:commitment ", "commitment")));
    check_offer("kind:prob", Some(("kind:problem ", "lem")));
    check_offer("-kind:Aud", Some(("-kind:audit ", "it")));
    check_offer(
        "x person:an",
        Some(("x person:\"Ana Sørensen\" ", "a Sørensen")),
    );
    check_offer(
        "person:\"ana s",
        Some(("person:\"Ana Sørensen\" ", "ørensen")),
    );
    check_offer(
        "person:\"ana ",
        Some(("person:\"Ana Sørensen\" ", "Sørensen")),
    );
    check_offer("person:zo", Some(("person:Zoe\u{301} ", "e\u{301}")));
    check_offer("area:pro", Some(("area:process ", "cess")));
    check_offer("since:last-", Some(("since:last-week ", "week")));
    check_offer("week:", Some(("week:this ", "this")));
    check_offer("week:2026-W4", Some(("week:2026-W46 ", "6")));
    for text in [
        "",
        "k",
        "ki ",
        "kind:audit ",
        "kind:xyz",
        "\"ki",
        "person:\"Ana Sørensen\"",
        "zz",
    ] {
        check_offer(text, None);
    }
}
