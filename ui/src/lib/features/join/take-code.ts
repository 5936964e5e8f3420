import { codeIn, type CodeKind } from './code';

/**
 * The code of the address's fragment, taken out of the address bar: a code should not be read over
 * a shoulder or stay in the history. Fragments never reach a server, so no log holds it either.
 */
export function takeCode(kind: CodeKind): string | null {
  const code = codeIn(location.hash.slice(1), kind);
  if (code !== null) history.replaceState(history.state, '', location.pathname + location.search);
  return code;
}
