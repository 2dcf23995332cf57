//! Tables of an export: which, and where they go.

use std::io;
use std::io::Write;
use std::path::Path;

use crate::classification::Session;
use crate::cli::args::Block;
use crate::cli::args::Common;
use crate::cli::args::ExportArguments;
use crate::cli::args::ExportFormat;
use crate::cli::range;
use crate::cli::read;
use crate::export::Table;
#[cfg(feature = "parquet")]
use crate::export::arrow;
use crate::export::csv;
#[cfg(feature = "parquet")]
use crate::export::parquet;
use crate::export::tables::Source;
use crate::export::tables::stream_rows;
use crate::history::DatedReferences;
use crate::history::Sampling;
use crate::pipeline::Outcome;
use crate::pipeline::files;
use crate::pipeline::visit_streams_in_turn;
use crate::review::Review;
use crate::streams::Streams;

/// How tables are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Csv,
    #[cfg(feature = "parquet")]
    Parquet,
}

impl Form {
    fn extension(self) -> &'static str {
        match self {
            Form::Csv => "csv",
            #[cfg(feature = "parquet")]
            Form::Parquet => "parquet",
        }
    }
}

/// Returns how tables are written in a format; absent where it has none.
///
/// # Errors
/// When the program was built without what writes it.
pub(super) fn form(format: ExportFormat) -> anyhow::Result<Option<Form>> {
    match format {
        ExportFormat::Csv => Ok(Some(Form::Csv)),
        #[cfg(feature = "parquet")]
        ExportFormat::Parquet => Ok(Some(Form::Parquet)),
        #[cfg(not(feature = "parquet"))]
        ExportFormat::Parquet => anyhow::bail!(
            "this build of hardeasy writes no Parquet; use --format csv, or build it with --features parquet"
        ),
        _ => Ok(None),
    }
}

/// Returns the tables to write: the one that was named, else all but those that are made from recordings,
/// which take far longer, or the sessions alone on standard output.
pub(super) fn wanted(command: &ExportArguments) -> Vec<Table> {
    match (command.table, &command.output) {
        (Some(table), _) => vec![table],
        (None, None) => vec![Table::default()],
        (None, Some(_)) => {
            let all = Table::ALL.into_iter();
            all.filter(|table| !table.needs_streams()).collect()
        }
    }
}

/// Returns the reference values of each athlete, week by week, in the days that were asked for.
pub(super) fn references(
    common: &Common,
    block: &Block,
    outcome: &Outcome,
    reviews: &[Review],
) -> Vec<(Option<String>, Vec<DatedReferences>)> {
    let athletes = outcome.athletes.iter().enumerate();
    let known = athletes.map(|(index, athlete)| {
        let mut days = read::history(common, outcome, athlete).over_time(Sampling::Weeks);
        if let Some(review) = reviews.get(index).filter(|_| range::is_asked(block)) {
            let asked = range::asked(block, review);
            days.retain(|dated| asked.contains(&dated.day));
        }
        (athlete.name.clone(), days)
    });
    known.collect()
}

/// Writes tables into a folder, or one to standard output.
///
/// # Errors
/// When writing fails; the message names the file.
pub(super) fn write(
    form: Form,
    tables: &[Table],
    folder: Option<&Path>,
    content: (&Outcome, Source<'_>),
) -> anyhow::Result<()> {
    for table in tables {
        match folder {
            None => write_table(form, *table, content, &mut io::stdout())?,
            Some(folder) => {
                let name = format!("{}.{}", table.name(), form.extension());
                files::write_by(&folder.join(name), &mut |file| {
                    write_table(form, *table, content, file)
                })?;
            }
        }
    }
    Ok(())
}

fn write_table(
    form: Form,
    table: Table,
    (outcome, source): (&Outcome, Source<'_>),
    out: &mut (dyn Write + Send),
) -> io::Result<()> {
    let mut out = io::BufWriter::new(out);
    match form {
        Form::Csv => write_csv(table, outcome, source, &mut out)?,
        #[cfg(feature = "parquet")]
        Form::Parquet => write_parquet(table, outcome, source, &mut out)?,
    }
    out.flush()
}

fn write_csv(
    table: Table,
    outcome: &Outcome,
    source: Source<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    csv::write(table, &source, out)?;
    visit(
        table,
        outcome,
        &|session, streams| {
            let mut text = Vec::new();
            csv::write_rows(stream_rows(table, session, streams), &mut text)?;
            Ok(text)
        },
        &mut |text| out.write_all(&text),
    )
}

#[cfg(feature = "parquet")]
fn write_parquet(
    table: Table,
    outcome: &Outcome,
    source: Source<'_>,
    out: &mut (dyn Write + Send),
) -> io::Result<()> {
    let mut writer = parquet::Writer::new(table, out)?;
    writer.write_rows(source.rows(table))?;
    visit(
        table,
        outcome,
        &|session, streams| arrow::batch(table, stream_rows(table, session, streams)),
        &mut |batch| writer.write(&batch),
    )?;
    writer.finish()
}

/// Makes something of the streams of each session, several at a time, and takes it in their order, where a
/// table needs them.
fn visit<T: Send>(
    table: Table,
    outcome: &Outcome,
    make: &(dyn Fn(&Session, &Streams) -> io::Result<T> + Sync),
    take: &mut dyn FnMut(T) -> io::Result<()>,
) -> io::Result<()> {
    if !table.needs_streams() {
        return Ok(());
    }
    visit_streams_in_turn(
        outcome,
        &|_, session, streams| streams.map(|streams| make(session, streams)).transpose(),
        &mut |made| made?.map_or(Ok(()), &mut *take),
    )
}
