/**
 * The id of a search, as its answer gives it and as what it led to brings it back: it carries a keyed hash of the
 * words, so that a click can be counted for them without anybody being told them, and is signed: none is made up.
 */
import { randomId } from "../../models/kernel/ids";
import type { Pepper } from "../kernel/pepper";
import { normalised } from "./events.service";

const SIGNED_CHARS = 16;
const FORM = /^([a-z0-9]{26})\.([a-z0-9]{32})\.([a-z0-9]{16})$/;

type Macs = Pick<Pepper, "mac">;

/** The same words always have the same key; nobody without the mall's secret can try out words. */
export const queryKeyOf = ({ mac }: Macs, words: string): string => mac("query", normalised(words));

const signature = ({ mac }: Macs, id: string, key: string): string => mac("query id", id, key).slice(0, SIGNED_CHARS);

export function newQueryId(pepper: Macs, words: string): string {
  const [id, key] = [randomId(), queryKeyOf(pepper, words)];
  return `${id}.${key}.${signature(pepper, id, key)}`;
}

/** The key of the words; null for an id that was not given out here. */
export function keyIn(pepper: Macs, queryId: string): string | null {
  const [, id = "", key = "", signed] = FORM.exec(queryId) ?? [];
  return signed !== undefined && signed === signature(pepper, id, key) ? key : null;
}
