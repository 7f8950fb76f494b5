//! A stream cut into batches: what is left of an unfinished record waits for the next one.

use super::stream::Stream;

/// A stream and the bytes that the last batch could not use.
pub(super) struct Chunk {
    stream: Stream,
    carry: Vec<u8>,
    /// True where the stream gives no more bytes.
    pub(super) ended: bool,
    /// Why the stream ended before its end.
    pub(super) error: Option<String>,
}

impl Chunk {
    pub(super) fn new(stream: Stream) -> Chunk {
        Chunk {
            stream,
            carry: Vec::new(),
            ended: false,
            error: None,
        }
    }

    /// Begins a batch: appends what waits.
    pub(super) fn begin(&mut self, bytes: &mut Vec<u8>) {
        bytes.append(&mut self.carry);
    }

    /// Appends up to `most` bytes, fewer only at the end.
    pub(super) fn more(&mut self, bytes: &mut Vec<u8>, most: usize) {
        match self.stream.pull(bytes, most) {
            Ok(read) => self.ended = read < most,
            Err(error) => {
                self.ended = true;
                self.error = Some(error.to_string());
            }
        }
    }

    /// Ends a batch: takes back what lies behind `at`.
    pub(super) fn keep(&mut self, bytes: &mut Vec<u8>, at: usize) {
        self.carry.extend_from_slice(&bytes[at..]);
        bytes.truncate(at);
    }

    /// The hash of the stored bytes and their number.
    pub(super) fn finish(self) -> (String, u64) {
        self.stream.finish()
    }
}
