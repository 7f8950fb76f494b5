//! One input as a stream of bytes: hashed as stored, decompressed, in an encoding
//! whose ASCII bytes mean ASCII.

use std::io::{self, BufReader, Cursor, Read};
use std::sync::{Arc, Mutex, PoisonError};

use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE};
use flate2::read::MultiGzDecoder;

use super::format::magic;
use super::zstd::Frames;

/// Bytes looked at to tell compression, encoding and format.
const HEAD: usize = 1 << 16;

/// Bytes read from a file at a time.
const STEP: usize = 1 << 18;

pub(super) type Reader = Box<dyn Read + Send>;

/// The bytes as stored, hashed and counted while they are read. Clones share the file.
#[derive(Clone)]
struct Raw(Arc<Mutex<RawState>>);

struct RawState {
    reader: Reader,
    hasher: blake3::Hasher,
    bytes: u64,
}

impl Read for Raw {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        // Nothing that holds the lock panics half-way, so that its state is sound.
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let read = state.reader.read(buffer)?;
        state.hasher.update(&buffer[..read]);
        state.bytes += read as u64;
        Ok(read)
    }
}

/// An opened input.
pub(crate) struct Stream {
    raw: Raw,
    /// The first bytes, decompressed and without a byte-order mark, not yet read.
    head: Cursor<Vec<u8>>,
    rest: Reader,
    /// True where the bytes are not as they were stored.
    compressed: bool,
}

impl Stream {
    /// Tells compression and encoding of `reader` from its first bytes.
    pub(crate) fn new(reader: Reader, encoding: Option<&'static Encoding>) -> io::Result<Stream> {
        let raw = Raw(Arc::new(Mutex::new(RawState {
            reader,
            hasher: blake3::Hasher::new(),
            bytes: 0,
        })));
        let mut stored = raw.clone();
        let start = peek(&mut stored, 4)?;
        let gzip = start.starts_with(b"\x1f\x8b");
        let zstd = start == b"\x28\xb5\x2f\xfd";
        let stored = Cursor::new(start).chain(stored);
        let mut plain: Reader = if gzip {
            let buffered = BufReader::with_capacity(STEP, stored);
            Box::new(MultiGzDecoder::new(buffered))
        } else if zstd {
            Box::new(Frames::new(BufReader::with_capacity(STEP, stored)))
        } else {
            Box::new(stored)
        };
        let mut head = peek(&mut plain, HEAD)?;
        let (found, mark) = match magic(&head) {
            // Not text in any encoding.
            Some(_) => (Some(UTF_8), 0),
            None => told_encoding(&head),
        };
        head.drain(..mark);
        if let Some(encoding) = found.or(encoding).filter(|encoding| *encoding != UTF_8) {
            let chained = Cursor::new(head).chain(plain);
            plain = Box::new(Transcoded::new(Box::new(chained), encoding));
            head = peek(&mut plain, HEAD)?;
        }
        Ok(Stream {
            raw,
            head: Cursor::new(head),
            rest: plain,
            compressed: gzip || zstd,
        })
    }

    /// True where the stored bytes are compressed.
    pub(crate) fn is_compressed(&self) -> bool {
        self.compressed
    }

    /// The stream with its bytes turned into others; the hash stays that of the bytes as stored.
    #[cfg(feature = "arrow")]
    pub(crate) fn converted(
        self,
        convert: impl FnOnce(Reader) -> io::Result<Reader>,
    ) -> io::Result<Stream> {
        let mut rest = convert(Box::new(self.head.chain(self.rest)))?;
        let head = Cursor::new(peek(&mut rest, HEAD)?);
        Ok(Stream { head, rest, ..self })
    }

    /// The first bytes, up to 64 KiB; for use before the first `read`.
    pub(crate) fn head(&self) -> &[u8] {
        self.head.get_ref()
    }

    /// Reads what is left of the stored bytes; their hash in hexadecimal and their number.
    pub(crate) fn finish(mut self) -> (String, u64) {
        // A file that cannot be read to its end has been reported already.
        let _ = io::copy(
            &mut BufReader::with_capacity(STEP, &mut self.raw),
            &mut io::sink(),
        );
        let state = self.raw.0.lock().unwrap_or_else(PoisonError::into_inner);
        (state.hasher.finalize().to_hex().to_string(), state.bytes)
    }

    /// Appends up to `most` bytes to `buffer`; fewer only at the end. 0 is the end.
    pub(crate) fn pull(&mut self, buffer: &mut Vec<u8>, most: usize) -> io::Result<usize> {
        buffer.reserve(most);
        let both = (&mut self.head).chain(&mut self.rest);
        both.take(most as u64).read_to_end(buffer)
    }
}

impl Stream {
    /// All bytes, up to `most`; beyond, an error. They can be read from the stream once more.
    pub(crate) fn whole(&mut self, most: usize) -> io::Result<Arc<[u8]>> {
        let mut bytes = Vec::new();
        self.pull(&mut bytes, most.saturating_add(1))?;
        if bytes.len() > most {
            let reason = format!("it is longer than {most} bytes (--max-record)");
            return Err(io::Error::new(io::ErrorKind::InvalidData, reason));
        }
        let whole = bytes.as_slice().into();
        self.head = Cursor::new(bytes);
        Ok(whole)
    }
}

/// Reads the first `most` bytes. An error behind the first byte is left to the next reader.
fn peek(reader: &mut impl Read, most: usize) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    match reader.by_ref().take(most as u64).read_to_end(&mut head) {
        Err(error) if head.is_empty() => Err(error),
        _ => Ok(head),
    }
}

/// The encoding that a byte-order mark or the NULs of unmarked UTF-16 tell, and the
/// length of the mark in bytes.
fn told_encoding(head: &[u8]) -> (Option<&'static Encoding>, usize) {
    if let Some((encoding, length)) = Encoding::for_bom(head) {
        return (Some(encoding), length);
    }
    let sample = &head[..head.len().min(4096)];
    let nuls = |odd: usize| {
        sample
            .iter()
            .skip(odd)
            .step_by(2)
            .filter(|byte| **byte == 0)
            .count()
    };
    let (even, odd) = (nuls(0), nuls(1));
    // English text in UTF-16 has a NUL in nearly every character, always on one side.
    if odd * 5 > sample.len() * 2 && even * 20 < odd {
        return (Some(UTF_16LE), 0);
    }
    if even * 5 > sample.len() * 2 && odd * 20 < even {
        return (Some(UTF_16BE), 0);
    }
    (None, 0)
}

/// A reader that turns another encoding into UTF-8; what cannot be decoded becomes U+FFFD.
struct Transcoded {
    source: Reader,
    decoder: Decoder,
    input: Vec<u8>,
    output: String,
    /// The part of `output` that has been handed out.
    given: usize,
    ended: bool,
}

impl Transcoded {
    fn new(source: Reader, encoding: &'static Encoding) -> Transcoded {
        Transcoded {
            source,
            decoder: encoding.new_decoder_without_bom_handling(),
            input: vec![0; STEP],
            output: String::new(),
            given: 0,
            ended: false,
        }
    }

    /// Decodes the next bytes of the source into `output`.
    fn refill(&mut self) -> io::Result<()> {
        let read = self.source.read(&mut self.input)?;
        self.ended = read == 0;
        let room = self.decoder.max_utf8_buffer_length(read);
        self.output.clear();
        self.output.reserve(room.unwrap_or(read * 3 + 16));
        let input = &self.input[..read];
        let (result, ..) = self
            .decoder
            .decode_to_string(input, &mut self.output, self.ended);
        debug_assert_eq!(result, CoderResult::InputEmpty);
        self.given = 0;
        Ok(())
    }
}

impl Read for Transcoded {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.given == self.output.len() && !self.ended {
            self.refill()?;
        }
        let left = &self.output.as_bytes()[self.given..];
        let count = left.len().min(buffer.len());
        buffer[..count].copy_from_slice(&left[..count]);
        self.given += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn text_of(bytes: &[u8], encoding: Option<&'static Encoding>) -> String {
        let mut stream = Stream::new(Box::new(Cursor::new(bytes.to_vec())), encoding).unwrap();
        let mut all = Vec::new();
        while stream.pull(&mut all, 100_000).unwrap() > 0 {}
        let (hash, count) = stream.finish();
        assert_eq!(hash, blake3::hash(bytes).to_hex().to_string());
        assert_eq!(count, bytes.len() as u64);
        String::from_utf8(all).unwrap()
    }

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        writer.write_all(bytes).unwrap();
        writer.finish().unwrap()
    }

    #[test]
    fn compressed_and_marked_bytes_become_plain_utf8() {
        let plain = "id,text\n1,café – naïve\n".repeat(9000);
        let utf16 = |to: fn(u16) -> [u8; 2]| plain.encode_utf16().flat_map(to).collect::<Vec<u8>>();
        let (little, big) = (utf16(u16::to_le_bytes), utf16(u16::to_be_bytes));
        let marked = [b"\xff\xfe", little.as_slice()].concat();
        assert_eq!(text_of(plain.as_bytes(), None), plain);
        assert_eq!(text_of(format!("\u{feff}{plain}").as_bytes(), None), plain);
        assert_eq!(text_of(&marked, None), plain);
        assert_eq!(text_of(&gzip(&marked), None), plain);
        assert_eq!(text_of(&little, None), plain);
        assert_eq!(text_of(&big, None), plain);
        let mut joined = gzip(b"one ");
        joined.extend(gzip(b"two"));
        assert_eq!(text_of(&joined, None), "one two");
        assert_eq!(text_of(b"caf\x8e", Some(encoding_rs::MACINTOSH)), "café");
        assert_eq!(text_of(b"", None), "");
    }

    #[test]
    fn bytes_without_a_sign_of_utf16_are_left_alone() {
        assert_eq!(
            text_of(b"a\0b, some text with one NUL", None),
            "a\0b, some text with one NUL"
        );
    }

    #[test]
    fn a_truncated_archive_gives_what_it_has_and_then_an_error() {
        let data = gzip("line of text\n".repeat(20_000).as_bytes());
        let cut = data[..data.len() / 2].to_vec();
        let mut stream = Stream::new(Box::new(Cursor::new(cut)), None).unwrap();
        let mut all = Vec::new();
        let error = loop {
            match stream.pull(&mut all, 1 << 20) {
                Ok(0) => panic!("the cut went unnoticed"),
                Ok(_) => (),
                Err(error) => break error,
            }
        };
        assert_eq!(error.kind(), io::ErrorKind::UnexpectedEof);
        assert!(all.starts_with(b"line of text\n"));
    }
}
