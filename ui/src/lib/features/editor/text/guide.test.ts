import { describe, expect, test } from 'vitest';

import { addGuide, guideAt } from './guide';
import { readHeader } from './header';
import { blocks, stepsOf } from './outline';
import { applied } from './steps';

const at = (source: string): number | null => guideAt(source, blocks(source), stepsOf(source));

describe('the guide', () => {
  test('begins with the first words behind header and title', () => {
    const source = '---\nid: a\n---\n\n# T\n\n<!-- c -->\n\nInstall *git*.\n\n## S\n';
    expect(at(source)).toBe(source.indexOf('Install'));
    expect(at('id: a\n\n# T\n\n- x\n\n## S\n')).toBe('id: a\n\n# T\n\n'.length);
  });

  test('is not there where nothing is said', () => {
    for (const above of ['', '# T\n\n', 'id: a\ntags: b\n\n# T\n\n---\n\n', '[r]: x\n\n']) {
      expect(at(`${above}## S\n\nwords\n`), above).toBeNull();
    }
    expect(at('no step')).toBeNull();
  });

  test('is added in front of the first step, its words selected', () => {
    for (const above of ['', '# T\n', '# T\n\n']) {
      const source = `${above}## S\n\nx\n`;
      const edit = addGuide(source, stepsOf(source), 'Bring it.');
      const text = applied(source, edit?.changes ?? []);
      expect(text).toBe(`${above === '' ? '' : '# T\n\n'}Bring it.\n\n## S\n\nx\n`);
      expect(text.slice(edit?.selection.anchor, edit?.selection.head)).toBe('Bring it.');
      expect(at(text)).toBe(edit?.selection.anchor);
    }
    expect(addGuide('no step', [], 'x')).toBeNull();
  });

  test('may have sentences that look like a header', () => {
    const source = 'id: a\n\n# T\n\nWords.\n\nLanguage: any\n\n## S\n';
    expect(readHeader(source).language).toBe('');
  });
});
