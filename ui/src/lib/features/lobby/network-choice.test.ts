import { expect, test } from 'vitest';

import type { LobbyAddress } from '$lib/api/wire';

import { chooseNetwork } from './network-choice';

function address(name: string, ip: string): LobbyAddress {
  const url = `http://${ip}`;
  return { url, joinUrl: `${url}/#ABC`, interface: name, kind: 'wireless', qr: `/qr?host=${ip}` };
}

const wifi = address('wlan0', '192.168.1.20');
const cable = address('eth0', '10.0.0.5');

test('without a choice the most likely one is big', () => {
  expect(chooseNetwork([wifi, cable], null)).toBe(wifi);
});

test('the choice holds, also when the address changes', () => {
  expect(chooseNetwork([wifi, cable], 'eth0')).toBe(cable);
  const moved = address('eth0', '10.0.0.77');
  expect(chooseNetwork([wifi, moved], 'eth0')).toBe(moved);
});

test('a network that is gone gives way, and returns as the choice', () => {
  expect(chooseNetwork([wifi], 'eth0')).toBe(wifi);
  expect(chooseNetwork([], 'eth0')).toBeNull();
});
