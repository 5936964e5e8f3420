/** Reading back what was said before. */
import { client } from './client';
import { result } from './result';

/**
 * One page of messages, the newest that there are before one.
 *
 * @param query `with`: direct messages with an attendee instead of what was said to everybody
 */
export const messagesBefore = (workshop: string, query: { before?: number; with?: number }) =>
  result(
    client.GET('/api/v1/workshops/{workshop}/messages', {
      params: { path: { workshop }, query },
    }),
  );
