/** The file with all that the mall keeps about somebody: opened with their key alone, and for nobody else. */
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { OWN_DATA_FILE, type OwnData } from "../../models/account/own-data.contract";
import type { ActionContract } from "../../models/kernel/contract";
import { refuseKernel } from "../../models/kernel/refusal";
import { openedLines } from "../../models/kernel/sealed-text";
import type { SubjectKeys } from "../../models/kernel/subject-keys";
import type { Route } from "./call-meta";
import { jobPaths } from "./job-paths";
import { refuseHere } from "./problem";
import { enter, type RouteDeps } from "./routes";
import { principalFor } from "./session";

export interface OwnDataDeps extends RouteDeps {
  /** Where the files of jobs lie; absolute. */
  readonly jobsFolder: string;
  readonly subjects: Pick<SubjectKeys, "get">;
}

const NO_FILE = "There is no file with your data here (any more). Ask for one: POST /v1/me/data.";

function routeOf({ contracts }: RouteDeps): Route {
  const found: ActionContract | undefined = contracts.find(({ aggregate }) => aggregate === "me")?.actions["me.data"];
  if (!found) throw new Error("No contract declares me.data");
  return { name: "me.data", aggregate: "me", action: { ...found, http: { method: "GET", path: OWN_DATA_FILE } } };
}

async function keyOf({ subjects }: OwnDataDeps, person: string): Promise<Buffer> {
  const key = (await subjects.get([person])).get(person);
  if (key?.status === "live") return key.key;
  return refuseKernel("SUBJECT_ERASED", "Your data was erased: the key that opens this file is gone.");
}

async function sent(deps: OwnDataDeps, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const principal = principalFor(request);
  const meta = { principal, trace: request.id };
  const { id, file } = (await deps.call("me.data", {}, { meta })) as OwnData;
  if (id === null || file === null) return refuseHere("ROUTE_NOT_FOUND", NO_FILE);
  const path = jobPaths(deps.jobsFolder).takeout(id);
  if (!(await stat(path).catch(() => null))?.isFile()) return refuseHere("ROUTE_NOT_FOUND", NO_FILE);
  const key = await keyOf(deps, principal.id);
  const lines = createInterface({ input: createReadStream(path), crlfDelay: Infinity });
  reply.headers({ "cache-control": "no-store", "content-disposition": 'attachment; filename="my-data.json"' });
  return reply.type("application/json; charset=utf-8").send(Readable.from(openedLines(key, id, lines)));
}

export function addOwnData(app: FastifyInstance, deps: OwnDataDeps): void {
  const route = routeOf(deps);
  app.get(OWN_DATA_FILE, {
    preParsing: async (request: FastifyRequest) => enter(deps, route, request),
    handler: (request, reply) => sent(deps, request, reply),
  });
}
