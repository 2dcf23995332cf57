//! What a command answered, for the next time that it is asked the same of the same files.

use std::path::PathBuf;

use serde::Deserialize;
use serde::Serialize;

use super::Options;
use super::cache::CacheFolder;
use super::fingerprint::fingerprint;

/// All that a command said.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// The result.
    pub text: String,
    /// The word and the text of each message.
    pub told: Vec<(String, String)>,
    /// The exit code.
    pub exit: u8,
}

/// A question about the files below some paths, whose answer may be known.
pub struct Question<'a> {
    place: &'a CacheFolder,
    identity: String,
    /// Of all that decides the answer, as it was when it was asked.
    fingerprint: String,
}

impl<'a> Question<'a> {
    /// Asks: `words` are all that decides the answer beside the files, the settings and the options. Nothing
    /// when answers are not kept.
    #[must_use]
    pub fn of(words: &str, paths: &[PathBuf], options: &'a Options) -> Option<Self> {
        let place = options.cache.as_ref()?;
        Some(Self {
            place,
            identity: format!("the answer to {words} of {paths:?}"),
            fingerprint: fingerprint(paths, options),
        })
    }

    /// Returns the answer, when nothing that it rests on has changed since.
    #[must_use]
    pub fn known(&self) -> Option<Answer> {
        let noted = self.place.note(&self.identity)?;
        let (fingerprint, answer): (String, Answer) = serde_json::from_slice(&noted).ok()?;
        (fingerprint == self.fingerprint).then_some(answer)
    }

    /// Keeps the answer.
    pub fn keep(&self, answer: &Answer) {
        if let Ok(text) = serde_json::to_vec(&(&self.fingerprint, answer)) {
            self.place.set_note(&self.identity, &text);
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(
        clippy::unwrap_used,
        reason = "a test that cannot write its files has failed"
    )]

    use super::*;

    #[test]
    fn an_answer_is_known_until_a_file_an_option_or_the_question_is_another() {
        let [exports, kept] = [0, 1].map(|_| tempfile::tempdir().unwrap());
        let paths = [exports.path().to_owned()];
        std::fs::write(exports.path().join("a.gpx"), "one").unwrap();
        let options = Options {
            cache: Some(CacheFolder::in_folder(kept.path())),
            ..Options::default()
        };
        let known =
            |words: &str, options: &Options| Question::of(words, &paths, options).unwrap().known();
        assert_eq!(known("review", &options), None);
        let answer = Answer {
            text: "hard days hard".to_owned(),
            told: vec![("read".to_owned(), "1 activity".to_owned())],
            exit: 1,
        };
        let asked = Question::of("review", &paths, &options).unwrap();
        asked.keep(&answer);
        assert_eq!(known("review", &options), Some(answer.clone()));
        assert_eq!(known("review --weeks 8", &options), None);
        let other = Options {
            hindsight: true,
            ..options.clone()
        };
        assert_eq!(known("review", &other), None);
        // What was asked before a change is not the answer after it.
        std::fs::write(exports.path().join("a.gpx"), "two").unwrap();
        asked.keep(&answer);
        assert_eq!(known("review", &options), None);
        assert!(Question::of("review", &paths, &Options::default()).is_none());
    }
}
