/** What must be true of a mall that has come to rest, whatever happened before. */
import { canonical } from "../../../models/kernel/canonical";
import { fold } from "../../../models/kernel/aggregate";
import { isRefusal } from "../../../models/kernel/refusal";
import { commitRef, followsChain, type Commit, type Row } from "../../../models/kernel/row";
import { SOURCES, type Parts } from "../../../indexers/kernel/projection";
import type { Entry } from "./clients";
import type { Backing } from "./mall";
import { groups, vault, vaults, type VaultEvent } from "./vault";

export interface Rest {
  readonly backing: Backing;
  readonly journal: readonly Entry[];
  readonly vaultIds: readonly string[];
}

const same = (a: unknown, b: unknown): boolean => canonical(a) === canonical(b);
const commitOf = (row: Row): Commit => ({ ...row, aggregate: "vault" });

const newestOf = ({ backing, vaultIds }: Rest): Row[] =>
  vaultIds.flatMap((id) => backing.histories.of(id).at(-1) ?? []);

/** Versions without a gap, a chain that holds, a state that follows from its events, stamps that rise. */
function historyFaults(id: string, rows: readonly Row[]): string[] {
  const faults: string[] = [];
  let [state, hash, hlc] = [vault.initial, "", ""];
  rows.forEach((row, i) => {
    const at = `${id}@${row.version}`;
    if (row.version !== i + 1) faults.push(`${at}: version ${i + 1} was expected`);
    if (!followsChain(hash, row)) faults.push(`${at}: the chain is broken`);
    if (row.hlc <= hlc) faults.push(`${at}: its stamp is not later than that of the version before`);
    state = fold(vault, state, row.events);
    if (!same(state, row.state)) faults.push(`${at}: its state is not the fold of the events`);
    [hash, hlc] = [row.hash, row.hlc];
  });
  const commands = rows.map(({ command }) => command.id);
  if (new Set(commands).size !== commands.length) faults.push(`${id}: a command is there twice`);
  return faults;
}

const stateAt = (rows: readonly Row[], version: number): unknown =>
  version === 0 ? vault.initial : (rows.find((row) => row.version === version)?.state ?? vault.initial);

/** What the command would be told at this version: the type of a refusal, or how many events. */
function toldAt({ command }: Entry, state: unknown): string | number {
  try {
    return vault.decide[command.name]?.(state, command.params, "2026-01-01T00:00:00.000Z").length ?? 0;
  } catch (error) {
    return isRefusal(error) ? error.type : String(error);
  }
}

/** Some version between question and answer justifies what was told. */
function justified(entry: Entry, rows: readonly Row[], told: string | number): boolean {
  for (let version = entry.versionBefore; version <= entry.versionAfter; version++) {
    if (toldAt(entry, stateAt(rows, version)) === told) return true;
  }
  return false;
}

function refusalFaults({ refused, ...entry }: Entry & { readonly refused: string }, rows: readonly Row[]): string[] {
  const { versionBefore, versionAfter } = entry;
  const told = `was refused (${refused})`;
  if (rows.some(({ command }) => command.id === entry.command.id)) return [`${told}, and is there`];
  // who held the code at that moment is another history's business: that claims are unique is checked by itself
  if (refused === "CLAIM_TAKEN" || justified({ refused, ...entry }, rows, refused)) return [];
  return [`${told} at versions ${versionBefore} to ${versionAfter} without reason`];
}

function acknowledgedFaults(entry: Entry & { readonly row: Row }, rows: readonly Row[]): string[] {
  const { command, row } = entry;
  const stored = rows.filter((one) => one.command.id === command.id);
  if (row.command.id === command.id) {
    const kept = stored.length === 1 && stored[0]?.hash === row.hash;
    return kept ? [] : ["was acknowledged, and is not there"];
  }
  if (stored.length > 0) return ["was told that it changes nothing, and is there"];
  return justified(entry, rows, 0) ? [] : ["was told without reason that it changes nothing"];
}

function answerFaults(entry: Entry, rows: readonly Row[]): string[] {
  const { command, row, refused } = entry;
  const faults = row
    ? acknowledgedFaults({ ...entry, row }, rows)
    : refusalFaults({ ...entry, refused: refused ?? "" }, rows);
  return faults.map((fault) => `${command.name} ${command.id} on ${command.aggregateId} ${fault}`);
}

const eventsOf = (rows: readonly Row[]): [Row, VaultEvent][] =>
  rows.flatMap((row) => row.events.map((event): [Row, VaultEvent] => [row, event as VaultEvent]));

/** Every sending arrived once, and later than it was sent. */
function sendingFaults(rows: readonly Row[]): string[] {
  return eventsOf(rows).flatMap(([row, { type }]) => {
    if (type !== "vault.sent") return [];
    const cause = commitRef("vault", row.aggregateId, row.version);
    const arrived = rows.filter(({ causedBy }) => causedBy === cause);
    const early = arrived.some(({ hlc }) => hlc <= row.hlc) ? [`${cause} arrived before it was sent`] : [];
    return arrived.length === 1 ? early : [`${cause} was sent once and arrived ${arrived.length} times`];
  });
}

function broughtIn({ type, data }: VaultEvent): number {
  if (type === "vault.opened" || type === "vault.filled") return data.amount;
  return type === "vault.taken" ? -data.amount : 0;
}

/** No amount was made or lost on the way. */
function amountFaults(rest: Rest): string[] {
  const rows = rest.vaultIds.flatMap((id) => rest.backing.histories.of(id));
  const expected = eventsOf(rows).reduce((sum, [, event]) => sum + broughtIn(event), 0);
  const held = newestOf(rest).reduce((sum, { state }) => sum + ((state as { amount?: number }).amount ?? 0), 0);
  const lost = held === expected ? [] : [`${held} is held by all vaults, and should be ${expected}`];
  return [...sendingFaults(rows), ...lost];
}

const claimsOf = (row: Row): readonly string[] => vault.claims?.(row.state) ?? [];

/** At no moment did the newest states of two vaults claim the same. */
function doubleClaims(inserted: readonly Row[]): string[] {
  const holders = new Map<string, string>();
  const faults: string[] = [];
  for (const row of inserted) {
    const id = row.aggregateId;
    for (const [key, holder] of holders) if (holder === id) holders.delete(key);
    for (const key of claimsOf(row)) {
      const other = holders.get(key);
      if (other !== undefined) faults.push(`${key} is claimed by ${other} and by ${id}@${row.version}`);
      holders.set(key, id);
    }
  }
  return faults;
}

function claimFaults(rest: Rest): string[] {
  const rows = new Map(rest.backing.claims.all().map(({ _id, holder }) => [_id, holder]));
  const lost = newestOf(rest).flatMap((row) =>
    claimsOf(row).flatMap((key) =>
      rows.get(key) === `vault/${row.aggregateId}` ? [] : [`${key} of ${row.aggregateId} is no claim of its own`],
    ),
  );
  return [...doubleClaims(rest.backing.histories.all()), ...lost];
}

const shownAt = (row: Row, found: { readonly version: number } | undefined): string =>
  `${row.aggregateId} stands at version ${found?.version ?? 0} in the index, and at ${row.version} in its history`;

function documentFaults(rest: Rest): string[] {
  const index = rest.backing.engine.indices.get(vaults.name);
  return newestOf(rest).flatMap((row) => {
    const expected = vaults.document(commitOf(row));
    const found = index?.get(row.aggregateId);
    const equal = expected === null ? !found : found?.version === row.version && same(found.source, expected);
    return equal ? [] : [shownAt(row, found)];
  });
}

function joinedFaults(rest: Rest): string[] {
  const parts = new Map<string, Parts>();
  for (const row of newestOf(rest)) {
    const commit = commitOf(row);
    const id = groups.sources["vault"]?.target(commit) ?? null;
    if (id === null) continue;
    const part = { version: row.version, part: groups.sources["vault"]?.part(commit) ?? null };
    parts.set(id, { ...parts.get(id), [`vault/${row.aggregateId}`]: part });
  }
  const index = rest.backing.engine.indices.get(groups.name);
  return [...parts].flatMap(([id, all]) =>
    same(index?.get(id)?.source ?? null, { ...groups.compose(id, all), [SOURCES]: all })
      ? []
      : [`the document of ${id} is not the fold of its vaults`],
  );
}

function outboxFaults({ backing }: Rest): string[] {
  const left = backing.histories.all().filter(({ published }) => !published).length;
  return left === 0 ? [] : [`${left} rows are not published`];
}

/** Pure: what is true now. An empty list is a mall in order. */
export function faultsOf(rest: Rest): string[] {
  const { histories } = rest.backing;
  return [
    ...rest.vaultIds.flatMap((id) => historyFaults(id, histories.of(id))),
    ...rest.journal.flatMap((entry) => answerFaults(entry, histories.of(entry.command.aggregateId))),
    ...amountFaults(rest),
    ...claimFaults(rest),
    ...documentFaults(rest),
    ...joinedFaults(rest),
    ...outboxFaults(rest),
  ];
}

/** Keys that nobody's newest state claims: whoever wants one must get it. */
export function orphansOf(rest: Rest): string[] {
  const claimed = new Set(newestOf(rest).flatMap(claimsOf));
  return rest.backing.claims.all().flatMap(({ _id }) => (claimed.has(_id) ? [] : [_id]));
}
