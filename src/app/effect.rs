//! What goes out: things to be done outside the model, as data.

use crate::journal::Change;

/// Something to be done by the terminal, in order; a failed save drops the ones after it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Effect {
    /// Write these versions to the journal; comes back as [`super::Msg::Saved`] or
    /// [`super::Msg::Failed`].
    Save(Vec<Change>),
    /// Put down what is being typed, within two seconds.
    DraftSoon,
    /// Put down what is being typed, now.
    DraftNow,
    /// Note the place the user leaves, or that there is none to come back to.
    Place,
    /// Stop, as a shell's job control asks.
    Suspend,
    /// Draw everything anew.
    Repaint,
    /// Leave.
    Quit,
}
