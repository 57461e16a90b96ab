//! `resume`: goes on with all executions of a file until they have ended.

use std::io::IsTerminal;

use super::arguments::Resume;
use super::find::called;
use super::{is_there, look_into, open, suspended};
use crate::Status;
use crate::app::run::beside;
use crate::app::signals::{Signals, heeding};
use crate::app::{App, AppError, print, progress, tell};
use crate::store::{Filter, Store};

pub(super) async fn resume(app: &App, arguments: &Resume) -> Result<(), AppError> {
    let file = &arguments.file.store;
    let signals = Signals::listen();
    // One that is not there would be made.
    is_there(file)?;
    let store = open(file).await?;
    let running = Filter { status: Some(Status::Running), ..Filter::default() };
    let unfinished = store.list(&running)?;
    let engine = app.engine().keep_ended(unfinished.len()).store(store).start().await.map_err(AppError::Build)?;
    let stranded = engine.stranded();
    if stranded.len() < unfinished.len() {
        stranded.iter().for_each(tell);
    }
    let work = async {
        let ended = engine.all_ended();
        if std::io::stderr().is_terminal() {
            beside(progress::of_engine(&engine, unfinished.len()), ended).await;
        } else {
            ended.await;
        }
    };
    let stop = async |_| {
        engine.shutdown(arguments.grace.grace).await;
    };
    let signal = match heeding(signals, work, stop).await {
        Ok(((), signal)) => signal,
        Err(signal) => Some(signal),
    };
    let store = look_into(file)?;
    let mut left = 0;
    for execution in &unfinished {
        match store.execution(execution.number)? {
            Some(now) if now.status != Status::Running => print(&format!("{} {}\n", called(&now), now.status))?,
            _ => left += 1,
        }
    }
    if left == 0 { Ok(()) } else { Err(suspended(&engine, signal, file).await.into()) }
}
