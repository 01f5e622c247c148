//! The model, what happens to it, and the key table. No drawing, no I/O, no clock.
//!
//! Everything goes through [`update`]: a message comes in, the model changes, effects go out as data.
//! The screens in [`screen`] do not know the [`Model`] that holds them; they answer with an
//! [`route::Outcome`].

mod act;
#[cfg(test)]
mod closed_room;
mod drafts;
pub mod editor;
mod effect;
pub mod finder;
pub mod form;
mod kept;
pub mod keys;
mod model;
mod mouse;
mod msg;
mod offers;
mod overlay;
pub mod route;
pub mod screen;
mod undo;
mod update;
mod walk;

pub use effect::Effect;
pub use kept::ShownDraft;
pub use model::{Model, Notice, Setup};
pub use msg::{Msg, Target};
pub use overlay::{UndoRequest, Command, Overlay, Palette};
pub use update::update;
pub use walk::NextWalkStep;
