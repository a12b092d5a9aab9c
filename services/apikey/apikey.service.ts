/** Keys of programs: `stoa_<id>_<secret>`. The id finds the key, a MAC over the secret proves it. */
import { randomBytes } from "node:crypto";
import type { ServiceSchema } from "moleculer";
import type { Calls } from "../../models/contracts";
import { erased } from "../../models/kernel/aggregate";
import { anyContract } from "../../models/kernel/contract";
import { base32, derivedId } from "../../models/kernel/ids";
import { isRefusal } from "../../models/kernel/refusal";
import type { Row } from "../../models/kernel/row";
import { apikey, type ApiKeyState, type LiveKey } from "../../models/apikey/apikey.aggregate";
import {
  apiKeyContract,
  KEYS_MAX,
  type KeyHolder,
  type KeyId,
  type KeyList,
  type ListedKey,
  type MadeKey,
  type MakeKey,
} from "../../models/apikey/apikey.contract";
import type { Done } from "../../models/account/registration.contract";
import { refuse } from "../../models/refusals";
import { asMall, typed, type CallMeta, type TypedCall } from "../kernel/call";
import type { Node } from "../kernel/node";
import { heldWith } from "../kernel/second-factor";
import { aggregateService, procedureService, type CallSite } from "../kernel/service";
import { scopesOf } from "./scopes.service";

const contract = anyContract(apiKeyContract);
const SECRET_BYTES = 20;
const PREFIX_LENGTH = 6;
const USE = "api key";
const FORM = /^stoa_([a-z0-9]{1,64})_([a-z0-9]{32})$/;
const NOBODY: KeyHolder = { accountId: null, grants: [], scopes: [] };
const DAY_LENGTH = 10;

const placesOf = (accountId: string): string[] =>
  Array.from({ length: KEYS_MAX }, (_, place) => derivedId("apikey", accountId, String(place)));

const steps =
  ({ caller, meta }: CallSite, by?: string) =>
  (step: string): TypedCall<Calls> =>
    typed<Calls>(caller, asMall(meta, step, by));

async function statesOf(node: Node, ids: readonly string[]): Promise<ReadonlyMap<string, ApiKeyState>> {
  const rows = [...(await node.histories("apikey").newest(ids)).values()];
  const revealed = (await node.personal("apikey").reveal(rows)) as readonly Row<ApiKeyState>[];
  return new Map(revealed.map(({ aggregateId, state }) => [aggregateId, state]));
}

async function freePlace(node: Node, accountId: string): Promise<string> {
  const places = placesOf(accountId);
  const states = await statesOf(node, places);
  const free = places.find((place) => states.get(place)?.status !== "live");
  return free ?? refuse("ACCOUNT_FULL", `An account can have ${KEYS_MAX} keys; revoke one first.`);
}

async function make(node: Node, params: MakeKey, site: CallSite): Promise<MadeKey> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await makeAt(node, await freePlace(node, site.meta.principal.id), params, site);
    } catch (error) {
      // another key took the place meanwhile
      if (!isRefusal(error, "ALREADY_EXISTS") || attempt === KEYS_MAX) throw error;
    }
  }
}

async function makeAt(node: Node, id: string, { name, scopes }: MakeKey, site: CallSite): Promise<MadeKey> {
  const { id: accountId } = site.meta.principal;
  const secret = base32(randomBytes(SECRET_BYTES));
  const prefix = `stoa_${id.slice(0, PREFIX_LENGTH)}`;
  const keyHash = node.identity.pepper.mac(USE, id, secret);
  await steps(site)("issue")("apikey.issue", { id, accountId, name, scopes, prefix, keyHash });
  return { id, key: `stoa_${id}_${secret}`, prefix };
}

async function keysOf(node: Node, accountId: string): Promise<ListedKey[]> {
  const states = await statesOf(node, placesOf(accountId));
  return [...states].flatMap(([id, state]): ListedKey[] => {
    if (state.status !== "live") return [];
    const { name, prefix, scopes, madeAt, usedOn } = state;
    return [{ id, name, prefix, scopes, madeAt, usedOn }];
  });
}

const list = async (node: Node, { principal }: CallMeta): Promise<KeyList> => ({
  items: await keysOf(node, principal.id),
  scopes: scopesOf(node.roles, principal),
});

async function end(node: Node, { id }: KeyId, site: CallSite): Promise<Done> {
  const keys = await keysOf(node, site.meta.principal.id);
  if (!keys.some((item) => item.id === id)) refuse("NOT_FOUND", "You have no such key.");
  await steps(site)("revoke")("apikey.revoke", { id });
  return { status: "done" };
}

/** The key as it is kept, or null for one that is not good. */
async function kept(node: Node, key: string): Promise<LiveKey | null> {
  const formed = FORM.exec(key);
  if (!formed) return null;
  const [, id = "", secret = ""] = formed;
  const state = (await statesOf(node, [id])).get(id);
  if (state?.status !== "live") return null;
  return node.identity.pepper.isMac(state.keyHash, USE, id, secret) ? state : null;
}

/** A hint: one version a day, and no reason for a request to fail. */
async function touch(node: Node, call: TypedCall<Calls>, { id, usedOn }: LiveKey): Promise<void> {
  const day = node.clock.now().slice(0, DAY_LENGTH);
  if (usedOn === day) return;
  await call("apikey.touch", { id, day }).catch((error: unknown) => {
    node.log.warn({ err: error, apikey: id }, "The day on which a key was used could not be noted");
  });
}

async function check(node: Node, key: string, site: CallSite): Promise<KeyHolder> {
  const found = await kept(node, key);
  if (!found) return NOBODY;
  const { accountId, scopes } = found;
  const call = steps(site, accountId);
  const { status, grants } = await call("account")("account.peek", { id: accountId });
  if (status !== "active") return NOBODY;
  const { secondFactor } = await call("credential")("credential.peek", { id: accountId });
  await touch(node, call("touch"), found);
  const proof = { wanted: node.identity.adminSecondFactor, proven: secondFactor === "on" };
  return { accountId, grants: heldWith(grants, proof), scopes };
}

export const apiKeyService = (node: Node): ServiceSchema =>
  aggregateService(node, { contract, aggregate: erased(apikey), confidential: true });

export const apiKeyChecks = (node: Node): ServiceSchema =>
  procedureService({
    name: "apikey-checks",
    contract,
    roles: node.roles,
    procedures: {
      "apikey.make": (params: MakeKey, site) => make(node, params, site),
      "apikey.end": (params: KeyId, site) => end(node, params, site),
      "apikey.list": (_params: object, site) => list(node, site.meta),
      "apikey.check": ({ key }: { readonly key: string }, site) => check(node, key, site),
    },
  });
