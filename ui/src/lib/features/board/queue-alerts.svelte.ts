/**
 * Tells a facilitator who looks elsewhere that somebody newly waits: by a sound, by a notification
 * of the desktop. Both are off until they are switched on, and that is remembered in this browser.
 */
import type { HelpRequest } from '$lib/api/wire';
import * as storage from '$lib/browser/storage';
import { m } from '$lib/paraglide/messages';
import { personName } from '$lib/workshop/person-name';

import { playSound } from './queue-sound';

const SOUND = 'queue-sound';
const NOTIFICATION = 'queue-notification';
const ON = 'on';

/** Why there are no notifications to be had; `null` when there are. */
export type NoNotification = 'unsupported' | 'insecure' | 'denied' | null;

export function noNotification(): NoNotification {
  if (!window.isSecureContext) return 'insecure';
  if (!('Notification' in globalThis)) return 'unsupported';
  return Notification.permission === 'denied' ? 'denied' : null;
}

export class QueueAlerts {
  sound = $state(storage.read(SOUND) === ON);
  notification = $state(storage.read(NOTIFICATION) === ON && isAllowed());
  /** The sound was due, and the browser did not let it out. */
  isSilenced = $state(false);
  /** Why a notification cannot be shown. */
  obstacle = $state.raw<NoNotification>(noNotification());

  /** Requests that were seen; `null` before the first look. */
  #seen: ReadonlySet<number> | null = null;

  /** Switches the sound, and lets it be heard. */
  async setSound(isOn: boolean): Promise<void> {
    this.sound = isOn;
    remember(SOUND, isOn);
    this.isSilenced = false;
    if (isOn) await this.#ring();
  }

  /** Switches notifications; the browser asks its person first. */
  async setNotification(isOn: boolean): Promise<void> {
    this.notification = isOn && (await mayNotify());
    this.obstacle = noNotification();
    remember(NOTIFICATION, this.notification);
  }

  /**
   * Looks at who waits. Those who waited when the page opened are no news, and neither is a request
   * that was handed back: somebody has seen it.
   */
  look(waiting: readonly HelpRequest[]): void {
    const seen = this.#seen;
    const news = seen === null ? [] : waiting.filter(({ id }) => !seen.has(id));
    this.#seen = new Set([...(seen ?? []), ...waiting.map(({ id }) => id)]);
    if (news.length === 0) return;
    if (this.sound) void this.#ring();
    if (this.notification && !document.hasFocus()) notify(news);
  }

  async #ring(): Promise<void> {
    this.isSilenced = !(await playSound());
    if (!this.isSilenced) return;
    const clicked = (): void => {
      this.isSilenced = false;
    };
    addEventListener('pointerdown', clicked, { once: true });
  }
}

function isAllowed(): boolean {
  return noNotification() === null && Notification.permission === 'granted';
}

async function mayNotify(): Promise<boolean> {
  if (noNotification() !== null) return false;
  return (await Notification.requestPermission()) === 'granted';
}

/** Who, and no word of what they wrote: desktops are shown on projectors. */
function notify(news: readonly HelpRequest[]): void {
  const [first] = news;
  if (first === undefined) return;
  const text =
    news.length === 1
      ? m.queue_notify_one({ name: personName(first.from) })
      : m.queue_notify_many({ count: news.length });
  const shown = new Notification(text, { tag: 'help-queue' });
  shown.onclick = () => {
    window.focus();
    shown.close();
  };
}

function remember(key: string, isOn: boolean): void {
  if (isOn) storage.write(key, ON);
  else storage.remove(key);
}
