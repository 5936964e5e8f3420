import { afterEach, expect, test, vi } from 'vitest';

import { client } from './client';

/** Answers the next request and remembers it. */
function answer(body: string, status = 200): ReturnType<typeof vi.fn<typeof fetch>> {
  const spy = vi.fn<typeof fetch>(() => Promise.resolve(new Response(body, { status })));
  vi.stubGlobal('fetch', spy);
  return spy;
}

afterEach(() => {
  vi.unstubAllGlobals();
});

test('an address is filled in and escaped', async () => {
  const spy = answer('{"items":[],"hasOlder":false}');
  const { data } = await client.GET('/api/v1/workshops/{workshop}/messages', {
    params: { path: { workshop: 'a/b' }, query: { before: 7 } },
  });
  expect(spy.mock.calls[0]?.[0]).toBe('/api/v1/workshops/a%2Fb/messages?before=7');
  expect(data).toEqual({ items: [], hasOlder: false });
});

test('a body travels as JSON', async () => {
  const spy = answer('{"id":"f","name":"Mina"}');
  await client.PUT('/api/v1/facilitators/me', { body: { name: 'Mina' } });
  expect(spy.mock.calls[0]).toEqual([
    '/api/v1/facilitators/me',
    {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: '{"name":"Mina"}',
    },
  ]);
});

const END = { params: { path: { workshop: 'w' } } };

test('without a body none is announced', async () => {
  const spy = answer('{}');
  await client.POST('/api/v1/workshops/{workshop}/end', END);
  expect(spy.mock.calls[0]?.[1]).toEqual({ method: 'POST' });
});

test('a text stays a text', async () => {
  answer('<p>1</p>');
  const { data } = await client.GET('/api/v1/contents/{hash}', {
    params: { path: { hash: 'h' } },
    parseAs: 'text',
  });
  expect(data).toBe('<p>1</p>');
});

test('a refusal is an error, also when it is not ours', async () => {
  answer('{"code":"room_full"}', 409);
  expect((await client.POST('/api/v1/workshops/{workshop}/end', END)).error).toEqual({
    code: 'room_full',
  });
  answer('<html>proxy</html>', 502);
  const { data, error, response } = await client.POST('/api/v1/workshops/{workshop}/end', END);
  expect([data, error, response.status]).toEqual([undefined, undefined, 502]);
});

test('an answer without a body is no data', async () => {
  const spy = answer('');
  const { data, response } = await client.DELETE('/api/v1/codelabs/{codelab}', {
    params: { path: { codelab: 'c' } },
  });
  expect([data, response.ok, spy.mock.calls.length]).toEqual([undefined, true, 1]);
});
