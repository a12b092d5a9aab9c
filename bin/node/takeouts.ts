/** Where the things of a person lie, for who asks for all that is kept about them. */
import { kept } from "../../models";
import type { ListedDecisions } from "../../models/decision/decision.contract";
import type { Fact, FactPage, FactStore } from "../../models/kernel/facts";
import { createMongoSealedFacts } from "../../models/kernel/mongo-sealed-facts";
import { openFact } from "../../models/kernel/sealed-facts";
import { personSubject } from "../../services/visitor/subject.service";
import { TRAILS } from "../../services/visitor/events.service";
import type { Principal } from "../../services/kernel/call";
import type { Mall } from "../client/mall";
import { createTakeouts, type Takeouts } from "../takeout/takeouts";
import type { Store } from "./store";
import type { Witnesses } from "./witnesses";

export interface TakeoutParts {
  readonly store: Pick<Store, "connection" | "histories" | "of" | "personal" | "subjects">;
  readonly witnesses: Pick<Witnesses, "kept">;
  readonly mall: (principal: Principal, trace: string) => Mall;
}

const PAGE = 200;
const DECISIONS_PAGE = 100;

type Where = FactPage["where"];

async function* factsOf<F extends Fact>(store: FactStore<F>, where: Where): AsyncGenerator<F, void, undefined> {
  let before: string | undefined;
  for (let full = true; full;) {
    const page = await store.page({ where, limit: PAGE, ...(before !== undefined && { before }) });
    yield* page;
    before = page.at(-1)?._id;
    full = page.length === PAGE;
  }
}

/** By whom somebody was looked at is not theirs to know: that it was, when, and by which action, is. */
async function* looksAt({ kept: { disclosures } }: Pick<Witnesses, "kept">, person: string) {
  for await (const { at, action, thing } of factsOf(disclosures, { subject: person })) yield { at, action, thing };
}

async function* denialsOf({ kept: { denials } }: Pick<Witnesses, "kept">, person: string) {
  for await (const { at, action, type, reason } of factsOf(denials, { principal: person })) {
    yield { at, action, type, reason };
  }
}

/** Asked as the person asks: what tells how to get around a rule is told to nobody. */
async function* decisionsAbout(mall: TakeoutParts["mall"], person: string): AsyncGenerator<object, void, undefined> {
  const asking = mall({ id: person, permissions: [], grants: [{ role: "shopper", party: person }] }, "takeout");
  let cursor: string | null = null;
  do {
    const params = { subject: person, limit: DECISIONS_PAGE, ...(cursor !== null && { cursor }) };
    const { items, next } = (await asking.query("decision.list", params)) as ListedDecisions;
    yield* items;
    cursor = next;
  } while (cursor !== null);
}

async function* eventsOf({ connection, subjects }: TakeoutParts["store"], person: string) {
  const trails = await createMongoSealedFacts(connection, TRAILS);
  const subject = personSubject(subjects, person);
  const key = await subject.key();
  if (key === null) return;
  for await (const fact of trails.all(subject.who)) yield* openFact(key, fact) as object[];
}

export function takeoutsOf({ store, witnesses, mall }: TakeoutParts): Takeouts {
  return createTakeouts({
    key: (person) => store.subjects.create(person),
    sources: {
      kept,
      histories: (aggregate) => store.of(aggregate),
      reveal: async (aggregate, row) => (await store.personal(aggregate).reveal([row]))[0] ?? row,
      lists: {
        decisions: (person) => decisionsAbout(mall, person),
        events: (person) => eventsOf(store, person),
        denials: (person) => denialsOf(witnesses, person),
        looks: (person) => looksAt(witnesses, person),
      },
    },
  });
}
