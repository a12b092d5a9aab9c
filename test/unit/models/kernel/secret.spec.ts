import { HIDDEN, withoutSecrets } from "../../../../models/kernel/secret";

const row = {
  version: 1,
  state: { id: "a", hash: "h", codes: ["x"], none: null },
  events: [
    { type: "thing.set", data: { id: "a", hash: "h" } },
    { type: "thing.used", data: {} },
  ],
};

test("secret fields are taken out of state and events, and everything else stays", () => {
  expect(withoutSecrets({ secret: ["hash", "codes", "none", "other"] }, row)).toEqual({
    version: 1,
    state: { id: "a", hash: HIDDEN, codes: HIDDEN, none: null },
    events: [
      { type: "thing.set", data: { id: "a", hash: HIDDEN } },
      { type: "thing.used", data: {} },
    ],
  });
});

test("a row of a model without secrets is itself; a state that is no object stays what it is", () => {
  expect(withoutSecrets({}, row)).toBe(row);
  expect(withoutSecrets({ secret: ["a"] }, { state: null, events: [] })).toEqual({ state: null, events: [] });
});
