/** What keeps the files of assets, on disk and in a bucket: the same promises. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { diskBlobs, hashOf, type Blobs } from "../../../services/kernel/blobs";
import { s3Blobs, s3PlaceOf } from "../../../services/kernel/s3-blobs";
import { sha256, signed } from "../../../services/kernel/s3-sign";
import { testFolder, type TestFolder } from "../../support/folder";

const keys = { accessKeyId: "mall", secretAccessKey: "a secret/of + the tests", region: "eu-central-1" };

interface Bucket {
  readonly server: Server;
  readonly objects: Map<string, Buffer>;
  readonly asked: string[];
  /** Answers to give instead, one for each of the next requests. */
  readonly instead: number[];
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

/** Whether what came in is what was signed: the path, the host, the moment and the body. */
function isSigned(request: IncomingMessage, body: Buffer): boolean {
  const { method = "", url = "", headers } = request;
  const at = String(headers["x-amz-date"]).replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z");
  const whole = new URL(url, `http://${headers.host ?? ""}`);
  const wanted = signed(keys, { method, url: whole, bodyHash: sha256(body), at: new Date(at) });
  return headers.authorization === wanted["authorization"] && headers["x-amz-content-sha256"] === sha256(body);
}

/** What a bucket says to a request that was signed as it must be. */
function answerTo(objects: Map<string, Buffer>, method: string, name: string, body: Buffer): [number, Buffer | null] {
  if (method === "PUT") objects.set(name, body);
  const found = objects.get(name) ?? null;
  return found === null ? [404, null] : [200, method === "GET" ? found : null];
}

async function openBucket(): Promise<Bucket> {
  const bucket = { objects: new Map<string, Buffer>(), asked: [] as string[], instead: [] as number[] };
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = "", url = "" } = request;
    const body = await bodyOf(request);
    bucket.asked.push(method);
    const signedWell = isSigned(request, body);
    const [status, content] = signedWell ? answerTo(bucket.objects, method, url, body) : [403, null];
    response.writeHead(bucket.instead.shift() ?? status, { "content-length": content?.length ?? 0 });
    response.end(content);
  };
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { server, ...bucket };
}

let folder: TestFolder;
let bucket: Bucket;
let place: string;

beforeAll(async () => {
  folder = await testFolder();
  bucket = await openBucket();
  const { port } = bucket.server.address() as AddressInfo;
  place = `http://mall:${encodeURIComponent(keys.secretAccessKey)}@127.0.0.1:${port}/files/assets/?region=eu-central-1`;
});
afterAll(async () => {
  await new Promise((resolve) => bucket.server.close(resolve));
  await folder.remove();
});

const pause = (): Promise<void> => Promise.resolve();
const kinds: readonly (readonly [string, () => Blobs])[] = [
  ["a folder", () => diskBlobs(path.join(folder.path, "assets"))],
  ["a bucket", () => s3Blobs({ ...s3PlaceOf(place), pause })],
];

describe.each(kinds)("files in %s", (_name, open) => {
  const bytes = Buffer.from([0, 1, 2, 253, 254, 255]);

  test("are named by their content, and come back byte by byte", async () => {
    const blobs = open();
    const hash = await blobs.put(bytes);
    expect(hash).toBe(hashOf(bytes));
    expect(await blobs.put(bytes)).toBe(hash);
    expect(await blobs.get(hash)).toEqual(bytes);
  });

  test("are accompanied by what is made of them, which may be made again", async () => {
    const blobs = open();
    const hash = await blobs.put(bytes);
    expect(await blobs.get(hash, "320.webp")).toBeNull();
    for (const made of ["first", "second"]) await blobs.putMade(hash, "320.webp", Buffer.from(made));
    expect((await blobs.get(hash, "320.webp"))?.toString()).toBe("second");
    expect(await blobs.get(hash)).toEqual(bytes);
  });

  test("are not there under other names, and no name is a path", async () => {
    const blobs = open();
    expect(await blobs.get(hashOf(Buffer.from("never kept")))).toBeNull();
    expect(await blobs.get("../../etc/passwd")).toBeNull();
    expect(await blobs.get(hashOf(bytes), "../x.webp")).toBeNull();
    await expect(blobs.putMade("../x", "1.webp", bytes)).rejects.toThrow(RangeError);
  });
});

describe("a bucket", () => {
  const open = (): Blobs => s3Blobs({ ...s3PlaceOf(place), pause });

  test("is sent what it has already only once, under the prefix", async () => {
    const bytes = Buffer.from("sent once");
    const name = `/files/assets/${hashOf(bytes).slice(0, 2)}/${hashOf(bytes)}`;
    bucket.asked.length = 0;
    await open().put(bytes);
    await open().put(bytes);
    expect(bucket.asked).toEqual(["HEAD", "PUT", "HEAD"]);
    expect(bucket.objects.get(name)).toEqual(bytes);
  });

  test("that is busy is asked again; that stays so, or refuses, is told of", async () => {
    const bytes = Buffer.from("asked again");
    bucket.instead.push(503, 500);
    expect(await open().put(bytes)).toBe(hashOf(bytes));
    bucket.instead.push(503, 503, 503);
    await expect(open().get(hashOf(bytes))).rejects.toMatchObject({ type: "STORE_UNAVAILABLE", code: 503 });
    bucket.asked.length = 0;
    const stranger = s3Blobs({ ...s3PlaceOf(place), secretAccessKey: "wrong", pause });
    await expect(stranger.get(hashOf(bytes))).rejects.toMatchObject({ type: "STORE_UNAVAILABLE" });
    expect(bucket.asked).toEqual(["GET"]);
  });
});
