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

use anyhow::Context;
use anyhow::bail;
use rmcp::ServiceExt;
use rmcp::service::ServerInitializeError;

use super::args::Common;
use super::args::Inputs;
use super::args::McpArguments;
use super::exit::Exit;
use super::messages::Message;
use super::messages::NEXT;
use super::messages::WARNING;
use super::messages::tell_one;
use super::read;
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
    let list = inputs.files_from.as_deref();
    if list.is_some_and(read::is_standard_input)
        || inputs
            .paths
            .iter()
            .any(|path| read::is_standard_input(path))
    {
        bail!("expected files or folders, found -: the client speaks on standard input");
    }
    Ok(())
}

/// Answers until the client ends the conversation.
pub(super) fn run(common: &Common, command: &McpArguments) -> anyhow::Result<Exit> {
    let inputs = &command.inputs;
    for path in &inputs.paths {
        read::refuse_missing(path)?;
    }
    if std::io::stdin().is_terminal() {
        let text = "a client starts this program and asks it on standard input; `hardeasy help mcp` says how to set one up";
        tell_one(common, &Message::new(NEXT, text.to_owned()));
    }
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .max_blocking_threads(MOST_THREADS)
        .build()
        .context("the conversation cannot be started")?;
    let server = Server::new(Library::new(common, inputs));
    let open = server.open_calls();
    let ended = runtime.block_on(converse(server, common));
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

async fn converse(server: Server, common: &Common) -> anyhow::Result<Exit> {
    match server.serve(Stdio::of_process(common)).await {
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
