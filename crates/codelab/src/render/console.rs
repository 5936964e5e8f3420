//! Terminals: what one types, and what the machine answers.
//!
//! Prompts and answers are elements, so that they can look different and be left out of what is
//! copied: a terminal is meant to be pasted and run. Which prompt a terminal has is told by its
//! first line that has one; a terminal without prompts is all commands.

use crate::markup::escape;

/// Commands that administrators run. A `# ` before anything else is a comment.
const COMMANDS_OF_ROOT: &[&str] = &[
    "apk",
    "apt",
    "apt-get",
    "cat",
    "cd",
    "chmod",
    "chown",
    "cp",
    "curl",
    "dnf",
    "docker",
    "echo",
    "exit",
    "export",
    "git",
    "ip",
    "journalctl",
    "kubectl",
    "ls",
    "make",
    "mkdir",
    "mount",
    "mv",
    "npm",
    "pacman",
    "passwd",
    "pip",
    "podman",
    "python",
    "python3",
    "rm",
    "service",
    "su",
    "systemctl",
    "tar",
    "ufw",
    "useradd",
    "usermod",
    "wget",
    "yum",
    "zypper",
];

/// The kinds of prompt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Prompt {
    /// `$ `, `name@host:~$ `
    User,
    /// `# `, `root@host:~# `
    Root,
    /// `> `
    Angle,
    /// `PS> `, `PS C:\Users> `
    PowerShell,
    /// `C:\> `, `C:\Users> `
    Cmd,
}

impl Prompt {
    const ALL: [Self; 5] = [
        Self::User,
        Self::PowerShell,
        Self::Cmd,
        Self::Root,
        Self::Angle,
    ];

    /// The length of this prompt at the start of a line.
    fn length(self, line: &str) -> Option<usize> {
        match self {
            Self::User => shell(line, "$ "),
            Self::Root => {
                let length = shell(line, "# ")?;
                let command = line[length..].split_whitespace().next()?;
                let is_command = COMMANDS_OF_ROOT.contains(&command) || command.contains('/');
                (length > 2 || is_command).then_some(length)
            }
            Self::Angle => line.starts_with("> ").then_some(2),
            Self::PowerShell => line.strip_prefix("PS").and_then(|rest| {
                let end = rest.find('>')?;
                let is_place = rest[..end].is_empty() || rest[..end].starts_with(' ');
                is_place.then(|| with_space(line, 2 + end + 1))
            }),
            Self::Cmd => {
                let drive = line.as_bytes().first()?.is_ascii_alphabetic();
                let end = line.find('>')?;
                (drive && line[1..].starts_with(":\\")).then(|| with_space(line, end + 1))
            }
        }
    }

    /// Whether a command goes on in the next line.
    fn goes_on(self, command: &str) -> bool {
        let command = command.trim_end();
        match self {
            Self::PowerShell => command.ends_with('`'),
            Self::Cmd => command.ends_with('^'),
            Self::User | Self::Root | Self::Angle => command.ends_with('\\'),
        }
    }
}

/// A bare prompt, or one with a name and a place before it (`ada@laptop:~/src$ `).
fn shell(line: &str, mark: &str) -> Option<usize> {
    let at = line.find(mark)?;
    let place = &line[..at];
    let is_place = place.contains('@') && !place.contains(char::is_whitespace);
    (at == 0 || is_place).then_some(at + mark.len())
}

fn with_space(line: &str, length: usize) -> usize {
    length + usize::from(line[length..].starts_with(' '))
}

/// The word that ends a text given to a command (`cat <<EOF`).
fn end_of_text(command: &str) -> Option<&str> {
    let (_, behind) = command.split_once("<<")?;
    let word = behind.trim_start_matches('-').trim_start();
    let word = word.split_whitespace().next()?;
    Some(word.trim_matches(['\'', '"'])).filter(|word| !word.is_empty() && !word.starts_with('<'))
}

pub(super) fn html(text: &str) -> String {
    let prompt = text.lines().find_map(|line| {
        let has = |prompt: &Prompt| prompt.length(line).is_some();
        Prompt::ALL.into_iter().find(has)
    });
    let first = text.lines().find(|line| !line.trim().is_empty());
    let Some(prompt) = prompt.filter(|prompt| {
        // Anybody quotes; a terminal that quotes from its first line on has this prompt.
        *prompt != Prompt::Angle || first.is_some_and(|line| prompt.length(line).is_some())
    }) else {
        return escape(text);
    };
    let mut out = String::new();
    let mut goes_on = false;
    let mut text_until = None;
    for line in text.split_inclusive('\n') {
        let words = line.trim_end_matches('\n');
        let length = prompt.length(words).filter(|_| text_until.is_none());
        if let Some(length) = length {
            put(&mut out, "prompt", &line[..length]);
            out.push_str(&escape(&line[length..]));
            goes_on = prompt.goes_on(words);
            text_until = end_of_text(&words[length..]);
        } else if goes_on || text_until.is_some() {
            let marked = ["> ", ">> "].iter().find(|mark| words.starts_with(**mark));
            let mark = marked.map_or(0, |mark| mark.len());
            if mark > 0 {
                put(&mut out, "prompt", &line[..mark]);
            }
            let rest = &words[mark..];
            out.push_str(&escape(&line[mark..]));
            goes_on = prompt.goes_on(words);
            text_until = text_until.filter(|end| rest.trim() != *end);
        } else {
            put(&mut out, "out", line);
        }
    }
    out.replace("</span><span class=\"out\">", "")
}

fn put(out: &mut String, class: &str, text: &str) {
    out.extend(["<span class=\"", class, "\">", &escape(text), "</span>"]);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is left when prompts and answers are taken away.
    fn commands(text: &str) -> String {
        let mut out = String::new();
        for (index, part) in html(text).split("<span").enumerate() {
            let rest = part.split_once("</span>").map_or(part, |(_, rest)| rest);
            out.push_str(if index == 0 { part } else { rest });
        }
        out
    }

    #[test]
    fn prompts_and_answers_are_told_apart() {
        insta::assert_snapshot!(html("$ git init\nInitialized <x>\nmore\n$ ls"), @r#"
        <span class="prompt">$ </span>git init
        <span class="out">Initialized &lt;x&gt;
        more
        </span><span class="prompt">$ </span>ls
        "#);
    }

    #[test]
    fn every_kind_of_prompt() {
        assert_eq!(commands("ada@pi:~/x$ ls\na b"), "ls\n");
        assert_eq!(
            commands("# apt install git\nReading…\n# /bin/x"),
            "apt install git\n/bin/x"
        );
        assert_eq!(commands("> node a.js\n1"), "node a.js\n");
        assert_eq!(commands("PS> dir\nPS C:\\Users> cd x\nout"), "dir\ncd x\n");
        assert_eq!(
            commands("C:\\> dir\nVolume\nC:\\Users\\a>cd x"),
            "dir\ncd x"
        );
    }

    #[test]
    fn a_command_may_have_several_lines() {
        assert_eq!(
            commands("$ curl \\\n>   --head \\\n  x\nHTTP"),
            "curl \\\n  --head \\\n  x\n"
        );
        assert_eq!(
            commands("$ cat <<EOF\n> a\n> EOF\nout"),
            "cat <<EOF\na\nEOF\n".replace('<', "&lt;")
        );
        assert_eq!(commands("PS> a `\n>> b\nout"), "a `\nb\n");
    }

    #[test]
    fn a_terminal_without_prompts_is_all_commands() {
        for text in [
            "# a comment\n> quoted",
            "npm install",
            "# Install it\nmake",
            "a > b",
        ] {
            assert_eq!(html(text), escape(text), "{text}");
        }
        // What a program prints may begin like a prompt of another kind.
        assert_eq!(commands("$ npm run x\n\n> x@1 build\n> tsc"), "npm run x\n");
    }
}
