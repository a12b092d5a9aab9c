/** What goes along with a call, read from the headers of the request. */
import type { RoutedAction } from "../../models/kernel/contract";
import { randomId } from "../../models/kernel/ids";
import type { CallMeta, Principal } from "../kernel/call";
import { commandIdOf } from "../kernel/command-id";
import { refuseHere } from "./problem";
import { readWrites } from "./write-token";

/** An action with its wire name and the aggregate that it belongs to. */
export interface Route {
  readonly name: string;
  readonly aggregate: string;
  readonly action: RoutedAction;
}

export interface Asked {
  readonly params: Readonly<Record<string, unknown>>;
  readonly principal: Principal;
  readonly trace: string;
  readonly address: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** `?token=`: a link can carry no header. */
  readonly token?: string | undefined;
}

function header(headers: Asked["headers"], name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value.join(",") : value;
}

function commandId(route: Route, { headers, principal }: Asked): string {
  const key = header(headers, "idempotency-key");
  if (key === undefined) return randomId();
  if (!/^[\x21-\x7e]{1,200}$/.test(key)) {
    refuseHere("HEADER_INVALID", "Idempotency-Key must have 1 to 200 visible ASCII characters.", {
      header: "Idempotency-Key",
    });
  }
  return commandIdOf(principal.id, route.name, key);
}

function expectedVersion({ action }: Route, { headers }: Asked): { expectedVersion?: number } {
  const text = header(headers, "if-match");
  if (text === undefined) return {};
  const wrong = (why: string) => refuseHere("HEADER_INVALID", `If-Match ${why}.`, { header: "If-Match" });
  if (action.kind !== "command") return wrong("fits only requests that change a thing that exists");
  const [, digits] = /^"(\d{1,15})"$/.exec(text) ?? [];
  return digits === undefined ? wrong('must be one version as ETag gave it: "7"') : { expectedVersion: Number(digits) };
}

const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** Business time, for imports and replays; whether the principal may set it, the action asks. */
function occurredAt({ headers }: Asked): { occurredAt?: string } {
  const text = header(headers, "occurred-at");
  if (text === undefined) return {};
  const moment = MOMENT.test(text) ? Date.parse(text) : NaN;
  // a moment like 31 February does not come back as it was written
  if (Number.isNaN(moment) || new Date(moment).toISOString() !== text) {
    refuseHere("HEADER_INVALID", "Occurred-At must be a moment in UTC like 2026-01-31T09:30:00.000Z.", {
      header: "Occurred-At",
    });
  }
  if (moment > Date.now()) refuseHere("HEADER_INVALID", "Occurred-At lies in the future.", { header: "Occurred-At" });
  return { occurredAt: text };
}

function after(secret: string, { headers, token }: Asked): { after?: CallMeta["after"] & object } {
  const text = [header(headers, "stoa-token"), token].filter((part) => part !== undefined).join(",");
  return text === "" && token === undefined ? {} : { after: readWrites(secret, text) };
}

/** What is no visitor's id is none: a search must not fail for it. */
function visitor({ headers }: Asked): { visitorId?: string } {
  const text = header(headers, "stoa-visitor") ?? "";
  return /^[\w-]{16,64}$/.test(text) ? { visitorId: text } : {};
}

/** @throws HEADER_INVALID for a header without its form, TOKEN_INVALID for a token that was not made here */
export function metaOf(secret: string, route: Route, asked: Asked): CallMeta {
  const { principal, trace, address } = asked;
  const known = { principal, trace, ...expectedVersion(route, asked) };
  if (route.action.kind === "query") return { ...known, ...visitor(asked), ...after(secret, asked) };
  if (route.action.kind === "procedure") return { ...known, address, commandId: commandId(route, asked) };
  return { ...known, ...occurredAt(asked), commandId: commandId(route, asked) };
}
