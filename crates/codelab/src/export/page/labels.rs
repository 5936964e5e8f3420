//! The few words of a page that is read without this program.

/// The language of a page's own words; the codelab's are its author's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Labels {
    /// English
    #[default]
    English,
    /// Korean
    Korean,
}

/// Every word of the page.
pub(super) struct Words {
    pub(super) language: &'static str,
    pub(super) steps: &'static str,
    pub(super) guide: &'static str,
    pub(super) search: &'static str,
    pub(super) no_match: &'static str,
    pub(super) next: &'static str,
    pub(super) previous: &'static str,
    pub(super) theme: &'static str,
    pub(super) print: &'static str,
    pub(super) copy: &'static str,
    pub(super) copied: &'static str,
    pub(super) done: &'static str,
    pub(super) tip: &'static str,
    pub(super) warning: &'static str,
    pub(super) internet: &'static str,
    pub(super) missing: &'static str,
    pub(super) poll: &'static str,
    pub(super) diagram: &'static str,
}

const ENGLISH: Words = Words {
    language: "en",
    steps: "Steps",
    guide: "Before we start",
    search: "Search",
    no_match: "Nothing was found.",
    next: "Next",
    previous: "Previous",
    theme: "Light or dark",
    print: "Print",
    copy: "Copy",
    copied: "Copied",
    done: "done",
    tip: "Tip",
    warning: "Warning",
    internet: "Needs the internet",
    missing: "Image missing",
    poll: "Asked in the workshop",
    diagram: "Diagram as text (Mermaid)",
};

const KOREAN: Words = Words {
    language: "ko",
    steps: "단계",
    guide: "시작하기 전에",
    search: "검색",
    no_match: "찾는 내용이 없습니다.",
    next: "다음",
    previous: "이전",
    theme: "밝게 또는 어둡게",
    print: "인쇄",
    copy: "복사",
    copied: "복사했습니다",
    done: "완료",
    tip: "도움말",
    warning: "주의",
    internet: "인터넷이 필요합니다",
    missing: "이미지가 없습니다",
    poll: "워크숍에서 묻는 질문입니다",
    diagram: "글로 쓴 다이어그램(Mermaid)",
};

impl Labels {
    pub(super) fn words(self) -> &'static Words {
        match self {
            Self::English => &ENGLISH,
            Self::Korean => &KOREAN,
        }
    }

    pub(super) fn minutes(self, minutes: u32) -> String {
        match self {
            Self::English => format!("{minutes} min"),
            Self::Korean => format!("{minutes}분"),
        }
    }

    pub(super) fn count(self, steps: usize) -> String {
        match self {
            Self::English if steps == 1 => "1 step".to_owned(),
            Self::English => format!("{steps} steps"),
            Self::Korean => format!("{steps}단계"),
        }
    }
}
