/** Codelabs of other people, through the native dialog, against what their own tool makes of them. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';

import { REPOSITORY } from '../support/programs.ts';
import { App } from './app.ts';
import { Desk, PROSE } from './desk.ts';
import { pickFile } from './native.ts';

/** A folder with codelabs and, below `golden/`, what claat (the format's own tool) exports. */
const CORPUS = process.env['CODELABS_CORPUS'] ?? resolve(REPOSITORY, '../shared/codelabs');

interface Golden {
  steps: { title: string; minutes: number; nodes: Record<string, number> }[];
}

interface Example {
  file: string;
  steps: number;
  /** A step, counted from 1, and a sentence that must stand in it. */
  reads: { at: number; sentence: string };
}

const EXAMPLES: Example[] = [
  {
    file: '03-firebase-friendlychat-android.md',
    steps: 10,
    reads: { at: 1, sentence: 'you’ll learn how to use the Firebase platform' },
  },
  {
    file: '18-enetcom-activities-fr.md',
    steps: 9,
    reads: { at: 1, sentence: 'Vous devriez être familier avec' },
  },
];

describe('codelabs of other people', { skip: missing() }, () => {
  let app: App;
  let desk: Desk;

  before(async () => {
    app = await App.open();
    desk = new Desk(app);
    await desk.isInLibrary();
  });
  after(() => app.close());

  for (const { file, steps, reads } of EXAMPLES) {
    it(`${file} has the steps, minutes and boxes that its own tool sees`, async () => {
      const golden = goldenOf(file);
      await desk.goToLibrary();
      await desk.chooseFile();
      await pickFile(join(CORPUS, file));
      await desk.openImported();
      const found = await desk.steps();
      assert.equal(found.length, steps);
      assert.deepEqual(
        found.map(({ title, minutes }) => ({ title, minutes })),
        golden.steps.map(({ title, minutes }) => ({ title, minutes })),
      );
      for (const [index, { title, nodes }] of golden.steps.entries()) {
        await desk.showStep(index + 1, title);
        assert.deepEqual(
          { step: title, ...(await desk.boxes()) },
          {
            step: title,
            positive: nodes['infobox:special'] ?? 0,
            negative: nodes['infobox:warning'] ?? 0,
          },
        );
      }
      await desk.showStep(reads.at, golden.steps[reads.at - 1]?.title ?? '');
      await desk.window.reads(PROSE, reads.sentence);
    });
  }
});

/** Why these tests cannot be run here; said on the terminal too. */
function missing(): string | false {
  if (existsSync(CORPUS)) return false;
  const reason = 'codelabs of other people: name their folder in CODELABS_CORPUS';
  console.log(`skipped: ${reason}`);
  return reason;
}

function goldenOf(file: string): Golden {
  return JSON.parse(readFileSync(join(CORPUS, 'golden', `${file}.claat.json`), 'utf8')) as Golden;
}
