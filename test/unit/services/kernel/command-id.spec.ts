import fc from "fast-check";
import Joi from "joi";
import { contracts } from "../../../../models/contracts";
import type { ActionContract } from "../../../../models/kernel/contract";
import { ID_PATTERN } from "../../../../models/kernel/ids";
import { commandIdOf, createdId, routingKeyOf } from "../../../../services/kernel/command-id";

const action = (more: Partial<ActionContract>): ActionContract => ({
  kind: "command",
  summary: "Do it",
  params: Joi.object(),
  permission: "thing.write",
  owner: "platform",
  http: { method: "POST", path: "/v1/things" },
  ...more,
});

test("a command id is an id, the same for the same three words and another for any other three", () => {
  const word = fc.string({ minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(fc.tuple(word, word, word), fc.tuple(word, word, word), (a, b) => {
      const same = a.every((part, i) => part === b[i]);
      expect(commandIdOf(...a)).toMatch(ID_PATTERN);
      expect(commandIdOf(...a) === commandIdOf(...b)).toBe(same);
    }),
  );
  expect(commandIdOf("ab", "c", "d")).not.toBe(commandIdOf("a", "bc", "d"));
});

describe("the routing key", () => {
  test("of a create is the id of what will be made", () => {
    expect(routingKeyOf("thing.make", action({ kind: "create" }), {}, "c-1")).toBe(createdId("thing", "c-1"));
    expect(createdId("thing", "c-1")).not.toBe(createdId("other", "c-1"));
  });

  test("of others is the param that the contract names, or what it makes of several", () => {
    expect(routingKeyOf("thing.do", action({ key: "id" }), { id: "t-1" }, "c-1")).toBe("t-1");
    const keyOf = (params: object) => Object.values(params).join("/");
    expect(routingKeyOf("thing.do", action({ keyOf }), { a: 1, b: 2 }, "c-1")).toBe("1/2");
    expect(routingKeyOf("thing.do", action({ kind: "query" }), { id: "t-1" }, "c-1")).toBeUndefined();
  });

  test.each([{}, { id: 7 }, { id: null }, { id: "" }, { id: "x".repeat(201) }, { id: ["a"] }])(
    "is none where the params do not say: %j",
    (params) => {
      expect(routingKeyOf("thing.do", action({ key: "id" }), params, "c-1")).toBeUndefined();
    },
  );

  test("never throws, whatever the params of whatever action of the mall", () => {
    const actions = contracts.flatMap(({ actions: all }) => Object.entries(all));
    const names = fc.constantFrom("id", "offerId", "location", "toString");
    fc.assert(
      fc.property(fc.constantFrom(...actions), fc.dictionary(names, fc.jsonValue()), ([name, one], params) => {
        const key = routingKeyOf(name, one, params, "c-1");
        expect(key === undefined || typeof key === "string").toBe(true);
      }),
    );
  });
});
