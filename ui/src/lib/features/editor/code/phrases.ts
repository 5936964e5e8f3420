/** CodeMirror's own words, in the language on screen. */
import { m } from '$lib/paraglide/messages';

/** By its English phrases; `$` and `$1` are its gaps. */
export function phrases(): Record<string, string> {
  return {
    Find: m.editor_find(),
    Replace: m.editor_find_replace(),
    next: m.editor_find_next(),
    previous: m.editor_find_previous(),
    all: m.editor_find_all(),
    'match case': m.editor_find_case(),
    regexp: m.editor_find_regexp(),
    'by word': m.editor_find_word(),
    replace: m.editor_find_replace_one(),
    'replace all': m.editor_find_replace_all(),
    close: m.common_close(),
    'current match': m.editor_find_current(),
    'on line': m.editor_find_on_line(),
    'replaced match on line $': m.editor_find_replaced_on({ line: '$' }),
    'replaced $ matches': m.editor_find_replaced({ count: '$' }),
    'Go to line': m.editor_go_to_line(),
    go: m.editor_go(),
    'Control character': m.editor_control_character(),
    Diagnostics: m.editor_problems(),
    'No diagnostics': m.editor_problems_none(),
    'Selection deleted': m.editor_selection_deleted(),
    '$ unchanged lines': m.editor_unchanged_lines({ count: '$' }),
  };
}
