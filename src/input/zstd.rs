//! Decompression of zstd data of several frames, as `zstd` and `pzstd` write them.

use std::io::{self, BufRead, Read};

use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

/// Bytes decoded at a time.
const STEP: usize = 1 << 18;

/// Reads the frames of `source` one after another.
pub(crate) struct Frames<R> {
    source: R,
    decoder: FrameDecoder,
}

impl<R: BufRead> Frames<R> {
    pub(crate) fn new(source: R) -> Frames<R> {
        Frames {
            source,
            decoder: FrameDecoder::new(),
        }
    }

    /// Reads the header of the next frame; skips frames without data.
    fn next_frame(&mut self) -> io::Result<()> {
        match self.decoder.init(&mut self.source) {
            Ok(()) => Ok(()),
            Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                length,
                ..
            })) => {
                let mut skipped = self.source.by_ref().take(u64::from(length));
                io::copy(&mut skipped, &mut io::sink()).map(drop)
            }
            Err(error) => Err(io::Error::new(io::ErrorKind::InvalidData, error)),
        }
    }
}

impl<R: BufRead> Read for Frames<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let read = self.decoder.read(buffer)?;
            if read > 0 || buffer.is_empty() {
                return Ok(read);
            }
            if self.decoder.is_finished() {
                if self.source.fill_buf()?.is_empty() {
                    return Ok(0);
                }
                self.next_frame()?;
            } else {
                self.decoder
                    .decode_blocks(&mut self.source, BlockDecodingStrategy::UptoBytes(STEP))
                    .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ruzstd::encoding::{CompressionLevel, compress_to_vec};

    #[test]
    fn frames_are_joined_and_empty_ones_skipped() {
        let mut data = compress_to_vec(&b"first "[..], CompressionLevel::Fastest);
        data.extend_from_slice(b"\x50\x2a\x4d\x18\x03\0\0\0abc");
        data.extend(compress_to_vec(&b"second"[..], CompressionLevel::Fastest));
        let mut text = String::new();
        Frames::new(&data[..]).read_to_string(&mut text).unwrap();
        assert_eq!(text, "first second");
    }

    #[test]
    fn a_truncated_frame_is_an_error() {
        let data = compress_to_vec(&[7u8; 5000][..], CompressionLevel::Fastest);
        let mut all = Vec::new();
        let cut = &data[..data.len() - 3];
        assert!(Frames::new(cut).read_to_end(&mut all).is_err());
    }
}
