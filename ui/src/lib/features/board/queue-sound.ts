/** Two soft tones, made by the browser itself: there is no file to fetch. */

/** Hertz of the tones, and how long each takes. */
const TONES = [660, 880];
const TONE_S = 0.18;
const VOLUME = 0.2;

/** To wake up the machine's sound takes some time, in milliseconds. */
const PATIENCE_MS = 500;

let context: AudioContext | null = null;

/** Whether this browser can make sounds. */
export function canSound(): boolean {
  return 'AudioContext' in globalThis;
}

/**
 * Plays it. Browsers keep a page silent until somebody has clicked or typed in it: `false` when
 * that is so, and nothing is heard.
 */
export async function playSound(): Promise<boolean> {
  if (!canSound()) return false;
  context ??= new AudioContext();
  const output = context;
  // Before the first click the promise waits for that click: do not wait with it.
  const patience = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
  await Promise.race([output.resume(), patience]);
  if (output.state !== 'running') return false;
  TONES.forEach((hertz, index) => {
    const begin = output.currentTime + index * TONE_S;
    const tone = output.createOscillator();
    const volume = output.createGain();
    tone.frequency.value = hertz;
    volume.gain.setValueAtTime(0, begin);
    volume.gain.linearRampToValueAtTime(VOLUME, begin + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.001, begin + TONE_S);
    tone.connect(volume).connect(output.destination);
    tone.start(begin);
    tone.stop(begin + TONE_S);
  });
  return true;
}
