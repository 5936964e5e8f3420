import type { Locator } from '@playwright/test';

import type { Attendee } from '../support/attendee.ts';
import { inviteFacilitator } from '../support/invited.ts';
import { PaceBar } from '../support/pace-bar.ts';
import { expect, test } from '../support/test.ts';
import { say } from '../support/words.ts';

const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

const question = ({ page }: Attendee): Locator =>
  page.getByRole('region', { name: say('pace_question_label') });

const answer = async (who: Attendee, key: 'pace_done' | 'pace_stuck'): Promise<void> => {
  await question(who)
    .getByRole('button', { name: say(key), exact: true })
    .click();
};

test.describe('with two facilitators', () => {
  test.use({ listenOn: '0.0.0.0' });

  test('is everybody there? three counts, the names, and a second thought', async ({ room }) => {
    const { facilitator, workshop } = room;
    const ada = await room.join('Ada');
    const bob = await room.join('Bob', PHONE);
    const cleo = await room.join('Cleo');
    await facilitator.openRoom(workshop.id);
    const mina = new PaceBar((await inviteFacilitator(room, 'Mina')).page);
    const bar = new PaceBar(facilitator.page);
    await facilitator.isOnline('Cleo', true);
    await cleo.page.close();
    await facilitator.isOnline('Cleo', false);

    await bar.ask(2);
    await bar.counts(0, 0, 3);
    await mina.counts(0, 0, 3);
    const asked = say('pace_question', { position: 2 });
    await expect(question(ada)).toContainText(asked);
    await expect(question(bob)).toBeInViewport();
    await answer(ada, 'pace_done');
    await bar.counts(1, 0, 2);
    await answer(bob, 'pace_stuck');
    await mina.counts(1, 1, 1);

    const names = await bar.names();
    await expect(names.getByRole('list', { name: say('pace_count_done') })).toHaveText('Ada');
    await expect(names.getByRole('list', { name: say('pace_count_stuck') })).toHaveText('Bob');
    const silent = names.getByRole('list', { name: say('pace_count_silent') });
    await expect(silent).toContainText('Cleo');
    await expect(silent).toContainText(say('pace_away'));
    await facilitator.page.keyboard.press('Escape');

    // Who is stuck is offered help; who is not any more says so.
    await question(bob)
      .getByRole('button', { name: say('help_ask') })
      .click();
    await expect(bob.helpSheet).toBeVisible();
    await bob.closeSheet();
    await question(bob)
      .getByRole('button', { name: say('pace_change') })
      .click();
    await answer(bob, 'pace_done');
    await bar.counts(2, 0, 1);
    await bob.page.reload();
    await expect(question(bob)).toContainText(say('pace_answered_done', { position: 2 }));

    await bar.button(say('pace_close')).click();
    await expect(question(ada)).toHaveCount(0);
    await expect(mina.question).toContainText(say('pace_is_closed'));
    // A new question begins anew, whoever asks it.
    await mina.ask(3);
    await bar.counts(0, 0, 3);
    await expect(question(bob)).toContainText(say('pace_question', { position: 3 }));
  });

  test('follow me: led, left, rejoined, taken over', async ({ room }) => {
    const { facilitator, workshop } = room;
    const ada = await room.join('Ada');
    const bob = await room.join('Bob', PHONE);
    const cleo = await room.join('Cleo');
    await facilitator.openRoom(workshop.id);
    const invited = await inviteFacilitator(room, 'Mina');
    const bar = new PaceBar(facilitator.page);
    const mina = new PaceBar(invited.page);

    await mina.takeLead();
    await expect(mina.lead).toContainText(say('pace_follow_many', { count: 3 }));
    await mina.leadOn(room.step(2));
    for (const person of [ada, bob, cleo]) await person.isAt(room.step(2));
    const following = say('pace_following_at', { name: 'Mina', position: 2 });
    await expect(ada.page.getByText(following)).toBeVisible();
    await expect(bob.page.getByText(following)).toBeInViewport();
    await facilitator.sees('Bob', 2);

    // A page of one's own leaves the lead, and so does the button.
    await ada.next();
    await ada.isAt(room.step(3));
    await cleo.page.getByRole('button', { name: say('pace_stop_following') }).click();
    await expect(mina.lead).toContainText(say('pace_follow_one'));
    // Who writes goes on writing while the page turns.
    await bob.page
      .getByRole('button', { name: say('chat_title') })
      .filter({ visible: true })
      .click();
    await bob.messageField.fill('one mo');
    await mina.leadOn(room.step(3));
    await mina.leadOn(room.step(4));
    await bob.isAt(room.step(4));
    await expect(bob.messageField).toBeFocused();
    await expect(bob.messageField).toHaveValue('one mo');
    await ada.isAt(room.step(3));
    await cleo.isAt(room.step(2));
    await cleo.page.reload();
    await cleo.isAt(room.step(2));

    await ada.page.getByRole('button', { name: say('pace_rejoin') }).click();
    await ada.isAt(room.step(4));
    await expect(mina.lead).toContainText(say('pace_follow_many', { count: 2 }));

    // There is one lead at a time.
    await bar.button(say('pace_take_over')).click();
    const sure = facilitator.page.getByRole('alertdialog', {
      name: say('pace_take_over_title', { name: 'Mina' }),
    });
    await sure.getByRole('button', { name: say('pace_take_over') }).click();
    await expect(bar.lead).toBeVisible();
    await expect(mina.lead).toHaveCount(0);
    await bar.leadOn(room.step(2));
    await ada.isAt(room.step(2));
    await bob.isAt(room.step(2));

    await bar.button(say('pace_lead_stop')).click();
    await expect(ada.page.getByRole('button', { name: say('pace_stop_following') })).toHaveCount(0);
    await ada.next();
    await ada.isAt(room.step(3));
    await expect(mina.button(say('pace_lead'))).toBeVisible();
  });

  test('who has opened no step leads from the first one, from the first moment on', async ({
    room,
  }) => {
    const { page } = room.facilitator;
    const taken: string[] = [];
    page.on('websocket', (socket) => {
      socket.on('framereceived', ({ payload }) => {
        if (payload.includes('"lead_taken"')) taken.push(payload.toString());
      });
    });
    await room.facilitator.openRoom(room.workshop.id);
    const bar = new PaceBar(page);
    await bar.takeLead();
    await expect(bar.lead).toContainText(room.step(1));
    expect(taken).toHaveLength(1);
    expect(taken[0]).toContain('"step"');
    await bar.leadOn(room.step(2));
  });

  test('a countdown by the server’s clock, seen by everybody', async ({ room }) => {
    const { facilitator, workshop } = room;
    await facilitator.openRoom(workshop.id);
    const mina = new PaceBar((await inviteFacilitator(room, 'Mina')).page);
    const bar = new PaceBar(facilitator.page);
    const ada = await room.join('Ada');
    await bar.startTimer(2, 'Coffee');
    const clock = ada.page.getByRole('timer');
    await expect(clock).toHaveText(/^(2:00|1:5\d)$/);
    await expect(ada.page.getByText('Coffee', { exact: true })).toBeVisible();
    await mina.button(say('pace_timer_more')).click();
    await expect(clock).toHaveText(/^(3:00|2:[45]\d)$/);
    const late = await room.join('Bob', PHONE);
    await expect(late.page.getByRole('timer')).toHaveText(/^2:\d\d$/);

    // The same on a wall.
    await facilitator.page.getByRole('button', { name: say('pace_stage_open') }).click();
    const wall = facilitator.page.getByRole('dialog', { name: say('pace_stage') });
    await expect(wall.getByRole('timer')).toHaveText(/^2:\d\d$/);
    await wall.getByRole('button', { name: say('common_close') }).click();
    await expect(wall).toHaveCount(0);

    await mina.button(say('pace_timer_stop')).click();
    await expect(clock).toHaveCount(0);
    await bar.startTimer(0.05, 'Blink');
    await expect(bar.timer).toContainText(say('pace_time_up'));
    await expect(
      ada.page.getByText(say('pace_timer_over', { label: 'Blink' })).first(),
    ).toBeVisible();
  });
});

test('steps ahead: locked, said, opened', async ({ room, watch }) => {
  const { facilitator, workshop } = room;
  const bar = new PaceBar(facilitator.page);
  await facilitator.openRoom(workshop.id);
  await bar.openUpTo(2, room.step(2));

  const ada = await room.join('Ada');
  const fetched: string[] = [];
  ada.page.on('request', (request) => fetched.push(request.url()));
  const locked = ada.steps.filter({ hasText: room.step(3) });
  await expect(locked).toContainText(say('pace_locked'));
  await expect(locked.getByRole('link')).toHaveCount(0);
  await ada.next();
  await ada.isAt(room.step(2));
  const next = ada.page.getByRole('button', { name: say('step_next'), exact: true });
  await expect(next.filter({ visible: true })).toBeDisabled();
  await expect(ada.page.getByText(say('pace_next_locked')).first()).toBeVisible();
  await ada.page.keyboard.press('ArrowRight');
  await ada.isAt(room.step(2));
  // What is fetched while one reads is fetched by now; a locked step is not.
  await ada.page.reload();
  await ada.isAt(room.step(2));
  await ada.hasTools();

  // A link to a locked step explains itself, leads back, and opens with the step.
  await ada.page.goto(room.address(4));
  const title = say('pace_locked_title', { step: room.step(4) });
  await expect(ada.page.getByText(title)).toBeVisible();
  const back = say('pace_locked_back', { position: 2, step: room.step(2) });
  await ada.page.getByRole('link', { name: back }).click();
  await ada.isAt(room.step(2));
  await ada.page.goto(room.address(4));
  await expect(ada.page.getByText(title)).toBeVisible();
  await expect(ada.messageField).toBeVisible();
  const contents = room.agenda[0]?.steps.slice(2).map(({ content }) => content) ?? [];
  expect(fetched.filter((url) => contents.some((hash) => url.includes(hash)))).toEqual([]);

  await bar.button(say('pace_open_next', { position: 3 })).click();
  await bar.button(say('pace_open_next', { position: 4 })).click();
  await ada.isAt(room.step(4));
  await facilitator.sees('Ada', 4);
  await bar.openUpTo(1, room.step(1));
  await expect(ada.page.getByText(title)).toBeVisible();
  // Leading opens what it leads to.
  await bar.takeLead();
  await bar.leadOn(room.step(2));
  await ada.isAt(room.step(2));
  await expect(bar.button(say('pace_limit_at', { position: 2 }))).toBeVisible();
  expect(watch.problems).toEqual([]);
});
