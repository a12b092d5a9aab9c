import { fold } from "../../../../models/kernel/aggregate";
import { definition } from "../../../../models/kernel/definition";
import type { DomainEvent } from "../../../../models/kernel/row";
import { refuseKernel } from "../../../../models/kernel/refusal";
import { deepFrozen, NOW } from "../../../support/given";

interface Rule {
  readonly most: number;
  readonly owner: string | null;
}

const rule = definition({
  ...{ name: "rule", noun: "rule" },
  inForce: { status: "on", by: "enable", event: "enabled" },
  setAside: { status: "off", by: "disable", event: "disabled" },
  lay: ({ most, owner }: { readonly most: number; readonly owner?: string }): Rule => ({ most, owner: owner ?? null }),
  check: ({ most }) => {
    if (most < 1) refuseKernel("VALIDATION_FAILED", "A rule allows one at least.");
  },
});

const created: DomainEvent = { type: "rule.created", data: { most: 3, owner: null } };
const after = (...events: DomainEvent[]): unknown => deepFrozen(fold(rule, rule.initial, events));
const decide = (state: unknown, command: string, params: object): readonly DomainEvent[] =>
  rule.decide[command]?.(state, deepFrozen(params), NOW) ?? [{ type: "unknown command", data: {} }];

it("is in force once laid down, with what was left out filled in", () => {
  expect(decide(rule.initial, "rule.create", { most: 3 })).toEqual([created]);
  expect(after(created)).toEqual({ status: "on", most: 3, owner: null });
});

it("changes what is named, and keeps the rest", () => {
  const revised = decide(after(created), "rule.revise", { id: "r", most: 5 });
  expect(revised).toEqual([{ type: "rule.revised", data: { most: 5 } }]);
  expect(after(created, ...revised)).toEqual({ status: "on", most: 5, owner: null });
});

it("is set aside and in force again; the same word twice changes nothing", () => {
  const off = decide(after(created), "rule.disable", { id: "r" });
  expect(after(created, ...off)).toMatchObject({ status: "off", most: 3 });
  expect(decide(after(created, ...off), "rule.disable", { id: "r" })).toEqual([]);
  const on = decide(after(created, ...off), "rule.enable", { id: "r" });
  expect(after(created, ...off, ...on)).toMatchObject({ status: "on" });
  expect(decide(after(created), "rule.enable", { id: "r" })).toEqual([]);
});

it("brings back what is content, and only what differs", () => {
  const now = after(created, { type: "rule.revised", data: { most: 5 } });
  const old = { id: "r", version: 1, content: { most: 3 }, gone: [] };
  const back = decide(now, "rule.revert", old);
  expect(back).toEqual([{ type: "rule.reverted", data: { toVersion: 1, content: { most: 3 }, gone: [] } }]);
  expect(deepFrozen(fold(rule, rule.initial, [created, ...back]))).toEqual({ status: "on", most: 3, owner: null });
  expect(decide(after(created), "rule.revert", old)).toEqual([]);
});

it.each<[string, unknown, readonly [command: string, params: object], string]>([
  ["twice", after(created), ["rule.create", { most: 1 }], "ALREADY_EXISTS"],
  ["what makes no sense", rule.initial, ["rule.create", { most: 0 }], "VALIDATION_FAILED"],
  ["a change that makes none", after(created), ["rule.revise", { id: "r", most: 0 }], "VALIDATION_FAILED"],
  [
    "to bring back what makes none today",
    after(created),
    ["rule.revert", { id: "r", version: 1, content: { most: 0 }, gone: [] }],
    "VALIDATION_FAILED",
  ],
  ["to bring back nothing", rule.initial, ["rule.revert", { id: "r", version: 1, content: {}, gone: [] }], "NOT_FOUND"],
  ["a change of nothing", rule.initial, ["rule.revise", { id: "r", most: 2 }], "NOT_FOUND"],
  ["setting aside nothing", rule.initial, ["rule.disable", { id: "r" }], "NOT_FOUND"],
])("refuses %s", (_what, state, [command, params], type) => {
  expect(() => decide(state, command, params)).toThrow(expect.objectContaining({ type }) as Error);
});
