//! What can be typed after `cargo xtask`.

use clap::{Arg, ArgAction, ArgMatches, Command};

/// One invocation.
#[derive(Debug, PartialEq, Eq)]
pub enum Request {
    /// Set up this machine and open the app.
    Run(RunOptions),
    /// Run the tests.
    Test(TestOptions),
    /// Rewrite every generated file.
    Generate,
    /// The long form of the chaos test; the seed repeats an earlier run.
    Chaos(Option<u64>),
    /// Ask the advisory databases about the dependencies.
    Audit {
        /// Do not ask before using root.
        yes: bool,
    },
    /// Measure the live room, the library or the reading of codelabs; the arguments go on.
    Bench(Vec<String>),
    /// Let libFuzzer run a target for so many seconds.
    Fuzz(String, u64),
}

/// Options of `cargo xtask run`.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct RunOptions {
    /// Start the server without a window, even where there is a display.
    pub headless: bool,
    /// Do not ask before using root.
    pub yes: bool,
    /// Build with optimisations.
    pub release: bool,
    /// Passed to the program that is started.
    pub args: Vec<String>,
}

/// Options of `cargo xtask test` and its shortcuts.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct TestOptions {
    /// Only these stages and what they build upon; empty means all.
    pub only: Vec<String>,
    /// Every stage but these.
    pub skip: Vec<String>,
    /// Do not ask before using root.
    pub yes: bool,
    /// Passed to Playwright.
    pub playwright_args: Vec<String>,
}

/// Reads the command line; on a mistake prints what would be right and exits with code 2.
pub fn parse() -> Request {
    request(&definition().get_matches())
}

fn flag(name: &'static str, help: &'static str) -> Arg {
    Arg::new(name)
        .long(name)
        .action(ArgAction::SetTrue)
        .help(help)
}

fn names(name: &'static str, help: &'static str) -> Arg {
    let known = clap::builder::PossibleValuesParser::new(crate::stages::names());
    Arg::new(name)
        .long(name)
        .value_name("STAGE,…")
        .value_delimiter(',')
        .action(ArgAction::Append)
        .value_parser(known)
        .help(help)
}

fn definition() -> Command {
    let yes = || {
        flag(
            "yes",
            "Install system packages without asking (as when CI is set)",
        )
    };
    let rest = |help| Arg::new("args").num_args(0..).help(help);
    Command::new("cargo xtask")
        .bin_name("cargo xtask")
        .about("The command list of Open Codelabs")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(
            Command::new("run")
                .about("Set up this machine and open the app")
                .arg(flag("headless", "Start the server without a window"))
                .arg(yes())
                .arg(flag("release", "Build with optimisations"))
                .arg(rest("Passed to the program").last(true)),
        )
        .subcommand(
            Command::new("test")
                .about("Set up this machine and run every test")
                .arg(names("only", "Only these stages and what they build upon"))
                .arg(names("skip", "Every stage but these"))
                .arg(yes()),
        )
        .subcommand(Command::new("generate").about("Rewrite every generated file"))
        .subcommand(
            Command::new("e2e")
                .about("Only the browser tests; arguments go to Playwright")
                .arg(yes())
                .arg(
                    rest("Passed to Playwright")
                        .trailing_var_arg(true)
                        .allow_hyphen_values(true),
                ),
        )
        .subcommand(
            Command::new("budget")
                .about("Only what an attendee's browser transfers")
                .arg(yes()),
        )
        .subcommand(
            Command::new("chaos")
                .about("A hundred people on a bad network for a minute; prints the figures")
                .arg(
                    Arg::new("seed")
                        .long("seed")
                        .value_name("NUMBER")
                        .value_parser(clap::value_parser!(u64))
                        .help("Repeat an earlier run"),
                ),
        )
        .subcommand(
            Command::new("window")
                .about("Only the tests of the real window")
                .arg(yes()),
        )
        .subcommand(
            Command::new("audit")
                .about("Ask the advisory databases about the dependencies (needs the internet)")
                .arg(yes()),
        )
        .subcommand(
            Command::new("bench")
                .about("Measure: `bench content|texts|room|library|hostile` (docs/PERFORMANCE.md)")
                .arg(
                    rest("Passed to the benchmark")
                        .trailing_var_arg(true)
                        .allow_hyphen_values(true),
                ),
        )
        .subcommand(fuzz())
}

fn fuzz() -> Command {
    Command::new("fuzz")
        .about("Invent input for the importer until something fails (tests/fuzz)")
        .arg(
            Arg::new("target")
                .required(true)
                .value_parser(crate::fuzz::TARGETS)
                .help("What to fuzz"),
        )
        .arg(
            Arg::new("seconds")
                .long("seconds")
                .value_name("NUMBER")
                .default_value("60")
                .value_parser(clap::value_parser!(u64).range(1..))
                .help("How long"),
        )
}

fn strings(matches: &ArgMatches, name: &str) -> Vec<String> {
    matches
        .try_get_many::<String>(name)
        .ok()
        .flatten()
        .into_iter()
        .flatten()
        .cloned()
        .collect()
}

fn request(matches: &ArgMatches) -> Request {
    let Some((command, matches)) = matches.subcommand() else {
        return Request::Generate;
    };
    let yes = matches
        .try_get_one::<bool>("yes")
        .ok()
        .flatten()
        .copied()
        .unwrap_or_default();
    let only = |stage: &str| {
        Request::Test(TestOptions {
            only: vec![stage.to_owned()],
            yes,
            playwright_args: strings(matches, "args"),
            ..TestOptions::default()
        })
    };
    match command {
        "run" => Request::Run(RunOptions {
            headless: matches.get_flag("headless"),
            yes,
            release: matches.get_flag("release"),
            args: strings(matches, "args"),
        }),
        "test" => Request::Test(TestOptions {
            only: strings(matches, "only"),
            skip: strings(matches, "skip"),
            yes,
            playwright_args: Vec::new(),
        }),
        "e2e" => only("playwright"),
        "budget" => only("budget"),
        "window" => only("window"),
        "chaos" => Request::Chaos(matches.get_one("seed").copied()),
        "audit" => Request::Audit { yes },
        "bench" => Request::Bench(strings(matches, "args")),
        "fuzz" => Request::Fuzz(
            strings(matches, "target").concat(),
            matches.get_one("seconds").copied().unwrap_or(60),
        ),
        _ => Request::Generate,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(line: &str) -> Request {
        let words = std::iter::once("xtask").chain(line.split_whitespace());
        request(
            &definition()
                .try_get_matches_from(words)
                .expect("a valid command line"),
        )
    }

    fn refused(line: &str) -> bool {
        let words = std::iter::once("xtask").chain(line.split_whitespace());
        definition().try_get_matches_from(words).is_err()
    }

    #[test]
    fn run_passes_on_what_follows_the_dashes() {
        assert_eq!(
            typed("run --headless --release -- --port 9000"),
            Request::Run(RunOptions {
                headless: true,
                yes: false,
                release: true,
                args: vec!["--port".to_owned(), "9000".to_owned()],
            })
        );
    }

    #[test]
    fn test_takes_lists_of_stages() {
        assert_eq!(
            typed("test --only fmt,clippy --skip deny --yes"),
            Request::Test(TestOptions {
                only: vec!["fmt".to_owned(), "clippy".to_owned()],
                skip: vec!["deny".to_owned()],
                yes: true,
                playwright_args: Vec::new(),
            })
        );
    }

    #[test]
    fn an_unknown_stage_or_command_is_refused() {
        assert!(refused("test --only fmmt"));
        assert!(refused("tset"));
        assert!(refused(""));
    }

    #[test]
    fn shortcuts_are_single_stages() {
        let Request::Test(options) = typed("e2e join.spec.ts --headed") else {
            panic!("e2e is a test run");
        };
        assert_eq!(options.only, ["playwright"]);
        assert_eq!(options.playwright_args, ["join.spec.ts", "--headed"]);
        assert_eq!(typed("generate"), Request::Generate);
    }

    #[test]
    fn chaos_can_be_repeated() {
        assert_eq!(typed("chaos"), Request::Chaos(None));
        assert_eq!(typed("chaos --seed 7"), Request::Chaos(Some(7)));
        assert!(refused("chaos --seed seven"));
    }

    #[test]
    fn fuzzing_ends_by_itself() {
        assert_eq!(typed("fuzz folder"), Request::Fuzz("folder".to_owned(), 60));
        assert_eq!(
            typed("fuzz archive --seconds 5"),
            Request::Fuzz("archive".to_owned(), 5)
        );
        assert!(refused("fuzz"));
        assert!(refused("fuzz nothing"));
        assert!(refused("fuzz folder --seconds 0"));
    }

    #[test]
    fn bench_passes_everything_on() {
        let words = ["room", "--people", "50,200", "--json"];
        assert_eq!(
            typed("bench room --people 50,200 --json"),
            Request::Bench(words.map(str::to_owned).into())
        );
    }
}
