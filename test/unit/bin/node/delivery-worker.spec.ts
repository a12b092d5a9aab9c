import path from "node:path";
import type { Worker } from "node:worker_threads";
import { beginEarly, takeWorker } from "../../../../bin/node/delivery-worker";

const program = path.join(__dirname, "../../../support/thread-that-fails.js");
const taken: Worker[] = [];
const take = (...of: string[]): Worker => {
  const worker = takeWorker(...of);
  taken.push(worker);
  return worker;
};
afterEach(() => Promise.all(taken.splice(0).map((worker) => worker.terminate())));

const firstWord = (worker: Worker): Promise<unknown> => new Promise((resolve) => worker.once("message", resolve));
const config = { namespace: "mall" };

test("what was begun early is taken once, and then works as any other", async () => {
  beginEarly(program);
  const early = take();
  const heard = firstWord(early);
  early.postMessage({ kind: "begin", config });
  expect(await heard).toMatchObject({ kind: "log" });
  expect(take(program).threadId).not.toBe(early.threadId);
});
