//! The arguments of `serve`.

use std::net::IpAddr;
use std::net::Ipv4Addr;
use std::net::Ipv6Addr;
use std::path::PathBuf;

use clap::Args;

use crate::cli::marks::parse_distance_m;

/// What is below the help of the command.
pub(in crate::cli) const EXAMPLES: &str = "\
Examples:
  hardeasy serve ~/exports
  hardeasy serve ~/exports --port 8080 -o ~/report

It prints an address that works until Ctrl-C ends it, in browsers of this computer alone; `hardeasy help serve`
says what others on it can see.";

/// What `serve` is asked beside what is read and which part of the past.
#[derive(Debug, Args)]
pub(in crate::cli) struct ServeOptions {
    /// Keep the site in this folder, too [default: a temporary one, removed at the end]
    #[arg(long, short, value_name = "DIR")]
    pub(in crate::cli) output: Option<PathBuf>,
    /// The port [default: a free one]
    #[arg(
        long,
        value_name = "PORT",
        default_value_t = 0,
        hide_default_value = true
    )]
    pub(in crate::cli) port: u16,
    /// The address of this computer to listen on: 127.0.0.1 or ::1, which nobody reaches from another one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1", value_parser = parse_bind)]
    pub(in crate::cli) bind: IpAddr,
    /// Draw the course of each run
    #[arg(long)]
    pub(in crate::cli) map: bool,
    /// Leave so much out of the map around the start and the end, as in 300m, 0.5km, 0.2mi, 0m [default: 200m]
    #[arg(long, value_name = "DISTANCE", requires = "map", value_parser = parse_distance_m)]
    pub(in crate::cli) trim: Option<f64>,
    /// Look every few seconds instead of waiting to be told, as network drives need
    #[arg(long)]
    pub(in crate::cli) poll: bool,
}

fn parse_bind(text: &str) -> Result<IpAddr, String> {
    let own: [IpAddr; 2] = [Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()];
    match text.parse::<IpAddr>() {
        Ok(address) if own.contains(&address) => Ok(address),
        _ => Err(
            "expected 127.0.0.1 or ::1: the pages hold health data and where you run, and are shown on this computer \
             alone; from another one, use a tunnel such as `ssh -L`"
                .to_owned(),
        ),
    }
}
