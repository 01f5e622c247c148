//! What the evidence beside a form shows: sources, their lines, and the chosen one.
//!
//! Knows no form and no model.

use std::collections::HashSet;

use crate::calendar::{Now, Week};
use crate::config::EvidenceSource;
use crate::evidence::{self, CommandOutput, Evidence, EvidenceLine};

/// Where evidence comes from, what it shows, and what was taken.
#[derive(Debug, Default)]
pub(super) struct CollectedEvidence {
    pub(super) sources: Vec<EvidenceSource>,
    /// Whether there may be others, in a config file that is not used.
    pub(super) is_config_unused: bool,
    pub(super) panel: Option<EvidencePanel>,
    /// What was taken in this session.
    pub(super) taken: HashSet<EvidenceLine>,
}

/// What was done in a week, by source.
#[derive(Clone, Debug)]
pub struct EvidencePanel {
    pub week: Week,
    pub groups: Vec<EvidenceGroup>,
    /// The chosen line: its group, and its position there.
    pub chosen: Option<(usize, usize)>,
    /// Whether the user chose it; until then it is the first one.
    is_users: bool,
}

/// What one source says.
#[derive(Clone, Debug)]
pub struct EvidenceGroup {
    source: EvidenceSource,
    /// What its commands gave so far.
    outputs: Vec<Option<CommandOutput>>,
    /// What they say, once all have ended.
    pub evidence: Option<Evidence>,
}

impl EvidenceGroup {
    pub fn name(&self) -> &str {
        &self.source.name
    }

    fn lines(&self) -> &[EvidenceLine] {
        self.evidence
            .as_ref()
            .map_or(&[], |evidence| &evidence.lines)
    }
}

impl EvidencePanel {
    /// The sources of a week, while their commands run.
    pub(super) fn new(week: Week, sources: &[EvidenceSource]) -> Self {
        let group = |source: &EvidenceSource| EvidenceGroup {
            outputs: vec![None; source.commands.len()],
            evidence: None,
            source: source.clone(),
        };
        Self {
            week,
            groups: sources.iter().map(group).collect(),
            chosen: None,
            is_users: false,
        }
    }

    fn positions(&self) -> Vec<(usize, usize)> {
        let groups = self.groups.iter().enumerate();
        groups
            .flat_map(|(group, it)| (0..it.lines().len()).map(move |line| (group, line)))
            .collect()
    }

    /// Takes what a command gave; the number of the command is from 0.
    pub(super) fn receive(&mut self, number: usize, output: CommandOutput, now: Now) {
        let mut number = number;
        for group in &mut self.groups {
            let Some(place) = group.outputs.get_mut(number) else {
                number -= group.outputs.len();
                continue;
            };
            *place = Some(output);
            let all: Option<Vec<CommandOutput>> = group.outputs.iter().cloned().collect();
            if let Some(outputs) = all {
                let read = evidence::read_outputs(&group.source, &outputs, self.week, now);
                group.evidence = Some(read);
            }
            break;
        }
        if !self.is_users {
            self.chosen = self.positions().first().copied();
        }
    }

    pub(super) fn chosen_line(&self) -> Option<&EvidenceLine> {
        let (group, line) = self.chosen?;
        self.groups.get(group)?.lines().get(line)
    }

    /// Chooses the line that is so many lines on or, if negative, back, as far as there are lines.
    pub(super) fn move_by(&mut self, lines: isize) {
        let positions = self.positions();
        let at = positions.iter().position(|it| Some(*it) == self.chosen);
        let last = positions.len().saturating_sub(1);
        let next = at.map_or(0, |at| at.saturating_add_signed(lines).min(last));
        self.chosen = positions.get(next).copied().or(self.chosen);
        self.is_users = true;
    }

    /// Chooses a line, which more lines do not change.
    pub(super) fn choose(&mut self, line: (usize, usize)) {
        self.chosen = Some(line);
        self.is_users = true;
    }
}
