/** What the mall has put together: each collection a way into the search, the one that is looked at to be left. */
import type { CollectionEntry, CollectionList } from "../../models/collection/collection.result.contract";
import { Link } from "../app/router";
import { useAsk } from "../client/use";
import { textOf } from "../parts/format";
import { t } from "../words/words";
import { addressOf, changed } from "./question";

const SHOWN_MAX = 12;

interface CollectionsProps {
  readonly question: URLSearchParams;
  readonly channelId: string | undefined;
}

export function Collections({ question, channelId }: CollectionsProps) {
  const asked = { limit: SHOWN_MAX, ...(channelId !== undefined && { channel: channelId }) };
  const { data }: { data: CollectionList<CollectionEntry> | null } = useAsk("collection.list", asked);
  if (data === null || data.items.length === 0) return null;
  const here = question.get("collection");
  return (
    <nav aria-label={t("search.collections")}>
      <ul class="collections">
        {data.items.map(({ id, slug, title }) => {
          const chosen = here === slug || here === id;
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
