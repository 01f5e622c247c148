//! A disk that gives up waiting for a lock on shutdown.
//!
//! Knows nothing of why the program shuts down.

use std::fmt;
use std::fs::File;
use std::io;

use super::disk::{Disk, RealDisk};

/// The real disk, and a function that says whether the program is shutting down.
pub struct AbortableDisk<T>(pub T);

impl<T> fmt::Debug for AbortableDisk<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_tuple("AbortableDisk")
            .finish_non_exhaustive()
    }
}

impl<T: Fn() -> bool + Send> Disk for AbortableDisk<T> {
    fn try_lock(&self, file: &File) -> io::Result<bool> {
        let ours = RealDisk.try_lock(file)?;
        if !ours && self.0() {
            return Err(io::Error::other(
                "it is in use, and leadby was asked to end",
            ));
        }
        Ok(ours)
    }
}
