//! What is typed at this terminal.

#[cfg(unix)]
mod bytes;
#[cfg(any(windows, test))]
mod events;

#[cfg(unix)]
pub(super) use bytes::watch_keys;
#[cfg(windows)]
pub(super) use events::watch_keys;
