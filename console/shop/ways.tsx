/** Ways into the search: each leads to what lies behind it, the one that is gone already leads back. */
import type { Text } from "../../models/kernel/text";
import { Link } from "../app/router";
import { textOf } from "../parts/format";
import { addressOf, changed } from "./question";

export interface Way {
  readonly id: string;
  readonly slug: string;
  readonly title: Text;
}

/** Those that are shown; the one that is gone is always among them. */
export interface Ways {
  readonly shown: readonly Way[];
  readonly here: Way | undefined;
}

const SHOWN_MAX = 12;

/** @param named a slug or an id, as the address has it */
export function waysOf(all: readonly Way[], named: string | null): Ways {
  const here = all.find(({ id, slug }) => named === slug || named === id);
  const first = all.slice(0, SHOWN_MAX);
  return { here, shown: here === undefined || first.includes(here) ? first : [here, ...first] };
}

interface WaysInProps {
  readonly label: string;
  readonly question: URLSearchParams;
  readonly name: "collection" | "section";
  readonly ways: Ways;
}

export function WaysIn({ label, question, name, ways: { shown, here } }: WaysInProps) {
  if (shown.length === 0) return null;
  return (
    <nav aria-label={label}>
      <ul class="collections">
        {shown.map(({ id, slug, title }) => {
          const chosen = here?.id === id;
          return (
            <li key={id}>
              <Link to={addressOf(changed(question, name, slug, !chosen))} aria-current={chosen ? "page" : undefined}>
                {textOf(title)}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
