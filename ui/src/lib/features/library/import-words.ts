/**
 * What the importer says, in the words of the screen. A new code does not compile until it is
 * worded here.
 */
import type {
  Diagnostic,
  DiagnosticCode,
  ImportReason,
  ImportRefusal,
  TakenCodelab,
} from '$lib/api/wire';
import { m } from '$lib/paraglide/messages';

type Words = (about: { subject: string }) => string;

const REMARKS: Record<DiagnosticCode, Words> = {
  file_left_out: m.diagnostic_file_left_out,
  foreign_markup: m.diagnostic_foreign_markup,
  fragment_nested: m.diagnostic_fragment_nested,
  fragment_not_included: m.diagnostic_fragment_not_included,
  heading_flattened: m.diagnostic_heading_flattened,
  history_not_taken: m.diagnostic_history_not_taken,
  record_unreadable: m.diagnostic_record_unreadable,
  record_mended: m.diagnostic_record_mended,
  records_unclaimed: m.diagnostic_records_unclaimed,
  message_split: m.diagnostic_message_split,
  submission_not_found: m.diagnostic_submission_not_found,
  codes_not_taken: m.diagnostic_codes_not_taken,
  addresses_not_taken: m.diagnostic_addresses_not_taken,
  quiz_answers_not_taken: m.diagnostic_quiz_answers_not_taken,
  audit_log_not_taken: m.diagnostic_audit_log_not_taken,
  workspaces_not_taken: m.diagnostic_workspaces_not_taken,
  ai_conversations_not_taken: m.diagnostic_ai_conversations_not_taken,
  image_outside: m.diagnostic_image_outside,
  image_too_large: m.diagnostic_image_too_large,
  image_too_many_pixels: m.diagnostic_image_too_many_pixels,
  image_unsupported: m.diagnostic_image_unsupported,
  local_link: m.diagnostic_local_link,
  local_media: m.diagnostic_local_media,
  markup_left_out: m.diagnostic_markup_left_out,
  material_not_taken: m.diagnostic_material_not_taken,
  missing_image: m.diagnostic_missing_image,
  no_title: m.diagnostic_no_title,
  poll_options: m.diagnostic_poll_options,
  poll_scale: m.diagnostic_poll_scale,
  poll_stray_line: m.diagnostic_poll_stray_line,
  poll_text_too_long: m.diagnostic_poll_text_too_long,
  poll_type: m.diagnostic_poll_type,
  poll_without_question: m.diagnostic_poll_without_question,
  quiz_unreadable: m.diagnostic_quiz_unreadable,
  quiz_in_guide: m.diagnostic_quiz_in_guide,
  quiz_options: m.diagnostic_quiz_options,
  quiz_stray_line: m.diagnostic_quiz_stray_line,
  quiz_text_too_long: m.diagnostic_quiz_text_too_long,
  quiz_without_answer: m.diagnostic_quiz_without_answer,
  quiz_without_question: m.diagnostic_quiz_without_question,
  remote_embed: m.diagnostic_remote_embed,
  remote_image: m.diagnostic_remote_image,
  requirement_not_held: m.diagnostic_requirement_not_held,
  step_not_found: m.diagnostic_step_not_found,
  survey: m.diagnostic_survey,
  template: m.diagnostic_template,
  unknown_fence_attribute: m.diagnostic_unknown_fence_attribute,
  unreadable_duration: m.diagnostic_unreadable_duration,
  unreadable_maths: m.diagnostic_unreadable_maths,
  unsafe_link: m.diagnostic_unsafe_link,
  upload_not_in_file: m.diagnostic_upload_not_in_file,
};

const REFUSALS: Record<ImportReason, Words> = {
  binary: m.refusal_binary,
  bomb: m.refusal_bomb,
  codelab_too_large: m.refusal_codelab_too_large,
  damaged_archive: m.refusal_damaged_archive,
  duplicate_name: m.refusal_duplicate_name,
  empty: m.refusal_empty,
  encrypted: m.refusal_encrypted,
  link_in_archive: m.refusal_link_in_archive,
  name_not_utf8: m.refusal_name_not_utf8,
  nested_archive: m.refusal_nested_archive,
  no_headings: m.refusal_no_headings,
  no_markdown: m.refusal_no_markdown,
  no_step_files: m.refusal_no_step_files,
  no_steps: m.refusal_no_steps,
  not_found: m.refusal_not_found,
  not_markdown: m.refusal_not_markdown,
  not_utf8: m.refusal_not_utf8,
  several_markdown_files: m.refusal_several_markdown_files,
  step_too_large: m.refusal_step_too_large,
  too_large: m.refusal_too_large,
  too_many_blocks: m.refusal_too_many_blocks,
  too_many_files: m.refusal_too_many_files,
  too_many_steps: m.refusal_too_many_steps,
  too_slow: m.refusal_too_slow,
  unreadable: m.refusal_unreadable,
  unreadable_manifest: m.refusal_unreadable_manifest,
  unsafe_name: m.refusal_unsafe_name,
  utf16: m.refusal_utf16,
};

export function remarkText(diagnostic: Diagnostic): string {
  return REMARKS[diagnostic.code](diagnostic);
}

export function refusalText(refusal: ImportRefusal): string {
  return REFUSALS[refusal.reason](refusal);
}

/** What the button says that takes what was chosen. */
export function takeWords(taken: readonly TakenCodelab[]): string {
  const count = taken.length;
  const alone = taken.filter(({ pastOnly }) => pastOnly).length;
  if (alone === 0) {
    return count === 1 ? m.import_choice_take_one() : m.import_choice_take_many({ count });
  }
  if (alone < count) return m.import_choice_take_ticked();
  return count === 1 ? m.import_choice_take_past_one() : m.import_choice_take_past_many({ count });
}
