/** The help queue with several facilitators, and what the one who waits sees of it. */
import { inviteFacilitator } from '../support/invited.ts';
import { expect, test } from '../support/test.ts';
import { say, saying } from '../support/words.ts';

test.describe('two facilitators', () => {
  test.use({ listenOn: '0.0.0.0' });

  test('claim, hand back and resolve; everybody sees who is with whom', async ({ room }) => {
    const { facilitator } = room;
    await facilitator.openRoom(room.workshop.id);
    const mina = await inviteFacilitator(room, 'Mina');
    const ada = await room.join('Ada');
    const bob = await room.join('Bob');
    const cy = await room.join('Cy');
    await ada.askForHelp('My commit is gone');
    await expect(ada.helpSheet).toContainText(say('help_place_first', { waiting: 1 }));
    await expect(ada.helpSheet).toContainText(say('help_only_facilitators'));
    await bob.askForHelp('');
    await expect(bob.helpSheet).toContainText(say('help_place', { place: '2nd', waiting: 2 }));
    await cy.askForHelp('');
    await expect(cy.helpSheet).toContainText(say('help_place', { place: '3rd', waiting: 3 }));
    // Nobody was helped so far: how long it takes is not known, and nothing is said.
    await expect(cy.helpSheet).not.toContainText(saying('help_wait_minutes'));

    // Mina takes the newest: hers is first for her, and the other sees it.
    await mina.claim('Cy');
    await expect(mina.requests.first()).toContainText('Cy');
    const withCy = say('queue_claimed_with', { name: 'Mina', person: 'Cy' });
    await expect(facilitator.request('Cy')).toContainText(withCy);
    await expect(facilitator.requests.first()).toContainText('Ada');
    await expect(cy.helpSheet).toContainText(say('help_claimed_by', { name: 'Mina' }));
    // Now somebody was taken on, and the others are told what that makes likely.
    await expect(ada.helpSheet).toContainText(say('help_wait_minute'));

    // She is called away.
    await mina.handBack('Cy');
    await expect(cy.toast(say('help_handed_back'))).toBeVisible();
    await expect(cy.helpSheet).toContainText(say('help_place', { place: '3rd', waiting: 3 }));
    await expect(facilitator.request('Cy')).toContainText(say('queue_handed_back'));

    await facilitator.claim('Ada');
    await facilitator.resolve('Ada');
    await expect(ada.toast(say('help_resolved'))).toBeVisible();
    await expect(mina.request('Ada')).toHaveCount(0);
    await expect(mina.recentlyHelped).toContainText('Ada');
    await expect(mina.figure('queue_figure_helped')).toHaveText('1');
    await expect(mina.figure('queue_figure_waiting')).toHaveText('2');
    await expect(bob.helpSheet).toContainText(say('help_place_first', { waiting: 2 }));
  });
});

test('a sound and a notification are for who asks for them', async ({ room }) => {
  const { facilitator } = room;
  await facilitator.page.context().grantPermissions(['notifications']);
  await facilitator.openRoom(room.workshop.id);
  const sound = facilitator.page.getByRole('switch', { name: say('queue_alert_sound') });
  const notification = facilitator.page.getByRole('switch', {
    name: say('queue_alert_notification'),
  });
  await expect(sound).not.toBeChecked();
  await expect(notification).not.toBeChecked();
  await facilitator.page.getByText(say('queue_alert_sound'), { exact: true }).click();
  await facilitator.page.getByText(say('queue_alert_notification'), { exact: true }).click();
  await expect(sound).toBeChecked();
  await expect(notification).toBeChecked();
  await facilitator.page.reload();
  await expect(sound).toBeChecked();
  await expect(notification).toBeChecked();
});

test.describe('over the network', () => {
  test.use({ listenOn: '0.0.0.0' });

  test('it is said that there are no notifications', async ({ room }) => {
    const mina = await inviteFacilitator(room, 'Mina');
    await expect(mina.page.getByText(say('queue_alert_insecure'))).toBeVisible();
    const notification = mina.page.getByRole('switch', { name: say('queue_alert_notification') });
    await expect(notification).toBeDisabled();
  });
});
