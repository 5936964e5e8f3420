/** A place in a file, as editors and compilers write it: `index.md:12:5`. */
export function place(where: {
  file: string;
  line?: number | null | undefined;
  column?: number | null | undefined;
}): string {
  const { file, line, column } = where;
  if (line === undefined || line === null) return file;
  const at = `${file}:${String(line)}`;
  return column === undefined || column === null ? at : `${at}:${String(column)}`;
}
