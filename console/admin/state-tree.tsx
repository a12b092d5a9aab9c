/** A state as people read it: fields under their names, what differs marked. */
import { exactOf, labelOf, priceOf, valueOf } from "../parts/format";
import { t } from "../words/words";

const ITEMS_MAX = 25;
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/;

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Whether the field, or something in it, or something that it is in, is among those that differ. */
export const isMarked = (path: string, marked: readonly string[]): boolean =>
  marked.some((one) => one === path || path.startsWith(`${one}.`) || path.startsWith(`${one}[`));

interface LeafProps {
  readonly name: string;
  readonly value: unknown;
  /** What stands beside it: an amount is of the currency that does. */
  readonly beside: Fields;
}

export function leafText({ name, value, beside }: LeafProps): string {
  if (value === null || value === undefined) return "–";
  if (typeof value === "number" && /minor$/i.test(name)) {
    const { currency } = beside;
    return typeof currency === "string" ? priceOf(value, currency) : valueOf(value);
  }
  if (typeof value === "string" && MOMENT.test(value)) return exactOf(value);
  return valueOf(value);
}

interface TreeProps {
  readonly value: unknown;
  readonly path: string;
  readonly marked: readonly string[];
}

function List({ value, path, marked }: TreeProps & { readonly value: readonly unknown[] }) {
  const from = Math.max(0, value.length - ITEMS_MAX);
  if (value.length === 0) return <span class="soft">{t("none")}</span>;
  return (
    <ol class="tree-list" start={from}>
      {from > 0 && <li class="soft">{t("time.earlier", { n: from })}</li>}
      {value.slice(from).map((item, i) => (
        <li key={from + i} class={isMarked(`${path}[${from + i}]`, marked) ? "marked" : undefined}>
          <Tree value={item} path={`${path}[${from + i}]`} marked={marked} />
        </li>
      ))}
    </ol>
  );
}

export function Tree({ value, path, marked }: TreeProps) {
  if (Array.isArray(value)) return <List value={value as readonly unknown[]} path={path} marked={marked} />;
  if (!isFields(value)) return <bdi>{leafText({ name: path, value, beside: {} })}</bdi>;
  return (
    <dl class="tree">
      {Object.entries(value).map(([name, inner]) => {
        const inside = path === "" ? name : `${path}.${name}`;
        const leaf = !isFields(inner) && !Array.isArray(inner);
        return (
          <div key={name} class={isMarked(inside, marked) ? "marked" : undefined}>
            <dt>{labelOf(name)}</dt>
            <dd>
              {leaf ? (
                <bdi>{leafText({ name, value: inner, beside: value })}</bdi>
              ) : (
                <Tree value={inner} path={inside} marked={marked} />
              )}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
