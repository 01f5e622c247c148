//! Standard output, buffered, with every loss noticed.
//!
//! `print!` would panic when the reader is gone and stay silent when a disk is full. Here a full
//! disk is an error, and a reader that went away early (`leadby list | head`) is not: what no one
//! reads any more is dropped, and the command does what it was asked to.

use std::io::{self, BufWriter, Stdout, Write};

use super::failures::usage;
use crate::failure::{Failure, FailureKind};

#[derive(Debug)]
pub(super) struct Output {
    buffer: BufWriter<Stdout>,
    reader_is_gone: bool,
    /// Whether nothing is printed on success.
    is_quiet: bool,
}

impl Output {
    /// The standard output of the process. It is locked per write, so that the screens can use it
    /// in between.
    pub(super) fn standard() -> Self {
        Self {
            buffer: BufWriter::with_capacity(1 << 16, io::stdout()),
            reader_is_gone: false,
            is_quiet: false,
        }
    }

    pub(super) fn set_quiet(&mut self, is_quiet: bool) {
        self.is_quiet = is_quiet;
    }

    /// The output for an export, which is written also if sentences are not.
    pub(super) fn for_export(&mut self) -> &mut Self {
        self.is_quiet = false;
        self
    }

    pub(super) fn write_line(&mut self, line: &str) -> Result<(), Failure> {
        self.write_text(line)?;
        self.write_text("\n")
    }

    pub(super) fn write_text(&mut self, text: &str) -> Result<(), Failure> {
        self.write_bytes(text.as_bytes())
    }

    pub(super) fn write_bytes(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        self.write_all(bytes).map_err(output_failure)
    }

    pub(super) fn flush(&mut self) -> Result<(), Failure> {
        Write::flush(self).map_err(output_failure)
    }

    /// Flushes before a question, which must not be asked if its subject could not be shown.
    pub(super) fn flush_or_fail(&mut self) -> Result<(), Failure> {
        if self.is_quiet {
            return Err(usage("--quiet would hide what has to be seen")
                .hint("leave it out, or add --yes where the command takes it"));
        }
        let shown = self.flush();
        let shown = shown.and_then(|()| {
            if self.reader_is_gone {
                Err(output_failure(io::ErrorKind::BrokenPipe.into()))
            } else {
                Ok(())
            }
        });
        shown.map_err(|lost| lost.hint("nothing was changed"))
    }

    pub(super) fn reader_is_gone(&self) -> bool {
        self.reader_is_gone
    }

    /// Ignores a broken pipe: a reader that is gone had what it wanted.
    fn ignore_broken_pipe<T>(&mut self, done: io::Result<T>, nothing: T) -> io::Result<T> {
        match done {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                self.reader_is_gone = true;
                Ok(nothing)
            }
            done => done,
        }
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.reader_is_gone || self.is_quiet {
            return Ok(bytes.len());
        }
        let done = self.buffer.write(bytes);
        self.ignore_broken_pipe(done, bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.reader_is_gone {
            return Ok(());
        }
        let done = self.buffer.flush();
        self.ignore_broken_pipe(done, ())
    }
}

pub(super) fn output_failure(error: io::Error) -> Failure {
    let failure = Failure::new(
        FailureKind::Output,
        format!("output could not be written: {error}"),
    );
    failure.with_source(error)
}
