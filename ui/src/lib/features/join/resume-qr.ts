import { client } from '$lib/api/client';
import { result, type Result } from '$lib/api/result';

/**
 * The QR code of the link with a resume code, as an SVG: drawn by the server, since a page that is
 * light enough for a room brings nothing to draw one with. The code travels in the body of a
 * request, so that no log and no history holds it.
 */
export const resumeQr = (workshop: string, resumeCode: string): Promise<Result<string>> =>
  result(
    client.POST('/api/v1/workshops/{workshop}/seat/resume-qr', {
      params: { path: { workshop } },
      body: { resumeCode },
      parseAs: 'text',
    }),
  );
