//! The stages of `cargo xtask test`, in the order they are run.

use super::{Stage, browser, rust, ui, window};
use crate::{counts::Counts, prerequisites::Requirement as R};

/// A stage with nothing special; each line of [`STAGES`] says what differs.
const PLAIN: Stage = Stage {
    name: "",
    needs: &[],
    wants: &[],
    after: &[],
    unavailable: |_| None,
    run: |_| Ok(Counts::default()),
};

/// All stages in the order they are run.
pub const STAGES: &[Stage] = &[
    Stage {
        name: "fmt",
        needs: &[R::Rust],
        run: rust::fmt,
        ..PLAIN
    },
    Stage {
        name: "ui-install",
        needs: &[R::Node],
        run: ui::install,
        ..PLAIN
    },
    Stage {
        name: "ui-build",
        after: &["ui-install"],
        run: ui::build,
        ..PLAIN
    },
    Stage {
        name: "clippy",
        needs: rust::EVERYTHING,
        run: rust::clippy,
        ..PLAIN
    },
    Stage {
        name: "deny",
        needs: &[R::Rust, R::Deny],
        run: rust::deny,
        ..PLAIN
    },
    Stage {
        name: "machete",
        needs: &[R::Machete],
        run: rust::machete,
        ..PLAIN
    },
    Stage {
        name: "nextest",
        needs: &[R::Rust, R::Compiler, R::WebView, R::Nextest],
        wants: &[R::NetworkTools],
        after: &["ui-build"],
        run: rust::nextest,
        ..PLAIN
    },
    Stage {
        name: "build-server",
        needs: &[R::Rust, R::Compiler],
        after: &["ui-build"],
        run: rust::build_server,
        ..PLAIN
    },
    Stage {
        name: "build-app",
        needs: rust::EVERYTHING,
        after: &["ui-build"],
        run: rust::build_app,
        ..PLAIN
    },
    Stage {
        name: "vitest",
        after: &["ui-install"],
        run: ui::vitest,
        ..PLAIN
    },
    Stage {
        name: "svelte-check",
        after: &["ui-install"],
        run: ui::svelte_check,
        ..PLAIN
    },
    Stage {
        name: "eslint",
        after: &["ui-install"],
        run: ui::eslint,
        ..PLAIN
    },
    Stage {
        name: "knip",
        after: &["ui-install"],
        run: ui::knip,
        ..PLAIN
    },
    Stage {
        name: "generated-typescript",
        after: &["ui-install"],
        run: ui::generated,
        ..PLAIN
    },
    Stage {
        name: "e2e-install",
        needs: &[R::Node],
        run: browser::install,
        ..PLAIN
    },
    Stage {
        name: "playwright",
        needs: &[R::Browser],
        wants: &[R::Fonts],
        after: &["e2e-install", "build-server"],
        run: browser::playwright,
        ..PLAIN
    },
    Stage {
        name: "budget",
        needs: &[R::Browser],
        after: &["e2e-install", "build-server"],
        run: browser::budget,
        ..PLAIN
    },
    Stage {
        name: "window",
        needs: window::NEEDS,
        wants: &[R::Fonts],
        after: &["e2e-install", "build-app", "build-server"],
        unavailable: window::unavailable,
        run: window::window,
    },
];
