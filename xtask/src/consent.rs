//! Whether a command may be run as root. The one rule of this file: never by surprise.

/// How this process can come to be root.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Root {
    /// It is root already.
    Already,
    /// There is a `sudo`.
    BySudo,
    /// There is no way.
    Never,
}

impl Root {
    /// The way that is there.
    pub fn of(is_root: bool, has_sudo: bool) -> Self {
        match (is_root, has_sudo) {
            (true, _) => Self::Already,
            (false, true) => Self::BySudo,
            (false, false) => Self::Never,
        }
    }
}

/// How a command is made to run as root.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sudo {
    /// It is run as it is.
    Unneeded,
    /// Through sudo, which may ask for a password.
    Attended,
    /// Through sudo, which must fail rather than wait for a password that nobody types.
    Unattended,
}

/// How to go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Ask, and run it after a yes.
    Ask(Sudo),
    /// Run it: somebody agreed beforehand.
    Run(Sudo),
    /// Say what to run and stop.
    Refuse,
}

/// Decides how a command that changes the system is run. `agreed`: `--yes` was given, or this is
/// CI. `can_ask`: somebody sits at the keyboard. Being root already is no agreement.
pub fn way(root: Root, agreed: bool, can_ask: bool) -> Way {
    let sudo = match (root, can_ask) {
        (Root::Never, _) => return Way::Refuse,
        (Root::Already, _) => Sudo::Unneeded,
        (Root::BySudo, true) => Sudo::Attended,
        (Root::BySudo, false) => Sudo::Unattended,
    };
    match (agreed, can_ask) {
        (true, _) => Way::Run(sudo),
        (false, true) => Way::Ask(sudo),
        (false, false) => Way::Refuse,
    }
}

/// Whether this machine is CI: the variable `CI` is set and does not say no.
pub fn is_ci(variable: Option<&str>) -> bool {
    variable.is_some_and(|value| !matches!(value, "" | "0" | "false"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_is_asked_even_as_root() {
        assert_eq!(way(Root::BySudo, false, true), Way::Ask(Sudo::Attended));
        assert_eq!(way(Root::Already, false, true), Way::Ask(Sudo::Unneeded));
    }

    #[test]
    fn yes_and_ci_are_not_asked() {
        assert_eq!(way(Root::BySudo, true, true), Way::Run(Sudo::Attended));
        assert_eq!(way(Root::BySudo, true, false), Way::Run(Sudo::Unattended));
        assert_eq!(way(Root::Already, true, false), Way::Run(Sudo::Unneeded));
    }

    #[test]
    fn nobody_to_ask_means_no() {
        assert_eq!(way(Root::BySudo, false, false), Way::Refuse);
        assert_eq!(way(Root::Already, false, false), Way::Refuse);
    }

    #[test]
    fn without_a_way_to_root_nothing_is_tried() {
        assert_eq!(Root::of(false, false), Root::Never);
        assert_eq!(way(Root::Never, true, true), Way::Refuse);
    }

    #[test]
    fn root_needs_no_sudo() {
        assert_eq!(Root::of(true, true), Root::Already);
        assert_eq!(Root::of(false, true), Root::BySudo);
    }

    #[test]
    fn ci_is_a_variable_that_does_not_say_no() {
        assert!(is_ci(Some("true")));
        assert!(is_ci(Some("1")));
        assert!(!is_ci(Some("false")));
        assert!(!is_ci(Some("")));
        assert!(!is_ci(None));
    }
}
