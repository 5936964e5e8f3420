/** A soft tone when a countdown ends. Off until somebody wants it. */
import * as storage from '$lib/browser/storage';

const KEY = 'timer-chime';
const TONES_HZ = [523.25, 659.25];
const TONE_S = 0.9;
const LOUDNESS = 0.15;

export const isChimeOn = (): boolean => storage.read(KEY) !== null;

export function setChime(on: boolean): void {
  if (on) storage.write(KEY, 'yes');
  else storage.remove(KEY);
}

/** Two tones that fade, one after the other. A browser that allows no sound stays silent. */
export function chime(): void {
  try {
    const audio = new AudioContext();
    const end = TONES_HZ.length * (TONE_S / 2) + TONE_S;
    TONES_HZ.forEach((frequency, index) => {
      const at = audio.currentTime + index * (TONE_S / 2);
      const tone = new OscillatorNode(audio, { frequency });
      const loudness = new GainNode(audio, { gain: 0 });
      loudness.gain.setValueAtTime(0, at);
      loudness.gain.linearRampToValueAtTime(LOUDNESS, at + 0.03);
      loudness.gain.exponentialRampToValueAtTime(0.001, at + TONE_S);
      tone.connect(loudness).connect(audio.destination);
      tone.start(at);
      tone.stop(at + TONE_S);
    });
    setTimeout(() => void audio.close(), end * 1000);
  } catch {
    // No sound here: the bar shows it.
  }
}
