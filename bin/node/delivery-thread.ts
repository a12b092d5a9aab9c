/**
 * Delivery in a thread of its own: relay, sweeper, consumers and the writing of projections share nothing with the
 * thread that answers commands but the messages in which it tells what was committed. What is lost when this thread
 * dies is in the histories: its successor's sweeper and reconcilers find it.
 */
import { parentPort, type MessagePort } from "node:worker_threads";
import pino, { type Logger } from "pino";
import { createAnalytics } from "../../indexers/analytics";
import { kept } from "../../models";
import { openHistories } from "../../models/kernel/mongo-histories";
import { allLoaded } from "../compiled/compiled";
import { openAlerts } from "./alerts";
import { openDelivery, type Delivery } from "./delivery";
import { loadOf, unpack, type FromThread, type ThreadConfig, type ToThread } from "./delivery-messages";
import { openReadSide } from "./read-side";
import { startRecording } from "./recording";
import { connectStore } from "./store";

type Tell = (message: FromThread) => void;

interface Running {
  readonly delivery: Delivery;
  stop(): Promise<void>;
}

async function open(config: ThreadConfig, log: Logger, tell: Tell): Promise<Running> {
  const { natsUrl, namespace, nodeId } = config;
  const connection = await connectStore({ url: config.mongodbUrl, namespace });
  const histories = new Map(
    kept.map(({ aggregate, model }) => [aggregate.name, openHistories(connection, model, aggregate.schema)]),
  );
  const readSide = await openReadSide({ config, log });
  const aggregates = kept.map(({ aggregate }) => aggregate.name);
  const analytics = config.analytics ? createAnalytics({ client: readSide.client, namespace, aggregates }) : null;
  const delivery = await openDelivery({
    natsUrl,
    namespace,
    nodeId,
    store: { connection, histories },
    clock: { observe: (hlc) => tell({ kind: "observed", hlc }) },
    log,
    readers: [...readSide.indexers, await openAlerts(connection)],
    background: analytics?.readers ?? [],
  });
  await delivery.start();
  const recording = analytics && startRecording({ connection, recorder: analytics.recorder, nodeId, delivery, log });
  return {
    delivery,
    async stop() {
      await recording?.stop();
      await delivery.stop();
      await readSide.close();
      await connection.close();
    },
  };
}

function answer(message: ToThread, { delivery }: Running, tell: Tell): void {
  if (message.kind === "commits") {
    const commits = unpack(message.packed);
    delivery.announce(commits);
    tell({ kind: "taken", load: loadOf(commits) });
  } else if (message.kind === "hurry") delivery.hurry(message.reader);
  else if (message.kind === "status") {
    tell({ kind: "status", id: message.id, status: delivery.status() });
  }
}

/** What was announced before delivery works waits; how much that can be, the host bounds. */
async function run(port: MessagePort, config: ThreadConfig, waiting: ToThread[]): Promise<(message: ToThread) => void> {
  const tell: Tell = (message) => port.postMessage(message);
  const write = (line: string): void => tell({ kind: "log", line });
  const log = pino({ level: config.logLevel, base: null, timestamp: false }, { write });
  const running = await open(config, log, tell);
  const take = (message: ToThread): void => {
    if (message.kind === "stop") void running.stop().finally(() => process.exit(0));
    else answer(message, running, tell);
  };
  waiting.forEach(take);
  tell({ kind: "ready" });
  void allLoaded();
  return take;
}

/** Asked to begin, it begins; until it works, what it is told is kept in its order. */
function listen(port: MessagePort): void {
  const waiting: ToThread[] = [];
  let take = (message: ToThread): void => void waiting.push(message);
  const failed = (error: unknown): void => {
    const told: FromThread = { kind: "failed", why: error instanceof Error ? error.message : String(error) };
    port.postMessage(told);
    process.exit(1);
  };
  port.on("message", (message: ToThread) => {
    if (message.kind !== "begin") take(message);
    else run(port, message.config, waiting).then((works) => (take = works), failed);
  });
}

if (parentPort) listen(parentPort);
