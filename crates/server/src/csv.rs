//! Tables for spreadsheet programs: RFC 4180, in UTF-8 with a byte order mark,
//! without which they read Korean names as noise. The one writer of CSV.
//!
//! What people typed must not be computed by whoever opens the table. The rule: a
//! field that begins with `=`, `+`, `-`, `@`, a tab, a carriage return or a line
//! feed, or with a wide form of the first four, is written with an apostrophe in
//! front and in quotes; only a plain number (`-5`, `+1.5`) stays as it is.

/// U+FEFF in UTF-8.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// What a table is to a browser.
pub const MEDIA_TYPE: &str = "text/csv; charset=utf-8";

/// A table that grows line by line.
#[derive(Clone, Debug)]
pub struct Csv(String);

impl Default for Csv {
    fn default() -> Self {
        Self(BYTE_ORDER_MARK.to_owned())
    }
}

impl Csv {
    /// A table with its first line.
    pub fn with_heading<F: AsRef<str>>(fields: impl IntoIterator<Item = F>) -> Self {
        let mut csv = Self::default();
        csv.line(fields);
        csv
    }

    /// Adds a line.
    pub fn line<F: AsRef<str>>(&mut self, fields: impl IntoIterator<Item = F>) {
        for (at, text) in fields.into_iter().enumerate() {
            if at > 0 {
                self.0.push(',');
            }
            self.field(text.as_ref());
        }
        self.0.push_str("\r\n");
    }

    fn field(&mut self, text: &str) {
        let guard = if is_formula(text) { "'" } else { "" };
        if guard.is_empty() && !text.contains(['"', ',', '\r', '\n']) {
            self.0.push_str(text);
            return;
        }
        self.0.push('"');
        self.0.push_str(guard);
        self.0.push_str(&text.replace('"', "\"\""));
        self.0.push('"');
    }

    /// The whole text.
    #[must_use]
    pub fn into_text(self) -> String {
        self.0
    }
}

/// What makes a field a formula at its beginning; East Asian programs take the
/// wide forms too.
const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// Whether a spreadsheet program would compute the field: whoever joins under
/// the name `=HYPERLINK(…)` must not run anything on the facilitator's machine.
/// Numbers, also negative ones, stay numbers.
fn is_formula(text: &str) -> bool {
    let signed = text.strip_prefix(['+', '-']).unwrap_or_default();
    let is_number = !signed.is_empty() && signed.chars().all(|c| c.is_ascii_digit() || c == '.');
    text.starts_with(FORMULA) && !is_number
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(fields: &[&str]) -> String {
        let mut csv = Csv::default();
        csv.line(fields);
        csv.into_text()
    }

    #[test]
    fn fields_are_quoted_where_they_must_be() {
        assert_eq!(of(&["민수", "7", ""]), "\u{feff}민수,7,\r\n");
        assert_eq!(
            of(&["a,b", "say \"hi\""]),
            "\u{feff}\"a,b\",\"say \"\"hi\"\"\"\r\n"
        );
        assert_eq!(of(&["two\nlines"]), "\u{feff}\"two\nlines\"\r\n");
    }

    #[test]
    fn a_name_is_no_formula() {
        assert_eq!(of(&["=1+1"]), "\u{feff}\"'=1+1\"\r\n");
        assert_eq!(of(&["@SUM(A1)"]), "\u{feff}\"'@SUM(A1)\"\r\n");
        assert_eq!(of(&["-A1,2"]), "\u{feff}\"'-A1,2\"\r\n");
        for blank in ["\t=1", "\r=1", "\n=1"] {
            assert_eq!(of(&[blank]), format!("\u{feff}\"'{blank}\"\r\n"));
        }
        assert_eq!(of(&["+A1", "a=1"]), "\u{feff}\"'+A1\",a=1\r\n");
        assert_eq!(of(&["＝1+1", "-inf"]), "\u{feff}\"'＝1+1\",\"'-inf\"\r\n");
        assert_eq!(of(&["-5", "+1.5"]), "\u{feff}-5,+1.5\r\n");
    }

    #[test]
    fn a_heading_comes_first() {
        let mut csv = Csv::with_heading(["Name"]);
        csv.line(["Ada"]);
        assert_eq!(csv.into_text(), "\u{feff}Name\r\nAda\r\n");
    }
}
