/** Every saga has its boundaries disturbed somewhere: one that is added and covered nowhere fails here by existing. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { kept } from "../../models";

const ROOT = path.resolve(__dirname, "../..");
/** Where faults are made at every call that is heard. */
const BOUNDARIES = ["test/integration/checkout/boundaries.spec.ts", "test/integration/order/boundaries.spec.ts"];

const sagas = kept.map(({ aggregate }) => aggregate).filter(({ name, decide }) => `${name}.undone` in decide);

it("knows the sagas by what only they have", () => {
  expect(sagas.map(({ name }) => name)).toEqual(expect.arrayContaining(["checkout", "supplement"]));
});

it.each(sagas.map(({ name }) => name))("%s is disturbed at every boundary", (name) => {
  const texts = BOUNDARIES.map((file) => readFileSync(path.join(ROOT, file), "utf8"));
  expect(texts.filter((text) => text.includes(`${name}Saga`))).not.toEqual([]);
});
