/**
 * Reads of other people's personal data by people of the mall are facts: who, whose, by which action, when. Each is
 * durable before the answer is given; what cannot be written down is not shown. None is sampled, counted together or
 * left out, so their number is bounded by what people can ask for: a page shows so many subjects at most, and requests
 * are limited. Who looks at what is their own, or what they hold by a grant for a party, is none of the mall's people.
 */
import type { ServiceSchema } from "moleculer";
import { PUBLIC, type ActionContract } from "../../models/kernel/contract";
import {
  disclosureContract,
  type Disclosure,
  type ListDisclosures,
  type ListedDisclosures,
} from "../../models/kernel/disclosure.contract";
import { createFactWriter, factId, type FactStore } from "../../models/kernel/facts";
import { refuseKernel } from "../../models/kernel/refusal";
import type { Iso } from "../../models/kernel/row";
import { ANONYMOUS, type Principal } from "./call";
import { listFacts } from "./fact-list";
import { holdsMallWide, type Roles } from "./permission";
import { queryService } from "./service";
import { backoffMs, wait, within } from "./wait";

/** What somebody was, or is about to be, shown. */
export interface Shown {
  readonly principal: Principal | undefined;
  /** Wire name. */
  readonly action: string;
  /** Data subjects; their own are left out. */
  readonly subjects: readonly string[];
  readonly thing: string | null;
  readonly trace: string | undefined;
}

export interface Answered extends Pick<Shown, "principal" | "trace"> {
  readonly name: string;
  readonly action: Pick<ActionContract, "permission" | "discloses">;
  readonly result: unknown;
}

export interface Disclosures {
  /** Resolves when it is kept. @throws STORE_UNAVAILABLE when it cannot be kept in time */
  readonly shown: (what: Shown) => Promise<void>;
  /** The same for the answer of an action, when somebody of the mall gets it. */
  answered(what: Answered): Promise<void>;
  /** Writes what waits, and takes no more. */
  stop(): Promise<void>;
}

export interface DisclosuresOptions {
  readonly store: FactStore<Disclosure>;
  readonly roles: Roles;
  readonly now: () => Iso;
}

export const DISCLOSURES = {
  collection: "disclosures",
  indexed: ["principal", "subject", "action"],
  keptDays: 400,
} as const;

const DURABLE_WITHIN_MS = 5_000;
const RETRY_FIRST_MS = 100;
const RETRY_MAX_MS = 2_000;

/** Whether somebody does it as one of the mall's people, be it in some of its channels alone. */
function isOfMall(roles: Roles, { permission, discloses }: Answered["action"], principal: Principal): boolean {
  const needed = permission === PUBLIC ? discloses?.by : permission;
  if (needed === undefined) return false;
  if (holdsMallWide(roles, principal, needed)) return true;
  return (principal.grants ?? []).some(({ role, party }) => party === null && roles.permits(role, needed));
}

/** What the answer is about; a list is about nothing in particular. */
function thingOf(result: unknown): string | null {
  const id = typeof result === "object" && result !== null ? (result as { id?: unknown }).id : undefined;
  return typeof id === "string" ? id : null;
}

const UNKEPT = "Who looks at another's personal data is written down first, and that is not possible now: ask again.";

export function createDisclosures({ store, roles, now }: DisclosuresOptions): Disclosures {
  const stopping = new AbortController();
  const pause = (attempt: number): Promise<void> =>
    wait(backoffMs(attempt, RETRY_FIRST_MS, RETRY_MAX_MS), stopping.signal);
  const writer = createFactWriter({ store, pause });
  async function shown({ principal = ANONYMOUS, action, subjects, thing, trace = "" }: Shown): Promise<void> {
    const at = now();
    const others = [...new Set(subjects)].filter((subject) => subject !== principal.id);
    const kept = others.map((subject) =>
      writer.write({ _id: factId(at), at, principal: principal.id, subject, action, thing, trace: trace || null }),
    );
    try {
      await within(DURABLE_WITHIN_MS, "Keeping a disclosure", Promise.all(kept));
    } catch {
      refuseKernel("STORE_UNAVAILABLE", UNKEPT);
    }
  }
  return {
    shown,
    async answered({ principal, name, action, result, trace }) {
      if (!action.discloses || !principal || !isOfMall(roles, action, principal)) return;
      await shown({ principal, action: name, subjects: action.discloses.of(result), thing: thingOf(result), trace });
    },
    async stop() {
      stopping.abort();
      await writer.stop();
    },
  };
}

/** Answers `disclosure.list`. */
export function disclosureService(store: FactStore<Disclosure>, roles: Roles): ServiceSchema {
  const list = ({ principal, subject, action, ...page }: ListDisclosures): Promise<ListedDisclosures> =>
    listFacts(store, { where: { principal, subject, action }, ...page });
  return queryService({
    name: "disclosure",
    contracts: [disclosureContract],
    queries: { "disclosure.list": list },
    roles,
  });
}
