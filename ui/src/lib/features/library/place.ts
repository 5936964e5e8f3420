/** A place in a file, as editors and compilers write it: `index.md:12`. */
export function place({ file, line }: { file: string; line?: number | null | undefined }): string {
  return line === undefined || line === null ? file : `${file}:${String(line)}`;
}
