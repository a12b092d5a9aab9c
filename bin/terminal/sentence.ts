/** A fault that is told to a person as it stands, without a stack: it says what, why, and what to do. */
export class Sentence extends Error {
  override readonly name = "Sentence";
}

const hint = (code: string, path: string): string | undefined => {
  const where = path ? ` (${path})` : "";
  const known: Readonly<Record<string, string>> = {
    ENOSPC: `The disk is full${where}. Make room, or name a folder on another disk with --data.`,
    EDQUOT: `The disk quota is used up${where}. Make room, or name another folder with --data.`,
    EACCES: `Access is denied${where}. Give this user the right to write there, or name another folder with --data.`,
    EPERM: `The system does not allow it${where}. Name a folder of this user with --data.`,
    EROFS: `The disk can only be read${where}. Name another folder with --data.`,
    ENOTDIR: `A part of the path is a file, not a folder${where}. Name another folder.`,
    ENOENT: `There is no such file or folder${where}.`,
    EISDIR: `A file is wanted, but this is a folder${where}.`,
    EADDRINUSE: `The port is in use by another program${where}. Stop it, or choose another with --port (0 takes any).`,
    EMFILE: "This process may not open more files. Raise the limit with `ulimit -n 4096` and try again.",
  };
  return known[code];
};

/** What a person is told of any fault. */
export function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code, path } = error as { code?: unknown; path?: unknown };
  const known = typeof code === "string" ? hint(code, typeof path === "string" ? path : "") : undefined;
  return known ?? error.message;
}
