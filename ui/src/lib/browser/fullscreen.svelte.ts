/** Whether the page fills the screen, and the way in and out. */
export class Fullscreen {
  isOn = $state(document.fullscreenElement !== null);
  /** Not every window can, phones mostly cannot. */
  readonly isPossible = document.fullscreenEnabled;

  /** Follows the browser until the returned function is called. */
  follow(): () => void {
    const changed = (): void => {
      this.isOn = document.fullscreenElement !== null;
    };
    document.addEventListener('fullscreenchange', changed);
    return () => {
      document.removeEventListener('fullscreenchange', changed);
    };
  }

  async toggle(): Promise<void> {
    try {
      if (this.isOn) await document.exitFullscreen();
      else await document.documentElement.requestFullscreen();
    } catch {
      // The browser said no; the page is as large as its window.
    }
  }
}
