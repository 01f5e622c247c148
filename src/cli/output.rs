//! Standard output, buffered, with every loss noticed.
//!
//! `print!` would panic when the reader is gone and stay silent when a disk is full; this says
//! either to whoever asked.

use std::io::{self, BufWriter, Stdout, Write};

use crate::failure::{Failure, Kind};

/// Where results go.
#[derive(Debug)]
pub(super) struct Output {
    buffer: BufWriter<Stdout>,
}

impl Output {
    /// The standard output of the process. It is locked for each write alone, so that the screens
    /// can have it in between.
    pub(super) fn standard() -> Self {
        Self {
            buffer: BufWriter::with_capacity(1 << 16, io::stdout()),
        }
    }

    /// Writes one line.
    pub(super) fn line(&mut self, line: &str) -> Result<(), Failure> {
        self.text(line)?;
        self.text("\n")
    }

    /// Writes a text as it is.
    pub(super) fn text(&mut self, text: &str) -> Result<(), Failure> {
        self.bytes(text.as_bytes())
    }

    /// Writes what a generator made.
    pub(super) fn bytes(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        self.buffer.write_all(bytes).map_err(lost)
    }

    /// Hands everything on to whoever reads it.
    pub(super) fn flush(&mut self) -> Result<(), Failure> {
        self.buffer.flush().map_err(lost)
    }
}

/// For what writes itself.
impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.buffer.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.buffer.flush()
    }
}

/// What became of something that was to be printed.
pub(super) fn lost(error: io::Error) -> Failure {
    let failure = Failure::new(
        Kind::Output,
        format!("what was to be printed is lost: {error}"),
    );
    failure.because(error)
}
