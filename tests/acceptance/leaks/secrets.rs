//! Who may know what.

use crate::{
    happenings as text,
    people::{Cast, Who},
    routes::INVITED,
    said::Said,
};

/// When somebody listens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// Connected while it happens.
    Live,
    /// Asking when all has happened.
    Afterwards,
}

/// A text, and who must be told it; everybody else must not.
struct Secret {
    what: &'static str,
    text: String,
    live: Vec<Who>,
    afterwards: Vec<Who>,
}

pub struct Secrets(Vec<Secret>);

const HERE: [Who; 5] = [Who::Ada, Who::Bob, Who::Cleo, Who::Grace, Who::Linus];
const FACILITATORS: [Who; 2] = [Who::Grace, Who::Linus];

/// The table.
pub fn secrets(cast: &Cast) -> Secrets {
    let mut all = Secrets(Vec::new());
    for token in cast.tokens() {
        all.add("the token of a cookie", &token, &[]);
    }
    for code in cast.resume_codes() {
        all.add("a resume code", &code, &[]);
        all.add(
            "a resume code without its hyphens",
            &code.replace('-', ""),
            &[],
        );
    }
    for link in &cast.links {
        all.add("the secret of a link", link, &[]);
    }
    let [here, other, ended] = &cast.codes;
    all.add("the join code", here, &FACILITATORS);
    all.add_changing("the join code of another", other, &[], &FACILITATORS);
    all.add_changing("the join code of the ended", ended, &[], &[Who::Grace]);

    let between = |who| [who, Who::Grace, Who::Linus];
    all.add(
        "Ada's direct message",
        text::DIRECT_OF_ADA,
        &between(Who::Ada),
    );
    all.add("the answer to Ada", text::DIRECT_TO_ADA, &between(Who::Ada));
    all.add(
        "Bob's direct message",
        text::DIRECT_OF_BOB,
        &between(Who::Bob),
    );
    all.add(
        "the code in Bob's direct message",
        text::CODE_OF_BOB,
        &between(Who::Bob),
    );
    all.add(
        "the picture in Ada's direct message",
        &cast.picture,
        &between(Who::Ada),
    );
    all.add("Ada's trouble", text::HELP_OF_ADA, &between(Who::Ada));
    all.add("Bob's trouble", text::HELP_OF_BOB, &between(Who::Bob));
    all.add("who never speaks", "Cleo Quiet", &between(Who::Cleo));
    all.add(
        "Ada's hidden answer",
        text::HIDDEN_OF_ADA,
        &between(Who::Ada),
    );
    all.add(
        "Cleo's hidden answer",
        text::HIDDEN_OF_CLEO,
        &between(Who::Cleo),
    );
    all.add("why a quiz is right", text::WHY, &between(Who::Ada));
    all.add("a revealed answer", text::REVEALED_OF_BOB, &HERE);
    let bob = [Who::Bob];
    all.add_changing(
        "an answer before the reset",
        text::RESET_OF_BOB,
        &between(Who::Bob),
        &bob,
    );
    all.add_changing("a deleted message", text::DELETED, &HERE, &[]);
    all.add_changing(
        "a deleted direct message",
        text::DELETED_DIRECT,
        &between(Who::Bob),
        &[],
    );
    all.add("a message to all", text::PUBLIC, &HERE);
    all.add("an announcement", text::ANNOUNCED, &HERE);
    all.add_changing("what a timer is for", text::TIMER, &HERE, &HERE);

    let linus = [Who::Linus];
    all.add_changing("a draft", text::DRAFT_OF_LINUS, &[], &linus);
    // Whoever works through the codelab, also in another workshop.
    let readers = [HERE.as_slice(), &[Who::Olga]].concat();
    all.add_changing("what was saved", text::SAVED, &HERE, &readers);

    // Listeners in other workshops are heard afterwards only.
    all.add_changing("who is invited", INVITED, &[], &FACILITATORS);
    all.add_changing(
        "who is elsewhere",
        "Olga Elsewhere",
        &[],
        &[Who::Olga, Who::Grace, Who::Linus],
    );
    let eddy = [Who::Eddy, Who::Grace];
    all.add_changing(
        "a direct message of the ended",
        text::DIRECT_OF_EDDY,
        &[Who::Eddy],
        &eddy,
    );
    all.add_changing(
        "who was in the ended",
        "Eddy Long-Gone",
        &[Who::Eddy],
        &eddy,
    );
    all
}

impl Secrets {
    fn add(&mut self, what: &'static str, text: &str, whom: &[Who]) {
        self.add_changing(what, text, whom, whom);
    }

    fn add_changing(&mut self, what: &'static str, text: &str, live: &[Who], afterwards: &[Who]) {
        self.0.push(Secret {
            what,
            text: text.to_owned(),
            live: live.to_vec(),
            afterwards: afterwards.to_vec(),
        });
    }

    /// What somebody was told is all that they should be told of this, and
    /// nothing that they should not.
    pub fn assert_told_to(&self, who: Who, when: When, said: &Said) {
        for secret in &self.0 {
            let may = match when {
                When::Live => secret.live.contains(&who),
                When::Afterwards => secret.afterwards.contains(&who),
            };
            match said.find(&secret.text) {
                Some((place, text)) => {
                    assert!(
                        may,
                        "{who:?} is told {} ({when:?}) by {place}: {text}",
                        secret.what
                    );
                }
                None => assert!(!may, "{who:?} is not told {} ({when:?})", secret.what),
            }
        }
    }
}
