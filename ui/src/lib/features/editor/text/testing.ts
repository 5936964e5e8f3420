/** Codelabs that nobody would write, but that somebody will; the same ones in every run. */

/** A small generator of numbers (mulberry32): the same seed, the same numbers. */
export function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * below);
  };
}

const HEADERS = [
  '',
  'summary: A summary\nid: some-id\n\n',
  '---\nsummary: Front\ntags: a, b\n\n---\n\n',
  'author: Ada\nsummary: Closed like a heading\n---\n\n',
];
const BODIES = [
  'Some words.',
  'Words\nover two lines.',
  '```sh\n## no step\n```',
  '~~~~\n```\n## no step\n~~~~',
  '<div>\n## no step\n</div>',
  '- item\n\n  ## inside an item',
  '> ## quoted',
  '### Smaller',
  '한국어 문장입니다.',
  '| a | b |\n|---|---|\n| 1 | 2 |',
  '    ## indented code',
];

/** A codelab with some steps; `marks` are words that stand in one step each. */
export function codelab(seed: number): { source: string; marks: string[] } {
  const pick = random(seed);
  const of = (list: readonly string[]): string => list[pick(list.length)] ?? '';
  let source = of(HEADERS) + (pick(3) > 0 ? '# Title\n\n' : '');
  const marks: string[] = [];
  const count = 1 + pick(6);
  for (let index = 0; index < count; index += 1) {
    const mark = `mark${String(index)}`;
    marks.push(mark);
    source +=
      pick(6) === 0 ? `Step ${mark}\n---\n` : `## Step ${mark}${pick(5) === 0 ? ' ##' : ''}\n`;
    if (pick(2) === 0) source += `Duration: ${of(['5', '3:00', '0:10:00', '2:30'])}\n`;
    source += pick(2) === 0 ? '\n' : '';
    for (let body = pick(4); body > 0; body -= 1) source += `\n${of(BODIES)}\n`;
    // The next heading must stand apart when it is underlined, else it would take words along.
    source += '\n'.repeat(1 + pick(3));
  }
  return { source: pick(4) === 0 ? source.trimEnd() : source, marks };
}
