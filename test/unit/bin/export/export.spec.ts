import { forms, type Form } from "../../../../bin/export/forms";
import { headsOf } from "../../../../bin/export/heads";
import { recordsOf } from "../../../../bin/export/joined";
import { piecesFor, type Part } from "../../../../bin/export/pieces";
import { exportText, type Exported } from "../../../../bin/export/run-export";
import { jsonl } from "../../../../bin/import/jsonl.import";
import { EXPORTED_KINDS, type ExportedKind } from "../../../../models/job/job.contract";
import type { Row } from "../../../../models/kernel/row";
import { memoryHistories, type MemoryHistories } from "../../../support/memory-histories";
import { chainOf } from "../../../support/rows";

const price = { amountMinor: 1_990, currency: "EUR" };
const lamp = { title: { en: "Lamp" }, brand: "Lumora", channels: ["c"], status: "published", publishedAt: "x" };
const offer = { productId: "p-1", sellerId: "s", sku: "L1", price, condition: "new", status: "open" };
const stock = { status: "kept", offerId: "o-1", productId: "p-1", sellerId: "s" };

async function filled(aggregate: string, ...chains: Row[][]): Promise<MemoryHistories> {
  const histories = memoryHistories(aggregate);
  await histories.insert(chains.flat(), true);
  return histories;
}

const form = (name: string): Form => forms.find((one) => one.name === name) as Form;

const mall = () =>
  Promise.all([
    filled("channel", chainOf("c", [{ status: "open" }])),
    filled(
      "product",
      chainOf("p-1", [{ ...lamp, title: { en: "Lmap" } }, lamp]),
      chainOf("p-2", [{ ...lamp, status: "draft" }]),
    ),
    filled("offer", chainOf("o-1", [offer]), chainOf("o-2", [{ ...offer, sku: "L0", status: "withdrawn" }])),
    filled(
      "stock",
      chainOf("x", [{ ...stock, location: "main", onHand: 7 }]),
      chainOf("y", [{ ...stock, location: "far", onHand: 0 }]),
    ),
  ]);

async function exported(name: string, until = "2027"): Promise<{ text: string; told: Exported[] }> {
  const told: Exported[] = [];
  const job = { histories: await mall(), form: form(name), until, total: 6 };
  let text = "";
  const progress = (_fraction: number, found: Exported): void => void told.push(found);
  for await (const part of exportText({ ...job, progress })) text += part;
  return { text, told };
}

it("takes each aggregate's newest version up to a moment", async () => {
  const [one, two, three] = [["a1", "a2"], ["b1"], ["c1", "c2", "c3"]].map((states, i) => chainOf(`x-${i}`, states));
  const histories = await filled("thing", one ?? [], two ?? [], three ?? []);
  const heads = async (until: string): Promise<unknown[]> => {
    const found: unknown[] = [];
    for await (const { state } of headsOf(histories, until)) found.push(state);
    return found;
  };
  expect(await heads("2027")).toEqual(["a2", "b1", "c3"]);
  expect(await heads(three?.[0]?.committedAt ?? "")).toEqual(["a1", "b1", "c1"]);
  expect(await heads("2025")).toEqual([]);
});

it("writes products with their offers and what is on hand, as the import format reads them", async () => {
  const { text, told } = await exported("jsonl");
  const lines = text.trim().split("\n");
  const records = lines.map((line) => jsonl.parse(line, { currency: "EUR" }));
  expect(records.every(({ ok }) => ok)).toBe(true);
  expect(lines.map((line) => JSON.parse(line) as object)).toEqual([
    {
      id: "p-1",
      product: { title: { en: "Lamp" }, brand: "Lumora", publish: true },
      offers: [
        { sellerId: "s", sku: "L0", price, condition: "new", withdrawn: true, stock: {} },
        { sellerId: "s", sku: "L1", price, condition: "new", stock: { main: 7 } },
      ],
    },
    { id: "p-2", product: { title: { en: "Lamp" }, brand: "Lumora", publish: false }, offers: [] },
  ]);
  expect(told.at(-1)).toEqual({ rows: 2, offers: 2 });
});

it("writes a CSV line per offer, and one for a product that nobody offers", async () => {
  const { text } = await exported("csv");
  const [head, ...rows] = text.trim().split("\n");
  expect(head).toMatch(/^product_id,status,title,brand,/);
  expect(rows).toEqual([
    "p-1,published,Lamp,Lumora,,{},s,L0,,new,withdrawn,19.90,EUR,0,{}",
    'p-1,published,Lamp,Lumora,,{},s,L1,,new,open,19.90,EUR,7,"{""main"":7}"',
    "p-2,draft,Lamp,Lumora,,{},,,,,,,,,",
  ]);
});

describe("of things of one kind", () => {
  const berlin = { status: "open", sellerId: "s", code: "berlin", name: { en: "=Berlin" }, address: { city: "B" } };
  const histories = () =>
    Promise.all([
      filled("location", chainOf("l-1", [{ ...berlin, code: "bln" }, berlin]), chainOf("l-2", [{ status: "absent" }])),
      filled("seller", chainOf("s-1", [{ status: "active", accountId: "a", name: "Shop", bank: { iban: "DE1" } }])),
    ]);

  async function textOf(of: ExportedKind, name: string): Promise<{ text: string; told: [number, Exported][] }> {
    const told: [number, Exported][] = [];
    const progress = (fraction: number, found: Exported): void => void told.push([fraction, found]);
    const job = { histories: await histories(), form: form(name), of, until: "2027", total: 3, progress };
    let text = "";
    for await (const part of exportText(job)) text += part;
    return { text, told };
  }

  it("writes each as it stands, those that are there no more left out, and says how far it is", async () => {
    const { text, told } = await textOf("location", "jsonl");
    expect(JSON.parse(text)).toEqual({ ...berlin, id: "l-1", version: 2 });
    expect(told).toEqual([
      [2 / 3, { rows: 1, offers: 0 }],
      [1, { rows: 1, offers: 0 }],
    ]);
  });

  it("has a column for each field in a sheet, in which nothing is run", async () => {
    const lines = (await textOf("location", "csv")).text.trim().split("\n");
    expect(lines[0]).toBe("id,version,status,sellerId,code,name,address");
    expect(lines[1]).toBe(`l-1,2,open,s,berlin,"{""en"":""=Berlin""}","{""city"":""B""}"`);
  });

  it("holds nothing personal: an export goes anywhere", async () => {
    const { text } = await textOf("seller", "jsonl");
    expect(JSON.parse(text)).toMatchObject({ id: "s-1", name: "Shop", bank: { sealed: true } });
  });

  it("can be asked for of every kind that is kept", async () => {
    const found = await Promise.all(EXPORTED_KINDS.map((of) => textOf(of, "csv")));
    expect(found.map(({ text }) => text.startsWith("id,version"))).toEqual(EXPORTED_KINDS.map(() => true));
  });
});

it("writes nothing that a spreadsheet would run", () => {
  const record = { id: "p", product: { title: { en: '=HYPERLINK("http://x")' }, publish: true }, offers: [] };
  expect(form("csv").write(record)).toContain(`"'=HYPERLINK(""http://x"")"`);
});

it("brings together only what belongs together, whatever else lies in a piece", () => {
  const part = (aggregate: Part["aggregate"], id: string, state: object, productId = "p-1"): Part =>
    ({ aggregate, id, productId, state }) as Part;
  const [first, second] = recordsOf([
    part("stock", "x", { ...stock, location: "main", onHand: 3 }),
    part("offer", "o-1", offer),
    part("product", "p-2", { ...lamp, status: "withdrawn" }, "p-2"),
    part("offer", "o-9", { ...offer, productId: "p-9" }, "p-9"),
    part("product", "p-1", lamp),
  ]);
  expect(first).toMatchObject({ id: "p-1", offers: [{ sku: "L1", stock: { main: 3 } }] });
  expect(second).toMatchObject({ id: "p-2", withdrawn: true, offers: [] });
});

it("cuts a large mall into pieces, and never into too many", () => {
  expect([0, 4_000, 4_001, 1e9].map(piecesFor)).toEqual([1, 1, 2, 256]);
});
