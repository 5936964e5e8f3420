//! `decode(encode(m)) == m`, and what is encoded is what the schema promises.

use std::fmt::Debug;

use proptest::{prelude::*, test_runner::TestCaseResult};
use serde::{Serialize, de::DeserializeOwned};
use utoipa::ToSchema;

use crate::{
    any::{http, live, parts},
    schemas::Schemas,
};

fn survives<T>(value: &T, schemas: &Schemas) -> TestCaseResult
where
    T: Serialize + DeserializeOwned + ToSchema + PartialEq + Debug,
{
    let text = serde_json::to_string(value).unwrap();
    let decoded: T = serde_json::from_str(&text).map_err(|e| TestCaseError::fail(e.to_string()))?;
    prop_assert_eq!(&decoded, value);
    let json = serde_json::from_str(&text).unwrap();
    schemas.check::<T>(&json).map_err(TestCaseError::fail)
}

macro_rules! survive {
    ($($name:ident: $type:ident from $strategy:expr;)+) => {
        $(#[test]
        fn $name() {
            let schemas = Schemas::of::<protocol::$type>();
            proptest!(ProptestConfig::with_cases(128), |(value in $strategy)| {
                survives(&value, &schemas)?;
            });
        })+
    };
}

survive! {
    browser_message: ClientMessage from live::browser_message();
    server_message: ServerMessage from live::server_message();
    event: EventMessage from live::event();
    problem: Problem from parts::problem();
    disk_state: DiskState from http::disk_state();
    health: Health from http::health();
    entrance: Entrance from http::entrance();
    join: Join from http::join();
    joined: Joined from http::joined();
    resume: Resume from http::resume();
    resume_code: ResumeCode from http::resume_code();
    enter_as_facilitator: EnterAsFacilitator from http::enter_as_facilitator();
    rename_facilitator: RenameFacilitator from http::rename_facilitator();
    invitation: Invitation from http::invitation();
    start_workshop: StartWorkshop from http::start_workshop();
    workshop_page: WorkshopPage from http::workshop_page();
    message_page: MessagePage from http::message_page();
    seat_timeline: SeatTimeline from http::seat_timeline();
    lobby: Lobby from http::lobby();
    duplicate_codelab: DuplicateCodelab from http::duplicate_codelab();
    tag: Tag from http::tag();
    material_list: MaterialList from http::material_list();
    new_link: NewLink from http::new_link();
    new_upload: NewUpload from http::new_upload();
    material_renaming: MaterialRenaming from http::material_renaming();
    upload_progress: UploadProgress from http::upload_progress();
    codelab_page: CodelabPage from http::codelab_page();
    codelab_detail: CodelabDetail from http::codelab_detail();
    begin_codelab: BeginCodelab from http::begin_codelab();
    codelab_source: CodelabSource from http::codelab_source();
    keep_draft: KeepDraft from http::keep_draft();
    draft_kept: DraftKept from http::draft_kept();
    save_revision: SaveRevision from http::save_revision();
    saved_revision: SavedRevision from http::saved_revision();
    revision_page: RevisionPage from http::revision_page();
    revision: Revision from http::revision();
    preview_text: PreviewText from http::preview_text();
    preview: Preview from http::preview();
    import_report: ImportReport from http::import_report();
    import_job: ImportJob from http::import_job();
    agenda_quizzes: AgendaQuizzes from http::agenda_quizzes();
    remote_images: RemoteImages from http::remote_images();
    download_images: DownloadImages from http::download_images();
    image_download: ImageDownload from http::image_download();
    take_import: TakeImport from http::take_import();
}
