/** What was tampered with is found, and what was killed comes back whole. */
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

const IN_STORE = 'node bin/tour/in-store.mjs "$DATA"';

export async function tampers(scene: Scene, { product, offer }: { product: string; offer: string }): Promise<void> {
  const { guide } = scene;
  guide.step("One byte of a history is changed in the database, and a newest row is taken away: verify finds both");
  const signed = await scene.stoa("checkpoint", "--out", path.join(scene.folder, "checkpoint.json"));
  guide.holds("a checkpoint over all histories is signed", signed.code === 0, signed.err);
  await scene.shell(`${IN_STORE} set product "$PRODUCT@000000001" state.title.en "Arc lamp Meridiam"`);
  await scene.shell(`${IN_STORE} take offer "$OFFER_BLACK@000000002" > "$FOLDER/row.json"`);
  const found = await scene.stoa("verify");
  const named = found.out.includes(`product/${product}@1`) && found.out.includes(`offer/${offer}@2`);
  guide.holds("both are named", found.code === 1 && named, found.out);
  await scene.shell(`${IN_STORE} set product "$PRODUCT@000000001" state.title.en "Arc lamp Meridian"`);
  await scene.shell(`${IN_STORE} put offer "$FOLDER/row.json"`);
  const clean = await scene.stoa("verify");
  guide.holds("verify finds nothing any more", clean.code === 0, clean.out);
}

const PRODUCTS = 400;
const KILL_AT = 50;

/** Writes them down, for a shell. */
const BULBS =
  'node -e \'for (let n = 1; n <= 400; n++) console.log(JSON.stringify({id: "bulb-" + n, ' +
  'product: {title: {en: "Bulb " + n}, brand: "Lumora", publish: true}, ' +
  'offers: [{sellerId: "bulb-shop", sku: "B-" + n, condition: "new", ' +
  'price: {amountMinor: 300 + n, currency: "EUR"}, stock: {main: 10}}]}))\' > "$FOLDER/bulbs.jsonl"';

const isBulb = { "state.title.en": { $regex: "^Bulb \\d+$" } };
const bulbs = (scene: Scene): Promise<number> =>
  inStore(scene, (connection) => rows(connection, "product").countDocuments(isBulb));

export async function survives(scene: Scene): Promise<void> {
  const { guide } = scene;
  guide.step(`kill -9 in the middle of an import of ${PRODUCTS} products; then start again, and import again`);
  const file = path.join(scene.folder, "bulbs.jsonl");
  await scene.shell(BULBS);
  const importing = launch(["import", "jsonl", file, "--data", scene.dataDir, "--concurrency", "8"]);
  guide.tell('$ npm run stoa -- import jsonl "$FOLDER/bulbs.jsonl" --data "$DATA" --concurrency 8');
  const seen = await until("some products are in", 60_000, async () => {
    const count = await bulbs(scene);
    return count >= KILL_AT ? count : null;
  });
  await scene.kill();
  guide.tell(`$ kill -9 $(node -p 'require(fs.realpathSync(process.argv[1])).main.pid' "$DATA/run.json")`);
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
