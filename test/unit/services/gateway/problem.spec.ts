import { Errors } from "moleculer";
import { Refusal } from "../../../../models/kernel/refusal";
import { refusals } from "../../../../models/refusals";
import { gatewayRefusals, problemHeaders, problemOf } from "../../../../services/gateway/problem";

const statusAndType = (error: unknown) => {
  const { problem, unexpected } = problemOf(error, "r-1");
  return [problem.status, problem.type, unexpected];
};

test.each(Object.entries({ ...refusals, ...gatewayRefusals }))("%s is told as %i", (type, status) => {
  expect(statusAndType(new Refusal(type, status, "No."))).toEqual([status, `urn:stoa:refusal:${type}`, false]);
});

test("the two lists do not use one word for two things", () => {
  expect(Object.keys(gatewayRefusals).filter((type) => type in refusals)).toEqual([]);
});

test("a refusal that came from another node is a plain object, and told alike", () => {
  const refusal = new Refusal("VERSION_MISMATCH", 412, "It stands at 3.", { version: 3 });
  const { type, code, message, data, name } = refusal;
  const plain: unknown = JSON.parse(JSON.stringify({ name, message, code, type, data, nodeID: "node-2" }));
  const restored = new Errors.Regenerator().restore(plain as never, {} as never);
  for (const error of [refusal, plain, restored]) {
    expect(problemOf(error, "r-1").problem).toEqual({
      type: "urn:stoa:refusal:VERSION_MISMATCH",
      title: "Version mismatch",
      status: 412,
      detail: "It stands at 3.",
      requestId: "r-1",
      version: 3,
    });
  }
});

test("the data of a refusal cannot pass for the problem's own members", () => {
  const data = { type: "x", status: 200, detail: "y", requestId: "z", title: "t", extra: 1 };
  expect(problemOf(new Refusal("NOT_FOUND", 404, "No.", data), "r-1").problem).toMatchObject({
    type: "urn:stoa:refusal:NOT_FOUND",
    status: 404,
    detail: "No.",
    requestId: "r-1",
    extra: 1,
  });
});

const at = { action: "product.get", nodeID: "node-2" };
test.each([
  [new Errors.ServiceNotFoundError(at), 503, "SERVICE_UNAVAILABLE"],
  [new Errors.ServiceNotAvailableError(at), 503, "SERVICE_UNAVAILABLE"],
  [new Errors.RequestRejectedError(at), 503, "SERVICE_UNAVAILABLE"],
  [new Errors.QueueIsFullError(at), 503, "SERVICE_UNAVAILABLE"],
  [new Errors.MoleculerRetryableError("gone from node-2", 502, "BAD_GATEWAY", at), 503, "SERVICE_UNAVAILABLE"],
  [new Errors.RequestTimeoutError(at), 504, "SERVICE_TIMEOUT"],
  [new Errors.RequestSkippedError(at), 504, "SERVICE_TIMEOUT"],
])("a call that reached nobody is told without names of nodes: %s", (error, status, type) => {
  expect(statusAndType(error)).toEqual([status, `urn:stoa:refusal:${type}`, false]);
  expect(JSON.stringify(problemOf(error, "r-1").problem)).not.toContain("node-2");
});

test.each([
  new Error("secret"),
  new Errors.MoleculerError("secret", 500, "ODD_TYPE", { secret: 1 }),
  Object.assign(new Error("secret"), { type: "toString", code: 404 }),
  Object.assign(new Error("secret"), { statusCode: 503 }),
  "secret",
  null,
  undefined,
])("whatever else is an error without a word of what it was: %p", (error) => {
  const { problem, unexpected } = problemOf(error, "r-1");
  expect(statusAndType(error)).toEqual([500, "urn:stoa:error:INTERNAL", true]);
  expect(unexpected).toBe(true);
  expect(JSON.stringify(problem)).not.toContain("secret");
});

test("headers say when to come again and how to log in", () => {
  const headersOf = (type: keyof typeof refusals) =>
    problemHeaders(problemOf(new Refusal(type, refusals[type], "No."), "r-1").problem);
  expect(headersOf("MAILBOX_FULL")).toEqual({ "retry-after": "1" });
  expect(headersOf("READ_BEHIND")).toEqual({ "retry-after": "1" });
  expect(headersOf("UNAUTHENTICATED")).toEqual({ "www-authenticate": 'Bearer realm="stoa"' });
  expect(headersOf("NOT_FOUND")).toEqual({});
});
