/** Papers are drawn with the library's own letters, which are Latin ones. */
import { inflateSync } from "node:zlib";
import type { InvoiceView } from "../../../../models/invoice/invoice.contract";
import { OWN_LANGUAGES, type OwnLanguage } from "../../../../models/kernel/text";
import { invoicePdf } from "../../../../services/gateway/papers";

const paper: Omit<InvoiceView, "language"> = {
  ...{ sellerId: "seller-1", kind: "invoice", number: 7, issuedAt: "2026-01-31T12:00:00.000Z", seller: null },
  ...{ sellerName: "Licht & Co", orderId: "o1", orderNumber: "MAIN-100001", customerId: "mia", currency: "EUR" },
  ...{ supplied: { how: "paid", on: "2026-01-31" }, amends: [], exemption: null, buyer: null },
  lines: [
    {
      ...{ title: { ko: "등", en: "Lamp", de: "Lampe", ar: "مصباح" }, quantity: 1, unitNetMinor: 100_000 },
      ...{ discountNetMinor: 0, taxRateBp: 1_900, taxMinor: 19_000, totalMinor: 119_000 },
    },
  ],
  ...{ taxMinor: 19_000, totalMinor: 119_000 },
};

/** What is drawn on the sheets; dates and ids of the file stand elsewhere. */
async function drawn(language: OwnLanguage): Promise<string> {
  const file = await invoicePdf({ ...paper, language });
  const text = file.toString("latin1");
  const streams = [...text.matchAll(/FlateDecode[^]*?stream\n([^]*?)\nendstream/g)];
  return streams.map(([, packed = ""]) => inflateSync(Buffer.from(packed, "latin1")).toString("latin1")).join();
}

/** As it stands in the file: parts of it in hexadecimal, with the gaps between letters. */
const words = (sheet: string): string =>
  [...sheet.matchAll(/<([0-9a-f]+)>/g)].map(([, hex = ""]) => Buffer.from(hex, "hex").toString("latin1")).join("");

test("who reads Korean or Arabic gets a paper in English: its letters can be read", async () => {
  const [en, de, ko, ar] = await Promise.all(OWN_LANGUAGES.map(drawn));
  expect(words(en ?? "")).toMatch(/Invoice 7[^]*Lamp[^]*1,190\.00/);
  expect(words(de ?? "")).toMatch(/Rechnung 7[^]*Lampe[^]*1\.190,00/);
  expect([ko, ar]).toEqual([en, en]);
});
