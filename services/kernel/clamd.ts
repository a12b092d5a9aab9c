/**
 * Files searched for malware by clamd (ClamAV's daemon), at the address of the configuration: a connection for each
 * file, the file in chunks (`zINSTREAM`), one line as the answer. An answer that does not come is an error, never a
 * clean bill of health. Without an address nothing is searched: see SECURITY.md.
 */
import { createConnection, type Socket } from "node:net";

export interface ClamdPlace {
  readonly host: string;
  readonly port: number;
}

/** @returns the name of what was found, or null. @throws Error when the scanner does not answer, or not as it should */
export type Scan = (bytes: Buffer) => Promise<string | null>;

const WITHIN_MS = 20_000;
const CHUNK_BYTES = 64 << 10;
const ANSWER_MAX = 4_096;
const NAME_MAX = 120;

/** `tcp://127.0.0.1:3310` */
export const CLAMD_URL = /^tcp:\/\/([\w.-]{1,253}|\[[0-9a-f:]{2,45}\]):(\d{1,5})$/i;

/** @throws Error for what is no such address */
export function clamdPlaceOf(url: string): ClamdPlace {
  const [, host = "", port = ""] = CLAMD_URL.exec(url) ?? [];
  if (host === "" || Number(port) > 65_535) throw new Error("CLAMD_URL must be tcp://host:port");
  return { host: host.replace(/^\[|\]$/g, ""), port: Number(port) };
}

const sized = (chunk: Buffer): Buffer => {
  const size = Buffer.alloc(4);
  size.writeUInt32BE(chunk.length);
  return Buffer.concat([size, chunk]);
};

/** The command, the chunks, and an empty one that ends them. */
function* messageOf(bytes: Buffer): Generator<Buffer, void, undefined> {
  yield Buffer.from("zINSTREAM\0");
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) yield sized(bytes.subarray(at, at + CHUNK_BYTES));
  yield sized(Buffer.alloc(0));
}

/** `stream: OK`, `stream: Eicar-Signature FOUND`, `INSTREAM size limit exceeded. ERROR` */
export function verdictOf(answer: string): string | null {
  const text = answer.replace(/\0.*$/s, "").trim();
  if (text === "stream: OK") return null;
  const [, name] = /^stream: (.{1,500}) FOUND$/.exec(text) ?? [];
  if (name !== undefined) return name.slice(0, NAME_MAX);
  throw new Error(`the scanner says "${text.slice(0, NAME_MAX)}"`);
}

function answerOn(socket: Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = "";
    socket.setEncoding("latin1");
    socket.on("data", (part: string) => {
      answer = (answer + part).slice(0, ANSWER_MAX);
      if (answer.includes("\0")) resolve(answer);
    });
    socket.once("end", () => resolve(answer));
    socket.once("close", () => reject(new Error("the scanner closed the connection without an answer")));
    socket.once("error", reject);
    socket.once("timeout", () => reject(new Error(`the scanner did not answer within ${WITHIN_MS / 1_000} s`)));
  });
}

export const clamdScan =
  ({ host, port }: ClamdPlace): Scan =>
  async (bytes) => {
    const socket = createConnection({ host, port, timeout: WITHIN_MS });
    try {
      const answer = answerOn(socket);
      for (const part of messageOf(bytes)) socket.write(part);
      return verdictOf(await answer);
    } finally {
      socket.destroy();
    }
  };
