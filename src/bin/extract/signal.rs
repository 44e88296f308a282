//! Ctrl-C: the first finishes the record and stops, the second stops at once.

use std::process;
use std::sync::atomic::{AtomicBool, Ordering};

/// Exit status of an interrupted run, as shells know it.
pub(crate) const INTERRUPTED: u8 = 130;

static STOP: AtomicBool = AtomicBool::new(false);

/// Installs the handler. A run without one is still right, so a failure is nobody's concern.
pub(crate) fn install() {
    let _ = ctrlc::set_handler(|| {
        if STOP.swap(true, Ordering::SeqCst) {
            process::exit(INTERRUPTED.into());
        }
    });
}

/// Whether to stop.
pub(crate) fn is_set() -> bool {
    STOP.load(Ordering::SeqCst)
}

/// Stops as the first Ctrl-C does: there is nowhere left to write.
pub(crate) fn stop() {
    STOP.store(true, Ordering::SeqCst);
}
