//! Which actions are available now: for the footer, the help and the palette.

use crossterm::event::KeyEvent;

use super::form::Form;
use super::keys::{self, Action, Binding, Key, KeyContext};
use super::model::Model;
use super::overlay::{Overlay, PaletteCommand};
use super::route::{CommitSource, Route};
use super::screen::{ListFilter, Screen};
use crate::calendar::Month;

impl Model {
    /// The contexts for the key table, the narrowest first.
    #[must_use]
    pub fn contexts(&self) -> Vec<KeyContext> {
        match &self.overlay {
            None => {
                let mut contexts = self.screen().contexts();
                if self.month_to_wrap_up().is_some() {
                    contexts.insert(0, KeyContext::WrapUpOffer);
                }
                contexts
            }
            Some(Overlay::Help(_)) => vec![KeyContext::Help, KeyContext::Anywhere],
            Some(Overlay::Palette(_)) => vec![KeyContext::Palette, KeyContext::Anywhere],
            Some(
                Overlay::ConfirmDiscard
                | Overlay::ConfirmUndo(_)
                | Overlay::ConfirmOverwrite { .. },
            ) => {
                vec![KeyContext::Question, KeyContext::Anywhere]
            }
            Some(Overlay::FileName(_)) => vec![KeyContext::FileName, KeyContext::Anywhere],
        }
    }

    /// The month that Home offers to wrap up.
    #[must_use]
    pub fn month_to_wrap_up(&self) -> Option<Month> {
        match self.screen() {
            Screen::Home(home) => home.month_to_wrap_up,
            _ => None,
        }
    }

    /// Whether a text field has the focus, so that characters are typed.
    #[must_use]
    pub fn is_typing(&self) -> bool {
        match &self.overlay {
            None => self.screen().is_typing(),
            Some(overlay) => matches!(overlay, Overlay::Palette(_) | Overlay::FileName(_)),
        }
    }

    /// The characters that these keys type, up to the first key that types none; empty unless a
    /// text field has the focus.
    ///
    /// Typed one by one, each would lay out the field again: [`Msg::Typed`](super::Msg::Typed)
    /// takes them together, with the same result.
    #[must_use]
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
    #[must_use]
    pub fn bindings(&self) -> Vec<&'static Binding> {
        let typing = self.is_typing();
        let mut found: Vec<&'static Binding> = Vec::new();
        let mut taken = Vec::new();
        for binding in keys::bindings(&self.contexts()) {
            let Some(key) = binding.key_to_show(typing) else {
                continue;
            };
            // A narrower context uses the key for something else.
            if taken.contains(&key) || !self.is_enabled(binding.action) {
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
    #[must_use]
    pub fn commands(&self) -> Vec<PaletteCommand> {
        let typing = self.is_typing();
        let command = |binding: &'static Binding, key: Option<Key>| PaletteCommand {
            label: self.label(binding),
            key: key.map(Key::name).unwrap_or_default(),
            action: binding.action,
        };
        let here = self.bindings().into_iter();
        let mut all: Vec<PaletteCommand> = here
            .map(|binding| command(binding, binding.key_to_show(typing)))
            .collect();
        if !self.contexts().contains(&KeyContext::Browsing) {
            let elsewhere = keys::bindings(&[KeyContext::Browsing]);
            let offered = elsewhere.filter(|binding| self.is_enabled(binding.action));
            all.extend(offered.map(|binding| command(binding, None)));
        }
        let mut seen = Vec::new();
        all.retain(|command| {
            let is_new = !seen.contains(&command.action);
            seen.push(command.action);
            is_new && command.action != Action::Palette
        });
        all
    }

    /// The label of a binding on this screen.
    #[must_use]
    pub fn label(&self, binding: &Binding) -> String {
        match (binding.action, self.screen()) {
            (Action::Walk, Screen::Home(home)) if home.blank => "start".to_owned(),
            (Action::Save, screen) if screen.is_deleted() => "save as new".to_owned(),
            (Action::Save, Screen::Commit(commit)) => match commit.source {
                CommitSource::Walk(..) => "commit & next".to_owned(),
                CommitSource::Blank | CommitSource::Entry(_) => "commit".to_owned(),
                CommitSource::Existing(_) => "save".to_owned(),
            },
            (Action::CopyLast, Screen::Commit(commit)) if !commit.answers.is_empty() => {
                "use an answer".to_owned()
            }
            (Action::CopyLast, screen)
                if screen
                    .form()
                    .and_then(Form::focused)
                    .is_some_and(|input| input.other_text.is_some()) =>
            {
                "copy the other".to_owned()
            }
            (Action::Open, screen) if binding.context == KeyContext::Panel => {
                match screen.form().and_then(Form::focused) {
                    Some(input) if input.control.is_typing() => "add".to_owned(),
                    _ => "open".to_owned(),
                }
            }
            (Action::Toggle, Screen::Portfolio(portfolio)) => match portfolio.chosen() {
                Some((_, piece)) if piece.is_included => "leave out".to_owned(),
                _ => "include".to_owned(),
            },
            (Action::LetGo | Action::Convert, screen) => screen
                .next_action_label(binding.action)
                .unwrap_or_else(|| binding.label.to_owned()),
            (Action::Toggle, Screen::Compare(compare)) if compare.marked.is_some() => {
                "move the mark".to_owned()
            }
            (Action::WrapUpMonth, Screen::Home(home)) => match home.month_to_wrap_up {
                Some(month) => format!("wrap up {}", month.name()),
                None => binding.label.to_owned(),
            },
            (Action::Open, Screen::Trends(screen)) if screen.month.is_some() => {
                "open month".to_owned()
            }
            (Action::Back, screen) if screen.filter().is_some_and(ListFilter::is_active) => {
                "clear filter".to_owned()
            }
            (Action::Practice(number), _) => {
                let practice = self.catalog.walk().nth(number.saturating_sub(1));
                practice.map_or_else(String::new, |practice| practice.name.clone())
            }
            _ => binding.label.to_owned(),
        }
    }

    /// The screen that settles fields with two texts: of the focused entry, or on Home of all.
    #[must_use]
    pub fn settle_route(&self) -> Option<Route> {
        if matches!(self.screen(), Screen::Settle(_)) || !self.journal.has_unsettled() {
            return None;
        }
        if matches!(self.screen(), Screen::Home(_)) {
            return Some(Route::Settle(None));
        }
        let id = self.screen().focused_entry(self.scene())?;
        let unsettled = self.journal.unsettled(&id);
        (!unsettled.is_empty()).then_some(Route::Settle(Some(id)))
    }

    /// Whether an action is available now.
    #[must_use]
    pub fn is_enabled(&self, action: Action) -> bool {
        match action {
            Action::RestoreLines => !self.lost.is_empty(),
            _ if self.overlay.is_some() => true,
            // A form only undoes what was typed or done in it.
            Action::Undo | Action::Redo if self.screen().form().is_some() => false,
            Action::Undo => self.undo_history.can_undo(),
            Action::Redo => self.undo_history.can_redo(),
            Action::Settle => self.settle_route().is_some(),
            Action::ResumeDraft | Action::DiscardDraft => !self.kept_drafts.is_empty(),
            Action::Back => !matches!(self.screen(), Screen::Home(_)),
            Action::Practice(number) => number <= self.catalog.walk().count(),
            other => self.screen().is_enabled(other),
        }
    }
}
