// Stands in for the thread of delivery: takes commits and tells how many, dies of one that says "die", and takes no
// more of them after one that says "stall". Asked for its status, it tells what it has taken since it began.
const { parentPort } = require("node:worker_threads");

let published = 0;
let stalled = false;

function take(packed) {
  if (stalled) return;
  const bodies = packed.filter((_, i) => i % 5 === 4);
  if (bodies.includes("die")) throw new Error("died of a commit");
  stalled = bodies.includes("stall");
  if (stalled) return;
  published += bodies.length;
  parentPort.postMessage({ kind: "taken", load: { commits: bodies.length, chars: bodies.join("").length } });
}

function answer({ kind, id, packed }) {
  if (kind === "commits") take(packed);
  else if (kind === "stop") process.exit(0);
  else {
    const status = { connected: true, relay: { published, dropped: 0 }, consumers: {} };
    parentPort.postMessage({ kind: "status", id, status });
  }
}

function begin({ namespace }) {
  if (namespace === "fails") {
    parentPort.postMessage({ kind: "failed", why: "NATS does not answer." });
    process.exit(1);
  }
  parentPort.on("message", answer);
  parentPort.postMessage({ kind: "log", line: JSON.stringify({ level: 40, msg: "hello", n: 1 }) });
  parentPort.postMessage({ kind: "observed", hlc: namespace });
  parentPort.postMessage({ kind: "ready" });
}

parentPort.once("message", ({ config }) => begin(config));
