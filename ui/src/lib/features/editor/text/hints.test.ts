import { expect, test } from 'vitest';

import { undescribed } from './hints';
import { blocks } from './outline';

const found = (source: string): string[] =>
  undescribed(source, blocks(source), 'Describe').map(({ from, to }) => source.slice(from, to));

test('pictures without words are hinted at, in code they are none', () => {
  const source =
    '![](a.png) ![ok](b.png) ![Describe](c.png)\n\n```\n![](d.png)\n```\n\n`![](e.png)`\n\n' +
    '- in a list\n\n  ```\n  ![](f.png)\n  ```\n\n  ![ ](g.png)\n';
  expect(found(source)).toEqual(['![](a.png)', '![Describe](c.png)', '![ ](g.png)']);
});

test('so are raw images, however they are written', () => {
  expect(found('<img src="a.png">')).toEqual(['<img src="a.png">']);
  expect(found("# T\n\ntext <IMG ALT='' src=a.png/> <img alt=b src=b.png>")).toEqual([
    "<IMG ALT='' src=a.png/>",
  ]);
  expect(found('## S\n\n- one\n  <img\n    src="a>b.png"\n    width=30 >\n- two')).toEqual([
    '<img\n    src="a>b.png"\n    width=30 >',
  ]);
  expect(
    found('<p>\n<img alt="Describe" src="a.png"><img alt = "A cat" src="b.png">\n</p>'),
  ).toEqual(['<img alt="Describe" src="a.png">']);
  expect(found('<img data-alt="no" src="a.png"> <image> <imgs>')).toEqual([
    '<img data-alt="no" src="a.png">',
  ]);
});

test('a raw image may say that there is nothing to describe', () => {
  expect(found('<img src="a.png" alt="" role="presentation">')).toEqual([]);
  expect(found('text <img src="a.png" ROLE=None>')).toEqual([]);
  expect(found('text <img src="a.png" role="img">')).toEqual(['<img src="a.png" role="img">']);
});

test('where nobody sees an image, none is hinted at', () => {
  expect(found('    <img src="a.png">')).toEqual([]);
  expect(found('```html\n<img src="a.png">\n```')).toEqual([]);
  expect(found('`<img src="a.png">` and ``a ` <img>``')).toEqual([]);
  expect(found('<!-- <img src="a.png"> -->\n\ntext <!-- <img src="a.png"> --> text')).toEqual([]);
  expect(found('<div>\n<!--\n<img src="a.png">\n-->\n</div>')).toEqual([]);
  expect(found('<aside class="positive">\n```html\n<img src="a.png">\n```\n</aside>')).toEqual([]);
  expect(found('text <img src="a.png" and no end')).toEqual([]);
});
