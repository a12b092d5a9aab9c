import path from "node:path";
import { Worker } from "node:worker_threads";
import { beginEarly, takeWorker } from "../../../../bin/node/delivery-worker";

const program = path.join(__dirname, "../../../support/thread-that-fails.js");
const begun: Worker[] = [];
const kept = (worker: Worker): Worker => {
  begun.push(worker);
  return worker;
};
afterEach(() => Promise.all(begun.splice(0).map((worker) => worker.terminate())));

const firstWord = (worker: Worker): Promise<unknown> => new Promise((resolve) => worker.once("message", resolve));

test("a thread that was begun early is taken by who asks first, and by nobody else", async () => {
  beginEarly(program);
  const between = kept(new Worker(program));
  const [first, second] = [kept(takeWorker(program)), kept(takeWorker(program))];
  // threads are numbered as they are begun
  expect(first.threadId).toBeLessThan(between.threadId);
  expect(second.threadId).toBeGreaterThan(between.threadId);
  const heard = firstWord(first);
  first.postMessage({ kind: "begin", config: { namespace: "mall" } });
  expect(await heard).toMatchObject({ kind: "log" });
});
