//! Walks a zip archive, entry by entry, by its directory; without one by its local headers.

use std::io;
use std::io::Cursor;
use std::io::Read;

use ::zip::CompressionMethod;
use ::zip::ZipArchive;
use ::zip::read::ZipFileEntry;
use ::zip::result::ZipError;

use crate::ingest::Error;
use crate::ingest::ErrorKind;
use crate::ingest::Warning;
use crate::ingest::WarningCode;
use crate::ingest::archive::MAX_ENTRIES;
use crate::ingest::archive::Member;
use crate::ingest::archive::deflate::is_whole;
use crate::ingest::archive::limits::Budget;
use crate::ingest::archive::limits::limit;
use crate::ingest::archive::member::Bytes;
use crate::ingest::archive::member::display_name;
use crate::ingest::archive::member::faulty;
use crate::ingest::archive::member::without_files;
use crate::ingest::archive::most::ONE_ARCHIVE;
use crate::ingest::archive::overlap::overlapping;
use crate::ingest::archive::salvage;
use crate::ingest::archive::salvage::LocalEntry;
use crate::ingest::archive::spooled;
use crate::ingest::archive::spooled::Spooled;
use crate::ingest::archive::spooled::Unpacked;
use crate::units::plural;

/// Directories and files that systems leave in archives.
const SYSTEM_NAMES: [&str; 4] = ["__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini"];

/// An archive that is being walked.
pub(super) struct Level {
    archive: Archive,
    /// The path of the archive itself, when it is in another.
    path: Option<String>,
    entries: std::vec::IntoIter<Entry>,
    /// What is told after the last entry.
    closing: Option<Error>,
    /// Warnings about the archive, handed out with its first member.
    warnings: Vec<Warning>,
}

/// What comes next in an archive.
pub(super) enum Next {
    /// A file, or a small archive.
    Member(Member),
    /// A large archive.
    Archive(Spooled),
}

enum Archive {
    /// With a sound directory.
    Listed(ZipArchive<Box<dyn Bytes>>),
    /// To be read by local headers.
    Plain(Vec<u8>),
}

/// One entry that is to be unpacked.
struct Entry {
    name: String,
    source: Source,
}

enum Source {
    /// Found by the directory, under this index.
    Listed(usize),
    /// Found by its own header.
    Local(LocalEntry),
    /// Not to be read.
    Refused(Error),
}

/// What opening an archive yields: the archive, its files, and what is to be told at the end.
type Opened = (Archive, Vec<Entry>, Option<Error>);

impl Level {
    /// Opens an archive. One that cannot be opened yields its error as its only member.
    pub(super) fn open(
        bytes: Vec<u8>,
        path: Option<String>,
        mut warnings: Vec<Warning>,
        budget: &mut Budget,
    ) -> Self {
        // Opened on a loan first: what fails must leave the bytes for the second way.
        let opened = match ZipArchive::new(Cursor::new(bytes.as_slice())) {
            Ok(archive) if archive.has_duplicate_names() => local(bytes, None, &mut warnings),
            Ok(_) => listed(Box::new(Cursor::new(bytes))),
            Err(error) => local(bytes, Some(&error), &mut warnings),
        };
        Self::of(opened, path, warnings, budget)
    }

    /// Returns whether the directory of an archive can be trusted, so that the archive can be read where it
    /// lies.
    pub(super) fn is_sound(file: &mut impl Bytes) -> bool {
        ZipArchive::new(file).is_ok_and(|archive| !archive.has_duplicate_names())
    }

    /// Opens a sound archive that stays in its file.
    pub(super) fn of_file(file: Box<dyn Bytes>, budget: &mut Budget) -> Self {
        Self::of(listed(file), None, Vec::new(), budget)
    }

    /// Opens an archive within another that is in a file of its own.
    pub(super) fn open_spooled(mut spooled: Spooled, budget: &mut Budget) -> io::Result<Self> {
        let is_sound = Self::is_sound(&mut spooled.file);
        spooled.file.rewind()?;
        if !is_sound {
            let bytes = ONE_ARCHIVE.read(spooled.file, Vec::new())?;
            return Ok(Self::open(bytes, spooled.path, spooled.warnings, budget));
        }
        let opened = listed(spooled.file);
        Ok(Self::of(opened, spooled.path, spooled.warnings, budget))
    }

    /// Leaves out all entries but those with chosen names.
    pub(super) fn keep(&mut self, is_wanted: &dyn Fn(&str) -> bool) {
        let entries = std::mem::take(&mut self.entries);
        let kept: Vec<Entry> = entries.filter(|entry| is_wanted(&entry.name)).collect();
        self.entries = kept.into_iter();
    }

    /// Returns the names of all entries, in order.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.entries
            .as_slice()
            .iter()
            .map(|entry| entry.name.as_str())
    }

    /// Unpacks an entry by its name and leaves it among those that follow.
    pub(super) fn read_named(&mut self, name: &str, budget: &mut Budget) -> Option<Vec<u8>> {
        let (archive, index) = self.named(name)?;
        let read = read_listed(archive, index, budget, &mut Vec::new()).ok()?;
        budget.spend(read.len());
        match read {
            Unpacked::Bytes(bytes) => Some(bytes),
            Unpacked::Archive(..) => None,
        }
    }

    /// Returns an entry by its name to be read piece by piece.
    pub(super) fn stream_named(&mut self, name: &str) -> Option<impl Read + '_> {
        let (archive, index) = self.named(name)?;
        archive.by_index(index).ok()
    }

    fn named(&mut self, name: &str) -> Option<(&mut ZipArchive<Box<dyn Bytes>>, usize)> {
        let entries = self.entries.as_slice();
        let found = entries
            .binary_search_by(|entry| entry.name.as_str().cmp(name))
            .ok()?;
        match (&mut self.archive, &entries.get(found)?.source) {
            (Archive::Listed(archive), Source::Listed(index)) => Some((archive, *index)),
            _ => None,
        }
    }

    fn of(
        (archive, mut entries, mut closing): Opened,
        path: Option<String>,
        warnings: Vec<Warning>,
        budget: &mut Budget,
    ) -> Self {
        entries.sort_by(|one, other| one.name.cmp(&other.name));
        if entries.len() > budget.entries {
            closing = Some(limit(format!("{MAX_ENTRIES} entries"), "more".to_owned()));
            entries.truncate(budget.entries);
        }
        budget.entries -= entries.len();
        if entries.is_empty() {
            // It is an input, too, and must not be lost.
            closing = closing.or_else(|| Some(without_files()));
        }
        Self {
            archive,
            path,
            entries: entries.into_iter(),
            closing,
            warnings,
        }
    }

    /// Unpacks the next entry.
    pub(super) fn next(&mut self, budget: &mut Budget) -> Option<Next> {
        let mut warnings = std::mem::take(&mut self.warnings);
        let Some(entry) = self.entries.next() else {
            return self.closing.take().map(|error| {
                Next::Member(Member {
                    path: self.path.take(),
                    bytes: Err(error),
                    warnings,
                })
            });
        };
        let path = Some(self.inner_path(&entry.name));
        let bytes = match self.read(entry, budget, &mut warnings) {
            Ok(Unpacked::Archive(file, _)) => {
                return Some(Next::Archive(Spooled {
                    file,
                    path,
                    warnings,
                }));
            }
            Ok(Unpacked::Bytes(bytes)) => Ok(bytes),
            Err(error) => Err(error),
        };
        Some(Next::Member(Member {
            path,
            bytes,
            warnings,
        }))
    }

    fn inner_path(&self, name: &str) -> String {
        match &self.path {
            Some(path) => format!("{path}/{name}"),
            None => name.to_owned(),
        }
    }

    fn read(
        &mut self,
        entry: Entry,
        budget: &mut Budget,
        warnings: &mut Vec<Warning>,
    ) -> Result<Unpacked, Error> {
        let unpacked = match (entry.source, &mut self.archive) {
            (Source::Refused(error), _) => return Err(error),
            (Source::Listed(index), Archive::Listed(archive)) => {
                read_listed(archive, index, budget, warnings)
            }
            (Source::Local(local), Archive::Plain(bytes)) => {
                salvage::read(bytes, &local, budget, warnings).map(Unpacked::Bytes)
            }
            _ => Err(unreadable(&ZipError::FileNotFound)),
        }?;
        budget.spend(unpacked.len());
        Ok(unpacked)
    }
}

/// Lists the files by the directory of the archive.
fn listed(bytes: Box<dyn Bytes>) -> Opened {
    match ZipArchive::new(bytes) {
        Ok(archive) => of_directory(archive),
        Err(error) => (
            Archive::Plain(Vec::new()),
            Vec::new(),
            Some(unreadable(&error)),
        ),
    }
}

fn of_directory(archive: ZipArchive<Box<dyn Bytes>>) -> Opened {
    let overlapping = overlapping(&archive);
    let entry = |index| {
        let entry = archive.by_index_data(index).ok()?;
        // A directory holds nothing that could be missed.
        (!entry.is_dir()).then(|| listed_entry(&entry, index, overlapping.contains(&index)))
    };
    let entries = (0..archive.len()).filter_map(entry).collect();
    (Archive::Listed(archive), entries, None)
}

fn listed_entry(entry: &ZipFileEntry<'_>, index: usize, is_overlapping: bool) -> Entry {
    let name = match entry.name() {
        Ok(name) => display_name(&name),
        Err(_) => display_name(&String::from_utf8_lossy(entry.name_raw())),
    };
    let source = if let Some(what) = system_file(&name) {
        Source::Refused(skip(what))
    } else if entry.is_symlink() {
        Source::Refused(skip("symbolic link"))
    } else if is_overlapping {
        Source::Refused(limit(
            "one entry for each byte of an archive".to_owned(),
            "entries that overlap".to_owned(),
        ))
    } else {
        Source::Listed(index)
    };
    Entry { name, source }
}

fn skip(what: &str) -> Error {
    Error::file(ErrorKind::NotAnActivity {
        what: what.to_owned(),
    })
}

fn system_file(name: &str) -> Option<&'static str> {
    let is_system = name
        .split(['/', '\\'])
        .any(|part| SYSTEM_NAMES.contains(&part));
    is_system.then_some("a file of the operating system")
}

/// Lists the files by their own headers: when the directory is missing or faulty, and when several
/// have one name, of which the directory gives only the last.
fn local(bytes: Vec<u8>, error: Option<&ZipError>, warnings: &mut Vec<Warning>) -> Opened {
    let found = salvage::entries(&bytes);
    let again = "copy or download the archive again";
    let mut closing = None;
    if found.entries.is_empty() {
        let error = error.map_or_else(String::new, ToString::to_string);
        closing = Some(faulty("a zip archive", error, again));
    } else if !found.is_whole {
        let found = format!(
            "an archive that ends after {}",
            plural(found.entries.len(), "packed file")
        );
        closing = Some(faulty("a whole zip archive", found, again));
    } else if error.is_some() {
        warnings.push(Warning::new(
            WarningCode::ZipDirectory,
            "the directory of the archive is damaged; the entries were found by their own headers",
        ));
    }
    let entries = found
        .entries
        .into_iter()
        .filter(|entry| !entry.name.ends_with('/'))
        .map(local_entry)
        .collect();
    (Archive::Plain(bytes), entries, closing)
}

fn local_entry(entry: LocalEntry) -> Entry {
    Entry {
        name: entry.name.clone(),
        source: match system_file(&entry.name) {
            Some(what) => Source::Refused(skip(what)),
            None => Source::Local(entry),
        },
    }
}

/// Unpacks an entry that the directory lists.
fn read_listed(
    archive: &mut ZipArchive<Box<dyn Bytes>>,
    index: usize,
    budget: &Budget,
    warnings: &mut Vec<Warning>,
) -> Result<Unpacked, Error> {
    let again = "copy or download the archive again";
    let length = usize::try_from(archive.central_directory_start()).unwrap_or(usize::MAX);
    let file = archive
        .by_index(index)
        .map_err(|error| unreadable(&error))?;
    let method = file.compression();
    if !matches!(
        method,
        CompressionMethod::Stored | CompressionMethod::Deflated
    ) {
        return Err(unreadable(&ZipError::UnsupportedArchive(
            "another method of compression",
        )));
    }
    let packed = usize::try_from(file.compressed_size()).unwrap_or(usize::MAX);
    let declared = file.size();
    let (unpacked, fault) = spooled::read(file, packed.min(length), budget)?;
    match fault {
        Some(error) if unpacked.len() == 0 => {
            return Err(faulty("a sound zip entry", error.to_string(), again));
        }
        Some(_) => {
            let is_whole = is_whole_entry(archive, index, (method, unpacked.len()));
            warnings.push(self::fault(is_whole, unpacked.len()));
        }
        None => warnings.extend(size_warning(declared, unpacked.len())),
    }
    Ok(unpacked)
}

/// Says that an entry has another size than it claims; its checksum is right.
fn size_warning(declared: u64, found: usize) -> Option<Warning> {
    (u64::try_from(found) != Ok(declared)).then(|| {
        Warning::new(
            WarningCode::ZipSize,
            format!(
                "the archive says {}, but holds {found}",
                plural(declared, "byte")
            ),
        )
    })
}

/// Returns whether an entry, checksum aside, holds no more than was kept of it.
fn is_whole_entry(
    archive: &mut ZipArchive<Box<dyn Bytes>>,
    index: usize,
    (method, kept): (CompressionMethod, usize),
) -> bool {
    let mut packed = Vec::new();
    let read = archive
        .by_index_raw(index)
        .map_err(io::Error::from)
        .and_then(|mut raw| raw.read_to_end(&mut packed));
    read.is_ok()
        && match method {
            CompressionMethod::Stored => packed.len() == kept,
            _ => is_whole(&packed, kept),
        }
}

/// Tells a wrong checksum, after which all bytes are there, from data that stop.
fn fault(is_whole: bool, kept: usize) -> Warning {
    if is_whole {
        Warning::new(
            WarningCode::ZipCrc,
            format!(
                "the checksum of the entry is wrong; its {} may be damaged",
                plural(kept, "byte")
            ),
        )
    } else {
        Warning::new(
            WarningCode::ZipTruncated,
            format!(
                "the entry is cut off or damaged; {} could be unpacked",
                plural(kept, "byte")
            ),
        )
    }
}

fn unreadable(error: &ZipError) -> Error {
    match error {
        ZipError::UnsupportedArchive(text) if *text == ZipError::PASSWORD_REQUIRED => faulty(
            "an entry without a password",
            "an encrypted entry",
            "unpack the archive with its password first",
        ),
        error => faulty(
            "a stored or deflated entry",
            error.to_string(),
            "unpack the archive with another program first",
        ),
    }
}
