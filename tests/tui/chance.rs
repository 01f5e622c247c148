//! Random keys: no panic, and no typed text is lost.

use leadby::app::form::Control;
use leadby::journal::{Body, Entry, Value};
use proptest::prelude::*;

use crate::play::Play;

/// One random action. Each typed word is one unique character, so that it can be found wherever the
/// cursor was.
#[derive(Clone, Debug)]
enum Press {
    Keys(&'static str),
    Word,
    Paste,
}

/// Keys that move, open, save, leave and choose; none of them deletes text.
const KEYS: [&str; 44] = [
    "<Enter>", "<Enter>", "<Enter>", "<Esc>", "<Esc>", "<Tab>", "<Tab>", "<S-Tab>", "<Up>",
    "<Down>", "<Down>", "<Left>", "<Right>", "<PgDn>", "<PgUp>", "<C-s>", "<C-n>", "<C-p>",
    "<C-l>", "<Space>", "<Home>", "<End>", "<F1>", "<F5>", "?", ":", "d", "c", "n", "m", "p", "r",
    "l", "g", "A", "a", "[", "]", "1", "2", "3", "5", "6", "7",
];

fn press() -> impl Strategy<Value = Press> {
    prop_oneof![
        6 => prop::sample::select(KEYS.to_vec()).prop_map(Press::Keys),
        2 => Just(Press::Word),
        1 => Just(Press::Paste),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]

    #[test]
    fn no_key_loses_text(presses in prop::collection::vec(press(), 60), wide: bool) {
        let mut play = Play::new();
        if wide {
            play.size(120, 40);
        }
        let mut typed = Vec::new();
        for (at, press) in presses.iter().enumerate() {
            // The palette can quit.
            if play.left {
                break;
            }
            let number = u32::try_from(at).expect("a few presses");
            let word = char::from_u32(0x4e00 + number).expect("a character").to_string();
            match press {
                Press::Keys(keys) => {
                    play.keys(keys);
                }
                // Outside text fields, letters are commands.
                Press::Word if prose(&play) => {
                    play.keys(&word);
                    typed.push(word);
                }
                Press::Paste if prose(&play) => {
                    play.paste(&format!("{word}\r\nリ \u{1b}[2J"));
                    typed.push(word);
                }
                Press::Word | Press::Paste => {}
            }
            if at % 7 == 0 && !play.left {
                play.screen();
            }
        }
        let play = play.restart();
        let mut found = saved(&play.entries());
        let draft = play.model.draft();
        found.extend(draft.iter().flat_map(|draft| draft.values.values()).map(text));
        for word in typed {
            prop_assert!(found.iter().any(|text| text.contains(&word)), "{word} is lost, draft {draft:?}\n{play}");
        }
    }

    #[test]
    fn no_key_panics(text in "[a-zA-Z0-9:?/\\[\\] éЖ日]{0,40}", presses in prop::collection::vec(press(), 40)) {
        let mut play = Play::new();
        for (at, press) in presses.iter().enumerate() {
            if play.left {
                break;
            }
            match press {
                Press::Keys(keys) => play.keys(keys),
                Press::Word => play.keys(&text.chars().skip(at).take(3).filter(|key| *key != 'q').collect::<String>()),
                Press::Paste => play.paste(&text),
            };
            if play.left {
                break;
            }
            play.keys(["<BS>", "<Del>", "<C-w>", "x", "u", "<C-r>"][at % 6]).screen();
        }
    }
}

/// Whether typing goes into a text field that is saved with the form.
fn prose(play: &Play) -> bool {
    let input = play.model.state().form().and_then(|form| form.focused());
    play.model.overlay().is_none()
        && input.is_some_and(|input| matches!(input.control, Control::Text(_)))
}

/// Every text in the journal, from every version.
fn saved(entries: &[Entry]) -> Vec<String> {
    entries
        .iter()
        .flat_map(|entry| match &entry.body {
            Body::Deleted | Body::Forgotten | Body::Newer | Body::Choice(_) => Vec::new(),
            Body::Answer(answer) => vec![text(&answer.value)],
            Body::Item(item) => item.values.values().map(text).collect(),
            Body::Commitment(commitment) => {
                let mut all = vec![commitment.better.clone(), commitment.area.clone()];
                all.extend(commitment.moves.iter().map(|step| step.why.clone()));
                all.extend(commitment.closing.iter().map(|end| end.evidence.clone()));
                all
            }
        })
        .collect()
}

fn text(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::List(list) => list.join("\n"),
        Value::Log(lines) => lines.iter().map(|line| line.text.clone()).collect(),
    }
}
