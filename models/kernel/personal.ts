/**
 * Personal fields never leave the process in clear: they are sealed before the row is hashed, stored and published,
 * each with the key of its data subject. The row stays valid for ever, for its hash covers the sealed form; what an
 * erasure takes away is the way back. A field that cannot be sealed (nobody knows whose it is) is an error, never
 * clear text. A revealed field whose subject was erased is null, so readers must take null for "not known any more".
 */
import type { Histories, Standing } from "./histories";
import type { Model, PersonalFields } from "./model";
import type { DomainEvent, Row } from "./row";
import { decrypt, encrypt, type SubjectKey, type SubjectKeys } from "./subject-keys";

/** What of a row may be personal. */
export interface RowParts {
  readonly state: unknown;
  readonly events: readonly DomainEvent[];
}

export interface Personal {
  /** True where nothing is personal: sealing and revealing give back what they are given. */
  readonly none?: boolean;
  /** Sealed copies of state and events, for the row builder. @throws SUBJECT_ERASED; Error for a field of nobody */
  seal(parts: RowParts): Promise<RowParts>;
  /** The rows as readers need them. Their `hash` is of the sealed form: never check or copy a revealed row. */
  reveal<R extends Row>(rows: readonly R[]): Promise<readonly R[]>;
  /** True when no personal field of the row is in clear. */
  isSealed(parts: RowParts): boolean;
}

type Fields = Readonly<Record<string, unknown>>;

const MARK = "enc:1:";

const sealed = (value: unknown): value is string => typeof value === "string" && value.startsWith(MARK);
const fieldsOf = (value: unknown): Fields => (typeof value === "object" && value !== null ? (value as Fields) : {});
const bound = (subject: string, field: string): string => JSON.stringify([subject, field]);
const absent = (value: unknown): boolean => value === undefined || value === null;

/** For an aggregate without personal fields. */
const nothingPersonal: Personal = {
  none: true,
  seal: (parts) => Promise.resolve(parts),
  reveal: (rows) => Promise.resolve(rows),
  isSealed: () => true,
};

export function createPersonal(model: Model, keys: SubjectKeys): Personal {
  const { personal } = model;
  if (!personal) return nothingPersonal;
  return {
    seal: (parts) => seal(personal, keys, parts),
    reveal: (rows) => reveal(personal, keys, rows),
    isSealed: ({ state, events }) =>
      [fieldsOf(state), ...events.map(({ data }) => fieldsOf(data))].every((holder) =>
        personal.fields.every((field) => absent(holder[field]) || sealed(holder[field])),
      ),
  };
}

/** Whose the fields are. An event that does not name the subject speaks of the aggregate's. */
const subjectOf = (personal: PersonalFields, holder: Fields, state: unknown): string | null =>
  personal.subject(holder) ?? personal.subject(fieldsOf(state));

/** A copy of `holder` with each personal field changed by `change`; the same object when it has none. */
function mapped(personal: PersonalFields, holder: Fields, change: (value: unknown, field: string) => unknown): Fields {
  const present = personal.fields.filter((field) => !absent(holder[field]));
  if (present.length === 0) return holder;
  return { ...holder, ...Object.fromEntries(present.map((field) => [field, change(holder[field], field)])) };
}

async function seal(personal: PersonalFields, keys: SubjectKeys, { state, events }: RowParts): Promise<RowParts> {
  const sealOne = async (value: unknown): Promise<unknown> => {
    const holder = fieldsOf(value);
    if (personal.fields.every((field) => absent(holder[field]))) return value;
    const subject = subjectOf(personal, holder, state);
    if (subject === null)
      throw new Error(`personal fields (${personal.fields.join(", ")}) of nobody: name the subject`);
    const key = await keys.create(subject);
    return mapped(
      personal,
      holder,
      (clear, field) => MARK + encrypt(key, Buffer.from(JSON.stringify(clear)), bound(subject, field)),
    );
  };
  const copies = await Promise.all([state, ...events.map(({ data }) => data)].map(sealOne));
  const parts = { state: copies[0], events: events.map((event, i) => ({ ...event, data: copies[i + 1] as object })) };
  const found = subjectOf(personal, fieldsOf(parts.state), null);
  if (found !== subjectOf(personal, fieldsOf(state), null)) throw new Error("the subject's id must not be personal");
  return parts;
}

async function reveal<R extends Row>(personal: PersonalFields, keys: SubjectKeys, rows: readonly R[]): Promise<R[]> {
  // a key is asked for only where there is something to be opened
  const isShut = (holder: Fields): boolean => personal.fields.some((field) => sealed(holder[field]));
  const holders = rows.flatMap(({ state, events }) =>
    [fieldsOf(state), ...events.map(({ data }) => fieldsOf(data))]
      .filter(isShut)
      .map((holder) => subjectOf(personal, holder, state)),
  );
  const subjects = [...new Set(holders.filter((subject) => subject !== null))];
  const known = subjects.length === 0 ? new Map<string, SubjectKey>() : await keys.get(subjects);
  const open = (value: unknown, state: unknown): unknown => {
    const holder = fieldsOf(value);
    const subject = subjectOf(personal, holder, state);
    const key = subject === null ? undefined : known.get(subject);
    const opened = mapped(personal, holder, (text, field) =>
      sealed(text) ? unseal(key, text, bound(subject ?? "", field)) : text,
    );
    return opened === holder ? value : opened;
  };
  return rows.map((row) => ({
    ...row,
    state: open(row.state, row.state),
    events: row.events.map((event) => ({ ...event, data: open(event.data, row.state) as object })),
  }));
}

/** Null when the key is gone. @throws Error when the text was changed */
function unseal(key: SubjectKey | undefined, text: string, place: string): unknown {
  if (key?.status !== "live") return null;
  try {
    return JSON.parse(decrypt(key.key, text.slice(MARK.length), place).toString()) as unknown;
  } catch (cause) {
    const why = "it was changed, or STOA_SECRET is not the one it was sealed under; run `stoa verify`";
    throw new Error(`The personal field ${place} cannot be opened: ${why}.`, { cause });
  }
}

/**
 * Histories for those who may know: an actor, and projections marked personal. Rows are revealed where one aggregate
 * is read; `scan` and `unpublished` stay sealed, for they feed the stream and rebuilds. An insert of a row with clear
 * text is a fault of the row builder, and throws before anything is stored.
 */
export function withPersonal(histories: Histories, personal: Personal): Histories {
  const one = async (row: Row | null): Promise<Row | null> => (row && (await personal.reveal([row]))[0]) ?? null;
  return {
    ...histories,
    async insert(rows, ordered) {
      const clear = rows.find((row) => !personal.isSealed(row));
      if (clear)
        throw new Error(`${histories.aggregate}: row ${clear._id} has personal fields in clear; seal it first`);
      return histories.insert(rows, ordered);
    },
    async newest(ids) {
      const rows = [...(await histories.newest(ids)).values()];
      return new Map((await personal.reveal(rows)).map((row) => [row.aggregateId, row]));
    },
    async standing(id, commandIds): Promise<Standing> {
      const { newest, byCommand } = await histories.standing(id, commandIds);
      const known = await personal.reveal([...byCommand.values()]);
      return { newest: await one(newest), byCommand: new Map(known.map((row) => [row.command.id, row])) };
    },
    asOf: async (id, moment) => one(await histories.asOf(id, moment)),
    page: async (id, afterVersion, limit) => personal.reveal(await histories.page(id, afterVersion, limit)),
  };
}
