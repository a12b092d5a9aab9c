/** What the mall has put together: each collection a way into the search, the one that is looked at to be left. */
import type { CollectionEntry, CollectionList } from "../../models/collection/collection.result.contract";
import { Link } from "../app/router";
import { useAsk } from "../client/use";
import { textOf } from "../parts/format";
import { t } from "../words/words";
import { addressOf, changed } from "./question";

const ASKED_MAX = 100;
const SHOWN_MAX = 12;

export interface Shelves {
  /** Those that are shown as ways into the search; the one that is looked at is always among them. */
  readonly shown: readonly CollectionEntry[];
  readonly here: CollectionEntry | undefined;
}

/** @param channelId undefined: of every channel */
export function useCollections(question: URLSearchParams, channelId: string | undefined): Shelves {
  const asked = { limit: ASKED_MAX, ...(channelId !== undefined && { channel: channelId }) };
  const { data }: { data: CollectionList<CollectionEntry> | null } = useAsk("collection.list", asked);
  const items = data?.items ?? [];
  const named = question.get("collection");
  const here = items.find(({ id, slug }) => named === slug || named === id);
  const first = items.slice(0, SHOWN_MAX);
  return { here, shown: here === undefined || first.includes(here) ? first : [here, ...first] };
}

interface CollectionsProps extends Shelves {
  readonly question: URLSearchParams;
}

export function Collections({ question, shown, here }: CollectionsProps) {
  if (shown.length === 0) return null;
  return (
    <nav aria-label={t("search.collections")}>
      <ul class="collections">
        {shown.map(({ id, slug, title }) => {
          const chosen = here?.id === id;
          return (
            <li key={id}>
              <Link
                to={addressOf(changed(question, "collection", slug, !chosen))}
                aria-current={chosen ? "page" : undefined}
              >
                {textOf(title)}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
