//! Title to category, by the table of keywords.

use std::sync::OnceLock;

use commerce::CategoryPath;

use crate::{SampleError, table};

const FILE: &str = "data/categories.csv";
const TABLE: &str = include_str!("../../../data/categories.csv");

/// What no keyword covers.
const REST: &str = "gifts";

#[derive(Debug, Clone)]
struct Row {
    category: CategoryPath,
    /// Each keyword as its words.
    keywords: Vec<Vec<&'static str>>,
}

/// The table, read once.
pub(crate) struct Categories {
    rows: Vec<Row>,
    rest: CategoryPath,
}

impl Categories {
    pub(crate) fn read() -> Result<Self, SampleError> {
        static ROWS: OnceLock<Result<Vec<Row>, SampleError>> = OnceLock::new();
        let rows = ROWS.get_or_init(rows).clone()?;
        let fault = |error: commerce::NameError| SampleError {
            file: FILE,
            line: 0,
            message: error.to_string(),
        };
        Ok(Self { rows, rest: CategoryPath::parse(REST).map_err(fault)? })
    }

    /// The category of the first row that has a keyword in the title.
    pub(crate) fn of(&self, title: &str) -> CategoryPath {
        let lower = title.to_lowercase();
        let words = words(&lower);
        let hit = |row: &&Row| row.keywords.iter().any(|keyword| stands_in(keyword, &words));
        self.rows.iter().find(hit).map_or(&self.rest, |row| &row.category).clone()
    }
}

fn rows() -> Result<Vec<Row>, SampleError> {
    let mut rows = Vec::new();
    // Split by hand, for keywords that borrow from the embedded text.
    for (at, text) in TABLE.lines().enumerate().skip(1) {
        let fault = |message: String| SampleError { file: FILE, line: at as u64 + 1, message };
        let Some((category, keywords)) = text.split_once(',') else {
            return Err(fault("expected a category, a comma and keywords".to_owned()));
        };
        let category = CategoryPath::parse(category).map_err(|error| fault(error.to_string()))?;
        let keywords = keywords.split('|').map(|words| words.split(' ').collect()).collect();
        rows.push(Row { category, keywords });
    }
    Ok(rows)
}

/// Letters and digits, with `-` and `'` inside.
fn words(lower: &str) -> Vec<&str> {
    let inside = |c: char| c.is_alphanumeric() || c == '-' || c == '\'';
    let trim = |word: &'_ str| -> bool { !word.trim_matches(['-', '\'']).is_empty() };
    lower
        .split(|c| !inside(c))
        .filter(|word| trim(word))
        .map(|word| word.trim_matches(['-', '\'']))
        .collect()
}

fn stands_in(keyword: &[&str], words: &[&str]) -> bool {
    words.windows(keyword.len()).any(|window| {
        keyword.iter().zip(window).all(|(wanted, word)| match wanted.strip_suffix('*') {
            Some(start) => word.starts_with(start),
            None => wanted == word,
        })
    })
}

/// The table of art: category, motif, palettes.
pub(crate) fn art_rows() -> Result<Vec<(String, String, Vec<String>)>, SampleError> {
    let mut rows = Vec::new();
    let text = include_str!("../../../data/category-art.csv");
    table("data/category-art.csv", text, 3, |cells| {
        let palettes = cells[2].split(' ').map(str::to_owned).collect();
        rows.push((cells[0].to_owned(), cells[1].to_owned(), palettes));
        Ok(())
    })?;
    Ok(rows)
}
