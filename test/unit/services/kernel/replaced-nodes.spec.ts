import { EventEmitter } from "node:events";
import { createInstances, replacedNodes } from "../../../../services/kernel/replaced-nodes";

const news = (instanceID: string | null, id = "node-2", local = false) => ({ node: { id, instanceID, local } });

describe("nodes that were replaced", () => {
  it("are those that report under a known name as another instance", () => {
    const isReplaced = createInstances();
    const seen = [news("a"), news("a"), news("b"), news(null), news("b"), news("c", "node-3"), news("a")];
    expect(seen.map(isReplaced)).toEqual([false, false, true, false, false, false, true]);
  });

  it("owe no answers any more; this node itself is never one of them", () => {
    const removed: string[] = [];
    const localBus = new EventEmitter();
    const broker = { localBus, transit: { removePendingRequestByNodeID: (id: string) => removed.push(id) } };
    (replacedNodes().created as unknown as (on: typeof broker) => void)(broker);
    localBus.emit("$node.connected", news("a"));
    localBus.emit("$node.updated", news("a"));
    expect(removed).toEqual([]);
    localBus.emit("$node.updated", news("b"));
    localBus.emit("$node.updated", news("c", "node-1", true));
    localBus.emit("$node.updated", news("d", "node-1", true));
    expect(removed).toEqual(["node-2"]);
  });
});
