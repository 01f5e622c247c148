//! What a file has beside its bytes, its owner and its mode: extended attributes of the user, and an
//! access list (ACL). Only on Linux; elsewhere files seem to have none.

use std::collections::BTreeMap;

pub(super) use system::{read, replace};

/// Extended attributes by name, with their values.
pub type ExtendedAttributes = BTreeMap<Vec<u8>, Vec<u8>>;

#[cfg(target_os = "linux")]
mod system {
    use std::fs::File;
    use std::io;

    use rustix::buffer::spare_capacity;
    use rustix::fs::{XattrFlags, fgetxattr, flistxattr, fremovexattr, fsetxattr};
    use rustix::io::Errno;

    use super::ExtendedAttributes;

    /// The most bytes that the system allows for all names, and for one value.
    const LARGEST: usize = 1 << 16;

    /// The attributes of a file that a copy of it must keep.
    pub(in crate::store) fn read(file: &File) -> io::Result<ExtendedAttributes> {
        let mut names = Vec::with_capacity(LARGEST);
        match flistxattr(file, spare_capacity(&mut names)) {
            Ok(_) => {}
            Err(Errno::NOTSUP | Errno::NOSYS) => return Ok(ExtendedAttributes::new()),
            Err(error) => return Err(error.into()),
        }
        let mut all = ExtendedAttributes::new();
        for name in names.split(|byte| *byte == 0).filter(|name| is_kept(name)) {
            let mut value = Vec::with_capacity(LARGEST);
            match fgetxattr(file, name, spare_capacity(&mut value)) {
                Ok(_) => drop(all.insert(name.to_vec(), value)),
                // It was removed meanwhile.
                Err(Errno::NODATA) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(all)
    }

    /// Gives a file these attributes and no others.
    pub(in crate::store) fn replace(file: &File, kept: &ExtendedAttributes) -> io::Result<()> {
        let there = read(file)?;
        // The folder may give a new file an access list of its own.
        for name in there.keys().filter(|name| !kept.contains_key(*name)) {
            fremovexattr(file, name.as_slice())?;
        }
        let changed = kept
            .iter()
            .filter(|(name, value)| there.get(*name) != Some(value));
        for (name, value) in changed {
            fsetxattr(file, name.as_slice(), value, XattrFlags::empty())?;
        }
        Ok(())
    }

    /// The others belong to the system, which gives each file its own.
    fn is_kept(name: &[u8]) -> bool {
        name.starts_with(b"user.") || name == b"system.posix_acl_access"
    }
}

#[cfg(not(target_os = "linux"))]
mod system {
    use std::fs::File;
    use std::io;

    use super::ExtendedAttributes;

    pub(in crate::store) fn read(_: &File) -> io::Result<ExtendedAttributes> {
        Ok(ExtendedAttributes::new())
    }

    pub(in crate::store) fn replace(_: &File, _: &ExtendedAttributes) -> io::Result<()> {
        Ok(())
    }
}
