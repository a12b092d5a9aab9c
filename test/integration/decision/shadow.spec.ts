/** A version that watches: it takes what was decided again, decides nothing, and is held against what came of it. */
import { FIRST_MODEL } from "../../../ml/fraud/first";
import { artefactOf, LIBRARIES } from "../../../ml/kernel/card";
import type { AssessPayment, Assessed } from "../../../models/fraud/fraud.contract";
import type { Compared } from "../../../models/model/model.shadow.contract";
import type { Principal } from "../../../services/kernel/call";
import { openMemoryNode, type MemoryNode } from "../../support/memory-node";

const root: Principal = { id: "root", permissions: ["*"] };
const reader: Principal = { id: "sid", permissions: [], grants: [{ role: "admin-security", party: null }] };

let mall: MemoryNode;
beforeAll(async () => {
  mall = await openMemoryNode();
});
afterAll(() => mall.stop());

const assess = (n: number): Promise<Assessed> => {
  const asked: AssessPayment = {
    ...{ checkoutId: `c-${n}`, round: 1, customerId: `who-${n}`, subject: `who-${n}`, sellerId: "lumen" },
    ...{ contact: null, address: null, provider: "test", method: "tok_ok", amountMinor: 5_000, currency: "EUR" },
  };
  return mall.call(root, "fraud.assess", asked);
};
const compare = (): Promise<Compared> => mall.call(reader, "model.compare", { id: "fraud", decisions: 100 });

it("says that no version watches", async () => {
  expect(await compare()).toMatchObject({ shadow: null, decisions: 0, same: 0, moved: {}, apart: null });
});

it("tells what a wary version would have done with what was let through, and lets it decide nothing", async () => {
  const before = await Promise.all([1, 2, 3].map(assess));
  expect(before.map(({ outcome }) => outcome)).toEqual(["allow", "allow", "allow"]);
  await mall.call(root, "decision.outcome", { id: before[0]?.decisionId, label: "chargeback" });
  await mall.call(root, "decision.outcome", { id: before[1]?.decisionId, label: "confirmed" });
  const wary = { ...FIRST_MODEL, logistic: { ...FIRST_MODEL.logistic, bias: FIRST_MODEL.logistic.bias + 5 } };
  const hash = await mall.node.blobs.put(Buffer.from(artefactOf(wary)));
  const card = {
    ...{ data: "none", rows: 1, features: [...wary.features], measure: "AP", metrics: { AP: 0.5 } },
    ...{ baseline: { AP: 0.6 }, against: null, seed: 1, libraries: LIBRARIES },
  };
  await mall.call(root, "model.register", { id: "fraud", hash, card });
  await mall.call(root, "model.shadow", { id: "fraud", hash });
  const compared = await compare();
  expect(compared).toMatchObject({ shadow: { hash, number: 1 }, decisions: 3, same: 0, moved: { "allow>review": 3 } });
  expect(compared.apart).toBeCloseTo(5, 3);
  // the one that was fraud would have been stopped, and so would the honest one
  expect(compared.cameTrue).toEqual({ count: 2, decided: 1, shadow: 1 });
  expect((await assess(4)).outcome).toBe("allow");
});

it("has nothing to say of a version whose file is gone", async () => {
  const hash = "ab".repeat(32);
  const card = {
    ...{ data: "none", rows: 1, features: [], measure: "AP", metrics: { AP: 0.5 } },
    ...{ baseline: { AP: 0.6 }, against: null, seed: 1, libraries: LIBRARIES },
  };
  await mall.call(root, "model.register", { id: "fraud", hash, card });
  await mall.call(root, "model.shadow", { id: "fraud", hash });
  expect(await compare()).toMatchObject({ shadow: { hash, number: 2 }, decisions: 0, apart: null, cameTrue: null });
});
