/**
 * From a command to its HTTP request: method, path and body come from the contracts, as the gateway's own routes do, so
 * that the two cannot disagree. Everything that does not depend on the params is worked out once per action.
 */
import { contracts } from "../../models/contracts";
import type { ActionContract, HttpRoute } from "../../models/kernel/contract";

export interface HttpRequest {
  readonly method: HttpRoute["method"];
  /** With the query string. */
  readonly path: string;
  /** JSON, or null where the params are all in the path or the query. */
  readonly body: string | null;
}

type Params = Readonly<Record<string, unknown>>;
type ToRequest = (params: object) => HttpRequest;

/** A contract's action by its wire name. @throws Error for a name that no contract has */
export function actionOf(name: string): ActionContract {
  const action = contracts.map(({ actions }) => actions[name]).find((found) => found !== undefined);
  if (!action) throw new Error(`There is no action "${name}"; models/contracts.ts lists them`);
  return action;
}

function queryOf(params: Params, inPath: ReadonlySet<string>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    if (inPath.has(name) || value === undefined) continue;
    for (const one of Array.isArray(value) ? (value as unknown[]) : [value]) query.append(name, String(one));
  }
  const text = query.toString();
  return text === "" ? "" : `?${text}`;
}

function bodyOf(params: Params, inPath: ReadonlySet<string>): string | null {
  if (inPath.size === 0) return JSON.stringify(params);
  const rest = Object.fromEntries(Object.entries(params).filter(([name]) => !inPath.has(name)));
  return Object.keys(rest).length === 0 ? null : JSON.stringify(rest);
}

function compile({ method, path }: HttpRoute): ToRequest {
  // every second piece is the name of a param
  const pieces = path.split(/\{(\w+)\}/);
  const inPath = new Set(pieces.filter((_piece, i) => i % 2 === 1));
  return (given) => {
    const params = given as Params;
    const filled = pieces.map((piece, i) => (i % 2 === 1 ? encodeURIComponent(String(params[piece])) : piece)).join("");
    if (method === "GET") return { method, path: filled + queryOf(params, inPath), body: null };
    return { method, path: filled, body: bodyOf(params, inPath) };
  };
}

const compiled = new Map<string, ToRequest>();

export function requestOf(name: string, params: object): HttpRequest {
  const found = compiled.get(name);
  if (found) return found(params);
  const { http } = actionOf(name);
  if (!http) throw new Error(`${name} has no HTTP route: only services may call it`);
  const toRequest = compile(http);
  compiled.set(name, toRequest);
  return toRequest(params);
}
