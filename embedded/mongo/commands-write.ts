/** insert, update, delete, findAndModify. Each statement that fails is told by its place; `ordered` stops there. */
import { ObjectId, serialize } from "bson";
import { type Collection } from "./catalog";
import { collectionFor, type Command, docOf, namespaceOf, refuseOptions, type Request, type Server } from "./command";
import { CommandError, Refused, StorageError, toCommandError } from "./errors";
import { foldOf } from "./predicates";
import { projector } from "./project";
import { decode, decodeToWrite, type Doc, find, rawArray } from "./raw";
import { Scan, search, type Found } from "./scan";
import { apply, change, isReplacement, type Update, upsertBase } from "./update";

const STATEMENTS_MAX = 100_000;
const unmade = ["bypassEmptyTsReplacement", "bypassDocumentValidation"];

const statements = (request: Request, field: string): Buffer[] => {
  const found = request.sequences.get(field) ?? rawArray(request.raw, field);
  if (found.length === 0 || found.length > STATEMENTS_MAX) {
    throw new CommandError(16, `${request.name} takes 1 to ${STATEMENTS_MAX} ${field}.`);
  }
  return found;
};

/** Runs statements one after the other and collects what failed. */
function run(request: Request, list: Buffer[], one: (bytes: Buffer, index: number) => void): Doc {
  refuseOptions(request, unmade);
  const writeErrors: Doc[] = [];
  for (const [index, bytes] of list.entries()) {
    try {
      one(bytes, index);
    } catch (error) {
      if (error instanceof StorageError) throw error;
      const { code, message, extra } = toCommandError(error);
      writeErrors.push({ index, code, errmsg: message, ...extra });
      if (request.body.ordered !== false) break;
    }
  }
  return writeErrors.length > 0 ? { writeErrors } : {};
}

export const insert: Command = (server, request) => {
  const collection = collectionFor(server, namespaceOf(request));
  let n = 0;
  const errors = run(request, statements(request, "documents"), (bytes) => {
    server.documents.insert(collection, bytes);
    n++;
  });
  return { n, ...errors, ok: 1 };
};

/** The documents a statement is about, found before any is changed. */
function targets(server: Server, collection: Collection, statement: Doc, multi: boolean): Found[] {
  const wanted = {
    filter: docOf(statement.q),
    sort: docOf(statement.sort),
    limit: multi ? 0 : 1,
    collation: statement.collation as Doc | undefined,
    variables: statement.let as Doc | undefined,
  };
  const found: Found[] = [];
  let bytes = 0;
  for (const item of search(new Scan(server.storage, collection, wanted), wanted)) {
    found.push(item);
    bytes += item.bytes.length;
    if (bytes > 512 * 1024 * 1024) throw new Refused("A write to more than 512 MB of documents at once");
  }
  return found;
}

function updateOf(statement: Doc, raw: Buffer, field: string): Update {
  const spec = statement[field] as Doc | Doc[];
  const element = find(raw, field);
  const whole = isReplacement(spec) && element !== undefined;
  return {
    spec,
    replacement: whole ? raw.subarray(element.value, element.end) : undefined,
    arrayFilters: (statement.arrayFilters ?? []) as Doc[],
    filter: docOf(statement.q),
    fold: foldOf(statement.collation as Doc | undefined),
  };
}

/** Makes the document of an upsert and inserts it. */
function upsert(server: Server, collection: Collection, filter: Doc, update: Update): Doc {
  const base = upsertBase(filter);
  const doc = update.replacement
    ? { ...("_id" in base && { _id: base._id }), ...decodeToWrite(update.replacement) }
    : apply(base, update, true);
  doc._id ??= new ObjectId();
  server.documents.insert(collection, Buffer.from(serialize(doc)));
  return doc;
}

export const update: Command = (server, request) => {
  const collection = collectionFor(server, namespaceOf(request));
  const upserted: Doc[] = [];
  let n = 0;
  let nModified = 0;
  const errors = run(request, statements(request, "updates"), (raw, index) => {
    const statement: Doc = { let: request.body.let, ...decodeStatement(raw) };
    const what = updateOf(statement, raw, "u");
    const multi = statement.multi === true;
    if (multi && what.replacement) throw new CommandError(9, "A replacement cannot be applied to many documents.");
    const found = targets(server, collection, statement, multi);
    n += found.length;
    for (const { key, bytes } of found) {
      const changed = change(bytes, what);
      if (!changed) continue;
      server.documents.replace(collection, key, bytes, changed);
      nModified++;
    }
    if (found.length > 0 || statement.upsert !== true) return;
    upserted.push({ index, _id: upsert(server, collection, what.filter, what)._id });
    n++;
  });
  return { n, nModified, ...(upserted.length > 0 && { upserted }), ...errors, ok: 1 };
};

/** Filters hold JavaScript patterns, values keep their types. */
const decodeStatement = (raw: Buffer): Doc => {
  const typed = decodeToWrite(raw);
  const { q } = decode(raw, true);
  return { ...typed, q };
};

export const remove: Command = (server, request) => {
  const collection = server.catalog.find(namespaceOf(request));
  if (!collection) return { n: 0, ok: 1 };
  let n = 0;
  const errors = run(request, statements(request, "deletes"), (raw) => {
    const statement: Doc = { let: request.body.let, ...decodeStatement(raw) };
    for (const { key, bytes } of targets(server, collection, statement, Number(statement.limit) !== 1)) {
      server.documents.remove(collection, key, bytes);
      n++;
    }
  });
  return { n, ...errors, ok: 1 };
};

function removeFound(server: Server, collection: Collection, found: Found | undefined): [Buffer | null, Doc] {
  if (found) server.documents.remove(collection, found.key, found.bytes);
  return [found?.bytes ?? null, { n: found ? 1 : 0 }];
}

/** Answers with the document before or after, as `fields` wants it. */
const answerer =
  (body: Doc) =>
  (value: Buffer | Doc | null, lastErrorObject: Doc): Doc => {
    const doc = Buffer.isBuffer(value) ? decodeToWrite(value) : value;
    const fields = docOf(body.fields);
    const shown = doc && Object.keys(fields).length > 0 ? projector(fields, docOf(body.query), undefined)(doc) : doc;
    return { lastErrorObject, value: shown, ok: 1 };
  };

export const findAndModify: Command = (server, request) => {
  const { body, raw } = request;
  refuseOptions(request, unmade);
  const collection = collectionFor(server, namespaceOf(request));
  const typed = decodeToWrite(raw);
  const statement: Doc = { ...body, q: body.query, u: typed.update };
  const [found] = targets(server, collection, statement, false);
  const answer = answerer(body);
  if (body.remove === true) return answer(...removeFound(server, collection, found));
  const what = { ...updateOf({ ...statement, update: typed.update }, raw, "update"), filter: docOf(body.query) };
  if (found) return answer(...changeFound(server, collection, { found, what, after: body.new === true }));
  if (body.upsert !== true) return answer(null, { n: 0, updatedExisting: false });
  const doc = upsert(server, collection, what.filter, what);
  return answer(body.new === true ? doc : null, { n: 1, updatedExisting: false, upserted: doc._id });
};

type Wanted = { found: Found; what: Update; after: boolean };

function changeFound(server: Server, collection: Collection, { found, what, after }: Wanted): [Buffer, Doc] {
  const changed = change(found.bytes, what);
  if (changed) server.documents.replace(collection, found.key, found.bytes, changed);
  return [after && changed ? changed.bytes : found.bytes, { n: 1, updatedExisting: true }];
}
