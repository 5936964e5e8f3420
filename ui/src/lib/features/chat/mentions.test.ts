import { describe, expect, test } from 'vitest';

import type { Person } from '$lib/api/wire';

import { completed, mentionedSeats, mentionQuery, splitMentions, suggestions } from './mentions';

const person = (seat: number, name: string, ordinal = 1): Person => ({
  seat,
  role: seat < 2 ? 'facilitator' : 'attendee',
  name,
  ordinal,
});
const mina = person(1, 'Mina');
const ada = person(2, 'Ada');
const otherAda = person(3, 'Ada', 2);
const grace = person(4, 'Grace Hopper');
const minsu = person(5, '민수');
const people = [mina, ada, otherAda, grace, minsu];

describe('who is called', () => {
  test.each([
    ['@Ada look', [2]],
    ['hi @ada, @Grace Hopper!', [2, 4]],
    ['@Ada\u00a0·2 not the first', [3]],
    ['@Ada ·2 with another space', [3]],
    ['@민수님 보세요', [5]],
    ['(@Mina)', [1]],
    ['@Ada and @Ada again', [2]],
    ['@Adam', []],
    ['ada@Ada.test', []],
    ['@nobody @', []],
    ['', []],
  ])('%s', (text, seats) => {
    expect(mentionedSeats(text, people)).toEqual(seats);
  });

  test('no more than the server takes', () => {
    const crowd = Array.from({ length: 30 }, (_, index) =>
      person(index + 10, `P${String(index)}x`),
    );
    const text = crowd.map(({ name }) => `@${name}`).join(' ');
    expect(mentionedSeats(text, crowd)).toHaveLength(20);
  });

  test.each(['@Ada, see @Grace Hopper.', 'x', '@', '@@Ada@', ''])(
    'the pieces of %j are the whole',
    (text) => {
      expect(
        splitMentions(text, people)
          .map((segment) => segment.text)
          .join(''),
      ).toBe(text);
    },
  );
});

describe('a mention that is being written', () => {
  test.each([
    ['@', { at: 0, term: '' }],
    ['hi @gra', { at: 3, term: 'gra' }],
    ['@Grace Ho', { at: 0, term: 'Grace Ho' }],
    ['a\n@민', { at: 2, term: '민' }],
    ['mail@ada', null],
    ['@ ada', null],
    ['@one two three', null],
    ['@ada\nnext', null],
    ['none', null],
  ])('%j', (text, query) => {
    expect(mentionQuery(text, text.length)).toEqual(query);
  });

  test('is found by any word, facilitators first', () => {
    expect(suggestions(people, 'hop', 8)).toEqual([grace]);
    expect(suggestions(people, 'ada', 8)).toEqual([ada, otherAda]);
    expect(suggestions(people, '', 2)).toEqual([mina, ada]);
    expect(suggestions(people, 'zz', 8)).toEqual([]);
  });

  test('is written out with a space behind it', () => {
    expect(completed('hi @gra!', { at: 3, term: 'gra' }, grace)).toEqual({
      text: 'hi @Grace Hopper !',
      cursor: 17,
    });
    expect(completed('@a now', { at: 0, term: 'a' }, ada)).toEqual({ text: '@Ada now', cursor: 5 });
  });
});
