/** What becomes of a picture on the internet, in the words of the screen. */
import type { DownloadedImage, DownloadRefusal } from '$lib/api/wire';
import { sizeWords } from '$lib/browser/size-words';
import { m } from '$lib/paraglide/messages';

const REFUSALS: Record<DownloadRefusal, () => string> = {
  address: m.remote_refusal_address,
  broken: m.remote_refusal_broken,
  insecure: m.remote_refusal_insecure,
  not_an_image: m.remote_refusal_not_an_image,
  not_found: m.remote_refusal_not_found,
  not_given: m.remote_refusal_not_given,
  private: m.remote_refusal_private,
  redirects: m.remote_refusal_redirects,
  too_large: m.remote_refusal_too_large,
  too_many: m.remote_refusal_too_many,
  too_many_pixels: m.remote_refusal_too_many_pixels,
  too_slow: m.remote_refusal_too_slow,
  total_too_large: m.remote_refusal_total_too_large,
  unreachable: m.remote_refusal_unreachable,
};

/** How far a picture is, or why it stays where it is. */
export function pictureText(image: DownloadedImage, locale: string): string {
  switch (image.state) {
    case 'waiting':
      return m.remote_state_waiting();
    case 'loading':
      return image.receivedBytes > 0
        ? m.remote_state_loading_size({ size: sizeWords(image.receivedBytes, locale) })
        : m.remote_state_loading();
    case 'taken':
      return m.remote_state_taken();
    case 'refused':
      return image.refusal ? REFUSALS[image.refusal]() : '';
  }
}
