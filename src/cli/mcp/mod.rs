//! `mcp`: answers the questions of other programs over the Model Context Protocol, on standard input and output.
//!
//! What the tools say ([`tools`], of what [`library`] has read) knows nothing of the conversation ([`server`],
//! [`stdio`]).

mod arguments;
mod document;
mod library;
mod page;
mod problem;
mod schemas;
mod server;
mod stdio;
mod tools;

use std::io::IsTerminal;
use std::path::Path;

use anyhow::Context;
use anyhow::bail;
use rmcp::ServiceExt;
use rmcp::service::ServerInitializeError;

use super::args::Common;
use super::args::Inputs;
use super::args::McpArguments;
use super::diagnose;
use super::exit::Exit;
use super::messages::Message;
use super::messages::WARNING;
use super::messages::tell_one;
use crate::units::plural;
use library::Library;
use problem::cut;
use server::Server;
use stdio::Stdio;

/// Threads for calls and for waiting on input and output. Chosen: calls use all cores by themselves, so that more
/// at a time gain nothing.
const MOST_THREADS: usize = 6;
/// Characters that are told of why a conversation did not begin: it may repeat a message.
const MOST_TOLD: usize = 300;

/// Refuses standard input as something to read.
///
/// # Errors
/// When it is named, as a file or as a list of them.
pub(super) fn refuse_standard_input(inputs: &Inputs) -> anyhow::Result<()> {
    let is_standard = |path: &Path| path == Path::new("-");
    let list = inputs.files_from.as_deref();
    if list.is_some_and(is_standard) || inputs.paths.iter().any(|path| is_standard(path)) {
        bail!("expected files or folders, found -: the client speaks on standard input");
    }
    Ok(())
}

/// Answers until the client ends the conversation.
pub(super) fn run(common: &Common, command: &McpArguments) -> anyhow::Result<Exit> {
    let inputs = &command.inputs;
    for path in &inputs.paths {
        if !path.exists() {
            bail!(
                "expected a file or folder at {}, found nothing; check the path",
                path.display()
            );
        }
    }
    if std::io::stdin().is_terminal() && !common.quiet {
        diagnose(
            "next",
            "a client starts this program and asks it on standard input; `hardeasy help mcp` says how to set one up",
        );
    }
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .max_blocking_threads(MOST_THREADS)
        .build()
        .context("the conversation cannot be started")?;
    let server = Server::new(Library::new(common, inputs));
    let open = server.open_calls();
    let ended = runtime.block_on(converse(server, common.quiet));
    let left = open.count();
    if left > 0 {
        let left = plural(left, "call");
        let text = format!(
            "the client ended the conversation; {left} without an answer, which took too long"
        );
        tell_one(common, &Message::new(WARNING, text));
    }
    // A call that still runs is for nobody.
    runtime.shutdown_background();
    ended
}

async fn converse(server: Server, is_quiet: bool) -> anyhow::Result<Exit> {
    match server.serve(Stdio::of_process(is_quiet)).await {
        Ok(conversation) => {
            conversation
                .waiting()
                .await
                .context("the conversation broke off")?;
            Ok(Exit::Complete)
        }
        // Nobody asked anything.
        Err(ServerInitializeError::ConnectionClosed(_)) => Ok(Exit::Complete),
        Err(error) => bail!(
            "the conversation did not begin: {}",
            cut(&error.to_string(), MOST_TOLD)
        ),
    }
}
