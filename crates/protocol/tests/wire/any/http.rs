//! Bodies of requests and answers.

use domain::{FacilitatorId, InvitationId, MaterialId, WorkshopId};
use proptest::{prelude::*, sample::select};
use protocol::{
    DiagnosticCode, DiskCondition, DownloadOutcome, DownloadRefusal, DownloadState, Id, LocalName,
    NetworkKind, NoName, OnShelf, PaceAnswer, Severity, Shelf,
};

use super::{
    parts::{
        codelab, content, few, maybe, message, number, person, problem, quiz, snapshot, step, text,
        uuid, workshop_status,
    },
    structs,
};

fn workshop() -> BoxedStrategy<Id<WorkshopId>> {
    any::<u64>()
        .prop_map(|bits| Id(WorkshopId::from_bits(bits)))
        .boxed()
}

fn material_id() -> BoxedStrategy<Id<MaterialId>> {
    any::<u64>()
        .prop_map(|bits| Id(MaterialId::from_bits(bits)))
        .boxed()
}

fn network_kind() -> BoxedStrategy<NetworkKind> {
    select(vec![
        NetworkKind::Hotspot,
        NetworkKind::Wired,
        NetworkKind::Wireless,
        NetworkKind::Virtual,
        NetworkKind::Other,
    ])
    .boxed()
}

fn local_name() -> BoxedStrategy<LocalName> {
    prop_oneof![
        Just(LocalName::Pending),
        text().prop_map(|url| LocalName::Advertised { url }),
        select(vec![
            NoName::SwitchedOff,
            NoName::NoNetwork,
            NoName::NotAllowed,
            NoName::NotAnnounced,
        ])
        .prop_map(|reason| LocalName::Unavailable { reason }),
    ]
    .boxed()
}

fn count() -> BoxedStrategy<u32> {
    any::<u32>().boxed()
}

fn disk_condition() -> BoxedStrategy<DiskCondition> {
    select(vec![
        DiskCondition::Good,
        DiskCondition::Low,
        DiskCondition::Critical,
        DiskCondition::Full,
        DiskCondition::ReadOnly,
        DiskCondition::Replaced,
        DiskCondition::Failing,
    ])
    .boxed()
}

structs! {
    disk_state: DiskState {
        condition: disk_condition(),
        free_bytes: proptest::option::of(0..=9_007_199_254_740_991_u64),
    }
    health: Health { product: text(), release: text(), protocol: any::<u16>(), installation: text() }
    facilitator: Facilitator {
        id: any::<u64>().prop_map(|bits| Id(FacilitatorId::from_bits(bits))),
        name: text(),
    }
    entrance_workshop: EntranceWorkshop {
        id: workshop(),
        title: text(),
        status: workshop_status(),
        code_required: any::<bool>(),
        code_matches: any::<bool>(),
        seat: maybe(person()),
    }
    entrance: Entrance {
        release: text(),
        facilitator: maybe(facilitator()),
        workshops: few(entrance_workshop()),
    }
    join: Join { id: uuid(), name: text(), code: maybe(text()) }
    joined: Joined { resume_code: maybe(text()), snapshot: snapshot() }
    resume: Resume { resume_code: text() }
    resume_code: ResumeCode { resume_code: text() }
    enter_as_facilitator: EnterAsFacilitator { secret: text(), name: maybe(text()) }
    rename_facilitator: RenameFacilitator { name: text() }
    invitation: Invitation {
        id: any::<u64>().prop_map(|bits| Id(InvitationId::from_bits(bits))),
        name: maybe(text()),
        links: few(text()),
        qrs: few(text()),
        expires_at_ms: number(),
    }
    start_workshop: StartWorkshop {
        title: maybe(text()),
        codelabs: few(codelab()),
        code_required: maybe(any::<bool>().boxed()),
    }
    workshop_summary: WorkshopSummary {
        id: workshop(),
        title: text(),
        status: workshop_status(),
        started_at_ms: number(),
        ended_at_ms: maybe(number()),
        codelabs: few(text()),
        attendees: count(),
        messages: count(),
        help_requests: count(),
        imported: any::<bool>(),
    }
    workshop_page: WorkshopPage { items: few(workshop_summary()), next: maybe(text()) }
    message_page: MessagePage { items: few(message()), has_older: any::<bool>() }
    step_time: StepTime {
        codelab: codelab(),
        step: step(),
        entered_at_ms: maybe(number()),
        visits: count(),
        spent_ms: number(),
        until_ms: number(),
        here: any::<bool>(),
        completed_at_ms: maybe(number()),
    }
    pace_moment: PaceMoment {
        pace: count(),
        codelab: codelab(),
        step: step(),
        asked_at_ms: number(),
        answer: maybe(select(vec![PaceAnswer::Done, PaceAnswer::Stuck]).boxed()),
        answered_at_ms: maybe(number()),
    }
    seat_timeline: SeatTimeline {
        seat: count(),
        steps: few(step_time()),
        paces: few(pace_moment()),
        messages: few(message()),
        has_older_messages: any::<bool>(),
    }
    lobby_address: LobbyAddress {
        url: text(),
        join_url: text(),
        interface: text(),
        kind: network_kind(),
        qr: text(),
    }
    lobby: Lobby {
        join_code: text(),
        code_required: any::<bool>(),
        addresses: few(lobby_address()),
        local_name: local_name(),
    }
    codelab_summary: CodelabSummary {
        id: codelab(),
        title: text(),
        summary: maybe(text()),
        authors: maybe(text()),
        language: maybe(text()),
        tags: few(text()),
        minutes: count(),
        steps: count(),
        revision: count(),
        cover: maybe(text()),
        created_at_ms: number(),
        updated_at_ms: number(),
        used_at_ms: maybe(number()),
        shelf: select(vec![Shelf::Active, Shelf::Archived, Shelf::Removed]),
        found: maybe(found_in_step()),
    }
    found_in_step: FoundInStep { position: count(), title: text(), excerpt: text() }
    material: Material {
        id: material_id(),
        codelab: codelab(),
        title: text(),
        href: text(),
        file: maybe(material_file()),
    }
    material_file: MaterialFile { name: text(), size_bytes: any::<u64>() }
    upload: Upload {
        id: material_id(),
        title: text(),
        file_name: text(),
        size_bytes: any::<u64>(),
        received_bytes: any::<u64>(),
    }
    material_list: MaterialList { materials: few(material()), uploads: few(upload()) }
    new_link: NewLink { title: text(), url: text() }
    new_upload: NewUpload { title: maybe(text()), file_name: text(), size_bytes: any::<u64>() }
    material_renaming: MaterialRenaming { title: text() }
    upload_progress: UploadProgress { received_bytes: any::<u64>(), is_whole: any::<bool>() }
    tag: Tag { tag: text(), codelabs: count() }
    codelab_page: CodelabPage { items: few(codelab_summary()), next: maybe(text()) }
    step_detail: StepDetail { id: step(), title: text(), minutes: maybe(count()), content: content(), quizzes: few(quiz()) }
    codelab_detail: CodelabDetail { summary: codelab_summary(), guide: maybe(content()), steps: few(step_detail()) }
    diagnostic: Diagnostic {
        severity: select(vec![Severity::Warning, Severity::Error]),
        code: select(vec![DiagnosticCode::NoTitle, DiagnosticCode::ImageTooManyPixels]),
        file: text(),
        line: maybe(count()),
        column: maybe(count()),
        subject: text(),
        message: text(),
        excerpt: maybe(excerpt()),
    }
    duplicate_codelab: DuplicateCodelab { title: text() }
    begin_codelab: BeginCodelab { title: text(), language: maybe(text()), source: maybe(text()) }
    codelab_file: CodelabFile {
        reference: text(),
        url: text(),
        media_type: text(),
        width: maybe(count()),
        height: maybe(count()),
    }
    draft: Draft { base: count(), source: text(), saved_at_ms: number() }
    codelab_source: CodelabSource {
        revision: count(),
        source: text(),
        files: few(codelab_file()),
        draft: maybe(draft()),
    }
    keep_draft: KeepDraft { base: count(), source: text() }
    draft_kept: DraftKept { saved_at_ms: number() }
    save_revision: SaveRevision { base: count(), source: text(), note: maybe(text()) }
    saved_revision: SavedRevision {
        revision: count(),
        steps: few(step_detail()),
        diagnostics: few(diagnostic()),
    }
    revision_summary: RevisionSummary {
        number: count(),
        saved_at_ms: number(),
        saved_by: maybe(text()),
        note: maybe(text()),
        title: text(),
        steps: count(),
        minutes: count(),
        restored_from: maybe(count()),
    }
    revision_page: RevisionPage { items: few(revision_summary()), next: maybe(text()) }
    revision: Revision { summary: revision_summary(), source: text() }
    preview_text: PreviewText { source: text() }
    preview_metadata: PreviewMetadata {
        title: text(),
        id: maybe(text()),
        summary: maybe(text()),
        authors: maybe(text()),
        language: maybe(text()),
        feedback_link: maybe(text()),
        categories: few(text()),
        tags: few(text()),
    }
    agenda_quiz: AgendaQuiz { codelab: codelab(), step: step(), quiz: quiz() }
    agenda_quizzes: AgendaQuizzes { items: few(agenda_quiz()) }
    preview_guide: PreviewGuide { line: count(), html: text() }
    preview_step: PreviewStep {
        id: maybe(step()),
        title: text(),
        minutes: maybe(count()),
        line: count(),
        html: text(),
        quizzes: few(quiz()),
    }
    preview: Preview {
        metadata: preview_metadata(),
        minutes: count(),
        words: count(),
        guide: maybe(preview_guide()),
        steps: few(preview_step()),
        diagnostics: few(diagnostic()),
    }
    excerpt: Excerpt { before: count(), lines: few(text()) }
    import_report: ImportReport { codelab: codelab_summary(), diagnostics: few(diagnostic()) }
    import_job: ImportJob {
        id: text(),
        found: maybe(count()),
        choice: maybe(import_choice()),
        reading: maybe(text()),
        rows: few(import_row()),
        done: any::<bool>(),
    }
    remote_image: RemoteImage {
        address: text(),
        host: maybe(text()),
        description: text(),
        step: maybe(count()),
    }
    remote_images: RemoteImages { images: few(remote_image()) }
    download_images: DownloadImages { addresses: maybe(few(text())), note: maybe(text()) }
    downloaded_image: DownloadedImage {
        address: text(),
        state: select(vec![
            DownloadState::Waiting,
            DownloadState::Loading,
            DownloadState::Taken,
            DownloadState::Refused,
        ]).boxed(),
        received_bytes: any::<u64>(),
        size_bytes: maybe(any::<u64>().boxed()),
        refusal: maybe(select(vec![DownloadRefusal::Private, DownloadRefusal::NotAnImage]).boxed()),
    }
    image_download: ImageDownload {
        id: text(),
        codelab: codelab(),
        news: count(),
        images: few(downloaded_image()),
        outcome: maybe(select(vec![DownloadOutcome::Saved, DownloadOutcome::Offline]).boxed()),
        revision: maybe(count()),
        problem: maybe(problem()),
    }
    import_choice: ImportChoice { offers: few(import_offer()) }
    import_offer: ImportOffer {
        index: count(),
        name: text(),
        codelab: maybe(offered_codelab()),
        past: maybe(offered_past()),
        problem: maybe(problem()),
    }
    offered_codelab: OfferedCodelab {
        title: text(),
        steps: count(),
        images: count(),
        materials: count(),
        remarks: count(),
        on_shelf: select(vec![OnShelf::No, OnShelf::Edited, OnShelf::Same]).boxed(),
    }
    offered_past: OfferedPast {
        attendees: count(),
        messages: count(),
        help_requests: count(),
        quiz_answers: count(),
        feedback: count(),
        submissions: count(),
        submitted_bytes: any::<u64>(),
        started_at_ms: number(),
        ended_at_ms: number(),
        in_history: any::<bool>(),
    }
    taken_codelab: TakenCodelab { index: count(), past: any::<bool>(), past_only: any::<bool>() }
    take_import: TakeImport { codelabs: few(taken_codelab()) }
    import_row: ImportRow { name: text(), report: maybe(import_report()), problem: maybe(problem()) }
}
