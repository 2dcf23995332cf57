//! The arguments of `mcp`.

use clap::Args;

use super::Inputs;

/// What is below the help of the command.
pub(in crate::cli) const EXAMPLES: &str = "\
Example, as a client is told to start it:
  {\"mcpServers\": {\"hardeasy\": {\"command\": \"hardeasy\", \"args\": [\"mcp\", \"/home/ann/exports\"]}}}

`hardeasy help mcp` tells the tools and their limits. It reads the given paths and writes nothing.";

/// Arguments of `mcp`.
#[derive(Debug, Args)]
pub(in crate::cli) struct McpArguments {
    #[command(flatten)]
    pub(in crate::cli) inputs: Inputs,
}
