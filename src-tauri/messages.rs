//! The few words the shell says itself, in the system's language.

use serde::Deserialize;

const ENGLISH: &str = include_str!("messages/en.json");
const KOREAN: &str = include_str!("messages/ko.json");

/// The shell's words.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Messages {
    pick_file: String,
    pick_folder: String,
    codelab_files: String,
    quit_title: String,
    quit_text: String,
    quit_yes: String,
    quit_no: String,
    start_failed: String,
}

impl Messages {
    /// In the language of this system; English if it is none of ours.
    pub fn for_this_system() -> Self {
        Self::in_language(&sys_locale::get_locale().unwrap_or_default())
    }

    fn in_language(locale: &str) -> Self {
        let text = if locale.starts_with("ko") {
            KOREAN
        } else {
            ENGLISH
        };
        match serde_json::from_str(text) {
            Ok(messages) => messages,
            Err(error) => unreachable!("the files are tested: {error}"),
        }
    }

    /// Title of the dialog that chooses a file.
    pub fn pick_file(&self) -> &str {
        &self.pick_file
    }

    /// Title of the dialog that chooses a folder.
    pub fn pick_folder(&self) -> &str {
        &self.pick_folder
    }

    /// Name of the files that can be chosen.
    pub fn codelab_files(&self) -> &str {
        &self.codelab_files
    }

    /// Title of the quit guard.
    pub fn quit_title(&self) -> &str {
        &self.quit_title
    }

    /// Text of the quit guard.
    pub fn quit_text(&self, title: &str, attendees: u32) -> String {
        self.quit_text
            .replace("{attendees}", &attendees.to_string())
            .replace("{title}", title)
    }

    /// To quit all the same.
    pub fn quit_yes(&self) -> String {
        self.quit_yes.clone()
    }

    /// Not to quit.
    pub fn quit_no(&self) -> String {
        self.quit_no.clone()
    }

    /// Title of the dialog that says why the app does not start.
    pub fn start_failed(&self) -> &str {
        &self.start_failed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_every_word() {
        for locale in ["en-US", "ko-KR", "ko", "fr-FR", ""] {
            let messages = Messages::in_language(locale);
            let text = messages.quit_text("Git {attendees}", 3);
            assert!(
                text.contains("Git {attendees}") && text.contains('3'),
                "{text}"
            );
            assert!(!messages.pick_file().is_empty());
        }
        assert_ne!(
            Messages::in_language("ko").quit_no(),
            Messages::in_language("en").quit_no()
        );
    }
}
