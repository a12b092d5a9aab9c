/**
 * The files of jobs: what is to be imported comes in as it is, of any size up to a bound and straight to disk; problems
 * and results go out the same way. Everything else about jobs is an action like any other (models/job).
 */
import { createHash, type Hash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, readdir, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { AnyContract } from "../../models/kernel/contract";
import { ID_PATTERN, randomId } from "../../models/kernel/ids";
import { permitted, type Guarded, type Roles } from "../kernel/permission";
import { jobPaths } from "./job-paths";
import { refuseHere } from "./problem";
import { principalFor } from "./session";

export interface JobFiles {
  readonly contracts: readonly AnyContract[];
  readonly roles: Roles;
  /** Absolute. */
  readonly folder: string;
}

export const JOB_FILE_BYTES_MAX = 256 << 20;
const FILES_MAX = 64;
const WEEK_MS = 7 * 86_400_000;
const NAME_CHARS = 32;

/** Uploads need what requesting an import needs, results what reading the job needs. */
function guardedBy(contracts: readonly AnyContract[], name: string): Guarded {
  const action = contracts.map(({ actions }) => actions[name]).find((found) => found !== undefined);
  if (!action) throw new Error(`The files of jobs are guarded by ${name}, which no contract declares`);
  return { name, action };
}

/** Nobody needs a file for longer than a week after it came; a job that still does says so when it fails. */
async function makeRoom(files: string): Promise<void> {
  await mkdir(files, { recursive: true });
  let left = 0;
  for (const name of await readdir(files)) {
    const found = await stat(path.join(files, name)).catch(() => null);
    if (found && Date.now() - found.mtimeMs > WEEK_MS) await rm(path.join(files, name), { force: true });
    else left += 1;
  }
  if (left < FILES_MAX) return;
  refuseHere("JOB_FILES_FULL", `${FILES_MAX} files lie here for jobs already; each goes a week after it came.`);
}

/** Hashes what passes, and ends it when it is too much. */
async function* counted(body: Readable, hash: Hash): AsyncGenerator<Buffer, void, undefined> {
  let bytes = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > JOB_FILE_BYTES_MAX) {
      refuseHere("BODY_TOO_LARGE", `A file for a job may have ${JOB_FILE_BYTES_MAX >> 20} MiB at most.`);
    }
    hash.update(chunk);
    yield chunk;
  }
  if (bytes === 0) refuseHere("BODY_INVALID", "The file is empty.");
}

/** The same content is the same file: sending it twice keeps it once. */
async function keep(folder: string, body: Readable): Promise<string> {
  const paths = jobPaths(folder);
  const { files } = paths;
  await makeRoom(files);
  const part = path.join(files, `${randomId()}.part`);
  const hash = createHash("sha256");
  try {
    await pipeline(counted(body, hash), createWriteStream(part));
    const id = hash.digest("hex").slice(0, NAME_CHARS);
    await rename(part, paths.file(id));
    return id;
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

async function send(reply: FastifyReply, file: string, type: string): Promise<FastifyReply> {
  const found = await stat(file).catch(() => null);
  if (!found?.isFile()) return refuseHere("ROUTE_NOT_FOUND", "The job has no such file.");
  return reply
    .headers({ "cache-control": "no-store", "content-length": found.size, "content-disposition": "attachment" })
    .type(type)
    .send(createReadStream(file));
}

type OfJob = FastifyRequest<{ Params: { id: string } }>;

function idOf({ params: { id } }: OfJob): string {
  return ID_PATTERN.test(id) ? id : refuseHere("ROUTE_NOT_FOUND", "That is no job's id.");
}

export function addJobFiles(app: FastifyInstance, { contracts, roles, folder }: JobFiles): void {
  const guards = { write: guardedBy(contracts, "job.import"), read: guardedBy(contracts, "job.get") };
  const paths = jobPaths(folder);
  const only = (guarded: Guarded) => (request: FastifyRequest, _reply: FastifyReply, done: () => void) => {
    permitted(roles, guarded, principalFor(request));
    done();
  };
  void app.register((files, _options, ready) => {
    files.removeAllContentTypeParsers();
    // handed on as it comes; what it holds, the import says
    files.addContentTypeParser("*", (_request, payload, done) => done(null, payload));
    files.post("/v1/jobs/files", {
      bodyLimit: JOB_FILE_BYTES_MAX,
      onRequest: only(guards.write),
      handler: async (request, reply) => reply.code(201).send({ file: await keep(folder, request.body as Readable) }),
    });
    files.get("/v1/jobs/:id/problems", {
      onRequest: only(guards.read),
      handler: (request: OfJob, reply) =>
        send(reply, paths.problems(idOf(request)), "application/jsonl; charset=utf-8"),
    });
    files.get("/v1/jobs/:id/result", {
      onRequest: only(guards.read),
      handler: (request: OfJob, reply) => send(reply, paths.result(idOf(request)), "application/octet-stream"),
    });
    ready();
  });
}
