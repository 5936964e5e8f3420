/** A prompt in front of a command. */
const PROMPT = '$ ';

/** A prompt in front of a command's next line. */
const CONTINUED = '> ';

/**
 * What copying a code block puts into the clipboard. A terminal that shows prompts is copied
 * without them and without what the commands printed: it is meant to be pasted and run.
 */
export function textToCopy(code: string, isConsole: boolean): string {
  const lines = code.split('\n');
  if (!isConsole || !lines.some((line) => line.startsWith(PROMPT))) return code;
  const commands: string[] = [];
  let continues = false;
  for (const line of lines) {
    if (line.startsWith(PROMPT)) commands.push(line.slice(PROMPT.length));
    else if (continues)
      commands.push(line.startsWith(CONTINUED) ? line.slice(CONTINUED.length) : line);
    else continue;
    continues = line.trimEnd().endsWith('\\');
  }
  return commands.join('\n');
}
