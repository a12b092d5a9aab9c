/**
 * The way out for mail. Sending never holds up an answer, for how long it takes would tell whether there was somebody
 * to write to: mails wait in a bounded queue and go out one after the other, tried a few times. Without SMTP they are
 * written as files that a person, or a test, can open.
 */
import { createHash, randomUUID } from "node:crypto";
import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { createTransport, type Transporter } from "nodemailer";
import type { Logger } from "pino";
import { backoffMs, within } from "./wait";

export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

export interface Mailer {
  /** Queues it; false when the queue is full, and the mail is dropped and logged. */
  send(mail: Mail): boolean;
  /** Hands it over now, and once; for who keeps account of it. @throws when it could not: see `undeliveredBy` */
  deliver(mail: Mail): Promise<void>;
  /** Removes what was kept for this address. */
  purge(address: string): Promise<void>;
  /** When everything queued has gone out or was given up. */
  idle(): Promise<void>;
}

/** Delivers one mail. @throws when it could not be handed over */
export type Deliver = (mail: Mail & { readonly from: string }) => Promise<void>;

export interface MailerOptions {
  readonly from: string;
  readonly deliver: Deliver;
  readonly purge?: (address: string) => Promise<void>;
  readonly log: Pick<Logger, "warn" | "error">;
  readonly pause?: (ms: number) => Promise<unknown>;
}

const WAITING_MAX = 10_000;
const ATTEMPTS_MAX = 4;
const DELIVER_WITHIN_MS = 60_000;
const RETRY_FIRST_MS = 1_000;
const RETRY_MAX_MS = 20_000;

const pauseFor = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    // a process that ends does not wait for a mail server
    setTimeout(resolve, ms).unref();
  });

export function createMailer({ from, deliver, purge, log, pause = pauseFor }: MailerOptions): Mailer {
  const waiting: Mail[] = [];
  let draining: Promise<void> | null = null;
  const deliverOne = async (mail: Mail): Promise<void> => {
    for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt++) {
      try {
        await deliver({ ...mail, from });
        return;
      } catch (error) {
        // neither the address nor the text: both are of a person
        log.warn({ err: error, attempt }, "A mail could not be sent");
        if (attempt < ATTEMPTS_MAX) await pause(backoffMs(attempt, RETRY_FIRST_MS, RETRY_MAX_MS));
      }
    }
    log.error({ subject: mail.subject }, "A mail was given up: look at SMTP_URL and the mail server");
  };
  const drain = async (): Promise<void> => {
    for (let mail = waiting.shift(); mail; mail = waiting.shift()) await deliverOne(mail);
    draining = null;
  };
  return {
    send(mail) {
      if (waiting.length >= WAITING_MAX) {
        log.error({ waiting: waiting.length }, "A mail was dropped: the mail server does not keep up");
        return false;
      }
      waiting.push(mail);
      draining ??= drain();
      return true;
    },
    deliver: (mail) => within(DELIVER_WITHIN_MS, "Sending a mail", deliver({ ...mail, from })),
    purge: (address) => purge?.(address) ?? Promise.resolve(),
    idle: () => draining ?? Promise.resolve(),
  };
}

/** How a delivery failed. `no`: it did not go out; `never`: nor will it later; `unknown`: it may have gone out. */
export interface Undelivered {
  readonly outcome: "no" | "never" | "unknown";
  /** Codes only: the words of a mail server may hold the address. */
  readonly reason: string;
}

interface MailError {
  readonly code?: unknown;
  readonly command?: unknown;
  readonly responseCode?: unknown;
}

const codeOf = (code: unknown): string => (typeof code === "string" && /^[A-Z0-9_]{1,40}$/.test(code) ? code : "ERROR");

/** A file that could not be written: it was renamed last, so there is none. */
const FILE_ERRORS = ["ENOSPC", "EACCES", "EROFS", "EMFILE", "EDQUOT", "ENOENT"];
/** Before anything was handed over. */
const NOT_BEGUN = ["EDNS", "EAUTH", "ECONNECTION", ...FILE_ERRORS];

export function undeliveredBy(error: unknown): Undelivered {
  const { code, command, responseCode } = (error ?? {}) as MailError;
  const named = codeOf(code);
  if (typeof responseCode === "number") {
    return { outcome: responseCode >= 500 && named !== "EAUTH" ? "never" : "no", reason: `${named} ${responseCode}` };
  }
  return { outcome: command === "CONN" || NOT_BEGUN.includes(named) ? "no" : "unknown", reason: named };
}

/** Else the library chooses by how many letters there are, and the code in a link makes that a matter of chance. */
const WRITTEN = { textEncoding: "quoted-printable" } as const;

const TIMEOUTS = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 };

/** By a mail server: `smtps://user:password@mail.example:465`. */
export function smtpDelivery(url: string): Deliver {
  const transport = createTransport({ url, ...TIMEOUTS, disableFileAccess: true, disableUrlAccess: true });
  return async (mail) => {
    await (transport as Transporter).sendMail({ ...mail, ...WRITTEN });
  };
}

const EXTENSION = ".eml";

/** In the name of each file, so that one address's mails are found without reading everybody's. */
const markOf = (address: string): string =>
  createHash("sha256").update(address.trim().toLowerCase()).digest("hex").slice(0, 32);

/** As files, newest last by name. */
export function fileDelivery(folder: string): Pick<MailerOptions, "deliver" | "purge"> {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: "unix" });
  return {
    async deliver(mail) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const { message } = await transport.sendMail({ ...mail, ...WRITTEN });
      const name = `${new Date().toISOString().replaceAll(":", "")}-${randomUUID()}-${markOf(mail.to)}`;
      const file = path.join(folder, name);
      // renamed when it is whole: whoever looks for mails never reads half of one
      await writeFile(file, message as Buffer, { mode: 0o600 });
      await rename(file, file + EXTENSION);
    },
    async purge(address) {
      const names = await readdir(folder).catch(() => []);
      const own = names.filter((name) => name.endsWith(`-${markOf(address)}${EXTENSION}`));
      for (const name of own) await rm(path.join(folder, name), { force: true });
    },
  };
}
