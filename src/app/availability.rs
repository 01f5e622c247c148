//! Which actions are available now: for the footer, the help and the palette.

use crossterm::event::KeyEvent;

use super::evidence;
use super::form::Form;
use super::kept_drafts::ShownDraft;
use super::keys::{Action, Binding, Key, KeyContext};
use super::model::{FilePresence, Model};
use super::overlay::{Overlay, PaletteCommand};
use super::route::Route;
use crate::insight;

impl Model {
    /// The contexts for the key table, the narrowest first.
    pub fn contexts(&self) -> Vec<KeyContext> {
        if self.window.is_too_small() {
            return vec![KeyContext::TooSmall];
        }
        let Some(overlay) = &self.overlay else {
            let evidence = self.evidence_panel().map(|_| KeyContext::Evidence);
            return evidence
                .into_iter()
                .chain(self.state().contexts())
                .collect();
        };
        let own = match overlay {
            Overlay::Help(_) => KeyContext::Help,
            Overlay::Palette(_) => KeyContext::Palette,
            Overlay::Themes(_) => KeyContext::Themes,
            Overlay::ConfirmDiscard
            | Overlay::ConfirmUndo(_)
            | Overlay::ConfirmOverwrite { .. } => KeyContext::Question,
            Overlay::Expectations(_) => KeyContext::Expectations,
            Overlay::FileName(_) => KeyContext::FileName,
        };
        vec![own, KeyContext::Anywhere]
    }

    /// Whether a text field has the focus, so that characters are typed.
    pub fn is_typing(&self) -> bool {
        if self.window.is_too_small() {
            return false;
        }
        match &self.overlay {
            None => self.state().is_typing(),
            Some(overlay) => matches!(overlay, Overlay::Palette(_) | Overlay::FileName(_)),
        }
    }

    /// The action of a key: of the first row for it that is available now, as the footer and the help
    /// show it; of the first one if none is.
    pub(super) fn action_of(&self, pressed: Key) -> Option<Action> {
        let contexts = self.contexts();
        let actions = || self.keys.actions(&contexts, self.is_typing(), pressed);
        actions()
            .find(|action| self.is_enabled(*action))
            .or_else(|| actions().next())
    }

    /// The characters that these keys type, up to the first key that types none; empty unless a
    /// text field has the focus.
    ///
    /// Typed one by one, each would lay out the field again: [`Msg::Typed`](super::Msg::Typed)
    /// takes them together, with the same result.
    pub fn printable_prefix(&self, keys: impl IntoIterator<Item = KeyEvent>) -> String {
        if !self.is_typing() {
            return String::new();
        }
        keys.into_iter()
            .map_while(|key| Key::from_event(key).character())
            .collect()
    }

    /// The bindings available now, the narrowest context first; of several for one action, the one
    /// with the highest weight.
    pub fn bindings(&self) -> Vec<&Binding> {
        let typing = self.is_typing();
        let mut found: Vec<&Binding> = Vec::new();
        let mut taken = Vec::new();
        for binding in self.keys.bindings(&self.contexts()) {
            let key = binding.key_to_show(typing);
            // All its keys type here; one without a key is in the palette.
            if key.is_none() && !binding.keys.is_empty() {
                continue;
            }
            // A narrower context uses the key for something else.
            let is_taken = key.is_some_and(|key| taken.contains(&key));
            if is_taken || !self.is_enabled(binding.action) {
                continue;
            }
            taken.extend(binding.keys.iter().copied());
            let twin = found
                .iter()
                .position(|other| other.action == binding.action);
            match twin {
                Some(at) if found[at].weight < binding.weight => found[at] = binding,
                Some(_) => {}
                None => found.push(binding),
            }
        }
        found
    }

    /// Every action available now, for the palette; in a form or a text field also those that have
    /// a key outside it.
    pub fn commands(&self) -> Vec<PaletteCommand> {
        let typing = self.is_typing();
        let command = |binding: &Binding, key: Option<Key>| PaletteCommand {
            label: self.label(binding),
            key: key.map(Key::name).unwrap_or_default(),
            action: binding.action,
        };
        let here = self.bindings().into_iter();
        let mut all: Vec<PaletteCommand> = here
            .map(|binding| command(binding, binding.key_to_show(typing)))
            .collect();
        if !self.contexts().contains(&KeyContext::Browsing) {
            let elsewhere = self.keys.bindings(&[KeyContext::Browsing]);
            let offered = elsewhere.filter(|binding| self.is_enabled(binding.action));
            all.extend(offered.map(|binding| command(binding, None)));
        }
        // The month before can be wrapped up at any time; its row of the table is only the offer.
        let wrap_up = PaletteCommand {
            label: format!("wrap up {}", self.now.month().previous().name()),
            key: String::new(),
            action: Action::WrapUpMonth,
        };
        all.extend(Some(wrap_up).filter(|it| self.is_enabled(it.action)));
        // Its pages are found by their names too.
        for command in &mut all {
            if command.action == Action::WrapUpMonth {
                for practice in insight::monthly_practices(&self.catalog) {
                    command.label = format!("{} · {}", command.label, practice.name);
                }
            }
        }
        let mut seen = Vec::new();
        all.retain(|command| {
            let is_new = !seen.contains(&command.action);
            seen.push(command.action);
            is_new && command.action != Action::Palette
        });
        // What belongs to the screen comes before what every text field does.
        all.sort_by_key(|command| command.action.is_text_editing());
        all
    }

    /// The label of a binding on this screen.
    pub fn label(&self, binding: &Binding) -> String {
        if let Action::Practice(number) = binding.action {
            let practice = self.catalog.walk().nth(number.saturating_sub(1));
            return practice.map_or_else(String::new, |practice| practice.name.clone());
        }
        let is_older = |draft: ShownDraft<'_>| draft.is_superseded;
        if binding.action == Action::ResumeDraft && self.kept_draft().is_some_and(is_older) {
            return "show".to_owned();
        }
        // What lies over the screen has keys of its own.
        let is_above = self.overlay.is_some() && self.contexts().contains(&binding.context);
        let of_screen = (!is_above).then(|| self.state().label(binding)).flatten();
        of_screen.unwrap_or_else(|| self.general_label(binding))
    }

    /// The label of a binding on any screen, with the user's own due day.
    pub fn general_label(&self, binding: &Binding) -> String {
        self.now.due_day().named_in(binding.label)
    }

    /// The screen that settles fields with two texts: of the focused entry, or on Home of all.
    pub fn settle_route(&self) -> Option<Route> {
        if !self.journal.has_unsettled() {
            return None;
        }
        self.state().settle_route(self.scene())
    }

    /// Whether an action is available now.
    pub fn is_enabled(&self, action: Action) -> bool {
        let is_rare = action == Action::RestoreLines;
        self.overlay.is_some() && !is_rare || self.is_enabled_on_screen(action)
    }

    /// Whether an action is available on the screen shown, under what may lie over it.
    pub fn is_enabled_on_screen(&self, action: Action) -> bool {
        match action {
            Action::RestoreLines => {
                !self.lost.is_empty() || self.journal_file == FilePresence::Gone
            }
            // A form only undoes what was typed or done in it.
            Action::Undo | Action::Redo if self.state().form().is_some() => false,
            Action::Undo => self.undo_history.can_undo(),
            Action::Redo => self.undo_history.can_redo(),
            Action::Settle => self.settle_route().is_some(),
            Action::EditText => {
                let form = self.state().form();
                form.and_then(Form::focused_text).is_some()
            }
            Action::Evidence => self.state().form().is_some(),
            Action::MoveInEvidence(_)
            | Action::TakeEvidence
            | Action::AddEvidence
            | Action::NoteEvidence
            | Action::CloseEvidence => evidence::is_enabled(self, action),
            Action::ResumeDraft | Action::DiscardDraft => !self.kept_drafts.is_empty(),
            Action::Back => self.screens.len() > 1,
            Action::Practice(number) => number <= self.catalog.walk().count(),
            Action::CatchNote => self.state().form().is_none() && self.catalog.inbox().is_some(),
            Action::Inbox => self.state().route() != Route::Inbox && self.catalog.inbox().is_some(),
            Action::People => self.state().route() != Route::People,
            Action::Portfolio => self.state().route() != Route::Portfolio,
            Action::Talk => self.talk_route().is_some(),
            Action::Profile => self.profile_route().is_some(),
            Action::Problems => self.catalog.monthly().is_some(),
            Action::Ladder => self.state().route() != Route::Ladder,
            Action::ChooseExpectation => self.tieable().is_some(),
            Action::Walk
            | Action::Commit
            | Action::Review
            | Action::Lists
            | Action::Search
            | Action::Timeline
            | Action::Commitments
            | Action::About
            | Action::Help
            | Action::Themes
            | Action::Palette
            | Action::Repaint
            | Action::Suspend
            | Action::QuitNow => true,
            other => self.state().is_enabled(other),
        }
    }
}

#[cfg(test)]
mod tests;
