//! What got better in numbers: two numbers as they were typed, and how far apart they are.
//!
//! Pure, and total: what is not a number is shown as it was typed, without a change. Whether more
//! or less is better is not known here, so neither is called better.

use crate::journal::Item;
use crate::practice::Register;

/// Two numbers, and the change from one to the other if they can be compared.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Improvement {
    /// As they were typed, with what is counted: "40 → 18 minutes".
    pub numbers: String,
    /// The change: "55 % less".
    pub change: Option<String>,
}

/// The change between equal numbers.
const NO_CHANGE: &str = "no change";

/// What got better with an item, in numbers; `None` if its register does not ask or a number is
/// missing.
pub fn improvement(register: &Register, item: &Item) -> Option<Improvement> {
    let fields = register.improves.as_ref()?;
    let [before, after, unit] = [&fields.before, &fields.after, &fields.unit];
    let [before, after, unit] = [before, after, unit].map(|field| item.text(field).trim());
    if before.is_empty() || after.is_empty() {
        return None;
    }
    Some(Improvement {
        numbers: format!("{before} → {after} {unit}").trim_end().to_owned(),
        change: percent_change(before, after),
    })
}

impl Improvement {
    /// Whether the two numbers differ, as far as that is known.
    pub fn is_change(&self) -> bool {
        self.change.as_deref() != Some(NO_CHANGE)
    }

    /// "40 → 18 minutes · 55 % less".
    pub fn describe(&self) -> String {
        match &self.change {
            Some(change) => format!("{} · {change}", self.numbers),
            None => self.numbers.clone(),
        }
    }
}

/// The change from one number to another in per cent of the first.
///
/// `None` if one is not a number, if the units differ, and from or to 0.
fn percent_change(before: &str, after: &str) -> Option<String> {
    let (before, before_unit) = leading_number(before)?;
    let (after, after_unit) = leading_number(after)?;
    let same_unit = before_unit == after_unit || before_unit.is_empty() || after_unit.is_empty();
    if !same_unit {
        return None;
    }
    let difference = after - before;
    if difference == 0.0 {
        return Some(NO_CHANGE.to_owned());
    }
    // Down to nothing says more than any number.
    if before == 0.0 || after == 0.0 {
        return None;
    }
    let percent = difference / before.abs() * 100.0;
    let direction = if percent < 0.0 { "less" } else { "more" };
    let percent = percent.abs();
    let said = if percent < 1.0 {
        "under 1 %".to_owned()
    } else if percent < 1_000_000.0 {
        format!("{percent:.0} %")
    } else {
        return None;
    };
    Some(format!("{said} {direction}"))
}

/// The number a text begins with, and the rest in lower case; decimals follow a comma or a point.
fn leading_number(text: &str) -> Option<(f64, String)> {
    let text = text.trim();
    let (sign, rest) = match text.strip_prefix(['-', '−']) {
        Some(rest) => (-1.0, rest.trim_start()),
        None => (1.0, text.strip_prefix('+').unwrap_or(text)),
    };
    let is_part = |character: char| character.is_ascii_digit() || matches!(character, '.' | ',');
    let end = rest
        .find(|character| !is_part(character))
        .unwrap_or(rest.len());
    let (digits, unit) = rest.split_at(end);
    // A point or comma at the end closes a sentence, not the number.
    let digits = digits.trim_end_matches(['.', ',']).replace(',', ".");
    let value: f64 = digits.parse().ok()?;
    Some((sign * value, unit.trim().to_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(before: &str, after: &str, expected: Option<&str>) {
        let found = percent_change(before, after);
        assert_eq!(found.as_deref(), expected, "{before} → {after}");
    }

    #[test]
    fn the_change_is_in_per_cent_of_what_was() {
        check("40", "18", Some("55 % less"));
        check("4 days", "1", Some("75 % less"));
        check("4 days", "5 Days", Some("25 % more"));
        check("2", "0", None);
        check("1,5 h", "0.75 h", Some("50 % less"));
        check("1000", "999", Some("under 1 % less"));
        check("+2", "3.", Some("50 % more"));
    }

    #[test]
    fn equal_numbers_are_no_change() {
        check("3", "3,0", Some("no change"));
        check("0", "0", Some("no change"));
    }

    #[test]
    fn negative_numbers_go_up_and_down() {
        check("-10", "5", Some("150 % more"));
        check("−10", "-20", Some("100 % less"));
    }

    #[test]
    fn what_cannot_be_compared_has_no_figure() {
        check("0", "5", None);
        check("4 days", "1 hour", None);
        check("often", "never", None);
        check("1.2.3", "1", None);
        check("", "1", None);
        check("0.000001", "1e9", None);
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_accepted(before in ".{0,12}", after in ".{0,12}") {
            percent_change(&before, &after);
        }
    }
}
