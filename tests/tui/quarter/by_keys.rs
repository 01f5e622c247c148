//! The quarter at the screens: keys in, and a look at the screen for where they go.

use leadby::app::form::{Control, Form, FormField};
use leadby::app::route::Route;
use leadby::practice::{Ask, Catalog, FieldKind, builtin};

use super::{Day, Said, Scene, asked};
use crate::play::Play;

pub(super) struct AtScreens {
    play: Play,
    catalog: Catalog,
}

impl AtScreens {
    pub(super) fn new(config: &str) -> Self {
        let mut play = Play::new().with_evidence(config);
        play.size(100, 48);
        Self {
            play,
            catalog: builtin(),
        }
    }

    pub(super) fn lines(&self) -> String {
        self.play.lines()
    }

    pub(super) fn live(&mut self, scene: &Scene) {
        match scene {
            Scene::At(moment) => {
                self.play.at(moment);
            }
            Scene::Profile(said) => self.pages("g", said),
            Scene::Walk(said) => self.pages("<Enter>", said),
            Scene::LastWeek("audit", said) => self.pages("r[o", said),
            Scene::LastWeek(practice, said) => {
                let at = self.catalog.walk().position(|one| one.id == *practice);
                let digit = at.expect("a practice of the walk") + 1;
                self.play.keys(&format!("{digit}<C-o><Left><Left>"));
                let last_week = " last week · ";
                for _ in 0..5 {
                    if self.play.screen().contains(last_week) {
                        break;
                    }
                    self.play.keys("<Right>");
                }
                self.play.shows(last_week);
                self.pages("<Enter>", said);
            }
            Scene::LastMonth(said) => self.pages("o<Down><Enter>", said),
            Scene::Note(text) => {
                self.play.keys(&format!("i{text}<Enter>"));
            }
            Scene::NoteByShell(text) => {
                self.play.others_run(&["note", text]);
            }
            Scene::NoteByFile(text) => {
                self.play.others_note(&format!("{text}\n"));
            }
            Scene::WeekOff => {
                self.play.keys("0");
            }
            Scene::Off(first, last, what) => {
                self.play.shelf("Days off");
                let keys = format!("a{what}<Enter>{first}<Enter>{last}<C-s><Esc><Esc>");
                self.play.keys(&keys);
            }
            Scene::Undo => {
                self.play.keys("u");
            }
        }
        assert_eq!(self.route(), Route::Home, "{}", self.play);
    }

    fn route(&self) -> Route {
        self.play.model.state().route()
    }

    /// Opens the pages, says all there is to say, and goes back to Home.
    fn pages(&mut self, open: &str, said: &[Said]) {
        self.play.keys(open);
        for one in said {
            self.say(one);
        }
        self.play.keys("<Esc><Esc><Esc><Esc>");
    }

    fn say(&mut self, said: &Said) {
        match said {
            Said::Went(how, words, day) => self.check_in(how, words, day),
            Said::Placed(kind, place) => self.place(kind, place),
            Said::Promised(better, area, by) => {
                self.go_on_until("By Friday", |route| matches!(route, Route::Commit(_)));
                self.promise(better, area, by);
            }
            Said::Words(step, words) => {
                let is_text = self.open_step(step);
                if is_text {
                    self.play.keys(&words.replace('\n', "<Enter>"));
                } else {
                    self.mark(words);
                }
            }
            Said::Marked(step, marks) => {
                self.open_step(step);
                for mark in *marks {
                    self.mark(mark);
                }
            }
            Said::Found(step, words) => {
                self.open_step(step);
                self.play.keys("<F10>").wait_for_commands();
                self.go_to(words, "<Down>");
                self.play.keys("<Enter><Esc>");
            }
            Said::Added(step, title, fields) => {
                self.open_step(step);
                self.play.keys(&format!("{title}<Enter>"));
                if !fields.is_empty() {
                    self.row(title, "<Enter>");
                    self.fields(fields);
                }
            }
            Said::Further(step, title, fields) => {
                self.open_step(step);
                self.row(title, "<Space>");
                if !fields.is_empty() {
                    self.play.keys("<Enter>");
                    self.fields(fields);
                }
            }
            Said::Filled(step, title, field, words) => {
                self.open_step(step);
                self.row(title, "<Enter>");
                self.fields(&[(field, words)]);
            }
            Said::LetGo(step, title) => {
                self.open_step(step);
                self.row(title, "L");
            }
            Said::TurnedInto(step, title) => {
                self.open_step(step);
                self.row(title, "t");
            }
            Said::CommittedTo(step, title) => {
                self.open_step(step);
                self.row(title, "<C-f><C-s>");
            }
        }
    }

    fn check_in(&mut self, how: &str, words: &str, day: &Day) {
        assert!(matches!(self.route(), Route::CheckIn(_)), "{}", self.play);
        let key = match how {
            "moved" => "v",
            how => &how[..1],
        };
        self.play.keys(&format!("{key}<Tab>{words}"));
        match day {
            Day::Offered => {}
            Day::WhenDue => {
                self.focus("On");
                self.mark("the day it was due");
            }
            Day::Again => {
                self.focus("Again");
                self.play.keys("<Space>");
            }
            Day::To(day) => {
                self.focus("New day");
                self.play.keys(day);
            }
        }
        self.play.keys("<C-s>");
    }

    fn place(&mut self, kind: &str, place: &str) {
        assert_eq!(self.route(), Route::Inbox, "{}", self.play);
        self.play.keys(match kind {
            "let go" => "L",
            kind => &kind[..1],
        });
        if !place.is_empty() {
            self.go_to(place, "<Down>");
            self.play.keys("<Enter>");
        } else if kind == "commitment" {
            self.play.keys("<C-s>");
        }
    }

    fn promise(&mut self, better: &str, area: &str, by: &str) {
        self.play.keys(better);
        if !area.is_empty() {
            self.focus("Area");
            self.mark(area);
        }
        if !by.is_empty() {
            self.focus("By");
            self.play.keys(by);
        }
        self.play.keys("<C-s>");
    }

    /// Goes to the page and the field of a step; returns whether it takes text.
    fn open_step(&mut self, step: &str) -> bool {
        let catalog = self.catalog.clone();
        let (practice, step) = asked(step, &catalog);
        let is_there = |route: &Route| matches!(route, Route::Page { practice: id, page, .. } if *id == practice.id && *page == step.page);
        // The walk continues where it was left, which can be later.
        while self.position(&self.route()) > self.catalog.walk().position(|it| it.id == practice.id)
        {
            self.play.keys("<C-p>");
        }
        self.go_on_until(&practice.name, is_there);
        // The page begins at the first question without an answer.
        let mut later = practice.steps.iter().skip_while(|one| one.id != step.id);
        if later.any(|one| one.id != step.id && self.is_focused(&one.label)) {
            self.play.keys("<S-Tab>");
        }
        self.focus(&step.label);
        matches!(step.ask, Ask::Answer(FieldKind::Line | FieldKind::Prose))
    }

    /// How far in the walk a page is.
    fn position(&self, route: &Route) -> Option<usize> {
        match route {
            Route::Page { practice, .. } => self.catalog.walk().position(|it| it.id == *practice),
            _ => None,
        }
    }

    fn go_on_until(&mut self, name: &str, is_there: impl Fn(&Route) -> bool) {
        for _ in 0..20 {
            if is_there(&self.route()) {
                return;
            }
            match self.route() {
                // The wrap-up of a month chooses its next page.
                Route::MonthWrapUp(_) => self.play.keys("<Enter>"),
                Route::Summary(_) => break,
                _ => self.play.keys("<C-s>"),
            };
        }
        panic!("no {name} in the walk:\n{}", self.play);
    }

    /// Goes from field to field to the one with this label.
    fn focus(&mut self, label: &str) {
        for _ in 0..20 {
            if self.is_focused(label) {
                return;
            }
            self.play.keys("<Tab>");
        }
        panic!("no field {label}:\n{}", self.play);
    }

    fn field(&self) -> Option<&FormField> {
        self.play.model.state().form().and_then(Form::focused)
    }

    fn is_focused(&self, label: &str) -> bool {
        self.field().is_some_and(|field| field.label == label)
    }

    fn fields(&mut self, fields: &[(&str, &str)]) {
        for (label, words) in fields {
            self.focus(label);
            let field = self.field().expect("a field");
            if matches!(field.control, Control::Pick(_)) {
                self.mark(words);
            } else {
                self.play.keys(words);
            }
        }
        self.play.keys("<C-s>");
    }

    fn mark(&mut self, choice: &str) {
        self.go_to(choice, "<Down>");
        self.play.keys("<Space>");
    }

    /// Presses a key on a row of a list.
    fn row(&mut self, title: &str, key: &str) {
        self.go_to(title, "<Up>");
        self.play.keys(key);
    }

    /// Moves until the chosen line has these words.
    fn go_to(&mut self, words: &str, key: &str) {
        for _ in 0..30 {
            let screen = self.play.screen();
            let mut lines = screen.lines();
            if lines.any(|line| {
                let chosen = line.split_once("▌");
                chosen.is_some_and(|(_, chosen)| chosen.contains(words))
            }) {
                return;
            }
            self.play.keys(key);
        }
        panic!("no {words}:\n{}", self.play);
    }
}
