//! Sets of bytes: 64 bytes of a text at a time, one bit a byte, so that what is plain is passed over by whole words.

use wide::u8x16;

/// Bytes looked at at a time.
pub(super) const BLOCK: usize = 64;

/// The next bytes of a text.
pub(super) struct Block([u8x16; 4]);

impl Block {
    /// The 64 bytes at `at`; spaces behind the end.
    #[inline(always)]
    pub(super) fn read(bytes: &[u8], at: usize) -> Block {
        let rest = &bytes[at..];
        let parts = |chunk: &[u8; BLOCK]| {
            let part = |part: usize| u8x16::new(chunk.as_chunks::<16>().0[part]);
            Block([part(0), part(1), part(2), part(3)])
        };
        match rest.first_chunk() {
            Some(chunk) => parts(chunk),
            None => {
                let mut chunk = [b' '; BLOCK];
                chunk[..rest.len()].copy_from_slice(rest);
                parts(&chunk)
            }
        }
    }

    /// The bytes of which `is` makes one with the highest bit.
    #[inline(always)]
    pub(super) fn set(&self, is: impl Fn(u8x16) -> u8x16) -> u64 {
        let bits = |part: usize| u64::from(is(self.0[part]).to_bitmask()) << (16 * part);
        bits(0) | bits(1) | bits(2) | bits(3)
    }
}

/// The bytes that are `byte`.
#[inline(always)]
pub(super) fn equal(bytes: u8x16, byte: u8) -> u8x16 {
    bytes.simd_eq(u8x16::splat(byte))
}

/// The bytes from `first` to `last`.
#[inline(always)]
pub(super) fn between(bytes: u8x16, first: u8, last: u8) -> u8x16 {
    let above = bytes - u8x16::splat(first);
    above.min(u8x16::splat(last - first)).simd_eq(above)
}

/// The set of the first `length` bytes.
#[inline(always)]
pub(super) fn first(length: usize) -> u64 {
    if length < BLOCK {
        !(u64::MAX << length)
    } else {
        u64::MAX
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_byte_has_its_bit() {
        let text: Vec<u8> = (0..=255).collect();
        for at in [0, 63, 190, 192, 250] {
            let block = Block::read(&text, at);
            let bits = |is: &dyn Fn(u8) -> bool| {
                let byte = |bit: usize| text.get(at + bit).copied().unwrap_or(b' ');
                (0..BLOCK)
                    .filter(|bit| is(byte(*bit)))
                    .map(|bit| 1 << bit)
                    .sum::<u64>()
            };
            assert_eq!(
                block.set(|bytes| equal(bytes, b'?')),
                bits(&|byte| byte == b'?')
            );
            let letters = |byte: u8| byte.is_ascii_lowercase();
            assert_eq!(
                block.set(|bytes| between(bytes, b'a', b'z')),
                bits(&letters)
            );
            assert_eq!(block.set(|bytes| bytes), bits(&|byte| byte >= 128));
        }
    }

    #[test]
    fn a_set_may_be_cut() {
        assert_eq!(
            [first(0), first(3), first(64), first(99)],
            [0, 7, u64::MAX, u64::MAX]
        );
    }
}
