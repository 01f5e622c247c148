//! All practices of a call, and what is asked of them as a whole.

use std::sync::Arc;

use super::{Cadence, FieldKind, OffFields, Practice, Provides, Register, Step};

/// All practices, in the order they are walked. A clone shares them.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Catalog {
    practices: Arc<[Practice]>,
    /// What a file hides; see [`Catalog::with_hidden`].
    hidden: Arc<[Practice]>,
}

impl Catalog {
    pub fn new(mut practices: Vec<Practice>) -> Self {
        practices.sort_by(|a, b| (a.order, &a.id).cmp(&(b.order, &b.id)));
        Self {
            practices: practices.into(),
            hidden: Arc::default(),
        }
    }

    pub fn practices(&self) -> &[Practice] {
        &self.practices
    }

    /// The same, with practices that a file hides, or hides a part of, behind those in use.
    pub(super) fn hiding(self, hidden: Vec<Practice>) -> Self {
        Self {
            hidden: hidden.into(),
            ..self
        }
    }

    /// The practices in use, then the hidden ones as a whole: what was written there is in the journal,
    /// and others may see it or not as before.
    pub fn with_hidden(&self) -> impl Iterator<Item = &Practice> {
        self.practices.iter().chain(&*self.hidden)
    }

    /// Those of the weekly walk, in order.
    #[must_use = "an iterator does nothing by itself"]
    pub fn walk(&self) -> impl DoubleEndedIterator<Item = &Practice> {
        self.practices
            .iter()
            .filter(|practice| practice.cadence == Cadence::Weekly)
    }

    pub fn practice(&self, id: &str) -> Option<&Practice> {
        self.practices.iter().find(|practice| practice.id == id)
    }

    /// A step by its practice's id and its own.
    pub fn step(&self, practice: &str, step: &str) -> Option<&Step> {
        self.practice(practice)?.step(step)
    }

    /// The practice that keeps the register with this id.
    pub fn practice_of_register(&self, id: &str) -> Option<&Practice> {
        let mut practices = self.practices.iter();
        practices.find(|practice| practice.register(id).is_some())
    }

    /// All registers, in the order of their practices.
    pub fn registers(&self) -> impl Iterator<Item = &Register> {
        self.practices
            .iter()
            .flat_map(|practice| &practice.registers)
    }

    pub fn register(&self, id: &str) -> Option<&Register> {
        self.registers().find(|register| register.id == id)
    }

    /// The register shown as twelve boxes per year, with the stage its items count in.
    pub fn monthly(&self) -> Option<(&Register, &str)> {
        self.registers()
            .find_map(|register| Some((register, register.monthly.as_deref()?)))
    }

    /// The register whose items are practised over time: dated lines make them evidence.
    pub fn practised(&self) -> Option<&Register> {
        self.registers().find(|register| {
            let evidence = register.portfolio.as_deref();
            let field = evidence.and_then(|id| register.field(id));
            field.is_some_and(|field| field.kind == FieldKind::Log)
        })
    }

    /// The register that notes are caught in, with the stage of a note that is placed.
    pub fn inbox(&self) -> Option<(&Register, &str)> {
        self.registers()
            .find_map(|register| Some((register, register.inbox.as_deref()?)))
    }

    /// The register of days off, with its fields.
    pub fn off(&self) -> Option<(&Register, &OffFields)> {
        self.registers()
            .find_map(|register| Some((register, register.off.as_ref()?)))
    }

    /// The register of joined names, with the field for the name that a person goes by.
    pub fn joined_names(&self) -> Option<(&Register, &str)> {
        self.registers()
            .find_map(|register| Some((register, register.joins.as_deref()?)))
    }

    /// The register of talks, with the field for their day.
    pub fn talks(&self) -> Option<(&Register, &str)> {
        self.registers()
            .find_map(|register| Some((register, register.talks.as_deref()?)))
    }

    /// The step whose answer provides `what`, with its practice.
    pub fn provider(&self, what: Provides) -> Option<(&Practice, &Step)> {
        self.practices.iter().find_map(|practice| {
            let step = practice
                .steps
                .iter()
                .find(|step| step.provides == Some(what))?;
            Some((practice, step))
        })
    }

    /// The practices that others may see, and of the others the lists that are
    /// [only counted with](Register::is_only_counted_with).
    pub fn public_part(&self) -> Self {
        let shown = self.practices.iter().filter_map(|practice| {
            let mut practice = practice.clone();
            if practice.private {
                practice.registers.retain(Register::is_only_counted_with);
                practice.steps.clear();
                practice.cadence = Cadence::Standing;
            }
            (!practice.private || !practice.registers.is_empty()).then_some(practice)
        });
        Self {
            hidden: self.hidden.clone(),
            ..Self::new(shown.collect())
        }
    }
}
