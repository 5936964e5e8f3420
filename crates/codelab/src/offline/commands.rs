//! Commands that fetch something from a registry, a repository or an address.

use pulldown_cmark::CodeBlockKind;

use crate::render::Info;

/// What kind of code the lines are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Code {
    /// Each line of it may name an image.
    Dockerfile,
    /// Anything else.
    Other,
}

impl Code {
    pub(super) fn of(kind: &CodeBlockKind<'_>) -> Self {
        match kind {
            CodeBlockKind::Fenced(info)
                if matches!(&*Info::read(info).language, "dockerfile" | "docker") =>
            {
                Self::Dockerfile
            }
            CodeBlockKind::Fenced(_) | CodeBlockKind::Indented => Self::Other,
        }
    }
}

/// The beginnings of commands that fetch. Two words where the first alone does other things as
/// well.
const FETCHING: &[&[&str]] = &[
    &["./gradlew"],
    &["./mvnw"],
    &["Invoke-RestMethod"],
    &["Invoke-WebRequest"],
    &["apk", "add"],
    &["apk", "update"],
    &["apt", "install"],
    &["apt", "update"],
    &["apt", "upgrade"],
    &["apt-get", "install"],
    &["apt-get", "update"],
    &["apt-get", "upgrade"],
    &["aws"],
    &["az"],
    &["brew", "install"],
    &["brew", "update"],
    &["bun", "add"],
    &["bun", "install"],
    &["bundle", "install"],
    &["bunx"],
    &["cargo", "add"],
    &["cargo", "fetch"],
    &["cargo", "install"],
    &["choco", "install"],
    &["composer", "install"],
    &["composer", "require"],
    &["conda", "create"],
    &["conda", "install"],
    &["curl"],
    &["dart", "pub"],
    &["deno", "add"],
    &["dnf", "install"],
    &["docker", "pull"],
    &["docker", "run"],
    &["dotnet", "add"],
    &["dotnet", "restore"],
    &["firebase", "deploy"],
    &["flutter", "pub"],
    &["gcloud"],
    &["gem", "install"],
    &["git", "clone"],
    &["go", "get"],
    &["go", "install"],
    &["gradle"],
    &["gsutil"],
    &["helm", "repo"],
    &["iwr"],
    &["mvn"],
    &["npm", "add"],
    &["npm", "ci"],
    &["npm", "create"],
    &["npm", "i"],
    &["npm", "init"],
    &["npm", "install"],
    &["npx"],
    &["pacman", "-S"],
    &["pip", "download"],
    &["pip", "install"],
    &["pip3", "install"],
    &["pipenv", "install"],
    &["pipx", "install"],
    &["pnpm", "add"],
    &["pnpm", "create"],
    &["pnpm", "dlx"],
    &["pnpm", "install"],
    &["podman", "pull"],
    &["podman", "run"],
    &["poetry", "add"],
    &["poetry", "install"],
    &["rustup", "install"],
    &["rustup", "target"],
    &["rustup", "toolchain"],
    &["rustup", "update"],
    &["snap", "install"],
    &["terraform", "init"],
    &["uv", "add"],
    &["uv", "pip"],
    &["uv", "sync"],
    &["uvx"],
    &["wget"],
    &["winget", "install"],
    &["yarn", "add"],
    &["yarn", "create"],
    &["yarn", "dlx"],
    &["yarn", "install"],
    &["yum", "install"],
];

/// Words that stand before a command and change nothing about what it fetches: prompts, other
/// users, steps of a Dockerfile.
const BEFORE: [&str; 8] = ["$", "#", ">", "%", "PS>", "sudo", "RUN", "time"];

/// Programs that run a module as `-m pip`.
const PYTHONS: [&str; 3] = ["python", "python3", "py"];

/// The commands of a line that fetch something, as a shell splits it.
pub(super) fn fetching(line: &str, code: Code) -> impl Iterator<Item = &str> {
    line.split("&&")
        .flat_map(|part| part.split([';', '|']))
        .map(str::trim)
        .filter(move |command| fetches(command, code))
}

fn fetches(command: &str, code: Code) -> bool {
    let words: Vec<&str> = command.split_whitespace().collect();
    if code == Code::Dockerfile
        && let ["FROM" | "from", image, ..] = words.as_slice()
    {
        return *image != "scratch";
    }
    let is_before =
        |word: &&&str| BEFORE.contains(word) || is_environment(word) || is_setting(word);
    let skipped = words.iter().take_while(is_before).count();
    let mut words = words.get(skipped..).unwrap_or_default();
    if let [python, "-m", rest @ ..] = words
        && PYTHONS.contains(python)
    {
        words = rest;
    }
    let mut beginning = words.iter().take(2).copied().collect::<Vec<_>>();
    if let Some(first) = beginning.first_mut() {
        // A notebook runs a line of the shell.
        *first = first.trim_start_matches(['!', '%']);
    }
    let begins = FETCHING.iter().any(|known| beginning.starts_with(known));
    // A variable may be called like a command.
    let is_argument = |word: &&str| !word.starts_with(['=', ':', '+', '(', '{', '<', '*', ',']);
    begins && words.get(1).is_none_or(is_argument) && !stays_here(words)
}

/// `(venv)`, as a prompt shows it.
fn is_environment(word: &str) -> bool {
    word.starts_with('(') && word.ends_with(')')
}

/// `NAME=value`, for the one command.
fn is_setting(word: &str) -> bool {
    word.split_once('=').is_some_and(|(name, _)| {
        !name.is_empty() && name.chars().all(|c| c.is_ascii_uppercase() || c == '_')
    })
}

/// Whether all addresses are of this machine, and there are some.
fn stays_here(words: &[&str]) -> bool {
    const HERE: [&str; 4] = ["localhost", "127.0.0.1", "[::1]", "0.0.0.0"];
    let is_here = |word: &&str| HERE.iter().any(|here| word.contains(here));
    let is_elsewhere = |word: &&str| word.contains("://") && !is_here(word);
    words.iter().any(is_here) && !words.iter().any(is_elsewhere)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_named(line: &str) -> bool {
        fetching(line, Code::Other).next().is_some()
    }

    #[test]
    fn commands_are_known_behind_what_stands_before_them() {
        for line in [
            "pip install x",
            "$ sudo apt update",
            "(venv) $ pip install -r requirements.txt",
            ". v/bin/activate && pip install -r requirements.txt",
            "python -m pip install x",
            "!pip install x",
            "%pip install x",
            "RUN pip install flask",
            "CI=1 npm ci",
            "./gradlew build",
            "PS> Invoke-WebRequest https://x.example",
            "cat a | curl -d @- https://x.example",
            "gcloud auth login",
        ] {
            assert!(is_named(line), "{line}");
        }
    }

    #[test]
    fn what_stays_on_the_machine_is_none() {
        for line in [
            "curl -X POST http://localhost:8080/a",
            "curl 127.0.0.1:80",
            "python -m venv v",
            "python -m http.server",
            "FROM users",
            "echo pip install",
            "x = npm",
            "az = 1",
            "curl := f()",
            "",
            "!",
            "sudo",
        ] {
            assert!(!is_named(line), "{line}");
        }
        assert!(is_named("curl http://localhost https://x.example"));
    }

    #[test]
    fn a_dockerfile_begins_with_an_image() {
        let is_named = |line| fetching(line, Code::Dockerfile).next().is_some();
        assert!(is_named("FROM python:3.12 AS build"));
        assert!(!is_named("FROM scratch"));
        assert!(is_named("RUN apt-get update"));
        assert!(!is_named("COPY a b"));
    }
}
