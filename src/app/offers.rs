//! What can be done now: the footer, the help and the palette ask here.

use crossterm::event::KeyEvent;

use super::form::Form;
use super::keys::{self, Action, Binding, Context, Key};
use super::model::Model;
use super::overlay::{Command, Overlay};
use super::route::{Route, Source};
use super::screen::{Screen, Sift};
use crate::calendar::Month;

impl Model {
    /// Where the keys are, the narrowest place first.
    #[must_use]
    pub fn contexts(&self) -> Vec<Context> {
        match &self.overlay {
            None => {
                let mut contexts = self.screen().contexts();
                if self.month_over().is_some() {
                    contexts.insert(0, Context::Offered);
                }
                contexts
            }
            Some(Overlay::Help(_)) => vec![Context::Help, Context::Anywhere],
            Some(Overlay::Palette(_)) => vec![Context::Palette, Context::Anywhere],
            Some(Overlay::ThrowAway | Overlay::Undo(_) | Overlay::WriteOver { .. }) => {
                vec![Context::Question, Context::Anywhere]
            }
            Some(Overlay::Naming(_)) => vec![Context::Naming, Context::Anywhere],
        }
    }

    /// The month that Home offers to be looked back on.
    #[must_use]
    pub fn month_over(&self) -> Option<Month> {
        match self.screen() {
            Screen::Home(home) => home.month_over,
            _ => None,
        }
    }

    /// Whether keys that write characters write them.
    #[must_use]
    pub fn is_typing(&self) -> bool {
        match &self.overlay {
            None => self.screen().is_written_in(),
            Some(overlay) => matches!(overlay, Overlay::Palette(_) | Overlay::Naming(_)),
        }
    }

    /// The characters that these keys write, up to the first key that writes none; nothing where no
    /// text field has the keys.
    ///
    /// Typed one by one, each would have the field laid out anew: [`Msg::Typed`](super::Msg::Typed)
    /// takes them together, to the same end.
    #[must_use]
    pub fn run(&self, keys: impl IntoIterator<Item = KeyEvent>) -> String {
        if !self.is_typing() {
            return String::new();
        }
        let keys = keys.into_iter();
        keys.map_while(|key| Key::of(key).character()).collect()
    }

    /// The bindings that would do something now, the narrowest place first; of several for one
    /// action, the weightiest.
    #[must_use]
    pub fn bindings(&self) -> Vec<&'static Binding> {
        let typing = self.is_typing();
        let mut found: Vec<&'static Binding> = Vec::new();
        let mut taken = Vec::new();
        for binding in keys::bindings(&self.contexts()) {
            let Some(key) = binding.shown(typing) else {
                continue;
            };
            // A narrower place has the key for something else.
            if taken.contains(&key) || !self.offers(binding.action) {
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

    /// Everything that can be done now, for the palette: what has a key here, and from a form or a
    /// text field also what has one outside it.
    #[must_use]
    pub fn commands(&self) -> Vec<Command> {
        let typing = self.is_typing();
        let command = |binding: &'static Binding, key: Option<Key>| Command {
            label: self.label(binding),
            key: key.map(Key::name).unwrap_or_default(),
            action: binding.action,
        };
        let here = self.bindings().into_iter();
        let mut all: Vec<Command> = here
            .map(|binding| command(binding, binding.shown(typing)))
            .collect();
        if !self.contexts().contains(&Context::Browsing) {
            let elsewhere = keys::bindings(&[Context::Browsing]);
            let offered = elsewhere.filter(|binding| self.offers(binding.action));
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

    /// What a binding does, said for the screen it would do it on.
    #[must_use]
    pub fn label(&self, binding: &Binding) -> String {
        match (binding.action, self.screen()) {
            (Action::Walk, Screen::Home(home)) if home.blank => "begin".to_owned(),
            (Action::Save, screen) if screen.is_gone() => "save as new".to_owned(),
            (Action::Save, Screen::Commit(commit)) => match commit.source {
                Source::Walk(..) => "commit and go on".to_owned(),
                Source::Alone | Source::Entry(_) => "commit".to_owned(),
                Source::Changed(_) => "save".to_owned(),
            },
            (Action::CopyLast, Screen::Commit(commit)) if !commit.answers.is_empty() => {
                "use an answer".to_owned()
            }
            (Action::CopyLast, screen)
                if screen
                    .form()
                    .and_then(Form::focused)
                    .is_some_and(|input| input.other.is_some()) =>
            {
                "copy the other".to_owned()
            }
            (Action::LetGo | Action::Become, screen) => screen
                .way_on(binding.action)
                .unwrap_or_else(|| binding.label.to_owned()),
            (Action::Toggle, Screen::Compare(compare)) if compare.marked.is_some() => {
                "move the mark".to_owned()
            }
            (Action::LookBack, Screen::Home(home)) => match home.month_over {
                Some(month) => format!("look back on {}", month.name()),
                None => binding.label.to_owned(),
            },
            (Action::Open, Screen::OverTime(screen)) if screen.month.is_some() => {
                "open that month".to_owned()
            }
            (Action::Origin, Screen::List(_)) => "what it is linked to".to_owned(),
            (Action::Back, screen) if screen.sift().is_some_and(Sift::is_on) => {
                "show all".to_owned()
            }
            (Action::Practice(number), _) => {
                let practice = self.catalog.walk().nth(number.saturating_sub(1));
                practice.map_or_else(String::new, |practice| practice.name.clone())
            }
            _ => binding.label.to_owned(),
        }
    }

    /// Where fields with two texts are settled: of the entry that has the keys, or of all.
    #[must_use]
    pub fn settle_route(&self) -> Option<Route> {
        if matches!(self.screen(), Screen::Settle(_)) || !self.journal.has_unsettled() {
            return None;
        }
        if matches!(self.screen(), Screen::Home(_)) {
            return Some(Route::Settle(None));
        }
        let id = self.screen().entry(self.scene())?;
        let unsettled = self.journal.unsettled(&id);
        (!unsettled.is_empty()).then_some(Route::Settle(Some(id)))
    }

    /// Whether an action would do something now.
    #[must_use]
    pub fn offers(&self, action: Action) -> bool {
        match action {
            Action::PutBack => !self.lost.is_empty(),
            _ if self.overlay.is_some() => true,
            // In a form nothing but what was typed or done there can be taken back.
            Action::Undo | Action::Redo if self.screen().form().is_some() => false,
            Action::Undo => self.turns.can_undo(),
            Action::Redo => self.turns.can_redo(),
            Action::Settle => self.settle_route().is_some(),
            Action::PickUp | Action::ThrowAway => !self.kept.is_empty(),
            Action::Back => !matches!(self.screen(), Screen::Home(_)),
            Action::Practice(number) => number <= self.catalog.walk().count(),
            other => self.screen().offers(other),
        }
    }
}
