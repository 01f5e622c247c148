//! Standard output, buffered, with every loss noticed.
//!
//! `print!` would panic when the reader is gone and stay silent when a disk is full. Here a full
//! disk is an error, and a reader that went away early (`leadby list | head`) is not: what nobody
//! reads any more is dropped, and the command does what it was asked to.

use std::io::{self, BufWriter, Stdout, Write};

use crate::failure::{Failure, Kind};

/// Where results go.
#[derive(Debug)]
pub(super) struct Output {
    buffer: BufWriter<Stdout>,
    reader_is_gone: bool,
}

impl Output {
    /// The standard output of the process. It is locked for each write alone, so that the screens
    /// can have it in between.
    pub(super) fn standard() -> Self {
        Self {
            buffer: BufWriter::with_capacity(1 << 16, io::stdout()),
            reader_is_gone: false,
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
        self.write_all(bytes).map_err(lost)
    }

    /// Hands everything on to whoever reads it.
    pub(super) fn flush(&mut self) -> Result<(), Failure> {
        Write::flush(self).map_err(lost)
    }

    /// Hands everything on, for a question that follows: it is not asked where what it is about
    /// could not be shown.
    pub(super) fn show(&mut self) -> Result<(), Failure> {
        let shown = self.flush();
        let shown = shown.and_then(|()| {
            if self.reader_is_gone {
                Err(lost(io::ErrorKind::BrokenPipe.into()))
            } else {
                Ok(())
            }
        });
        shown.map_err(|lost| lost.hint("nothing was changed"))
    }

    /// Whether what is written is read by no one any more.
    pub(super) fn reader_is_gone(&self) -> bool {
        self.reader_is_gone
    }

    /// What came of a write: a reader that is gone had what it wanted.
    fn past_the_reader<T>(&mut self, done: io::Result<T>, nothing: T) -> io::Result<T> {
        match done {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                self.reader_is_gone = true;
                Ok(nothing)
            }
            done => done,
        }
    }
}

/// For what writes itself.
impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.reader_is_gone {
            return Ok(bytes.len());
        }
        let done = self.buffer.write(bytes);
        self.past_the_reader(done, bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.reader_is_gone {
            return Ok(());
        }
        let done = self.buffer.flush();
        self.past_the_reader(done, ())
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
