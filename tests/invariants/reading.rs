//! Bytes of a stranger → activities, or a reason.

use hardeasy::channel::Channel;
use hardeasy::ingest;
use hardeasy::ingest::Activity;
use hardeasy::ingest::Content;
use hardeasy::ingest::Error;
use hardeasy::ingest::Format;
use hardeasy::ingest::Strictness;
use hardeasy::ingest::Warning;
use hardeasy::ingest::WarningCode;
use hardeasy::ingest::archive;
use hardeasy::ingest::detect;

use super::grammar;
use super::grammar::Choices;

/// What inspecting a file, and reading its start, costs again is paid for one in so many inputs.
const EVERY: usize = 8;
/// How the parts are called that become records.
const RECORDS: [&str; 3] = ["record (20)", "trkpt", "trackpoint"];

/// Bytes as FIT.
pub fn fit(data: &[u8]) {
    export(data, Format::Fit);
}

/// Bytes as GPX.
pub fn gpx(data: &[u8]) {
    export(data, Format::Gpx);
}

/// Bytes as TCX.
pub fn tcx(data: &[u8]) {
    export(data, Format::Tcx);
}

/// Choices of the grammar of FIT: a sound file that is cut off anywhere, or a chain of any messages.
pub fn fit_structured(data: &[u8]) {
    let mut choices = Choices::new(data);
    if choices.byte().is_multiple_of(4) {
        let (cut, further) = (choices.number() as usize, choices.number() as usize);
        let whole = grammar::sound(&mut choices);
        let cut = cut % (whole.len() + 1);
        let further = cut + further % (whole.len() - cut + 1);
        cut_off(&whole, cut, further);
    } else {
        let bytes = grammar::any(&mut choices);
        export(&bytes, Format::Fit);
    }
}

/// What was recorded never shrinks as more of a file is there; what is not there is told.
fn cut_off(whole: &[u8], cut: usize, further: usize) {
    let count = |length: usize| {
        let read = ingest::read(&whole[..length], Format::Fit, Strictness::Lenient);
        let Ok(activities) = read else {
            return 0;
        };
        let warned = activities.iter().any(|one| !one.warnings.is_empty());
        assert!(
            warned || length == whole.len(),
            "{length} of {} bytes, and no word of it",
            whole.len()
        );
        activities.iter().map(|one| one.records.len()).sum()
    };
    let (all, longer, shorter): (usize, usize, usize) =
        (count(whole.len()), count(further), count(cut));
    assert!(
        shorter <= longer && longer <= all,
        "{shorter} {longer} {all}"
    );
    assert!(all > 0);
}

fn export(data: &[u8], format: Format) {
    match ingest::read(data, format, Strictness::Lenient) {
        Ok(activities) => {
            assert!(!activities.is_empty());
            activities.iter().for_each(check);
        }
        Err(error) => check_error(&error),
    }
    if data.len().is_multiple_of(EVERY) {
        let parts = |data: &[u8]| -> usize {
            let account = ingest::account(data, format);
            check_warnings(&account.warnings);
            let rows = account.rows.iter();
            let records = rows.filter(|row| RECORDS.contains(&&*row.what.to_ascii_lowercase()));
            records.map(|row| row.count).sum()
        };
        let more = parts(data);
        // Of text the encoding may be another one when more of it is seen, and of a chain where its files end.
        let shorter = &data[..data.len() / 3 * 2];
        let is_fit =
            |part: &[u8]| format == Format::Fit && detect(part) == Content::Export(Format::Fit);
        if is_fit(data) && is_fit(shorter) && !is_chain(data) {
            let fewer = parts(shorter);
            assert!(fewer <= more, "{fewer} {more}");
        }
    }
}

/// Returns whether a further file may begin somewhere: three of the four characters of its mark are enough.
fn is_chain(data: &[u8]) -> bool {
    const MARK: &[u8] = b".FIT";
    let further = data.get(MARK.len() * 3..).unwrap_or_default();
    further.windows(MARK.len()).any(|window| {
        let alike = window.iter().zip(MARK).filter(|(a, b)| a == b);
        alike.count() >= MARK.len() - 1
    })
}

fn check_error(error: &Error) {
    let text = error.to_string();
    assert!(!text.contains(char::is_control), "{text:?}");
    let tells = text.contains("expected ") && text.contains(", found ") && text.contains("; ");
    assert!(tells || error.is_skip(), "{text}");
}

fn check_warnings(warnings: &[Warning]) {
    for warning in warnings {
        assert!(WarningCode::of(&warning.code).is_some(), "{warning:?}");
        assert!(!warning.text.is_empty() && !warning.text.contains('\n'));
    }
}

fn check_channel(channel: &Channel, length: usize, (low, high): (f64, f64), what: &str) {
    assert!(
        channel.is_empty() || channel.len() == length,
        "{what}: {} of {length}",
        channel.len()
    );
    for value in channel.iter().flatten() {
        assert!((low..=high).contains(&value), "{what}: {value}");
    }
}

/// Checks what the type of an activity promises.
fn check(activity: &Activity) {
    check_warnings(&activity.warnings);
    let records = &activity.records;
    let times = &records.time_s;
    let length = times.len();
    assert!(times.first().is_none_or(|first| first.abs() < f64::EPSILON));
    assert!(times.is_sorted_by(|a, b| a < b), "{times:?}");
    assert!(times.last().is_none_or(|last| last.is_finite()));
    const ANY: (f64, f64) = (f64::MIN, f64::MAX);
    let columns = [
        (&records.latitude_deg, (-90.0, 90.0), "latitude"),
        (&records.longitude_deg, (-180.0, 180.0), "longitude"),
        (&records.distance_m, ANY, "distance"),
        (&records.speed_m_s, ANY, "speed"),
        (&records.altitude_m, ANY, "altitude"),
        (&records.heart_rate_bpm, (25.0, 240.0), "heart rate"),
        (&records.cadence_spm, ANY, "cadence"),
        (&records.power_w, ANY, "power"),
        (&records.temperature_c, ANY, "temperature"),
    ];
    for (channel, range, what) in columns {
        check_channel(channel, length, range, what);
    }
    for series in &records.further {
        check_channel(&series.values, length, ANY, &series.name);
    }
    for lap in &activity.laps {
        assert!(lap.start_s.is_finite() && lap.end_s.is_finite(), "{lap:?}");
        assert!(lap.start_s <= lap.end_s, "{lap:?}");
    }
    let mut end_s = f64::MIN;
    for pause in &activity.pauses {
        assert!(
            end_s <= pause.start_s && pause.start_s <= pause.end_s,
            "{pause:?}"
        );
        end_s = pause.end_s;
    }
    assert!(end_s < f64::MAX);
    let texts = [&activity.name, &activity.sub_sport, &activity.device];
    for text in texts.into_iter().flatten() {
        assert!(!text.contains(char::is_control), "{text:?}");
    }
}

/// Bytes as something packed.
pub fn container(data: &[u8]) {
    let mut members = 0;
    archive::unpack(data.to_vec(), &mut |member| {
        members += 1;
        let name = member.path.as_deref().unwrap_or_default();
        assert!(!name.contains(char::is_control), "{name:?}");
        check_warnings(&member.warnings);
        match member.bytes {
            Ok(bytes) => {
                assert!(bytes.len() <= archive::MAX_FILE_BYTES);
                let most = data.len() * archive::MAX_RATIO;
                assert!(
                    bytes.len() <= most.max(archive::RATIO_FREE_BYTES),
                    "{} bytes of {}",
                    bytes.len(),
                    data.len()
                );
                let _ = detect(&bytes);
            }
            Err(error) => check_error(&error),
        }
    });
    assert!(members <= archive::MAX_ENTRIES);
    // An archive without entries is told of, too.
    assert!(members > 0, "nothing is said of {} bytes", data.len());
}
