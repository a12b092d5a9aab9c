/** A scanner that speaks clamd's protocol (`zINSTREAM`, chunks behind their lengths) and knows one signature. */
import { createServer, type Socket } from "node:net";
import type { AddressInfo } from "node:net";

/** The test file of the European Institute for Computer Antivirus Research, put together: scanners find it here too. */
export const EICAR = Buffer.from(
  ["X5O!P%@AP[4\\PZX54(P^)7CC)7}$", "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"].join(""),
);

export interface TestClamd {
  readonly url: string;
  /** Bytes of each file that was searched. */
  readonly searched: readonly number[];
  stop(): Promise<void>;
}

const COMMAND = "zINSTREAM\0";
/** The chunk without bytes that ends a file. */
const END = Buffer.alloc(4);
/** As clamd's StreamMaxLength, whose default is 25 times that. */
export const STREAM_BYTES_MAX = 1 << 20;

/** The file in the chunks so far, or null while its end has not come. */
function fileIn(received: Buffer): Buffer | null {
  const chunks: Buffer[] = [];
  for (let at = COMMAND.length; at + 4 <= received.length;) {
    const size = received.readUInt32BE(at);
    if (size === 0) return Buffer.concat(chunks);
    if (at + 4 + size > received.length) return null;
    chunks.push(received.subarray(at + 4, at + 4 + size));
    at += 4 + size;
  }
  return null;
}

const UNKNOWN = "UNKNOWN COMMAND\0";
const TOO_LARGE = "INSTREAM size limit exceeded. ERROR\0";

/** Put together only where it may be whole: joined at each part, a large file is copied hundreds of times. */
function answered(socket: Socket, searched: number[]): void {
  const parts: Buffer[] = [];
  let bytes = 0;
  let tail = Buffer.alloc(0);
  socket.on("data", (part: Buffer) => {
    parts.push(part);
    bytes += part.length;
    tail = Buffer.concat([tail, part.subarray(-4)]).subarray(-4);
    if (bytes > STREAM_BYTES_MAX) return void socket.end(TOO_LARGE);
    if (bytes < COMMAND.length || !tail.equals(END)) return;
    const received = Buffer.concat(parts);
    if (!received.subarray(0, COMMAND.length).equals(Buffer.from(COMMAND))) return void socket.end(UNKNOWN);
    const file = fileIn(received);
    if (file === null) return;
    searched.push(file.length);
    socket.end(file.includes(EICAR) ? "stream: Eicar-Signature FOUND\0" : "stream: OK\0");
  });
  socket.on("error", () => socket.destroy());
}

export async function startClamd(): Promise<TestClamd> {
  const searched: number[] = [];
  const server = createServer((socket) => answered(socket, searched));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `tcp://127.0.0.1:${port}`,
    searched,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
