//! `serve`: the site of `report`, live in browsers of this computer, which takes corrections from its pages.
//!
//! Two threads. One makes the report again after each change, as `watch` does; the other answers browsers
//! from what the last report wrote. A third joins where an answer needs the disk.

mod answer;
mod connection;
mod correction;
mod form;
mod guard;
mod page;
mod shown;

use std::io::Write;
use std::net::SocketAddr;
use std::net::TcpListener;
use std::panic::AssertUnwindSafe;
use std::panic::catch_unwind;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;

use anyhow::Context;
use anyhow::anyhow;
use tempfile::TempDir;
use tokio::runtime::Builder;
use tokio::runtime::Runtime;
use tokio::sync::mpsc;
use tokio::sync::mpsc::UnboundedSender;

use super::args::Common;
use super::args::ReportArguments;
use super::args::ServeArguments;
use super::exit;
use super::exit::Exit;
use super::files;
use super::messages::Message;
use super::messages::SERVING;
use super::messages::tell_one;
use super::report;
use super::watch::Watched;
use guard::Guard;
use shown::Shown;

/// What the names of temporary sites begin with.
const TEMPORARY_PREFIX: &str = "hardeasy-serve-";

/// Why it ends; an error is that of the first report.
type End = anyhow::Result<Exit>;

/// Shows the site until a signal ends it.
///
/// # Errors
/// When it cannot listen, and those of the first report. Later ones are told, and it goes on.
pub(super) fn run(common: &Common, command: &ServeArguments) -> anyhow::Result<Exit> {
    let options = &command.options;
    let wanted = SocketAddr::new(options.bind, options.port);
    let listener = TcpListener::bind(wanted)
        .with_context(|| format!("nobody can listen on {wanted}; give another --port"))?;
    listener.set_nonblocking(true)?;
    let guard = Guard::new(listener.local_addr()?)?;
    let (folder, temporary) = folder(options.output.as_deref())?;
    let shown = Arc::new(Shown::new(folder.clone()));
    let asked = ReportArguments {
        inputs: command.inputs.clone(),
        block: command.block.clone(),
        output: folder,
        map: options.map,
        trim: options.trim,
        no_charts: false,
    };
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let (ends, mut end) = mpsc::unbounded_channel::<End>();
    end_by_signals(&runtime, &ends)?;
    let address = guard.address();
    let reporter = Reporter {
        common: common.clone(),
        asked,
        is_clock: options.poll,
        shown: Arc::clone(&shown),
        address,
    };
    thread::spawn(move || {
        let ended = catch_unwind(AssertUnwindSafe(|| reporter.report_on()));
        ends.send(ended.unwrap_or_else(|_| Err(anyhow!("the report broke down"))))
    });
    let ended = runtime.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener)?;
        tokio::spawn(connection::accept(listener, guard, shown));
        end.recv().await.unwrap_or(Ok(Exit::Complete))
    });
    // A report may be in the making: no file of it comes after this, so that the folder stays away.
    files::close();
    runtime.shutdown_background();
    let removed = temporary.map_or(Ok(()), TempDir::close);
    let exit = ended?;
    removed.context("the temporary folder of the site cannot be removed")?;
    Ok(exit)
}

/// Returns where the site is written, and that folder where it is a temporary one, of its owner alone.
fn folder(wanted: Option<&Path>) -> anyhow::Result<(PathBuf, Option<TempDir>)> {
    if let Some(folder) = wanted {
        return Ok((folder.to_owned(), None));
    }
    let mut builder = tempfile::Builder::new();
    builder.prefix(TEMPORARY_PREFIX);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        /// Of its owner alone.
        const OWN_MODE: u32 = 0o700;
        builder.permissions(std::fs::Permissions::from_mode(OWN_MODE));
    }
    let temporary = builder
        .tempdir()
        .context("no temporary folder can be made for the site; give one with -o")?;
    // The report makes it itself, within what only its owner may enter.
    Ok((temporary.path().join("site"), Some(temporary)))
}

/// Has Ctrl-C, and what else asks a program to end, end it in order.
fn end_by_signals(runtime: &Runtime, ends: &UnboundedSender<End>) -> anyhow::Result<()> {
    let _within = runtime.enter();
    #[cfg(unix)]
    {
        use tokio::signal::unix::SignalKind;
        use tokio::signal::unix::signal;
        let kinds = [
            SignalKind::interrupt(),
            SignalKind::terminate(),
            SignalKind::hangup(),
        ];
        for kind in kinds {
            let mut signal = signal(kind)?;
            let ends = ends.clone();
            runtime.spawn(async move {
                signal.recv().await;
                let _ = ends.send(Ok(Exit::Complete));
            });
        }
    }
    #[cfg(not(unix))]
    {
        let ends = ends.clone();
        runtime.spawn(async move {
            if tokio::signal::ctrl_c().await.is_ok() {
                let _ = ends.send(Ok(Exit::Complete));
            }
        });
    }
    Ok(())
}

/// What makes the report again after each change.
struct Reporter {
    common: Common,
    asked: ReportArguments,
    is_clock: bool,
    shown: Arc<Shown>,
    address: String,
}

impl Reporter {
    /// Reports for as long as the process lives.
    fn report_on(&self) -> End {
        let watched = Watched {
            common: &self.common,
            asked: &self.asked,
            is_clock: self.is_clock,
        };
        let ended = watched.follow(
            || self.shown.corrections(),
            || self.report(),
            |what| self.say(what),
        );
        match ended {
            // Nobody reads what is told any more, as after `| head`.
            Err(error) if exit::is_closed_pipe(&error) => Ok(Exit::Complete),
            ended => ended,
        }
    }

    fn report(&self) -> End {
        let corrections = self.shown.corrections();
        let mut runs = shown::Runs::new();
        let look: report::Look<'_> = &mut |site, outcome| runs = shown::runs(site, outcome);
        let made = report::make(&self.common, &self.asked, Some(look));
        self.shown.take(&made, runs, corrections);
        made
    }

    /// Says where the site is: the address to standard output, for whoever starts it from a program, too.
    fn say(&self, watched: String) -> anyhow::Result<()> {
        tell_one(&self.common, &Message::new(SERVING, watched));
        let mut out = std::io::stdout().lock();
        writeln!(out, "{}", self.address)?;
        Ok(out.flush()?)
    }
}
