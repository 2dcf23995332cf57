//! Mutation testing of the stages that decide, with one build for all mutants: see README.md.

mod find;
mod project;
mod rewrite;
mod run;
mod sample;
mod values;

use std::collections::BTreeSet;
use std::env;
use std::error::Error;
use std::process::ExitCode;

use find::Mutant;
use project::Built;
use project::Project;
use run::Outcome;
use run::Tests;

type Fallible<T> = Result<T, Box<dyn Error>>;

/// A stage that decides.
struct Stage {
    /// Its folder below `src/`; its own tests are the library's tests of this module.
    name: &'static str,
    /// The modules of `tests/judging/` that were written for it.
    further: &'static [&'static str],
}

const STAGES: [Stage; 4] = [
    Stage {
        name: "segmentation",
        further: &["segmentation"],
    },
    Stage {
        name: "history",
        further: &["references"],
    },
    Stage {
        name: "classification",
        further: &["kinds", "sessions"],
    },
    Stage {
        name: "review",
        further: &[],
    },
];

/// What the command line asks for.
struct Asked {
    seed: u64,
    sample: usize,
    share: f64,
    stages: Vec<&'static Stage>,
    further: bool,
}

/// What became of a mutant.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Unviable,
    Caught,
    /// Caught, as the tests did not end.
    Hung,
    /// Caught by tests outside of the stage alone.
    Further,
    Survived,
    /// Survived, as no test comes by.
    Unreached,
}

fn main() -> ExitCode {
    match asked(env::args().skip(1)).and_then(|asked| test(&asked)) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}

fn asked(mut arguments: impl Iterator<Item = String>) -> Fallible<Asked> {
    let mut asked = Asked {
        seed: 1,
        sample: 130,
        share: 85.0,
        stages: Vec::new(),
        further: false,
    };
    while let Some(name) = arguments.next() {
        if name == "--further" {
            asked.further = true;
            continue;
        }
        let value = arguments
            .next()
            .ok_or_else(|| format!("{name} needs a value"))?;
        match &*name {
            "--seed" => asked.seed = value.parse()?,
            "--sample" => asked.sample = value.parse()?,
            "--share" => asked.share = value.parse()?,
            "--stage" => {
                let stage = STAGES.iter().find(|stage| stage.name == value);
                asked.stages.push(stage.ok_or_else(|| format!("there is no stage {value}"))?);
            }
            _ => return Err(format!("{name} is not known: --seed N, --sample N, --share PERCENT, --stage NAME, --further").into()),
        }
    }
    if asked.stages.is_empty() {
        asked.stages = STAGES.iter().collect();
    }
    Ok(asked)
}

/// Tests mutants of all stages, prints what survived and the table; tells whether enough was caught.
fn test(asked: &Asked) -> Fallible<bool> {
    let mut project = Project::copied()?;
    let mut mutants = Vec::new();
    let mut stages = Vec::new();
    for stage in &asked.stages {
        let found = project.mutants(stage.name)?;
        let (all, start) = (found.len(), mutants.len());
        mutants.extend(sample::sample(found, asked.seed, asked.sample));
        stages.push((*stage, all, start..mutants.len()));
    }
    let mut unviable = BTreeSet::new();
    project.cut(STAGES.last().map(|stage| stage.name))?;
    let library = build(&project, &["--lib"], &mutants, &mut unviable)?;
    let further = match asked.further {
        true => {
            project.cut(None)?;
            Some(build(
                &project,
                &["--test", "judging"],
                &mutants,
                &mut unviable,
            )?)
        }
        false => None,
    };
    let mut rows = Vec::new();
    let mut is_enough = true;
    for (stage, all, ids) in stages {
        let own = Tests::below(library.clone(), &[stage.name], project.folder())?;
        let others = further.clone().filter(|_| !stage.further.is_empty());
        let others = others
            .map(|program| Tests::below(program, stage.further, project.folder()))
            .transpose()?;
        let mut fates = vec![Fate::Unviable; mutants.len()];
        run(
            &project,
            &own,
            ids.clone().filter(|id| !unviable.contains(id)).collect(),
            Fate::Caught,
            &mut fates,
        )?;
        if let Some(others) = &others {
            let survived = |id: &usize| matches!(fates[*id], Fate::Survived | Fate::Unreached);
            let left = ids.clone().filter(survived).collect();
            run(&project, others, left, Fate::Further, &mut fates)?;
        }
        for id in ids.clone() {
            tell(&mutants[id], fates[id]);
        }
        let count = |fate: Fate| ids.clone().filter(|id| fates[*id] == fate).count();
        let viable = ids.len() - count(Fate::Unviable);
        let caught = count(Fate::Caught) + count(Fate::Hung) + count(Fate::Further);
        let share = 100.0 * caught as f64 / viable.max(1) as f64;
        is_enough &= share >= asked.share;
        rows.push(format!(
            "| {} | {} | {all} | {} | {} | {} | {} | {} | {} | {} | {share:.1} % |",
            stage.name,
            own.count(),
            ids.len(),
            count(Fate::Unviable),
            count(Fate::Caught),
            count(Fate::Hung),
            count(Fate::Further),
            count(Fate::Survived),
            count(Fate::Unreached),
        ));
    }
    println!("\nseed {}", asked.seed);
    println!(
        "| stage | tests | mutants | drawn | unviable | caught | hung | caught by judging alone | survived | reached by no test | share caught |"
    );
    println!("|---|---|---|---|---|---|---|---|---|---|---|");
    println!("{}", rows.join("\n"));
    Ok(is_enough)
}

/// Builds a test program, without the mutants that do not compile.
fn build(
    project: &Project,
    which: &[&str],
    mutants: &[Mutant],
    unviable: &mut BTreeSet<usize>,
) -> Fallible<std::path::PathBuf> {
    loop {
        let written = project.write(mutants, unviable)?;
        eprintln!("building {} mutants", mutants.len() - unviable.len());
        match project.build(which, &written)? {
            Built::Program(program) => return Ok(program),
            Built::Faults(faults) => {
                let before = unviable.len();
                unviable.extend(faults);
                if unviable.len() == before {
                    return Err("the build does not get better".into());
                }
            }
        }
    }
}

/// Runs tests for some mutants and sets their fates.
fn run(
    project: &Project,
    tests: &Tests,
    ids: Vec<usize>,
    caught: Fate,
    fates: &mut [Fate],
) -> Fallible<()> {
    eprintln!("{} tests, {} mutants", tests.count(), ids.len());
    for id in ids {
        fates[id] = match tests.run(id, project.folder())? {
            Some(Outcome::Passed) => Fate::Survived,
            Some(Outcome::Failed) => caught,
            Some(Outcome::Hung) => Fate::Hung,
            None if fates[id] == Fate::Survived => Fate::Survived,
            None => Fate::Unreached,
        };
    }
    Ok(())
}

/// Prints a mutant that was not caught by the stage's own tests.
fn tell(mutant: &Mutant, fate: Fate) {
    let fate = match fate {
        Fate::Survived => "survived",
        Fate::Unreached => "reached by no test",
        Fate::Further => "caught by judging alone",
        Fate::Unviable | Fate::Caught | Fate::Hung => return,
    };
    println!(
        "{}:{} in {}: {} ({fate})",
        mutant.file, mutant.line, mutant.function, mutant.words
    );
}
