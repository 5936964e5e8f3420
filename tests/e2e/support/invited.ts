/** Somebody who was invited to help run the workshop. The server must listen on a network. */
import { expect } from './expect.ts';
import { Facilitator } from './facilitator.ts';
import type { Room } from './room.ts';
import { say } from './words.ts';

/** Comes by an invitation link, gives a name, and opens the room. */
export async function inviteFacilitator(room: Room, name: string): Promise<Facilitator> {
  const { links } = await room.facilitator.post<{ links: string[] }>('/invitations');
  const secret = links[0]?.split('#')[1];
  if (secret === undefined) throw new Error('the invitation has no link');
  const page = await room.open();
  await page.goto(`${room.server.url}/enter#${secret}`);
  await page.getByLabel(say('enter_name')).fill(name);
  await page.getByRole('button', { name: say('enter_submit') }).click();
  await expect(page.getByRole('heading', { name: say('frame_library') })).toBeVisible();
  const invited = new Facilitator(page, room.server.url);
  await invited.openRoom(room.workshop.id);
  return invited;
}
