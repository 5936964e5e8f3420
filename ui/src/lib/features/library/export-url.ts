/** Where a codelab can be had as a file. */
import type { operations } from '$lib/api/schema';

export type ExportFormat = operations['export_codelab']['parameters']['query']['format'];

export function exportUrl(codelab: string, format: ExportFormat, language: string): string {
  const query = new URLSearchParams({ format, language });
  return `/api/v1/codelabs/${codelab}/export?${query.toString()}`;
}
