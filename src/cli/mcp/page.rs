//! Pages: how much of an answer is given at once, and where the next part begins.

use serde_json::Value;

use super::arguments::Arguments;
use super::arguments::Cursor;
use super::arguments::Limit;
use super::arguments::USUAL_LIMIT;
use super::problem::Problem;
use crate::pipeline::content_hash;

/// The bytes that an answer may hold, as JSON. Chosen: more than a client shows or reads at once.
pub(super) const MOST_ANSWER_BYTES: usize = 256 * 1024;
/// Digits of the hash in a cursor: enough that no other question has the same.
const TAG_DIGITS: usize = 16;
/// Arguments that differ from page to page of one answer.
const OF_PAGE: [&str; 2] = ["cursor", "limit"];

/// Which part of an answer was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Page {
    /// The items before it.
    pub(super) offset: usize,
    limit: usize,
    tag: String,
}

impl Page {
    /// Returns the page that a client asks for. `question` tells what is asked of what: a cursor is
    /// good for the same question only.
    ///
    /// # Errors
    /// When the cursor is that of another question, or files have changed since.
    pub(super) fn of(
        question: &str,
        cursor: Option<&Cursor>,
        limit: Option<Limit>,
    ) -> Result<Self, Problem> {
        let mut tag = content_hash(question.as_bytes());
        tag.truncate(TAG_DIGITS);
        let offset = match cursor {
            None => 0,
            Some(Cursor(text)) => {
                let parts = text.split_once('-').filter(|(_, own)| *own == tag);
                let offset = parts.and_then(|(offset, _)| offset.parse().ok());
                offset.ok_or_else(|| {
                    Problem::new(
                        "expected the next_cursor of the page before, with the same arguments and unchanged \
                         files, found another; ask again without a cursor",
                    )
                })?
            }
        };
        Ok(Self {
            offset,
            limit: limit.map_or(USUAL_LIMIT, |limit| limit.0),
            tag,
        })
    }

    /// Returns the cursor of the page after this one, where there is more.
    fn next(&self, all: usize, items: usize) -> Option<String> {
        let end = self.offset.checked_add(items)?;
        (end < all).then(|| format!("{end}-{}", self.tag))
    }

    /// Returns an answer with as many items as were asked for, fewer where it would be too large; `build`
    /// gets their number and the cursor behind them.
    ///
    /// # Errors
    /// When one item alone is too large, and those of `build`.
    pub(super) fn answer(
        &self,
        all: usize,
        build: &dyn Fn(usize, Option<String>) -> Result<Value, Problem>,
    ) -> Result<Value, Problem> {
        if self.offset > 0 && self.offset >= all {
            return Err(Problem::new(
                "there is nothing behind this cursor; ask again without one",
            ));
        }
        let mut items = self.limit;
        loop {
            let answer = build(items, self.next(all, items))?;
            match bounded(answer) {
                Ok(answer) => return Ok(answer),
                Err(problem) if items == 1 => return Err(problem),
                Err(_) => items /= 2,
            }
        }
    }
}

/// Returns an answer that is not too large.
///
/// # Errors
/// Says how large it would be, and what to do.
pub(super) fn bounded(answer: Value) -> Result<Value, Problem> {
    let bytes = answer.to_string().len();
    if bytes <= MOST_ANSWER_BYTES {
        return Ok(answer);
    }
    Err(Problem::new(format!(
        "expected an answer of at most {MOST_ANSWER_BYTES} bytes, found {bytes}; ask for fewer parts or days, or \
         use `hardeasy export`"
    )))
}

/// Returns what tells a question from others: the tool, its arguments without those of the page, and what was
/// read.
pub(super) fn question(tool: &str, arguments: &Arguments, stamp: &str) -> String {
    let asked = arguments.iter();
    let mut asked: Vec<String> = asked
        .filter(|(name, value)| !OF_PAGE.contains(&name.as_str()) && !value.is_null())
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    asked.sort();
    format!("{tool}\n{stamp}\n{}", asked.join("\n"))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;
    use serde_json::json;

    fn pages(items: &[String], limit: usize) -> Result<Vec<Vec<String>>, Problem> {
        let mut pages = Vec::new();
        let mut cursor = None;
        loop {
            let page = Page::of("q", cursor.as_ref(), Some(Limit(limit)))?;
            let answer = page.answer(items.len(), &|count, next| {
                let part = items.iter().skip(page.offset).take(count);
                Ok(json!({"items": part.collect::<Vec<_>>(), "next": next}))
            })?;
            let part = answer["items"].as_array().unwrap();
            pages.push(
                part.iter()
                    .map(|item| item.as_str().unwrap().to_owned())
                    .collect(),
            );
            match answer["next"].as_str() {
                Some(next) => cursor = Some(Cursor(next.to_owned())),
                None => return Ok(pages),
            }
        }
    }

    #[test]
    fn pages_hold_all_once_and_are_smaller_where_items_are_large() {
        let small: Vec<String> = (0..101).map(|number| number.to_string()).collect();
        let found = pages(&small, 50).unwrap();
        assert_eq!(found.iter().map(Vec::len).collect::<Vec<_>>(), [50, 50, 1]);
        assert_eq!(found.concat(), small);
        assert_eq!(pages(&[], 50).unwrap(), [Vec::<String>::new()]);

        let large: Vec<String> = (0..9)
            .map(|number| number.to_string().repeat(100_000))
            .collect();
        let found = pages(&large, 200).unwrap();
        assert!(found.iter().all(|page| (1..=2).contains(&page.len())));
        assert_eq!(found.concat(), large);

        let too_large = ["x".repeat(MOST_ANSWER_BYTES)];
        let told = pages(&too_large, 5).unwrap_err().to_string();
        assert!(told.contains("at most 262144 bytes"), "{told}");
    }

    #[test]
    fn a_cursor_is_good_for_its_own_question() {
        let arguments = |value: Value| value.as_object().unwrap().clone();
        let first = arguments(json!({"kind": "long", "limit": 5}));
        let second = arguments(json!({"limit": 7, "kind": "long", "cursor": "5-ab", "from": null}));
        assert_eq!(question("a", &first, "s"), question("a", &second, "s"));
        let other = arguments(json!({"kind": "easy"}));
        let asked = [
            question("a", &first, "s"),
            question("a", &other, "s"),
            question("a", &first, "t"),
        ];
        let page = Page::of(&asked[0], None, Some(Limit(5))).unwrap();
        let cursor = Cursor(page.next(9, 5).unwrap());
        assert_eq!(Page::of(&asked[0], Some(&cursor), None).unwrap().offset, 5);
        for other in &asked[1..] {
            let told = Page::of(other, Some(&cursor), None).unwrap_err();
            assert!(told.to_string().contains("without a cursor"));
        }
        let past = Page::of(&asked[0], Some(&cursor), None).unwrap();
        assert!(past.answer(5, &|_, _| Ok(Value::Null)).is_err());
    }
}
