//! What asks a program to end: Ctrl-C, and SIGTERM where there is such a thing.

use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::task::{Context, Poll};

#[cfg(unix)]
use tokio::signal::unix;
#[cfg(windows)]
use tokio::signal::windows;

/// What asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Signal {
    /// Ctrl-C, or SIGINT.
    Interrupt,
    /// SIGTERM.
    Terminate,
}

impl Signal {
    /// What a shell says of a program that the signal ended.
    pub(super) fn exit_code(self) -> u8 {
        match self {
            Signal::Interrupt => 130,
            Signal::Terminate => 143,
        }
    }

    /// The error of an execution that it cancels.
    pub(super) fn error(self) -> &'static str {
        match self {
            Signal::Interrupt => "Interrupted",
            Signal::Terminate => "Terminated",
        }
    }
}

impl fmt::Display for Signal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Signal::Interrupt => "an interrupt",
            Signal::Terminate => "SIGTERM",
        })
    }
}

/// Waits for `work`. At the first signal `stop` is begun, which is to bring the work to its end; who is tired of waiting for that sends
/// a second one, which is the error.
pub(super) async fn heeding<T>(
    mut signals: Signals,
    work: impl Future<Output = T>,
    stop: impl AsyncFnOnce(Signal),
) -> Result<(T, Option<Signal>), Signal> {
    let mut work = pin!(work);
    let signal = match or_signal(&mut signals, work.as_mut()).await {
        Ok(value) => return Ok((value, None)),
        Err(signal) => signal,
    };
    let stopped = pin!(async {
        stop(signal).await;
        work.await
    });
    or_signal(&mut signals, stopped).await.map(|value| (value, Some(signal)))
}

async fn or_signal<T>(signals: &mut Signals, mut work: Pin<&mut impl Future<Output = T>>) -> Result<T, Signal> {
    poll_fn(|context| {
        // It listens before anything is done.
        let signal = signals.poll(context);
        match work.as_mut().poll(context) {
            Poll::Ready(value) => Poll::Ready(Ok(value)),
            Poll::Pending => signal.map(Err),
        }
    })
    .await
}

/// The signals that come from when it is made. Where nobody can listen to them, they end the program as they always did.
pub(super) struct Signals {
    #[cfg(unix)]
    interrupt: Option<unix::Signal>,
    #[cfg(unix)]
    terminate: Option<unix::Signal>,
    #[cfg(windows)]
    interrupt: Option<windows::CtrlC>,
}

impl Signals {
    pub(super) fn listen() -> Self {
        Signals {
            #[cfg(unix)]
            interrupt: unix::signal(unix::SignalKind::interrupt()).ok(),
            #[cfg(unix)]
            terminate: unix::signal(unix::SignalKind::terminate()).ok(),
            #[cfg(windows)]
            interrupt: windows::ctrl_c().ok(),
        }
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Signal> {
        if let Some(interrupt) = &mut self.interrupt
            && let Poll::Ready(Some(())) = interrupt.poll_recv(context)
        {
            return Poll::Ready(Signal::Interrupt);
        }
        #[cfg(unix)]
        if let Some(terminate) = &mut self.terminate
            && let Poll::Ready(Some(())) = terminate.poll_recv(context)
        {
            return Poll::Ready(Signal::Terminate);
        }
        Poll::Pending
    }
}
