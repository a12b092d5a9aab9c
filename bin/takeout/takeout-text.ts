/** All that is kept about one person, as one JSON document, piece by piece. */
import type { Kept } from "../../models";
import { isAbout, isAboutPeople } from "../../models/kernel/about";
import type { Histories } from "../../models/kernel/histories";
import type { Row } from "../../models/kernel/row";
import { createVeil } from "../../models/kernel/veil";
import { rowsOf } from "../export/heads";

export interface TakeoutSources {
  /** What is kept, and how. */
  readonly kept: readonly Kept[];
  histories(aggregate: string): Histories;
  /** With personal fields in clear. */
  reveal(aggregate: string, row: Row): Promise<Row>;
  /** Lists beside the histories, by the name under which they stand in the document. */
  readonly lists: Readonly<Record<string, (person: string) => AsyncIterable<object>>>;
}

export interface Takeout {
  readonly sources: TakeoutSources;
  readonly person: string;
  /** Recorded time: what was committed later is left out. */
  readonly until: string;
  /** Versions that were looked at, and pieces that were found to be the person's. */
  readonly progress: (looked: number, found: number) => void;
}

/** Characters of the document. */
const TEXT_MAX = 256 << 20;

export const aboutPeople = (kept: readonly Kept[]): readonly Kept[] => kept.filter(({ model }) => isAboutPeople(model));

interface Found {
  looked: number;
  pieces: number;
}

/** Every version, as its history shows it to the person: one after the other, in the order of kinds and ids. */
async function* versionsOf(
  { sources, person, until, progress }: Takeout,
  found: Found,
): AsyncGenerator<object, void, undefined> {
  for (const { aggregate, model } of aboutPeople(sources.kept)) {
    const kind = aggregate.name;
    const veil = createVeil(model, (subject) => subject === person);
    for await (const row of rowsOf(sources.histories(kind))) {
      found.looked += 1;
      if (row.committedAt > until || !isAbout(model, person, row)) continue;
      const { aggregateId: id, version, committedAt, occurredAt, command, ...rest } = await sources.reveal(kind, row);
      const { state } = veil.shown(veil.cover({ state: rest.state, events: [] }));
      yield { kind, id, version, at: committedAt, happenedAt: occurredAt, command: command.name, state };
      progress(found.looked, found.pieces);
    }
    progress(found.looked, found.pieces);
  }
}

async function* listed(
  name: string,
  items: AsyncIterable<object>,
  found: Found,
): AsyncGenerator<string, void, undefined> {
  let separator = "\n";
  yield `,\n${JSON.stringify(name)}:[`;
  for await (const item of items) {
    found.pieces += 1;
    yield separator + JSON.stringify(item);
    separator = ",\n";
  }
  yield "\n]";
}

async function* wholeText(takeout: Takeout): AsyncGenerator<string, void, undefined> {
  const { sources, person, until } = takeout;
  const found: Found = { looked: 0, pieces: 0 };
  yield `{"person":${JSON.stringify(person)},"at":${JSON.stringify(until)}`;
  yield* listed("things", versionsOf(takeout, found), found);
  for (const [name, list] of Object.entries(sources.lists)) yield* listed(name, list(person), found);
  takeout.progress(found.looked, found.pieces);
  yield `,\n"pieces":${found.pieces}}\n`;
}

/** @throws Error with a sentence for the person when it grows beyond all bounds */
export async function* takeoutText(takeout: Takeout): AsyncGenerator<string, void, undefined> {
  let chars = 0;
  for await (const part of wholeText(takeout)) {
    chars += part.length;
    if (chars > TEXT_MAX) {
      throw new Error(`It is more than ${TEXT_MAX >> 20} MiB: write to the mall, which hands it over in parts.`);
    }
    yield part;
  }
}
