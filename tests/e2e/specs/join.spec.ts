import { Attendee } from '../support/attendee.ts';
import { expect, GIT, PYTHON, test } from '../support/test.ts';
import { say } from '../support/words.ts';

test('the QR code brings its own join code: a name is enough', async ({ room }) => {
  const ada = await room.join('Ada');
  expect(ada.page.url()).toBe(room.address(1));
  const grace = await room.join('Grace');
  await grace.isAt(room.step(1));
  expect((await room.facilitator.snapshot(room.workshop.id)).facilitation?.roster).toHaveLength(3);
});

test('the code leaves the address bar before anything else', async ({ room, open }) => {
  const page = await open();
  await page.goto(room.link);
  await expect(page.getByLabel(say('join_name_label'))).toBeVisible();
  expect(page.url()).toBe(`${room.server.url}/`);
});

test('who types the address types the code too', async ({ room, open }) => {
  const ada = new Attendee(await open(), 'Ada');
  await ada.page.goto(room.server.url);
  await expect(ada.page.getByRole('heading', { name: GIT })).toBeVisible();
  // In any case and with a gap, as it is read from a wall.
  await ada.giveName(`${room.code.slice(0, 3)} ${room.code.slice(3)}`.toLowerCase());
  await ada.isAt(room.step(1));
});

test('a wrong code is said so, and nothing typed is lost', async ({ room, open, watch }) => {
  watch.expectStatus(403);
  const wrong = room.code === 'AAAAAA' ? 'BBBBBB' : 'AAAAAA';
  const ada = new Attendee(await open(), 'Ada');
  await ada.page.goto(room.server.url);
  await ada.giveName(wrong);
  await expect(ada.page.getByText(say('problem_wrong_join_code'))).toBeVisible();
  await expect(ada.page.getByLabel(say('join_code_label'))).toBeFocused();
  await expect(ada.page.getByLabel(say('join_name_label'))).toHaveValue('Ada');
  await ada.giveName(room.code);
  await ada.isAt(room.step(1));
});

test('without a name nobody joins', async ({ room, open }) => {
  const page = await open();
  await page.goto(room.link);
  await page.getByRole('button', { name: say('join_submit'), exact: true }).click();
  await expect(page.getByText(say('join_name_missing'))).toBeVisible();
  await expect(page.getByLabel(say('join_name_label'))).toBeFocused();
});

test('a link with an old code still leads in', async ({ room, open }) => {
  const ada = new Attendee(await open(), 'Ada');
  await ada.page.goto(`${room.server.url}/#${room.code === 'AAAAAA' ? 'BBBBBB' : 'AAAAAA'}`);
  await expect(ada.page.getByText(say('join_code_stale'))).toBeVisible();
  await ada.giveName(room.code);
  await ada.isAt(room.step(1));
});

test('two people of the same name are told apart', async ({ room }) => {
  const first = await room.join('Ada');
  const second = await room.join('ada');
  await first.say('I am the first');
  await second.say('I am the second');
  await second.hears('I am the first');
  await expect(first.chat).toContainText('ada ·2');
  await room.facilitator.openRoom(room.workshop.id);
  await room.facilitator.sees('Ada', 1);
  await room.facilitator.sees('ada ·2', 1);
});

test('the same browser goes on in its seat', async ({ room }) => {
  const ada = await room.join('Ada');
  await ada.next();
  await ada.isAt(room.step(2));

  await ada.page.reload();
  await ada.isAt(room.step(2));
  expect(ada.page.url()).toBe(room.address(2));

  const later = new Attendee(await ada.page.context().newPage(), 'Ada');
  await later.page.goto(room.server.url);
  await later.isAt(room.step(2));
  expect((await room.facilitator.snapshot(room.workshop.id)).facilitation?.roster).toHaveLength(2);
});

test('a resume code moves the seat to another device', async ({ room, open }) => {
  const ada = await room.join('Ada');
  await ada.next();
  await ada.isAt(room.step(2));
  const code = await ada.resumeCode();

  const phone = new Attendee(await open({ viewport: { width: 360, height: 740 } }), 'Ada');
  await phone.page.goto(room.server.url);
  await phone.page.getByRole('link', { name: say('join_have_resume_code') }).click();
  await phone.page.getByLabel(say('join_resume_label')).fill(code.toLowerCase());
  await phone.page.getByRole('button', { name: say('join_resume_submit') }).click();
  await phone.isAt(room.step(2));
  expect((await room.facilitator.snapshot(room.workshop.id)).facilitation?.roster).toHaveLength(2);
});

test('a resume link works by itself, a wrong code is said so', async ({ room, open, watch }) => {
  watch.expectStatus(403);
  watch.expectStatus(404);
  const ada = await room.join('Ada');
  const code = await ada.resumeCode();
  const other = new Attendee(await open(), 'Ada');
  const submit = other.page.getByRole('button', { name: say('join_resume_submit') });

  await other.page.goto(`${room.server.url}/resume#AAAAAAAAAA`);
  await submit.click();
  await expect(other.page.getByText(say('problem_wrong_resume_code'))).toBeVisible();

  await other.page.goto('about:blank');
  await other.page.goto(`${room.server.url}/resume#${code}`);
  await submit.click();
  await other.isAt(room.step(1));
});

test('a facilitator gives a seat back to who lost it', async ({ room, open }) => {
  await room.join('Ada');
  const { facilitator } = room;
  await facilitator.openRoom(room.workshop.id);
  await facilitator.row('Ada').getByRole('button').click();
  const sheet = facilitator.page.getByRole('dialog', { name: 'Ada' });
  await sheet.getByRole('button', { name: say('person_resume_make') }).click();
  const code = await sheet.locator('strong').textContent();

  const again = new Attendee(await open(), 'Ada');
  await again.page.goto(`${room.server.url}/resume#${code ?? ''}`);
  await again.page.getByRole('button', { name: say('join_resume_submit') }).click();
  await again.isAt(room.step(1));
});

test('who comes early waits, and the door opens by itself', async ({
  server,
  facilitator,
  open,
}) => {
  const early = await open();
  await early.goto(server.url);
  await expect(early.getByText(say('join_wait_title'))).toBeVisible();
  await facilitator.startWorkshop([GIT]);
  await expect(early.getByLabel(say('join_name_label'))).toBeVisible();
});

test('with two workshops the code chooses, and so can people', async ({ room, open }) => {
  const { facilitator, server } = room;
  const python = await facilitator.startWorkshop([PYTHON]);
  const { joinCode } = await facilitator.lobby(python.id);
  const page = await open();
  await page.goto(server.url);
  await expect(page.getByRole('heading', { name: say('join_choose_title') })).toBeVisible();
  await expect(page.getByText(GIT)).toBeVisible();
  await expect(page.getByText(PYTHON)).toBeVisible();

  const linus = new Attendee(await open(), 'Linus');
  await linus.page.goto(`${server.url}/#${joinCode}`);
  await expect(linus.page.getByRole('heading', { name: PYTHON })).toBeVisible();
  await linus.giveName();
  await expect(linus.page).toHaveURL(new RegExp(`/w/${python.id}/`));
});
