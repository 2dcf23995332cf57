//! `completions` and `man`: what shells and `man` read, made from the arguments themselves.

use clap::Command;
use clap::CommandFactory;
use clap_complete::Shell;
use clap_mangen::Man;

use super::args::Arguments;
use super::args::CompletionsArguments;
use super::args::ManArguments;
use super::exit::Exit;
use super::print;
use crate::pipeline::files;

const PROGRAM: &str = env!("CARGO_PKG_NAME");

/// Prints the completions for a shell.
pub(super) fn completions(command: &CompletionsArguments) -> anyhow::Result<Exit> {
    print(&script(command.shell)?)?;
    Ok(Exit::Complete)
}

fn script(shell: Shell) -> anyhow::Result<String> {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), PROGRAM, &mut text);
    Ok(String::from_utf8(text)?)
}

/// Prints the main page of the manual, or writes the pages of all commands.
pub(super) fn man(command: &ManArguments) -> anyhow::Result<Exit> {
    let mut program = Arguments::command();
    program.build();
    let Some(folder) = &command.output else {
        print(&page(&Man::new(program))?)?;
        return Ok(Exit::Complete);
    };
    for command in with_commands(program) {
        let man = Man::new(command);
        let path = folder.join(man.get_filename());
        files::write(&path, page(&man)?.as_bytes())?;
    }
    Ok(Exit::Complete)
}

fn with_commands(program: Command) -> Vec<Command> {
    let commands: Vec<Command> = program.get_subcommands().cloned().collect();
    [vec![program], commands].concat()
}

fn page(man: &Man) -> anyhow::Result<String> {
    let mut text = Vec::new();
    man.render(&mut text)?;
    Ok(String::from_utf8(text)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::ValueEnum;

    fn program() -> Command {
        let mut program = Arguments::command();
        program.build();
        program
    }

    fn options(command: &Command) -> Vec<String> {
        let shown = command.get_arguments().filter(|arg| !arg.is_hide_set());
        shown
            .filter_map(|arg| Some(arg.get_long()?.to_owned()))
            .collect()
    }

    #[test]
    fn completions_name_every_command_and_option() -> anyhow::Result<()> {
        let program = program();
        for shell in Shell::value_variants() {
            let text = script(*shell)?;
            let prefix = match shell {
                Shell::Fish => "-l ",
                _ => "--",
            };
            for command in with_commands(program.clone()) {
                assert!(text.contains(command.get_name()), "{shell}: {command}");
                for option in options(&command) {
                    let named = format!("{prefix}{option}");
                    assert!(text.contains(&named), "{shell}: {command} {named}");
                }
            }
        }
        Ok(())
    }

    #[test]
    fn manual_pages_name_every_command_and_option() -> anyhow::Result<()> {
        let program = program();
        let plain = |command: &Command| {
            let text = page(&Man::new(command.clone()))?;
            anyhow::Ok(text.replace("\\-", "-"))
        };
        let main = plain(&program)?;
        for command in program.get_subcommands() {
            let name = format!("{PROGRAM}-{}(1)", command.get_name());
            assert!(main.contains(&name), "{name}");
        }
        for command in with_commands(program) {
            let text = plain(&command)?;
            for option in options(&command) {
                assert!(text.contains(&format!("--{option}")), "{command} {option}");
            }
        }
        Ok(())
    }
}
