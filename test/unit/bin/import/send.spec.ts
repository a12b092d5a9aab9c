/** A record's commands go together, and after what was imported before with other content come its changes. */
import type { Mall, Outcome } from "../../../../bin/client/mall";
import { sendRecord } from "../../../../bin/import/send";
import type { Step } from "../../../../bin/import/steps";

const step = (name: string, changed: Step["changed"] = [], fine: readonly string[] = []): Step => ({
  ...{ name, action: name, params: {}, idempotencyKey: name, changed, fine },
});

/** A mall that refuses some commands by their keys. */
function mallThat(refuses: Readonly<Record<string, string>>): { mall: Mall; asked: string[][] } {
  const asked: string[][] = [];
  const outcome = (key: string): Outcome =>
    key in refuses ? { ok: false, type: refuses[key] ?? "", detail: `not ${key}` } : { ok: true, token: `t-${key}` };
  const sendAll: Mall["sendAll"] = (commands) => {
    asked.push(commands.map(({ idempotencyKey }) => idempotencyKey));
    const outcomes: Outcome[] = [];
    for (const { idempotencyKey } of commands) {
      outcomes.push(outcome(idempotencyKey));
      if (outcomes.at(-1)?.ok !== true) break;
    }
    return Promise.resolve(outcomes);
  };
  return { mall: { sendAll } as Mall, asked };
}

test("all that a record says goes in one request", async () => {
  const { mall, asked } = mallThat({});
  expect(await sendRecord(mall, [step("a"), step("b"), step("c")])).toEqual({ ok: true, token: "t-c", changed: false });
  expect(asked).toEqual([["a", "b", "c"]]);
  expect(await sendRecord(mall, [])).toEqual({ ok: true, token: "", changed: false });
});

test("what is refused ends it, by the name of its step", async () => {
  const { mall, asked } = mallThat({ b: "OFFER_CLOSED" });
  const sent = await sendRecord(mall, [step("a"), step("b"), step("c")]);
  expect(sent).toEqual({ ok: false, step: "b", problem: "OFFER_CLOSED: not b" });
  expect(asked).toEqual([["a", "b", "c"]]);
});

test("changed content is changed in its place, and the rest follows", async () => {
  const { mall, asked } = mallThat({ b: "IDEMPOTENCY_KEY_REUSED", published: "PRODUCT_NOT_DRAFT" });
  const changes = [step("revised"), step("published", [], ["PRODUCT_NOT_DRAFT"]), step("listed")];
  const sent = await sendRecord(mall, [step("a"), step("b", changes), step("c")]);
  expect(sent).toEqual({ ok: true, token: "t-c", changed: true });
  expect(asked).toEqual([["a", "b", "c"], ["revised", "published", "listed"], ["listed"], ["c"]]);
});

test("a change that is refused ends it as well", async () => {
  const { mall } = mallThat({ a: "IDEMPOTENCY_KEY_REUSED", revised: "FORBIDDEN" });
  const sent = await sendRecord(mall, [step("a", [step("revised")]), step("b")]);
  expect(sent).toEqual({ ok: false, step: "a", problem: "FORBIDDEN: not revised" });
});

test("a change at the end that there is nothing to do about leaves the token of what was done", async () => {
  const { mall } = mallThat({ a: "IDEMPOTENCY_KEY_REUSED", published: "PRODUCT_NOT_DRAFT" });
  const changes = [step("revised"), step("published", [], ["PRODUCT_NOT_DRAFT"])];
  expect(await sendRecord(mall, [step("a", changes)])).toEqual({ ok: true, token: "t-revised", changed: true });
});
