//! Which files the person let this window have. The webview names a file by its path, and a page that was taken over
//! could name any: only what a dialog of ours answered, or what was let go over the window, is read.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use api::error::{ErrorBody, ErrorCode};
use console::Answer;

/// Files remembered at most; the oldest go first.
const CHOSEN_MAX: usize = 64;

/// For what a file was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Purpose {
    /// The title of the dialog that answered it (a word of `words`).
    Dialog(&'static str),
    /// Let go over the window: the place that is shown says what for.
    Dropped,
}

/// The files that were chosen, for as long as the page that they were chosen in.
#[derive(Debug, Default)]
pub(crate) struct Chosen(Mutex<VecDeque<(Purpose, PathBuf)>>);

impl Chosen {
    pub(crate) fn in_dialog(&self, title: &'static str, path: &Path) {
        self.keep(Purpose::Dialog(title), path);
    }

    pub(crate) fn dropped(&self, paths: &[PathBuf]) {
        for path in paths {
            self.keep(Purpose::Dropped, path);
        }
    }

    pub(crate) fn forget_all(&self) {
        self.all().clear();
    }

    /// The path, when the person chose exactly it, in the dialog of `title` or by letting it go over the window.
    ///
    /// # Errors
    /// `Invalid` on `path` else, whether or not there is such a file.
    pub(crate) fn of(&self, title: &'static str, path: &str) -> Answer<PathBuf> {
        let asked = Path::new(path);
        let fits = |purpose: &Purpose| {
            matches!(purpose, Purpose::Dropped) || *purpose == Purpose::Dialog(title)
        };
        // letter by letter: equal paths would do, but nothing of ours spells one in two ways
        if self
            .all()
            .iter()
            .any(|(purpose, path)| fits(purpose) && path.as_os_str() == asked.as_os_str())
        {
            return Ok(asked.to_owned());
        }
        tracing::warn!("the window named a file that nobody chose: refused");
        let message = "That file was not chosen in this window. Choose it again; nothing was read.";
        Err(ErrorBody::new(ErrorCode::Invalid, message).with("field", "path"))
    }

    fn keep(&self, purpose: Purpose, path: &Path) {
        let mut all = self.all();
        all.retain(|(kept_for, kept)| *kept_for != purpose || kept != path);
        if all.len() == CHOSEN_MAX {
            all.pop_front();
        }
        all.push_back((purpose, path.to_owned()));
    }

    fn all(&self) -> MutexGuard<'_, VecDeque<(Purpose, PathBuf)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CATALOGUE: &str = "Import a catalogue";
    const RULES: &str = "Import rules";

    fn check(chosen: &Chosen, title: &'static str, path: &str, expected: bool) {
        let answer = chosen.of(title, path);
        assert_eq!(answer.is_ok(), expected, "{title}: {path}");
        if let Err(error) = answer {
            assert_eq!(error.code, ErrorCode::Invalid);
            assert!(
                path.is_empty() || !error.message.contains(path),
                "a refusal tells nothing of the file"
            );
        }
    }

    #[test]
    fn a_page_that_was_taken_over_reads_only_what_was_chosen_and_for_what() {
        let chosen = Chosen::default();
        check(&chosen, CATALOGUE, "/etc/passwd", false);
        check(&chosen, CATALOGUE, "", false);
        chosen.in_dialog(CATALOGUE, Path::new("/home/ada/goods.csv"));
        chosen.dropped(&["/home/ada/rules.json".into()]);

        check(&chosen, CATALOGUE, "/home/ada/goods.csv", true);
        // looked at first, imported then
        check(&chosen, CATALOGUE, "/home/ada/goods.csv", true);
        // what is let go over the window is for the place that is shown
        check(&chosen, RULES, "/home/ada/rules.json", true);
        check(&chosen, CATALOGUE, "/home/ada/rules.json", true);

        // chosen as a catalogue, asked for as rules
        check(&chosen, RULES, "/home/ada/goods.csv", false);
        // begins as what was chosen, and beside it
        check(&chosen, CATALOGUE, "/home/ada/goods.csv/../.ssh/id_ed25519", false);
        check(&chosen, CATALOGUE, "/home/ada/../ada/goods.csv", false);
        check(&chosen, CATALOGUE, "/home/ada/goods.csv/", false);
        check(&chosen, CATALOGUE, "/home/ada", false);
        check(&chosen, CATALOGUE, "file:///home/ada/goods.csv", false);
        check(&chosen, CATALOGUE, "goods.csv", false);
        check(&chosen, CATALOGUE, "/etc/passwd", false);
    }

    #[test]
    fn the_choice_ends_with_the_page_and_is_bounded() {
        let chosen = Chosen::default();
        chosen.in_dialog(CATALOGUE, Path::new("/home/ada/goods.csv"));
        chosen.forget_all();
        check(&chosen, CATALOGUE, "/home/ada/goods.csv", false);

        let many: Vec<PathBuf> = (0..=CHOSEN_MAX).map(|n| format!("/tmp/{n}.csv").into()).collect();
        chosen.dropped(&many);
        check(&chosen, CATALOGUE, "/tmp/0.csv", false);
        check(&chosen, CATALOGUE, "/tmp/1.csv", true);
    }
}
