//! Publishes a site: of what an earlier report wrote only what has changed is written anew.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::path::Path;
use std::path::PathBuf;

use rayon::iter::IndexedParallelIterator;
use rayon::iter::IntoParallelRefIterator;
use rayon::iter::ParallelIterator;

use crate::pipeline;
use crate::pipeline::CacheFolder;
use crate::pipeline::FileHashes;
use crate::pipeline::Outcome;
use crate::pipeline::Status;
use crate::report::html;
use crate::report::html::Account;
use crate::report::html::FileLine;
use crate::report::html::FileStatus;
use crate::report::site::account_document::account_json;
use crate::report::site::draft::Draft;
use crate::report::site::error::PublishError;
use crate::report::site::folder::Folder;
use crate::report::site::folder::refuse_foreign;
use crate::report::site::lock::Lock;
use crate::report::site::manifest::Manifest;
use crate::report::site::page::Page;
use crate::report::site::plan::FIRST;
use crate::report::site::plan::Site;

/// What lies in the folder when all pages are written.
#[derive(Debug)]
pub struct Published {
    /// What was written.
    manifest: Manifest,
    /// The runs whose export was read and then could not be read again for their charts; the next
    /// report makes their pages again.
    pub lost: Vec<usize>,
    /// The old files that could not be removed, and why.
    pub not_removed: Vec<(String, std::io::Error)>,
}

/// A folder for a report, into which nobody else writes one meanwhile, with what an earlier report
/// left in it.
pub struct ReportFolder<'a> {
    root: &'a Path,
    _lock: Lock<'a>,
    old: Manifest,
    folder: Folder<'a>,
    hashes: FileHashes<'a>,
}

impl<'a> ReportFolder<'a> {
    /// Opens a folder, which is made if there is none. What lies in it is read unless the
    /// `cache` knows it.
    ///
    /// # Errors
    /// When it holds an input or files that no report wrote, when another report is being written
    /// into it, or when it cannot be made.
    pub fn open(
        root: &'a Path,
        inputs: &[PathBuf],
        cache: Option<&'a CacheFolder>,
    ) -> Result<Self, PublishError> {
        refuse_foreign(root, inputs)?;
        let lock = Lock::take(root)?;
        let old = Manifest::read(root)?;
        let hashes = FileHashes::open(root, cache);
        Ok(Self {
            root,
            _lock: lock,
            folder: Folder::new(root, &old, &hashes),
            hashes,
            old,
        })
    }

    /// Returns what an earlier report left; nothing where there was none.
    #[must_use]
    pub fn earlier(&self) -> &Manifest {
        &self.old
    }

    /// Returns whether all is there as an earlier report wrote it from the same.
    #[must_use]
    pub fn is_current(&self, fingerprint: Option<&str>) -> bool {
        let is_same = fingerprint.is_some() && fingerprint == self.old.fingerprint.as_deref();
        is_same && self.folder.holds(&self.old.files)
    }

    /// Writes what is new or another one than before, and removes what an earlier report wrote and
    /// this one does not. `program` tells what draws from all that would draw other pages.
    ///
    /// # Errors
    /// When a file cannot be written, or would bury what no report wrote.
    pub fn publish(
        &self,
        site: &Site<'_>,
        outcome: &Outcome,
        program: &str,
    ) -> Result<Published, PublishError> {
        let (mut manifest, lost) = write(site, outcome, &self.folder, &self.old, program)?;
        self.folder.remove_unfinished(&self.old);
        let not_removed = self.folder.remove_stale(&self.old, &manifest.files);
        let left = not_removed.iter().map(|(path, _)| path.clone());
        manifest
            .files
            .extend(left.map(|path| (path, String::new())));
        Ok(Published {
            manifest,
            lost,
            not_removed,
        })
    }

    /// Writes down what was published, and how the command ended that published it: with which
    /// fingerprint, exit code and messages.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn seal(
        &self,
        published: Published,
        fingerprint: Option<String>,
        exit: u8,
        told: Vec<(String, String)>,
    ) -> Result<(), PublishError> {
        self.hashes.note(&published.manifest.files);
        let is_whole = published.lost.is_empty();
        Manifest {
            fingerprint: fingerprint.filter(|_| is_whole),
            exit,
            told,
            ..published.manifest
        }
        .write(self.root)
    }
}

/// Writes what is new or another one than before; returns what was written, and the runs that were
/// lost, of which it has no key.
fn write(
    site: &Site<'_>,
    outcome: &Outcome,
    folder: &Folder<'_>,
    old: &Manifest,
    program: &str,
) -> Result<(Manifest, Vec<usize>), PublishError> {
    let account = account(outcome);
    let mut index = site.drafts(&account);
    index.push(account_draft(outcome));
    let keys = keys(site, outcome, program);
    let mut changed = claim(site, outcome, folder, old, &index)?;
    let mut new = Manifest::default();
    for (run, key) in keys.into_iter().enumerate() {
        let name = site.run_name(run).to_owned();
        let files = files_of(site, run, old);
        let is_whole = !files.is_empty() && folder.holds(&files);
        let is_known = !changed.contains(&run) && old.runs.get(&name) == Some(&key);
        if is_whole && is_known {
            new.files.extend(files);
        } else {
            changed.insert(run);
        }
        new.runs.insert(name, key);
    }
    // The first page comes last: whatever stops a report, it never leads to a page that is not there.
    let (first, others): (Vec<_>, Vec<_>) =
        index.iter().partition(|draft| draft.path.ends_with(FIRST));
    let visit = || {
        pipeline::visit_streams_where(
            outcome,
            &|run| changed.contains(&run),
            &|run, session, streams| {
                let is_lost = streams.is_none() && outcome.has_export(session);
                let files = folder.write(&site.run(run, streams));
                files.map(|files| (files, is_lost.then_some(run)))
            },
        )
    };
    let (written, others) = rayon::join(visit, || write_drafts(folder, &others));
    let mut all_lost = Vec::new();
    for written in written {
        let (files, lost) = written?;
        new.files.extend(files);
        all_lost.extend(lost);
    }
    for run in &all_lost {
        new.runs.remove(site.run_name(*run));
    }
    new.files.extend(others?);
    for draft in first.iter().rev() {
        new.files.extend(folder.write(draft.page().iter())?);
    }
    Ok((new, all_lost))
}

/// Writes pages, each as it is made.
fn write_drafts(
    folder: &Folder<'_>,
    drafts: &[&Draft<'_>],
) -> Result<BTreeMap<String, String>, PublishError> {
    let write = |draft: &&Draft<'_>| folder.write(draft.page().iter());
    let written: Result<Vec<_>, _> = drafts.par_iter().map(write).collect();
    Ok(written?.into_iter().flatten().collect())
}

/// Returns the document that says of every input what became of it.
fn account_draft(outcome: &Outcome) -> Draft<'_> {
    Draft::new(html::ACCOUNT_DOCUMENT, || {
        account_json(&outcome.recognised, &outcome.account).unwrap_or_default()
    })
}

/// Takes the places of all pages, and returns the runs in whose place something lies that the
/// earlier report did not write: their pages are made to see whether they are what lies there.
fn claim(
    site: &Site<'_>,
    outcome: &Outcome,
    folder: &Folder<'_>,
    old: &Manifest,
    index: &[Draft<'_>],
) -> Result<BTreeSet<usize>, PublishError> {
    let mut places: BTreeSet<String> = index.iter().map(|draft| draft.path.clone()).collect();
    places.extend((0..outcome.sessions.len()).flat_map(|run| site.run_paths(run)));
    let unknown = folder.unknown(old, &places)?;
    let is_in_question = |run: &usize| {
        let paths = site.run_paths(*run);
        paths.iter().any(|path| unknown.contains(path))
    };
    let in_question: BTreeSet<usize> = (0..outcome.sessions.len()).filter(is_in_question).collect();
    let pages = pipeline::visit_streams_where(
        outcome,
        &|run| in_question.contains(&run),
        &|run, _, streams| site.run(run, streams),
    );
    let drafts = index.iter().filter(|draft| unknown.contains(&draft.path));
    let index: Vec<Page> = drafts.filter_map(Draft::page).collect();
    folder.refuse_unlike(&unknown, index.iter().chain(pages.iter().flatten()))?;
    folder.claim(old, &places)?;
    Ok(in_question)
}

/// Returns for each run a hash of all that its files are made from.
fn keys(site: &Site<'_>, outcome: &Outcome, program: &str) -> Vec<String> {
    let sessions = outcome.sessions.par_iter().enumerate();
    let keys = sessions.map(|(run, session)| {
        // Without its export, as when it comes from a stored document, a run has no chart over time.
        let has_export = outcome.has_export(session);
        let all = format!("{program} {has_export} {}", site.run_key(run));
        pipeline::content_hash(all.as_bytes())
    });
    keys.collect()
}

/// Returns the files of a run that an earlier report wrote.
fn files_of(site: &Site<'_>, run: usize, old: &Manifest) -> BTreeMap<String, String> {
    let paths = site.run_paths(run).into_iter();
    paths
        .filter_map(|path| Some((old.files.get(&path)?.clone(), path)))
        .map(|(hash, path)| (path, hash))
        .collect()
}

/// Returns the account of the inputs as the site shows it.
fn account(outcome: &Outcome) -> Account {
    let lines = outcome.account.iter().map(|line| {
        let warnings: Vec<&str> = line
            .warnings
            .iter()
            .map(|warning| warning.text.as_str())
            .collect();
        FileLine {
            path: line.name(),
            status: match line.status {
                Status::Ok => FileStatus::Ok,
                Status::Warned => FileStatus::Warned,
                Status::Partial => FileStatus::Partial,
                Status::Skipped => FileStatus::Skipped,
                Status::Failed => FileStatus::Failed,
            },
            reason: line
                .reason
                .clone()
                .or_else(|| (!warnings.is_empty()).then(|| warnings.join("; "))),
        }
    });
    Account {
        recognised: outcome.recognised.clone(),
        files: lines.collect(),
    }
}
