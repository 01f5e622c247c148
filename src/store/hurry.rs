//! The disk of the machine for somebody who may have to leave at any moment: from then on no other
//! program's lock is waited for.
//!
//! Knows nothing of why they have to leave.

use std::fmt;
use std::fs::File;
use std::io;

use super::disk::{Disk, RealDisk};

/// The disk, and what says whether it is time to leave.
pub struct Hurried<T>(pub T);

impl<T> fmt::Debug for Hurried<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Hurried").finish_non_exhaustive()
    }
}

impl<T: Fn() -> bool + Send> Disk for Hurried<T> {
    fn try_lock(&self, file: &File) -> io::Result<bool> {
        let ours = RealDisk.try_lock(file)?;
        if !ours && self.0() {
            return Err(io::Error::other(
                "another program holds it, and leadby was to end",
            ));
        }
        Ok(ours)
    }
}
