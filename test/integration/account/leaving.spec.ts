/** What the mall keeps of somebody: taken along as one file, and gone for good when they leave. */
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { START_WITHIN_MS } from "../../support/elasticsearch";
import { eventually } from "../../support/eventually";
import { openPeople, type People } from "../../support/people";
import { askingOf, NEW_PASSWORD, typeOf } from "./asking";
import { boughtBy } from "./buying";

let people: People;
beforeAll(async () => {
  people = await openPeople({ STOA_ADMIN_SECOND_FACTOR: "yes" });
}, START_WITHIN_MS);
afterAll(() => people.stop());

const { logIn, post } = askingOf(() => people);

/** The file with all that is kept of somebody, once it is there. */
async function ownData(token: string) {
  const asked = await post("/v1/me/data", {}, token);
  expect([asked.status, asked.body["file"]]).toEqual([200, null]);
  const { body } = await eventually("the file is there", async () => {
    const found = await people.ask("GET", "/v1/me/data", { token });
    return found.body["status"] !== "requested" && found.body["status"] !== "running" && found;
  });
  expect(body).toMatchObject({ status: "finished", fraction: 1, reason: null, file: "/v1/me/data/file" });
  return { job: String(body["id"]), file: await people.ask("GET", String(body["file"]), { token }) };
}

describe("all that is kept of one", () => {
  interface Document {
    readonly things: readonly { readonly kind: string; readonly version: number; readonly state: object }[];
    readonly looks: object[];
    readonly denials: object[];
  }

  test("is taken along as one file, by oneself alone", async () => {
    const [zoe, yan] = [await people.person("zoe@example.org"), await people.person("yan@example.org")];
    await people.ask("PATCH", `/v1/accounts/${zoe.accountId}`, { token: zoe.accessToken, body: { name: "Zoe" } });
    await people.ask("GET", `/v1/accounts/${zoe.accountId}`, { token: people.admin });
    expect((await people.ask("GET", "/v1/denials", { token: zoe.accessToken })).status).toBe(403);
    expect((await people.ask("GET", "/v1/me/data", { token: zoe.accessToken })).body).toMatchObject({ status: "none" });
    const { job, file } = await ownData(zoe.accessToken);
    expect(file.headers.get("content-disposition")).toBe('attachment; filename="my-data.json"');
    const { things, looks, denials } = file.body as unknown as Document;
    const kinds = new Set(things.map(({ kind }) => kind));
    expect([...kinds].sort()).toEqual(["account", "credential", "session"]);
    const states = things.filter(({ kind }) => kind === "account").map(({ state }) => state);
    expect(states.at(-1)).toMatchObject({ email: "zoe@example.org", name: "Zoe" });
    expect(looks).toMatchObject([{ action: "account.get" }]);
    expect(denials).toMatchObject([{ action: "denial.list" }]);
    expect(JSON.stringify(file.body)).not.toMatch(/argon2id|yan@example/);
    // asked for once more on the same day it is the same file; and nobody else is given it, whoever they are
    expect((await post("/v1/me/data", {}, zoe.accessToken)).body["id"]).toBe(job);
    const others = [
      await people.ask("GET", "/v1/me/data/file", { token: yan.accessToken }),
      await people.ask("GET", "/v1/me/data/file", { token: people.admin }),
      await people.ask("GET", `/v1/jobs/${job}/result`, { token: people.admin }),
    ];
    expect(others.map(({ status }) => status)).toEqual([404, 404, 404]);
  });
});

describe("somebody who leaves for good", () => {
  async function filesWith(folder: string, marker: string): Promise<string[]> {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
    const found = await Promise.all(
      files.map(async (file) => ((await readFile(file).catch(() => Buffer.alloc(0))).includes(marker) ? [file] : [])),
    );
    return found.flat();
  }

  /** All that the read side of this mall says. */
  async function indexed(): Promise<string> {
    const { elasticsearchUrl, namespace } = people.config;
    const all = `${elasticsearchUrl}/${namespace}-*`;
    await fetch(`${all}/_refresh`, { method: "POST" });
    return (await fetch(`${all}/_search?size=5000`)).text();
  }

  test("is gone: no session, no address, and what was planted is in no file of the mall", async () => {
    const marker = `m${createHash("sha256").update(String(process.hrtime())).digest("hex").slice(0, 20)}`;
    const email = `${marker}@example.org`;
    const { accountId, accessToken } = await people.person(email);
    await people.ask("PATCH", `/v1/accounts/${accountId}`, { token: accessToken, body: { name: `Name ${marker}` } });
    const orderId = await boughtBy(people, { accountId, email, marker });
    // what they took along is sealed with the same key as all the rest
    expect(JSON.stringify((await ownData(accessToken)).file.body)).toContain(marker);
    // a scan that finds nothing proves nothing unless it found it before
    expect(await filesWith(people.config.dataDir, marker)).not.toEqual([]);
    await eventually("the read side knows of the order", async () => (await indexed()).includes(orderId));
    const erased = await post(`/v1/accounts/${accountId}/erase`, {}, accessToken);
    expect(erased.status).toBe(200);
    await eventually("the key is destroyed", async () => {
      const rows = await people.node.store.of("account").page(accountId, 0, 10);
      return rows.at(-1)?.events[0]?.type === "account.forgotten";
    });
    const seen = await people.ask("GET", `/v1/accounts/${accountId}`, { token: people.admin });
    expect(seen.body).toMatchObject({ status: "erased", email: null, name: null });
    expect(typeOf(await logIn(email))).toBe("CREDENTIALS_INVALID");
    // what was bought stays, and says nothing of who bought it
    const order = (await people.node.store.of("order").newest([orderId])).get(orderId);
    expect(JSON.stringify(order)).not.toContain(marker);
    await eventually("the read side says nothing of them", async () => !(await indexed()).includes(marker));
    expect(await indexed()).toContain(orderId);
    expect(await filesWith(people.config.dataDir, marker)).toEqual([]);
    // the address is free again
    expect((await people.person(email, NEW_PASSWORD)).accountId).not.toBe(accountId);
  });
});
