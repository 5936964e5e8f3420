//! What people left: feedback and work; and what of theirs is not taken.

use domain::{FeedbackText, FileName, LinkAddress, workshop::Grade};

use super::{
    Reader,
    rows::{Remarks, Row},
};
use crate::{
    DiagnosticCode,
    import::names,
    past::{Submitted, What, Who},
};

/// Says what of people is not taken: it is nobody's business here.
pub(super) fn secrets(attendees: &[Row<'_>], remarks: &mut Remarks<'_>) {
    let with = |field: &str| {
        let rows = attendees.iter();
        rows.filter(|row| row.fields.text(field).is_some()).count()
    };
    remarks.not_taken(DiagnosticCode::CodesNotTaken, with("code"));
    remarks.not_taken(DiagnosticCode::AddressesNotTaken, with("email"));
}

impl Reader<'_, '_> {
    pub(super) fn feedback(&mut self, rows: &[Row<'_>]) {
        for row in rows {
            let who = self.people.owner(row, "attendee_name", &mut self.remarks);
            let who = who.map_or(Who::Nobody, Who::Attendee);
            let mut grade = |field: &str| {
                let number = row.fields.number(field);
                let grade = number
                    .and_then(|number| u8::try_from(number).ok())
                    .and_then(Grade::new);
                if grade.is_none() {
                    self.remarks.mended(&row.place(field));
                }
                grade
            };
            let (difficulty, satisfaction) = (grade("difficulty"), grade("satisfaction"));
            let comment = self.comment(row);
            if difficulty.is_none() && satisfaction.is_none() && comment.is_none() {
                self.remarks.lost(&row.place("id"));
                continue;
            }
            let what = What::GaveFeedback {
                difficulty,
                satisfaction,
                comment,
            };
            self.did(row, who, what);
        }
    }

    fn comment(&mut self, row: &Row<'_>) -> Option<FeedbackText> {
        let written = row.written("comment")?;
        if let Err(domain::TextError::TooLong { max_chars }) = FeedbackText::parse(written) {
            self.remarks.mended(&row.place("comment"));
            let short = written.chars().take(max_chars - 1).collect::<String>();
            return FeedbackText::parse(&format!("{short}…")).ok();
        }
        FeedbackText::parse(written).ok()
    }

    pub(super) fn submissions(&mut self, rows: &[Row<'_>]) {
        for row in rows {
            let Some(who) = self.people.owner(row, "attendee_name", &mut self.remarks) else {
                self.remarks.lost(&row.place("attendee_id"));
                continue;
            };
            let kind = row.fields.text("submission_type").unwrap_or_default();
            let submitted = if kind.eq_ignore_ascii_case("link") {
                self.link(row)
            } else {
                self.file(row)
            };
            if let Some(submitted) = submitted {
                self.did(row, Who::Attendee(who), What::Submitted(submitted));
            }
        }
    }

    fn link(&mut self, row: &Row<'_>) -> Option<Submitted> {
        let address = row.fields.text("link_url").unwrap_or_default();
        let address = LinkAddress::parse(&address);
        if address.is_err() {
            self.remarks.lost(&row.place("link_url"));
        }
        address.ok().map(Submitted::Link)
    }

    fn file(&mut self, row: &Row<'_>) -> Option<Submitted> {
        let path = row.fields.text("file_path").unwrap_or_default();
        let reference = names::resolve(self.worked.file, path.trim_start_matches('/'));
        let reference = reference.filter(|reference| (self.worked.has)(reference));
        let written = row.fields.text("file_name").unwrap_or_else(|| path.clone());
        let Some(reference) = reference else {
            self.remarks.file_missing(&written);
            return None;
        };
        let name = FileName::parse(&written).unwrap_or_else(|_| {
            self.remarks.mended(&row.place("file_name"));
            let short = written.chars().rev().take(FileName::MAX_CHARS);
            let short = short.collect::<Vec<_>>().into_iter().rev();
            FileName::parse(&short.collect::<String>())
                .or_else(|_| FileName::parse("file"))
                .unwrap_or_else(|_| unreachable!("a plain word is a name"))
        });
        let size = row.fields.number("file_size").unwrap_or(0);
        self.submitted_bytes = self
            .submitted_bytes
            .saturating_add(u64::try_from(size).unwrap_or(0));
        Some(Submitted::File { reference, name })
    }
}
