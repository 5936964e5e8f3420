import { expect, test } from 'vitest';

import { m } from '$lib/paraglide/messages';

import { chatBadge, chatLabel } from './chat-mark';

test('nothing new has no mark', () => {
  const news = { unread: 0, unreadDirect: 0, isCalled: false };
  expect(chatBadge(news)).toBeUndefined();
  expect(chatLabel(news)).toBeUndefined();
});

test('both parts are counted, and a call comes first', () => {
  const news = { unread: 3, unreadDirect: 2, isCalled: false };
  expect(chatBadge(news)).toBe('5');
  expect(chatLabel(news)).toBe(m.talk_open_direct({ count: 5 }));
  expect(chatLabel({ ...news, unreadDirect: 0 })).toBe(m.chat_open_unread({ count: 3 }));
  expect(chatBadge({ ...news, isCalled: true })).toBe('@5');
  expect(chatLabel({ ...news, isCalled: true })).toBe(m.talk_open_called({ count: 5 }));
  expect(chatBadge({ ...news, unread: 200 })).toBe('99+');
});
