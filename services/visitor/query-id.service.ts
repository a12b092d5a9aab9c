/**
 * The id of a search, as its answer gives it and as what it led to brings it back: it carries a keyed hash of the
 * words, so that a click can be counted for them without anybody being told them, and is signed: none is made up. Of a
 * search that took part in an experiment it says how it was ranked and answered: nothing of it must be looked up.
 */
import { randomId } from "../../models/kernel/ids";
import type { Pepper } from "../kernel/pepper";
import { normalised } from "./events.service";

const SIGNED_CHARS = 16;
const FORM = /^([a-z0-9]{26})\.([a-z0-9]{32})\.(?:([a-z0-9_-]{1,240})\.)?([a-z0-9]{16})$/;
const EXPOSED = /^([a-z0-9][a-z0-9-]{0,63})_(\d)_(\d{1,16})_(\d{1,9})_([ab]{0,100})$/;

/** That a search took part in an experiment. */
export interface Exposure {
  readonly experiment: string;
  /** Which arm: the first is 0. */
  readonly arm: number;
  readonly results: number;
  readonly tookMs: number;
  /** Whose each product of an interleaved page was, in its order. */
  readonly teams: string;
}

type Macs = Pick<Pepper, "mac">;

/** The same words always have the same key; nobody without the mall's secret can try out words. */
export const queryKeyOf = ({ mac }: Macs, words: string): string => mac("query", normalised(words));

const signature = ({ mac }: Macs, ...parts: readonly string[]): string =>
  mac("query id", ...parts).slice(0, SIGNED_CHARS);

const textOf = ({ experiment, arm, results, tookMs, teams }: Exposure): string =>
  [experiment, arm, results, tookMs, teams].join("_");

export function newQueryId(pepper: Macs, words: string, exposure?: Exposure): string {
  const parts = [randomId(), queryKeyOf(pepper, words), ...(exposure ? [textOf(exposure)] : [])];
  return [...parts, signature(pepper, ...parts)].join(".");
}

/** What was signed; null for an id that was not given out here. */
function signedIn(pepper: Macs, queryId: string): { readonly key: string; readonly exposed?: string } | null {
  const [, id = "", key = "", exposed, signed] = FORM.exec(queryId) ?? [];
  const parts = [id, key, ...(exposed === undefined ? [] : [exposed])];
  if (signed === undefined || signed !== signature(pepper, ...parts)) return null;
  return { key, ...(exposed !== undefined && { exposed }) };
}

/** The key of the words; null for an id that was not given out here. */
export const keyIn = (pepper: Macs, queryId: string): string | null => signedIn(pepper, queryId)?.key ?? null;

/** How the search took part in an experiment; null where it did not. */
export function exposureIn(pepper: Macs, queryId: string): Exposure | null {
  const text = signedIn(pepper, queryId)?.exposed;
  const [, experiment, arm, results, tookMs, teams = ""] = EXPOSED.exec(text ?? "") ?? [];
  if (experiment === undefined) return null;
  return { experiment, arm: Number(arm), results: Number(results), tookMs: Number(tookMs), teams };
}
