import { documentOf } from "../../../../indexers/kernel/document";
import { keyword } from "../../../../indexers/kernel/fields";
import { targetsIn } from "../../../../indexers/kernel/projection";
import { rowsOf } from "../../../support/commits";
import type { Commit } from "../../../../models/kernel/row";

const commit = (version: number, state: Lamp): Commit => ({
  ...(rowsOf({ id: "a", versions: version, state: () => state }).at(-1) as Commit),
  aggregate: "lamp",
});

type Lamp = { readonly status: "absent" } | { readonly status: "lit"; readonly watts: number };

const lamps = documentOf<Lamp>({
  ...{ name: "lamps", revision: 1, source: "lamp" },
  fields: { id: keyword },
  document: ({ watts }, { id, version }) => ({ id, version, watts }),
});

it("is the thing's state with its version, and nothing before its first commit", () => {
  const lit = commit(3, { status: "lit", watts: 40 });
  expect(lamps.document(lit)).toEqual({ id: "a", version: 3, watts: 40 });
  expect(targetsIn(lamps, lit)).toEqual([{ projection: "lamps", id: "a" }]);
  const absent = commit(1, { status: "absent" });
  expect(lamps.document(absent)).toBeNull();
  expect(targetsIn(lamps, absent)).toEqual([]);
});

it("declares each field, so that the engine refuses what nobody declared", () => {
  expect(lamps.mappings).toEqual({ dynamic: "strict", properties: { id: keyword } });
});
