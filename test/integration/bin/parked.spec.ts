/** What is parked: shown with its reason, and gone on with when the cause is gone. */
import { randomUUID } from "node:crypto";
import pino from "pino";
import { openNode, type RunningNode } from "../../../bin/node/node";
import { toldOf } from "../../../bin/parked/parked.command";
import type { Places } from "../../../bin/stores/places";
import { openRows, type Rows } from "../../../bin/stores/stores";
import { readerNameOf } from "../../../indexers/kernel/indexer";
import { aliasOf } from "../../../indexers/kernel/indices";
import { createSearchClient } from "../../../indexers/kernel/client";
import { sellers } from "../../../indexers/seller/sellers.projection";
import { collectionIn } from "../../../services/kernel/mongo-collection";
import { CONSUMER_PARKED, createParkedStore, RELAY_PARKED } from "../../../services/kernel/parked";
import { openedOn, startBacking } from "../../support/backing";
import { eventually } from "../../support/eventually";

const READER = readerNameOf(sellers);

let node: RunningNode;
let backing: Awaited<ReturnType<typeof startBacking>>;
let rows: Rows;
let places: Places;
let id: string;

beforeAll(async () => {
  backing = await startBacking();
  const config = backing.config({ STOA_NAMESPACE: `t${randomUUID().slice(0, 8)}` });
  node = await openedOn(backing, () => openNode(config, pino({ level: "silent" })));
  const { namespace, mongodbUrl, elasticsearchUrl, natsUrl } = config;
  places = { dataDir: config.dataDir, namespace, mongodbUrl, elasticsearchUrl, natsUrl };
  const root = { principal: { id: "root", permissions: ["*"] }, trace: "parked" };
  const made = await node.broker.call<{ id: string }, object>(
    "seller.apply",
    { name: "Mia Lamps", country: "DE", form: "company" },
    { meta: root },
  );
  id = made.id;
  rows = await openRows(places);
});
afterAll(async () => {
  await rows.close();
  await node.stop();
  await backing.stop();
});

const park = async (collection: string, by: string, version = 1): Promise<void> => {
  const store = await createParkedStore(node.store.connection, collection);
  const entry = { by, aggregate: "seller", aggregateId: id, version, at: "2026-03-04T12:00:00.000Z", attempts: 5 };
  await store.put({ _id: `${by}:seller/${id}@${version}`, ...entry, reason: "this commit is poison" });
};

it("is empty where all went well", async () => {
  expect(toldOf(await rows.parked.all())).toEqual(["Nothing is parked: every commit was published and read."]);
});

it("tells who parked which commit, and why", async () => {
  await park(CONSUMER_PARKED, READER);
  expect(toldOf(await rows.parked.all())).toEqual([
    `${READER}: seller/${id}@1, since 2026-03-04T12:00:00.000Z, tried 5 times: this commit is poison`,
  ]);
});

it("reads again what a projection could not, and what cannot be read stays, with the new reason", async () => {
  const client = createSearchClient(places.elasticsearchUrl ?? "");
  const alias = aliasOf(places.namespace, sellers.name);
  const there = () => client.exists({ index: alias, id, realtime: true });
  try {
    await eventually("it was read once", there);
    await client.delete({ index: alias, id });
    await park(CONSUMER_PARKED, READER, 9);
    expect(await rows.parked.again(READER)).toEqual({ replayed: 1, failed: 1 });
    expect((await rows.parked.all()).map(({ version, reason }) => [version, reason])).toEqual([
      [9, "there is no such commit in the history"],
    ]);
  } finally {
    await client.close();
  }
});

it("puts what was not published back into the outbox, from where the mall sends it", async () => {
  const history = collectionIn<{ aggregateId: string; published: boolean }>(node.store.connection, "seller.history");
  const published = async (): Promise<boolean> => (await history.findOne({ aggregateId: id }))?.published === true;
  await eventually("it is published", published);
  await park(RELAY_PARKED, "relay");
  expect(await rows.parked.again("relay")).toEqual({ replayed: 1, failed: 0 });
  expect((await rows.parked.all()).filter(({ by }) => by === "relay")).toEqual([]);
  await eventually("the mall has sent it again", published);
});

it("leaves alone what is read in the mall's own processes", async () => {
  expect(await rows.parked.again("checkout-saga")).toBeNull();
});
