/** What was tampered with is found, and what was killed comes back whole. */
import { writeFile } from "node:fs/promises";
import path from "node:path";
import mongoose, { type Connection } from "mongoose";
import { launch } from "../../client/launch";
import { until, type Scene } from "../scene";

type Stored = Readonly<Record<string, unknown>>;

async function inStore<T>(scene: Scene, work: (connection: Connection) => Promise<T>): Promise<T> {
  const { mongodbUrl, namespace } = await scene.run();
  const connection = await mongoose.createConnection(mongodbUrl, { dbName: namespace, autoIndex: false }).asPromise();
  try {
    return await work(connection);
  } finally {
    await connection.close();
  }
}

/** By their `_id`, which is text; the collections are those of the histories. */
const rows = (connection: Connection, aggregate: string) =>
  connection.getClient().db(connection.name).collection<Stored & { _id: string }>(`${aggregate}.history`);

const rowOf = (id: string, version: number): string => `${id}@${String(version).padStart(9, "0")}`;

export async function tampers(scene: Scene, { product, offer }: { product: string; offer: string }): Promise<void> {
  const { guide } = scene;
  guide.step("One byte of a history is changed in the database, and a newest row is taken away: verify finds both");
  const signed = await scene.stoa("checkpoint", "--out", path.join(scene.folder, "checkpoint.json"));
  guide.holds("a checkpoint over all histories is signed", signed.code === 0, signed.err);
  const [changed, cut] = [rowOf(product, 1), rowOf(offer, 2)];
  const title = "state.title.en";
  const removed = await inStore(scene, async (connection) => {
    await rows(connection, "product").updateOne({ _id: changed }, { $set: { [title]: "Arc lamp Meridiam" } });
    const row = await rows(connection, "offer").findOne({ _id: cut });
    await rows(connection, "offer").deleteOne({ _id: cut });
    return row;
  });
  guide.tell(`db["product.history"].updateOne({ _id: "${changed}" }, { $set: { "${title}": "Arc lamp Meridiam" } })`);
  guide.tell(`db["offer.history"].deleteOne({ _id: "${cut}" })`);
  const found = await scene.stoa("verify");
  const named = found.out.includes(`product/${product}@1`) && found.out.includes(`offer/${offer}@2`);
  guide.holds("both are named", found.code === 1 && named, found.out);
  await inStore(scene, async (connection) => {
    await rows(connection, "product").updateOne({ _id: changed }, { $set: { [title]: "Arc lamp Meridian" } });
    if (removed) await rows(connection, "offer").insertOne(removed);
  });
  guide.tell("the byte and the row are put back");
  const clean = await scene.stoa("verify");
  guide.holds("verify finds nothing any more", clean.code === 0, clean.out);
}

const PRODUCTS = 400;
const KILL_AT = 50;

const record = (n: number): string =>
  JSON.stringify({
    id: `bulb-${n}`,
    product: { title: { en: `Bulb ${n}` }, brand: "Lumora", publish: true },
    offers: [
      {
        sellerId: "bulb-shop",
        sku: `B-${n}`,
        condition: "new",
        price: { amountMinor: 300 + n, currency: "EUR" },
        stock: { main: 10 },
      },
    ],
  });

const isBulb = { "state.title.en": { $regex: "^Bulb \\d+$" } };
const bulbs = (scene: Scene): Promise<number> =>
  inStore(scene, (connection) => rows(connection, "product").countDocuments(isBulb));

export async function survives(scene: Scene): Promise<void> {
  const { guide } = scene;
  guide.step(`kill -9 in the middle of an import of ${PRODUCTS} products; then start again, and import again`);
  const file = path.join(scene.folder, "bulbs.jsonl");
  await writeFile(file, Array.from({ length: PRODUCTS }, (_, n) => `${record(n + 1)}\n`).join(""));
  const importing = launch(["import", "jsonl", file, "--data", scene.dataDir, "--concurrency", "8"]);
  guide.tell('$ npm run stoa -- import jsonl "$FOLDER/bulbs.jsonl" --data "$DATA" --concurrency 8');
  const seen = await until("some products are in", 60_000, async () => {
    const count = await bulbs(scene);
    return count >= KILL_AT ? count : null;
  });
  await scene.kill();
  guide.tell("$ kill -9 (the mall)");
  guide.holds("it died in the middle", seen < PRODUCTS, seen);
  importing.signal("SIGTERM");
  await importing.ended;
  await scene.start();
  guide.tell('$ npm start -- --data "$DATA"');
  guide.holds("what was acknowledged is there", (await bulbs(scene)) >= seen, seen);
  const again = await launch(["import", "jsonl", file, "--data", scene.dataDir]).ended;
  guide.tell('$ npm run stoa -- import jsonl "$FOLDER/bulbs.jsonl" --data "$DATA"');
  guide.holds("the import goes on to its end", again.code === 0, again.out + again.err);
  guide.holds(`every product is there exactly once`, (await bulbs(scene)) === PRODUCTS, await bulbs(scene));
  const drift = await scene.stoa("drift", "products");
  guide.holds("search equals the histories", drift.code === 0, drift.out);
}
