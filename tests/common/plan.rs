//! What was meant to be run: steps of a kind, a length and a speed.

/// The kinds of step, which are the kinds of segment that the truth consists of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Warm-up.
    WarmUp,
    /// Running without a purpose of its own.
    Steady,
    /// A repetition.
    Work,
    /// A single sustained block.
    Tempo,
    /// A repetition uphill.
    Hill,
    /// A stride.
    Stride,
    /// Jog or walk between repetitions.
    Recovery,
    /// Standing between repetitions.
    Rest,
    /// Ever faster.
    Progression,
    /// Standing for another reason, such as a traffic light.
    Stop,
    /// Cool-down.
    CoolDown,
}

impl Kind {
    /// Returns the name of this kind of segment in session documents.
    pub fn name(self) -> &'static str {
        match self {
            Kind::WarmUp => "warm_up",
            Kind::Steady => "steady",
            Kind::Work => "work",
            Kind::Tempo => "tempo",
            Kind::Hill => "hill",
            Kind::Stride => "stride",
            Kind::Recovery => "recovery",
            Kind::Rest => "rest",
            Kind::Progression => "progression",
            Kind::Stop => "stop",
            Kind::CoolDown => "cool_down",
        }
    }

    /// Returns the label that the scorer knows: work, recovery, warmup, cooldown, free.
    pub fn label(self) -> &'static str {
        match self {
            Kind::Work | Kind::Tempo | Kind::Hill | Kind::Stride | Kind::Progression => "work",
            Kind::Recovery | Kind::Rest => "recovery",
            Kind::WarmUp => "warmup",
            Kind::CoolDown => "cooldown",
            Kind::Steady | Kind::Stop => "free",
        }
    }

    /// Returns whether this is an effort, which is paced more evenly than easy running.
    pub fn is_work(self) -> bool {
        self.label() == "work"
    }
}

/// How a step ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Length {
    /// After a time.
    Seconds(f64),
    /// After a distance.
    Metres(f64),
}

/// One step of a plan.
#[derive(Clone, Debug)]
pub struct Step {
    /// What it is.
    pub kind: Kind,
    /// How it ends.
    pub length: Length,
    /// Speed on the flat at its start; uphill the same effort is slower.
    pub speed_m_s: f64,
    /// Speed on the flat at its end.
    pub end_speed_m_s: f64,
    /// Slope of the step itself, above that of the terrain.
    pub grade: f64,
    /// Position in its set, 0 at the first and 1 at the last repetition, 0.5 on its own.
    pub place_in_set: f64,
}

/// What the run goes over.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Terrain {
    /// No slope at all: a track, a treadmill.
    Flat,
    /// Slopes up to about 2 %.
    Gentle,
    /// Slopes up to about 8 %.
    Hilly,
}

/// The shape of the way.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Course {
    /// A winding loop of this length.
    Loop(f64),
    /// The inner lane of a track.
    Track,
    /// Straight on, and back over the same ground wherever it goes down.
    UpAndDown,
    /// None: no positions.
    Indoor,
}

/// The sport, as FIT numbers it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sport {
    /// On the road.
    Running,
    /// On a track.
    TrackRunning,
    /// On a treadmill.
    TreadmillRunning,
    /// Walking.
    Walking,
    /// Cycling.
    Cycling,
    /// Strength training.
    Strength,
}

/// A whole planned activity.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The session kind that it is meant to be, as session documents name it.
    pub session: &'static str,
    /// The sport.
    pub sport: Sport,
    /// The steps in order.
    pub steps: Vec<Step>,
    /// The slopes.
    pub terrain: Terrain,
    /// The shape of the way.
    pub course: Course,
    /// Whether the runner stops the watch in each [`Kind::Rest`].
    pub stops_watch: bool,
}

impl Plan {
    /// Returns a plan of a running session without steps.
    pub fn new(session: &'static str) -> Self {
        Self {
            session,
            sport: Sport::Running,
            steps: Vec::new(),
            terrain: Terrain::Gentle,
            course: Course::Loop(4200.0),
            stops_watch: false,
        }
    }

    /// Moves the plan to a track.
    pub fn on_track(mut self) -> Self {
        self.sport = Sport::TrackRunning;
        self.terrain = Terrain::Flat;
        self.course = Course::Track;
        self
    }

    /// Moves the plan to a treadmill.
    pub fn on_treadmill(mut self) -> Self {
        self.sport = Sport::TreadmillRunning;
        self.terrain = Terrain::Flat;
        self.course = Course::Indoor;
        self
    }

    /// Moves the plan to hills.
    pub fn on_hills(mut self) -> Self {
        self.terrain = Terrain::Hilly;
        self
    }

    /// Has the runner stop the watch in each rest.
    pub fn stopping_the_watch(mut self) -> Self {
        self.stops_watch = true;
        self
    }

    /// Makes it another sport.
    pub fn sport(mut self, sport: Sport) -> Self {
        self.sport = sport;
        if sport == Sport::Strength {
            self.course = Course::Indoor;
        }
        self
    }

    /// Adds a step.
    pub fn step(self, kind: Kind, length: Length, speed_m_s: f64) -> Self {
        self.ramp(kind, length, speed_m_s, speed_m_s)
    }

    /// Adds a step that changes speed evenly.
    pub fn ramp(mut self, kind: Kind, length: Length, from_m_s: f64, to_m_s: f64) -> Self {
        self.steps.push(Step {
            kind,
            length,
            speed_m_s: from_m_s,
            end_speed_m_s: to_m_s,
            grade: 0.0,
            place_in_set: 0.5,
        });
        self
    }

    /// Adds a warm-up that begins gently, or a cool-down that ends so.
    pub fn easy_end(self, kind: Kind, minutes: f64, easy_m_s: f64) -> Self {
        let length = Length::Seconds(minutes * 60.0);
        match kind {
            Kind::CoolDown => self.ramp(kind, length, easy_m_s * 0.95, easy_m_s * 0.88),
            _ => self.ramp(kind, length, easy_m_s * 0.88, easy_m_s * 1.02),
        }
    }

    /// Adds a set: each repetition with its recovery, the last without one.
    pub fn repeat(
        mut self,
        count: u32,
        work: (Kind, Length, f64),
        rest: (Kind, Length, f64),
    ) -> Self {
        for index in 0..count {
            self = self.step(work.0, work.1, work.2);
            if count > 1 {
                let place = f64::from(index) / f64::from(count - 1);
                self.steps.last_mut().unwrap().place_in_set = place;
            }
            if index + 1 < count {
                self = self.step(rest.0, rest.1, rest.2);
            }
        }
        self
    }

    /// Gives all steps of one kind a slope.
    pub fn slope(mut self, kind: Kind, grade: f64) -> Self {
        for step in self.steps.iter_mut().filter(|step| step.kind == kind) {
            step.grade = grade;
        }
        self
    }
}
