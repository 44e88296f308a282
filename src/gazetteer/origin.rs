//! Origins: from which file and line the rows of a user's table came.

/// Where the rows of a table stood. Of a compiled file only the file is known: lines are not stored, for they would make a
/// million names four megabytes larger.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    files: Vec<String>,
    /// By number of the row over all lists: number of its file and line, counted from 1.
    rows: Vec<(u32, u32)>,
}

impl Origin {
    /// All rows came from one file, their lines are not known.
    pub fn of_file(name: String) -> Origin {
        Origin { files: vec![name], rows: Vec::new() }
    }

    /// For each row the number of its file and its line.
    pub fn of_rows(files: Vec<String>, rows: Vec<(u32, u32)>) -> Origin {
        Origin { files, rows }
    }

    /// File and line of a row, as far as they are known.
    pub fn of(&self, row: u32) -> (Option<&str>, Option<u32>) {
        match self.rows.get(row as usize) {
            Some((file, line)) => (self.files.get(*file as usize).map(String::as_str), Some(*line)),
            None => (self.files.first().map(String::as_str), None),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_say_file_and_line_where_they_are_known() {
        let origin = Origin::of_rows(vec!["a.tsv".to_owned(), "b.tsv".to_owned()], vec![(0, 2), (1, 7)]);
        assert_eq!(origin.of(1), (Some("b.tsv"), Some(7)));
        assert_eq!(Origin::of_file("our.gaz".to_owned()).of(3), (Some("our.gaz"), None));
        assert_eq!(Origin::default().of(0), (None, None));
    }
}
