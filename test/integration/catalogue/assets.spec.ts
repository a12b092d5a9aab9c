/** Files over HTTP: typed by their bytes, resized to allowed sizes, kept for ever under their hash. */
import { createHash } from "node:crypto";
import sharp from "sharp";
import { EICAR, startClamd, type TestClamd } from "../../support/clamd";
import { START_WITHIN_MS } from "../../support/elasticsearch";
import { openShop, type Shop } from "./shop";

let shop: Shop;

let clamd: TestClamd;

beforeAll(async () => {
  clamd = await startClamd();
  shop = await openShop({ CLAMD_URL: clamd.url });
}, START_WITHIN_MS);
afterAll(async () => {
  await shop.stop();
  await clamd.stop();
}, START_WITHIN_MS);

const picture = (width: number, height: number, red = 200) =>
  sharp({ create: { width, height, channels: 3, background: { r: red, g: 90, b: 20 } } });
const upload = (body: Buffer, path = "/v1/assets") => shop.ask("POST", path, { body });
const typeOf = async (body: Buffer) => {
  const { status, body: answer } = await upload(body);
  return [status, String(answer["type"]).replace("urn:stoa:refusal:", "")];
};
const file = (path: string, headers: Record<string, string> = {}) => fetch(shop.url + path, { headers });

describe("an uploaded picture", () => {
  let bytes: Buffer;
  let hash: string;
  let id: string;

  beforeAll(async () => {
    // lies on its side, and carries words that nobody should see
    const exif = { IFD0: { Copyright: "marker-of-the-camera" } };
    bytes = await picture(600, 400).withMetadata({ orientation: 6 }).withExifMerge(exif).jpeg().toBuffer();
    hash = createHash("sha256").update(bytes).digest("hex");
    const { status, body } = await upload(bytes, "/v1/assets?name=not-a-picture.txt");
    expect([status, body]).toMatchObject([201, { hash, type: "image/jpeg", width: 400, height: 600, version: 1 }]);
    id = body["id"] as string;
  });

  test("is made in the sizes and formats that are allowed, upright and without what the camera wrote", async () => {
    expect(bytes.includes("marker-of-the-camera")).toBe(true);
    for (const [name, width] of [
      ["160.webp", 107],
      ["80.png", 53],
      ["2048.jpeg", 400],
    ] as const) {
      const answer = await file(`/assets/${hash}/${name}`);
      const made = Buffer.from(await answer.arrayBuffer());
      const { format, width: found, exif } = await sharp(made).metadata();
      expect([answer.status, format, found, exif]).toEqual([200, name.split(".")[1], width, undefined]);
      expect(answer.headers.get("content-type")).toBe(`image/${format}`);
      expect(made.includes("marker-of-the-camera")).toBe(false);
    }
  });

  test("stays the same for ever, and is not sent twice to who has it", async () => {
    const first = await file(`/assets/${hash}/320.webp`);
    expect(first.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    expect(first.headers.get("x-content-type-options")).toBe("nosniff");
    const again = await file(`/assets/${hash}/320.webp`, { "if-none-match": first.headers.get("etag") ?? "" });
    expect(again.status).toBe(304);
    const once = Buffer.from(await first.arrayBuffer());
    expect(Buffer.from(await (await file(`/assets/${hash}/320.webp`)).arrayBuffer()).equals(once)).toBe(true);
  });

  test.each(["321.webp", "320.gif", "320.svg", "original.pdf", "original.jpeg", "..%2F..%2Fx", "0320.webp"])(
    "is not there as %s",
    async (name) => {
      expect((await file(`/assets/${hash}/${name}`)).status).toBe(404);
    },
  );

  test("has a history: another file, what it shows, who did it", async () => {
    const other = await picture(10, 10, 5).png().toBuffer();
    const replaced = await upload(other, `/v1/assets/${id}/content`);
    expect([replaced.status, replaced.body]).toMatchObject([200, { version: 2, type: "image/png" }]);
    await shop.done("PATCH", `/v1/assets/${id}`, { alt: { en: "A lamp" } });
    const view = await shop.declared("asset.get", `/v1/assets/${id}`);
    expect(view).toMatchObject({ version: 3, type: "image/png", alt: { en: "A lamp" }, name: "not-a-picture.txt" });
    const { body } = await shop.ask("GET", `/v1/history/asset/${id}`);
    expect(body["items"]).toMatchObject([
      { command: "asset.upload", by: "tester", events: [{ data: { hash } }] },
      { command: "asset.replace" },
      { command: "asset.describe" },
    ]);
    // the file of the first version is shown again without being sent again; what it shows was not said then
    await shop.done("POST", `/v1/history/asset/${id}/restore`, { version: 1 });
    const back = await shop.declared("asset.get", `/v1/assets/${id}`);
    expect(back).toMatchObject({ version: 4, hash, alt: {}, name: "not-a-picture.txt" });
    expect((await file(`/assets/${hash}/320.webp`)).status).toBe(200);
  });

  test("sent again under its key is one asset", async () => {
    const send = () => shop.ask("POST", "/v1/assets", { body: bytes, headers: { "idempotency-key": "same" } });
    const [first, second] = [await send(), await send()];
    expect(second.body).toEqual(first.body);
  });
});

describe("a file in which malware is found", () => {
  test("is not kept, and everything else was searched before it was", async () => {
    const infected = Buffer.concat([await picture(4, 4).png().toBuffer(), EICAR]);
    const hash = createHash("sha256").update(infected).digest("hex");
    expect(await typeOf(infected)).toEqual([422, "FILE_INFECTED"]);
    expect((await file(`/assets/${hash}/80.webp`)).status).toBe(404);
    expect(clamd.searched).toContain(infected.length);
    expect(clamd.searched.length).toBeGreaterThan(1);
  });
});

describe("the room that a seller's files have", () => {
  const at = "/v1/assets?sellerId=seller-9";
  const send = (body: Buffer, key: string) => shop.ask("POST", at, { body, headers: { "idempotency-key": key } });
  const roomOf = (id: string) => shop.declared("quota.get", `/v1/quotas/${id}`);

  test("is not exceeded by uploads at once: who comes last is told why, and leaves nothing", async () => {
    await shop.done("PUT", "/v1/quotas/seller-9", { filesMax: 3, bytesMax: null });
    const files = await Promise.all([31, 32, 33, 34, 35].map((red) => picture(9, 9, red).png().toBuffer()));
    const answers = await Promise.all(files.map((bytes, n) => send(bytes, `room-${n}`)));
    const refused = answers.flatMap(({ status }, n) => (status === 201 ? [] : [n]));
    expect(refused).toHaveLength(2);
    const [one = 0] = refused;
    expect(answers[one]).toMatchObject({
      status: 409,
      body: { type: "urn:stoa:refusal:FILE_QUOTA", files: 3, filesMax: 3, wanted: files[one]?.length },
    });
    expect(String(answers[one]?.body["detail"])).toMatch(/no room .* 3 of 3 files .*PUT \/v1\/quotas\/seller-9/s);
    const hash = createHash("sha256")
      .update(files[one] as Buffer)
      .digest("hex");
    expect((await file(`/assets/${hash}/80.webp`)).status).toBe(404);
    const bytes = files.reduce((sum, { length }, n) => sum + (refused.includes(n) ? 0 : length), 0);
    expect(await roomOf("seller-9")).toMatchObject({ files: 3, bytes, filesMax: 3 });
  });

  test("is taken once by an upload that is sent again, and by another file of an asset", async () => {
    await shop.done("PUT", "/v1/quotas/seller-9", { filesMax: 5, bytesMax: null });
    const bytes = await picture(8, 8, 36).png().toBuffer();
    const [first, second] = [await send(bytes, "again"), await send(bytes, "again")];
    expect([first.status, second.body["id"]]).toEqual([201, first.body["id"]]);
    expect(await roomOf("seller-9")).toMatchObject({ files: 4 });
    const other = await picture(8, 8, 37).png().toBuffer();
    const replacing = () => upload(other, `/v1/assets/${String(first.body["id"])}/content`);
    expect((await replacing()).status).toBe(200);
    expect((await replacing()).body).toMatchObject({ type: "urn:stoa:refusal:FILE_QUOTA" });
    // and no other party is held up by it
    expect((await upload(other, "/v1/assets?sellerId=seller-8")).status).toBe(201);
    expect(await roomOf("mall")).toMatchObject({ filesMax: 20_000, bytesMax: 10_240 * 1_048_576 });
  });
});

describe("media of a product", () => {
  const create = (media: object[], more: object = {}) =>
    shop.ask("POST", "/v1/products", { body: { title: { en: "Lamp" }, channels: [], publish: true, media, ...more } });
  const refusalOf = async (media: object[]) =>
    String((await create(media)).body["type"])
      .split(":")
      .at(-1);
  const uploaded = async (red: number, path?: string) => {
    const { body } = await upload(await picture(30, 20, red).png().toBuffer(), path);
    return { assetId: String(body["id"]), url: `/assets/${String(body["hash"])}/1280.webp` };
  };
  const seen = async ({ body, headers }: Awaited<ReturnType<typeof create>>) =>
    (await shop.declared("product.get", `/v1/products/${String(body["id"])}`, [headers.get("stoa-token") ?? ""]))[
      "media"
    ];

  test("name an asset: its address and words are shown, and go on being so once it is retired", async () => {
    const { assetId, url } = await uploaded(11);
    await shop.done("PATCH", `/v1/assets/${assetId}`, { alt: { en: "A lamp" } });
    const made = await create([{ kind: "image", assetId }]);
    const shown = [{ kind: "image", assetId, url, alt: { en: "A lamp" } }];
    expect(await seen(made)).toEqual(shown);
    expect((await file(url)).status).toBe(200);
    await shop.done("POST", `/v1/assets/${assetId}/retire`);
    expect(await refusalOf([{ kind: "image", assetId }])).toBe("ASSET_RETIRED");
    const path = `/v1/products/${String(made.body["id"])}`;
    const body = { media: [...shown, { kind: "image", url: "https://example.org/two.jpg" }] };
    expect(await seen(await shop.ask("PATCH", path, { body }))).toEqual(body.media);
  });

  test("are refused where there is none, where it is another's, and where it is of another kind", async () => {
    const [{ assetId: foreign }, { assetId }] = [
      await uploaded(12, "/v1/assets?sellerId=seller-1"),
      await uploaded(13),
    ];
    expect(await refusalOf([{ kind: "image", assetId: "nothing" }])).toBe("MEDIA_UNFIT");
    expect(await refusalOf([{ kind: "image", assetId: foreign }])).toBe("MEDIA_UNFIT");
    expect(await refusalOf([{ kind: "document", assetId }])).toBe("MEDIA_UNFIT");
    expect(await refusalOf([{ kind: "image" }])).toBe("VALIDATION_FAILED");
  });
});

describe("a file", () => {
  test("is typed by its bytes; what is not kept is refused, whatever it is called", async () => {
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
    expect(await typeOf(svg)).toEqual([415, "MEDIA_TYPE_UNSUPPORTED"]);
    expect(await typeOf(Buffer.from("<html><script>alert(1)</script>"))).toEqual([415, "MEDIA_TYPE_UNSUPPORTED"]);
    expect(await typeOf(Buffer.alloc(0))).toEqual([400, "BODY_INVALID"]);
  });

  test("that only begins like a picture, or ends in its middle, is refused", async () => {
    const png = await picture(300, 300).png({ compressionLevel: 0 }).toBuffer();
    expect(await typeOf(Buffer.concat([png.subarray(0, 8), Buffer.from("no picture at all")]))).toEqual([
      422,
      "FILE_INVALID",
    ]);
    expect(await typeOf(png.subarray(0, png.length / 2))).toEqual([422, "FILE_INVALID"]);
  });

  test("that is small and unpacks to something huge is refused before it is unpacked", async () => {
    const bomb = await picture(9_000, 9_000).png({ compressionLevel: 9 }).toBuffer();
    expect(bomb.length).toBeLessThan(1_048_576);
    expect(await typeOf(bomb)).toEqual([422, "FILE_INVALID"]);
  });

  test("larger than ten megabytes is refused", async () => {
    expect(await typeOf(Buffer.alloc(10 * 1_048_576 + 1))).toEqual([413, "BODY_TOO_LARGE"]);
  });

  test("is taken from nobody who may not write assets, and nothing is kept of it", async () => {
    const body = await picture(20, 20, 77).png().toBuffer();
    const anonymous = await shop.ask("POST", "/v1/assets", { body, permissions: null });
    const other = await shop.ask("POST", "/v1/assets", { body, permissions: ["product.write"] });
    expect([anonymous.status, other.status]).toEqual([401, 403]);
    const hash = createHash("sha256").update(body).digest("hex");
    expect((await file(`/assets/${hash}/80.webp`)).status).toBe(404);
  });

  test("of paper is handed out to be saved, never to be shown", async () => {
    const pdf = Buffer.from("%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF");
    const { body } = await upload(pdf);
    expect(body).toMatchObject({ type: "application/pdf", width: null });
    const answer = await file(`/assets/${body["hash"] as string}/original.pdf`);
    expect([answer.status, answer.headers.get("content-disposition")]).toEqual([200, "attachment"]);
    expect(answer.headers.get("content-security-policy")).toContain("sandbox");
    expect((await file(`/assets/${body["hash"] as string}/80.webp`)).status).toBe(404);
  });
});
