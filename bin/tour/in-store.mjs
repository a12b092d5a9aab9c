#!/usr/bin/env node
/**
 * What nobody should do: changes what is kept behind the mall's back, so that `stoa verify` has something to find. For
 * the tour and for who walks it by hand.
 *
 *   node bin/tour/in-store.mjs DATA set AGGREGATE ROW FIELD TEXT   changes one field of a row
 *   node bin/tour/in-store.mjs DATA take AGGREGATE ROW             takes a row away, and prints it
 *   node bin/tour/in-store.mjs DATA put AGGREGATE FILE             puts a row back that was taken
 */
import { readFile } from "node:fs/promises";
import path from "node:path";
import mongoose from "mongoose";

const [data = "data", deed = "", aggregate = "", which = "", field = "", text = ""] = process.argv.slice(2);

const deeds = {
  set: (rows) => rows.updateOne({ _id: which }, { $set: { [field]: text } }),
  async take(rows) {
    const row = await rows.findOne({ _id: which });
    await rows.deleteOne({ _id: which });
    console.log(JSON.stringify(row));
  },
  put: async (rows) => rows.insertOne(JSON.parse(await readFile(which, "utf8"))),
};

const run = JSON.parse(await readFile(path.join(data, "run.json"), "utf8"));
const connection = await mongoose.createConnection(run.mongodbUrl, { dbName: run.namespace }).asPromise();
try {
  await deeds[deed](connection.collection(`${aggregate}.history`));
} finally {
  await connection.close();
}
