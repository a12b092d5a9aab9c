import { erased, fold } from "../../../../models/kernel/aggregate";
import type { DomainEvent } from "../../../../models/kernel/row";
import {
  ATTEMPT_MAX_MS,
  ATTEMPTS_MAX,
  message,
  type KeptMessage,
  type MessageCommands,
  type MessageEvent,
  type MessageState,
  type WrittenMessage,
} from "../../../../models/message/message.aggregate";
import { given } from "../../../support/given";

const AT = "2026-01-31T12:00:00.000Z";
const after = (ms: number): string => new Date(Date.parse(AT) + ms).toISOString();
const params: WrittenMessage = {
  ...{ id: "m1", accountId: "mia", orderId: "o1", cause: "order/o1", language: "de", recipient: "mia@example.com" },
  ...{ template: "refund", subject: "Erstattung", text: "Wir erstatten Ihnen …\n" },
};

type Did = { readonly state: MessageState; readonly events: readonly DomainEvent[] };

function did(state: MessageState, name: keyof MessageCommands, asked: object, at = AT): Did {
  const events = erased(message).decide[name]?.(state, asked, at) ?? [];
  return { events, state: fold(erased(message), state, events) as MessageState };
}

const history = given(message);
const wasQueued: MessageEvent = { type: "message.queued", data: { ...params, at: AT } };
const wasBegun: MessageEvent = { type: "message.attempted", data: { at: AT } };
const queued = (): MessageState => did(message.initial, "message.queue", params).state;
const begun = (state: MessageState, at = AT): MessageState => {
  const attempt = "attempts" in state ? state.attempts + 1 : 1;
  return did(state, "message.attempt", { id: "m1", attempt }, at).state;
};
const dueOf = (state: MessageState) => message.due?.(state) ?? [];

test("a message is queued once, due at once, and sent by an attempt that was committed", () => {
  const state = queued();
  expect(did(state, "message.queue", { ...params, subject: "Another" }).events).toEqual([]);
  expect(dueOf(state)).toEqual([{ at: AT, command: "message.deliver", params: { id: "m1", attempt: 1 } }]);
  const sending = begun(state);
  history(wasQueued).when("message.attempt", { id: "m1", attempt: 2 }).refused("MESSAGE_STATUS");
  history(wasQueued, wasBegun).when("message.attempt", { id: "m1", attempt: 2 }).refused("MESSAGE_STATUS");
  // whoever looks after it, should nobody record what came of it
  const lost = { id: "m1", attempt: 1, outcome: "unknown", reason: "INTERRUPTED" };
  expect(dueOf(sending)).toEqual([{ at: after(ATTEMPT_MAX_MS), command: "message.record", params: lost }]);
  const sent = did(sending, "message.record", { id: "m1", attempt: 1, outcome: "sent" }, after(10)).state;
  expect(sent).toMatchObject({ status: "sent", sentAt: after(10), attempts: 1, reason: null });
  expect(dueOf(sent)).toEqual([]);
});

test("what did not go out is tried again, later each time, and given up in the end", () => {
  let state = queued();
  const pauses: number[] = [];
  for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt++) {
    const [next] = dueOf(state);
    const at = next?.at ?? "";
    const failed = { id: "m1", attempt, outcome: "no", reason: "ECONNECTION" } as const;
    state = did(begun(state, at), "message.record", failed, at).state;
    const [again] = dueOf(state);
    if (again) pauses.push((Date.parse(again.at) - Date.parse(at)) / 60_000);
  }
  expect(pauses).toEqual([1, 5, 30, 120, 720]);
  expect(state).toMatchObject({ status: "failed", attempts: ATTEMPTS_MAX, reason: "ECONNECTION" });
  const again = did(state, "message.resend", { id: "m1" }).state;
  expect(again).toMatchObject({ status: "queued", attempts: 0 });
  expect(dueOf(again)).toHaveLength(1);
});

test.each(["unknown", "never"] as const)("what ended as %s is not sent again by itself", (outcome) => {
  const { state } = did(begun(queued()), "message.record", { id: "m1", attempt: 1, outcome, reason: "ETIMEDOUT" });
  expect(state).toMatchObject({ status: "failed", reason: "ETIMEDOUT" });
  expect(dueOf(state)).toEqual([]);
});

test("an attempt that was given up records nothing of a later one", () => {
  const lost = did(begun(queued()), "message.record", { id: "m1", attempt: 1, outcome: "unknown" }).state;
  const second = begun(did(lost, "message.resend", { id: "m1" }).state);
  expect((second as KeptMessage).attempts).toBe(1);
  expect(did(lost, "message.record", { id: "m1", attempt: 1, outcome: "sent" }).events).toEqual([]);
  expect(did(queued(), "message.record", { id: "m1", attempt: 1, outcome: "sent" }).events).toEqual([]);
});

test("only what failed is sent again, and only what is there", () => {
  history(wasQueued).when("message.resend", { id: "m1" }).refused("MESSAGE_STATUS", { status: "queued" });
  history().when("message.resend", { id: "m1" }).refused("NOT_FOUND");
  history().when("message.attempt", { id: "m1", attempt: 1 }).refused("NOT_FOUND");
  history().when("message.record", { id: "m1", attempt: 1, outcome: "sent" }).refused("NOT_FOUND");
});
