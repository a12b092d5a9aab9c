/** The mails of a mall on this machine, where they are files. */
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";

export interface Mailbox {
  /** The next mail to this address as text, or null when none has come in time: mails go out by a mail server. */
  next(address: string): Promise<string | null>;
}

const WITHIN_MS = 5_000;
const LOOK_EVERY_MS = 50;

/** As it is read: soft line ends of quoted-printable text taken out. */
const readable = (mail: string): string => mail.replace(/=\r?\n/g, "").replaceAll("=3D", "=");

const mailsIn = async (folder: string): Promise<readonly string[]> =>
  (await readdir(folder).catch(() => [])).filter((name) => name.endsWith(".eml"));

const isTo = (mail: string, address: string): boolean =>
  /^To: (.*)$/m.exec(mail)?.[1]?.trim().toLowerCase() === address.toLowerCase();

/** Sees what arrives from now on. */
export async function openMailbox(dataDir: string, withinMs: number = WITHIN_MS): Promise<Mailbox> {
  const folder = path.join(dataDir, "mail");
  const seen = new Set(await mailsIn(folder));
  const look = async (address: string): Promise<string | null> => {
    for (const name of (await mailsIn(folder)).filter((one) => !seen.has(one))) {
      seen.add(name);
      const mail = readable(await readFile(path.join(folder, name), "utf8"));
      if (isTo(mail, address)) return mail;
    }
    return null;
  };
  return {
    async next(address) {
      const end = Date.now() + withinMs;
      while (Date.now() < end) {
        const found = await look(address);
        if (found !== null) return found;
        await pause(LOOK_EVERY_MS);
      }
      return null;
    },
  };
}

/** The code in the mall's English mails, or null. */
export const codeIn = (mail: string): string | null => /code: (\S+)/.exec(mail)?.[1] ?? null;
