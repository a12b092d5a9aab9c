/** The mails that a mall writes into its data folder: who is to type a code reads it there, as a person would. */
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { eventually } from "../../support/eventually";

export interface Mailbox {
  /** The code in the next mail to this address that was not asked for yet. */
  code(to: string): Promise<string>;
}

const MAIL_WITHIN_MS = 20_000;

/** Mails are quoted-printable where they are not ASCII. */
const readable = (mail: string): string => mail.replace(/=\r?\n/g, "").replaceAll("=3D", "=");
/** What opens something: a code, or the key of an order's link. */
const codeIn = (mail: string): string => /(?:code: |track\?key=)(\S+)/i.exec(mail)?.[1] ?? "";

export function openMailbox(folder: string): Mailbox {
  const read = new Set<string>();
  const codes = new Map<string, string>();
  let looking: Promise<void> | null = null;
  const look = async (): Promise<void> => {
    const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith(".eml") && !read.has(name));
    for (const name of names.sort()) {
      read.add(name);
      // gone again when its reader was erased meanwhile
      const mail = readable(await readFile(path.join(folder, name), "utf8").catch(() => ""));
      codes.set(/^To: (.*)$/m.exec(mail)?.[1]?.trim() ?? "", codeIn(mail));
    }
  };
  return {
    code: (to) =>
      eventually(
        `a mail to ${to}`,
        async () => {
          await (looking ??= look().finally(() => (looking = null)));
          const code = codes.get(to) ?? "";
          codes.delete(to);
          return code !== "" && code;
        },
        { timeoutMs: MAIL_WITHIN_MS },
      ),
  };
}
