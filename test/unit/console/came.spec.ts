/** What a seller says in the console of goods that came back is what the mall takes. */
import { cameOf, inspectedOf } from "../../../console/seller/came";
import { returnContract } from "../../../models/return/return.contract";

const params = returnContract.actions["return.inspect"].params;
const one = {
  id: "r1",
  lines: [
    { lineId: "l1", quantity: 2 },
    { lineId: "l2", quantity: 1 },
  ],
};

it("accepts all that came, to be sold again, unless something else is said", () => {
  const said = inspectedOf(one, cameOf(one), 0);
  expect(said).toEqual({ id: "r1", lines: one.lines.map((line) => ({ ...line, restock: true })) });
  expect(params.validate(said).error).toBeUndefined();
});

it("leaves out what did not come, and keeps something for wear", () => {
  const came = { ...cameOf(one), l1: { quantity: 1, restock: false }, l2: { quantity: 0, restock: true } };
  const said = inspectedOf(one, came, 350);
  expect(said).toEqual({ id: "r1", lines: [{ lineId: "l1", quantity: 1, restock: false }], keepMinor: 350 });
  expect(params.validate(said).error).toBeUndefined();
});

it("may accept nothing of it", () => {
  const said = inspectedOf(one, { l1: { quantity: 0, restock: true } }, 0);
  expect(params.validate(said).error).toBeUndefined();
});
