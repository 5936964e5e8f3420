/** The words on the screen, from the message catalogue that the interface itself is made of. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { REPOSITORY } from './programs.ts';

import type attendee from '../../../ui/messages/en/attendee.json';
import type board from '../../../ui/messages/en/board.json';
import type common from '../../../ui/messages/en/common.json';
import type content from '../../../ui/messages/en/content.json';
import type conversation from '../../../ui/messages/en/conversation.json';
import type editor from '../../../ui/messages/en/editor.json';
import type facilitator from '../../../ui/messages/en/facilitator.json';
import type imports from '../../../ui/messages/en/imports.json';
import type materials from '../../../ui/messages/en/materials.json';
import type pace from '../../../ui/messages/en/pace.json';
import type polls from '../../../ui/messages/en/polls.json';
import type problems from '../../../ui/messages/en/problems.json';
import type quizzes from '../../../ui/messages/en/quizzes.json';
import type remoteImages from '../../../ui/messages/en/remote-images.json';
import type report from '../../../ui/messages/en/report.json';
import type undelivered from '../../../ui/messages/en/undelivered.json';

export type Locale = 'en' | 'ko';
export type Key =
  | keyof typeof attendee
  | keyof typeof board
  | keyof typeof common
  | keyof typeof content
  | keyof typeof conversation
  | keyof typeof editor
  | keyof typeof facilitator
  | keyof typeof imports
  | keyof typeof materials
  | keyof typeof pace
  | keyof typeof polls
  | keyof typeof problems
  | keyof typeof quizzes
  | keyof typeof remoteImages
  | keyof typeof report
  | keyof typeof undelivered;
type Values = Record<string, string | number>;

const FILES = [
  'attendee',
  'board',
  'common',
  'content',
  'conversation',
  'editor',
  'facilitator',
  'imports',
  'materials',
  'pace',
  'polls',
  'problems',
  'quizzes',
  'remote-images',
  'report',
  'undelivered',
];

function catalogue(locale: Locale): Record<string, string> {
  const read = (file: string): unknown =>
    JSON.parse(readFileSync(join(REPOSITORY, 'ui/messages', locale, `${file}.json`), 'utf8'));
  return Object.assign({}, ...FILES.map(read)) as Record<string, string>;
}

const WORDS: Record<Locale, Record<string, string>> = {
  en: catalogue('en'),
  ko: catalogue('ko'),
};

function message(key: Key, locale: Locale): string {
  const words = WORDS[locale][key];
  if (words === undefined) throw new Error(`there is no message ${key} in ${locale}`);
  return words;
}

/** A message with its values filled in. */
export function say(key: Key, values: Values = {}, locale: Locale = 'en'): string {
  return message(key, locale).replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`message ${key} needs ${name}`);
    return String(value);
  });
}

/** A message whatever its values are. */
export function saying(key: Key, locale: Locale = 'en'): RegExp {
  const parts = message(key, locale).split(/\{\w+\}/);
  return new RegExp(parts.map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.*'));
}
