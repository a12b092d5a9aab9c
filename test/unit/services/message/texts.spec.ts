import {
  letterSchema,
  TEMPLATES,
  type Letter,
  type Template,
} from "../../../../models/message/message.letter.contract";
import { itemsOf } from "../../../../services/order/letters.saga";
import { written } from "../../../../services/message/texts.mail";

const of = { number: "MAIN-100001", link: "https://mall.example/v1/orders/o1/track?key=k" };
const items = { items: [{ title: "Lampe „Ada“", quantity: 2 }], more: 3 };
const money = { amountMinor: 123_450, currency: "EUR" };

const letters: { readonly [T in Template]: Extract<Letter, { template: T }> } = {
  "order-placed": { template: "order-placed", ...of, ...items, ...money },
  "parcel-shipped": { template: "parcel-shipped", ...of, ...items, carrier: "DHL", tracking: "JJD01" },
  "goods-delivered": { template: "goods-delivered", ...of, ...items },
  "order-raised": {
    template: "order-raised",
    ...of,
    ...money,
    reason: "zwei mehr",
    until: "2026-03-05T09:00:00.000Z",
  },
  "return-decided": { template: "return-decided", ...of, kind: "claim", decision: "rejected", reason: "worn" },
  refund: { template: "refund", ...of, ...money, reason: "return" },
  "payout-statement": { template: "payout-statement", ...money, cycle: 4, sellerName: "Licht & Co", link: of.link },
  "webhook-disabled": { template: "webhook-disabled", host: "shop.example:8443", gone: false, link: of.link },
  "wish-alert": {
    ...{ template: "wish-alert", what: "cheaper", title: "Lampe „Ada“", ...money, wasMinor: 200_000 },
    ...{ link: of.link, stop: "https://mall.example/alerts/stop?list=l&item=i&key=k" },
  },
};

/** What a letter must tell, in whichever language. */
const TELLS: { readonly [T in Template]: readonly string[] } = {
  "order-placed": [of.number, of.link, "2 × Lampe „Ada“", "3", "EUR"],
  "parcel-shipped": [of.number, of.link, "2 × Lampe „Ada“", "DHL", "JJD01"],
  "order-raised": [of.number, of.link, "zwei mehr", "2026-03-05"],
  "goods-delivered": [of.number, of.link, "2 × Lampe „Ada“"],
  "return-decided": [of.number, of.link, "worn"],
  refund: [of.number, of.link, "EUR"],
  "payout-statement": ["4", "Licht & Co", of.link, "EUR"],
  "webhook-disabled": ["shop.example:8443", of.link],
  "wish-alert": ["Lampe „Ada“", of.link, "/alerts/stop?", "EUR"],
};

describe.each(["en", "de", "ko", "ar"] as const)("in %s", (language) => {
  test.each(TEMPLATES)("%s tells what it has to", (template) => {
    const { subject, text } = written(letters[template], language);
    for (const told of TELLS[template]) expect(text).toContain(told);
    expect(subject).toMatch(/^[^\r\n]{5,150}$/);
    expect(text).not.toMatch(/undefined|null|\[object|NaN|\n{4}/);
    expect(text.endsWith("\n") && !text.endsWith("\n\n")).toBe(true);
  });
});

test("each language has words and a way to write amounts of its own", () => {
  for (const template of TEMPLATES) {
    const all = (["en", "de", "ko", "ar"] as const).map((language) => written(letters[template], language));
    expect(new Set(all.map(({ text }) => text)).size).toBe(4);
    expect(new Set(all.map(({ subject }) => subject)).size).toBe(4);
  }
  expect(written(letters.refund, "de").text).toMatch(/1\.234,50 EUR[^]*Rücksendung/);
  expect(written(letters.refund, "en").text).toMatch(/EUR 1,234\.50[^]*returned goods/);
  expect(written(letters.refund, "ko").text).toMatch(/1,234\.50[^]*반품/);
  expect(written(letters.refund, "ar").text).toMatch(/1,234\.50[^]*بضاعة مرتجعة/);
  expect(written({ ...letters.refund, reason: "It was late" }, "de").text).toContain("It was late");
});

test("what is not known is left out of a letter", () => {
  const { text } = written({ ...letters["parcel-shipped"], carrier: null, tracking: null, more: 0 }, "en");
  expect(text).not.toMatch(/Carrier|Tracking|more|null/);
});

test("each letter passes its schema, and none with what is not its own", () => {
  for (const template of TEMPLATES) {
    expect(letterSchema.validate(letters[template]).error).toBeUndefined();
    expect(letterSchema.validate({ ...letters[template], more2: 1 }).error).toBeDefined();
  }
});

test("a letter names the units it is about, and at most twenty lines of them", () => {
  const lines = Array.from({ length: 25 }, (_, n) => ({
    ...{ lineId: `l${n}`, productId: "p", title: `Lamp ${n}`, quantity: 9, taxMinor: 0, totalMinor: 0 },
  }));
  const all = Object.fromEntries(lines.map(({ lineId }) => [lineId, 2]));
  const { items: named, more } = itemsOf({ lines }, all);
  expect([named.length, more]).toEqual([20, 5]);
  expect(itemsOf({ lines }, { l3: 1, l4: 0 })).toEqual({ items: [{ title: "Lamp 3", quantity: 1 }], more: 0 });
});
