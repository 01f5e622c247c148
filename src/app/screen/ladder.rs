//! The career ladder: what is expected on a level, what stands for it, and what to do about a gap.
//!
//! An expectation is chosen first; then the keys go to what stands for it, to tie or untie it.

use super::filtered_list::{kept_cursor, moves_cursor};
use super::item_text::entry_screen;
use super::sections::Sections;
use super::{Scene, ScreenState};
use crate::app::ClickTarget;
use crate::app::keys::{Action, Binding, KeyContext};
use crate::app::route::{CommitSource, ItemSource, Outcome, Route};
use crate::insight::{ExpectationStanding, LadderStanding, Proof, ProofState};
use crate::journal::Id;
use crate::report::{self, PageFormat};

/// What the screen without a ladder says: what belongs there.
pub const EMPTY: &str = "What your company expects of you, level by level, with your evidence beside it and \
                         the gaps in plain sight.";

/// How to begin: a command, and what it does.
pub const FIRST_COMMANDS: [(&str, &str); 2] = [
    ("leadby ladder init", "writes an example to change"),
    ("leadby ladder import FILE", "reads a table you have"),
];

#[derive(Clone, Debug)]
pub struct LadderPage {
    /// What stands for them; `None` without a ladder.
    pub standing: Option<LadderStanding>,
    /// The first mistake in the ladder file, which is not used then.
    pub mistake: Option<String>,
    /// The expectations under their areas.
    pub sections: Sections<String>,
    pub cursor: usize,
    /// The chosen one of its proofs, while the keys go there.
    pub proof: Option<usize>,
    /// The place of the level in the ladder.
    level: usize,
    levels: usize,
}

impl LadderPage {
    pub(super) fn new(scene: Scene<'_>) -> Self {
        let ladder = scene.ladder();
        let target = ladder.and_then(|ladder| {
            let target = ladder.target()?;
            ladder.levels.iter().position(|level| level == target)
        });
        Self::for_level(target.unwrap_or_default(), scene)
    }

    fn for_level(level: usize, scene: Scene<'_>) -> Self {
        let ladder = scene.ladder();
        let mistakes = scene.ladder.as_ref().err();
        let standing = ladder.map(|ladder| {
            let id = ladder.levels.get(level).map(|level| level.id.as_str());
            LadderStanding::of(ladder, id, scene.journal, scene.catalog)
        });
        let expectations = standing.iter().flat_map(|it| &it.expectations);
        Self {
            sections: Sections::spaced(expectations.map(|it| Some(it.area.clone()))),
            standing,
            mistake: mistakes
                .and_then(|mistakes| mistakes.first())
                .map(ToString::to_string),
            cursor: 0,
            proof: None,
            level,
            levels: ladder.map_or(0, |ladder| ladder.levels.len()),
        }
    }

    /// The expectations of the level; empty without a ladder.
    pub fn expectations(&self) -> &[ExpectationStanding] {
        let standing = self.standing.as_ref();
        standing.map_or(&[], |standing| &standing.expectations)
    }

    pub fn chosen(&self) -> Option<&ExpectationStanding> {
        self.expectations().get(self.cursor)
    }

    pub fn chosen_proof(&self) -> Option<(ProofState, &Proof)> {
        self.chosen()?.proofs().nth(self.proof?)
    }

    fn act_on_proofs(&mut self, action: Action, scene: Scene<'_>) -> Outcome {
        match action {
            Action::Open => {
                let proof = self.chosen_proof();
                Outcome::navigate_if(proof.and_then(|(_, proof)| entry_screen(&proof.id, scene)))
            }
            Action::Toggle => self.toggle(scene),
            _ => Outcome::stay(),
        }
    }

    /// Ties the chosen proof to the chosen expectation, or unties it.
    fn toggle(&self, scene: Scene<'_>) -> Outcome {
        let (Some(chosen), Some((state, proof))) = (self.chosen(), self.chosen_proof()) else {
            return Outcome::stay();
        };
        let id = &chosen.expectation.id;
        let choice = scene.journal.ladder_choice(&proof.id);
        let (choice, said) = match state {
            ProofState::Tied => (choice.without(id), "No longer evidence for it."),
            ProofState::Proposed | ProofState::Refused => (choice.with(id), "Now evidence for it."),
        };
        Outcome::stay().saving_undoable(vec![choice.into_ladder_change()], said)
    }

    /// What a gap is offered as.
    fn offer(&self, action: Action, scene: Scene<'_>) -> Outcome {
        let Some(chosen) = self.chosen() else {
            return Outcome::stay();
        };
        let expectation = chosen.expectation.id.clone();
        let register = match action {
            Action::CommitFrom => {
                let source = CommitSource::Expectation(expectation);
                return Outcome::open(Route::Commit(source));
            }
            Action::ProblemFor => scene.catalog.monthly().map(|(register, _)| register),
            _ => scene.catalog.practised(),
        };
        let source = ItemSource::For(expectation);
        Outcome::open_if(register.map(|register| Route::item_from(&register.id, source)))
    }
}

impl ScreenState for LadderPage {
    fn route(&self) -> Route {
        Route::Ladder
    }

    fn title(&self) -> Option<String> {
        Some("Ladder".to_owned())
    }

    /// From the proofs to the expectations first.
    fn back(&mut self) -> Outcome {
        let proof = self.proof.take();
        proof.map_or_else(Outcome::back, |_| Outcome::stay())
    }

    fn run(&mut self, action: Action, scene: Scene<'_>) -> Outcome {
        if self.proof.is_some() {
            return self.act_on_proofs(action, scene);
        }
        match action {
            Action::Open => self.proof = Some(0),
            Action::Earlier => *self = Self::for_level(self.level.saturating_sub(1), scene),
            Action::Later => *self = Self::for_level(self.level + 1, scene),
            Action::CommitFrom | Action::ProblemFor | Action::SkillFor => {
                return self.offer(action, scene);
            }
            _ => {}
        }
        Outcome::stay()
    }

    fn refresh(&mut self, scene: Scene<'_>) {
        let chosen = self.chosen().map(|it| it.expectation.id.clone());
        let proof = self.chosen_proof().map(|(_, proof)| proof.id.clone());
        let (cursor, at) = (self.cursor, self.proof);
        *self = Self::for_level(self.level, scene);
        let ids = self.expectations().iter().map(|it| &it.expectation.id);
        self.cursor = kept_cursor(ids, chosen.as_ref(), cursor);
        self.proof = self.chosen().zip(at).and_then(|(chosen, at)| {
            let ids = || chosen.proofs().map(|(_, proof)| &proof.id);
            ids().next()?;
            Some(kept_cursor(ids(), proof.as_ref(), at))
        });
    }

    fn is_enabled(&self, action: Action) -> bool {
        let has_proofs = self
            .chosen()
            .is_some_and(|chosen| chosen.proofs().next().is_some());
        match action {
            Action::Open | Action::Toggle => has_proofs,
            Action::CommitFrom | Action::ProblemFor | Action::SkillFor => {
                self.proof.is_none() && self.chosen().is_some()
            }
            Action::Earlier => self.proof.is_none() && self.level > 0,
            Action::Later => self.proof.is_none() && self.level + 1 < self.levels,
            Action::Export => self.proof.is_none() && self.standing.is_some(),
            _ => self.chosen().is_some() && moves_cursor(action),
        }
    }

    fn own_contexts(&self) -> &'static [KeyContext] {
        if self.proof.is_some() {
            &[KeyContext::Proofs]
        } else {
            &[KeyContext::Ladder, KeyContext::Periods]
        }
    }

    fn label(&self, binding: &Binding) -> Option<String> {
        let said = match (binding.action, self.chosen_proof()) {
            (Action::Toggle, Some((ProofState::Tied, _))) => "untie",
            (Action::Toggle, Some(_)) => "tie",
            (Action::Back, Some(_)) => "expectations",
            (Action::Earlier, None) => "level below",
            (Action::Later, None) => "level above",
            _ => return None,
        };
        Some(said.to_owned())
    }

    fn rows(&mut self) -> Option<(&mut usize, usize)> {
        let proofs = self.chosen().map_or(0, |chosen| chosen.proofs().count());
        let count = self.expectations().len();
        Some(match &mut self.proof {
            Some(at) => (at, proofs),
            None => (&mut self.cursor, count),
        })
    }

    fn focused_entry(&self, _: Scene<'_>) -> Option<Id> {
        self.chosen_proof().map(|(_, proof)| proof.id.clone())
    }

    fn export_name(&self) -> Option<String> {
        let name = report::page_file_name(&report::ladder_title(self.standing.as_ref()?));
        Some(name.replace(".md", ".html"))
    }

    fn export_text(&self, format: PageFormat, scene: Scene<'_>) -> Option<String> {
        let standing = self.standing.as_ref()?;
        Some(report::ladder_page(standing, format, scene.now.today()))
    }

    fn click(&mut self, target: ClickTarget, scene: Scene<'_>) -> Outcome {
        match target {
            ClickTarget::Note(at) if self.proof == Some(at) => self.act(Action::Open, scene),
            ClickTarget::Note(at) => {
                self.proof = Some(at);
                Outcome::stay()
            }
            ClickTarget::Row(at) if self.proof.is_some() => {
                (self.cursor, self.proof) = (at, None);
                Outcome::stay()
            }
            ClickTarget::Row(at) => self.click_row(at, scene),
            _ => Outcome::stay(),
        }
    }
}
