//! The model, what happens to it, and the key table. No drawing, no I/O, no clock.
//!
//! Everything goes through [`update`]: a message comes in, the model changes, effects go out as data.
//! The screens in [`screen`] do not know the [`Model`] that holds them; they answer with an
//! [`route::Outcome`].

mod actions;
mod availability;
mod drafts;
pub mod editor;
mod effect;
mod evidence;
mod evidence_panel;
mod expectations;
pub mod form;
mod kept_drafts;
pub mod keys;
mod model;
mod mouse;
mod msg;
mod overlay;
mod overlay_actions;
pub mod route;
pub mod screen;
pub mod search_cache;
mod undo;
mod update;
mod walk;
mod window;

pub use effect::Effect;
pub use evidence_panel::{EvidenceGroup, EvidencePanel};
pub use kept_drafts::ShownDraft;
pub use model::{Model, Notice, Setup};
pub use msg::{ClickTarget, Msg};
pub use overlay::{
    ExpectationChoice, ExpectationRow, Overlay, Palette, PaletteCommand, UndoRequest,
};
pub use update::update;
pub use walk::NextWalkStep;
pub use window::WindowSize;
