/** A search that goes by what a visitor looked at, and says so. */
import { randomUUID } from "node:crypto";
import type { Guide } from "../guide";
import { until } from "../scene";
import { tokenOf } from "./selling.chapter";

const KEPT_WITHIN_MS = 10_000;

interface Part {
  readonly part: string;
  readonly score: number;
  readonly of?: string;
  readonly reason?: { readonly en?: string };
}

interface Hits {
  readonly items: readonly {
    readonly id: string;
    readonly brand: string;
    readonly score: number;
    readonly parts?: readonly Part[];
    readonly decisionId?: string;
  }[];
}

interface Replayed {
  readonly equal: boolean;
  readonly difference: number;
}

const reasons = (parts: readonly Part[] = []): string[] =>
  parts.flatMap(({ of, reason }) => (of === "personal" && reason?.en !== undefined ? [reason.en] : []));

const why = ({ items }: Hits): object[] =>
  items
    .slice(0, 4)
    .map(({ brand, parts, decisionId }, n) => ({ brand, why: reasons(parts), ...(n === 0 && { decisionId }) }));

/** Ids of two lamps of each brand, and the token of what was written. */
async function lamps(guide: Guide): Promise<{ readonly ids: readonly string[]; readonly token: string }> {
  const ids: string[] = [];
  const tokens: string[] = [];
  for (const brand of ["Aster", "Bloom"]) {
    for (const kind of ["Desk", "Wall"]) {
      const body = { title: { en: `${kind} lamp of oak` }, brand, channels: [guide.named("CHANNEL")], publish: true };
      const names = brand === "Bloom" ? { [`${kind.toUpperCase()}_LAMP`]: "id" } : {};
      const made = await guide.ask({ method: "POST", path: "/v1/products", as: "OWNER", body }, { names });
      ids.push((made.body as { id: string }).id);
      tokens.push(tokenOf(made));
    }
  }
  return { ids, token: tokens.join(",") };
}

const sum = (parts: readonly Part[] = []): number => parts.reduce((all, { score }) => all + score, 0);

export async function remembers({ guide }: { readonly guide: Guide }): Promise<void> {
  guide.step("A visitor looks at two lamps by Bloom: the next search shows those first, and says why");
  const { ids, token } = await lamps(guide);
  await guide.quietly({ method: "GET", path: "/v1/products?q=oak+lamp", headers: { "stoa-token": token } });
  const visitorId = guide.name("VISITOR", randomUUID());
  const seen = ids.slice(2).map((id, n) => ({
    event_id: `tour-view-${n}`,
    action_name: "view",
    event_attributes: { object: { object_id: id } },
  }));
  const body = { visitorId, consent: true, events: seen };
  const told = await guide.ask({ method: "POST", path: "/v1/events", body });
  guide.holds("both are taken in, for this visitor", told.status === 200, told.body);
  const headers = { "stoa-visitor": visitorId };
  const path = "/v1/products?q=oak+lamp&explain=true";
  const names = { DECISION: "items.0.decisionId" };
  const found = await guide.ask({ method: "GET", path, headers }, { show: why, names });
  const { items } = found.body as Hits;
  guide.holds(
    "Bloom's stand first",
    items.slice(0, 2).every(({ brand }) => brand === "Bloom"),
    found.body,
  );
  const explained = items.every(({ score, parts }) => Math.abs(sum(parts) - score) < 1e-5);
  guide.holds("words, rules and taste sum to each score", explained, found.body);
  const replay = `/v1/decisions/${guide.named("DECISION")}/replay`;
  const request = { method: "GET", path: replay, as: "OWNER" } as const;
  const again = await kept(() => guide.quietly(request));
  await guide.ask(request, { show: ({ equal, difference }: Replayed) => ({ equal, difference }) });
  guide.holds("decided again from what was kept, it comes out the same, bit by bit", again, replay);
}

/** Rankings are kept in batches, a moment after the answer. */
async function kept(ask: () => Promise<{ readonly status: number; readonly body: unknown }>): Promise<boolean> {
  const equal = await until("the ranking is kept", KEPT_WITHIN_MS, async () => {
    const { status, body } = await ask();
    return status === 200 ? (body as { equal: boolean }) : null;
  });
  return equal.equal;
}
