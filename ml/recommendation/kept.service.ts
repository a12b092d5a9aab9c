/**
 * What was recommended, kept as decisions: nobody waits for it, so those of a moment that are nobody's lie together in
 * one fact, as those of one page do. Of somebody who is known each is a fact of its own, sealed with their key.
 */
import type { DecidedBy, Taken } from "../../models/decision/decision.data.contract";
import {
  decisionFactId,
  decisionFactOf,
  packed,
  pageDecisionId,
  type KeptDecision,
} from "../../models/decision/decision.page.contract";
import { randomId } from "../../models/kernel/ids";
import type { FactLog } from "../../services/kernel/fact-log";

export interface Shown {
  readonly model: DecidedBy;
  /** Null for who is not known. */
  readonly subject: string | null;
  readonly about: { readonly type: string; readonly id: string };
  readonly taken: Taken;
}

export interface Kept {
  /** The id under which it can be asked for, a moment later. */
  keep(shown: Shown): string;
  /** Writes what waits. */
  flush(): void;
}

export interface KeptOptions {
  readonly decisions: Pick<FactLog<KeptDecision>, "write">;
  readonly now: () => string;
  /** Calls once, some milliseconds later. */
  readonly later: (milliseconds: number, then: () => void) => void;
  readonly warn: (error: unknown) => void;
}

const TOGETHER_MS = 50;
const TOGETHER_MAX = 100;
const KIND = "recommendation" as const;

interface Page {
  readonly id: string;
  readonly at: string;
  readonly model: DecidedBy;
  readonly aboutType: string;
  readonly about: string[];
  readonly taken: Taken[];
}

const keyOf = ({ model, about }: Shown): string => `${model.hash}/${model.version}/${about.type}`;

const factOf = ({ id, at, model, aboutType, about, taken }: Page): KeptDecision => ({
  ...{ _id: decisionFactId(at, id), id, kind: KIND, at, model, subject: null, aboutType },
  ...{ aboutId: about, told: packed(taken) },
});

export function createKept({ decisions, now, later, warn }: KeptOptions): Kept {
  const pages = new Map<string, Page>();
  const write = (facts: readonly KeptDecision[]): void => void decisions.write(facts).catch(warn);

  function close(key: string, page: Page): void {
    // full, and written, before its moment was over
    if (pages.get(key) !== page) return;
    pages.delete(key);
    write([factOf(page)]);
  }
  function opened(key: string, { model, about }: Shown): Page {
    const page: Page = { id: randomId(), at: now(), model, aboutType: about.type, about: [], taken: [] };
    pages.set(key, page);
    later(TOGETHER_MS, () => close(key, page));
    return page;
  }
  return {
    keep(shown) {
      const { model, subject, about, taken } = shown;
      if (subject !== null) {
        const id = randomId();
        write([decisionFactOf({ id, kind: KIND, at: now(), model, subject, about, ...taken })]);
        return id;
      }
      const key = keyOf(shown);
      const page = pages.get(key) ?? opened(key, shown);
      page.about.push(about.id);
      const place = page.taken.push(taken) - 1;
      if (place + 1 === TOGETHER_MAX) close(key, page);
      return pageDecisionId(page.id, place);
    },
    flush: () => [...pages].forEach(([key, page]) => close(key, page)),
  };
}
