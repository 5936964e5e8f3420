/** One more facilitator, by an invitation. The server must listen on a network to have a link. */
import { expect } from './expect.ts';
import { Facilitator } from './facilitator.ts';
import type { Room } from './room.ts';
import { say } from './words.ts';

/** Makes an invitation, opens it in a browser of its own, and is in the room. */
export async function inviteInto(room: Room, name: string): Promise<Facilitator> {
  const { links } = await room.facilitator.post<{ links: string[] }>('/invitations');
  // The links name the machine's networks; any way to it will do.
  const secret = links[0]?.split('#')[1];
  if (secret === undefined) throw new Error('the invitation has no link');
  const invited = new Facilitator(await room.open(), room.server.url);
  await invited.page.goto(`${room.server.url}/enter#${secret}`);
  await invited.page.getByLabel(say('enter_name')).fill(name);
  await invited.page.getByRole('button', { name: say('enter_submit') }).click();
  await expect(invited.page.getByRole('heading', { name: say('frame_library') })).toBeVisible();
  await invited.openRoom(room.workshop.id);
  return invited;
}
