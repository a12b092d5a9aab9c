/** The field in which people say what they look for, with what they may mean while they type. */
import { useEffect, useId, useState } from "preact/hooks";
import type { ProductSuggestions, SuggestedProduct } from "../../models/product/product.suggest.contract";
import { ask } from "../client/ask";
import { countOf } from "../parts/format";
import { Icon } from "../parts/icon";
import { Picture } from "../parts/picture";
import { t } from "../words/words";
import { findChannel } from "./market";
import { go, queryOf, usePlace } from "./router";
import { language } from "./taste";

interface Suggested {
  readonly to: string;
  readonly text: string;
  readonly note: string;
  /** Left out for what has no picture. */
  readonly product?: SuggestedProduct;
}

const EACH_MAX = 4;
const TYPED_MIN = 2;
const REST_MS = 90;

const to = (name: string, value: string): string => `/search?${new URLSearchParams({ [name]: value }).toString()}`;

const suggestedOf = ({ queries, products, brands, categories }: ProductSuggestions): Suggested[] => [
  ...queries.map(({ text }) => ({ to: to("q", text), text, note: "" })),
  ...categories.map(({ value, path, count }) => ({
    to: to("category", value),
    text: path.join(" › "),
    note: countOf(count),
  })),
  ...brands.map(({ value, count }) => ({ to: to("brand", value), text: value, note: countOf(count) })),
  ...products.map((product) => ({
    to: `/product/${product.id}`,
    text: product.title,
    note: product.brand ?? "",
    product,
  })),
];

/** Asked for when somebody rests for a moment; an answer to older words is not shown any more. */
function useSuggestions(typed: string): readonly Suggested[] {
  const [found, setFound] = useState<readonly Suggested[]>([]);
  useEffect(() => {
    const q = typed.trim();
    if (q.length < TYPED_MIN) {
      setFound([]);
      return;
    }
    const stop = new AbortController();
    const look = async (): Promise<void> => {
      const channel = await findChannel();
      const asked = { q, limit: EACH_MAX, lang: language.get(), ...(channel && { channel: channel.id }) };
      setFound(suggestedOf(await ask("product.suggest", asked, { signal: stop.signal })));
    };
    // whoever types on is not troubled: what was typed can be searched for in any case
    const timer = setTimeout(() => void look().catch(() => null), REST_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [typed]);
  return found;
}

interface Moves {
  readonly count: number;
  readonly marked: number;
  readonly mark: (next: number) => void;
  readonly close: () => void;
}

/** Arrow keys walk through the list and out of it again; Escape closes it. */
function walk(event: KeyboardEvent, { count, marked, mark, close }: Moves): void {
  if (event.key === "Escape") close();
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined || count === 0) return;
  event.preventDefault();
  mark(((marked + 1 + step + count + 1) % (count + 1)) - 1);
}

interface ListProps {
  readonly id: string;
  readonly items: readonly Suggested[];
  readonly marked: number;
  readonly choose: (item: Suggested) => void;
}

const Suggestions = ({ id, items, marked, choose }: ListProps) => (
  <ul id={id} class="suggestions" role="listbox" aria-label={t("suggestions")}>
    {items.map((item, i) => (
      <li
        key={item.to}
        id={`${id}-${i}`}
        role="option"
        aria-selected={i === marked}
        onMouseDown={(event) => {
          event.preventDefault();
          choose(item);
        }}
      >
        {item.product && <Picture id={item.product.id} title={item.text} image={item.product.image} />}
        <span dir="auto">{item.text}</span>
        <small>{item.note}</small>
      </li>
    ))}
  </ul>
);

function useFinder(q: string) {
  const [typed, setTyped] = useState(q);
  const [open, setOpen] = useState(false);
  const [marked, setMarked] = useState(-1);
  const items = useSuggestions(open ? typed : "");
  useEffect(() => setTyped(q), [q]);
  useEffect(() => setMarked(-1), [items]);
  return { typed, setTyped, open, setOpen, marked, setMarked, items };
}

interface InputProps {
  readonly id: string;
  readonly shown: boolean;
  readonly finder: ReturnType<typeof useFinder>;
}

function FinderInput({ id, shown, finder }: InputProps) {
  const { typed, setTyped, setOpen, marked, setMarked, items } = finder;
  return (
    <input
      id={id}
      type="text"
      enterkeyhint="search"
      role="combobox"
      aria-expanded={shown}
      aria-controls={shown ? `${id}-list` : undefined}
      aria-autocomplete="list"
      aria-activedescendant={shown && marked >= 0 ? `${id}-list-${marked}` : undefined}
      autoComplete="off"
      maxLength={300}
      placeholder={t("finder.hint")}
      value={typed}
      onInput={(event) => {
        setTyped(event.currentTarget.value);
        setOpen(true);
      }}
      onBlur={() => setOpen(false)}
      onKeyDown={(event) => walk(event, { count: items.length, marked, mark: setMarked, close: () => setOpen(false) })}
    />
  );
}

export function Finder() {
  const place = usePlace();
  const finder = useFinder(place.path === "/search" ? (queryOf(place).get("q") ?? "") : "");
  const { typed, open, setOpen, marked, items } = finder;
  const id = useId();
  const shown = open && items.length > 0;
  const leave = (url: string): void => {
    setOpen(false);
    go(url);
  };
  const send = (event: Event): void => {
    event.preventDefault();
    const chosen = items[marked];
    leave(chosen && shown ? chosen.to : to("q", typed.trim()));
  };
  return (
    <search class="finder">
      <form onSubmit={send}>
        <Icon name="search" />
        <label class="hidden" for={id}>
          {t("finder.label")}
        </label>
        <FinderInput id={id} shown={shown} finder={finder} />
      </form>
      {shown && <Suggestions id={`${id}-list`} items={items} marked={marked} choose={(item) => leave(item.to)} />}
    </search>
  );
}
