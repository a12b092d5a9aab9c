import { listRequest } from "../../../../indexers/errand/errands.query";

it("asks for what is open, the longest first, and for one more than is shown", () => {
  const { query, size, sort } = listRequest({ status: "open", kind: "refund", limit: 20 }, "errands");
  expect(query).toEqual({ bool: { filter: [{ term: { status: "open" } }, { term: { kind: "refund" } }] } });
  expect([size, sort]).toMatchObject([21, [{ openedAt: { order: "asc" } }, { id: "asc" }]]);
});

it("takes a cursor of the same question only", () => {
  const { preference } = listRequest({ limit: 20 }, "errands");
  expect(preference).not.toBe(listRequest({ status: "open", limit: 20 }, "errands").preference);
  const odd = () => listRequest({ limit: 20, cursor: "odd" }, "errands");
  expect(odd).toThrow(expect.objectContaining({ type: "CURSOR_INVALID" }) as Error);
});
