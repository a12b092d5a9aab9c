/**
 * What a program has loaded, as one file: the sources of its modules, the code that V8 made of them, and what each
 * module's requests led to. It holds for exactly the files it was made of; what does not is no pack.
 */
import { openSync, readSync, realpathSync, rmSync, statSync, closeSync } from "node:fs";
import path from "node:path";
import { crc32 } from "node:zlib";

export interface PackedModule {
  readonly source: string;
  readonly code: Buffer;
}

/** By asking file, what its requests led to. */
export type Resolved = ReadonlyMap<string, ReadonlyMap<string, string>>;

export interface Pack {
  /** Undefined for what is not in it, or spoilt. */
  readonly module: (file: string) => PackedModule | undefined;
  readonly resolved: Resolved;
  readonly close: () => void;
}

/** Size and time of the last change of whatever kind, or null where there is no such file. */
type Print = readonly [size: number, changedMs: number] | null;

interface Entry {
  readonly file: string;
  readonly print: Print;
  /** Where its source lies and, right behind, its code. */
  readonly at: number;
  readonly sourceBytes: number;
  readonly codeBytes: number;
  /** Of both. */
  readonly sum: number;
  /** Most need a byte for each character, and less work. */
  readonly encoding: "latin1" | "utf8";
}

interface Index {
  /** Of what npm has installed: other files may answer to the same names. */
  readonly installed: readonly [string, Print];
  readonly entries: readonly Entry[];
  readonly resolved: readonly (readonly [string, readonly (readonly [string, string])[]])[];
}

const MAGIC = "stoa-pack-2";
const HEAD_BYTES = 48;
/** npm's own note of what it has installed. */
const NOTE = ".package-lock.json";
const NOT_LATIN = /[^\u0000-\u00ff]/;

function printOf(file: string): Print {
  const found = statSync(file, { throwIfNoEntry: false });
  return found ? [found.size, found.ctimeMs] : null;
}

const same = (a: Print, b: Print): boolean => a?.[0] === b?.[0] && a?.[1] === b?.[1];

/** Where it really lies: the folder may be a link. */
function installedIn(root: string): readonly [string, Print] {
  const modules = path.join(root, "node_modules");
  const note = path.join(statSync(modules, { throwIfNoEntry: false }) ? realpathSync(modules) : modules, NOTE);
  return [note, printOf(note)];
}

export function encodePack(root: string, modules: ReadonlyMap<string, PackedModule>, resolved: Resolved): Buffer {
  const bodies: Buffer[] = [];
  const entries: Entry[] = [];
  let at = 0;
  for (const [file, { source, code }] of modules) {
    const encoding = NOT_LATIN.test(source) ? "utf8" : "latin1";
    const text = Buffer.from(source, encoding);
    const sum = crc32(code, crc32(text));
    entries.push({ file, print: printOf(file), at, sourceBytes: text.length, codeBytes: code.length, sum, encoding });
    bodies.push(text, code);
    at += text.length + code.length;
  }
  const asked = [...resolved].map(([from, to]) => [from, [...to]] as const);
  const index = Buffer.from(JSON.stringify({ installed: installedIn(root), entries, resolved: asked } satisfies Index));
  const head = [MAGIC, index.length, crc32(index)].join(" ");
  return Buffer.concat([Buffer.from(head.padEnd(HEAD_BYTES)), index, ...bodies]);
}

const holds = (root: string, { installed, entries }: Index): boolean => {
  const [note, print] = installedIn(root);
  return (
    note === installed[0] && same(print, installed[1]) && entries.every((one) => same(one.print, printOf(one.file)))
  );
};

function readAt(fd: number, at: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafeSlow(length);
  return bytes.subarray(0, readSync(fd, bytes, 0, length, at));
}

interface Read {
  readonly index: Index;
  /** Where the modules begin. */
  readonly end: number;
}

function readIndex(fd: number): Read | null {
  const [magic, length, sum] = readAt(fd, 0, HEAD_BYTES).toString("latin1").trim().split(" ");
  if (magic !== MAGIC) return null;
  const bytes = readAt(fd, HEAD_BYTES, Number(length));
  if (crc32(bytes) !== Number(sum)) return null;
  return { index: JSON.parse(bytes.toString("utf8")) as Index, end: HEAD_BYTES + bytes.length };
}

function openedPack(pack: string, fd: number, { index, end }: Read): Pack {
  const { entries: all, resolved } = index;
  const entries = new Map(all.map((entry) => [entry.file, entry]));
  return {
    module(file) {
      const entry = entries.get(file);
      if (!entry) return undefined;
      const bytes = readAt(fd, end + entry.at, entry.sourceBytes + entry.codeBytes);
      if (crc32(bytes) !== entry.sum) {
        // spoilt on the disk: the next start makes another
        rmSync(pack, { force: true });
        return undefined;
      }
      const source = bytes.toString(entry.encoding, 0, entry.sourceBytes);
      return { source, code: bytes.subarray(entry.sourceBytes) };
    },
    resolved: new Map(resolved.map(([from, to]) => [from, new Map(to)])),
    close: () => closeSync(fd),
  };
}

/** Null where there is none, or one that was cut, spoilt, or made of other files than there are now. */
export function openPack(root: string, file: string): Pack | null {
  let fd: number | undefined;
  try {
    fd = openSync(file, "r");
    const read = readIndex(fd);
    if (read && holds(root, read.index)) return openedPack(file, fd, read);
  } catch {
    // as if there were none
  }
  if (fd !== undefined) closeSync(fd);
  return null;
}
