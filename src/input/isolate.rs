//! Readers that may panic, hang, overflow the stack or take all memory, in processes of
//! their own: the same program, started with a hidden command, under limits.
//!
//! A process reads one document after another, so that sixty files do not cost sixty
//! starts, and is thrown away when something goes wrong. What went wrong is the reason
//! why that document is lost; the run goes on.

use std::io::{self, BufReader, BufWriter, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::{Mutex, OnceLock, PoisonError, mpsc};
use std::thread;
use std::time::Duration;

use super::extract::{Extracted, Task};
use super::pdf::{self, PdfChoice};
use super::{Format, InputOptions, Limits};

/// The hidden command that makes the program a reader.
pub const COMMAND: &str = "read-apart";

/// What the reader does within its own limit of time is left to it for this long, in seconds.
const GRACE: u64 = 5;

/// Processor seconds after which a process ends in any case, so that none is left behind by
/// a run that was killed. A process that has used them up on many files is replaced.
const MOST_PROCESSOR_SECONDS: u64 = 600;

/// The processes of a run.
#[derive(Debug, Default)]
pub(super) struct Readers {
    /// The program to start; without one, documents are read in this process, where only a
    /// panic is caught.
    program: Option<PathBuf>,
    /// Memory of each process, in bytes.
    memory: u64,
    /// What reads PDFs, found out when the first one comes.
    pdf: PdfChoice,
    pdftotext: OnceLock<Option<String>>,
    idle: Mutex<Vec<Reader>>,
}

impl Readers {
    pub(super) fn new(options: &InputOptions) -> Readers {
        Readers {
            program: options.reader.clone(),
            memory: options.limits.memory,
            pdf: options.pdf,
            ..Readers::default()
        }
    }

    /// The version of the `pdftotext` that reads PDFs; `None` where the built-in reader does.
    pub(super) fn pdftotext(&self) -> Option<&str> {
        let version = self.pdftotext.get_or_init(|| match self.pdf {
            PdfChoice::Builtin => None,
            PdfChoice::Auto | PdfChoice::Pdftotext => pdf::pdftotext_version(),
        });
        version.as_deref()
    }

    /// What reads PDFs, for the manifest.
    pub(super) fn pdf_reader(&self) -> String {
        match self.pdftotext() {
            Some(version) => format!("pdftotext {version}"),
            None => "builtin".to_string(),
        }
    }

    /// Reads a document of a binary format; `Err` is the reason why it is lost.
    pub(super) fn document(
        &self,
        format: Format,
        bytes: &[u8],
        limits: &Limits,
    ) -> Result<Extracted, String> {
        let task = match format {
            Format::Pdf => Task::Pdf(pdf::Settings {
                pdftotext: self.pdftotext().is_some(),
                max_pages: limits.pages,
                max_text: limits.text,
                max_seconds: limits.seconds,
            }),
            _ => Task::Docx(*limits),
        };
        self.run(&task, bytes)
    }

    fn run(&self, task: &Task, bytes: &[u8]) -> Result<Extracted, String> {
        let Some(program) = &self.program else {
            return guarded(task, bytes);
        };
        let start = || {
            Reader::start(program, self.memory)
                .map_err(|error| format!("the process that reads it cannot be started: {error}"))
        };
        let idle = self.idle().pop();
        let used = idle.is_some();
        let mut reader = idle.map_or_else(start, Ok)?;
        let mut answer = reader.ask(task, bytes);
        if used && answer.is_err() && !reader.late {
            // Earlier documents may have used up its memory: what becomes of this one must
            // not depend on them.
            reader = start()?;
            answer = reader.ask(task, bytes);
        }
        match answer {
            Ok(answer) => {
                self.idle().push(reader);
                answer
            }
            Err(_) if reader.late => {
                let (seconds, _) = task.limits();
                Err(format!(
                    "reading it took more than {seconds} seconds (--max-seconds)"
                ))
            }
            Err(_) => Err(format!(
                "its reader crashed: it is damaged, or needs more than {} MiB of memory (--max-memory)",
                self.memory >> 20
            )),
        }
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<Reader>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One process, as seen from outside. Ends with this.
#[derive(Debug)]
struct Reader {
    child: Child,
    stdin: Option<ChildStdin>,
    stdout: Option<BufReader<ChildStdout>>,
    /// True where it was ended because it took too long.
    late: bool,
}

impl Reader {
    fn start(program: &Path, memory: u64) -> io::Result<Reader> {
        let mut child = Command::new(program)
            .args([COMMAND, &memory.to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        Ok(Reader {
            stdin: child.stdin.take(),
            stdout: child.stdout.take().map(BufReader::new),
            child,
            late: false,
        })
    }

    /// Hands a task over and waits for the answer; `Err` where the process died or was ended.
    fn ask(&mut self, task: &Task, bytes: &[u8]) -> io::Result<Result<Extracted, String>> {
        let (seconds, text) = task.limits();
        let (Some(stdin), Some(stdout)) = (&mut self.stdin, &mut self.stdout) else {
            return Err(io::ErrorKind::BrokenPipe.into());
        };
        // The answer is JSON: escapes can make a text six times as long.
        let most = (text as u64).saturating_mul(6).saturating_add(1 << 20);
        let limit = Duration::from_secs(seconds.saturating_add(GRACE));
        let (answer, late) = within(limit, &mut self.child, || {
            send(stdin, &serde_json::to_vec(task)?)?;
            send(stdin, bytes)?;
            let answer = receive(stdout, most)?;
            Ok(serde_json::from_slice(&answer)?)
        });
        self.late = late;
        answer
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        // It may have ended by itself; what matters is that it is gone afterwards.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Does `work` with a process; where it takes longer than `limit`, the process is ended, so
/// that reading from it ends too. Tells whether that was so.
pub(super) fn within<R>(limit: Duration, child: &mut Child, work: impl FnOnce() -> R) -> (R, bool) {
    thread::scope(|scope| {
        let (done, waiting) = mpsc::channel::<()>();
        let watch = scope.spawn(move || {
            let late = waiting.recv_timeout(limit) == Err(mpsc::RecvTimeoutError::Timeout);
            // An error means that it has ended already.
            late && child.kill().is_ok()
        });
        let result = work();
        drop(done);
        (result, watch.join().unwrap_or(false))
    })
}

/// The other side: answers the tasks on standard input until it ends.
///
/// # Errors
///
/// Those of the pipes and of setting the limits.
pub fn serve(memory: u64) -> io::Result<()> {
    limit_process(memory)?;
    let (mut input, mut output) = (io::stdin().lock(), BufWriter::new(io::stdout().lock()));
    loop {
        let task = match receive(&mut input, 1 << 20) {
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(()),
            task => serde_json::from_slice::<Task>(&task?)?,
        };
        let bytes = receive(&mut input, u64::MAX)?;
        send(&mut output, &serde_json::to_vec(&guarded(&task, &bytes))?)?;
    }
}

/// Does the task, a panic caught.
fn guarded(task: &Task, bytes: &[u8]) -> Result<Extracted, String> {
    catch_unwind(AssertUnwindSafe(|| task.run(bytes)))
        .unwrap_or_else(|_| Err("its reader failed on it: damaged?".to_string()))
}

#[cfg(unix)]
fn limit_process(memory: u64) -> io::Result<()> {
    use rlimit::Resource;
    // A limit that the system does not know, or a lower one that is set already, is no reason
    // to give up.
    let _ = Resource::AS.set(memory, memory);
    let _ = Resource::CORE.set(0, 0);
    Resource::CPU.set(MOST_PROCESSOR_SECONDS, MOST_PROCESSOR_SECONDS)
}

#[cfg(not(unix))]
fn limit_process(_memory: u64) -> io::Result<()> {
    Ok(())
}

/// Writes a length and as many bytes.
fn send(writer: &mut impl Write, bytes: &[u8]) -> io::Result<()> {
    writer.write_all(&(bytes.len() as u64).to_le_bytes())?;
    writer.write_all(bytes)?;
    writer.flush()
}

/// Reads what [`send`] writes; an error where it is longer than `most`.
fn receive(reader: &mut impl Read, most: u64) -> io::Result<Vec<u8>> {
    let mut length = [0; 8];
    reader.read_exact(&mut length)?;
    let length = u64::from_le_bytes(length);
    if length > most {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let mut bytes = Vec::new();
    if reader.take(length).read_to_end(&mut bytes)? as u64 == length {
        Ok(bytes)
    } else {
        Err(io::ErrorKind::UnexpectedEof.into())
    }
}
