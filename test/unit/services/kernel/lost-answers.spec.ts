import { giveUpLost } from "../../../../services/kernel/lost-answers";
import { eventually } from "../../../support/eventually";

interface Asked {
  readonly nodeID: string;
}

function scene() {
  const stopping = new AbortController();
  const beats = new Map<string, number>([
    ["node-2", 10],
    ["node-3", 10],
  ]);
  const pending = new Map<string, Asked>([
    ["a", { nodeID: "node-2" }],
    ["b", { nodeID: "node-3" }],
  ]);
  const removed: string[] = [];
  const transit = {
    pendingRequests: pending,
    removePendingRequestByNodeID(id: string) {
      removed.push(id);
      for (const [key, { nodeID }] of pending) if (nodeID === id) pending.delete(key);
    },
  };
  const clock = { seconds: 10 };
  const nodes = { get: (id: string) => ({ lastHeartbeatTime: beats.get(id) ?? 0 }) };
  const running = giveUpLost({ transit, nodes, now: () => clock.seconds, signal: stopping.signal });
  return { beats, pending, removed, clock, running, stop: () => stopping.abort() };
}

test("what a node owes is given up when it is heard again, and not before", async () => {
  const { beats, pending, removed, running, stop } = scene();
  expect(removed).toEqual([]);
  beats.set("node-3", 12);
  await eventually("node-3 was heard", () => removed.includes("node-3"));
  expect([...pending.keys()]).toEqual(["a"]);
  // what it is asked from now on, it will answer
  pending.set("c", { nodeID: "node-3" });
  beats.set("node-2", 12);
  await eventually("node-2 was heard", () => removed.includes("node-2"));
  expect(removed).toEqual(["node-3", "node-2"]);
  expect([...pending.keys()]).toEqual(["c"]);
  stop();
  await running;
});

test("it looks no longer than a node may be silent", async () => {
  const { removed, clock, running } = scene();
  clock.seconds = 60;
  await running;
  expect(removed).toEqual([]);
});
