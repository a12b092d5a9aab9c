/**
 * The id of a search, as its answer gives it and as what it led to brings it back: it carries a keyed hash of the
 * words, so that a click can be counted for them without anybody being told them, and is signed: none is made up. It
 * says in which channel and section was searched, so that all that comes of it is counted there; and of a search that
 * took part in an experiment how it was ranked and answered: nothing of it must be looked up.
 */
import { randomId } from "../../models/kernel/ids";
import type { Pepper } from "../kernel/pepper";
import { normalised } from "./events.service";

const SIGNED_CHARS = 16;
const FORM = /^([a-z0-9]{26})\.([a-z0-9]{32})\.(?:(in_[a-z0-9_-]{1,77})\.)?(?:([a-z0-9_-]{1,240})\.)?([a-z0-9]{16})$/;
const PLACED = /^in_([a-z0-9-]*)_([a-z0-9-]*)$/;
const PLACE_MAX = 80;
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

/** Where somebody searched. */
export interface Place {
  readonly channel?: string | undefined;
  /** Its slug. */
  readonly section?: string | undefined;
}

export interface Told {
  readonly place?: Place;
  readonly exposure?: Exposure | undefined;
}

type Macs = Pick<Pepper, "mac">;

/** The same words always have the same key; nobody without the mall's secret can try out words. */
export const queryKeyOf = ({ mac }: Macs, words: string): string => mac("query", normalised(words));

const signature = ({ mac }: Macs, ...parts: readonly string[]): string =>
  mac("query id", ...parts).slice(0, SIGNED_CHARS);

const textOf = ({ experiment, arm, results, tookMs, teams }: Exposure): string =>
  [experiment, arm, results, tookMs, teams].join("_");

/** A place with names so long that the id would be too long is left out: then whoever tells of the search says it. */
function placed({ channel = "", section = "" }: Place = {}): string[] {
  const text = `in_${channel}_${section}`;
  return (channel === "" && section === "") || !PLACED.test(text) || text.length > PLACE_MAX ? [] : [text];
}

export function newQueryId(pepper: Macs, words: string, { place, exposure }: Told = {}): string {
  const told = [...placed(place), ...(exposure ? [textOf(exposure)] : [])];
  const parts = [randomId(), queryKeyOf(pepper, words), ...told];
  return [...parts, signature(pepper, ...parts)].join(".");
}

interface Signed {
  readonly key: string;
  readonly place?: string | undefined;
  readonly exposed?: string | undefined;
}

/** What was signed; null for an id that was not given out here. */
function signedIn(pepper: Macs, queryId: string): Signed | null {
  const [, id = "", key = "", place, exposed, signed] = FORM.exec(queryId) ?? [];
  const parts = [id, key, ...[place, exposed].filter((part) => part !== undefined)];
  if (signed === undefined || signed !== signature(pepper, ...parts)) return null;
  return { key, place, exposed };
}

/** The key of the words; null for an id that was not given out here. */
export const keyIn = (pepper: Macs, queryId: string): string | null => signedIn(pepper, queryId)?.key ?? null;

/** Where was searched; nothing where the id does not say. */
export function placeIn(pepper: Macs, queryId: string): Place {
  const [, channel = "", section = ""] = PLACED.exec(signedIn(pepper, queryId)?.place ?? "") ?? [];
  return { ...(channel !== "" && { channel }), ...(section !== "" && { section }) };
}

/** How the search took part in an experiment; null where it did not. */
export function exposureIn(pepper: Macs, queryId: string): Exposure | null {
  const text = signedIn(pepper, queryId)?.exposed;
  const [, experiment, arm, results, tookMs, teams = ""] = EXPOSED.exec(text ?? "") ?? [];
  if (experiment === undefined) return null;
  return { experiment, arm: Number(arm), results: Number(results), tookMs: Number(tookMs), teams };
}
