//! What is kept between commands changes how long they take and nothing else.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot write its files has failed"
)]

use std::fs;
use std::path::Path;
use std::path::PathBuf;
use std::process::Output;
use std::process::Stdio;
use std::thread::sleep;
use std::time::Duration;
use std::time::SystemTime;

use tempfile::TempDir;

use crate::common::program::err;
use crate::common::program::exit;
use crate::common::program::fixture;
use crate::common::program::out;
use crate::common::program::program_at;
use crate::common::program::tree;
use crate::common::rng::Rng;

/// What lies in the folder of a test: sound and damaged exports, packed ones, and what is none.
const FILES: [&str; 12] = [
    "runs/kilometres.fit",
    "runs/easy-hilly.gpx",
    "runs/strides.fit",
    "runs/easy.fit",
    "runs/recovery.tcx",
    "runs/200s.fit",
    "runs/easy.gpx.gz",
    "broken/chained.fit",
    "broken/truncated.fit",
    "broken/with-junk.zip",
    "broken/web-page.gpx",
    "README.md",
];
/// After so long a change of a file shows in its times, and the file need not be read to know it.
const SETTLED: Duration = Duration::from_millis(3100);
/// Steps of the random walk, and its seed.
const STEPS: usize = 30;
const SEED: u64 = 19;

struct Kept {
    runs: TempDir,
    beside: TempDir,
}

impl Kept {
    fn new() -> Self {
        let [runs, beside] = [0, 1].map(|_| tempfile::tempdir().unwrap());
        Self { runs, beside }
    }

    fn cache(&self) -> PathBuf {
        self.beside.path().join("hardeasy")
    }

    fn run(&self, program: &Path, arguments: &[&str]) -> Output {
        program_at(program)
            .args(arguments)
            .arg(self.runs.path())
            .env("XDG_CACHE_HOME", self.beside.path())
            .stdin(Stdio::null())
            .output()
            .unwrap()
    }

    /// Asserts that a command says the same with what was kept and without.
    fn assert_same(&self, program: &Path, arguments: &[&str], step: &str) {
        let with = self.run(program, arguments);
        let without = self.run(program, &[arguments, &["--no-cache"]].concat());
        let told = |output: &Output| (exit(output), out(output), err(output));
        assert!(
            told(&with) == told(&without),
            "{step}: {arguments:?}\n{}",
            err(&with)
        );
    }
}

/// The program, and one that any cache must take for another.
fn two_programs(beside: &Path) -> [PathBuf; 2] {
    let this = PathBuf::from(env!("CARGO_BIN_EXE_hardeasy"));
    let other = beside.join("other-version");
    let mut bytes = fs::read(&this).unwrap();
    bytes.push(0);
    fs::copy(&this, &other).unwrap();
    fs::write(&other, bytes).unwrap();
    [this, other]
}

fn copy(name: &str, to: &Path) {
    // Not `fs::copy`, which would take the times over.
    fs::write(to, fs::read(fixture(name)).unwrap()).unwrap();
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let files = tree(folder).into_iter();
    files.map(|(path, _)| folder.join(path)).collect()
}

/// Cuts, empties or changes a bit of all that is kept.
fn damage(cache: &Path, rng: &mut Rng) {
    for pack in files(cache) {
        let mut bytes = fs::read(&pack).unwrap();
        if bytes.is_empty() {
            continue;
        }
        let place = usize::try_from(rng.next()).unwrap() % bytes.len();
        match rng.next() % 3 {
            0 => bytes.truncate(place),
            1 => bytes[place] ^= 1 << (rng.next() % 8),
            _ => bytes = vec![0; bytes.len()],
        }
        fs::write(pack, bytes).unwrap();
    }
}

/// Kills a writer before it knows anything, while it writes, or after it ended.
fn kill(kept: &Kept, rng: &mut Rng, program: &Path) {
    let mut killed = program_at(program);
    killed.args(["export", "--format", "ndjson", "--laps", "ignore"]);
    killed
        .arg(kept.runs.path())
        .env("XDG_CACHE_HOME", kept.beside.path());
    let mut child = killed
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    sleep(Duration::from_millis(rng.next() % 300));
    let _ = child.kill();
    child.wait().unwrap();
}

/// Changes something, and says what.
fn change(kept: &Kept, rng: &mut Rng, program: &Path) -> String {
    let runs = kept.runs.path();
    let file = rng.pick(&files(runs));
    let set = |path: &Path, time: SystemTime| {
        let file = fs::File::options().write(true).open(path).unwrap();
        file.set_modified(time).unwrap();
    };
    let what = match rng.next() % 12 {
        0 => {
            copy(
                rng.pick(&FILES),
                &runs.join(format!("new-{}", rng.next() % 4)),
            );
            "added"
        }
        1 => {
            fs::remove_file(&file).unwrap();
            "removed"
        }
        2 => {
            let name = format!("{}-{}", rng.next() % 9, file.file_name().unwrap().display());
            fs::rename(&file, runs.join("old").join(name)).unwrap();
            "renamed"
        }
        3 => {
            set(&file, SystemTime::now());
            "touched"
        }
        4 => {
            // As after a clock that went wrong, either way.
            let far = Duration::from_secs(400 * 24 * 3600);
            set(&file, SystemTime::now() - far);
            set(&rng.pick(&files(runs)), SystemTime::now() + far);
            "other times"
        }
        // Where no time of any change is known only `--verify` would find it.
        5 if cfg!(unix) => {
            // Of equal size and time.
            let before = file.metadata().unwrap().modified().unwrap();
            let mut bytes = fs::read(&file).unwrap();
            if let Some(middle) = bytes.len().checked_sub(1).map(|last| last / 2) {
                bytes[middle] ^= 1;
            }
            fs::write(&file, bytes).unwrap();
            set(&file, before);
            "a byte changed"
        }
        6 => {
            let bytes = fs::read(&file).unwrap();
            fs::write(&file, &bytes[..bytes.len() / 2]).unwrap();
            "cut"
        }
        7 => {
            let export = runs.join("0-easy.fit");
            copy("runs/easy.fit", &export);
            let kind = rng.pick(&["tempo", "easy", "race"]);
            let crop = rng.pick(&["1:00-20:00", "0:00-25:00"]);
            let arguments = ["correct", "--kind", kind, "--crop", crop];
            let mut correct = program_at(program);
            correct.args(arguments).arg(export);
            assert!(correct.output().unwrap().status.success());
            "corrected"
        }
        8 => {
            let zone = rng.pick(&["Asia/Tokyo", "Europe/Berlin"]);
            let text = format!("timezone = \"{zone}\"\n");
            fs::write(runs.join("hardeasy.toml"), text).unwrap();
            "another time zone"
        }
        9 => {
            damage(&kept.cache(), rng);
            "damaged packs"
        }
        10 => {
            kill(kept, rng, program);
            "killed"
        }
        _ => {
            let _ = fs::remove_dir_all(kept.cache());
            "no cache any more"
        }
    };
    format!("{what}, {}", file.display())
}

#[test]
fn whatever_happens_results_are_those_of_decoding_everything() {
    let kept = Kept::new();
    fs::create_dir(kept.runs.path().join("old")).unwrap();
    for (number, name) in FILES.into_iter().enumerate() {
        let folder = if number % 3 == 0 { "old" } else { "" };
        let file = Path::new(name).file_name().unwrap().display();
        copy(
            name,
            &kept.runs.path().join(folder).join(format!("0-{file}")),
        );
    }
    sleep(SETTLED);
    let programs = two_programs(kept.beside.path());
    let mut rng = Rng::new(SEED);
    for step in 0..STEPS {
        let program = &programs[usize::from(step % 5 == 4)];
        let export = ["export", "--format", "ndjson"];
        let laps = [&export[..], &["--laps", "ignore"]].concat();
        let review = ["review", "--format", "json", "--athletes"];
        let further = [&review[..], &laps, &export];
        let what = match step {
            0 => "at first".to_owned(),
            _ => change(&kept, &mut rng, program),
        };
        let step = format!("step {step}: {what}");
        kept.assert_same(program, &export, &step);
        kept.assert_same(program, rng.pick(&further), &step);
    }
}

#[test]
fn what_was_found_is_kept_for_the_user_alone_until_it_is_cleared() {
    let kept = Kept::new();
    copy("runs/easy.fit", &kept.runs.path().join("easy.fit"));
    let program = Path::new(env!("CARGO_BIN_EXE_hardeasy"));
    let cache = |arguments: &[&str]| {
        let mut command = program_at(program);
        let command = command.arg("cache").args(arguments);
        let output = command
            .env("XDG_CACHE_HOME", kept.beside.path())
            .output()
            .unwrap();
        assert_eq!(exit(&output), 0, "{}", err(&output));
        out(&output)
    };
    assert!(cache(&[]).ends_with("0 packs, 0 bytes\n"));
    kept.run(program, &["export", "--format", "ndjson", "--no-cache"]);
    assert!(!kept.cache().exists());
    kept.run(program, &["export", "--format", "ndjson"]);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&kept.cache()), 0o700);
        for pack in files(&kept.cache()) {
            assert_eq!(mode(&pack), 0o600);
        }
    }
    let own = kept.cache().join("notes.txt");
    fs::write(&own, "mine").unwrap();
    assert!(cache(&[]).contains("\n1 pack, "));
    assert!(cache(&["--clear"]).ends_with("0 packs, 0 bytes\n"));
    assert_eq!(files(&kept.cache()), [own]);
}

#[test]
fn what_is_known_is_not_decoded_again() {
    let kept = Kept::new();
    copy("runs/easy.fit", &kept.runs.path().join("easy.fit"));
    sleep(SETTLED);
    let program = Path::new(env!("CARGO_BIN_EXE_hardeasy"));
    let export = ["export", "--format", "ndjson"];
    let first = out(&kept.run(program, &export));
    let [pack] = &files(&kept.cache())[..] else {
        panic!("one folder, one pack");
    };
    let written = |pack: &Path| pack.metadata().unwrap().modified().unwrap();
    let before = written(pack);
    // Whatever is decoded is written down anew.
    let bytes = fs::read(pack).unwrap();
    assert_eq!(out(&kept.run(program, &export)), first);
    assert_eq!(
        out(&kept.run(program, &[&export[..], &["--verify"]].concat())),
        first
    );
    assert_eq!((written(pack), fs::read(pack).unwrap()), (before, bytes));
}

#[test]
fn several_at_once_say_the_same() {
    let kept = Kept::new();
    for (number, name) in FILES.into_iter().enumerate() {
        let file = Path::new(name).file_name().unwrap().display();
        copy(name, &kept.runs.path().join(format!("{number}-{file}")));
    }
    let program = Path::new(env!("CARGO_BIN_EXE_hardeasy"));
    let export = ["export", "--format", "ndjson"];
    let alone = out(&kept.run(program, &[&export[..], &["--no-cache"]].concat()));
    std::thread::scope(|threads| {
        let run = || out(&kept.run(program, &export));
        let running = [0; 4].map(|_| threads.spawn(run));
        for one in running {
            assert!(one.join().unwrap() == alone);
        }
    });
    kept.assert_same(program, &export, "afterwards");
}
