//! Collects what the messages of a file say, as they come.

use crate::ingest::AthleteSettings;
use crate::ingest::lap_points::is_lap;

use super::clock_jumps::Shifts;
use super::definition::Definition;
use super::fields::Fields;
use super::fields::MessagePlan;
use super::fields::global;
use super::frame::LOCAL_TYPES;
use super::frame::Message;
use super::frame::Sink;
use super::heart_rate::HrPlan;
use super::heart_rate::Strap;
use super::messages::DeviceInfo;
use super::messages::FileId;
use super::messages::LapMessage;
use super::messages::Session;
use super::messages::SplitMessage;
use super::messages::StepMessage;
use super::messages::TimerEvent;
use super::messages::weight_kg;
use super::profile;
use super::table::RecordPlan;
use super::table::RecordTable;
use super::tail;

/// At most so many messages other than records are kept of one file: far beyond any real one.
const MAX_KEPT: usize = 100_000;

/// What one file of a chain says.
#[derive(Clone, Debug, Default)]
pub(super) struct Contents {
    pub(super) file_id: FileId,
    pub(super) devices: Vec<DeviceInfo>,
    pub(super) sessions: Vec<Session>,
    pub(super) laps: Vec<LapMessage>,
    pub(super) timer_events: Vec<TimerEvent>,
    pub(super) steps: Vec<StepMessage>,
    pub(super) splits: Vec<SplitMessage>,
    pub(super) athlete: AthleteSettings,
    /// Local time minus UTC as the `activity` message has it, not yet judged.
    pub(super) local_minus_utc_s: Option<i64>,
    pub(super) workout_name: Option<String>,
    pub(super) course_name: Option<String>,
    /// The points of a course that are named as laps.
    lap_points: Vec<LapPoint>,
    pub(super) sport: Option<u8>,
    pub(super) sub_sport: Option<u8>,
    pub(super) table: RecordTable,
    pub(super) strap: Strap,
    /// Trailing records that were dropped because noise had been read as records.
    pub(super) implausible: usize,
    /// Records that got the heart rate of a strap.
    pub(super) strap_filled: usize,
    /// Heart rates of a strap that no record could take, though none has any other.
    pub(super) strap_unused: usize,
    /// Messages that were dropped because there were too many.
    pub(super) dropped: usize,
    kept: usize,
}

impl Contents {
    /// Returns whether it is a course and nothing else.
    pub(super) fn is_course(&self) -> bool {
        self.file_id.kind == Some(profile::COURSE_FILE) && self.sessions.is_empty()
    }

    /// Returns when the points of a course that are named as laps were passed.
    pub(super) fn lap_times(&self) -> Vec<u32> {
        let times = self.table.times();
        let points = self.lap_points.iter();
        let passed = |point: &LapPoint| {
            let at_record = times.get(point.row).copied().flatten();
            point.time.or(at_record)
        };
        points.filter_map(passed).collect()
    }

    /// Puts the times of the messages besides records on the clock of the records.
    pub(super) fn set_clock(&mut self, shifts: &Shifts) {
        let sessions = self.sessions.iter_mut();
        let laps = self.laps.iter_mut();
        let splits = self.splits.iter_mut();
        sessions
            .flat_map(|session| [&mut session.start, &mut session.written])
            .chain(laps.flat_map(|lap| [&mut lap.start, &mut lap.written]))
            .chain(splits.flat_map(|split| [&mut split.start, &mut split.end]))
            .flatten()
            .chain(self.timer_events.iter_mut().map(|event| &mut event.time))
            .for_each(|time| *time = shifts.at(*time));
    }
}

/// A point of a course, which comes before the record at its place.
#[derive(Clone, Copy, Debug)]
struct LapPoint {
    time: Option<u32>,
    row: usize,
}

/// What is done with the messages of a definition.
#[derive(Clone, Debug, Default)]
enum Plan {
    #[default]
    Skip,
    Record(RecordPlan),
    Hr(HrPlan),
    Other(MessagePlan),
}

/// Takes the messages of a chain of files.
#[derive(Debug, Default)]
pub(super) struct Collector {
    /// The files that have ended.
    pub(super) files: Vec<Contents>,
    current: Contents,
    plans: [Plan; LOCAL_TYPES],
}

impl Sink for Collector {
    fn begin(&mut self) {
        self.current = Contents::default();
        self.plans = Default::default();
    }

    fn define(&mut self, local: usize, definition: &Definition) {
        self.plans[local] = match definition.global {
            global::RECORD => {
                self.current.table.developer.define(local, definition);
                Plan::Record(RecordPlan::new(definition))
            }
            global::HR => Plan::Hr(HrPlan::new(definition)),
            _ => MessagePlan::new(definition).map_or(Plan::Skip, Plan::Other),
        };
    }

    #[inline]
    fn take(&mut self, message: &Message<'_>) {
        match &self.plans[message.local] {
            Plan::Skip => {}
            Plan::Record(plan) => self.current.table.push(plan, message),
            Plan::Hr(plan) => self.current.strap.take(plan, message),
            Plan::Other(plan) => {
                let fields = plan.read(message.payload, message.time);
                self.current.take(message.definition.global, &fields);
            }
        }
    }

    fn end(&mut self, damage: bool) {
        if damage {
            self.current.implausible = tail::trim(&mut self.current.table);
        }
        self.files.push(std::mem::take(&mut self.current));
    }

    fn record_count(&self) -> usize {
        self.current.table.len()
    }
}

impl Contents {
    fn take(&mut self, number: u16, fields: &Fields) {
        match number {
            global::FILE_ID => self.file_id = fields.into(),
            global::USER_PROFILE | global::ZONES_TARGET | global::TIME_IN_ZONE => {
                self.take_athlete(number, fields);
            }
            global::SPORT => {
                self.sport = fields.byte(0).or(self.sport);
                self.sub_sport = fields.byte(1).or(self.sub_sport);
            }
            global::WORKOUT => self.workout_name = fields.text(8).or(self.workout_name.take()),
            global::COURSE => {
                self.sport = self.sport.or(fields.byte(4));
                self.course_name = fields.text(5);
            }
            global::ACTIVITY => self.local_minus_utc_s = local_minus_utc_s(fields),
            global::FIELD_DESCRIPTION => self.table.developer.describe(fields),
            global::DEVELOPER_DATA_ID => self.table.developer.identify(fields),
            _ if self.kept >= MAX_KEPT => self.dropped += 1,
            _ => {
                self.kept += 1;
                self.keep(number, fields);
            }
        }
    }

    fn keep(&mut self, number: u16, fields: &Fields) {
        match number {
            global::SESSION => self.sessions.push(fields.into()),
            global::LAP => self.laps.push(fields.into()),
            global::EVENT => self.timer_events.extend(TimerEvent::read(fields)),
            global::DEVICE_INFO => self.devices.push(fields.into()),
            global::WORKOUT_STEP => self.steps.push(fields.into()),
            global::SPLIT => self.splits.push(fields.into()),
            global::COURSE_POINT if fields.text(6).as_deref().is_some_and(is_lap) => {
                self.lap_points.push(LapPoint {
                    time: fields.seconds(1),
                    row: self.table.len(),
                });
            }
            _ => {}
        }
    }

    /// Takes what the device believes of the athlete; `time_in_zone` only fills what is missing.
    fn take_athlete(&mut self, number: u16, fields: &Fields) {
        let athlete = &mut self.athlete;
        let set = |slot: &mut Option<f64>, value: Option<f64>| {
            let value = value.filter(|value| *value > 0.0);
            *slot = if number == global::TIME_IN_ZONE {
                slot.or(value)
            } else {
                value.or(*slot)
            };
        };
        let maximum = &mut athlete.maximum_heart_rate_bpm;
        match number {
            global::USER_PROFILE => {
                let default = fields.number(9).or(fields.number(11));
                *maximum = maximum.or(default.filter(|value| *value > 0.0));
                set(&mut athlete.resting_heart_rate_bpm, fields.number(8));
                set(&mut athlete.weight_kg, weight_kg(fields));
            }
            global::ZONES_TARGET => {
                set(maximum, fields.number(1));
                set(&mut athlete.threshold_heart_rate_bpm, fields.number(2));
            }
            _ => {
                set(maximum, fields.number(11));
                set(&mut athlete.resting_heart_rate_bpm, fields.number(12));
                set(&mut athlete.threshold_heart_rate_bpm, fields.number(13));
            }
        }
    }
}

fn local_minus_utc_s(fields: &Fields) -> Option<i64> {
    Some(i64::from(fields.seconds(5)?) - i64::from(fields.time?))
}
