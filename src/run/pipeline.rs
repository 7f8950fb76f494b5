//! Documents in parallel: batches are read and written in order, and worked on by all threads.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::mpsc;

use crate::error::Error;
use crate::input::{Batch, Source};

/// Bytes of raw input per batch: small enough that the batches at hand take little
/// memory, large enough that handing them over costs nothing.
pub(super) const BATCH_BYTES: usize = 1 << 20;

/// Batches read but not yet written, for each thread.
const BATCHES_PER_THREAD: usize = 4;

/// Bytes of batches read but not yet written, beyond which no other is read: a file is a batch
/// of its own length, and eight of the longest would take half a gigabyte.
const MOST_BYTES: usize = 128 << 20;

/// Calls `work` on every batch of `source` on `threads` threads (0: one per core), and
/// `sink` on what it returns, on this thread and in input order.
///
/// # Errors
///
/// The first error of the source or of `sink`; batches at work are then finished and dropped.
pub(crate) fn run<R: Send>(
    source: &mut Source,
    threads: usize,
    work: impl Fn(&Batch) -> R + Sync,
    mut sink: impl FnMut(R) -> Result<(), Error>,
) -> Result<(), Error> {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .map_err(|error| Error::Usage(format!("--threads {threads}: {error}")))?;
    let most = pool.current_num_threads() * BATCHES_PER_THREAD;
    let work = &work;
    pool.in_place_scope(|scope| {
        let (send, receive) = mpsc::channel();
        let (mut read, mut written, mut held, mut at_end) = (0u64, 0u64, 0, false);
        let mut waiting = BTreeMap::new();
        loop {
            while !at_end && read - written < most as u64 && held < MOST_BYTES {
                match source.next_batch(BATCH_BYTES)? {
                    Some(batch) => {
                        let (send, number, size) = (send.clone(), read, batch.size());
                        held += size;
                        // The receiver is gone only after an error, and then the result is not needed.
                        scope.spawn(move |_| {
                            let result = catch_unwind(AssertUnwindSafe(|| work(&batch)));
                            drop(batch);
                            drop(send.send((number, size, result)));
                        });
                        read += 1;
                    }
                    None => at_end = true,
                }
            }
            if read == written {
                return Ok(());
            }
            let (number, size, result) = receive.recv().expect("this thread holds a sender");
            held -= size;
            waiting.insert(number, result.unwrap_or_else(|panic| resume_unwind(panic)));
            while let Some(result) = waiting.remove(&written) {
                written += 1;
                sink(result)?;
            }
        }
    })
}
