//! A run: one reader, several workers, records written in input order.
//!
//! The reader puts each document (or a few short ones) into two queues at once: to the workers, and, as the place where
//! its result will arrive, to the writer. The writer's queue is bounded, so no more documents are
//! in memory than workers can take, and its order is the order of the output for any number of them.

use std::io::{self, Write};
use std::mem;
use std::ops::ControlFlow;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, SyncSender, TryRecvError};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use extract::source::{self, Found, Item};
use extract::{Failure, FailureKind};

use crate::settings::Settings;
use crate::signal;
use crate::work::{self, Done};
use crate::write::{Output, WriteError};

/// How often a writer that waits for input looks whether to stop.
const PATIENCE: Duration = Duration::from_millis(50);

/// A task's most items, and the bytes after which it takes no more: fewer in a worker's first tasks, so that all get some
/// of a short input.
const TASK_ITEMS: usize = 128;
const TASK_BYTES: usize = 64 << 10;
const FIRST_BYTES: usize = 16 << 10;
const FIRST_TASKS: usize = 4;

/// What a run came to.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Totals {
    /// Documents that failed.
    pub(crate) failed: usize,
    /// Whether anything was found in any document.
    pub(crate) found: bool,
}

/// Short records that are at hand together go together: handing over costs as much as they do.
struct Task {
    items: Vec<Item>,
    reply: SyncSender<Vec<Done>>,
}

enum Slot {
    Records(Receiver<Vec<Done>>),
    Note(String),
}

/// Reads, extracts and writes everything.
///
/// # Errors
/// When standard output takes no more, [`io::ErrorKind::BrokenPipe`] when nobody reads it any longer; when a compiled list is
/// found damaged.
pub(crate) fn run(settings: Settings) -> io::Result<Totals> {
    let settings = Arc::new(settings);
    let (slots_in, slots) = mpsc::sync_channel(settings.jobs * 2);
    let (tasks_in, tasks) = mpsc::sync_channel::<Task>(settings.jobs * 2);
    let tasks = Arc::new(Mutex::new(tasks));

    // Not scoped: it may hang in a read of standard input when the run is already over.
    let reading = Arc::clone(&settings);
    thread::Builder::new().name("reader".to_owned()).spawn(move || read(&reading, &slots_in, &tasks_in))?;

    thread::scope(|scope| {
        let spawn = |number: &usize| {
            let (settings, tasks) = (&settings, Arc::clone(&tasks));
            thread::Builder::new().name(format!("worker {number}")).spawn_scoped(scope, move || work(settings, &tasks)).is_ok()
        };
        if (0..settings.jobs).filter(spawn).count() == 0 {
            return Err(io::Error::other("the system gives no thread to work in"));
        }
        // The workers alone hold the queue now: when the last one stops, what still waits in it is
        // dropped, and the writer learns that those results will not come.
        drop(tasks);
        let mut writer = Writer { settings: &settings, output: Output::new(&settings), totals: Totals::default() };
        // Dropping the slots, at the end or on an error, ends the reader and with it the workers.
        let written = writer.write_all(slots);
        if written.is_err() {
            signal::stop();
        }
        written.map(|()| writer.totals)
    })
}

fn read(settings: &Settings, slots: &SyncSender<Slot>, tasks: &SyncSender<Task>) {
    let go = |is_sent: bool| if is_sent && !signal::is_set() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) };
    let (mut items, mut bytes, mut sent) = (Vec::new(), 0, 0);
    // Nothing is left over at the end: the last item has none at hand after it.
    let _ = source::read(&settings.inputs, &settings.source, &mut |found| match found {
        Found::Note(note) => go(slots.send(Slot::Note(note)).is_ok()),
        Found::Item(item) => {
            let more = item.more;
            bytes += item.held();
            items.push(item);
            let most = if sent < FIRST_TASKS * settings.jobs { FIRST_BYTES } else { TASK_BYTES };
            if more && items.len() < TASK_ITEMS && bytes < most {
                return ControlFlow::Continue(());
            }
            (bytes, sent) = (0, sent + 1);
            let (reply, result) = mpsc::sync_channel(1);
            go(slots.send(Slot::Records(result)).is_ok() && tasks.send(Task { items: mem::take(&mut items), reply }).is_ok())
        }
    });
}

fn work(settings: &Settings, tasks: &Mutex<Receiver<Task>>) {
    loop {
        // Short waits: on a stop the reader may never come back to close the queue.
        let task = tasks.lock().unwrap_or_else(PoisonError::into_inner).recv_timeout(PATIENCE);
        match task {
            _ if signal::is_set() => return,
            Ok(task) => {
                // Nobody waits for it any longer: no matter.
                let _ = task.reply.send(process(task.items, settings));
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return,
        }
    }
}

/// Works on a task's items; after a stop no further one is begun.
fn process(items: Vec<Item>, settings: &Settings) -> Vec<Done> {
    let mut done = Vec::with_capacity(items.len());
    for item in items {
        done.push(work::process(item, settings));
        if signal::is_set() {
            break;
        }
    }
    done
}

struct Writer<'s> {
    settings: &'s Settings,
    output: Output,
    totals: Totals,
}

impl Writer<'_> {
    fn write_all(&mut self, slots: Receiver<Slot>) -> io::Result<()> {
        while !signal::is_set() {
            let slot = match slots.try_recv() {
                Ok(slot) => slot,
                Err(TryRecvError::Disconnected) => break,
                Err(TryRecvError::Empty) => {
                    // Whoever feeds us line by line may be waiting for the answer.
                    self.output.flush()?;
                    match slots.recv_timeout(PATIENCE) {
                        Ok(slot) => slot,
                        Err(RecvTimeoutError::Timeout) => continue,
                        Err(RecvTimeoutError::Disconnected) => break,
                    }
                }
            };
            match slot {
                Slot::Note(note) => self.say(&note),
                Slot::Records(result) => match result.recv() {
                    Ok(done) => done.iter().try_for_each(|done| self.write(done))?,
                    Err(mpsc::RecvError) => break, // stopped before a worker took it
                },
            }
        }
        self.output.finish()
    }

    fn write(&mut self, done: &Done) -> io::Result<()> {
        // Whatever would follow came from the same list; what was written before did not touch the damage.
        if let Some(Failure { kind: FailureKind::Lists, message, .. }) = &done.failure {
            self.output.flush()?;
            return Err(io::Error::other(message.clone()));
        }
        self.totals.found |= done.found;
        if let Some(failure) = &done.failure {
            self.count(failure);
        }
        match self.output.write(done) {
            Ok(()) => Ok(()),
            Err(WriteError::Stream(error)) => Err(error),
            Err(WriteError::File(message)) => {
                self.count(&Failure::new(message.clone(), FailureKind::Write, ""));
                Ok(())
            }
        }
    }

    fn count(&mut self, failure: &Failure) {
        self.totals.failed += 1;
        let place = failure.source.as_deref().unwrap_or(&failure.id);
        match failure.kind {
            FailureKind::Write => self.say(place),
            _ => self.say(&format!("{place}: {}", failure.message)),
        }
    }

    fn say(&self, message: &str) {
        if !self.settings.quiet {
            // Without standard error there is no one to tell.
            let _ = writeln!(io::stderr(), "extract: {message}");
        }
    }
}
