//! Colours as numbers: how well one is read on another, and mixing.
//!
//! Contrast is that of WCAG 2.2, from 1 (the same) to 21 (black on white).

use crate::config::Rgb;

pub(super) const BLACK: Rgb = Rgb(0, 0, 0);
pub(super) const WHITE: Rgb = Rgb(255, 255, 255);

/// The relative luminance of WCAG, from 0 to 1.
fn luminance(Rgb(red, green, blue): Rgb) -> f64 {
    let linear = |part: u8| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 {
            part / 12.92
        } else {
            ((part + 0.055) / 1.055).powf(2.4)
        }
    };
    0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}

/// How well one colour is read on the other.
pub(super) fn contrast(one: Rgb, other: Rgb) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// Whether a background asks for dark letters.
pub(super) fn is_light(background: Rgb) -> bool {
    contrast(background, BLACK) > contrast(background, WHITE)
}

/// The colour at this percentage of the way from one to the other.
pub(super) fn mix(from: Rgb, to: Rgb, percent: u16) -> Rgb {
    let part = |from: u8, to: u8| {
        let sum = u16::from(from) * (100 - percent) + u16::from(to) * percent;
        u8::try_from((sum + 50) / 100).unwrap_or(u8::MAX)
    };
    Rgb(part(from.0, to.0), part(from.1, to.1), part(from.2, to.2))
}

/// The colour, made as much lighter or darker as it takes to be read on all backgrounds; its hue stays.
pub(super) fn legible(color: Rgb, least: f64, backgrounds: &[Rgb]) -> Rgb {
    let end = if backgrounds.first().copied().is_some_and(is_light) {
        BLACK
    } else {
        WHITE
    };
    (0..=100)
        .map(|percent| mix(color, end, percent))
        .find(|color| {
            backgrounds
                .iter()
                .all(|background| contrast(*color, *background) >= least)
        })
        .unwrap_or(end)
}

/// The colour of a number in xterm's 256 above the first sixteen, which terminals change.
pub(super) fn indexed(index: u8) -> Rgb {
    match index.checked_sub(16) {
        None => BLACK,
        Some(grey @ 216..) => {
            let level = 8 + 10 * (grey - 216);
            Rgb(level, level, level)
        }
        Some(cube) => {
            let level = |step: u8| if step == 0 { 0 } else { 55 + 40 * step };
            Rgb(level(cube / 36), level(cube / 6 % 6), level(cube % 6))
        }
    }
}

/// The nearest of xterm's 256 that is read on all backgrounds as well as asked.
pub(super) fn nearest_index(color: Rgb, least: f64, backgrounds: &[Rgb]) -> u8 {
    let distance = |index: &u8| {
        let Rgb(red, green, blue) = indexed(*index);
        let square = |one: u8, other: u8| u32::from(one.abs_diff(other)).pow(2);
        square(red, color.0) + square(green, color.1) + square(blue, color.2)
    };
    let reads = |index: &u8| {
        backgrounds
            .iter()
            .all(|background| contrast(indexed(*index), *background) >= least)
    };
    let all = || 16..=u8::MAX;
    all()
        .filter(reads)
        .min_by_key(distance)
        .or_else(|| all().min_by_key(distance))
        .unwrap_or(16)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_that_of_wcag() {
        for (one, other, expected) in [
            (BLACK, WHITE, 21.0),
            (Rgb(119, 119, 119), WHITE, 4.48),
            (Rgb(255, 0, 0), WHITE, 4.0),
            (Rgb(10, 20, 30), Rgb(10, 20, 30), 1.0),
        ] {
            assert!((contrast(one, other) - expected).abs() < 0.01, "{one:?}");
            assert!((contrast(other, one) - expected).abs() < 0.01, "{one:?}");
        }
    }

    #[test]
    fn what_is_read_already_stays_and_the_rest_is_moved_no_further_than_needed() {
        let grey = Rgb(128, 128, 128);
        assert_eq!(legible(grey, 4.5, &[BLACK]), grey);
        let lifted = legible(Rgb(60, 20, 20), 4.5, &[BLACK]);
        assert!((4.5..4.8).contains(&contrast(lifted, BLACK)), "{lifted:?}");
        assert_eq!(legible(grey, 22.0, &[WHITE]), BLACK);
    }

    #[test]
    fn numbers_of_the_256_are_those_of_xterm() {
        assert_eq!(indexed(16), BLACK);
        assert_eq!(indexed(231), WHITE);
        assert_eq!(indexed(79), Rgb(95, 215, 175));
        assert_eq!(indexed(232), Rgb(8, 8, 8));
        assert_eq!(indexed(255), Rgb(238, 238, 238));
        assert_eq!(nearest_index(Rgb(95, 215, 175), 1.0, &[]), 79);
    }
}
