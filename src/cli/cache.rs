//! What is kept of earlier commands: where it lies, and the command about it.

use std::path::PathBuf;
use std::time::SystemTime;

use anyhow::Context;
use anyhow::bail;

use super::args::CacheArguments;
use super::args::Common;
use super::exit::Exit;
use super::print;
use crate::pipeline;
use crate::pipeline::CacheFolder;
use crate::units::plural;

/// Says where the cache lies and how large it is, or removes it.
///
/// # Errors
/// When there is no place for one, or it cannot be removed.
pub(super) fn run(common: &Common, command: &CacheArguments) -> anyhow::Result<Exit> {
    let Some(place) = folder(common) else {
        bail!(
            "expected HOME or XDG_CACHE_HOME to say where a cache may lie, found neither; set one"
        );
    };
    let shown = place.folder.display();
    if command.clear {
        let clear = place.clear();
        clear.with_context(|| format!("{shown}: cannot be removed; check its permissions"))?;
    }
    let size = place.size();
    let text = format!(
        "{shown}\n{}, {} bytes\n",
        plural(size.packs, "pack"),
        size.bytes
    );
    print(&text)?;
    Ok(Exit::Complete)
}

/// Returns where what was found in files is kept; nowhere where the system names no place.
pub(super) fn folder(common: &Common) -> Option<CacheFolder> {
    Some(CacheFolder {
        folder: caches()?.join("hardeasy"),
        // Its content would tell more surely, and cost more than all else of a small command.
        program: pipeline::stamp(&std::env::current_exe().ok()?)?,
        started: SystemTime::now(),
        verify: common.verify,
    })
}

/// Returns the folder of all caches of the user: `$XDG_CACHE_HOME`, else where the system has them.
fn caches() -> Option<PathBuf> {
    let from = |name: &str| {
        let value = std::env::var_os(name).map(PathBuf::from);
        value.filter(|path| path.is_absolute())
    };
    let usual = || match std::env::consts::OS {
        "macos" => from("HOME").map(|home| home.join("Library").join("Caches")),
        "windows" => from("LOCALAPPDATA"),
        _ => from("HOME").map(|home| home.join(".cache")),
    };
    from("XDG_CACHE_HOME").or_else(usual)
}
