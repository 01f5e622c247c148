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
        change: percent_change(before, after, unit),
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
/// `None` unless both are surely one number of the same unit, and from or to 0. `unit` is that of a
/// number without one.
fn percent_change(before: &str, after: &str, unit: &str) -> Option<String> {
    if before == after && before.starts_with(char::is_numeric) {
        return Some(NO_CHANGE.to_owned());
    }
    let (before, after) = (Measure::read(before, unit)?, Measure::read(after, unit)?);
    if !after.is_comparable_to(&before) {
        return None;
    }
    let (before, after) = (before.value, after.value);
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
    } else if (99.5..100.0).contains(&percent) {
        "over 99 %".to_owned()
    } else if percent < 1_000_000.0 {
        format!("{percent:.0} %")
    } else {
        return None;
    };
    Some(format!("{said} {direction}"))
}

/// A number with what is counted.
struct Measure<'a> {
    value: f64,
    /// As it was typed, with the space before it; may be empty.
    unit: &'a str,
}

impl<'a> Measure<'a> {
    /// The number that a text begins with, if it surely has only that one; decimals follow a comma or
    /// a point.
    fn read(text: &'a str, usual_unit: &'a str) -> Option<Self> {
        let text = text.trim();
        let (sign, rest) = match text.strip_prefix(['-', '−']) {
            Some(rest) => (-1.0, rest.trim_start()),
            None => (1.0, text.strip_prefix('+').unwrap_or(text)),
        };
        let is_part =
            |character: char| character.is_ascii_digit() || matches!(character, '.' | ',');
        let end = rest
            .find(|character| !is_part(character))
            .unwrap_or(rest.len());
        let (digits, unit) = rest.split_at(end);
        // A point or comma at the end closes a sentence, not the number.
        let digits = digits.trim_end_matches(['.', ',']);
        // "2:30", "5 h 30", "1 000", "2–3" and "1e3" go on with more digits.
        if is_thousands(digits) || unit.contains(char::is_numeric) {
            return None;
        }
        Some(Self {
            value: sign * digits.replace(',', ".").parse::<f64>().ok()?,
            unit: if unit.is_empty() { usual_unit } else { unit },
        })
    }

    /// Whether it counts the same as an earlier one. A smaller number without a unit does: "4 days"
    /// and "1"; not so "1 hour" and "30", or "10k" and "5".
    fn is_comparable_to(&self, before: &Self) -> bool {
        let [unit, unit_before] = [self, before].map(|it| it.unit.trim().to_lowercase());
        let is_apart = before.unit.starts_with(char::is_whitespace);
        let is_smaller = self.value.abs() < before.value.abs();
        unit == unit_before || (unit.is_empty() && is_apart && is_smaller)
    }
}

/// Whether digits are, or could be, grouped by thousands: "1,000", "12.500", but not "0.125".
fn is_thousands(digits: &str) -> bool {
    let Some((whole, group)) = digits.rsplit_once(['.', ',']) else {
        return false;
    };
    group.len() == 3 && !whole.trim_start_matches('0').is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(before: &str, after: &str, expected: Option<&str>) {
        check_in(before, after, "", expected);
    }

    #[track_caller]
    fn check_in(before: &str, after: &str, unit: &str, expected: Option<&str>) {
        let found = percent_change(before, after, unit);
        assert_eq!(found.as_deref(), expected, "{before} → {after} {unit}");
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
    fn all_but_nothing_is_not_all() {
        check("1000", "1", Some("over 99 % less"));
        check("1000000", "1", Some("over 99 % less"));
        check("1000", "10", Some("99 % less"));
        check("1", "2", Some("100 % more"));
    }

    #[test]
    fn what_is_not_surely_one_number_has_no_figure() {
        let thousands = [
            "1,000",
            "1.000",
            "1 000",
            "1'000",
            "1’000",
            "12.500",
            "1,000,000",
            "1.000,5",
        ];
        for before in thousands
            .into_iter()
            .chain(["1e3", "2:30", "5 h 30", "2–3", "2-3", "3/4", "1½"])
        {
            check(before, "1", None);
            check("9000", before, None);
        }
        check("2:30", "1:30", None);
        check("5 h 30", "3 h 30", None);
        check("0.250 s", "0,125 s", Some("50 % less"));
        check("2.50", "1.25", Some("50 % less"));
    }

    #[test]
    fn a_number_without_a_unit_is_compared_only_where_that_is_safe() {
        check("10k", "500", None);
        check("10k", "5", None);
        check("10k", "5k", Some("50 % less"));
        check("1 hour", "30", None);
        check("40+", "10", None);
        check("40", "18 minutes", None);
        check_in("1 hour", "30", "minutes", None);
        check_in("90 minutes", "45", "minutes", Some("50 % less"));
        check_in("90", "45 minutes", "minutes", Some("50 % less"));
    }

    #[test]
    fn equal_numbers_are_no_change() {
        check("3", "3,0", Some("no change"));
        check("0", "0", Some("no change"));
        check("1,000", "1,000", Some("no change"));
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
            percent_change(&before, &after, "");
        }
    }
}
